"""Account: who may edit, in which role; and what the audit log keeps of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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


class Act(StrEnum):
    """What the audit log keeps."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_REFUSED = "sign-in refused"
    PASSWORD_SET = "password set"
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


@dataclass(frozen=True)
class Entry:
    """A line of the audit log; `at` is on the wall clock, `subject` what it was done to."""

    at: datetime
    who: str
    what: str
    subject: str
    detail: str
