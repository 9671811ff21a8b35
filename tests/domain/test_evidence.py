"""Which claims disagree with what holds, what settles that, and what follows from a new one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.domain.claim import Claim, ClaimStatus, Origin, Relation
from calendar_svc.domain.event import Status
from calendar_svc.domain.evidence import (
    contradicts,
    disagreeing,
    following,
    relation,
    ruling,
)
from calendar_svc.domain.revision import CLAIMED, Fact, FactName, FactValue, Revision, present_facts
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from tests.strategies import RECORDING_BEGINS, whens

WHEN, PLACE, STATUS = CLAIMED
SCHEDULED, HELD, POSTPONED, CANCELLED = ClaimStatus
MONTH, FIRST, SECOND = "2025-11", "2025-11-01", "2025-11-02"


def september(day: int) -> datetime:
    return datetime(2025, 9, day, tzinfo=UTC)


def claim(
    day: int,
    when: str | None = None,
    *,
    place: str | None = None,
    status: ClaimStatus | None = None,
    was: str | None = None,
    key: str = "",
) -> Claim:
    """What an article of a day of September says."""
    return Claim(
        key=key or f"of-{day}",
        event="uid-1",
        origin=Origin.ARTICLE,
        since=september(day),
        when=When.parse(when) if when else None,
        place=Texts({"ms": place}) if place else None,
        status=status,
        was=When.parse(was) if was else None,
    )


def told(claims: Iterable[Claim], *, settles: bool = False) -> list[Revision]:
    """The revisions that follow from claims, recorded one after the other."""
    made: list[Revision] = []
    for one in claims:
        facts = following(one, present_facts(made, one.since), settles=settles)
        made.append(revision(len(made) + 1, *facts))
    return made


def revision(number: int, *facts: Fact) -> Revision:
    return Revision(number, RECORDING_BEGINS + timedelta(hours=number), facts)


def at_odds(
    revisions: Iterable[Revision], claims: Iterable[Claim], day: int = 30
) -> dict[FactName, list[str]]:
    """The keys of the claims that disagree as of a day."""
    found = disagreeing(revisions, claims, september(day))
    return {name: [one.key for one in several] for name, several in found.items()}


def holds(name: FactName, value: FactValue, day: int = 10) -> Fact:
    return Fact(name, value, september(day), "another")


# --- which claims disagree ------------------------------------------------------------------


def test_two_papers_that_tell_two_days_disagree_from_the_second_on() -> None:
    claims = [claim(1, FIRST), claim(5, SECOND)]
    made = told(claims)
    assert at_odds(made, claims, 4) == {}
    assert at_odds(made, claims, 5) == {WHEN: ["of-1"]}


def test_a_vaguer_and_a_sharper_claim_do_not_disagree() -> None:
    claims = [claim(1, MONTH), claim(5, FIRST), claim(9, MONTH)]
    assert at_odds(told(claims), claims) == {}


def test_an_older_claim_that_is_taken_in_late_disagrees_with_what_is_newer() -> None:
    claims = [claim(5, FIRST), claim(1, SECOND)]
    made = told(claims)
    assert at_odds(made, claims, 4) == {}
    assert at_odds(made, claims, 5) == {WHEN: ["of-1"]}


def test_what_is_not_known_yet_disagrees_with_nothing() -> None:
    assert at_odds(told([claim(1, FIRST)]), [claim(1, FIRST), claim(20, SECOND)], 19) == {}


def test_a_claim_of_what_nobody_else_tells_disagrees_with_nothing() -> None:
    made = told([claim(1, FIRST)])
    assert at_odds(made, [claim(2, place="Desaru", status=CANCELLED)]) == {}


def test_a_date_that_is_unknown_again_is_contradicted_by_nobody() -> None:
    made = [*told([claim(1, FIRST)]), revision(2, holds(WHEN, None))]
    assert at_odds(made, [claim(1, FIRST), claim(2, SECOND)]) == {}


def test_each_fact_disagrees_for_itself() -> None:
    claims = [
        claim(1, FIRST, place="Desaru", status=SCHEDULED),
        claim(5, FIRST, place="Melaka", status=SCHEDULED),
        claim(9, SECOND, place="Melaka", status=CANCELLED),
    ]
    assert at_odds(told(claims), claims) == {WHEN: ["of-1", "of-5"], PLACE: ["of-1"]}


def test_the_claim_that_a_fact_rests_on_does_not_disagree_with_it() -> None:
    """An editor may have read it as something else than it says."""
    made = [revision(1, Fact(WHEN, When.parse(SECOND), september(1), "of-1"))]
    assert at_odds(made, [claim(1, FIRST)]) == {}


# --- what settles it ------------------------------------------------------------------------


def settled(number: int, day: int, when: str, key: str | None = None) -> Revision:
    return revision(number, Fact(WHEN, When.parse(when), september(day), key, settles=True))


@pytest.mark.parametrize("kept", [FIRST, SECOND])
def test_what_was_claimed_up_to_a_ruling_disagrees_no_more(kept: str) -> None:
    claims = [claim(1, FIRST), claim(5, SECOND)]
    made = [*told(claims), settled(3, 9, kept)]
    assert at_odds(made, claims, 8) == {WHEN: ["of-1"]}
    assert at_odds(made, claims, 9) == {}


def test_a_claim_that_comes_after_a_ruling_disagrees_again() -> None:
    claims = [claim(1, FIRST), claim(5, SECOND), claim(12, FIRST)]
    made = [*told(claims[:2]), settled(3, 9, SECOND)]
    assert at_odds(made, claims, 11) == {}
    assert at_odds(made, claims, 12) == {WHEN: ["of-12"]}


def test_a_claim_taken_in_after_a_ruling_but_older_than_it_is_ruled_on_too() -> None:
    made = [*told([claim(1, FIRST)]), settled(2, 9, FIRST)]
    assert at_odds(made, [claim(1, FIRST), claim(9, SECOND)]) == {}


def test_a_ruling_on_one_fact_says_nothing_of_another() -> None:
    claims = [claim(1, FIRST, place="Desaru"), claim(5, SECOND, place="Melaka")]
    made = [*told(claims), settled(3, 9, SECOND)]
    assert at_odds(made, claims) == {PLACE: ["of-1"]}


def test_an_older_ruling_taken_in_late_does_not_shorten_a_newer_one() -> None:
    claims = [claim(1, FIRST), claim(5, SECOND)]
    made = [*told(claims), settled(3, 9, SECOND), settled(4, 3, FIRST)]
    assert at_odds(made, claims) == {}


@pytest.mark.parametrize(
    "moving",
    [
        claim(5, SECOND, was=FIRST),
        claim(5, SECOND, was=FIRST, status=SCHEDULED),
        claim(5, SECOND, status=POSTPONED),
    ],
)
def test_a_paper_that_says_the_meeting_moved_settles_the_old_date(moving: Claim) -> None:
    claims = [claim(1, FIRST, place="Desaru", status=SCHEDULED), moving]
    made = told(claims)
    assert at_odds(made, claims) == {}
    assert present_facts(made, september(30))[WHEN].value == When.parse(SECOND)
    assert present_facts(made, september(30))[STATUS].value is Status.CONFIRMED


def test_a_paper_that_says_it_moved_settles_no_other_fact() -> None:
    claims = [claim(1, FIRST, place="Desaru"), claim(5, SECOND, place="Melaka", was=FIRST)]
    assert at_odds(told(claims), claims) == {PLACE: ["of-1"]}


# --- statuses in the order of life ----------------------------------------------------------

LIVES = [
    [claim(1, FIRST, status=SCHEDULED), claim(5, status=HELD)],
    [claim(1, FIRST, status=SCHEDULED), claim(5, status=CANCELLED)],
    [claim(1, FIRST, status=SCHEDULED), claim(5, status=POSTPONED), claim(9, status=CANCELLED)],
    [
        claim(1, FIRST, status=SCHEDULED),
        claim(5, status=POSTPONED),
        claim(9, SECOND, status=SCHEDULED, was=FIRST),
        claim(12, status=HELD),
    ],
    # postponed to a new date, then held or called off
    *(
        [
            claim(1, FIRST, status=SCHEDULED),
            claim(5, SECOND, status=POSTPONED),
            claim(12, status=last),
        ]
        for last in (SCHEDULED, HELD, CANCELLED, POSTPONED)
    ),
]


@pytest.mark.parametrize("claims", LIVES, ids=count(1))
def test_a_life_told_as_it_went_is_no_disagreement(claims: list[Claim]) -> None:
    made = told(claims)
    for day in range(1, 31):
        assert at_odds(made, claims, day) == {}


@pytest.mark.parametrize("claims", LIVES, ids=count(1))
def test_a_life_told_backwards_is_none_either(claims: list[Claim]) -> None:
    made = told(reversed(claims))
    assert STATUS not in at_odds(made, claims)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [(HELD, SCHEDULED), (HELD, CANCELLED), (CANCELLED, SCHEDULED), (CANCELLED, HELD)],
)
def test_what_ended_and_goes_on_is_a_disagreement(earlier: ClaimStatus, later: ClaimStatus) -> None:
    claims = [claim(1, FIRST, status=earlier), claim(5, FIRST, status=later)]
    assert at_odds(told(claims), claims) == {STATUS: ["of-1"]}


@pytest.mark.parametrize(
    ("value", "said", "against"),
    [
        (Status.TENTATIVE, SCHEDULED, False),
        (Status.CONFIRMED, SCHEDULED, False),
        (Status.HELD, HELD, False),
        (Status.HELD, SCHEDULED, True),
        (Status.CANCELLED, SCHEDULED, True),
        (Status.CANCELLED, POSTPONED, True),
        (Status.POSTPONED, SCHEDULED, True),
        (Status.CONFIRMED, CANCELLED, True),
    ],
)
def test_a_newer_claim_disagrees_with_any_other_status(
    value: Status, said: ClaimStatus, against: bool
) -> None:
    assert contradicts(claim(12, status=said), holds(STATUS, value)) is against


@pytest.mark.parametrize(
    ("value", "day", "against"),
    [
        (Status.CONFIRMED, 12, False),
        (Status.TENTATIVE, 12, False),
        (Status.POSTPONED, 12, False),
        (Status.HELD, 12, True),
        (Status.CANCELLED, 12, True),
        # it was postponed to a new date first, and then it was held or called off
        (Status.HELD, 5, False),
        (Status.CANCELLED, 5, False),
    ],
)
def test_a_postponement_to_a_new_date_says_that_it_is_to_take_place(
    value: Status, day: int, against: bool
) -> None:
    assert contradicts(claim(day, SECOND, status=POSTPONED), holds(STATUS, value)) is against


def test_what_says_nothing_of_a_fact_contradicts_nothing() -> None:
    bare = claim(12)
    for name, value in (
        (WHEN, When.parse(FIRST)),
        (PLACE, Texts({"ms": "Desaru"})),
        (STATUS, Status.HELD),
        (FactName.TITLE, Texts({"ms": "ADMM"})),
        (FactName.ORDINAL, 19),
    ):
        assert not contradicts(bare, holds(name, value))
        assert relation(bare, holds(name, value)) is None


def test_a_title_is_not_taken_for_a_place() -> None:
    assert relation(claim(1, place="Desaru"), holds(FactName.TITLE, Texts({"ms": "ADMM"}))) is None
    assert relation(claim(1, FIRST), holds(PLACE, Texts({"ms": "ADMM"}))) is None
    assert relation(claim(1, FIRST), holds(WHEN, When.parse(MONTH))) is Relation.SHARPENS


# --- what follows from a claim --------------------------------------------------------------


def follows(new: Claim, *known: Fact, settles: bool = False) -> dict[FactName, object]:
    facts = following(new, {fact.name: fact for fact in known}, settles=settles)
    assert {(fact.known_since, fact.claim) for fact in facts} <= {(new.since, new.key)}
    return {
        fact.name: str(fact.value) if isinstance(fact.value, When) else fact.value for fact in facts
    }


def test_a_first_claim_makes_a_fact_of_all_that_it_says() -> None:
    new = claim(1, MONTH, place="Desaru", status=SCHEDULED)
    assert follows(new) == {
        WHEN: MONTH,
        PLACE: Texts({"ms": "Desaru"}),
        STATUS: Status.TENTATIVE,
    }
    assert follows(claim(1)) == {}


@pytest.mark.parametrize("said", [MONTH, FIRST, "2025"])
def test_what_agrees_or_says_less_makes_no_fact(said: str) -> None:
    known = holds(WHEN, When.parse(FIRST)), holds(STATUS, Status.CONFIRMED)
    assert follows(claim(12, said, status=SCHEDULED), *known) == {}
    assert follows(claim(12, said), *known) == {}


def test_a_place_that_says_less_makes_no_fact() -> None:
    known = holds(PLACE, Texts({"ms": "Desaru, Johor"}))
    assert follows(claim(12, place="Johor"), known) == {}
    assert follows(claim(12, place="Hotel Hard Rock, Desaru, Johor"), known) == {
        PLACE: Texts({"ms": "Hotel Hard Rock, Desaru, Johor"})
    }


@pytest.mark.parametrize("said", [None, SCHEDULED])
def test_the_day_confirms_what_was_expected_in_a_month(said: ClaimStatus | None) -> None:
    known = holds(WHEN, When.parse(MONTH)), holds(STATUS, Status.TENTATIVE)
    expected = {WHEN: FIRST, STATUS: Status.CONFIRMED}
    assert follows(claim(12, FIRST, status=said), *known) == expected


def test_a_day_that_becomes_a_month_again_is_tentative() -> None:
    known = holds(WHEN, When.parse(FIRST)), holds(STATUS, Status.CONFIRMED)
    expected = {WHEN: "2025-12", STATUS: Status.TENTATIVE}
    assert follows(claim(12, "2025-12", was=FIRST), *known) == expected


def test_what_is_scheduled_vaguely_leaves_a_confirmed_day_confirmed() -> None:
    known = holds(WHEN, When.parse(FIRST)), holds(STATUS, Status.CONFIRMED)
    assert follows(claim(12, status=SCHEDULED), *known) == {}


@pytest.mark.parametrize("status", [Status.HELD, Status.CANCELLED])
def test_a_sharper_date_neither_revives_nor_unmakes_a_meeting(status: Status) -> None:
    known = holds(WHEN, When.parse(MONTH)), holds(STATUS, status)
    assert follows(claim(12, FIRST), *known) == {WHEN: FIRST}


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (claim(12, SECOND, was=FIRST), {WHEN: SECOND, STATUS: Status.CONFIRMED}),
        (claim(12, "2025-12", was=FIRST), {WHEN: "2025-12", STATUS: Status.TENTATIVE}),
        (claim(12, SECOND, status=POSTPONED), {WHEN: SECOND, STATUS: Status.CONFIRMED}),
        (claim(12, SECOND, status=SCHEDULED), {WHEN: SECOND, STATUS: Status.CONFIRMED}),
        # whether it will be, this one doesn't say
        (claim(12, SECOND), {WHEN: SECOND}),
    ],
)
def test_a_postponed_meeting_with_a_new_date_returns(
    new: Claim, expected: dict[FactName, object]
) -> None:
    known = holds(WHEN, When.parse(FIRST)), holds(STATUS, Status.POSTPONED)
    assert follows(new, *known) == expected


def test_a_postponement_keeps_the_old_date() -> None:
    known = holds(WHEN, When.parse(FIRST)), holds(STATUS, Status.CONFIRMED)
    assert follows(claim(12, status=POSTPONED), *known) == {STATUS: Status.POSTPONED}


@given(whens, st.sampled_from([None, *ClaimStatus]))
def test_what_was_followed_once_is_not_followed_again(
    when: When, status: ClaimStatus | None
) -> None:
    new = replace(claim(5, place="Desaru"), when=when, status=status)
    known = {fact.name: fact for fact in following(new, {})}
    assert following(replace(new, since=september(6)), known) == []


@given(whens, whens)
def test_only_what_moves_or_is_believed_settles(old: When, new: When) -> None:
    known = {WHEN: holds(WHEN, old, 1)}
    said = replace(claim(5), when=new)
    assert not any(fact.settles for fact in following(said, known))
    assert all(fact.settles for fact in following(replace(said, was=old), known))
    assert all(fact.settles for fact in following(said, known, settles=True))


# --- what follows from a ruling -------------------------------------------------------------


def ruled(believed: Claim, name: FactName, *known: Fact) -> dict[FactName, object]:
    facts = ruling(believed, name, {fact.name: fact for fact in known})
    assert all(fact.settles and fact.claim == believed.key for fact in facts)
    return {
        fact.name: str(fact.value) if isinstance(fact.value, When) else fact.value for fact in facts
    }


def known(status: Status, when: str = FIRST) -> list[Fact]:
    return [
        holds(WHEN, When.parse(when)),
        holds(PLACE, Texts({"ms": "Desaru"})),
        holds(STATUS, status),
    ]


def test_who_is_believed_on_the_place_is_believed_on_nothing_else() -> None:
    believed = claim(5, "2025-12", place="Melaka", status=CANCELLED)
    assert ruled(believed, PLACE, *known(Status.CONFIRMED)) == {PLACE: Texts({"ms": "Melaka"})}


def test_a_date_that_is_believed_is_as_firm_as_it_is_fine() -> None:
    assert ruled(claim(5, SECOND), WHEN, *known(Status.CONFIRMED)) == {WHEN: SECOND}
    assert ruled(claim(5, "2025-12"), WHEN, *known(Status.CONFIRMED)) == {
        WHEN: "2025-12",
        STATUS: Status.TENTATIVE,
    }
    assert ruled(claim(5, SECOND), WHEN, *known(Status.TENTATIVE, "2025-12")) == {
        WHEN: SECOND,
        STATUS: Status.CONFIRMED,
    }


@pytest.mark.parametrize("status", [Status.HELD, Status.CANCELLED, Status.POSTPONED])
@pytest.mark.parametrize("said", [None, SCHEDULED, HELD, CANCELLED])
def test_a_date_that_is_believed_neither_holds_nor_revives_nor_calls_off(
    status: Status, said: ClaimStatus | None
) -> None:
    """An old paper had the day right; that it announced the meeting doesn't undo its being held."""
    assert ruled(claim(5, SECOND, status=said), WHEN, *known(status)) == {WHEN: SECOND}


def test_a_postponement_to_a_new_date_that_is_believed_brings_the_meeting_back() -> None:
    believed = claim(5, SECOND, status=POSTPONED)
    returned = {WHEN: SECOND, STATUS: Status.CONFIRMED}
    assert ruled(believed, WHEN, *known(Status.POSTPONED)) == returned
    assert ruled(believed, WHEN, *known(Status.CONFIRMED)) == {WHEN: SECOND}
    assert ruled(believed, WHEN, *known(Status.HELD)) == {WHEN: SECOND}


@pytest.mark.parametrize(
    ("believed", "when", "status"),
    [
        (claim(5, SECOND, status=CANCELLED), FIRST, Status.CANCELLED),
        (claim(5, SECOND, status=SCHEDULED), FIRST, Status.CONFIRMED),
        (claim(5, SECOND, status=SCHEDULED), "2025-12", Status.TENTATIVE),
        (claim(5, status=POSTPONED), FIRST, Status.POSTPONED),
        (claim(5, SECOND, status=POSTPONED), FIRST, Status.CONFIRMED),
    ],
)
def test_a_status_that_is_believed_is_as_firm_as_the_date_that_holds(
    believed: Claim, when: str, status: Status
) -> None:
    assert ruled(believed, STATUS, *known(Status.HELD, when)) == {STATUS: status}
