"""Fakes at the outer wall only: a mailer that keeps what it is given, and pages that answer as
told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from calendar_svc.articles.fetch import Page
from calendar_svc.articles.reading import Reading
from calendar_svc.domain.delivery import Outcome, Sent
from calendar_svc.domain.errors import Refused


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


@dataclass
class KeptPages:
    """Answers with the pages it was given; who asks for another is refused."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add(self, url: str, body: str, content_type: str = "text/html", **other: Any) -> None:
        self.pages[url] = Page(url, content_type, body.encode(), **other)

    def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Page | None:
        self.asked.append(url)
        page = self.pages.get(url)
        if page is None:
            raise Refused("there is no “%(host)s”; check the address", field="address", host=url)
        return None if etag is not None and etag == page.etag else page


def read_nothing(text: str, **_: object) -> list[Reading]:
    """A reader that finds no meeting in any text."""
    return []
