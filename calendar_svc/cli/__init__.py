"""The commands: `calendar-svc …`. Exit code 0, 1 for a refusal (one sentence), 2 for usage."""

import logging
import sys

import click
import structlog
from sqlalchemy.exc import DBAPIError, OperationalError

# each hangs its commands on the group
from calendar_svc.cli import articles, editors, facts, outbox, rehearsal, serving  # noqa: F401
from calendar_svc.cli.commands import commands
from calendar_svc.domain.errors import CalendarError


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
