"""Refusals on the desk go into the audit log: where, and the sentence without its values."""

from datetime import datetime

from calendar_svc.actions import slowing
from calendar_svc.domain.account import Act, Editor
from calendar_svc.store import audit
from calendar_svc.store.base import Transaction


def record(
    transaction: Transaction,
    where: str,
    message: str,
    *,
    by: Editor | None,
    address: str,
    key: str,
    now: datetime,
) -> None:
    """Keep that something was refused; of those who aren't signed in, only so many.

    `message` is the refusal's, not its sentence: what somebody typed is not repeated."""
    if by is None and not slowing.is_worth_a_line(transaction, address, key=key, now=now):
        return
    with transaction() as db:
        who = "" if by else address
        audit.record(db, Act.REFUSED, by=by, who=who, subject=where, detail=message)
