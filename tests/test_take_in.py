"""`take-in`: what it answers, and how it refuses."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from calendar_svc import services
from calendar_svc.cli.commands import commands, upgrade_database
from calendar_svc.config import Settings, read
from calendar_svc.domain.errors import CalendarError
from tests.conftest import NewUrl
from tests.fakes import KeptPages
from tests.journeys.conftest import attempt, environment_of, run

TakeIn = Callable[..., Result]
TEXT = "KUALA LUMPUR: ADMM ke-99 akan diadakan pada 17 November 2026 di Cebu, Filipina.\n"
PAGE = (
    '<html lang="ms"><head><meta property="og:site_name" content="Berita Harian">'
    '<meta property="article:published_time" content="2026-09-20T08:00:00+08:00"></head>'
    f"<body><article><h1>ADMM di Cebu</h1><p>{TEXT}</p></article></body></html>"
)
SAID = ("--published", "2026-09-20", "--publisher", "Bernama")


@pytest.fixture
def pages() -> KeptPages:
    return KeptPages()


@pytest.fixture
def take_in(
    new_sqlite: NewUrl, pages: KeptPages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> TakeIn:
    """The command on a database of its own, with pages that answer as told."""
    monkeypatch.setenv("CALENDAR_DATABASE_URL", new_sqlite())
    monkeypatch.setenv("CALENDAR_SECRET_KEY", "a key that only the tests know")
    build = services.build

    def with_pages(settings: Settings) -> services.Services:
        return replace(build(settings), fetch=pages)

    monkeypatch.setattr(services, "build", with_pages)
    upgrade_database(read())

    def taken_in(*arguments: str, text: bytes = b"") -> Result:
        return CliRunner().invoke(commands, ["take-in", *arguments], input=io.BytesIO(text))

    return taken_in


def refusal(result: Result) -> str:
    assert isinstance(result.exception, CalendarError), result.output
    sentence = str(result.exception)
    assert "\n" not in sentence and len(sentence) < 300
    return sentence


def test_a_file_is_taken_in_with_a_line_for_each_draft(take_in: TakeIn, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT)
    first = take_in(str(file), *SAID)
    assert first.exit_code == 0
    lines = first.output.splitlines()
    assert lines[0] == "bernama-2026-09-20: kept"
    assert lines[1].startswith("  draft 1   new meeting")
    assert "2026-11-17, scheduled" in lines[1]
    again = take_in(str(file), "--published", "2026-09-21", "--publisher", "Lain")
    assert again.output == "bernama-2026-09-20: this text is there already\n"


def test_standard_input_is_read_as_well(take_in: TakeIn) -> None:
    assert "kept" in take_in("-", *SAID, "--lang", "ms", text=TEXT.encode()).output
    nothing = take_in("-", *SAID, text=b"Harga minyak naik.")
    assert nothing.output == "bernama-2026-09-20-2: kept\n  it announces no meeting\n"


def test_a_page_says_who_and_when_and_can_be_corrected(take_in: TakeIn, pages: KeptPages) -> None:
    pages.add("https://news.example/1", PAGE)
    pages.add("https://news.example/2", PAGE.replace("Cebu", "Davao"))
    assert take_in("https://news.example/1").output.startswith("berita-harian-2026-09-20: kept")
    assert take_in("https://news.example/2", *SAID).output.startswith("bernama-2026-09-20: kept")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "say when it was published"),
        (("--published", "2026-09-20"), "say who published it"),
        (("--published", "20260920"), "“20260920” is no day"),
        (("--published", "soon"), "“soon” is no day"),
        (("--published", "9998-12-31", "--publisher", "X"), "from the future"),
        ((*SAID[:3], "x" * 101), "at most 100 letters"),
        ((*SAID[:3], "a\x1bb"), "can be printed"),
        ((*SAID, "--lang", "Malay"), "not a language"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    take_in: TakeIn, arguments: tuple[str, ...], told: str
) -> None:
    assert told in refusal(take_in("-", *arguments, text=TEXT.encode()))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "no text"),
        (b"\0" * 100, "no text: it holds"),
        (b"ADMM\0ke-20", "no text: it holds"),
        (b"1" * 1_000_000, "at most 50000 letters"),
        (b"x" * 9_000_000, "at most 50000 letters"),
        (b"\xff\xfe\xfd", "encoding"),
        (bytes(range(256)), "encoding"),
    ],
)
def test_hostile_texts_are_answered_in_one_sentence(
    take_in: TakeIn, text: bytes, told: str
) -> None:
    assert told in refusal(take_in("-", *SAID, text=text))


@pytest.mark.parametrize(
    "text", ["\u202e\u200f" * 99, "АDММ ke-20 الاجتماع 北京 ke-XIX", "1" * 49_990, "ADMM " * 9_000]
)
def test_strange_texts_do_no_harm(take_in: TakeIn, text: str) -> None:
    result = take_in("-", *SAID, text=f"A {text}".encode())
    assert result.exit_code == 0
    assert result.output.startswith("bernama-2026-09-20: kept")


def test_a_file_that_is_not_there_is_said(take_in: TakeIn, tmp_path: Path) -> None:
    assert "can't be read: No such file" in refusal(take_in(str(tmp_path / "none"), *SAID))
    assert "can't be read: Is a directory" in refusal(take_in(str(tmp_path), *SAID))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost/", "http://127.0.0.1:8000/", "file:///etc/passwd"],
)
def test_the_operators_own_network_is_refused(tmp_path: Path, url: str) -> None:
    environment = environment_of(tmp_path)
    run(environment, "db", "upgrade")
    refused = attempt(environment, "take-in", url, *SAID)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.count("\n") == 1
    assert "Traceback" not in refused.stderr
