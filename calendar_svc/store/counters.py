"""Two numbers that only grow, by which others see that something is new."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from calendar_svc.store.tables import CounterRow

FACTS = "facts"
PUBLICATIONS = "publications"


def read(db: Session, name: str) -> int:
    """Where a counter stands."""
    return db.scalars(select(CounterRow.value).where(CounterRow.name == name)).one()


def lock(db: Session, name: str) -> None:
    """Be the only one with this counter until the transaction ends (on SQLite one always is)."""
    db.execute(select(CounterRow.value).where(CounterRow.name == name).with_for_update())


def bump(db: Session, name: str) -> None:
    """One more."""
    db.execute(update(CounterRow).where(CounterRow.name == name).values(value=CounterRow.value + 1))
