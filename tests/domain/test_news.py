"""What a revision tells in one word, and the history as it was known at a moment."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.domain.event import Status
from calendar_svc.domain.news import News, Told, headline, told
from calendar_svc.domain.revision import Difference, Fact, FactName, FactValue, Revision
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from tests.strategies import RECORDING_BEGINS, revisions

TITLE = Texts({"en": "19th ADMM"})
NOW = RECORDING_BEGINS + timedelta(days=10)
TENTATIVE, CONFIRMED, HELD, POSTPONED, CANCELLED = Status


def september(day: int) -> datetime:
    return datetime(2025, 9, day, tzinfo=UTC)


def changed(name: FactName, old: FactValue, new: FactValue) -> Difference:
    return Difference(Fact(name, new, september(1)), old)


def moved(old: str | None, new: str | None) -> Difference:
    return changed(FactName.WHEN, *(When.parse(one) if one else None for one in (old, new)))


def stands(old: FactValue, new: FactValue) -> Difference:
    return changed(FactName.STATUS, old, new)


def revision(number: int, *facts: tuple[FactName, FactValue, int]) -> Revision:
    made = tuple(Fact(name, value, september(day)) for name, value, day in facts)
    return Revision(number, RECORDING_BEGINS + timedelta(hours=number), made, "Ada")


def lines(made: Sequence[Revision], at: datetime = NOW) -> list[tuple[int, News]]:
    return [(one.revision.number, one.news) for one in told(made, at)]


ANNOUNCED = revision(
    1, (FactName.TITLE, TITLE, 1), (FactName.STATUS, TENTATIVE, 1), (FactName.WHEN, None, 1)
)


@pytest.mark.parametrize(
    ("old", "new", "news"),
    [
        (None, "2025-10-31", News.DATED),
        (None, "2025-10", News.SHARPENED),
        ("2025", "2025-10", News.SHARPENED),
        ("2025-10", "2025-10-31", News.DATED),
        ("2025-10", "2025-10-31/2025-11-01", News.DATED),
        ("2025-10", "2025-10-31/2025-11", News.DATED),
        ("[2025-09-01..2025-09-07]", "2025-09-03", News.DATED),
        ("2025-10", "[2025-10-01..2025-10-07]", News.SHARPENED),
        ("2025-10-31", "2025-10-31/2025-11-01", News.SHARPENED),
        ("2025-10-31", "2025-10-31T09:00:00+08:00[Asia/Kuala_Lumpur]", News.SHARPENED),
        ("2025-10-31", "2025-11-01", News.MOVED),
        ("2025-10", "2025-11", News.MOVED),
        ("2025-10", "2025-11-03", News.MOVED),
        ("2025-10-31", "2025-10", News.BLURRED),
        ("2025-10-31", None, News.BLURRED),
        ("2025-10-31/2025-11-01", "2025-10-31", News.BLURRED),
    ],
)
def test_a_date_is_told_by_what_became_of_it(old: str | None, new: str | None, news: News) -> None:
    assert headline([moved(old, new)]) is news


@pytest.mark.parametrize(
    ("old", "new", "news"),
    [
        (CONFIRMED, CANCELLED, News.CANCELLED),
        (TENTATIVE, POSTPONED, News.POSTPONED),
        (CONFIRMED, HELD, News.HELD),
        (None, HELD, News.HELD),
        (POSTPONED, CANCELLED, News.CANCELLED),
        (CANCELLED, CONFIRMED, News.RESUMED),
        (POSTPONED, TENTATIVE, News.RESUMED),
        (HELD, CONFIRMED, News.RESUMED),
    ],
)
def test_a_status_is_weightier_than_a_date(old: FactValue, new: FactValue, news: News) -> None:
    both = [moved("2025-10", "2025-11-03"), stands(old, new)]
    assert headline(both) is headline(both[::-1]) is news


def test_a_meeting_that_is_confirmed_by_its_day_is_told_by_the_day() -> None:
    assert headline([stands(TENTATIVE, CONFIRMED), moved("2025-10", "2025-10-31")]) is News.DATED


def test_a_date_is_weightier_than_a_place_and_a_place_than_the_rest() -> None:
    place = changed(FactName.PLACE, None, TITLE)
    title = changed(FactName.TITLE, TITLE, Texts({"en": "ADMM"}))
    assert headline([place, title, moved("2025-10", "2025-11")]) is News.MOVED
    assert headline([title, place]) is News.PLACED
    assert headline([title]) is headline([]) is News.CORRECTED


def test_the_first_is_an_announcement_whatever_it_says() -> None:
    cancelled = revision(1, (FactName.TITLE, TITLE, 1), (FactName.STATUS, CANCELLED, 1))
    assert lines([cancelled]) == [(1, News.ANNOUNCED)]


def test_the_newest_knowledge_is_told_first_whenever_it_was_written_down() -> None:
    made = [
        revision(1, (FactName.TITLE, TITLE, 5), (FactName.WHEN, When.parse("2025-10"), 5)),
        revision(2, (FactName.WHEN, When.parse("2025-10-31"), 9)),
        revision(3, (FactName.WHEN, When.parse("2025"), 2)),
    ]
    assert lines(made) == [(2, News.DATED), (1, News.ANNOUNCED), (3, News.SHARPENED)]
    # and each says what it changed of what was known then
    assert [one.changes[0].old and str(one.changes[0].old) for one in told(made, NOW)] == [
        "2025-10",
        "2025",
        None,
    ]


def test_nothing_is_told_before_it_was_known() -> None:
    made = [ANNOUNCED, revision(2, (FactName.WHEN, When.parse("2025-10"), 9))]
    assert lines(made, september(8)) == [(1, News.ANNOUNCED)]
    assert lines(made, september(9)) == [(2, News.SHARPENED), (1, News.ANNOUNCED)]
    assert lines(made, september(1) - timedelta(seconds=1)) == []


def test_of_a_revision_of_several_days_only_what_was_known_is_told() -> None:
    place = (FactName.PLACE, TITLE, 4)
    made = [ANNOUNCED, revision(2, place, (FactName.WHEN, When.parse("2025-10"), 9))]
    early, late = told(made, september(5))[0], told(made, NOW)[0]
    assert (early.news, early.known_since, len(early.changes)) == (News.PLACED, september(4), 1)
    assert (late.news, late.known_since, len(late.changes)) == (News.SHARPENED, september(9), 2)


def test_of_a_revision_whose_facts_were_taken_out_it_is_told_that_it_was() -> None:
    made = [ANNOUNCED, revision(2)]
    assert (2, News.CORRECTED) in lines(made)
    assert lines(made, september(1)) == [(1, News.ANNOUNCED)]


def test_what_only_settles_changed_nothing() -> None:
    when = When.parse("2025-10")
    made = [
        revision(1, (FactName.TITLE, TITLE, 1), (FactName.WHEN, when, 1)),
        revision(2, (FactName.WHEN, when, 9)),
    ]
    assert told(made, NOW)[0].changes == ()


def test_nothing_recorded_is_nothing_told() -> None:
    assert told([], NOW) == []


def key(one: Told) -> tuple[datetime, int]:
    return one.known_since, one.revision.number


@given(revisions(), st.integers(-40, 40))
def test_more_is_told_as_more_is_known_and_in_one_order(made: list[Revision], days: int) -> None:
    at = RECORDING_BEGINS + timedelta(days=days)
    earlier, later = told(made, at), told(made, at + timedelta(days=20))
    numbers = [one.revision.number for one in earlier]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= {one.revision.number for one in later}
    assert [key(one) for one in earlier] == sorted(map(key, earlier), reverse=True)
    assert all(one.known_since <= at for one in earlier)
    assert all(change.fact.known_since <= at for one in earlier for change in one.changes)
