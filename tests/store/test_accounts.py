"""Editors, sessions and counted failures, as the database keeps them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from calendar_svc.domain.account import Editor, Role
from calendar_svc.store import accounts, attempts, sessions
from calendar_svc.store.base import Database
from tests import make
from tests.make import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ada(database: Database) -> int:
    with database.transaction() as db:
        return make.editor(db).id


def test_an_address_is_one_editor(database: Database, ada: int) -> None:
    with database.transaction() as db:
        assert accounts.add(db, "ada@example.org", "Eve", Role.ADMINISTRATOR, now=NOW) is None
        found = accounts.find(db, "ada@example.org")
        assert found is not None and (found.id, found.name, found.role) == (ada, "Ada", "editor")
        assert accounts.find(db, "bo@example.org") is None
        assert accounts.count(db) == 1


def test_a_password_is_set_once_by_a_version_of_the_key(database: Database, ada: int) -> None:
    with database.transaction() as db:
        version = made(database, ada).key_version
        assert accounts.set_password(db, ada, "one", key_version=version)
        assert not accounts.set_password(db, ada, "two", key_version=version)
        assert accounts.credentials(db, ada).password == "one"


def test_a_new_hash_takes_the_place_only_of_the_one_that_was_seen(
    database: Database, ada: int
) -> None:
    with database.transaction() as db:
        accounts.set_password(db, ada, "one", key_version=2)
        accounts.rehash(db, ada, "stale", was="another")
        assert accounts.credentials(db, ada).password == "one"
        accounts.rehash(db, ada, "newer", was="one")
        assert accounts.credentials(db, ada).password == "newer"


def test_of_many_uses_of_one_step_one_succeeds(database: Database, ada: int) -> None:
    def spend(_: int) -> bool:
        with database.transaction() as db:
            return accounts.spend_step(db, ada, 100)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(spend, range(4))) == [False, False, False, True]
    with database.transaction() as db:
        assert not accounts.spend_step(db, ada, 99)
        assert accounts.spend_step(db, ada, 101)


def test_of_many_uses_of_one_recovery_code_one_succeeds(database: Database, ada: int) -> None:
    with database.transaction() as db:
        accounts.set_second_factor(db, ada, "secret", last_step=1, recovery_codes=["a", "b"])

    def spend(_: int) -> bool:
        with database.transaction() as db:
            return accounts.spend_recovery_code(db, ada, "a")

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(spend, range(4))) == [False, False, False, True]
    with database.reading() as db:
        assert accounts.credentials(db, ada).recovery_codes == ("b",)


def test_administrators_who_are_disabled_are_none(database: Database, ada: int) -> None:
    with database.transaction() as db:
        bo = make.editor(db, "bo@example.org", role=Role.ADMINISTRATOR).id
        eve = make.editor(db, "eve@example.org", role=Role.ADMINISTRATOR).id
        accounts.disable(db, eve, now=NOW)
        assert accounts.administrators(db) == {bo}
        accounts.enable(db, eve)
        accounts.change(db, ada, name="Ada", role=Role.ADMINISTRATOR)
        assert accounts.administrators(db) == {ada, bo, eve}


def test_disabling_closes_the_links_that_were_sent(database: Database, ada: int) -> None:
    before = made(database, ada).key_version
    with database.transaction() as db:
        accounts.disable(db, ada, now=NOW)
    assert made(database, ada).key_version == before + 1
    assert made(database, ada).disabled_at == NOW


@pytest.mark.parametrize(
    ("used_after", "asked_after", "lasts"),
    [
        (timedelta(0), 11.9 * HOUR, True),
        (timedelta(0), 12 * HOUR, False),
        (11 * HOUR, 22 * HOUR, True),
        (6.9 * DAY, 6.99 * DAY, True),
        (6.9 * DAY, 7 * DAY, False),
    ],
)
def test_a_session_ends_unused_or_old(
    database: Database, ada: int, used_after: timedelta, asked_after: timedelta, lasts: bool
) -> None:
    with database.transaction() as db:
        sessions.begin(db, ada, "hash", "Firefox", now=NOW)
        begun = sessions.find(db, "hash", now=NOW)
        assert begun is not None
        sessions.touch(db, begun[0].id, now=NOW + used_after)
        assert (sessions.find(db, "hash", now=NOW + asked_after) is not None) is lasts
        assert len(sessions.of_editor(db, ada, now=NOW + asked_after)) == lasts


def test_a_session_is_its_editors_alone(database: Database, ada: int) -> None:
    with database.transaction() as db:
        bo = make.editor(db, "bo@example.org").id
        sessions.begin(db, ada, "hers", "Firefox", now=NOW)
        sessions.begin(db, bo, "his", "Safari", now=NOW)
        found = sessions.find(db, "hers", now=NOW)
        assert found is not None and found[1].id == ada
        assert not sessions.end(db, bo, found[0].id)
        assert sessions.end_all(db, bo) == 1
        assert sessions.find(db, "hers", now=NOW) is not None
        assert sessions.end(db, ada, found[0].id)
        assert sessions.find(db, "hers", now=NOW) is None


def test_all_but_one_session_end(database: Database, ada: int) -> None:
    with database.transaction() as db:
        for token in "abc":
            sessions.begin(db, ada, token, "", now=NOW)
        kept = sessions.find(db, "b", now=NOW)
        assert kept is not None
        assert sessions.end_all(db, ada, but=kept[0].id) == 2
        assert [one.id for one in sessions.of_editor(db, ada, now=NOW)] == [kept[0].id]


def test_what_is_older_than_a_day_is_not_counted_and_forgotten(database: Database) -> None:
    with database.transaction() as db:
        attempts.add(db, ["a", "b"], now=NOW)
        attempts.add(db, ["a"], now=NOW + HOUR)
        assert attempts.failures(db, "a", since=NOW - DAY) == [NOW, NOW + HOUR]
        attempts.add(db, ["c"], now=NOW + 1.01 * DAY)
        assert attempts.failures(db, "a", since=NOW - DAY) == [NOW + HOUR]
        assert attempts.failures(db, "b", since=NOW - DAY) == []
        attempts.take_back(db, "a", NOW + HOUR)
        assert attempts.failures(db, "a", since=NOW - DAY) == []


def made(database: Database, editor: int) -> Editor:
    with database.reading() as db:
        found = accounts.get(db, editor)
    assert found is not None
    return found
