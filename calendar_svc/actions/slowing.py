"""Slow down whoever guesses: tries are counted in the database, before they are made."""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from calendar_svc.domain.account import free_at
from calendar_svc.domain.errors import Slowed
from calendar_svc.store import attempts
from calendar_svc.store.base import Transaction

ALLOWED_OF_ACCOUNT, ALLOWED_OF_CLIENT = 5, 20
"""Failures before one has to wait."""


@dataclass(frozen=True)
class Counted:
    """Whose tries are counted, as a keyed hash, and how many are free."""

    subject: str
    allowed: int


def of_account(key: str, what: str, account: str) -> Counted:
    """One account, whether there is such an account or not; `what` it is that is tried."""
    return Counted(_hashed(key, f"{what} account {account}"), ALLOWED_OF_ACCOUNT)


def of_client(key: str, what: str, address: str) -> Counted:
    """One client: an IPv4 address, or the network that an IPv6 address is in."""
    return Counted(_hashed(key, f"{what} client {_network(address)}"), ALLOWED_OF_CLIENT)


def count(transaction: Transaction, tries: Sequence[Counted], *, now: datetime) -> None:
    """Count a try of each, to be taken back when it succeeds. Raises Slowed when it is too early
    for one of them; then nothing is counted.

    It is committed before the try is made, so many at once get no more of them."""
    with transaction() as db:
        attempts.hold(db, [one.subject for one in tries])
        since = now - attempts.REMEMBERED
        for one in tries:
            free = free_at(attempts.failures(db, one.subject, since=since), one.allowed)
            if free is not None and free > now:
                minutes = -((now - free).total_seconds() // 60)
                raise Slowed(
                    "there were too many tries; try again in %(minutes)s min",
                    minutes=str(int(minutes)),
                )
        attempts.add(db, [one.subject for one in tries], now=now)


def is_worth_a_line(transaction: Transaction, address: str, *, key: str, now: datetime) -> bool:
    """Whether a refusal of somebody who isn't signed in goes into the audit log: the first ones
    of a client do, then few, so that nobody fills it from outside."""
    try:
        count(transaction, [of_client(key, "refusal", address)], now=now)
    except Slowed:
        return False
    return True


def _hashed(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    # who has one IPv6 address has 2^64 of them
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((int(found) >> 64 << 64, 64)))
    return str(found)
