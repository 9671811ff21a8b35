"""An article → what it says of each meeting: which one, when, where, how it stands, in which words.

Sentence by sentence, dates and meetings are found and tied together; what is said of one meeting
in several places is brought together at the end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from calendar_svc.articles import dates, mentions, resolving
from calendar_svc.articles.languages import codes, language
from calendar_svc.articles.mentions import Mention, SeriesNames, norm
from calendar_svc.articles.reading import Reading
from calendar_svc.articles.tokens import Phrases, Sentence, Token, sentences
from calendar_svc.articles.told import Told
from calendar_svc.articles.vocabulary import Vocabulary, vocabulary
from calendar_svc.domain import when as whens
from calendar_svc.domain.claim import ClaimStatus, Relation, relate_when
from calendar_svc.domain.series import Series
from calendar_svc.domain.when import Precision, When
from calendar_svc.words.dates import zone_of

NEAR = 60
"""How many meetings back a name is looked for, and how many names and dates of one sentence count:
more are in no article, and the cost must not grow with them."""
HISTORY = timedelta(days=150)
"""What was longer ago than this is background, not news."""
RECENT = timedelta(days=14)
"""Within it, what is told as background may still be what the news is about."""
_DATELINE = re.compile(
    r"\s*(?:date \S{8,10} )?(?:"
    r"[A-Z][A-Z .'’-]{2,30}(?:, ?[^:–—\n]{2,30}?)?"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?:, ?[A-Z][A-Za-z ]{2,20})?"
    r"(?:, ?(?:\d{1,2} )?[A-Z][a-z]{2,8}\.?(?: \d{1,2})?)?"
    r")\s*(?:\([^)\n]{2,30}\))?\s*(?::| ?[–—] ?|--| - )\s*"
)
"""Where and when an article was written, at its beginning: “KUALA LUMPUR:”, “Geneva, 3 May –”."""


def read(
    text: str,
    *,
    published: date,
    lang: str | None,
    series: Sequence[Series],
    timezone: str,
) -> list[Reading]:
    """What an article of that day says of each meeting, in the order in which they are named.

    `lang` None: told by its words. A clock time without a zone is in `timezone`. Takes time in
    proportion to the text's length.
    """
    code = lang if lang in codes() else guess_language(text)
    reader = _Reader(vocabulary(code), SeriesNames.of(series), published, timezone)
    short = {name for name in vocabulary(code).months if len(name) <= 4}
    for sentence in sentences(text, language(code).abbreviations | short):
        reader.take(sentence)
    return reader.readings()


def guess_language(text: str) -> str:
    """The language whose frequent words a text has most of."""
    found = re.findall(r"[^\W\d_]+", text[:20_000].casefold())
    counts = {code: sum(word in language(code).telling for word in found) for code in codes()}
    return max(counts, key=lambda code: (counts[code], code))


@dataclass
class _Meeting:
    """What is gathered of one meeting."""

    mentions: list[Mention]
    first_seen: int
    said: list["_Said"] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    @property
    def series(self) -> str | None:
        return next((one.series for one in self.mentions if one.series), None)

    @property
    def ordinal(self) -> int | None:
        return next((one.ordinal for one in self.mentions if one.ordinal), None)

    @property
    def is_named(self) -> bool:
        return any(one.is_named for one in self.mentions)

    @property
    def last_dated(self) -> "_Said | None":
        """What was last said of its date."""
        return next((one for one in reversed(self.said) if one.when is not None), None)

    @property
    def only_day(self) -> date | None:
        """The day it was last said to be on, if that was one day and it didn't move."""
        said = self.last_dated
        if said is None or said.when is None or said.when.days > 1 or said.was is not None:
            return None
        return said.when.first_day

    def go_on_until(self, last: date) -> bool:
        """Let the day it was last said to be on be its first; False if that is no such day."""
        first, said = self.only_day, self.last_dated
        if first is None or said is None or not timedelta(0) < last - first < HISTORY:
            return False
        span = When.lasting(whens.day(first), whens.day(last))
        self.said[self.said.index(said)] = replace(said, when=span)
        return True


@dataclass(frozen=True)
class _Said:
    """What one sentence says of a meeting."""

    when: When | None
    status: ClaimStatus
    sentence: Sentence
    was: When | None = None
    is_sure: bool = True
    """Whether the date stands with the name, and not only near it."""


@dataclass(frozen=True)
class _Dated:
    told: Told
    when: When
    is_old: bool


class _Reader:
    """Goes through the sentences of a text and gathers the meetings."""

    def __init__(
        self, words: Vocabulary, series: SeriesNames, published: date, timezone: str
    ) -> None:
        self.words, self.series = words, series
        self.published, self.timezone = published, timezone
        self.acronyms: dict[str, Mention] = {}
        self.meetings: list[_Meeting] = []
        self.topic: _Meeting | None = None
        self.count = 0
        self.asides: list[tuple[int, int]] = []
        """The relative clauses of the sentence that is being read."""

    # — one sentence —

    def take(self, sentence: Sentence) -> None:
        """Gather what a sentence says."""
        self.count += 1
        sentence = self._without_dateline(sentence)
        tokens = sentence.tokens
        if not tokens:
            return
        found = mentions.find(sentence, self.words, self.series, self.acronyms)[:NEAR]
        told = dates.find(tokens, self.words.words.code)[:NEAR]
        # “the first week” of a month is no meeting
        found = [
            one
            for one in found
            if one.head not in self.words.words.units
            or not any(_overlap(each, one) for each in told)
        ]
        told = [
            one
            for one in told
            if not any(_overlap(one, each) for each in found) and not self._is_duration(tokens, one)
        ]
        cues = self._cues(tokens)
        self.asides = self._asides(tokens, cues)
        told = [part for one in told for part in self._parted(tokens, one, cues)]
        dated: list[_Dated] = []
        for place, each in enumerate(told):
            counted = self._counted_on(each, dated)
            one = self._dated(tokens, counted, cues, told[place - 1].last if place else 0)
            if one is not None:
                dated.append(one)
        meetings = [self._meeting(one) for one in found]
        self._tie(sentence, found, meetings, dated, cues)
        named = [one for one in meetings if one is not None]
        if named:
            self.topic = next((one for one in named if one.said), named[0])

    def _without_dateline(self, sentence: Sentence) -> Sentence:
        if self.count != 1:
            return sentence
        dateline = _DATELINE.match(sentence.text[:120])
        if dateline is None:
            return sentence
        if sentence.tokens and sentence.tokens[0].fold in self.words.weekdays:
            # a line of a diary: “Monday, March 16: …”
            return sentence
        begin = sentence.start + dateline.end()
        city = re.split(r"[,(:–—-]", dateline[0].strip())[0].strip()
        self.timezone = zone_of(city, self.words.words.code) or self.timezone
        return replace(sentence, tokens=tuple(one for one in sentence.tokens if one.start >= begin))

    def _counted_on(self, told: Told, before: Sequence[_Dated]) -> Told:
        """“A week later” counts from the date before it, of this sentence or of its topic; “the
        21st” is in that date's month."""
        is_day_alone = told.start is not None and told.start.month is None
        if not is_day_alone and (not told.after or told.away is None):
            return told
        said = self.topic.last_dated if self.topic else None
        anchor = before[-1].when if before else said.when if said else None
        if told.start is not None:
            month = anchor.first_day if anchor else self.published
            day = told.start.day or 1
            if day < month.day:
                month = month.replace(day=1) + timedelta(days=31)
            return replace(told, start=replace(told.start, year=month.year, month=month.month))
        if anchor is None or told.away is None:
            return told
        from_day = anchor.last_day if told.away > 0 else anchor.first_day
        return replace(told, away=(from_day - self.published).days + told.away)

    def _parted(
        self, tokens: Sequence[Token], told: Told, cues: Sequence[tuple[int, str]]
    ) -> list[Told]:
        """“Moved from 23 June to 1 July” are two dates and no span."""
        if told.start is None or told.end is None or not self.words.old.before(tokens, told.first):
            return [told]
        begin = max(told.first - 6, 0)
        if not any(
            kind in ("moved", "postponed") and at >= begin and at < told.first for at, kind in cues
        ):
            return [told]
        join = next(
            (at for at in range(told.first, told.last) if self.words.new.at(tokens, at)),
            told.last - 1,
        )
        return [
            replace(told, last=join, end=None),
            replace(told, first=join + 1, start=told.end, end=None),
        ]

    def _is_duration(self, tokens: Sequence[Token], told: Told) -> bool:
        return told.is_year_alone and bool(self.words.durations.before(tokens, told.first))

    def _cues(self, tokens: Sequence[Token]) -> list[tuple[int, str]]:
        """Where the sentence says how something stands."""
        found: list[tuple[int, str]] = []
        free_from, planned_at = 0, -10
        for place in range(len(tokens)):
            sizes = {kind: phrases.at(tokens, place) for kind, phrases in self.words.cues.items()}
            longest = max(sizes.values())
            if longest == 0 or place < free_from:
                continue
            free_from = place + longest
            lead = tokens[max(place - 3, 0) : place]
            is_denied = any(one.fold in self.words.words.not_ for one in lead)
            for kind, size in sizes.items():
                if size < longest:
                    continue
                if is_denied and kind in ("cancelled", "postponed", "moved"):
                    # “will not be cancelled”
                    continue
                if kind == "scheduled":
                    planned_at = free_from
                elif kind in ("held", "neutral") and place - planned_at <= 3:
                    # “will be held”, “akan terus berlangsung”
                    continue
                found.append((place, kind))
        return found

    def _dated(
        self, tokens: Sequence[Token], told: Told, cues: Sequence[tuple[int, str]], begin: int
    ) -> _Dated | None:
        """A date of the sentence as a When; None for background. `begin` is where the date before
        it ends."""
        background = [place for place, kind in cues if kind == "background"]
        is_background = any(0 <= told.first - place <= 6 for place in background)
        ahead = _looks_ahead(told.first, cues)
        if is_since := self.words.since.before(tokens, told.first) > 0:
            ahead = False
        when = resolving.resolve(told, self.published, ahead=ahead, zone=self.timezone)
        if when is None or when.last_day < self.published - HISTORY:
            return None
        if (
            is_background
            and not is_since
            and (when.last_day < self.published - RECENT or when.days > 31)
        ):
            return None
        if told.is_year_alone and (ahead is not True or when.first_day.year < self.published.year):
            return None
        changes = any(kind in ("moved", "postponed") for _, kind in cues)
        if self._is_of_saying(tokens, told, when):
            return None
        is_old = self._stands_old(
            tokens, told, begin, self.words.old if changes else self.words.formerly
        )
        return _Dated(told, when, is_old)

    def _stands_old(self, tokens: Sequence[Token], told: Told, begin: int, old: Phrases) -> bool:
        """Whether a date is the one that no longer holds: “from …”, “originally … on …”. The
        nearest word that says so or otherwise decides, back to where the date before it ends."""
        for place in range(told.first, max(told.first - 7, begin, 0), -1):
            if old.before(tokens, place):
                return True
            if self.words.new.before(tokens, place):
                return False
        return False

    def _is_of_saying(self, tokens: Sequence[Token], told: Told, when: When) -> bool:
        """Whether a date is that of a word that was said: “said on Tuesday”."""
        if not self.published - timedelta(days=8) <= when.first_day <= self.published:
            return False
        before = tokens[max(told.first - 5, 0) : told.first]
        return any(token.fold in self.words.words.reporting for token in before)

    # — tying dates and meetings together —

    def _tie(
        self,
        sentence: Sentence,
        found: Sequence[Mention],
        meetings: Sequence[_Meeting | None],
        dated: Sequence[_Dated],
        cues: Sequence[tuple[int, str]],
    ) -> None:
        new = self._ends_joined(sentence, found, [one for one in dated if not one.is_old])
        old = [one for one in dated if one.is_old]
        together = self._one_each(sentence, found, new)
        for place, one in enumerate(new):
            target = together[place] if together else None
            if target is not None:
                if (meeting := meetings[target]) is not None:
                    self._say(sentence, meeting, one, old, cues, True)
                continue
            meeting, target = self._owner(sentence, found, meetings, one, cues)
            if meeting is None:
                continue
            is_sure = target is not None
            self._say(sentence, meeting, one, old, cues, is_sure)
            for other in self._with(sentence, found, target if is_sure and target != -1 else None):
                if (joined := meetings[other]) and joined is not meeting:
                    self._say(sentence, joined, one, old, cues, True)
        if not new and old:
            meeting, target = self._owner(sentence, found, meetings, old[0], cues)
            if meeting is not None:
                self._say(sentence, meeting, old[0], (), cues, target is not None)
        if not dated:
            if any(kind != "background" for _, kind in cues):
                self._say_length(sentence, meetings)
            self._say_undated(sentence, found, meetings, cues)
        self._take_places(sentence, found, meetings)

    def _owner(
        self,
        sentence: Sentence,
        found: Sequence[Mention],
        meetings: Sequence[_Meeting | None],
        one: _Dated,
        cues: Sequence[tuple[int, str]],
    ) -> tuple[_Meeting | None, int | None]:
        """The meeting that a date belongs to, and its place among those found: −1 for one known by
        the grammar alone, None for the one that the text goes on about."""
        target = self._target(sentence, found, one)
        begin, _ = self._clause(sentence, one.told.first)
        is_own = target is not None and begin <= found[target].first < one.told.first
        if gapped := self._gapped(sentence, found, one):
            return self._meeting(gapped), -1
        # what stands before the verb comes before what stands behind the date, or farther away
        if not is_own and (subject := self._subject(sentence, found, one, cues)):
            return self._meeting(subject), -1
        if target is not None and meetings[target] is not None:
            return meetings[target], target
        return self._topic_for(sentence, found, cues), None

    def _subject(
        self,
        sentence: Sentence,
        found: Sequence[Mention],
        one: _Dated,
        cues: Sequence[tuple[int, str]],
    ) -> Mention | None:
        """What takes place on a date, by the grammar alone: what stands before “will be held”."""
        tokens = sentence.tokens
        begin, _ = self._clause(sentence, one.told.first)
        asides = self.asides
        aside = _around(asides, one.told.first)
        if aside is None:
            cues = [cue for cue in cues if _around(asides, cue[0]) is None]
        else:
            cues = [cue for cue in cues if _around(asides, cue[0]) == aside]
        verbs = [at for at, kind in cues if begin <= at < one.told.first and kind != "background"]
        if not verbs or not any(
            self._is_event_verb(tokens, at) for at in range(verbs[0], one.told.first)
        ):
            return None
        last = verbs[0]
        while last > begin and tokens[last - 1].fold in self.words.words.auxiliaries:
            last -= 1
        if aside is not None:
            last = min(last, aside[0])
        elif skipped := next((each for each in asides if each[1] == last), None):
            last = skipped[0]
        first = last
        while first > begin and last - first < 12 and self._may_be_subject(tokens[first - 1]):
            first -= 1
        while first < last and tokens[first].fold in self.words.words.openings:
            first += 1
        if first >= last or tokens[first].fold in self.words.words.pronouns:
            return None
        if any(each.first < last and first < each.last for each in found):
            return None
        title = sentence.words(first, last)
        words_ = frozenset(norm(title))
        refers = tokens[last - 1].fold in self.words.words.the and last - first < 4
        head = tokens[first if self.words.words.head_first else last - 1].fold
        if not any(len(word) > 2 and not word.isdigit() for word in words_):
            return None
        named = sum(token.is_name for token in tokens[first:last]) >= 2
        return Mention(first, last, title, head, words_, is_named=named, refers=refers)

    def _gapped(self, sentence: Sentence, found: Sequence[Mention], one: _Dated) -> Mention | None:
        """What a verb said before takes along: “A meets on 3 May, its panel on 17 May and the
        second on 9 June”."""
        tokens, place = sentence.tokens, one.told.first
        if place < 4 or tokens[place - 1].fold not in self.words.words.on:
            return None
        last = place - 1
        first = last
        while first > 0 and last - first < 7 and self._is_plain(tokens[first - 1]):
            first -= 1
        lead = tokens[first - 1] if first else None
        if lead is None or not (lead.text in (",", ";") or lead.fold in self.words.words.joins):
            return None
        while (
            first < last
            and tokens[first].fold in self.words.words.openings | self.words.words.determiners
        ):
            first += 1
        if first >= last or any(each.first < last and first < each.last for each in found):
            return None
        if not any(any(char.isdigit() for char in token.text) for token in tokens[:first]):
            return None
        before = [each for each in found if each.last <= first]
        ordinals = self.words.words.ordinals
        if last - first == 1 and tokens[first].fold in ordinals and before:
            # “the second” of what was named before
            rest = [word for word in before[0].title.split() if word.casefold() not in ordinals]
            noun = " ".join(rest)
            parts = (
                [noun, tokens[first].text]
                if self.words.words.head_first
                else [tokens[first].text, noun]
            )
            title = " ".join(parts)
            words_ = frozenset(norm(title))
            value = ordinals[tokens[first].fold]
            return Mention(first, last, title, before[0].head, words_, ordinal=value)
        title = sentence.words(first, last)
        if not before or tokens[first].is_name or len(title) < 4:
            return None
        head = tokens[first if self.words.words.head_first else last - 1].fold
        return Mention(first, last, title, head, frozenset(norm(title)))

    def _is_plain(self, token: Token) -> bool:
        """Whether a word may be in a name of a meeting that has no verb of its own."""
        fold = token.fold
        return (
            token.kind in ("word", "ordinal")
            and fold not in self.words.words.joins
            and fold not in self.words.months
            and fold not in self.words.weekdays
            and fold not in self.words.words.at
            and fold not in self.words.words.reporting
            and not any(one.at([token], 0) for one in self.words.cues.values())
        )

    def _is_event_verb(self, tokens: Sequence[Token], at: int) -> bool:
        fold = tokens[at].fold
        one = self.words.words
        if fold in one.modal:
            return False
        return any(
            self.words.cues[kind].at(tokens, at)
            for kind in ("neutral", "scheduled", "postponed", "cancelled", "moved")
        )

    def _may_be_subject(self, token: Token) -> bool:
        return (
            token.kind in ("word", "ordinal", "number", "clock")
            and token.fold not in self.words.words.reporting
            and token.fold not in self.words.words.subordinating
        ) or token.text in ("'", "’", "-", "&")

    def _ends_joined(
        self, sentence: Sentence, found: Sequence[Mention], dated: list[_Dated]
    ) -> list[_Dated]:
        """“Begins on 2 March … and ends on 13 March” is one span."""
        joined: list[_Dated] = []
        for one in dated:
            last = joined[-1] if joined else None
            begin = last.told.last if last else 0
            before = sentence.tokens[max(one.told.first - 4, begin) : one.told.first]
            if (
                last is not None
                and self.words.ends.is_in(before)
                and last.when.days == one.when.days == 1
                and last.when.first_day < one.when.first_day
                and not any(begin <= each.first < one.told.first for each in found)
            ):
                span = When.lasting(whens.day(last.when.first_day), whens.day(one.when.first_day))
                joined[-1] = replace(last, when=span)
            else:
                joined.append(one)
        return joined

    def _one_each(
        self, sentence: Sentence, found: Sequence[Mention], dated: Sequence[_Dated]
    ) -> list[int] | None:
        """“A and B on 1 and 2 May respectively”: as many names as dates, all names first."""
        if len(found) < 2 or len(found) != len(dated):
            return None
        tokens = sentence.tokens
        if self.words.respectively.is_in(tokens) and (found[-1].last <= dated[0].told.first):
            return list(range(len(found)))
        return None

    def _target(self, sentence: Sentence, found: Sequence[Mention], one: _Dated) -> int | None:
        """Which of the meetings of a sentence a date belongs to: the nearest before it in its own
        clause, else the nearest after it there, else the nearest before it at all."""
        if not found:
            return None
        begin, end = self._clause(sentence, one.told.first)
        before = [n for n, each in enumerate(found) if each.last <= one.told.first]
        after = [n for n, each in enumerate(found) if each.first >= one.told.last]
        asides = self.asides
        aside = _around(asides, one.told.first)
        if aside is None:
            before = [n for n in before if _around(asides, found[n].first) is None] or before
        elif outside := [n for n in before if aside[0] - 2 <= found[n].last <= aside[0]]:
            return outside[-1]
        own = [n for n in before if found[n].first >= begin]
        if own:
            return self._subject_of(sentence.tokens, found, own)
        next_own = [n for n in after if found[n].first < end]
        if next_own:
            return next_own[0]
        if before:
            return before[-1]
        return after[0] if after else None

    def _subject_of(
        self, tokens: Sequence[Token], found: Sequence[Mention], own: Sequence[int]
    ) -> int:
        """The last of several names, but not one that only says where or how: “X will be held at
        the Y Forum on …” is about X."""
        place = len(own) - 1
        while place > 0:
            one, other = found[own[place]], found[own[place - 1]]
            lead = tokens[max(one.first - 2, other.last) : one.first]
            verb = any(self._is_event_verb(tokens, at) for at in range(other.last, one.first))
            if not (verb and any(token.fold in self.words.words.oblique for token in lead)):
                break
            place -= 1
        return own[place]

    def _asides(
        self, tokens: Sequence[Token], cues: Sequence[tuple[int, str]]
    ) -> list[tuple[int, int]]:
        """What stands between commas: “…, which begins on 3 May, …”."""
        asides: list[tuple[int, int]] = []
        for at, token in enumerate(tokens[:-1]):
            if token.text != "," or tokens[at + 1].fold not in self.words.words.relative:
                continue
            if asides and at < asides[-1][1] - 1:
                continue
            closes = (n for n in range(at + 2, len(tokens)) if self._closes(tokens, n))
            asides.append((at, next(closes, len(tokens) - 1) + 1))
        return sorted([*asides, *self._appositions(tokens, cues, asides)])

    def _appositions(
        self,
        tokens: Sequence[Token],
        cues: Sequence[tuple[int, str]],
        asides: Sequence[tuple[int, int]],
    ) -> Iterator[tuple[int, int]]:
        """What stands between a name and the verb that a comma parts from it."""
        free_from = 1
        for at, kind in cues:
            verb = at
            while verb > 1 and tokens[verb - 1].fold in self.words.words.auxiliaries:
                verb -= 1
            if kind == "background" or verb < 5 or tokens[verb - 1].text != ",":
                continue
            begin = verb - 2
            while begin >= free_from and verb - begin < 40 and not self._closes(tokens, begin):
                begin -= 1
            inside = tokens[begin + 1 : verb - 1]
            if (
                begin >= free_from
                and len(inside) > 1
                and tokens[begin].text == ","
                and not any(_around(asides, place) for place in (begin, verb - 1))
                and not any(one.fold in self.words.months for one in inside)
            ):
                yield begin, verb
                free_from = verb

    def _closes(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a comma ends a clause: not one inside a date or a list of names."""
        if tokens[at].text != "," or at + 1 == len(tokens):
            return False
        following, before = tokens[at + 1], tokens[at - 1]
        return not (
            following.kind == "number"
            or (before.is_name and following.is_name)
            or (before.fold in self.words.weekdays)
        )

    def _clause(self, sentence: Sentence, place: int) -> tuple[int, int]:
        """The tokens around a place up to the next semicolon or “while”."""
        tokens = sentence.tokens
        breaks = [
            at
            for at, token in enumerate(tokens)
            if token.text in (";", "–", "—") or token.fold in self.words.words.whereas
        ]
        begin = max((at for at in breaks if at < place), default=-1)
        end = min((at for at in breaks if at > place), default=len(tokens))
        return begin + 1, end

    def _with(
        self, sentence: Sentence, found: Sequence[Mention], target: int | None
    ) -> Iterator[int]:
        """The meetings that share what is said: those joined to one by “and”."""
        if target is None:
            return
        place = target
        while place > 0 and self._joined(sentence, found[place - 1], found[place]):
            place -= 1
            yield place
        place = target
        while place + 1 < len(found) and self._joined(sentence, found[place], found[place + 1]):
            place += 1
            yield place

    def _joined(self, sentence: Sentence, one: Mention, other: Mention) -> bool:
        between = [token.fold for token in sentence.tokens[one.last : other.first]]
        joins = (*self.words.words.and_, ",", "the", "para")
        return 0 < len(between) <= 3 and all(word in joins for word in between)

    def _topic_for(
        self, sentence: Sentence, found: Sequence[Mention], cues: Sequence[tuple[int, str]]
    ) -> _Meeting | None:
        """The meeting that a sentence goes on about without naming it."""
        if self.topic is None or any(one.is_named for one in found):
            return None
        if any(kind != "background" for _, kind in cues):
            return self.topic
        return None

    def _say(
        self,
        sentence: Sentence,
        meeting: _Meeting,
        one: _Dated,
        old: Sequence[_Dated],
        cues: Sequence[tuple[int, str]],
        is_sure: bool,
    ) -> None:
        if self._is_end(sentence, one) and meeting.go_on_until(one.when.last_day):
            return
        begin, end = self._clause(sentence, one.told.first)
        own = [(at, kind) for at, kind in cues if begin <= at < end] or cues
        kinds = {kind for _, kind in own}
        was = old[0].when if old else None
        if was is None and kinds & {"postponed", "moved"} and self._is_new(sentence, one):
            # “It has been moved to 9 June”: the date that was told before
            was = meeting.last_dated.when if meeting.last_dated else None
        if was == one.when:
            was = None
        if "cancelled" in kinds and was is None:
            status = ClaimStatus.CANCELLED
        elif was is not None:
            status = ClaimStatus.SCHEDULED
        elif "postponed" in kinds and (one.is_old or not self._is_new(sentence, one)):
            status = ClaimStatus.POSTPONED
        elif one.when.last_day < self.published or (
            one.when.first_day <= self.published and _nearest(one.told.first, cues) == "held"
        ):
            status = ClaimStatus.HELD
        else:
            status = ClaimStatus.SCHEDULED
        meeting.said.append(_Said(one.when, status, sentence, was, is_sure))

    def _is_end(self, sentence: Sentence, one: _Dated) -> bool:
        """Whether a date may be the last day of a meeting that was dated before: “until …”."""
        before = sentence.tokens[max(one.told.first - 4, 0) : one.told.first]
        return one.when.days == 1 and not one.is_old and self.words.ends.is_in(before)

    def _say_length(self, sentence: Sentence, meetings: Sequence[_Meeting | None]) -> None:
        """“It lasts nine days”: how long what was dated before goes on."""
        length = dates.length(sentence.tokens, self.words.words.code)
        meeting = next((one for one in meetings if one is not None), self.topic)
        if not length or not 1 < length < 100 or meeting is None:
            return
        if (first := meeting.only_day) is not None:
            meeting.go_on_until(first + timedelta(days=length - 1))

    def _is_new(self, sentence: Sentence, one: _Dated) -> bool:
        """Whether a date is named as the new one of a postponed meeting."""
        return bool(self.words.new.before(sentence.tokens, one.told.first)) and (
            one.when.first_day >= self.published
        )

    def _say_undated(
        self,
        sentence: Sentence,
        found: Sequence[Mention],
        meetings: Sequence[_Meeting | None],
        cues: Sequence[tuple[int, str]],
    ) -> None:
        """A meeting that was held, is to be held or was called off, without a date."""
        for place, one in enumerate(found):
            meeting = meetings[place]
            if meeting is None or not (one.is_named or one.refers):
                continue
            last = found[place + 1].first if place + 1 < len(found) else len(sentence.tokens)
            joined = list(self._with(sentence, found, place))
            if joined and place + 1 in joined:
                last = len(sentence.tokens)
            _, end = self._clause(sentence, one.first)
            near = [
                kind for at, kind in cues if one.last <= at < min(last, end) and at - one.last <= 8
            ]
            if "background" in near or not near:
                continue
            if "cancelled" in near:
                status = ClaimStatus.CANCELLED
            elif "postponed" in near:
                status = ClaimStatus.POSTPONED
            elif near[0] in ("held", "neutral") or (near[0] == "scheduled" and "held" in near[:2]):
                status = ClaimStatus.HELD
                if near[0] == "scheduled":
                    status = ClaimStatus.SCHEDULED
            else:
                continue
            if one.is_named or meeting.said:
                meeting.said.append(_Said(None, status, sentence))

    def _take_places(
        self,
        sentence: Sentence,
        found: Sequence[Mention],
        meetings: Sequence[_Meeting | None],
    ) -> None:
        """“di Desaru, Johor” behind a name, or in a sentence about the meeting before."""
        tokens = sentence.tokens
        place = 0
        while place < len(tokens):
            size = self.words.places.at(tokens, place)
            name = self._place_name(sentence, place + size) if size else None
            if name is None:
                place += 1
                continue
            text, after = name
            owners = [n for n, one in enumerate(found) if one.last <= place]
            targets = [owners[-1], *self._with(sentence, found, owners[-1])] if owners else []
            chosen = [meetings[n] for n in targets] if targets else [self.topic]
            for meeting in chosen:
                if meeting is not None and meeting.said:
                    meeting.places.append(text)
            place = after

    def _place_name(self, sentence: Sentence, at: int) -> tuple[str, int] | None:
        tokens = sentence.tokens
        if at < len(tokens) and tokens[at].fold == "the":
            at += 1
        last = at
        while last < len(tokens):
            token = tokens[last]
            if (
                (
                    token.is_name
                    and not (token.fold in self.words.months or token.fold in self.words.weekdays)
                )
                or (
                    last > at
                    and token.text == ","
                    and last + 1 < len(tokens)
                    and (
                        tokens[last + 1].is_name
                        and tokens[last + 1].fold not in self.words.months
                        and tokens[last + 1].fold not in self.words.weekdays
                    )
                )
                or (last > at and token.fold in ("of", "&", "'", "’"))
            ):
                last += 1
            else:
                break
        while last > at and not tokens[last - 1].is_name:
            last -= 1
        return (sentence.words(at, last), last) if last > at else None

    # — which meeting —

    def _meeting(self, mention: Mention) -> _Meeting | None:
        """The meeting that a mention is of: one that is known, or a new one."""
        if mention.refers:
            return self._referred(mention)
        for meeting in self.meetings[-NEAR:]:
            if _is_same(meeting, mention):
                if len(meeting.mentions) < NEAR:
                    meeting.mentions.append(mention)
                return meeting
        meeting = _Meeting([mention], self.count)
        self.meetings.append(meeting)
        return meeting

    def _referred(self, mention: Mention) -> _Meeting | None:
        """What “mesyuarat itu” refers to: the last meeting of that kind, else the last one."""
        for meeting in reversed(self.meetings[-NEAR:]):
            for one in meeting.mentions[:NEAR]:
                if mention.head == one.head or mention.head in one.words:
                    return meeting
        is_new = len(mention.words) > 1 or mention.is_bare or self.topic is None
        if is_new and mention.head not in self.words.words.common:
            # “the hearing” that nothing was said of before is a new one
            meeting = _Meeting([mention], self.count)
            self.meetings.append(meeting)
            return meeting
        return self.topic

    # — at the end —

    def readings(self) -> list[Reading]:
        """What was gathered, a reading for each meeting."""
        return [
            reading
            for meeting in sorted(self.meetings, key=lambda one: one.first_seen)
            if (reading := self._reading(meeting)) is not None
        ]

    def _reading(self, meeting: _Meeting) -> Reading | None:
        if not meeting.said:
            return None
        chosen = _best(meeting.said)
        if chosen.when is None and not meeting.is_named:
            return None
        ended = [
            one
            for one in meeting.said
            if one.status in (ClaimStatus.CANCELLED, ClaimStatus.POSTPONED)
        ]
        status = ended[-1].status if ended and chosen.was is None else chosen.status
        return Reading(
            title=next(mentions.titles(meeting.mentions)),
            lang=self.words.words.code,
            series=meeting.series,
            ordinal=meeting.ordinal,
            when=chosen.when,
            was=chosen.was,
            place=max(meeting.places, key=len) if meeting.places else None,
            status=status,
            evidence=chosen.sentence.text,
        )


def _around(ranges: Sequence[tuple[int, int]], place: int) -> tuple[int, int] | None:
    """Which of these ranges a place is in."""
    return next((one for one in ranges if one[0] <= place < one[1]), None)


def _overlap(told: Told, one: Mention) -> bool:
    return one.first < told.last and told.first < one.last


def _looks_ahead(place: int, cues: Sequence[tuple[int, str]]) -> bool | None:
    """Whether the verb nearest a date, before it if there is one, looks ahead or back."""
    match _nearest(place, cues):
        case "held":
            return False
        case "neutral":
            return None
        case "scheduled" | "moved" | "postponed" | "cancelled":
            return True
    return None


def _nearest(place: int, cues: Sequence[tuple[int, str]]) -> str | None:
    told = [(at, kind) for at, kind in cues if kind != "background"]
    before = [(place - at, kind) for at, kind in told if at < place]
    if before:
        return min(before)[1]
    after = [(at - place, kind) for at, kind in told if at >= place]
    return min(after)[1] if after else None


def _is_same(meeting: _Meeting, mention: Mention) -> bool:
    """Whether a mention is of a meeting: the same series and edition, or mostly the same words."""
    if meeting.series or mention.series:
        if meeting.series != mention.series:
            return False
        years = {one.year for one in meeting.mentions if one.year}
        if mention.year and years and mention.year not in years:
            return False
        return not (mention.ordinal and meeting.ordinal and mention.ordinal != meeting.ordinal)
    if mention.ordinal and meeting.ordinal and mention.ordinal != meeting.ordinal:
        return False
    for one in meeting.mentions:
        if mention.acronym and mention.acronym == one.acronym:
            return True
        if mention.head == one.head and mention.words and one.words:
            shared = len(mention.words & one.words)
            if shared / min(len(mention.words), len(one.words)) >= 0.75 and shared > 1:
                return True
    return False


def _best(said: Sequence[_Said]) -> _Said:
    """What holds of all that was said: the date that moved, else the first that stands with the
    name, sharpened by what came later."""
    moved = [one for one in said if one.was is not None]
    if moved:
        return moved[0]
    with_date = [one for one in said if one.when is not None]
    if not with_date:
        return said[0]
    sure = [one for one in with_date if one.is_sure] or with_date
    best = sure[0]
    for one in with_date[1:]:
        assert best.when is not None and one.when is not None
        if relate_when(one.when, best.when) is Relation.SHARPENS and (
            one.when.precision is not Precision.MINUTE or best.when.days == 1
        ):
            best = replace(one, status=best.status)
    return best
