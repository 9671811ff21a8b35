"""What a database knows of itself."""

from datetime import UTC, datetime, timedelta

import pytest

from calendar_svc.domain.errors import Refused
from calendar_svc.store import notes
from calendar_svc.store.base import Database
from tests import make


def test_a_note_is_written_over_the_one_that_stands(database: Database) -> None:
    with database.transaction() as db:
        assert notes.read(db, "a") is None
        notes.write(db, "a", "1")
        notes.write(db, "a", "2")
        assert notes.read(db, "a") == "2"


def test_a_job_knows_how_far_it_has_come(database: Database) -> None:
    with database.transaction() as db:
        assert notes.covered_until(db, "remind") is None
        notes.cover(db, "remind", make.NOW)
        notes.cover(db, "remind", make.NOW + timedelta(hours=1))
        notes.cover(db, "publish", make.NOW)
        assert notes.covered_until(db, "remind") == make.NOW + timedelta(hours=1)


def test_a_database_of_the_wall_clock_has_no_other(database: Database) -> None:
    with database.reading() as db:
        clock = notes.clock(db, simulated=False)
        with pytest.raises(Refused, match="lives by the wall clock"):
            notes.clock(db, simulated=True)
    assert not clock.simulated
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=10)


def test_a_database_of_a_simulated_clock_keeps_its_distance(database: Database) -> None:
    with database.transaction() as db:
        notes.write(db, notes.CLOCK, notes.SIMULATED)
        notes.write(db, notes.CLOCK_OFFSET, "-3600.5")
    with database.reading() as db:
        clock = notes.clock(db, simulated=True)
        with pytest.raises(Refused, match="simulated clock"):
            notes.clock(db, simulated=False)
    assert (clock.simulated, clock.offset) == (True, timedelta(seconds=-3600.5))
