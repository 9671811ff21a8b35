"""The dates of a sentence as they were told → as they are meant, by the verb and by what was told
before."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from calendar_svc.articles import gazetteer, places, resolving
from calendar_svc.articles.clauses import Clauses
from calendar_svc.articles.lines import Dated
from calendar_svc.articles.meetings import HISTORY
from calendar_svc.articles.tokens import Phrases, Sentence, Token
from calendar_svc.articles.told import Told
from calendar_svc.articles.vocabulary import Vocabulary
from calendar_svc.domain.when import When
from calendar_svc.words.dates import zone_of

RECENT = timedelta(days=14)
"""Within it, what is told as background may still be what the news is about."""
NEAR = 10
"""How many tokens from a clock time a place may stand to tell its zone."""
_DATELINE = re.compile(
    r"\s*(?:date \S{8,10} )?(?:"
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]{2,30}(?:, ?[^:–—\n]{2,30}?)?"
    r"|[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?: [A-Z][a-zß-öø-ÿ]+){0,2}(?:, ?[A-Z][A-Za-z ]{2,20})?"
    r"(?:, ?(?:\d{1,2} )?[A-Z][a-z]{2,8}\.?(?: \d{1,2})?(?:,? \d{4})?)?"
    r")\s*(?:\([^)\n]{2,30}\))?\s*(?::| ?[–—] ?|--| - )\s*"
)
"""Where and when an article was written, at its beginning: “KUALA LUMPUR:”, “Geneva, 3 May –”."""


class Dating:
    """Goes along with the sentences of a text and says which days they mean."""

    def __init__(
        self, words: Vocabulary, published: date, timezone: str, whole: Sequence[Sentence]
    ) -> None:
        self.words, self.published, self.timezone, self.whole = words, published, timezone, whole
        self.count = 0
        self.dateline: str | None = None
        """The city in which the article was written."""
        self.dateline_zone: str | None = None
        self.last_zone: str | None = None
        self.last_when: When | None = None
        """The date that was told last."""

    def counted_on(self, told: Told, anchor: When | None) -> Told | None:
        """“A week later”, “a day before the summit”, “the second day” count from another date, the
        anchor; “the 21st” is in its month. None where there is no such date."""
        if told.is_day_alone and told.start is not None:
            month = anchor.first_day if anchor else self.published
            day = told.start.day or 1
            if day < month.day:
                month = month.replace(day=1) + timedelta(days=31)
            return replace(told, start=replace(told.start, year=month.year, month=month.month))
        counts = told.is_anchored or told.nth is not None or (told.after and told.away is not None)
        if not counts:
            return told
        return _counted(told, anchor, self.published) if anchor else None

    def parted(self, clauses: Clauses, told: Told) -> list[Told]:
        """“Moved from 23 June to 1 July” are two dates and no span."""
        tokens = clauses.tokens
        is_span = (told.start and told.end) or told.to_weekday is not None
        if not is_span or not self.words.old.before(tokens, told.first):
            return [told]
        if self.words.new.at(tokens, told.last):
            # “from 13 to 15 December to 16 January”: the span has moved
            return [told]
        begin = max(told.first - 10, clauses.around(told.first)[0])
        if not any(
            kind in ("moved", "postponed") and at >= begin and at < told.first
            for at, kind in clauses.cues
        ) and not self._is_moved_apart(tokens[max(told.first - 14, 0) : told.first]):
            return [told]
        join = next(
            (at for at in range(told.first, told.last) if self.words.new.at(tokens, at)),
            told.last - 1,
        )
        if told.to_weekday is not None:
            return [
                replace(told, last=join, to_weekday=None),
                replace(told, first=join + 1, weekday=told.to_weekday, to_weekday=None),
            ]
        return [
            replace(told, last=join, end=None),
            replace(told, first=join + 1, start=told.end, end=None),
        ]

    def _is_moved_apart(self, tokens: Sequence[Token]) -> bool:
        """“pushed the meeting back”"""
        one = self.words.words
        verb = next((at for at, token in enumerate(tokens) if token.fold in one.moved_apart), None)
        return verb is not None and any(token.fold in one.particles for token in tokens[verb:])

    def dated(self, clauses: Clauses, told: Told, begin: int) -> Dated | None:
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
        when = resolving.resolve(told, self.published, ahead=ahead, zone=self.zone(clauses, told))
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
            for one in tokens[max(told.first - 2, 0) : told.last]
        ):
            return None
        deadline = self.words.words.by | self.words.words.before_
        if told.is_year_alone and (
            self.words.to.before(tokens, told.first)
            or any(one.fold in deadline for one in tokens[max(told.first - 1, 0) : told.first])
        ):
            # “by 2030”
            return None
        if told.is_year_alone and (ahead is not True or when.first_day.year < self.published.year):
            return None
        clause, _ = clauses.around(told.first)
        changes = (
            any(kind in ("moved", "postponed") and at >= clause for at, kind in cues)
            or any(token.fold in self.words.words.now for token in tokens[told.last :])
            or self._is_moved_apart(tokens)
        )
        if self._is_of_saying(clauses, told, when):
            return None
        if told.period is not None and told.period.shift and clauses.is_perfect(told.first):
            # “has doubled its audience in three years”
            return None
        is_old = self._stands_old(
            tokens, told, begin, self.words.old if changes else self.words.formerly
        )
        return Dated(told, when, is_old)

    def zone(self, clauses: Clauses, told: Told) -> str:
        """The zone of a clock time that names none: that of the place where it is, of the dateline,
        or of the cities that the article is about."""
        if not told.clocks or told.zone:
            self.last_zone = told.zone or self.last_zone
            return self.timezone
        here = {
            zone
            for place in places.find(clauses.sentence, self.words, ())
            if told.first - NEAR <= place.at <= told.last + NEAR
            for part in (place.text or "").split(", ")
            if (zone := gazetteer.zone_of(part))
        }
        if len(here) == 1:
            return here.pop()
        return self.dateline_zone or self.last_zone or self._zone_of_text or self.timezone

    @cached_property
    def _zone_of_text(self) -> str | None:
        sentences_ = (one.tokens for one in self.whole)
        return gazetteer.zone_told(sentences_, self.words)

    def _stands_old(self, tokens: Sequence[Token], told: Told, begin: int, old: Phrases) -> bool:
        """Whether a date is the one that no longer holds: “from …”, “originally … on …”. The
        nearest word that says so or otherwise decides, back to where the date before it ends."""
        for place in range(told.first, max(told.first - 7, begin, 0), -1):
            if old.before(tokens, place):
                return True
            if self.words.new.before(tokens, place):
                return False
        return False

    def _is_of_saying(self, clauses: Clauses, told: Told, when: When) -> bool:
        """Whether a date is that of a word that was said: “said on Tuesday”."""
        tokens = clauses.tokens
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
        if self._is_said_on(tokens, told) or self._is_of_act(clauses, told):
            return True
        if not self.published - timedelta(days=8) <= when.first_day <= self.published:
            return False
        if len(tokens) - told.last <= 2 and not any(
            clauses.is_active(at) for at in range(max(told.first - 12, 0), told.first)
        ):
            # “…,” ujar Rahmanto, 57, di sela latihan, Jumat (4/9).
            before = tokens[max(told.first - 12, 0) : told.first]
        behind = tokens[told.last : told.last + 1]
        return any(token.fold in self.words.words.reporting for token in (*before, *behind))

    def _is_of_act(self, clauses: Clauses, told: Told) -> bool:
        """“The court on Wednesday put off …”: a bare weekday between who did something and what was
        done."""
        tokens, one = clauses.tokens, self.words.words
        if told.weekday is None or told.shift is not None or told.clocks or not one.has_tense:
            return False
        verb = tokens[told.last] if told.last < len(tokens) else None
        lead = told.first - 1
        if lead < 1 or tokens[lead].fold not in one.on:
            return False
        subject = tokens[max(lead - 6, 0) : lead]
        if self.words.heads.is_in(subject) and not any(one_.fold in one.bodies for one_ in subject):
            # “a march through the town on Saturday drew …”
            return False
        before = tokens[lead - 1]
        if (
            before.fold.endswith(tuple(one.past_endings))
            and not before.is_name
            and not any(phrases.before(tokens, lead) for phrases in self.words.cues.values())
        ):
            # “both declined on Tuesday”
            return True
        if verb is None:
            return False
        is_past = verb.fold in one.past or verb.fold.endswith(tuple(one.past_endings))
        return is_past and verb.fold not in one.passive | one.meets and not verb.is_name

    def _is_said_on(self, tokens: Sequence[Token], told: Told) -> bool:
        """“…, organisers said on Tuesday”, “kata panitia pada Selasa”: a bare weekday right behind
        the word for saying, or behind who said it."""
        behind = tokens[told.last] if told.last < len(tokens) else None
        if told.weekday is None or told.shift is not None or (behind and behind.text[0] in "'’"):
            # “said Friday's match would …”
            return False
        before = tokens[max(told.first - 4, 0) : told.first]
        if before and before[-1].fold in self.words.words.on:
            before = before[:-1]
        reporting = self.words.words.reporting
        if before and before[-1].fold in reporting:
            return True
        return len(before) == 3 and before[0].text == "," and before[1].fold in reporting

    def without_dateline(self, sentence: Sentence) -> Sentence:
        """The next sentence, without where and when the article was written."""
        self.count += 1
        # a press release has its heading first
        if self.dateline is not None or sentence.paragraph > 3:
            return sentence
        dateline = _DATELINE.match(sentence.text[:120])
        if dateline is None:
            return sentence
        if sentence.tokens and sentence.tokens[0].fold in self.words.weekdays:
            # a line of a diary: “Monday, March 16: …”
            return sentence
        begin = sentence.start + dateline.end()
        city, *rest = (one.strip() for one in re.split(r"[,(:–—-]", dateline[0].strip()))
        is_under_title = self.count > 1 and dateline[0].rstrip()[-1] not in "–—-"
        if is_under_title and not (city.isupper() and gazetteer.zone_of(city)):
            return sentence
        in_text = city.title() if any(city.title() in one.text for one in self.whole) else city
        self.dateline, lang = in_text, self.words.words.code
        self.dateline_zone = (
            (gazetteer.zone_of_region(city, rest[0], lang) if rest else None)
            or zone_of(city, lang)
            or gazetteer.zone_of(city)
        )
        return replace(sentence, tokens=tuple(one for one in sentence.tokens if one.start >= begin))


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
