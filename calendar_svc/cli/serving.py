"""Serve, alone or together; and one run of a job."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from types import FrameType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
import structlog
from granian.constants import Interfaces
from granian.server import Server

from calendar_svc import config, scheduler, services
from calendar_svc.cli.commands import commands, open_services, upgrade_database
from calendar_svc.config import ROOT, Settings
from calendar_svc.domain.errors import Refused
from calendar_svc.store import accounts as account_store


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages and feeds, with the scheduler beside them; migrates first."""
    # the addresses in pages, feeds and mails are those we listen on, unless told otherwise
    settings = config.read(base_url=f"http://{host}:{port}")
    if urlsplit(settings.base_url).hostname in ("0.0.0.0", "::"):  # noqa: S104
        raise Refused(
            "with --host %(host)s, set CALENDAR_BASE_URL to the address that readers use",
            host=host,
        )
    os.environ["CALENDAR_BASE_URL"] = settings.base_url
    _check_free(host, port)
    upgrade_database(settings)
    with open_services(settings) as built:
        # the first visitor finds feeds
        scheduler.tick(built, scheduler.TIMETABLE[0])
        _welcome(built, settings)
    web = ["web", "--host", host, "--port", str(port), "--workers", str(workers)]
    sys.exit(_supervise([web, ["scheduler"]]))


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def web(host: str, port: int, workers: int) -> None:
    """Serve the pages and feeds alone."""
    _check_free(host, port)
    with open_services(config.read()):
        pass  # a fault of the settings is told here, once, and not by each worker
    Server(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        working_dir=ROOT,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()


@commands.command(name="scheduler")
def run_scheduler() -> None:
    """Publish, remind and deliver on the timetable, alone."""
    with open_services(config.read()) as built:
        timetable = scheduler.timetable(built)
        stopping = _told_to_stop()
        timetable.start()
        stopping.wait()
        # what is being done is finished and recorded first
        timetable.shutdown(wait=True)


@commands.command()
@click.argument("name", type=click.Choice([job.name for job in scheduler.TIMETABLE]))
def tick(name: str) -> None:
    """Run one scheduled job once, now."""
    job = next(job for job in scheduler.TIMETABLE if job.name == name)
    with open_services(config.read()) as built:
        done = job.run(built)
    click.echo(f"{name}: {done} done" if done else f"{name}: nothing to do")


def _welcome(built: services.Services, settings: Settings) -> None:
    links = built.site.links
    click.echo(f"  Page   {links.home()}")
    click.echo(f"  Feeds  {links.base}/feeds/   all meetings: {links.feed('all')}")
    with built.database.reading() as db:
        has_editors = bool(account_store.every(db))
    hint = "" if has_editors else "   (let the first editor in: calendar-svc editor add EMAIL)"
    click.echo(f"  Desk   {links.desk()}{hint}")
    if built.clock.simulated:
        zone_now = built.clock.now().astimezone(ZoneInfo(settings.timezone))
        click.echo(f"  Clock  simulated: it is {zone_now:%Y-%m-%d %H:%M} ({settings.timezone})")
    if not built.mail_leaves:
        click.echo("  Mail   is only written to a folder; read it with: calendar-svc outbox")
    click.echo("  Stop   with Ctrl-C")


def _check_free(host: str, port: int) -> None:
    """Say it in one sentence when we can't listen there, before anything is started."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as fault:
        raise Refused(
            "can't listen on %(host)s, port %(port)s: %(why)s;"
            " choose another with --host or --port",
            host=host,
            port=port,
            why=fault.strerror,
        ) from None


def _told_to_stop() -> threading.Event:
    """Set by Ctrl-C or SIGTERM; the handler does nothing else, so it can come at any moment."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping


def _supervise(children: list[list[str]]) -> int:
    """Keep the processes running until we are told to stop; one that dies is started again."""
    stopping = _told_to_stop()
    running = {tuple(arguments): _start(arguments) for arguments in children}
    started = dict.fromkeys(running, time.monotonic())
    while not stopping.wait(0.2):
        for arguments, process in running.items():
            if process.poll() is None:
                continue
            if time.monotonic() - started[arguments] < 5:
                # it can't even start: saying so beats trying for ever
                stopping.set()
                continue
            structlog.get_logger().warning("restarted", process=arguments[0])
            running[arguments] = _start(list(arguments))
            started[arguments] = time.monotonic()
    for process in running.values():
        process.terminate()
    codes = [_ended(process) for process in running.values()]
    return int(any(code not in (0, -signal.SIGTERM) for code in codes))


def _ended(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _start(arguments: list[str]) -> subprocess.Popen[bytes]:
    # a session of its own: Ctrl-C reaches us alone, and we stop each with one signal
    return subprocess.Popen(
        [sys.executable, "-m", "calendar_svc.cli", *arguments], start_new_session=True
    )
