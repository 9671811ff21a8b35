"""News: what a revision tells, in one word, and the history of an event as it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calendar_svc.domain.claim import Relation, relate_when
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import (
    CLAIMED,
    Difference,
    FactName,
    FactValue,
    Revision,
    differences,
    nothing,
    present_facts,
)
from calendar_svc.domain.when import When


class News(StrEnum):
    """What happened, the weightiest first."""

    ANNOUNCED = "announced"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    HELD = "held"
    RESUMED = "resumed"
    """It is to take place after all."""
    MOVED = "moved"
    DATED = "dated"
    """A date that was vague or unknown is known to the day."""
    SHARPENED = "sharpened"
    BLURRED = "blurred"
    """Less is known of the date than before."""
    PLACED = "placed"
    """The place was announced or changed."""
    CORRECTED = "corrected"


@dataclass(frozen=True)
class Told:
    """A revision as it is told: what it changed of what was known, as far as that was known."""

    revision: Revision
    news: News
    changes: tuple[Difference, ...]
    known_since: datetime
    """Since when the newest of it is known."""


def told(revisions: Sequence[Revision], at: datetime) -> list[Told]:
    """The history of an event as it was known at a moment, the newest knowledge first."""
    found = []
    for revision in revisions:
        # of one whose facts were all taken out, only that it was recorded is left
        moments = [fact.known_since for fact in revision.facts] or [revision.recorded_at]
        known = [moment for moment in moments if moment <= at]
        changes = tuple(
            one for one in differences(revisions, revision) if one.fact.known_since <= at
        )
        if known:
            news = headline(changes, is_first=revision is revisions[0])
            found.append(Told(revision, news, changes, max(known)))
    return sorted(found, key=lambda one: (one.known_since, one.revision.number), reverse=True)


SHOWN = (FactName.TITLE, *CLAIMED)
"""The facts that are news when they change."""


def is_news(before: Sequence[Revision], revision: Revision) -> bool:
    """Whether readers see something else from a revision on, or from when it becomes known."""
    moment = max([revision.recorded_at, *(fact.known_since for fact in revision.facts)])
    return _shown(before, moment) != _shown([*before, revision], moment)


def _shown(revisions: Sequence[Revision], moment: datetime) -> list[FactValue]:
    present = present_facts(revisions, moment)
    return [present[name].value if name in present else nothing(name) for name in SHOWN]


def headline(changes: Sequence[Difference], *, is_first: bool = False) -> News:
    """The weightiest of what changed."""
    if is_first:
        return News.ANNOUNCED
    by_name = {change.fact.name: change for change in changes}
    status, when = by_name.get(FactName.STATUS), by_name.get(FactName.WHEN)
    if status is not None:
        called_off = {
            Status.CANCELLED: News.CANCELLED,
            Status.POSTPONED: News.POSTPONED,
            Status.HELD: News.HELD,
        }
        if isinstance(status.fact.value, Status) and status.fact.value in called_off:
            return called_off[status.fact.value]
        if status.old in called_off:
            return News.RESUMED
    if when is not None:
        return _of_date(when)
    return News.PLACED if FactName.PLACE in by_name else News.CORRECTED


def _of_date(change: Difference) -> News:
    new, old = change.fact.value, change.old
    if not isinstance(new, When):
        return News.BLURRED
    relation = relate_when(new, old) if isinstance(old, When) else Relation.SHARPENS
    match relation:
        case Relation.CONTRADICTS:
            return News.MOVED
        case Relation.BLURS:
            return News.BLURRED
        case _:
            was_open = not isinstance(old, When) or old.starts_vaguely
            return News.DATED if was_open and not new.starts_vaguely else News.SHARPENED
