"""How well a reader does on labelled texts: precision, recall and F1 for each language and field.

A reading is right if it names the meeting and gives exactly its date; each label takes one
reading. A field is right if the meeting is and the field says what the label says.
`python -m tests.articles.scoring [development|scored]` prints the table.
"""

import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click

from calendar_svc.actions.tomlfiles import reading as seeds
from calendar_svc.articles import extract
from calendar_svc.articles.names import norm
from calendar_svc.articles.reading import Read, Reading
from calendar_svc.domain.series import Series

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "data" / "seed"
ZONES = {"ms": "Asia/Kuala_Lumpur", "id": "Asia/Jakarta", "en": "Asia/Kuala_Lumpur"}

Label = Mapping[str, Any]


@dataclass(frozen=True)
class Score:
    """How many meetings were read as labelled, how many readings are of none, and how many
    meetings have no reading."""

    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.extra, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.extra + self.missed, 1)

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.extra + other.extra, self.missed + other.missed)


FIELDS = ("meeting", "date", "status", "was", "place", "evidence")
"""“meeting”: it is named, whatever its date. The others count where the label or the reading has
them."""


def scores(folder: Path, read: Read = extract.read) -> dict[str, Score]:
    """The score of each language, whose texts are in a folder of its own."""
    return {lang: score(folder, lang, read) for lang in ZONES}


def score(folder: Path, lang: str, read: Read = extract.read) -> Score:
    """The score of one language."""
    return sum((_score(one, read) for one in articles(folder, lang)), Score(0, 0, 0))


def articles(folder: Path, lang: str) -> list[Label]:
    """The labelled texts of a language, as README.md describes them."""
    return [tomllib.loads(path.read_text()) for path in sorted((folder / lang).glob("*.toml"))]


def fields(folder: Path, lang: str) -> dict[str, Score]:
    """The score of each field of a reading, in one language."""
    found = dict.fromkeys(FIELDS, Score(0, 0, 0))
    for article in articles(folder, lang):
        labels, readings = article.get("meeting", []), _read(article, extract.read)
        pairs = _named(labels, readings)
        for field in FIELDS:
            right = sum(_agrees(field, label, reading) for label, reading in pairs)
            told = sum(_has(field, reading.as_json()) for reading in readings)
            wanted = sum(_has(field, label) for label in labels)
            found[field] += Score(right, extra=told - right, missed=wanted - right)
    return found


def _score(article: Label, read: Read) -> Score:
    readings = _read(article, read)
    labels = article.get("meeting", [])
    right = len(matched(labels, readings))
    return Score(right, extra=len(readings) - right, missed=len(labels) - right)


def _read(article: Label, read: Read) -> Sequence[Reading]:
    lang = article["lang"]
    return read(
        article["text"],
        published=article["published"],
        lang=lang,
        series=known_series(),
        timezone=ZONES[lang],
    )


def _named(labels: Sequence[Label], readings: Sequence[Reading]) -> list[tuple[Label, Reading]]:
    """Each label with the reading that is right, else with a free one that names the meeting."""
    pairs = matched(labels, readings)
    free = [one for one in readings if not any(one is other for _, other in pairs)]
    for label in labels:
        if any(label is other for other, _ in pairs):
            continue
        for place, reading in enumerate(free):
            if is_same_meeting(label, reading):
                pairs.append((label, free.pop(place)))
                break
    return pairs


def _has(field: str, said: Label) -> bool:
    return field in ("meeting", "date") or bool(said.get(field))


def _agrees(field: str, label: Label, reading: Reading) -> bool:
    said: dict[str, Any] = dict(reading.as_json())
    match field:
        case "meeting":
            return True
        case "date":
            return has_date(label, reading)
        case "place" if label.get("place") and said["place"]:
            words = set(norm(label["place"]))
            return 2 * len(words & set(norm(said["place"]))) >= len(words)
        case "evidence":
            one, other = (" ".join(text["evidence"].split()) for text in (label, said))
            return one in other or other in one
    return bool(label.get(field)) and label[field] == said[field]


@cache
def known_series() -> Sequence[Series]:
    """The series of the seed."""
    return seeds.read(SEEDS, ZONES["ms"]).series


def matched(labels: Sequence[Label], readings: Sequence[Reading]) -> list[tuple[Label, Reading]]:
    """Each label with the first free reading that says the same."""
    free = list(readings)
    pairs = []
    for label in labels:
        for place, reading in enumerate(free):
            if has_date(label, reading) and is_same_meeting(label, reading):
                pairs.append((label, free.pop(place)))
                break
    return pairs


def has_date(label: Label, reading: Reading) -> bool:
    """Whether both tell exactly the same date."""
    said = reading.as_json()
    return all(label.get(one) == said[one] for one in ("start", "end", "precision"))


def is_same_meeting(label: Label, reading: Reading) -> bool:
    """Whether both are of one series and edition; or, of none, share half of the label's words."""
    if label.get("series") or reading.series:
        return label.get("series") == reading.series and (
            None in (label.get("ordinal"), reading.ordinal)
            or label.get("ordinal") == reading.ordinal
        )
    words = set(norm(label["title"]))
    return 2 * len(words & set(norm(reading.title))) >= len(words)


def main(half: str = "development") -> None:
    """Print the table."""
    click.echo("                     precision  recall    F1  right  extra  missed")
    for lang in ZONES:
        for name, one in fields(HERE / half, lang).items():
            click.echo(
                f"{lang}  {name:16} {one.precision:9.2f}  {one.recall:6.2f}  {one.f1:4.2f}"
                f"  {one.right:5}  {one.extra:5}  {one.missed:6}"
            )


if __name__ == "__main__":
    main(*sys.argv[1:2])
