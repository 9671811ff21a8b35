"""The facts kept as TOML: loaded once, checked to the letter, refused in one sentence."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from calendar_svc.actions import seeding
from calendar_svc.clock import day_end
from calendar_svc.domain.claim import ClaimStatus, Origin
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Status
from calendar_svc.domain.when import When
from calendar_svc.store import counters, events, facts
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Base, Database
from tests import make

SEED = Path(__file__).parents[2] / "data" / "seed"
NOW = datetime(2025, 9, 27, 1, tzinfo=UTC)
SINCE = datetime(2025, 9, 26, 16, tzinfo=UTC)
"""The first moment of 27 September 2025 in Kuala Lumpur."""


LATER = datetime(2027, 2, 1, tzinfo=UTC)
"""When both articles of the files below are out."""


def load(database: Database, folder: Path = SEED, now: datetime | None = None) -> int:
    now = now or (NOW if folder == SEED else LATER)
    with database.transaction() as db:
        return seeding.load(db, seeding.read(folder, make.KL), now=now)


def everything(database: Database) -> dict[str, list[Any]]:
    """Each row of each table."""
    with database.reading() as db:
        return {
            table.name: [
                tuple(row) for row in db.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in Base.metadata.sorted_tables
        }


# --- the facts of the article ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "when", "status", "place", "claimed", "series", "ordinal"),
    [
        ("adsom-2025", "2025", Status.HELD, "Desaru, Johor", ClaimStatus.HELD, "adsom", None),
        (
            *("adsom-plus-2025", "2025", Status.HELD, "Desaru, Johor"),
            *(ClaimStatus.HELD, "adsom-plus", None),
        ),
        ("admm-19", "2025-10", Status.TENTATIVE, None, ClaimStatus.SCHEDULED, "admm", 19),
        (
            *("admm-plus-2025", "2025-11-01", Status.CONFIRMED, None),
            *(ClaimStatus.SCHEDULED, "admm-plus", None),
        ),
    ],
)
def test_the_four_meetings_are_as_the_article_tells_them(
    database: Database,
    slug: str,
    when: str,
    status: Status,
    place: str | None,
    claimed: ClaimStatus,
    series: str,
    ordinal: int | None,
) -> None:
    load(database)
    with database.reading() as db:
        event = events.get(db, slug, NOW)
        (claim,) = facts.claims_of(db, event.uid)
    assert (event.when, event.status) == (When.parse(when), status)
    assert (event.series, event.ordinal, event.sequence) == (series, ordinal, 0)
    assert set(event.title) == {"ms", "en"}
    assert (set(event.place.values()) if event.place else None) == ({place} if place else None)
    assert event.place is None or set(event.place) == {"ms", "en"}
    assert (claim.when, claim.place, claim.status) == (event.when, event.place, claimed)
    assert (claim.origin, claim.since) == (Origin.ARTICLE, SINCE)
    assert claim.gist is not None and set(claim.gist) == {"ms", "en"}
    assert claim.article is not None
    assert (claim.article.publisher, claim.article.lang) == ("Bernama", "ms")
    assert claim.article.published_on == date(2025, 9, 27)


def test_there_are_these_four_meetings_and_four_series_and_no_more(database: Database) -> None:
    load(database)
    with database.reading() as db:
        assert len(events.every_uid(db)) == 4
        assert [one.slug for one in series_store.every(db)] == [
            *("admm", "admm-plus", "adsom", "adsom-plus")
        ]
        ahead = events.upcoming(db, NOW, date(2025, 9, 27))
        assert [event.slug for event in ahead] == ["admm-19", "admm-plus-2025"]


def test_nothing_was_known_the_day_before(database: Database) -> None:
    load(database)
    with database.reading() as db:
        before = day_end(date(2025, 9, 26), make.KL)
        assert events.by_uid(db, events.every_uid(db), before) == {}
        assert len(events.by_uid(db, events.every_uid(db), SINCE)) == 4


def test_loading_twice_changes_nothing(database: Database) -> None:
    assert load(database) > 0
    before = everything(database)
    assert load(database, now=NOW + timedelta(days=1)) == 0
    assert everything(database) == before


def test_a_later_claim_sharpens_a_meeting_that_is_loaded(
    database: Database, tmp_path: Path
) -> None:
    write(tmp_path)
    load(database, tmp_path)
    write(
        tmp_path,
        RIGHT + '[[event.claim]]\narticle = "second"\nwhen = "2027-04-01"\nstatus = "scheduled"\n',
    )
    later = NOW + timedelta(days=800)
    assert load(database, tmp_path, later) == 1
    with database.reading() as db:
        event = events.get(db, "admm-21", later)
        assert (event.when, event.status) == (When.parse("2027-04-01"), Status.CONFIRMED)
        assert (event.sequence, event.when_no, event.revision) == (1, 1, 2)
        early = events.get(db, "admm-21", datetime(2027, 1, 9, tzinfo=UTC))
        assert early.when == When.parse("2027-04")


def test_what_is_new_is_counted(database: Database) -> None:
    with database.reading() as db:
        before = counters.read(db, counters.FACTS)
    load(database)
    with database.reading() as db:
        middle = counters.read(db, counters.FACTS)
    load(database)
    with database.reading() as db:
        assert before < middle == counters.read(db, counters.FACTS)


# --- what is refused ------------------------------------------------------------------------

RIGHT = """
[[series]]
slug = "admm"
short = "ADMM"
name.en = "ASEAN Defence Ministers’ Meeting"

[[article]]
key = "first"
publisher = "Bernama"
lang = "ms"
published_on = 2027-01-01

[[article]]
key = "second"
publisher = "Bernama"
lang = "ms"
published_on = 2027-01-10

[[event]]
uid = "uid-1"
slug = "admm-21"
series = "admm"
ordinal = 21
title.en = "21st ADMM"

[[event.claim]]
article = "first"
when = "2027-04"
status = "scheduled"
"""


def write(folder: Path, content: str = RIGHT) -> Path:
    path = folder / "facts.toml"
    path.write_text(content, encoding="utf-8")
    return path


def changed(old: str, new: str, of: str = RIGHT) -> str:
    assert of.count(old) >= 1
    return of.replace(old, new, 1)


EVENT, CLAIM = "event “admm-21”", "claim “first”"
SECOND_EVENT = """
[[event]]
uid = "uid-2"
slug = "admm-22"
title.en = "22nd ADMM"
[[event.claim]]
article = "first"
"""

BROKEN = {
    "not TOML": ("[[event", ["facts.toml", "is not TOML"]),
    "a key twice": (changed('slug = "admm"\n', 'slug = "admm"\nslug = "a"\n'), ["not TOML"]),
    "an unknown table": (RIGHT + "[[meeting]]\n", ["facts.toml", "meeting", "not known"]),
    "a table that is not a list": ('[series]\nslug = "a"\n', ["facts.toml", "series"]),
    "a value beside the tables": ('title = "a"\n' + RIGHT, ["facts.toml", "title"]),
    "an unknown field of an event": (
        changed("ordinal = 21", 'ordinal = 21\nplace = "Desaru"'),
        ["facts.toml", EVENT, "place"],
    ),
    "an unknown field of a claim": (
        RIGHT + 'status_ = "held"\n',
        ["facts.toml", EVENT, CLAIM, "status_"],
    ),
    "an unknown field of an article": (
        changed('lang = "ms"', 'lang = "ms"\ntext = "a"'),
        ["facts.toml", "article “first”", "text"],
    ),
    "an unknown field of a series": (
        changed('short = "ADMM"', 'short = "ADMM"\nlong = "a"'),
        ["facts.toml", "series “admm”", "long"],
    ),
    "no title": (changed('title.en = "21st ADMM"\n', ""), ["facts.toml", EVENT, "title"]),
    "an empty title": (changed("21st ADMM", " "), ["facts.toml", EVENT, "title"]),
    "no uid": (changed('uid = "uid-1"\n', ""), ["facts.toml", EVENT, "uid"]),
    "no slug": (changed('slug = "admm-21"\n', ""), ["facts.toml", "event “?”", "slug"]),
    "no claim": (RIGHT.partition("[[event.claim]]")[0], ["facts.toml", EVENT, "claim"]),
    "no claim in a list": (
        changed("[[event.claim]]", "claim = []\n#", RIGHT.replace('article = "first"', "")).replace(
            'when = "2027-04"\nstatus = "scheduled"\n', ""
        ),
        ["facts.toml", EVENT, "claim"],
    ),
    "no article": (changed('article = "first"\n', ""), ["facts.toml", EVENT, "article"]),
    "no publisher": (changed('publisher = "Bernama"\n', ""), ["facts.toml", "publisher"]),
    "no day": (changed("published_on = 2027-01-01\n", ""), ["facts.toml", "published_on"]),
    "no short name": (changed('short = "ADMM"\n', ""), ["facts.toml", "series “admm”", "short"]),
    "a bad date": (changed("2027-04", "2027-13"), ["facts.toml", EVENT, "when", "2027-13"]),
    "a bad day": (changed("2027-04", "2027-02-30"), ["facts.toml", EVENT, "when", "2027-02-30"]),
    "no date at all": (changed("2027-04", "soon"), ["facts.toml", EVENT, "when", "soon"]),
    "an empty date": (changed("2027-04", ""), ["facts.toml", EVENT, "when"]),
    "a date of TOML": (changed('"2027-04"', "2027-04-01"), ["facts.toml", EVENT, "when", "text"]),
    "a span backwards": (changed("2027-04", "2027-04-02/2027-04-01"), ["facts.toml", "when"]),
    "a zone that isn't one": (
        changed("2027-04", "2027-04-01T09:00[../../etc/passwd]"),
        ["facts.toml", EVENT, "when", "zone"],
    ),
    "a day as text": (changed("2027-01-01", '"2027-01-01"'), ["facts.toml", "published_on"]),
    "a day with a time": (changed("2027-01-01", "2027-01-01T09:00:00"), ["published_on"]),
    "an unknown series": (changed('series = "admm"', 'series = "x"'), [EVENT, "series", "“x”"]),
    "an unknown article": (
        changed('article = "first"', 'article = "third"'),
        ["facts.toml", EVENT, "article", "third"],
    ),
    "an unknown status": (changed("scheduled", "moved"), ["facts.toml", EVENT, "status"]),
    "a bad slug": (changed("admm-21", "ADMM 21"), ["facts.toml", "slug", "ADMM 21"]),
    "a slug with two hyphens": (changed("admm-21", "admm--21"), ["facts.toml", "slug"]),
    "a bad key": (changed('key = "first"', 'key = "a/b"'), ["facts.toml", "key"]),
    "a number for a title": (
        changed('title.en = "21st ADMM"', "title = 21"),
        ["facts.toml", EVENT, "title"],
    ),
    "a number for a text": (changed('"21st ADMM"', "21"), ["facts.toml", EVENT, "title"]),
    "a text for a number": (changed("= 21", '= "21"'), ["facts.toml", EVENT, "ordinal"]),
    "true for a number": (changed("= 21", "= true"), ["facts.toml", EVENT, "ordinal"]),
    "a number below one": (changed("= 21", "= 0"), ["facts.toml", EVENT, "ordinal"]),
    "a list for a slug": (changed('"admm-21"', '["admm-21"]'), ["facts.toml", "slug"]),
    "a language that isn't one": (changed("title.en", "title.English"), [EVENT, "title"]),
    "a control character in a title": (changed("21st", r"\u0007"), [EVENT, "title"]),
    "an address that isn't one": (
        changed('lang = "ms"', 'lang = "ms"\nurl = "javascript:alert(1)"'),
        ["facts.toml", "article “first”", "url"],
    ),
    "a text for the claims": (
        RIGHT.partition("[[event.claim]]")[0] + 'claim = "a"\n',
        ["facts.toml", EVENT, "claim"],
    ),
    "the same slug twice": (RIGHT + SECOND_EVENT.replace("admm-22", "admm-21"), ["admm-21"]),
    "the same uid twice": (RIGHT + SECOND_EVENT.replace("uid-2", "uid-1"), ["uid-1"]),
    "the same article twice": (changed('key = "second"', 'key = "first"'), ["first"]),
    "a series with a name that is taken": (
        RIGHT.replace('"admm"', '"all"'),
        ["facts.toml", "slug: is reserved"],
    ),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_mistake_is_refused_in_one_sentence_and_nothing_is_stored(
    mistake: str, new_sqlite: Any, tmp_path: Path
) -> None:
    content, named = BROKEN[mistake]
    check_refused(Database(new_sqlite()), tmp_path, content, named)


def check_refused(database: Database, folder: Path, content: str, named: list[str]) -> None:
    before = everything(database)
    write(folder, content)
    with pytest.raises(Refused) as refusal:
        load(database, folder)
    assert everything(database) == before
    database.close()
    sentence = str(refusal.value)
    assert "\n" not in sentence
    for word in named:
        assert word in sentence, sentence


HOSTILE = {
    "a series that is not a table": 'series = ["admm"]\n',
    "an event that is not a table": "event = [1]\n",
    "a claim that is not a table": RIGHT.partition("[[event.claim]]")[0] + "claim = [1]\n",
    "a claim that is a text": RIGHT.partition("[[event.claim]]")[0] + 'claim = ["first"]\n',
    "a day too long ago": changed("2027-01-01", "0001-01-01"),
    "a slug with a line feed": changed("admm-21", r"admm\n21"),
    "one article claims the same event twice": RIGHT
    + '[[event.claim]]\narticle = "first"\nwhen = "2027-05"\n',
    "a uid with a line feed": changed("uid-1", r"uid\n1"),
    "a uid with a comma": changed("uid-1", "uid,1"),
    "a NUL in a publisher": changed("Bernama", r"a\u0000"),
    "a NUL in a quote": RIGHT + 'quote = "a\\u0000"\n',
    "a language of an article that isn't one": changed('lang = "ms"', 'lang = "<ms>"'),
    "an ordinal beyond the database": changed("= 21", "= 99999999999999999999"),
}


@pytest.mark.parametrize("mistake", HOSTILE)
def test_what_is_not_even_a_mistake_is_refused_too(
    mistake: str, new_sqlite: Any, tmp_path: Path
) -> None:
    check_refused(Database(new_sqlite()), tmp_path, HOSTILE[mistake], ["facts.toml"])


def test_a_folder_called_like_a_file_is_refused(new_sqlite: Any, tmp_path: Path) -> None:
    (tmp_path / "more.toml").mkdir()
    check_refused(Database(new_sqlite()), tmp_path, RIGHT, ["more.toml"])


@pytest.mark.parametrize(
    "mistake", ["the same slug twice", "the same uid twice", "a series with a name that is taken"]
)
def test_a_mistake_across_entries_names_its_file(
    mistake: str, new_sqlite: Any, tmp_path: Path
) -> None:
    check_refused(Database(new_sqlite()), tmp_path, BROKEN[mistake][0], ["facts.toml"])


def test_not_utf_8_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_bytes(RIGHT.replace("’", "\x92").encode("latin-1"))
    with pytest.raises(Refused, match=r"facts\.toml: is not TOML"):
        load(database, tmp_path)


@pytest.mark.parametrize("folder", ["empty", "missing"])
def test_a_folder_without_facts_is_refused(folder: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match=rf"{folder} holds no \.toml"):
        seeding.read(tmp_path / folder, make.KL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('when = "2027-04"', 'when = "2027-05"'),
        ('status = "scheduled"', 'status = "held"'),
        ('status = "scheduled"', 'status = "scheduled"\nquote = "a"'),
        ('status = "scheduled"', 'status = "scheduled"\nplace.en = "Desaru"'),
        ('status = "scheduled"', 'status = "scheduled"\ngist.en = "a"'),
        ("published_on = 2027-01-01", "published_on = 2027-01-02"),
    ],
)
def test_a_claim_that_is_stored_never_changes(
    database: Database, tmp_path: Path, old: str, new: str
) -> None:
    write(tmp_path)
    load(database, tmp_path)
    before = everything(database)
    write(tmp_path, changed(old, new))
    with pytest.raises(Refused, match="its claim of “first” is stored already"):
        load(database, tmp_path)
    assert everything(database) == before


def test_a_slug_of_another_meeting_is_refused(database: Database, tmp_path: Path) -> None:
    write(tmp_path)
    load(database, tmp_path)
    before = everything(database)
    write(tmp_path, changed("uid-1", "uid-2"))
    with pytest.raises(Refused, match="admm-21"):
        load(database, tmp_path)
    assert everything(database) == before


def test_a_slug_is_for_life(database: Database, tmp_path: Path) -> None:
    write(tmp_path)
    load(database, tmp_path)
    before = everything(database)
    write(tmp_path, changed("admm-21", "admm-xxi"))
    with pytest.raises(Refused):
        load(database, tmp_path)
    assert everything(database) == before


def test_a_claim_may_say_nothing_but_its_gist(database: Database, tmp_path: Path) -> None:
    article = (
        '[[article]]\nkey = "third"\npublisher = "B"\nlang = "ms"\npublished_on = 2027-02-01\n'
    )
    gist = '[[event.claim]]\narticle = "second"\ngist.en = "It comes nearer."\n'
    date = '[[event.claim]]\narticle = "third"\nwhen = "2027-04-01"\n'
    write(tmp_path, article + RIGHT + gist + date)
    load(database, tmp_path)
    with database.reading() as db:
        assert len(facts.claims_of(db, "uid-1")) == 3
        event = events.get(db, "admm-21", make.NOW)
    assert event.when == When.parse("2027-04-01")
