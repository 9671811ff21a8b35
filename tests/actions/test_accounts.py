"""Who may come in: administrators say so, and never the last one out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from calendar_svc.actions import accounts
from calendar_svc.domain.account import Act, Editor, Role
from calendar_svc.domain.errors import Conflict, Forbidden, NotFound, Refused
from calendar_svc.store import accounts as account_store
from calendar_svc.store import audit, deliveries
from calendar_svc.store.base import Database
from tests import make
from tests.make import NOW

BO = "bo@example.org"


@pytest.fixture
def ada(database: Database) -> Editor:
    """Ada is the administrator here."""
    with database.transaction() as db:
        return make.editor(db, role=Role.ADMINISTRATOR)


def invite(database: Database, by: Editor, email: str = BO) -> Editor:
    with database.transaction() as db:
        return accounts.invite(db, email, "Bo", Role.EDITOR, by=by, now=NOW, due_at=NOW)


def test_whoever_is_invited_is_sent_a_link_and_it_is_kept(database: Database, ada: Editor) -> None:
    bo = invite(database, ada)
    assert not bo.has_password
    with database.reading() as db:
        (owed,) = deliveries.every(db)
        assert (owed.kind, owed.editor, owed.subscriber) == ("invite", bo.id, None)
        line = audit.latest(db, limit=1)[0]
    assert (line.who, line.what, line.subject, line.detail) == ("Ada", Act.INVITED, BO, "editor")


def test_a_link_can_be_sent_again(database: Database, ada: Editor) -> None:
    bo = invite(database, ada)
    with database.transaction() as db:
        accounts.send_again(db, bo.id, by=ada, due_at=NOW)
        assert len({owed.key for owed in deliveries.every(db)}) == 2
        accounts.disable(db, bo.id, by=ada, now=NOW)
    with pytest.raises(Refused), database.transaction() as db:
        accounts.send_again(db, bo.id, by=ada, due_at=NOW)


def test_nobody_is_invited_twice(database: Database, ada: Editor) -> None:
    invite(database, ada)
    with pytest.raises(Conflict):
        invite(database, ada)


def test_editors_invite_nobody_and_change_nobody(database: Database, ada: Editor) -> None:
    bo = invite(database, ada)
    with pytest.raises(Forbidden):
        invite(database, bo, "eve@example.org")
    acts: tuple[Callable[[Session], object], ...] = (
        lambda db: accounts.change(db, ada.id, "Ada", Role.EDITOR, by=bo),
        lambda db: accounts.disable(db, ada.id, by=bo, now=NOW),
        lambda db: accounts.enable(db, ada.id, by=bo),
        lambda db: accounts.send_again(db, ada.id, by=bo, due_at=NOW),
        lambda db: accounts.remove_second_factor(db, ada.id, by=bo),
    )
    for act in acts:
        with pytest.raises(Forbidden), database.transaction() as db:
            act(db)


def test_nobody_disables_or_demotes_themselves(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        make.editor(db, BO, role=Role.ADMINISTRATOR)
    with pytest.raises(Refused), database.transaction() as db:
        accounts.disable(db, ada.id, by=ada, now=NOW)
    with pytest.raises(Refused), database.transaction() as db:
        accounts.change(db, ada.id, "Ada", Role.EDITOR, by=ada)
    with database.transaction() as db:
        assert accounts.change(db, ada.id, "Ada L.", ada.role, by=ada).name == "Ada L."


def test_the_last_administrator_stays_whoever_asks(database: Database, ada: Editor) -> None:
    with pytest.raises(Refused, match="last administrator"), database.transaction() as db:
        accounts.disable(db, ada.id, by=None, now=NOW)


def test_two_administrators_can_not_put_each_other_out_at_once(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        bo = make.editor(db, BO, role=Role.ADMINISTRATOR)

    def disable(pair: tuple[Editor, Editor]) -> bool:
        by, other = pair
        try:
            with database.transaction() as db:
                accounts.disable(db, other.id, by=by, now=NOW)
        except Forbidden:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(disable, [(ada, bo), (bo, ada)])) == [False, True]
    with database.transaction() as db:
        assert len(account_store.administrators(db)) == 1


def test_doing_it_twice_is_one_line_of_the_log(database: Database, ada: Editor) -> None:
    bo = invite(database, ada)
    with database.transaction() as db:
        for _ in range(2):
            accounts.disable(db, bo.id, by=ada, now=NOW)
        for _ in range(2):
            accounts.enable(db, bo.id, by=ada)
        for _ in range(2):
            accounts.change(db, bo.id, "Bob", Role.EDITOR, by=ada)
        lines = audit.latest(db, limit=9)
    assert [line.what for line in lines] == [
        Act.EDITOR_CHANGED,
        Act.EDITOR_ENABLED,
        Act.EDITOR_DISABLED,
        Act.INVITED,
    ]


def test_who_is_not_there_is_not_found(database: Database, ada: Editor) -> None:
    with pytest.raises(NotFound), database.transaction() as db:
        accounts.disable(db, 77, by=ada, now=NOW)


def test_the_operators_first_is_an_administrator_and_the_next_are_not(database: Database) -> None:
    with database.transaction() as db:
        first = accounts.let_in(db, "ada@example.org", "", Role.EDITOR, now=NOW)
        second = accounts.let_in(db, BO, "Bo", Role.EDITOR, now=NOW)
    assert (first.role, second.role) == (Role.ADMINISTRATOR, Role.EDITOR)


def test_the_operator_lets_in_again_and_takes_nothing_away(database: Database, ada: Editor) -> None:
    bo = invite(database, ada)
    with database.transaction() as db:
        accounts.disable(db, bo.id, by=None, now=NOW)
        again = accounts.let_in(db, BO, "", Role.ADMINISTRATOR, now=NOW)
        assert (again.name, again.role, again.disabled_at) == ("Bo", Role.ADMINISTRATOR, None)
        still = accounts.let_in(db, BO, "", Role.EDITOR, now=NOW)
        assert still.role is Role.ADMINISTRATOR
        assert audit.latest(db, limit=1)[0].who == accounts.OPERATOR
