"""Events as they were known at a moment, in the order of the pages, on both databases."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from calendar_svc.actions import editing
from calendar_svc.domain.claim import Claim, Origin
from calendar_svc.domain.errors import Gone, Moved, NotFound, Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.history import Counters
from calendar_svc.domain.revision import FactName, FactValue
from calendar_svc.domain.series import Series
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import events, facts
from calendar_svc.store.base import Database
from calendar_svc.store.events import Sought
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


# --- what the desk looks for ----------------------------------------------------------------


def sought(db: Session, **narrowed: object) -> set[str]:
    found = events.listed(db, make.NOW, Sought(**narrowed), limit=100)  # type: ignore[arg-type]
    return set(slugs(found))


TITLES = {
    "percent": "100% ready",
    "under": "A_B meeting",
    "back": "C\\D meeting",
    "quote": "“Ministers’” 'M' \"N\"",
    "accents": "Hội nghị Đà Nẵng",
    "arabic": "اجتماع",
    "plain": "AxB meeting, 1000 ready",
}


FOUND: list[tuple[str, set[str]]] = [
    ("100%", {"percent"}),
    ("%", {"percent"}),
    ("A_B", {"under"}),
    ("_", {"under"}),
    ("C\\D", {"back"}),
    ("\\", {"back"}),
    ("/", set()),
    ("'", {"quote"}),
    ('"', {"quote"}),
    ('"N"', {"quote"}),
    ("’", {"quote"}),
    ("'; DROP TABLE events; --", set()),
    ("{", set()),
    (":", set()),
    ("null", set()),
    # the language of a title is none of its words
    ("en", {"percent", "accents"}),
    ("hội nẵng", {"accents"}),
    ("HỘI NGHỊ đà", {"accents"}),
    ("hoi", set()),
    ("اجتماع", {"arabic"}),
    ("MEETING axb", {"plain"}),
    ("meeting", {"under", "back", "plain"}),
    ("", set(TITLES)),
    ("  \t\n ", set(TITLES)),
    ("\\u0110", set()),
    ("x" * 5000, set()),
    (" ".join(["meeting"] * 5000), {"under", "back", "plain"}),
    ("plain", {"plain"}),
]


def test_words_are_sought_to_the_letter(database: Database) -> None:
    """Also such as databases take for something else."""
    with database.transaction() as db:
        for slug, title in TITLES.items():
            make.announced(db, slug=slug, title=title, series=None, place=None)
        found = {words: sought(db, words=words) for words, _ in FOUND}
    assert found == dict(FOUND)


def test_words_are_sought_in_title_place_and_address(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db, slug="admm-21", title="Menteri", place="Desaru, Johor")
        make.announced(db, slug="admm-22", title="Johor", place="Melaka")
        make.announced(db, slug="johor-2027", title="ADSOM", place=None)
        make.announced(db, slug="other", title="Another", place=None)
        assert sought(db, words="johor") == {"admm-21", "admm-22", "johor-2027"}
        # each word somewhere
        assert sought(db, words="johor admm") == {"admm-21", "admm-22"}
        assert sought(db, words="melaka desaru") == set()


def test_the_list_is_narrowed_by_series_and_status_at_once(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db, slug="a", status=Status.HELD)
        make.announced(db, slug="b")
        make.announced(db, slug="c", series=OTHER)
        assert sought(db, series="admm") == {"a", "b"}
        assert sought(db, status=Status.CONFIRMED) == {"b", "c"}
        assert sought(db, series="admm", status=Status.CONFIRMED, words="ADMM") == {"b"}
        assert sought(db, series="nothing") == set()
        assert sought(db) == {"a", "b", "c"}


def test_the_list_begins_with_what_has_no_date_then_the_latest(database: Database) -> None:
    with database.transaction() as db:
        several(db, ["2027-04-01", None, "2027-05", "2026", None])
        everything = slugs(events.listed(db, make.NOW, Sought(), limit=9))
        assert everything == ["m-1", "m-4", "m-2", "m-0", "m-3"]
        for words in ("", "ADMM"):
            pages = [
                slugs(events.listed(db, make.NOW, Sought(words), limit=2, offset=offset))
                for offset in (0, 2, 4, 6)
            ]
            assert pages == [everything[:2], everything[2:4], everything[4:], []]


def contradicted(db: Session, slug: str, when: str = "2027-04-09") -> None:
    """A meeting of which a claim says another date than is known."""
    uid = make.announced(db, slug=slug)
    facts.save_claim(db, Claim(f"{slug}/x", uid, Origin.EDITOR, make.NOW, When.parse(when)))
    editing.work_out(db, uid)


def test_meetings_on_which_claims_disagree_are_found(database: Database) -> None:
    before = make.NOW - timedelta(microseconds=1)
    with database.transaction() as db:
        contradicted(db, "b")
        contradicted(db, "a")
        contradicted(db, "agreed", when="2027-04")
        make.announced(db, slug="silent")
        found = events.contested(db, make.NOW, limit=9)
        assert [(event.slug, event.contested) for event in found] == [
            ("a", ("when",)),
            ("b", ("when",)),
        ]
        assert slugs(events.contested(db, make.NOW, limit=1)) == ["a"]
        assert sought(db, is_contested=True) == {"a", "b"}
        assert events.contested(db, before, limit=9) == []


def test_meetings_whose_date_has_passed_wait_to_be_held_or_called_off(database: Database) -> None:
    with database.transaction() as db:
        several(db, ["2027-02-27", "2027-02-28", "2027-03-01", "2027-02", "2027-03", "2026", None])
        for status in (Status.HELD, Status.CANCELLED, Status.POSTPONED):
            make.announced(db, "2027-02-01", slug=status.value, status=status)
        make.announced(db, "2027-02-01", slug="tentative", status=Status.TENTATIVE)
        found = slugs(events.overdue(db, make.NOW, TODAY, limit=9))
        assert found == ["m-3", "m-1", "m-0", "tentative", "m-5"]
        assert slugs(events.overdue(db, make.NOW, TODAY, limit=2)) == ["m-3", "m-1"]


# --- withdrawn, and merged into another -----------------------------------------------------

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def taken_back(db: Session, slug: str, at: datetime = make.NOW) -> None:
    uid = f"uid-of-{slug}"
    events.withdraw(db, uid, at=at)
    editing.work_out(db, uid)


def joined(db: Session, slug: str, into: str) -> None:
    events.merge(db, f"uid-of-{slug}", into=f"uid-of-{into}")
    editing.work_out(db, f"uid-of-{slug}")


@pytest.mark.parametrize("at", [LONG_AGO, make.NOW - timedelta(days=10), make.NOW])
def test_what_was_withdrawn_is_gone_whenever_one_looks(database: Database, at: datetime) -> None:
    with database.transaction() as db:
        uid = make.announced(db, slug="a")
        taken_back(db, "a")
        with pytest.raises(Gone):
            events.get(db, "a", at)
        assert events.by_uid(db, [uid], at) == {}
        assert events.dated(db, at) == []
        assert events.listed(db, at, Sought(), limit=9) == []
        assert events.of_series(db, at, "admm") == []
        assert events.last_change(db, make.NOW) is None


@pytest.mark.parametrize("at", [LONG_AGO, make.NOW - timedelta(days=10), make.NOW])
def test_what_turned_out_to_be_another_leads_there_whenever_one_looks(
    database: Database, at: datetime
) -> None:
    with database.transaction() as db:
        for slug in "ab":
            make.announced(db, slug=slug)
        joined(db, "b", into="a")
        with pytest.raises(Moved) as moved:
            events.get(db, "b", at)
        assert moved.value.slug == "a"
        assert slugs(events.listed(db, make.NOW, Sought(), limit=9)) == ["a"]


def test_what_is_merged_three_times_is_found_in_one_step(database: Database) -> None:
    with database.transaction() as db:
        for slug in "abcd":
            make.announced(db, slug=slug)
        joined(db, "d", into="c")
        joined(db, "c", into="b")
        joined(db, "b", into="a")
        for slug in "bcd":
            with pytest.raises(Moved) as moved:
                events.get(db, slug, make.NOW)
            assert moved.value.slug == "a"
            assert events.place(db, slug).merged_into == "uid-of-a"


def test_what_leads_to_a_withdrawn_meeting_still_leads_there(database: Database) -> None:
    with database.transaction() as db:
        for slug in "ab":
            make.announced(db, slug=slug)
        joined(db, "b", into="a")
        taken_back(db, "a")
        with pytest.raises(Moved) as moved:
            events.get(db, "b", make.NOW)
        with pytest.raises(Gone):
            events.get(db, moved.value.slug, make.NOW)


def test_the_withdrawn_are_listed_the_last_one_first(database: Database) -> None:
    with database.transaction() as db:
        for number, slug in enumerate("abcd"):
            make.announced(db, slug=slug)
            taken_back(db, slug, make.NOW + timedelta(hours=number % 3))
        make.announced(db, slug="there")
        events.withdraw(db, "uid-of-b", at=None)
        found = events.withdrawn(db, limit=9)
        assert [place.slug for place in found] == ["c", "a", "d"]
        assert [place.slug for place in events.withdrawn(db, limit=1)] == ["c"]
        assert found[0].withdrawn_at == make.NOW + timedelta(hours=2)


def test_where_an_event_is_comes_back_as_it_was_said(database: Database) -> None:
    with database.transaction() as db:
        uid = make.announced(db, slug="a")
        place = events.place(db, "a")
        assert (place.uid, place.counters) == (uid, Counters())
        assert place.is_public
        events.count_from(db, uid, Counters(7, 3))
        assert events.place(db, "a").counters == events.lock(db, uid).counters == Counters(7, 3)
        events.withdraw(db, uid, at=make.NOW)
        assert not events.lock(db, uid).is_public
        with pytest.raises(NotFound):
            events.place(db, "A")


def test_an_address_is_taken_for_good(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db, slug="a")
        taken_back(db, "a")
        assert not events.is_free(db, "a")
        assert events.is_free(db, "b")
        with pytest.raises(Refused):
            events.add(db, "another", "a", created_at=make.NOW)
