"""What tests are made of: Ada edits, Bo subscribes, it is 1 March 2027, 09:00 UTC."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from calendar_svc.actions import editing
from calendar_svc.domain.account import Editor, Role
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.revision import Fact, FactName, FactValue
from calendar_svc.domain.series import Series
from calendar_svc.domain.subscriber import DEFAULT_LEADS, Subscriber, Subscription
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.links import Links, Site
from calendar_svc.store import accounts, events, subscribers
from calendar_svc.store import series as series_store

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
KL = "Asia/Kuala_Lumpur"
KEY = "a key that only the tests know"
SITE = Site(Links("https://calendar.example.org", (KEY,)), ("ms", "en"), KL)
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Passwords that are hashed in no time; far too quick for real ones."""
PASSWORD = "gaun lembu petir sudu"
ADMM = Series(
    "admm",
    "ADMM",
    Texts(
        {
            "ms": "Mesyuarat Menteri-Menteri Pertahanan ASEAN",
            "en": "ASEAN Defence Ministers’ Meeting",
        }
    ),
)


def event(when: str | None = "2027-04-01", **other: Any) -> Event:
    """A meeting as a value, confirmed unless told otherwise."""
    values: dict[str, Any] = {
        "uid": "uid-1",
        "slug": "admm-21",
        "title": Texts({"ms": "ADMM ke-21", "en": "21st ADMM"}),
        "status": Status.CONFIRMED,
        "when": When.parse(when) if when else None,
        "place": Texts({"ms": "Desaru, Johor"}),
        "description": None,
        "series": "admm",
        "ordinal": 21,
        "sequence": 0,
        "when_no": 0,
        "revision": 1,
        "created_at": NOW - timedelta(days=30),
        "modified_at": NOW - timedelta(days=30),
        "when_since": NOW - timedelta(days=30),
    }
    return Event(**values | other)


def subscription(
    *,
    leads: Sequence[timedelta] = DEFAULT_LEADS,
    series: str | None = None,
    zone: str = KL,
    confirmed_at: datetime | None = NOW - timedelta(days=20),
) -> Subscription:
    """What Bo asked for, as a value."""
    bo = Subscriber(1, "bo@example.org", 1, confirmed_at)
    return Subscription(1, bo, series, tuple(leads), "en", zone, confirmed_at)


def announced(
    db: Session,
    when: str | None = "2027-04-01",
    *,
    slug: str = "admm-21",
    title: str = "21st ADMM",
    status: Status = Status.CONFIRMED,
    series: Series | None = ADMM,
    place: str | None = "Desaru, Johor",
    known_since: datetime | None = None,
    now: datetime = NOW - timedelta(days=30),
) -> str:
    """A meeting recorded in a database; its uid."""
    uid = f"uid-of-{slug}"
    if series:
        series_store.save(db, series)
    events.add(db, uid, slug, created_at=now)
    change(
        db,
        uid,
        {
            FactName.TITLE: Texts({"en": title}),
            FactName.STATUS: status,
            FactName.WHEN: When.parse(when) if when else None,
            FactName.PLACE: Texts({"en": place}) if place else None,
            FactName.SERIES: series.slug if series else None,
        },
        known_since=known_since,
        now=now,
    )
    return uid


def change(
    db: Session,
    uid: str,
    values: dict[FactName, FactValue],
    *,
    known_since: datetime | None = None,
    now: datetime = NOW,
) -> None:
    """Ada records something; known since now unless told otherwise."""
    facts = [Fact(name, value, known_since or now) for name, value in values.items()]
    editing.record(db, uid, facts, by="Ada", now=now)


def subscribed(
    db: Session,
    email: str = "bo@example.org",
    *,
    feed: str = "all",
    leads: Sequence[timedelta] = DEFAULT_LEADS,
    lang: str = "en",
    zone: str = KL,
    at: datetime = NOW - timedelta(days=20),
) -> Subscriber:
    """Bo has asked and confirmed."""
    subscriber = subscribers.add(db, email, now=at)
    subscribers.wish(db, subscriber.id, feed, leads, lang=lang, zone=zone, now=at)
    subscribers.confirm(db, subscriber.id, now=at)
    found = subscribers.get(db, subscriber.id)
    assert found is not None
    return found


def editor(
    db: Session,
    email: str = "ada@example.org",
    *,
    name: str = "Ada",
    role: Role = Role.EDITOR,
    password: str | None = PASSWORD,
) -> Editor:
    """Ada may come in; with a password unless told otherwise."""
    made = accounts.add(db, email, name, role, now=NOW)
    assert made is not None
    if password is not None:
        accounts.set_password(db, made.id, QUICK.hash(password), key_version=made.key_version)
    found = accounts.get(db, made.id)
    assert found is not None
    return found
