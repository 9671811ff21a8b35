"""The mail that was written to the folder."""

import mailbox
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import click

from calendar_svc import config
from calendar_svc.cli.commands import commands
from calendar_svc.config import Settings
from calendar_svc.domain.errors import Refused


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
