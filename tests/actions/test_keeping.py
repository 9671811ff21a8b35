"""A database remembers which clock it was made with, and refuses the other."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from calendar_svc.actions import keeping
from calendar_svc.domain.errors import Refused
from calendar_svc.store import notes
from calendar_svc.store.base import Database
from calendar_svc.store.tables import NoteRow
from tests.make import NOW

START = datetime(2025, 9, 27, 1, 0, tzinfo=UTC)


def test_a_database_is_founded_on_the_wall_clock(database: Database) -> None:
    with database.transaction() as db:
        clock = notes.clock(db, simulated=False)
        assert (clock.offset, clock.simulated) == (timedelta(0), False)


def test_a_simulated_clock_keeps_its_distance_from_the_wall(database: Database) -> None:
    with database.transaction() as db:
        db.execute(delete(NoteRow))
    with database.transaction() as db:
        keeping.found(db, start=START, wall=NOW)
        clock = notes.clock(db, simulated=True)
        assert (clock.offset, clock.simulated) == (START - NOW, True)


def test_a_clock_is_written_down_once(database: Database) -> None:
    with database.transaction() as db:
        db.execute(delete(NoteRow))
    with database.transaction() as db:
        keeping.found(db, start=START, wall=NOW)
        keeping.found(db, start=START, wall=NOW + timedelta(days=1))
        keeping.found(db, start=None, wall=NOW)
        # so the offset is the same in every process and after every restart
        assert notes.clock(db, simulated=True).offset == START - NOW


def test_a_simulated_database_refuses_the_wall_clock(database: Database) -> None:
    with database.transaction() as db:
        db.execute(delete(NoteRow))
    with database.transaction() as db:
        keeping.found(db, start=START, wall=NOW)
        with pytest.raises(Refused, match="CALENDAR_NOW"):
            notes.clock(db, simulated=False)


def test_a_real_database_refuses_a_simulated_clock(database: Database) -> None:
    with database.transaction() as db:
        keeping.found(db, start=START, wall=NOW)
        with pytest.raises(Refused, match="CALENDAR_NOW"):
            notes.clock(db, simulated=True)
        assert not notes.clock(db, simulated=False).simulated
