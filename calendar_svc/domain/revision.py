"""Revision: a numbered, immutable change of an event, and the states that follow from them.

Two times matter: since when a fact was known (`known_since`), and when the revision was
recorded. The state as of a moment takes for each fact the value with the greatest
(`known_since`, number) known by then, so evidence taken in late completes the past and never
overwrites newer knowledge.

The counters that calendar programs and reminders go by (`sequence`, `when_no`) follow the
order in which the service learned, because that is what was published: by recording on a real
clock, by `known_since` on a simulated one, where a revision takes effect as it becomes known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from calendar_svc.domain.event import Event, Status, published_status
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When

FactValue = Texts | When | Status | str | int | None
T = TypeVar("T")


class FactName(StrEnum):
    """What can be known of an event."""

    TITLE = "title"
    STATUS = "status"
    WHEN = "when"
    PLACE = "place"
    DESCRIPTION = "description"
    SERIES = "series"
    ORDINAL = "ordinal"


@dataclass(frozen=True)
class Fact:
    """A value, since when it is known, and the key of the claim that says so."""

    name: FactName
    value: FactValue
    known_since: datetime
    claim: str | None = None


@dataclass(frozen=True)
class Revision:
    """What differs, who recorded it and when."""

    number: int
    recorded_at: datetime
    facts: tuple[Fact, ...]
    recorded_by: str | None = None
    """An editor's display name; None for what the service loaded itself."""
    is_news: bool = True


@dataclass(frozen=True)
class Known:
    """The event as it was known from one moment up to the next; `known_to` None: until now."""

    known_from: datetime
    known_to: datetime | None
    event: Event


class Effect(StrEnum):
    """When a revision takes effect."""

    RECORDED = "recorded"
    KNOWN = "known"


def history(uid: str, slug: str, revisions: Sequence[Revision], effect: Effect) -> list[Known]:
    """The states of one event in order of knowledge, without gaps; the last one lasts."""
    facts = [(revision, fact) for revision in revisions for fact in revision.facts]
    moments = sorted({fact.known_since for _, fact in facts})
    if not moments:
        return []
    return [
        Known(moment, until, _event(uid, slug, revisions, moment, effect))
        for moment, until in zip(moments, [*moments[1:], None], strict=True)
    ]


def _event(
    uid: str, slug: str, revisions: Sequence[Revision], moment: datetime, effect: Effect
) -> Event:
    """The event as of `moment`, with its counters."""
    values = _values(revisions, moment)
    steps = _steps(revisions, moment, effect)
    counters = _count(steps)
    status = values.get(FactName.STATUS, Status.TENTATIVE)
    title = values[FactName.TITLE]
    assert isinstance(title, Texts) and isinstance(status, Status)
    return Event(
        uid=uid,
        slug=slug,
        title=title,
        status=status,
        when=_as(When, values.get(FactName.WHEN)),
        place=_as(Texts, values.get(FactName.PLACE)),
        description=_as(Texts, values.get(FactName.DESCRIPTION)),
        series=_as(str, values.get(FactName.SERIES)),
        ordinal=_as(int, values.get(FactName.ORDINAL)),
        sequence=counters.sequence,
        when_no=counters.when_no,
        revision=max(step.number for step in steps),
        created_at=steps[0].at,
        modified_at=steps[-1].at,
        when_since=counters.when_since,
    )


def _values(revisions: Iterable[Revision], moment: datetime) -> dict[FactName, FactValue]:
    """Per fact the value with the greatest (known_since, number) up to `moment`.

    What an event is (its title, its series) holds before it was first written down, too: older
    evidence taken in late must show under some name. What is said of it does not.
    """
    known: dict[FactName, tuple[tuple[datetime, int], FactValue]] = {}
    first: dict[FactName, tuple[tuple[datetime, int], FactValue]] = {}
    for revision in revisions:
        for fact in revision.facts:
            rank = (fact.known_since, revision.number)
            if fact.known_since <= moment and (
                fact.name not in known or rank >= known[fact.name][0]
            ):
                known[fact.name] = (rank, fact.value)
            if fact.name not in first or rank < first[fact.name][0]:
                first[fact.name] = (rank, fact.value)
    identity = (FactName.TITLE, FactName.SERIES, FactName.ORDINAL)
    return {name: value for name, (_, value) in first.items() if name in identity} | {
        name: value for name, (_, value) in known.items()
    }


@dataclass(frozen=True)
class _Step:
    """What stood published after one revision took effect."""

    at: datetime
    number: int
    values: Mapping[FactName, FactValue]


def _steps(revisions: Sequence[Revision], moment: datetime, effect: Effect) -> list[_Step]:
    if effect is Effect.RECORDED:
        return [
            _Step(revision.recorded_at, revision.number, _values(revisions[: place + 1], moment))
            for place, revision in enumerate(revisions)
            if any(fact.known_since <= moment for fact in revision.facts)
        ]
    # one step for each (known_since, number), so that two revisions known since the same
    # moment count as two
    ranks = sorted(
        {
            (fact.known_since, revision.number)
            for revision in revisions
            for fact in revision.facts
            if fact.known_since <= moment
        }
    )
    return [_Step(rank[0], rank[1], _values(_up_to(revisions, rank), moment)) for rank in ranks]


def _up_to(revisions: Sequence[Revision], rank: tuple[datetime, int]) -> list[Revision]:
    """The revisions with only the facts of a rank up to `rank`."""
    return [
        Revision(
            number=revision.number,
            recorded_at=revision.recorded_at,
            facts=tuple(
                fact for fact in revision.facts if (fact.known_since, revision.number) <= rank
            ),
        )
        for revision in revisions
    ]


@dataclass(frozen=True)
class _Counters:
    sequence: int
    when_no: int
    when_since: datetime


def _count(steps: Sequence[_Step]) -> _Counters:
    counters = _Counters(0, 0, steps[0].at)
    for before, after in pairwise(steps):
        moved = before.values.get(FactName.WHEN) != after.values.get(FactName.WHEN)
        counters = _Counters(
            counters.sequence + (_published(before.values) != _published(after.values)),
            counters.when_no + moved,
            after.at if moved else counters.when_since,
        )
    return counters


def _published(values: Mapping[FactName, FactValue]) -> tuple[FactValue, ...]:
    """What makes SEQUENCE grow: date, STATUS and place as calendar programs see them."""
    when = _as(When, values.get(FactName.WHEN))
    status = values.get(FactName.STATUS, Status.TENTATIVE)
    assert isinstance(status, Status)
    return when, published_status(status, when), values.get(FactName.PLACE)


def _as(kind: type[T], value: FactValue) -> T | None:
    assert value is None or isinstance(value, kind)
    return value
