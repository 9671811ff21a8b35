"""Draft: an event, or an amendment of one, proposed from an article and not accepted yet."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When


class DraftState(StrEnum):
    """A draft's life: waiting → accepted | rejected."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Proposal:
    """What an article seems to say. `event` is the uid of the meeting it is about, None for one
    that isn't known yet: that needs a title. `was` is the old date of one that moved."""

    event: str | None
    title: Texts | None
    series: str | None
    ordinal: int | None
    when: When | None
    was: When | None
    place: Texts | None
    status: ClaimStatus | None
    quote: str = ""
    gist: Texts | None = None


@dataclass(frozen=True)
class Draft:
    """A proposal, the article it came from, and what became of it."""

    id: int
    article: Article
    proposal: Proposal
    state: DraftState
    made_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str = ""
