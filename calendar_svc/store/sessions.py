"""Sessions: the browsers in which editors are signed in."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from calendar_svc.domain.account import SESSION_LASTS, SESSION_UNUSED, DeskSession, Editor
from calendar_svc.store import accounts
from calendar_svc.store.tables import EditorRow, SessionRow


def begin(db: Session, editor: int, token_hash: str, browser: str, *, now: datetime) -> None:
    """Keep a new session; those of this editor that ended by themselves are forgotten."""
    db.execute(delete(SessionRow).where(SessionRow.editor_id == editor, ~_lasts(now)))
    db.add(
        SessionRow(
            editor_id=editor, token_hash=token_hash, created_at=now, seen_at=now, browser=browser
        )
    )
    db.flush()


def find(db: Session, token_hash: str, *, now: datetime) -> tuple[DeskSession, Editor] | None:
    """The session of a token and whose it is; None when it ended, or its editor may not come
    in any more."""
    query = (
        select(SessionRow)
        .join(EditorRow, EditorRow.id == SessionRow.editor_id)
        .where(SessionRow.token_hash == token_hash, _lasts(now), EditorRow.disabled_at.is_(None))
    )
    row = db.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return None
    editor = accounts.get(db, row.editor_id)
    assert editor is not None
    return _session(row), editor


def touch(db: Session, session: int, *, now: datetime) -> None:
    """Say that a session was used."""
    # of two requests at once the later one counts
    still = update(SessionRow).where(SessionRow.id == session, SessionRow.seen_at < now)
    db.execute(still.values(seen_at=now))


def of_editor(db: Session, editor: int, *, now: datetime) -> list[DeskSession]:
    """An editor's sessions, the last used first."""
    query = (
        select(SessionRow)
        .where(SessionRow.editor_id == editor, _lasts(now))
        .order_by(SessionRow.seen_at.desc(), SessionRow.id.desc())
    )
    rows = db.scalars(query.execution_options(populate_existing=True))
    return [_session(row) for row in rows]


def end(db: Session, editor: int, session: int) -> bool:
    """End one session of an editor's; False when they have no such session."""
    mine = delete(SessionRow).where(SessionRow.editor_id == editor, SessionRow.id == session)
    return bool(db.scalars(mine.returning(SessionRow.id)).all())


def end_all(db: Session, editor: int, *, but: int | None = None) -> int:
    """End every session of an editor's but one; how many there were."""
    theirs = delete(SessionRow).where(SessionRow.editor_id == editor)
    if but is not None:
        theirs = theirs.where(SessionRow.id != but)
    return len(db.scalars(theirs.returning(SessionRow.id)).all())


def _lasts(now: datetime) -> ColumnElement[bool]:
    return and_(
        SessionRow.seen_at > now - SESSION_UNUSED, SessionRow.created_at > now - SESSION_LASTS
    )


def _session(row: SessionRow) -> DeskSession:
    return DeskSession(row.id, row.browser, row.created_at, row.seen_at)
