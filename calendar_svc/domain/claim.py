"""Claim: what one origin says of one event, in which words; and how two of them stand to each
other: one agrees with another, sharpens it, says less, or contradicts it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from unicodedata import normalize

from calendar_svc.domain.article import Article
from calendar_svc.domain.event import Status
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import Point, When


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
    was: When | None = None
    """The old date, where the origin says that the meeting moved."""
    said_by: str | None = None
    """The display name of the editor whose word it is."""

    @property
    def moves(self) -> bool:
        """Whether it says that older dates no longer hold."""
        return self.was is not None or self.is_redating

    @property
    def is_redating(self) -> bool:
        """Whether it is a postponement that names the new date."""
        return self.status is ClaimStatus.POSTPONED and self.when is not None


def drafted_status(claimed: ClaimStatus, when: When | None) -> Status:
    """The status an event gets from a claim: scheduled means confirmed once the day is known,
    and so does postponed with a new date."""
    if claimed is ClaimStatus.SCHEDULED or (claimed is ClaimStatus.POSTPONED and when):
        return Status.TENTATIVE if when is None or when.is_vague else Status.CONFIRMED
    return Status(claimed.value)


class Relation(StrEnum):
    """How what is new stands to what is known."""

    AGREES = "agrees"
    SHARPENS = "sharpens"
    """It fits what is known and says more."""
    BLURS = "blurs"
    """It fits what is known and says less."""
    CONTRADICTS = "contradicts"


def relate_when(new: When, known: When) -> Relation:
    """A date sharpens another if it begins on a day that the other leaves open: `2025-10` by
    `2025-10-31/2025-11-01`, a day by its hour or by the last day."""
    return _relation(_fits_when(new, known), _fits_when(known, new))


def relate_place(new: Texts, known: Texts) -> Relation:
    """A place sharpens another if it has all of its words: “Johor” by “Desaru, Johor”.

    Places in different languages are not compared: nothing here translates."""
    shared = [lang for lang in known if lang in new]
    return _relation(_fits_place(new, known, shared), _fits_place(known, new, shared))


def follows(earlier: ClaimStatus, later: ClaimStatus) -> bool:
    """Whether one status comes after another in the life of a meeting, so that an older claim of
    the first is no objection to the second."""
    return earlier is later or earlier in (ClaimStatus.SCHEDULED, ClaimStatus.POSTPONED)


def claimed_status(status: Status) -> ClaimStatus:
    """What an origin would have to say for an event to stand like this."""
    expected = status in (Status.TENTATIVE, Status.CONFIRMED)
    return ClaimStatus.SCHEDULED if expected else ClaimStatus(status.value)


def _relation(says_all: bool, says_no_more: bool) -> Relation:
    if says_all and says_no_more:
        return Relation.AGREES
    if says_all:
        return Relation.SHARPENS
    return Relation.BLURS if says_no_more else Relation.CONTRADICTS


def _fits_when(fine: When, coarse: When) -> bool:
    """Whether `fine` says all that `coarse` says."""
    if not _lies_in(fine.starts, coarse.starts) or not _same_clock(fine.start, coarse.start):
        return False
    if coarse.ends is None:
        return True
    return (
        fine.ends is not None
        and _lies_in(fine.ends, coarse.ends)
        and _same_clock(fine.end, coarse.end)
    )


def _lies_in(inner: tuple[date, date], outer: tuple[date, date]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _same_clock(fine: Point, coarse: Point) -> bool:
    return coarse.instant is None or fine.instant == coarse.instant


def _fits_place(fine: Texts, coarse: Texts, languages: Iterable[str]) -> bool:
    return all(_words(coarse[lang]) <= _words(fine[lang]) for lang in languages)


def _words(text: str) -> frozenset[str]:
    # a letter and its accent are one character or two, as each newsroom's keyboard has it
    return frozenset(re.findall(r"\w+", normalize("NFC", text).casefold()))
