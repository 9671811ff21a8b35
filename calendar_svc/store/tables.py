"""Every table, in one place: what a row is. The queries are in the file of each noun."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Date,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from calendar_svc.domain.account import Role
from calendar_svc.domain.claim import ClaimStatus, Origin
from calendar_svc.domain.delivery import DeliveryKind, DeliveryState
from calendar_svc.domain.draft import DraftState
from calendar_svc.domain.event import Status
from calendar_svc.domain.feed import Vague
from calendar_svc.domain.revision import FactName
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store.base import Base, Json, Key, TextsJson, UtcTime, WhenText


def _one_of(words: type[StrEnum], name: str) -> Enum:
    """A column of words, checked by the database."""
    return Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


class SeriesRow(Base):
    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Key, unique=True)
    short: Mapped[str] = mapped_column(Text)
    name: Mapped[Texts] = mapped_column(TextsJson)


class FeedRow(Base):
    """Series and feeds share one namespace: each series has its feed, by the same slug."""

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Key, unique=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), unique=True)


class ArticleRow(Base):
    __tablename__ = "articles"
    __table_args__ = (Index(None, "digest", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key, unique=True)
    publisher: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(Text)
    published_on: Mapped[date] = mapped_column(Date)
    dateline: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    """What was read; only the desk ever shows it."""
    digest: Mapped[str | None] = mapped_column(Text)
    """Of the words of the text: the same text is the same article, wherever it was read."""


class SourceRow(Base):
    """A list of articles that is looked at again and again. Its times are on the database's
    clock."""

    __tablename__ = "sources"
    __table_args__ = (Index(None, "next_check_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(Text, unique=True)
    publisher: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(Text)
    every_minutes: Mapped[int]
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    next_check_at: Mapped[datetime] = mapped_column(UtcTime)
    checked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    failures: Mapped[int] = mapped_column(default=0)
    """One after the other, up to now."""
    paused: Mapped[bool] = mapped_column(default=False)
    told: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """What came of the last check: a sentence and its %-values."""


class ListedRow(Base):
    """An article that a source lists: each is read once."""

    __tablename__ = "listed"
    __table_args__ = (
        UniqueConstraint("source_id", "url"),
        Index(None, "source_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"))
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcTime)
    listed_at: Mapped[datetime] = mapped_column(UtcTime)
    """When the source last listed it."""
    tries: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None] = mapped_column(UtcTime)


class EventRow(Base):
    """Where it is; all that is known of it is in its revisions.

    A withdrawn event and one that was merged into another have no states, so they are nowhere.
    `sequence_from` and `when_no_from` is where its counters begin: they must not fall when
    something is taken out of its history."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(Key, unique=True)
    slug: Mapped[str] = mapped_column(Key, unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)
    merged_into: Mapped[str | None] = mapped_column(Text)
    """The uid of the event that it turned out to be."""
    sequence_from: Mapped[int] = mapped_column(default=0, server_default="0")
    when_no_from: Mapped[int] = mapped_column(default=0, server_default="0")


class ClaimRow(Base):
    __tablename__ = "claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    origin: Mapped[Origin] = mapped_column(_one_of(Origin, "origin"))
    since: Mapped[datetime] = mapped_column(UtcTime)
    when: Mapped[When | None] = mapped_column(WhenText)
    place: Mapped[Texts | None] = mapped_column(TextsJson)
    status: Mapped[ClaimStatus | None] = mapped_column(_one_of(ClaimStatus, "status"))
    quote: Mapped[str] = mapped_column(Text, default="")
    gist: Mapped[Texts | None] = mapped_column(TextsJson)
    was: Mapped[When | None] = mapped_column(WhenText)
    said_by: Mapped[str | None] = mapped_column(Text)
    redacted: Mapped[bool] = mapped_column(default=False, server_default=false())


class DraftRow(Base):
    """What an article seems to say, until an editor decides; `event_id` None: a new meeting."""

    __tablename__ = "drafts"
    __table_args__ = (Index(None, "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    ordinal: Mapped[int | None]
    title: Mapped[Texts | None] = mapped_column(TextsJson)
    when: Mapped[When | None] = mapped_column(WhenText)
    was: Mapped[When | None] = mapped_column(WhenText)
    place: Mapped[Texts | None] = mapped_column(TextsJson)
    status: Mapped[ClaimStatus | None] = mapped_column(_one_of(ClaimStatus, "status"))
    quote: Mapped[str] = mapped_column(Text, default="")
    gist: Mapped[Texts | None] = mapped_column(TextsJson)
    state: Mapped[DraftState] = mapped_column(_one_of(DraftState, "state"))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    decided_by: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")


class RevisionRow(Base):
    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("event_id", "number"), Index(None, "effect_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    number: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(UtcTime)
    recorded_by: Mapped[str | None] = mapped_column(Text)
    is_news: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    undoes: Mapped[int | None]
    known_from: Mapped[datetime | None] = mapped_column(UtcTime)
    """Since when the oldest of its facts is known; None without facts."""
    effect_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it began to be published; None without facts."""


class FactRow(Base):
    """One fact of a revision; `value` in JSON, a When as its EDTF."""

    __tablename__ = "facts"
    __table_args__ = (UniqueConstraint("revision_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    name: Mapped[FactName] = mapped_column(_one_of(FactName, "name"))
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    known_since: Mapped[datetime] = mapped_column(UtcTime)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), index=True)
    settles: Mapped[bool] = mapped_column(default=False, server_default=false())
    redacted: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Taken out for good: only that there was something is still known."""


class StateRow(Base):
    """An event as it was known from one moment up to another: derived from the revisions of that
    event, written anew with each. The present state is the one of now, as is any day's."""

    __tablename__ = "states"
    __table_args__ = (UniqueConstraint("event_id", "known_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    known_from: Mapped[datetime] = mapped_column(UtcTime)
    known_to: Mapped[datetime | None] = mapped_column(UtcTime)
    title: Mapped[Texts] = mapped_column(TextsJson)
    status: Mapped[Status] = mapped_column(_one_of(Status, "status"))
    when: Mapped[When | None] = mapped_column(WhenText)
    place: Mapped[Texts | None] = mapped_column(TextsJson)
    description: Mapped[Texts | None] = mapped_column(TextsJson)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    ordinal: Mapped[int | None]
    sequence: Mapped[int]
    when_no: Mapped[int]
    revision: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    modified_at: Mapped[datetime] = mapped_column(UtcTime)
    when_since: Mapped[datetime] = mapped_column(UtcTime)
    contested: Mapped[list[str]] = mapped_column(Json, server_default="[]")
    """The facts on which claims disagree."""


class OccurrenceRow(Base):
    """One date of a state. Pages and reminders ask here; no instant is kept, so a zone's new
    rules make nothing stale."""

    __tablename__ = "occurrences"
    __table_args__ = (Index(None, "ends_on", "sort_key"), Index(None, "starts_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("states.id", ondelete="CASCADE"), index=True)
    when: Mapped[When] = mapped_column(WhenText)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    sort_key: Mapped[str] = mapped_column(Key)


class RenditionRow(Base):
    """A state as one finished VEVENT in one language, rendered once and kept with it."""

    __tablename__ = "renditions"
    __table_args__ = (UniqueConstraint("state_id", "lang"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int] = mapped_column(ForeignKey("states.id", ondelete="CASCADE"))
    lang: Mapped[str] = mapped_column(Text)
    made_with: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PublicationRow(Base):
    """A finished feed: the bytes in each coding with their ETags."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("feed_id", "lang", "vague"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"))
    lang: Mapped[str] = mapped_column(Text)
    vague: Mapped[Vague] = mapped_column(_one_of(Vague, "vague"))
    plain: Mapped[bytes] = mapped_column(LargeBinary)
    gzip: Mapped[bytes] = mapped_column(LargeBinary)
    brotli: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(Text)
    events: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcTime)
    built_from: Mapped[int]


class CounterRow(Base):
    """`facts` grows with every revision, `publications` with every feed that changed."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[int]


class NoteRow(Base):
    """What a database knows of itself: which clock it was made with, what was loaded."""

    __tablename__ = "notes"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class JobRow(Base):
    """How far a scheduled job has come; `covered_until` is on the calendar's clock."""

    __tablename__ = "jobs"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    covered_until: Mapped[datetime] = mapped_column(UtcTime)
    finished_at: Mapped[datetime] = mapped_column(UtcTime)


class SubscriberRow(Base):
    __tablename__ = "subscribers"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text, unique=True)
    key_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)


class SubscriptionRow(Base):
    """A wish; until it is confirmed it may stand beside the confirmed one it will replace."""

    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscribers.id"))
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), index=True)
    lead_minutes: Mapped[list[int]] = mapped_column(Json)
    lang: Mapped[str] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)


_CONFIRMED = SubscriptionRow.confirmed_at.is_not(None)
Index(
    "uq_subscriptions_confirmed",
    SubscriptionRow.subscriber_id,
    SubscriptionRow.feed_id,
    unique=True,
    sqlite_where=_CONFIRMED,
    postgresql_where=_CONFIRMED,
)
Index(
    "uq_subscriptions_pending",
    SubscriptionRow.subscriber_id,
    SubscriptionRow.feed_id,
    unique=True,
    sqlite_where=~_CONFIRMED,
    postgresql_where=~_CONFIRMED,
)


class DeliveryRow(Base):
    """`due_at` is on the calendar's clock, the other moments on the database's."""

    __tablename__ = "deliveries"
    __table_args__ = (Index(None, "state", "next_attempt_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key, unique=True)
    kind: Mapped[DeliveryKind] = mapped_column(_one_of(DeliveryKind, "kind"))
    subscriber_id: Mapped[int | None] = mapped_column(ForeignKey("subscribers.id"), index=True)
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    lead_minutes: Mapped[int | None]
    when_no: Mapped[int | None]
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    queued_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[DeliveryState] = mapped_column(_one_of(DeliveryState, "state"))
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    message_id: Mapped[str | None] = mapped_column(Text)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    reason: Mapped[str | None] = mapped_column(Text)


class EditorRow(Base):
    """Who may edit. `password` is an argon2 hash; until one is chosen nobody signs in."""

    __tablename__ = "editors"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[Role] = mapped_column(_one_of(Role, "role"))
    key_version: Mapped[int] = mapped_column(default=1)
    password: Mapped[str | None] = mapped_column(Text)
    second_factor: Mapped[str | None] = mapped_column(Text)
    """The secret that its authenticator shares with us (RFC 6238)."""
    last_step: Mapped[int | None]
    """The time step of the last code: none serves twice."""
    recovery_codes: Mapped[list[str]] = mapped_column(Json)
    """Hashes of those that were not used yet."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcTime)


class SessionRow(Base):
    """A browser in which an editor is signed in; the cookie holds what `token_hash` is of."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), index=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    browser: Mapped[str] = mapped_column(Text)


class AttemptRow(Base):
    """A failure that is counted, so that the next is slower; `subject` is a keyed hash."""

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)


class AuditRow(Base):
    """Who did what on the desk, and what was refused; kept whatever becomes of its subject."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"), index=True)
    who: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
