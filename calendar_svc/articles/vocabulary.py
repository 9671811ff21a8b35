"""The words of a language, made ready to be looked for in a sentence."""

from functools import cache

from babel import Locale

from calendar_svc.articles.languages import Language, language
from calendar_svc.articles.tokens import Phrases, Spelling

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
ALSO_WORDS = frozenset(("may", "march", "august", "mac"))
"""The months whose names mean something else too."""


class Vocabulary:
    """A language's words, ready to be looked for."""

    def __init__(self, language: Language) -> None:
        self.words = language
        self.months: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        for code in (language.code, "en", "ms"):
            one = Locale(code)
            for context, width in (("format", "abbreviated"), ("format", "wide")):
                for number, name in one.months[context][width].items():
                    self.months.setdefault(name.casefold().rstrip("."), number)
                for number, name in one.days[context][width].items():
                    self.weekdays.setdefault(name.casefold().rstrip("."), number)
        self.months["sept"] = 9
        calendar = frozenset(self.months) | frozenset(self.weekdays)
        calendar |= frozenset(language.relative_days)
        short = frozenset(name for name in self.months if len(name) <= 4)
        self.spelling = Spelling(language.abbreviations, short, apart=calendar)
        self.this, self.next, self.last = map(
            Phrases, (language.this, language.next, language.last)
        )
        self.to, self.and_ = Phrases(language.to), Phrases(language.and_)
        self.between = Phrases(language.between)
        self.later, self.ago = Phrases(language.later), Phrases(language.ago)
        self.earlier = Phrases(language.earlier)
        self.units = Phrases(list(language.units))
        self.relative_days = Phrases(list(language.relative_days))
        self.counted_days = Phrases(list(language.counted_days))
        self.edge_days = Phrases(list(language.edge_days))
        self.named_days = Phrases(list(language.named_days))
        self.seasons = Phrases(list(language.seasons))
        self.hour_marks = Phrases(language.hour_marks)
        self.day_parts = Phrases(list(language.day_parts))
        self.zones = Phrases(list(language.zones))
        self.durations = Phrases(language.durations)
        self.heads = Phrases(
            language.heads
            | {f"{head}{suffix}" for head in language.heads for suffix in language.suffixes}
        )
        self.until = Phrases(
            language.scheduled | language.neutral | language.held | language.to | language.ends
        )
        """Where a description ends."""
        self.cues = {
            "scheduled": Phrases(language.scheduled),
            "held": Phrases(language.held),
            "neutral": Phrases(language.neutral),
            "postponed": Phrases(language.postponed),
            "cancelled": Phrases(language.cancelled),
            "moved": Phrases(language.moved),
            "background": Phrases(language.background),
        }
        self.verbs = frozenset().union(
            *(language.scheduled, language.neutral, language.held, language.postponed),
            *(language.cancelled, language.moved, language.reporting),
        )
        """Every word that says that something takes place, or that somebody says so."""
        self.old, self.new = Phrases(language.old), Phrases(language.new)
        self.formerly, self.since = Phrases(language.formerly), Phrases(language.since)
        self.tongues = frozenset(
            name.casefold() for name in Locale.parse(language.code).languages.values()
        )
        """The names of languages, which are no places: “in English”."""
        self.places = Phrases(language.at | language.near)
        self.ends = Phrases(language.ends)
        self.online, self.here = Phrases(language.online), Phrases(language.here)
        self.same_place = Phrases(language.same_place)
        self.modal = Phrases(language.modal)
        self.closed = Phrases(language.closed)
        self.there_is = Phrases(language.there_is)
        self.versus = Phrases(language.versus)
        self.labels = Phrases(list(language.labels))
        self.before_, self.after_ = Phrases(language.before_), Phrases(language.after_)
        self.active = Phrases(language.active)
        self.named_as = Phrases(language.named_as)
        self.next_one = Phrases(language.next_one)
        self.meets = Phrases(language.meets)
        self.then_ = Phrases(language.then_)
        self.respectively = Phrases(language.respectively)
        phrases = {
            *(language.this | language.next | language.last | language.between),
            *(*language.units, *language.relative_days, *language.seasons),
            *(*language.leads, *language.links, *language.named_days, *language.counted_days),
            *language.edge_days,
            *("q", "q1", "q2", "q3", "q4"),
        }
        self.beginnings = frozenset(
            {phrase.split()[0] for phrase in phrases}
            # “sehari kemudian”
            | {f"{language.one}{unit}" for unit in language.units}
            | self.months.keys()
            | self.weekdays.keys()
            | language.parts.keys()
            | language.numbers.keys()
            | language.ordinals.keys()
            | ROMAN.keys()
        )
        """Every word that a date may begin with."""


@cache
def vocabulary(code: str) -> Vocabulary:
    """The vocabulary of a language, made once."""
    return Vocabulary(language(code))
