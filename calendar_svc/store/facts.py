"""Articles, claims and revisions: what was said, and what was recorded of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import Fact, FactName, FactValue, Revision
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store.tables import ArticleRow, ClaimRow, EventRow, FactRow, RevisionRow


def save_article(db: Session, article: Article) -> bool:
    """Add an article, or bring it up to date. True if anything changed."""
    row = db.scalars(select(ArticleRow).where(ArticleRow.key == article.key)).one_or_none()
    if row is None:
        db.add(ArticleRow(**vars(article)))
        db.flush()
        return True
    changed = _article(row) != article
    for name, value in vars(article).items():
        setattr(row, name, value)
    return changed


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
    return {uid: _article(row) for uid, row in db.execute(query)}


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
        if fact is not None:
            value = _value(fact.name, fact.value)
            known.append(Fact(fact.name, value, fact.known_since, claim))
    return [
        Revision(number, row.recorded_at, tuple(facts[number]), row.recorded_by, row.is_news)
        for number, row in rows.items()
    ]


def add_revision(db: Session, uid: str, revision: Revision) -> None:
    """Record a revision. Its number must be the event's next: two at once can't both have it."""
    event = db.scalars(select(EventRow.id).where(EventRow.uid == uid)).one()
    said = select(ClaimRow.key, ClaimRow.id).where(ClaimRow.event_id == event)
    claims = {key: row for key, row in db.execute(said)}
    row = RevisionRow(
        event_id=event,
        number=revision.number,
        recorded_at=revision.recorded_at,
        recorded_by=revision.recorded_by,
        is_news=revision.is_news,
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
        )
        for fact in revision.facts
    )
    db.flush()


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


def _article(row: ArticleRow) -> Article:
    return Article(row.key, row.publisher, row.lang, row.published_on, row.dateline, row.url)


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
        article=_article(article) if article else None,
    )
