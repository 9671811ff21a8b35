"""Words → which meeting: the names and descriptions of meetings in a sentence.

A meeting is known by the name or acronym of its series, by a name of its own (“Sukan Malaysia
XXII”), or by a description (“a regional workshop on flood control”); “mesyuarat itu” refers back.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from calendar_svc.articles.names import Mention, Names, SeriesNames, norm
from calendar_svc.articles.nouns import LONGEST
from calendar_svc.articles.tokens import Sentence, folded
from calendar_svc.articles.vocabulary import Vocabulary

_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th)|ke-\w+")


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


class _Finder(Names):
    """Finds the meetings of a sentence."""

    def at(self, place: int) -> Mention | None:
        """The meeting whose name begins at a token."""
        return (
            self._series(place)
            or self._acronym(place)
            or self._match(place)
            or (self._head_first(place) if self.language.head_first else self._head_last(place))
        )

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
        """Whether a small noun stands there that is neither a meeting nor a time, and no verb."""
        one = self.language
        others = one.dates | one.behind | one.past | one.parts_of_day.keys()
        return (
            self._is_small_noun(at)
            and not self.words.heads.at(self.tokens, at)
            and not self._is_one_of(at, others)
            and not self.tokens[at].fold.endswith(tuple(one.past_endings))
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


def titles(mentions: Sequence[Mention]) -> Iterator[str]:
    """The titles of mentions, the fullest first."""
    yield from (
        one.title
        for one in sorted(mentions, key=lambda one: (one.is_named, len(one.words)), reverse=True)
    )
