"""Words → stretches of the calendar and parts of them: months, quarters, seasons, weeks, years."""

from dataclasses import replace

from calendar_svc.articles.clocks import ZONES
from calendar_svc.articles.cursor import Cursor
from calendar_svc.articles.tokens import folded
from calendar_svc.articles.told import Period, Told
from calendar_svc.articles.vocabulary import ALSO_WORDS


class PeriodParser(Cursor):
    """Reads a period at a place of a sentence."""

    def _span_of_periods(self, at: int) -> Told | None:
        """A period or a part of one, perhaps up to another: “Okt–Nov 2025”."""
        found = self._part_of_period(at)
        if found is None:
            return None
        part, period, after = found
        is_or = bool(self._skip(after, *self.words.words.or_))
        join = after + 1 if is_or else self._past_to(after)
        other = self._part_of_period(join) if join else None
        if (
            other
            and (other[0] is None) == (part is None)
            and other[1].unit == period.unit
            and period.unit in ("month", "year", "quarter")
            and (other[1].shift is None or period.shift is None)
        ):
            to_part, end, after = other
            return Told(
                at,
                after,
                period=replace(
                    period, year=period.year or end.year, shift=period.shift or end.shift
                ),
                part=part,
                to_period=end,
                to_part=to_part,
                is_window=is_or or part is not None or period.unit == "quarter",
            )
        return Told(at, after, period=period, part=part)

    def _part_of_period(self, at: int) -> tuple[str | None, Period, int] | None:
        place = self._leads(at)
        if self._names_part(place):
            return self._part(place) or self._two_parts(place)
        if week := self._week_of(place):
            return week
        if half := self._half_of(place):
            return half
        if inner := self._period(at):
            return None, *inner
        return None

    def _names_part(self, at: int) -> bool:
        """Whether “early”, “hujung” is there; “hujung minggu” is a weekend."""
        token = self._at(at)
        is_part = token is not None and token.fold in self.words.words.parts
        return is_part and self.words.units.at(self.tokens, at) < 2

    def _part(self, at: int) -> tuple[str, Period, int] | None:
        """“late April”, “the end of the year”, where a part is named."""
        words = self.words.words
        part = words.parts[self.tokens[at].fold]
        after = at + 1
        after += self._kind(after) == "dash"
        inner = self._period(after) or self._period(self._links(after))
        if inner and inner[0].unit == "month" and self._is_day_behind(inner[1]):
            # “beginning Oct. 30”
            return None
        if inner:
            return part, *inner
        behind = self._links(after)
        unit = self._unit(self._leads(behind))
        if unit and unit[0] in ("week", "month", "year") and (behind > after or words.head_first):
            return part, Period(unit[0], shift=0), self._leads(behind) + unit[1]
        return None

    def _is_day_behind(self, at: int) -> bool:
        token = self._at(at)
        return token is not None and token.kind == "number" and len(token.text) <= 2

    def _two_parts(self, at: int) -> tuple[str, Period, int] | None:
        """“mid to late April”: of its thirds, from one to another."""
        join = self._past_to(at + 1)
        place = self._leads(join) if join else None
        other = self._part(place) if place is not None and self._names_part(place) else None
        if other is None:
            return None
        return f"{self.words.words.parts[self.tokens[at].fold]}-{other[0]}", *other[1:]

    def _week_of(self, at: int) -> tuple[str | None, Period, int] | None:
        """“first week of September”, “minggu pertama September”."""
        ordinal, unit, place = self._numbered_unit(at)
        inner = self._month_behind(place) if unit in ("week", "weekend") else None
        return (f"{'w' if unit == 'week' else 'e'}{ordinal}", *inner) if inner else None

    def _half_of(self, at: int) -> tuple[str | None, Period, int] | None:
        """“first half of June”, “paruh pertama Juni”."""
        ordinal, unit, place = self._numbered_unit(at)
        if ordinal not in (1, 2) or unit != "half":
            return None
        inner = self._named_month(self._links(place))
        return (f"h{ordinal}", *inner) if inner else None

    def _month_behind(self, at: int) -> tuple[Period, int] | None:
        """“of September”, “bulan depan”, behind a part of it."""
        inner = self._period(at) or self._period(self._links(at))
        return inner if inner and inner[0].unit == "month" else None

    def _numbered_unit(self, at: int) -> tuple[int, str, int] | tuple[None, None, int]:
        """“first week”, “minggu pertama”: the number, the unit and the place after."""
        if found := self._ordinal(at):
            number, place = found
            if unit := self._unit(place):
                return number, unit[0], place + unit[1]
        elif (unit := self._unit(at)) and (found := self._ordinal(at + unit[1])):
            return found[0], unit[0], found[1]
        return None, None, at

    def _period(self, at: int) -> tuple[Period, int] | None:
        """“Oktober 2025”, “suku ketiga 2026”, “Q3 2026”, “next month”, “musim bunga 2026”."""
        return (
            self._numbered(at)
            or self._named_month(at)
            or self._season(at)
            or self._relative_unit(at)
            or self._year_period(at)
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
        if unit not in ("quarter", "half") or number is None:
            return None
        is_last, count = number == -1, 4 if unit == "quarter" else 2
        number = count if is_last else number
        if not 1 <= number <= count:
            return None
        years, after = self._shifted_unit(self._links(place), "year")
        if years is None:
            years, after = self._shifted_unit(place, "year")
        if years is not None:
            return Period(unit, None, number, years), after
        place += self._is(place, "/")
        if year := self._year(self._links(place)):
            return Period(unit, year[0], number), year[1]
        # “the last quarter” alone is the one before this
        return None if is_last else (Period(unit, None, number), place)

    def _named_month(self, at: int) -> tuple[Period, int] | None:
        shift, place = self._shift_before(at)
        if (unit := self._unit(place)) and unit[0] == "month":
            # “bulan Oktober”
            place += unit[1]
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
        if year is None and token.fold in ALSO_WORDS and shift is None:
            before = self._at(at - 1)
            one = self.words.words
            if before is None or before.fold not in one.before_month | one.parts.keys():
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
        before = self._at(self._before_leads(at))
        is_told = before is not None and before.fold in self.words.words.in_
        if year is None and shift is None and not is_told:
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
        unit = self._unit(at)
        before, token = self._at(at - 1), self._at(at)
        if unit is None and before and token and before.end + 1 == token.start:
            is_name = before.is_name and before.fold not in self.words.months and at > 1
            if is_name or before.text == ")":
                # “Sijil Tinggi Persekolahan Malaysia (STPM) 2025”
                return None
        following = self._at(at + 1)
        if following and (
            following.fold in self.words.words.clock_marks
            or (following.text.isupper() and following.fold in ZONES)
        ):
            # “1945 GMT”
            return None
        year = self._year(at + unit[1] if unit and unit[0] == "year" else at)
        return (Period("year", year[0]), year[1]) if year else None

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

    def _year_after(self, at: int) -> tuple[int | None, int]:
        """A year that follows: “, 2025”, “tahun 2025”, “of 2025”."""
        found = self._year(self._links(at + self._skip(at, ",")))
        return found if found else (None, at)
