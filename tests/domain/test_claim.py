"""How what is newly said stands to what is known: it agrees, sharpens, says less or contradicts."""

import unicodedata
from datetime import UTC, date, datetime
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.domain.claim import (
    Claim,
    ClaimStatus,
    Origin,
    Relation,
    claimed_status,
    drafted_status,
    follows,
    relate_place,
    relate_when,
)
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Status
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from tests.strategies import points, texts, whens

AGREES, SHARPENS, BLURS, OVERLAPS, CONTRADICTS = Relation
OPPOSITE = {
    AGREES: AGREES,
    SHARPENS: BLURS,
    BLURS: SHARPENS,
    OVERLAPS: OVERLAPS,
    CONTRADICTS: CONTRADICTS,
}
NINE = "2025-11-01T09:00:00+08:00[Asia/Kuala_Lumpur]"
TEN = "2025-11-01T10:00:00+08:00[Asia/Kuala_Lumpur]"
NINE_IN_JAKARTA = "2025-11-01T08:00:00+07:00[Asia/Jakarta]"
NOON = "2025-11-01T12:00:00+08:00[Asia/Kuala_Lumpur]"

FINER_AND_FINER = [
    ["2025", "2025-36", "2025-11", "2025-11-01", "2025-11-01/2025-11-02"],
    ["2025", "[2025-10-01..2025-11-30]", "2025-11", "[2025-11-01..2025-11-07]", "2025-11-01", NINE],
    ["2025-36", "2025-10", "2025-10-31/2025-11", "2025-10-31/2025-11-01"],
    ["2025-11", "2025-11-01", NINE, f"{NINE}/2025-11-02"],
    ["2025-11-01/2025-11", "2025-11-01/2025-11-02", f"{NINE}/2025-11-02"],
    ["2025-11-01", "2025-11-01/2025-11", f"{NINE}/2025-11"],
    ["2025/2026", "2025-11/2026", "2025-11-01/2026", "2025-11-01/2026-33", "2025-11-01/2026-02-03"],
    ["[2025..2026]", "2025", "2025/2026"],
    ["2025-11-01", "2025-11-01/2025-11-01T18:00:00+08:00[Asia/Kuala_Lumpur]"],
    [NINE, f"{NINE}/{NOON}"],
]
THE_SAME = [
    ("2025-11", "[2025-11-01..2025-11-30]"),
    ("2025-36", "[2025-10..2025-12]"),
    ("2025", "[2025-33..2025-36]"),
    ("2025-10/2025-12", "2025-10/2025-12"),
    (NINE, NINE_IN_JAKARTA),
]
BOTH_CAN_BE_TRUE = [
    # a clock time, and the days over which it lasts
    (NINE, "2025-11-01/2025-11-02"),
    (NINE, "2025-11-01/2025-11"),
    # windows that share a day
    ("[2025-09-01..2025-09-07]", "[2025-09-05..2025-09-12]"),
    ("2025-10/2025-11-02", "2025-10-31/2025-11"),
]
AT_ODDS = [
    ("2025-11-01", "2025-11-02"),
    ("2025-10-31", "2025-11"),
    ("2025-10", "2025-11"),
    ("2025-35", "2025-36"),
    ("2025-09", "2025-36"),
    ("2025", "2026"),
    ("2025", "2026-01-01"),
    ("2025-11-08", "[2025-11-01..2025-11-07]"),
    ("2025-11-01/2025-11-02", "2025-11-01/2025-11-03"),
    ("2025-11-01/2025-11-03", "2025-11-02/2025-11-03"),
    ("2025-11-01/2025-12-01", "2025-11-01/2025-11"),
    (NINE, TEN),
    (NINE, "2025-11-02"),
    (f"{NINE}/{NOON}", f"{TEN}/{NOON}"),
    ("2025-11-01T09:00:00+08:00[Asia/Kuala_Lumpur]", "2025-11-01T09:00:00+07:00[Asia/Jakarta]"),
]


# --- dates ----------------------------------------------------------------------------------


def relate(new: str, known: str) -> Relation:
    return relate_when(When.parse(new), When.parse(known))


@pytest.mark.parametrize("chain", FINER_AND_FINER, ids=lambda chain: chain[0])
def test_a_date_that_says_more_sharpens_and_one_that_says_less_blurs(chain: list[str]) -> None:
    for coarse, fine in pairwise(chain):
        assert (relate(fine, coarse), relate(coarse, fine)) == (SHARPENS, BLURS), (coarse, fine)
    assert relate(chain[-1], chain[0]) is SHARPENS


@pytest.mark.parametrize(("one", "other"), THE_SAME)
def test_two_ways_to_write_the_same_date_agree(one: str, other: str) -> None:
    assert relate(one, other) is relate(other, one) is AGREES


@pytest.mark.parametrize(("one", "other"), AT_ODDS)
def test_dates_that_cannot_both_be_true_contradict(one: str, other: str) -> None:
    assert relate(one, other) is relate(other, one) is CONTRADICTS


def test_the_meeting_of_october_began_on_its_last_day() -> None:
    """The case that this is for: “Oktober ini” turned out to be 31 October to 1 November."""
    assert relate("2025-10-31/2025-11-01", "2025-10") is SHARPENS
    assert relate("2025-11-01", "2025-10") is CONTRADICTS


@st.composite
def near(draw: st.DrawFn) -> When:
    """Dates of a few weeks, which have something to do with each other as others hardly ever do."""
    close = points(days=st.dates(date(2025, 10, 29), date(2025, 11, 4)))
    start, end = draw(close), draw(close)
    make = draw(st.sampled_from([When.lasting, When.within, None]))
    try:
        return make(start, end) if make else When.at(start)
    except Refused:
        return When.at(start)


@given(whens | near())
def test_every_date_agrees_with_itself(when: When) -> None:
    assert relate_when(when, when) is AGREES
    assert relate_when(When.parse(str(when)), when) is AGREES


@given(whens | near(), whens | near())
def test_seen_from_the_other_side_sharper_is_vaguer_and_a_contradiction_stays_one(
    one: When, other: When
) -> None:
    assert relate_when(other, one) is OPPOSITE[relate_when(one, other)]


@given(st.lists(near(), min_size=6, max_size=10))
def test_what_sharpens_a_sharper_date_sharpens_the_vague_one(several: list[When]) -> None:
    for coarse, middle, fine in permutations(several, 3):
        told = {relate_when(fine, middle), relate_when(middle, coarse)}
        if told <= {SHARPENS, AGREES}:
            assert relate_when(fine, coarse) is (SHARPENS if SHARPENS in told else AGREES)


@given(st.lists(near(), min_size=6, max_size=10))
def test_what_sharpens_begins_where_the_other_may_begin(several: list[When]) -> None:
    for fine, coarse in permutations(several, 2):
        if relate_when(fine, coarse) is SHARPENS:
            assert coarse.starts[0] <= fine.starts[0] <= fine.starts[1] <= coarse.starts[1]


# --- places ---------------------------------------------------------------------------------


def places(new: str, known: str) -> Relation:
    return relate_place(Texts({"ms": new}), Texts({"ms": known}))


@pytest.mark.parametrize(
    ("new", "known", "told"),
    [
        ("Desaru, Johor", "Johor", SHARPENS),
        ("Johor", "Desaru, Johor", BLURS),
        ("Desaru, Johor", "JOHOR (Desaru)", AGREES),
        ("Melaka", "Johor", CONTRADICTS),
        ("Desaru, Johor", "Desaru, Melaka", CONTRADICTS),
        # it is words that count, not letters
        ("Johor Bahru", "Bahru", SHARPENS),
        ("Johorkan", "Johor", CONTRADICTS),
        ("Dewan 2", "Dewan 20", CONTRADICTS),
        ("Hà Nội", "Nội", SHARPENS),
        ("Straße 1", "STRASSE 1", AGREES),
        # the same letters, composed by one newsroom and in pieces by another
        ("Hà Nội", unicodedata.normalize("NFD", "Hà Nội"), AGREES),
    ],
)
def test_a_place_with_all_the_words_of_another_sharpens_it(
    new: str, known: str, told: Relation
) -> None:
    assert places(new, known) is told
    assert places(known, new) is OPPOSITE[told]


def test_places_in_different_languages_are_not_compared() -> None:
    told = relate_place(Texts({"en": "Hanoi"}), Texts({"vi": "Hà Nội"}))
    assert told is AGREES


def test_a_place_must_agree_in_every_language_they_share() -> None:
    known = Texts({"ms": "Johor", "en": "Johor"})
    assert relate_place(Texts({"ms": "Desaru, Johor", "id": "Bali"}), known) is SHARPENS
    assert relate_place(Texts({"ms": "Johor", "en": "Malacca"}), known) is CONTRADICTS
    # finer in one, vaguer in the other: neither says all that the other says
    mixed = Texts({"ms": "Desaru, Johor", "en": "Malaysia, Johor"})
    assert relate_place(mixed, Texts({"ms": "Johor", "en": "Desaru, Johor, Malaysia"})) is (
        CONTRADICTS
    )


@given(texts)
def test_every_place_agrees_with_itself(place: Texts) -> None:
    assert relate_place(place, place) is AGREES


@given(texts, texts)
def test_places_are_told_alike_from_both_sides(one: Texts, other: Texts) -> None:
    assert relate_place(other, one) is OPPOSITE[relate_place(one, other)]


# --- statuses -------------------------------------------------------------------------------

LIFE = {
    (earlier, later)
    for earlier, later in product(ClaimStatus, ClaimStatus)
    if earlier in ("scheduled", "postponed") or earlier is later
}


@pytest.mark.parametrize(("earlier", "later"), list(product(ClaimStatus, ClaimStatus)))
def test_a_meeting_is_scheduled_or_postponed_before_it_is_held_or_called_off(
    earlier: ClaimStatus, later: ClaimStatus
) -> None:
    assert follows(earlier, later) is ((earlier, later) in LIFE)


@pytest.mark.parametrize(
    ("claimed", "when", "status"),
    [
        ("scheduled", "2025-11-01", Status.CONFIRMED),
        ("scheduled", NINE, Status.CONFIRMED),
        ("scheduled", "2025-10-31/2025-11-01", Status.CONFIRMED),
        ("scheduled", "2025-10", Status.TENTATIVE),
        ("scheduled", "[2025-11-01..2025-11-07]", Status.TENTATIVE),
        ("scheduled", None, Status.TENTATIVE),
        ("postponed", None, Status.POSTPONED),
        ("postponed", "2026-01-10", Status.CONFIRMED),
        ("postponed", "2026", Status.TENTATIVE),
        ("held", "2025", Status.HELD),
        ("held", None, Status.HELD),
        ("cancelled", "2025-11-01", Status.CANCELLED),
        ("cancelled", None, Status.CANCELLED),
    ],
)
def test_a_claim_drafts_a_status_as_firm_as_its_date(
    claimed: str, when: str | None, status: Status
) -> None:
    assert drafted_status(ClaimStatus(claimed), When.parse(when) if when else None) is status


@given(st.sampled_from(Status), whens)
def test_what_would_have_to_be_claimed_for_a_status_drafts_it_again(
    status: Status, when: When
) -> None:
    drafted = drafted_status(claimed_status(status), None if status is Status.POSTPONED else when)
    if status in (Status.TENTATIVE, Status.CONFIRMED):
        assert drafted is (Status.TENTATIVE if when.is_vague else Status.CONFIRMED)
    else:
        assert drafted is status


@pytest.mark.parametrize(
    ("status", "when", "was", "moves"),
    [
        (None, "2025-12", None, False),
        (None, "2025-12", "2025-11", True),
        (ClaimStatus.SCHEDULED, "2025-12", "2025-11", True),
        (ClaimStatus.POSTPONED, "2025-12", None, True),
        # it says that the old date is off, and names no other
        (ClaimStatus.POSTPONED, None, None, False),
        (ClaimStatus.CANCELLED, "2025-11", None, False),
    ],
)
def test_a_claim_moves_a_meeting_if_it_names_the_old_date_or_postpones_to_a_new_one(
    status: ClaimStatus | None, when: str | None, was: str | None, moves: bool
) -> None:
    said, old = (When.parse(text) if text else None for text in (when, was))
    claim = Claim(
        "key", "uid", Origin.EDITOR, datetime(2025, 9, 1, tzinfo=UTC), said, status=status, was=old
    )
    assert claim.moves is moves


@pytest.mark.parametrize(("one", "other"), BOTH_CAN_BE_TRUE)
def test_what_can_both_be_true_only_overlaps(one: str, other: str) -> None:
    first, second = When.parse(one), When.parse(other)
    assert relate_when(first, second) is OVERLAPS
    assert relate_when(second, first) is OVERLAPS


def test_one_moment_on_two_calendar_days_is_the_same() -> None:
    kuala_lumpur = When.parse("2025-11-01T01:00[Asia/Kuala_Lumpur]")
    london = When.parse("2025-10-31T17:00[Europe/London]")
    assert relate_when(kuala_lumpur, london) is AGREES
