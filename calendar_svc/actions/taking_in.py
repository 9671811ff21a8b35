"""Take in an article that was read: kept once, and a draft of what it says of each meeting.

Nothing is accepted here, whoever brought it: drafts wait for an editor.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from calendar_svc.actions import editing, intake
from calendar_svc.articles.reading import Read, Reading
from calendar_svc.clock import today
from calendar_svc.domain import matching
from calendar_svc.domain.account import Editor
from calendar_svc.domain.article import EARLIEST_YEAR, Article
from calendar_svc.domain.draft import LARGEST_ORDINAL, LONGEST_LINE, LONGEST_QUOTE, Proposal
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Event
from calendar_svc.domain.matching import Tells
from calendar_svc.domain.revision import present_facts
from calendar_svc.domain.texts import Texts
from calendar_svc.store import articles, drafts, events, facts
from calendar_svc.store import series as series_store

MOST_DRAFTS = 50
"""Of one article; who announces more meetings than that writes a list, not news."""


@dataclass(frozen=True)
class Outcome:
    """What came of one thing that an article says."""

    tells: Tells
    proposal: Proposal
    event: Event | None
    """The meeting that it is about, if that is known."""
    draft: int | None
    """The number of its draft; None: this article had said it already."""


@dataclass(frozen=True)
class TakenIn:
    """An article as it is kept, and what came of what it says."""

    article: Article
    is_new: bool
    """Whether nobody had taken in this text before."""
    outcomes: tuple[Outcome, ...]


def read_article(
    db: Session, read: Read, article: Article, text: str, timezone: str
) -> list[Reading]:
    """What a text says of each meeting; nothing is stored.

    Raises Refused for one too long or from before EARLIEST_YEAR.
    """
    _check_year(article)
    text = intake.check_text(text)
    if not text:
        return []
    return read(
        text,
        published=article.published_on,
        lang=article.lang,
        series=series_store.every(db),
        timezone=timezone,
    )


def _check_year(article: Article) -> None:
    if article.published_on.year < EARLIEST_YEAR:
        raise Refused(
            "an article is from %(year)s or later", field="published_on", year=EARLIEST_YEAR
        )


def take_in(
    db: Session,
    article: Article,
    text: str,
    readings: Sequence[Reading],
    *,
    by: Editor | None,
    now: datetime,
    timezone: str,
    who: str = "",
) -> TakenIn:
    """Keep an article with drafts of what it says, unless its text is there already.

    Its key is the one given, or one made of it if another article has that. Raises Refused for
    an article from the future or from before EARLIEST_YEAR, or a text that is too long.
    """
    _check_year(article)
    day = today(now, timezone)
    if article.published_on > day:
        raise Refused(
            "an article can't be from the future; today is %(day)s", field="published_on", day=day
        )
    text = intake.check_text(text)
    known = articles.by_text(db, text)
    if known is not None and (drafts.of_article(db, known.key) or _claimed(db, known)):
        return TakenIn(known, False, ())
    if known is None:
        kept = _without_text_yet(db, article, readings, now, timezone) or replace(
            article, key=articles.free_key(db, article.key)
        )
        intake.keep_article(db, kept, text, by=by, who=who)
    else:
        kept = known
    made = draft_all(db, kept, readings, by=by, now=now, timezone=timezone, who=who)
    return TakenIn(kept, known is None, made)


def draft_all(
    db: Session,
    article: Article,
    readings: Sequence[Reading],
    *,
    by: Editor | None,
    now: datetime,
    timezone: str,
    who: str = "",
) -> tuple[Outcome, ...]:
    """Make a draft of each thing that a kept article says, and hasn't said already."""
    said_before, made = _claimed(db, article), []
    for proposal, event, tells in _weighed(db, article, readings, now, timezone):
        number = None
        if not (tells is Tells.NOTHING and event and event.uid in said_before):
            number = intake.propose(db, article, proposal, by=by, now=now, who=who)
        made.append(Outcome(tells, proposal, event, number))
    return tuple(made)


_Weighed = tuple[Proposal, Event | None, Tells]


def _weighed(
    db: Session, article: Article, readings: Sequence[Reading], now: datetime, timezone: str
) -> list[_Weighed]:
    """What each reading proposes, about which meeting, and what it adds to what is known."""
    proposals = [_proposal(reading) for reading in readings[:MOST_DRAFTS]]
    candidates = _candidates(db, proposals, article, now)
    found: list[_Weighed] = []
    for proposal in proposals:
        event = matching.match(proposal, article.published_on, candidates)
        if event is None:
            found.append((proposal, None, Tells.NEW))
            continue
        revisions, claims = facts.revisions_of(db, event.uid), facts.claims_of(db, event.uid)
        since = editing.known_from(article, revisions, claims, timezone)
        claim = proposal.claim(event.uid, article, key="", since=since)
        tells = matching.tells(claim, present_facts(revisions, since))
        found.append((replace(proposal, event=event.uid), event, tells))
    return found


def _candidates(
    db: Session, proposals: Sequence[Proposal], article: Article, now: datetime
) -> list[Event]:
    """The meetings that they may be about: all editions of their series, and whatever is about
    that time."""
    if not proposals:
        return []
    windows = [matching.window(one, article.published_on) for one in proposals]
    found = events.around(
        db, now, min(first for first, _ in windows), max(last for _, last in windows)
    )
    for series in sorted({one.series for one in proposals if one.series}):
        found += events.of_series(db, now, series)
    return list({event.uid: event for event in found}.values())


def _without_text_yet(
    db: Session, article: Article, readings: Sequence[Reading], now: datetime, timezone: str
) -> Article | None:
    """The article whose text this is, where we had only what it claims: of the same publisher
    and day, at the same address, or saying of the same meetings nothing but what was claimed."""
    for one in articles.without_text(db, article.published_on):
        if one.publisher.casefold() != article.publisher.casefold():
            continue
        claimed, same_url = _claimed(db, one), one.url is not None and one.url == article.url
        if same_url or (claimed and claimed <= _said_before(db, one, readings, now, timezone)):
            return replace(
                one,
                dateline=one.dateline or article.dateline,
                url=one.url or article.url,
                title=one.title or article.title,
            )
    return None


def _said_before(
    db: Session, article: Article, readings: Sequence[Reading], now: datetime, timezone: str
) -> set[str]:
    """The meetings of which the readings say nothing that isn't known."""
    weighed = _weighed(db, article, readings, now, timezone)
    return {event.uid for _, event, tells in weighed if event and tells is Tells.NOTHING}


def _claimed(db: Session, article: Article) -> set[str]:
    """The meetings of which an article claims something."""
    return {claim.event for claim in facts.claims_of_article(db, article.key)}


def _proposal(reading: Reading) -> Proposal:
    ordinal = reading.ordinal if 1 <= (reading.ordinal or 0) <= LARGEST_ORDINAL else None
    return Proposal(
        event=None,
        title=_texts(reading.title, reading.lang),
        series=reading.series,
        ordinal=ordinal,
        when=reading.when,
        was=reading.was,
        place=_texts(reading.place, reading.lang),
        status=reading.status,
        quote=_cut(reading.evidence, LONGEST_QUOTE),
    )


def _texts(text: str | None, lang: str) -> Texts | None:
    line = _cut(" ".join((text or "").split()), LONGEST_LINE)
    return Texts({lang: line}) if line else None


def _cut(text: str, limit: int) -> str:
    """At most so many letters, in whole words where there are any."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(None, 1)[0]
