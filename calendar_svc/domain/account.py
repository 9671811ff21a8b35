"""Account: who may edit, in which role; and what the audit log keeps of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from calendar_svc.domain.errors import Refused

SESSION_UNUSED, SESSION_LASTS = timedelta(hours=12), timedelta(days=7)
"""How long a session lasts without use, and in all."""
QUIET, FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(minutes=1), timedelta(minutes=15)
"""Failures count together until nobody has tried for so long; waits double between the two."""
LONGEST_NAME = 80

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Role(StrEnum):
    """What somebody may do: an administrator also invites, disables and redacts."""

    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Editor:
    """`name` is what readers see of them, and may be empty: then they read “editor”.
    `key_version` is in the links that set a password; raising it revokes those."""

    id: int
    email: str
    name: str
    role: Role
    key_version: int
    has_password: bool = False
    has_second_factor: bool = False
    disabled_at: datetime | None = None

    @property
    def is_administrator(self) -> bool:
        """Whether it is one."""
        return self.role is Role.ADMINISTRATOR


@dataclass(frozen=True)
class Credentials:
    """What an editor proves themselves with: hashes, and the secret of the second factor.

    `last_step` is the time step of the last code that served; `recovery_codes` are the hashes of
    those that didn't."""

    password: str | None = field(repr=False)
    second_factor: str | None = field(repr=False)
    last_step: int | None
    recovery_codes: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class DeskSession:
    """A browser in which an editor is signed in."""

    id: int
    browser: str
    created_at: datetime
    seen_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it ends by itself, if it isn't used any more."""
        return min(self.seen_at + SESSION_UNUSED, self.created_at + SESSION_LASTS)

    def was_just_seen(self, now: datetime) -> bool:
        """Whether that it is used was written down less than a minute ago."""
        return now - self.seen_at < timedelta(minutes=1)


class Act(StrEnum):
    """What the audit log keeps."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_REFUSED = "sign-in refused"
    PASSWORD_SET = "password set"  # noqa: S105 - what was done, no password
    SECOND_FACTOR_SET = "second factor set"
    SECOND_FACTOR_REMOVED = "second factor removed"
    RECOVERY_CODE_USED = "recovery code used"
    SESSION_ENDED = "session ended"
    INVITED = "invited"
    EDITOR_CHANGED = "editor changed"
    EDITOR_DISABLED = "editor disabled"
    EDITOR_ENABLED = "editor enabled"
    REFUSED = "refused"
    EVENT_ADDED = "event added"
    EVENT_AMENDED = "event amended"
    REVISION_UNDONE = "revision undone"
    SETTLED = "settled"
    EVENTS_MERGED = "events merged"
    EVENT_WITHDRAWN = "event withdrawn"
    EVENT_RESTORED = "event restored"
    REDACTED = "redacted"
    SERIES_SAVED = "series saved"
    ARTICLE_SAVED = "article saved"
    DRAFT_MADE = "draft made"
    DRAFT_CHANGED = "draft changed"
    DRAFT_ACCEPTED = "draft accepted"
    DRAFT_REJECTED = "draft rejected"
    SOURCE_ADDED = "source added"
    SOURCE_PAUSED = "source paused"
    SOURCE_RESUMED = "source resumed"
    SOURCE_REMOVED = "source removed"


@dataclass(frozen=True)
class Entry:
    """A line of the audit log; `at` is on the wall clock, `subject` what it was done to."""

    id: int
    at: datetime
    who: str
    what: str
    subject: str
    detail: str


def check_name(text: str) -> str:
    """A display name; it may be empty. Raises Refused for one that is too long, can't be printed
    or is a mail address, since readers see it."""
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        raise Refused(
            "the name has more than %(limit)s letters; shorten it", field="name", limit=LONGEST_NAME
        )
    if _UNPRINTABLE.search(name):
        raise Refused("the name has characters that can't be shown; type it anew", field="name")
    if "@" in name:
        raise Refused("readers see this name; it can't be a mail address", field="name")
    return name


def free_at(failures: Sequence[datetime], allowed: int) -> datetime | None:
    """When one may try again after these failures, in order of time; None: at any time.

    Each from the `allowed`-th on doubles the wait, up to the longest. It begins anew once nobody
    has failed for a quarter of an hour in which they could have tried."""
    count, free = 0, None
    for failure in failures:
        count = 1 if free is None or failure > free + QUIET else count + 1
        # beyond a few doublings the longest is reached anyway
        doubled = FIRST_WAIT * (1 << min(count - allowed, 10)) if count >= allowed else timedelta(0)
        free = failure + min(doubled, LONGEST_WAIT)
    return free if count >= allowed else None
