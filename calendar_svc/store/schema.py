"""The schema's own history: bring a database up to date, one process at a time."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from calendar_svc.store.base import Database

ROOT = Path(__file__).parents[2]
_LOCK = 20250927
"""The advisory lock on PostgreSQL; on SQLite the one writer is the lock."""


def upgrade(database: Database, revision: str = "head") -> tuple[str | None, str | None]:
    """Migrate up to `revision`; two at once wait for each other. The versions before and after."""
    return _run(database, command.upgrade, revision)


def downgrade(database: Database, revision: str) -> tuple[str | None, str | None]:
    """Migrate down to `revision` (`base`: to nothing). The versions before and after."""
    return _run(database, command.downgrade, revision)


def is_current(database: Database) -> bool:
    """Whether the database has the tables of this version of the code."""
    with database.engine.execution_options(reading=True).connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
    return set(heads) == set(ScriptDirectory.from_config(_config()).get_heads())


def _run(
    database: Database, migrate: Callable[[Config, str], None], revision: str
) -> tuple[str | None, str | None]:
    config = _config()
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config.attributes["connection"] = connection
        context = MigrationContext.configure(connection)
        before = context.get_current_revision()
        migrate(config, revision)
        return before, MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    return Config(toml_file=ROOT / "pyproject.toml")
