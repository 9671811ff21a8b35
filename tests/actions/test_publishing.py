"""Feeds are finished once, replaced when they changed, and only then."""

import gzip
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from sqlalchemy.orm import Session

from calendar_svc.actions import publishing, seeding
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.feed import Choice, Vague
from calendar_svc.domain.revision import FactName
from calendar_svc.domain.series import Series
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.ical.component import Voice, vevent
from calendar_svc.links import Links, Site
from calendar_svc.store import counters, notes, publications, schema
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Database, Transaction
from calendar_svc.store.publications import Publication
from tests import make
from tests.ical import grammar

SEED = Path(__file__).parents[2] / "data" / "seed"
GOLDEN = Path(__file__).parents[1] / "ical" / "golden"
ARTICLE_DAY = datetime(2025, 9, 27, 1, tzinfo=UTC)
EN = Choice("all", "en", Vague.SPAN)
PLUS = Series("admm-plus", "ADMM-Plus", Texts({"en": "ASEAN Defence Ministers’ Meeting-Plus"}))


def publish(
    database: Database, *, now: datetime = make.NOW, site: Site = make.SITE
) -> list[Choice]:
    return publishing.publish(database.reading, database.transaction, now=now, site=site)


def published(database: Database) -> dict[Choice, Publication]:
    with database.reading() as db:
        found = {choice: publications.get(db, choice) for choice in publications.digests(db)}
    return {choice: one for choice, one in found.items() if one is not None}


def plain(database: Database, choice: Choice = EN) -> bytes:
    with database.reading() as db:
        found = publications.get(db, choice)
    assert found is not None
    return found.plain


def slugs(database: Database, choice: Choice = EN) -> list[str]:
    """The events of a feed, by the last part of their page's address."""
    octets = plain(database, choice).replace(b"\r\n ", b"")
    addresses = [line for line in octets.split(b"\r\n") if line.startswith(b"URL:")]
    return [line.decode().rpartition("/")[2].partition("?")[0] for line in addresses[1:]]


def generation(database: Database) -> int:
    with database.reading() as db:
        return counters.read(db, counters.PUBLICATIONS)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock that published_at goes by."""
    return lambda moment: monkeypatch.setattr(publications, "database_now", lambda db: moment)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Which events are rendered from now on, and in which language."""
    calls: list[tuple[str, str]] = []

    def counting(event: Event, voice: Voice, **other: Any) -> bytes:
        calls.append((event.slug, voice.lang))
        return vevent(event, voice, **other)

    monkeypatch.setattr(publishing, "vevent", counting)
    return calls


# --- the seed facts, byte for byte ----------------------------------------------------------

GOLDENS = [
    Choice("all", "en", Vague.SPAN),
    Choice("all", "en", Vague.OMIT),
    Choice("all", "en", Vague.ALL),
    Choice("admm", "en", Vague.SPAN),
    Choice("all", "ms", Vague.SPAN),
]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Choice, Publication]]:
    """What is published of the seed facts on the day of their article."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('seeded') / 'seeded.db'}")
    schema.upgrade(database)
    with database.transaction() as db:
        seeding.load(db, seeding.read(SEED, make.KL), now=ARTICLE_DAY)
    publish(database, now=ARTICLE_DAY)
    yield published(database)
    database.close()


@pytest.mark.parametrize(
    "choice", GOLDENS, ids=lambda choice: f"{choice.feed}-{choice.lang}-{choice.vague}"
)
def test_the_seed_facts_are_published_byte_for_byte(
    choice: Choice, seeded: dict[Choice, Publication]
) -> None:
    """`UPDATE_GOLDEN=1` writes the golden files anew; look at the difference before it is kept."""
    golden = GOLDEN / f"{choice.feed}-{choice.lang}-{choice.vague}.ics"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_bytes(seeded[choice].plain)
    assert seeded[choice].plain == golden.read_bytes()


def test_both_databases_publish_the_same_bytes(
    database: Database, seeded: dict[Choice, Publication]
) -> None:
    with database.transaction() as db:
        seeding.load(db, seeding.read(SEED, make.KL), now=ARTICLE_DAY)
    publish(database, now=ARTICLE_DAY)
    here = published(database)
    assert {choice: one.plain for choice, one in here.items()} == {
        choice: one.plain for choice, one in seeded.items()
    }


def test_every_feed_with_events_is_a_calendar_to_the_letter(
    seeded: dict[Choice, Publication],
) -> None:
    full = [one for one in seeded.values() if one.events]
    assert len(full) == 20
    for one in full:
        calendar = grammar.read(one.plain)
        assert len(calendar.events) == one.events
        assert calendar.get("METHOD") is None


def test_a_feed_without_events_is_a_calendar_to_the_letter(
    seeded: dict[Choice, Publication],
) -> None:
    grammar.read(seeded[Choice("adsom", "en", Vague.SPAN)].plain)


def test_a_feed_names_the_address_where_it_is_refreshed(
    seeded: dict[Choice, Publication],
) -> None:
    addresses = [
        grammar.read(seeded[Choice("all", "en", vague)].plain)["SOURCE"].text for vague in Vague
    ]
    assert len(set(addresses)) == 3


def test_a_year_is_shown_only_to_those_who_ask_for_everything(
    seeded: dict[Choice, Publication],
) -> None:
    def uids(vague: Vague) -> set[str]:
        calendar = grammar.read(seeded[Choice("all", "en", vague)].plain)
        return {event["X-EDTF"].text for event in calendar.events if event.get("X-EDTF")}

    assert uids(Vague.OMIT) == set()
    assert uids(Vague.SPAN) == {"2025-10"}
    assert uids(Vague.ALL) == {"2025-10", "2025"}


# --- what changes, and what doesn't ---------------------------------------------------------


def test_two_runs_without_a_change_publish_nothing_the_second_time(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db)
    # two feeds, two languages, three ways with vague dates
    assert len(publish(database)) == 12
    before, number = published(database), generation(database)
    assert publish(database) == []
    assert publish(database, now=make.NOW + timedelta(minutes=5)) == []
    assert published(database) == before
    assert generation(database) == number


def test_two_runs_that_look_anew_give_the_same_bytes(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db)
    publish(database)
    before, number = published(database), generation(database)
    with database.transaction() as db:
        notes.write(db, notes.PUBLISHED, "forgotten")
    assert publish(database) == []
    # a day later everything is looked at again, and nothing is different
    assert publish(database, now=make.NOW + timedelta(days=1)) == []
    assert published(database) == before
    assert generation(database) == number


def test_only_feeds_whose_bytes_changed_are_published_anew(
    database: Database, wall: Callable[[datetime], None]
) -> None:
    first, second = datetime(2027, 3, 2, tzinfo=UTC), datetime(2027, 3, 3, tzinfo=UTC)
    with database.transaction() as db:
        uid = make.announced(db)
        make.announced(db, slug="admm-plus-11", title="11th ADMM-Plus", series=PLUS)
    wall(first)
    publish(database)
    before, number = published(database), generation(database)
    with database.transaction() as db:
        make.change(db, uid, {FactName.PLACE: Texts({"en": "Kuala Lumpur"})})
    wall(second)
    changed = publish(database)
    assert {choice.feed for choice in changed} == {"all", "admm"}
    after = published(database)
    assert {choice for choice in after if after[choice].published_at == second} == set(changed)
    for choice in set(after) - set(changed):
        assert after[choice] == before[choice]
    assert generation(database) > number


def test_the_generation_grows_only_when_bytes_changed(database: Database) -> None:
    with database.transaction() as db:
        uid = make.announced(db, None)
    publish(database)
    number = generation(database)
    with database.transaction() as db:
        make.change(db, uid, {FactName.PLACE: Texts({"en": "Kuala Lumpur"})})
    # a fact of an event without a date: nothing of it is in a feed
    assert publish(database) == []
    assert generation(database) == number


def test_an_edit_renders_one_event_once_for_each_language(
    database: Database, rendered: list[tuple[str, str]]
) -> None:
    with database.transaction() as db:
        uid = make.announced(db)
        for number in range(22, 27):
            make.announced(db, f"2027-04-{number}", slug=f"admm-{number}")
    publish(database)
    assert len(rendered) == 12
    rendered.clear()
    with database.transaction() as db:
        make.change(db, uid, {FactName.WHEN: When.parse("2027-04-02")})
    publish(database)
    assert sorted(rendered) == [("admm-21", "en"), ("admm-21", "ms")]
    rendered.clear()
    publish(database)
    publish(database, now=make.NOW + timedelta(days=1))
    assert rendered == []


def test_an_amended_event_keeps_its_uid_and_raises_its_sequence(database: Database) -> None:
    with database.transaction() as db:
        uid = make.announced(db)
    publish(database)
    before = grammar.read(plain(database)).events[0]
    with database.transaction() as db:
        make.change(db, uid, {FactName.WHEN: When.parse("2027-04-02")})
    publish(database, now=make.NOW + timedelta(minutes=1))
    after = grammar.read(plain(database)).events[0]
    assert after["UID"].text == before["UID"].text
    assert (before["SEQUENCE"].text, after["SEQUENCE"].text) == ("0", "1")
    assert after["DTSTAMP"].moment == make.NOW


def test_a_new_base_url_renders_everything_anew(
    database: Database, rendered: list[tuple[str, str]]
) -> None:
    with database.transaction() as db:
        make.announced(db)
    publish(database)
    rendered.clear()
    moved = replace(make.SITE, links=Links("https://moved.example.org", (make.KEY,)))
    assert len(publish(database, site=moved)) == 12
    assert sorted(rendered) == [("admm-21", "en"), ("admm-21", "ms")]
    for one in published(database).values():
        assert b"moved.example.org" in one.plain
        assert b"calendar.example.org" not in one.plain


def test_a_series_with_another_acronym_renders_its_events_anew(
    database: Database, rendered: list[tuple[str, str]]
) -> None:
    with database.transaction() as db:
        make.announced(db)
        make.announced(db, slug="plus-11", series=PLUS)
    publish(database)
    rendered.clear()
    with database.transaction() as db:
        series_store.save(db, replace(make.ADMM, short="AMM"))
        counters.bump(db, counters.FACTS)
    publish(database)
    assert sorted(rendered) == [("admm-21", "en"), ("admm-21", "ms")]


def test_a_language_that_is_no_longer_offered_takes_its_feeds_along(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db)
    publish(database)
    number = generation(database)
    publish(database, site=replace(make.SITE, languages=("en",)))
    assert {choice.lang for choice in published(database)} == {"en"}
    assert generation(database) > number
    publish(database)
    assert {choice.lang for choice in published(database)} == {"en", "ms"}


def test_every_coding_holds_the_same_bytes_and_no_time_stamp(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db)
    publish(database)
    for one in published(database).values():
        assert gzip.decompress(one.gzip) == one.plain
        assert brotli.decompress(one.brotli) == one.plain
        assert one.gzip[4:8] == bytes(4), "MTIME in the header of gzip (RFC 1952)"
        assert hashlib.sha256(one.plain).hexdigest().startswith(one.digest)


# --- which events ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "last"), [("2027-04-01", "2027-05-01"), ("2027-04-01/2027-04-03", "2027-05-03")]
)
def test_a_cancelled_event_leaves_30_days_after_its_date(
    database: Database, when: str, last: str
) -> None:
    with database.transaction() as db:
        make.announced(db, when, status=Status.CANCELLED)
    leaves = datetime.fromisoformat(f"{last}T16:00:00Z")
    publish(database, now=leaves - timedelta(seconds=1))
    assert slugs(database) == ["admm-21"]
    assert len(publish(database, now=leaves)) == 12
    assert slugs(database) == []


def test_a_postponed_event_stays(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db, status=Status.POSTPONED)
    publish(database, now=make.NOW + timedelta(days=400))
    assert slugs(database) == ["admm-21"]


def test_events_stand_in_the_order_of_their_dates(database: Database) -> None:
    whens = ["2027-05-02", "2027-05", "2027-05-01", "2027-04-30", "2027-05-01/2027-05-03"]
    with database.transaction() as db:
        for number, when in enumerate(whens):
            make.announced(db, when, slug=f"m-{number}")
    publish(database)
    assert slugs(database) == ["m-3", "m-2", "m-4", "m-0", "m-1"]


def test_an_event_without_a_date_is_in_no_feed(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db, None)
    publish(database)
    assert {one.events for one in published(database).values()} == {0}


def test_a_feed_of_a_series_holds_its_editions_only(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db)
        make.announced(db, "2027-04-02", slug="plus-11", series=PLUS)
        make.announced(db, "2027-04-03", slug="of-no-series", series=None)
    publish(database)
    assert slugs(database) == ["admm-21", "plus-11", "of-no-series"]
    assert slugs(database, Choice("admm", "en", Vague.SPAN)) == ["admm-21"]
    assert slugs(database, Choice("admm-plus", "en", Vague.SPAN)) == ["plus-11"]


def test_what_becomes_known_tomorrow_is_published_tomorrow(database: Database) -> None:
    tomorrow = make.NOW + timedelta(days=1)
    with database.transaction() as db:
        # only simulated time knows what becomes known tomorrow
        notes.write(db, notes.CLOCK, notes.SIMULATED)
        make.announced(db, known_since=tomorrow)
    publish(database)
    assert slugs(database) == []
    publish(database, now=tomorrow)
    assert slugs(database) == ["admm-21"]


# --- several publishers ---------------------------------------------------------------------


def overtaken(database: Database, meanwhile: Callable[[], object]) -> Transaction:
    """A publisher's transaction, before which something else happens."""

    @contextmanager
    def transaction() -> Iterator[Session]:
        meanwhile()
        with database.transaction() as db:
            yield db

    return transaction


def test_a_feed_built_from_a_later_state_stays(database: Database) -> None:
    with database.transaction() as db:
        uid = make.announced(db)

    def meanwhile() -> None:
        with database.transaction() as db:
            make.change(db, uid, {FactName.WHEN: When.parse("2027-04-02")})
        assert len(publish(database)) == 12

    slow = overtaken(database, meanwhile)
    assert publishing.publish(database.reading, slow, now=make.NOW, site=make.SITE) == []
    assert b"DTSTART;VALUE=DATE:20270402" in plain(database)
    assert publish(database) == []


def test_a_publisher_that_was_overtaken_takes_no_new_feed_away(database: Database) -> None:
    with database.transaction() as db:
        make.announced(db)

    def meanwhile() -> None:
        with database.transaction() as db:
            make.announced(db, slug="plus-11", series=PLUS)
        publish(database)

    slow = overtaken(database, meanwhile)
    publishing.publish(database.reading, slow, now=make.NOW, site=make.SITE)
    assert {choice.feed for choice in published(database)} == {"all", "admm", "admm-plus"}


@pytest.fixture(params=["the first time", "after an edit"])
def two_at_once(request: pytest.FixtureRequest, database: Database) -> list[BaseException]:
    """Two publishers with the same state in mind, the second writing before the first commits;
    what was raised in the second."""
    with database.transaction() as db:
        uid = make.announced(db)
    if request.param == "after an edit":
        publish(database)
        with database.transaction() as db:
            make.change(db, uid, {FactName.WHEN: When.parse("2027-04-02")})
    raised: list[BaseException] = []
    have_read = threading.Barrier(2, timeout=20)
    writing = threading.Event()

    @contextmanager
    def second() -> Iterator[Session]:
        have_read.wait()
        writing.wait(20)
        with database.transaction() as db:
            yield db

    def publish_second() -> None:
        try:
            publishing.publish(database.reading, second, now=make.NOW, site=make.SITE)
        except Exception as fault:
            raised.append(fault)

    thread = threading.Thread(target=publish_second)

    @contextmanager
    def first() -> Iterator[Session]:
        have_read.wait()
        with database.transaction() as db:
            yield db
            writing.set()
            # long enough for the second to run into what isn't committed yet
            thread.join(0.5)

    thread.start()
    publishing.publish(database.reading, first, now=make.NOW, site=make.SITE)
    thread.join(20)
    assert grammar.read(plain(database)).events
    return raised


def test_two_publishers_at_once_are_no_trouble(two_at_once: list[BaseException]) -> None:
    assert two_at_once == []
