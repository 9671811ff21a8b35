"""What an editor types into a date field → When: the reverse of `labels`.

A text becomes tokens (a day, a month, a clock …); a dash or “hingga” parts them into two sides;
each side names every part of a date at most once, in any order, and has from the other what it
leaves out. Names come from CLDR; Malay and English are always read.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import product
from typing import Any, NamedTuple
from unicodedata import category

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, get_timezone_location

from calendar_svc.domain import when as whens
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.when import LONGEST, Point, When, check_zone, zone_names
from calendar_svc.words import locale
from calendar_svc.words.labels import day_label

Token = tuple[str, Any]
"""A kind and a value: ("month", 10)."""
Side = dict[str, Any]
"""What is said of one date, by kind."""


class _Clock(NamedTuple):
    hour: int
    minute: int = 0
    part: str | None = None  # of the day, a key of _HOURS


_WORDS: dict[Token, tuple[str, ...]] = {
    # days of a month; from 0 downwards they count from its last
    ("window", (1, 10)): ("early", "awal"),
    ("window", (11, 20)): ("mid", "mid-", "pertengahan"),
    ("window", (21, 0)): ("late", "akhir"),
    ("window", (-6, 0)): ("last week", "minggu terakhir"),
    ("part", "am"): ("a.m",),
    ("part", "pm"): ("p.m",),
    ("part", "noon"): ("tengah hari",),
    ("part", "night"): ("tengah malam",),
    ("within", None): ("within", "dalam"),
    ("between", None): ("between", "antara"),
    ("and", None): ("and", "dan"),
    ("to", None): ("-", "to", "until", "till", "through", "hingga", "sehingga", "sampai"),
    ("nothing", None): (
        *(",", ".", "st", "nd", "rd", "th", "the", "of", "on", "at", "from"),
        *("hb", "haribulan", "hari", "bulan", "tahun", "pada", "pukul", "jam", "dari"),
    ),
}
_ORDINALS = (
    ("first", "1st", "pertama", "ke-1"),
    ("second", "2nd", "kedua", "ke-2"),
    ("third", "3rd", "ketiga", "ke-3"),
    ("fourth", "4th", "keempat", "ke-4"),
)
_UNITS = (
    *(("week", "window"), ("minggu", "window")),
    *(("quarter", "quarter"), ("suku", "quarter"), ("suku tahun", "quarter")),
)
_HOURS = {
    **dict.fromkeys(("am", "morning"), range(12)),
    **dict.fromkeys(("noon",), range(10, 15)),
    **dict.fromkeys(("afternoon",), range(12, 19)),
    **dict.fromkeys(("pm", "evening"), range(12, 24)),
    # its small hours belong to either of two days
    **dict.fromkeys(("midnight", "night"), range(18, 24)),
}
"""Which hours a part of the day may mean; the keys are CLDR's."""

_PIECE = re.compile(
    r"[(\[](?P<zone>[^()\[\]]+)[)\]]"
    r"|(?P<day>[0-9]{1,2})(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})(?![0-9])"
    r"|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])"
    r"|(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?![0-9])"
    r"|(?P<number>[0-9]+)|[^\W\d_]+|\S"
)
_DASHED = re.compile(r"\b([0-9]{1,2})-([^\W\d_]+)-([0-9]{4})\b")  # 1-Nov-2025
_LIKE_EDTF = re.compile(r"\[|[0-9]{4}-[0-9]")


def read_when(text: str, lang: str, *, zone: str) -> When | None:
    """What is typed into a date field; None if it is empty. Raises Refused.

    Reads EDTF, what `labels.when_label` prints and what people type. A window has a word in
    front (“within 1–7 Sep 2025”); a clock time is in `zone` unless brackets name another.
    """
    text = text.strip()
    plain = _plain(text[: LONGEST + 1])
    when = strict = None
    if len(text) <= LONGEST:
        if not plain:
            return None
        try:
            return When.parse(plain)
        except Refused as refusal:
            strict = refusal
        when = _Reader(plain, lang, zone).read()
    if when:
        return when
    if strict and _LIKE_EDTF.match(plain):
        raise strict
    raise Refused(
        "“%(text)s” can't be read as a date; write it like 31 October 2025, 26–28 October 2025,"
        " October 2025 or 1 November 2025, 9:00 am",
        text=plain[:80],
    )


class _Reader(NamedTuple):
    text: str
    lang: str
    zone: str

    def read(self) -> When | None:
        """The When, or None if the words make no date."""
        tokens = _tokens(self.text, self.lang)
        kinds = [kind for kind, _ in tokens]
        if {"day", "month"} & set(kinds) and not {"year", "unknown word"} & set(kinds):
            raise Refused(
                "“%(text)s” has no year; write it in four digits, as in 1 November 2025 or"
                " October 2025",
                text=self.text,
            )
        window = kinds[:1] in (["within"], ["between"])
        parting = ("to", "and") if kinds[:1] == ["between"] else ("to",)
        match _sides(tokens[window:], parting):
            case [side]:
                return self._one(side)
            case [start, end]:
                start, end = _filled(start, end), _filled(end, start)
                begins, ends = self._point(self._before(start, end)), self._point(end)
                if begins and ends:
                    return (When.within if window else When.lasting)(begins, ends)
        return None

    def _one(self, side: Side) -> When | None:
        match side:
            case {"year": year, "month": month, "window": window, **rest} if not rest:
                last = whens.month(year, month).last.day
                first_day, last_day = (day if day > 0 else last + day for day in window)
                return When.within(
                    self._day(year, month, first_day), self._day(year, month, last_day)
                )
        point = self._point(side)
        return When.at(point) if point else None

    def _point(self, side: Side) -> Point | None:
        match side:
            case {"year": year, **rest} if not rest:
                return whens.year(year)
            case {"year": year, "quarter": quarter, **rest} if not rest:
                return whens.quarter(year, quarter)
            case {"year": year, "month": month, **rest} if not rest:
                return whens.month(year, month)
            case {"year": year, "month": month, "day": day, **rest}:
                point = self._day(year, month, day)
                self._check_weekday(point.first, rest.pop("weekday", None))
                if not rest:
                    return point
                if "clock" in rest and rest.keys() <= {"clock", "zone"}:
                    wall = datetime.combine(point.first, self._time(rest["clock"]))
                    return whens.minute(wall, _zone(rest.get("zone"), self.lang, self.zone))
        return None

    def _day(self, year: int, month: int, day: int) -> Point:
        whens.month(year, month)  # refuses what is out of range
        try:
            return whens.day(date(year, month, day))
        except ValueError:
            raise Refused("“%(text)s” is not a day of the calendar", text=self.text) from None

    def _check_weekday(self, day: date, said: int | None) -> None:
        if said is None or said == day.weekday():
            return
        another = day + timedelta(days=said - day.weekday())
        raise Refused(
            "“%(text)s” says %(said)s, but %(day)s is a %(weekday)s; mend one of the two",
            text=self.text,
            said=format_date(another, "EEEE", locale=locale(self.lang)),
            day=day_label(day, self.lang),
            weekday=format_date(day, "EEEE", locale=locale(self.lang)),
        )

    def _time(self, clock: _Clock) -> time:
        hours = _hours(clock.hour) if clock.part else [clock.hour]
        meant = [hour for hour in hours if hour in _HOURS.get(clock.part or "", range(24))]
        if not meant or clock.minute > 59:
            raise Refused(
                "“%(text)s” has no time of day that is certain; write it by the 24-hour clock, as"
                " in 1 November 2025, 00:30 or 14:30",
                text=self.text,
            )
        return time(meant[0], clock.minute)

    def _before(self, start: Side, end: Side) -> Side:
        """“2.00–4.00 petang” begins at the last two o'clock before four."""
        match start, end:
            case {"clock": _Clock(part=None) as clock}, {"clock": _Clock(part=str())}:
                same_day = all(
                    start.get(part) == end.get(part) for part in ("day", "month", "year")
                )
                ends = self._time(end["clock"])
                hours = [
                    hour
                    for hour in _hours(clock.hour)
                    if same_day and (hour, clock.minute) < (ends.hour, ends.minute)
                ]
                return start | {"clock": clock._replace(hour=max(hours, default=clock.hour))}
        return start


def _sides(tokens: list[Token], parting: tuple[str, ...]) -> list[Side]:
    """What is said of each date; nothing if something is said twice."""
    sides: list[Side] = [{}]
    for kind, value in tokens:
        if kind in parting:
            sides.append({})
        elif kind in sides[-1]:
            return []
        else:
            sides[-1][kind] = value
    return sides


def _filled(side: Side, other: Side) -> Side:
    """With what is said on the other side alone: the date of a clock, the month, the year."""
    if "clock" in side and "clock" in other and side.keys() <= {"clock", "zone"}:
        return other | side
    shared = {"zone"} if "clock" in side else set()
    if side and other.keys() != {"year"}:
        shared.add("year")
    # in “1 Nov 2025 9am – 11” the 11 need not be a day
    if "day" in side and "day" in other and ("clock" in side) == ("clock" in other):
        shared.add("month")
    return {kind: value for kind, value in other.items() if kind in shared} | side


def _hours(hour: int) -> list[int]:
    """What an hour may be on a clock of 24: 9 is 9 or 21."""
    return [hour % 12, hour % 12 + 12] if 1 <= hour <= 12 else [hour]


def _tokens(text: str, lang: str) -> list[Token]:
    names = _names(lang)
    longest = max(map(len, names))
    pieces = list(_PIECE.finditer(_DASHED.sub(r"\1 \2 \3", text)))
    words = tuple(piece[0].casefold() for piece in pieces)
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        size = next((n for n in range(longest, 0, -1) if words[at : at + n] in names), 0)
        for kind, value in [names[words[at : at + size]]] if size else _unnamed(pieces[at]):
            if kind == "part" and tokens and tokens[-1][0] in ("day", "clock"):
                before, number = tokens.pop()
                clock = _Clock(number) if before == "day" else number
                tokens.append(("clock", clock._replace(part=value)))
            elif kind != "nothing":
                tokens.append((kind, value))
        at += size or 1
    return tokens


def _unnamed(piece: re.Match[str]) -> Iterator[Token]:
    """What a piece says that is no name."""
    match piece.lastgroup:
        case "zone":
            yield "zone", piece["zone"].strip()
        case "year":
            yield from ((part, int(piece[part])) for part in ("day", "month", "year"))
        case "iso":
            yield from zip(("year", "month", "day"), map(int, piece[0].split("-")), strict=True)
        case "minute":
            yield "clock", _Clock(int(piece["hour"]), int(piece["minute"]))
        case "number" if len(piece[0]) in (1, 2, 4):
            yield ("year" if len(piece[0]) == 4 else "day"), int(piece[0])
        case _:
            yield ("unknown word" if piece[0].isalpha() else "unknown"), piece[0]


@cache
def _names(lang: str) -> dict[tuple[str, ...], Token]:
    """What each name stands for, split as the text is."""
    names: dict[str, Token] = {}
    # Babel remembers a stand-alone name that it looked up for one language as that of others
    # without their own; so the forms within a date go over them
    for context in ("stand-alone", "format"):
        for one in (Locale("ms"), Locale("en"), locale("en"), locale(lang)):
            names |= _cldr_names(one, context)
    for token, words in _WORDS.items():
        names |= dict.fromkeys(words, token)
    for number, ordinals in enumerate(_ORDINALS, 1):
        names[f"Q{number}"] = ("quarter", number)
        values = {"window": (7 * number - 6, 7 * number), "quarter": number}
        for ordinal, (unit, kind) in product(ordinals, _UNITS):
            names |= dict.fromkeys((f"{ordinal} {unit}", f"{unit} {ordinal}"), (kind, values[kind]))
    return {
        tuple(piece[0].casefold() for piece in _PIECE.finditer(_plain(name))): token
        for name, token in names.items()
    }


def _cldr_names(one: Locale, context: str) -> Iterator[tuple[str, Token]]:
    for width in ("abbreviated", "wide"):
        for key, name in one.day_periods[context].get(width, {}).items():
            yield name, ("part", key.rstrip("0123456789"))
        for number, name in one.days[context][width].items():
            yield name, ("weekday", number)
        for number, name in one.months[context][width].items():
            yield name, ("month", number)
    # the wide ones alone: Malay “S1” may also be a semester
    for number, name in one.quarters[context]["wide"].items():
        yield name, ("quarter", number)


def _zone(place: str | None, lang: str, preferred: str) -> str:
    """The zone that a city or an IANA name in brackets stands for."""
    if place is None or place.casefold() in _cities(preferred, lang):
        return preferred
    return _zones(lang).get(place.casefold()) or check_zone(place)


def zone_of(city: str, lang: str) -> str | None:
    """The IANA zone that a city stands for, or None."""
    return _zones(lang).get(_plain(city).casefold())


@cache
def _zones(lang: str) -> dict[str, str]:
    cities = {zone: _cities(zone, lang) for zone in zone_names()}
    zones = {zone.casefold(): zone for zone in cities}
    for zone in sorted(cities, key=lambda zone: _preference(zone, cities[zone])):
        zones |= dict.fromkeys(cities[zone], zone)
    return zones | {"utc": "UTC"}


def _preference(zone: str, cities: set[str]) -> tuple[bool, bool, str]:
    """Of the zones of one city the one named after it; CLDR's own may bear an older name."""
    name = zone.rpartition("/")[2].replace("_", " ").casefold()
    named = any(city.startswith(name) for city in cities)
    return named, zone not in get_global("zone_aliases"), zone


def _cities(zone: str, lang: str) -> set[str]:
    return {
        _plain(get_timezone_location(zone, locale=one, return_city=True)).casefold()
        for one in (Locale("ms"), locale("en"), locale(lang))
    }


def _plain(text: str) -> str:
    """With common spaces, dashes and apostrophes, and without marks that can't be seen."""
    return " ".join("".join(map(_common, text)).split())


def _common(letter: str) -> str:
    match category(letter):
        case "Pd":
            return "-"
        case "Cf":
            return ""
    return {"−": "-", "’": "'", "‘": "'"}.get(letter, letter)
