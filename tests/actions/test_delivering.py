"""Claimed, composed from what is true then, sent, recorded; each once, whatever dies meanwhile."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from calendar_svc.actions import delivering, subscribing
from calendar_svc.actions.reminding import remind
from calendar_svc.actions.subscribing import Wish
from calendar_svc.domain.delivery import (
    FIRST_DELAY,
    GIVE_UP_AFTER,
    LONGEST_DELAY,
    Delayed,
    DeliveryState,
    Outcome,
    Sent,
    Undeliverable,
)
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import FactName, FactValue
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.links import Purpose, Ticket
from calendar_svc.mail.smtp import Mailer, Postbox
from calendar_svc.store import deliveries
from calendar_svc.store.base import Database, database_now
from calendar_svc.store.tables import DeliveryRow, SubscriberRow, SubscriptionRow
from tests.fakes import KeptMail
from tests.make import KL, NOW, SITE, announced, change, subscribed

SENDER = "calendar@example.org"
WEEK_BEFORE = datetime(2027, 3, 25, 1, 0, tzinfo=UTC)
SOON = WEEK_BEFORE + timedelta(minutes=1)
UID = "uid-of-admm-21"


def deliver(database: Database, mailer: Mailer, *, now: datetime = SOON) -> int:
    return delivering.deliver(
        database.transaction, Postbox(mailer, SENDER), now=lambda: now, site=SITE
    )


def queued(database: Database, *emails: str) -> None:
    """A reminder of the 21st ADMM, a week before, to Bo or to each of these."""
    with database.transaction() as db:
        announced(db)
        for email in emails or ("bo@example.org",):
            subscribed(db, email)
        remind(db, now=WEEK_BEFORE)


def rows(database: Database) -> list[DeliveryRow]:
    with database.transaction() as db:
        return list(db.scalars(select(DeliveryRow).order_by(DeliveryRow.id)))


def row(database: Database) -> DeliveryRow:
    (only,) = rows(database)
    return only


def leases_run_out(database: Database) -> None:
    """As if the time that a process had for its messages were over."""
    with database.transaction() as db:
        past = database_now(db) - timedelta(seconds=1)
        db.execute(
            update(DeliveryRow)
            .where(DeliveryRow.state == DeliveryState.SENDING)
            .values(lease_until=past)
        )


def waits_run_out(database: Database) -> None:
    """As if the next attempt were due."""
    with database.transaction() as db:
        db.execute(update(DeliveryRow).values(next_attempt_at=database_now(db)))


def happens(database: Database, **facts: FactValue) -> None:
    """Something becomes known between queueing and sending."""
    with database.transaction() as db:
        values: dict[FactName, FactValue] = {FactName(name): fact for name, fact in facts.items()}
        change(db, UID, values, now=WEEK_BEFORE)


class Interrupted(BaseException):
    """The process dies here."""


class Mailbox(KeptMail):
    """Keeps mail, after doing something else first."""

    def __init__(self, first: Callable[[str], object]) -> None:
        super().__init__()
        self.first = first

    def send(self, message: EmailMessage, sender: str, recipient: str) -> Outcome:
        self.first(recipient)
        return super().send(message, sender, recipient)


# the straight way


def test_a_reminder_is_claimed_composed_sent_and_recorded(database: Database) -> None:
    queued(database)
    kept = KeptMail()
    assert deliver(database, kept) == 1
    (message,) = kept.messages
    assert kept.recipients == ["bo@example.org"]
    assert message["Subject"] == "Reminder: 21st ADMM, 1 April 2027 – in 7 days"
    found = row(database)
    assert (found.state, found.attempts) == (DeliveryState.SENT, 1)
    assert found.message_id == message["Message-ID"]
    assert found.finished_at is not None and found.lease_until is None


def test_what_was_sent_is_not_sent_again(database: Database) -> None:
    queued(database)
    kept = KeptMail()
    assert [deliver(database, kept) for _ in range(3)] == [1, 0, 0]
    assert len(kept.messages) == 1


def test_nothing_queued_is_nothing_done_and_the_connection_is_let_go(database: Database) -> None:
    class Closing(KeptMail):
        closed = 0

        def close(self) -> None:
            self.closed += 1

    kept = Closing()
    assert deliver(database, kept) == 0
    assert kept.closed == 1


def test_a_confirmation_is_sent_with_what_waits(database: Database) -> None:
    with database.transaction() as db:
        announced(db)
        for feed in ("all", "admm"):
            subscribing.ask(
                db, Wish("bo@example.org", feed, (timedelta(days=7),), "en", KL), now=NOW
            )
        subscribing.ask(db, Wish("cy@example.org", "all", (timedelta(hours=1),), "en", KL), now=NOW)
    kept = KeptMail()
    assert deliver(database, kept, now=NOW) == 3
    body = kept.messages[0].get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "- Official meetings: 7 days before\n" in text
    assert "- ADMM – ASEAN Defence Ministers’ Meeting: 7 days before\n" in text
    assert "1 hour before" not in text


@pytest.mark.parametrize("answer", ["confirm", "leave"])
def test_a_confirmation_that_nobody_needs_any_more_is_withdrawn(
    database: Database, answer: str
) -> None:
    with database.transaction() as db:
        subscribing.ask(db, Wish("bo@example.org", "all", (timedelta(days=7),), "en", KL), now=NOW)
        if answer == "confirm":
            subscribing.confirm(db, Ticket(1, Purpose.CONFIRM, 1), now=NOW)
        else:
            subscribing.leave(db, Ticket(1, Purpose.LEAVE, 1), now=NOW)
    kept = KeptMail()
    assert deliver(database, kept, now=NOW) == 0
    assert kept.messages == []
    assert row(database).state is DeliveryState.WITHDRAWN


def test_the_longest_due_goes_first(database: Database) -> None:
    with database.transaction() as db:
        announced(db)
        announced(db, "2027-03-29", slug="sooner", title="Sooner")
        subscribed(db, leads=[timedelta(days=14), timedelta(days=7)])
        remind(db, now=NOW)
        remind(db, now=WEEK_BEFORE)
    kept = KeptMail()
    deliver(database, kept)
    # due on 15, 18, 22 and 25 March, and queued by meeting
    titles = [message["Subject"].split(",")[0] for message in kept.messages]
    assert titles == ["Reminder: Sooner", "Reminder: 21st ADMM"] * 2


# what is true then


@pytest.mark.parametrize(
    "facts",
    [
        {"when": When.parse("2027-04-15")},
        {"when": When.parse("2027-04")},
        {"when": None},
        {"status": Status.CANCELLED},
        {"status": Status.POSTPONED},
        {"status": Status.HELD},
    ],
    ids=["moved", "vague again", "undated", "cancelled", "postponed", "held"],
)
def test_a_reminder_that_no_longer_holds_is_withdrawn(
    database: Database, facts: dict[str, FactValue]
) -> None:
    queued(database)
    happens(database, **facts)
    kept = KeptMail()
    assert deliver(database, kept) == 0
    assert kept.messages == []
    found = row(database)
    assert (found.state, found.message_id) == (DeliveryState.WITHDRAWN, None)
    assert found.finished_at is not None


def test_a_meeting_that_moved_there_and_back_withdraws_what_was_said_of_the_first(
    database: Database,
) -> None:
    queued(database)
    happens(database, when=When.parse("2027-04-15"))
    happens(database, when=When.parse("2027-04-01"))
    assert deliver(database, KeptMail()) == 0
    assert row(database).state is DeliveryState.WITHDRAWN


def test_a_new_hall_is_told_in_the_reminder_that_waits(database: Database) -> None:
    queued(database)
    happens(database, place=Texts({"en": "Kota Tinggi"}), title=Texts({"en": "ADMM in Johor"}))
    kept = KeptMail()
    assert deliver(database, kept) == 1
    body = kept.messages[0].get_body(("plain",))
    assert body is not None
    assert "Where: Kota Tinggi\n" in body.get_content()
    assert kept.messages[0]["Subject"].startswith("Reminder: ADMM in Johor,")


def test_a_reader_who_left_gets_nothing_that_was_queued(database: Database) -> None:
    queued(database, "bo@example.org", "cy@example.org")
    with database.transaction() as db:
        subscribing.leave(db, Ticket(1, Purpose.LEAVE, 1), now=WEEK_BEFORE)
    kept = KeptMail()
    assert deliver(database, kept) == 1
    assert kept.recipients == ["cy@example.org"]
    assert [one.state for one in rows(database)] == [DeliveryState.WITHDRAWN, DeliveryState.SENT]


def test_a_reader_who_no_longer_wants_it_that_early_gets_nothing(database: Database) -> None:
    queued(database)
    with database.transaction() as db:
        subscribed(db, leads=[timedelta(days=1)], at=WEEK_BEFORE)
    assert deliver(database, KeptMail()) == 0
    assert row(database).state is DeliveryState.WITHDRAWN


def test_a_reminder_whose_meeting_began_while_it_waited_is_withdrawn(database: Database) -> None:
    queued(database)
    assert deliver(database, KeptMail(), now=datetime(2027, 4, 1, 16, 0, tzinfo=UTC)) == 0
    assert row(database).state is DeliveryState.WITHDRAWN


def test_a_late_reminder_counts_the_days_from_when_it_is_sent(database: Database) -> None:
    queued(database)
    kept = KeptMail()
    deliver(database, kept, now=WEEK_BEFORE + timedelta(days=3))
    assert kept.messages[0]["Subject"].endswith("– in 4 days")


# later and never


def test_a_delay_is_tried_again_after_a_minute_and_not_before(database: Database) -> None:
    queued(database)
    kept = KeptMail(Delayed("450 busy"))
    with database.transaction() as db:
        before = database_now(db)
    assert deliver(database, kept) == 0
    found = row(database)
    assert (found.state, found.attempts, found.reason) == (DeliveryState.QUEUED, 1, "450 busy")
    assert found.lease_until is None and found.finished_at is None
    wait = found.next_attempt_at - before
    assert FIRST_DELAY <= wait < FIRST_DELAY + timedelta(seconds=20)
    assert deliver(database, kept) == 0
    waits_run_out(database)
    assert deliver(database, kept) == 1
    assert (row(database).state, row(database).attempts) == (DeliveryState.SENT, 2)


def test_the_waits_double_up_to_eight_hours_and_then_it_is_given_up(database: Database) -> None:
    queued(database)
    waits = []
    for _ in range(GIVE_UP_AFTER):
        with database.transaction() as db:
            before = database_now(db)
        assert deliver(database, KeptMail(Delayed("450 busy"))) == 0
        found = row(database)
        if found.state is DeliveryState.QUEUED:
            waits.append(round((found.next_attempt_at - before) / timedelta(minutes=1)))
            waits_run_out(database)
    longest = LONGEST_DELAY // timedelta(minutes=1)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, *[longest] * 4]
    assert (found.state, found.attempts) == (DeliveryState.UNDELIVERABLE, 14)
    assert found.reason == "450 busy"
    assert found.finished_at is not None
    waits_run_out(database)
    assert deliver(database, KeptMail()) == 0


def test_a_never_is_final_at_once(database: Database) -> None:
    queued(database)
    assert deliver(database, KeptMail(Undeliverable("550 no such mailbox"))) == 0
    found = row(database)
    assert (found.state, found.reason) == (DeliveryState.UNDELIVERABLE, "550 no such mailbox")
    assert found.message_id is not None and found.finished_at is not None
    assert deliver(database, KeptMail()) == 0


def test_a_retry_carries_the_same_message_id(database: Database) -> None:
    queued(database)
    seen: list[str] = []

    class Noting(KeptMail):
        def send(self, message: EmailMessage, sender: str, recipient: str) -> Outcome:
            seen.append(message["Message-ID"])
            return super().send(message, sender, recipient)

    mailer = Noting(Delayed("450 busy"), Delayed("no answer"), Sent())
    for _ in range(3):
        deliver(database, mailer, now=SOON + timedelta(hours=len(seen)))
        waits_run_out(database)
    assert len(seen) == 3
    assert len(set(seen)) == 1


# one of many


def test_one_refusal_holds_up_no_other(database: Database) -> None:
    queued(database, "a@example.org", "b@example.org", "c@example.org", "d@example.org")
    kept = KeptMail(Sent(), Undeliverable("550 no"), Delayed("450 busy"), Sent())
    assert deliver(database, kept) == 2
    assert kept.recipients == ["a@example.org", "d@example.org"]


def test_one_message_that_breaks_the_mailer_holds_up_no_other(database: Database) -> None:
    queued(database, "a@example.org", "b@example.org", "c@example.org")

    def breaks(recipient: str) -> None:
        if recipient.startswith("b"):
            raise UnicodeError("nobody thought of that")

    kept = Mailbox(breaks)
    assert deliver(database, kept) == 2
    assert kept.recipients == ["a@example.org", "c@example.org"]
    states = [(one.state, one.attempts) for one in rows(database)]
    assert states[1] == (DeliveryState.QUEUED, 1)


def test_one_message_that_cannot_be_composed_holds_up_no_other(database: Database) -> None:
    queued(database, "a@example.org", "b@example.org", "c@example.org")
    with database.transaction() as db:
        b = select(SubscriberRow.id).where(SubscriberRow.email == "b@example.org")
        broken = update(SubscriptionRow).where(SubscriptionRow.subscriber_id.in_(b))
        db.execute(broken.values(zone="Nowhere/Nothing"))
    kept = KeptMail()
    assert deliver(database, kept) == 2
    assert kept.recipients == ["a@example.org", "c@example.org"]
    assert rows(database)[1].state is DeliveryState.QUEUED
    assert rows(database)[1].reason is not None


def test_a_message_that_can_never_be_composed_is_given_up_at_last(database: Database) -> None:
    queued(database)
    with database.transaction() as db:
        db.execute(update(SubscriptionRow).values(zone="Nowhere/Nothing"))
        db.execute(update(DeliveryRow).values(attempts=GIVE_UP_AFTER - 1))
    deliver(database, KeptMail())
    assert row(database).state is DeliveryState.UNDELIVERABLE


# dying


def test_a_process_that_dies_after_claiming_loses_nothing(database: Database) -> None:
    queued(database)
    with database.transaction() as db:
        (abandoned,) = deliveries.claim(db, 50)
    kept = KeptMail()
    assert deliver(database, kept) == 0  # it is leased
    leases_run_out(database)
    assert deliver(database, kept) == 1
    found = row(database)
    assert (found.state, found.attempts) == (DeliveryState.SENT, abandoned.attempts + 1)


def test_a_process_that_dies_between_sending_and_recording_repeats_the_same_message(
    database: Database,
) -> None:
    queued(database)
    seen = []

    class Dying(KeptMail):
        def send(self, message: EmailMessage, sender: str, recipient: str) -> Outcome:
            seen.append(message["Message-ID"])
            raise Interrupted

    with pytest.raises(Interrupted):
        deliver(database, Dying())
    assert row(database).state is DeliveryState.SENDING
    leases_run_out(database)
    kept = KeptMail()
    assert deliver(database, kept) == 1
    # so the reader's mail program can tell that it is one
    assert [kept.messages[0]["Message-ID"]] == seen


def test_a_process_that_dies_half_way_leaves_the_rest_to_the_next(database: Database) -> None:
    queued(database, *(f"reader{number}@example.org" for number in range(10)))

    def dies(recipient: str) -> None:
        if recipient.startswith("reader5"):
            raise Interrupted

    first, second = Mailbox(dies), KeptMail()
    with pytest.raises(Interrupted):
        deliver(database, first)
    leases_run_out(database)
    assert deliver(database, second) == 5
    assert Counter(first.recipients + second.recipients) == Counter(
        f"reader{number}@example.org" for number in range(10)
    )


def test_a_late_process_does_not_write_over_what_another_did_meanwhile(
    database: Database,
) -> None:
    queued(database)
    with database.transaction() as db:
        (slow,) = deliveries.claim(db, 50)
    leases_run_out(database)
    assert deliver(database, KeptMail()) == 1
    with database.transaction() as db:
        deliveries.delay(db, slow, timedelta(minutes=1), "too late")
        deliveries.finish(db, slow, DeliveryState.UNDELIVERABLE, reason="too late")
    assert (row(database).state, row(database).reason) == (DeliveryState.SENT, None)


def test_a_slow_process_sends_nothing_that_another_has_taken_up(database: Database) -> None:
    emails = [f"reader{number}@example.org" for number in range(4)]
    queued(database, *emails)
    other = KeptMail()

    def slowly(recipient: str) -> None:
        if recipient == emails[1]:
            # the relay took its time, the lease ran out, and another process came along
            leases_run_out(database)
            deliver(database, other)

    slow = Mailbox(slowly)
    deliver(database, slow)
    repeated = Counter(slow.recipients + other.recipients)
    # the one in hand may be repeated, those not begun must not
    assert repeated[emails[2]] == repeated[emails[3]] == 1


# many at once


def test_two_deliverers_send_two_hundred_messages_exactly_once_each(
    database: Database, database_url: str
) -> None:
    emails = [f"reader{number}@example.org" for number in range(200)]
    queued(database, *emails)
    start, mailers = Barrier(2), (KeptMail(), KeptMail())
    done: list[int] = []

    def work(mailer: KeptMail) -> None:
        own = Database(database_url)  # as two processes have it
        start.wait()
        done.append(deliver(own, mailer))
        own.close()

    threads = [Thread(target=work, args=(mailer,)) for mailer in mailers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 200
    assert Counter(mailers[0].recipients + mailers[1].recipients) == Counter(emails)
    ids = [message["Message-ID"] for mailer in mailers for message in mailer.messages]
    assert len(set(ids)) == 200
    assert {(one.state, one.attempts) for one in rows(database)} == {(DeliveryState.SENT, 1)}


def test_a_transaction_is_never_open_while_the_peer_is_spoken_to(database: Database) -> None:
    queued(database)
    written: list[Session] = []

    def writes(recipient: str) -> None:
        # on SQLite this would wait for ever for the writer before it
        with database.transaction() as db:
            subscribed(db, "meanwhile@example.org")
            written.append(db)

    assert deliver(database, Mailbox(writes)) == 1
    assert len(written) == 1


def test_while_the_relay_is_away_the_others_wait_without_losing_an_attempt(
    database: Database,
) -> None:
    queued(database, "a@example.org", "b@example.org", "c@example.org")
    away = KeptMail(Delayed("the relay can't be reached", relay_away=True))
    assert deliver(database, away) == 0
    assert away.recipients == []
    found = [(one.state, one.attempts) for one in rows(database)]
    assert found == [
        (DeliveryState.QUEUED, 1),
        (DeliveryState.QUEUED, 0),
        (DeliveryState.QUEUED, 0),
    ]
