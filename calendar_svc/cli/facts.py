"""Migrations, and the facts as TOML."""

from pathlib import Path

import click

from calendar_svc import config
from calendar_svc.actions import exporting, seeding
from calendar_svc.cli.commands import commands, open_services, upgrade_database
from calendar_svc.config import ROOT
from calendar_svc.domain.errors import Refused

SEED = ROOT / "data" / "seed"


@commands.group(name="db")
def database() -> None:
    """Migrations, and the facts in data/seed."""


@database.command()
def upgrade() -> None:
    """Bring the database to this version; two at once wait for each other."""
    upgrade_database(config.read())


@database.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SEED
)
def seed(folder: Path) -> None:
    """Load the facts of a FOLDER of TOML files (by default data/seed); what is there stays."""
    settings = config.read()
    with open_services(settings) as built, built.database.transaction() as db:
        facts = seeding.read(folder, settings.timezone)
        new = seeding.load(db, facts, now=built.clock.now())
    click.echo(f"{new} new facts loaded" if new else "nothing new to load")


@commands.command()
@click.option("--toml", "as_toml", is_flag=True, help="As TOML, which `db seed` loads again.")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def export(as_toml: bool, folder: Path | None) -> None:
    """Print the facts, or write them into FOLDER: series, articles, a file for each event.

    Withdrawn meetings, drafts and the texts of articles stay here.
    """
    if not as_toml:
        raise Refused("say how: with --toml the facts are written as `db seed` loads them")
    settings = config.read()
    with open_services(settings) as built, built.database.reading() as db:
        if folder is None:
            # whatever the terminal's encoding is: TOML is UTF-8
            click.echo(exporting.document(db, settings.timezone).encode(), nl=False)
            return
        count = exporting.write(db, folder, settings.timezone)
    click.echo(f"{count} meetings written to {folder}")
