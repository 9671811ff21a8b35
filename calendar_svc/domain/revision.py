"""Revision: a numbered, immutable change of an event; what differs, who did it, since when it is
known.

Two times matter: since when a fact was known (`known_since`), and when the revision was
recorded. At any moment that fact holds which has the greatest (`known_since`, number) known by
then, so evidence taken in late completes the past and never overwrites newer knowledge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Status
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When

FactValue = Texts | When | Status | str | int | None


class FactName(StrEnum):
    """What can be known of an event."""

    TITLE = "title"
    STATUS = "status"
    WHEN = "when"
    PLACE = "place"
    DESCRIPTION = "description"
    SERIES = "series"
    ORDINAL = "ordinal"


CLAIMED = (FactName.WHEN, FactName.PLACE, FactName.STATUS)
"""The facts that rest on claims, in the order in which they are told."""


@dataclass(frozen=True)
class Fact:
    """A value, since when it is known, and the key of the claim that says so. `settles`: what
    claims said of it up to then is decided, and disagrees no more."""

    name: FactName
    value: FactValue
    known_since: datetime
    claim: str | None = None
    settles: bool = False


@dataclass(frozen=True)
class Revision:
    """What differs, who recorded it, when and why."""

    number: int
    recorded_at: datetime
    facts: tuple[Fact, ...]
    recorded_by: str | None = None
    """An editor's display name, perhaps empty; None for what the service loaded itself."""
    is_news: bool = True
    reason: str = ""
    undoes: int | None = None
    """The number of the revision that this one takes back."""


class Difference(NamedTuple):
    """What one fact of a revision changed; `old` is what was known just before."""

    fact: Fact
    old: FactValue


def differences(revisions: Sequence[Revision], revision: Revision) -> list[Difference]:
    """What a revision changed, against what was known up to each of its facts: date, place and
    status first. A fact that only settles or repeats is left out."""
    order = [*CLAIMED, *(name for name in FactName if name not in CLAIMED)]
    found = []
    for fact in sorted(revision.facts, key=lambda one: order.index(one.name)):
        old = _before(revisions, fact, revision.number)
        if old != fact.value:
            found.append(Difference(fact, old))
    return found


def undoing(revisions: Sequence[Revision], number: int, *, now: datetime) -> list[Fact]:
    """The facts that take a revision back, known from now on.

    Only what still holds because of it is taken back. Raises Refused when nothing does, and for
    the revision that made the event.
    """
    if number not in [revision.number for revision in revisions]:
        raise Refused("there is no revision %(number)s of this meeting", number=number)
    if number == revisions[0].number:
        raise Refused("the first revision can't be undone; withdraw the meeting instead")
    undone = next(revision for revision in revisions if revision.number == number)
    facts = []
    for fact in undone.facts:
        rest = _beneath(revisions, number, fact.name, now)
        if rest is None:
            continue
        before = present_facts(rest, now).get(fact.name)
        value = before.value if before else nothing(fact.name)
        if value != fact.value:
            claim = before.claim if before else None
            facts.append(Fact(fact.name, value, now, claim, settles=fact.name in CLAIMED))
    if not facts:
        raise Refused("nothing of revision %(number)s is in force any more", number=number)
    return facts


def _beneath(
    revisions: Sequence[Revision], number: int, name: FactName, now: datetime
) -> list[Revision] | None:
    """The revisions on which a fact would rest without that one; None if it doesn't rest on that
    one now. What was taken back since, and what took it back, is left out of both."""
    left = list(revisions)
    while holds := ranked(left, now).get(name):
        if holds.number == number:
            return [revision for revision in left if revision.number != number]
        undoes = next(one.undoes for one in left if one.number == holds.number)
        if undoes is None:
            return None
        left = [revision for revision in left if revision.number not in (holds.number, undoes)]
    return None


def present_facts(revisions: Iterable[Revision], moment: datetime) -> dict[FactName, Fact]:
    """The fact that holds of each name at a moment."""
    return {name: one.fact for name, one in ranked(revisions, moment).items()}


class Ranked(NamedTuple):
    """A fact with what it is ranked by: (since when it is known, number of its revision)."""

    known_since: datetime
    number: int
    fact: Fact


def ranked(revisions: Iterable[Revision], moment: datetime) -> dict[FactName, Ranked]:
    """Per fact the one with the greatest (known_since, number) up to `moment`."""
    found: dict[FactName, Ranked] = {}
    for revision in revisions:
        for fact in revision.facts:
            this = Ranked(fact.known_since, revision.number, fact)
            held = found.get(fact.name)
            if fact.known_since <= moment and (held is None or this[:2] >= held[:2]):
                found[fact.name] = this
    return found


def _before(revisions: Sequence[Revision], fact: Fact, number: int) -> FactValue:
    """What was known of a fact's name just before it."""
    earlier = [
        Ranked(other.known_since, revision.number, other)
        for revision in revisions
        for other in revision.facts
        if other.name is fact.name
        and (other.known_since, revision.number) < (fact.known_since, number)
    ]
    return max(earlier, key=lambda one: one[:2]).fact.value if earlier else None


def nothing(name: FactName) -> FactValue:
    """The value of a fact of which nothing is known."""
    return Status.TENTATIVE if name is FactName.STATUS else None
