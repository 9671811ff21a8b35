"""Change what is known of an event: every change is a revision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from calendar_svc.clock import day_end, day_start
from calendar_svc.domain import news
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import (
    Claim,
    Origin,
    Relation,
    claimed_status,
)
from calendar_svc.domain.errors import Conflict, Gone, Moved, Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.evidence import disagreeing, relation, ruling
from calendar_svc.domain.history import Counters, Known, history, in_force
from calendar_svc.domain.revision import (
    CLAIMED,
    Fact,
    FactName,
    FactValue,
    Revision,
    nothing,
    present_facts,
    undoing,
)
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import audit, counters, deliveries, drafts, events, facts, notes
from calendar_svc.store.events import Place


@dataclass(frozen=True)
class Amendment:
    """What is to hold of an event from now on, on whose word, and why."""

    values: Mapping[FactName, FactValue]
    """Only what is to change."""
    article: Article | None = None
    """Whose word it is; None: the editor's own."""
    quote: str = ""
    """Its own words."""
    gist: Texts | None = None
    was: When | None = None
    """The old date, where the article says that it moved."""
    reason: str = ""
    settles: bool = False
    """Whether it decides what claims said so far."""
    is_news: bool | None = None
    """None: news if readers see another date, place, status or title."""


@dataclass(frozen=True)
class Prepared:
    """A change that was thought through and not made yet."""

    place: Place
    revision: Revision
    claim: Claim | None
    before: Event | None
    """The event as known now; None for a new one."""
    after: Event | None
    """As it would be known now; None if it is only known later."""
    relations: Mapping[FactName, Relation] = field(default_factory=dict)
    """How the new date and place stand to what was known up to their day."""


def record(
    db: Session,
    uid: str,
    changes: Sequence[Fact],
    *,
    by: str | None,
    now: datetime,
    seen: int | None = None,
    reason: str = "",
    undoes: int | None = None,
    is_news: bool | None = None,
) -> Revision:
    """Record a change of an event as its next revision, and work out its states anew.

    `seen` is the revision that the change was made from; raises Conflict if another came since,
    Gone or Moved if the event is not there any more, Refused for evidence from the future.
    """
    place = events.lock(db, uid)
    check_there(db, place)
    revisions = facts.revisions_of(db, uid)
    last = revisions[-1] if revisions else None
    if seen is not None and seen != (last.number if last else 0):
        raise _overtaken()
    _check_known(db, [fact.known_since for fact in changes], now)
    claims = facts.claims_of(db, uid)
    revision = Revision(
        number=last.number + 1 if last else 1,
        # a clock that was put back must not put revisions in another order
        recorded_at=max(now, last.recorded_at) if last else now,
        facts=tuple(changes),
        recorded_by=by,
        reason=reason,
        undoes=undoes,
    )
    if is_news is None:
        is_news = news.is_news(revisions, revision)
    revision = replace(revision, is_news=is_news)
    facts.add_revision(db, uid, revision)
    _save_states(db, place, [*revisions, revision], claims)
    counters.bump(db, counters.FACTS)
    return revision


def work_out(db: Session, uid: str) -> None:
    """Derive an event's states from its revisions and claims, as recording one does."""
    place = events.lock(db, uid)
    _save_states(db, place, facts.revisions_of(db, uid), facts.claims_of(db, uid))


def prepare(
    db: Session, place: Place, amendment: Amendment, *, by: Editor, now: datetime, timezone: str
) -> Prepared:
    """Think a change through: what it would make of the event. Stores nothing.

    An article's word is known since its day began in `timezone`, an editor's since `now`. Raises
    Refused when nothing would change.
    """
    revisions = facts.revisions_of(db, place.uid)
    claims = facts.claims_of(db, place.uid)
    claim = _claim(place, amendment, revisions, claims, by, now, timezone)
    since = claim.since if claim else now
    known = present_facts(revisions, since)
    changes = tuple(
        Fact(
            name,
            value,
            since,
            claim.key if claim else None,
            settles=name in CLAIMED and (amendment.settles or amendment.article is None),
        )
        for name, value in amendment.values.items()
        if amendment.settles
        or value != (known[name].value if name in known else nothing(name))
        or (not revisions and value is not None)
    )
    if not changes:
        raise Refused("nothing is different from what is known")
    return consider(db, place, changes, claim, by=by, now=now, reason=amendment.reason)


def consider(
    db: Session,
    place: Place,
    changes: Sequence[Fact],
    claim: Claim | None,
    *,
    by: Editor,
    now: datetime,
    reason: str = "",
) -> Prepared:
    """What an event would be with these facts and this claim. Stores nothing; without facts the
    claim is only kept beside the others."""
    revisions = facts.revisions_of(db, place.uid)
    claims = facts.claims_of(db, place.uid)
    number = revisions[-1].number + 1 if revisions else 1
    revision = Revision(number, now, tuple(changes), by.name, reason=reason)
    before = history(place.uid, place.slug, revisions, claims, start=place.counters)
    after = history(
        place.uid,
        place.slug,
        [*revisions, revision],
        [*claims, claim] if claim else claims,
        start=place.counters,
    )
    known = present_facts(revisions, claim.since if claim else now)
    return Prepared(
        place=place,
        revision=revision,
        claim=claim,
        before=in_force(before, now),
        after=in_force(after, now),
        relations={
            name: found
            for name, fact in known.items()
            if claim and (found := relation(claim, fact)) is not None
        },
    )


def carry_out(
    db: Session,
    prepared: Prepared,
    act: Act,
    *,
    by: Editor,
    now: datetime,
    seen: int,
    is_news: bool | None = None,
) -> None:
    """Make a change that was thought through. Raises as `record` does."""
    place, revision, claim = prepared.place, prepared.revision, prepared.claim
    # whoever comes at the same moment waits here, and then sees the other's claim
    check_there(db, events.lock(db, place.uid))
    if claim:
        _check_known(db, [claim.since], now)
        if not facts.save_claim(db, claim):
            raise _overtaken()
    if revision.facts:
        record(
            db,
            place.uid,
            revision.facts,
            by=by.name,
            now=now,
            seen=seen,
            reason=revision.reason,
            is_news=is_news,
        )
    else:
        work_out(db, place.uid)
        counters.bump(db, counters.FACTS)
    names = ", ".join(fact.name for fact in revision.facts)
    audit.record(db, act, by=by, subject=place.slug, detail=names)


def amend(
    db: Session,
    place: Place,
    amendment: Amendment,
    *,
    by: Editor,
    now: datetime,
    timezone: str,
    seen: int,
) -> Prepared:
    """Make a change that an editor wants, with the claim it rests on. Raises as `record` does."""
    prepared = prepare(db, place, amendment, by=by, now=now, timezone=timezone)
    carry_out(
        db,
        prepared,
        Act.EVENT_AMENDED,
        by=by,
        now=now,
        seen=seen,
        is_news=amendment.is_news,
    )
    return prepared


def announce(
    db: Session, slug: str, amendment: Amendment, *, by: Editor, now: datetime, timezone: str
) -> Place:
    """Add an event. `amendment` needs a title; raises Refused for a slug in use."""
    place = new_place(slug)
    events.add(db, place.uid, slug, created_at=now)
    prepared = prepare(db, place, amendment, by=by, now=now, timezone=timezone)
    carry_out(db, prepared, Act.EVENT_ADDED, by=by, now=now, seen=0, is_news=amendment.is_news)
    return place


def new_place(slug: str) -> Place:
    """Where an event will be that isn't there yet; its uid is for life."""
    return Place(str(uuid4()), slug, Counters())


def known_from(
    article: Article, revisions: Sequence[Revision], claims: Sequence[Claim], timezone: str
) -> datetime:
    """Since when an article's word of an event is known: from the first moment of its day; where
    something of that day is known already, right after it, so that it is held against that."""
    start, end = (of(article.published_on, timezone) for of in (day_start, day_end))
    facts = [fact.known_since for revision in revisions for fact in revision.facts]
    that_day = [one for one in (*facts, *(one.since for one in claims)) if start <= one <= end]
    return min(max(that_day) + timedelta(microseconds=1), end) if that_day else start


def free_key(key: str, claims: Sequence[Claim]) -> str:
    """A key that none of these claims has."""
    taken = {claim.key for claim in claims}
    candidates = (key if number == 1 else f"{key}-{number}" for number in range(1, 10**6))
    return next(candidate for candidate in candidates if candidate not in taken)


def undo(
    db: Session, place: Place, number: int, *, by: Editor, now: datetime, seen: int
) -> Revision:
    """Take a revision back by a new one. Raises Refused when nothing of it holds any more."""
    changes = undoing(facts.revisions_of(db, place.uid), number, now=now)
    made = record(db, place.uid, changes, by=by.name, now=now, seen=seen, undoes=number)
    audit.record(db, Act.REVISION_UNDONE, by=by, subject=place.slug, detail=str(number))
    return made


def settle(
    db: Session,
    place: Place,
    name: FactName,
    claim: str | None,
    *,
    reason: str,
    by: Editor,
    now: datetime,
    seen: int,
    weighed: int | None = None,
) -> Revision:
    """Decide between claims that disagree on a fact: what the claim of that key says holds, or,
    with None, what is known. `weighed` is how many claims there were to choose from. Raises
    Refused without a reason or a disagreement, Conflict if another claim or revision came."""
    if not reason:
        raise Refused("say why; the reason is kept", field="reason")
    revisions, claims = facts.revisions_of(db, place.uid), facts.claims_of(db, place.uid)
    against = disagreeing(revisions, claims, now).get(name, [])
    if not against:
        raise Refused("nothing disagrees on this any more")
    if weighed is not None and weighed != len(against):
        raise _overtaken()
    present = present_facts(revisions, now)
    holds = present[name]
    changes = [Fact(name, holds.value, now, holds.claim, settles=True)]
    if claim is not None:
        chosen = next((one for one in against if one.key == claim), None)
        if chosen is None:
            raise Refused("that claim doesn't disagree any more")
        changes = [replace(fact, known_since=now) for fact in ruling(chosen, name, present)]
    made = record(db, place.uid, changes, by=by.name, now=now, seen=seen, reason=reason)
    audit.record(db, Act.SETTLED, by=by, subject=place.slug, detail=f"{name}: {reason}")
    return made


def withdraw(db: Session, place: Place, *, reason: str, by: Editor, now: datetime) -> None:
    """Take an event back: it is gone everywhere, the past included, until it is restored."""
    if not reason:
        raise Refused("say why; the reason is kept in the audit log", field="reason")
    check_there(db, events.lock(db, place.uid))
    events.withdraw(db, place.uid, at=now)
    work_out(db, place.uid)
    counters.bump(db, counters.FACTS)
    audit.record(db, Act.EVENT_WITHDRAWN, by=by, subject=place.slug, detail=reason)


def restore(db: Session, place: Place, *, by: Editor) -> None:
    """Bring a withdrawn event back as it was."""
    if events.lock(db, place.uid).withdrawn_at is None:
        raise Conflict("this meeting isn't withdrawn")
    events.withdraw(db, place.uid, at=None)
    work_out(db, place.uid)
    counters.bump(db, counters.FACTS)
    audit.record(db, Act.EVENT_RESTORED, by=by, subject=place.slug)


def merge(db: Session, one: Place, other: Place, *, by: Editor, now: datetime) -> Place:
    """Make one of two events that are the same meeting: the older uid survives. Which that is.

    What was said and known of the other becomes part of its history, each since its day; the
    other is nowhere any more, its address leads here, and nobody is told. Raises Refused for the
    same event twice.
    """
    if one.uid == other.uid:
        raise Refused("choose another meeting than this one", field="other")
    # always in one order, so that two merges at once don't wait for each other
    for uid in sorted((one.uid, other.uid)):
        check_there(db, events.lock(db, uid))
    kept = survivor(db, one, other)
    gone = other if kept is one else one
    made = {place.uid: facts.revisions_of(db, place.uid) for place in (kept, gone)}
    promised = events.by_uid(db, [gone.uid], now).get(gone.uid)
    facts.move_claims(db, gone.uid, kept.uid)
    drafts.move(db, gone.uid, kept.uid)
    events.merge(db, gone.uid, into=kept.uid)
    work_out(db, gone.uid)
    known = {fact.name for revision in made[kept.uid] for fact in revision.facts}
    for revision in made[gone.uid]:
        # what the survivor is called stays; only what it never had is taken over
        # and that the other's date became unknown says nothing against a date that is known
        taken = [
            one
            for one in revision.facts
            if one.value is not None and (one.name in CLAIMED or one.name not in known)
        ]
        if taken:
            record(db, kept.uid, taken, by=by.name, now=now, is_news=False)
    stands = events.by_uid(db, [kept.uid], now).get(kept.uid)
    if promised and stands and promised.when == stands.when:
        deliveries.move_reminders(db, gone.uid, stands)
    audit.record(db, Act.EVENTS_MERGED, by=by, subject=kept.slug, detail=gone.slug)
    return kept


def survivor(db: Session, one: Place, other: Place) -> Place:
    """Which of two events is the older: its uid is in calendars for longer."""
    return min(
        (one, other),
        key=lambda place: (facts.revisions_of(db, place.uid)[0].recorded_at, place.uid),
    )


def redact(db: Session, place: Place, number: int, name: FactName, *, by: Editor) -> None:
    """Take a fact out of a revision for good, with whatever else says the same of the event, and
    in which words.

    The counters don't fall by it. Raises Refused if the event would have no title.
    """
    place = events.lock(db, place.uid)
    before = _history(db, place)
    drafts.redact(db, place.uid, facts.redact_fact(db, place.uid, number, name))
    after = _history(db, place)
    if not after:
        raise Refused("a meeting needs a title")
    events.count_from(db, place.uid, _lifted(place.counters, before, after, name))
    work_out(db, place.uid)
    counters.bump(db, counters.FACTS)
    audit.record(db, Act.REDACTED, by=by, subject=place.slug, detail=f"{name}, {number}")


def redact_claim(db: Session, place: Place, key: str, *, by: Editor) -> None:
    """Take the words of a claim out for good; what it says stays."""
    facts.redact_claim(db, place.uid, key)
    counters.bump(db, counters.FACTS)
    audit.record(db, Act.REDACTED, by=by, subject=place.slug, detail=key)


def _lifted(
    start: Counters, before: Sequence[Known], after: Sequence[Known], name: FactName
) -> Counters:
    """Where the counters must begin for each state to be higher than before a redaction: calendar
    programs take a change only with a higher SEQUENCE."""
    pairs = [(one.event, there) for one in before if (there := in_force(after, one.known_from))]
    dated = int(name is FactName.WHEN)
    return Counters(
        start.sequence + max([0, *(was.sequence + 1 - now.sequence for was, now in pairs)]),
        start.when_no + max([0, *(was.when_no + dated - now.when_no for was, now in pairs)]),
    )


def _claim(
    place: Place,
    amendment: Amendment,
    revisions: Sequence[Revision],
    claims: Sequence[Claim],
    by: Editor,
    now: datetime,
    timezone: str,
) -> Claim | None:
    """What the origin says; None for an editor who says nothing of date, place or status."""
    article, values = amendment.article, amendment.values
    if article is None and not any(name in CLAIMED for name in values):
        return None
    when, where = values.get(FactName.WHEN), values.get(FactName.PLACE)
    status = values.get(FactName.STATUS)
    assert when is None or isinstance(when, When)
    assert where is None or isinstance(where, Texts)
    return Claim(
        key=free_key(f"{place.slug}/{article.key if article else 'editor'}", claims),
        event=place.uid,
        origin=Origin.ARTICLE if article else Origin.EDITOR,
        since=known_from(article, revisions, claims, timezone) if article else now,
        when=when,
        place=where,
        status=claimed_status(status) if isinstance(status, Status) else None,
        quote=amendment.quote or ("" if article else amendment.reason),
        gist=amendment.gist,
        article=article,
        was=amendment.was,
        said_by=None if article else by.name,
    )


def check_there(db: Session, place: Place) -> None:
    """Raises Gone or Moved if the event is not there any more."""
    if place.merged_into is not None:
        raise Moved(events.slug_of(db, place.merged_into) or place.slug)
    if place.withdrawn_at is not None:
        raise Gone("this meeting was withdrawn")


def _overtaken() -> Conflict:
    return Conflict("somebody else changed this meeting meanwhile; look at it again")


def _check_known(db: Session, since: Sequence[datetime], now: datetime) -> None:
    if max(since, default=now) > now and notes.read(db, notes.CLOCK) != notes.SIMULATED:
        raise Refused("evidence can't be dated in the future; check the day of the article")


def _save_states(
    db: Session, place: Place, revisions: Sequence[Revision], claims: Sequence[Claim]
) -> None:
    states = history(place.uid, place.slug, revisions, claims, start=place.counters)
    events.save_history(db, place.uid, states if place.is_public else [])


def _history(db: Session, place: Place) -> list[Known]:
    revisions, claims = facts.revisions_of(db, place.uid), facts.claims_of(db, place.uid)
    return history(place.uid, place.slug, revisions, claims, start=place.counters)
