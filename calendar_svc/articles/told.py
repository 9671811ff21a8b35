"""A date as it is told in a text, before it is known which year or Tuesday it means."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Day:
    """A date as it is told; what is None is left out."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True)
class Period:
    """A stretch of the calendar: `unit` week, weekend, month, quarter, half, season or year;
    `number` which of its kind in the year; `shift` how many of them away from now, where it is
    relative; of a month with a number, 10 and the years away, as in “October next year”."""

    unit: str
    year: int | None = None
    number: int | None = None
    shift: int | None = None


@dataclass(frozen=True)
class Told:
    """A date in the tokens `first` to `last`, exclusive: days (`start`, perhaps to `end`), or a
    `period` or a `part` of one; or days from now (`away`) or a `weekday`; a clock time with it."""

    first: int
    last: int
    start: Day | None = None
    end: Day | None = None
    period: Period | None = None
    part: str | None = None
    """early, mid, late, or two of them, mid-late; of a month, w1 to w5 and w-1, a week, e1 and e-1,
    a weekend, h1 and h2, a half, and n1:0, its first Monday; of a day, its week: around, from"""
    to_period: Period | None = None
    away: int | None = None
    weekday: int | None = None
    shift: int | None = None
    """−1, 0 or 1: last, this or next"""
    year_shift: int | None = None
    clocks: tuple[tuple[int, int], ...] = ()
    zone: str | None = None
    to_weekday: int | None = None
    weeks: int | None = None
    """Of a weekday: in which week from now."""
    length: int | None = None
    """Over how many days it lasts, where only the first is told; less than 0 where only the last
    is."""
    after: bool = False
    """Whether `away` counts from the date before it: “a week later”."""
    to_part: str | None = None
    is_window: bool = False
    """Whether the two ends are those of a window: “in May or June”."""
    month_shift: int | None = None
    """Of a day alone: in which month from now, “the 14th of next month”."""
    plus: int = 0
    """Days after a weekday: “a week from Tuesday”."""
    nth: tuple[int, int] | None = None
    """“On the second and third day” of the meeting that is named behind it; −1 is the last."""
    is_anchored: bool = False
    """Whether the meeting from which it counts is named behind it: “a day before the summit”."""
    until: "Told | None" = None
    """The other end of a span whose ends are told in different ways."""
    on_weekday: int | None = None
    """The weekday that a day of a month is said to be, from which its year may be known."""
    easter: int | None = None
    """Days after Easter Sunday."""

    @property
    def is_one_day(self) -> bool:
        """Whether it is one day, however it is told."""
        is_told = self.start is not None or self.away is not None or self.weekday is not None
        is_more = self.end or self.to_weekday is not None or self.length or self.part or self.nth
        return is_told and not is_more and len(self.clocks) < 2

    @property
    def is_day_alone(self) -> bool:
        """Whether it is a day's number, whose month is that of the date before it."""
        return (
            self.start is not None
            and self.start.month is None
            and self.month_shift is None
            and self.easter is None
        )

    @property
    def is_month_alone(self) -> bool:
        """Whether it is nothing but the name of a month."""
        one = self.period
        if one is None or one.unit != "month" or self.last - self.first > 1:
            return False
        return one.year is None and one.shift is None

    @property
    def is_year_alone(self) -> bool:
        """Whether it is nothing but a year."""
        return self.period is not None and self.period.unit == "year" and self.part is None


@dataclass(frozen=True)
class Clock:
    """A clock time, or two, in the tokens `first` to `last`, exclusive."""

    first: int
    last: int
    times: tuple[tuple[int, int], ...]
    zone: str | None
