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
    OVERLAPS = "overlaps"
    """Both can be true, and neither says all of it."""
    CONTRADICTS = "contradicts"


def relate_when(new: When, known: When) -> Relation:
    """A date sharpens another if it begins on a day that the other leaves open: `2025-10` by
    `2025-10-31/2025-11-01`, a day by its hour or by the last day."""
    neither = Relation.OVERLAPS if _can_both_hold(new, known) else Relation.CONTRADICTS
    return _relation(_fits_when(new, known), _fits_when(known, new), neither)


def relate_place(new: Texts, known: Texts) -> Relation:
    """A place sharpens another if it has all of its words: “Johor” by “Desaru, Johor”.

    Places in different languages are not compared: nothing here translates."""
    shared = [lang for lang in known if lang in new]
    fits = _fits_place(new, known, shared), _fits_place(known, new, shared)
    return _relation(*fits, Relation.CONTRADICTS)


def follows(earlier: ClaimStatus, later: ClaimStatus) -> bool:
    """Whether one status comes after another in the life of a meeting, so that an older claim of
    the first is no objection to the second."""
    return earlier is later or earlier in (ClaimStatus.SCHEDULED, ClaimStatus.POSTPONED)


def claimed_status(status: Status) -> ClaimStatus:
    """What an origin would have to say for an event to stand like this."""
    expected = status in (Status.TENTATIVE, Status.CONFIRMED)
    return ClaimStatus.SCHEDULED if expected else ClaimStatus(status.value)


def _relation(says_all: bool, says_no_more: bool, neither: Relation) -> Relation:
    if says_all and says_no_more:
        return Relation.AGREES
    if says_all:
        return Relation.SHARPENS
    return Relation.BLURS if says_no_more else neither


Days = tuple[date, date]
"""The first and the last day of what is possible."""


def _fits_when(fine: When, coarse: When) -> bool:
    """Whether `fine` says all that `coarse` says."""
    if not _fits_end(fine.starts, fine.start, coarse.starts, coarse.start):
        return False
    if coarse.ends is None:
        return True
    return fine.ends is not None and _fits_end(fine.ends, fine.end, coarse.ends, coarse.end)


def _fits_end(fine: Days, fine_point: Point, coarse: Days, coarse_point: Point) -> bool:
    if coarse_point.instant is not None:
        # one moment may be on two days, in two zones
        return fine_point.instant == coarse_point.instant
    return coarse[0] <= fine[0] and fine[1] <= coarse[1]


def _can_both_hold(one: When, other: When) -> bool:
    """Whether a meeting could begin as both say, and end so where both say that."""
    if not _meet(one.starts, one.start, other.starts, other.start):
        return False
    if one.ends is None or other.ends is None:
        return True
    return _meet(one.ends, one.end, other.ends, other.end)


def _meet(one: Days, point: Point, other: Days, other_point: Point) -> bool:
    if point.instant is not None and other_point.instant is not None:
        return point.instant == other_point.instant
    return one[0] <= other[1] and other[0] <= one[1]


def _fits_place(fine: Texts, coarse: Texts, languages: Iterable[str]) -> bool:
    return all(_words(coarse[lang]) <= _words(fine[lang]) for lang in languages)


def _words(text: str) -> frozenset[str]:
    # a letter and its accent are one character or two, as each newsroom's keyboard has it
    return frozenset(re.findall(r"\w+", normalize("NFC", text).casefold()))
