"""The states of an event that follow from its revisions, and its counters in each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.domain.claim import Claim, Origin
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.history import Counters, Known, history, in_force
from calendar_svc.domain.revision import Fact, FactName, FactValue, Revision
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from tests.strategies import RECORDING_BEGINS, revisions

TITLE = Texts({"en": "19th ADMM"})
MONTH, FIRST, SECOND = map(When.parse, ("2025-11", "2025-11-01", "2025-11-02"))
IDENTITY = (FactName.TITLE, FactName.SERIES, FactName.ORDINAL)


class Effect(StrEnum):
    """Recorded after it was known, as on the wall clock; or loaded ahead of it, as in simulated
    time, so that it takes effect as it becomes known."""

    RECORDED = "recorded"
    KNOWN = "known"


AUGUST = datetime(2025, 8, 1, tzinfo=UTC)

both_effects = pytest.mark.parametrize("effect", Effect)


def september(day: int, hour: int = 0) -> datetime:
    return datetime(2025, 9, day, hour, tzinfo=UTC)


def revision(
    number: int,
    *facts: tuple[FactName, FactValue, int],
    recorded_at: datetime | None = None,
) -> Revision:
    """A revision of facts, each known since a day of September; recorded in October unless told
    otherwise."""
    made = tuple(Fact(name, value, september(day)) for name, value, day in facts)
    return Revision(number, recorded_at or RECORDING_BEGINS + timedelta(hours=number), made, "Ada")


def announced(day: int, when: When | None = MONTH) -> Revision:
    return revision(
        1,
        (FactName.TITLE, TITLE, day),
        (FactName.STATUS, Status.CONFIRMED, day),
        (FactName.WHEN, when, day),
    )


def moved(number: int, when: When | None, day: int) -> Revision:
    return revision(number, (FactName.WHEN, when, day))


def states(made: Sequence[Revision], effect: Effect) -> list[Known]:
    if effect is Effect.KNOWN:
        made = [replace(one, recorded_at=AUGUST + timedelta(hours=one.number)) for one in made]
    return history("uid-1", "admm-19", made)


def as_of(made: Sequence[Revision], moment: datetime, effect: Effect) -> Event:
    """The event as it was known at a moment."""
    (found,) = (
        known.event
        for known in states(made, effect)
        if known.known_from <= moment and (known.known_to is None or moment < known.known_to)
    )
    return found


def latest(made: Sequence[Revision], effect: Effect) -> Event:
    return states(made, effect)[-1].event


# — what was known when —


@both_effects
def test_an_event_is_as_it_was_known_on_the_day(effect: Effect) -> None:
    made = [announced(1), moved(2, FIRST, 10)]
    assert as_of(made, september(1), effect).when == MONTH
    assert as_of(made, september(9, 23), effect).when == MONTH
    assert as_of(made, september(10), effect).when == FIRST
    assert as_of(made, september(30), effect).when == FIRST


@both_effects
def test_before_anything_was_known_there_is_no_event(effect: Effect) -> None:
    (known,) = states([announced(5)], effect)
    assert known.known_from == september(5)
    assert known.known_to is None


@both_effects
def test_an_event_without_revisions_has_no_state(effect: Effect) -> None:
    assert states([], effect) == []


@both_effects
def test_late_evidence_completes_the_past_and_does_not_overwrite_what_is_newer(
    effect: Effect,
) -> None:
    made = [announced(1), moved(2, SECOND, 20), moved(3, FIRST, 10)]
    assert as_of(made, september(5), effect).when == MONTH
    assert as_of(made, september(10), effect).when == FIRST
    assert as_of(made, september(20), effect).when == SECOND
    assert latest(made, effect).when == SECOND


@both_effects
def test_of_two_facts_known_since_the_same_moment_the_later_recorded_holds(effect: Effect) -> None:
    made = [announced(1), moved(2, FIRST, 10), moved(3, SECOND, 10)]
    assert as_of(made, september(10), effect).when == SECOND


@both_effects
def test_a_date_can_become_unknown_again(effect: Effect) -> None:
    made = [announced(1, FIRST), moved(2, None, 10)]
    assert as_of(made, september(1), effect).when == FIRST
    assert as_of(made, september(10), effect).when is None


@both_effects
def test_each_fact_has_its_own_history(effect: Effect) -> None:
    place = Texts({"ms": "Desaru"})
    made = [announced(1), revision(2, (FactName.PLACE, place, 10), (FactName.WHEN, FIRST, 20))]
    between = as_of(made, september(15), effect)
    assert (between.place, between.when) == (place, MONTH)
    assert (latest(made, effect).place, latest(made, effect).when) == (place, FIRST)


@both_effects
def test_older_evidence_shows_under_the_name_that_was_written_down_later(effect: Effect) -> None:
    first = revision(
        1,
        (FactName.TITLE, TITLE, 10),
        (FactName.SERIES, "admm", 10),
        (FactName.ORDINAL, 19, 10),
        (FactName.PLACE, Texts({"ms": "Desaru"}), 10),
        (FactName.STATUS, Status.CONFIRMED, 10),
    )
    event = as_of([first, moved(2, MONTH, 1)], september(1), effect)
    assert (event.title, event.series, event.ordinal) == (TITLE, "admm", 19)
    assert event.when == MONTH
    # but what was said of it later was not known yet
    assert event.place is None
    assert event.status is Status.TENTATIVE


@both_effects
def test_an_event_of_which_no_status_is_told_is_tentative(effect: Effect) -> None:
    event = latest([revision(1, (FactName.TITLE, TITLE, 1))], effect)
    assert event.status is Status.TENTATIVE
    assert (event.when, event.place, event.description, event.series) == (None, None, None, None)


@given(revisions(), st.sampled_from(Effect))
def test_any_history_is_that_of_the_greatest_known_since_and_number(
    made: list[Revision], effect: Effect
) -> None:
    for known in states(made, effect):
        expected = reference(made, known.known_from)
        assert facts_of(known.event) == expected


@given(revisions(), st.sampled_from(Effect))
def test_a_history_has_no_gaps_and_lasts(made: list[Revision], effect: Effect) -> None:
    found = states(made, effect)
    assert [known.known_from for known in found] == sorted(
        {fact.known_since for one in made for fact in one.facts}
    )
    assert [known.known_to for known in found[:-1]] == [known.known_from for known in found[1:]]
    assert found[-1].known_to is None
    assert {(known.event.uid, known.event.slug) for known in found} == {("uid-1", "admm-19")}


@st.composite
def told_and_shuffled(draw: st.DrawFn) -> tuple[list[Revision], list[Revision]]:
    """One event's evidence recorded as it came to be known, and in another order; no two of it
    were known since the same moment."""
    told = [
        [Fact(fact.name, fact.value, september(1 + place)) for fact in one.facts]
        for place, one in enumerate(draw(revisions()))
    ]
    return _recorded(told), _recorded(draw(st.permutations(told)))


@given(told_and_shuffled(), st.sampled_from(Effect))
def test_in_whatever_order_evidence_is_recorded_each_day_is_the_same(
    pair: tuple[list[Revision], list[Revision]], effect: Effect
) -> None:
    told, shuffled = (
        [(known.known_from, facts_of(known.event)) for known in states(made, effect)]
        for made in pair
    )
    assert told == shuffled


@given(told_and_shuffled())
def test_on_a_simulated_clock_the_order_of_recording_makes_no_difference_at_all(
    pair: tuple[list[Revision], list[Revision]],
) -> None:
    told, shuffled = (
        [
            (known, event.sequence, event.when_no, event.modified_at, event.when_since)
            for known, event in (
                (known.known_from, known.event) for known in states(made, Effect.KNOWN)
            )
        ]
        for made in pair
    )
    assert told == shuffled


# — the counters that calendar programs and reminders go by —


@both_effects
def test_a_new_event_counts_from_nought(effect: Effect) -> None:
    event = latest([announced(1)], effect)
    assert (event.sequence, event.when_no, event.revision) == (0, 0, 1)


@both_effects
def test_a_date_that_sharpens_moves_both_counters(effect: Effect) -> None:
    event = latest([announced(1), moved(2, FIRST, 10)], effect)
    assert (event.sequence, event.when_no, event.revision) == (1, 1, 2)


@both_effects
def test_there_and_back_again_moves_the_counters_twice(effect: Effect) -> None:
    event = latest([announced(1, FIRST), moved(2, SECOND, 10), moved(3, FIRST, 20)], effect)
    assert event.when == FIRST
    assert (event.sequence, event.when_no) == (2, 2)


@both_effects
def test_there_and_back_again_known_since_one_moment_moves_the_counters_twice(
    effect: Effect,
) -> None:
    event = latest([announced(1, FIRST), moved(2, SECOND, 10), moved(3, FIRST, 10)], effect)
    assert event.when == FIRST
    assert (event.sequence, event.when_no) == (2, 2)


@both_effects
@pytest.mark.parametrize(
    ("name", "value", "sequence", "when_no"),
    [
        (FactName.PLACE, Texts({"ms": "Desaru"}), 1, 0),
        (FactName.STATUS, Status.CANCELLED, 1, 0),
        (FactName.STATUS, Status.POSTPONED, 1, 0),
        (FactName.STATUS, Status.TENTATIVE, 1, 0),
        (FactName.WHEN, SECOND, 1, 1),
        (FactName.WHEN, None, 1, 1),
        # calendar programs see no difference in these
        (FactName.STATUS, Status.HELD, 0, 0),
        (FactName.STATUS, Status.CONFIRMED, 0, 0),
        (FactName.TITLE, Texts({"en": "ADMM"}), 0, 0),
        (FactName.DESCRIPTION, Texts({"en": "behind closed doors"}), 0, 0),
        (FactName.SERIES, "admm", 0, 0),
        (FactName.WHEN, FIRST, 0, 0),
    ],
)
def test_only_what_calendar_programs_show_moves_the_sequence(
    effect: Effect, name: FactName, value: FactValue, sequence: int, when_no: int
) -> None:
    event = latest([announced(1, FIRST), revision(2, (name, value, 10))], effect)
    assert (event.sequence, event.when_no) == (sequence, when_no)
    assert event.revision == 2


@both_effects
def test_a_change_of_date_and_place_at_once_is_one_step(effect: Effect) -> None:
    made = [
        announced(1, FIRST),
        revision(2, (FactName.WHEN, SECOND, 10), (FactName.PLACE, Texts({"ms": "Desaru"}), 10)),
    ]
    assert latest(made, effect).sequence == 1


@both_effects
def test_postponed_then_cancelled_is_cancelled_to_calendar_programs_all_along(
    effect: Effect,
) -> None:
    made = [
        announced(1, FIRST),
        revision(2, (FactName.STATUS, Status.POSTPONED, 10)),
        revision(3, (FactName.STATUS, Status.CANCELLED, 20)),
    ]
    assert latest(made, effect).sequence == 1


def test_evidence_recorded_late_leaves_what_is_published_as_it_was() -> None:
    made = [announced(1), moved(2, SECOND, 20)]
    before = latest(made, Effect.RECORDED)
    after = latest([*made, moved(3, FIRST, 10)], Effect.RECORDED)
    assert (after.sequence, after.when_no) == (before.sequence, before.when_no) == (1, 1)
    assert after.when_since == before.when_since
    assert after.revision == 3


def test_on_a_simulated_clock_late_evidence_is_a_step_on_its_day() -> None:
    made = [announced(1), moved(2, SECOND, 20), moved(3, FIRST, 10)]
    counted = [(known.known_from.day, known.event.when_no) for known in states(made, Effect.KNOWN)]
    assert counted == [(1, 0), (10, 1), (20, 2)]


def test_a_date_is_known_since_it_was_recorded() -> None:
    made = [announced(1), moved(2, FIRST, 10), revision(3, (FactName.TITLE, TITLE, 20))]
    event = latest(made, Effect.RECORDED)
    assert event.created_at == made[0].recorded_at
    assert event.when_since == made[1].recorded_at
    assert event.modified_at == made[2].recorded_at


def test_on_a_simulated_clock_a_date_is_known_since_its_evidence() -> None:
    made = [announced(1), moved(2, FIRST, 10), revision(3, (FactName.TITLE, TITLE, 20))]
    event = latest(made, Effect.KNOWN)
    assert event.created_at == september(1)
    assert event.when_since == september(10)
    assert event.modified_at == september(20)


def test_a_date_told_with_the_event_is_known_since_then() -> None:
    assert latest([announced(1)], Effect.RECORDED).when_since == announced(1).recorded_at
    assert latest([announced(1)], Effect.KNOWN).when_since == september(1)


@given(revisions())
def test_what_is_published_counts_up_as_evidence_is_recorded(made: list[Revision]) -> None:
    published = [latest(made[:count], Effect.RECORDED) for count in range(1, len(made) + 1)]
    _assert_counts_up(published)


@given(revisions())
def test_on_a_simulated_clock_the_counters_rise_as_the_evidence_comes(
    made: list[Revision],
) -> None:
    _assert_counts_up(known.event for known in states(made, Effect.KNOWN))


@given(revisions(), st.sampled_from(Effect))
def test_the_sequence_grows_at_least_as_often_as_the_date_moves(
    made: list[Revision], effect: Effect
) -> None:
    for known in states(made, effect):
        assert 0 <= known.event.when_no <= known.event.sequence


@pytest.mark.parametrize(
    ("before", "late"),
    [
        # from before the first date
        ([revision(1, (FactName.TITLE, TITLE, 2)), moved(2, FIRST, 3)], moved(3, FIRST, 1)),
        # a vague date that hides a change of status
        (
            [
                announced(1, FIRST),
                revision(2, (FactName.STATUS, Status.TENTATIVE, 3)),
                revision(3, (FactName.STATUS, Status.CONFIRMED, 4)),
            ],
            moved(4, MONTH, 2),
        ),
    ],
)
def test_evidence_taken_in_late_on_a_simulated_clock_lowers_no_counter(
    before: list[Revision], late: Revision
) -> None:
    loaded = [replace(one, recorded_at=september(1)) for one in before]
    was = history("uid-1", "admm-19", loaded)[-1].event
    taken_in = replace(late, recorded_at=september(20))
    now = history("uid-1", "admm-19", [*loaded, taken_in])[-1].event
    assert was.when_no <= now.when_no
    assert was.sequence <= now.sequence


@given(revisions(), st.lists(st.integers(0, 9), min_size=7, max_size=7))
def test_on_any_clock_the_counters_rise_as_time_passes_and_revisions_come(
    made: list[Revision], days: list[int]
) -> None:
    """Some are recorded ahead of what they tell, some after."""
    recorded = [
        replace(one, recorded_at=datetime(2025, 8, 28, 1, one.number, tzinfo=UTC) + timedelta(day))
        for one, day in zip(made, sorted(days), strict=False)
    ]
    seen = []
    for day in range(20):
        now = datetime(2025, 8, 28, 12, tzinfo=UTC) + timedelta(days=day)
        there = [one for one in recorded if one.recorded_at <= now]
        if event := in_force(history("uid-1", "admm-19", there), now):
            seen.append(event)
    _assert_counts_up(seen)


# — where the counters begin —


@given(revisions(), st.integers(0, 9), st.integers(0, 9))
def test_counters_that_begin_higher_are_higher_throughout_and_nothing_else_differs(
    made: list[Revision], sequence: int, when_no: int
) -> None:
    start = Counters(sequence, when_no)
    lifted = history("uid-1", "admm-19", made, start=start)
    assert lifted == [
        replace(
            known,
            event=replace(
                known.event,
                sequence=known.event.sequence + sequence,
                when_no=known.event.when_no + when_no,
            ),
        )
        for known in states(made, Effect.RECORDED)
    ]


# — what claims have to do with it —


def said(day: int, when: str) -> Claim:
    return Claim(f"of-{day}", "uid-1", Origin.ARTICLE, september(day), When.parse(when))


def test_a_claim_that_changed_nothing_begins_a_state_in_which_it_disagrees() -> None:
    found = history("uid-1", "admm-19", [announced(1, FIRST)], [said(5, "2025-11-02")])
    assert [(known.known_from, known.event.contested) for known in found] == [
        (september(1), ()),
        (september(5), ("when",)),
    ]
    assert found[0].known_to == september(5)
    first, second = (known.event for known in found)
    assert replace(second, contested=()) == first


def test_a_claim_from_before_anything_was_known_begins_no_state() -> None:
    found = history("uid-1", "admm-19", [announced(5, FIRST)], [said(1, "2025-11-02")])
    assert [(known.known_from, known.event.contested) for known in found] == [
        (september(5), ("when",))
    ]


def test_claims_alone_make_no_event() -> None:
    assert history("uid-1", "admm-19", [], [said(1, "2025-11")]) == []


@given(revisions(), st.lists(st.integers(1, 30), unique=True, max_size=5))
def test_claims_change_nothing_but_what_is_contested(made: list[Revision], days: list[int]) -> None:
    claims = [said(day, "2025-11-03") for day in days]
    plain, told = history("uid-1", "admm-19", made), history("uid-1", "admm-19", made, claims)
    for day in range(1, 31):
        without, event = (in_force(found, september(day, 12)) for found in (plain, told))
        assert event == (without and event and replace(without, contested=event.contested))


# — what is no history —


@pytest.mark.parametrize(
    "made",
    [
        [moved(1, FIRST, 1)],
        [announced(1), revision(2, (FactName.TITLE, None, 5))],
        [revision(1, (FactName.TITLE, None, 1))],
    ],
)
def test_a_meeting_without_a_title_is_refused(made: list[Revision]) -> None:
    with pytest.raises(Refused, match="title"):
        history("uid-1", "admm-19", made)


def _recorded(told: Iterable[Sequence[Fact]]) -> list[Revision]:
    return [
        Revision(number, RECORDING_BEGINS + timedelta(hours=number), tuple(facts))
        for number, facts in enumerate(told, start=1)
    ]


def _assert_counts_up(events: Iterable[Event]) -> None:
    for before, after in pairwise(events):
        assert before.sequence <= after.sequence
        assert before.when_no <= after.when_no
        if before.when != after.when:
            assert before.when_no < after.when_no
        if _seen(before) != _seen(after):
            assert before.sequence < after.sequence


def _seen(event: Event) -> tuple[FactValue, ...]:
    """What calendar programs show of an event."""
    return event.when, event.published_status, event.place


def facts_of(event: Event) -> dict[FactName, FactValue]:
    return {name: getattr(event, name.value) for name in FactName}


def reference(made: Sequence[Revision], moment: datetime) -> dict[FactName, FactValue]:
    """Each fact as known at a moment, the slow and plain way."""
    expected: dict[FactName, FactValue] = {}
    for name in FactName:
        ranked = [
            (fact.known_since, one.number, fact.value)
            for one in made
            for fact in one.facts
            if fact.name is name
        ]
        known = [one for one in ranked if one[0] <= moment]
        value: FactValue = Status.TENTATIVE if name is FactName.STATUS else None
        if known:
            value = max(known, key=lambda one: one[:2])[2]
        elif ranked and name in IDENTITY:
            value = min(ranked, key=lambda one: one[:2])[2]
        expected[name] = value
    return expected
