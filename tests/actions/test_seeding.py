"""The facts kept as TOML: loaded once, checked to the letter, refused in one sentence."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from calendar_svc.actions import seeding
from calendar_svc.clock import day_end
from calendar_svc.domain.claim import ClaimStatus, Origin
from calendar_svc.domain.errors import Moved, Refused
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import Fact, FactName, Revision
from calendar_svc.domain.when import When
from calendar_svc.store import counters, events, facts, notes
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


def test_a_name_changed_on_the_desk_stays_until_a_file_says_another(
    database: Database, tmp_path: Path
) -> None:
    write(tmp_path)
    load(database, tmp_path)
    with database.transaction() as db:
        ours = replace(series_store.get(db, "admm"), short="ADMM (ours)")
        series_store.save(db, ours)
    assert load(database, tmp_path) == 0
    with database.reading() as db:
        assert series_store.get(db, "admm") == ours
    write(tmp_path, changed('short = "ADMM"', 'short = "A.D.M.M."'))
    assert load(database, tmp_path) == 1
    with database.reading() as db:
        assert series_store.get(db, "admm").short == "A.D.M.M."


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


# --- what was recorded, in full ---------------------------------------------------------------

LONG = (
    RIGHT.partition("[[event]]")[0]
    + """
[[event]]
uid = "uid-1"
slug = "admm-21"
created_at = 2027-01-02T09:00:00+08:00
sequence_from = 2

[[event.claim]]
article = "first"
when = "2027-04"
status = "scheduled"

[[event.claim]]
origin = "editor"
since = 2027-01-12T09:00:00Z
said_by = "Ada"
when = "2027-04-02"

[[event.revision]]
number = 1
recorded_at = 2027-01-02T09:00:00+08:00
claim = "admm-21/first"
when = "2027-04"
status = "tentative"
title.en = "21st ADMM"
series = "admm"

[[event.revision]]
number = 2
recorded_at = 2027-01-12T09:00:00Z
recorded_by = "Ada"
reason = "by telephone"
is_news = false
claim = "admm-21/editor"
settles = ["when"]
when = "2027-04-02"

[[event.revision.also]]
known_since = 2027-01-11T09:00:00Z
ordinal = 21
unknown = ["series"]

[[event.revision]]
number = 3
recorded_at = 2027-01-13T09:00:00Z
recorded_by = ""
undoes = 2
claim = "admm-21/first"
known_since = 2027-01-13T09:00:00Z
when = "2027-04"
"""
)
MERGED = '[[merged]]\nuid = "uid-2"\nslug = "twin"\ninto = "uid-1"\n'


def long(old: str, new: str) -> str:
    return changed(old, new, LONG)


def test_what_was_recorded_is_kept_to_the_letter(database: Database, tmp_path: Path) -> None:
    write(tmp_path, LONG)
    assert load(database, tmp_path) > 0
    with database.reading() as db:
        first, second, third = facts.revisions_of(db, "uid-1")
        editor, article = facts.claims_of(db, "uid-1")
        event = events.get(db, "admm-21", LATER)
    january = datetime(2027, 1, 1, tzinfo=UTC)
    assert (article.key, article.since) == ("admm-21/first", january - timedelta(hours=8))
    assert (editor.key, editor.origin, editor.said_by) == ("admm-21/editor", Origin.EDITOR, "Ada")
    told = [article.since, article.key, False]
    assert [[one.known_since, one.claim, one.settles] for one in first.facts] == [told] * 4
    assert second == Revision(
        number=2,
        recorded_at=datetime(2027, 1, 12, 9, tzinfo=UTC),
        facts=(
            Fact(FactName.WHEN, When.parse("2027-04-02"), editor.since, editor.key, settles=True),
            Fact(FactName.SERIES, None, datetime(2027, 1, 11, 9, tzinfo=UTC)),
            Fact(FactName.ORDINAL, 21, datetime(2027, 1, 11, 9, tzinfo=UTC)),
        ),
        recorded_by="Ada",
        is_news=False,
        reason="by telephone",
    )
    assert (third.recorded_by, third.undoes, third.is_news) == ("", 2, True)
    assert third.facts[0].known_since == third.recorded_at
    assert (event.created_at, event.sequence, event.when_no) == (first.recorded_at, 4, 2)


def test_what_was_recorded_is_loaded_once(database: Database, tmp_path: Path) -> None:
    write(tmp_path, LONG + MERGED)
    load(database, tmp_path)
    before = everything(database)
    assert load(database, tmp_path) == 0
    # a file that knows less changes nothing, either
    write(tmp_path, LONG.partition("[[event.revision]]\nnumber = 3")[0])
    assert load(database, tmp_path) == 0
    assert everything(database) == before


BROKEN_LONG = {
    "a title beside its revisions": (
        long("[[event.claim]]", 'title.en = "a"\n[[event.claim]]'),
        [EVENT, "title: follows from the revisions"],
    ),
    "no number": (long("number = 2\n", ""), [EVENT, "revision", "number: must be 2"]),
    "a number left out": (long("number = 2", "number = 4"), ["number: must be 2"]),
    "a number twice": (long("number = 3", "number = 2"), ["number: must be 3"]),
    "a number as text": (long("number = 3", 'number = "3"'), ["number: must be a whole number"]),
    "no moment of recording": (
        long("recorded_at = 2027-01-12T09:00:00Z\n", ""),
        ["revision “2”: recorded_at: is missing"],
    ),
    "a moment without its offset": (
        long("recorded_at = 2027-01-12T09:00:00Z", "recorded_at = 2027-01-12T09:00:00"),
        ["revision “2”: recorded_at: must be a moment with its offset"],
    ),
    "a day for a moment": (
        long("recorded_at = 2027-01-12T09:00:00Z", "recorded_at = 2027-01-12"),
        ["revision “2”: recorded_at"],
    ),
    "a moment that no calendar has": (
        long("recorded_at = 2027-01-13T09:00:00Z", "recorded_at = 9999-12-31T23:59:59-23:00"),
        ["revision “3”: recorded_at"],
    ),
    "recorded before the one before": (
        long("recorded_at = 2027-01-13T09:00:00Z", "recorded_at = 2027-01-12T08:59:59Z"),
        ["revision “3”: recorded_at: comes before that of revision 2"],
    ),
    "known since a moment without offset": (
        long("known_since = 2027-01-13T09:00:00Z", "known_since = 2027-01-13T09:00:00"),
        ["revision “3”: known_since"],
    ),
    "a claim that isn't there": (
        long('claim = "admm-21/editor"', 'claim = "admm-21/second"'),
        ["revision “2”: claim: there is no claim “admm-21/second”"],
    ),
    "it undoes itself": (long("undoes = 2", "undoes = 3"), ["revision “3”: undoes"]),
    "it undoes nothing": (long("undoes = 2", "undoes = 0"), ["revision “3”: undoes"]),
    "news as text": (long("is_news = false", 'is_news = "no"'), ["revision “2”: is_news"]),
    "a mail address for a name": (
        long('recorded_by = "Ada"', 'recorded_by = "ada@example.org"'),
        ["revision “2”: recorded_by", "mail address"],
    ),
    "a number for a name": (
        long('recorded_by = "Ada"', "recorded_by = 1"),
        ["revision “2”: recorded_by"],
    ),
    "a title that is unknown": (
        long('unknown = ["series"]', 'unknown = ["title"]'),
        ["also", "unknown: must be a list of some of when, place"],
    ),
    "unknown and told": (
        long('unknown = ["series"]', 'unknown = ["ordinal"]'),
        ["also", "unknown: ordinal is told"],
    ),
    "unknown as a text": (long('["series"]', '"series"'), ["also", "unknown"]),
    "a list in a list": (long('["series"]', '[["series"]]'), ["also", "unknown"]),
    "it settles what it doesn't tell": (
        long('settles = ["when"]', 'settles = ["when", "place"]'),
        ["revision “2”: settles: place is no fact"],
    ),
    "it settles what isn't a fact": (
        long('settles = ["when"]', 'settles = ["date"]'),
        ["revision “2”: settles"],
    ),
    "a fact twice": (
        long("ordinal = 21", 'when = "2027-04"\nordinal = 21'),
        ["revision “2”", "when: is there twice"],
    ),
    "deeper than there are tables": (
        long("ordinal = 21", "also = [{ ordinal = 21 }]"),
        ["revision “2”", "also: is not a field"],
    ),
    "more evidence as text": (
        long("undoes = 2", 'undoes = 2\nalso = "a"'),
        ["revision “3”: also: must be tables"],
    ),
    "a field that isn't one": (
        long("undoes = 2", "undoes = 2\nundone = 2"),
        ["revision “3”: undone: is not a field"],
    ),
    "an unknown series": (long('series = "admm"', 'series = "x"'), ["revision “1”: series"]),
    "a status that claims have": (
        long('status = "tentative"', 'status = "scheduled"'),
        ["revision “1”: status: must be one of tentative"],
    ),
    "a date that isn't one": (
        long('when = "2027-04"\nstatus = "tentative"', 'when = "soon"\nstatus = "tentative"'),
        ["revision “1”: when"],
    ),
    "an ordinal below one": (long("ordinal = 21", "ordinal = 0"), ["also", "ordinal"]),
    "no title anywhere": (
        long('title.en = "21st ADMM"\n', ""),
        [EVENT, "revision: none of them tells the title"],
    ),
    "revisions that are no tables": (
        long("sequence_from = 2", "revision = [1]").partition("[[event.revision]]")[0],
        [EVENT, "revision: must be tables"],
    ),
    "an origin that isn't one": (
        long('origin = "editor"', 'origin = "rumour"'),
        ["claim “rumour”: origin: must be one of article, calendar, editor"],
    ),
    "an editor's word of no moment": (
        long("since = 2027-01-12T09:00:00Z\n", ""),
        ["claim “editor”: since: is missing"],
    ),
    "an editor's word in an article": (
        long('origin = "editor"', 'origin = "editor"\narticle = "second"'),
        ["article: is not a field"],
    ),
    "an article's word by somebody": (
        long('article = "first"', 'article = "first"\nsaid_by = "Ada"'),
        ["claim “first”: said_by: is not a field"],
    ),
    "a key with spaces": (
        long('origin = "editor"', 'origin = "editor"\nkey = "a b"'),
        ["claim “a b”: key"],
    ),
    "a key twice": (
        long('origin = "editor"', 'origin = "editor"\nkey = "admm-21/first"'),
        ["key: “admm-21/first” is there twice"],
    ),
    "counters below nothing": (
        long("sequence_from = 2", "sequence_from = -1"),
        [EVENT, "sequence_from"],
    ),
    "counters of what is derived": (
        changed("ordinal = 21", "ordinal = 21\nsequence_from = 2"),
        [EVENT, "sequence_from: is not a field"],
    ),
    "begun at no moment": (
        long("created_at = 2027-01-02T09:00:00+08:00", "created_at = 2027-01-02"),
        [EVENT, "created_at"],
    ),
    "merged into what isn't there": (
        LONG + MERGED.replace('into = "uid-1"', 'into = "uid-3"'),
        ["merged “twin”: into: there is no event of uid “uid-3”"],
    ),
    "merged into itself": (LONG + MERGED.replace("uid-1", "uid-2"), ["merged “twin”: into"]),
    "merged and not": (LONG + MERGED.replace("uid-2", "uid-1"), ["merged “twin”: uid"]),
    "merged from its own address": (
        LONG + MERGED.replace("twin", "admm-21"),
        ["merged “admm-21”: slug: “admm-21” is there twice"],
    ),
    "merged by somebody": (LONG + MERGED + 'by = "Ada"\n', ["merged “twin”: by: is not a field"]),
    "a table too deep": ("event = " + "[" * 5000, ["is not TOML"]),
    "a number too long": ("event = " + "9" * 5000, ["is not TOML"]),
    "recorded in the future": (
        long("recorded_at = 2027-01-13T09:00:00Z", "recorded_at = 2027-02-13T09:00:00Z"),
        [EVENT, "revision “3”: lies in the future"],
    ),
    "known in the future": (
        long("known_since = 2027-01-13T09:00:00Z", "known_since = 2027-02-13T09:00:00Z"),
        [EVENT, "revision “3”: lies in the future"],
    ),
    "said in the future": (
        long("since = 2027-01-12T09:00:00Z", "since = 2027-02-12T09:00:00Z"),
        [EVENT, "claim “admm-21/editor”: evidence can't be dated in the future"],
    ),
    "begun in the future": (
        long("created_at = 2027-01-02", "created_at = 2027-02-02"),
        [EVENT, "created_at: lies in the future"],
    ),
    "an article of tomorrow": (
        changed("2027-01-01", "2027-02-02"),
        [EVENT, "claim “first”: evidence can't be dated in the future"],
    ),
}


@pytest.mark.parametrize("mistake", BROKEN_LONG)
def test_a_mistake_in_what_was_recorded_is_refused_and_nothing_is_stored(
    mistake: str, new_sqlite: Any, tmp_path: Path
) -> None:
    content, named = BROKEN_LONG[mistake]
    check_refused(Database(new_sqlite()), tmp_path, content, ["facts.toml", *named])


def test_on_a_simulated_clock_the_future_may_be_loaded(database: Database, tmp_path: Path) -> None:
    with database.transaction() as db:
        notes.write(db, notes.CLOCK, notes.SIMULATED)
    write(tmp_path, LONG)
    assert load(database, tmp_path, NOW) > 0


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("recorded_at = 2027-01-12", "recorded_at = 2027-01-11", "revision “2”: recorded_at"),
        ('recorded_by = "Ada"', 'recorded_by = "Bea"', "revision “2”: recorded_by"),
        ('recorded_by = "Ada"\n', "", "revision “2”: recorded_by"),
        ('recorded_by = ""\n', "", "revision “3”: recorded_by"),
        ('"by telephone"', '"by letter"', "revision “2”: reason"),
        ("is_news = false\n", "", "revision “2”: is_news"),
        ("undoes = 2\n", "", "revision “3”: undoes"),
        ('settles = ["when"]\n', "", "revision “2”: when"),
        ("ordinal = 21\n", "", "revision “2”: ordinal"),
        ('["series"]', "[]", "revision “2”: series"),
        ("ordinal = 21", 'ordinal = 21\nplace.en = "Desaru"', "revision “2”: place"),
        ("known_since = 2027-01-13", "known_since = 2027-01-12", "revision “3”: when"),
        ('claim = "admm-21/first"\nknown', 'claim = "admm-21/editor"\nknown', "revision “3”: when"),
        ('"21st ADMM"', '"ADMM-21"', "revision “1”: title"),
        ("sequence_from = 2", "sequence_from = 1", "sequence_from"),
        ('said_by = "Ada"', 'said_by = ""', "said_by"),
    ],
)
def test_what_was_recorded_once_never_changes(
    database: Database, tmp_path: Path, old: str, new: str, named: str
) -> None:
    write(tmp_path, LONG)
    load(database, tmp_path)
    before = everything(database)
    write(tmp_path, long(old, new))
    with pytest.raises(Refused) as refusal:
        load(database, tmp_path)
    assert re.search(rf"facts\.toml: {EVENT}: .*{named}", str(refusal.value)), refusal.value
    assert everything(database) == before


def test_a_claim_of_another_event_is_refused(database: Database, tmp_path: Path) -> None:
    write(tmp_path, LONG)
    load(database, tmp_path)
    before = everything(database)
    second = SECOND_EVENT.replace('article = "first"', 'article = "first"\nkey = "admm-21/editor"')
    write(tmp_path, RIGHT.partition("[[event]]")[0] + second)
    with pytest.raises(Refused, match="claim “admm-21/editor”: is stored already, of another"):
        load(database, tmp_path)
    assert everything(database) == before


def test_what_was_merged_leads_on_without_ever_having_been_here(
    database: Database, tmp_path: Path
) -> None:
    write(tmp_path, LONG + MERGED)
    load(database, tmp_path)
    with database.reading() as db, pytest.raises(Moved) as moved:
        events.get(db, "twin", LATER)
    assert moved.value.slug == "admm-21"
