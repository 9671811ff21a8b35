"""What a revision changed, what holds after several, and how one is taken back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import (
    CLAIMED,
    Fact,
    FactName,
    FactValue,
    Revision,
    differences,
    nothing,
    present_facts,
    undoing,
)
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from tests.strategies import RECORDING_BEGINS, revisions

TITLE = Texts({"en": "19th ADMM"})
DESARU, MELAKA = Texts({"ms": "Desaru"}), Texts({"ms": "Melaka"})
MONTH, FIRST, SECOND = map(When.parse, ("2025-11", "2025-11-01", "2025-11-02"))
NOW = RECORDING_BEGINS + timedelta(days=10)


def september(day: int) -> datetime:
    return datetime(2025, 9, day, tzinfo=UTC)


def revision(number: int, *facts: tuple[FactName, FactValue, int]) -> Revision:
    """Of facts, each known since a day of September and claimed that day."""
    made = tuple(Fact(name, value, september(day), f"of-{day}") for name, value, day in facts)
    return Revision(number, RECORDING_BEGINS + timedelta(hours=number), made, "Ada")


def announced(day: int, when: When | None = MONTH) -> Revision:
    """A first revision, with a title and a date."""
    return revision(1, (FactName.TITLE, TITLE, day), (FactName.WHEN, when, day))


def moved(number: int, when: When | None, day: int) -> Revision:
    return revision(number, (FactName.WHEN, when, day))


def values(made: Sequence[Revision], moment: datetime = NOW) -> dict[FactName, FactValue]:
    """What holds; what is not known holds as nothing."""
    present = present_facts(made, moment)
    return {name: present[name].value if name in present else nothing(name) for name in FactName}


def undone(made: Sequence[Revision], number: int, *, now: datetime = NOW) -> list[Revision]:
    """The revisions with one more, that takes one of them back."""
    facts = tuple(undoing(made, number, now=now))
    return [*made, Revision(made[-1].number + 1, now, facts, "Ada", undoes=number)]


# --- what a revision changed ----------------------------------------------------------------


def changes(made: Sequence[Revision], number: int) -> list[tuple[FactName, FactValue, FactValue]]:
    """Each change of a revision: what, from what, to what."""
    return [(one.fact.name, one.old, one.fact.value) for one in differences(made, made[number - 1])]


def test_a_first_revision_changes_nothing_into_what_it_says() -> None:
    made = [announced(1)]
    assert changes(made, 1) == [(FactName.WHEN, None, MONTH), (FactName.TITLE, None, TITLE)]


def test_changes_of_date_place_and_status_are_told_first() -> None:
    values: dict[FactName, FactValue] = {
        FactName.TITLE: TITLE,
        FactName.ORDINAL: 19,
        FactName.STATUS: Status.HELD,
        FactName.PLACE: DESARU,
        FactName.WHEN: FIRST,
    }
    made = [revision(1, *((name, value, 1) for name, value in values.items()))]
    assert [name for name, _, _ in changes(made, 1)] == [*CLAIMED, FactName.TITLE, FactName.ORDINAL]


def test_what_only_repeats_is_no_change() -> None:
    made = [announced(1), moved(2, FIRST, 5), moved(3, FIRST, 9)]
    assert changes(made, 2) == [(FactName.WHEN, MONTH, FIRST)]
    assert changes(made, 3) == []


def test_late_evidence_changed_what_was_known_on_its_day() -> None:
    made = [announced(1), moved(2, SECOND, 20), moved(3, FIRST, 10)]
    assert changes(made, 3) == [(FactName.WHEN, MONTH, FIRST)]
    # and so what came after changed that
    assert changes(made, 2) == [(FactName.WHEN, FIRST, SECOND)]


def test_of_two_known_since_one_moment_the_later_recorded_changed_the_earlier() -> None:
    made = [announced(1), moved(2, FIRST, 5), moved(3, SECOND, 5)]
    assert changes(made, 2) == [(FactName.WHEN, MONTH, FIRST)]
    assert changes(made, 3) == [(FactName.WHEN, FIRST, SECOND)]


@given(revisions())
def test_all_differences_together_lead_to_what_is_known(made: list[Revision]) -> None:
    told = [
        (change.fact.known_since, revision.number, change)
        for revision in made
        for change in differences(made, revision)
    ]
    walked: dict[FactName, FactValue] = {}
    for _, _, change in sorted(told, key=lambda one: one[:2]):
        name = change.fact.name
        assert walked.get(name) == change.old
        walked[name] = change.fact.value
    held = {name: fact.value for name, fact in present_facts(made, NOW).items()}
    assert {name: value for name, value in walked.items() if value is not None} == {
        name: value for name, value in held.items() if value is not None
    }


# --- taking one back ------------------------------------------------------------------------


def test_what_a_revision_changed_is_as_before_and_known_from_now_on() -> None:
    made = [announced(1), moved(2, FIRST, 10)]
    assert undoing(made, 2, now=NOW) == [Fact(FactName.WHEN, MONTH, NOW, "of-1", settles=True)]


def test_what_it_told_for_the_first_time_is_unknown_again() -> None:
    facts = (
        (FactName.STATUS, Status.CANCELLED, 5),
        (FactName.PLACE, DESARU, 5),
        (FactName.SERIES, "admm", 5),
    )
    made = [announced(1), revision(2, *facts)]
    assert undoing(made, 2, now=NOW) == [
        Fact(FactName.STATUS, Status.TENTATIVE, NOW, None, settles=True),
        Fact(FactName.PLACE, None, NOW, None, settles=True),
        # of what is not claimed there is nothing to settle
        Fact(FactName.SERIES, None, NOW),
    ]


def test_only_what_still_holds_of_it_is_taken_back() -> None:
    made = [
        announced(1),
        revision(2, (FactName.WHEN, FIRST, 5), (FactName.PLACE, DESARU, 5)),
        moved(3, SECOND, 9),
    ]
    assert [fact.name for fact in undoing(made, 2, now=NOW)] == [FactName.PLACE]


def test_what_was_there_before_it_comes_back_though_it_was_recorded_after() -> None:
    made = [announced(1), moved(2, SECOND, 20), moved(3, FIRST, 10)]
    assert values(undone(made, 2))[FactName.WHEN] == FIRST


def test_the_revision_that_made_the_event_stays() -> None:
    with pytest.raises(Refused, match="withdraw"):
        undoing([announced(1), moved(2, FIRST, 5)], 1, now=NOW)


@pytest.mark.parametrize("number", [-1, 0, 3, 10**9])
def test_a_revision_that_is_not_there_cannot_be_undone(number: int) -> None:
    with pytest.raises(Refused, match=f"no revision {number} "):
        undoing([announced(1), moved(2, FIRST, 5)], number, now=NOW)


@pytest.mark.parametrize(
    "made",
    [
        # overtaken
        [announced(1), moved(2, FIRST, 5), moved(3, SECOND, 9)],
        # older than what is known
        [announced(10), moved(2, FIRST, 5)],
        # it says again what was known
        [announced(1, FIRST), moved(2, FIRST, 5)],
        # without facts
        [announced(1), revision(2)],
    ],
)
def test_what_is_not_in_force_any_more_cannot_be_undone(made: list[Revision]) -> None:
    with pytest.raises(Refused, match="nothing of revision 2 is in force"):
        undoing(made, 2, now=NOW)


def test_what_is_undone_cannot_be_undone_again() -> None:
    made = undone([announced(1), moved(2, FIRST, 5)], 2)
    with pytest.raises(Refused, match="nothing of revision 2 is in force"):
        undoing(made, 2, now=NOW)


def test_nothing_known_later_is_touched() -> None:
    """On a simulated clock some of a revision may not be known yet."""
    made = [announced(1), revision(2, (FactName.WHEN, FIRST, 5), (FactName.PLACE, DESARU, 20))]
    assert [one.name for one in undoing(made, 2, now=september(10))] == [FactName.WHEN]


later = st.integers(0, 3).map(lambda hours: NOW + timedelta(hours=hours))


@given(revisions(), st.data())
def test_undone_and_undone_again_gives_the_values_back(
    made: list[Revision], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(made)))
    before = values(made)
    try:
        once = undone(made, number)
    except Refused:
        return
    after = values(once)
    taken = {fact.name for fact in once[-1].facts}
    assert {name for name in FactName if before[name] != after[name]} == taken
    twice = undone(once, once[-1].number, now=data.draw(later))
    assert values(twice, NOW + timedelta(days=1)) == before
    # the past stays as it was
    for day in range(1, 30):
        assert values(twice, september(day)) == values(made, september(day))


def test_two_that_are_wrong_are_taken_back_one_after_the_other() -> None:
    made = [announced(1), moved(2, FIRST, 5), moved(3, SECOND, 9)]
    once = undone(made, 3)
    twice = undone(once, 2)
    assert values(twice)[FactName.WHEN] == MONTH
    # and given back in turn
    assert values(undone(twice, 5))[FactName.WHEN] == FIRST
    assert values(undone(undone(twice, 5), 4))[FactName.WHEN] == SECOND


def test_what_was_given_back_can_be_taken_back_again() -> None:
    made = undone(undone([announced(1), moved(2, FIRST, 5)], 2), 3)
    assert values(made)[FactName.WHEN] == FIRST
    assert values(undone(made, 2))[FactName.WHEN] == MONTH


@given(revisions())
def test_all_undone_from_the_last_back_is_the_first_revision(made: list[Revision]) -> None:
    """Where each tells something new of what was known before it."""
    told: list[Revision] = []
    for one in made:
        known, day = values(told), september(len(told) + 1)
        new = tuple(
            Fact(fact.name, fact.value, day) for fact in one.facts if known[fact.name] != fact.value
        )
        if new:
            told.append(Revision(len(told) + 1, one.recorded_at, new, "Ada"))
    taken_back = told
    for number in range(len(told), 1, -1):
        taken_back = undone(taken_back, number)
        assert values(taken_back) == values(told[: number - 1])


def test_only_claimed_facts_are_settled_by_undoing() -> None:
    made = [
        announced(1),
        revision(2, *((name, None, 2) for name in FactName if name is not FactName.TITLE)),
        revision(
            3,
            (FactName.WHEN, SECOND, 3),
            (FactName.PLACE, MELAKA, 3),
            (FactName.STATUS, Status.HELD, 3),
            (FactName.DESCRIPTION, TITLE, 3),
            (FactName.ORDINAL, 19, 3),
        ),
    ]
    assert {fact.name for fact in undoing(made, 3, now=NOW) if fact.settles} == set(CLAIMED)
