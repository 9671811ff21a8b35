"""Words → dates as they are told, as precisely as they are told and never more.

What they mean is found afterwards, in resolving.py.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace

from calendar_svc.articles.clocks import ClockParser
from calendar_svc.articles.days import DayParser
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
    if length and sum(not told.after for told in found) == 1 and not found[0].after:
        if parser.begins(found[0]):
            found[0] = replace(found[0], length=length)
        elif parser.ends(found[0]):
            found[0] = replace(found[0], length=-length)
    if not parser.is_respective:
        found = _joined(tokens, found, words)
    return _spans(tokens, _with_clocks(found, clocks), words)


def _spans(tokens: Sequence[Token], found: Sequence[Told], words: Vocabulary) -> list[Told]:
    """“Today until 20 February”, “Friday, 10 pm, to Saturday, 2 am”: two days, told in any way,
    with “to” between them."""
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
        elif (
            last
            and len(between) == 1
            and between[0].fold in words.words.and_
            and (_is_relative(last) and _is_relative(told) and (last.away or 0) + 1 == told.away)
        ):
            # “today and tomorrow”
            joined[-1] = replace(last, last=told.last, length=2)
        else:
            joined.append(told)
    return joined


def _is_relative(told: Told) -> bool:
    return told.away is not None and not (told.after or told.clocks or told.length)


def _is_day_after(day: Day | None, other: Day | None) -> bool:
    if day is None or other is None or None in (day.day, other.day, day.month, other.month):
        return False
    if day.month == other.month:
        return day.year == other.year and (day.day or 0) + 1 == other.day
    # “31 July and 1 August”
    ends = monthrange(other.year or 2024, day.month or 1)[1]
    return other.day == 1 and day.day == ends and other.month == (day.month or 0) % 12 + 1


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
        # a line with one day and one clock time is about both
        alone = len(near) == len(clocks) == 1
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


class _Parser(DayParser):
    """Reads a date at a place of a sentence."""

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

    # — weekdays —

    def _weekday(self, at: int) -> Told | None:
        """“Sabtu, 1 November”, “Selasa ini”, “next Tuesday”, “Jumaat (14/3/2026)”."""
        shift, place = self._shift_before(at)
        place = self._leads(place)
        token = self._at(place)
        if token is None or not token.is_name or token.fold not in self.words.weekdays:
            return None
        if self._skip(at - 1, *self.words.words.every):
            # “every Tuesday from 2 June to 30 June”
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
        date_ = self._written(after) or self._days(
            self._leads(after + self._skip(after, *self.words.words.on))
        )
        if date_ and date_.start:
            closing = date_.last + self._skip(date_.last, ")")
            return replace(date_, first=at, last=closing, on_weekday=number)
        after = place + 1
        to_weekday = None
        if (join := self._past_join(after)) and (last := self._at(join)) and last.is_name:
            to_weekday = self.words.weekdays.get(last.fold)
            after = join + 1 if to_weekday is not None else after
        behind = after + self._skip(after, ",", "(")
        if to_weekday is not None and (days := self._written(behind)):
            return replace(days, first=at)
        weeks, after = self._shifted_unit(self._links(after), "week")
        if weeks is None:
            after = join + 1 if join and to_weekday is not None else place + 1
            if shift is None:
                shift, after = self._shift_at(after)
            # “Ahad ini (15 Mac)”
            if shift is not None and (skipped := self._skip(after, "(", ",")):
                date_ = self._written(after + skipped)
                if date_ and date_.start and date_.end is None:
                    return replace(date_, first=at, last=date_.last + self._skip(date_.last, ")"))
        told = Told(at, after, weekday=number, to_weekday=to_weekday, shift=shift, weeks=weeks)
        if weeks is None and shift is None and to_weekday is None:
            return self._weeks_from(told)
        return told

    def _written(self, at: int) -> Told | None:
        """Days written out, in figures or with the name of their month."""
        return self._numeric(at) or self._days(at)

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
        join = self._past_to(at)
        if join is None and (size := self.words.and_.at(self.tokens, at)):
            join = at + size
        return self._leads(join) if join else None

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

    # — relative days —

    def _week_around(self, at: int) -> Told | None:
        """“the week of 4 May”, “the week beginning 4 May”: some day of it."""
        place = self._leads(at)
        unit = self._unit(place)
        before = self._at(at - 1)
        if unit is None or unit[0] != "week" or (before and self._count(before) is not None):
            # “dua minggu bermula 18 Mei” are two weeks
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

    def _relative_day(self, at: int) -> Told | None:
        before = self._at(at - 1)
        is_counted = before is not None and self._count(before) is not None
        size = self.words.counted_days.at(self.tokens, at)
        # “lima hari itu” are five days
        if size > self.words.relative_days.at(self.tokens, at) and not is_counted:
            phrase = folded(self.tokens[at : at + size])
            away = self.words.words.counted_days[phrase]
            after = at + size
            behind = after + self._skip(after, *self.words.words.of)
            is_beside = self.words.before_.before(self.tokens, after) or self.words.after_.before(
                self.tokens, after
            )
            if is_beside and self._skip(behind, *self.words.words.pronouns):
                # “the day after it closes”
                return Told(at, behind, away=away, after=True, is_anchored=True)
            if (behind > after or is_beside) and self._names_one(behind):
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
        if opening > after and (same := self._written(opening)):
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
        """“on the second day of the fair”, “pada hari kedua dan ketiga pameran”, “on the closing
        night”."""
        size = self.words.edge_days.at(self.tokens, at)
        if size and self._skip(at - 1, *self.words.words.on, *self.words.words.of):
            edge = self.words.words.edge_days[folded(self.tokens[at : at + size])]
            behind = at + size + self._skip(at + size, *self.words.words.of)
            named = behind > at + size and self._names_one(behind)
            return Told(at, behind if named else at + size, nth=(edge, edge), is_anchored=named)
        place = self._leads(at)
        found = None if self.words.words.head_first else self._ordinal(place)
        if found:
            first, after = found
            last, after = self._and_ordinal(after, first)
            unit = self._day_unit(after)
            after += unit[1] if unit else 0
        elif unit := self._day_unit(at):
            found = self._ordinal(at + unit[1])
            if found is None:
                return None
            first, after = found
            last, after = self._and_ordinal(after, first)
        if not unit or unit[0] != "day":
            return None
        behind = after + self._skip(after, *self.words.words.of)
        named = self._names_one(behind) and (behind > after or self.words.words.head_first)
        if (
            not named
            and first != -1
            and not self._skip(
                at - 1,
                *(*self.words.words.on, *self.words.words.leads),
                *self.words.words.parts_of_day,
            )
        ):
            return None
        return Told(at, behind if named else after, nth=(first, last), is_anchored=named)

    def _day_unit(self, at: int) -> tuple[str, int] | None:
        """A unit, where an evening stands for its day: “on the second evening”."""
        part = self._skip(at, *self.words.words.parts_of_day)
        return ("day", part) if part else self._unit(at)

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
        name = token.fold.removeprefix(one.one)
        if one.one and name != token.fold and name in one.units:
            # “seminggu”: one week, in one word
            return 1, one.units[name], at + 1
        number = self._count(token)
        unit = self._unit(at + 1) if number is not None else None
        if unit is None or number is None:
            return None
        name, after = unit[0], at + 1 + unit[1]
        return (2 * number, "week", after) if name == "fortnight" else (number, name, after)

    def _counted(self, at: int) -> Told | None:
        """“in two weeks”, “dua minggu lagi”, “three months from now”."""
        counted = self._count_of_units(at)
        if counted is None:
            return None
        number, name, after = counted
        if self._skip(at - 1, *self.words.words.by):
            # “put off by two days”: by how much, and not when
            return None
        if name == "week" and self._skip(after, *self.words.words.begins):
            # “a week from Tuesday”
            found = self._weekday(after + 1)
            if found and found.weekday is not None and found.shift is None:
                return replace(found, first=at, plus=7 * number)
        days = {"day": 1, "week": 7}.get(name)
        size = self.words.earlier.at(self.tokens, after)
        if size and not self._skip(after + size, *self.words.words.than):
            return Told(at, after + size, away=-number * days, after=True) if days else None
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
        following = self._at(after)
        if (
            phrase in self.words.words.after_
            and following
            and (following.fold in self.words.words.articles)
        ):
            # “a day after their deputies”: what it counts from isn't told
            return None
        if phrase in self.words.words.afterwards:
            # “a year later” than a day that is known is no day
            return Told(at, after, away=count * days, after=True) if days else None
        if days and (name == "day" or self.words.relative_days.before(self.tokens, after)):
            # “two weeks from today” is a day, “in two weeks” is a week
            return Told(at, after, away=count * days)
        return Told(at, after, period=Period(name, shift=count))

    def length(self, only_after: Phrases | None = None) -> int | None:
        """Over how many days something lasts: “selama tiga hari”, “three-day”."""
        found = self._length(only_after)
        return found[1] if found else None

    def _length(self, only_after: Phrases | None = None) -> tuple[int, int] | None:
        """Where it is told over how many days something lasts, and how many."""
        for at, token in enumerate(self.tokens):
            if only_after is not None and not only_after.before(self.tokens, at):
                continue
            name, _, rest = token.fold.partition("-")
            if self.words.words.units.get(rest) == "day" and name in self.words.words.numbers:
                return at, self.words.words.numbers[name]
            number = self._count(token)
            unit = self._unit(at + 1) if number else None
            one = self._count_of_units(at)
            if (
                self.words.words.head_first
                and one
                and one[1] == "week"
                and (self.words.durations.before(self.tokens, at))
            ):
                # “selama seminggu”
                return at, 7 * one[0]
            is_length = unit and unit[0] == "day" and not self.words.later.at(self.tokens, at + 2)
            if number and is_length:
                return at, number
        return None

    def ends(self, told: Told) -> bool:
        """Whether a day is told as the last of several: “closed on Friday”."""
        if told.end is not None or told.period is not None:
            return False
        return bool(self.words.to.before(self.tokens, told.first)) or any(
            self.words.closed.at(self.tokens, at) for at in self._before(told)
        )

    def begins(self, told: Told) -> bool:
        """Whether a day is told as the first of several."""
        if told.start is None and told.weekday is None and told.away is None:
            return False
        if any(self.tokens[at].fold in self.words.words.begins for at in self._before(told)):
            return True
        return any(
            token.fold in self.words.words.begins and token.fold in self.words.verbs
            for token in self.tokens[max(told.first - 14, 0) : told.first]
        )

    def _before(self, told: Told) -> Iterator[int]:
        """The tokens close before a date, and those before the length that is told: “after opening
        the three-day …”."""
        near = range(max(told.first - 8, 0), told.first)
        yield from near
        found = self._length()
        if found and found[0] < told.first:
            yield from range(max(found[0] - 3, 0), min(found[0], near.start))
