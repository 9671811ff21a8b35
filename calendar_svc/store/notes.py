"""What a database knows of itself, and how far its jobs have come."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from calendar_svc.clock import Clock
from calendar_svc.domain.errors import Refused
from calendar_svc.store.base import database_now
from calendar_svc.store.tables import JobRow, NoteRow

CLOCK, CLOCK_OFFSET = "clock", "clock_offset"
"""Which clock the database was made with, and a simulated one's distance from the wall, in
seconds."""
WALL, SIMULATED = "wall", "simulated"
PUBLISHED = "published"
"""From what the feeds were last published, in one text to compare."""


def read(db: Session, name: str) -> str | None:
    """A note, or None."""
    return db.scalars(select(NoteRow.value).where(NoteRow.name == name)).one_or_none()


def write(db: Session, name: str, value: str) -> None:
    """Write a note over the one that stands."""
    db.merge(NoteRow(name=name, value=value))
    db.flush()


def clock(db: Session, *, simulated: bool) -> Clock:
    """The clock a database lives by. Raises Refused when it was made with the other one."""
    made_with = read(db, CLOCK)
    if simulated and made_with != SIMULATED:
        raise Refused(
            "CALENDAR_NOW is set, but this database lives by the wall clock;"
            " unset CALENDAR_NOW, or name another CALENDAR_DATABASE_URL"
        )
    if not simulated and made_with == SIMULATED:
        raise Refused(
            "this database was made with a simulated clock; set CALENDAR_NOW to go on with it,"
            " or name another CALENDAR_DATABASE_URL"
        )
    offset = timedelta(seconds=float(read(db, CLOCK_OFFSET) or 0))
    return Clock(offset, simulated)


def covered_until(db: Session, job: str) -> datetime | None:
    """Up to when a job has done its work, on the calendar's clock; None before its first run."""
    return db.scalars(select(JobRow.covered_until).where(JobRow.name == job)).one_or_none()


def cover(db: Session, job: str, until: datetime) -> None:
    """Say up to when a job has done its work."""
    db.merge(JobRow(name=job, covered_until=until, finished_at=database_now(db)))
    db.flush()


def last_heard(db: Session) -> datetime | None:
    """When a scheduled job last wrote down that it ran, on the wall clock."""
    return db.scalars(select(func.max(JobRow.finished_at))).one()
