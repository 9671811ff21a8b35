"""The commands: `calendar-svc …`. Exit code 0, 1 for a refusal (one sentence), 2 for usage."""

import logging
import mailbox
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
import structlog
from granian.constants import Interfaces
from granian.server import Server
from sqlalchemy.exc import DBAPIError, OperationalError

from calendar_svc import config, scheduler, services
from calendar_svc.actions import accounts, exporting, keeping, rehearsing, seeding
from calendar_svc.actions.subscribing import check_email
from calendar_svc.clock import day_end, day_start, utc_now
from calendar_svc.config import ROOT, Settings
from calendar_svc.domain.account import Role, check_name
from calendar_svc.domain.errors import CalendarError, Refused
from calendar_svc.store import accounts as account_store
from calendar_svc.store import schema
from calendar_svc.store.base import Database

SEED = ROOT / "data" / "seed"


def main() -> None:
    """Run a command; a refusal is one sentence on stderr and exit code 1."""
    _log()
    try:
        commands(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except CalendarError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines() or ["no reason given"]
        click.echo(f"the database can't be reached: {reason[0]}", err=True)
        sys.exit(1)
    except DBAPIError as error:
        click.echo(f"the database refused: {error.orig}", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="calendar-svc")
def commands() -> None:
    """Official meetings as iCalendar feeds, a page and reminders."""


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
    _upgrade(settings)
    with _built(settings) as built:
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
    with _built(config.read()):
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
    with _built(config.read()) as built:
        timetable = scheduler.timetable(built)
        stopping = _told_to_stop()
        timetable.start()
        stopping.wait()
        # what is being done is finished and recorded first
        timetable.shutdown(wait=True)


@commands.group(name="db")
def database() -> None:
    """Migrations, and the facts in data/seed."""


@database.command()
def upgrade() -> None:
    """Bring the database to this version; two at once wait for each other."""
    _upgrade(config.read())


@database.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SEED
)
def seed(folder: Path) -> None:
    """Load the facts of a FOLDER of TOML files (by default data/seed); what is there stays."""
    settings = config.read()
    with _built(settings) as built, built.database.transaction() as db:
        facts = seeding.read(folder, settings.timezone)
        new = seeding.load(db, facts, now=built.clock.now())
    click.echo(f"{new} new facts loaded" if new else "nothing new to load")


@commands.command()
@click.option("--toml", "as_toml", is_flag=True, help="As TOML, which `db seed` loads again.")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def export(as_toml: bool, folder: Path | None) -> None:
    """Print the facts, or write them into FOLDER: series, articles, a file for each event.

    Withdrawn meetings, drafts and the texts of articles stay here.
    """
    if not as_toml:
        raise Refused("say how: with --toml the facts are written as `db seed` loads them")
    settings = config.read()
    with _built(settings) as built, built.database.reading() as db:
        if folder is None:
            # whatever the terminal's encoding is: TOML is UTF-8
            click.echo(exporting.document(db, settings.timezone).encode(), nl=False)
            return
        count = exporting.write(db, folder, settings.timezone)
    click.echo(f"{count} meetings written to {folder}")


@commands.command()
@click.argument("name", type=click.Choice([job.name for job in scheduler.TIMETABLE]))
def tick(name: str) -> None:
    """Run one scheduled job once, now."""
    job = next(job for job in scheduler.TIMETABLE if job.name == name)
    with _built(config.read()) as built:
        done = job.run(built)
    click.echo(f"{name}: {done} done" if done else f"{name}: nothing to do")


@commands.command()
@click.option("--from", "start", required=True, metavar="TIME", help="2025-09-27, or a moment.")
@click.option("--to", "end", required=True, metavar="TIME", help="2025-11-02, or a moment.")
def rehearse(start: str, end: str) -> None:
    """Print the publications and mails that would happen in that time; nothing is sent.

    Works on a copy of the facts, on a simulated clock, for one sample subscriber who asks for
    every meeting at the start. A day of --from counts from its start, one of --to to its end.
    """
    settings = config.read()
    first = _moment(start, settings.timezone, day_start, "--from")
    last = _moment(end, settings.timezone, day_end, "--to")
    if last <= first:
        raise Refused("--to must be later than --from")
    zone = ZoneInfo(settings.timezone)
    with _built(settings) as built:
        happenings = rehearsing.rehearse(
            built.database.reading, built.site, built.postbox.sender, first=first, last=last
        )
        for one in happenings:
            click.echo(f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}  {one.what}")


@commands.group(invoke_without_command=True)
@click.pass_context
def outbox(context: click.Context) -> None:
    """List the mail that was written to the folder, newest last."""
    if context.invoked_subcommand is None:
        messages = _outbox(config.read())
        for number, message in enumerate(messages, 1):
            click.echo(f"{number:4}  {message['Date']}  {message['To']}  {message['Subject']}")
        if not messages:
            click.echo("the outbox is empty")


@outbox.command()
@click.argument("number", type=click.IntRange(min=1))
def show(number: int) -> None:
    """Show message NUMBER: its headers, its text and the names of what is attached."""
    messages = _outbox(config.read())
    if number > len(messages):
        raise Refused("there are only %(count)s messages in the outbox", count=len(messages))
    message = messages[number - 1]
    for name, value in message.items():
        if not name.startswith(("Content-", "MIME-")):
            click.echo(f"{name}: {value}")
    body = message.get_body(("plain",))
    click.echo("\n" + (body.get_content() if body else ""))
    for part in message.iter_attachments():
        click.echo(f"[{part.get_filename()}: {part['Content-Type']}]")


@commands.group()
def editor() -> None:
    """Who may come in to the editors' desk."""


@editor.command(name="add")
@click.argument("email")
@click.option("--name", default="", help="What readers see of them, and colleagues.")
@click.option("--administrator", is_flag=True, help="May invite others as well; the first can.")
def add_editor(email: str, name: str, administrator: bool) -> None:
    """Let EMAIL in, and print the link behind which they choose a password.

    One who is there already, or was disabled, gets a new link."""
    settings = config.read()
    role = Role.ADMINISTRATOR if administrator else Role.EDITOR
    with _built(settings) as built:
        with built.database.transaction() as db:
            email, name = check_email(email), check_name(name)
            added = accounts.let_in(db, email, name, role, now=utc_now())
        link = built.site.links.password(added.id, added.key_version, settings.languages[0])
    click.echo(f"{added.email} may come in as {added.role}; the link serves once, within 7 days:")
    click.echo(link)


@editor.command(name="list")
def list_editors() -> None:
    """List who may come in, and who might once."""
    with _built(config.read()) as built, built.database.reading() as db:
        found = account_store.every(db)
    for one in found:
        marks = [
            *(["disabled"] if one.disabled_at else []),
            *([] if one.has_password else ["no password yet"]),
            *(["second factor"] if one.has_second_factor else []),
        ]
        click.echo("  ".join([one.email, one.role, one.name or "-", *marks]))
    if not found:
        click.echo("there are no editors; add one with: calendar-svc editor add EMAIL")


@editor.command(name="disable")
@click.argument("email")
def disable_editor(email: str) -> None:
    """Let EMAIL in no more, and end their sessions."""
    with _built(config.read()) as built, built.database.transaction() as db:
        found = account_store.find(db, check_email(email))
        if found is None:
            raise Refused("there is no editor of that address")
        accounts.disable(db, found.id, by=None, now=utc_now())
    click.echo(f"{found.email} can't come in any more, and all their sessions ended")


@contextmanager
def _built(settings: Settings) -> Iterator[services.Services]:
    """The services, for the length of a command."""
    built = services.build(settings)
    try:
        yield built
    finally:
        built.database.close()


def _upgrade(settings: Settings) -> None:
    database = Database(settings.database_url)
    try:
        before, after = schema.upgrade(database)
        with database.transaction() as db:
            keeping.found(db, start=settings.now, wall=utc_now())
    finally:
        database.close()
    if before != after:
        click.echo(f"the database is at version {after} now")


def _welcome(built: services.Services, settings: Settings) -> None:
    links = built.site.links
    click.echo(f"  Page   {links.home()}")
    click.echo(f"  Feeds  {links.base}/feeds/   all meetings: {links.feed('all')}")
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


def _outbox(settings: Settings) -> list[EmailMessage]:
    if settings.smtp_url:
        raise Refused("mail leaves by CALENDAR_SMTP_URL; there is no outbox to show")
    if not settings.outbox.exists():
        return []
    parse: Callable[[bytes], EmailMessage] = BytesParser(policy=policy.default).parsebytes
    folder = mailbox.Maildir(settings.outbox, create=False)
    # a maildir's names begin with the second of their making
    return [parse(folder.get_bytes(key)) for key in sorted(folder.keys(), key=_made)]


def _made(key: str) -> tuple[int, int]:
    seconds, _, rest = key.partition(".")
    number = rest.partition("Q")[2].partition(".")[0]
    return int(seconds), int(number) if number.isdigit() else 0


def _moment(
    text: str, timezone: str, of_day: Callable[[date, str], datetime], option: str
) -> datetime:
    try:
        if len(text) == 10:
            return of_day(date.fromisoformat(text), timezone)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError
    except ValueError:
        raise Refused(
            "%(option)s: “%(text)s” is neither a day (2025-09-27) nor a moment with its offset"
            " (2025-09-27T09:00:00+08:00)",
            option=option,
            text=text[:40],
        ) from None
    return moment.astimezone(UTC)


def _log() -> None:
    """Lines to read on a terminal, JSON otherwise; on stderr, so that answers stay alone."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


if __name__ == "__main__":
    main()
