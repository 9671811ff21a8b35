"""The README's commands, each run as it stands there."""

import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.conftest import NewUrl
from tests.journeys.conftest import ROOT, answers, environment_of, free_port, run, wait_for
from tests.mail.peer import listening

RUN = [
    "make run",
    "make demo",
    ".venv/bin/calendar-svc rehearse --from 2025-09-27 --to 2025-11-02",
    "make test",
    ".venv/bin/calendar-svc outbox",
    ".venv/bin/calendar-svc outbox show 1",
    ".venv/bin/calendar-svc read article.txt --published 2025-09-27 --json",
    (".venv/bin/calendar-svc take-in article.txt --published 2025-09-27 --publisher Bernama"),
    "make bench",
    ".venv/bin/calendar-svc editor add you@example.org --name You",
    "export CALENDAR_DATABASE_URL=postgresql://calendar@localhost/calendar",
    "export CALENDAR_SMTP_URL=smtp://localhost:25",
    "export CALENDAR_MAIL_FROM=calendar@example.org",
    (
        'export CALENDAR_SECRET_KEY="'
        "$(python3 -c 'import secrets; print(secrets.token_urlsafe(32))')\""
    ),
    "make run",
    ".venv/bin/calendar-svc db seed",
    ".venv/bin/calendar-svc export --toml my-facts",
]
"""`make test` is what CI runs, `make bench` is for whoever changes its figures; the others are run
here, in tests/test_cli.py, tests/test_read.py and tests/test_take_in.py."""


def commands() -> list[str]:
    """Every command of the README."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


@contextmanager
def made(word: str, environment: dict[str, str]) -> Iterator[str]:
    """`make WORD` on a free port, until it is ready; its address. Ctrl-C ends it cleanly."""
    port = free_port()
    process = subprocess.Popen(
        ["make", word, f"SERVE=--port {port}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(
            lambda: answers(f"{base}/readyz") or process.poll() is not None, 60, f"make {word}"
        )
        assert process.poll() is None, process.stdout and process.stdout.read()
        yield base
    finally:
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=30)
    assert "Traceback" not in output, output
    assert f"Page   {base}/" in output


def fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        text: str = response.read().decode()
        return text


def needs_installed() -> None:
    if not (ROOT / ".venv" / "installed").exists():
        pytest.skip("the environment was not made by make (make setup)")


def test_make_demo_lives_in_the_autumn_of_2025(tmp_path: Path) -> None:
    needs_installed()
    environment = environment_of(tmp_path)
    with made("demo", environment) as base:
        page = fetched(f"{base}/?lang=en")
        assert "in 35 days" in page
        assert "Simulated time:" in page
    # the clock goes on over a restart, and nothing is loaded again
    with made("demo", environment) as base:
        assert len(Calendar.from_ical(fetched(f"{base}/feeds/all.ics")).events) == 2


def test_make_run_with_postgresql_and_a_relay(tmp_path: Path, new_postgres: NewUrl) -> None:
    needs_installed()
    with listening() as peer:
        environment = environment_of(tmp_path) | {
            "CALENDAR_DATABASE_URL": new_postgres().replace("+psycopg", ""),
            "CALENDAR_SMTP_URL": f"smtp://127.0.0.1:{peer.port}",
            "CALENDAR_MAIL_FROM": "calendar@example.org",
        }
        with made("run", environment) as base:
            assert "No upcoming meeting is known." in fetched(f"{base}/?lang=en")
            assert "only written to a folder" not in fetched(f"{base}/subscribe?lang=en")
            assert "ADMM-19" not in fetched(f"{base}/feeds/all.ics")


def test_make_run_and_the_outbox(tmp_path: Path) -> None:
    needs_installed()
    environment = environment_of(tmp_path)
    with made("run", environment) as base:
        assert "1 November 2025" in fetched(f"{base}/?lang=en&as_of=2025-09-27")
        assert run(environment, "outbox").stdout == "the outbox is empty\n"
        assert run(environment, "db", "seed").stdout == "nothing new to load\n"
