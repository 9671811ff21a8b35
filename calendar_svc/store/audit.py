"""The audit log: who did what on the desk, and what was refused. Lines are only ever added."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from calendar_svc.domain.account import Act, Editor, Entry
from calendar_svc.store.base import database_now
from calendar_svc.store.tables import AuditRow

LONGEST = 500
"""Letters of a subject or a detail that are kept."""


def record(
    db: Session,
    what: Act,
    *,
    by: Editor | None,
    subject: str = "",
    detail: str = "",
    who: str = "",
) -> None:
    """Add a line, on the wall clock. `who` where it was no editor, else their name or address.

    Nothing secret belongs here: no password, code, token, and no value of a refused form."""
    db.add(
        AuditRow(
            at=database_now(db),
            editor_id=by.id if by else None,
            who=_one_line(by.name or by.email if by else who),
            what=what,
            subject=_one_line(subject),
            detail=_one_line(detail),
        )
    )
    db.flush()


def latest(
    db: Session, *, limit: int, before_id: int | None = None, what: Act | None = None
) -> list[Entry]:
    """Up to `limit` lines, the newest first: of one kind, older than a line, or all."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(AuditRow.id < before_id)
    if what is not None:
        query = query.where(AuditRow.what == what)
    return [_entry(row) for row in db.scalars(query)]


def _one_line(text: str) -> str:
    # neither database nor page takes a NUL; line breaks would make one line look like two
    return " ".join(text.replace("\0", " ").split())[:LONGEST]


def _entry(row: AuditRow) -> Entry:
    return Entry(
        id=row.id, at=row.at, who=row.who, what=row.what, subject=row.subject, detail=row.detail
    )
