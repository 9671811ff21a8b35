from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.reminder import Reminder, due, due_at, lies_ahead, reminder_key
from calendar_svc.domain.subscriber import OFFERED_LEADS, Subscription
from calendar_svc.domain.when import Precision, When
from tests import make
from tests.make import KL, NOW
from tests.strategies import points, whens, zones

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
LONG_AGO = NOW - timedelta(days=3650)
CLOCK = "2027-04-01T14:00:00+08:00[Asia/Kuala_Lumpur]"
BERLIN = "Europe/Berlin"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# — when a reminder falls due —


@pytest.mark.parametrize(
    ("when", "lead", "zone", "moment"),
    [
        # 09:00 in Kuala Lumpur is 01:00 UTC
        ("2027-04-01", DAY, KL, "2027-03-31T01:00"),
        ("2027-04-01", WEEK, KL, "2027-03-25T01:00"),
        ("2027-04-01/2027-04-03", DAY, KL, "2027-03-31T01:00"),
        # the subscriber's zone counts, also across a change of clocks (28 March 2027)
        ("2027-03-28", DAY, BERLIN, "2027-03-27T08:00"),
        ("2027-03-29", DAY, BERLIN, "2027-03-28T07:00"),
        ("2027-03-30", 2 * DAY, BERLIN, "2027-03-28T07:00"),
        ("2027-04-02", WEEK, BERLIN, "2027-03-26T08:00"),
        ("2027-11-01", DAY, BERLIN, "2027-10-31T08:00"),
        ("2027-10-31", DAY, BERLIN, "2027-10-30T07:00"),
        ("2027-04-01", DAY, "Pacific/Auckland", "2027-03-30T20:00"),
        # over the end of a year, and a leap day
        ("2027-01-01", DAY, "UTC", "2026-12-31T09:00"),
        ("2028-03-01", DAY, "UTC", "2028-02-29T09:00"),
        # what is vague is counted from its first day
        ("2027-04", WEEK, "UTC", "2027-03-25T09:00"),
        ("2027-34", DAY, "UTC", "2027-03-31T09:00"),
        ("2028", timedelta(days=30), "UTC", "2027-12-02T09:00"),
        ("[2027-04-05..2027-04-11]", DAY, "UTC", "2027-04-04T09:00"),
        ("2027-10-31/2027-11", DAY, "UTC", "2027-10-30T09:00"),
    ],
)
def test_days_before_are_calendar_days_at_nine_in_the_subscribers_zone(
    when: str, lead: timedelta, zone: str, moment: str
) -> None:
    assert due_at(When.parse(when), lead, zone) == utc(moment)


@pytest.mark.parametrize(
    ("when", "lead", "moment"),
    [
        (CLOCK, HOUR, "2027-04-01T05:00"),
        (CLOCK, DAY, "2027-03-31T06:00"),
        (CLOCK, timedelta(minutes=10), "2027-04-01T05:50"),
        (f"{CLOCK}/2027-04-03", HOUR, "2027-04-01T05:00"),
        # counted back from the moment itself: the clocks went forward between
        ("2027-03-28T09:00:00+02:00[Europe/Berlin]", DAY, "2027-03-27T07:00"),
        ("2027-03-28T03:30:00+02:00[Europe/Berlin]", HOUR, "2027-03-28T00:30"),
        # an hour before each reading of a repeated hour
        ("2027-10-31T02:30:00+02:00[Europe/Berlin]", HOUR, "2027-10-30T23:30"),
        ("2027-10-31T02:30:00+01:00[Europe/Berlin]", HOUR, "2027-10-31T00:30"),
    ],
)
@pytest.mark.parametrize("zone", [KL, "America/New_York"])
def test_a_clock_time_is_counted_back_from_wherever_the_reader_is(
    when: str, lead: timedelta, moment: str, zone: str
) -> None:
    assert due_at(When.parse(when), lead, zone) == utc(moment)


@pytest.mark.parametrize("when", ["2027-04-01", "2027-04", "2027-34", "[2027-04-05..2027-04-11]"])
@pytest.mark.parametrize("lead", [HOUR, timedelta(minutes=10), DAY - timedelta(minutes=1)])
def test_hours_before_say_nothing_where_no_clock_time_is_known(when: str, lead: timedelta) -> None:
    assert due_at(When.parse(when), lead, KL) is None


@given(
    points((Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR)).map(When.at),
    st.integers(1, 60),
    zones,
)
def test_it_is_nine_in_the_morning_so_many_days_before(when: When, days: int, zone: str) -> None:
    moment = due_at(when, timedelta(days=days), zone)
    assert moment is not None
    assert moment.tzinfo is UTC
    local = moment.astimezone(ZoneInfo(zone))
    assert (local.hour, local.minute, local.second) == (9, 0, 0)
    assert local.date() == when.first_day - timedelta(days=days)


@given(whens, zones)
def test_an_earlier_reminder_falls_due_earlier(when: When, zone: str) -> None:
    moments = [due_at(when, lead, zone) for lead in OFFERED_LEADS]
    told = [moment for moment in moments if moment]
    assert told == sorted(set(told))
    assert len(told) == len(OFFERED_LEADS) - (when.start.instant is None)


def test_a_reminder_before_the_calendar_begins_is_none() -> None:
    assert due_at(When.parse("1000"), timedelta(days=370_000), KL) is None


# — which reminders are due —


def test_a_reminder_is_due_from_its_moment_on() -> None:
    moment = utc("2027-03-31T01:00")
    second = timedelta(seconds=1)
    assert not _due(since=LONG_AGO, now=moment - second)
    assert _due(since=LONG_AGO, now=moment) == [(DAY, moment)]
    assert _due(since=moment - second, now=moment) == [(DAY, moment)]
    assert not _due(since=moment, now=moment + DAY)


def test_each_lead_makes_its_own_reminder() -> None:
    found = list(
        due(
            [make.event("2027-04-01")],
            [make.subscription(leads=[WEEK, DAY, HOUR])],
            since=LONG_AGO,
            now=utc("2027-04-02T00:00"),
        )
    )
    assert [reminder.lead for reminder in found] == [WEEK, DAY]
    assert [reminder.due_at for reminder in found] == [
        utc("2027-03-25T01:00"),
        utc("2027-03-31T01:00"),
    ]


@given(
    whens.filter(lambda when: 2024 <= when.first_day.year <= 2028),
    zones,
    st.lists(st.datetimes(datetime(2023, 1, 1), datetime(2029, 1, 1)), max_size=5),
)
def test_however_often_is_asked_each_reminder_is_due_once(
    when: When, zone: str, ticks: list[datetime]
) -> None:
    event = make.event(str(when), when_since=LONG_AGO)
    bo = make.subscription(leads=OFFERED_LEADS, zone=zone, confirmed_at=LONG_AGO)
    times = [utc("2022-01-01"), *(tick.replace(tzinfo=UTC) for tick in sorted(ticks))]
    times.append(utc("2030-01-01"))
    found = [
        reminder.key
        for since, now in pairwise(times)
        for reminder in due([event], [bo], since=since, now=now)
    ]
    assert len(found) == len(set(found))
    assert len(found) == len(OFFERED_LEADS) - (when.start.instant is None)


@pytest.mark.parametrize(
    "late",
    [timedelta(0), timedelta(seconds=1), timedelta(days=1)],
    ids=["at", "just after", "after"],
)
def test_what_fell_due_before_the_reader_confirmed_is_not_sent(late: timedelta) -> None:
    moment = utc("2027-03-31T01:00")
    bo = make.subscription(leads=[DAY], confirmed_at=moment + late)
    assert not _due(bo, since=LONG_AGO, now=moment + 2 * DAY)


def test_what_falls_due_just_after_the_reader_confirmed_is_sent() -> None:
    moment = utc("2027-03-31T01:00")
    bo = make.subscription(leads=[DAY], confirmed_at=moment - timedelta(seconds=1))
    assert _due(bo, since=LONG_AGO, now=moment + DAY) == [(DAY, moment)]


def test_what_fell_due_before_the_date_was_known_is_not_sent() -> None:
    moment = utc("2027-03-31T01:00")
    late = make.event("2027-04-01", when_since=moment)
    in_time = make.event("2027-04-01", when_since=moment - timedelta(seconds=1))
    assert not _due(event=late, since=LONG_AGO, now=moment + DAY)
    assert _due(event=in_time, since=LONG_AGO, now=moment + DAY) == [(DAY, moment)]


def test_a_reader_who_has_not_confirmed_gets_nothing() -> None:
    bo = make.subscription(leads=[DAY], confirmed_at=None)
    assert not _due(bo, since=LONG_AGO, now=utc("2027-05-01T00:00"))


def test_a_reader_gets_only_the_series_they_asked_for() -> None:
    window = {"since": LONG_AGO, "now": utc("2027-05-01T00:00")}
    for series, count in [(None, 1), ("admm", 1), ("adsom", 0)]:
        bo = make.subscription(leads=[DAY], series=series)
        assert len(list(due([make.event("2027-04-01")], [bo], **window))) == count
    alone = make.event("2027-04-01", series=None)
    assert not list(due([alone], [make.subscription(series="admm")], **window))
    assert list(due([alone], [make.subscription()], **window))


@pytest.mark.parametrize(
    ("status", "reminded"),
    [
        (Status.TENTATIVE, True),
        (Status.CONFIRMED, True),
        (Status.HELD, False),
        (Status.POSTPONED, False),
        (Status.CANCELLED, False),
    ],
)
def test_only_a_meeting_that_is_to_take_place_is_reminded(status: Status, reminded: bool) -> None:
    event = make.event("2027-04-01", status=status)
    assert bool(_due(event=event, since=LONG_AGO, now=utc("2027-05-01T00:00"))) == reminded


def test_a_meeting_without_a_date_is_not_reminded() -> None:
    assert not _due(event=make.event(None), since=LONG_AGO, now=utc("2037-01-01T00:00"))


def test_a_month_is_reminded_as_a_month() -> None:
    event = make.event("2027-04", status=Status.TENTATIVE)
    assert _due(event=event, since=LONG_AGO, now=utc("2027-05-01T00:00")) == [
        (DAY, utc("2027-03-31T01:00"))
    ]


def test_every_reader_of_every_meeting_is_told() -> None:
    events = [make.event("2027-04-01", uid=uid) for uid in ("uid-1", "uid-2")]
    readers = (make.subscription(leads=[lead]) for lead in (WEEK, DAY))  # readable only once
    found = list(due(events, readers, since=LONG_AGO, now=utc("2027-05-01T00:00")))
    assert [(one.event.uid, one.lead) for one in found] == [
        ("uid-1", WEEK),
        ("uid-1", DAY),
        ("uid-2", WEEK),
        ("uid-2", DAY),
    ]


# — what a reminder is for —


def test_the_key_says_for_whom_of_what_how_early_and_of_which_date() -> None:
    event = make.event("2027-04-01", uid="uid-1", when_no=3)
    assert reminder_key(7, event, DAY) == "reminder:7:uid-1:-:1440:3"
    bo = make.subscription()
    assert Reminder(event, bo, HOUR, NOW).key == "reminder:1:uid-1:-:60:3"


def test_a_new_date_makes_a_new_reminder_and_nothing_else_does() -> None:
    event = make.event("2027-04-01")
    key = reminder_key(1, event, DAY)
    assert reminder_key(1, make.event("2027-04-02", when_no=1), DAY) != key
    assert reminder_key(1, make.event("2027-04-01", sequence=4, revision=9), DAY) == key
    assert reminder_key(2, event, DAY) != key
    assert reminder_key(1, make.event("2027-04-01", uid="uid-2"), DAY) != key
    assert reminder_key(1, event, HOUR) != key


# — whether it is still worth sending —


def test_a_day_lies_ahead_until_it_is_over_where_the_reader_is() -> None:
    when = When.parse("2027-03-02")
    assert lies_ahead(when, utc("2027-03-01T09:00"), KL)
    assert lies_ahead(when, utc("2027-03-02T15:59"), KL)
    assert not lies_ahead(when, utc("2027-03-02T16:00"), KL)
    assert lies_ahead(when, utc("2027-03-02T16:00"), BERLIN)
    assert lies_ahead(when, utc("2027-03-03T07:59"), "America/Los_Angeles")
    assert not lies_ahead(when, utc("2027-03-03T08:00"), "America/Los_Angeles")


def test_a_clock_time_lies_ahead_until_it_strikes() -> None:
    when = When.parse(CLOCK)
    assert lies_ahead(when, utc("2027-04-01T05:59"), KL)
    assert not lies_ahead(when, utc("2027-04-01T06:00"), KL)
    assert not lies_ahead(when, utc("2027-04-01T06:00"), "America/Los_Angeles")


@pytest.mark.parametrize(
    ("when", "last"),
    [
        ("2027-04", date(2027, 4, 30)),
        ("2027-34", date(2027, 6, 30)),
        ("2027", date(2027, 12, 31)),
        ("[2027-04-05..2027-04-11]", date(2027, 4, 11)),
    ],
)
def test_a_vague_date_lies_ahead_to_its_last_day(when: str, last: date) -> None:
    evening = datetime(last.year, last.month, last.day, 23, 59, tzinfo=ZoneInfo(KL))
    assert lies_ahead(When.parse(when), evening.astimezone(UTC), KL)
    assert not lies_ahead(When.parse(when), (evening + HOUR).astimezone(UTC), KL)


@pytest.mark.parametrize("when", ["2027-04-01/2027-04-03", "2027-04-01/2027-05"])
def test_a_meeting_of_several_days_lies_ahead_to_its_first(when: str) -> None:
    assert lies_ahead(When.parse(when), utc("2027-04-01T08:00"), KL)
    assert not lies_ahead(When.parse(when), utc("2027-04-02T08:00"), KL)


@given(whens, zones)
def test_a_reminder_due_at_its_moment_is_of_a_meeting_ahead(when: When, zone: str) -> None:
    for lead in OFFERED_LEADS:
        if moment := due_at(when, lead, zone):
            assert lies_ahead(when, moment, zone)


def _due(
    subscription: Subscription | None = None,
    *,
    event: Event | None = None,
    since: datetime,
    now: datetime,
) -> list[tuple[timedelta, datetime]]:
    """What is due to Bo, who wants to know a day ahead of the meeting on 1 April."""
    bo = subscription or make.subscription(leads=[DAY])
    found = due([event or make.event("2027-04-01")], [bo], since=since, now=now)
    return [(reminder.lead, reminder.due_at) for reminder in found]
