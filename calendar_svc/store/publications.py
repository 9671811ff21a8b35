"""Finished feeds: the bytes that requests are answered with, and the VEVENTs they are made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from calendar_svc.domain.feed import Choice
from calendar_svc.store import counters, feeds
from calendar_svc.store.base import database_now
from calendar_svc.store.tables import FeedRow, PublicationRow, RenditionRow, StateRow


@dataclass(frozen=True)
class Publication:
    """A feed in one form, finished. `digest` is of the plain bytes; each coding's ETag holds it."""

    choice: Choice
    plain: bytes
    gzip: bytes
    brotli: bytes
    digest: str
    events: int
    published_at: datetime


@dataclass(frozen=True)
class Finished:
    """What a publisher has made of a choice."""

    choice: Choice
    plain: bytes
    gzip: bytes
    brotli: bytes
    digest: str
    events: int


@dataclass(frozen=True)
class Rendition:
    """One finished VEVENT, and what it was made with: when that differs, it is made anew."""

    made_with: str
    content: bytes


def digests(db: Session) -> dict[Choice, str]:
    """What is published now."""
    query = select(
        FeedRow.slug, PublicationRow.lang, PublicationRow.vague, PublicationRow.digest
    ).join(FeedRow, FeedRow.id == PublicationRow.feed_id)
    return {Choice(slug, lang, vague): digest for slug, lang, vague, digest in db.execute(query)}


def save(db: Session, finished: Finished, *, built_from: int) -> bool:
    """Publish, unless what stands was built from a later state. True if it is published now."""
    feed = feeds.get_id(db, finished.choice.feed)
    values = {
        "plain": finished.plain,
        "gzip": finished.gzip,
        "brotli": finished.brotli,
        "digest": finished.digest,
        "events": finished.events,
        "published_at": database_now(db).replace(microsecond=0),
        "built_from": built_from,
    }
    is_this = (
        PublicationRow.feed_id == feed,
        PublicationRow.lang == finished.choice.lang,
        PublicationRow.vague == finished.choice.vague,
    )
    if db.scalars(select(PublicationRow.id).where(*is_this)).first() is None:
        db.add(
            PublicationRow(
                feed_id=feed, lang=finished.choice.lang, vague=finished.choice.vague, **values
            )
        )
        db.flush()
    else:
        replaced = db.scalars(
            update(PublicationRow)
            .where(*is_this, PublicationRow.built_from <= built_from)
            .values(**values)
            .returning(PublicationRow.id)
        ).all()
        if not replaced:
            return False
    counters.bump(db, counters.PUBLICATIONS)
    return True


def drop_others(db: Session, wanted: Iterable[Choice]) -> int:
    """Take back what is published in a form that is not wanted any more. How many they were."""
    keep = set(wanted)
    query = select(PublicationRow.id, FeedRow.slug, PublicationRow.lang, PublicationRow.vague).join(
        FeedRow, FeedRow.id == PublicationRow.feed_id
    )
    unwanted = [
        row for row, slug, lang, vague in db.execute(query) if Choice(slug, lang, vague) not in keep
    ]
    if unwanted:
        db.execute(delete(PublicationRow).where(PublicationRow.id.in_(unwanted)))
        counters.bump(db, counters.PUBLICATIONS)
    return len(unwanted)


def get(db: Session, choice: Choice) -> Publication | None:
    """A finished feed, or None where none is published."""
    row = db.scalars(
        select(PublicationRow)
        .join(FeedRow, FeedRow.id == PublicationRow.feed_id)
        .where(
            FeedRow.slug == choice.feed,
            PublicationRow.lang == choice.lang,
            PublicationRow.vague == choice.vague,
        )
    ).one_or_none()
    if row is None:
        return None
    return Publication(
        choice, row.plain, row.gzip, row.brotli, row.digest, row.events, row.published_at
    )


@dataclass(frozen=True)
class Health:
    """How many feeds are published in all their forms, and when one last changed."""

    count: int
    last: datetime | None


def health(db: Session) -> Health:
    """How the publications are."""
    query = select(func.count(), func.max(PublicationRow.published_at))
    count, last = db.execute(query).one()
    return Health(count, last)


def renditions(db: Session, lang: str) -> dict[int, Rendition]:
    """The VEVENTs kept in a language, by the row of their state."""
    query = select(RenditionRow.state_id, RenditionRow.made_with, RenditionRow.content).where(
        RenditionRow.lang == lang
    )
    return {state: Rendition(made_with, content) for state, made_with, content in db.execute(query)}


def save_renditions(db: Session, lang: str, rendered: Mapping[int, Rendition]) -> None:
    """Keep freshly rendered VEVENTs, of those states that are still there."""
    states = list(rendered)
    db.execute(
        delete(RenditionRow).where(RenditionRow.lang == lang, RenditionRow.state_id.in_(states))
    )
    db.add_all(
        RenditionRow(
            state_id=state,
            lang=lang,
            made_with=rendered[state].made_with,
            content=rendered[state].content,
        )
        for state in db.scalars(select(StateRow.id).where(StateRow.id.in_(states)))
    )
    db.flush()
