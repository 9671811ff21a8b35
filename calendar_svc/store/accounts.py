"""Editors: who may come in, and what they prove themselves with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from calendar_svc.domain.account import Credentials, Editor, Role
from calendar_svc.store.base import insert
from calendar_svc.store.tables import EditorRow


def add(db: Session, email: str, name: str, role: Role, *, now: datetime) -> Editor | None:
    """A new editor without a password; None when there is one of that address."""
    values = {
        "email": email,
        "name": name,
        "role": role,
        "key_version": 1,
        "recovery_codes": [],
        "created_at": now,
    }
    # two at once for one address: the second is told
    statement = insert(db, EditorRow).values(values).on_conflict_do_nothing()
    made = db.scalars(statement.returning(EditorRow.id)).one_or_none()
    return None if made is None else get(db, made)


def get(db: Session, editor: int) -> Editor | None:
    """The editor of that number, or None."""
    row = db.get(EditorRow, editor, populate_existing=True)
    return _editor(row) if row else None


def find(db: Session, email: str) -> Editor | None:
    """The editor of an address, or None."""
    query = select(EditorRow).where(EditorRow.email == email)
    row = db.scalars(query.execution_options(populate_existing=True)).one_or_none()
    return _editor(row) if row else None


def every(db: Session) -> list[Editor]:
    """All editors, by address; those who were disabled too."""
    query = select(EditorRow).order_by(EditorRow.email)
    return [_editor(row) for row in db.scalars(query.execution_options(populate_existing=True))]


def administrators(db: Session) -> set[int]:
    """The administrators who aren't disabled. They are held until this transaction ends, so that
    two of them can't put each other out at once."""
    query = (
        select(EditorRow.id)
        .where(EditorRow.role == Role.ADMINISTRATOR, EditorRow.disabled_at.is_(None))
        .order_by(EditorRow.id)
        .with_for_update()
    )
    return set(db.scalars(query))


def credentials(db: Session, editor: int) -> Credentials:
    """What an editor proves themselves with, as it stands now."""
    row = db.get_one(EditorRow, editor, populate_existing=True)
    return Credentials(row.password, row.second_factor, row.last_step, tuple(row.recovery_codes))


def change(db: Session, editor: int, *, name: str, role: Role) -> None:
    """Give an editor a name and a role."""
    _update(db, editor, name=name, role=role)


def disable(db: Session, editor: int, *, now: datetime) -> None:
    """Let an editor in no more; the links that were sent to them end as well."""
    _update(db, editor, disabled_at=now, key_version=EditorRow.key_version + 1)


def enable(db: Session, editor: int) -> None:
    """Let an editor in again."""
    _update(db, editor, disabled_at=None)


def set_password(db: Session, editor: int, hashed: str, *, key_version: int) -> bool:
    """Set a password, which closes every link that sets one. False when the links of that
    version were closed already."""
    statement = (
        update(EditorRow)
        .where(EditorRow.id == editor, EditorRow.key_version == key_version)
        .values(password=hashed, key_version=key_version + 1)
    )
    return bool(db.scalars(statement.returning(EditorRow.id)).all())


def rehash(db: Session, editor: int, hashed: str, *, was: str) -> None:
    """Keep the same password under a newer hash."""
    statement = update(EditorRow).where(EditorRow.id == editor, EditorRow.password == was)
    db.execute(statement.values(password=hashed))


def set_second_factor(
    db: Session, editor: int, secret: str, *, last_step: int, recovery_codes: Sequence[str]
) -> None:
    """Keep the secret of a second factor, and the hashes of the codes that stand in for it."""
    _update(
        db,
        editor,
        second_factor=secret,
        last_step=last_step,
        recovery_codes=list(recovery_codes),
    )


def remove_second_factor(db: Session, editor: int) -> None:
    """Forget the second factor and its recovery codes."""
    _update(db, editor, second_factor=None, last_step=None, recovery_codes=[])


def spend_step(db: Session, editor: int, step: int) -> bool:
    """Use the code of a time step; False when it or a later one served before."""
    unused = or_(EditorRow.last_step.is_(None), EditorRow.last_step < step)
    statement = update(EditorRow).where(EditorRow.id == editor, unused).values(last_step=step)
    return bool(db.scalars(statement.returning(EditorRow.id)).all())


def spend_recovery_code(db: Session, editor: int, hashed: str) -> bool:
    """Use a recovery code; False when there is none of that hash (any more)."""
    query = select(EditorRow.recovery_codes).where(EditorRow.id == editor).with_for_update()
    codes = db.scalars(query).one()
    if hashed not in codes:
        return False
    _update(db, editor, recovery_codes=[code for code in codes if code != hashed])
    return True


def count(db: Session) -> int:
    """How many editors there are, disabled ones too."""
    return db.scalars(select(func.count()).select_from(EditorRow)).one()


def _update(db: Session, editor: int, **values: Any) -> None:
    db.execute(update(EditorRow).where(EditorRow.id == editor).values(**values))


def _editor(row: EditorRow) -> Editor:
    return Editor(
        id=row.id,
        email=row.email,
        name=row.name,
        role=row.role,
        key_version=row.key_version,
        has_password=row.password is not None,
        has_second_factor=row.second_factor is not None,
        disabled_at=row.disabled_at,
    )
