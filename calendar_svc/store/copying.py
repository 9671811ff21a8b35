"""Copy what is known from one database into another, of whichever kind."""

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from calendar_svc.store import counters
from calendar_svc.store.tables import (
    ArticleRow,
    ClaimRow,
    EventRow,
    FactRow,
    FeedRow,
    RevisionRow,
    SeriesRow,
)

FACTS = (SeriesRow, FeedRow, ArticleRow, EventRow, ClaimRow, RevisionRow, FactRow)
"""In an order in which each row finds what it refers to."""


def copy_facts(source: Session, target: Session) -> None:
    """Copy every fact, with its evidence, into a freshly migrated database, as if each had been
    recorded by the time it became known; the states that follow from them are not copied."""
    target.execute(delete(FeedRow))
    for table in FACTS:
        columns = table.__table__.columns
        rows = [dict(row) for row in source.execute(select(*columns)).mappings()]
        if rows:
            target.execute(insert(table), rows)
    _take_effect_when_known(target)
    counters.bump(target, counters.FACTS)


def _take_effect_when_known(db: Session) -> None:
    known = (
        select(func.min(FactRow.known_since))
        .where(FactRow.revision_id == RevisionRow.id)
        .correlate(RevisionRow)
        .scalar_subquery()
    )
    db.execute(update(RevisionRow).where(RevisionRow.recorded_at > known).values(recorded_at=known))
