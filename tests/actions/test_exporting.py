"""The facts given out as TOML and loaded elsewhere: the same claims, revisions and states."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from calendar_svc.actions import editing, exporting, seeding
from calendar_svc.actions.editing import Amendment
from calendar_svc.domain.account import Editor, Role
from calendar_svc.domain.article import Article
from calendar_svc.domain.errors import Gone, Moved, NotFound, Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.revision import FactName, Revision
from calendar_svc.domain.series import Series
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import articles, events, facts, notes
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Database
from calendar_svc.store.events import Place
from calendar_svc.store.tables import StateRow
from tests import make, strategies
from tests.actions.test_seeding import RIGHT, SEED, everything, write

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOADED = datetime(2027, 1, 1, 9, 30, 15, 123456, tzinfo=UTC)
LATER = make.NOW + 60 * DAY
"""When everything is loaded elsewhere."""


def article(key: str, day: date, **other: Any) -> Article:
    return Article(key, "Bernama", "ms", day, **other)


LETTER = article(
    "letter",
    date(2027, 1, 20),
    dateline="Kuala Lumpur",
    url="https://example.org/a?b=c&d=“e”",
    title='Menteri: “ADMM” akan \\ diadakan "segera" # bukan komen',
)
SHARPER = article("sharper", date(2027, 1, 25))
AGAINST = article("against", date(2027, 1, 28))
UNCITED = article("uncited", date(2027, 1, 29), title="Nobody’s evidence yet")
SPAN = "2027-04-06T09:00:00+08:00[Asia/Kuala_Lumpur]/2027-04-06T18:30:00+09:00[Asia/Tokyo]"
LINES = Texts(
    {
        "en": 'First line\n\n\t“Second”, with "quotes", \'more\', """three""" and \\ back',
        "ms": "Satu\nDua ☕ é é 😀 #",
        "zh-Hant": "東協國防部長會議",
    }
)


class Rich(NamedTuple):
    """A calendar to which everything has happened."""

    ada: Editor
    nameless: Editor


@pytest.fixture
def other(database: Database, request: pytest.FixtureRequest) -> Iterator[Callable[[], Database]]:
    """Makes more empty databases of the same kind."""
    kind = "sqlite" if database.engine.dialect.name == "sqlite" else "postgres"
    new: Callable[[], str] = request.getfixturevalue(f"new_{kind}")
    made: list[Database] = []

    def make_one() -> Database:
        made.append(Database(new(), durable=False))
        return made[-1]

    yield make_one
    for one in made:
        one.close()


def exported(database: Database, timezone: str = make.KL) -> str:
    with database.reading() as db:
        return exporting.document(db, timezone)


def load(database: Database, text: str, folder: Path, now: datetime = LATER) -> int:
    folder.mkdir(exist_ok=True)
    write(folder, text)
    with database.transaction() as db:
        return seeding.load(db, seeding.read(folder, make.KL), now=now)


def place(db: Session, slug: str) -> Place:
    return events.place(db, slug)


def last(db: Session, slug: str) -> int:
    return facts.revisions_of(db, place(db, slug).uid)[-1].number


def amend(
    db: Session, slug: str, ada: Editor, now: datetime, /, *, when: str | None = None, **told: Any
) -> int:
    """Ada records something of a meeting; the number of the revision."""
    values: dict[FactName, Any] = told.pop("values", {})
    if when is not None:
        values = {**values, FactName.WHEN: When.parse(when)}
    where, seen = place(db, slug), last(db, slug)
    told_so = Amendment(values, **told)
    editing.amend(db, where, told_so, by=ada, now=now, timezone=make.KL, seen=seen)
    return last(db, slug)


def enrich(database: Database, folder: Path) -> None:
    """Everything happens: several articles, rulings, undoing, merging, redacting, withdrawing."""
    folder.mkdir(exist_ok=True)
    write(folder, RIGHT)
    now = make.NOW
    with database.transaction() as db:
        early = seeding.read(folder, make.KL)
        seeding.load(db, early, now=LOADED)
        ada = make.editor(db)
        nameless = make.editor(db, "bea@example.org", name="", role=Role.ADMINISTRATOR)
        for one in (LETTER, SHARPER, AGAINST, UNCITED):
            articles.save(db, one, text=f"a text that only the desk sees: {one.key}")
        # a meeting of its own, with texts that are hard to write
        values: dict[FactName, Any] = {
            FactName.TITLE: Texts({"en": "21st “ADMM”\\Plus", "ms": "ADMM-Plus ke-21"}),
            FactName.DESCRIPTION: LINES,
            FactName.WHEN: When.parse("[2027-04-01..2027-04-07]"),
            FactName.STATUS: Status.TENTATIVE,
        }
        told = Amendment(values, article=LETTER, quote="“pada awal April”,\nkatanya", gist=LINES)
        editing.announce(db, "plus", told, by=ada, now=now, timezone=make.KL)
        # the same meeting again, from another article; and one that is taken back
        for slug, source in (("twin", SHARPER), ("gone", AGAINST)):
            values = {
                FactName.TITLE: Texts({"en": f"Secret {slug}"}),
                FactName.PLACE: Texts({"en": "Melaka"}),
                FactName.SERIES: "admm",
            }
            told = Amendment(values, article=source)
            editing.announce(db, slug, told, by=ada, now=now + HOUR, timezone=make.KL)
        editing.withdraw(db, place(db, "gone"), reason="no", by=ada, now=now + HOUR)
        # the month sharpens, is contradicted, and Ada decides; then Bea has second thoughts
        amend(db, "admm-21", ada, now, when="2027-04-06/2027-04-07", article=SHARPER)
        amend(db, "admm-21", ada, now + HOUR, when="2027-04-09", article=AGAINST)
        settle(db, ada, now + 2 * HOUR)
        amend(
            db,
            "admm-21",
            nameless,
            now + 3 * HOUR,
            when=SPAN,
            values={
                FactName.STATUS: Status.CONFIRMED,
                FactName.PLACE: Texts({"en": "Desaru, Johor"}),
                FactName.TITLE: Texts({"en": "21st ADMM, “the big one”"}),
            },
            reason="the protocol office called",
        )
        made = amend(
            db, "admm-21", ada, now + 4 * HOUR, values={FactName.PLACE: None}, is_news=False
        )
        editing.undo(
            db,
            place(db, "admm-21"),
            made,
            by=nameless,
            now=now + 5 * HOUR,
            seen=made,
        )
        # called off, and on again
        amend(db, "plus", ada, now + 6 * HOUR, values={FactName.STATUS: Status.CANCELLED})
        amend(
            db,
            "plus",
            ada,
            now + 7 * HOUR,
            when="2027-06-02",
            values={FactName.STATUS: Status.CONFIRMED},
            article=AGAINST,
            was=When.parse("2027-04"),
            reason="re-dated",
            settles=True,
        )
        editing.merge(db, place(db, "twin"), place(db, "plus"), by=ada, now=now + 8 * HOUR)
        amend(db, "plus", ada, now + 9 * HOUR, values={FactName.PLACE: Texts({"ms": "Rahsia"})})
        editing.redact(db, place(db, "plus"), last(db, "plus"), FactName.PLACE, by=nameless)
        editing.redact_claim(db, place(db, "plus"), "plus/letter", by=nameless)


def settle(db: Session, ada: Editor, now: datetime) -> None:
    where, name = place(db, "admm-21"), FactName.WHEN
    seen = last(db, "admm-21")
    known = {"reason": "the ministry says so", "by": ada, "now": now, "seen": seen}
    editing.settle(db, where, name, "admm-21/sharper", **known)  # type: ignore[arg-type]


class Told(NamedTuple):
    """All that is known of one event."""

    claims: list[Any]
    revisions: list[Revision]
    states: list[tuple[datetime, Event | None]]


def told(database: Database) -> dict[str, Told]:
    """What a database knows of each public event, as of every moment."""
    with database.reading() as db:
        moments = sorted(set(db.scalars(select(StateRow.known_from))))
        found = {}
        for where, _ in events.every_place(db):
            if not where.is_public:
                continue
            found[where.slug] = Told(
                facts.claims_of(db, where.uid),
                [ordered(one) for one in facts.revisions_of(db, where.uid)],
                [(at, events.by_uid(db, [where.uid], at).get(where.uid)) for at in moments],
            )
        return found


def ordered(revision: Revision) -> Revision:
    return replace(revision, facts=tuple(sorted(revision.facts, key=lambda fact: fact.name)))


# --- there and back ---------------------------------------------------------------------------


def test_data_seed_comes_back_as_the_same(
    database: Database, other: Callable[[], Database], tmp_path: Path
) -> None:
    with database.transaction() as db:
        seeding.load(db, seeding.read(SEED, make.KL), now=LOADED)
    text, copy = exported(database), other()
    assert load(copy, text, tmp_path) > 0
    assert told(copy) == told(database)
    assert exported(copy) == text
    assert "event.revision" not in text


def test_what_was_written_by_hand_is_written_alike(database: Database, tmp_path: Path) -> None:
    """Only comments are lost, and the moment of loading is added."""
    with database.transaction() as db:
        seeding.load(db, seeding.read(SEED, make.KL), now=LOADED)
    ours = tomllib.loads(exported(database))
    theirs: dict[str, Any] = {}
    for path in sorted(SEED.glob("*.toml")):
        theirs |= tomllib.loads(path.read_text())
    assert [one.pop("created_at") for one in ours["event"]] == [LOADED] * 4
    theirs["event"].sort(key=lambda one: one["slug"])
    assert ours == theirs


def stored(database: Database) -> dict[str, list[Any]]:
    """Each row of each table but the notes, which say what was loaded."""
    return {table: rows for table, rows in everything(database).items() if table != "notes"}


def test_everything_that_happened_comes_back_as_the_same(
    database: Database, other: Callable[[], Database], tmp_path: Path
) -> None:
    enrich(database, tmp_path)
    text, copy = exported(database), other()
    assert load(copy, text, tmp_path / "there") > 0
    assert told(copy) == told(database)
    assert set(told(copy)) == {"admm-21", "plus"}
    assert exported(copy) == text
    before = stored(copy)
    assert load(copy, text, tmp_path / "there", LATER + DAY) == 0
    assert stored(copy) == before


def test_the_database_it_came_from_takes_it_back_unchanged(
    database: Database, tmp_path: Path
) -> None:
    enrich(database, tmp_path)
    before = stored(database)
    assert load(database, exported(database), tmp_path / "there") == 0
    assert stored(database) == before


def test_the_richest_event_is_written_like_this(database: Database, tmp_path: Path) -> None:
    enrich(database, tmp_path)
    (event,) = (
        one for one in tomllib.loads(exported(database))["event"] if one["slug"] == "admm-21"
    )
    assert [one.get("article", one.get("origin")) for one in event["claim"]] == [
        *("first", "sharper", "against", "editor", "editor"),
    ]
    assert [one.get("recorded_by") for one in event["revision"]] == [
        *(None, "Ada", "Ada", "Ada", "", "Ada", ""),
    ]
    first, *_, by_bea, taken_back, undone = event["revision"]
    assert first == {
        "number": 1,
        "recorded_at": LOADED,
        "claim": "admm-21/first",
        "title": {"en": "21st ADMM"},
        "status": "tentative",
        "when": "2027-04",
        "series": "admm",
        "ordinal": 21,
    }
    assert by_bea["when"] == SPAN
    assert by_bea["settles"] == ["when", "place"]
    assert (taken_back["unknown"], taken_back["is_news"]) == (["place"], False)
    assert (undone["undoes"], undone["claim"]) == (6, "admm-21/editor")
    assert "also" not in undone


def test_what_readers_may_not_see_is_not_exported(database: Database, tmp_path: Path) -> None:
    enrich(database, tmp_path)
    text = exported(database)
    for secret in (
        *("gone", "uncited", "Nobody’s", "only the desk", "@example.org", "Rahsia", "awal April"),
        "Secret twin",
    ):
        assert secret not in text, secret
    with database.reading() as db:
        with pytest.raises(Gone):
            events.get(db, "gone", LATER)
        numbers = [one.number for one in facts.revisions_of(db, place(db, "plus").uid)]
    (plus,) = (one for one in tomllib.loads(text)["event"] if one["slug"] == "plus")
    assert [one["number"] for one in plus["revision"]] == numbers
    assert set(plus["revision"][-1]) == {"number", "recorded_at", "recorded_by"}
    assert plus["sequence_from"] > 0


def test_the_address_of_a_merged_event_leads_on(
    database: Database, other: Callable[[], Database], tmp_path: Path
) -> None:
    enrich(database, tmp_path)
    text, copy = exported(database), other()
    load(copy, text, tmp_path / "there")
    with copy.reading() as db:
        with pytest.raises(Moved) as moved:
            events.get(db, "twin", LATER)
        with pytest.raises(NotFound):
            events.get(db, "gone", LATER)
    assert moved.value.slug == "plus"


def test_a_newer_export_adds_what_happened_since(
    database: Database, other: Callable[[], Database], tmp_path: Path
) -> None:
    """Also where the same facts were loaded at another time: that says nothing of the facts."""
    copy, late = other(), other()
    write(tmp_path, RIGHT)
    for one, now in ((database, LOADED), (late, make.NOW + 30 * DAY)):
        with one.transaction() as db:
            seeding.load(db, seeding.read(tmp_path, make.KL), now=now)
    load(copy, exported(database), tmp_path)
    enrich_again(database)
    text = exported(database)
    for one in (copy, late):
        assert load(one, text, tmp_path) > 0
        assert load(one, text, tmp_path) == 0
    assert told(copy) == told(database)
    assert exported(copy) == text
    with late.reading() as db:
        event = events.get(db, "admm-21", LATER)
    # as new here as it is: calendar programs take the change
    assert (str(event.when), event.sequence, event.when_no) == ("2027-04-02", 2, 2)
    assert load(late, exported(late), tmp_path) == 0


def enrich_again(database: Database) -> None:
    with database.transaction() as db:
        articles.save(db, LETTER)
        ada = make.editor(db)
        amend(db, "admm-21", ada, make.NOW, when="2027-04-03", article=LETTER)
        amend(db, "admm-21", ada, make.NOW + HOUR, when="2027-04-02", reason="by telephone")


def test_an_older_export_changes_nothing(database: Database, tmp_path: Path) -> None:
    write(tmp_path, RIGHT)
    with database.transaction() as db:
        seeding.load(db, seeding.read(tmp_path, make.KL), now=LOADED)
        series_store.save(db, Series("adsom", "ADSOM", Texts({"en": "ADSOM"})))
        amend(db, "admm-21", make.editor(db), make.NOW, values={FactName.SERIES: "adsom"})
    older = exported(database)
    with database.transaction() as db:
        amend(db, "admm-21", ADA, make.NOW + HOUR, values={FactName.ORDINAL: 22})
    before = stored(database)
    assert load(database, older, tmp_path) == 0
    assert stored(database) == before


ADA = Editor(1, "ada@example.org", "Ada", Role.EDITOR, 1)


def test_what_was_merged_elsewhere_is_merged_here(
    database: Database, other: Callable[[], Database], tmp_path: Path
) -> None:
    copy = other()
    twins(database)
    load(copy, exported(database), tmp_path)
    with database.transaction() as db:
        editing.merge(db, place(db, "one"), place(db, "two"), by=ADA, now=make.NOW + 2 * HOUR)
    text = exported(database)
    assert load(copy, text, tmp_path) > 0
    assert load(copy, text, tmp_path) == 0
    assert told(copy) == told(database)
    assert exported(copy) == text


def test_a_merger_that_would_lose_what_was_said_here_is_refused(
    database: Database, other: Callable[[], Database], tmp_path: Path
) -> None:
    copy = other()
    twins(database)
    load(copy, exported(database), tmp_path)
    with database.transaction() as db:
        editing.merge(db, place(db, "one"), place(db, "two"), by=ADA, now=make.NOW + 2 * HOUR)
    with copy.transaction() as db:
        articles.save(db, LETTER)
        make.editor(db)
        amend(db, "two", ADA, make.NOW + 3 * HOUR, when="2027-05-05", article=LETTER)
    before = stored(copy)
    with pytest.raises(Refused, match=r"facts\.toml: merged “two”: into: more was said"):
        load(copy, exported(database), tmp_path)
    assert stored(copy) == before


def twins(database: Database) -> None:
    with database.transaction() as db:
        ada = make.editor(db)
        for hours, (slug, source) in enumerate((("one", SHARPER), ("two", AGAINST))):
            articles.save(db, source)
            values: dict[FactName, Any] = {
                FactName.TITLE: Texts({"en": slug}),
                FactName.WHEN: When.parse("2027-05"),
            }
            told = Amendment(values, article=source)
            now = make.NOW + hours * HOUR
            editing.announce(db, slug, told, by=ada, now=now, timezone=make.KL)


def test_what_was_redacted_here_stays_so_whatever_a_file_says(
    database: Database, tmp_path: Path
) -> None:
    enrich(database, tmp_path)
    with database.transaction() as db:
        for hours, town in enumerate(("Nowhere", "Elsewhere")):
            values = {FactName.PLACE: Texts({"en": town})}
            amend(db, "admm-21", ADA, LATER + hours * HOUR, values=values, reason=f"in {town}")
        older = exporting.document(db, make.KL)
        number, where = last(db, "admm-21"), place(db, "admm-21")
        editing.redact(db, where, number - 1, FactName.PLACE, by=ADA)
        (key,) = {fact.claim for fact in facts.revisions_of(db, where.uid)[-1].facts}
        assert key is not None
        editing.redact_claim(db, where, key, by=ADA)
    before = stored(database)
    assert "Nowhere" in older
    assert load(database, older, tmp_path / "there") == 0
    assert stored(database) == before


def test_claims_known_since_another_hour_say_so(
    database: Database, other: Callable[[], Database], tmp_path: Path
) -> None:
    """Where days begin is a setting; what was known when is not."""
    write(tmp_path, RIGHT)
    with database.transaction() as db:
        seeding.load(db, seeding.read(tmp_path, "Europe/Berlin"), now=LOADED)
    text, copy = exported(database), other()
    assert "since = 2026-12-31 23:00:00+00:00" in text
    load(copy, text, tmp_path)
    assert told(copy) == told(database)


def test_an_empty_calendar_is_an_empty_document(database: Database) -> None:
    assert tomllib.loads(exported(database)) == {}


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(revisions=strategies.revisions())
def test_any_history_comes_back_as_the_same(
    revisions: list[Revision], new_sqlite: Callable[[], str], tmp_path: Path
) -> None:
    source, copy = (Database(new_sqlite(), durable=False) for _ in range(2))
    with source.transaction() as db:
        for slug in ("admm", "adsom"):
            series_store.save(db, Series(slug, slug.upper(), Texts({"en": slug})))
        events.add(db, "uid-1", "admm-19", created_at=revisions[0].recorded_at)
        for revision in revisions:
            facts.add_revision(db, "uid-1", revision)
        editing.work_out(db, "uid-1")
    text = exported(source)
    load(copy, text, tmp_path)
    assert told(copy) == told(source)
    assert [one.number for one in told(copy)["admm-19"].revisions] == list(
        range(1, len(revisions) + 1)
    )
    assert exported(copy) == text
    assert load(copy, text, tmp_path) == 0
    for one in (source, copy):
        one.close()


def test_what_was_recorded_ahead_of_its_day_comes_back_as_the_same(
    database: Database, other: Callable[[], Database], tmp_path: Path
) -> None:
    """As on a simulated clock, or where a claim was added to a file by hand."""
    copy = other()
    for one in (database, copy):
        with one.transaction() as db:
            notes.write(db, notes.CLOCK, notes.SIMULATED)
    load(database, RIGHT, tmp_path, datetime(2026, 12, 1, tzinfo=UTC))
    text = exported(database)
    load(copy, text, tmp_path)
    assert told(copy) == told(database)
    assert exported(copy) == text


def test_a_claim_added_by_hand_counts_as_recorded_when_it_was_known(
    database: Database, tmp_path: Path
) -> None:
    begun = 'uid = "uid-1"\ncreated_at = 2027-01-02T09:00:00+08:00\n'
    second = '[[event.claim]]\narticle = "second"\nwhen = "2027-04-01"\n'
    text = RIGHT.replace('uid = "uid-1"\n', begun) + second
    load(database, text, tmp_path)
    (known,) = told(database).values()
    assert [one.recorded_at for one in known.revisions] == [
        datetime(2027, 1, 2, 1, tzinfo=UTC),
        datetime(2027, 1, 9, 16, tzinfo=UTC),
    ]
    assert "event.revision" not in exported(database)


# --- into a folder ----------------------------------------------------------------------------


def into(database: Database, folder: Path) -> int:
    with database.reading() as db:
        return exporting.write(db, folder, make.KL)


def test_a_folder_holds_a_file_for_each_event(
    database: Database, other: Callable[[], Database], tmp_path: Path
) -> None:
    enrich(database, tmp_path / "early")
    folder, copy = tmp_path / "new" / "facts", other()
    assert into(database, folder) == 2
    assert sorted(path.name for path in folder.iterdir()) == [
        *("articles.toml", "event-admm-21.toml", "event-plus.toml", "series.toml")
    ]
    assert "twin" in (folder / "event-plus.toml").read_text()
    with copy.transaction() as db:
        seeding.load(db, seeding.read(folder, make.KL), now=LATER)
    assert told(copy) == told(database)
    before = {path: (path.read_bytes(), path.stat().st_ino) for path in folder.iterdir()}
    into(copy, folder)
    assert {path: (path.read_bytes(), path.stat().st_ino) for path in folder.iterdir()} == before


def test_only_our_files_of_events_that_are_gone_are_removed(
    database: Database, tmp_path: Path
) -> None:
    enrich(database, tmp_path / "early")
    folder = tmp_path / "facts"
    into(database, folder)
    (folder / "README.md").write_text("mine")
    (folder / "event-notes.txt").write_text("mine")
    with database.transaction() as db:
        editing.withdraw(db, place(db, "plus"), reason="no", by=ADA, now=LATER)
    into(database, folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        *("README.md", "articles.toml", "event-admm-21.toml", "event-notes.txt", "series.toml")
    ]


@pytest.mark.parametrize("name", ["mine.toml", "event-mine.toml"])
def test_toml_of_somebody_else_is_not_written_beside(
    name: str, database: Database, tmp_path: Path
) -> None:
    enrich(database, tmp_path / "early")
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / name).write_text("# mine\n")
    with pytest.raises(Refused, match=name):
        into(database, folder)
    assert [path.name for path in folder.iterdir()] == [name]


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match=r"file.*can't be written"):
        into(database, tmp_path / "file" / "facts")
    (tmp_path / "facts" / "series.toml").mkdir(parents=True)
    with pytest.raises(Refused, match=r"series\.toml.*can't be written"):
        into(database, tmp_path / "facts")
    assert [path.name for path in (tmp_path / "facts").iterdir()] == ["series.toml"]
