"""Who may edit."""

import click

from calendar_svc import config
from calendar_svc.actions import accounts
from calendar_svc.actions.subscribing import check_email
from calendar_svc.cli.commands import commands, open_services
from calendar_svc.clock import utc_now
from calendar_svc.domain.account import Role, check_name
from calendar_svc.domain.errors import Refused
from calendar_svc.store import accounts as account_store


@commands.group()
def editor() -> None:
    """Who may come in to the editors' desk."""


@editor.command(name="add")
@click.argument("email")
@click.option("--name", default="", help="What readers see of them, and colleagues.")
@click.option("--administrator", is_flag=True, help="May invite others as well; the first can.")
def add_editor(email: str, name: str, administrator: bool) -> None:
    """Let EMAIL in, and print the link behind which they choose a password.

    One who is there already, or was disabled, gets a new link."""
    settings = config.read()
    role = Role.ADMINISTRATOR if administrator else Role.EDITOR
    with open_services(settings) as built:
        with built.database.transaction() as db:
            email, name = check_email(email), check_name(name)
            added = accounts.let_in(db, email, name, role, now=utc_now())
        link = built.site.links.password(added.id, added.key_version, settings.languages[0])
    click.echo(f"{added.email} may come in as {added.role}; the link serves once, within 7 days:")
    click.echo(link)


@editor.command(name="list")
def list_editors() -> None:
    """List who may come in, and who might once."""
    with open_services(config.read()) as built, built.database.reading() as db:
        found = account_store.every(db)
    for one in found:
        marks = [
            *(["disabled"] if one.disabled_at else []),
            *([] if one.has_password else ["no password yet"]),
            *(["second factor"] if one.has_second_factor else []),
        ]
        click.echo("  ".join([one.email, one.role, one.name or "-", *marks]))
    if not found:
        click.echo("there are no editors; add one with: calendar-svc editor add EMAIL")


@editor.command(name="disable")
@click.argument("email")
def disable_editor(email: str) -> None:
    """Let EMAIL in no more, and end their sessions."""
    with open_services(config.read()) as built, built.database.transaction() as db:
        found = account_store.find(db, check_email(email))
        if found is None:
            raise Refused("there is no editor of that address")
        accounts.disable(db, found.id, by=None, now=utc_now())
    click.echo(f"{found.email} can't come in any more, and all their sessions ended")
