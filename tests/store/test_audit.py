"""The audit log: lines are added, and read from the newest."""

from datetime import UTC, datetime, timedelta

from calendar_svc.domain.account import Act
from calendar_svc.store import audit
from calendar_svc.store.base import Database
from tests import make


def test_a_line_says_when_who_what_and_of_what(database: Database) -> None:
    with database.transaction() as db:
        ada = make.editor(db)
        audit.record(db, Act.EVENT_AMENDED, by=ada, subject="admm-21", detail="place")
        (line,) = audit.latest(db, limit=10)
    assert (line.who, line.what) == ("Ada", "event amended")
    assert (line.subject, line.detail) == ("admm-21", "place")
    # on the wall clock, whatever time the calendar has
    assert abs(line.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_who_has_no_name_is_told_by_address_and_who_is_no_editor_as_given(
    database: Database,
) -> None:
    with database.transaction() as db:
        audit.record(db, Act.REFUSED, by=make.editor(db, name=""))
        audit.record(db, Act.REFUSED, by=None, who="the operator")
        audit.record(db, Act.REFUSED, by=None)
        assert [line.who for line in audit.latest(db, limit=10)] == [
            "",
            "the operator",
            "ada@example.org",
        ]


def test_pages_go_from_the_newest_on_and_of_one_kind(database: Database) -> None:
    with database.transaction() as db:
        for number in range(5):
            what = Act.SETTLED if number % 2 else Act.REDACTED
            audit.record(db, what, by=None, subject=str(number))
        first = audit.latest(db, limit=2)
        rest = audit.latest(db, limit=9, before_id=first[-1].id)
        assert [line.subject for line in first + rest] == ["4", "3", "2", "1", "0"]
        assert [line.subject for line in audit.latest(db, limit=9, what=Act.SETTLED)] == ["3", "1"]


def test_one_line_can_not_look_like_two(database: Database) -> None:
    with database.transaction() as db:
        audit.record(db, Act.REFUSED, by=None, subject="a\0b\r\nc", detail="x" * 10_000)
        (line,) = audit.latest(db, limit=9)
    assert line.subject == "a b c"
    assert len(line.detail) == 500
