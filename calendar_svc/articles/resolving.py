"""A date as it was told → When: which “1 November” or “Tuesday” is meant, by the day of publication
and by whether the sentence looks ahead or back."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dateutil.easter import easter

from calendar_svc.articles.told import Day, Period, Told
from calendar_svc.domain import when as whens
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.when import Point, Precision, When


def resolve(told: Told, published: date, *, ahead: bool | None, zone: str) -> When | None:
    """The When that a date means in a text of that day; None for one that isn't in the calendar.

    `ahead`: the sentence looks ahead, or back; None: nobody knows, and the nearest is meant.
    """
    try:
        when = _resolve(told, published, ahead, zone)
        if when is None or told.until is None:
            return when
        end = _resolve(told.until, when.first_day, True, zone)
        return _until(when, end) if end else when
    except (Refused, ValueError, OverflowError):
        return None


def _until(when: When, end: When) -> When:
    """From one time to another; by days where only one of them has an hour."""
    if end.last_day == when.first_day:
        return when
    if when.start is not None and end.start is not None and _is_clock(when) == _is_clock(end):
        return When.lasting(when.start, end.start)
    return When.lasting(whens.day(when.first_day), whens.day(end.last_day))


def _is_clock(when: When) -> bool:
    return when.start is not None and when.start.precision is Precision.MINUTE


def _resolve(told: Told, published: date, ahead: bool | None, zone: str) -> When | None:
    if told.nth is not None:
        return None
    if told.easter is not None:
        return When.at(whens.day(_from_easter(told, published, ahead)))
    if told.start is not None and told.month_shift is not None:
        first, _ = _bounds(Period("month", shift=told.month_shift), published, ahead)
        told = replace(told, start=Day(first.year, first.month, told.start.day))
    if told.start is not None and told.start.month is None:
        return None
    if told.start is not None:
        return _days_of(told, published, ahead, zone)
    if told.away is not None:
        return _at_clock(published + timedelta(days=told.away), told, zone)
    if told.weekday is not None:
        start = _weekday(told.weekday, told.shift, published, ahead)
        start += timedelta(days=told.plus)
        if told.weeks is not None:
            monday = published - timedelta(days=published.weekday())
            start = monday + timedelta(weeks=told.weeks, days=told.weekday)
        if told.to_weekday is not None and told.to_weekday != told.weekday:
            last = start + timedelta(days=(told.to_weekday - told.weekday) % 7)
            return When.lasting(whens.day(start), whens.day(last))
        return _at_clock(start, told, zone)
    if told.period is not None:
        return _of_period(told, published, ahead)
    return None


def _days_of(told: Told, published: date, ahead: bool | None, zone: str) -> When:
    assert told.start is not None
    year = told.start.year
    if year is None:
        year = _year_of(told.start, told, published, ahead)
    start = date(year, told.start.month or 1, told.start.day or 1)
    if told.part is not None:
        # the week of a day, or the one that begins on it
        monday = start if told.part == "from" else start - timedelta(days=start.weekday())
        return _within(monday, monday + timedelta(days=6))
    if told.length and told.end is None and abs(told.length) > 1:
        return _lasting(start, told.length)
    if told.end is None or told.end.day is None:
        return _at_clock(start, told, zone)
    end_year = told.end.year or year
    end = date(end_year, told.end.month or start.month, told.end.day)
    if end < start and told.end.year is None:
        end = date(year + 1, end.month, end.day)
    if end == start:
        return _at_clock(start, told, zone)
    return _within(start, end) if told.is_window else When.lasting(whens.day(start), whens.day(end))


def _year_of(day: Day, told: Told, published: date, ahead: bool | None) -> int:
    """The year of a day that was told without one."""
    if told.year_shift is not None:
        return published.year + told.year_shift
    if told.on_weekday is not None and told.end is None:
        near = [published.year + shift for shift in (-1, 0, 1)]
        fitting = [year for year in near if _falls_on(day, year, told.on_weekday)]
        if len(fitting) == 1:
            return fitting[0]
    this = date(published.year, day.month or 1, min(day.day or 1, 28))
    if told.end is not None and told.end.day is not None and ahead:
        # what goes on now is not that of next year: “open from 1 to 31 May”, told on 6 May
        ends = date(published.year, told.end.month or this.month, min(told.end.day, 28))
        if this <= published <= ends:
            return published.year
    if told.shift == 0:
        return published.year
    if told.shift == 1 or (told.shift is None and ahead):
        return published.year + (this < published - timedelta(days=3))
    if told.shift == -1 or (told.shift is None and ahead is False):
        return published.year - (this > published + timedelta(days=3))
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda year: _distance((this.replace(year=year) - published).days))


def _falls_on(day: Day, year: int, weekday: int) -> bool:
    try:
        return date(year, day.month or 1, day.day or 1).weekday() == weekday
    except ValueError:
        return False


def _distance(days: int) -> int:
    """How far a date is from the day of publication: news without a verb look ahead, mostly."""
    return days if days >= 0 else -3 * days


def _weekday(number: int, shift: int | None, published: date, ahead: bool | None) -> date:
    """A weekday: the next on or after the day of publication, or the last before or on it."""
    forward = published + timedelta(days=(number - published.weekday()) % 7)
    backward = published - timedelta(days=(published.weekday() - number) % 7)
    if shift == 0 and ahead is False and backward.isocalendar()[:2] != published.isocalendar()[:2]:
        # “closed this Wednesday”, told on Monday
        return forward
    if shift == -1:
        return backward if backward < published else backward - timedelta(days=7)
    if shift == 1:
        return forward if forward > published else forward + timedelta(days=7)
    return backward if ahead is False else forward


def _lasting(day: date, length: int) -> When:
    """So many days from a day on, or, if fewer than 0, up to it."""
    other = day + timedelta(days=length - 1 if length > 0 else length + 1)
    return When.lasting(whens.day(min(day, other)), whens.day(max(day, other)))


def _at_clock(day: date, told: Told, zone: str) -> When:
    if told.length and abs(told.length) > 1:
        return _lasting(day, told.length)
    if not told.clocks:
        return When.at(whens.day(day))
    where = told.zone or zone
    points = [
        whens.minute(datetime.combine(day, time(hour, minute)), where)
        for hour, minute in told.clocks
    ]
    if len(points) == 2 and points[0] != points[1]:
        try:
            return When.lasting(points[0], points[1])
        except Refused:
            return When.at(points[0])
    return When.at(points[0])


def _of_period(told: Told, published: date, ahead: bool | None) -> When | None:
    assert told.period is not None
    first, last = _bounds(told.period, published, ahead)
    if told.to_period is not None:
        ends = told.to_period
        if ends.year is None:
            ends = replace(ends, year=first.year + ((ends.number or 12) < first.month))
        unit = told.period.unit
        end_first, end_last = _bounds(ends, published, ahead)
        if told.is_window:
            if told.part is not None:
                first, _ = _part(told.part, unit, first, last)
            if told.to_part is not None:
                _, end_last = _part(told.to_part, unit, end_first, end_last)
            return _within(first, end_last)
        if unit == "year":
            return When.lasting(whens.year(first.year), whens.year(end_first.year))
        return When.lasting(
            whens.month(first.year, first.month), whens.month(end_first.year, end_first.month)
        )
    if told.part is not None:
        first, last = _part(told.part, told.period.unit, first, last)
        return _within(first, last)
    match told.period.unit:
        case "month":
            return When.at(whens.month(first.year, first.month))
        case "quarter":
            return When.at(whens.quarter(first.year, (first.month + 2) // 3))
        case "year":
            return When.at(whens.year(first.year))
    return _within(first, last)


_THIRDS = ("early", "mid", "late")


def _from_easter(told: Told, published: date, ahead: bool | None) -> date:
    """So many days after Easter Sunday, of the year told or of that which is meant."""
    assert told.easter is not None
    away = timedelta(days=told.easter)
    days: list[date]
    if told.start is not None and told.start.year is not None:
        days = [easter(told.start.year) + away]
    else:
        days = [easter(published.year + shift) + away for shift in (-1, 0, 1)]
    if ahead:
        return next((day for day in days if day >= published), days[-1])
    return min(days, key=lambda day: abs((day - published).days))


def _within(first: date, last: date) -> When:
    points: list[Point] = [whens.day(first), whens.day(last)]
    return When.within(*points) if first != last else When.at(points[0])


def _bounds(period: Period, published: date, ahead: bool | None) -> tuple[date, date]:
    """The first and the last day of a period."""
    match period.unit:
        case "weekend":
            saturday = published + timedelta(days=5 - published.weekday())
            saturday += timedelta(weeks=period.shift or 0)
            return saturday, saturday + timedelta(days=1)
        case "week":
            monday = published - timedelta(days=published.weekday())
            monday += timedelta(weeks=period.shift or 0)
            return monday, monday + timedelta(days=6)
        case "year":
            year = period.year if period.year is not None else published.year + (period.shift or 0)
            return date(year, 1, 1), date(year, 12, 31)
        case "month" if period.number is None:
            months = published.year * 12 + published.month - 1 + (period.shift or 0)
            return _months(months // 12, months % 12 + 1, 1)
        case "quarter" | "half" if period.number is None:
            size = 3 if period.unit == "quarter" else 6
            count = published.year * 12 + (published.month - 1) // size * size
            count += size * (period.shift or 0)
            return _months(count // 12, count % 12 + 1, size)
    size = {"month": 1, "quarter": 3, "half": 6, "season": 3}[period.unit]
    number = period.number or 1
    month = number if period.unit in ("month", "season") else (number - 1) * size + 1
    told = period.year
    return _months(
        told if told is not None else _year_of_period(period, month, size, published, ahead),
        month,
        size,
    )


def _year_of_period(
    period: Period, month: int, size: int, published: date, ahead: bool | None
) -> int:
    """The year of a period that was told without one."""
    shift = period.shift
    if shift is not None and shift >= 9:
        # “October next year”
        return published.year + shift - 10
    if period.unit in ("quarter", "half") and shift is not None:
        return published.year + shift
    if shift == 0:
        return published.year
    this = _months(published.year, month, size)
    if shift == 1 or (shift is None and ahead):
        return published.year + (this[1] < published or (shift == 1 and this[0] <= published))
    if shift == -1 or (shift is None and ahead is False):
        return published.year - (this[0] > published or (shift == -1 and this[1] >= published))
    middle = this[0] + timedelta(days=15)
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda one: abs((middle.replace(year=one) - published).days))


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = year * 12 + month - 1 + count
    return date(year, month, 1), date(last // 12, last % 12 + 1, 1) - timedelta(days=1)


def _part(part: str, unit: str, first: date, last: date) -> tuple[date, date]:
    """A part of a period: the early, middle or late third; of a month by its days."""
    if "-" in part[1:] and part[0] in "eml" and part.split("-")[0] in _THIRDS:
        # “mid to late”
        one, other = part.split("-")
        return _part(one, unit, first, last)[0], _part(other, unit, first, last)[1]
    if part.startswith("e") and part not in _THIRDS:
        saturday = _nth_weekday(f"n{part[1:]}:5", first, last)
        return saturday, saturday + timedelta(days=1)
    if part.startswith("n"):
        day = _nth_weekday(part, first, last)
        return day, day
    if part.startswith("w"):
        week = int(part[1:])
        if week < 0:
            return last - timedelta(days=6), last
        begins = first + timedelta(days=7 * (week - 1))
        return begins, min(begins + timedelta(days=6), last)
    if part in ("h1", "h2"):
        return (first, first.replace(day=15)) if part == "h1" else (first.replace(day=16), last)
    if unit == "month":
        edges = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}
        begin, end = edges[part]
        return first.replace(day=begin), first.replace(day=end)
    if unit == "week":
        return first, last
    months = ((last.year - first.year) * 12 + last.month - first.month + 1) // 3
    place = _THIRDS.index(part)
    offset = first.year * 12 + first.month - 1 + place * months
    return _months(offset // 12, offset % 12 + 1, months)


def _nth_weekday(part: str, first: date, last: date) -> date:
    """“n2:5” is the second Saturday of a month. Raises ValueError if it has not so many."""
    number, weekday = (int(one) for one in part[1:].split(":"))
    if number == -1:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    if day > last:
        raise ValueError(part)
    return day
