"""The timetable: name, how often, which action. Runs as a process of its own.

The jobs are declared here and kept in memory; each asks the database what is due, so any number
of these processes may run, one may die at any moment, and a job that runs twice does nothing
the second time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from calendar_svc.actions import delivering, publishing, reminding, watching
from calendar_svc.clock import utc_now
from calendar_svc.services import Services

log = structlog.get_logger()


@dataclass(frozen=True)
class Job:
    """What is done how often."""

    name: str
    every: timedelta
    run: Callable[[Services], int]
    """Returns how much was done; 0 is not worth a line in the log."""


def _publish(services: Services) -> int:
    database = services.database
    return len(
        publishing.publish(
            database.reading,
            database.transaction,
            now=services.clock.now(),
            site=services.site,
        )
    )


def _remind(services: Services) -> int:
    with services.database.transaction() as db:
        return reminding.remind(db, now=services.clock.now())


def _deliver(services: Services) -> int:
    return delivering.deliver(
        services.database.transaction,
        services.postbox,
        now=services.clock.now,
        site=services.site,
    )


def _fetch_sources(services: Services) -> int:
    database = services.database
    return watching.fetch_due(
        database.reading,
        database.transaction,
        services.fetch,
        services.read,
        now=services.clock.now,
        timezone=services.site.timezone,
    )


TIMETABLE = (
    Job("publish", timedelta(seconds=1), _publish),
    Job("remind", timedelta(seconds=5), _remind),
    Job("deliver", timedelta(seconds=2), _deliver),
    # each source has its own interval; this is how often it is asked which are due
    Job("fetch-sources", timedelta(minutes=1), _fetch_sources),
)


def tick(services: Services, job: Job) -> int:
    """One run of a job, told to the log. Raises what the job raises."""
    done = job.run(services)
    if done:
        log.info(job.name, done=done)
    return done


def timetable(services: Services) -> BackgroundScheduler:
    """The scheduler with its jobs, not started yet."""
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(len(TIMETABLE))},
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    for job in TIMETABLE:
        scheduler.add_job(
            _safely,
            "interval",
            args=(services, job),
            seconds=job.every.total_seconds(),
            # at once, not after the first interval: what fell due while we were down comes first
            next_run_time=utc_now(),
            id=job.name,
        )
    return scheduler


def _safely(services: Services, job: Job) -> None:
    try:
        tick(services, job)
    except Exception:
        # the next run asks the database anew; a fault now must not end the timetable
        log.exception("tick failed", job=job.name)
