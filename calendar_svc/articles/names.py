"""Words → the meetings known by a name: that of a series, an acronym, “A vs B”; and what goes with
any name: its acronym in brackets, edition and year.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from calendar_svc.articles.nouns import LONGEST, Nouns
from calendar_svc.articles.tokens import Sentence
from calendar_svc.articles.vocabulary import Vocabulary
from calendar_svc.domain.series import Series

_ROMAN = re.compile(r"(?=[XVI])(X{0,4})(IX|IV|V?I{0,3})")


@dataclass(frozen=True)
class Mention:
    """A meeting named in the tokens `first` to `last`, exclusive."""

    first: int
    last: int
    title: str
    head: str
    """The noun that says what it is, or the acronym."""
    words: frozenset[str]
    """What its name is made of, without small words."""
    series: str | None = None
    ordinal: int | None = None
    year: int | None = None
    acronym: str | None = None
    is_named: bool = False
    is_bare: bool = False
    """Whether it is nothing but its noun: “perbicaraan”."""
    refers: bool = False
    """Whether it only refers back to a meeting that was named before."""
    is_indefinite: bool = False
    """Whether it is “a” meeting, and so a new one."""
    is_weak: bool = False
    """Whether its noun says so little that the sentence has to say that it takes place."""


def norm(text: str) -> list[str]:
    """The words of a name as they are compared: small, without hyphens or doubling."""
    found: list[str] = []
    for word in re.findall(r"[^\W_]+", text.casefold().replace("'", "").replace("’", "")):
        if not found or found[-1] != word:
            found.append(word)
    return found


@dataclass(frozen=True)
class SeriesNames:
    """The names and acronyms of the known series, in all their languages."""

    names: dict[tuple[str, ...], str] = field(default_factory=dict)

    @classmethod
    def of(cls, series: Iterable[Series]) -> "SeriesNames":
        """The names of these series."""
        names: dict[tuple[str, ...], str] = {}
        for one in series:
            for name in (one.short, *one.name.values()):
                names[tuple(norm(name))] = one.slug
                names[tuple(norm(name.replace("Plus", "+").replace("+", " plus")))] = one.slug
        return cls(names)

    def words_of(self, slug: str | None) -> frozenset[str]:
        """All words of the names of a series."""
        names = (name for name, one in self.names.items() if one == slug)
        return frozenset(word for name in names for word in name)

    @cached_property
    def longest(self) -> int:
        """Words in the longest name."""
        return max((len(name) for name in self.names), default=0)


def titled(sentence: Sentence, first: int, last: int) -> Mention:
    """A meeting whose title is what stands between two tokens, whatever it says."""
    title = sentence.words(first, last)
    return Mention(first, last, title, title.casefold(), frozenset(norm(title)), is_named=True)


class Names(Nouns):
    """Finds the names of a sentence."""

    def __init__(
        self,
        sentence: Sentence,
        words: Vocabulary,
        series: SeriesNames,
        acronyms: dict[str, Mention],
    ) -> None:
        super().__init__(sentence, words)
        self.series, self.acronyms = series, acronyms

    # — known names —

    def _series(self, place: int) -> Mention | None:
        start = place
        ordinal, name_at = self._ordinal_before(place)
        token = self._token(name_at)
        if token is None or not token.is_name or self._is_inside_a_name(start):
            return None
        flat = self._flat(name_at)
        for size in range(min(self.series.longest, len(flat)), 0, -1):
            slug = self.series.names.get(tuple(word for word, _ in flat[:size]))
            if slug is None:
                continue
            last = flat[size - 1][1] + 1
            rest = [word for word, at in flat[size:] if at == last - 1]
            if rest:
                if not (len(rest) == 1 and rest[0].isdigit()):
                    continue
                ordinal = ordinal or int(rest[0])
            if self._names_more(last):
                if not self.language.head_first:
                    return None
                end = self._chained(self._name_end(last))
                return self._finished(start, name_at, end, None, ordinal, named=True)
            return self._finished(start, name_at, last, slug, ordinal, named=True)
        return None

    def _is_inside_a_name(self, place: int) -> bool:
        """“Retreat ADMM” and “Lokakarya ADSOM” are meetings of their own."""
        before = self._token(place - 1)
        if before is None or not before.is_name or not self.language.head_first:
            return False
        one = self.language
        # the first word of a sentence is written like a name
        is_opening = (
            place == 1 and before.fold in one.stops | one.oblique | one.openings | one.small
        )
        return not is_opening and before.end + 1 == self.tokens[place].start

    def _names_more(self, at: int) -> bool:
        """“ADMM-Plus Experts’ Working Group” is a meeting of its own."""
        token = self._token(at)
        return (
            token is not None
            and token.is_name
            and token.fold not in self.words.months
            and token.fold not in self.words.weekdays
            and _roman(token.text) is None
        )

    def _flat(self, place: int) -> list[tuple[str, int]]:
        """The words from a token on as names are compared, each with its token."""
        flat: list[tuple[str, int]] = []
        for at in range(place, min(place + LONGEST, len(self.tokens))):
            token = self.tokens[at]
            if token.text == "+" and at and self.tokens[at - 1].end == token.start:
                flat.append(("plus", at))
            elif token.kind == "dash" and at and self.tokens[at - 1].end == token.start:
                continue
            elif token.kind in ("word", "number"):
                for word in norm(token.text):
                    if word == "para":
                        continue
                    if not flat or flat[-1][0] != word:
                        flat.append((word, at))
            elif token.text not in ("'", "’"):
                break
        return flat

    def _acronym(self, place: int) -> Mention | None:
        """An acronym that was introduced, or one with its year or number: “SUKMA 2026”."""
        token = self._token(place)
        if token is None or token.kind != "word" or len(token.text) < 3:
            return None
        name, _, number = token.text.partition("-")
        if not (name.isupper() and name.isalpha()) or _roman(name) is not None:
            return None
        known = self.acronyms.get(name) or self.acronyms.get(token.text)
        following = self._token(place + 1)
        numbered = following is not None and (
            self._year_at(place + 1) is not None
            or following.kind == "ordinal"
            or (len(following.text) > 1 and _roman(following.text) is not None)
        )
        if known is None and not numbered:
            return None
        ordinal = int(number) if number.isdigit() and len(number) < 4 else None
        found = self._finished(
            place, place, place + 1, known.series if known else None, ordinal, named=True
        )
        return replace(
            found,
            acronym=name,
            head=known.head if known else name.casefold(),
            words=found.words | (known.words if known else frozenset()),
        )

    def _match(self, place: int) -> Mention | None:
        """“Garuda Medan vs Petir Jakarta”."""
        middle = self._sides_end(place)
        size = self.words.versus.at(self.tokens, middle) if middle > place else 0
        last = self._sides_end(middle + size) if size else 0
        if last <= middle + size or not size or self._is_inside_a_name(place):
            return None
        return replace(titled(self.sentence, place, last), head=self.tokens[middle].fold)

    def _sides_end(self, at: int) -> int:
        last = at
        while last < len(self.tokens) and last - at < 4 and self._is_noun(last):
            if not (self.tokens[last].is_name or self.tokens[last].kind == "number"):
                break
            last += 1
        return last

    # — what goes with a name —

    def _finished(
        self,
        start: int,
        name_at: int,
        last: int,
        series: str | None,
        ordinal: int | None,
        *,
        named: bool,
        head: str | None = None,
    ) -> Mention:
        """With the acronym in brackets, the edition and the year behind the name."""
        year = acronym = None
        while last < len(self.tokens):
            token = self.tokens[last]
            inner = self._token(last + 1)
            if token.text == "(" and inner and (closing := self._short_name_end(last + 1)):
                inside = self.tokens[last + 1 : closing]
                # “(ADMM Retreat)” is no short name of ADMM
                is_whole = any(one.kind == "word" and not _is_short(one.text) for one in inside)
                acronym = " ".join(one.text for one in inside if is_whole or _is_short(one.text))
                last = closing + 1
                if self.language.head_first and named:
                    # “Pilihan Raya Kecil (PRK) Sungai Temiang”
                    while self._name_at(last):
                        last += 1
                name, _, number = acronym.partition("-")
                if number.isdigit():
                    ordinal, acronym = ordinal or int(number), name
                series = series or self.series.names.get(tuple(norm(acronym)))
            elif (
                (last > start and (quoted := self._quoted(last)))
                or (
                    last > start
                    and token.fold in self.language.inside
                    and last + 1 < len(self.tokens)
                    and (quoted := self._quoted(last + 1))
                )
                or (named and token.text == "," and (quoted := self._quoted(last + 1)))
            ):
                last = quoted
            elif token.kind == "ordinal" and token.fold.startswith("ke-"):
                ordinal, last = ordinal or _number(token.numeral), last + 1
            elif (
                named
                and token.text.isupper()
                and (value := _roman(token.text))
                and (len(token.text) > 1 or token.text in "VX")
            ):
                ordinal, last = ordinal or value, last + 1
            elif (
                token.fold in self.language.ordinals
                and self.language.head_first
                and (self.language.ordinals[token.fold] > 0)
            ):
                ordinal, last = ordinal or self.language.ordinals[token.fold], last + 1
            elif year is None and (value := self._year_at(last)):
                before = self.tokens[last - 1]
                is_part = named or before.is_name or before.text == ")"
                if before.fold in self.words.months or not is_part:
                    break
                year, last = value, last + 1
            else:
                break
        ordinal = ordinal or self._ordinal_inside(start, last)
        title = self.sentence.words(start, last)
        content = [
            word
            for word in norm(title)
            if word not in self.language.small
            and word not in self.language.inside
            and not word.isdigit()
        ]
        if not named and series is None and last - start < 4:
            # “a rally outside the ferry terminal” says more than “a rally”
            title = self.sentence.words(start, self._described_end(last))
        return Mention(
            first=start,
            last=last,
            is_indefinite=self._is_one_of(start - 1, self.language.an) or self._is_next(last),
            title=title,
            head=head or (series or title.casefold()),
            words=frozenset(content) | self.series.words_of(series),
            series=series,
            ordinal=ordinal,
            year=year,
            acronym=acronym,
            is_named=named,
        )

    def _is_next(self, last: int) -> bool:
        """“mesyuarat jawatankuasa yang seterusnya”"""
        behind = last + self._is_one_of(last, self.language.relative)
        return self.language.head_first and bool(self.words.next_one.at(self.tokens, behind))

    def _ordinal_before(self, place: int) -> tuple[int | None, int]:
        token = self._token(place)
        if token is None or self.language.head_first:
            return None, place
        if token.kind == "ordinal":
            return _number(token.numeral), place + 1
        value = self.language.ordinals.get(token.fold)
        if value is not None and value > 0:
            return value, place + 1
        return None, place

    def _ordinal_inside(self, first: int, last: int) -> int | None:
        for at in range(first, last):
            token = self.tokens[at]
            if token.kind == "ordinal":
                return _number(token.numeral)
            value = self.language.ordinals.get(token.fold)
            if value is not None and value > 0 and at - first < 6:
                return value
            if (
                at > first
                and token.text.isupper()
                and (roman := _roman(token.text))
                and (len(token.text) > 1)
            ):
                return roman
        return None


def _is_short(text: str) -> bool:
    return sum(map(str.isupper, text)) >= 2


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else _roman(text.upper())


def _roman(text: str) -> int | None:
    """The value of a Roman numeral up to 49."""
    found = _ROMAN.fullmatch(text)
    if not found or not text:
        return None
    ones = {
        "": 0,
        "I": 1,
        "II": 2,
        "III": 3,
        "IV": 4,
        "V": 5,
        "VI": 6,
        "VII": 7,
        "VIII": 8,
        "IX": 9,
    }
    return len(found[1]) * 10 + ones[found[2]]
