"""How well and how fast articles are read, beside `dateparser.search`.

The peer finds dates and no meetings, so it is helped: the sentence around a date counts as the
meeting's title, and a date without a day as its month.
"""

import time
import warnings
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from statistics import median
from typing import Any

import click
from dateparser.search import search_dates

from calendar_svc.articles import extract
from calendar_svc.articles.reading import Reading
from calendar_svc.articles.tokens import Spelling, sentences
from calendar_svc.articles.vocabulary import vocabulary
from calendar_svc.domain import when as whens
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.series import Series
from calendar_svc.domain.when import MIN_YEAR, When
from tests.articles import scoring

HALVES = ("development", "scored")
LETTERS = 5000
ROUNDS = 15

Figures = dict[str, Any]


def measure() -> Figures:
    """The scores per half and language, of the reader and of its peer; and the times."""
    scored: Figures = {}
    for half in HALVES:
        with click.progressbar(scoring.ZONES, label=f"scoring the {half} texts") as languages:
            scored[half] = {lang: _scores_of(half, lang) for lang in languages}
    return {"scores": scored, "speed": {lang: _speed(lang) for lang in scoring.ZONES}}


def table(figures: Figures) -> str:
    """As the README has it."""
    lines = [
        "| texts | language | precision | recall | F1 | F1 of `dateparser` |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for half, languages in figures["scores"].items():
        for lang, one in languages.items():
            cells = [half, lang]
            cells += [f"{one[key]:.2f}" for key in ("precision", "recall", "f1", "peer_f1")]
            lines.append(f"| {' | '.join(cells)} |")
    lines += [
        "",
        "F1 of each field of a reading, on the scored texts:",
        "",
        f"| language | {' | '.join(scoring.FIELDS)} |",
        f"| --- {'| --- ' * len(scoring.FIELDS)}|",
    ]
    for lang, one in figures["scores"]["scored"].items():
        cells = [lang, *(f"{one['fields'][field]:.2f}" for field in scoring.FIELDS)]
        lines.append(f"| {' | '.join(cells)} |")
    slowest = max(one["milliseconds"] for one in figures["speed"].values())
    ratio = max(one["of_peer"] for one in figures["speed"].values())
    return "\n".join(lines) + (
        f"\n\nAn article of 5,000 letters is read in at most {slowest:.0f} ms, {ratio:.2f} times"
        " what `dateparser` takes to find its dates."
    )


def _scores_of(half: str, lang: str) -> Figures:
    own = scoring.score(scoring.HERE / half, lang)
    peer = scoring.score(scoring.HERE / half, lang, _peer)
    return {
        "precision": round(own.precision, 3),
        "recall": round(own.recall, 3),
        "f1": round(own.f1, 3),
        "peer_f1": round(peer.f1, 3),
        "fields": {
            field: round(one.f1, 3)
            for field, one in scoring.fields(scoring.HERE / half, lang).items()
        },
    }


def _peer(
    text: str, *, published: date, lang: str | None, series: Sequence[Series], timezone: str
) -> list[Reading]:
    """What dateparser makes of each sentence."""
    code = lang or "en"
    found = []
    for sentence in sentences(text, Spelling(frozenset())):
        for _, moment in _dates(sentence.text, published, code):
            if moment.year < MIN_YEAR:
                continue
            when = When.at(whens.day(moment.date()))
            found.append(
                Reading(
                    title=sentence.text,
                    lang=code,
                    series=None,
                    ordinal=None,
                    when=when,
                    was=None,
                    place=None,
                    status=ClaimStatus.SCHEDULED,
                    evidence=sentence.text,
                )
            )
    return found


def _dates(text: str, published: date, lang: str) -> Iterable[tuple[str, datetime]]:
    settings = {"RELATIVE_BASE": datetime.combine(published, datetime.min.time())}
    with warnings.catch_warnings(action="ignore"):
        return search_dates(text, languages=[lang], settings=settings) or []


def _speed(lang: str) -> Figures:
    """Milliseconds for an article of that many letters, and the ratio to the peer's, run by run in
    turn."""
    articles = scoring.articles(scoring.HERE / "development", lang)
    text = "\n\n".join(one["text"] for one in articles)[:LETTERS]
    vocabulary(lang)
    own, ratios = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        extract.read(
            text,
            published=date(2026, 5, 4),
            lang=lang,
            series=scoring.known_series(),
            timezone=scoring.ZONES[lang],
        )
        between = time.perf_counter()
        _dates(text, date(2026, 5, 4), lang)
        own.append(between - began)
        ratios.append((between - began) / (time.perf_counter() - between))
    return {"milliseconds": round(1000 * median(own), 1), "of_peer": round(median(ratios), 3)}
