"""Sources: which are due, what they list, and what of that was read. By the database's clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, delete, or_, select, update
from sqlalchemy.orm import Session

from calendar_svc.domain.errors import NotFound, Refused
from calendar_svc.domain.source import Source, Told, Waiting, next_wait
from calendar_svc.store.base import database_now, insert
from calendar_svc.store.tables import ListedRow, SourceRow

LEASE = timedelta(minutes=10)
"""How long one look may take before another process may look."""
MOST_TRIES = 3
"""How often an article is tried that can't be read."""
REMEMBERED = timedelta(days=90)
"""How long what was read is known after the source has stopped listing it."""


def add(db: Session, url: str, *, publisher: str, lang: str, every: timedelta) -> int:
    """Watch a source from now on; its number. Raises Refused if it is watched already."""
    now = database_now(db)
    made = insert(db, SourceRow).values(
        url=url,
        publisher=publisher,
        lang=lang,
        every_minutes=int(every.total_seconds()) // 60,
        added_at=now,
        next_check_at=now,
        failures=0,
        paused=False,
    )
    made = made.on_conflict_do_nothing(index_elements=[SourceRow.url])
    number = db.scalars(made.returning(SourceRow.id)).first()
    if number is None:
        raise Refused("this source is watched already", field="url")
    return number


def get(db: Session, number: int) -> Source:
    """The source of that number. Raises NotFound."""
    row = db.scalars(select(SourceRow).where(SourceRow.id == number)).one_or_none()
    if row is None:
        raise NotFound("there is no source %(number)s", number=number)
    return _source(row)


def every(db: Session) -> list[Source]:
    """All sources, by publisher."""
    query = select(SourceRow).order_by(SourceRow.publisher, SourceRow.url)
    return [_source(row) for row in db.scalars(query)]


def pause(db: Session, number: int, *, paused: bool) -> bool:
    """Stop looking at a source, or begin again, at once. False if it was so already."""
    values: dict[str, Any] = {"paused": paused}
    if not paused:
        values |= {"next_check_at": database_now(db), "failures": 0}
    change = update(SourceRow).where(SourceRow.id == number, SourceRow.paused.is_not(paused))
    return bool(db.scalars(change.values(**values).returning(SourceRow.id)).all())


def remove(db: Session, number: int) -> None:
    """Watch it no more; the articles that it brought stay."""
    db.execute(delete(SourceRow).where(SourceRow.id == number))


def claim(db: Session) -> Source | None:
    """Take the source that has been due for the longest, and lease it; None if none is due."""
    now = database_now(db)
    is_free = or_(SourceRow.lease_until.is_(None), SourceRow.lease_until < now)
    number = db.scalars(
        select(SourceRow.id)
        .where(SourceRow.paused.is_(False), SourceRow.next_check_at <= now, is_free)
        .order_by(SourceRow.next_check_at, SourceRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if number is None:
        return None
    db.execute(update(SourceRow).where(SourceRow.id == number).values(lease_until=now + LEASE))
    return get(db, number)


def note_listed(
    db: Session, source: Source, listed: Iterable[tuple[str, str | None, datetime | None]]
) -> None:
    """Keep what a source lists (address, title, moment); what was there before stays as it is.
    What was read and isn't listed any more is forgotten after a while."""
    now = database_now(db)
    rows = [
        {
            "source_id": source.id,
            "url": url,
            "title": title,
            "published_at": published_at,
            "listed_at": now,
            "tries": 0,
        }
        for url, title, published_at in listed
    ]
    if rows:
        made = insert(db, ListedRow)
        keep = made.on_conflict_do_update(
            index_elements=["source_id", "url"], set_={"listed_at": now}
        )
        db.execute(keep, rows)
    old = ListedRow.listed_at < now - REMEMBERED
    db.execute(delete(ListedRow).where(ListedRow.source_id == source.id, old))


def waiting(db: Session, source: Source, *, limit: int) -> list[Waiting]:
    """What a source lists that was not read yet, the newest first."""
    query = (
        select(ListedRow)
        .where(ListedRow.source_id == source.id, ListedRow.read_at.is_(None))
        .order_by(ListedRow.published_at.is_(None), ListedRow.published_at.desc(), ListedRow.id)
    )
    return [
        Waiting(row.id, row.url, row.title, row.published_at)
        for row in db.scalars(query.limit(limit))
    ]


def count_try(db: Session, number: int, *, is_read: bool) -> None:
    """Say that a listed article was read, or tried; after a few tries it is left."""
    row = db.scalars(select(ListedRow).where(ListedRow.id == number)).one_or_none()
    if row is None:
        return  # its source was removed meanwhile
    row.tries += 1
    if is_read or row.tries >= MOST_TRIES:
        row.read_at = database_now(db)
    db.flush()


def finish(
    db: Session,
    source: Source,
    told: Told,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
) -> None:
    """Say what came of a look that went well, and give the source back."""
    values = {"failures": 0, "etag": etag, "last_modified": last_modified}
    _give_back(db, source, told, 0, values)


def fail(db: Session, source: Source, told: Told) -> None:
    """Say why a look failed; the next one is later with each."""
    failures = source.failures + 1
    _give_back(db, source, told, failures, {"failures": failures})


def _give_back(
    db: Session, source: Source, told: Told, failures: int, values: dict[str, Any]
) -> None:
    now = database_now(db)
    db.execute(
        _mine(source).values(
            told={"message": told.message, "values": dict(told.values)},
            checked_at=now,
            next_check_at=now + next_wait(source.every, failures),
            lease_until=None,
            **values,
        )
    )


def _mine(source: Source) -> Update:
    """Only as long as nobody else has taken it up since."""
    return update(SourceRow).where(
        SourceRow.id == source.id, SourceRow.lease_until == source.lease_until
    )


def _source(row: SourceRow) -> Source:
    return Source(
        id=row.id,
        url=row.url,
        publisher=row.publisher,
        lang=row.lang,
        every=timedelta(minutes=row.every_minutes),
        etag=row.etag,
        last_modified=row.last_modified,
        next_check_at=row.next_check_at,
        checked_at=row.checked_at,
        failures=row.failures,
        paused=row.paused,
        told=Told(row.told["message"], row.told["values"]) if row.told else None,
        lease_until=row.lease_until,
    )
