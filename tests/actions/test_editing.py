"""Every change is a revision; the states follow."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from calendar_svc.actions import editing
from calendar_svc.domain.errors import Conflict
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.revision import Fact, FactName
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import counters, events, facts, notes
from calendar_svc.store.base import Database
from tests import make


def moved(to: str, known_since: datetime = make.NOW) -> list[Fact]:
    return [Fact(FactName.WHEN, When.parse(to), known_since)]


def get(database: Database, at: datetime = make.NOW) -> Event:
    with database.reading() as db:
        return events.get(db, "admm-21", at)


@pytest.fixture
def uid(database: Database) -> str:
    with database.transaction() as db:
        return make.announced(db)


def test_a_change_is_the_next_revision(database: Database, uid: str) -> None:
    with database.transaction() as db:
        before = counters.read(db, counters.FACTS)
        made = editing.record(db, uid, moved("2027-04-02"), by="Ada", now=make.NOW, seen=1)
        assert counters.read(db, counters.FACTS) == before + 1
        revisions = facts.revisions_of(db, uid)
    assert (made.number, made.recorded_by, made.recorded_at) == (2, "Ada", make.NOW)
    assert revisions[-1] == made
    event = get(database)
    assert (str(event.when), event.sequence, event.when_no) == ("2027-04-02", 1, 1)
    assert (event.modified_at, event.when_since) == (make.NOW, make.NOW)


def test_who_looked_at_an_older_revision_is_told_so(database: Database, uid: str) -> None:
    with database.transaction() as db:
        editing.record(db, uid, moved("2027-04-02"), by="Ada", now=make.NOW, seen=1)
    with pytest.raises(Conflict), database.transaction() as db:
        editing.record(db, uid, moved("2027-04-03"), by="Bea", now=make.NOW, seen=1)
    assert str(get(database).when) == "2027-04-02"


def test_of_two_who_saw_the_same_one_wins(database: Database, uid: str) -> None:
    def change(day: int) -> bool:
        try:
            with database.transaction() as db:
                editing.record(db, uid, moved(f"2027-05-0{day}"), by="Ada", now=make.NOW, seen=1)
        except Exception:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(change, range(1, 5))).count(True) == 1
    with database.reading() as db:
        assert [one.number for one in facts.revisions_of(db, uid)] == [1, 2]


def test_what_others_see_alone_raises_the_sequence(database: Database, uid: str) -> None:
    with database.transaction() as db:
        make.change(db, uid, {FactName.TITLE: Texts({"en": "ADMM"})})
        assert events.get(db, "admm-21", make.NOW).sequence == 0
        make.change(db, uid, {FactName.PLACE: Texts({"en": "Kuala Lumpur"})})
        make.change(db, uid, {FactName.STATUS: Status.CANCELLED})
    event = get(database)
    assert (event.sequence, event.when_no, event.revision) == (2, 0, 4)


def test_evidence_that_comes_late_completes_the_past(database: Database, uid: str) -> None:
    """It never overwrites what is known since later, nor counts as a change of today."""
    early = datetime(2027, 1, 1, tzinfo=UTC)
    with database.transaction() as db:
        editing.record(db, uid, moved("2027-04", early), by=None, now=make.NOW)
    now, then = get(database), get(database, early)
    assert (str(now.when), now.sequence, now.when_no) == ("2027-04-01", 0, 0)
    assert str(then.when) == "2027-04"
    assert then.title == now.title


def test_in_simulated_time_a_change_takes_effect_when_it_is_known(
    database: Database, uid: str
) -> None:
    with database.transaction() as db:
        notes.write(db, notes.CLOCK, notes.SIMULATED)
        known = make.NOW + timedelta(days=10)
        editing.record(db, uid, moved("2027-04-02", known), by=None, now=make.NOW)
    event = get(database, known)
    assert (event.modified_at, event.when_since) == (known, known)
    assert str(get(database).when) == "2027-04-01"


def test_working_out_again_changes_nothing(database: Database, uid: str) -> None:
    with database.transaction() as db:
        make.change(db, uid, {FactName.WHEN: When.parse("2027-04-02")})
    before = get(database)
    with database.transaction() as db:
        editing.work_out(db, uid)
    assert get(database) == before
