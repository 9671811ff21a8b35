from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.feed import ALL, RESERVED, Feed, Vague, admits
from calendar_svc.domain.when import When
from tests import make
from tests.strategies import days, whens

TODAY = date(2027, 3, 1)

PLAIN = [
    "2027-04-01",
    "2027-04-01/2027-04-03",
    "2027-04-01T09:00:00+08:00[Asia/Kuala_Lumpur]",
    "2027-01-01/2027-12-31",
]
UP_TO_A_MONTH = ["2027-04", "2027-05", "[2027-04-01..2027-04-07]", "[2027-04-15..2027-05-15]"]
LONGER = ["2027-34", "2027", "2027-04/2027-05", "[2027-04-15..2027-05-16]", "2027-04-29/2027-05"]


@pytest.mark.parametrize("when", PLAIN)
@pytest.mark.parametrize("vague", Vague)
def test_what_is_known_to_the_day_is_in_every_form_of_a_feed(when: str, vague: Vague) -> None:
    assert admits(make.event(when), vague, TODAY)


@pytest.mark.parametrize("when", UP_TO_A_MONTH)
def test_a_vague_date_of_up_to_a_month_is_a_bar_unless_left_out(when: str) -> None:
    assert admits(make.event(when), Vague.SPAN, TODAY)
    assert admits(make.event(when), Vague.ALL, TODAY)
    assert not admits(make.event(when), Vague.OMIT, TODAY)


@pytest.mark.parametrize("when", LONGER)
def test_a_bar_longer_than_a_month_has_to_be_asked_for(when: str) -> None:
    assert not admits(make.event(when), Vague.SPAN, TODAY)
    assert admits(make.event(when), Vague.ALL, TODAY)
    assert not admits(make.event(when), Vague.OMIT, TODAY)


def test_a_meeting_that_begins_on_the_last_of_a_month_and_ends_vaguely_may_be_a_bar() -> None:
    # 31 days: from 31 October to some day in November
    assert admits(make.event("2027-10-31/2027-11"), Vague.SPAN, TODAY)


@pytest.mark.parametrize("vague", Vague)
def test_a_meeting_without_a_date_is_in_no_feed(vague: Vague) -> None:
    assert not admits(make.event(None), vague, TODAY)


@pytest.mark.parametrize("when", ["2027-04-01", "2027-03-30/2027-04-01"])
def test_a_cancelled_meeting_stays_for_thirty_days_after_its_date(when: str) -> None:
    cancelled = make.event(when, status=Status.CANCELLED)
    last = date(2027, 4, 1)
    assert admits(cancelled, Vague.SPAN, TODAY)
    assert admits(cancelled, Vague.SPAN, last + timedelta(days=30))
    assert not admits(cancelled, Vague.SPAN, last + timedelta(days=31))


def test_a_cancelled_month_stays_for_thirty_days_after_its_last_day() -> None:
    cancelled = make.event("2027-04", status=Status.CANCELLED)
    assert admits(cancelled, Vague.SPAN, date(2027, 5, 30))
    assert not admits(cancelled, Vague.SPAN, date(2027, 5, 31))
    assert not admits(cancelled, Vague.ALL, date(2027, 5, 31))


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.CANCELLED])
def test_what_was_not_cancelled_stays_however_old(status: Status) -> None:
    assert admits(make.event("2007-04-01", status=status), Vague.SPAN, TODAY)


def test_a_postponed_meeting_stays_at_its_old_date() -> None:
    assert admits(make.event("2026-12-01", status=Status.POSTPONED), Vague.SPAN, TODAY)


@given(whens, st.sampled_from(Status), days)
def test_each_form_of_a_feed_holds_all_of_the_form_before(
    when: When, status: Status, today: date
) -> None:
    event = make.event(str(when), status=status)
    held = [admits(event, vague, today) for vague in (Vague.OMIT, Vague.SPAN, Vague.ALL)]
    assert held == sorted(held)


def test_the_feed_of_all_holds_every_meeting_and_a_series_its_own() -> None:
    admm, adsom, alone = (_of(series) for series in ("admm", "adsom", None))
    assert [Feed(ALL).holds(event) for event in (admm, adsom, alone)] == [True, True, True]
    feed = Feed("admm", "admm")
    assert [feed.holds(event) for event in (admm, adsom, alone)] == [True, False, False]


def test_the_names_that_no_feed_may_take_are_kept() -> None:
    assert sorted(RESERVED) == ["all", "private"]


def _of(series: str | None) -> Event:
    return make.event(series=series)
