"""Subscribers and wishes: what waits stands beside what is confirmed, until it replaces it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from calendar_svc.domain.errors import NotFound
from calendar_svc.store import series as series_store
from calendar_svc.store import subscribers
from calendar_svc.store.base import Database
from calendar_svc.store.tables import SubscriptionRow
from tests import make

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LATER = make.NOW + DAY


@pytest.fixture
def bo(database: Database) -> int:
    """Bo has asked for a day's notice of everything; nothing is confirmed."""
    with database.transaction() as db:
        series_store.save(db, make.ADMM)
        bo = subscribers.add(db, "bo@example.org", now=make.NOW).id
        wish(db, bo, "all", [DAY], now=make.NOW)
    return bo


def wish(
    db: Session, bo: int, feed: str, leads: list[timedelta], *, now: datetime, lang: str = "en"
) -> None:
    subscribers.wish(db, bo, feed, leads, lang=lang, zone=make.KL, now=now)


def wishes(database: Database, bo: int) -> list[tuple[str, tuple[timedelta, ...], bool]]:
    """What Bo wishes, by series ("" for all): leads, whether it is confirmed."""
    with database.reading() as db:
        found = subscribers.subscriptions_of(db, bo)
    # of one feed, what is confirmed comes before what waits
    return sorted(
        [(one.series or "", one.leads, one.confirmed_at is not None) for one in found],
        key=lambda wish: wish[0],
    )


def test_a_new_subscriber_has_confirmed_nothing(database: Database, bo: int) -> None:
    with database.reading() as db:
        found = subscribers.get(db, bo)
        assert subscribers.get(db, bo + 1) is None
        assert subscribers.confirmed(db) == []
    assert found is not None
    assert found.email == "bo@example.org"
    assert (found.key_version, found.confirmed_at, found.answered_at) == (1, None, None)
    assert wishes(database, bo) == [("", (DAY,), False)]


def test_an_address_is_one_subscriber(database: Database, bo: int) -> None:
    with database.transaction() as db:
        subscribers.confirm(db, bo, now=make.NOW)
        before = subscribers.get(db, bo)
        # a stranger who types the address changes nothing of it
        assert subscribers.add(db, "bo@example.org", now=LATER) == before
        assert subscribers.add(db, "cy@example.org", now=LATER).id != bo


def test_two_who_ask_at_once_for_one_address_are_one_subscriber(database: Database) -> None:
    def ask(_: int) -> int:
        with database.transaction() as db:
            return subscribers.add(db, "bo@example.org", now=make.NOW).id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1


def test_each_wish_has_its_language_and_its_mornings(database: Database, bo: int) -> None:
    with database.transaction() as db:
        subscribers.wish(db, bo, "admm", [DAY], lang="ms", zone="Asia/Tokyo", now=LATER)
        found = subscribers.subscriptions_of(db, bo)
    assert {(one.series, one.lang, one.zone) for one in found} == {
        *(("admm", "ms", "Asia/Tokyo"), (None, "en", make.KL))
    }


def test_a_wish_that_waits_is_replaced_by_the_next(database: Database, bo: int) -> None:
    with database.transaction() as db:
        wish(db, bo, "all", [WEEK, DAY], now=LATER)
        wish(db, bo, "admm", [DAY], now=LATER)
    assert wishes(database, bo) == [("", (WEEK, DAY), False), ("admm", (DAY,), False)]


def test_confirming_takes_every_wish_that_waits(database: Database, bo: int) -> None:
    with database.transaction() as db:
        wish(db, bo, "admm", [WEEK], now=make.NOW)
        subscribers.confirm(db, bo, now=LATER)
    with database.reading() as db:
        found = subscribers.get(db, bo)
        assert {one.confirmed_at for one in subscribers.confirmed(db)} == {LATER}
    assert found is not None
    assert (found.confirmed_at, found.answered_at) == (LATER, LATER)
    assert wishes(database, bo) == [("", (DAY,), True), ("admm", (WEEK,), True)]


def test_what_waits_stands_beside_what_is_confirmed_until_it_replaces_it(
    database: Database, bo: int
) -> None:
    with database.transaction() as db:
        wish(db, bo, "admm", [DAY], now=make.NOW)
        subscribers.confirm(db, bo, now=make.NOW)
        wish(db, bo, "all", [WEEK], now=LATER)
        assert [one.leads for one in subscribers.confirmed(db)] == [(DAY,), (DAY,)]
    assert wishes(database, bo) == [
        *(("", (DAY,), True), ("", (WEEK,), False), ("admm", (DAY,), True))
    ]
    with database.transaction() as db:
        subscribers.confirm(db, bo, now=LATER)
        found = subscribers.get(db, bo)
    assert wishes(database, bo) == [("", (WEEK,), True), ("admm", (DAY,), True)]
    assert found is not None
    assert (found.confirmed_at, found.answered_at) == (make.NOW, LATER)


def test_confirming_twice_changes_no_wish(database: Database, bo: int) -> None:
    with database.transaction() as db:
        subscribers.confirm(db, bo, now=make.NOW)
        before = [one.confirmed_at for one in subscribers.confirmed(db)]
        subscribers.confirm(db, bo, now=LATER)
        assert [one.confirmed_at for one in subscribers.confirmed(db)] == before


def test_leaving_ends_all(database: Database, bo: int) -> None:
    with database.transaction() as db:
        subscribers.confirm(db, bo, now=make.NOW)
        wish(db, bo, "all", [WEEK], now=make.NOW)
        wish(db, bo, "admm", [WEEK], now=make.NOW)
        subscribers.leave(db, bo, now=LATER)
        subscribers.leave(db, bo, now=LATER)
        assert subscribers.confirmed(db) == []
        found = subscribers.get(db, bo)
    assert wishes(database, bo) == []
    assert found is not None
    assert (found.confirmed_at, found.answered_at) == (None, LATER)


def test_one_who_leaves_takes_nobody_along(database: Database, bo: int) -> None:
    with database.transaction() as db:
        other = make.subscribed(db, "cy@example.org")
        subscribers.confirm(db, bo, now=make.NOW)
        subscribers.leave(db, bo, now=LATER)
        assert [one.subscriber.id for one in subscribers.confirmed(db)] == [other.id]


def test_one_who_left_may_come_back(database: Database, bo: int) -> None:
    with database.transaction() as db:
        subscribers.confirm(db, bo, now=make.NOW)
        subscribers.leave(db, bo, now=make.NOW)
        wish(db, bo, "all", [WEEK], now=LATER)
        subscribers.confirm(db, bo, now=LATER)
        found = subscribers.get(db, bo)
    assert found is not None and found.confirmed_at == LATER
    assert wishes(database, bo) == [("", (WEEK,), True)]


def test_a_feed_that_isnt_there_can_not_be_wished(database: Database, bo: int) -> None:
    with database.transaction() as db, pytest.raises(NotFound):
        wish(db, bo, "nothing", [DAY], now=make.NOW)
    assert wishes(database, bo) == [("", (DAY,), False)]


@pytest.mark.parametrize("confirmed_at", [None, make.NOW])
def test_the_database_itself_keeps_one_wish_of_each_kind(
    database: Database, bo: int, confirmed_at: datetime | None
) -> None:
    with database.transaction() as db:
        subscribers.confirm(db, bo, now=make.NOW)
        wish(db, bo, "all", [WEEK], now=make.NOW)
        feed = db.scalars(select(SubscriptionRow.feed_id).limit(1)).one()
    with pytest.raises(IntegrityError), database.transaction() as db:
        db.add(
            SubscriptionRow(
                subscriber_id=bo,
                feed_id=feed,
                lead_minutes=[],
                lang="en",
                zone=make.KL,
                created_at=make.NOW,
                confirmed_at=confirmed_at,
            )
        )
