"""When: a date as precisely as it is known, and never more.

Three kinds, as in DESIGN.md, section 3:

    at       one date at a precision      2025-10, 2025-11-01, 2026-34 (a quarter)
    from–to  it lasts over these dates    2025-10-31/2025-11
    within   it falls somewhere in here   [2025-09-01..2025-09-07]

Dates are written as EDTF (ISO 8601-2:2019; quarters are its 33 to 36, "within" is its level 2
"one of a set"). Clock times are written as RFC 9557, and kept as wall time and zone: the
offset in the text only tells the two readings of a repeated hour apart. The instant is derived
at each asking, so when a zone's rules change the meeting stays at its hour on the wall.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from calendar_svc.domain.errors import Refused

LONGEST = 200
"""Letters in a date; two clock times with their zones have half of that."""
MIN_YEAR, MAX_YEAR = 1000, 9998  # four digits in EDTF, and a day to spare for exclusive ends


class Precision(StrEnum):
    """How finely a date is known, finest first."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def is_vague(self) -> bool:
        """Whether not even the day is known."""
        return self not in (Precision.MINUTE, Precision.DAY)


class Kind(StrEnum):
    """What a When says of its two dates."""

    AT = "at"
    FROM_TO = "from-to"
    WITHIN = "within"


@dataclass(frozen=True)
class Point:
    """One date at one precision; `first` is the first day of what is known.

    `clock` (wall time), `zone` (IANA name) and `fold` (which of a repeated hour, as in
    PEP 495) belong to minute precision alone.
    """

    precision: Precision
    first: date
    clock: time | None = None
    zone: str | None = None
    fold: int = 0

    @property
    def last(self) -> date:
        """The last day of what is known."""
        match self.precision:
            case Precision.YEAR:
                return date(self.first.year, 12, 31)
            case Precision.QUARTER:
                return _month_end(self.first.year, self.first.month + 2)
            case Precision.MONTH:
                return _month_end(self.first.year, self.first.month)
            case _:
                return self.first

    @property
    def instant(self) -> datetime | None:
        """The moment in UTC, for minute precision; otherwise there is none.

        A wall time that a zone skips is read with the offset before the change
        (RFC 5545, section 3.3.5).
        """
        wall = self.wall
        return wall.astimezone(UTC) if wall else None

    @property
    def wall(self) -> datetime | None:
        """The aware moment in its own zone, for minute precision."""
        if self.clock is None or self.zone is None:
            return None
        return datetime.combine(self.first, self.clock, _zone(self.zone)).replace(fold=self.fold)

    def __str__(self) -> str:
        match self.precision:
            case Precision.YEAR:
                return f"{self.first.year:04}"
            case Precision.QUARTER:
                return f"{self.first.year:04}-{33 + (self.first.month - 1) // 3}"
            case Precision.MONTH:
                return f"{self.first.year:04}-{self.first.month:02}"
            case Precision.DAY:
                return self.first.isoformat()
            case Precision.MINUTE:
                wall = self.wall
                assert wall is not None
                # isoformat tells seconds only where a zone's old offset has them
                return f"{wall.isoformat(timespec='seconds')}[{self.zone}]"


@dataclass(frozen=True)
class When:
    """A date as known. Made by `at`, `lasting`, `within` or `parse`; `str()` gives EDTF back."""

    kind: Kind
    start: Point
    end: Point

    @classmethod
    def at(cls, point: Point) -> "When":
        """One date at its precision."""
        return cls(Kind.AT, point, point)

    @classmethod
    def lasting(cls, start: Point, end: Point) -> "When":
        """It lasts from `start` to `end`, both inclusive. Raises Refused if not in order."""
        _check_order(start, end)
        return cls(Kind.FROM_TO, start, end)

    @classmethod
    def within(cls, start: Point, end: Point) -> "When":
        """It falls somewhere from `start` to `end`. Raises Refused if not in order."""
        if Precision.MINUTE in (start.precision, end.precision):
            raise Refused("a window is made of days or coarser; leave the clock times out")
        _check_order(start, end)
        return cls(Kind.WITHIN, start, end)

    @classmethod
    def parse(cls, text: str) -> "When":
        """Read EDTF or RFC 9557. Raises Refused with the reason."""
        text = text.strip()
        if len(text) > LONGEST:
            raise _unreadable(text)
        if window := re.fullmatch(r"\[([^\[\]]+?)\.\.([^\[\]]+?)\]", text):
            return cls.within(_parse_point(window[1]), _parse_point(window[2]))
        start, slash, end = _split_span(text)
        if slash:
            return cls.lasting(_parse_point(start), _parse_point(end))
        return cls.at(_parse_point(text))

    @property
    def first_day(self) -> date:
        """The first day it may touch, on its own calendar."""
        return self.start.first

    @property
    def last_day(self) -> date:
        """The last day it may touch, inclusive, on its own calendar."""
        return self.end.last

    @property
    def days(self) -> int:
        """How many calendar days the span covers, at least one."""
        return (self.last_day - self.first_day).days + 1

    @property
    def precision(self) -> Precision:
        """The coarser of the two ends' precisions."""
        order = list(Precision)
        return max(self.start.precision, self.end.precision, key=order.index)

    @property
    def is_vague(self) -> bool:
        """Whether the days themselves are not all known yet."""
        return self.kind is Kind.WITHIN or self.precision.is_vague

    @property
    def starts_vaguely(self) -> bool:
        """Whether the first day is not known yet (of `2025-10-31/2025-11` it is)."""
        return self.kind is Kind.WITHIN or self.start.precision.is_vague

    @property
    def starts(self) -> tuple[date, date]:
        """The first and the last day on which it may begin."""
        if self.kind is Kind.WITHIN:
            return self.first_day, self.last_day
        return self.start.first, self.start.last

    @property
    def ends(self) -> tuple[date, date] | None:
        """The first and the last day on which it may end; None where nothing is said of that."""
        return (self.end.first, self.end.last) if self.kind is Kind.FROM_TO else None

    @property
    def sort_key(self) -> str:
        """Text that sorts as the pages list: by day, whole days before clock times; what is
        vague after everything dated in the month in which it ends, the shorter span first."""
        if not self.is_vague:
            clock = self.start.clock.isoformat("minutes") if self.start.clock else ""
            return f"{self.first_day:%Y-%m} 0 {self.first_day:%d} {clock}"
        return f"{self.last_day:%Y-%m} 1 {self.days:07} {self.first_day}"

    def __str__(self) -> str:
        match self.kind:
            case Kind.AT:
                return str(self.start)
            case Kind.FROM_TO:
                return f"{self.start}/{self.end}"
            case Kind.WITHIN:
                return f"[{self.start}..{self.end}]"


def year(year: int) -> Point:
    """A year and no more."""
    return Point(Precision.YEAR, date(_checked_year(year), 1, 1))


def quarter(year: int, number: int) -> Point:
    """A quarter, 1 to 4."""
    if not 1 <= number <= 4:
        raise Refused("there is no quarter %(number)s; a year has 1 to 4", number=number)
    return Point(Precision.QUARTER, date(_checked_year(year), 3 * number - 2, 1))


def month(year: int, month: int) -> Point:
    """A month, 1 to 12."""
    if not 1 <= month <= 12:
        raise Refused("there is no month %(month)s; a year has 1 to 12", month=month)
    return Point(Precision.MONTH, date(_checked_year(year), month, 1))


def day(value: date) -> Point:
    """A day."""
    _checked_year(value.year)
    return Point(Precision.DAY, date(value.year, value.month, value.day))


def minute(wall: datetime, zone: str) -> Point:
    """A wall time (naive datetime, whole minutes) in an IANA zone; `wall.fold` is kept."""
    _checked_year(wall.year)
    if wall.second or wall.microsecond:
        raise Refused("clock times are kept to the minute; leave the seconds at 00")
    _zone(zone)
    # fold means something only where the hour repeats; elsewhere it would make two
    # values of one moment
    aware = wall.replace(tzinfo=_zone(zone))
    earlier, later = (aware.replace(fold=fold).utcoffset() for fold in (0, 1))
    # the clock was put back, not forward
    repeats = earlier is not None and later is not None and earlier > later
    return Point(
        Precision.MINUTE, wall.date(), time(wall.hour, wall.minute), zone, wall.fold * repeats
    )


def _split_span(text: str) -> tuple[str, str, str]:
    """Split at the slash that parts two dates, not at one inside a zone's name."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "[") - (letter == "]")
        if letter == "/" and depth == 0:
            return text[:place], "/", text[place + 1 :]
    return text, "", ""


_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_CLOCK = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2}))?"
    r"(Z|z|[+-]\d{2}:\d{2}(?::\d{2})?)?\[!?([^\[\]]+)\]",
    re.ASCII,
)


def _parse_point(text: str) -> Point:
    if clock := _CLOCK.fullmatch(text):
        return _parse_clock(text, clock)
    parts = _DATE.fullmatch(text)
    if not parts:
        raise _unreadable(text)
    the_year, the_month, the_day = (int(part) if part else None for part in parts.groups())
    assert the_year is not None
    if the_day is not None and the_month is not None:
        return day(_calendar_day(text))
    if the_month is None:
        return year(the_year)
    if 33 <= the_month <= 36:
        return quarter(the_year, the_month - 32)
    if the_month > 12:
        raise Refused(
            "“%(text)s” has no such month; 01 to 12 are months and 33 to 36 quarters", text=text
        )
    return month(the_year, the_month)


def _unreadable(text: str) -> Refused:
    return Refused(
        "“%(text)s” is not a date we read; write it as 2025-11-01, 2025-11, 2025-36 (a"
        " quarter), 2025, 2025-11-01/2025-11-03, [2025-09-01..2025-09-07]"
        " or 2025-11-01T09:00:00+08:00[Asia/Kuala_Lumpur]",
        text=text[:80],
    )


def _parse_clock(text: str, parts: re.Match[str]) -> Point:
    day_text, hours, minutes, seconds, offset, zone = parts.groups()
    try:
        wall_time = time(int(hours), int(minutes), int(seconds or 0))
    except ValueError:
        raise Refused("“%(text)s” has no such time of day", text=text[:80]) from None
    wall = datetime.combine(_calendar_day(day_text), wall_time)
    if offset in ("Z", "z"):
        # the instant is meant, and nothing is said of the local offset (RFC 9557, section 2.2)
        local = wall.replace(tzinfo=UTC).astimezone(_zone(zone))
        return minute(local.replace(tzinfo=None), zone)
    earlier, later = minute(wall, zone), minute(wall.replace(fold=1), zone)
    later_wall = later.wall
    if offset and later_wall and earlier != later and _offset_text(later_wall) == offset:
        return later
    return earlier


def _offset_text(wall: datetime) -> str:
    return wall.isoformat(timespec="seconds")[19:]


def _calendar_day(text: str) -> date:
    try:
        value = date.fromisoformat(text)
    except ValueError:
        raise Refused("“%(text)s” is not a day of the calendar", text=text) from None
    _checked_year(value.year)
    return value


def _checked_year(value: int) -> int:
    if not MIN_YEAR <= value <= MAX_YEAR:
        raise Refused(
            "the year %(year)s is out of range; from %(first)s to %(last)s are kept",
            year=value,
            first=MIN_YEAR,
            last=MAX_YEAR,
        )
    return value


def _check_order(start: Point, end: Point) -> None:
    begins, ends = start.instant, end.instant
    in_order = begins < ends if begins and ends else start.first <= end.first
    if not in_order or start.last > end.last or start == end:
        raise Refused(
            "%(start)s to %(end)s is not a span; the end must come after the start",
            start=start,
            end=end,
        )


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


@cache
def zone_names() -> frozenset[str]:
    """Every IANA time zone that means the same on each machine."""
    # these mean something else on every machine
    return frozenset(available_timezones()) - {"localtime", "posixrules", "Factory"}


def _zone(name: str) -> ZoneInfo:
    if name not in zone_names():
        raise Refused(
            "“%(zone)s” is not a time zone; write one like Asia/Kuala_Lumpur", zone=name[:60]
        )
    return ZoneInfo(name)


def check_zone(name: str) -> str:
    """`name` back, if it is an IANA time zone. Raises Refused otherwise."""
    _zone(name)
    return name
