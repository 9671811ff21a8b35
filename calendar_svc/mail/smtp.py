"""The mailers: an SMTP relay, or a maildir where there is none."""

import mailbox
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from calendar_svc.domain.delivery import Delayed, Outcome, Sent, Undeliverable

TIMEOUT = 30
"""Seconds that the relay may take for one answer."""


class Mailer(Protocol):
    """Takes one message to one address and says what became of it; raises nothing of the world."""

    def send(self, message: EmailMessage, sender: str, recipient: str) -> Outcome:
        """Hand the message over; `sender` and `recipient` are the envelope's."""

    def close(self) -> None:
        """Let go of the connection, if there is one."""


class MaildirMailer:
    """Writes into a maildir, so that everything can be tried without a relay."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, message: EmailMessage, sender: str, recipient: str) -> Outcome:
        """Write the message; a full disk is a delay."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            mailbox.Maildir(self.path).add(_octets(message, recipient, "\n"))
        except OSError as fault:
            return Delayed(f"the outbox can't be written: {fault.strerror}")
        return Sent()

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Postbox:
    """A mailer, and the address that our mail comes from."""

    mailer: Mailer
    sender: str


class SmtpMailer:
    """Speaks with the operator's relay over one connection, kept from message to message."""

    def __init__(self, url: str) -> None:
        """`url`: ``smtp``, ``smtps`` or ``smtp+starttls``, then ``://[user:password@]host[:port]``."""
        parts = urlsplit(url)
        self.scheme = parts.scheme
        self.host = parts.hostname or "localhost"
        self.port = parts.port or {"smtps": 465, "smtp+starttls": 587}.get(parts.scheme, 25)
        self.user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password or "")
        self._connection: smtplib.SMTP | None = None

    def send(self, message: EmailMessage, sender: str, recipient: str) -> Outcome:
        """Hand the message to the relay; when a kept connection is gone, over a new one."""
        octets = _octets(message, recipient, "\r\n")
        options = [] if recipient.isascii() else ["SMTPUTF8"]
        kept = self._connection is not None
        try:
            self._connected().sendmail(sender, [recipient], octets, options)
        except smtplib.SMTPServerDisconnected as fault:
            self.close()
            if kept:
                return self.send(message, sender, recipient)
            return Delayed(f"the relay hung up: {fault}", relay_away=True)
        except (OSError, smtplib.SMTPException) as fault:
            return self._fate(fault)
        return Sent()

    def close(self) -> None:
        """End the conversation."""
        if self._connection:
            with suppress(OSError, smtplib.SMTPException):
                self._connection.quit()
            # quit leaves the socket open where the peer has gone already
            self._connection.close()
            self._connection = None

    def _connected(self) -> smtplib.SMTP:
        if self._connection:
            return self._connection
        if self.scheme == "smtps":
            context = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT, context=context
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            if self.scheme == "smtp+starttls":
                connection.starttls(context=ssl.create_default_context())
            if self.user:
                connection.login(self.user, self._password)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _fate(self, fault: OSError | smtplib.SMTPException) -> Outcome:
        """4xx and silence are delays, 5xx of this message are final (RFC 5321, section 4.2.1)."""
        if isinstance(fault, smtplib.SMTPRecipientsRefused):
            (code, reason), *_ = fault.recipients.values()
            return _answered(code, reason)
        if isinstance(fault, smtplib.SMTPDataError):
            return _answered(fault.smtp_code, fault.smtp_error)
        if isinstance(fault, smtplib.SMTPResponseException):
            # to greeting, sign-in or sender: the relay refuses us, not this message, which waits
            # until the operator has mended it
            if isinstance(fault, smtplib.SMTPSenderRefused):
                why = _answered(fault.smtp_code, fault.smtp_error).why
                return Delayed(why, relay_away=fault.smtp_code >= 500)
            self.close()
            return Delayed(f"the relay refused us: {fault.smtp_code}", relay_away=True)
        if isinstance(fault, smtplib.SMTPNotSupportedError) and self._connection:
            return Undeliverable("the relay takes no address with these letters (SMTPUTF8)")
        self.close()
        return Delayed(
            f"the relay can't be reached: {type(fault).__name__}: {fault}", relay_away=True
        )


def _octets(message: EmailMessage, recipient: str, linesep: str) -> bytes:
    # an address that isn't ASCII is written as it is (RFC 6532); RFC 2047 forbids encoding it
    policy = message.policy
    assert isinstance(policy, EmailPolicy)
    return message.as_bytes(policy=policy.clone(utf8=not recipient.isascii(), linesep=linesep))


def _answered(code: int, reason: bytes | str) -> Delayed | Undeliverable:
    text = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    answer = f"{code} {text}"[:300]
    return Undeliverable(answer) if 500 <= code < 600 else Delayed(answer)
