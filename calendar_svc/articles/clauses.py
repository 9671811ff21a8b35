"""The grammar of a sentence as far as it ties dates to meetings: its verbs, clauses and asides."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from calendar_svc.articles.names import Mention, norm
from calendar_svc.articles.tokens import Phrases, Sentence, Token, folded
from calendar_svc.articles.told import Told
from calendar_svc.articles.vocabulary import Vocabulary


class Clauses:
    """The clauses of a sentence."""

    def __init__(self, sentence: Sentence, words: Vocabulary) -> None:
        self.sentence, self.tokens, self.words = sentence, sentence.tokens, words
        self.denied: list[int] = []
        """The verbs that say that something does not take place."""
        self.cues = self._cues()
        """Where the sentence says how something stands, and what it says."""
        self.asides = self._asides()
        """Its relative clauses and appositions."""

    def _cues(self) -> list[tuple[int, str]]:
        """Where the sentence says how something stands."""
        tokens = self.tokens
        found: list[tuple[int, str]] = []
        free_from, planned_at = 0, -10
        for place in range(len(tokens)):
            sizes = {kind: phrases.at(tokens, place) for kind, phrases in self.words.cues.items()}
            longest = max(sizes.values())
            if longest == 0 or place < free_from or self._is_in_a_name(place):
                continue
            free_from = place + longest
            lead = tokens[max(place - 3, 0) : place]
            is_denied = any(one.fold in self.words.words.not_ for one in lead)
            for kind, size in sizes.items():
                if size < longest:
                    continue
                if kind == "held" and size == 1 and self._is_adjective(place):
                    continue
                if is_denied and kind in ("cancelled", "postponed", "moved"):
                    # “will not be cancelled”
                    continue
                if kind in ("scheduled", "neutral") and (
                    is_denied or self._denies(place + longest)
                ):
                    self.denied.append(place)
                if kind == "scheduled":
                    planned_at = free_from
                elif kind in ("held", "neutral") and place - planned_at <= 3:
                    # “will be held”, “akan terus berlangsung”
                    continue
                found.append((place, kind))
        return found

    def _is_adjective(self, place: int) -> bool:
        """“behind closed doors”, “a closed session”"""
        before, one = self.tokens[place - 1] if place else None, self.words.words
        return one.has_tense and before is not None and before.fold in one.articles | one.oblique

    def _is_in_a_name(self, place: int) -> bool:
        """“Athletics Meet” is no verb."""
        token, before = self.tokens[place], self.tokens[place - 1] if place else None
        return (
            before is not None
            and token.is_name
            and before.is_name
            and before.end + 1 == token.start
            and not token.text.isupper()
        )

    def _denies(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].fold in self.words.words.not_

    def is_denied(self, place: int) -> bool:
        """Whether the verb before a date says that it is not then: “will not start this month”."""
        before = [at for at, kind in self.cues if at < place and kind != "background"]
        if not before or before[-1] not in self.denied:
            return False
        # “not on 20 May but on 3 June”
        return not any(one.fold in self.words.words.but for one in self.tokens[before[-1] : place])

    def around(self, place: int) -> tuple[int, int]:
        """The tokens of the clause that a place is in: up to the next semicolon or “while”."""
        begin = max((at for at in self._breaks if at < place), default=-1)
        end = min((at for at in self._breaks if at > place), default=len(self.tokens))
        return begin + 1, end

    @cached_property
    def _breaks(self) -> list[int]:
        return [
            at
            for at, token in enumerate(self.tokens)
            if token.text == ";"
            or (token.text in ("–", "—") and not self._is_hyphen(at))
            or token.fold in self.words.words.whereas
            or (token.text == ":" and self._parts_clauses(at))
        ]

    def _parts_clauses(self, at: int) -> bool:
        """Whether there is a verb on both sides of a colon."""
        verbs = [place for place, kind in self.cues if kind != "background"]
        return any(place < at for place in verbs) and any(place > at for place in verbs)

    def _is_hyphen(self, at: int) -> bool:
        """Whether a dash stands between two words without a space: “31 Okt.–1 Nov.”."""
        dash = self.tokens[at]
        ends = self.tokens[at - 1].end if at else -1
        begins = self.tokens[at + 1].start if at + 1 < len(self.tokens) else -1
        return ends == dash.start or begins == dash.end

    def says_now(self, place: int) -> bool:
        """Whether the words before a place say that what follows holds instead: “is now due”."""
        begin, _ = self.around(place)
        return any(token.fold in self.words.words.now for token in self.tokens[begin:place])

    def aside(self, place: int) -> tuple[int, int] | None:
        """The relative clause or apposition that a place is in."""
        return next((one for one in self.asides if one[0] <= place < one[1]), None)

    def is_event_verb(self, at: int) -> bool:
        """Whether a verb there says that something takes place, or that it no longer does."""
        one = self.words.words
        if self.words.modal.at(self.tokens, at):
            return False
        if any(self.words.cues[kind].at(self.tokens, at) for kind in ("neutral", "scheduled")):
            return True
        changed = ("postponed", "cancelled", "moved")
        # “the bank last moved in November” is no meeting that moved
        return any(self.words.cues[kind].at(self.tokens, at) for kind in changed) and (
            not one.passive
            or any(each.fold in one.passive for each in self.tokens[max(at - 3, 0) : at])
            or self.tokens[at - 1].text == ","
        )

    def _asides(self) -> list[tuple[int, int]]:
        """What stands between commas: “…, which begins on 3 May, …”."""
        tokens = self.tokens
        asides: list[tuple[int, int]] = []
        for at, token in enumerate(tokens[:-1]):
            if token.text != "," or tokens[at + 1].fold not in self.words.words.relative:
                continue
            if asides and at < asides[-1][1] - 1:
                continue
            closes = (n for n in range(at + 2, len(tokens)) if self._closes(n))
            asides.append((at, next(closes, len(tokens) - 1) + 1))
        return sorted([*asides, *self._appositions(asides)])

    def _appositions(self, asides: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """What stands between a name and the verb that a comma parts from it."""
        tokens = self.tokens
        free_from = 1
        for at, kind in self.cues:
            verb = at
            while verb > 1 and tokens[verb - 1].fold in self.words.words.auxiliaries:
                verb -= 1
            if kind == "background" or verb < 5 or tokens[verb - 1].text != ",":
                continue
            begin = verb - 2
            while begin >= free_from and verb - begin < 40 and not self._closes(begin):
                begin -= 1
            inside = tokens[begin + 1 : verb - 1]
            if (
                begin >= free_from
                and len(inside) > 1
                and tokens[begin].text == ","
                and not any(_within(asides, place) for place in (begin, verb - 1))
                and inside[0].fold not in self.words.months
            ):
                yield begin, verb
                free_from = verb

    def _closes(self, at: int) -> bool:
        """Whether a comma ends a clause: not one inside a date or a list of names."""
        tokens = self.tokens
        if tokens[at].text != "," or at + 1 == len(tokens):
            return False
        following, before = tokens[at + 1], tokens[at - 1]
        return not (following.kind == "number" or (before.is_name and following.is_name))

    def takes_place(self, one: Mention, told: Sequence[Told]) -> bool:
        """Whether the sentence says that something takes place: as the subject of a verb, as what
        somebody holds, or with a day right behind it. A line of a diary needs no verb."""
        fold = one.head
        if fold in self.words.words.units and self._is_a_day(one):
            return False
        before = self.tokens[max(one.first - 1, 0) : one.first + 1]
        if self._is_of_last_year(one) or any(token.fold in self.words.words.no for token in before):
            return False
        if one.title.casefold().replace("’", "'") in self.words.words.named_days:
            return False
        if fold in self.words.words.generic and not one.is_named:
            if one.is_bare:
                following = self.tokens[one.last : one.last + 1]
                return any(token.fold in self.words.words.relative for token in following)
            return one.refers or (
                len(one.words) > 1
                and (
                    self._has_article(one)
                    or self._verb_behind(one, None)
                    or self._is_oblique(one)
                    or self._is_object(one)
                )
            )
        if fold in self.words.words.bodies and not one.is_named:
            return self._verb_behind(one, self.words.meets)
        if fold in self.words.words.bodies:
            return (
                self._verb_behind(one, self.words.meets)
                or self._is_oblique(one)
                or self._is_object(one)
                or any(0 <= each.first - one.last <= 1 for each in told)
            )
        if not one.is_weak:
            return True
        if not any(kind != "background" for _, kind in self.cues):
            return True
        if any(0 <= one.first - each.last <= 1 for each in told):
            # “Thursday's semi-final”
            return True
        if self._has_article(one) and any(each.first <= 1 for each in told):
            # “On Friday, guests are invited to a dinner”
            return True
        dated = any(self._goes_with(one, each.first) for each in told)
        if one.is_bare and not self._has_article(one):
            is_clear = dated and fold not in self.words.words.common
            return (
                is_clear or self._verb_behind(one, None) or one.first == 0 or self._is_object(one)
            )
        if self.words.there_is.before(self.tokens, one.first - self._has_article(one)):
            return True
        return self._verb_behind(one, None) or self._is_object(one) or dated

    def _is_of_last_year(self, one: Mention) -> bool:
        """“last year's race”, “pesta tahun lalu”"""
        tokens, words = self.tokens, self.words
        if words.words.head_first:
            size = words.units.at(tokens, one.last)
            unit = folded(tokens[one.last : one.last + size])
            return words.words.units.get(unit) == "year" and bool(
                words.last.at(tokens, one.last + size)
            )
        return any(
            words.last.before(tokens, at) and words.words.units.get(_owner(tokens[at])) == "year"
            for at in range(max(one.first - 2, 0), min(one.first + 2, len(tokens)))
        )

    def _is_a_day(self, one: Mention) -> bool:
        """Whether a name is that of a day, on which something is: “closed on Labour Day”."""
        before = self.tokens[one.first - 1 : one.first]
        return any(token.fold in self.words.words.on | self.words.words.around for token in before)

    def _verb_behind(self, one: Mention, verbs: Phrases | None) -> bool:
        """Whether the verb of a subject stands behind it: of these, or of any that say so."""
        place, steps = one.last, 0
        while place < len(self.tokens) and steps < 10:
            if aside := next((each for each in self.asides if each[0] == place), None):
                if verbs and verbs.is_in(self.tokens[place : place + 5]):
                    return True
                if verbs is None and any(aside[0] <= at < aside[1] for at, _ in self.cues):
                    return True
                # the verb of “, has been dropped” may be the end of what stands between
                place, steps = aside[1] - (aside[1] - 1 > place), steps + 1
            token = self.tokens[place]
            is_cue = any(at == place and kind != "background" for at, kind in self.cues)
            if verbs is None and is_cue:
                return True
            if verbs is not None and verbs.at(self.tokens, place):
                return True
            if token.kind == "mark" and token.text not in ("'", "’", ","):
                return False
            place, steps = place + 1, steps + 1
        return False

    def _is_object(self, one: Mention) -> bool:
        """“will host a concert”, “menggelar rapat”."""
        return any(self.is_active(at) for at in range(max(one.first - 4, 0), one.first))

    def is_active(self, at: int) -> bool:
        """Whether the verb at a token has the meeting as its object."""
        size = self.words.active.at(self.tokens, at)
        if not size:
            return False
        before = self.tokens[max(at - 3, 0) : at]
        following = self.tokens[at + size] if at + size < len(self.tokens) else None
        return (
            following is not None
            and following.kind in ("word", "ordinal", "number")
            and following.fold not in self.words.words.at
            and following.fold not in self.words.words.on
            and following.fold not in self.words.words.stops
            and not any(token.fold in self.words.words.passive for token in before)
        )

    def _has_article(self, one: Mention) -> bool:
        before = self.tokens[one.first - 1 : one.first]
        words = self.words.words
        return any(token.fold in words.an | words.determiners for token in before)

    def is_at(self, one: Mention) -> bool:
        """Whether a meeting is told as that at which something happens: “at the 20th summit”."""
        words = self.words.words
        before = self.tokens[max(one.first - 2, 0) : one.first]
        return any(token.fold in words.at | words.on for token in before)

    def _is_oblique(self, one: Mention) -> bool:
        before = self.tokens[max(one.first - 2, 0) : one.first]
        return any(token.fold in self.words.words.oblique for token in before)

    def _goes_with(self, one: Mention, place: int) -> bool:
        """Whether a day stands right behind a name, or behind the place that follows it."""
        if not one.last <= place <= one.last + 12:
            return False
        between = self.tokens[one.last : place]
        return not any(
            token.text in (";", ":", ".")
            or token.fold in self.words.words.stops - self.words.words.to_day
            for token in between
        ) and not any(one.last <= at < place for at, _ in self.cues)

    def stands_with(self, one: Mention, place: int) -> bool:
        """Whether nothing but a place stands between a name and a day."""
        words = self.words.words
        small = words.at | words.on | words.articles
        return one.last <= place and all(
            token.is_name or token.text == "," or token.fold in small
            for token in self.tokens[one.last : place]
        )

    def subject(self, found: Sequence[Mention], place: int) -> Mention | None:
        """What takes place on the date at a place, by the grammar alone: what stands before “will
        be held”."""
        tokens = self.tokens
        begin, _ = self.around(place)
        aside = self.aside(place)
        cues = [cue for cue in self.cues if self.aside(cue[0]) == aside]
        verbs = [at for at, kind in cues if begin <= at < place and kind != "background"]
        if any(self.is_active(at) for at in range(begin, place)):
            # who holds a meeting is none
            return None
        if not verbs or not any(self.is_event_verb(at) for at in range(verbs[0], place)):
            return None
        verb = verbs[-1]
        while verb > begin and tokens[verb - 1].fold in self.words.words.auxiliaries:
            verb -= 1
        if verb > begin and tokens[verb - 1].fold in self.words.words.pronouns:
            # “before it closes on 27 November”
            return None
        last = next(at for at in range(verbs[0], place) if self.is_event_verb(at))
        while last > begin and (
            tokens[last - 1].fold in self.words.words.auxiliaries
            or tokens[last - 1].fold in self.words.words.modal
        ):
            last -= 1
        if aside is not None:
            last = min(last, aside[0])
        elif skipped := next((each for each in self.asides if each[1] == last), None):
            last = skipped[0]
        first = last
        while first > begin and last - first < 12 and self._may_be_subject(tokens[first - 1]):
            first -= 1
        while first < last and tokens[first].fold in self.words.words.openings:
            first += 1
        one = self.words.words
        if first >= last or tokens[first].fold in (
            one.pronouns | one.whereas | one.subordinating | one.oblique
        ):
            return None
        if first and tokens[first - 1].fold in self.words.words.relative:
            # “registration for those who …”
            return None
        if any(at == first and kind != "background" for at, kind in self.cues):
            # “took place” is no name
            return None
        empty = one.stops | one.formerly | one.small | one.auxiliaries
        if all(one.fold in empty or one.kind != "word" for one in tokens[first:last]):
            return None
        if any(each.first < last and first < each.last for each in found):
            return None
        title = self.sentence.words(first, last)
        words_ = frozenset(norm(title))
        refers = last - first < 4 and (
            tokens[last - 1].fold in self.words.words.the
            or tokens[first].fold in self.words.words.the_same
        )
        head = tokens[first if self.words.words.head_first else last - 1].fold
        if aside is not None and tokens[aside[0] + 1].fold in one.whose:
            return Mention(first, last, title, head, words_, is_weak=True)
        goes = one.travels | one.publishes
        travels = any(token.fold in goes for token in tokens[last:place])
        if travels or self._says_never(first, last):
            return Mention(first, last, title, head, words_, is_weak=True)
        if not any(len(word) > 2 and not word.isdigit() for word in words_):
            return None
        named = sum(token.is_name for token in tokens[first:last]) >= 2
        return Mention(first, last, title, head, words_, is_named=named, refers=refers)

    def _says_never(self, first: int, last: int) -> bool:
        """Whether a subject is something that is no meeting: “figures for the first quarter”."""
        one = self.words.words
        chains = (at for at in range(first + 1, last) if self.tokens[at].fold in one.chains)
        end = next(chains, last)
        # the “Winter Work Party” is no work
        begin = first if one.head_first else end - 1
        return any(self.tokens[at].fold in one.never for at in range(begin, end))

    def meets(self, subject: Mention, place: int) -> bool:
        """Whether those who are the subject meet, up to a place."""
        between = self.tokens[subject.last : place]
        return self.words.meets.is_in(between)

    def is_to_be_held(self, one: Mention) -> bool:
        """Whether it is said behind a name that it takes place: “will be held”, “akan diadakan”."""
        places = range(one.last, min(one.last + 10, len(self.tokens)))
        return any(
            self.words.cues[kind].at(self.tokens, at)
            for kind in ("neutral", "held")
            for at in places
        )

    def will_be_given(self, one: Mention) -> bool:
        """Whether somebody will hold a meeting: “will host a concert”."""
        begin = max(one.first - 6, 0)
        return self._is_object(one) and any(
            begin <= at < one.first and kind == "scheduled" for at, kind in self.cues
        )

    def is_about_another(self, one: Mention) -> bool:
        """Whether a name only says what something else is of: “tickets for the concert”."""
        words = self.words.words
        place = one.first - 1
        if words.head_first and place >= 0 and self.tokens[place].fold in words.never:
            return True
        while place > 0 and (
            self.tokens[place].fold in words.articles
            or self.tokens[place].fold in self.words.months
        ):
            place -= 1
        return (
            place > 0
            and self.tokens[place].fold in words.chains
            and self.tokens[place - 1].fold in words.never
        )

    def gapped(self, found: Sequence[Mention], place: int) -> Mention | None:
        """What a verb said before takes along: “A meets on 3 May, its panel on 17 May and the
        second on 9 June”."""
        tokens = self.tokens
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
        if any(first <= at < last for at, _ in self.cues):
            # “…, kicks off on 1 July” has a verb
            return None
        if all(token.fold in self.words.words.stops for token in tokens[first:last]):
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
        title = self.sentence.words(first, last)
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

    def _may_be_subject(self, token: Token) -> bool:
        return (
            token.kind in ("word", "ordinal", "number", "clock", "slashed")
            and token.fold not in self.words.words.reporting
            and token.fold not in self.words.words.subordinating
        ) or token.text in ("'", "’", "-", "&")

    def looks_ahead(self, place: int) -> bool | None:
        """Whether the verb nearest a date, before it if there is one, looks ahead or back."""
        match self.nearest(place):
            case "held":
                return False
            case "neutral":
                return None
            case "scheduled":
                return True
        return None

    @cached_property
    def is_past(self) -> bool:
        """Whether the verbs of a sentence are past, of those that say nothing of a meeting."""
        one = self.words.words
        endings = tuple(one.past_endings)
        if one.has_tense and self.is_done:
            return True
        return one.has_tense and any(
            token.fold in one.past or (token.fold.endswith(endings) and len(token.fold) > 4)
            for at, token in enumerate(self.tokens)
            if token.kind == "word"
            and not token.is_name
            and token.fold not in one.reporting
            and not (at and self.tokens[at - 1].fold in one.passive | one.perfect | one.before_verb)
        )

    @cached_property
    def is_done(self) -> bool:
        """Whether something was said after a meeting was opened or chaired: “told reporters after
        opening the fair”, “berkata demikian selepas mempengerusikan mesyuarat”."""
        after_, active = self.words.after_, self.words.active
        return any(
            (size := after_.at(self.tokens, at))
            and (active.at(self.tokens, at) or active.at(self.tokens, at + size))
            for at in range(len(self.tokens))
        )

    def is_perfect(self, place: int) -> bool:
        """Whether the clause before a place tells what has come to be: “has doubled in …”."""
        one = self.words.words
        begin = max(place - 8, 0)
        return any(token.fold in one.perfect for token in self.tokens[begin:place]) and not any(
            at >= begin and at < place and kind != "background" for at, kind in self.cues
        )

    def is_tenseless(self, place: int) -> bool:
        """Whether the verb before a place tells of an end without saying that it is past:
        “berakhir pada 20 Mei”."""
        if self.words.words.has_tense:
            return False
        before = [at for at, kind in self.cues if at < place and kind != "background"]
        return bool(before) and self.words.closed.at(self.tokens, before[-1]) > 0

    def nearest(self, place: int) -> str | None:
        """What the verb nearest a place says, the nearest before it if there is one."""
        told = [(at, kind) for at, kind in self.cues if kind != "background"]
        before = [(place - at, kind) for at, kind in told if at < place]
        if before:
            return min(before)[1]
        after = [(at - place, kind) for at, kind in told if 0 <= at - place <= 8]
        return min(after)[1] if after else None


def _owner(token: Token) -> str:
    return token.fold.removesuffix("'s")


def _within(ranges: Sequence[tuple[int, int]], place: int) -> bool:
    return any(first <= place < last for first, last in ranges)
