"""The door to both databases: types that keep their values, transactions that keep theirs."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url, select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import IntegrityError, StatementError

from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import counters, notes
from calendar_svc.store.base import Database, TextsJson, UtcTime, WhenText, database_now
from calendar_svc.store.tables import EventRow, JobRow, OccurrenceRow, SeriesRow
from tests import make
from tests.ical import strategies

DIALECTS: list[Dialect] = [
    make_url(f"{name}://").get_dialect()() for name in ("sqlite", "postgresql+psycopg")
]
same_database = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


# --- moments --------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_naive_moment_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="offset"):
        UtcTime().process_bind_param(datetime(2027, 3, 1, 9), dialect)


def test_a_naive_moment_is_refused_by_the_database(database: Database) -> None:
    with pytest.raises(StatementError, match="offset"), database.transaction() as db:
        notes.cover(db, "publish", datetime(2027, 3, 1, 9))
    with pytest.raises(StatementError, match="offset"), database.reading() as db:
        db.scalars(select(EventRow).where(EventRow.created_at > datetime(2027, 3, 1))).all()


@pytest.mark.parametrize(
    "moment",
    [
        make.NOW,
        datetime(2027, 3, 1, 17, tzinfo=ZoneInfo("Asia/Kuala_Lumpur")),
        datetime(2027, 3, 1, 4, 30, 15, 123456, tzinfo=timezone(timedelta(hours=-4, minutes=-30))),
        datetime(2025, 11, 2, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York")),
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(9999, 12, 30, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_aware_and_in_utc(database: Database, moment: datetime) -> None:
    with database.transaction() as db:
        notes.cover(db, "publish", moment)
    with database.reading() as db:
        found = notes.covered_until(db, "publish")
    # two zones are compared by their instants only once both are in one
    assert found == moment.astimezone(UTC)
    assert found is not None and found.utcoffset() == timedelta(0)


@same_database
@given(moments=st.lists(st.datetimes(timezones=st.just(UTC), min_value=datetime(1000, 1, 1))))
def test_stored_moments_sort_as_time_does(database: Database, moments: list[datetime]) -> None:
    with database.reading() as db:  # kept nowhere
        for number, moment in enumerate(moments):
            db.add(JobRow(name=str(number), covered_until=moment, finished_at=moment))
        db.flush()
        assert list(db.scalars(select(JobRow.covered_until).order_by(JobRow.covered_until))) == (
            sorted(moments)
        )


def test_the_database_knows_what_time_it_is(database: Database) -> None:
    with database.reading() as db:
        now = database_now(db)
    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=10)


# --- values ---------------------------------------------------------------------------------


@same_database
@given(texts=strategies.texts())
def test_texts_come_back_as_they_were(database: Database, texts: Texts) -> None:
    with database.reading() as db:
        db.add(SeriesRow(slug="a", short="A", name=texts))
        db.flush()
        assert db.scalars(select(SeriesRow.name)).one() == texts


@same_database
@given(when=strategies.whens())
def test_a_when_comes_back_as_it_was(database: Database, when: When) -> None:
    row = {"starts_on": when.first_day, "ends_on": when.last_day, "sort_key": when.sort_key}
    with database.reading() as db:
        make.announced(db)
        state = db.scalars(select(OccurrenceRow.state_id)).one()
        found = OccurrenceRow(state_id=state, when=when, **row)
        db.add(found)
        db.flush()
        query = select(OccurrenceRow.when, OccurrenceRow.starts_on, OccurrenceRow.ends_on)
        assert db.execute(query.where(OccurrenceRow.id == found.id)).one() == (
            when,
            when.first_day,
            when.last_day,
        )


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_nothing_stays_nothing(dialect: Dialect) -> None:
    for kind in (UtcTime(), WhenText(), TextsJson()):
        assert kind.process_bind_param(None, dialect) is None
        assert kind.process_result_value(None, dialect) is None


# --- transactions ---------------------------------------------------------------------------


def test_what_is_written_is_kept(database: Database) -> None:
    with database.transaction() as db:
        notes.write(db, "a", "1")
    with database.reading() as db:
        assert notes.read(db, "a") == "1"


def test_what_is_raised_keeps_nothing(database: Database) -> None:
    with pytest.raises(StatementError), database.transaction() as db:  # noqa: PT012
        notes.write(db, "a", "1")
        notes.cover(db, "publish", datetime(2027, 3, 1))
    with database.reading() as db:
        assert notes.read(db, "a") is None


def test_reading_keeps_nothing(database: Database) -> None:
    with database.reading() as db:
        notes.write(db, "a", "1")
    with database.reading() as db:
        assert notes.read(db, "a") is None


def test_reading_sees_one_state_throughout(database: Database) -> None:
    with database.reading() as db:
        before = counters.read(db, counters.FACTS)
        with database.transaction() as writing:
            counters.bump(writing, counters.FACTS)
        assert counters.read(db, counters.FACTS) == before
    with database.reading() as db:
        assert counters.read(db, counters.FACTS) == before + 1


def test_a_row_must_belong_to_one_that_is_there(database: Database) -> None:
    row = OccurrenceRow(
        state_id=12345,
        when=When.parse("2025"),
        starts_on=make.NOW.date(),
        ends_on=make.NOW.date(),
        sort_key="",
    )
    with pytest.raises(IntegrityError), database.transaction() as db:
        db.add(row)


def test_a_database_makes_the_folder_it_is_in(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'var' / 'deep' / 'calendar.db'}")
    with database.reading() as db:
        assert database_now(db)
    database.close()
