"""The second factor: a code from an authenticator (RFC 6238), or a recovery code in its place."""

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.errors import Conflict, Refused
from calendar_svc.store import accounts, audit

STEP = 30
"""Seconds a code is shown; the one before and the one after serve as well."""
RECOVERY_CODES, RECOVERY_LETTERS = 10, 16
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another; 16 of them are 80 bits."""


def new_secret() -> str:
    """A secret that an authenticator may share with us; it counts once `set_up` was called."""
    return pyotp.random_base32()


def address(secret: str, editor: Editor, issuer: str) -> str:
    """The secret as an authenticator reads it from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=editor.email, issuer_name=issuer)


def set_up(db: Session, editor: Editor, secret: str, code: str, *, now: datetime) -> list[str]:
    """Have sign-in ask for a code from now on; the recovery codes, to be shown once.

    Raises Refused for a wrong code, Conflict when there is a second factor already."""
    step = _step_of(secret, code, now)
    if step is None:
        raise Refused(
            "the code is not the one that is shown now; look at the clock of your device, too",
            field="code",
        )
    held = accounts.get(db, editor.id)
    if held is None or held.has_second_factor:
        raise Conflict("there is a second factor already; remove it first")
    codes = [_new_recovery_code() for _ in range(RECOVERY_CODES)]
    accounts.set_second_factor(
        db, editor.id, secret, last_step=step, recovery_codes=[_hashed(code) for code in codes]
    )
    audit.record(db, Act.SECOND_FACTOR_SET, by=editor, subject=editor.email)
    return codes


def remove(db: Session, editor: Editor, *, by: Editor) -> None:
    """Ask for no code any more."""
    accounts.remove_second_factor(db, editor.id)
    audit.record(db, Act.SECOND_FACTOR_REMOVED, by=by, subject=editor.email)


def serves(db: Session, editor: Editor, code: str, *, now: datetime) -> bool:
    """Whether a code lets this editor in, now and once; without a second factor any does."""
    kept = accounts.credentials(db, editor.id)
    if kept.second_factor is None:
        return True
    step = _step_of(kept.second_factor, code, now)
    if step is not None:
        return accounts.spend_step(db, editor.id, step)
    if not accounts.spend_recovery_code(db, editor.id, _hashed(code)):
        return False
    left = len(kept.recovery_codes) - 1
    audit.record(db, Act.RECOVERY_CODE_USED, by=editor, subject=editor.email, detail=f"{left}")
    return True


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    typed = "".join(code.split())
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    current = int(now.timestamp()) // STEP
    shown = pyotp.TOTP(secret, interval=STEP)
    for step in (current - 1, current, current + 1):
        if hmac.compare_digest(shown.generate_otp(step), typed):
            return step
    return None


def _new_recovery_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(RECOVERY_LETTERS))
    return "-".join(letters[start : start + 4] for start in range(0, RECOVERY_LETTERS, 4))


def _hashed(code: str) -> str:
    # random and long: no salt and no slow hash are needed
    typed = "".join(code.lower().split()).replace("-", "")
    return hashlib.sha256(typed.encode()).hexdigest()
