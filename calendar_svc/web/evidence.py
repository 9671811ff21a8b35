"""What says so: the claims of a meeting beside the facts that rest on them, and its history."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from calendar_svc.domain.claim import Claim
from calendar_svc.domain.evidence import disagreeing
from calendar_svc.domain.news import Told, told
from calendar_svc.domain.revision import CLAIMED, Fact, FactName, Revision, present_facts
from calendar_svc.store import facts


@dataclass(frozen=True)
class Evidence:
    """All that was said of a meeting up to a moment, and what became of it."""

    claims: list[Claim]
    """The newest first."""
    holding: dict[FactName, Fact]
    """What holds now."""
    against: dict[FactName, list[Claim]]
    """The claims that disagree with it, by fact."""
    history: list[Told]
    """The newest first."""
    redacted: list[tuple[int, FactName]]
    """What was taken out of the history: number of the revision, and which fact."""
    recorded_by: dict[FactName, str | None]
    """Who recorded what holds."""

    @property
    def number(self) -> int:
        """Of the last revision known."""
        return max((one.revision.number for one in self.history), default=0)

    def claim(self, fact: FactName) -> Claim | None:
        """The claim that a fact rests on."""
        holds = self.holding.get(fact)
        return self.claim_of(holds.claim) if holds else None

    def claim_of(self, key: str | None) -> Claim | None:
        """The claim of that key."""
        return next((claim for claim in self.claims if claim.key == key), None)

    def place_of(self, claim: Claim) -> int:
        """Where a claim stands in the list, for links."""
        return self.claims.index(claim) + 1

    def shown_by(self, claim: Claim) -> list[FactName]:
        """The facts that rest on a claim."""
        return [name for name in CLAIMED if (one := self.claim(name)) and one.key == claim.key]

    def denied_by(self, claim: Claim) -> list[FactName]:
        """The facts that a claim disagrees with."""
        return [name for name, claims in self.against.items() if claim in claims]


def gather(db: Session, uid: str, at: datetime) -> Evidence:
    """What was known of a meeting at a moment, and why."""
    revisions, claims = facts.revisions_of(db, uid), facts.claims_of(db, uid, at)
    history = told(revisions, at)
    known = {one.revision.number for one in history}
    holding = present_facts(revisions, at)
    return Evidence(
        claims=claims,
        holding=holding,
        against=disagreeing(revisions, claims, at),
        history=history,
        redacted=[one for one in facts.redacted_facts(db, uid) if one[0] in known],
        recorded_by={name: _recorded_by(revisions, fact) for name, fact in holding.items()},
    )


def _recorded_by(revisions: list[Revision], fact: Fact) -> str | None:
    return next((one.recorded_by for one in reversed(revisions) if fact in one.facts), None)
