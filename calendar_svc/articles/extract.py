"""An article → what it says of each meeting: which one, when, where, how it stands, in which words.

Sentence by sentence, dates and meetings are found and tied together; what is said of one meeting
in several places is brought together at the end.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from calendar_svc.articles import dates, lines, mentions, names, places, resolving
from calendar_svc.articles.clauses import Clauses
from calendar_svc.articles.dating import Dating
from calendar_svc.articles.known import NEAR, Known
from calendar_svc.articles.languages import codes, language
from calendar_svc.articles.lines import TITLE, Dated, Line
from calendar_svc.articles.meetings import Meeting, Said, best
from calendar_svc.articles.names import Mention, SeriesNames
from calendar_svc.articles.reading import Reading
from calendar_svc.articles.ties import Ties
from calendar_svc.articles.tokens import Sentence, Token, sentences
from calendar_svc.articles.told import Told
from calendar_svc.articles.vocabulary import Vocabulary, vocabulary
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.series import Series
from calendar_svc.domain.when import When

SHORT = 25
"""Tokens in a line of a notice."""
CLOCK = 12
"""Tokens in a line that has nothing but a clock time."""


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
        self.words, self.series, self.published = words, series, published
        self.dating = Dating(words, published, timezone, whole)
        self.headings: list[Sentence] = []
        """The lines right before, if they may be the title of what this line dates."""
        self.day: When | None = None
        """That of the last line that was nothing but a day, over the lines of an agenda."""
        self.last_place: str | None = None
        self.acronyms: dict[str, Mention] = {}
        self.known = Known(words)
        self.before: Meeting | None = None
        """What the text went on about before the sentence that is read."""

    # — one sentence —

    def take(self, sentence: Sentence) -> None:
        """Gather what a sentence says."""
        sentence = self.dating.without_dateline(sentence)
        self.known.seen = self.dating.count
        tokens = sentence.tokens
        if not tokens:
            return
        clauses = Clauses(sentence, self.words)
        found, told = self._parsed(clauses)
        if tokens[0].fold in self.words.words.conditional:
            # “if …” is only possible, but not the summit at which it is decided
            found = [one for one in found if one.is_named and clauses.is_at(one)]
            if not found:
                return
        if tokens[-1].text == ":" and not clauses.cues:
            # what a list is headed by: “This week's fixtures:”
            told = []
        told = [part for one in told for part in self.dating.parted(clauses, one)]
        told, anchors = self._anchored(told, found)
        found = [one for one in found if one not in anchors.values()]
        label = lines.label(tokens, self.words)
        if label:
            found = [one for one in found if one.first > 3]
        entry = lines.entry(sentence, self.words, found, told)
        found = [entry] if entry else found
        moves = any(kind == "moved" for _, kind in clauses.cues)
        if moves and any(one.start is not None for one in told):
            # “a week earlier, from 15 to 8 May”: by how much, and no date of its own
            told = [one for one in told if not one.after]
        dated = self._dated(clauses, told, anchors)
        if told and all(
            one.when.days == 1 and one.when.first_day == self.published for one in dated
        ):
            is_letter = not found and not clauses.cues and label is None
            if is_letter:
                # the day of a letter
                return
        opens = any(one.first <= 1 for one in told)
        is_alone = opens and not found and not clauses.cues and len(tokens) < SHORT
        if not told and self._take_item(clauses):
            return
        if is_alone and len(dated) == 1 and self._opens_agenda():
            self.day = dated[0].when
            return
        self._take_heading(clauses, is_alone and label is None, told, dated)
        line = Line(
            clauses,
            found,
            [self.known.of(one) for one in found],
            told,
            is_entry=entry is not None or (opens and any(one.text == ":" for one in tokens)),
            is_item=entry is not None,
            is_label=label is not None or is_alone,
        )
        self.before = self.known.topic
        self._tie(line, dated)
        if dated and not line.spoken and dated[-1].when.days == 1 and not dated[-1].is_old:
            self.dating.last_when = dated[-1].when
        if not told:
            if label == "time" or self._refers_back(clauses) or self._is_clock_alone(tokens):
                self._set_clock(clauses, self.known.topic)
            else:
                self._set_clocks_of(line)
        self._take_topic(line)

    def _refers_back(self, clauses: Clauses) -> bool:
        """Whether a sentence that tells how a meeting stands has, near its beginning, a word for
        what was named before."""
        words = self.words.words.pronouns | self.words.words.the_same
        return bool(clauses.cues) and any(one.fold in words for one in clauses.tokens[:6])

    def _is_clock_alone(self, tokens: Sequence[Token]) -> bool:
        """Whether a line has nothing but a clock time."""
        clock = dates.clock(tokens, self.words.words.code) if len(tokens) < CLOCK else None
        return clock is not None and clock.first <= 1 and clock.last >= len(tokens) - 1

    def _anchored(
        self, told: Sequence[Told], found: Sequence[Mention]
    ) -> tuple[list[Told], dict[int, Mention]]:
        """The dates without those that count from a meeting whose date is not known; and for the
        others, by their place, the name of that meeting."""
        kept: list[Told] = []
        anchors: dict[int, Mention] = {}
        for each in told:
            named = next((one for one in found if 0 <= one.first - each.last <= 1), None)
            if each.is_anchored and named:
                if self.known.anchor_of(named) is None:
                    continue
                anchors[len(kept)] = named
            kept.append(each)
        return kept, anchors

    def _parsed(self, clauses: Clauses) -> tuple[list[Mention], list[Told]]:
        """The meetings and the dates of a sentence, none of which is part of another."""
        tokens, code = clauses.tokens, self.words.words.code
        found = mentions.find(clauses.sentence, self.words, self.series, self.acronyms)[:NEAR]
        told = dates.find(tokens, code)[:NEAR]
        # “the first week” of a month is no meeting, nor is “the closing night”
        units = self.words.words.units
        found = [
            one
            for one in found
            if not any(
                _overlap(each, one) and (one.head in units or each.nth is not None) for each in told
            )
        ]
        told = [
            one
            for one in told
            if not any(_overlap(one, each) for each in found)
            and not (one.is_year_alone and self.words.durations.before(tokens, one.first))
        ]
        if len(told) > 1:
            # “applications for the session July close on 30 May”
            ends = {one.last for one in found}
            told = [one for one in told if not (one.is_month_alone and one.first in ends)] or told
        if any(one.start is not None for one in told):
            told = [one for one in told if not self._describes(clauses, one, found)]
        return [one for one in found if clauses.takes_place(one, told)], told

    def _describes(self, clauses: Clauses, told: Told, found: Sequence[Mention]) -> bool:
        """Whether a weekday only says what kind of meeting it is whose day is told as well: “a
        Sunday lecture on 9 April”."""
        if told.weekday is None or told.clocks or told.shift is not None:
            return False
        before = clauses.tokens[max(told.first - 1, 0) : told.first]
        return any(one.fold in self.words.words.an for one in before) and any(
            one.first == told.last for one in found
        )

    def _dated(
        self, clauses: Clauses, told: Sequence[Told], anchors: Mapping[int, Mention]
    ) -> list[Dated]:
        """The dates that count, as they are meant."""
        dated: list[Dated] = []
        for place, each in enumerate(told):
            known = self._anchor(each, anchors.get(place), dated)
            counted = self.dating.counted_on(each, known)
            begin = told[place - 1].last if place else 0
            if counted and (one := self.dating.dated(clauses, counted, begin)):
                dated.append(one)
        return dated

    def _anchor(self, told: Told, named: Mention | None, before: Sequence[Dated]) -> When | None:
        """What a date counts from: “a day before the summit”, “the second day”, “a week later”."""
        if told.is_anchored and named:
            return self.known.anchor_of(named)
        if told.nth is not None:
            # the last day of something that lasts some
            known = (
                self.known.when_of(one)
                for one in (self.known.topic, *reversed(self.known.meetings[-NEAR:]))
            )
            return next((one for one in known if one and one.days > 1), None)
        if told.is_anchored:
            return self.known.when_of(self.known.topic)
        return before[-1].when if before else self.dating.last_when

    def _take_heading(
        self, clauses: Clauses, is_alone: bool, told: Sequence[Told], dated: Sequence[Dated]
    ) -> None:
        """In a list of titles, each with its day in the line below, let the title be the topic."""
        headings, self.headings = self.headings, []
        sentence, tokens = clauses.sentence, clauses.tokens
        if not told and not clauses.cues and len(tokens) <= TITLE and tokens[-1].text != ".":
            self.headings = [sentence] if self._opens_block() else [*headings[-1:], sentence]
        is_day = bool(told) and told[0].first == 0 and told[0].period is None
        is_ahead = all(one.when.last_day >= self.published for one in dated)
        if not (is_alone and is_day and is_ahead):
            return
        is_named = any(self.words.heads.is_in(one.tokens) for one in headings)
        below = self._title_below(clauses, told) if told[0].start else None
        # below the title of a meeting stand its day and its place, which is all names
        if below and not (is_named and _is_all_names(below)):
            self.known.topic = self.known.of(names.titled(below, 0, len(below.tokens)))
        elif headings:
            # of two lines before it, the one that names a meeting: the other says where it is
            named = (one for one in reversed(headings) if self.words.heads.is_in(one.tokens))
            heading = next(named, headings[-1])
            self.known.topic = self.known.of(names.titled(heading, 0, len(heading.tokens)))

    def _take_item(self, clauses: Clauses) -> bool:
        """Gather the meeting of a line in an agenda, if it is one below a line with its day: “10.00
        am – Assembly, Hall 2”."""
        if self.day is None or self.day.days > 1:
            return False
        sentence = clauses.sentence
        if (mention := lines.item(sentence, self.words)) is None:
            return False
        item = self.known.add([mention])
        status = ClaimStatus.SCHEDULED if self.day.last_day >= self.published else ClaimStatus.HELD
        item.said.append(Said(self.day, status, sentence))
        if place := places.behind(sentence, self.words, mention.last):
            item.places.append((sentence, place))
        self._set_clock(clauses, item)
        return True

    def _opens_agenda(self) -> bool:
        """Whether the next line is one of an agenda."""
        after = self.dating.whole[self.dating.count : self.dating.count + 1]
        return any(lines.item(one, self.words) is not None for one in after)

    def _title_below(self, clauses: Clauses, told: Sequence[Told]) -> Sentence | None:
        """The line right below one that opens a block and has nothing but a day and a place: its
        title."""
        whole, at = self.dating.whole, self.dating.count - 1
        if at >= len(whole) - 1:
            return None
        here, below = whole[at : at + 2]
        is_next = below.start - here.start - len(here.text) == 1
        rest = (
            one
            for place, one in enumerate(clauses.tokens)
            if not any(each.first <= place < each.last for each in told)
        )
        is_bare = all(_is_no_word(one) for one in rest)
        code = self.words.words.code
        is_dated = dates.find(below.tokens, code) or dates.clock(below.tokens, code)
        is_title = len(below.tokens) <= TITLE and not is_dated
        return below if self._opens_block() and is_next and is_bare and is_title else None

    def _opens_block(self) -> bool:
        """Whether an empty line stands before the sentence that is read."""
        at = self.dating.count - 1
        before, here = self.dating.whole[max(at - 1, 0)], self.dating.whole[at]
        return here.start - before.start - len(before.text) > 1

    def _take_topic(self, line: Line) -> None:
        """Let what a sentence names be what the text goes on about: not what was only held before
        and has no name."""
        named = [one for one in line.meetings if one is not None]
        said = [one for one in named if one.said]
        news = [one for one in said if one.is_named or one.said[-1].status != ClaimStatus.HELD]
        if named and (news or not (said and self.known.topic)):
            self.known.topic = (news or said or named)[0]

    def _set_clocks_of(self, line: Line) -> None:
        """“The talk will begin at 11 am”: the hour of a part, on the day that the text is about."""
        part = next(iter(line.meetings), None)
        about = self.known.when_of(self.before)
        is_told = any(kind == "scheduled" for _, kind in line.clauses.cues)
        if not part or not is_told or part.last_dated or about is None or about.days > 1:
            return
        if dates.clock(line.clauses.tokens, self.words.words.code) is None:
            return
        part.said.append(Said(about, ClaimStatus.SCHEDULED, line.clauses.sentence))
        self._set_clock(line.clauses, part)

    def _set_clock(self, clauses: Clauses, meeting: Meeting | None) -> None:
        """“Masa: 9.00 pagi”: the hour of the day that a line before it told."""
        clock = dates.clock(clauses.tokens, self.words.words.code)
        said = meeting.last_dated if meeting else None
        if clock is None or meeting is None or said is None or said.when is None:
            return
        if said.when.days > 1:
            return
        day = said.when.first_day
        told = Told(
            clock.first,
            clock.last,
            away=(day - self.published).days,
            clocks=clock.times,
            zone=clock.zone,
        )
        when = resolving.resolve(
            told, self.published, ahead=None, zone=self.dating.zone(clauses, told)
        )
        if when is not None:
            meeting.sharpen(when)

    def _tie(self, line: Line, dated: Sequence[Dated]) -> None:
        meetings, ties = line.meetings, Ties(line, self.words, self.published)
        new = ties.without_reasons(ties.ends_joined([one for one in dated if not one.is_old]))
        old = [one for one in dated if one.is_old]
        main = ties.without_asides(new)
        changes = any(kind in ("moved", "postponed") for _, kind in line.clauses.cues)
        if changes or any(line.clauses.says_now(one.told.first) for one in main):
            # “scheduled for 15 May, has been postponed to 5 June”
            old += [one for one in new if one not in main]
        new = main
        if (renewed := ties.renewed(new)) is not None:
            # “the meeting of 14 October will take place on 15 October”
            old, new = [new[0], *old], [renewed]
        together = ties.one_each(new)
        for place, one in enumerate(new):
            target = together[place] if together else None
            if target is not None:
                if (meeting := meetings[target]) is not None:
                    self._say(line, ties, meeting, one, old, 2)
                continue
            meeting, target = self._owner(line, ties, one)
            if meeting is None:
                continue
            meeting = self._elsewhere(line, ties, meeting, one)
            strength = ties.strength(target, one)
            self._say(line, ties, meeting, one, old, strength)
            for other in ties.joined_to(target if target != -1 else None, one):
                is_told = any(meetings[other] is said for _, said in line.spoken)
                if (joined := meetings[other]) and joined is not meeting and not is_told:
                    self._say(line, ties, joined, one, old, strength)
        if not new and old:
            meeting, target = self._owner(line, ties, old[0])
            if meeting is not None:
                self._say(line, ties, meeting, old[0], (), 1 if target is not None else 0)
        if not dated:
            if any(kind != "background" for _, kind in line.clauses.cues):
                self._say_length(line)
            self._say_undated(line, ties)
        self._take_places(line, ties)

    def _elsewhere(self, line: Line, ties: Ties, meeting: Meeting, one: Dated) -> Meeting:
        """Another meeting of that name, where it is held in several places on a day each."""
        if not line.spoken or (place := ties.elsewhere(line.spoken[-1][0], one)) is None:
            return meeting
        last = line.spoken[-1][1]
        if last.mentions[0].title != meeting.mentions[0].title:
            return meeting
        other = self.known.add(meeting.mentions[:1])
        other.places.append((line.clauses.sentence, place))
        return other

    def _owner(self, line: Line, ties: Ties, one: Dated) -> tuple[Meeting | None, int | None]:
        """The meeting that a date belongs to, and its place among those found: −1 for one known by
        the grammar alone, None for the one that the text goes on about."""
        found, meetings, clauses = line.found, line.meetings, line.clauses
        if line.is_item:
            return meetings[0], 0
        target = ties.target(one)
        begin, _ = clauses.around(one.told.first)
        is_own = target is not None and begin <= found[target].first < one.told.first
        if gapped := clauses.gapped(found, one.told.first):
            return self.known.of(gapped), -1
        # what stands before the verb comes before what stands behind the date, or farther away
        if not is_own and (subject := clauses.subject(found, one.told.first)):
            if subject.is_weak:
                return None, -1
            if (
                self.known.topic
                and clauses.meets(subject, one.told.first)
                and clauses.says_now(one.told.first)
            ):
                # “The delegates will now sit on 16 October”
                return self.known.topic, None
            if target is not None and clauses.meets(subject, one.told.first):
                # “leaders meet on Friday for their 46th summit”
                return meetings[target], target
            if (
                clauses.meets(subject, one.told.first)
                and self.words.words.has_tense
                and not self.words.heads.is_in(clauses.tokens[subject.first : subject.last])
            ):
                # “defence ministers of the region meet”
                people = self.known.of(subject)
                if people is not None:
                    people.is_of_people = True
                return people, -1
            return self.known.of(subject), -1
        if target is not None and meetings[target] is not None:
            behind = clauses.tokens[found[target].last :][:1]
            aside = clauses.aside(one.told.first)
            is_its_own = (
                (aside is not None and aside[0] == found[target].last)
                or any(token.fold in self.words.words.relative for token in behind)
                or clauses.stands_with(found[target], one.told.first)
            )
            if found[target].head in self.words.words.never or (
                not is_its_own and clauses.is_about_another(found[target])
            ):
                return None, -1
            if ties.is_since_alone(target, one) or ties.is_given_out(target, one):
                return None, -1
            return meetings[target], target
        return self._topic_for(line, one), None

    def _topic_for(self, line: Line, one: Dated) -> Meeting | None:
        """The meeting that a sentence goes on about without naming it."""
        if self.known.topic is None or any(one.is_named for one in line.found):
            return None
        if line.clauses.aside(one.told.first) is not None:
            return None
        if not line.found and line.is_label:
            return self.known.topic
        if any(kind != "background" for _, kind in line.clauses.cues) and self._goes_on(line):
            return self.known.topic
        return None

    def _goes_on(self, line: Line) -> bool:
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
        line: Line,
        ties: Ties,
        meeting: Meeting,
        one: Dated,
        old: Sequence[Dated],
        strength: int,
    ) -> None:
        clauses = line.clauses
        if ties.is_end(one) and meeting.go_on_until(one.when.last_day, self.published):
            return
        begin, end = clauses.around(one.told.first)
        own = [(at, kind) for at, kind in clauses.cues if begin <= at < end]
        # “work is suspended while the union holds its conference”: not what the first clause says
        own = own or (clauses.cues if begin == 0 else [])
        aside = clauses.aside(one.told.first)
        # “cancelled last year, will be held on 23 March”
        own = [cue for cue in own if clauses.aside(cue[0]) in (None, aside)] or own
        kinds = {kind for _, kind in own}
        was = old[0].when if old else None
        moves = kinds & {"postponed", "moved"} and ties.is_new(one)
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
        elif one.is_old or ("postponed" in kinds and not ties.is_new(one)):
            status = ClaimStatus.POSTPONED
        elif one.when.last_day < self.published or (
            one.when.last_day == self.published
            and (clauses.nearest(one.told.first) == "held" or clauses.is_done)
        ):
            status = ClaimStatus.HELD
        else:
            status = ClaimStatus.SCHEDULED
        meeting.said.append(Said(one.when, status, clauses.sentence, was, strength))
        line.spoken.append((one.told.first, meeting))
        self.dating.last_when = one.when

    def _say_length(self, line: Line) -> None:
        """“It lasts nine days”: how long what was dated before goes on."""
        length = dates.length(line.clauses.tokens, self.words.words.code)
        meeting = next((one for one in line.meetings if one is not None), self.known.topic)
        if not length or not 1 < length < 100 or meeting is None:
            return
        if (first := meeting.only_day) is not None:
            meeting.go_on_until(first + timedelta(days=length - 1), self.published)

    def _say_undated(self, line: Line, ties: Ties) -> None:
        """A meeting that was held, is to be held or was called off, without a date."""
        found, meetings, clauses = line.found, line.meetings, line.clauses
        for place, one in enumerate(found):
            meeting = meetings[place]
            if meeting is None:
                continue
            last = found[place + 1].first if place + 1 < len(found) else len(clauses.tokens)
            joined = list(ties.joined_to(place))
            if joined and place + 1 in joined:
                last = len(clauses.tokens)
            _, end = clauses.around(one.first)
            near = [
                kind
                for at, kind in clauses.cues
                if one.last <= at < min(last, end) and at - one.last <= 8
            ]
            is_clear = not one.refers and one.head not in self.words.words.common
            if not near and is_clear and clauses.will_be_given(one):
                # “will hold a public meeting”, with no date
                near = ["scheduled"]
            if "background" in near or not near:
                continue
            if "cancelled" in near:
                status = ClaimStatus.CANCELLED
            elif "postponed" in near:
                status = ClaimStatus.POSTPONED
            elif near[0] in ("held", "neutral"):
                status = ClaimStatus.HELD
            elif (
                near[0] == "scheduled"
                and (clauses.is_to_be_held(one) or clauses.will_be_given(one))
                and not clauses.is_denied(min(last, end))
            ):
                status = ClaimStatus.SCHEDULED
            else:
                continue
            is_told = status is ClaimStatus.SCHEDULED and is_clear
            if one.is_named or meeting.said or is_told:
                meeting.said.append(Said(None, status, clauses.sentence))

    def _take_places(self, line: Line, ties: Ties) -> None:
        """The places of the meetings that a sentence is about."""
        sentence = line.clauses.sentence
        for place in places.find(sentence, self.words, line.found):
            name = self.dating.dateline if place.is_here else (place.text or self.last_place)
            if name is None:
                continue
            self.last_place = name
            for meeting in self._placed(line, ties, place.at):
                meeting.places.append((sentence, name))
        if line.spoken and line.is_entry and (name := places.behind(sentence, self.words, 1)):
            line.spoken[0][1].places.append((sentence, name))
        label = places.label(sentence, self.words) if line.is_label else None
        if label and self.known.topic:
            self.known.topic.places.append((sentence, label))

    def _placed(self, line: Line, ties: Ties, at: int) -> list[Meeting]:
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
            near = [owners[-1], *ties.joined_to(owners[-1])]
            return [one for n in near if (one := meetings[n]) is not None and one.said]
        if dated:
            first = dated[0][0]
            return [one for place, one in dated if place == first]
        is_about = line.is_label or any(kind != "background" for _, kind in line.clauses.cues)
        return (
            [self.known.topic]
            if self.known.topic and self.known.topic.said and not found and is_about
            else []
        )

    # — at the end —

    def readings(self) -> list[Reading]:
        """What was gathered, a reading for each meeting."""
        found = [
            (meeting, reading)
            for meeting in sorted(self.known.meetings, key=lambda one: one.first_seen)
            if (reading := self._reading(meeting)) is not None
        ]
        named = [reading.when for meeting, reading in found if not meeting.is_of_people]
        return [
            reading
            for meeting, reading in found
            if not meeting.is_of_people or not any(_meet(reading.when, when) for when in named)
        ]

    def _reading(self, meeting: Meeting) -> Reading | None:
        if not meeting.said:
            return None
        chosen = best(meeting.said)
        is_to_come = chosen.status is ClaimStatus.SCHEDULED
        if chosen.when is None and not (meeting.is_named or is_to_come):
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


def _overlap(told: Told, one: Mention) -> bool:
    return one.first < told.last and told.first < one.last


def _is_no_word(token: Token) -> bool:
    """Whether it is a name, a number, a mark or a small word."""
    return token.is_name or token.kind != "word" or len(token.text) < 4


def _is_all_names(sentence: Sentence) -> bool:
    return all(_is_no_word(one) for one in sentence.tokens)


def _meet(one: When | None, other: When | None) -> bool:
    """Whether two times may be one: if they have a day in common, or one isn't known."""
    if one is None or other is None:
        return True
    return one.first_day <= other.last_day and other.first_day <= one.last_day
