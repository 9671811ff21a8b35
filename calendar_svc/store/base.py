"""The database: one door for SQLite and PostgreSQL, and the types that keep times aware."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Text,
    TypeDecorator,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session

from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When

Transaction = Callable[[], AbstractContextManager[Session]]
"""Opens a transaction: commits at its end, rolls back when something is raised."""

SQLITE_WAIT = 30
"""Seconds a writer waits for the one before it."""


class Base(DeclarativeBase):
    """Every table; the constraints' names follow one rule, so migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware on both sides, kept in UTC. Raises ValueError for a naive datetime."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs its offset")
        value = value.astimezone(UTC)
        # SQLite keeps text, which must sort as time does
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WhenText(TypeDecorator[When]):
    """A When, as EDTF or RFC 9557."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: When | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> When | None:
        return None if value is None else When.parse(value)


Key = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by its bytes on both databases."""

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class TextsJson(TypeDecorator[Texts]):
    """Texts by language."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: Texts | None, dialect: Dialect) -> Mapping[str, str] | None:
        return None if value is None else dict(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Texts | None:
        return None if value is None else Texts(value, limit=10**6)


class Database:
    """An engine, and the two ways to open it."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        """`durable` False: a database to throw away, which waits for no disk."""
        self.engine = _engine(url, durable)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A transaction that may write. On SQLite it waits for the writer before it."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one state of the database throughout and keeps nothing."""
        engine = self.engine.execution_options(reading=True)
        if self.engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with Session(engine, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def database_now(db: Session) -> datetime:
    """The database's wall clock, the one that leases go by."""
    if db.get_bind().dialect.name == "sqlite":
        text: str = db.scalars(select(func.strftime("%Y-%m-%dT%H:%M:%f", "now"))).one()
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    moment: datetime = db.scalars(select(func.clock_timestamp())).one()
    return moment.astimezone(UTC)


def insert(db: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """INSERT in the database's own dialect, for ON CONFLICT."""
    if db.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def _engine(url: str, durable: bool) -> Engine:
    parsed = make_url(url)
    # addresses of people go into parameters, and those must not go into errors and logs
    common: dict[str, Any] = {"json_serializer": _json, "hide_parameters": True}
    if parsed.get_backend_name() != "sqlite":
        connect = {"options": "-c timezone=UTC"}
        return create_engine(parsed, pool_pre_ping=True, connect_args=connect, **common)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": SQLITE_WAIT}, **common)
    event.listen(engine, "connect", partial(_sqlite_connected, "FULL" if durable else "OFF"))
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _json(value: object) -> str:
    # one spelling, so that equal values are equal text
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _sqlite_connected(synchronous: str, connection: Any, record: object) -> None:
    # sqlite3's own BEGIN comes late and never around DDL: we say it ourselves
    connection.isolation_level = None
    _write_ahead(connection)
    for pragma in (f"synchronous={synchronous}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """Have the database keep a write-ahead log. SQLite does not wait by itself where several
    processes want that of a new database at once."""
    last_try = time.monotonic() + SQLITE_WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > last_try:
                raise
            time.sleep(0.01)
        else:
            return


def _sqlite_begin(connection: Any) -> None:
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
