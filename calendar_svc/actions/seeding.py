"""Load the facts that are kept as TOML: series, articles, events, what was said and recorded."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from calendar_svc.actions import editing
from calendar_svc.actions.tomlfiles.reading import read as read
from calendar_svc.actions.tomlfiles.values import IDENTITY, Meeting, Merged, Seed, derived
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.history import Counters
from calendar_svc.domain.revision import FactName, Revision
from calendar_svc.domain.series import Series
from calendar_svc.store import articles, counters, drafts, events, facts, notes
from calendar_svc.store import series as series_store
from calendar_svc.store.events import Place


def load(db: Session, seed: Seed, *, now: datetime) -> int:
    """Store what isn't there yet; what is there stays as it is. How much was new.

    Raises Refused when a claim or a revision that is stored says something else now.
    """
    new = sum(series_store.save(db, one) for one in seed.series if _is_new(db, one.slug, one))
    new += sum(articles.save(db, one) for one in seed.articles if _is_new(db, one.key, one))
    for event in seed.events:
        _make_room(db, event, now)
    new += sum(_load_merged(db, one, seed, now) for one in seed.merged)
    new += sum(_load_event(db, event, now) for event in seed.events)
    if new:
        counters.bump(db, counters.FACTS)
    return new


def _is_new(db: Session, name: str, one: Series | Article) -> bool:
    """Whether a file says this for the first time: then it brings a name up to date; what the desk
    has changed since a file said it stays."""
    note = f"loaded {type(one).__name__.lower()} {name}"
    digest = hashlib.sha256(repr(one).encode()).hexdigest()
    if notes.read(db, note) == digest:
        return False
    notes.write(db, note, digest)
    return True


def _make_room(db: Session, one: Meeting | Merged, now: datetime) -> bool:
    """Give it its place if it has none yet. Raises Refused when it has another, or when another
    has it."""
    slug = events.slug_of(db, one.uid)
    if slug == one.slug:
        return False
    if slug is not None:
        raise _fault(one, "slug", f"this uid is at /events/{slug} already; an address is for life")
    if not events.is_free(db, one.slug):
        raise _fault(one, "slug", f"another event is at /events/{one.slug} already")
    begun = one.created_at or now
    if one.created_at is None and isinstance(one, Meeting) and one.revisions:
        begun = one.revisions[0].recorded_at
    if begun > now and not _is_simulated(db):
        raise _fault(one, "created_at", "lies in the future")
    events.add(db, one.uid, one.slug, created_at=begun)
    if isinstance(one, Meeting) and one.counters != Counters():
        events.count_from(db, one.uid, one.counters)
    return True


def _load_merged(db: Session, one: Merged, seed: Seed, now: datetime) -> int:
    if _make_room(db, one, now):
        events.merge(db, one.uid, into=one.into)
        return 1
    if not events.lock(db, one.uid).is_public:
        return 0
    said = {claim.key for event in seed.events if event.uid == one.into for claim in event.claims}
    if any(claim.key not in said for claim in facts.claims_of(db, one.uid)):
        raise _fault(
            one, "into", "more was said of this event here than the file knows; merge it by hand"
        )
    facts.move_claims(db, one.uid, one.into)
    drafts.move(db, one.uid, one.into)
    events.merge(db, one.uid, into=one.into)
    editing.work_out(db, one.uid)
    return 1


def _load_event(db: Session, event: Meeting, now: datetime) -> int:
    place = events.lock(db, event.uid)
    if not place.is_public:
        # what was withdrawn, or merged into another, stays so
        return 0
    said = {claim.key: claim for claim in facts.claims_of(db, event.uid)}
    recorded = facts.revisions_of(db, event.uid)
    _check_claims(db, event, said)
    _check_revisions(db, event, place, recorded)
    fresh = [claim for claim in event.claims if claim.key not in said]
    added = _added(event, fresh, recorded, now)
    if not _is_simulated(db):
        _check_known(event, fresh, added, now)
    for claim in fresh:
        if not facts.save_claim(db, claim):
            raise _fault(event, f"claim “{claim.key}”", "is stored already, of another event")
    for revision in added:
        facts.add_revision(db, event.uid, revision)
    if fresh or added:
        editing.work_out(db, event.uid)
    return max(len(fresh), len(added))


def _added(
    event: Meeting, fresh: Sequence[Claim], recorded: Sequence[Revision], now: datetime
) -> list[Revision]:
    """The revisions that the file has and the database hasn't."""
    if not event.revisions:
        begun = now if recorded else event.created_at or now
        return derived(event.identity, fresh, begun=begun, now=now, before=recorded)
    added: list[Revision] = []
    for revision in event.revisions[len(recorded) :]:
        before = [*recorded, *added][-1:]
        added.append(replace(revision, recorded_at=_recorded_at(revision, before)))
    return added


def _recorded_at(revision: Revision, before: Sequence[Revision]) -> datetime:
    """When it counts as recorded here: the first ones may have been loaded here only after the
    next was recorded elsewhere, and time must not put revisions in another order."""
    return max([revision.recorded_at, *(one.recorded_at for one in before)])


def _check_claims(db: Session, event: Meeting, stored: Mapping[str, Claim]) -> None:
    """What was said once doesn't change by loading it again."""
    redacted = facts.redacted_claims(db, event.uid)
    for claim in event.claims:
        known = stored.get(claim.key, claim)
        if claim.key in redacted or known == claim:
            continue
        raise Refused(
            "%(place)s: its claim of “%(key)s” is stored already and says something else"
            " (%(name)s); a claim never changes: add a new one",
            place=event.stands,
            key=claim.article.key if claim.article else claim.key,
            name=next(name for name, value in vars(claim).items() if value != vars(known)[name]),
        )


def _check_revisions(
    db: Session, event: Meeting, place: Place, recorded: Sequence[Revision]
) -> None:
    """Nor does what was recorded, or where the counters begin."""
    if not recorded:
        return
    gone = set(facts.redacted_facts(db, event.uid))
    if not event.revisions:
        _check_identity(event, recorded[0], gone)
        return
    wordless = facts.redacted_claims(db, event.uid)
    before: list[Revision] = []
    for stored, told in zip(recorded, event.revisions, strict=False):
        expected = _less(told, stored, gone, wordless)
        expected = replace(expected, recorded_at=_recorded_at(told, before))
        if told.recorded_by is None:
            # when the service loaded something says something of a database, not of the facts
            expected = replace(expected, recorded_at=stored.recorded_at)
        if field := _differing(stored, expected):
            raise _is_stored(event, f"revision “{told.number}”: {field}")
        before = [stored]
    if place.counters != event.counters and not gone:
        counter = "sequence" if place.counters.sequence != event.counters.sequence else "when_no"
        raise _is_stored(event, f"{counter}_from")


def _check_identity(event: Meeting, first: Revision, gone: set[tuple[int, FactName]]) -> None:
    known = {fact.name: fact.value for fact in first.facts}
    for name in IDENTITY:
        if (1, name) not in gone and known.get(name) != event.identity.get(name):
            raise _is_stored(event, name)


def _less(
    told: Revision, stored: Revision, gone: set[tuple[int, FactName]], wordless: set[str]
) -> Revision:
    """A revision without what was redacted here: that stays so, whatever a file says."""
    facts = tuple(fact for fact in told.facts if (told.number, fact.name) not in gone)
    redacted = len(facts) < len(told.facts) or any(fact.claim in wordless for fact in facts)
    reason = "" if redacted and not stored.reason else told.reason
    return replace(told, facts=facts, reason=reason)


def _differing(stored: Revision, told: Revision) -> str | None:
    """In what a revision differs from the one that is stored."""
    for field in ("recorded_at", "recorded_by", "is_news", "reason", "undoes"):
        if getattr(stored, field) != getattr(told, field):
            return field
    facts = [{fact.name: fact for fact in revision.facts} for revision in (stored, told)]
    return next((name for name in FactName if facts[0].get(name) != facts[1].get(name)), None)


def _check_known(
    event: Meeting, fresh: Sequence[Claim], added: Sequence[Revision], now: datetime
) -> None:
    for claim in fresh:
        if claim.since > now:
            raise _fault(
                event,
                f"claim “{claim.article.key if claim.article else claim.key}”",
                "evidence can't be dated in the future; check the day of the article",
            )
    for revision in added:
        if max([revision.recorded_at, *(fact.known_since for fact in revision.facts)]) > now:
            raise _fault(event, f"revision “{revision.number}”", "lies in the future")


def _is_simulated(db: Session) -> bool:
    return notes.read(db, notes.CLOCK) == notes.SIMULATED


def _is_stored(event: Meeting, name: str) -> Refused:
    return _fault(
        event, name, "is stored already as something else, and a file doesn't change what is stored"
    )


def _fault(one: Meeting | Merged, name: str, what: str) -> Refused:
    return Refused("%(place)s: %(name)s: %(what)s", place=one.stands, name=name, what=what)
