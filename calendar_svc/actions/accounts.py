"""Who may come in: invite, change, disable and enable. Administrators do, and the operator."""

from datetime import datetime

from sqlalchemy.orm import Session

from calendar_svc.actions import passwords, second_factor
from calendar_svc.domain.account import Act, Editor, Role
from calendar_svc.domain.errors import Conflict, Forbidden, NotFound, Refused
from calendar_svc.store import accounts, audit, sessions
from calendar_svc.words import N_

OPERATOR = N_("the operator")
"""Who does it on the command line."""


def invite(
    db: Session,
    email: str,
    name: str,
    role: Role,
    *,
    by: Editor,
    now: datetime,
    due_at: datetime,
) -> Editor:
    """Add an editor, and queue the mail in which they choose a password; `email` in its usual
    form, `due_at` on the calendar's clock. Raises Conflict when there is one of that address."""
    _administrators(db, by)
    editor = accounts.add(db, email, name, role, now=now)
    if editor is None:
        raise Conflict("there is an editor of that address already")
    audit.record(db, Act.INVITED, by=by, subject=editor.email, detail=role)
    passwords.send_link(db, editor, due_at=due_at)
    return editor


def send_again(db: Session, editor: int, *, by: Editor, due_at: datetime) -> Editor:
    """Queue another mail with a link that sets a password. Raises Refused for one who is
    disabled."""
    _administrators(db, by)
    found = get(db, editor)
    if found.disabled_at:
        raise Refused("this editor is disabled; let them in again first")
    audit.record(db, Act.INVITED, by=by, subject=found.email)
    passwords.send_link(db, found, due_at=due_at)
    return found


def change(db: Session, editor: int, name: str, role: Role, *, by: Editor) -> Editor:
    """Give an editor another name or role. Raises Refused where nobody would be left who can
    invite, or where it is one's own role."""
    left = _administrators(db, by)
    found = get(db, editor)
    if role is not found.role and found.id == by.id:
        raise Refused("nobody changes their own role; another administrator can", field="role")
    if role is not Role.ADMINISTRATOR:
        _leave_one(left, found)
    return _changed(db, found, name, role, by=by)


def rename(db: Session, editor: Editor, name: str) -> Editor:
    """Give oneself another name."""
    return _changed(db, editor, name, editor.role, by=editor)


def disable(db: Session, editor: int, *, by: Editor | None, now: datetime) -> Editor:
    """Let an editor in no more and end their sessions; `by` None is the operator. Twice changes
    nothing. Raises Refused for oneself and for the last administrator."""
    left = _administrators(db, by)
    found = get(db, editor)
    if by and found.id == by.id:
        raise Refused("nobody disables themselves; another administrator can")
    _leave_one(left, found)
    if found.disabled_at is None:
        accounts.disable(db, found.id, now=now)
        sessions.end_all(db, found.id)
        _record(db, Act.EDITOR_DISABLED, found, by)
    return get(db, editor)


def enable(db: Session, editor: int, *, by: Editor | None) -> Editor:
    """Let an editor in again. Twice changes nothing."""
    _administrators(db, by)
    found = get(db, editor)
    if found.disabled_at:
        accounts.enable(db, found.id)
        _record(db, Act.EDITOR_ENABLED, found, by)
    return get(db, editor)


def remove_second_factor(db: Session, editor: int, *, by: Editor) -> Editor:
    """Ask another editor for no code any more: they have lost what makes them."""
    _administrators(db, by)
    found = get(db, editor)
    if found.has_second_factor:
        second_factor.remove(db, found, by=by)
    return get(db, editor)


def let_in(db: Session, email: str, name: str, role: Role, *, now: datetime) -> Editor:
    """The operator's way: an editor of that address, new or let in again, who may choose a
    password. The first one ever is an administrator; nobody loses their role or name by it."""
    if accounts.count(db) == 0:
        role = Role.ADMINISTRATOR
    editor = accounts.add(db, email, name, role, now=now)
    if editor is not None:
        audit.record(db, Act.INVITED, by=None, who=OPERATOR, subject=email, detail=role)
        return editor
    found = accounts.find(db, email)
    assert found is not None
    if role is Role.ADMINISTRATOR or name:
        found = _changed(db, found, name or found.name, max(role, found.role, key=_rank), by=None)
    return enable(db, found.id, by=None)


def get(db: Session, editor: int) -> Editor:
    """The editor of that number. Raises NotFound."""
    found = accounts.get(db, editor)
    if found is None:
        raise NotFound("there is no such editor")
    return found


def _administrators(db: Session, by: Editor | None) -> set[int]:
    """Those there are, held until the end. Raises Forbidden when `by` is none of them (any
    more)."""
    found = accounts.administrators(db)
    if by and by.id not in found:
        raise Forbidden("only an administrator may do that")
    return found


def _leave_one(administrators: set[int], without: Editor) -> None:
    if administrators == {without.id}:
        raise Refused("this is the last administrator; make another one first")


def _changed(db: Session, editor: Editor, name: str, role: Role, *, by: Editor | None) -> Editor:
    if (name, role) != (editor.name, editor.role):
        accounts.change(db, editor.id, name=name, role=role)
        _record(db, Act.EDITOR_CHANGED, editor, by, detail=f"{name}, {role}" if name else role)
    return get(db, editor.id)


def _record(db: Session, what: Act, editor: Editor, by: Editor | None, detail: str = "") -> None:
    audit.record(db, what, by=by, who="" if by else OPERATOR, subject=editor.email, detail=detail)


def _rank(role: Role) -> int:
    return list(Role).index(role)
