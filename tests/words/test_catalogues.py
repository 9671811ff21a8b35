import pytest
from babel.messages.pofile import read_po

from calendar_svc import config
from calendar_svc.words import CATALOGUES, SOURCE, tr
from tests.words.messages import messages

LANGUAGES = [lang for lang in config.LANGUAGES if lang != SOURCE]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_translated(lang: str) -> None:
    with (CATALOGUES / f"{lang}.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    said = {message.id: message for message in catalogue if message.id}
    assert sorted(map(str, messages())) == sorted(map(str, said))
    for message in said.values():
        assert message.string and all(message.string), f"{message.id}: no translation"
        assert not message.fuzzy, f"{message.id}: fuzzy"
        assert not list(message.check(catalogue)), f"{message.id}: other %-values"


def test_a_sentence_is_said_in_malay() -> None:
    assert tr("ms", "Upcoming meetings") == "Mesyuarat akan datang"
    assert tr("en", "Upcoming meetings") == "Upcoming meetings"
