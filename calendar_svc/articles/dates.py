"""Words → dates as they are told, as precisely as they are told and never more.

What they mean is found afterwards, in resolving.py.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from calendar_svc.articles.clocks import ClockParser
from calendar_svc.articles.cursor import EARLIEST, LATEST
from calendar_svc.articles.periods import PeriodParser
from calendar_svc.articles.tokens import Phrases, Token, folded
from calendar_svc.articles.told import Clock, Day, Period, Told
from calendar_svc.articles.vocabulary import Vocabulary, vocabulary


def find(tokens: Sequence[Token], code: str) -> list[Told]:
    """The dates of a sentence, in order, each with the clock time that belongs to it."""
    words = vocabulary(code)
    parser, watch = _Parser(tokens, words), ClockParser(tokens, words)
    found: list[Told] = []
    clocks: list[Clock] = []
    place = 0
    while place < len(tokens):
        if told := parser.date(place):
            found.append(told)
            place = told.last
            if more := parser.follows(told):
                found.append(more)
                place = more.last
        elif clock := watch.clock(place):
            clocks.append(clock)
            place = clock.last
        else:
            place += 1
    length = parser.length()
    if length and len(found) == 1 and parser.begins(found[0]):
        found[0] = replace(found[0], length=length)
    elif length and len(found) == 1 and parser.ends(found[0]):
        found[0] = replace(found[0], length=-length)
    if not parser.is_respective:
        found = _joined(tokens, found, words)
    return _spans(tokens, _with_clocks(found, clocks), words)


def _spans(tokens: Sequence[Token], found: Sequence[Told], words: Vocabulary) -> list[Told]:
    """“Today until 20 February”, “Friday, 10 pm, to Saturday, 2 am”: two days, told in any way, with
    “to” between them."""
    spans: list[Told] = []
    for told in found:
        last = spans[-1] if spans else None
        size = words.to.at(tokens, last.last) if last else 0
        if (
            last
            and size
            and 0 <= told.first - last.last - size <= 1
            and last.is_one_day
            and told.is_one_day
            and not last.after
            and not told.after
        ):
            spans[-1] = replace(last, last=told.last, until=told)
        else:
            spans.append(told)
    return spans


def _joined(tokens: Sequence[Token], found: Sequence[Told], words: Vocabulary) -> list[Told]:
    """“Saturday 14 and Sunday 15 March”, “1, 2 dan 3 Mei”: days one after another are a span."""
    joined: list[Told] = []
    for told in found:
        last = joined[-1] if joined else None
        between = tokens[last.last : told.first] if last else ()
        if (
            last
            and len(between) in (1, 2)
            and all(one.text == "," or one.fold in words.words.and_ for one in between)
            and _is_day_after(last.end or last.start, told.start)
        ):
            joined[-1] = replace(last, last=told.last, end=told.end or told.start)
        else:
            joined.append(told)
    return joined


def _is_day_after(day: Day | None, other: Day | None) -> bool:
    return (
        day is not None
        and other is not None
        and None not in (day.day, other.day, day.month)
        and (day.year, day.month) == (other.year, other.month)
        and (day.day or 0) + 1 == other.day
    )


def _calendar_day(day: int, month: int, year: int = 0) -> Day | None:
    """A day told in figures; a year of two digits is of this century."""
    if 0 < year < 100:
        year += 2000
    if not (1 <= month <= 12 and 1 <= day <= 31) or (year and not EARLIEST <= year <= LATEST):
        return None
    return Day(year or None, month, day)


def clock(tokens: Sequence[Token], code: str) -> Clock | None:
    """The first clock time of a sentence."""
    watch = ClockParser(tokens, vocabulary(code))
    return next((one for at in range(len(tokens)) if (one := watch.clock(at))), None)


def length(tokens: Sequence[Token], code: str) -> int | None:
    """Over how many days something lasts, if a sentence says so of one: “selama tiga hari”."""
    parser = _Parser(tokens, vocabulary(code))
    return parser.length(only_after=parser.words.durations)


GAP = 6
"""How many tokens may stand between a date and its clock time."""


def _with_clocks(found: list[Told], clocks: list[Clock]) -> list[Told]:
    for clock in clocks:
        near = [
            (min(abs(clock.first - one.last), abs(one.first - clock.last)), place)
            for place, one in enumerate(found)
            if not one.clocks
            and (one.start or one.nth or one.away is not None or one.weekday is not None)
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


class _Parser(PeriodParser):
    """Reads a date at a place of a sentence."""

    @cached_property
    def is_respective(self) -> bool:
        """Whether each of several days belongs to another name: “masing-masing pada 3 dan 4 Mei”,
        “3 and 4 May respectively”."""
        for at in range(len(self.tokens)):
            size = self.words.respectively.at(self.tokens, at)
            if not size:
                continue
            behind = at + size + self._skip(at + size, *self.words.words.on)
            if behind > at + size or self._day(behind) or not self._is(at - 1, ","):
                return True
        return False

    def date(self, at: int) -> Told | None:
        """The date that begins at a token."""
        token = self.tokens[at]
        if token.kind in ("word", "mark", "dash") and token.fold not in self.words.beginnings:
            return None
        told = (
            self._span_of_days(at)
            or self._listed(at)
            or self._numeric(at)
            or self._nth_weekday(at)
            or self._weekday(at)
            or self._days(at)
            or self._week_around(at)
            or self._day_alone(at)
            or self._named_day(at)
            or self._nth_day(at)
            or self._relative_day(at)
            or self._anchored(at)
            or self._counted(at)
            or self._span_of_periods(at)
        )
        return self._with_weekday(told) if told and told.start else told

    def _with_weekday(self, told: Told) -> Told:
        """With the weekday behind it: “8 Jun 2027 (Selasa)”."""
        opening = told.last + self._skip(told.last, "(")
        if opening > told.last and self._weekday_name(opening) is not None:
            return replace(told, last=opening + 1 + self._skip(opening + 1, ")"))
        return told

    # — days —

    def _listed(self, at: int) -> Told | None:
        """The first of “1, 2 dan 4 Mei”: its month is told behind the last."""
        found = self._of_list(at)
        if found is None:
            return None
        start, end, first = found
        after, day = first, None
        for _ in range(6):
            after += self._skip(after, ",")
            after += self.words.and_.at(self.tokens, after)
            found = self._of_list(after) if after > first else None
            if found is None:
                return None
            if month := self._month(self._links(found[2])):
                day, after = Day(None, month[0]), month[1]
                break
            after = found[2]
        if day is None or start.day is None:
            return None
        year, _ = self._year_after(after)
        shift, _ = self._shift_at(after)
        start = replace(day, day=start.day, year=year)
        return Told(at, first, start=start, end=end and replace(start, day=end.day), shift=shift)

    def _of_list(self, at: int) -> tuple[Day, Day | None, int] | None:
        """A day's number, or two as the ends of a span, that may stand in a list of days."""
        found = self._day(at)
        if found is None:
            return None
        day, after = found
        join = self._past_to(after)
        if join and (ends := self._day(join)) and ends[0] > day:
            return Day(day=day), Day(day=ends[0]), ends[1]
        return Day(day=day), None, after

    def follows(self, told: Told) -> Told | None:
        """The 9–11 of “May 4-6 and 9-11”, behind the days in front of it."""
        month = self.tokens[told.first : told.last]
        if told.start is None or told.start.month is None or not month:
            return None
        if month[0].fold not in self.words.months:
            return None
        at = told.last + self._skip(told.last, ",")
        at += self.words.and_.at(self.tokens, at)
        found = self._of_list(at) if at > told.last else None
        if found is None:
            return None
        start, end, after = found
        following = self._at(after)
        if (following and following.kind != "mark" and following.fold not in self._after_day) or (
            start.day or 0
        ) <= ((told.end or told.start).day or 0):
            # “May 4 and 15 others”
            return None
        year, after = self._year_after(after)
        start = replace(told.start, day=start.day, year=year or told.start.year)
        return Told(at, after, start=start, end=end and replace(start, day=end.day))

    @property
    def _after_day(self) -> frozenset[str]:
        one = self.words.words
        return one.stops | one.at | one.on

    def _numeric(self, at: int) -> Told | None:
        if (span := self._numeric_span(at)) is not None:
            return span
        found = self._numeric_day(at)
        if found is None:
            return None
        day, after = found
        if len(self.tokens[at].text.split("/")) == 2 and not self._is(after, ")"):
            return None
        return Told(at, after, start=day)

    def _numeric_span(self, at: int) -> Told | None:
        """“(17-19/6)”, “17-19/6/2026”."""
        first, slashed = self._day(at), self._at(at + 2)
        if first is None or slashed is None or slashed.kind != "slashed":
            return None
        parts = [int(one) for one in slashed.text.split("/")]
        is_bare = len(parts) == 2
        if self._kind(at + 1) != "dash" or (
            is_bare and not (self._is(at - 1, "(") and self._is(at + 3, ")"))
        ):
            return None
        end = _calendar_day(*parts) if len(parts) in (2, 3) else None
        if end is None or (end.day or 0) <= first[0]:
            return None
        return Told(at, at + 3, start=replace(end, day=first[0]), end=end)

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
        place = self._leads(at)
        token = self._at(place)
        if token is not None and token.is_name and token.fold in self.words.weekdays:
            place += 1
            place += self._skip(place, ",")
            place += self._skip(place, "(")
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
        found = _calendar_day(day, month, year)
        return (found, at + 1) if found else None

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
        is_or = bool(self._skip(after, *self.words.words.or_))
        join = after + 1 if is_or else self._join(after, start, bool(between))
        if join and (ends := self._day_and_month(join, start)):
            end, after = ends
        else:
            is_or = False
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
        told = Told(at, after, start=start, end=end, shift=first, is_window=is_or)
        return self._with_year(told)

    def _day_alone(self, at: int) -> Told | None:
        """“on the 21st”, “pada 21 hb”: of the month that the date before it is in; “the 14th of
        next month”."""
        token = self._at(at)
        if found := self._day(at):
            shift, after = self._shifted_unit(self._links(found[1]), "month")
            if shift is None:
                shift, after = self._shifted_unit(found[1], "month")
            if shift is None and found[1] > at + 1:
                # “15 haribulan depan”
                shift, after = self._shift_at(found[1])
            if shift is not None:
                return Told(at, after, start=Day(day=found[0]), month_shift=shift)
        before, marked = self._at(at - 1), self._at(at + 1)
        if token is None or before is None:
            return None
        is_marked = marked is not None and marked.fold in self.words.words.day_marks
        if token.kind == "number" and is_marked:
            day, after = self._day(at) or (None, at)
        elif (
            token.kind == "ordinal"
            and not self.words.words.head_first
            and before.fold in self.words.words.leads
        ):
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
        place = self._leads(at)
        if month := self._month(place):
            number, after = month
            day = self._day(self._leads(after))
            if day:
                value, after = day
                year, after = self._year_after(after)
                return Day(year, number, value), after
            return None
        day = self._day(place)
        if day is None:
            return None
        value, after = day
        month = self._month(self._links(after))
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
            # “17hb. Mac”
            after += self._is(after, ".") and self._month(after + 1) is not None
        return int(digits), after

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
        if (join := self._past_to(at)) is not None:
            return join + self._skip(join, *self.words.words.on)
        joined = self.words.and_.at(self.tokens, at) or self._skip(at, "&")
        if joined:
            following = self._day(at + joined)
            is_next = following is not None and following[0] == (start.day or 0) + 1
            if following and (between or (is_next and not self.is_respective)):
                return at + joined
        return None

    def _joins(self, at: int) -> bool:
        return bool(
            self._past_to(at)
            or self.words.and_.at(self.tokens, at)
            or self._skip(at, "&", *self.words.words.or_)
        )

    # — weekdays —

    def _weekday(self, at: int) -> Told | None:
        """“Sabtu, 1 November”, “Selasa ini”, “next Tuesday”, “Jumaat (14/3/2026)”."""
        shift, place = self._shift_before(at)
        place = self._leads(place)
        token = self._at(place)
        if token is None or not token.is_name or token.fold not in self.words.weekdays:
            return None
        if len(token.fold) <= 3 and shift is None and not self._has_number(place + 1):
            # “Sat on the chair”
            return None
        number = self.words.weekdays[token.fold]
        after = place + 1
        if shift is None and self._is_surname(place):
            return None
        for opening in (",", "(", "-"):
            after += self._skip(after, opening)
        date_ = (
            self._numeric(after)
            or self._days(after)
            or self._days(self._leads(after + self._skip(after, *self.words.words.on)))
        )
        if date_ and date_.start:
            closing = date_.last + self._skip(date_.last, ")")
            return replace(date_, first=at, last=closing)
        after = place + 1
        to_weekday = None
        if (join := self._past_join(after)) and (last := self._at(join)) and last.is_name:
            to_weekday = self.words.weekdays.get(last.fold)
            after = join + 1 if to_weekday is not None else after
        behind = after + self._skip(after, ",", "(")
        if to_weekday is not None and (days := self._numeric(behind) or self._days(behind)):
            return replace(days, first=at)
        weeks, after = self._shifted_unit(self._links(after), "week")
        if weeks is None:
            after = join + 1 if join and to_weekday is not None else place + 1
            if shift is None:
                shift, after = self._shift_at(after)
            # “Ahad ini (15 Mac)”
            if shift is not None and (skipped := self._skip(after, "(", ",")):
                date_ = self._numeric(after + skipped) or self._days(after + skipped)
                if date_ and date_.start and date_.end is None:
                    return replace(date_, first=at, last=date_.last + self._skip(date_.last, ")"))
        told = Told(at, after, weekday=number, to_weekday=to_weekday, shift=shift, weeks=weeks)
        if weeks is None and shift is None and to_weekday is None:
            return self._weeks_from(told)
        return told

    def _weeks_from(self, told: Told) -> Told:
        """“A week from Tuesday”, “Tuesday week”."""
        unit = self._unit(told.last)
        if unit and unit[0] == "week":
            return replace(told, last=told.last + unit[1], plus=7)
        return told

    def _is_surname(self, at: int) -> bool:
        """“Dr Hanim Sabtu, …”"""
        names = self.tokens[max(at - 2, 0) : at]
        return (
            self.words.words.head_first
            and len(names) == 2
            and all(one.is_name for one in names)
            and names[1].end + 1 == self.tokens[at].start
            and self._is(at + 1, ",")
            and self._kind(at + 2) == "word"
        )

    def _past_join(self, at: int) -> int | None:
        """Past what parts the two ends of a span."""
        size = self.words.to.at(self.tokens, at) or self.words.and_.at(self.tokens, at)
        if size == 0 and self._kind(at) == "dash":
            size = 1
        return self._leads(at + size) if size else None

    def _has_number(self, at: int) -> bool:
        """Whether a day's number, or another weekday, stands here or behind a mark."""
        for place in range(at, min(at + 3, len(self.tokens))):
            token = self.tokens[place]
            if token.text[0].isdigit() or token.fold in self.words.weekdays:
                return True
            if token.kind == "word" and token.fold not in self.words.months:
                return False
        return False

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

    # — relative days —

    def _week_around(self, at: int) -> Told | None:
        """“the week of 4 May”, “the week beginning 4 May”: some day of it."""
        place = self._leads(at)
        unit = self._unit(place)
        if unit is None or unit[0] != "week":
            return None
        place += unit[1]
        begins = self._skip(place, *self.words.words.begins)
        after = place + begins if begins else self._links(place)
        found = self._weekday(after) or self._days(after) if after > place else None
        if found is None or found.start is None or found.end is not None:
            return None
        return replace(found, first=at, part="from" if begins else "around")

    def _named_day(self, at: int) -> Told | None:
        """“Christmas Eve”, “Good Friday”, if it is said that something is on it."""
        before = self._at(self._before_leads(at))
        size = self.words.named_days.at(self.tokens, at)
        if not size or before is None:
            return None
        if not (
            before.fold in self.words.words.on
            or self.words.to.before(self.tokens, at)
            or before.fold in self.words.words.begins
        ):
            return None
        name = self.words.words.named_days[folded(self.tokens[at : at + size])]
        year, after = self._year_after(at + size)
        if name.startswith("easter"):
            told = Told(at, after, easter=int(name.removeprefix("easter")), start=Day(year))
        else:
            month, _, day = name.partition("-")
            told = Told(at, after, start=Day(year, int(month), int(day)))
        return self._with_year(told)

    def _before_leads(self, at: int) -> int:
        before = self._at(at - 1)
        return at - 2 if before is not None and before.fold in self.words.words.leads else at - 1

    def _relative_day(self, at: int) -> Told | None:
        if size := self.words.counted_days.at(self.tokens, at):
            phrase = folded(self.tokens[at : at + size])
            away = self.words.words.counted_days[phrase]
            after = at + size
            behind = after + self._skip(after, *self.words.words.of)
            is_before = self.words.before_.before(self.tokens, after) > 0
            if (behind > after or is_before) and self._names_one(behind):
                return Told(at, behind, away=away, after=True, is_anchored=True)
            return Told(at, after, away=away, after=True)
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

    def _names_one(self, at: int) -> bool:
        """Whether a meeting may be named at a place."""
        while self._skip(at, *self.words.words.articles):
            at += 1
        token = self._at(at)
        return token is not None and (
            bool(self.words.heads.at(self.tokens, at)) or (token.is_name and not self._month(at))
        )

    def _nth_day(self, at: int) -> Told | None:
        """“on the second day of the fair”, “pada hari kedua dan ketiga pameran”."""
        place = self._leads(at)
        if found := self._ordinal(place):
            first, after = found
            last, after = self._and_ordinal(after, first)
            unit = self._unit(after)
            after += unit[1] if unit else 0
        elif unit := self._unit(at):
            found = self._ordinal(at + unit[1])
            if found is None:
                return None
            first, after = found
            last, after = self._and_ordinal(after, first)
        if not unit or unit[0] != "day":
            return None
        behind = after + self._skip(after, *self.words.words.of)
        named = self._names_one(behind) and (behind > after or self.words.words.head_first)
        if not named and first != -1 and not self._skip(at - 1, *self.words.words.on, "the"):
            return None
        return Told(at, behind if named else after, nth=(first, last), is_anchored=named)

    def _and_ordinal(self, at: int, first: int) -> tuple[int, int]:
        size = self.words.and_.at(self.tokens, at)
        found = self._ordinal(at + size) if size else None
        return found if found and found[0] > first else (first, at)

    def _anchored(self, at: int) -> Told | None:
        """“a day before the summit”, “sehari sebelum persidangan”."""
        counted = self._count_of_units(at)
        if counted is None:
            return None
        number, unit, after = counted
        back = self.words.before_.at(self.tokens, after)
        ahead = self.words.after_.at(self.tokens, after)
        days = {"day": 1, "week": 7}.get(unit)
        if not (back or ahead) or days is None or not self._names_one(after + (back or ahead)):
            return None
        away = number * days * (-1 if back else 1)
        return Told(at, after + (back or ahead), away=away, after=True, is_anchored=True)

    def _count_of_units(self, at: int) -> tuple[int, str, int] | None:
        """“two weeks”, “dua minggu”, “seminggu”; a fortnight is two weeks."""
        token = self._at(at)
        if token is None:
            return None
        one = self.words.words
        if token.fold.startswith("se") and token.fold[2:] in one.units:
            # “seminggu”: one week, in one word
            return 1, one.units[token.fold[2:]], at + 1
        number = self._count(token)
        unit = self._unit(at + 1) if number is not None else None
        if unit is None or number is None:
            return None
        after = at + 1 + unit[1]
        return number * (2 if self.tokens[after - 1].fold == "fortnight" else 1), unit[0], after

    def _counted(self, at: int) -> Told | None:
        """“in two weeks”, “dua minggu lagi”, “three months from now”."""
        counted = self._count_of_units(at)
        if counted is None:
            return None
        number, name, after = counted
        unit = (name,)
        if self._skip(at - 1, *self.words.words.by):
            # “put off by two days”: by how much, and not when
            return None
        if unit[0] == "week" and self._skip(after, *self.words.words.begins):
            # “a week from Tuesday”
            found = self._weekday(after + 1)
            if found and found.weekday is not None and found.shift is None:
                return replace(found, first=at, plus=7 * number)
        days = {"day": 1, "week": 7}.get(unit[0])
        size = self.words.earlier.at(self.tokens, after)
        if size and not self._skip(after + size, *self.words.words.than):
            away = -number * (days or 30)
            return Told(at, after + size, away=away, after=True)
        ahead = self.words.later.at(self.tokens, after)
        back = self.words.ago.at(self.tokens, after)
        before = self._at(at - 1)
        leads = before is not None and before.fold in self.words.words.in_
        if not (ahead or back or leads):
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

    def ends(self, told: Told) -> bool:
        """Whether a day is told as the last of several: “closed on Friday”."""
        if told.end is not None or told.period is not None:
            return False
        return bool(self.words.to.before(self.tokens, told.first)) or any(
            self.words.closed.at(self.tokens, at)
            for at in range(max(told.first - 8, 0), told.first)
        )

    def begins(self, told: Told) -> bool:
        """Whether a day is told as the first of several."""
        if told.start is None and told.weekday is None and told.away is None:
            return False
        return any(
            one.fold in self.words.words.begins
            for one in self.tokens[max(told.first - 8, 0) : told.first]
        )
