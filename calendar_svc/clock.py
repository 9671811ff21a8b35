"""The only reader of the wall clock, and the calendar's clock, which may be simulated."""

import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo


def utc_now() -> datetime:
    """The wall clock's time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """What “now” is for the calendar: the wall clock, shifted while time is simulated.

    Leases, tokens, rate limits and HTTP dates don't ask it: they use `utc_now`.
    """

    offset: timedelta = timedelta(0)
    simulated: bool = False
    read: Callable[[], datetime] = utc_now

    def now(self) -> datetime:
        """The calendar's time, in UTC."""
        return self.read() + self.offset


@cache
def zone_rules() -> str:
    """Which edition of the time zones' rules this process reads: the machine's, else tzdata's."""
    for folder in map(Path, zoneinfo.TZPATH):
        source = folder / "tzdata.zi"
        if source.is_file():
            with source.open(encoding="utf-8") as lines:
                return next(lines, "").removeprefix("# version ").strip()
        if folder.is_dir():
            return f"{folder} of {folder.stat().st_mtime:.0f}"
    return version("tzdata")


def day_start(day: date, zone: str) -> datetime:
    """The first moment of a day in a zone, in UTC: since when an article of that day is known."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_end(day: date, zone: str) -> datetime:
    """The last moment of a day in a zone, in UTC: up to when “as of” that day reaches."""
    return day_start(day + timedelta(days=1), zone) - timedelta(microseconds=1)


def today(now: datetime, zone: str) -> date:
    """The day it is in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()
