"""The texts a reader is measured by are sound: form, dates, evidence, numbers."""

import re
import tomllib
from calendar import monthrange
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HALVES, LANGUAGES = ("scored", "development"), ("ms", "id", "en")
FILES = sorted(path for half in HALVES for path in (HERE / half).rglob("*.toml"))
SERIES = {
    entry["slug"]
    for entry in tomllib.loads((ROOT / "data" / "seed" / "series.toml").read_text())["series"]
}
AT_LEAST = {"scored": 40, "development": 40}

ARTICLE: dict[str, type] = {"lang": str, "published": date, "traps": list, "text": str}
TEXTS = {"title", "series", "start", "end", "precision", "zone", "was", "place", "status"}
MEETING: dict[str, type] = {**dict.fromkeys(TEXTS, str), "evidence": str, "ordinal": int}
NEEDED = {"title", "precision", "status", "evidence"}
STATUSES = {"scheduled", "held", "cancelled", "postponed"}
FORMS = {
    "minute": r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d",
    "day": r"\d{4}-\d\d-\d\d",
    "month": r"\d{4}-\d\d",
    "quarter": r"\d{4}-Q[1-4]",
    "year": r"\d{4}",
}


def form(text: str) -> str:
    """How fine a written date is."""
    for name, pattern in FORMS.items():
        if re.fullmatch(pattern, text, re.ASCII):
            return name
    raise AssertionError(f"no date: {text}")


def days(text: str) -> tuple[date, date]:
    """The first and the last day of a written date; fails where there is no such day."""
    match form(text):
        case "minute":
            day = datetime.fromisoformat(text).date()
            return day, day
        case "day":
            return date.fromisoformat(text), date.fromisoformat(text)
        case "month":
            first = date.fromisoformat(f"{text}-01")
            return first, first.replace(day=monthrange(first.year, first.month)[1])
        case "quarter":
            last = 3 * int(text[-1])
            return days(f"{text[:4]}-{last - 2:02}")[0], days(f"{text[:4]}-{last:02}")[1]
        case _:
            return date(int(text), 1, 1), date(int(text), 12, 31)


def in_order(start: str, end: str) -> bool:
    if form(start) == form(end) == "minute":
        return datetime.fromisoformat(start) < datetime.fromisoformat(end)
    return days(start)[0] < days(end)[1] and days(start)[1] <= days(end)[1]


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


def meetings(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(path).get("meeting", [])
    return found


def name(path: Path) -> str:
    return str(path.relative_to(HERE))


each = pytest.mark.parametrize("path", FILES, ids=name)


@each
def test_an_article_is_well_formed(path: Path) -> None:
    article = read(path)
    assert article.keys() - {"meeting"} == ARTICLE.keys()
    for field, kind in ARTICLE.items():
        assert type(article[field]) is kind, field
    assert article["traps"] and all(trap and isinstance(trap, str) for trap in article["traps"])
    assert 60 <= len(article["text"].split()) <= 350


@each
def test_an_article_lies_where_its_name_and_language_say(path: Path) -> None:
    half, lang, file = path.relative_to(HERE).parts
    assert half in HALVES and lang in LANGUAGES
    assert lang == read(path)["lang"]
    assert re.fullmatch(r"\d\d\d?-[a-z0-9]+(-[a-z0-9]+)*\.toml", file, re.ASCII)


@each
def test_a_meeting_is_well_formed(path: Path) -> None:
    for meeting in meetings(path):
        assert NEEDED <= meeting.keys() <= MEETING.keys()
        for field, value in meeting.items():
            assert type(value) is MEETING[field] and value, field
            assert field in ("evidence", "ordinal") or fold(str(value)) == value, field
        assert meeting["status"] in STATUSES
        assert meeting.get("series", "admm") in SERIES
        assert meeting.get("ordinal", 1) >= 1


@each
def test_a_precision_fits_its_dates(path: Path) -> None:
    for meeting in meetings(path):
        start, end = meeting.get("start", ""), meeting.get("end", "")
        match meeting["precision"]:
            case "unknown":
                assert not start and not end
            case "range":
                assert form(start) in ("minute", "day", "month") and in_order(start, end)
                assert (form(start) == "minute") == (form(end) == "minute")
            case "within":
                assert form(start) == form(end) == "day" and in_order(start, end)
            case precision:
                assert form(start) == precision and not end and days(start)


@each
def test_a_clock_time_names_its_zone(path: Path) -> None:
    for meeting in meetings(path):
        clock = [meeting[key] for key in ("start", "end") if "T" in meeting.get(key, "")]
        assert bool(clock) == ("zone" in meeting), meeting["title"]
        for text in clock:
            moment = datetime.fromisoformat(text)
            there = moment.replace(tzinfo=ZoneInfo(meeting["zone"]))
            assert there.utcoffset() == moment.utcoffset(), text


@each
def test_an_old_date_differs_from_the_new_one(path: Path) -> None:
    for meeting in meetings(path):
        if "was" not in meeting:
            continue
        assert meeting["status"] == "scheduled" and "start" in meeting
        start, _, end = meeting["was"].partition("/")
        assert days(start) and (not end or in_order(start, end))
        assert meeting["was"] not in (meeting["start"], f"{meeting['start']}/{meeting.get('end')}")


@each
def test_what_was_held_is_past_and_what_is_scheduled_is_not(path: Path) -> None:
    published = read(path)["published"]
    for meeting in meetings(path):
        if "start" not in meeting:
            continue
        first, last = meeting["start"], meeting.get("end", meeting["start"])
        if meeting["status"] == "held":
            assert days(first)[0] <= published, meeting["title"]
        elif meeting["status"] == "scheduled":
            assert days(last)[1] >= published, meeting["title"]


@each
def test_the_text_says_so(path: Path) -> None:
    text = fold(read(path)["text"])
    for meeting in meetings(path):
        assert fold(meeting["evidence"]) in text
        assert fold(meeting.get("place", "")) in text


@each
def test_a_meeting_is_labelled_once(path: Path) -> None:
    labels = [
        (meeting["title"].casefold(), meeting.get("start"), meeting.get("ordinal"))
        for meeting in meetings(path)
    ]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_and_no_text_is_there_twice(lang: str) -> None:
    files = [path for path in FILES if path.parent.name == lang]
    for seen in ([path.name for path in files], [fold(read(path)["text"]) for path in files]):
        assert len(seen) == len(set(seen))
    for half in HALVES:
        numbers = [path.name.partition("-")[0] for path in files if path.parts[-3] == half]
        assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("half", HALVES)
def test_there_are_enough_texts(half: str, lang: str) -> None:
    if half == "development" and not (HERE / half).exists():
        pytest.skip("the development half is not there yet")
    files = sorted((HERE / half / lang).glob("*.toml"))
    assert len(files) >= AT_LEAST[half]
    if half == "scored":
        assert sum(not meetings(path) for path in files) >= 3
        known = [path for path in files if any("series" in meeting for meeting in meetings(path))]
        assert len(known) >= 3


def test_no_sentence_is_taken_from_a_seed() -> None:
    seeds = ROOT.parent / "shared" / "seeds"
    if not seeds.exists():
        pytest.skip("the seeds are not part of a clone")
    ours = " ".join(fold(read(path)["text"]) for path in FILES)
    for seed in seeds.glob("*.txt"):
        for sentence in re.split(r"(?<=[.!?])\s+", seed.read_text()):
            assert len(fold(sentence)) <= 40 or fold(sentence) not in ours
