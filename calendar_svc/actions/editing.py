"""Change what is known of an event: every change is a revision."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from calendar_svc.domain.errors import Conflict
from calendar_svc.domain.revision import Effect, Fact, Revision, history
from calendar_svc.store import counters, events, facts, notes


def record(
    db: Session,
    uid: str,
    changes: Sequence[Fact],
    *,
    by: str | None,
    now: datetime,
    seen: int | None = None,
) -> Revision:
    """Record a change of an event as its next revision, and work out its states anew.

    `seen` is the revision that the change was made from; raises Conflict if another came since.
    """
    revisions = facts.revisions_of(db, uid)
    last = revisions[-1].number if revisions else 0
    if seen is not None and seen != last:
        raise Conflict("somebody else changed this meeting meanwhile; look at it again")
    revision = Revision(last + 1, now, tuple(changes), by)
    facts.add_revision(db, uid, revision)
    _work_out(db, uid, [*revisions, revision])
    counters.bump(db, counters.FACTS)
    return revision


def work_out(db: Session, uid: str) -> None:
    """Derive an event's states from its revisions, as recording one does."""
    _work_out(db, uid, facts.revisions_of(db, uid))


def _work_out(db: Session, uid: str, revisions: Sequence[Revision]) -> None:
    slug = events.slug_of(db, uid)
    assert slug is not None
    simulated = notes.read(db, notes.CLOCK) == notes.SIMULATED
    effect = Effect.KNOWN if simulated else Effect.RECORDED
    events.save_history(db, uid, history(uid, slug, revisions, effect))
