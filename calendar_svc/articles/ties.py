"""Which of the meetings that a sentence names a date of it belongs to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from calendar_svc.articles.lines import Dated, Line
from calendar_svc.articles.names import Mention
from calendar_svc.articles.tokens import Token
from calendar_svc.articles.vocabulary import Vocabulary
from calendar_svc.domain import when as whens
from calendar_svc.domain.when import When


class Ties:
    """The ties between the dates and the meetings of a sentence."""

    def __init__(self, line: Line, words: Vocabulary, published: date) -> None:
        self.line, self.words, self.published = line, words, published

    def ends_joined(self, dated: list[Dated]) -> list[Dated]:
        """“Begins on 2 March … and ends on 13 March” is one span."""
        joined: list[Dated] = []
        for one in dated:
            last = joined[-1] if joined else None
            begin = last.told.last if last else 0
            before = self.line.clauses.tokens[max(one.told.first - 6, begin) : one.told.first]
            if (
                last is not None
                and self._ends(before)
                and last.when.days == one.when.days == 1
                and last.when.first_day < one.when.first_day
                and not any(begin <= each.first < one.told.first for each in self.line.found)
            ):
                span = When.lasting(whens.day(last.when.first_day), whens.day(one.when.first_day))
                joined[-1] = replace(last, when=span)
            else:
                joined.append(one)
        return joined

    def without_asides(self, dated: list[Dated]) -> list[Dated]:
        """“Talks, broken off in October, resume on Monday” have one date, that of the verb."""
        if len(self.line.found) != 1 or len(dated) < 2:
            return dated
        clauses = self.line.clauses
        main = [one for one in dated if clauses.aside(one.told.first) is None]
        name = self.line.found[0]
        beside = [one for one in dated if (clauses.aside(one.told.first) or (0, 0))[0] == name.last]
        if beside and all(one.told.last <= name.first for one in main):
            # “will travel to Rome next week to attend the summit, scheduled for May 26”
            return beside
        dated = [one for one in dated if one.when.days == 1 or one in main] if main else dated
        if len(dated) == 2 and len(main) == 1 and all(one.when.days == 1 for one in dated):
            first, last = sorted(dated, key=lambda one: one.when.first_day)
            is_end = self.is_end(last) or self.words.closed.is_in(
                clauses.tokens[max(last.told.first - 4, 0) : last.told.first]
            )
            if is_end and first.when.first_day < last.when.first_day:
                # “which opened on 11 April, runs until 28 June”
                span = When.lasting(whens.day(first.when.first_day), whens.day(last.when.last_day))
                return [replace(main[0], when=span)]
        return main or dated

    def without_reasons(self, dated: list[Dated]) -> list[Dated]:
        """Without those of a clause that says after what something happened."""
        kept = [one for one in dated if self._is_beside(one) or not self._is_of_reason(one)]
        return kept or dated

    def _is_beside(self, one: Dated) -> bool:
        """Whether a date stands right before a name: “in Sunday's first round”."""
        return any(0 <= each.first - one.told.last <= 1 for each in self.line.found)

    def _is_of_reason(self, one: Dated) -> bool:
        """“Saturday's match was postponed after the pitch failed an inspection this morning”"""
        clauses, words = self.line.clauses, self.words
        verbs = [at for at, kind in clauses.cues if kind != "background"]
        begin = verbs[0] if verbs else one.told.first
        return any(
            (size := words.after_.at(clauses.tokens, at)) and at + size < one.told.first
            for at in range(begin, one.told.first)
        )

    def renewed(self, dated: Sequence[Dated]) -> Dated | None:
        """The second of two days, where the first is told with the name and the second with the
        verb: that on which it will be instead."""
        found, clauses = self.line.found, self.line.clauses
        if len(dated) != 2 or len(found) != 1 or any(one.when.days > 1 for one in dated):
            return None
        first, second = dated
        between = [at for at, _ in clauses.cues if first.told.last <= at < second.told.first]
        is_with_name = 0 <= first.told.first - found[0].last <= 2
        is_verb = any(clauses.is_event_verb(at) for at in between)
        if first.when.first_day == second.when.first_day or not (is_with_name and is_verb):
            return None
        return (
            second if not self._ends(clauses.tokens[first.told.last : second.told.first]) else None
        )

    def one_each(self, dated: Sequence[Dated]) -> list[int] | None:
        """“A and B on 1 and 2 May respectively”: as many names as dates, all names first."""
        found = self.line.found
        if len(found) < 2 or len(found) != len(dated):
            return None
        if self.words.respectively.is_in(self.line.clauses.tokens) and (
            found[-1].last <= dated[0].told.first
        ):
            return list(range(len(found)))
        return None

    def target(self, one: Dated) -> int | None:
        """Which of the meetings of a sentence a date belongs to: the nearest before it in its own
        clause, else the nearest after it there, else the nearest before it at all."""
        found, clauses = self.line.found, self.line.clauses
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
        if own and (opened := self._opened_by(one, after)) is not None:
            return opened
        if own and found[own[-1]].head in self.words.words.bodies:
            # “the assembly will on Tuesday hold a debate”
            given = (n for n in after if found[n].first < end and clauses.will_be_given(found[n]))
            if (n := next(given, None)) is not None and found[n].first - one.told.last <= 4:
                return n
        if own:
            return self._subject_of(own)
        for n in after:
            distance = found[n].first - one.told.last
            if self._is_parted(one.told.last, found[n].first):
                continue
            # “on 22 June for the trial”; or “On Monday the ministry will hold a meeting”
            opens = one.told.first - begin <= 3 or distance <= 4
            if found[n].first < end and (distance <= 2 or (opens and not self._has_date_behind(n))):
                return n
        return before[-1] if before else None

    def _opened_by(self, one: Dated, after: Sequence[int]) -> int | None:
        """The meeting right behind a date that opens a part of a sentence: “…, and on 26 May its
        annual meeting”."""
        tokens, words = self.line.clauses.tokens, self.words
        lead = one.told.first - 1
        is_fixed = lead >= 0 and tokens[lead].fold in words.words.fixes
        opens = (
            lead > 0
            and tokens[lead].fold in words.words.on
            and (tokens[lead - 1].text in (",", ";") or words.and_.before(tokens, lead) > 0)
        )
        if not (is_fixed or opens):
            return None
        near = (n for n in after if 0 <= self.line.found[n].first - one.told.last <= 1 + is_fixed)
        return next(near, None)

    def elsewhere(self, before: int, one: Dated) -> str | None:
        """The place of a date that stands in a row of places with their days, behind the date at a
        token before: “in Takoradi on 28 September, in Kumasi on 30 September”."""
        sentence, tokens, words = self.line.clauses.sentence, self.line.clauses.tokens, self.words
        last = next((told.last for told in self.line.told if told.first == before), None)
        if last is None or last >= one.told.first or one.is_old:
            return None
        at, end = last, one.told.first
        while at < end and (tokens[at].text == "," or tokens[at].fold in words.words.and_):
            at += 1
        is_listed = at > last
        at += words.places.at(tokens, at)
        end -= tokens[end - 1].fold in words.words.on
        name = tokens[at:end]
        is_place = 0 < len(name) <= 5 and all(each.is_name for each in name)
        return sentence.words(at, end) if is_listed and is_place else None

    def _is_parted(self, first: int, last: int) -> bool:
        """Whether what stands before a name says that the date before it is not its own: “on
        Thursday after talks …”."""
        tokens, words = self.line.clauses.tokens, self.words
        return any(
            words.before_.at(tokens, at) or words.after_.at(tokens, at) for at in range(first, last)
        )

    def _has_date_behind(self, place: int) -> bool:
        """Whether a meeting that is named behind one date has another behind itself."""
        found = self.line.found
        if self.line.told[0].last <= found[0].first and self.line.told[-1].last <= found[-1].first:
            # “on Monday A and on Tuesday B”
            return False
        last = found[place + 1].first if place + 1 < len(found) else len(self.line.clauses.tokens)
        return any(
            found[place].last <= one.first < last and not self._is_former(one.first)
            for one in self.line.told
        )

    def _is_former(self, place: int) -> bool:
        """Whether a date is told as one that no longer holds."""
        tokens = self.line.clauses.tokens
        return any(
            self.words.formerly.before(tokens, at) for at in range(place, max(place - 5, 0), -1)
        )

    def _subject_of(self, own: Sequence[int]) -> int:
        """The last of several names, but not one that only says where or how: “X will be held at
        the Y Forum on …” is about X."""
        found, tokens = self.line.found, self.line.clauses.tokens
        place = len(own) - 1
        while place > 0:
            one, other = found[own[place]], found[own[place - 1]]
            lead = tokens[max(one.first - 2, other.last) : one.first]
            verb = any(self.line.clauses.is_event_verb(at) for at in range(other.last, one.first))
            if not (verb and any(token.fold in self.words.words.oblique for token in lead)):
                break
            is_purpose = any(at == one.first - 2 for at, _ in self.line.clauses.cues)
            if is_purpose and tokens[one.first - 1].fold in self.words.words.chains:
                # “the case is fixed for mention on …”
                break
            if self.words.then_.is_in(tokens[other.last : one.first]):
                # “…, followed by the sea phase from …”
                break
            place -= 1
        return own[place]

    def joined_to(self, target: int | None, one: Dated | None = None) -> Iterator[int]:
        """The meetings that share what is said: those joined to one by “and”, unless each has a
        date of its own."""
        found, told = self.line.found, self.line.told
        if target is None or (one and len(told) > 1 and one.told.last <= found[target].first):
            return
        place = target
        while place > 0 and self._joined(found[place - 1], found[place]):
            place -= 1
            yield place
        place = target
        while place + 1 < len(found) and self._joined(found[place], found[place + 1]):
            place += 1
            yield place

    def _joined(self, one: Mention, other: Mention) -> bool:
        between = [token.fold for token in self.line.clauses.tokens[one.last : other.first]]
        joins = {",", *self.words.words.and_, *self.words.words.articles}
        return 0 < len(between) <= 3 and all(word in joins for word in between)

    def strength(self, target: int | None, one: Dated) -> int:
        """How close a date stands to the meeting that it is tied to, see Said."""
        if target is None:
            return 0
        if target == -1:
            return 2
        last = self.line.found[target].last
        verbs = [at for at, _ in self.line.clauses.cues if last <= at < one.told.first]
        is_first = not any(last <= told.first < one.told.first for told in self.line.told)
        return 2 if verbs and verbs[0] - last <= 4 and is_first else 1

    def is_since_alone(self, target: int, one: Dated) -> bool:
        """Whether a day is only one since which something is so: “on strike alert since 6 May”.
        It is the first day of a meeting where the verb says that this goes on."""
        clauses = self.line.clauses
        if not self.words.since.before(clauses.tokens, one.told.first):
            return False
        last = self.line.found[target].last
        return not any(
            last <= at < one.told.first and kind != "background" for at, kind in clauses.cues
        )

    def is_given_out(self, target: int, one: Dated) -> bool:
        """“the programme will be published on 3 May”"""
        tokens, words = self.line.clauses.tokens, self.words.words
        between = tokens[self.line.found[target].last : one.told.first]
        return any(token.fold in words.publishes for token in between)

    def _ends(self, before: Sequence[Token]) -> bool:
        """Whether the words before a day say that it is the last."""
        return self.words.ends.is_in(before) or self.words.closed.is_in(before)

    def is_end(self, one: Dated) -> bool:
        """Whether a date may be the last day of a meeting that was dated before: “until …”."""
        before = self.line.clauses.tokens[max(one.told.first - 6, 0) : one.told.first]
        return one.when.days == 1 and not one.is_old and self._ends(before)

    def is_new(self, one: Dated) -> bool:
        """Whether a date is named as the new one of a postponed meeting."""
        tokens, place = self.line.clauses.tokens, one.told.first
        leads = self.words.new.before(tokens, place) or self.words.to.before(tokens, place)
        return bool(leads) and one.when.first_day >= self.published
