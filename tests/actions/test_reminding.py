"""What is due at now? Each reminder once, from what is true, and never one that comes too late."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from calendar_svc.actions import reminding, subscribing
from calendar_svc.actions.editing import merge
from calendar_svc.actions.reminding import remind
from calendar_svc.domain.delivery import Delivery, DeliveryKind, DeliveryState
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import FactName, FactValue
from calendar_svc.domain.series import Series
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.links import Purpose, Ticket
from calendar_svc.store import deliveries, events, notes, subscribers
from calendar_svc.store.base import Database
from tests.conftest import NewUrl
from tests.make import ADMM, KL, NOW, announced, change, editor, subscribed

MINUTE, HOUR, DAY, WEEK = (
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=7),
)
CLOCK = "2027-04-01T14:30:00+08:00[Asia/Kuala_Lumpur]"
# 1 April 2027, counted back, at 09:00 in Kuala Lumpur
WEEK_BEFORE = datetime(2027, 3, 25, 1, 0, tzinfo=UTC)
DAY_BEFORE = datetime(2027, 3, 31, 1, 0, tzinfo=UTC)


@pytest.fixture
def sqlite(new_sqlite: NewUrl) -> Iterator[Database]:
    """One database, where it is the rule that is asked and not the query."""
    database = Database(new_sqlite())
    yield database
    database.close()


def owed(db: Session) -> list[Delivery]:
    return [one for one in deliveries.every(db) if one.kind is DeliveryKind.REMINDER]


def run(db: Session, *moments: datetime) -> list[int]:
    """The job at these moments, one after the other."""
    return [remind(db, now=moment) for moment in moments]


def again_and_again(first: datetime, last: datetime) -> Iterable[datetime]:
    """Moments a few hours apart: the job as it runs, only less often."""
    moment = first
    while moment <= last:
        yield moment
        moment += 8 * HOUR


def moved(db: Session, uid: str, when: str, now: datetime) -> None:
    change(db, uid, {FactName.WHEN: When.parse(when)}, now=now)


# when


def test_a_day_is_reminded_seven_days_and_one_day_before_at_nine_in_the_readers_zone(
    database: Database,
) -> None:
    with database.transaction() as db:
        subscribed(db)
        announced(db)
        moments = [
            *(NOW, WEEK_BEFORE - MINUTE, WEEK_BEFORE, WEEK_BEFORE + MINUTE),
            *(DAY_BEFORE - MINUTE, DAY_BEFORE, DAY_BEFORE + MINUTE),
        ]
        assert run(db, *moments) == [0, 0, 1, 0, 0, 1, 0]
        assert [(one.lead, one.due_at) for one in owed(db)] == [
            (WEEK, WEEK_BEFORE),
            (DAY, DAY_BEFORE),
        ]
        assert {one.state for one in owed(db)} == {DeliveryState.QUEUED}


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("Asia/Kuala_Lumpur", datetime(2027, 3, 31, 1, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2027, 3, 31, 7, 0, tzinfo=UTC)),  # summer time by then
        ("America/New_York", datetime(2027, 3, 31, 13, 0, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2027, 3, 30, 19, 0, tzinfo=UTC)),
        ("Pacific/Pago_Pago", datetime(2027, 3, 31, 20, 0, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2027, 3, 31, 3, 15, tzinfo=UTC)),
    ],
)
def test_nine_in_the_morning_is_the_readers(sqlite: Database, zone: str, hour: datetime) -> None:
    with sqlite.transaction() as db:
        subscribed(db, zone=zone, leads=[DAY])
        announced(db)
        assert run(db, hour - MINUTE, hour) == [0, 1]


def test_a_clock_time_is_reminded_by_the_clock_wherever_the_reader_is(database: Database) -> None:
    start = datetime(2027, 4, 1, 6, 30, tzinfo=UTC)
    with database.transaction() as db:
        subscribed(db, zone="America/New_York", leads=[DAY, HOUR])
        announced(db, CLOCK)
        assert run(db, start - DAY - MINUTE, start - DAY) == [0, 1]
        assert run(db, start - HOUR - MINUTE, start - HOUR) == [0, 1]


def test_a_lead_under_a_day_says_nothing_of_a_whole_day(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        subscribed(db, leads=[HOUR])
        announced(db)
        announced(db, "2027-04", slug="a-month")
        moments = again_and_again(DAY_BEFORE, DAY_BEFORE + 2 * DAY)
        assert sum(run(db, *moments)) == 0


def test_a_month_is_reminded_as_a_month(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        announced(db, "2027-04", status=Status.TENTATIVE)
        moments = [WEEK_BEFORE - MINUTE, WEEK_BEFORE, DAY_BEFORE - MINUTE, DAY_BEFORE]
        assert run(db, *moments) == [0, 1, 0, 1]
        # and not again for each day that it may be
        assert sum(run(db, *again_and_again(DAY_BEFORE, DAY_BEFORE + 30 * DAY))) == 0


@pytest.mark.parametrize(
    "when",
    ["2027-34", "[2027-04-01..2027-04-09]", "2027-04-01/2027-04-03", "2027-04-01/2027-05"],
)
def test_every_span_is_reminded_from_its_first_day(sqlite: Database, when: str) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        announced(db, when)
        run(db, NOW, WEEK_BEFORE - MINUTE, WEEK_BEFORE, DAY_BEFORE)
        assert [one.due_at for one in owed(db)] == [WEEK_BEFORE, DAY_BEFORE]


def test_a_meeting_without_a_date_has_no_reminders(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        announced(db, None)
        assert sum(run(db, *again_and_again(WEEK_BEFORE - DAY, DAY_BEFORE + 2 * DAY))) == 0


# once


def test_two_runs_queue_once(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        announced(db)
        assert run(db, WEEK_BEFORE, WEEK_BEFORE, WEEK_BEFORE + MINUTE) == [1, 0, 0]


def test_a_clock_that_is_set_back_repeats_nothing(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        announced(db)
        assert run(db, WEEK_BEFORE, WEEK_BEFORE - 2 * DAY, WEEK_BEFORE) == [1, 0, 0]
        assert notes.covered_until(db, reminding.JOB) == WEEK_BEFORE


def test_two_wishes_of_one_reader_for_one_meeting_give_one_mail(database: Database) -> None:
    with database.transaction() as db:
        announced(db)
        subscribed(db, feed="all")
        subscribed(db, feed="admm")
        assert len(subscribers.confirmed(db)) == 2
        assert run(db, WEEK_BEFORE, DAY_BEFORE) == [1, 1]
        assert len({one.key for one in owed(db)}) == 2


def test_each_reader_gets_their_own(database: Database) -> None:
    with database.transaction() as db:
        announced(db)
        readers = {subscribed(db, f"reader{number}@example.org").id for number in range(5)}
        assert run(db, WEEK_BEFORE) == [5]
        assert {one.subscriber for one in owed(db)} == readers


def test_a_series_is_reminded_of_its_own_meetings_only(database: Database) -> None:
    adsom = Series("adsom", "ADSOM", Texts({"en": "Senior Officials"}))
    with database.transaction() as db:
        uid = announced(db)
        announced(db, slug="adsom-9", series=adsom)
        announced(db, slug="neither", series=None)
        subscribed(db, feed=ADMM.slug)
        assert run(db, WEEK_BEFORE) == [1]
        assert [one.event for one in owed(db)] == [uid]


def test_everybody_elses_meetings_on_a_day_come_too_with_all(database: Database) -> None:
    with database.transaction() as db:
        announced(db)
        announced(db, slug="neither", series=None)
        subscribed(db)
        assert run(db, WEEK_BEFORE) == [2]


def test_a_wish_that_was_not_confirmed_is_reminded_of_nothing(database: Database) -> None:
    with database.transaction() as db:
        announced(db)
        wish = subscribing.Wish("bo@example.org", "all", (WEEK,), "en", KL)
        subscribing.ask(db, wish, now=NOW)
        assert run(db, WEEK_BEFORE) == [0]


def test_whoever_left_is_reminded_of_nothing(database: Database) -> None:
    with database.transaction() as db:
        announced(db)
        bo = subscribed(db)
        subscribing.leave(db, Ticket(bo.id, Purpose.LEAVE, 1), now=NOW)
        assert run(db, WEEK_BEFORE, DAY_BEFORE) == [0, 0]


# moved, called off


def test_a_meeting_that_moves_takes_its_reminders_along(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        uid = announced(db)
        assert run(db, WEEK_BEFORE) == [1]
        moved(db, uid, "2027-04-15", WEEK_BEFORE + HOUR)
        assert run(db, DAY_BEFORE) == [0]
        assert run(db, WEEK_BEFORE + 14 * DAY, DAY_BEFORE + 14 * DAY) == [1, 1]
        assert [one.when_no for one in owed(db)] == [0, 1, 1]


def test_a_meeting_that_moves_there_and_back_is_reminded_anew(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        uid = announced(db)
        assert run(db, WEEK_BEFORE) == [1]
        moved(db, uid, "2027-04-15", WEEK_BEFORE + HOUR)
        moved(db, uid, "2027-04-01", WEEK_BEFORE + 2 * HOUR)
        # the week before has passed, the day before has not
        assert run(db, WEEK_BEFORE + 3 * HOUR, DAY_BEFORE) == [0, 1]
        assert [(one.lead, one.when_no) for one in owed(db)] == [(WEEK, 0), (DAY, 2)]


def test_a_meeting_that_moves_there_and_back_in_time_counts_both_leads_again(
    sqlite: Database,
) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        uid = announced(db)
        moved(db, uid, "2027-04-15", NOW)
        moved(db, uid, "2027-04-01", NOW + HOUR)
        assert run(db, WEEK_BEFORE, DAY_BEFORE) == [1, 1]


def test_a_month_that_sharpens_is_reminded_of_the_day(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        uid = announced(db, "2027-04", status=Status.TENTATIVE)
        assert run(db, WEEK_BEFORE, DAY_BEFORE) == [1, 1]
        moved(db, uid, "2027-04-20", DAY_BEFORE + HOUR)
        assert run(db, WEEK_BEFORE + 19 * DAY, DAY_BEFORE + 19 * DAY) == [1, 1]


def test_a_new_hall_repeats_nothing(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        uid = announced(db)
        assert run(db, WEEK_BEFORE) == [1]
        change(db, uid, {FactName.PLACE: Texts({"en": "Kota Tinggi"})}, now=WEEK_BEFORE + MINUTE)
        assert run(db, WEEK_BEFORE + 2 * MINUTE, DAY_BEFORE) == [0, 1]


def test_a_date_that_is_said_again_repeats_nothing(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        uid = announced(db)
        assert run(db, WEEK_BEFORE) == [1]
        moved(db, uid, "2027-04-01", WEEK_BEFORE + MINUTE)
        assert run(db, WEEK_BEFORE + 2 * MINUTE, DAY_BEFORE) == [0, 1]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED, Status.HELD])
def test_a_meeting_that_is_not_expected_has_no_reminders(sqlite: Database, status: Status) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        uid = announced(db)
        change(db, uid, {FactName.STATUS: status}, now=NOW)
        assert run(db, WEEK_BEFORE, DAY_BEFORE) == [0, 0]


def test_a_postponed_meeting_with_a_new_date_is_reminded_of_that(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        uid = announced(db)
        change(db, uid, {FactName.STATUS: Status.POSTPONED}, now=NOW)
        assert run(db, WEEK_BEFORE) == [0]
        again: dict[FactName, FactValue] = {
            FactName.STATUS: Status.CONFIRMED,
            FactName.WHEN: When.parse("2027-04-15"),
        }
        change(db, uid, again, now=WEEK_BEFORE + HOUR)
        assert run(db, WEEK_BEFORE + 14 * DAY, DAY_BEFORE + 14 * DAY) == [1, 1]


# too late


def test_whoever_subscribes_inside_the_lead_time_gets_no_late_one(database: Database) -> None:
    with database.transaction() as db:
        announced(db)
        run(db, WEEK_BEFORE - MINUTE)
        subscribed(db, at=WEEK_BEFORE + MINUTE)
        assert run(db, WEEK_BEFORE + 2 * MINUTE, DAY_BEFORE) == [0, 1]


def test_a_reminder_that_was_due_before_the_date_was_known_does_not_count(
    database: Database,
) -> None:
    with database.transaction() as db:
        subscribed(db)
        run(db, WEEK_BEFORE - MINUTE, WEEK_BEFORE + MINUTE)
        announced(db, now=WEEK_BEFORE + 2 * MINUTE)
        assert run(db, WEEK_BEFORE + 3 * MINUTE, DAY_BEFORE) == [0, 1]


def test_a_date_that_was_published_earlier_than_it_was_recorded_does_not_count_before(
    database: Database,
) -> None:
    with database.transaction() as db:
        subscribed(db)
        run(db, WEEK_BEFORE - MINUTE)
        announced(db, known_since=NOW, now=WEEK_BEFORE + 2 * MINUTE)
        assert run(db, WEEK_BEFORE + 3 * MINUTE, DAY_BEFORE) == [0, 1]


def test_a_change_that_was_committed_after_the_last_run_is_not_lost(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        assert run(db, WEEK_BEFORE + MINUTE) == [0]
        # recorded just before it fell due, committed after that run had looked
        announced(db, now=WEEK_BEFORE - MINUTE)
        assert run(db, WEEK_BEFORE + 2 * MINUTE) == [1]


# downtime


def test_what_fell_due_during_downtime_is_sent_if_the_meeting_lies_ahead(
    database: Database,
) -> None:
    with database.transaction() as db:
        subscribed(db)
        announced(db)
        assert run(db, NOW, WEEK_BEFORE + 3 * DAY) == [0, 1]
        (late,) = owed(db)
        assert (late.state, late.lead, late.due_at) == (DeliveryState.QUEUED, WEEK, WEEK_BEFORE)


def test_both_that_fell_due_are_queued_after_a_long_downtime(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        announced(db)
        # the day itself is still ahead: at noon the meeting may not have begun
        assert run(db, NOW, DAY_BEFORE + 30 * HOUR) == [0, 2]
        assert {one.state for one in owed(db)} == {DeliveryState.QUEUED}


def test_what_fell_due_during_downtime_is_recorded_as_missed_if_the_meeting_is_over(
    database: Database,
) -> None:
    with database.transaction() as db:
        subscribed(db)
        announced(db)
        assert run(db, NOW, NOW + 90 * DAY, NOW + 91 * DAY) == [0, 2, 0]
        assert [(one.state, one.lead) for one in owed(db)] == [
            (DeliveryState.MISSED, WEEK),
            (DeliveryState.MISSED, DAY),
        ]


def test_what_is_missed_is_never_sent(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        announced(db)
        run(db, NOW, NOW + 90 * DAY)
        assert deliveries.claim(db, 50) == []


def test_a_clock_time_that_began_during_downtime_is_missed(database: Database) -> None:
    start = datetime(2027, 4, 1, 6, 30, tzinfo=UTC)
    with database.transaction() as db:
        subscribed(db, leads=[HOUR])
        announced(db, CLOCK)
        assert run(db, NOW, start) == [0, 1]
        assert [one.state for one in owed(db)] == [DeliveryState.MISSED]


def test_a_month_that_has_begun_during_downtime_may_still_lie_ahead(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db, leads=[WEEK])
        announced(db, "2027-04", status=Status.TENTATIVE)
        assert run(db, NOW, datetime(2027, 4, 20, tzinfo=UTC)) == [0, 1]
        assert [one.state for one in owed(db)] == [DeliveryState.QUEUED]


def test_nothing_is_missed_that_was_called_off_during_downtime(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        uid = announced(db)
        run(db, NOW)
        change(db, uid, {FactName.STATUS: Status.CANCELLED}, now=NOW + DAY)
        assert run(db, NOW + 90 * DAY) == [0]


def test_a_first_run_does_not_dig_up_the_past(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        announced(db)
        assert run(db, WEEK_BEFORE + 2 * DAY) == [0]


def test_a_first_run_sends_what_fell_due_within_the_hour(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        subscribed(db)
        announced(db)
        assert run(db, WEEK_BEFORE + timedelta(minutes=59)) == [1]


def test_a_job_that_runs_all_the_time_finds_each_once(sqlite: Database) -> None:
    with sqlite.transaction() as db:
        subscribed(db, leads=[30 * DAY, WEEK, DAY, HOUR], at=NOW - 90 * DAY)
        announced(db, CLOCK, now=NOW - 90 * DAY)
        announced(db, "2027-04", slug="a-month", now=NOW - 90 * DAY)
        moments = again_and_again(
            datetime(2027, 2, 25, tzinfo=UTC), datetime(2027, 4, 2, tzinfo=UTC)
        )
        assert sum(run(db, *moments)) == 4 + 3


# what will come


def test_what_will_come_is_told_in_order(database: Database) -> None:
    with database.transaction() as db:
        bo = subscribed(db)
        later = announced(db, "2027-04-08", slug="admm-22")
        first = announced(db)
        month = announced(db, "2027-10", slug="admm-23", status=Status.TENTATIVE)
        wishes = subscribers.subscriptions_of(db, bo.id)
        found = reminding.coming(db, wishes, now=NOW)
        assert [(one.event.uid, one.lead, one.due_at) for one in found] == [
            (first, WEEK, WEEK_BEFORE),
            (first, DAY, DAY_BEFORE),
            (later, WEEK, WEEK_BEFORE + WEEK),
            (later, DAY, DAY_BEFORE + WEEK),
            (month, WEEK, datetime(2027, 9, 24, 1, 0, tzinfo=UTC)),
            (month, DAY, datetime(2027, 9, 30, 1, 0, tzinfo=UTC)),
        ]


def test_what_will_come_is_what_then_comes(database: Database) -> None:
    with database.transaction() as db:
        bo = subscribed(db, leads=[WEEK, DAY, HOUR])
        announced(db)
        announced(db, CLOCK, slug="admm-22")
        announced(db, "2027-04", slug="a-month", status=Status.TENTATIVE)
        run(db, NOW)
        wishes = subscribers.subscriptions_of(db, bo.id)
        told = [
            (one.event.uid, one.lead, one.due_at) for one in reminding.coming(db, wishes, now=NOW)
        ]
        run(db, *[due for _, _, due in told])
        came = [(one.event, one.lead, one.due_at) for one in owed(db)]
        assert sorted(came, key=str) == sorted(told, key=str)
        assert len(told) == 2 + 3 + 2


def test_what_will_come_names_a_meeting_and_lead_once_for_two_wishes(database: Database) -> None:
    with database.transaction() as db:
        announced(db)
        bo = subscribed(db, feed="all")
        subscribed(db, feed="admm")
        wishes = subscribers.subscriptions_of(db, bo.id)
        assert [one.lead for one in reminding.coming(db, wishes, now=NOW)] == [WEEK, DAY]


def test_what_has_passed_or_is_called_off_will_not_come(database: Database) -> None:
    with database.transaction() as db:
        bo = subscribed(db)
        announced(db)
        uid = announced(db, "2027-05-01", slug="admm-22")
        change(db, uid, {FactName.STATUS: Status.CANCELLED}, now=NOW)
        announced(db, None, slug="undated")
        wishes = subscribers.subscriptions_of(db, bo.id)
        moment = WEEK_BEFORE + MINUTE
        assert [one.lead for one in reminding.coming(db, wishes, now=moment)] == [DAY]
        assert reminding.coming(db, wishes, now=DAY_BEFORE) == []
        assert reminding.coming(db, [], now=NOW) == []


# --- meetings that turn out to be one ---------------------------------------------------------


@pytest.mark.parametrize(("known", "queued"), [("2027-03-08", 2), ("2027-03", 1)])
def test_a_reminder_that_waits_moves_along_with_a_merge_and_comes_once(
    database: Database, known: str, queued: int
) -> None:
    with database.transaction() as db:
        ada = editor(db, password=None)
        announced(db, known, slug="older", now=NOW - 31 * DAY)
        announced(db, "2027-03-08", slug="newer")
        subscribed(db, leads=[WEEK])
        run(db, NOW - 12 * HOUR, NOW)
        assert len(owed(db)) == queued
        merge(db, events.place(db, "newer"), events.place(db, "older"), by=ada, now=NOW)
        event = events.get(db, "older", NOW)
        assert str(event.when) == "2027-03-08"
        run(db, NOW + 5 * MINUTE)
        waiting = [one for one in owed(db) if one.state is DeliveryState.QUEUED]
        assert len(owed(db)) == queued
    assert [(one.event, one.when_no) for one in waiting] == [(event.uid, event.when_no)]
