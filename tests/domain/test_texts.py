import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_svc.domain.errors import Refused
from calendar_svc.domain.texts import Text, Texts
from tests.strategies import languages, text_values, texts

BOTH = Texts({"ms": "Mesyuarat", "en": "Meeting"})


def test_a_reader_gets_their_language() -> None:
    assert BOTH.pick("en", ("ms", "en")) == Text("Meeting", "en")
    assert BOTH.pick("ms", ("en", "ms")) == Text("Mesyuarat", "ms")


def test_a_reader_of_another_language_gets_the_first_configured_one_that_exists() -> None:
    assert BOTH.pick("zh", ("id", "ms", "en")) == Text("Mesyuarat", "ms")
    assert BOTH.pick("zh", ("en", "ms")) == Text("Meeting", "en")


def test_without_a_configured_language_a_reader_gets_what_there_is() -> None:
    assert Texts({"id": "Rapat"}).pick("en", ("ms", "en")) == Text("Rapat", "id")
    assert Texts({"vi": "Họp", "id": "Rapat"}).pick("en") == Text("Rapat", "id")


@given(texts, languages, st.lists(languages, max_size=3))
def test_the_language_of_what_is_shown_always_goes_along(
    some: Texts, lang: str, order: list[str]
) -> None:
    shown = some.pick(lang, order)
    assert some[shown.lang] == shown.value
    if lang in some:
        assert shown.lang == lang


@given(st.dictionaries(languages, text_values, min_size=1))
def test_texts_are_a_mapping_ordered_by_language(given: dict[str, str]) -> None:
    some = Texts(given)
    assert list(some) == sorted(given)
    assert len(some) == len(given)
    assert dict(some) == {lang: value.strip() for lang, value in given.items()}
    assert "xx" not in some
    with pytest.raises(KeyError):
        some["xx"]


@given(texts)
def test_the_order_of_giving_makes_no_difference(some: Texts) -> None:
    backwards = Texts(dict(reversed(list(some.items()))))
    assert some == backwards
    assert hash(some) == hash(backwards)
    assert repr(some) == repr(backwards)


def test_texts_differ_when_a_word_or_a_language_does() -> None:
    assert Texts({"en": "Meeting"}) != Texts({"en": "Meetings"})
    assert Texts({"en": "Meeting"}) != Texts({"ms": "Meeting"})
    assert Texts({"en": "Meeting"}) != BOTH


@given(texts)
def test_texts_can_be_copied_and_sent_to_another_process(some: Texts) -> None:
    assert copy.deepcopy(some) == some
    assert pickle.loads(pickle.dumps(some)) == some


def test_texts_do_not_change_with_what_they_were_made_of() -> None:
    source = {"en": "Meeting"}
    some = Texts(source)
    source["en"] = "Party"
    assert some["en"] == "Meeting"


def test_space_around_a_text_and_foreign_line_ends_are_tidied() -> None:
    assert Texts({"en": "  one\r\ntwo\rthree\n "})["en"] == "one\ntwo\nthree"


def test_a_language_without_words_is_left_out() -> None:
    assert list(Texts({"ms": "Mesyuarat", "en": "  \n"})) == ["ms"]


@pytest.mark.parametrize("empty", [{}, {"en": ""}, {"en": " \t\n", "ms": ""}])
def test_no_text_at_all_is_refused(empty: dict[str, str]) -> None:
    with pytest.raises(Refused, match="at least one language"):
        Texts(empty)


@pytest.mark.parametrize(
    "lang", ["", "e", "EN", "english", "en_GB", "en-", "../en", 'en"', "en\n", "ｅｎ", "en-\x00ab"]
)
def test_what_is_not_a_language_is_refused(lang: str) -> None:
    with pytest.raises(Refused, match="is not a language"):
        Texts({lang: "Meeting"})


@pytest.mark.parametrize("lang", ["ms", "fil", "zh-Hant", "zh-Hant-TW", "en-GB", "ms-Arab"])
def test_languages_are_written_as_bcp_47_writes_them(lang: str) -> None:
    assert list(Texts({lang: "x"})) == [lang]


@pytest.mark.parametrize(
    "letter", ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f", "\ud800"]
)
def test_a_character_that_can_not_be_printed_is_refused(letter: str) -> None:
    with pytest.raises(Refused, match="can't be printed"):
        Texts({"en": f"a{letter}b"})


@pytest.mark.parametrize(
    "value", ["a\nb", "a\tb", "Mesyuarat ‘khas’ – 会议", "🇲🇾", "a\u00a0b", "مجلس"]
)
def test_letters_of_every_script_lines_and_tabs_are_kept(value: str) -> None:
    assert Texts({"en": value})["en"] == value


@given(st.text(max_size=20))
def test_any_text_is_kept_so_that_utf_8_can_carry_it_or_is_refused(value: str) -> None:
    try:
        kept = Texts({"en": value})["en"]
    except Refused:
        return
    kept.encode()
    assert kept == kept.strip()
    assert "\r" not in kept


def test_a_text_longer_than_its_limit_is_refused() -> None:
    assert len(Texts({"en": "a" * 500})["en"]) == 500
    with pytest.raises(Refused, match="501 characters long; at most 500"):
        Texts({"en": "a" * 501})
    assert Texts({"en": "a" * 501}, limit=2000)
    with pytest.raises(Refused, match="at most 3"):
        Texts({"en": "four"}, limit=3)


def test_the_limit_counts_what_is_kept() -> None:
    assert Texts({"en": " " * 600 + "a"})["en"] == "a"


def test_a_refusal_is_one_short_sentence_whatever_was_given() -> None:
    with pytest.raises(Refused) as refused:
        Texts({"x" * 10_000: "Meeting"})
    assert len(str(refused.value)) < 100


def test_a_refused_language_with_a_line_break_is_told_in_one_line() -> None:
    with pytest.raises(Refused) as refused:
        Texts({"e\nn": "Meeting"})
    assert "\n" not in str(refused.value)
