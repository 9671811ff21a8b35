"""Fakes at the outer wall only: a mailer that keeps what it is given."""

from collections.abc import Iterator
from email.message import EmailMessage

from calendar_svc.domain.delivery import Outcome, Sent


class KeptMail:
    """Takes every message, or answers with the outcomes it was given, one after the other."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self._outcomes: Iterator[Outcome] = iter(outcomes)

    def send(self, message: EmailMessage, sender: str, recipient: str) -> Outcome:
        outcome = next(self._outcomes, Sent())
        if isinstance(outcome, Sent):
            self.messages.append(message)
            self.recipients.append(recipient)
        return outcome

    def close(self) -> None:
        pass
