"""Runs the migrations on the connection that `db upgrade` opens and locks (or on the settings')."""

from alembic import context
from sqlalchemy import Connection

from calendar_svc import config
from calendar_svc.store import tables  # noqa: F401 - the tables register themselves
from calendar_svc.store.base import Base, Database


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite can't alter most things: there Alembic copies the table instead
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with Database(config.read().database_url).engine.begin() as connection:
        run(connection)
