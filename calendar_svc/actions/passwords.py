"""Passwords: chosen behind a signed link or on the account's page, kept as argon2 hashes."""

import unicodedata
from datetime import datetime, timedelta
from functools import cache
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session
from zxcvbn import zxcvbn

from calendar_svc.actions import slowing
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.delivery import DeliveryKind
from calendar_svc.domain.errors import NotFound, Refused
from calendar_svc.links import PasswordTicket
from calendar_svc.store import accounts, attempts, audit, deliveries, sessions
from calendar_svc.store.base import Transaction
from calendar_svc.store.deliveries import Owed

SHORTEST, LONGEST = 12, 200
"""Letters of a password."""
STRONG_ENOUGH = 3
"""Of zxcvbn's 0 to 4: more than 10^8 guesses."""
LINKS, LINKS_WITHIN = 3, timedelta(days=1)
"""Links sent to an address that forgot its password, and within how long."""

_judging = Lock()


def look(db: Session, ticket: PasswordTicket) -> Editor:
    """Whose password a link sets. Raises NotFound for one that was used or revoked."""
    editor = accounts.get(db, ticket.editor)
    if editor is None or editor.disabled_at or editor.key_version != ticket.key_version:
        raise NotFound("this link is no longer valid; ask for a new one")
    return editor


def set_by_link(
    transaction: Transaction, ticket: PasswordTicket, password: str, *, hasher: PasswordHasher
) -> Editor:
    """Set the password behind a link; the link serves no more, and every session ends.

    Raises NotFound for a link that was used, Refused for a weak password."""
    with transaction() as db:
        editor = look(db, ticket)
    check(password, editor)
    hashed = hasher.hash(_normal(password))
    with transaction() as db:
        editor = look(db, ticket)
        if not accounts.set_password(db, editor.id, hashed, key_version=ticket.key_version):
            raise NotFound("this link is no longer valid; ask for a new one")
        sessions.end_all(db, editor.id)
        audit.record(db, Act.PASSWORD_SET, by=editor, subject=editor.email)
    return editor


def change(
    transaction: Transaction,
    editor: Editor,
    old: str,
    new: str,
    *,
    session: int,
    hasher: PasswordHasher,
    key: str,
    now: datetime,
) -> None:
    """Change one's own password; every other session ends, and links that would set one.

    Raises Refused for a wrong old one or a weak new one, Slowed after too many wrong ones."""
    check(new, editor, field="new")
    prove(transaction, editor, old, field="old", hasher=hasher, key=key, now=now)
    hashed = hasher.hash(_normal(new))
    with transaction() as db:
        found = accounts.get(db, editor.id)
        assert found is not None
        accounts.set_password(db, editor.id, hashed, key_version=found.key_version)
        sessions.end_all(db, editor.id, but=session)
        audit.record(db, Act.PASSWORD_SET, by=editor, subject=editor.email)


def forgotten(
    transaction: Transaction, email: str, address: str, *, key: str, now: datetime, due_at: datetime
) -> None:
    """Queue a link to set a new password, if an editor has that address (in its usual form).

    Whoever asks learns nothing of it. Raises Slowed when one client asks too often."""
    slowing.count(transaction, [slowing.of_client(key, "forgotten", address)], now=now)
    with transaction() as db:
        editor = accounts.find(db, email)
        if editor is None or editor.disabled_at:
            return
        if deliveries.count_to_editor(db, editor.id, within=LINKS_WITHIN) < LINKS:
            send_link(db, editor, due_at=due_at)


def send_link(db: Session, editor: Editor, *, due_at: datetime) -> None:
    """Queue a mail with a link that sets a password; `due_at` is on the calendar's clock."""
    number = deliveries.count_to_editor(db, editor.id)
    key = f"{_link_prefix(editor)}{number}"
    deliveries.queue(db, [Owed(key, DeliveryKind.INVITE, None, due_at, editor=editor.id)])


def still_sends(editor: Editor, key: str) -> bool:
    """Whether a delivery that was queued under this key still has a link to bring."""
    return editor.disabled_at is None and key.startswith(_link_prefix(editor))


def check(password: str, editor: Editor, *, field: str = "password") -> None:
    """Raises Refused, saying what to do, for a password that is too short, too long, or would
    be guessed by somebody who knows this editor's name and address."""
    if len(password) < SHORTEST:
        raise Refused(
            "the password needs at least %(least)s letters; several words are easy to remember",
            field=field,
            least=SHORTEST,
        )
    if len(password) > LONGEST:
        raise Refused("the password has more than %(most)s letters", field=field, most=LONGEST)
    known = [editor.email, *editor.email.split("@"), editor.name, *editor.name.split()]
    # zxcvbn keeps the names that it was given in one place for all threads
    with _judging:
        found = zxcvbn(_normal(password)[:72], user_inputs=[*known, "calendar", "kalendar"])
    if found["score"] < STRONG_ENOUGH:
        raise Refused(
            "this password would be guessed soon; take several words that don’t belong together,"
            " and neither your name nor your address",
            field=field,
        )


def prove(
    transaction: Transaction,
    editor: Editor,
    password: str,
    *,
    field: str,
    hasher: PasswordHasher,
    key: str,
    now: datetime,
) -> None:
    """Have an editor who is signed in prove that it is them. Raises Refused for a wrong password,
    Slowed after too many."""
    tried = slowing.of_account(key, "password", str(editor.id))
    slowing.count(transaction, [tried], now=now)
    with transaction() as db:
        kept = accounts.credentials(db, editor.id).password
    if not serves(password, kept, hasher):
        raise Refused("the password is not right", field=field)
    with transaction() as db:
        attempts.clear(db, tried.subject)


def serves(password: str, kept: str | None, hasher: PasswordHasher) -> bool:
    """Whether a password is the one whose hash is kept. Without one it takes as long and isn't."""
    try:
        hasher.verify(kept or _nobodys(hasher), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def renewed(password: str, kept: str, hasher: PasswordHasher) -> str | None:
    """The hash to keep instead, where argon2's parameters have changed since."""
    return hasher.hash(_normal(password)) if hasher.check_needs_rehash(kept) else None


def _link_prefix(editor: Editor) -> str:
    return f"invite:{editor.id}:{editor.key_version}:"


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody’s password")


def _normal(password: str) -> str:
    # the same letters from every keyboard
    return unicodedata.normalize("NFKC", password)
