"""Evidence: which claims a fact rests on, which disagree with it, and what follows from a new one.

A claim that only sharpens what is known is followed; one that says less changes nothing; one
that contradicts stands beside it until a newer fact settles the matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from calendar_svc.domain.claim import (
    Claim,
    ClaimStatus,
    Relation,
    claimed_status,
    drafted_status,
    follows,
    relate_place,
    relate_when,
)
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import (
    CLAIMED,
    Fact,
    FactName,
    FactValue,
    Revision,
    present_facts,
)
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When


def disagreeing(
    revisions: Iterable[Revision], claims: Iterable[Claim], moment: datetime
) -> dict[FactName, list[Claim]]:
    """The claims known by a moment that contradict what holds then and that nothing settled."""
    revisions = list(revisions)
    present = present_facts(revisions, moment)
    settled = _settled(revisions, moment)
    found: dict[FactName, list[Claim]] = {}
    for claim in claims:
        if claim.since > moment:
            continue
        for name in CLAIMED:
            holds = present.get(name)
            if holds is None or holds.claim == claim.key:
                continue
            if name in settled and claim.since <= settled[name]:
                continue
            if contradicts(claim, holds):
                found.setdefault(name, []).append(claim)
    return found


def contradicts(claim: Claim, fact: Fact) -> bool:
    """Whether a claim says something that can't be true together with a fact."""
    value = fact.value
    if fact.name in (FactName.WHEN, FactName.PLACE):
        return relation(claim, fact) is Relation.CONTRADICTS
    if isinstance(value, Status) and claim.status is not None:
        said, holds = claim.status, claimed_status(value)
        agrees = said is holds or (claim.is_redating and holds is ClaimStatus.SCHEDULED)
        older_first = claim.since < fact.known_since and follows(said, holds)
        return not agrees and not older_first
    return False


def differs(claim: Claim, fact: Fact) -> bool:
    """Whether a claim doesn't leave a fact as it is known: it contradicts it, or each says what
    the other doesn't."""
    return contradicts(claim, fact) or relation(claim, fact) is Relation.OVERLAPS


def is_at_odds(claim: Claim, fact: Fact) -> bool:
    """Whether somebody has to say which of the two holds: they differ, and the claim tells no
    change of what is known, like a new date after the old one, or a cancellation."""
    if fact.name is FactName.WHEN and _tells_move(claim, fact.value):
        return False
    if fact.name is FactName.STATUS and claim.status and isinstance(fact.value, Status):
        return differs(claim, fact) and not follows(claimed_status(fact.value), claim.status)
    return differs(claim, fact)


def _tells_move(claim: Claim, known: FactValue) -> bool:
    """Whether a claim says that the meeting moved from the date that is known."""
    if claim.was is None or not isinstance(known, When):
        return claim.is_redating
    return relate_when(claim.was, known) is not Relation.CONTRADICTS


def relation(claim: Claim, known: Fact) -> Relation | None:
    """How a claim's date or place stands to the one that is known; None where either says
    nothing."""
    value = known.value
    if isinstance(value, When) and claim.when is not None:
        return relate_when(claim.when, value)
    if known.name is FactName.PLACE and isinstance(value, Texts) and claim.place is not None:
        return relate_place(claim.place, value)
    return None


def following(claim: Claim, known: Mapping[FactName, Fact], *, settles: bool = False) -> list[Fact]:
    """The facts that follow from a claim, where `known` is what was known up to its day.

    What says less than is known, or the same, or only part of it, makes no fact. `settles`: what
    is at odds is believed, and what was claimed before is decided by it; so is a date that says it
    moved.
    """
    found = []
    for name, value in ((FactName.WHEN, claim.when), (FactName.PLACE, claim.place)):
        if value is None:
            continue
        told = relation(claim, known[name]) if name in known else None
        if told is Relation.OVERLAPS and not (settles or claim.moves):
            continue
        if told not in (Relation.AGREES, Relation.BLURS):
            decides = settles or (name is FactName.WHEN and claim.moves)
            found.append(Fact(name, value, claim.since, claim.key, settles=decides))
    status = _following_status(claim, known, [fact.name for fact in found])
    if status is not None:
        found.append(Fact(FactName.STATUS, status, claim.since, claim.key, settles=settles))
    return found


def ruling(claim: Claim, name: FactName, known: Mapping[FactName, Fact]) -> list[Fact]:
    """The facts that follow where a claim is believed on one fact and no other.

    With a date, a meeting that is to take place becomes confirmed or tentative, and a postponed
    one returns; but a date alone neither holds it nor calls it off.
    """
    said = ClaimStatus.SCHEDULED if claim.is_redating else claim.status
    present = known[FactName.STATUS].value if FactName.STATUS in known else None
    returns = claim.is_redating and present is Status.POSTPONED
    alone = replace(
        claim,
        when=claim.when if name is FactName.WHEN else None,
        place=claim.place if name is FactName.PLACE else None,
        status=said if name is FactName.STATUS or (returns and name is FactName.WHEN) else None,
    )
    return following(alone, known, settles=True)


def _following_status(
    claim: Claim, known: Mapping[FactName, Fact], changed: Iterable[FactName]
) -> Status | None:
    """The status that follows from a claim; None if it stays as it is known."""
    present = known[FactName.STATUS].value if FactName.STATUS in known else None
    moved = FactName.WHEN in changed
    said = claim.status
    returns = claim.was is not None and present is Status.POSTPONED
    if said is None and moved and (returns or present in (Status.TENTATIVE, Status.CONFIRMED)):
        # a day that is known confirms what was expected, and so does the new day of what moved
        said = ClaimStatus.SCHEDULED
    if said is None:
        return None
    if said is ClaimStatus.POSTPONED and claim.when is None:
        status = Status.POSTPONED
    else:
        when = claim.when if moved or FactName.WHEN not in known else known[FactName.WHEN].value
        assert when is None or isinstance(when, When)
        status = drafted_status(said, when)
    return None if status is present else status


def _settled(revisions: Iterable[Revision], moment: datetime) -> dict[FactName, datetime]:
    """Up to when what was claimed of each fact is decided."""
    found: dict[FactName, datetime] = {}
    for revision in revisions:
        for fact in revision.facts:
            if fact.settles and fact.known_since <= moment:
                found[fact.name] = max(fact.known_since, found.get(fact.name, fact.known_since))
    return found
