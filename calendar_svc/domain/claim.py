"""Claim: what one origin says of one event, in which words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calendar_svc.domain.article import Article
from calendar_svc.domain.event import Status
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When


class Origin(StrEnum):
    """Who says so."""

    ARTICLE = "article"
    CALENDAR = "calendar"
    EDITOR = "editor"


class ClaimStatus(StrEnum):
    """What an origin says of how a meeting stands."""

    SCHEDULED = "scheduled"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Claim:
    """What one origin says. `quote` is in the origin's own words and may be empty; `gist` is in
    ours, by language, and shown as such."""

    key: str
    event: str
    """The uid of the event."""
    origin: Origin
    since: datetime
    """From when on it was known: the publication day's first moment, or the moment of recording."""
    when: When | None = None
    place: Texts | None = None
    status: ClaimStatus | None = None
    quote: str = ""
    gist: Texts | None = None
    article: Article | None = None


def drafted_status(claimed: ClaimStatus, when: When | None) -> Status:
    """The status an event gets from a claim: scheduled means confirmed once the day is known."""
    if claimed is ClaimStatus.SCHEDULED:
        return Status.TENTATIVE if when is None or when.is_vague else Status.CONFIRMED
    return Status(claimed.value)
