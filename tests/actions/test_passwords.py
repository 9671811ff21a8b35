"""Passwords: strong enough, set once by a link, and what ends with the old one."""

import pytest

from calendar_svc.actions import passwords, signing_in
from calendar_svc.actions.delivering import deliver
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.delivery import DeliveryState
from calendar_svc.domain.errors import NotFound, Refused, Slowed
from calendar_svc.links import PasswordTicket
from calendar_svc.mail.smtp import Postbox
from calendar_svc.store import accounts, audit, deliveries
from calendar_svc.store.base import Database
from tests import make
from tests.fakes import KeptMail
from tests.make import KEY, NOW, PASSWORD, QUICK, SITE

ADA = "ada.lovelace@example.org"
NEW = "kucing meja bulan enam"
WEAK = {
    "short": "x7Q!z",
    "eleven": "x7Q!zr9K_w4",
    "common": "password1234",
    "keyboard": "qwertyuiop123",
    "one letter": "aaaaaaaaaaaaaaaaaaaaaa",
    "her address": "ada.lovelace@example.org",
    "her name": "AugustaLovelace",
    "digits": "123456789012",
    "too long": "kucing meja bulan enam " * 10,
}


@pytest.fixture
def ada(database: Database) -> Editor:
    with database.transaction() as db:
        return make.editor(db, ADA, name="Augusta Lovelace")


def ticket(editor: Editor) -> PasswordTicket:
    """What a link says, taken through its signature."""
    token = SITE.links.password(editor.id, editor.key_version).rpartition("/")[2]
    return SITE.links.open_password(token)


def set_by_link(database: Database, editor: Editor, password: str = NEW) -> Editor:
    return passwords.set_by_link(database.transaction, ticket(editor), password, hasher=QUICK)


def change(database: Database, ada: Editor, old: str, new: str, session: int = 0) -> None:
    passwords.change(
        database.transaction, ada, old, new, session=session, hasher=QUICK, key=KEY, now=NOW
    )


def begin(database: Database, ada: Editor) -> str:
    with database.transaction() as db:
        return signing_in.begin(db, ada, browser="", address="", now=NOW)


def is_in(database: Database, token: str) -> bool:
    with database.reading() as db:
        return signing_in.look(db, token, now=NOW) is not None


def kept(database: Database, ada: Editor) -> str | None:
    with database.reading() as db:
        return accounts.credentials(db, ada.id).password


@pytest.mark.parametrize("password", WEAK.values(), ids=WEAK)
def test_a_weak_password_is_refused_and_the_link_still_serves(
    database: Database, ada: Editor, password: str
) -> None:
    with pytest.raises(Refused) as refused:
        set_by_link(database, ada, password)
    assert refused.value.field == "password"
    assert password not in str(refused.value)
    set_by_link(database, ada)


@pytest.mark.parametrize(
    "password", [PASSWORD, "x7Q!zr9K_w4m", "пять слов совсем разных тут", "🕊🐎🎻🧊🪁🥨🛶🧲🎲🪵🦔🏮"]
)
def test_a_strong_password_is_taken(database: Database, ada: Editor, password: str) -> None:
    set_by_link(database, ada, password)
    assert passwords.serves(password, kept(database, ada), QUICK)


def test_a_password_is_the_same_from_every_keyboard(database: Database, ada: Editor) -> None:
    set_by_link(database, ada, "caf\u00e9 meja bulan enam")
    assert passwords.serves("cafe\u0301 meja bulan enam", kept(database, ada), QUICK)


def test_a_link_serves_once(database: Database, ada: Editor) -> None:
    set_by_link(database, ada)
    with pytest.raises(NotFound, match="no longer valid"):
        set_by_link(database, ada, "another quite strong one")
    assert passwords.serves(NEW, kept(database, ada), QUICK)


def test_a_link_of_who_was_disabled_serves_no_more(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        accounts.disable(db, ada.id, now=NOW)
        accounts.enable(db, ada.id)
    with pytest.raises(NotFound):
        set_by_link(database, ada)


def test_a_new_password_ends_every_session(database: Database, ada: Editor) -> None:
    token = begin(database, ada)
    set_by_link(database, ada)
    assert not is_in(database, token)
    with database.reading() as db:
        assert audit.latest(db, limit=1)[0].what == Act.PASSWORD_SET


def test_changing_it_needs_the_old_one_and_keeps_this_session(
    database: Database, ada: Editor
) -> None:
    here, there = begin(database, ada), begin(database, ada)
    with database.reading() as db:
        found = signing_in.look(db, here, now=NOW)
        assert found is not None
    with pytest.raises(Refused) as refused:
        change(database, ada, "wrong", NEW, found[0].id)
    assert refused.value.field == "old"
    with pytest.raises(Refused) as refused:
        change(database, ada, PASSWORD, "short", found[0].id)
    assert refused.value.field == "new"
    assert is_in(database, there)
    link = ticket(ada)
    change(database, ada, PASSWORD, NEW, found[0].id)
    assert (is_in(database, here), is_in(database, there)) == (True, False)
    with pytest.raises(NotFound):
        passwords.set_by_link(database.transaction, link, NEW, hasher=QUICK)


def test_the_old_one_can_not_be_guessed_at_leisure(database: Database, ada: Editor) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            change(database, ada, "wrong", NEW)
    with pytest.raises(Slowed):
        change(database, ada, PASSWORD, NEW)


# forgotten


def forgotten(database: Database, email: str = ADA, address: str = "203.0.113.5") -> None:
    passwords.forgotten(database.transaction, email, address, key=KEY, now=NOW, due_at=NOW)


def sent(database: Database) -> KeptMail:
    mail = KeptMail()
    deliver(database.transaction, Postbox(mail, "calendar@example.org"), now=lambda: NOW, site=SITE)
    return mail


def test_who_forgot_gets_a_link_that_opens(database: Database, ada: Editor) -> None:
    forgotten(database)
    mail = sent(database)
    assert mail.recipients == [ADA]
    assert mail.messages[0]["List-Unsubscribe"] is None
    body = mail.messages[0].get_body(("plain",))
    assert body is not None
    (link,) = [line for line in body.get_content().splitlines() if "/desk/password/" in line]
    token = link.rpartition("/")[2].partition("?")[0]
    assert SITE.links.open_password(token) == ticket(ada)


def test_strangers_and_who_is_disabled_get_none(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        accounts.disable(db, ada.id, now=NOW)
    forgotten(database)
    forgotten(database, "nobody@example.org")
    assert sent(database).recipients == []


def test_an_address_is_sent_three_a_day(database: Database, ada: Editor) -> None:
    for _ in range(8):
        forgotten(database)
    assert len(sent(database).recipients) == 3


def test_a_client_that_asks_for_many_is_slowed(database: Database) -> None:
    for number in range(20):
        forgotten(database, f"n{number}@example.org")
    with pytest.raises(Slowed):
        forgotten(database)


def test_a_link_that_would_not_open_is_not_sent(database: Database, ada: Editor) -> None:
    forgotten(database)
    set_by_link(database, ada)
    assert sent(database).recipients == []
    with database.reading() as db:
        assert [one.state for one in deliveries.every(db)] == [DeliveryState.WITHDRAWN]
