"""How well a reader does on labelled texts: precision, recall and F1 for each language.

A reading is right if it names the meeting and gives exactly its date; each label takes one
reading. `python -m tests.articles.scoring [development|scored]` prints the table.
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
from calendar_svc.articles.mentions import norm
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


def scores(folder: Path, read: Read = extract.read) -> dict[str, Score]:
    """The score of each language, whose texts are in a folder of its own."""
    return {lang: score(folder, lang, read) for lang in ZONES}


def score(folder: Path, lang: str, read: Read = extract.read) -> Score:
    """The score of one language."""
    return sum((_score(one, read) for one in articles(folder, lang)), Score(0, 0, 0))


def articles(folder: Path, lang: str) -> list[Label]:
    """The labelled texts of a language, as README.md describes them."""
    return [tomllib.loads(path.read_text()) for path in sorted((folder / lang).glob("*.toml"))]


def _score(article: Label, read: Read) -> Score:
    lang = article["lang"]
    readings = read(
        article["text"],
        published=article["published"],
        lang=lang,
        series=known_series(),
        timezone=ZONES[lang],
    )
    labels = article.get("meeting", [])
    right = len(matched(labels, readings))
    return Score(right, extra=len(readings) - right, missed=len(labels) - right)


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
            said = reading.as_json()
            has_date = all(label.get(one) == said[one] for one in ("start", "end", "precision"))
            if has_date and is_same_meeting(label, reading):
                pairs.append((label, free.pop(place)))
                break
    return pairs


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
    click.echo("        precision  recall    F1  right  extra  missed")
    for lang, one in scores(HERE / half).items():
        click.echo(
            f"{lang}           {one.precision:6.2f}  {one.recall:6.2f}  {one.f1:4.2f}"
            f"  {one.right:5}  {one.extra:5}  {one.missed:6}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:2])
