"""Claims and revisions: what was said, and what was recorded of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim
from calendar_svc.domain.errors import NotFound
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import Fact, FactName, FactValue, Revision
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store.articles import to_article
from calendar_svc.store.tables import ArticleRow, ClaimRow, EventRow, FactRow, RevisionRow


def save_claim(db: Session, claim: Claim) -> bool:
    """Add a claim about an event that exists. False if its key is known already."""
    if db.scalars(select(ClaimRow.id).where(ClaimRow.key == claim.key)).first():
        return False
    article = (
        claim.article
        and db.scalars(select(ArticleRow.id).where(ArticleRow.key == claim.article.key)).one()
    )
    db.add(
        ClaimRow(
            key=claim.key,
            event_id=db.scalars(select(EventRow.id).where(EventRow.uid == claim.event)).one(),
            article_id=article,
            origin=claim.origin,
            since=claim.since,
            when=claim.when,
            place=claim.place,
            status=claim.status,
            quote=claim.quote,
            gist=claim.gist,
            was=claim.was,
            said_by=claim.said_by,
        )
    )
    db.flush()
    return True


def claims_of(db: Session, uid: str, at: datetime | None = None) -> list[Claim]:
    """What was said of an event, up to a moment if one is given; the newest first."""
    query = (
        select(ClaimRow, ArticleRow)
        .join(EventRow, EventRow.id == ClaimRow.event_id)
        .outerjoin(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .where(EventRow.uid == uid)
        .order_by(ClaimRow.since.desc(), ClaimRow.key)
    )
    if at is not None:
        query = query.where(ClaimRow.since <= at)
    return [_claim(uid, claim, article) for claim, article in db.execute(query)]


def sources_of(db: Session, uids: Iterable[str], at: datetime) -> dict[str, Article]:
    """The latest article on each of these events, up to a moment; those without one are left
    out."""
    query = (
        select(EventRow.uid, ArticleRow)
        .join(ClaimRow, ClaimRow.event_id == EventRow.id)
        .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .where(EventRow.uid.in_(list(uids)), ClaimRow.since <= at)
        .order_by(ClaimRow.since, ClaimRow.key)
    )
    return {uid: to_article(row) for uid, row in db.execute(query)}


def revisions_of(db: Session, uid: str) -> list[Revision]:
    """All revisions of an event by number, with their facts."""
    query = (
        select(RevisionRow, FactRow, ClaimRow.key)
        .join(EventRow, EventRow.id == RevisionRow.event_id)
        .outerjoin(FactRow, FactRow.revision_id == RevisionRow.id)
        .outerjoin(ClaimRow, ClaimRow.id == FactRow.claim_id)
        .where(EventRow.uid == uid)
        .order_by(RevisionRow.number, FactRow.id)
    )
    rows: dict[int, RevisionRow] = {}
    facts: dict[int, list[Fact]] = {}
    for revision, fact, claim in db.execute(query):
        rows[revision.number] = revision
        known = facts.setdefault(revision.number, [])
        if fact is not None and not fact.redacted:
            value = _value(fact.name, fact.value)
            known.append(Fact(fact.name, value, fact.known_since, claim, fact.settles))
    return [
        Revision(
            number=number,
            recorded_at=row.recorded_at,
            facts=tuple(facts[number]),
            recorded_by=row.recorded_by,
            is_news=row.is_news,
            reason=row.reason,
            undoes=row.undoes,
        )
        for number, row in rows.items()
    ]


def latest_news(db: Session, at: datetime, *, limit: int) -> list[tuple[str, int, datetime]]:
    """The revisions known at a moment that were news, the last published first: each with its
    event's uid, its number and when it began to be published."""
    query = (
        select(EventRow.uid, RevisionRow.number, RevisionRow.effect_at)
        .join(EventRow, EventRow.id == RevisionRow.event_id)
        .where(
            RevisionRow.is_news,
            RevisionRow.known_from <= at,
            EventRow.withdrawn_at.is_(None),
            EventRow.merged_into.is_(None),
        )
        .order_by(RevisionRow.effect_at.desc(), RevisionRow.id.desc())
        .limit(limit)
    )
    return [(uid, number, moment) for uid, number, moment in db.execute(query) if moment]


def add_revision(db: Session, uid: str, revision: Revision) -> None:
    """Record a revision. Its number must be the event's next: two at once can't both have it."""
    event = db.scalars(select(EventRow.id).where(EventRow.uid == uid)).one()
    said = select(ClaimRow.key, ClaimRow.id).where(ClaimRow.event_id == event)
    claims = {key: row for key, row in db.execute(said)}
    known_from = min((fact.known_since for fact in revision.facts), default=None)
    row = RevisionRow(
        event_id=event,
        known_from=known_from,
        effect_at=known_from and max(known_from, revision.recorded_at),
        number=revision.number,
        recorded_at=revision.recorded_at,
        recorded_by=revision.recorded_by,
        is_news=revision.is_news,
        reason=revision.reason,
        undoes=revision.undoes,
    )
    db.add(row)
    db.flush()
    db.add_all(
        FactRow(
            revision_id=row.id,
            name=fact.name,
            value=_json(fact.value),
            known_since=fact.known_since,
            claim_id=claims[fact.claim] if fact.claim else None,
            settles=fact.settles,
        )
        for fact in revision.facts
    )
    db.flush()


def claims_of_article(db: Session, article: str) -> list[Claim]:
    """What an article said, by event."""
    query = (
        select(EventRow.uid, ClaimRow, ArticleRow)
        .join(EventRow, EventRow.id == ClaimRow.event_id)
        .join(ArticleRow, ArticleRow.id == ClaimRow.article_id)
        .where(ArticleRow.key == article)
        .order_by(ClaimRow.key)
    )
    return [_claim(uid, claim, said_in) for uid, claim, said_in in db.execute(query)]


def move_claims(db: Session, old: str, new: str) -> None:
    """Have what was said of one event be said of another."""
    ids = select(EventRow.uid, EventRow.id).where(EventRow.uid.in_([old, new]))
    rows = {uid: row for uid, row in db.execute(ids)}
    db.execute(update(ClaimRow).where(ClaimRow.event_id == rows[old]).values(event_id=rows[new]))


def redact_fact(db: Session, uid: str, number: int, name: FactName) -> FactValue:
    """Take what a revision says of a fact out of this meeting's history for good: there, where
    other revisions and claims say the same, and in the words that go with it. Which value it was.
    Raises NotFound when it isn't there.

    Of a status only what rests on the same claim goes: others say the same of their own.
    """
    query = (
        select(FactRow, RevisionRow, EventRow.uid)
        .join(RevisionRow, RevisionRow.id == FactRow.revision_id)
        .join(EventRow, EventRow.id == RevisionRow.event_id)
        # what was merged into it keeps what it was made of
        .where(or_(EventRow.uid == uid, EventRow.merged_into == uid))
        .where(FactRow.name == name, FactRow.redacted.is_(False))
    )
    rows = [(fact, revision, event) for fact, revision, event in db.execute(query)]
    found = next((fact for fact, one, event in rows if (event, one.number) == (uid, number)), None)
    if found is None:
        raise NotFound("there is no such fact in this meeting's history")
    stored, claim, value = found.value, found.claim_id, _value(name, found.value)
    is_telling = value is not None and name is not FactName.STATUS
    rest_on = {claim}
    for fact, revision, _ in rows:
        is_copy = fact.value == stored and claim is not None and fact.claim_id == claim
        if fact is found or is_copy or (is_telling and fact.value == stored):
            fact.value, fact.redacted, revision.reason = None, True, ""
            rest_on.add(fact.claim_id)
    for said in db.scalars(_claims_about(uid)):
        if said.id in rest_on or (is_telling and value in (said.when, said.was, said.place)):
            _take_out(said, name, value)
    db.flush()
    return value


def redact_claim(db: Session, uid: str, key: str) -> None:
    """Take the words of a claim out for good; what it says stays. Raises NotFound when nothing
    like that was said of the event."""
    row = db.scalars(_claims_about(uid).where(ClaimRow.key == key)).one_or_none()
    if row is None:
        raise NotFound("there is no such claim about this meeting")
    # an editor's own words are the reason of the revision, too
    made_of_it = select(FactRow.revision_id).where(FactRow.claim_id == row.id)
    db.execute(
        update(RevisionRow)
        .where(RevisionRow.id.in_(made_of_it), RevisionRow.reason == row.quote)
        .values(reason="")
        .execution_options(synchronize_session="fetch")
    )
    row.quote, row.gist, row.redacted = "", None, True
    db.flush()


def _claims_about(uid: str) -> Select[ClaimRow]:
    return (
        select(ClaimRow).join(EventRow, EventRow.id == ClaimRow.event_id).where(EventRow.uid == uid)
    )


def _take_out(row: ClaimRow, name: FactName, value: FactValue) -> None:
    """Take out of a claim what it says of a fact, and its words."""
    row.quote, row.gist, row.redacted = "", None, True
    match name:
        case FactName.WHEN:
            row.when = None if row.was != value else row.when
            row.was = None if row.was == value else row.was
        case FactName.PLACE:
            row.place = None
        case FactName.STATUS:
            row.status = None


def redacted_facts(db: Session, uid: str) -> list[tuple[int, FactName]]:
    """What was taken out of an event's history: the number of the revision, and which fact."""
    query = (
        select(RevisionRow.number, FactRow.name)
        .join(FactRow, FactRow.revision_id == RevisionRow.id)
        .join(EventRow, EventRow.id == RevisionRow.event_id)
        .where(EventRow.uid == uid, FactRow.redacted)
        .order_by(RevisionRow.number, FactRow.name)
    )
    return [(number, name) for number, name in db.execute(query)]


def redacted_claims(db: Session, uid: str) -> set[str]:
    """The keys of the claims about an event of which something was taken out."""
    query = select(ClaimRow.key).join(EventRow, EventRow.id == ClaimRow.event_id)
    return set(db.scalars(query.where(EventRow.uid == uid, ClaimRow.redacted)))


def _json(value: FactValue) -> Any:
    if isinstance(value, Texts):
        return dict(value)
    return str(value) if isinstance(value, When | Status) else value


def _value(name: FactName, value: Any) -> FactValue:
    if value is None:
        return None
    match name:
        case FactName.TITLE | FactName.PLACE | FactName.DESCRIPTION:
            return Texts(value, limit=10**6)
        case FactName.WHEN:
            return When.parse(value)
        case FactName.STATUS:
            return Status(value)
        case FactName.SERIES:
            return str(value)
        case FactName.ORDINAL:
            return int(value)


def _claim(uid: str, row: ClaimRow, article: ArticleRow | None) -> Claim:
    return Claim(
        key=row.key,
        event=uid,
        origin=row.origin,
        since=row.since,
        when=row.when,
        place=row.place,
        status=row.status,
        quote=row.quote,
        gist=row.gist,
        was=row.was,
        said_by=row.said_by,
        article=to_article(article) if article else None,
    )
