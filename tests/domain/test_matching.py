"""Which known meeting an article means."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.draft import Proposal
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.matching import match, window
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from tests import make

PUBLISHED = date(2027, 3, 1)
NOTHING = Proposal(None, None, None, None, None, None, None, ClaimStatus.SCHEDULED)


def event(slug: str, when: str | None = None, **other: Any) -> Event:
    values: dict[str, Any] = {"uid": slug, "slug": slug, "ordinal": None}
    return make.event(when, **values | other)


def said(when: str | None = None, title: str | None = None, **other: Any) -> Proposal:
    return replace(
        NOTHING,
        when=When.parse(when) if when else None,
        title=Texts({"ms": title}) if title else None,
        **{"series": "admm", **other},
    )


def found(proposal: Proposal, *events: Event) -> str | None:
    one = match(proposal, PUBLISHED, events)
    again = match(proposal, PUBLISHED, reversed(events))
    assert one == again
    return one.slug if one else None


OLD = event("admm-20", "2026-11-05", ordinal=20)
NEXT = event("admm-21", "2027-11", ordinal=21)
PLUS = event("admm-plus-2027", "2027-11", series="admm-plus")


def test_series_and_edition_say_all_whatever_the_date() -> None:
    assert found(said("2030-01-01", ordinal=21), OLD, NEXT, PLUS) == "admm-21"
    assert found(said(ordinal=20), OLD, NEXT, PLUS) == "admm-20"


def test_another_edition_is_another_meeting_even_on_that_day() -> None:
    assert found(said("2027-11", ordinal=22), OLD, NEXT) is None


def test_an_edition_that_nobody_has_numbered_is_found_by_its_date() -> None:
    plain = replace(NEXT, ordinal=None)
    assert found(said("2027-11-03", ordinal=21), OLD, plain) == "admm-21"


def test_series_and_overlapping_date() -> None:
    twice = event("retreat", "2027-02-03")
    assert found(said("2027-11-03"), OLD, NEXT, twice) == "admm-21"
    assert found(said("[2027-10-28..2027-11-03]"), OLD, NEXT, twice) == "admm-21"


def test_series_and_year_when_no_other_is_of_it() -> None:
    assert found(said("2027-12-01"), OLD, NEXT) == "admm-21"
    assert found(said("2028-01-05"), OLD, NEXT) is None
    assert found(said("2027-12-01"), OLD, NEXT, event("retreat", "2027-02-03")) is None


def test_a_moved_meeting_is_the_one_of_the_old_date() -> None:
    moved = replace(said("2028-01-20"), was=When.parse("2027-11-05"))
    assert found(moved, OLD, NEXT) == "admm-21"


def test_without_a_date_the_only_one_to_come_is_meant() -> None:
    assert found(said(), OLD, NEXT, PLUS) == "admm-21"
    assert found(said(), OLD) is None
    assert found(said(), NEXT, event("admm-22", "2028")) is None
    assert found(said(), NEXT, event("held", "2027-03", status=Status.HELD)) == "admm-21"


def test_without_a_date_what_was_held_is_one_that_has_begun() -> None:
    held = replace(said(), status=ClaimStatus.HELD)
    assert found(held, OLD, NEXT) is None
    assert found(held, OLD, NEXT, event("admm-2027", "2027-02-20")) == "admm-2027"
    assert found(held, event("admm-2027", "2027", status=Status.HELD)) == "admm-2027"
    assert found(held, event("admm-2027")) == "admm-2027"


def test_a_date_that_was_not_known_yet_is_that_of_the_undated_one() -> None:
    assert found(said("2028-01-05"), OLD, event("admm-22")) == "admm-22"
    assert found(said("2028-01-05"), event("a"), event("b")) is None


TITLE = "Kejohanan Badminton Terbuka Malaysia"
OPEN = event("open", "2027-05", series=None, title=Texts({"ms": TITLE, "en": "Malaysia Open"}))


@pytest.mark.parametrize(
    ("title", "same"),
    [
        (TITLE, True),
        ("kejohanan badminton terbuka", True),
        ("Kejohanan Badminton", True),
        ("Kejohanan Badminton Dunia Belia Sekolah", False),
        ("Malaysia Open", True),
        ("Sukan SEA", False),
        ("…", False),
    ],
)
def test_else_half_of_the_words_and_a_date_that_fits(title: str, same: bool) -> None:
    assert found(said("2027-05-20", title, series=None), OPEN, NEXT) == ("open" if same else None)
    assert found(said("2027-06-20", title, series=None), OPEN, NEXT) is None


def test_a_number_tells_titles_apart() -> None:
    numbered = replace(OPEN, title=Texts({"ms": "Sidang Kemuncak ASEAN ke-47"}))
    assert found(said("2027-05", "Sidang Kemuncak ASEAN ke-48", series=None), numbered) is None
    assert found(said("2027-05", "Sidang Kemuncak ASEAN ke-47", series=None), numbered) == "open"
    assert found(said("2027-05", "47th Sidang Kemuncak ASEAN", series=None), numbered) == "open"
    assert found(said("2027-05", "Sidang Kemuncak ASEAN", series=None), numbered) == "open"
    assert found(said("2027-05", "Sidang Kemuncak ASEAN 2027", series=None), numbered) == "open"
    dated = replace(OPEN, title=Texts({"ms": "Sidang Kemuncak ASEAN 2028"}))
    assert found(said("2027-05", "Sidang Kemuncak ASEAN 2027", series=None), dated) is None


def test_a_meeting_outside_its_series_is_found_by_its_title() -> None:
    stray = event("stray", "2027-04", series=None, title=Texts({"en": "ADMM retreat"}))
    assert found(said("2027-04-02", "ADMM retreat"), stray) == "stray"
    other = replace(stray, series="adsom")
    assert found(said("2027-04-02", "ADMM retreat"), other) is None


def test_what_fits_two_alike_is_neither() -> None:
    assert found(said("2027-05", TITLE, series=None), OPEN, replace(OPEN, slug="other")) is None


def test_it_is_looked_for_around_its_dates_and_the_articles_day() -> None:
    first, last = window(said("2029-01"), PUBLISHED)
    assert first < PUBLISHED and last > date(2029, 1, 31)
    assert window(said(), PUBLISHED)[0] < date(2026, 3, 1)
