"""The messages, composed of values alone: text, HTML and, for a meeting, its .ics."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from calendar_svc.domain.account import Editor
from calendar_svc.domain.claim import Claim
from calendar_svc.domain.event import Event
from calendar_svc.domain.subscriber import Subscriber
from calendar_svc.domain.texts import Text
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


class _Unfolded(UnstructuredHeader):
    """A header that stays on one line: folding would encode a long address, and mail programs
    look for it bare (RFC 8058, section 3.1)."""

    max_count = 1
    name: str  # from BaseHeader, with which the registry mixes this

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", cast(type[BaseHeader], _Unfolded))
_POLICY = EmailPolicy(header_factory=_HEADERS)


@dataclass(frozen=True)
class Post:
    """What every message has: from whom, to whom, in which language and zone, for which
    delivery (its key and when it fell due), and when it is composed."""

    sender: str
    to: Subscriber | Editor
    lang: str
    zone: str
    key: str
    due_at: datetime
    now: datetime
    links: Links

    @property
    def digest(self) -> str:
        """The same for a delivery however often it is sent, and for no other."""
        told = f"{self.key} {self.due_at.isoformat()} {self.to.email}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    @property
    def host(self) -> str:
        """The sender's domain, for identifiers."""
        return self.sender.rpartition("@")[2]

    @property
    def leave(self) -> str | None:
        """The link that ends everything a subscriber asked for; an editor has none."""
        return self.ticket(Purpose.LEAVE) if isinstance(self.to, Subscriber) else None

    def ticket(self, purpose: Purpose) -> str:
        """A signed link of this subscriber's, in their language."""
        to = self.to
        assert isinstance(to, Subscriber)
        return self.links.ticket(to.id, purpose, to.key_version, self.lang)


@dataclass(frozen=True)
class Wanted:
    """A wish in words: what, and how early."""

    name: str
    leads: Sequence[timedelta]


def confirmation(post: Post, wanted: Sequence[Wanted]) -> EmailMessage:
    """Ask the address whether it wants what somebody asked for in its name."""
    return _message(
        post,
        "confirm",
        wanted=wanted,
        confirm=post.ticket(Purpose.CONFIRM),
    )


def reminder(
    post: Post,
    event: Event,
    *,
    languages: Sequence[str],
    claims: Sequence[Claim],
    calendar: bytes,
) -> EmailMessage:
    """Remind of a meeting, as precisely as its date is known; `calendar` is it as .ics."""
    assert event.when is not None
    lang = post.lang
    today = post.now.astimezone(ZoneInfo(post.zone)).date()
    return _message(
        post,
        "reminder",
        calendar=(f"{event.slug}.ics", calendar),
        event=event,
        title=_one_line(event.title.pick(lang, languages)),
        place=_one_line(event.place.pick(lang, languages)) if event.place else None,
        expected=labels.expected(event.when, lang) if event.when.starts_vaguely else "",
        remark=labels.vague_words(event, lang),
        countdown=labels.countdown(event.when, today, lang, post.zone),
        sources=[claim.article for claim in claims if claim.article],
        page=post.links.event(event.slug, lang),
    )


def invitation(post: Post, editor: Editor) -> EmailMessage:
    """Let an editor choose a password: the first, or a new one for the one they forgot."""
    return _message(
        post,
        "invite",
        is_new=not editor.has_password,
        password=post.links.password(editor.id, editor.key_version, post.lang),
        home=post.links.desk(post.lang),
    )


def _one_line(text: Text) -> Text:
    """Line breaks in a title must not make lines of their own."""
    return Text(" ".join(text.value.split()), text.lang)


def _message(
    post: Post, template: str, calendar: tuple[str, bytes] | None = None, **values: Any
) -> EmailMessage:
    lang = post.lang
    sentences = catalogue(lang)
    values = {
        "lang": lang,
        "zone": post.zone,
        "leave": post.leave,
        "home": post.links.home(lang),
        "labels": labels,
        "gettext": sentences.gettext,
        "ngettext": sentences.ngettext,
        "_": lambda text, **given: tr(lang, text, **given),
        **values,
    }

    def render(part: str) -> str:
        return _TEMPLATES.get_template(f"{template}/{part}").render(values)

    message = EmailMessage(_POLICY)
    message["From"] = Address(tr(lang, "Official meetings"), addr_spec=post.sender)
    message["To"] = post.to.email
    message["Subject"] = " ".join(render("subject.txt").split())
    message["Date"] = format_datetime(post.now)
    message["Message-ID"] = f"<{post.digest}@{post.host}>"
    message["Auto-Submitted"] = "auto-generated"
    if post.leave:
        message["List-Id"] = f"<calendar.{post.host}>"
        message["List-Unsubscribe"] = f"<{post.leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(render("body.txt").strip() + "\n", cte="quoted-printable")
    message.add_alternative(render("body.html"), subtype="html", cte="quoted-printable")
    if calendar:
        name, octets = calendar
        message.add_attachment(
            octets,
            maintype="text",
            subtype="calendar",
            filename=name,
            params={"charset": "utf-8", "method": "PUBLISH"},
        )
    # set_content takes every Content-… away, so this one comes last
    message["Content-Language"] = lang
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            # not left to chance: the same message is the same bytes
            part.set_boundary(f"=={post.digest}.{number}==")
    return message
