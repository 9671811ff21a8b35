"""`read`: what it tells of an article, in lines and as JSON."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from calendar_svc.cli.commands import commands, upgrade_database
from calendar_svc.config import read as read_settings
from calendar_svc.domain.errors import CalendarError
from tests.conftest import NewUrl

Read = Callable[..., Result]
TEXT = (
    "KUALA LUMPUR: Bengkel keselamatan pelabuhan yang sepatutnya diadakan pada 6 Oktober di Klang"
    " ditunda kepada 13 Oktober. Persidangan Air Bersih pula akan berlangsung pada suku pertama"
    " 2026.\n"
)


@pytest.fixture
def read(new_sqlite: NewUrl, monkeypatch: pytest.MonkeyPatch) -> Read:
    monkeypatch.setenv("CALENDAR_DATABASE_URL", new_sqlite())
    monkeypatch.setenv("CALENDAR_SECRET_KEY", "a key that only the tests know")
    upgrade_database(read_settings())

    def answer(*arguments: str, text: bytes = b"") -> Result:
        return CliRunner().invoke(commands, ["read", *arguments], input=io.BytesIO(text))

    return answer


def test_meetings_are_told_as_json(read: Read, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT)
    told = json.loads(read(str(file), "--published", "2025-09-27", "--json").output)
    moved, coming = told
    assert moved["evidence"] in TEXT and coming["evidence"] in TEXT
    del moved["evidence"], coming["evidence"]
    assert moved == {
        "title": "Bengkel keselamatan pelabuhan",
        "series": None,
        "ordinal": None,
        "start": "2025-10-13",
        "end": None,
        "precision": "day",
        "zone": None,
        "was": "2025-10-06",
        "place": "Klang",
        "status": "scheduled",
        "lang": "ms",
    }
    assert (coming["start"], coming["precision"]) == ("2026-Q1", "quarter")


def test_lines_are_told_to_people(read: Read) -> None:
    lines = read("-", "--published", "2025-09-27", text=TEXT.encode()).output.splitlines()
    assert lines[0] == "Bengkel keselamatan pelabuhan: 2025-10-13, scheduled, Klang"
    assert lines[1].startswith("  “KUALA LUMPUR: Bengkel")
    nothing = read("-", "--published", "2025-09-27", text=b"Harga minyak naik.")
    assert nothing.output == "it announces no meeting\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-",), "say when it was published: --published 2025-09-27"),
        (("-", "--published", "27/9/2025"), "--published: “27/9/2025” is no day"),
        (("-", "--published", "2025-09-27", "--lang", "Malay"), "--lang: “Malay” is not"),
        (("nowhere.txt", "--published", "2025-09-27"), "nowhere.txt can't be read"),
    ],
)
def test_a_refusal_is_one_sentence(read: Read, arguments: tuple[str, ...], told: str) -> None:
    found = read(*arguments, text=TEXT.encode())
    assert isinstance(found.exception, CalendarError)
    assert str(found.exception).startswith(told)


@pytest.mark.parametrize("text", [b"1" * 1_000_000, b"ADMM \x00 pada 1 Mei", b"\xff\xfe\xfd"])
def test_what_is_no_article_is_refused(read: Read, text: bytes) -> None:
    found = read("-", "--published", "2025-09-27", text=text)
    assert isinstance(found.exception, CalendarError)
    assert "\n" not in str(found.exception)
