"""What the address of a new meeting begins with."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.domain.article import Article
from calendar_svc.domain.draft import Draft, DraftState, Proposal
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from tests.strategies import whens

ARTICLE = Article("bernama-2025-09-27", "Bernama", "ms", date(2025, 9, 27))
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def stem(
    title: Texts | None = None,
    when: When | None = None,
    series: str | None = None,
    ordinal: int | None = None,
) -> str:
    said = Proposal(None, title, series, ordinal, when, None, None, None)
    return Draft(1, ARTICLE, said, DraftState.WAITING, datetime(2025, 9, 28, tzinfo=UTC)).stem


def of_title(title: str) -> str:
    return stem(Texts({"ms": title}))


def test_series_and_edition_make_an_address() -> None:
    assert stem(series="admm", ordinal=20, when=When.parse("2026-11")) == "admm-20"


def test_an_edition_that_is_not_counted_goes_by_its_year() -> None:
    assert stem(series="admm-plus", when=When.parse("2026-33")) == "admm-plus-2026"


def test_without_a_date_it_goes_by_the_year_of_its_article() -> None:
    assert stem(series="admm-plus") == "admm-plus-2025"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Mesyuarat Menteri", "mesyuarat-menteri-2025"),
        ("  ADMM:  ke-21 (Manila) ", "admm-ke-21-manila-2025"),
        ("Réunion à São Tomé", "reunion-a-sao-tome-2025"),
        ("Straße İstanbul", "strasse-istanbul-2025"),
        ("ﬁnal 𝐀𝐃𝐌𝐌 ＡＤＳＯＭ №5", "final-admm-adsom-no5-2025"),
        ("../../etc/passwd", "etc-passwd-2025"),
        ('"><script>alert(1)</script>', "script-alert-1-script-2025"),
        ("%2e%2e%2f?q=1#x", "2e-2e-2f-q-1-x-2025"),
        ("a b c d e f g h i j", "a-b-c-d-e-f-g-h-2025"),
        ("东盟防长会议", "meeting-2025"),
        ("اجتماع", "meeting-2025"),
        ("😀 — …", "meeting-2025"),
        ("e\u0301te\u0301", "ete-2025"),
    ],
)
def test_a_title_becomes_small_letters_and_digits(title: str, found: str) -> None:
    assert of_title(title) == found


def test_a_title_in_several_languages_always_makes_the_same() -> None:
    assert stem(Texts({"ms": "Mesyuarat", "en": "Meeting"})) == "meeting-2025"


@pytest.mark.parametrize("title", ["a" * 300, " ".join(["pertahanan"] * 20), "a" * 59 + " b c"])
def test_a_long_title_is_cut_where_an_address_can_end(title: str) -> None:
    found = of_title(title)
    assert SLUG.fullmatch(found)
    assert found.endswith("-2025")
    # room for the number that tells it from another
    assert len(found) <= 70


@given(
    st.dictionaries(
        st.sampled_from(["ms", "en", "id"]),
        st.text(
            st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn"]), min_size=1
        ).filter(str.strip),
        min_size=1,
    ),
    st.none() | whens,
    st.none() | st.from_regex(r"[a-z0-9]{1,40}(-[a-z0-9]{1,39})?", fullmatch=True),
    st.none() | st.integers(1, 9999),
)
def test_whatever_it_is_called_its_address_can_be_one(
    title: dict[str, str], when: When | None, series: str | None, ordinal: int | None
) -> None:
    found = stem(Texts(title), when, series, ordinal)
    assert SLUG.fullmatch(found)
    assert len(found) <= 70
