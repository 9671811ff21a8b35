"""A real server process, a real browser, a real SMTP peer."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "calendar_svc.cli"]


@dataclass(frozen=True)
class Service:
    """A running `calendar-svc serve`, and the environment it runs in."""

    base: str
    environment: dict[str, str]
    process: subprocess.Popen[str]

    def run(self, *arguments: str) -> str:
        """What a command prints, in the service's environment."""
        return run(self.environment, *arguments).stdout


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command; it must succeed."""
    done = attempt(environment, *arguments)
    assert done.returncode == 0, done.stderr
    return done


def attempt(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command and see."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment_of(folder: Path, **settings: str) -> dict[str, str]:
    """An environment of its own: nothing of the machine's settings, a database in `folder`."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CALENDAR_")}
    return {
        **clean,
        "CALENDAR_DATABASE_URL": f"sqlite:///{folder / 'calendar.db'}",
        "CALENDAR_SECRET_KEY": "a key for journeys only",
        **{f"CALENDAR_{name}": value for name, value in settings.items()},
    }


@contextmanager
def serving(folder: Path, *, seed: Path | None = None, **settings: str) -> Iterator[Service]:
    """The service: migrated, seeded (from `seed`, by default data/seed), published."""
    environment = environment_of(folder, **settings)
    run(environment, "db", "upgrade")
    run(environment, "db", "seed", *([str(seed)] if seed else []))
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    log = folder / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)],
            env=environment,
            cwd=ROOT,
            stdout=output,
            stderr=output,
            text=True,
        )
    environment["CALENDAR_BASE_URL"] = base
    try:
        wait_for(lambda: answers(f"{base}/readyz"), 30, "the service is ready")
        yield Service(base, environment, process)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0, log.read_text()


Start = Callable[..., Service]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a service of this test's own."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(serving(tmp_path, **settings))


@pytest.fixture(scope="session")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service in the morning of 27 September 2025, for tests that only look."""
    with serving(tmp_path_factory.mktemp("autumn"), NOW="2025-09-27T09:00:00+08:00") as service:
        yield service


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait_for(is_so: Callable[[], bool], seconds: float, what: str) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"waited {seconds} s in vain until {what}"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page without JavaScript that speaks English and sees no other host."""
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()
