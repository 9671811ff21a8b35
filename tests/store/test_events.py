"""Events as they were known at a moment, in the order of the pages, on both databases."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from calendar_svc.domain.errors import NotFound, Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.revision import FactName, FactValue
from calendar_svc.domain.series import Series
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import events
from calendar_svc.store.base import Database
from calendar_svc.store.tables import OccurrenceRow, StateRow
from tests import make

TODAY = date(2027, 3, 1)
OTHER = Series("adsom", "ADSOM", Texts({"en": "ASEAN Defence Senior Officials’ Meeting"}))


def slugs(found: Sequence[Event]) -> list[str]:
    return [event.slug for event in found]


def several(db: Session, whens: Sequence[str | None], **other: Status | Series | None) -> None:
    """A meeting for each date, called m-0, m-1 …"""
    for number, when in enumerate(whens):
        make.announced(db, when, slug=f"m-{number}", **other)  # type: ignore[arg-type]


def shuffled_whens() -> list[str]:
    """Many dates of every kind and precision, several of them the same, in no order."""
    dice = random.Random(20250927)
    first = date(2026, 12, 1)
    found: list[str] = []
    for _ in range(90):
        day = first + timedelta(days=dice.randrange(200))
        later = day + timedelta(days=dice.randrange(1, 50))
        clock = f"{day}T{dice.randrange(24):02}:{dice.choice(['00', '30'])}"
        found.append(
            dice.choice(
                [
                    *(f"{day}", f"{day}/{later}", f"[{day}..{later}]", f"{day:%Y-%m}"),
                    *(f"{day:%Y}", f"{day:%Y}-{33 + (day.month - 1) // 3}"),
                    *(f"{clock}[Asia/Kuala_Lumpur]", f"{clock}[Europe/Berlin]"),
                ]
            )
        )
    return found


def test_both_databases_list_as_python_sorts(database: Database) -> None:
    whens = shuffled_whens()
    with database.transaction() as db:
        several(db, whens)
        listed = [event for _, event in events.dated(db, make.NOW)]
        past = events.past(db, make.NOW, date(2028, 1, 1), limit=1000)
    expected = sorted(
        (When.parse(when).sort_key, f"uid-of-m-{number}") for number, when in enumerate(whens)
    )
    found = [(event.when.sort_key if event.when else "", event.uid) for event in listed]
    assert found == expected
    assert len(found) == 90
    keys = [event.when.sort_key for event in past if event.when]
    assert keys == sorted(keys, reverse=True)


# --- upcoming, past, undated, of a series ---------------------------------------------------


def test_a_meeting_is_upcoming_until_its_last_day_is_over(database: Database) -> None:
    with database.transaction() as db:
        several(db, ["2027-02-28", "2027-03-01", "2027-02-01/2027-03-01", "2027-03", "2027"])
        ahead = slugs(events.upcoming(db, make.NOW, TODAY))
        behind = slugs(events.past(db, make.NOW, TODAY))
    assert ahead == ["m-2", "m-1", "m-3", "m-4"]
    assert behind == ["m-0"]


def test_upcoming_reaches_twelve_months(database: Database) -> None:
    with database.transaction() as db:
        several(db, ["2028-02-28", "2028-02-29", "2028-03-01", "2028-02", "2028-03"])
        assert slugs(events.upcoming(db, make.NOW, TODAY)) == ["m-0", "m-3"]


def test_upcoming_is_cut_at_its_limit(database: Database) -> None:
    with database.transaction() as db:
        several(db, ["2027-04-03", "2027-04-01", "2027-04-02"])
        assert slugs(events.upcoming(db, make.NOW, TODAY, limit=2)) == ["m-1", "m-2"]
        assert len(events.upcoming(db, make.NOW, TODAY)) == 3
        after = date(2027, 5, 1)
        assert slugs(events.past(db, make.NOW, after, limit=2)) == ["m-0", "m-2"]
        several_undated = [None] * 3
        for number, _ in enumerate(several_undated):
            make.announced(db, None, slug=f"u-{number}")
        assert slugs(events.undated(db, make.NOW, limit=2)) == ["u-0", "u-1"]


def test_a_held_meeting_is_past_whatever_its_span(database: Database) -> None:
    with database.transaction() as db:
        several(db, ["2027", "2027-03", "2027-03-01", "2027-12-31"], status=Status.HELD)
        assert events.upcoming(db, make.NOW, TODAY) == []
        assert slugs(events.past(db, make.NOW, TODAY)) == ["m-0", "m-3", "m-1", "m-2"]


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED, Status.TENTATIVE])
def test_what_was_called_off_stays_on_the_page(database: Database, status: Status) -> None:
    with database.transaction() as db:
        several(db, ["2027-04-01"], status=status)
        assert slugs(events.upcoming(db, make.NOW, TODAY)) == ["m-0"]


def test_a_meeting_without_a_date_is_undated_and_nowhere_else(database: Database) -> None:
    with database.transaction() as db:
        several(db, [None, "2027-04-01"])
        assert slugs(events.undated(db, make.NOW)) == ["m-0"]
        assert slugs(events.upcoming(db, make.NOW, TODAY)) == ["m-1"]
        assert events.past(db, make.NOW, TODAY) == []
        assert [event.slug for _, event in events.dated(db, make.NOW)] == ["m-1"]


def test_a_series_lists_its_editions_the_latest_first(database: Database) -> None:
    with database.transaction() as db:
        several(db, [None, "2025-11-01", "2027-04", "2026", "2026-06-01"])
        make.announced(db, "2027-05-01", slug="adsom-2027", series=OTHER)
        make.announced(db, "2027-06-01", slug="of-none", series=None)
        assert slugs(events.of_series(db, make.NOW, "admm")) == ["m-2", "m-3", "m-4", "m-1", "m-0"]
        assert slugs(events.of_series(db, make.NOW, "adsom")) == ["adsom-2027"]
        assert events.of_series(db, make.NOW, "nothing") == []
        ahead = events.upcoming(db, make.NOW, TODAY, series="adsom")
        assert slugs(ahead) == ["adsom-2027"]
        assert slugs(events.past(db, make.NOW, date(2026, 12, 1), series="admm")) == ["m-4", "m-1"]
        assert slugs(events.undated(db, make.NOW, series="admm")) == ["m-0"]
        assert events.undated(db, make.NOW, series="adsom") == []


def test_only_what_is_still_expected_can_be_reminded_of(database: Database) -> None:
    with database.transaction() as db:
        for number, status in enumerate(Status):
            make.announced(db, "2027-04-01", slug=f"m-{number}", status=status)
        make.announced(db, "2027-04-09", slug="later")
        make.announced(db, None, slug="undated")
        found = events.remindable(db, make.NOW, date(2027, 4, 1), date(2027, 4, 8))
        assert {event.status for event in found} == {Status.TENTATIVE, Status.CONFIRMED}
        assert len(found) == 2
        assert len(events.remindable(db, make.NOW, date(2027, 4, 1), date(2027, 4, 9))) == 3


# --- as it was known ------------------------------------------------------------------------

FIRST, SECOND = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)


@pytest.fixture
def sharpened(database: Database) -> Database:
    """A meeting known as a month from January, to the day from February."""
    with database.transaction() as db:
        uid = make.announced(db, "2027-04", known_since=FIRST, status=Status.TENTATIVE)
        make.change(
            db,
            uid,
            {FactName.WHEN: When.parse("2027-05-02"), FactName.STATUS: Status.CONFIRMED},
            known_since=SECOND,
        )
    return database


@pytest.mark.parametrize(
    ("at", "when"),
    [
        (FIRST, "2027-04"),
        (SECOND - timedelta(microseconds=1), "2027-04"),
        (SECOND, "2027-05-02"),
        (make.NOW, "2027-05-02"),
    ],
)
def test_an_event_is_given_as_it_was_known(sharpened: Database, at: datetime, when: str) -> None:
    with sharpened.reading() as db:
        event = events.get(db, "admm-21", at)
        assert str(event.when) == when
        assert events.by_uid(db, [event.uid, "another"], at) == {event.uid: event}
        assert [one for _, one in events.dated(db, at)] == [event]
        assert events.upcoming(db, at, at.date()) == [event]
        assert events.of_series(db, at, "admm") == [event]


def test_what_nobody_knew_yet_is_not_found(sharpened: Database) -> None:
    before = FIRST - timedelta(microseconds=1)
    with sharpened.reading() as db:
        with pytest.raises(NotFound):
            events.get(db, "admm-21", before)
        assert events.upcoming(db, before, before.date()) == []
        assert events.undated(db, before) == []
        assert events.dated(db, before) == []


def test_the_states_of_an_event_leave_no_gap(sharpened: Database) -> None:
    with sharpened.reading() as db:
        query = select(StateRow.known_from, StateRow.known_to).order_by(StateRow.known_from)
        assert [tuple(row) for row in db.execute(query)] == [(FIRST, SECOND), (SECOND, None)]


def test_changes_are_found_on_both_sides_of_a_moment(sharpened: Database) -> None:
    with sharpened.reading() as db:
        assert events.last_change(db, FIRST - timedelta(seconds=1)) is None
        assert events.last_change(db, FIRST) == FIRST
        assert events.last_change(db, make.NOW) == SECOND
        assert events.next_change(db, FIRST - timedelta(seconds=1)) == FIRST
        assert events.next_change(db, FIRST) == SECOND
        assert events.next_change(db, SECOND) is None


def test_states_are_written_anew_with_their_occurrences(sharpened: Database) -> None:
    with sharpened.transaction() as db:
        for number in range(3):
            make.change(db, "uid-of-admm-21", {FactName.PLACE: Texts({"en": f"Hall {number}"})})
        states = db.scalars(select(func.count()).select_from(StateRow)).one()
        occurrences = db.scalars(select(func.count()).select_from(OccurrenceRow)).one()
    # the three halls became known at one moment
    assert (states, occurrences) == (3, 3)


def test_every_fact_of_an_event_comes_back(database: Database) -> None:
    facts: dict[FactName, FactValue] = {
        FactName.TITLE: Texts({"ms": "ADMM ke-21", "en": "21st ADMM, “😀”"}),
        FactName.PLACE: Texts({"ms": "Desaru"}),
        FactName.DESCRIPTION: Texts({"en": "two\nlines"}),
        FactName.ORDINAL: 21,
    }
    with database.transaction() as db:
        uid = make.announced(db)
        make.change(db, uid, facts)
        event = events.get(db, "admm-21", make.NOW)
    assert {name: getattr(event, name.value) for name in facts} == facts
    assert (event.uid, event.series, event.revision) == (uid, "admm", 2)
    assert event.created_at == make.NOW - timedelta(days=30)
    assert event.modified_at == make.NOW


# --- names ----------------------------------------------------------------------------------


def test_a_slug_has_one_event(database: Database) -> None:
    with database.transaction() as db:
        events.add(db, "b", "admm-21", created_at=make.NOW)
        with pytest.raises(Refused, match="/events/admm-21"):
            events.add(db, "a", "admm-21", created_at=make.NOW)
        events.add(db, "a", "admm-22", created_at=make.NOW)
        assert events.every_uid(db) == ["a", "b"]
        assert (events.slug_of(db, "a"), events.slug_of(db, "c")) == ("admm-22", None)


def test_an_address_that_leads_nowhere_is_not_found(database: Database) -> None:
    with database.reading() as db, pytest.raises(NotFound) as refusal:
        events.get(db, "x" * 500, make.NOW)
    assert len(str(refusal.value)) < 200
