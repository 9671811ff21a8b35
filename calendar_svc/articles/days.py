"""Words → days of a month: alone, in spans and in lists, as “1, 2 dan 4 Mei”."""

import re
from dataclasses import replace
from functools import cached_property

from calendar_svc.articles.cursor import EARLIEST, LATEST
from calendar_svc.articles.periods import PeriodParser
from calendar_svc.articles.told import Day, Told


class DayParser(PeriodParser):
    """Reads days at a place of a sentence."""

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

    @property
    def _after_day(self) -> frozenset[str]:
        one = self.words.words
        return one.stops | one.at | one.on

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
        if end.month is None:
            return None
        start, end = _completed(start, end)
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
        if end:
            start, end = _completed(start, end)
        if start.month is None or start.day is None:
            return None
        told = Told(at, after, start=start, end=end, shift=first, is_window=is_or)
        return self._with_year(told)

    def _counts(self, after: int) -> bool:
        """Whether what seems to be a day counts something: “13 Oktober dengan 14 saksi”."""
        following = self._at(after)
        return (
            following is not None
            and following.kind == "word"
            and not following.is_name
            and following.fold not in self._after_day | self.words.words.links
            and not any(
                phrases.at(self.tokens, after)
                for phrases in (
                    self.words.this,
                    self.words.next,
                    self.words.last,
                    self.words.day_parts,
                )
            )
        )

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
        if month := self._month(self._links(after)):
            number, after = month
        elif known is None:
            # a day alone may begin a span
            return (Day(None, None, value), after) if self._joins(after) else None
        elif known.month is None:
            return None
        else:
            number = known.month
        year, after = self._year_after(after)
        return Day(year, number, value), after

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
            if (
                following
                and not (
                    self._counts(following[1]) and not self._skip(at, *self.words.words.joining)
                )
                and (between or (is_next and not self.is_respective))
            ):
                return at + joined
        return None

    def _joins(self, at: int) -> bool:
        return bool(
            self._past_to(at)
            or self.words.and_.at(self.tokens, at)
            or self._skip(at, "&", *self.words.words.or_)
        )

    def _with_weekday(self, told: Told) -> Told:
        """With the weekday behind it: “8 Jun 2027 (Selasa)”."""
        opening = told.last + self._skip(told.last, "(")
        weekday = self._weekday_name(opening) if opening > told.last else None
        if weekday is not None:
            closing = opening + 1 + self._skip(opening + 1, ")")
            return replace(told, last=closing, on_weekday=weekday)
        article = told.last + self._skip(told.last, ",")
        is_told = article > told.last and self._skip(article, *self.words.words.an)
        if is_told and self._weekday_name(article + 1) is not None:
            # “April 9, a Sunday”
            return replace(told, last=article + 2 + self._skip(article + 2, ","))
        return told

    def _weekday_name(self, at: int) -> int | None:
        token = self._at(at)
        return self.words.weekdays.get(token.fold) if token and token.is_name else None


def _completed(start: Day, end: Day) -> tuple[Day, Day]:
    """Both ends of a span, each with the month and year that only the other was told with."""
    if start.month is None:
        start = replace(start, month=end.month, year=end.year)
    turns = (end.month or 12) < (start.month or 0)
    if start.year is None and end.year is not None:
        start = replace(start, year=end.year - turns)
    elif end.year is None and start.year is not None:
        end = replace(end, year=start.year + turns)
    return start, end


def _calendar_day(day: int, month: int, year: int = 0) -> Day | None:
    """A day told in figures; a year of two digits is of this century."""
    if 0 < year < 100:
        year += 2000
    if not (1 <= month <= 12 and 1 <= day <= 31) or (year and not EARLIEST <= year <= LATEST):
        return None
    return Day(year or None, month, day)
