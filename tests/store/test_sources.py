"""Sources: each is looked at by one process at a time, and what it lists is read once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from calendar_svc.domain.errors import NotFound, Refused
from calendar_svc.domain.source import Source, Told, next_wait
from calendar_svc.store import sources
from calendar_svc.store.base import Database, database_now
from calendar_svc.store.tables import ListedRow, SourceRow

HOUR, URL = timedelta(hours=1), "https://news.example/rss"
TOLD = Told("%(read)s articles", {"read": 3})


def add(db: Session, url: str = URL) -> int:
    return sources.add(db, url, publisher="Bernama", lang="ms", every=HOUR)


def claimed(db: Session) -> Source:
    source = sources.claim(db)
    assert source is not None
    return source


def later(db: Session, wait: timedelta) -> None:
    """As if it had been so long ago."""
    for column in ("next_check_at", "lease_until"):
        for number, moment in db.execute(
            SourceRow.__table__.select().with_only_columns(SourceRow.id, getattr(SourceRow, column))
        ).all():
            if moment is not None:
                change = update(SourceRow).where(SourceRow.id == number)
                db.execute(change.values({column: moment - wait}))


def test_a_new_source_is_due_at_once_and_then_after_its_interval(database: Database) -> None:
    with database.transaction() as db:
        number = add(db)
        source = claimed(db)
        assert (source.id, source.url, source.every, source.told) == (number, URL, HOUR, None)
        sources.finish(db, source, TOLD, etag='"1"', last_modified="Mon")
        assert sources.claim(db) is None
        found = sources.get(db, number)
        assert (found.etag, found.last_modified, found.told) == ('"1"', "Mon", TOLD)
        later(db, timedelta(minutes=59))
        assert sources.claim(db) is None
        later(db, timedelta(minutes=2))
        assert claimed(db).id == number


def test_what_one_process_looks_at_no_other_does(database: Database) -> None:
    with database.transaction() as db:
        add(db)
        add(db, "https://other.example/rss")
        first = claimed(db)
    with database.transaction() as db:
        assert claimed(db).id != first.id
        assert sources.claim(db) is None


def test_of_many_that_look_at_once_each_has_a_source_of_its_own(database: Database) -> None:
    with database.transaction() as db:
        for number in range(6):
            add(db, f"https://news.example/{number}")

    def claim(_: int) -> int | None:
        with database.transaction() as db:
            source = sources.claim(db)
        return source.id if source else None

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(claim, range(12)))
    taken = [number for number in found if number is not None]
    assert len(taken) == len(set(taken))
    # one that was passed over because somebody held it is there at the next look
    while (left := claim(0)) is not None:
        taken.append(left)
    assert len(taken) == len(set(taken)) == 6


def test_one_whose_process_died_is_taken_up_again_and_the_dead_changes_nothing(
    database: Database,
) -> None:
    with database.transaction() as db:
        add(db)
        dead = claimed(db)
        later(db, sources.LEASE + timedelta(minutes=1))
        alive = claimed(db)
        sources.fail(db, dead, TOLD)
        assert sources.get(db, alive.id).failures == 0
        sources.finish(db, alive, TOLD)
        assert sources.get(db, alive.id).checked_at is not None


def test_failures_make_the_next_look_later(database: Database) -> None:
    with database.transaction() as db:
        number = add(db)
        for failures in (1, 2, 3):
            sources.fail(db, claimed(db), TOLD)
            found = sources.get(db, number)
            assert found.failures == failures
            wait = found.next_check_at - database_now(db)
            assert abs(wait - HOUR * 2**failures) < timedelta(minutes=1)
            later(db, timedelta(days=2))
        sources.finish(db, claimed(db), TOLD)
        assert sources.get(db, number).failures == 0


def test_waits_grow_to_a_day_and_no_further() -> None:
    quarter = timedelta(minutes=15)
    assert [next_wait(quarter, failures) for failures in (0, 1, 4)] == [
        quarter,
        2 * quarter,
        16 * quarter,
    ]
    assert next_wait(quarter, 10**9) == timedelta(days=1)
    assert next_wait(timedelta(days=7), 5) == timedelta(days=7)


def test_a_paused_source_waits_and_is_looked_at_once_it_is_resumed(database: Database) -> None:
    with database.transaction() as db:
        number = add(db)
        assert sources.pause(db, number, paused=True)
        assert not sources.pause(db, number, paused=True)
        assert sources.claim(db) is None
        assert sources.get(db, number).paused
        assert sources.pause(db, number, paused=False)
        assert claimed(db).id == number


def test_an_address_is_watched_once(database: Database) -> None:
    with database.transaction() as db:
        add(db)
    with pytest.raises(Refused) as refused, database.transaction() as db:
        add(db)
    assert refused.value.field == "url"


def test_what_is_listed_is_read_once_the_newest_first(database: Database) -> None:
    with database.transaction() as db:
        add(db)
        source, now = claimed(db), database_now(db)
        old, new = now - HOUR, now
        listed = [("https://a/", "A", None), ("https://b/", "B", old), ("https://c/", None, new)]
        for _ in range(2):
            sources.note_listed(db, source, listed)
        found = sources.waiting(db, source, limit=9)
        assert [one.url for one in found] == ["https://c/", "https://b/", "https://a/"]
        assert [one.url for one in sources.waiting(db, source, limit=1)] == ["https://c/"]
        sources.count_try(db, found[0].id, is_read=True)
        sources.note_listed(db, source, listed)
        assert len(sources.waiting(db, source, limit=9)) == 2
        assert found[1].title == "B" and found[1].published_at == old


def test_what_cannot_be_read_is_left_after_a_few_tries(database: Database) -> None:
    with database.transaction() as db:
        add(db)
        source = claimed(db)
        sources.note_listed(db, source, [("https://a/", None, None)])
        for _ in range(sources.MOST_TRIES):
            (one,) = sources.waiting(db, source, limit=9)
            sources.count_try(db, one.id, is_read=False)
        assert sources.waiting(db, source, limit=9) == []


def test_what_is_listed_no_more_is_forgotten_after_a_while(database: Database) -> None:
    with database.transaction() as db:
        add(db)
        source = claimed(db)
        sources.note_listed(db, source, [("https://a/", None, None), ("https://b/", None, None)])
        old = database_now(db) - sources.REMEMBERED - HOUR
        db.execute(update(ListedRow).values(listed_at=old))
        sources.note_listed(db, source, [("https://b/", None, None)])
        assert [one.url for one in sources.waiting(db, source, limit=9)] == ["https://b/"]


def test_a_removed_source_is_gone_with_its_list(database: Database) -> None:
    with database.transaction() as db:
        number = add(db)
        source = claimed(db)
        sources.note_listed(db, source, [("https://a/", None, None)])
        (one,) = sources.waiting(db, source, limit=9)
        sources.remove(db, number)
        # whoever was reading it then comes back to nothing
        sources.count_try(db, one.id, is_read=True)
        sources.finish(db, source, TOLD)
        assert sources.every(db) == []
        assert sources.waiting(db, source, limit=9) == []
        with pytest.raises(NotFound):
            sources.get(db, number)
