"""Keep the house: bring the database up to date, and hold it to the clock it was made with."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from calendar_svc.store import notes


def found(db: Session, *, start: datetime | None, wall: datetime) -> None:
    """Write down, once, which clock a new database lives by: simulated from `start`, or the
    wall's."""
    if notes.read(db, notes.CLOCK) is not None:
        return
    notes.write(db, notes.CLOCK, notes.SIMULATED if start else notes.WALL)
    offset = start - wall if start else timedelta(0)
    notes.write(db, notes.CLOCK_OFFSET, str(offset.total_seconds()))
