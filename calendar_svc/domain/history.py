"""History: the states of an event that follow from its revisions, and its counters in each.

The counters that calendar programs and reminders go by (`sequence`, `when_no`) follow the
order in which revisions took effect: as they were recorded, or, of what was recorded ahead of
its day on a simulated clock, as it became known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import NamedTuple, TypeVar

from calendar_svc.domain.claim import Claim
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Event, Status, published_status
from calendar_svc.domain.evidence import disagreeing
from calendar_svc.domain.revision import Fact, FactName, FactValue, Ranked, Revision, ranked
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When

T = TypeVar("T")


@dataclass(frozen=True)
class Known:
    """The event as it was known from one moment up to the next; `known_to` None: until now."""

    known_from: datetime
    known_to: datetime | None
    event: Event


@dataclass(frozen=True)
class Counters:
    """Where SEQUENCE and `when_no` stand."""

    sequence: int = 0
    when_no: int = 0


def history(
    uid: str,
    slug: str,
    revisions: Sequence[Revision],
    claims: Sequence[Claim] = (),
    *,
    start: Counters = Counters(),
) -> list[Known]:
    """The states of one event in order of knowledge, without gaps; the last one lasts.

    `start` is where its counters begin. Raises Refused if it has no title in one of them.
    """
    known = {fact.known_since for revision in revisions for fact in revision.facts}
    if not known:
        return []
    # a claim that changed no fact may still disagree from its day on
    said = {claim.since for claim in claims if claim.since > min(known)}
    moments = sorted(known | said)
    return [
        Known(moment, until, _event(uid, slug, revisions, claims, moment, start))
        for moment, until in zip(moments, [*moments[1:], None], strict=True)
    ]


def in_force(states: Iterable[Known], moment: datetime) -> Event | None:
    """The event as it was known at a moment; None before anything was."""
    for known in states:
        if known.known_from <= moment and (known.known_to is None or moment < known.known_to):
            return known.event
    return None


def _event(
    uid: str,
    slug: str,
    revisions: Sequence[Revision],
    claims: Sequence[Claim],
    moment: datetime,
    start: Counters,
) -> Event:
    """The event as of `moment`, with its counters."""
    values = _values(revisions, moment)
    steps = _steps(revisions, moment)
    counted = _count(steps, start)
    title = _as(Texts, values.get(FactName.TITLE))
    if title is None:
        raise Refused("a meeting needs a title")
    return Event(
        uid=uid,
        slug=slug,
        title=title,
        status=_status(values),
        when=_as(When, values.get(FactName.WHEN)),
        place=_as(Texts, values.get(FactName.PLACE)),
        description=_as(Texts, values.get(FactName.DESCRIPTION)),
        series=_as(str, values.get(FactName.SERIES)),
        ordinal=_as(int, values.get(FactName.ORDINAL)),
        sequence=counted.counters.sequence,
        when_no=counted.counters.when_no,
        revision=max(step.number for step in steps),
        created_at=steps[0].at,
        modified_at=steps[-1].at,
        when_since=counted.when_since,
        contested=tuple(sorted(disagreeing(revisions, claims, moment))),
    )


def _values(revisions: Sequence[Revision], moment: datetime) -> dict[FactName, FactValue]:
    """The values that hold at `moment`.

    What an event is (its title, its series) holds before it was first written down, too: older
    evidence taken in late must show under some name. What is said of it does not.
    """
    first: dict[FactName, Ranked] = {}
    for revision in revisions:
        for fact in revision.facts:
            this = Ranked(fact.known_since, revision.number, fact)
            if fact.name in _IDENTITY and (
                fact.name not in first or this[:2] < first[fact.name][:2]
            ):
                first[fact.name] = this
    return {name: one.fact.value for name, one in (first | ranked(revisions, moment)).items()}


_IDENTITY = (FactName.TITLE, FactName.SERIES, FactName.ORDINAL)


@dataclass(frozen=True)
class _Step:
    """What stood published after one revision took effect."""

    at: datetime
    number: int
    values: Mapping[FactName, FactValue]


def _steps(revisions: Sequence[Revision], moment: datetime) -> list[_Step]:
    """One step for each revision and moment at which something of it took effect."""
    taking_effect = sorted(
        (
            (_effect(revision, fact), Ranked(fact.known_since, revision.number, fact))
            for revision in revisions
            for fact in revision.facts
            if fact.known_since <= moment
        ),
        key=lambda one: (one[0], one[1].number),
    )
    holding: dict[FactName, Ranked] = {}
    steps = []
    for (at, number), together in groupby(taking_effect, lambda one: (one[0], one[1].number)):
        for _, this in together:
            held = holding.get(this.fact.name)
            if held is None or this[:2] >= held[:2]:
                holding[this.fact.name] = this
        values = {name: one.fact.value for name, one in holding.items()}
        steps.append(_Step(at, number, values))
    return steps


def _effect(revision: Revision, fact: Fact) -> datetime:
    """When a fact began to be published: when it was recorded, or when it became known if it was
    recorded ahead of that (which only happens in simulated time)."""
    return max(revision.recorded_at, fact.known_since)


class _Counted(NamedTuple):
    counters: Counters
    when_since: datetime


def _count(steps: Sequence[_Step], start: Counters) -> _Counted:
    sequence, when_no, when_since = start.sequence, start.when_no, steps[0].at
    for before, after in pairwise(steps):
        if before.values.get(FactName.WHEN) != after.values.get(FactName.WHEN):
            when_no += 1
            when_since = after.at
        sequence += _published(before.values) != _published(after.values)
    return _Counted(Counters(sequence, when_no), when_since)


def _published(values: Mapping[FactName, FactValue]) -> tuple[FactValue, ...]:
    """What makes SEQUENCE grow: date, STATUS and place as calendar programs see them."""
    when = _as(When, values.get(FactName.WHEN))
    return when, published_status(_status(values), when), values.get(FactName.PLACE)


def _status(values: Mapping[FactName, FactValue]) -> Status:
    status = values.get(FactName.STATUS, Status.TENTATIVE)
    assert isinstance(status, Status)
    return status


def _as(kind: type[T], value: FactValue) -> T | None:
    assert value is None or isinstance(value, kind)
    return value
