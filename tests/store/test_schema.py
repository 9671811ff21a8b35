"""The schema: up, down, and equal to the models, on both databases."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text
from sqlalchemy.exc import IntegrityError

from calendar_svc.domain.article import Article
from calendar_svc.store import articles, schema
from calendar_svc.store.base import Base, Database
from tests import make

HEAD = "0003"
UPGRADE = """
import sys
from calendar_svc.store import schema
from calendar_svc.store.base import Database
print("ready", flush=True)
sys.stdin.readline()
print(*schema.upgrade(Database(sys.argv[1])))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without a table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'fresh.db'}"
    server: str = request.getfixturevalue("postgres")
    name = f"fresh_{abs(hash(tmp_path))}"
    admin = Database(server)
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    admin.close()
    return server.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    """A database without a table."""
    database = Database(empty_url)
    yield database
    database.close()


def shape(database: Database) -> object:
    """Every table with its columns, constraints and indexes."""
    found = inspect(database.engine)
    return {
        table: [
            sorted(re.sub(r" at 0x\w+", "", str(one)) for one in part(table))
            for part in (
                found.get_columns,
                found.get_check_constraints,
                found.get_unique_constraints,
                found.get_foreign_keys,
                found.get_indexes,
            )
        ]
        for table in sorted(found.get_table_names())
    }


def test_up_down_and_up_again(empty: Database) -> None:
    assert not schema.is_current(empty)
    assert schema.upgrade(empty) == (None, HEAD)
    assert schema.is_current(empty)
    once = shape(empty)
    assert schema.downgrade(empty, "base") == (HEAD, None)
    assert inspect(empty.engine).get_table_names() == ["alembic_version"]
    assert not schema.is_current(empty)
    assert schema.upgrade(empty) == (None, HEAD)
    assert shape(empty) == once
    assert schema.upgrade(empty) == (HEAD, HEAD)


def test_down_is_possible_with_every_table_in_use(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db)
        make.subscribed(db)
    schema.downgrade(database, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]


def test_texts_that_were_kept_before_are_recognised(database: Database) -> None:
    with database.transaction() as db:
        for key, words in (("a", "ADMM ke-21"), ("b", "Lain"), ("c", "")):
            articles.save(db, Article(key, "Bernama", "ms", date(2027, 1, 1)), text=words)
    schema.downgrade(database, "0002")
    with database.transaction() as db:
        # nothing kept them apart then
        db.execute(text("UPDATE articles SET text = 'admm KE-21' WHERE key = 'b'"))
    schema.upgrade(database)
    with database.reading() as db:
        found = articles.by_text(db, "“ADMM” ke-21")
        assert found is not None and found.key == "a"
        assert articles.text_of(db, "b") == "admm KE-21"
        assert articles.by_text(db, "Lain") is None


def test_the_migrated_schema_is_that_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_each_check_of_the_models_is_in_the_database_by_its_name(database: Database) -> None:
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        wanted = [str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)]
        # once each: one that a migration left behind would forbid the new words
        there = [str(one["name"]) for one in found.get_check_constraints(table.name)]
        assert sorted(there) == sorted(wanted)


def test_each_constraint_has_the_name_that_a_migration_would_give_it(database: Database) -> None:
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        for one in found.get_foreign_keys(table.name):
            assert str(one["name"]).startswith(f"fk_{table.name}_")
        for unique in found.get_unique_constraints(table.name):
            assert str(unique["name"]).startswith(f"uq_{table.name}_")


def test_keys_sort_by_their_bytes_on_postgresql_too(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        return  # there, text always does
    query = text(
        "SELECT table_name || '.' || column_name FROM information_schema.columns"
        " WHERE collation_name = 'C' AND table_schema = 'public'"
    )
    with database.engine.connect() as connection:
        there = set(connection.scalars(query))
    assert there == {
        *("series.slug", "feeds.slug", "articles.key", "events.uid", "events.slug"),
        *("claims.key", "occurrences.sort_key", "deliveries.key"),
    }


def test_a_word_that_is_not_of_its_column_is_refused(database: Database) -> None:
    statement = text("UPDATE states SET status = 'perhaps'")
    with database.transaction() as db:
        make.announced(db)
    with pytest.raises(IntegrityError), database.transaction() as db:
        db.execute(statement)


def test_two_upgrades_at_once_both_succeed(empty_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, empty_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=schema.ROOT,
        )
        for _ in range(3)
    ]
    for one in processes:
        assert one.stdout is not None and one.stdin is not None
        assert one.stdout.readline() == "ready\n"
    for one in processes:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    answers = [one.communicate(timeout=60) for one in processes]
    assert [one.returncode for one in processes] == [0, 0, 0], answers
    assert sorted(out for out, _ in answers) == [
        f"{HEAD} {HEAD}\n",
        f"{HEAD} {HEAD}\n",
        f"None {HEAD}\n",
    ]
    database = Database(empty_url)
    assert schema.is_current(database)
    database.close()
