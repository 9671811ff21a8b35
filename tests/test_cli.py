"""The commands: what they answer, and how they refuse."""

import re
from pathlib import Path

import pytest

from calendar_svc import scheduler
from tests.journeys.conftest import attempt, environment_of, run


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Migrated and seeded, on the wall clock."""
    environment = environment_of(tmp_path)
    run(environment, "db", "upgrade")
    run(environment, "db", "seed")
    return environment


def test_every_command_explains_itself(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    listing = run(environment, "--help").stdout
    names = re.findall(r"^  ([a-z]+)  ", listing, re.MULTILINE)
    assert {"serve", "web", "scheduler", "db", "tick", "rehearse", "outbox"} <= set(names)
    for name in names:
        assert run(environment, name, "--help").stdout.startswith("Usage:")


def test_the_rehearsal_of_the_autumn_of_2025(environment: dict[str, str]) -> None:
    lines = run(environment, "rehearse", "--from", "2025-09-27", "--to", "2025-11-02")
    mails = [line for line in lines.stdout.splitlines() if "  mail to " in line]
    assert [line[:16] for line in mails] == [
        "2025-09-30 09:00",
        "2025-10-25 09:00",
        "2025-10-31 09:00",
    ]
    assert "(ADMM) ke-19, dijangka pada Oktober 2025; harinya belum diumumkan" in mails[0]
    assert "(ADMM-Plus) 2025, 1 November 2025 – dalam 7 hari" in mails[1]
    assert "(ADMM-Plus) 2025, 1 November 2025 – esok" in mails[2]
    published = [line for line in lines.stdout.splitlines() if " published " in line]
    assert [line.split()[3] for line in published] == [
        "all",
        "admm",
        "admm-plus",
        "adsom",
        "adsom-plus",
    ]
    assert run(environment, "outbox").stdout == "the outbox is empty\n"


def test_a_second_load_and_a_second_publish_do_nothing(environment: dict[str, str]) -> None:
    assert run(environment, "db", "seed").stdout == "nothing new to load\n"
    assert run(environment, "tick", "publish").stdout == "publish: 30 done\n"
    for job in scheduler.TIMETABLE:
        assert run(environment, "tick", job.name).stdout == f"{job.name}: nothing to do\n"


def test_a_database_keeps_its_clock(tmp_path: Path) -> None:
    wall = environment_of(tmp_path)
    simulated = environment_of(tmp_path, NOW="2025-09-27T09:00:00+08:00")
    run(wall, "db", "upgrade")
    refused = attempt(simulated, "tick", "remind")
    assert refused.returncode == 1
    assert "this database lives by the wall clock" in refused.stderr
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("rehearse", "--from", "soon", "--to", "2025-11-02"), "--from: “soon” is neither a day"),
        (("rehearse", "--from", "2025-11-02", "--to", "2025-09-27"), "--to must be later"),
        (("rehearse", "--from", "2025-09-27T09:00", "--to", "2025-11-02"), "--from: “2025-09"),
        (("outbox", "show", "7"), "there are only 0 messages in the outbox"),
    ],
)
def test_a_refusal_is_one_sentence(
    environment: dict[str, str], arguments: tuple[str, ...], sentence: str
) -> None:
    refused = attempt(environment, *arguments)
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert refused.stdout == ""


def test_wrong_usage_is_exit_code_2(tmp_path: Path) -> None:
    for arguments in (("tick", "everything"), ("outbox", "show", "x"), ("nonsense",)):
        assert attempt(environment_of(tmp_path), *arguments).returncode == 2


def test_all_faults_of_the_settings_are_told_at_once(tmp_path: Path) -> None:
    environment = environment_of(
        tmp_path, TIMEZONE="Mars/Olympus", LANGUAGES="ms,tlh", SMTP_URL="mail.example.org"
    )
    refused = attempt(environment, "db", "upgrade")
    assert refused.returncode == 1
    lines = refused.stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "CALENDAR_SMTP_URL",
        "CALENDAR_TIMEZONE",
        "CALENDAR_LANGUAGES",
    ]


def test_a_broken_seed_file_is_named_and_nothing_is_stored(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    broken = folder / "broken.toml"
    broken.write_text('[[series]]\nslug = "x"\nshort = "X"\nname.en = "X"\ncolour = "red"\n')
    refused = attempt(environment, "db", "seed", str(folder))
    assert refused.returncode == 1
    assert refused.stderr == f"{broken}: series “x”: colour: is not a field\n"
    assert (
        "feed x "
        not in run(environment, "rehearse", "--from", "2025-09-27", "--to", "2025-09-28").stdout
    )


def test_without_its_tables_a_database_says_what_to_do(tmp_path: Path) -> None:
    refused = attempt(environment_of(tmp_path), "tick", "publish")
    assert refused.returncode == 1
    assert "run: calendar-svc db upgrade" in refused.stderr


def test_a_database_out_of_reach_is_one_sentence(tmp_path: Path) -> None:
    environment = environment_of(tmp_path) | {
        "CALENDAR_DATABASE_URL": "postgresql://nobody:secret@127.0.0.1:1/none"
    }
    refused = attempt(environment, "db", "upgrade")
    assert refused.returncode == 1
    assert refused.stderr.startswith("the database can't be reached: ")
    assert refused.stderr.count("\n") == 1
    assert "secret" not in refused.stderr


def test_the_first_editor_is_let_in_by_the_operator(environment: dict[str, str]) -> None:
    assert run(environment, "editor", "list").stdout.startswith("there are no editors")
    said = run(environment, "editor", "add", "Ada@example.org", "--name", "Ada").stdout
    first, link = said.splitlines()
    assert first.startswith("ada@example.org may come in as administrator")
    assert "within 7 days" in first
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/desk/password/\S+\?lang=ms", link)
    run(environment, "editor", "add", "bo@example.org")
    assert run(environment, "editor", "list").stdout.splitlines() == [
        "ada@example.org  administrator  Ada  no password yet",
        "bo@example.org  editor  -  no password yet",
    ]
    run(environment, "editor", "disable", "bo@example.org")
    assert "bo@example.org  editor  -  disabled" in run(environment, "editor", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "ada"), "this is not a mail address"),
        (("add", "bo@example.org", "--name", "bo@example.org"), "readers see this name"),
        (("disable", "eve@example.org"), "there is no editor of that address"),
        (("disable", "ada@example.org"), "this is the last administrator"),
    ],
)
def test_the_operator_is_refused_in_one_sentence(
    environment: dict[str, str], arguments: tuple[str, ...], sentence: str
) -> None:
    run(environment, "editor", "add", "ada@example.org")
    refused = attempt(environment, "editor", *arguments)
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert refused.stdout == ""


def test_what_is_exported_is_loaded_elsewhere(environment: dict[str, str], tmp_path: Path) -> None:
    folder, there = tmp_path / "facts", tmp_path / "there"
    there.mkdir()
    elsewhere = environment_of(there)
    run(elsewhere, "db", "upgrade")
    assert run(environment, "export", "--toml", str(folder)).stdout == (
        f"4 meetings written to {folder}\n"
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "articles.toml",
        "event-admm-19.toml",
        "event-admm-plus-2025.toml",
        "event-adsom-2025.toml",
        "event-adsom-plus-2025.toml",
        "series.toml",
    ]
    assert run(environment, "db", "seed", str(folder)).stdout == "nothing new to load\n"
    assert run(elsewhere, "db", "seed", str(folder)).stdout.endswith(" new facts loaded\n")
    printed = run(environment, "export", "--toml").stdout
    assert run(elsewhere, "export", "--toml").stdout == printed
    assert 'slug = "admm-19"' in printed and "’" in printed


def test_an_export_that_cannot_be_is_refused_in_one_sentence(
    environment: dict[str, str], tmp_path: Path
) -> None:
    mine = tmp_path / "facts" / "mine.toml"
    mine.parent.mkdir()
    mine.write_text("# mine\n")
    for arguments, sentence in (
        (("--toml", str(mine.parent)), f"{mine} wasn't written by export"),
        ((), "say how: with --toml"),
        ((str(tmp_path / "new"),), "say how: with --toml"),
    ):
        refused = attempt(environment, "export", *arguments)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(sentence)
        assert refused.stderr.count("\n") == 1
    assert [path.name for path in mine.parent.iterdir()] == ["mine.toml"]
    assert attempt(environment, "export", "--toml", str(mine)).returncode == 2
