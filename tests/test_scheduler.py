"""The timetable: four jobs, each asking the database; none can end the others."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from calendar_svc import scheduler
from calendar_svc.clock import Clock, utc_now
from calendar_svc.domain.delivery import Delayed
from calendar_svc.mail.smtp import Postbox
from calendar_svc.scheduler import TIMETABLE, Job, tick, timetable
from calendar_svc.services import Services
from calendar_svc.store import sources
from calendar_svc.store.base import Database
from tests.conftest import NewUrl
from tests.fakes import KeptMail, KeptPages, read_nothing
from tests.make import SITE, announced, subscribed

WEEK_BEFORE = datetime(2027, 3, 25, 1, 0, tzinfo=UTC)
JOBS = {job.name: job for job in TIMETABLE}


def services(database: Database, mailer: KeptMail | None = None) -> Services:
    """The parts, with the clock held a week before the meeting and no mail going out."""
    return Services(
        database=database,
        clock=Clock(read=lambda: WEEK_BEFORE),
        site=SITE,
        postbox=Postbox(mailer or KeptMail(), "calendar@example.org"),
        mail_leaves=False,
        trusted_proxies=0,
        secret_keys=SITE.links.keys,
        fetch=KeptPages(),
        read=read_nothing,
    )


@pytest.fixture
def sqlite(new_sqlite: NewUrl) -> Iterator[Database]:
    """One database, where it doesn't matter which."""
    database = Database(new_sqlite())
    yield database
    database.close()


@contextmanager
def running(parts: Services, *, paused: bool = False) -> Iterator[Any]:
    """The timetable in a thread, as the process runs it."""
    planned = timetable(parts)
    planned.start(paused=paused)
    try:
        yield planned
    finally:
        planned.shutdown()
    assert not planned.running


def _wait(until: Callable[[], bool], seconds: float = 10) -> None:
    last = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < last, "it didn't happen in time"
        time.sleep(0.01)


# the timetable


def test_the_timetable_has_its_jobs() -> None:
    assert [job.name for job in TIMETABLE] == ["publish", "remind", "deliver", "fetch-sources"]
    assert all(timedelta(0) < job.every <= timedelta(minutes=1) for job in TIMETABLE)


def test_each_job_runs_alone_late_runs_count_as_one_and_none_is_dropped(sqlite: Database) -> None:
    with running(services(sqlite), paused=True) as planned:
        jobs = planned.get_jobs()
        assert {job.id for job in jobs} == set(JOBS)
        for job in jobs:
            assert job.coalesce is True
            assert job.misfire_grace_time is None
            assert job.max_instances == 1
            assert job.trigger.interval == JOBS[job.id].every


def test_each_job_runs_at_once_when_the_process_starts(sqlite: Database) -> None:
    with running(services(sqlite), paused=True) as planned:
        assert all(job.next_run_time <= utc_now() for job in planned.get_jobs())


def test_the_jobs_are_kept_in_memory_only(sqlite: Database) -> None:
    with running(services(sqlite), paused=True) as planned:
        assert [type(store).__name__ for store in planned._jobstores.values()] == ["MemoryJobStore"]


# a tick


def test_a_tick_returns_how_much_was_done(database: Database) -> None:
    kept = KeptMail()
    parts = services(database, kept)
    with database.transaction() as db:
        announced(db)
        for name in ("bo", "cy"):
            subscribed(db, f"{name}@example.org")
    # all and admm, in two languages and three forms
    assert [tick(parts, JOBS[name]) for name in ("publish", "remind", "deliver")] == [12, 2, 2]
    assert sorted(kept.recipients) == ["bo@example.org", "cy@example.org"]


def test_a_tick_that_runs_twice_does_nothing_the_second_time(database: Database) -> None:
    parts = services(database)
    with database.transaction() as db:
        announced(db)
        subscribed(db)
        hour = timedelta(hours=1)
        sources.add(db, "https://x.example/rss", publisher="X", lang="ms", every=hour)
    assert all(tick(parts, job) for job in TIMETABLE)
    assert [tick(parts, job) for job in TIMETABLE] == [0, 0, 0, 0]


def test_a_tick_counts_only_what_was_sent(sqlite: Database) -> None:
    parts = services(sqlite, KeptMail(Delayed("450 busy")))
    with sqlite.transaction() as db:
        announced(db)
        for name in ("bo", "cy"):
            subscribed(db, f"{name}@example.org")
    tick(parts, JOBS["remind"])
    assert tick(parts, JOBS["deliver"]) == 1


def test_a_tick_raises_what_its_job_raises(sqlite: Database) -> None:
    def fails(_: Services) -> int:
        raise ValueError("as told")

    with pytest.raises(ValueError, match="as told"):
        tick(services(sqlite), Job("fails", timedelta(seconds=1), fails))


# running


def test_a_job_that_raises_ends_neither_itself_nor_the_timetable(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = {"fails": 0, "works": 0}

    def fails(_: Services) -> int:
        runs["fails"] += 1
        raise RuntimeError("as told")

    def works(_: Services) -> int:
        runs["works"] += 1
        return 1

    often = timedelta(seconds=0.05)
    monkeypatch.setattr(
        scheduler, "TIMETABLE", (Job("fails", often, fails), Job("works", often, works))
    )
    with running(services(sqlite)):
        _wait(lambda: min(runs.values()) >= 4)


def test_a_job_that_takes_long_holds_up_no_other_and_is_not_started_twice(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, begun, runs = threading.Event(), [0], [0]

    def hangs(_: Services) -> int:
        begun[0] += 1
        release.wait(10)
        return 0

    def works(_: Services) -> int:
        runs[0] += 1
        return 0

    often = timedelta(seconds=0.05)
    monkeypatch.setattr(
        scheduler, "TIMETABLE", (Job("hangs", often, hangs), Job("works", often, works))
    )
    with running(services(sqlite)):
        _wait(lambda: runs[0] >= 5)
        assert begun == [1]
        release.set()
        _wait(lambda: begun[0] >= 2)


def test_a_meeting_becomes_a_mail_without_anybody_asking(sqlite: Database) -> None:
    kept = KeptMail()
    with sqlite.transaction() as db:
        announced(db)
        subscribed(db)
    with running(services(sqlite, kept)):
        _wait(lambda: bool(kept.messages))
    assert kept.messages[0]["Subject"] == "Reminder: 21st ADMM, 1 April 2027 – in 7 days"


def test_two_timetables_on_one_database_send_each_mail_once(new_sqlite: NewUrl) -> None:
    url, mailers = new_sqlite(), (KeptMail(), KeptMail())
    first, second = Database(url), Database(url)
    emails = [f"reader{number}@example.org" for number in range(20)]
    with first.transaction() as db:
        announced(db)
        for email in emails:
            subscribed(db, email)
    with running(services(first, mailers[0])), running(services(second, mailers[1])):
        _wait(lambda: sum(len(mailer.messages) for mailer in mailers) >= len(emails))
        time.sleep(0.3)
    assert sorted(mailers[0].recipients + mailers[1].recipients) == sorted(emails)
    first.close()
    second.close()
