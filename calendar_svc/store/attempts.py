"""Attempts: failures that are counted, in the database, so that they hold for all processes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from calendar_svc.store.tables import AttemptRow

REMEMBERED = timedelta(days=1)
"""How long a failure is kept."""


def hold(db: Session, subjects: Sequence[str]) -> None:
    """Have this transaction be the only one that counts these; on SQLite any writer is."""
    if db.get_bind().dialect.name == "postgresql":
        # sorted, so that two that want the same don't wait for each other
        for subject in sorted(subjects):
            lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))")
            db.execute(lock, {"subject": subject})


def failures(db: Session, subject: str, *, since: datetime) -> list[datetime]:
    """When it failed, in order of time."""
    query = select(AttemptRow.at).where(AttemptRow.subject == subject, AttemptRow.at > since)
    return list(db.scalars(query.order_by(AttemptRow.at)))


def add(db: Session, subjects: Sequence[str], *, now: datetime) -> None:
    """Count a failure; those of yesterday are forgotten."""
    old = select(AttemptRow.id).where(AttemptRow.at < now - REMEMBERED)
    # what another process is forgetting needs no second one, and must not be waited for
    forgotten = list(db.scalars(old.with_for_update(skip_locked=True).limit(1000)))
    db.execute(delete(AttemptRow).where(AttemptRow.id.in_(forgotten)))
    db.add_all([AttemptRow(subject=subject, at=now) for subject in subjects])
    db.flush()


def clear(db: Session, subject: str) -> None:
    """Forget every failure of a subject's."""
    db.execute(delete(AttemptRow).where(AttemptRow.subject == subject))


def take_back(db: Session, subject: str, at: datetime) -> None:
    """Forget what was counted at one moment: it was none."""
    db.execute(delete(AttemptRow).where(AttemptRow.subject == subject, AttemptRow.at == at))
