"""Deliveries: queued once, claimed by one, and by another when a lease ran out."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from calendar_svc.domain.delivery import DeliveryKind, DeliveryState
from calendar_svc.store import deliveries
from calendar_svc.store.base import Database, database_now
from calendar_svc.store.deliveries import LEASE, Owed
from calendar_svc.store.tables import DeliveryRow
from tests import make


@pytest.fixture
def bo(database: Database) -> int:
    with database.transaction() as db:
        return make.subscribed(db).id


def owed(subscriber: int, count: int) -> list[Owed]:
    """Messages, the first due last."""
    return [
        Owed(f"key-{number}", DeliveryKind.REMINDER, subscriber, make.NOW - number * LEASE)
        for number in range(count)
    ]


def states(database: Database) -> list[DeliveryState]:
    with database.reading() as db:
        return [one.state for one in deliveries.every(db)]


def shift(db: Session, by: timedelta) -> None:
    """Let time pass for every lease and every next attempt."""
    now = database_now(db)
    db.execute(
        update(DeliveryRow)
        .where(DeliveryRow.lease_until.is_not(None))
        .values(lease_until=now + LEASE - by)
    )


def test_a_message_comes_back_as_it_was_queued(database: Database, bo: int) -> None:
    with database.transaction() as db:
        uid = make.announced(db)
        lead = timedelta(days=7)
        reminder = Owed("a", DeliveryKind.REMINDER, bo, make.NOW, uid, lead, 3)
        assert deliveries.queue(db, [reminder]) == 1
        (found,) = deliveries.every(db)
    assert (found.key, found.kind, found.subscriber) == ("a", DeliveryKind.REMINDER, bo)
    assert (found.event, found.lead, found.when_no) == (uid, lead, 3)
    assert (found.due_at, found.state) == (make.NOW, DeliveryState.QUEUED)
    assert (found.attempts, found.message_id) == (0, None)


def test_a_lead_of_nothing_is_a_lead(database: Database, bo: int) -> None:
    with database.transaction() as db:
        now = Owed("a", DeliveryKind.REMINDER, bo, make.NOW, lead=timedelta(0))
        deliveries.queue(db, [now])
        assert [one.lead for one in deliveries.every(db)] == [timedelta(0)]


def test_a_key_is_queued_once(database: Database, bo: int) -> None:
    with database.transaction() as db:
        assert deliveries.queue(db, []) == 0
        assert deliveries.queue(db, owed(bo, 2)) == 2
        assert deliveries.queue(db, owed(bo, 3)) == 1
        assert deliveries.queue(db, owed(bo, 3)) == 0
        twice = [replace(owed(bo, 1)[0], key="twice")] * 2
        assert deliveries.queue(db, twice) == 1
        assert len(deliveries.every(db)) == 4


def test_a_key_that_was_sent_is_not_queued_again(database: Database, bo: int) -> None:
    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 1))
        (one,) = deliveries.claim(db, 1)
        deliveries.finish(db, one, DeliveryState.SENT, message_id="<1@example.org>")
        assert deliveries.queue(db, owed(bo, 1)) == 0
        (found,) = deliveries.every(db)
    assert (found.state, found.message_id) == (DeliveryState.SENT, "<1@example.org>")


def test_two_that_queue_at_once_queue_one(database: Database, bo: int) -> None:
    def queue(_: int) -> int:
        with database.transaction() as db:
            return deliveries.queue(db, owed(bo, 20))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(queue, range(4))) == 20


def test_what_was_missed_is_recorded_and_never_claimed(database: Database, bo: int) -> None:
    with database.transaction() as db:
        missed = replace(owed(bo, 1)[0], state=DeliveryState.MISSED)
        assert deliveries.queue(db, [missed]) == 1
        assert deliveries.claim(db, 10) == []
    assert states(database) == [DeliveryState.MISSED]


def test_the_longest_due_is_claimed_first(database: Database, bo: int) -> None:
    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 5))
        claimed = deliveries.claim(db, 3)
        assert [one.key for one in claimed] == ["key-4", "key-3", "key-2"]
        assert {one.state for one in claimed} == {DeliveryState.SENDING}
        assert {one.attempts for one in claimed} == {1}
        assert [one.key for one in deliveries.claim(db, 3)] == ["key-1", "key-0"]
        assert deliveries.claim(db, 3) == []


def test_two_transactions_claim_different_messages(database: Database, bo: int) -> None:
    """On SQLite the second waits for the first, so there they claim one after the other."""
    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 6))
    if database.engine.dialect.name == "postgresql":
        with database.transaction() as first, database.transaction() as second:
            claims = [deliveries.claim(first, 4), deliveries.claim(second, 4)]
            assert deliveries.claim(first, 4) == []
    else:
        claims = []
        for _ in range(2):
            with database.transaction() as db:
                claims.append(deliveries.claim(db, 4))
    first_keys, second_keys = ([one.key for one in claim] for claim in claims)
    assert first_keys == ["key-5", "key-4", "key-3", "key-2"]
    assert second_keys == ["key-1", "key-0"]


def test_a_claim_that_is_rolled_back_was_none(database: Database, bo: int) -> None:
    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 1))
    with pytest.raises(RuntimeError), database.transaction() as db:  # noqa: PT012
        deliveries.claim(db, 1)
        raise RuntimeError
    assert states(database) == [DeliveryState.QUEUED]


def test_many_that_claim_at_once_never_claim_the_same(database: Database, bo: int) -> None:
    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 40))

    def work(_: int) -> list[str]:
        mine: list[str] = []
        while True:
            with database.transaction() as db:
                claimed = deliveries.claim(db, 3)
            if not claimed:
                return mine
            mine += [one.key for one in claimed]

    with ThreadPoolExecutor(4) as pool:
        keys = [key for mine in pool.map(work, range(4)) for key in mine]
    assert sorted(keys) == sorted(one.key for one in owed(bo, 40))


def test_a_lease_that_ran_out_is_taken_up_again(database: Database, bo: int) -> None:
    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 1))
        (first,) = deliveries.claim(db, 1)
    with database.transaction() as db:
        shift(db, LEASE - timedelta(minutes=1))
        assert deliveries.claim(db, 1) == []
        shift(db, LEASE + timedelta(minutes=1))
        (second,) = deliveries.claim(db, 1)
    assert (second.id, second.attempts) == (first.id, 2)
    assert second.state is DeliveryState.SENDING


@pytest.mark.parametrize("ends", ["finish", "delay"])
def test_who_lost_the_lease_changes_nothing(database: Database, bo: int, ends: str) -> None:
    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 1))
        (first,) = deliveries.claim(db, 1)
        shift(db, LEASE + timedelta(minutes=1))
        (second,) = deliveries.claim(db, 1)
        before = deliveries.every(db)
        if ends == "finish":
            deliveries.finish(db, first, DeliveryState.UNDELIVERABLE, reason="no")
        else:
            deliveries.delay(db, first, timedelta(0), "later")
        assert deliveries.every(db) == before
        deliveries.finish(db, second, DeliveryState.SENT, message_id="<2@example.org>")
        deliveries.finish(db, first, DeliveryState.UNDELIVERABLE, reason="no")
        deliveries.delay(db, first, timedelta(0), "later")
    with database.reading() as db:
        (found,) = deliveries.every(db)
    assert (found.state, found.message_id) == (DeliveryState.SENT, "<2@example.org>")


@pytest.mark.parametrize(
    "state", [DeliveryState.SENT, DeliveryState.UNDELIVERABLE, DeliveryState.WITHDRAWN]
)
def test_what_has_ended_is_never_claimed_again(
    database: Database, bo: int, state: DeliveryState
) -> None:
    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 1))
        (one,) = deliveries.claim(db, 1)
        deliveries.finish(db, one, state, reason="because")
        assert deliveries.claim(db, 1) == []
    assert states(database) == [state]


def test_what_was_put_back_is_tried_when_it_is_time(database: Database, bo: int) -> None:
    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 2))
        soon, later = deliveries.claim(db, 2)
        deliveries.delay(db, soon, timedelta(0), "busy")
        deliveries.delay(db, later, timedelta(hours=1), "busy")
        (again,) = deliveries.claim(db, 2)
    assert (again.id, again.attempts) == (soon.id, 2)


def test_messages_are_counted_by_kind_and_since(database: Database, bo: int) -> None:
    def count(since: datetime | None = None, kind: DeliveryKind = DeliveryKind.REMINDER) -> int:
        with database.reading() as db:
            return deliveries.count(db, bo, kind, since=since)

    with database.transaction() as db:
        deliveries.queue(db, owed(bo, 3))
    assert (count(), count(make.NOW - LEASE), count(make.NOW)) == (3, 1, 0)
    assert count(kind=DeliveryKind.CONFIRM) == 0
