"""Decide on drafts: accept one, which makes a claim and perhaps a revision of it, or reject it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from calendar_svc.actions import editing
from calendar_svc.actions.editing import Prepared
from calendar_svc.domain import matching
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.claim import Claim
from calendar_svc.domain.draft import Draft, DraftState
from calendar_svc.domain.errors import CalendarError, Conflict, Refused
from calendar_svc.domain.evidence import differs, following, is_at_odds
from calendar_svc.domain.revision import Fact, FactName, present_facts
from calendar_svc.store import audit, drafts, events, facts
from calendar_svc.store.events import Place


@dataclass(frozen=True)
class Weighed:
    """A draft held against what is known."""

    draft: Draft
    prepared: Prepared
    differing: tuple[FactName, ...]
    """On what it says something else than is known."""
    against: tuple[FactName, ...]
    """On what it is at odds with what is known; then somebody has to say whether it is believed."""


def weigh(
    db: Session,
    draft: Draft,
    *,
    slug: str | None = None,
    believed: bool | None = None,
    reason: str = "",
    by: Editor,
    now: datetime,
    timezone: str,
) -> Weighed:
    """What accepting a draft would make of its event. Stores nothing.

    `slug` is where a new meeting will be. `believed`: whether what contradicts replaces what is
    known, or only stands beside it. Raises Gone or Moved if its meeting is not there any more.
    """
    place = _place(db, draft, slug)
    revisions, claims = facts.revisions_of(db, place.uid), facts.claims_of(db, place.uid)
    claim = draft.proposal.claim(
        place.uid,
        draft.article,
        key=editing.free_key(f"{place.slug}/{draft.article.key}", claims),
        since=editing.known_from(draft.article, revisions, claims, timezone),
    )
    known = present_facts(revisions, claim.since)
    differing = tuple(name for name, fact in known.items() if differs(claim, fact))
    against = tuple(name for name in differing if is_at_odds(claim, known[name]))
    changes = following(claim, known, settles=bool(believed))
    if not believed:
        left = set(against if believed is None else differing)
        if FactName.WHEN in left:
            # nor does a date that isn't believed confirm a meeting, or bring it back
            left.add(FactName.STATUS)
        changes = [fact for fact in changes if fact.name not in left]
    if draft.proposal.event is None:
        changes = [*_identity(draft, claim), *changes]
    prepared = editing.consider(db, place, changes, claim, by=by, now=now, reason=reason)
    return Weighed(draft, prepared, differing, against)


def accept(
    db: Session,
    number: int,
    *,
    slug: str | None = None,
    believed: bool | None = None,
    reason: str = "",
    by: Editor,
    now: datetime,
    timezone: str,
    seen: int | None = None,
) -> Place:
    """Accept a draft; where its meeting is. `seen` is the revision it was held against.

    Raises Refused when it contradicts what is known and nobody said whether it is believed,
    Conflict when somebody else decided first or changed the meeting.
    """
    draft = _lock(db, number)
    weighed = weigh(
        db, draft, slug=slug, believed=believed, reason=reason, by=by, now=now, timezone=timezone
    )
    if weighed.against and believed is None:
        raise Refused(
            "draft %(number)s is at odds with what is known; say which of the two holds",
            field="believed",
            number=number,
        )
    place = weighed.prepared.place
    if draft.proposal.event is None:
        events.add(db, place.uid, place.slug, created_at=now)
        seen = 0
    if seen is None:
        seen = weighed.prepared.revision.number - 1
    drafts.decide(
        db, number, DraftState.ACCEPTED, by=by.name, now=now, reason=reason, event=place.uid
    )
    editing.carry_out(db, weighed.prepared, Act.DRAFT_ACCEPTED, by=by, now=now, seen=seen)
    if draft.proposal.event is None:
        _recognise(db, place, now)
    return place


def accept_all(
    db: Session, numbers: Iterable[int], *, by: Editor, now: datetime, timezone: str
) -> tuple[list[int], list[tuple[int, CalendarError]]]:
    """Accept several drafts; those that were accepted, and those that were not, each with why."""
    accepted, left = [], []
    numbers = list(dict.fromkeys(numbers))
    # all of them before the first change, so that two at once don't wait for each other
    for uid in drafts.meetings_of(db, numbers):
        events.lock(db, uid)
    for number in numbers:
        try:
            with db.begin_nested():
                accept(db, number, by=by, now=now, timezone=timezone)
            accepted.append(number)
        except CalendarError as error:
            left.append((number, error))
    return accepted, left


def reject(db: Session, number: int, *, reason: str, by: Editor, now: datetime) -> None:
    """Reject a draft; nothing of it is claimed. Raises Conflict if it was decided meanwhile."""
    article = drafts.get(db, number).article
    drafts.decide(db, number, DraftState.REJECTED, by=by.name, now=now, reason=reason)
    audit.record(db, Act.DRAFT_REJECTED, by=by, subject=article.key, detail=str(number))


def _lock(db: Session, number: int) -> Draft:
    """Be the only one to decide on a draft, and to change the meeting that it is about. Raises
    Conflict if it was decided or changed meanwhile."""
    draft = drafts.get(db, number)
    if draft.proposal.event is not None:
        # the meeting first, as a merge does
        events.lock(db, draft.proposal.event)
    if drafts.lock(db, number) != draft:
        raise Conflict("somebody else decided on this draft meanwhile; look at it again")
    return draft


def _recognise(db: Session, place: Place, now: datetime) -> None:
    """Other drafts that announce the meeting that has just become known are about it now."""
    known = events.by_uid(db, [place.uid], now).values()
    same = [
        one.id
        for one in drafts.waiting_new(db)
        if matching.match(one.proposal, one.article.published_on, known)
    ]
    drafts.assign(db, same, place.uid)


def _place(db: Session, draft: Draft, slug: str | None) -> Place:
    uid = draft.proposal.event
    if uid is not None:
        place = events.place(db, events.slugs_of(db, [uid])[uid])
        editing.check_there(db, place)
        return place
    slug = slug or proposed_slug(db, draft)
    if not events.is_free(db, slug):
        raise Refused("an event is at /events/%(slug)s already", field="slug", slug=slug)
    return editing.new_place(slug)


def proposed_slug(db: Session, draft: Draft) -> str:
    """An address for a new meeting that nobody has yet: series and edition, or series and year,
    else the words of its title."""
    stem = draft.stem
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 10**6))
    return next(candidate for candidate in candidates if events.is_free(db, candidate))


def _identity(draft: Draft, claim: Claim) -> list[Fact]:
    said = draft.proposal
    named = {
        FactName.TITLE: said.title,
        FactName.SERIES: said.series,
        FactName.ORDINAL: said.ordinal,
    }
    return [
        Fact(name, value, claim.since, claim.key)
        for name, value in named.items()
        if value is not None
    ]
