"""Sign in and out. Whoever fails learns nothing: not whether there is such an account, nor what
of it was wrong."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from calendar_svc.actions import passwords, second_factor, slowing
from calendar_svc.actions.subscribing import check_email
from calendar_svc.domain.account import Act, DeskSession, Editor
from calendar_svc.domain.errors import NotFound, Refused, Slowed
from calendar_svc.store import accounts, attempts, audit, sessions
from calendar_svc.store.base import Transaction


@dataclass(frozen=True)
class Typed:
    """What somebody typed to sign in, from which address and in which browser."""

    email: str
    password: str = field(repr=False)
    code: str = field(repr=False)
    address: str
    browser: str


def sign_in(
    transaction: Transaction, typed: Typed, *, hasher: PasswordHasher, key: str, now: datetime
) -> str:
    """Begin a session; its token, which is kept only as a hash. `key` is the secret key.

    Raises Refused when it isn't right, in one sentence for every reason and after the same work;
    Slowed after too many failures of an account or a client. Failures are kept though it raises.
    """
    email = account_of(typed.email)
    account = slowing.of_account(key, "sign-in", email)
    client = slowing.of_client(key, "sign-in", typed.address)
    try:
        slowing.count(transaction, [account, client], now=now)
    except Slowed as slowed:
        if slowing.is_worth_a_line(transaction, typed.address, key=key, now=now):
            with transaction() as db:
                _record_refusal(db, accounts.find(db, email), typed, slowed.message)
        raise
    with transaction() as db:
        editor = accounts.find(db, email)
        kept = accounts.credentials(db, editor.id).password if editor else None
    # slow on purpose: outside of any transaction, and for unknown accounts, too
    is_right = passwords.serves(typed.password, kept, hasher)
    renewed = passwords.renewed(typed.password, kept, hasher) if kept and is_right else None
    with transaction() as db:
        if editor is None or not is_right or not _may_enter(db, editor, kept, typed.code, now):
            _record_refusal(db, editor, typed)
            token = None
        else:
            attempts.clear(db, account.subject)
            attempts.take_back(db, client.subject, now)
            if kept and renewed:
                accounts.rehash(db, editor.id, renewed, was=kept)
            token = begin(db, editor, browser=typed.browser, address=typed.address, now=now)
    if token is None:
        raise Refused("the address, the password or the code is not right")
    return token


def begin(db: Session, editor: Editor, *, browser: str, address: str, now: datetime) -> str:
    """Begin a session of an editor who has proved themselves; its token."""
    token = secrets.token_urlsafe(32)
    sessions.begin(db, editor.id, _hashed(token), browser, now=now)
    audit.record(db, Act.SIGNED_IN, by=editor, subject=editor.email, detail=address)
    return token


def look(db: Session, token: str, *, now: datetime) -> tuple[DeskSession, Editor] | None:
    """The session of a token and whose it is; None when it has ended."""
    return sessions.find(db, _hashed(token), now=now)


def stay(db: Session, session: DeskSession, *, now: datetime) -> None:
    """Say that a session was used."""
    sessions.touch(db, session.id, now=now)


def sign_out(db: Session, editor: Editor, session: int) -> None:
    """End the session one is in."""
    sessions.end(db, editor.id, session)
    audit.record(db, Act.SIGNED_OUT, by=editor, subject=editor.email)


def end_session(db: Session, editor: Editor, session: int) -> None:
    """End another of one's sessions. Raises NotFound when there is no such."""
    if not sessions.end(db, editor.id, session):
        raise NotFound("this session has ended already")
    audit.record(db, Act.SESSION_ENDED, by=editor, subject=editor.email)


def end_other_sessions(db: Session, editor: Editor, session: int) -> int:
    """End all of one's sessions but the one one is in; how many there were."""
    ended = sessions.end_all(db, editor.id, but=session)
    if ended:
        audit.record(db, Act.SESSION_ENDED, by=editor, subject=editor.email, detail=f"{ended}")
    return ended


def account_of(email: str) -> str:
    """An address in its usual form, or as much of what was typed as can be counted."""
    try:
        return check_email(email)
    except Refused:
        # never an account; "?" can't stand where an address begins
        return "?" + " ".join(email.replace("\0", " ").split()).lower()[:254]


def _may_enter(db: Session, editor: Editor, kept: str | None, code: str, now: datetime) -> bool:
    """With the right password: unless it was changed or they were disabled in the meantime, and
    with a code that serves."""
    held = accounts.get(db, editor.id)
    return (
        held is not None
        and held.disabled_at is None
        and accounts.credentials(db, editor.id).password == kept
        and second_factor.serves(db, held, code, now=now)
    )


def _record_refusal(db: Session, editor: Editor | None, typed: Typed, why: str = "") -> None:
    # what was typed as an address may be a password: only one that is known is kept
    known = editor.email if editor else ""
    audit.record(db, Act.SIGN_IN_REFUSED, by=None, who=typed.address, subject=known, detail=why)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
