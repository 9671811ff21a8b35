"""An article → what it says of each meeting: which one, when, where, how it stands, in which words.

Sentence by sentence, dates and meetings are found and tied together; what is said of one meeting
in several places is brought together at the end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from calendar_svc.articles import dates, gazetteer, mentions, places, resolving
from calendar_svc.articles.clauses import Clauses
from calendar_svc.articles.languages import codes, language
from calendar_svc.articles.meetings import HISTORY, Meeting, Said, best, is_same
from calendar_svc.articles.mentions import Mention, SeriesNames
from calendar_svc.articles.reading import Reading
from calendar_svc.articles.tokens import Phrases, Sentence, Token, folded, sentences
from calendar_svc.articles.told import Told
from calendar_svc.articles.vocabulary import Vocabulary, vocabulary
from calendar_svc.domain import when as whens
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.series import Series
from calendar_svc.domain.when import When
from calendar_svc.words.dates import zone_of

NEAR = 60
"""How many meetings back a name is looked for, and how many names and dates of one sentence count:
more are in no article, and the cost must not grow with them."""
RECENT = timedelta(days=14)
"""Within it, what is told as background may still be what the news is about."""
_DATELINE = re.compile(
    r"\s*(?:date \S{8,10} )?(?:"
    r"[A-Z][A-Z .'’-]{2,30}(?:, ?[^:–—\n]{2,30}?)?"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?:, ?[A-Z][A-Za-z ]{2,20})?"
    r"(?:, ?(?:\d{1,2} )?[A-Z][a-z]{2,8}\.?(?: \d{1,2})?(?:,? \d{4})?)?"
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
    words = vocabulary(code)
    whole = tuple(sentences(text, words.spelling))
    reader = _Reader(words, SeriesNames.of(series), published, timezone, whole)
    for sentence in whole:
        reader.take(sentence)
    return reader.readings()


def guess_language(text: str) -> str:
    """The language whose frequent words a text has most of."""
    found = re.findall(r"[^\W\d_]+", text[:20_000].casefold())
    counts = {code: sum(word in language(code).telling for word in found) for code in codes()}
    return max(counts, key=lambda code: (counts[code], code))


@dataclass(frozen=True)
class _Line:
    """A sentence with the meetings it names: each mention, and the meeting that it is of."""

    clauses: Clauses
    found: Sequence[Mention]
    meetings: Sequence[Meeting | None]
    told: Sequence[Told]
    is_entry: bool = False
    """Whether it is a line in a list of meetings: “Friday, 7 pm: A vs B, Town Hall”."""
    spoken: list[tuple[int, Meeting]] = field(default_factory=list)
    """Where it gives a date, and the meeting that the date is of."""
    is_label: bool = False
    """Whether it is a line of a notice: “Tarikh: …”, or nothing but a day and a place."""


@dataclass(frozen=True)
class _Dated:
    told: Told
    when: When
    is_old: bool


class _Reader:
    """Goes through the sentences of a text and gathers the meetings."""

    def __init__(
        self,
        words: Vocabulary,
        series: SeriesNames,
        published: date,
        timezone: str,
        whole: Sequence[Sentence],
    ) -> None:
        self.words, self.series = words, series
        self.published, self.timezone, self.whole = published, timezone, whole
        self.dateline_zone: str | None = None
        self.heading: Sentence | None = None
        """The line before, if it may be the title of what this line dates."""
        self.last_zone: str | None = None
        self.dateline: str | None = None
        """The city in which the article was written."""
        self.last_place: str | None = None
        self.last_when: When | None = None
        """The date that was told last."""
        self.acronyms: dict[str, Mention] = {}
        self.meetings: list[Meeting] = []
        self.topic: Meeting | None = None
        self.count = 0

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
        clauses = Clauses(sentence, self.words)
        if tokens[0].fold in self.words.words.conditional:
            # what is only possible
            return
        found = [one for one in found if clauses.takes_place(one, told)]
        told = [part for one in told for part in self._parted(clauses, one)]
        anchors = {
            place: one
            for place, each in enumerate(told)
            if each.is_anchored
            for one in found
            if each.last <= one.first <= each.last + 1
        }
        found = [one for one in found if one not in anchors.values()]
        label = _label(tokens, self.words)
        if label:
            found = [one for one in found if one.first > 3]
        entry = _entry(sentence, self.words, found, told, clauses)
        if entry:
            found = [entry]
        moves = any(kind == "moved" for _, kind in clauses.cues)
        if moves and any(one.start is not None for one in told):
            # “a week earlier, from 15 to 8 May”: by how much, and no date of its own
            told = [one for one in told if not one.after]
        heading, self.heading = self.heading, None
        if not told and not clauses.cues and len(tokens) <= 14 and tokens[-1].text != ".":
            self.heading = sentence
        dated: list[_Dated] = []
        for place, each in enumerate(told):
            counted = self._counted_on(each, dated, anchors.get(place))
            if counted is None:
                continue
            one = self._dated(clauses, counted, told[place - 1].last if place else 0)
            if one is not None:
                dated.append(one)
        meetings = [self._meeting(one) for one in found]
        opens = any(one.first <= 1 for one in told)
        is_alone = opens and not found and not clauses.cues and len(tokens) < 25
        if is_alone and heading is not None and label is None:
            # a list of titles, each with its day in the line below
            title = mentions.titled(heading, 0, len(heading.tokens))
            self.topic = self._meeting(title)
        is_entry = entry is not None or (opens and any(one.text == ":" for one in tokens))
        self._tie(
            _Line(
                clauses,
                found,
                meetings,
                told,
                is_entry,
                is_label=label is not None or is_alone,
            ),
            dated,
        )
        is_about_topic = any(
            one.fold in self.words.words.pronouns | self.words.words.the_same for one in tokens[:6]
        )
        if not told and self.topic and (label == "time" or (clauses.cues and is_about_topic)):
            self._set_clock(clauses)
        named = [one for one in meetings if one is not None]
        if named:
            said = [one for one in named if one.said]
            # what was only held before, and has no name, is not what the text goes on about
            news = [one for one in said if one.is_named or one.said[-1].status != ClaimStatus.HELD]
            if news or not (said and self.topic):
                self.topic = (news or said or named)[0]

    def _set_clock(self, clauses: Clauses) -> None:
        """“Masa: 9.00 pagi”: the hour of the day that a line before it told."""
        clock = dates.clock(clauses.tokens, self.words.words.code)
        day = self.topic.only_day if self.topic else None
        if clock is None or day is None or self.topic is None or self.topic.last_dated is None:
            return
        told = Told(
            clock.first,
            clock.last,
            away=(day - self.published).days,
            clocks=clock.times,
            zone=clock.zone,
        )
        when = resolving.resolve(told, self.published, ahead=None, zone=self._zone(clauses, told))
        if when is not None:
            self.topic.sharpen(when)

    def _without_dateline(self, sentence: Sentence) -> Sentence:
        # a press release has its heading first
        if self.dateline is not None or sentence.paragraph > 3:
            return sentence
        dateline = _DATELINE.match(sentence.text[:120])
        if dateline is None or (self.count > 1 and dateline[0].rstrip()[-1] not in "–—-"):
            return sentence
        if sentence.tokens and sentence.tokens[0].fold in self.words.weekdays:
            # a line of a diary: “Monday, March 16: …”
            return sentence
        begin = sentence.start + dateline.end()
        city = re.split(r"[,(:–—-]", dateline[0].strip())[0].strip()
        self.dateline = city
        self.dateline_zone = zone_of(city, self.words.words.code) or gazetteer.zone_of(city)
        return replace(sentence, tokens=tuple(one for one in sentence.tokens if one.start >= begin))

    def _counted_on(
        self, told: Told, before: Sequence[_Dated], named: Mention | None
    ) -> Told | None:
        """“A week later” counts from the date before it, of this sentence or of the one before;
        “a day before the summit” from that of the summit; “the 21st” is in that date's month.
        None where there is no such date."""
        if told.is_anchored:
            meeting = self._meeting(named) if named else None
            known = meeting.last_dated.when if meeting and meeting.last_dated else None
            return _counted(told, known, self.published) if known else None
        if told.nth is not None:
            known = self.topic.last_dated.when if self.topic and self.topic.last_dated else None
            return _counted(told, known, self.published) if known else None
        if not told.is_day_alone and (not told.after or told.away is None):
            return told
        anchor = before[-1].when if before else self.last_when
        if told.is_day_alone and told.start is not None:
            month = anchor.first_day if anchor else self.published
            day = told.start.day or 1
            if day < month.day:
                month = month.replace(day=1) + timedelta(days=31)
            return replace(told, start=replace(told.start, year=month.year, month=month.month))
        return _counted(told, anchor, self.published) if anchor else None

    def _parted(self, clauses: Clauses, told: Told) -> list[Told]:
        """“Moved from 23 June to 1 July” are two dates and no span."""
        tokens = clauses.tokens
        if told.start is None or told.end is None or not self.words.old.before(tokens, told.first):
            return [told]
        if self.words.new.at(tokens, told.last):
            # “from 13 to 15 December to 16 January”: the span has moved
            return [told]
        begin = max(told.first - 10, 0)
        if not any(
            kind in ("moved", "postponed") and at >= begin and at < told.first
            for at, kind in clauses.cues
        ) and not any(
            one.fold in self.words.words.moved_apart
            for one in tokens[max(told.first - 14, 0) : told.first]
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

    def _dated(self, clauses: Clauses, told: Told, begin: int) -> _Dated | None:
        """A date of the sentence as a When; None for background. `begin` is where the date before
        it ends."""
        tokens, cues = clauses.tokens, clauses.cues
        background = [place for place, kind in cues if kind == "background"]
        is_background = any(0 <= told.first - place <= 6 for place in background)
        ahead = clauses.looks_ahead(told.first)
        if is_since := self.words.since.before(tokens, told.first) > 0:
            ahead = False
        if ahead is False and told.start is not None and clauses.is_tenseless(told.first):
            ahead = None
        is_weekday = told.weekday is not None and clauses.nearest(told.first) is None
        if ahead is None and is_weekday and clauses.is_past:
            ahead = False
        if ahead is None and tokens[0].fold in self.words.words.before_now:
            ahead = False
        if self._stands_old(tokens, told, begin, self.words.formerly):
            ahead = None
        when = resolving.resolve(told, self.published, ahead=ahead, zone=self._zone(clauses, told))
        if when is None or when.last_day < self.published - HISTORY:
            return None
        if (
            is_background
            and not is_since
            and (when.last_day < self.published - RECENT or when.days > 31)
        ):
            return None
        if clauses.is_denied(told.first) or any(
            one.fold in self.words.words.except_
            for one in tokens[max(told.first - 2, 0) : told.first]
        ):
            return None
        if told.is_year_alone and self.words.to.before(tokens, told.first):
            # “by 2030”
            return None
        if told.is_year_alone and (ahead is not True or when.first_day.year < self.published.year):
            return None
        changes = (
            any(kind in ("moved", "postponed") for _, kind in cues)
            or any(token.fold in self.words.words.now for token in tokens[told.last :])
            or any(token.fold in self.words.words.moved_apart for token in tokens)
        )
        if self._is_of_saying(tokens, told, when):
            return None
        is_old = self._stands_old(
            tokens, told, begin, self.words.old if changes else self.words.formerly
        )
        return _Dated(told, when, is_old)

    def _zone(self, clauses: Clauses, told: Told) -> str:
        """The zone of a clock time that names none: that of the place where it is, of the dateline,
        or of the cities that the article is about."""
        if not told.clocks or told.zone:
            self.last_zone = told.zone or self.last_zone
            return self.timezone
        here = {
            zone
            for place in places.find(clauses.sentence, self.words, ())
            for part in (place.text or "").split(", ")
            if (zone := gazetteer.zone_of(part))
        }
        if len(here) == 1:
            return here.pop()
        return self.dateline_zone or self.last_zone or self._zone_of_text or self.timezone

    @cached_property
    def _zone_of_text(self) -> str | None:
        sentences_ = (one.tokens for one in self.whole)
        return gazetteer.zone_told(sentences_, self.words.words.at)

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
        before = tokens[max(told.first - 5, 0) : told.first]
        if (
            told.start is None
            and before
            and before[-1].fold in self.words.words.on
            and any(
                self.words.cues[kind].before(before, len(before) - 1)
                for kind in ("cancelled", "postponed")
            )
        ):
            # “was called off on Tuesday”
            return True
        if not self.published - timedelta(days=8) <= when.first_day <= self.published:
            return False
        behind = tokens[told.last : told.last + 1]
        return any(token.fold in self.words.words.reporting for token in (*before, *behind))

    # — tying dates and meetings together —

    def _tie(self, line: _Line, dated: Sequence[_Dated]) -> None:
        meetings = line.meetings
        new = self._ends_joined(line, [one for one in dated if not one.is_old])
        old = [one for one in dated if one.is_old]
        main = self._without_asides(line, new)
        if any(kind in ("moved", "postponed") for _, kind in line.clauses.cues):
            # “scheduled for 15 May, has been postponed to 5 June”
            old += [one for one in new if one not in main]
        new = main
        together = self._one_each(line, new)
        for place, one in enumerate(new):
            target = together[place] if together else None
            if target is not None:
                if (meeting := meetings[target]) is not None:
                    self._say(line, meeting, one, old, 2)
                continue
            meeting, target = self._owner(line, one)
            if meeting is None:
                continue
            strength = self._strength(line, target, one)
            self._say(line, meeting, one, old, strength)
            for other in self._with(line, target if target != -1 else None):
                if (joined := meetings[other]) and joined is not meeting:
                    self._say(line, joined, one, old, strength)
        if not new and old:
            meeting, target = self._owner(line, old[0])
            if meeting is not None:
                self._say(line, meeting, old[0], (), 1 if target is not None else 0)
        if not dated:
            if any(kind != "background" for _, kind in line.clauses.cues):
                self._say_length(line)
            self._say_undated(line)
        self._take_places(line)

    def _strength(self, line: _Line, target: int | None, one: _Dated) -> int:
        """How close a date stands to the meeting that it is tied to, see Said."""
        if target is None:
            return 0
        if target == -1:
            return 2
        last = line.found[target].last
        verbs = [at for at, _ in line.clauses.cues if last <= at < one.told.first]
        is_first = not any(last <= told.first < one.told.first for told in line.told)
        return 2 if verbs and verbs[0] - last <= 4 and is_first else 1

    def _without_asides(self, line: _Line, dated: list[_Dated]) -> list[_Dated]:
        """“Talks, broken off in October, resume on Monday” have one date, that of the verb."""
        if len(line.found) != 1 or len(dated) < 2:
            return dated
        clauses = line.clauses
        main = [one for one in dated if clauses.aside(one.told.first) is None]
        if len(dated) == 2 and len(main) == 1 and all(one.when.days == 1 for one in dated):
            first, last = sorted(dated, key=lambda one: one.when.first_day)
            is_end = self._is_end(line, last) or self.words.closed.is_in(
                clauses.tokens[max(last.told.first - 4, 0) : last.told.first]
            )
            if is_end and first.when.first_day < last.when.first_day:
                # “which opened on 11 April, runs until 28 June”
                span = When.lasting(whens.day(first.when.first_day), whens.day(last.when.last_day))
                return [replace(main[0], when=span)]
        return main or dated

    def _owner(self, line: _Line, one: _Dated) -> tuple[Meeting | None, int | None]:
        """The meeting that a date belongs to, and its place among those found: −1 for one known by
        the grammar alone, None for the one that the text goes on about."""
        found, meetings, clauses = line.found, line.meetings, line.clauses
        target = self._target(line, one)
        begin, _ = clauses.around(one.told.first)
        is_own = target is not None and begin <= found[target].first < one.told.first
        if gapped := clauses.gapped(found, one.told.first):
            return self._meeting(gapped), -1
        # what stands before the verb comes before what stands behind the date, or farther away
        if not is_own and (subject := clauses.subject(found, one.told.first)):
            if subject.is_weak:
                return None, -1
            if (
                self.topic
                and clauses.meets(subject, one.told.first)
                and clauses.says_now(one.told.first)
            ):
                # “The delegates will now sit on 16 October”
                return self.topic, None
            if target is not None and clauses.meets(subject, one.told.first):
                # “leaders meet on Friday for their 46th summit”
                return meetings[target], target
            return self._meeting(subject), -1
        if target is not None and meetings[target] is not None:
            if found[target].head in self.words.words.never or clauses.is_about_another(
                found[target]
            ):
                return None, -1
            if self._is_since_alone(line, target, one):
                return None, -1
            return meetings[target], target
        return self._topic_for(line, one), None

    def _is_since_alone(self, line: _Line, target: int, one: _Dated) -> bool:
        """Whether a day is only one since which something is so: “in a strike position since 6 May”.
        It is the first day of a meeting where the verb says that this goes on."""
        clauses = line.clauses
        if not self.words.since.before(clauses.tokens, one.told.first):
            return False
        last = line.found[target].last
        return not any(
            last <= at < one.told.first and kind != "background" for at, kind in clauses.cues
        )

    def _ends_joined(self, line: _Line, dated: list[_Dated]) -> list[_Dated]:
        """“Begins on 2 March … and ends on 13 March” is one span."""
        joined: list[_Dated] = []
        for one in dated:
            last = joined[-1] if joined else None
            begin = last.told.last if last else 0
            before = line.clauses.tokens[max(one.told.first - 4, begin) : one.told.first]
            if (
                last is not None
                and self.words.ends.is_in(before)
                and last.when.days == one.when.days == 1
                and last.when.first_day < one.when.first_day
                and not any(begin <= each.first < one.told.first for each in line.found)
            ):
                span = When.lasting(whens.day(last.when.first_day), whens.day(one.when.first_day))
                joined[-1] = replace(last, when=span)
            else:
                joined.append(one)
        return joined

    def _one_each(self, line: _Line, dated: Sequence[_Dated]) -> list[int] | None:
        """“A and B on 1 and 2 May respectively”: as many names as dates, all names first."""
        found = line.found
        if len(found) < 2 or len(found) != len(dated):
            return None
        if self.words.respectively.is_in(line.clauses.tokens) and (
            found[-1].last <= dated[0].told.first
        ):
            return list(range(len(found)))
        return None

    def _target(self, line: _Line, one: _Dated) -> int | None:
        """Which of the meetings of a sentence a date belongs to: the nearest before it in its own
        clause, else the nearest after it there, else the nearest before it at all."""
        found, clauses = line.found, line.clauses
        if not found:
            return None
        begin, end = clauses.around(one.told.first)
        before = [n for n, each in enumerate(found) if each.last <= one.told.first]
        after = [n for n, each in enumerate(found) if each.first >= one.told.last]
        aside = clauses.aside(one.told.first)
        if aside is None:
            before = [n for n in before if clauses.aside(found[n].first) is None] or before
        elif outside := [n for n in before if aside[0] - 2 <= found[n].last <= aside[0]]:
            return outside[-1]
        own = [n for n in before if found[n].first >= begin]
        if own:
            return self._subject_of(line, own)
        for n in after:
            distance = found[n].first - one.told.last
            # “on 22 June for the trial”; or “On Monday the ministry will hold a meeting”
            opens = one.told.first - begin <= 3 or distance <= 4
            if found[n].first < end and (
                distance <= 2 or (opens and not self._has_date_behind(line, n))
            ):
                return n
        return before[-1] if before else None

    def _has_date_behind(self, line: _Line, place: int) -> bool:
        """Whether a meeting that is named behind one date has another behind itself."""
        found = line.found
        if line.told[0].last <= found[0].first and line.told[-1].last <= found[-1].first:
            # “on Monday A and on Tuesday B”
            return False
        last = found[place + 1].first if place + 1 < len(found) else len(line.clauses.tokens)
        return any(found[place].last <= one.first < last for one in line.told)

    def _subject_of(self, line: _Line, own: Sequence[int]) -> int:
        """The last of several names, but not one that only says where or how: “X will be held at
        the Y Forum on …” is about X."""
        found, tokens = line.found, line.clauses.tokens
        place = len(own) - 1
        while place > 0:
            one, other = found[own[place]], found[own[place - 1]]
            lead = tokens[max(one.first - 2, other.last) : one.first]
            verb = any(line.clauses.is_event_verb(at) for at in range(other.last, one.first))
            if not (verb and any(token.fold in self.words.words.oblique for token in lead)):
                break
            place -= 1
        return own[place]

    def _with(self, line: _Line, target: int | None) -> Iterator[int]:
        """The meetings that share what is said: those joined to one by “and”."""
        found = line.found
        if target is None:
            return
        place = target
        while place > 0 and self._joined(line, found[place - 1], found[place]):
            place -= 1
            yield place
        place = target
        while place + 1 < len(found) and self._joined(line, found[place], found[place + 1]):
            place += 1
            yield place

    def _joined(self, line: _Line, one: Mention, other: Mention) -> bool:
        between = [token.fold for token in line.clauses.tokens[one.last : other.first]]
        joins = (*self.words.words.and_, ",", "the", "para")
        return 0 < len(between) <= 3 and all(word in joins for word in between)

    def _topic_for(self, line: _Line, one: _Dated) -> Meeting | None:
        """The meeting that a sentence goes on about without naming it."""
        if self.topic is None or any(one.is_named for one in line.found):
            return None
        if line.clauses.aside(one.told.first) is not None:
            return None
        if not line.found and line.is_label:
            return self.topic
        if any(kind != "background" for _, kind in line.clauses.cues) and self._goes_on(line):
            return self.topic
        return None

    def _goes_on(self, line: _Line) -> bool:
        """Whether a sentence that names no meeting is about the one before: by a pronoun, or for
        want of a subject of its own."""
        one = self.words.words
        for at, token in enumerate(line.clauses.tokens[:12]):
            if token.fold in one.pronouns or token.fold in one.the_same:
                return True
            if any(place == at for place, _ in line.clauses.cues):
                return at == 0
        return False

    def _say(
        self,
        line: _Line,
        meeting: Meeting,
        one: _Dated,
        old: Sequence[_Dated],
        strength: int,
    ) -> None:
        clauses = line.clauses
        if self._is_end(line, one) and meeting.go_on_until(one.when.last_day):
            return
        begin, end = clauses.around(one.told.first)
        own = [(at, kind) for at, kind in clauses.cues if begin <= at < end] or clauses.cues
        kinds = {kind for _, kind in own}
        was = old[0].when if old else None
        moves = kinds & {"postponed", "moved"} and self._is_new(line, one)
        known = meeting.last_dated.when if meeting.last_dated else None
        is_other = known is not None and not (
            known.first_day <= one.when.last_day and one.when.first_day <= known.last_day
        )
        if was is None and (moves or (is_other and clauses.says_now(one.told.first))):
            # “It has been moved to 9 June”: the date that was told before
            was = meeting.last_dated.when if meeting.last_dated else None
        if was == one.when:
            was = None
        if "cancelled" in kinds and was is None:
            status = ClaimStatus.CANCELLED
        elif was is not None:
            status = ClaimStatus.SCHEDULED
        elif one.is_old or ("postponed" in kinds and not self._is_new(line, one)):
            status = ClaimStatus.POSTPONED
        elif one.when.last_day < self.published or (
            one.when.first_day <= self.published and clauses.nearest(one.told.first) == "held"
        ):
            status = ClaimStatus.HELD
        else:
            status = ClaimStatus.SCHEDULED
        meeting.said.append(Said(one.when, status, clauses.sentence, was, strength))
        line.spoken.append((one.told.first, meeting))
        self.last_when = one.when

    def _is_end(self, line: _Line, one: _Dated) -> bool:
        """Whether a date may be the last day of a meeting that was dated before: “until …”."""
        before = line.clauses.tokens[max(one.told.first - 4, 0) : one.told.first]
        return one.when.days == 1 and not one.is_old and self.words.ends.is_in(before)

    def _say_length(self, line: _Line) -> None:
        """“It lasts nine days”: how long what was dated before goes on."""
        length = dates.length(line.clauses.tokens, self.words.words.code)
        meeting = next((one for one in line.meetings if one is not None), self.topic)
        if not length or not 1 < length < 100 or meeting is None:
            return
        if (first := meeting.only_day) is not None:
            meeting.go_on_until(first + timedelta(days=length - 1))

    def _is_new(self, line: _Line, one: _Dated) -> bool:
        """Whether a date is named as the new one of a postponed meeting."""
        tokens, place = line.clauses.tokens, one.told.first
        leads = self.words.new.before(tokens, place) or self.words.to.before(tokens, place)
        return bool(leads) and one.when.first_day >= self.published

    def _say_undated(self, line: _Line) -> None:
        """A meeting that was held, is to be held or was called off, without a date."""
        found, meetings, clauses = line.found, line.meetings, line.clauses
        for place, one in enumerate(found):
            meeting = meetings[place]
            if meeting is None or not (one.is_named or one.refers):
                continue
            last = found[place + 1].first if place + 1 < len(found) else len(clauses.tokens)
            joined = list(self._with(line, place))
            if joined and place + 1 in joined:
                last = len(clauses.tokens)
            _, end = clauses.around(one.first)
            near = [
                kind
                for at, kind in clauses.cues
                if one.last <= at < min(last, end) and at - one.last <= 8
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
                meeting.said.append(Said(None, status, clauses.sentence))

    def _take_places(self, line: _Line) -> None:
        """The places of the meetings that a sentence is about."""
        sentence = line.clauses.sentence
        for place in places.find(sentence, self.words, line.found):
            name = self.dateline if place.is_here else (place.text or self.last_place)
            if name is None:
                continue
            self.last_place = name
            for meeting in self._placed(line, place.at):
                meeting.places.append((sentence, name))
        if line.spoken and line.is_entry and (name := places.behind(sentence, self.words, 1)):
            line.spoken[0][1].places.append((sentence, name))
        label = places.label(sentence, self.words) if line.is_label else None
        if label and self.topic:
            self.topic.places.append((sentence, label))

    def _placed(self, line: _Line, at: int) -> list[Meeting]:
        """The meetings that are at a place: of the date or the name nearest before it, else of the
        date nearest behind it, else the one that the text goes on about."""
        found, meetings = line.found, line.meetings
        begin, end = line.clauses.around(at)
        owners = [n for n, one in enumerate(found) if begin <= one.first and one.last <= at]
        dated = [(place, one) for place, one in line.spoken if begin <= place < end]
        before = [(place, one) for place, one in dated if place < at]
        if before and (not owners or found[owners[-1]].last <= before[-1][0]):
            last = before[-1][0]
            return [one for place, one in before if place == last]
        if owners:
            near = [owners[-1], *self._with(line, owners[-1])]
            return [one for n in near if (one := meetings[n]) is not None and one.said]
        if dated:
            first = dated[0][0]
            return [one for place, one in dated if place == first]
        return [self.topic] if self.topic and self.topic.said and not found else []

    # — which meeting —

    def _meeting(self, mention: Mention) -> Meeting | None:
        """The meeting that a mention is of: one that is known, or a new one."""
        is_generic = mention.head in self.words.words.generic and len(mention.words) < 3
        if mention.refers or (is_generic and self.topic and not mention.is_indefinite):
            return self._referred(mention)
        for meeting in self.meetings[-NEAR:]:
            if is_same(meeting, mention):
                if len(meeting.mentions) < NEAR:
                    meeting.mentions.append(mention)
                return meeting
        meeting = Meeting([mention], self.count)
        self.meetings.append(meeting)
        return meeting

    def _referred(self, mention: Mention) -> Meeting | None:
        """What “mesyuarat itu” refers to: the last meeting of that kind, else the last one."""
        for meeting in reversed(self.meetings[-NEAR:]):
            for one in meeting.mentions[:NEAR]:
                if mention.head == one.head or mention.head in one.title.casefold().split():
                    return meeting
        if mention.head in self.words.words.generic and (
            len(mention.words) == 1 or (mention.ordinal and len(mention.words) == 2)
        ):
            return self.topic
        words = self.words.words
        if (
            words.head_first
            and self.topic
            and self.topic.is_named
            and not mention.is_bare
            and len(mention.words) == 2
            and mention.head not in words.stages | words.common
        ):
            # “pesta kuliner itu”: what was named before, by another word
            return self.topic
        is_new = len(mention.words) > 1 or mention.is_bare or self.topic is None
        if is_new or mention.head in self.words.words.stages:
            # “the hearing” that nothing was said of before is a new one
            meeting = Meeting([mention], self.count)
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

    def _reading(self, meeting: Meeting) -> Reading | None:
        if not meeting.said:
            return None
        chosen = best(meeting.said)
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
            place=meeting.place(chosen),
            status=status,
            evidence=chosen.sentence.text,
        )


def _label(tokens: Sequence[Token], words: Vocabulary) -> str | None:
    """What a line of a notice tells: date, time or place."""
    size = words.labels.at(tokens, 0)
    if size and size < len(tokens) and tokens[size].text == ":":
        return words.words.labels[folded(tokens[:size])]
    return None


def _entry(
    sentence: Sentence,
    words: Vocabulary,
    found: Sequence[Mention],
    told: Sequence[Told],
    clauses: Clauses,
) -> Mention | None:
    """The meeting of a line in a list: “Abstract submission: 30 April”, “Friday, 7 pm: A vs B”."""
    tokens = sentence.tokens
    colon = next((at for at, one in enumerate(tokens) if one.text == ":"), None)
    if colon is None or not told or _label(tokens, words) or len(tokens) > 40:
        return None
    if all(one.first > colon for one in told) and told[0].first <= colon + 3:
        first, last = 0, colon
    elif all(one.last <= colon for one in told) and told[0].first <= 1:
        first = colon + 1
        last = next((at for at in range(first, len(tokens)) if tokens[at].text in ",(;"), None) or (
            len(tokens) - (tokens[-1].text == ".")
        )
    else:
        return None
    if not 0 < last - first <= 14:
        return None
    if any(first <= one.first < last and (one.is_named or one.series) for one in found):
        return None
    if any(one.fold in words.words.never for one in tokens[first:last]):
        return None
    if first == 0 and any(one.fold in words.words.reporting for one in tokens[:last]):
        return None
    return mentions.titled(sentence, first, last)


def _counted(told: Told, anchor: When, published: date) -> Told:
    """With its distance from the day of publication, as counted from another date."""
    if told.nth is not None:
        first, last = (
            (anchor.last_day if one < 0 else anchor.first_day + timedelta(days=one - 1))
            for one in told.nth
        )
        length = (last - first).days + 1
        return replace(told, nth=None, away=(first - published).days, length=length)
    away = told.away or 0
    from_day = anchor.last_day if away > 0 else anchor.first_day
    return replace(told, away=(from_day - published).days + away)


def _overlap(told: Told, one: Mention) -> bool:
    return one.first < told.last and told.first < one.last
