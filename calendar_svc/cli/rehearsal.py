"""Live through a time on a simulated clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import click

from calendar_svc import config
from calendar_svc.actions import rehearsing
from calendar_svc.cli.commands import commands, open_services
from calendar_svc.clock import day_end, day_start
from calendar_svc.domain.errors import Refused


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
    with open_services(settings) as built:
        happenings = rehearsing.rehearse(
            built.database.reading, built.site, built.postbox.sender, first=first, last=last
        )
        for one in happenings:
            click.echo(f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}  {one.what}")


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
