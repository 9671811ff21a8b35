"""The messages, composed of values alone: text, HTML and, for a meeting, its .ics."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from calendar_svc.domain.claim import Claim
from calendar_svc.domain.event import Event
from calendar_svc.domain.subscriber import Subscriber
from calendar_svc.links import Links, Purpose
from calendar_svc.words import catalogue, labels, tr

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)


@dataclass(frozen=True)
class Post:
    """What every message has: from whom, to whom, its place among the deliveries, and when."""

    sender: str
    subscriber: Subscriber
    key: str
    now: datetime
    links: Links

    @property
    def message_id(self) -> str:
        """The same for a delivery however often it is sent (RFC 5322, section 3.6.4)."""
        digest = hashlib.sha256(self.key.encode()).hexdigest()[:32]
        return f"<{digest}@{self.sender.partition('@')[2]}>"

    @property
    def leave(self) -> str:
        """The link that ends everything."""
        subscriber = self.subscriber
        return self.links.ticket(subscriber.id, Purpose.LEAVE, subscriber.key_version)


@dataclass(frozen=True)
class Wanted:
    """A wish in words: what, and how early."""

    name: str
    leads: Sequence[timedelta]


def confirmation(post: Post, wanted: Sequence[Wanted]) -> EmailMessage:
    """Ask the address whether it wants what somebody asked for in its name."""
    subscriber = post.subscriber
    return _message(
        post,
        "confirm",
        wanted=wanted,
        confirm=post.links.ticket(subscriber.id, Purpose.CONFIRM, subscriber.key_version),
    )


def reminder(
    post: Post,
    event: Event,
    *,
    languages: Sequence[str],
    today: date,
    claims: Sequence[Claim],
    calendar: bytes,
) -> EmailMessage:
    """Remind of a meeting, as precisely as its date is known; `calendar` is it as .ics."""
    assert event.when is not None
    lang = post.subscriber.lang
    message = _message(
        post,
        "reminder",
        event=event,
        title=event.title.pick(lang, languages),
        place=event.place.pick(lang, languages) if event.place else None,
        expected=labels.expected(event.when, lang) if event.when.is_vague else "",
        countdown=labels.countdown(event.when, today, lang),
        claims=claims,
        page=post.links.event(event.slug, lang),
    )
    message.add_attachment(
        calendar,
        maintype="text",
        subtype="calendar",
        filename=f"{event.slug}.ics",
        params={"charset": "utf-8", "method": "PUBLISH"},
    )
    return message


def _message(post: Post, template: str, **values: Any) -> EmailMessage:
    lang = post.subscriber.lang
    sentences = catalogue(lang)
    values |= {
        "lang": lang,
        "zone": post.subscriber.zone,
        "leave": post.leave,
        "home": post.links.home(lang),
        "labels": labels,
        "gettext": sentences.gettext,
        "ngettext": sentences.ngettext,
        "_": lambda text, **given: tr(lang, text, **given),
    }

    def render(part: str) -> str:
        return _TEMPLATES.get_template(f"{template}/{part}").render(values)

    message = EmailMessage()
    message["From"] = Address(tr(lang, "Official meetings"), addr_spec=post.sender)
    message["To"] = post.subscriber.email
    message["Subject"] = " ".join(render("subject.txt").split())
    message["Date"] = format_datetime(post.now)
    message["Message-ID"] = post.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"<calendar.{post.sender.partition('@')[2]}>"
    message["List-Unsubscribe"] = f"<{post.leave}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Content-Language"] = lang
    message.set_content(render("body.txt").strip() + "\n", cte="quoted-printable")
    message.add_alternative(render("body.html"), subtype="html", cte="quoted-printable")
    return message
