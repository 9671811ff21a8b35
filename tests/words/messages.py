"""Every sentence in the code and the templates that a reader may see."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

import calendar_svc

PACKAGE = Path(calendar_svc.__file__).parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "tr": (2,),
    "ngettext": (1, 2),
    "Refused": (1,),
    "NotFound": (1,),
    "Conflict": (1,),
    "Forbidden": (1,),
    "Slowed": (1,),
    "BadQuery": (1,),
}
FOR_OPERATORS = (
    *("cli/", "services.py", "config.py", "store/notes.py", "actions/seeding.py"),
    *("actions/tomlfiles/entry.py", "actions/tomlfiles/reading.py", "actions/tomlfiles/folder.py"),
)
"""Seen on the command line alone, which speaks English."""


def messages() -> dict[str | tuple[str, ...], list[str]]:
    """Each message with the files it stands in."""
    found: dict[str | tuple[str, ...], list[str]] = {}
    for file, _, message, _, _ in extract_from_dir(
        PACKAGE,
        method_map=[("**.py", "python"), ("**/templates/**", "jinja2.ext:babel_extract")],
        options_map={"**/templates/**": {"trim_blocks": "true", "silent": "false"}},
        keywords=KEYWORDS,
    ):
        if not file.startswith(FOR_OPERATORS):
            key = message if isinstance(message, str) else tuple(message)
            found.setdefault(key, []).append(file)
    return found
