"""Signing in: one sentence for every reason, slowed after failures, a code that serves once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import pyotp
import pytest
from argon2 import PasswordHasher

from calendar_svc.actions import accounts as account_actions
from calendar_svc.actions import passwords, second_factor, signing_in
from calendar_svc.actions.signing_in import Typed
from calendar_svc.domain.account import Act, Editor, Role
from calendar_svc.domain.errors import Conflict, Refused, Slowed
from calendar_svc.store import accounts, audit, sessions
from calendar_svc.store.base import Database
from tests import make
from tests.make import KEY, NOW, PASSWORD, QUICK

ADA = "ada@example.org"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MINUTE = timedelta(minutes=1)
NOT_RIGHT = "the address, the password or the code is not right"


@pytest.fixture
def ada(database: Database) -> Editor:
    with database.transaction() as db:
        return make.editor(db)


def sign_in(
    database: Database,
    email: str = ADA,
    password: str = PASSWORD,
    code: str = "",
    *,
    address: str = "203.0.113.5",
    after: timedelta = timedelta(0),
    hasher: PasswordHasher = QUICK,
) -> str:
    typed = Typed(email, password, code, address, "Firefox, Linux")
    return signing_in.sign_in(database.transaction, typed, hasher=hasher, key=KEY, now=NOW + after)


def fail(database: Database, *, times: int = 1, **typed: object) -> None:
    for _ in range(times):
        with pytest.raises(Refused, match=NOT_RIGHT):
            sign_in(database, **{"password": "wrong", **typed})  # type: ignore[arg-type]


def code(*, after: timedelta = timedelta(0)) -> str:
    return pyotp.TOTP(SECRET).at(NOW + after)


def with_second_factor(database: Database, ada: Editor) -> list[str]:
    """Ada confirms it with a code of an hour ago; her recovery codes."""
    with database.transaction() as db:
        then = NOW - timedelta(hours=1)
        confirmed = pyotp.TOTP(SECRET).at(then)
        return second_factor.set_up(db, ada, SECRET, confirmed, now=then)


def acts(database: Database) -> list[str]:
    """What the audit log has, the oldest first."""
    with database.reading() as db:
        return [line.what for line in reversed(audit.latest(db, limit=100))]


# in and out


def test_the_right_password_begins_a_session(database: Database, ada: Editor) -> None:
    token = sign_in(database)
    with database.reading() as db:
        found = signing_in.look(db, token, now=NOW)
        assert found is not None
        assert (found[1].id, found[0].browser) == (ada.id, "Firefox, Linux")
        assert signing_in.look(db, token + "x", now=NOW) is None
    assert acts(database) == [Act.SIGNED_IN]


def test_tokens_are_long_fresh_and_kept_only_as_hashes(database: Database, ada: Editor) -> None:
    tokens = {sign_in(database) for _ in range(3)}
    assert len(tokens) == 3
    assert all(len(token) == 43 for token in tokens)  # 256 bits
    with database.reading() as db:
        for token in tokens:
            assert sessions.find(db, token, now=NOW) is None


@pytest.mark.parametrize("typed", [" Ada@Example.ORG ", "ADA@EXAMPLE.ORG"])
def test_an_address_is_known_however_it_is_written(
    database: Database, ada: Editor, typed: str
) -> None:
    assert sign_in(database, typed)


def test_who_signs_out_is_out(database: Database, ada: Editor) -> None:
    token = sign_in(database)
    with database.transaction() as db:
        found = signing_in.look(db, token, now=NOW)
        assert found is not None
        signing_in.sign_out(db, ada, found[0].id)
        assert signing_in.look(db, token, now=NOW) is None
    assert acts(database) == [Act.SIGNED_IN, Act.SIGNED_OUT]


# the same answer


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "nobody@example.org"},
        {"email": ""},
        {"email": "x\x00@example.org"},
        {"email": "x" * 100_000},
        {"password": "wrong"},
        {"password": ""},
        {"password": "x" * 60_000},
        {"code": ""},
        {"code": "000000"},
        {"code": "٣٣٣٣٣٣"},
        {"code": "\x00"},
        {"code": "x" * 60_000},
    ],
    ids=lambda typed: " ".join(f"{name} {value[:12]!r}" for name, value in typed.items()),
)
def test_whatever_is_wrong_the_answer_is_one(
    database: Database, ada: Editor, typed: dict[str, str]
) -> None:
    with_second_factor(database, ada)
    with pytest.raises(Refused) as refused:
        sign_in(database, **{"code": code(), **typed})  # type: ignore[arg-type]
    assert str(refused.value) == NOT_RIGHT
    assert refused.value.field is None
    assert acts(database)[-1] == Act.SIGN_IN_REFUSED


def test_who_is_disabled_or_has_no_password_gets_the_same_answer(database: Database) -> None:
    with database.transaction() as db:
        gone = make.editor(db, "gone@example.org")
        make.editor(db, "new@example.org", password=None)
        accounts.disable(db, gone.id, now=NOW)
    for email in ("gone@example.org", "new@example.org"):
        with pytest.raises(Refused, match=NOT_RIGHT):
            sign_in(database, email)


def test_an_unknown_address_costs_as_much_work(database: Database, ada: Editor) -> None:
    def verified(email: str) -> int:
        calls: list[str] = []
        verify = PasswordHasher.verify

        def counting(self: PasswordHasher, hashed: str, password: str) -> bool:
            calls.append(hashed)
            return bool(verify(self, hashed, password))

        with patch.object(PasswordHasher, "verify", counting):
            fail(database, email=email)
        assert all(one.startswith("$argon2id$v=19$m=8,t=1,p=1$") for one in calls)
        return len(calls)

    assert verified(ADA) == verified("nobody@example.org") == 1


def test_the_log_names_only_addresses_that_are_known(database: Database, ada: Editor) -> None:
    fail(database)
    fail(database, email="my password by mistake")
    fail(database, email="nobody@example.org", password="hunter2 hunter2", code="123456")
    with database.reading() as db:
        lines = audit.latest(db, limit=9)
    assert [line.subject for line in lines] == ["", "", ADA]
    assert {line.who for line in lines} == {"203.0.113.5"}
    told = repr(lines)
    assert not any(secret in told for secret in ("mistake", "hunter2", "123456", "wrong"))


def test_what_was_typed_does_not_print() -> None:
    assert "secret" not in repr(Typed(ADA, "secret", "secret", "", ""))


# slower and slower


def test_after_five_failures_one_waits_longer_and_longer(database: Database, ada: Editor) -> None:
    fail(database, times=5)
    at = timedelta(0)
    for minutes in (1, 2, 4, 8, 15, 15):
        # even the right password
        with pytest.raises(Slowed, match=f"try again in {minutes} min"):
            sign_in(database, after=at)
        at += minutes * MINUTE
        fail(database, after=at)
    assert sign_in(database, after=at + 15 * MINUTE)


def test_whoever_tries_while_waiting_waits_no_longer(database: Database, ada: Editor) -> None:
    fail(database, times=5)
    for _ in range(30):
        with pytest.raises(Slowed):
            sign_in(database)
    assert sign_in(database, after=MINUTE)
    # and does not fill the log either
    assert len(acts(database)) < 30


def test_success_clears_the_accounts_count(database: Database, ada: Editor) -> None:
    for _ in range(4):
        fail(database, times=4)
        sign_in(database)


def test_a_client_that_signs_in_has_not_failed(database: Database, ada: Editor) -> None:
    for second in range(30):
        sign_in(database, after=timedelta(seconds=second))


def test_an_account_is_counted_whether_it_exists_or_not(database: Database) -> None:
    fail(database, email="nobody@example.org", times=5)
    with pytest.raises(Slowed):
        sign_in(database, "Nobody@example.org")


def test_a_client_that_tries_many_accounts_is_slowed(database: Database, ada: Editor) -> None:
    for number in range(20):
        fail(database, email=f"n{number}@example.org")
    with pytest.raises(Slowed):
        sign_in(database)
    assert sign_in(database, address="203.0.113.6")


def test_the_addresses_of_one_ipv6_network_are_one_client(database: Database, ada: Editor) -> None:
    for number in range(20):
        fail(database, email=f"n{number}@example.org", address=f"2001:db8:1:2::{number:x}")
    with pytest.raises(Slowed):
        sign_in(database, address="2001:db8:1:2:ffff::1")
    assert sign_in(database, address="2001:db8:1:3::1")


def test_what_one_process_counts_holds_in_another(database: Database, ada: Editor) -> None:
    other = Database(database.engine.url.render_as_string(hide_password=False))
    fail(database, times=3)
    fail(other, times=2)
    for one in (database, other):
        with pytest.raises(Slowed):
            sign_in(one)
    other.close()


def test_many_at_once_get_no_more_tries(database: Database, ada: Editor) -> None:
    def attempt(number: int) -> str:
        try:
            sign_in(database, password="wrong", address=f"203.0.113.{number}")
        except (Refused, Slowed) as fault:
            return type(fault).__name__
        raise AssertionError

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(16)))
    assert answers.count("Refused") == 5


# the second factor


def test_with_a_second_factor_the_code_is_asked_for(database: Database, ada: Editor) -> None:
    with_second_factor(database, ada)
    fail(database, password=PASSWORD)
    assert sign_in(database, code=code())


def test_a_code_serves_once(database: Database, ada: Editor) -> None:
    with_second_factor(database, ada)
    assert sign_in(database, code=code())
    fail(database, password=PASSWORD, code=code())
    # nor does the one before it
    fail(database, password=PASSWORD, code=code(after=-timedelta(seconds=30)))
    assert sign_in(database, code=code(after=timedelta(seconds=30)))


@pytest.mark.parametrize(("seconds", "serves"), [(-60, 0), (-30, 1), (0, 1), (30, 1), (60, 0)])
def test_a_clock_may_be_half_a_minute_off(
    database: Database, ada: Editor, seconds: int, serves: int
) -> None:
    with_second_factor(database, ada)
    shown = code(after=timedelta(seconds=seconds))
    if serves:
        assert sign_in(database, code=f" {shown[:3]} {shown[3:]} ")
    else:
        fail(database, password=PASSWORD, code=shown)


def test_a_wrong_password_spends_no_code(database: Database, ada: Editor) -> None:
    recovery = with_second_factor(database, ada)[0]
    fail(database, code=code())
    fail(database, code=recovery)
    assert sign_in(database, code=code())
    assert sign_in(database, code=recovery)


def test_a_recovery_code_serves_once_however_it_is_typed(database: Database, ada: Editor) -> None:
    codes = with_second_factor(database, ada)
    assert len(set(codes)) == 10
    assert sign_in(database, code=codes[3].upper().replace("-", " "))
    fail(database, password=PASSWORD, code=codes[3])
    assert sign_in(database, code=codes[4])
    assert acts(database).count(Act.RECOVERY_CODE_USED) == 2
    with database.reading() as db:
        kept = accounts.credentials(db, ada.id)
    assert len(kept.recovery_codes) == 8
    assert not set(codes) & set(kept.recovery_codes)


def test_a_second_factor_counts_only_once_it_is_confirmed(database: Database, ada: Editor) -> None:
    with pytest.raises(Refused) as refused, database.transaction() as db:
        second_factor.set_up(db, ada, SECRET, "000000", now=NOW)
    assert refused.value.field == "code"
    assert sign_in(database)
    with_second_factor(database, ada)
    with pytest.raises(Conflict), database.transaction() as db:
        second_factor.set_up(db, ada, SECRET, code(), now=NOW)


def test_the_code_that_confirmed_it_signs_nobody_in(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        second_factor.set_up(db, ada, SECRET, code(), now=NOW)
    fail(database, password=PASSWORD, code=code())


# hashes and races


def test_a_password_is_hashed_anew_when_the_parameters_change(
    database: Database, ada: Editor
) -> None:
    newer = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    sign_in(database, hasher=newer)
    with database.reading() as db:
        kept = accounts.credentials(db, ada.id).password
    assert kept is not None and "t=2" in kept
    assert sign_in(database, hasher=newer)


@pytest.mark.parametrize("what", ["disabled", "another password"])
def test_what_changes_while_a_password_is_verified_counts(
    database: Database, ada: Editor, what: str
) -> None:
    serves = passwords.serves

    def meanwhile(password: str, kept: str | None, hasher: PasswordHasher) -> bool:
        with database.transaction() as db:
            if what == "disabled":
                accounts.disable(db, ada.id, now=NOW)
            else:
                accounts.set_password(db, ada.id, QUICK.hash("x"), key_version=ada.key_version)
        return serves(password, kept, hasher)

    with (
        patch.object(passwords, "serves", meanwhile),
        pytest.raises(Refused, match=NOT_RIGHT),
    ):
        sign_in(database)


def test_real_passwords_are_slow_to_guess() -> None:
    hasher = PasswordHasher()
    # RFC 9106, second recommendation
    assert (hasher.memory_cost, hasher.time_cost) == (64 * 1024, 3)


def test_disabling_ends_every_session(database: Database, ada: Editor) -> None:
    token = sign_in(database)
    with database.transaction() as db:
        root = make.editor(db, "root@example.org", role=Role.ADMINISTRATOR)
        account_actions.disable(db, ada.id, by=root, now=NOW)
        account_actions.enable(db, ada.id, by=root)
        assert signing_in.look(db, token, now=NOW) is None


def test_others_of_ones_sessions_can_be_ended(database: Database, ada: Editor) -> None:
    tokens = [sign_in(database) for _ in range(3)]
    with database.transaction() as db:
        found = [signing_in.look(db, token, now=NOW) for token in tokens]
        first, second, third = [one[0].id for one in found if one]
        signing_in.end_session(db, ada, first)
        assert signing_in.end_other_sessions(db, ada, second) == 1
        assert [one.id for one in sessions.of_editor(db, ada.id, now=NOW)] == [second]
        assert third != second
