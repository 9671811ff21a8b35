"""What every command has: the group it is in, and the services."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from calendar_svc import services
from calendar_svc.actions import keeping
from calendar_svc.clock import utc_now
from calendar_svc.config import Settings
from calendar_svc.store import schema
from calendar_svc.store.base import Database


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="calendar-svc")
def commands() -> None:
    """Official meetings as iCalendar feeds, a page and reminders."""


@contextmanager
def open_services(settings: Settings) -> Iterator[services.Services]:
    """The services, for the length of a command."""
    built = services.build(settings)
    try:
        yield built
    finally:
        built.database.close()


def upgrade_database(settings: Settings) -> None:
    """Migrate, and found a new database on its clock."""
    database = Database(settings.database_url)
    try:
        before, after = schema.upgrade(database)
        with database.transaction() as db:
            keeping.found(db, start=settings.now, wall=utc_now())
    finally:
        database.close()
    if before != after:
        click.echo(f"the database is at version {after} now")
