"""Words → which meeting: the names and descriptions of meetings in a sentence.

A meeting is known by the name or acronym of its series, by a name of its own (“Sukan Malaysia
XXII”), or by a description (“a regional workshop on flood control”); “mesyuarat itu” refers back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from calendar_svc.articles.nouns import LONGEST, Nouns
from calendar_svc.articles.tokens import Sentence, folded
from calendar_svc.articles.vocabulary import Vocabulary
from calendar_svc.domain.series import Series

_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th)|ke-\w+")
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


def find(
    sentence: Sentence, words: Vocabulary, series: SeriesNames, acronyms: dict[str, Mention]
) -> list[Mention]:
    """The meetings of a sentence, in order. `acronyms` are those that were introduced before; new
    ones are added."""
    finder = _Finder(sentence, words, series, acronyms)
    found: list[Mention] = []
    place = 0
    while place < len(sentence.tokens):
        mention = finder.at(place)
        if mention is None:
            place += 1
            continue
        if found and mention.first < found[-1].last:
            mention = replace(mention, first=found[-1].last)
        if mention.first < mention.last:
            found.append(mention)
        place = max(mention.last, place + 1)
        if mention.acronym and mention.is_named:
            acronyms.setdefault(mention.acronym, mention)
    return found


def titled(sentence: Sentence, first: int, last: int) -> Mention:
    """A meeting whose title is what stands between two tokens, whatever it says."""
    title = sentence.words(first, last)
    return Mention(first, last, title, title.casefold(), frozenset(norm(title)), is_named=True)


def renumbered(one: Mention, other: Mention, words: Vocabulary) -> Mention:
    """The edition that another mention names by its number alone, with the name of this one."""

    def is_number(word: str) -> bool:
        fold = word.casefold()
        return fold in words.words.ordinals or bool(_ORDINAL.fullmatch(fold))

    parts = one.title.split()
    number = next(filter(is_number, other.title.split()), None)
    for at, part in enumerate(parts):
        if number and is_number(part):
            title = " ".join([*parts[:at], number, *parts[at + 1 :]])
            return replace(one, title=title, ordinal=other.ordinal, year=None)
    return other


class _Finder(Nouns):
    """Finds the meetings of a sentence."""

    def __init__(
        self,
        sentence: Sentence,
        words: Vocabulary,
        series: SeriesNames,
        acronyms: dict[str, Mention],
    ) -> None:
        super().__init__(sentence, words)
        self.series, self.acronyms = series, acronyms

    def at(self, place: int) -> Mention | None:
        """The meeting whose name begins at a token."""
        return (
            self._series(place)
            or self._acronym(place)
            or self._match(place)
            or (self._head_first(place) if self.language.head_first else self._head_last(place))
        )

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

    # — names and descriptions —

    def _head_first(self, place: int) -> Mention | None:
        size = self.words.heads.at(self.tokens, place)
        if not size or (self.tokens[place].is_name and self._is_inside_a_name(place)):
            return None
        if (
            size == 1
            and self.tokens[place].fold in {*self.language.units, *self.language.named_only}
            and not (self.tokens[place].is_name and self._name_at(place + 1))
        ):
            # “dua hari” and “minggu pertama” are none, “Hari Belia” is
            return None
        if place > 1 and self._is_count(place - 2):
            # “36 hari persidangan”
            return None
        head = folded(self.tokens[place : place + size])
        for suffix in self.language.suffixes:
            if head not in self.language.heads:
                head = head.removesuffix(suffix)
        after = place + size
        if head in self.language.common and self._is_one_of(place - 1, self.language.at):
            # “di peringkat kementerian”
            return None
        if self._is_one_of(after, self.language.the):
            return Mention(place, after + 1, head, head, frozenset(norm(head)), refers=True)
        last = self._name_end(after)
        if self.tokens[place].is_name and last > after and self.tokens[last - 1].is_name:
            last = self._chained(last)
            return self._finished(place, place, last, None, None, named=True, head=head)
        last = self._chained(self._nouns_end(after))
        is_weak = head in self.language.common
        if last == after and size == 1 and not self._quoted(after):
            return Mention(
                place,
                after,
                self.sentence.words(place, self._described_end(after)),
                head,
                frozenset(norm(head)),
                is_bare=True,
                refers=True,
                is_weak=is_weak,
            )
        refers = last - after < 3 and self._is_one_of(last, self.language.the)
        return replace(
            self._finished(place, place, last, None, None, named=False, head=head),
            refers=refers,
            is_weak=is_weak,
        )

    def _head_last(self, place: int) -> Mention | None:
        token = self.tokens[place]
        may_be_name = (
            token.is_name or token.kind == "ordinal" or token.fold in self.language.ordinals
        ) and token.fold not in self.language.the
        return (self._capitalised(place) if may_be_name else None) or self._described(place)

    def _capitalised(self, place: int) -> Mention | None:
        """A run of capitalised words with a head noun in it."""
        start = place
        opening = self._token(start)
        if (
            opening is None
            or opening.fold in self.words.months
            or (opening.fold in self.words.weekdays)
        ):
            return None
        last, head, head_end = start, None, start
        at = start
        while at < min(start + LONGEST, len(self.tokens)):
            token = self.tokens[at]
            if (
                token.is_name
                and (token.fold in self.words.months or token.fold in self.words.weekdays)
                and at > start
            ):
                break
            size = self.words.heads.at(self.tokens, at)
            if size and all(one.is_name for one in self.tokens[at : at + size]):
                head = folded(self.tokens[at : at + size])
                at += size
                head_end = at
                last = at
                continue
            if (
                token.is_name
                or token.kind == "ordinal"
                or (at == start and token.fold in self.language.ordinals)
            ):
                at += 1
                last = at
                continue
            if head is not None and token.fold in self.language.and_ | self.language.chains:
                break
            if token.kind == "dash" and self._is_hyphen(at):
                at += 1
                continue
            is_in = head is None and last > start and token.fold in self.language.at
            if token.text in ("'", "’", "&") or token.fold in self.language.inside or is_in:
                following = self._token(at + 1)
                if following and (
                    following.is_name
                    or (following.fold in self.language.inside and self._name_at(at + 2))
                ):
                    at += 1
                    continue
            is_number = token.kind == "number" and self._year_at(at) is None
            if is_number and last == at and len(token.text) <= 4 and head is None:
                at += 1
                continue
            break
        if (
            head is None
            or last - start < 2
            or any(one.fold in self.language.venues for one in self.tokens[head_end:last])
        ):
            # “Borneo Convention Centre Kuching”
            return None
        if head in self.language.common and self._is_one_of(start - 1, self.language.at):
            # “at Mahkota Camp”
            return None
        last = self._chained(last)
        return self._finished(start, start, last, None, None, named=True, head=head)

    def _head_at(self, place: int) -> int:
        """How many tokens are a noun for a meeting: not a month, a verb, or a part of the name of a
        place."""
        size = self.words.heads.at(self.tokens, place)
        if not size:
            return 0
        token, before = self.tokens[place], self._token(place - 1)
        if token.is_name and (token.fold in self.words.months or self._names_a_venue(place + size)):
            return 0
        if before is not None and before.fold in self.language.before_verb:
            # “will run”, “to vote”
            return 0
        if token.fold.endswith(tuple(self.language.verb_endings)) and not token.is_name:
            following = self._token(place + size)
            if (
                before is not None
                and before.fold in self.language.before_gerund
                and following is not None
                and (
                    following.is_name
                    or following.fold in self.language.articles | self.language.people
                )
            ):
                # “after opening the fair”, “while briefing reporters”
                return 0
        if token.is_name and folded(self.tokens[place : place + size]) in self.language.common:
            start = place
            while self._name_at(start - 1):
                start -= 1
            lead = start - 1 - self._is_one_of(start - 1, self.language.articles)
            if self._is_one_of(lead, self.language.at):
                # “at Morecambe Town Hall”
                return 0
        if size == 1 and token.fold in self.language.common and not token.is_name:
            following = self._token(place + 1)
            if (
                following
                and following.is_name
                and following.fold not in self.words.months | (self.words.weekdays)
            ):
                # “the sitting MP”
                return 0
        is_verb = size == 1 and self._is_cue(token) and not token.is_name
        behind = self.language.at | self.language.on | self.language.stops
        is_behind_name = (
            before is not None and before.is_name and self._is_one_of(place + 1, behind)
        )
        if is_verb and (is_behind_name or self.words.heads.at(self.tokens, place - 1)):
            # “the Games open on 23 July”, “the Games in Nagoya run from …”
            return 0
        if size == 1 and token.fold in self.language.adjectives and self._is_plain_noun(place + 1):
            # “final squad lists”
            return 0
        if size == 1 and token.fold in self.language.named_only:
            # “an evening of Swahili poetry”
            is_of = self._is_one_of(place + 1, self.language.of) and self._is_one_of(
                place - 1, self.language.an
            )
            is_part = token.is_name and before is not None and before.is_name
            return size if is_part or is_of else 0
        if size == 1 and token.fold in self.language.units and not token.is_name:
            # “two days” and “the second day” are none, “a family day” is
            named = before is not None and self._describes(place - 1)
            if not named or before is None or before.fold in self.language.ordinals:
                return 0
            if self.words.next.before(self.tokens, place) or self.words.last.before(
                self.tokens, place
            ):
                # “to Jakarta next week”
                return 0
        return size

    def _is_plain_noun(self, at: int) -> bool:
        token = self._token(at)
        return (
            token is not None
            and token.kind == "word"
            and not token.is_name
            and self._is_noun(at)
            and not self.words.heads.at(self.tokens, at)
            and not self._is_one_of(at, self.language.dates)
            and not self._is_one_of(at, self.language.behind)
            and not self._is_one_of(at, self.language.past)
            and not token.fold.endswith(tuple(self.language.past_endings))
            and not self._is_one_of(at, self.language.parts_of_day)
        )

    def _names_a_venue(self, at: int) -> bool:
        while self._name_at(at):
            if self.tokens[at].fold in self.language.venues:
                return True
            at += 1
        return False

    def _head_behind(self, at: int) -> int:
        """Past nouns up to another head: “final planning conference”; 0 if there is none."""
        for place in range(at, min(at + 3, len(self.tokens))):
            if place > at and self._head_at(place):
                return place
            if not self._is_noun(place):
                return 0
        return 0

    def _described(self, place: int) -> Mention | None:
        """“a regional workshop on flood control”; “the meeting” only refers back."""
        first = place
        size = self._head_at(place)
        if not size or self._head_behind(place + size):
            return None
        following = self._token(place + size)
        if (
            following is not None
            and not following.is_name
            and (following.fold in self.language.venues | self.language.never)
        ):
            # “the conference website”
            return None
        after = place + size
        while more := self._head_at(after):
            # “training camp”, “rate review”
            place, size, after = after, more, after + more
        begin = place
        head = folded(self.tokens[place : place + size])
        start = first
        while start > 0 and first - start < 6 and self._describes(start - 1):
            start -= 1
        while start < first and (
            self.tokens[start].kind == "mark"
            or self.tokens[start].fold.removesuffix("'s") in self.language.units
        ):
            # “this year's festival”
            start += 1
        size_ = self._token(start - 1)
        if size_ is not None and size_.kind == "number" and size_.end == self.tokens[start].start:
            # “the 100m final”
            start -= 1
        determiner = self._token(start - 1)
        definite = determiner is not None and determiner.fold in self.language.the
        is_next = any(self.words.next.at(self.tokens, at) for at in range(start, begin))
        if name := self._name_behind(
            self._chained(after), self._is_one_of(start - 1, self.language.an)
        ):
            return replace(self._finished(*name, None, None, named=True, head=head), last=name[2])
        if (named := self._apposed(start)) is not None:
            return self._finished(named, named, start - 2, None, None, named=True, head=head)
        last = self._chained(after)
        is_weak = head in self.language.common
        if last == after and start == begin and not self._quoted(after):
            return Mention(
                start,
                after,
                self.sentence.words(start, self._described_end(after)),
                head,
                frozenset(norm(head)),
                refers=definite and not is_next,
                is_bare=not definite,
                is_weak=is_weak or not definite,
            )
        return replace(
            self._finished(start, start, last, None, None, named=False, head=head),
            refers=definite and last == after and not is_next,
            is_weak=is_weak,
        )

    def _name_behind(self, at: int, is_new: bool) -> tuple[int, int, int] | None:
        """The name that is told behind a description: “a naval exercise, Coral Watch, would start”,
        “the drills, known as Coral Watch”; where it begins, twice, and ends. Without a word for
        naming it is told only of what is new."""
        first = at + (self._text(at) == ",")
        if naming := self.words.named_as.at(self.tokens, first):
            first += naming
        elif not is_new or first == at:
            return None
        if last := self._quoted(first):
            return first + 1, first + 1, last - 1
        last = first
        while self._name_at(last) or (
            last > first
            and (
                self._is_one_of(last, self.language.inside)
                or (naming and self.tokens[last].kind == "number")
            )
        ):
            last += 1
        is_name = 2 <= last - first <= 8 and (bool(naming) or self._text(last) == ",")
        return (first, first, last) if is_name else None

    def _apposed(self, start: int) -> int | None:
        """Where the name begins of which a description is told: “Words on the Plains, a one-day
        festival”."""
        if not (self._is_one_of(start - 1, self.language.an) and self._text(start - 2) == ","):
            return None
        first = start - 2
        while first > 0 and (
            self.tokens[first - 1].is_name or self.tokens[first - 1].fold in self.language.inside
        ):
            first -= 1
        first -= first > 0 and self.tokens[first - 1].kind == "ordinal"
        while first < start - 2 and not (
            self.tokens[first].is_name or self.tokens[first].kind == "ordinal"
        ):
            first += 1
        is_opening = first == 0 or self.tokens[first - 1].fold in self.language.the
        return first if start - 2 - first >= 2 and is_opening else None

    def _describes(self, at: int) -> bool:
        token = self.tokens[at]
        if token.text in ("'", "’"):
            return at > 0 and self.tokens[at - 1].end == token.start
        return (
            token.kind in ("word", "ordinal")
            and token.fold not in self.language.stops
            and token.fold not in self.language.small
            and token.fold not in self.language.the
            and token.fold not in self.language.numbers
            and token.fold not in self.language.transitive
            and token.fold not in self.language.at
            and token.fold not in self.words.months
            and token.fold not in self.words.weekdays
            and not self._is_cue(token)
        )

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


def titles(mentions: Sequence[Mention]) -> Iterator[str]:
    """The titles of mentions, the fullest first."""
    yield from (
        one.title
        for one in sorted(mentions, key=lambda one: (one.is_named, len(one.words)), reverse=True)
    )
