"""Words → dates as they are told, as precisely as they are told and never more.

What they mean is found afterwards, in resolving.py.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale

from calendar_svc.articles.languages import Language, language
from calendar_svc.articles.tokens import Phrases, Token, folded
from calendar_svc.words.dates import zone_of

ZONES = {
    "wib": "Asia/Jakarta",
    "wita": "Asia/Makassar",
    "wit": "Asia/Jayapura",
    "myt": "Asia/Kuala_Lumpur",
    "sgt": "Asia/Singapore",
    "pht": "Asia/Manila",
    "ict": "Asia/Bangkok",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "hkt": "Asia/Hong_Kong",
    "gmt": "UTC",
    "utc": "UTC",
    "bst": "Europe/London",
    "et": "America/New_York",
    "pt": "America/Los_Angeles",
    "cest": "Europe/Paris",
    "edt": "America/New_York",
    "aedt": "Australia/Sydney",
    "nzst": "Pacific/Auckland",
    "cet": "Europe/Paris",
    "est": "America/New_York",
    "aest": "Australia/Sydney",
}
"""What the short names of zones mean in the news of South-East Asia."""
EARLIEST, LATEST = 1900, 2100
"""Years between which a number of four digits may be one."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Day:
    """A date as it is told; what is None is left out."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True)
class Period:
    """A stretch of the calendar: `unit` week, month, quarter, half, season or year; `number` which
    of its kind in the year; `shift` how many of them away from now, where it is relative."""

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
    """early, mid, late; w1 to w5 and w-1, a week of a month; or n1:0, its first Monday"""
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
    """Over how many days it lasts, where only the first is told."""
    after: bool = False
    """Whether `away` counts from the date before it: “a week later”."""

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


class Vocabulary:
    """A language's words, ready to be looked for."""

    def __init__(self, language: Language) -> None:
        self.words = language
        self.months: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        for code in (language.code, "en", "ms"):
            one = Locale(code)
            for context, width in (("format", "abbreviated"), ("format", "wide")):
                for number, name in one.months[context][width].items():
                    self.months.setdefault(name.casefold().rstrip("."), number)
                for number, name in one.days[context][width].items():
                    self.weekdays.setdefault(name.casefold().rstrip("."), number)
        self.months["sept"] = 9
        self.this, self.next, self.last = map(
            Phrases, (language.this, language.next, language.last)
        )
        self.to, self.and_ = Phrases(language.to), Phrases(language.and_)
        self.between = Phrases(language.between)
        self.later, self.ago = Phrases(language.later), Phrases(language.ago)
        self.earlier = Phrases(language.earlier)
        self.units = Phrases(list(language.units))
        self.relative_days = Phrases(list(language.relative_days))
        self.seasons = Phrases(list(language.seasons))
        self.hour_marks = Phrases(language.hour_marks)
        self.day_parts = Phrases(list(language.day_parts))
        self.zones = Phrases(list(language.zones))
        self.durations = Phrases(language.durations)
        self.heads = Phrases(language.heads)
        self.until = Phrases(
            language.scheduled | language.neutral | language.held | language.to | language.ends
        )
        """Where a description ends."""
        self.cues = {
            "scheduled": Phrases(language.scheduled),
            "held": Phrases(language.held),
            "neutral": Phrases(language.neutral),
            "postponed": Phrases(language.postponed),
            "cancelled": Phrases(language.cancelled),
            "moved": Phrases(language.moved),
            "background": Phrases(language.background),
        }
        self.old, self.new = Phrases(language.old), Phrases(language.new)
        self.formerly, self.since = Phrases(language.formerly), Phrases(language.since)
        self.places, self.ends = Phrases(language.at), Phrases(language.ends)
        self.respectively = Phrases(language.respectively)
        phrases = {
            *(language.this | language.next | language.last | language.between),
            *(*language.units, *language.relative_days, *language.seasons),
            *(
                "the",
                "hari",
                "bulan",
                "tahun",
                "tanggal",
                "tgl",
                "pada",
                "q",
                "q1",
                "q2",
                "q3",
                "q4",
            ),
        }
        self.beginnings = frozenset(
            {phrase.split()[0] for phrase in phrases}
            # “sehari kemudian”
            | {f"se{unit}" for unit in language.units}
            | self.months.keys()
            | self.weekdays.keys()
            | language.parts.keys()
            | language.numbers.keys()
            | language.ordinals.keys()
            | _ROMAN.keys()
        )
        """Every word that a date may begin with."""


@cache
def vocabulary(code: str) -> Vocabulary:
    """The vocabulary of a language, made once."""
    return Vocabulary(language(code))


def find(tokens: Sequence[Token], code: str) -> list[Told]:
    """The dates of a sentence, in order, each with the clock time that belongs to it."""
    parser = _Parser(tokens, vocabulary(code))
    found: list[Told] = []
    clocks: list[Clock] = []
    place = 0
    while place < len(tokens):
        if told := parser.date(place):
            found.append(told)
            place = told.last
        elif clock := parser.clock(place):
            clocks.append(clock)
            place = clock.last
        else:
            place += 1
    length = parser.length()
    if length and len(found) == 1 and parser.begins(found[0]):
        found[0] = replace(found[0], length=length)
    return _with_clocks(found, clocks, parser)


def length(tokens: Sequence[Token], code: str) -> int | None:
    """Over how many days something lasts, if a sentence says so of one: “selama tiga hari”."""
    parser = _Parser(tokens, vocabulary(code))
    return parser.length(only_after=parser.words.durations)


GAP = 4
"""How many tokens may stand between a date and its clock time."""


def _with_clocks(found: list[Told], clocks: list[Clock], parser: "_Parser") -> list[Told]:
    for clock in clocks:
        near = [
            (min(abs(clock.first - one.last), abs(one.first - clock.last)), place)
            for place, one in enumerate(found)
            if not one.clocks and (one.start or one.away is not None or one.weekday is not None)
        ]
        # a line with one date and one clock time is about both
        alone = len(found) == len(clocks) == 1
        if near and (alone or min(near)[0] <= GAP):
            place = min(near)[1]
            one = found[place]
            # what stands between them may be the meeting
            is_close = min(near)[0] <= 1
            found[place] = replace(
                one,
                first=min(one.first, clock.first) if is_close else one.first,
                last=max(one.last, clock.last) if is_close else one.last,
                clocks=clock.times,
                zone=clock.zone,
            )
    return found


class _Parser:
    """Reads a date at a place of a sentence. Each method returns what it found with the place after
    it, or None."""

    def __init__(self, tokens: Sequence[Token], words: Vocabulary) -> None:
        self.tokens = tokens
        self.words = words

    def date(self, at: int) -> Told | None:
        """The date that begins at a token."""
        token = self.tokens[at]
        if token.kind in ("word", "mark", "dash") and token.fold not in self.words.beginnings:
            return None
        return (
            self._span_of_days(at)
            or self._numeric(at)
            or self._nth_weekday(at)
            or self._weekday(at)
            or self._days(at)
            or self._day_alone(at)
            or self._relative_day(at)
            or self._counted(at)
            or self._span_of_periods(at)
        )

    # — days —

    def _numeric(self, at: int) -> Told | None:
        found = self._numeric_day(at)
        if found is None:
            return None
        day, after = found
        if len(self.tokens[at].text.split("/")) == 2 and not self._is(after, ")"):
            return None
        return Told(at, after, start=day)

    def _span_of_days(self, at: int) -> Told | None:
        """“Jumaat (3 Jun) hingga Ahad (5 Jun)”, “Tuesday 3 to Thursday 5 March”."""
        begins = self._end_of_span(at, None)
        if begins is None:
            return None
        start, after = begins
        shift = None
        if start.year is None:
            shift, after = self._shift_at(after)
        join = self._join(after, start, False)
        ends = self._end_of_span(join, start) if join else None
        if ends is None:
            return None
        end, after = ends
        if start.month is None:
            start = replace(start, month=end.month, year=end.year)
        if start.month is None or end.month is None:
            return None
        if start.year is None and end.year is not None:
            start = replace(start, year=end.year - ((start.month or 0) > end.month))
        if end.year is None and start.year is not None:
            end = replace(end, year=start.year + (end.month < (start.month or 0)))
        return self._with_year(Told(at, after, start=start, end=end, shift=shift))

    def _end_of_span(self, at: int, known: Day | None) -> tuple[Day, int] | None:
        """One end of a span of days, perhaps with its weekday."""
        place = at + self._skip(at, "hari")
        token = self._at(place)
        if token is not None and token.is_name and token.fold in self.words.weekdays:
            place += 1
            place += self._skip(place, ",")
            place += self._skip(place, "(")
        elif token is not None and self.words.words.head_first and token.fold == "pada":
            place += 1
        if (numeric := self._numeric_day(place)) is not None:
            day, after = numeric
        elif (told := self._day_and_month(place, known)) is not None:
            day, after = told
        else:
            return None
        after += self._skip(after, ")")
        # a comma that only closes what the weekday opened
        if self._is(after, ",") and place > at + 1 and self.words.to.at(self.tokens, after + 1):
            after += 1
        return day, after

    def _numeric_day(self, at: int) -> tuple[Day, int] | None:
        token = self._at(at)
        if token is None or token.kind not in ("slashed", "dotted", "iso"):
            return None
        parts = [int(one) for one in re.findall(r"[0-9]+", token.text)]
        if token.kind == "iso":
            year, month, day = parts
        elif len(parts) == 3:
            day, month, year = parts
        elif len(parts) == 2 and self._is(at - 1, "("):
            (day, month), year = parts, 0
        else:
            return None
        if not (1 <= month <= 12 and 1 <= day <= 31) or (year and not EARLIEST <= year <= LATEST):
            return None
        return Day(year or None, month, day), at + 1

    def _days(self, at: int) -> Told | None:
        """“26 hingga 28 Okt ini”, “31 Okt.–1 Nov.”, “Nov 1-3, 2025”, “1hb Mei”."""
        first, place = self._shift_before(at)
        between = self.words.between.at(self.tokens, place)
        place += between
        begins = self._day_and_month(place)
        if begins is None:
            return None
        start, after = begins
        end = None
        if (join := self._join(after, start, bool(between))) and (
            ends := self._day_and_month(join, start)
        ):
            end, after = ends
        if start.month is None:
            if end is None or end.month is None:
                return None
            start = replace(start, month=end.month, year=end.year)
        if start.day is None:
            return None
        if end and start.year is None and end.year is not None:
            year = end.year - (1 if (start.month or 0) > (end.month or 0) else 0)
            start = replace(start, year=year)
        if end and end.year is None and start.year is not None:
            end = replace(end, year=start.year)
        told = Told(at, after, start=start, end=end, shift=first)
        return self._with_year(told)

    def _day_alone(self, at: int) -> Told | None:
        """“on the 21st”, “pada 21 hb”: of the month that the date before it is in."""
        token, before = self._at(at), self._at(at - 1)
        if token is None or before is None:
            return None
        marked = self._at(at + 1)
        is_marked = marked is not None and marked.fold in self.words.words.day_marks
        if token.kind == "number" and is_marked:
            day, after = self._day(at) or (None, at)
        elif token.kind == "ordinal" and not self.words.words.head_first and before.fold == "the":
            day, after = self._day(at) or (None, at)
            following = self._at(after)
            lead = self._at(at - 2)
            if lead is None or lead.fold not in self.words.words.before_month:
                return None
            if (
                following
                and following.kind != "mark"
                and following.fold not in (self.words.words.stops | self.words.words.at)
            ):
                # “in the 21st century”
                return None
        else:
            return None
        return Told(at, after, start=Day(day=day)) if day else None

    def _day_and_month(self, at: int, known: Day | None = None) -> tuple[Day, int] | None:
        """“1 November 2025”, “Nov 1, 2025”, “the 3rd of May”, or a day alone."""
        place = at + self._skip(at, "the", "tanggal", "tgl")
        if month := self._month(place):
            number, after = month
            day = self._day(after + self._skip(after, "the"))
            if day:
                value, after = day
                year, after = self._year_after(after)
                return Day(year, number, value), after
            return None
        day = self._day(place)
        if day is None:
            return None
        value, after = day
        month = self._month(after + self._skip(after, "of", "bulan", "hari", "haribulan"))
        if month:
            number, after = month
            year, after = self._year_after(after)
            return Day(year, number, value), after
        if known is not None:
            if known.month is None:
                return None
            year, after = self._year_after(after)
            return Day(year, known.month, value), after
        # a day alone may begin a span
        return (Day(None, None, value), after) if self._joins(after) else None

    def _day(self, at: int) -> tuple[int, int] | None:
        token = self._at(at)
        if token is None or token.kind not in ("number", "ordinal"):
            return None
        digits = token.text.rstrip("stndrhSTNDRH") if token.kind == "ordinal" else token.text
        if not digits.isdigit() or len(digits) > 2 or not 1 <= int(digits) <= 31:
            return None
        after = at + 1
        following = self._at(after)
        if following and following.fold in self.words.words.day_marks:
            after += 1
        return int(digits), after

    def _month(self, at: int) -> tuple[int, int] | None:
        token = self._at(at)
        if token is None or not token.is_name:
            return None
        number = self.words.months.get(token.fold)
        if number is None:
            return None
        after = at + 1
        # the full stop of “Okt.”, not that of the sentence
        if len(token.text) <= 4 and self._is(after, ".") and after + 1 < len(self.tokens):
            after += 1
        return number, after

    def _year(self, at: int) -> tuple[int, int] | None:
        token = self._at(at)
        if token and token.kind == "number" and len(token.text) == 4:
            year = int(token.text)
            if EARLIEST <= year <= LATEST:
                return year, at + 1
        return None

    def _year_after(self, at: int) -> tuple[int | None, int]:
        """A year that follows: “, 2025”, “tahun 2025”, “of 2025”."""
        place = at + self._skip(at, ",")
        place += self._skip(place, "tahun", "of", "in")
        found = self._year(place)
        return found if found else (None, at)

    def _with_year(self, told: Told) -> Told:
        """With “ini”, “depan”, “tahun ini”, “next year” behind it."""
        if told.start and told.start.year is not None:
            return told
        shift, after = self._shift_at(told.last)
        if shift is not None:
            return replace(told, shift=shift, last=after)
        years, after = self._shifted_unit(told.last, "year")
        if years is not None:
            return replace(told, year_shift=years, last=after)
        return told

    def _join(self, at: int, start: Day, between: bool) -> int | None:
        """Past what parts the ends of a span: “to”; “and” after “between”, or before the next
        day."""
        size = self.words.to.at(self.tokens, at)
        token = self._at(at)
        if size == 0 and token and token.kind == "dash":
            size = 1
        if size:
            return at + size + self._skip(at + size, "pada", "on")
        joined = self.words.and_.at(self.tokens, at) or self._skip(at, "&")
        if joined:
            following = self._day(at + joined)
            if following and (between or following[0] == (start.day or 0) + 1):
                return at + joined
        return None

    def _joins(self, at: int) -> bool:
        token = self._at(at)
        return bool(
            self.words.to.at(self.tokens, at)
            or (token and token.kind == "dash")
            or self.words.and_.at(self.tokens, at)
            or self._is(at, "&")
        )

    def _weekday(self, at: int) -> Told | None:
        """“Sabtu, 1 November”, “Selasa ini”, “next Tuesday”, “Jumaat (14/3/2026)”."""
        shift, place = self._shift_before(at)
        place += self._skip(place, "hari")
        token = self._at(place)
        if token is None or not token.is_name or token.fold not in self.words.weekdays:
            return None
        if len(token.fold) <= 3 and shift is None and not self._has_number(place + 1):
            # “Sat on the chair”
            return None
        number = self.words.weekdays[token.fold]
        after = place + 1
        for opening in (",", "(", "-"):
            after += self._skip(after, opening)
        date_ = (
            self._numeric(after)
            or self._days(after)
            or (
                self._days(after + 1)
                if self._at(after) and self.tokens[after].fold in ("pada", "on", "tanggal")
                else None
            )
        )
        if date_ and date_.start:
            closing = date_.last + self._skip(date_.last, ")")
            return replace(date_, first=at, last=closing)
        after = place + 1
        to_weekday = None
        if (join := self._past_join(after)) and (last := self._at(join)) and last.is_name:
            to_weekday = self.words.weekdays.get(last.fold)
            after = join + 1 if to_weekday is not None else after
        if to_weekday is not None and (days := self._days(after + self._skip(after, ",", "("))):
            return replace(days, first=at)
        weeks, after = self._shifted_unit(after + self._skip(after, "of"), "week")
        if weeks is None:
            after = join + 1 if join and to_weekday is not None else place + 1
            if shift is None:
                shift, after = self._shift_at(after)
            # “Ahad ini (15 Mac)”
            if shift is not None and (skipped := self._skip(after, "(", ",")):
                date_ = self._numeric(after + skipped) or self._days(after + skipped)
                if date_ and date_.start and date_.end is None:
                    return replace(date_, first=at, last=date_.last + self._skip(date_.last, ")"))
        return Told(at, after, weekday=number, to_weekday=to_weekday, shift=shift, weeks=weeks)

    def _past_join(self, at: int) -> int | None:
        """Past what parts the two ends of a span."""
        size = self.words.to.at(self.tokens, at) or self.words.and_.at(self.tokens, at)
        if size == 0 and self._kind(at) == "dash":
            size = 1
        return at + size + self._skip(at + size, "hari") if size else None

    # — periods —

    def _has_number(self, at: int) -> bool:
        """Whether a day's number, or another weekday, stands here or behind a mark."""
        for place in range(at, min(at + 3, len(self.tokens))):
            token = self.tokens[place]
            if token.text[0].isdigit() or token.fold in self.words.weekdays:
                return True
            if token.kind == "word" and token.fold not in self.words.months:
                return False
        return False

    def _span_of_periods(self, at: int) -> Told | None:
        """A period or a part of one, perhaps up to another: “Okt–Nov 2025”."""
        found = self._part_of_period(at)
        if found is None:
            return None
        part, period, after = found
        size = self.words.to.at(self.tokens, after)
        token = self._at(after)
        if size == 0 and token and token.kind == "dash":
            size = 1
        if size and part is None and period.unit in ("month", "year"):
            other = self._period(after + size)
            if other and other[0].unit == period.unit and other[0].shift is None:
                end, after = other
                year = period.year or end.year
                return Told(at, after, period=replace(period, year=year), to_period=end)
        return Told(at, after, period=period, part=part)

    def _part_of_period(self, at: int) -> tuple[str | None, Period, int] | None:
        place = at + self._skip(at, "the")
        token = self._at(place)
        words = self.words.words
        # “hujung minggu” is a weekend, not the late part of a week
        if token and token.fold in words.parts and self.words.units.at(self.tokens, place) < 2:
            after = place + 1
            after += self._skip(after, "-") or (1 if self._kind(after) == "dash" else 0)
            after += self._skip(after, "of")
            inner = self._period(after) or self._period(after + self._skip(after, "bulan"))
            if inner:
                period, after = inner
                return words.parts[token.fold], period, after
            return None
        if week := self._week_of(place):
            return week
        if half := self._half_of(place):
            return half
        if inner := self._period(at):
            return None, *inner
        return None

    def _week_of(self, at: int) -> tuple[str | None, Period, int] | None:
        """“first week of September”, “minggu pertama September”."""
        ordinal, unit, place = self._numbered_unit(at)
        inner = self._month_behind(place) if unit == "week" else None
        return (f"w{ordinal}", *inner) if inner else None

    def _numbered_unit(self, at: int) -> tuple[int, str, int] | tuple[None, None, int]:
        """“first week”, “minggu pertama”: the number, the unit and the place after."""
        if found := self._ordinal(at):
            number, place = found
            if unit := self._unit(place):
                return number, unit[0], place + unit[1]
        elif (unit := self._unit(at)) and (found := self._ordinal(at + unit[1])):
            return found[0], unit[0], found[1]
        return None, None, at

    def _month_behind(self, at: int) -> tuple[Period, int] | None:
        """“of September”, “bulan depan”, behind a part of it."""
        place = at + self._skip(at, "of", "in", "pada", "di")
        inner = self._period(place) or self._period(place + self._skip(place, "bulan"))
        return inner if inner and inner[0].unit == "month" else None

    def _nth_weekday(self, at: int) -> Told | None:
        """“the first Monday of May”, “Sabtu kedua bulan depan”."""
        if found := self._ordinal(at):
            number, place = found
            weekday = self._weekday_name(place)
            place += 1
        else:
            weekday = self._weekday_name(at)
            number, place = self._ordinal(at + 1) or (0, at)
        inner = self._month_behind(place) if weekday is not None else None
        if inner is None or not (number == -1 or 1 <= number <= 5):
            return None
        return Told(at, inner[1], period=inner[0], part=f"n{number}:{weekday}")

    def _weekday_name(self, at: int) -> int | None:
        token = self._at(at)
        return self.words.weekdays.get(token.fold) if token and token.is_name else None

    def _half_of(self, at: int) -> tuple[str | None, Period, int] | None:
        """“first half of June”, “paruh pertama Juni”."""
        ordinal, unit, place = self._numbered_unit(at)
        if ordinal not in (1, 2) or unit != "half":
            return None
        inner = self._named_month(place + self._skip(place, "of", "bulan"))
        return (f"h{ordinal}", *inner) if inner else None

    def _period(self, at: int) -> tuple[Period, int] | None:
        """“Oktober 2025”, “suku ketiga 2026”, “Q3 2026”, “next month”, “musim bunga 2026”."""
        return (
            self._numbered(at)
            or self._named_month(at)
            or self._season(at)
            or self._relative_unit(at)
            or self._year_period(at)
        )

    def _named_month(self, at: int) -> tuple[Period, int] | None:
        shift, place = self._shift_before(at)
        place += self._skip(place, "bulan")
        token = self._at(place)
        month = self._month(place)
        if month is None or token is None:
            return None
        number, after = month
        year, after = self._year_after(after)
        surname = self._at(at - 1)
        if (
            (year is None and surname and surname.is_name and surname.end + 1 == token.start)
            and surname.fold not in self.words.words.before_month
            and surname.fold not in self.words.words.parts
        ):
            # “Radzi Julai”, “Jessica May”
            return None
        if year is None and shift is None and self._is_half_a_name(place, after):
            return None
        if year is None and token.fold in ("may", "march", "august", "mac") and shift is None:
            before = self._at(at - 1)
            if before is None or before.fold not in self.words.words.before_month:
                return None
        if year is None and shift is None:
            shift, after = self._shift_at(after)
        if year is None and shift is None:
            years, after = self._shifted_unit(after, "year")
            if years is not None:
                return Period("month", None, number, 10 + years), after
        return Period("month", year, number, shift), after

    def _is_half_a_name(self, at: int, after: int) -> bool:
        """Whether a month is a first name (“June Lee”), or its day is none (“32 Mei”)."""
        before, following = self._at(at - 1), self._at(after)
        if before is not None and before.kind == "number" and len(before.text) <= 2:
            return True
        return (
            following is not None
            and following.kind == "word"
            and following.is_name
            and following.start == self.tokens[at].end + 1
            and following.fold not in self.words.months
            and (before is None or before.fold not in self.words.words.before_month)
        )

    def _numbered(self, at: int) -> tuple[Period, int] | None:
        """Quarters and halves of a year."""
        token = self._at(at)
        unit, number, place = None, None, at
        if token and len(token.text) == 2 and token.text[0] in "Qq" and token.text[1] in "1234":
            unit, number, place = "quarter", int(token.text[1]), at + 1
        elif token and token.text in ("Q", "q") and self._kind(at + 1) == "number":
            digit = self.tokens[at + 1].text
            if digit in ("1", "2", "3", "4"):
                unit, number, place = "quarter", int(digit), at + 2
        else:
            number, unit, place = self._numbered_unit(at)
        if (
            unit not in ("quarter", "half")
            or number is None
            or not 1 <= number <= (4 if unit == "quarter" else 2)
        ):
            return None
        place += self._skip(place, "of", "tahun")
        if year := self._year(place):
            return Period(unit, year[0], number), year[1]
        years, after = self._shifted_unit(place, "year")
        if years is None and self._is(place - 1, "tahun"):
            years, after = self._shift_at(place)
        return Period(unit, None, number, years), after if years is not None else place

    def _season(self, at: int) -> tuple[Period, int] | None:
        shift, place = self._shift_before(at)
        size = self.words.seasons.at(self.tokens, place)
        if not size:
            return None
        name = folded(self.tokens[place : place + size])
        after = place + size
        year, after = self._year_after(after)
        if year is None and shift is None:
            shift, after = self._shift_at(after)
        if year is None and shift is None:
            return None
        return Period("season", year, self.words.words.seasons[name], shift), after

    def _relative_unit(self, at: int) -> tuple[Period, int] | None:
        """“next month”, “minggu depan”, “this year”, “weekend”."""
        for unit in ("weekend", "week", "month", "quarter", "half", "year"):
            shift, after = self._shifted_unit(at, unit)
            if shift is not None:
                return Period(unit, shift=shift), after
        return None

    def _year_period(self, at: int) -> tuple[Period, int] | None:
        place = at + self._skip(at, "tahun")
        year = self._year(place)
        return (Period("year", year[0]), year[1]) if year else None

    # — relative days —

    def _relative_day(self, at: int) -> Told | None:
        size = self.words.relative_days.at(self.tokens, at)
        if not size:
            return None
        phrase = folded(self.tokens[at : at + size])
        away = self.words.words.relative_days[phrase]
        after = at + size
        # “esok (15 Mac)”
        opening = after + self._skip(after, "(", ",")
        if opening > after and (same := self._numeric(opening) or self._days(opening)):
            return replace(same, first=at, last=same.last + self._skip(same.last, ")"))
        return Told(at, after, away=away)

    def _counted(self, at: int) -> Told | None:
        """“in two weeks”, “dua minggu lagi”, “three months from now”."""
        token = self._at(at)
        if token is None:
            return None
        number = self._count(token)
        unit = self._unit(at + 1) if number is not None else None
        after = at + 1 + (unit[1] if unit else 0)
        if token.fold.startswith("se") and token.fold[2:] in self.words.words.units:
            # “seminggu”: one week, in one word
            number, unit, after = 1, (self.words.words.units[token.fold[2:]], 1), at + 1
        if unit is None or number is None:
            return None
        if self.tokens[after - 1].fold == "fortnight":
            number *= 2
        days = {"day": 1, "week": 7}.get(unit[0])
        if size := self.words.earlier.at(self.tokens, after):
            away = -number * (days or 30)
            return Told(at, after + size, away=away, after=True)
        ahead = self.words.later.at(self.tokens, after)
        back = self.words.ago.at(self.tokens, after)
        before = self._at(at - 1)
        leads = before is not None and before.fold in ("in", "dalam", "masa")
        if not (ahead or back or (leads and before and before.fold != "dalam")):
            return None
        count = -number if back and not ahead else number
        size = ahead or back
        phrase = folded(self.tokens[after : after + size])
        after += size
        if phrase in self.words.words.afterwards:
            return Told(at, after, away=count * (days or 30), after=True)
        if days and (unit[0] == "day" or self.words.relative_days.before(self.tokens, after)):
            # “two weeks from today” is a day, “in two weeks” is a week
            return Told(at, after, away=count * days)
        return Told(at, after, period=Period(unit[0], shift=count))

    def _count(self, token: Token) -> int | None:
        """How many: “two”, “2”."""
        number = self.words.words.numbers.get(token.fold)
        if number is None and token.kind == "number" and len(token.text) <= 2:
            return int(token.text)
        return number

    def length(self, only_after: Phrases | None = None) -> int | None:
        """Over how many days something lasts: “selama tiga hari”, “three-day”."""
        for at, token in enumerate(self.tokens):
            if only_after is not None and not only_after.before(self.tokens, at):
                continue
            name, _, rest = token.fold.partition("-")
            if rest == "day" and name in self.words.words.numbers:
                return self.words.words.numbers[name]
            number = self._count(token)
            unit = self._unit(at + 1) if number else None
            if unit and unit[0] == "day" and not self.words.later.at(self.tokens, at + 2):
                return number
        return None

    def begins(self, told: Told) -> bool:
        """Whether a day is told as the first of several."""
        if told.start is None and told.weekday is None and told.away is None:
            return False
        return any(
            one.fold in self.words.words.begins
            for one in self.tokens[max(told.first - 8, 0) : told.first]
        )

    # — clock times —

    def clock(self, at: int) -> Clock | None:
        """“pukul 9 pagi”, “14.00–16.00 WIB”, “8pm MYT”."""
        marked = self.words.hour_marks.at(self.tokens, at)
        place = at + marked
        first = self._time(place, bool(marked))
        if first is None:
            return None
        (hour, minute), part, after = first
        times = [(hour, minute, part)]
        size = self.words.to.at(self.tokens, after)
        if size == 0 and self._kind(after) == "dash":
            size = 1
        if size:
            second_at = after + size + self.words.hour_marks.at(self.tokens, after + size)
            if second := self._time(second_at, True):
                times.append((*second[0], second[1]))
                after = second[2]
        if not marked and part is None and len(times) == 1 and not self._zone(after):
            return None
        if len(times) == 2 and times[0][2] is None:
            times[0] = (*times[0][:2], times[1][2])
        zone = self._zone(after)
        if zone:
            after = zone[1]
        resolved = tuple(one for one in map(_of_day, times) if one is not None)
        if len(resolved) != len(times):
            return None
        return Clock(at, after, resolved, zone[0] if zone else None)

    def _time(
        self, at: int, marked: bool
    ) -> tuple[tuple[int, int], tuple[int, int] | None, int] | None:
        """An hour and minute, the hours that its part of the day allows, and the place after."""
        token = self._at(at)
        if token is None:
            return None
        if token.kind == "clock":
            hour, minute = (int(one) for one in token.text.replace(".", ":").split(":"))
        elif token.kind == "number" and len(token.text) == 4 and (self._zone(at + 1) or marked):
            hour, minute = int(token.text[:2]), int(token.text[2:])
            return ((hour, minute), None, at + 1) if hour < 24 and minute < 60 else None
        elif token.kind == "number" and len(token.text) <= 2:
            hour, minute = int(token.text), 0
        elif token.fold in ("noon", "midday"):
            return (12, 0), (12, 12), at + 1
        else:
            return None
        if hour > 24 or minute > 59:
            return None
        after = at + 1
        size = self.words.day_parts.at(self.tokens, after)
        if not size:
            # “a.m.” is three tokens or four
            text = "".join(one.fold for one in self.tokens[after : after + 4])
            for name in ("a.m", "p.m"):
                if text.startswith(name):
                    end = after + 3
                    end += self._skip(end, ".") if end + 1 < len(self.tokens) else 0
                    return (hour, minute), self.words.words.day_parts.get(name), end
            if token.kind == "number" and not (marked and self.words.words.head_first):
                return None
            return (hour, minute), None, after
        name = folded(self.tokens[after : after + size])
        return (hour, minute), self.words.words.day_parts[name], after + size

    def _zone(self, at: int) -> tuple[str, int] | None:
        opening = at + self._skip(at, "(")
        token = self._at(opening)
        if token is None:
            return None
        if token.fold in ZONES and (token.text.isupper() or token.fold[:2] == "wi"):
            return ZONES[token.fold], opening + 1 + self._skip(opening + 1, ")")
        if token.fold in ("waktu",) and (city := self._at(opening + 1)) and city.is_name:
            for size in (2, 1):
                names = self.tokens[opening + 1 : opening + 1 + size]
                zone = zone_of(" ".join(one.text for one in names), self.words.words.code)
                if zone:
                    return zone, opening + 1 + size
        size = self.words.zones.at(self.tokens, opening)
        if size:
            name = folded(self.tokens[opening : opening + size])
            return self.words.words.zones[name], opening + size
        return None

    # — small things —

    def _shift_before(self, at: int) -> tuple[int | None, int]:
        """“this”, “next”, “last” in front, where the language puts them there."""
        if self.words.words.head_first:
            return None, at
        place = at + self._skip(at, "the")
        for shift, phrases in ((0, self.words.this), (1, self.words.next), (-1, self.words.last)):
            if size := phrases.at(self.tokens, place):
                return shift, place + size
        return None, at

    def _shift_at(self, at: int) -> tuple[int | None, int]:
        """“ini”, “depan”, “lalu” behind, where the language puts them there."""
        if not self.words.words.head_first:
            return None, at
        for shift, phrases in ((1, self.words.next), (0, self.words.this), (-1, self.words.last)):
            place = at + self._skip(at, "yang")
            if size := phrases.at(self.tokens, place):
                return shift, place + size
        return None, at

    def _shifted_unit(self, at: int, wanted: str) -> tuple[int | None, int]:
        """“next year”, “tahun depan”."""
        shift, place = self._shift_before(at)
        if shift is not None:
            unit = self._unit(place)
            if unit and unit[0] == wanted:
                return shift, place + unit[1]
            return None, at
        unit = self._unit(at)
        if unit and unit[0] == wanted:
            shift, after = self._shift_at(at + unit[1])
            if shift is not None:
                return shift, after
        return None, at

    def _unit(self, at: int) -> tuple[str, int] | None:
        size = self.words.units.at(self.tokens, at)
        if not size:
            return None
        name = folded(self.tokens[at : at + size])
        return self.words.words.units[name], size

    def _ordinal(self, at: int) -> tuple[int, int] | None:
        place = at + self._skip(at, "the")
        token = self._at(place)
        if token is None:
            return None
        if token.fold in self.words.words.ordinals:
            return self.words.words.ordinals[token.fold], place + 1
        if token.kind == "ordinal":
            digits = token.fold.removeprefix("ke-").rstrip("stndrh")
            if digits.isdigit():
                return int(digits), place + 1
        if token.text.isupper() and token.fold in _ROMAN:
            return _ROMAN[token.fold], place + 1
        return None

    def _at(self, place: int) -> Token | None:
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def _kind(self, place: int) -> str | None:
        token = self._at(place)
        return token.kind if token else None

    def _is(self, place: int, text: str) -> bool:
        token = self._at(place)
        return token is not None and token.text == text

    def _skip(self, place: int, *folds: str) -> int:
        """1 if one of these words or marks stands there."""
        token = self._at(place)
        return int(token is not None and token.fold in folds)


def _of_day(time: tuple[int, int, tuple[int, int] | None]) -> tuple[int, int] | None:
    """An hour on the clock of 24, by the part of the day that was said."""
    hour, minute, part = time
    if part is None:
        return (hour, minute) if hour < 24 else None
    for one in (hour % 12, hour % 12 + 12) if hour <= 12 else (hour,):
        if part[0] <= one <= part[1]:
            return one, minute
    return (hour, minute) if 12 < hour < 24 else None
