"""How we put it for people, in each language: labels by CLDR, sentences from catalogues.

The English sentence in the code is the key; `catalogues/<lang>.po` holds the others and is read
as it is, so there is nothing to compile. This room knows domain values and no template.
"""

import hashlib
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from calendar_svc.domain.errors import CalendarError

CATALOGUES = Path(__file__).parent / "catalogues"
SOURCE = "en"

_LOCALES = {"en": "en_MY"}
"""Which CLDR locale a language is written in, where it isn't its own: Malaysian English puts
the day before the month."""


@cache
def catalogue(lang: str) -> NullTranslations:
    """The sentences of a language, for `gettext` and `ngettext`."""
    path = CATALOGUES / f"{lang}.po"
    if lang == SOURCE or not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=lang))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def edition() -> str:
    """Which words these are: changes with a catalogue, and with CLDR."""
    digest = hashlib.sha256(version("babel").encode())
    for path in sorted(CATALOGUES.glob("*.po")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def has(lang: str) -> bool:
    """Whether there are words of ours in a language."""
    return lang == SOURCE or (CATALOGUES / f"{lang}.po").exists()


@cache
def locale(lang: str) -> Locale:
    """The CLDR locale of a language."""
    return Locale.parse(_LOCALES.get(lang, lang), sep="_")


def tr(lang: str, message: str, **values: object) -> str:
    """An English sentence in a language, its %-values filled in."""
    text = catalogue(lang).gettext(message)
    return text % values if values else text


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a sentence for the catalogues that is said later, by a name."""
    return message


def say(error: CalendarError, lang: str) -> str:
    """A refusal in a language."""
    return tr(lang, error.message, **error.values)
