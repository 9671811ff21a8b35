from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.clock import Clock, day_end, day_start, today, utc_now
from tests.make import KL, NOW
from tests.strategies import zones

TICK = timedelta(microseconds=1)


def test_the_wall_clock_is_read_in_utc() -> None:
    before = datetime.now(UTC)
    now = utc_now()
    assert now.tzinfo is UTC
    assert before <= now <= datetime.now(UTC)


def test_the_calendar_lives_by_the_wall_clock_unless_told_otherwise() -> None:
    clock = Clock()
    assert not clock.simulated
    assert abs(clock.now() - utc_now()) < timedelta(minutes=1)


def test_a_simulated_clock_is_the_wall_clock_shifted_and_goes_on() -> None:
    wall = [NOW]
    clock = Clock(timedelta(days=-520), simulated=True, read=lambda: wall[0])
    assert clock.now() == NOW - timedelta(days=520)
    wall[0] += timedelta(minutes=5)
    assert clock.now() == NOW - timedelta(days=520) + timedelta(minutes=5)


def test_a_day_begins_at_midnight_in_its_zone() -> None:
    assert day_start(date(2025, 9, 27), KL) == datetime(2025, 9, 26, 16, 0, tzinfo=UTC)
    assert day_end(date(2025, 9, 27), KL) == datetime(2025, 9, 27, 16, 0, tzinfo=UTC) - TICK
    assert day_start(date(2025, 9, 27), "UTC") == datetime(2025, 9, 27, tzinfo=UTC)
    assert day_start(date(2025, 9, 27), KL).tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2025, 9, 27), KL, 24),
        (date(2025, 3, 30), "Europe/Berlin", 23),
        (date(2025, 10, 26), "Europe/Berlin", 25),
        (date(2025, 4, 6), "Australia/Lord_Howe", 24.5),
        (date(2025, 4, 25), "Africa/Cairo", 23),  # midnight itself is skipped
        (date(2018, 11, 4), "America/Sao_Paulo", 23),
        (date(2018, 2, 17), "America/Sao_Paulo", 25),  # midnight comes twice
    ],
)
def test_a_day_is_as_long_as_its_zone_makes_it(day: date, zone: str, hours: float) -> None:
    assert day_end(day, zone) + TICK - day_start(day, zone) == timedelta(hours=hours)


@given(st.dates(date(2000, 1, 1), date(2037, 12, 31)), zones)
def test_a_day_is_that_day_from_its_start_to_its_end(day: date, zone: str) -> None:
    if (zone, day) == ("Pacific/Apia", date(2011, 12, 30)):
        return  # there was no such day
    assert today(day_start(day, zone), zone) == today(day_end(day, zone), zone) == day
    assert today(day_start(day, zone) - TICK, zone) < day
    assert today(day_end(day, zone) + TICK, zone) > day


@given(st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31)), zones)
def test_today_is_the_day_on_the_calendar_of_the_zone(moment: datetime, zone: str) -> None:
    now = moment.replace(tzinfo=UTC)
    assert today(now, zone) == now.astimezone(ZoneInfo(zone)).date()
    assert day_start(today(now, zone), zone) <= now <= day_end(today(now, zone), zone)


def test_it_is_tomorrow_in_kuala_lumpur_while_it_is_today_in_greenwich() -> None:
    evening = datetime(2027, 3, 1, 16, 0, tzinfo=UTC)
    assert today(evening, "UTC") == date(2027, 3, 1)
    assert today(evening, KL) == date(2027, 3, 2)
    assert today(evening - TICK, KL) == date(2027, 3, 1)
