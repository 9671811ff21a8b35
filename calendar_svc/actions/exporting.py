"""Give the facts out as TOML, so that a calendar can be kept in git.

What readers may not see stays here: withdrawn events, drafts, the articles that only those rest
on, the texts of articles, whatever was redacted.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from calendar_svc.actions.tomlfiles import folder as folders
from calendar_svc.actions.tomlfiles import writing
from calendar_svc.actions.tomlfiles.values import (
    IDENTITY,
    Meeting,
    Merged,
    Seed,
    derived,
    ordered,
)
from calendar_svc.domain.claim import Claim
from calendar_svc.domain.history import Counters
from calendar_svc.domain.revision import FactName, Revision
from calendar_svc.store import events, facts, series
from calendar_svc.store.events import Place

_EVER = datetime.max.replace(tzinfo=UTC)


def document(db: Session, timezone: str) -> str:
    """Everything as one document."""
    return writing.document(gather(db), timezone)


def write(db: Session, folder: Path, timezone: str) -> int:
    """Write everything into a folder, one file for each event. How many events there are.

    Raises Refused when the folder can't be written, or holds TOML of somebody else.
    """
    seed = gather(db)
    folders.write(folder, writing.files(seed, timezone))
    return len(seed.events)


def gather(db: Session) -> Seed:
    """All that readers may know, in one order."""
    added = events.every_place(db)
    meetings = [
        meeting
        for place, created_at in added
        if place.is_public and (meeting := _meeting(db, place, created_at)) is not None
    ]
    uids = {meeting.uid for meeting in meetings}
    sources = {
        claim.article.key: claim.article
        for meeting in meetings
        for claim in meeting.claims
        if claim.article
    }
    return Seed(
        series=tuple(series.every(db)),
        articles=tuple(sources[key] for key in sorted(sources)),
        events=tuple(meetings),
        merged=tuple(
            Merged(place.uid, place.slug, place.merged_into, created_at)
            for place, created_at in added
            if place.merged_into in uids and place.withdrawn_at is None
        ),
    )


def _meeting(db: Session, place: Place, created_at: datetime) -> Meeting | None:
    """An event in its short form, if its history is what loading its claims would give, else in
    its long one; None if nothing was recorded of it."""
    revisions = tuple(ordered(one) for one in facts.revisions_of(db, place.uid))
    if not revisions:
        return None
    claims = tuple(_in_order(facts.claims_of(db, place.uid), revisions))
    first = {fact.name: fact.value for fact in revisions[0].facts}
    short = Meeting(
        uid=place.uid,
        slug=place.slug,
        claims=claims,
        identity={name: first[name] for name in IDENTITY if first.get(name) is not None},
        created_at=created_at,
    )
    if place.counters == Counters() and _follow(revisions, short):
        return short
    return replace(short, identity={}, revisions=revisions, counters=place.counters)


def _in_order(claims: Sequence[Claim], revisions: Sequence[Revision]) -> list[Claim]:
    """By their days, those of one day in the order in which they took effect."""
    first: dict[str | None, int] = {}
    for revision in revisions:
        for fact in revision.facts:
            first.setdefault(fact.claim, revision.number)
    last = len(revisions) + 1
    return sorted(claims, key=lambda claim: (claim.since, first.get(claim.key, last), claim.key))


def _follow(revisions: Sequence[Revision], short: Meeting) -> bool:
    """Whether these revisions follow from the claims alone."""
    if FactName.TITLE not in short.identity or short.created_at is None:
        return False
    made = derived(short.identity, short.claims, begun=short.created_at, now=_EVER)
    return [ordered(one) for one in made] == list(revisions)
