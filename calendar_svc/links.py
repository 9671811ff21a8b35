"""The public addresses we promise, and the signed ones that go out in mails.

Links in mails are signed, not stored: they carry the subscriber, the purpose and the version
of the subscriber's key. Every address is built from CALENDAR_BASE_URL, never from a request.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from itsdangerous import (
    BadSignature,
    SignatureExpired,
    TimestampSigner,
    URLSafeSerializer,
    URLSafeTimedSerializer,
)

from calendar_svc.domain.errors import NotFound
from calendar_svc.domain.event import Event
from calendar_svc.domain.feed import Vague
from calendar_svc.domain.when import When

CONFIRM_WITHIN = timedelta(days=7)


class Purpose(StrEnum):
    """What a signed link may do; one link does one thing."""

    CONFIRM = "confirm"
    LEAVE = "leave"

    @property
    def can_be_revoked(self) -> bool:
        """Whether a raised key version closes the link; whoever wants to leave always can."""
        return self is not Purpose.LEAVE


@dataclass(frozen=True)
class Ticket:
    """What a signed link says, once its signature is checked."""

    subscriber: int
    purpose: Purpose
    key_version: int


@dataclass(frozen=True)
class PasswordTicket:
    """What a signed link that sets a password says, once its signature is checked."""

    editor: int
    key_version: int


@dataclass(frozen=True)
class Links:
    """`base` is CALENDAR_BASE_URL without a slash at its end; `keys` the newest first."""

    base: str
    keys: tuple[str, ...] = field(repr=False)

    def home(self, lang: str | None = None, as_of: date | None = None) -> str:
        """The upcoming meetings."""
        return f"{self.base}/{_query(lang=lang, as_of=as_of)}"

    def event(self, slug: str, lang: str | None = None) -> str:
        """The page of one meeting."""
        return f"{self.base}/events/{quote(slug)}{_query(lang=lang)}"

    def event_calendar(self, slug: str, lang: str | None = None) -> str:
        """One meeting as an .ics file."""
        return f"{self.base}/events/{quote(slug)}.ics{_query(lang=lang)}"

    def series(self, slug: str, lang: str | None = None) -> str:
        """The editions of a series."""
        return f"{self.base}/series/{quote(slug)}{_query(lang=lang)}"

    def feed(self, slug: str, lang: str | None = None, vague: Vague = Vague.SPAN) -> str:
        """A feed, for calendar programs."""
        form = None if vague is Vague.SPAN else vague
        return f"{self.base}/feeds/{quote(slug)}.ics{_query(lang=lang, vague=form)}"

    def feed_webcal(self, slug: str, lang: str | None = None) -> str:
        """The same with the scheme that calendar programs answer to."""
        return "webcal" + self.feed(slug, lang)[len(urlsplit(self.base).scheme) :]

    def feed_google(self, slug: str, lang: str | None = None) -> str:
        """Google Calendar's “add by URL”, which wants webcal."""
        return "https://calendar.google.com/calendar/render?" + urlencode(
            {"cid": self.feed_webcal(slug, lang)}
        )

    def feed_outlook(self, slug: str, name: str, lang: str | None = None) -> str:
        """Outlook on the web's “subscribe from web”."""
        return "https://outlook.live.com/calendar/0/addfromweb?" + urlencode(
            {"url": self.feed(slug, lang), "name": name}
        )

    def event_google(self, event: Event, title: str, place: str, lang: str) -> str | None:
        """Google's “add event”; None unless the days are known."""
        span = _google_span(event.when)
        if span is None:
            return None
        return "https://calendar.google.com/calendar/render?" + urlencode(
            {
                "action": "TEMPLATE",
                "text": title,
                "dates": span,
                "location": place,
                "details": self.event(event.slug, lang),
            }
        )

    def event_outlook(self, event: Event, title: str, place: str, lang: str) -> str | None:
        """Outlook's “add event”; None unless the days are known."""
        when = event.when
        if when is None or when.is_vague:
            return None
        begins, ends = when.start.instant, when.end.instant
        days = {
            "startdt": when.first_day.isoformat(),
            # exclusive, as in DTEND
            "enddt": (when.last_day + timedelta(days=1)).isoformat(),
            "allday": "true",
        }
        clock = {
            "startdt": begins.isoformat() if begins else "",
            "enddt": ends.isoformat() if ends else "",
            "allday": "false",
        }
        return "https://outlook.live.com/calendar/0/deeplink/compose?" + urlencode(
            {
                "path": "/calendar/action/compose",
                "rru": "addevent",
                "subject": title,
                **(clock if begins and ends else days),
                "location": place,
                "body": self.event(event.slug, lang),
            }
        )

    def changes(self, lang: str | None = None) -> str:
        """What changed and why, as Atom."""
        return f"{self.base}/changes.atom{_query(lang=lang)}"

    def subscribe(self, lang: str | None = None) -> str:
        """Where reminders are asked for."""
        return f"{self.base}/subscribe{_query(lang=lang)}"

    def ticket(
        self, subscriber: int, purpose: Purpose, key_version: int, lang: str | None = None
    ) -> str:
        """The address of a signed link; the page behind it speaks `lang`."""
        token = self._serializer(purpose).dumps([subscriber, key_version])
        return f"{self.base}/subscriptions/{_text(token)}/{purpose}{_query(lang=lang)}"

    def open(self, token: str, purpose: Purpose) -> Ticket:
        """What a signed link says. Raises NotFound when it is broken, too old, or for something
        else. Links that leave never expire."""
        subscriber, version = _opened(self._serializer(purpose), token)
        return Ticket(int(subscriber), purpose, int(version))

    def desk(self, lang: str | None = None) -> str:
        """The editors' desk."""
        return f"{self.base}/desk/{_query(lang=lang)}"

    def password(self, editor: int, key_version: int, lang: str | None = None) -> str:
        """The address of a signed link that lets an editor set a password, once."""
        token = self._password_serializer().dumps([editor, key_version])
        return f"{self.base}/desk/password/{_text(token)}{_query(lang=lang)}"

    def open_password(self, token: str) -> PasswordTicket:
        """What a link that sets a password says. Raises NotFound when it is broken or too old."""
        editor, version = _opened(self._password_serializer(), token)
        return PasswordTicket(int(editor), int(version))

    def _password_serializer(self) -> "_Serializer":
        return _Expiring(list(reversed(self.keys)), salt="calendar_svc desk password")

    def _serializer(self, purpose: Purpose) -> "_Serializer":
        # itsdangerous signs with the last key of its list and opens with any; the purpose is
        # the salt, so no link serves for another
        keys, salt = list(reversed(self.keys)), f"calendar_svc {purpose}"
        if purpose is Purpose.CONFIRM:
            return _Expiring(keys, salt=salt)
        return URLSafeSerializer(keys, salt=salt)


class _Expiring(URLSafeTimedSerializer):
    """Signed links that open for a week."""

    def loads(self, token: str | bytes) -> Any:  # type: ignore[override]
        value, made = super().loads(token, return_timestamp=True)
        # `max_age` would refuse a link from a machine whose clock is a second ahead of ours
        signer = self.make_signer()
        assert isinstance(signer, TimestampSigner)
        age = timedelta(seconds=signer.get_timestamp() - made.timestamp())
        if age > CONFIRM_WITHIN:
            raise SignatureExpired("older than a week", date_signed=made)
        return value


_Serializer = _Expiring | URLSafeSerializer


def _opened(serializer: _Serializer, token: str) -> tuple[Any, Any]:
    try:
        whose, version = serializer.loads(token)
    except SignatureExpired:
        raise NotFound("this link is older than 7 days; ask for a new one") from None
    except (BadSignature, ValueError, TypeError):
        raise NotFound("this link is not complete; copy it whole from the mail") from None
    return whose, version


def _text(token: str | bytes) -> str:
    return token.decode() if isinstance(token, bytes) else token


@dataclass(frozen=True)
class Site:
    """What an operator chose that shows everywhere: addresses, languages (the first is the
    default), and the zone in which a day begins."""

    links: Links
    languages: tuple[str, ...]
    timezone: str


def _google_span(when: When | None) -> str | None:
    if when is None or when.is_vague:
        return None
    begins, ends = when.start.instant, when.end.instant
    if begins and ends:
        return f"{begins:%Y%m%dT%H%M%SZ}/{ends:%Y%m%dT%H%M%SZ}"
    return f"{when.first_day:%Y%m%d}/{when.last_day + timedelta(days=1):%Y%m%d}"


def _query(**values: object) -> str:
    given = {key: str(value) for key, value in values.items() if value is not None}
    return "?" + urlencode(given) if given else ""
