"""Words → clock times with their zone: “pukul 9 pagi”, “14.00–16.00 WIB”, “8pm MYT”."""

import re

from calendar_svc.articles import gazetteer
from calendar_svc.articles.cursor import Cursor, year_of
from calendar_svc.articles.tokens import folded
from calendar_svc.articles.told import Clock
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
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "nzdt": "Pacific/Auckland",
    "awst": "Australia/Perth",
    "ist": "Asia/Kolkata",
    "pkt": "Asia/Karachi",
    "eat": "Africa/Nairobi",
    "cat": "Africa/Maputo",
    "wat": "Africa/Lagos",
    "sast": "Africa/Johannesburg",
    "msk": "Europe/Moscow",
    "aest": "Australia/Sydney",
}
"""What the short names of zones mean in the news, those of South-East Asia first."""


class ClockParser(Cursor):
    """Reads a clock time at a place of a sentence."""

    def clock(self, at: int) -> Clock | None:
        """“pukul 9 pagi”, “14.00–16.00 WIB”, “8pm MYT”."""
        marked = self.words.hour_marks.at(self.tokens, at)
        place = at + marked
        first = self._time(place, bool(marked)) or self._hour_of_span(place, bool(marked))
        if first is None:
            return None
        (hour, minute), part, after = first
        times = [(hour, minute, part)]
        between = self.words.between.before(self.tokens, at)
        join = self._past_to(after)
        if join is None and between and (size := self.words.and_.at(self.tokens, after)):
            join = after + size
        if join:
            second_at = join + self.words.hour_marks.at(self.tokens, join)
            if second := self._time(second_at, True):
                times.append((*second[0], second[1]))
                after = second[2]
        is_plain = not marked and part is None and len(times) == 1 and not self._zone(after)
        if is_plain and not self._is_behind_day(at):
            return None
        if part is None and len(times) == 1 and hour <= 12:
            times[0] = (hour, minute, self._part_around(at, after))
        if len(times) == 2 and times[0][2] is None and times[1][2] is not None:
            times[0] = (*times[0][:2], self._part_of_first(times[0][0], times[1]))
        zone = self._zone(after)
        if zone:
            after = zone[1]
        resolved = tuple(one for one in map(_of_day, times) if one is not None)
        if len(resolved) != len(times):
            return None
        return Clock(at, after, resolved, zone[0] if zone else None)

    def _is_behind_day(self, at: int) -> bool:
        """Whether an hour and minute stand right behind a day: “Sat 14 March, 14:30”."""
        token = self.tokens[at]
        before = self._at(at - 1 - self._skip(at - 1, ",", "("))
        return (
            token.kind == "clock"
            and ":" in token.text
            and before is not None
            and (
                before.fold in self.words.months
                or before.fold in self.words.weekdays
                or year_of(before) is not None
            )
        )

    def _hour_of_span(
        self, at: int, marked: bool
    ) -> tuple[tuple[int, int], tuple[int, int] | None, int] | None:
        """The 9 of “from 9 to 11 am”."""
        token, join = self._at(at), self._past_to(at + 1)
        if token is None or token.kind != "number" or len(token.text) > 2 or join is None:
            return None
        before = self._at(at - 1)
        leads = before is not None and before.fold in self.words.words.begins
        if self.words.words.head_first and not (marked or leads):
            # “2 hingga 3 malam” are nights
            return None
        ends = self._time(join, True)
        if ends is None or ends[1] is None or int(token.text) > 12:
            return None
        return (int(token.text), 0), None, at + 1

    def _time(
        self, at: int, marked: bool
    ) -> tuple[tuple[int, int], tuple[int, int] | None, int] | None:
        """An hour and minute, the hours that its part of the day allows, and the place after."""
        token = self._at(at)
        if token is None:
            return None
        if token.kind == "clock":
            hour, minute = (int(one) for one in re.split("[:.h]", token.fold))
        elif token.kind == "number" and len(token.text) == 4:
            return self._four_digits(at, marked)
        elif token.kind == "number" and len(token.text) <= 2:
            hour, minute = int(token.text), 0
        elif token.fold in self.words.words.clock_words:
            hour = self.words.words.clock_words[token.fold]
            return (hour, 0), (hour, hour), at + 1
        else:
            return None
        if hour > 24 or minute > 59:
            return None
        after = at + 1 + self._skip(at + 1, *self.words.words.clock_marks)
        size = self.words.day_parts.at(self.tokens, after)
        if not size:
            # “a.m.” is three tokens or four
            text = "".join(one.fold for one in self.tokens[after : after + 4])
            for name in self.words.words.day_parts:
                if "." in name and text.startswith(name):
                    end = after + 3
                    end += self._skip(end, ".") if end + 1 < len(self.tokens) else 0
                    return (hour, minute), self.words.words.day_parts[name], end
            is_hour = after > at + 1 or (
                marked and (self.words.words.head_first or self._part_around(at - 1, after))
            )
            if token.kind == "number" and not is_hour:
                return None
            return (hour, minute), None, after
        part = self.words.words.day_parts[folded(self.tokens[after : after + size])]
        if token.kind == "number" and hour > 12 and not (marked or part[0] <= hour <= part[1]):
            # “Seksyen 17 malam esok”
            return None
        return (hour, minute), part, after + size

    def _four_digits(self, at: int, marked: bool) -> tuple[tuple[int, int], None, int] | None:
        """“pukul 1430”, “at 0900”, “1430 hrs”, “2030 GMT”; “by 2035” is a year."""
        digits = self.tokens[at].text
        hour, minute = int(digits[:2]), int(digits[2:])
        size = self._skip(at + 1, *self.words.words.clock_marks)
        is_no_year = self.words.words.head_first or digits[0] == "0"
        is_clock = size or (marked and is_no_year) or self._is_before_zone(at)
        return (
            ((hour, minute), None, at + 1 + size) if is_clock and _is_time(hour, minute) else None
        )

    def _is_before_zone(self, at: int) -> bool:
        """Whether a zone stands behind a bare number: “2030 GMT”, but not “2025 PT Angkasa Raya”,
        where PT is what a company is called."""
        following = self._at(at + 1)
        if following is None or (following.fold in ZONES and len(following.text) < 3):
            return False
        return self._zone(at + 1) is not None

    def _zone_named(self, at: int, size: int) -> str | None:
        """The zone of a city or country: “waktu Jepun”, “Singapore time”."""
        names = self.tokens[at : at + size]
        if len(names) < size or not all(one.is_name for one in names):
            return None
        name, code = " ".join(one.text for one in names), self.words.words.code
        return zone_of(name, code) or gazetteer.zone_of(name) or gazetteer.zone_of_land(name, code)

    def _part_around(self, at: int, after: int) -> tuple[int, int] | None:
        """The part of the day that was said a little before a bare hour, or right behind it:
        “tonight at 8”, “malam esok jam 8”."""
        for place in (*range(at - 1, max(at - 4, -1), -1), after, after + 1):
            token = self._at(place)
            if token is not None and token.fold in self.words.words.parts_of_day:
                return self.words.words.parts_of_day[token.fold]
        return None

    def _part_of_first(
        self, hour: int, ends: tuple[int, int, tuple[int, int] | None]
    ) -> tuple[int, int] | None:
        """The part of the day of the first of two times, where only the second has one: “9 to 11
        am” and “6-8pm” share it, “10 to 2 pm” begins in the morning."""
        part = ends[2]
        if part is None or hour > 12 or hour % 12 <= ends[0] % 12:
            return part
        return (0, 11) if part[1] > 11 else part

    def _zone(self, at: int) -> tuple[str, int] | None:
        opening = at + self._skip(at, "(")
        token = self._at(opening)
        if token is None:
            return None
        if token.fold in ZONES and (token.text.isupper() or token.fold[:2] == "wi"):
            return ZONES[token.fold], opening + 1 + self._skip(opening + 1, ")")
        if (
            token.fold in self.words.words.time_of
            and (city := self._at(opening + 1))
            and city.is_name
        ):
            for size in (2, 1):
                if zone := self._zone_named(opening + 1, size):
                    return zone, opening + 1 + size + self._skip(opening + 1 + size, ")")
        if token.is_name:
            for size in (2, 1):
                if self._skip(opening + size, *self.words.words.time_behind) and (
                    zone := self._zone_named(opening, size)
                ):
                    return zone, opening + size + 1 + self._skip(opening + size + 1, ")")
        size = self.words.zones.at(self.tokens, opening)
        if size:
            name = folded(self.tokens[opening : opening + size])
            return self.words.words.zones[name], opening + size
        return None


def _is_time(hour: int, minute: int) -> bool:
    return hour < 24 and minute < 60


def _of_day(time: tuple[int, int, tuple[int, int] | None]) -> tuple[int, int] | None:
    """An hour on the clock of 24, by the part of the day that was said."""
    hour, minute, part = time
    if part is None:
        return (hour, minute) if hour < 24 else None
    for one in (hour % 12, hour % 12 + 12) if hour <= 12 else (hour,):
        if part[0] <= one <= part[1]:
            return one, minute
    return (hour, minute) if 12 < hour < 24 else None
