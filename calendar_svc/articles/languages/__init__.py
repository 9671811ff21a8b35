"""The vocabulary of each language: words alone, the grammar is shared.

Months, weekdays and quarters come from CLDR. docs/reading.md says how to add a language.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

Words = frozenset[str]


def words(text: str) -> Words:
    """Words and phrases, separated by commas."""
    return frozenset(" ".join(one.split()) for one in text.split(",") if one.strip())


@dataclass(frozen=True, kw_only=True)
class Language:
    """What the grammar asks of a language. Each word is written small; a phrase of several words
    is tried before its parts. Of what is empty unless it is given, a language may have none."""

    code: str
    head_first: bool
    """Whether the noun comes before what describes it: “Mesyuarat Menteri”."""
    has_tense: bool
    """Whether the verb says if something is past or to come."""
    heads: Words
    """Nouns for what people attend, or what takes place at a time."""
    named_only: Words
    """Nouns that are a meeting only where they begin or end a name: “Malam Puisi”."""
    suffixes: Words = frozenset()
    """What may be written behind a noun, in one word: “-nya”."""
    common: Words
    """Of these, the words that say little by themselves (“event”): they only refer back."""
    the: Words
    """Articles and demonstratives that refer back: “the”, “itu”."""
    inside: Words
    """Small words that may stand inside a name: “of”, “dan”."""
    at: Words
    """What stands before a place."""
    near: Words
    """What stands before a place only: “near”, “off”."""
    sites: Words
    """Small words that a place may be called by: “hall”, “dewan”."""
    online: Words
    here: Words
    """Where the article was written: “here”, “di sini”."""
    same_place: Words
    """Where the meeting before is: “at the same venue”."""
    to: Words
    """What parts the ends of a span."""
    and_: Words
    """What joins two names or dates."""
    respectively: Words
    between: Words
    this: Words
    next: Words
    last: Words
    units: dict[str, str]
    """“week” → week; the values are day, week, fortnight, weekend, month, quarter, half, year."""
    relative_days: dict[str, int]
    """“tomorrow” → 1"""
    counted_days: dict[str, int]
    """Days from the date before: “the following day” → 1"""
    edge_days: dict[str, int]
    """The first and the last day of the meeting that a text is about: “the closing day” → −1"""
    named_days: dict[str, str]
    """“boxing day” → 12-26; “good friday” → easter-2"""
    links: Words
    """Small words between the parts of a date: “of”, “bulan”."""
    leads: Words
    """Small words before a day: “the”, “tanggal”."""
    or_: Words
    in_: Words
    """Before a count of units that lies ahead: “in two weeks”."""
    clock_words: dict[str, int]
    """“noon” → 12"""
    clock_marks: Words = frozenset()
    """Behind an hour: “o'clock”."""
    parts_of_day: dict[str, tuple[int, int]]
    """Words near an hour that say which half of the day is meant: “tonight”."""
    time_behind: Words = frozenset()
    """Behind the city whose time it is: “Singapore time”."""
    time_of: Words = frozenset()
    """Before the city whose time it is: “waktu Tokyo”."""
    one: str
    """What makes a unit one of it, in one word: “se” of “seminggu”; or nothing."""
    numbers: dict[str, int]
    """“two” → 2"""
    ordinals: dict[str, int]
    """“second” → 2; −1 is the last."""
    parts: dict[str, str]
    """“early” → early; the values are early, mid, late."""
    seasons: dict[str, int]
    """The first month of a season of three."""
    later: Words
    """After a count of units: “in two weeks”, “dua minggu lagi”."""
    afterwards: Words
    """After a count of units, from the date before it: “a week later”, “sehari kemudian”."""
    earlier: Words
    """After a count of units, back from the date before it: “sehari sebelumnya”."""
    by: Words
    """Before a count of units by which something moves: “put off by two days”."""
    ago: Words
    before_: Words
    """Between a count of units and a meeting: “a day before the summit”."""
    after_: Words
    of: Words = frozenset()
    """Before the meeting that a day is one of: “the second day of the fair”."""
    labels: dict[str, str]
    """What a line of a notice begins with: “venue” → place; the values are date, time, place."""
    versus: Words
    """Between the two sides of a match: “vs”."""
    day_marks: Words = frozenset()
    """After a day's number: “hb”."""
    hour_marks: Words
    """Before a clock time: “at”, “pukul”."""
    day_parts: dict[str, tuple[int, int]]
    """“petang” → the hours from 12 to 19 that it may mean"""
    zones: dict[str, str]
    """“wib” → Asia/Jakarta"""
    scheduled: Words
    modal: Words
    """Of the words that look ahead, those that say so of anything: “will”, “akan”."""
    neutral: Words
    """It takes place; whether that lies ahead the date has to tell."""
    held: Words
    postponed: Words
    cancelled: Words
    moved: Words
    """The meeting has another date now."""
    not_: Words
    """What denies the verb behind it."""
    formerly: Words
    """What says by itself that the date behind it no longer holds: “originally”."""
    old: Words
    """What stands before the date that no longer holds: “originally”, “from”."""
    new: Words
    """What stands before the date that holds instead: “to”."""
    particles: Words = frozenset()
    """What makes them say so: “back” of “pushed back”."""
    moved_apart: Words = frozenset()
    """Verbs that move a meeting with a word behind its name: “pushed the meeting back”."""
    now: Words
    """What says that another date than the one before holds: “now”."""
    perfect: Words = frozenset()
    """“has”: what was done till now."""
    past_endings: Words = frozenset()
    past: Words = frozenset()
    """Verbs in the past, where that can't be told by their ending."""
    before_now: Words
    """What begins a sentence on what was before: “earlier”."""
    except_: Words
    """Before a day that is left out: “except”."""
    background: Words
    """What tells of the past as background: “founded”, “since”."""
    since: Words
    """What stands before the day on which something that goes on began: “since”, “sejak”."""
    durations: Words
    """What stands before a length of time that is no date: “selama”, “for”."""
    closed: Words
    """Verbs that tell of the last day: “closed”."""
    than: Words
    ends: Words
    """What stands before the last of several days: “closes”, “berakhir”."""
    reporting: Words
    """What stands before the day on which somebody said something: “said”, “kata”."""
    begins: Words
    """What stands before the first of several days: “starting”, “mulai”."""
    stops: Words
    """Words that no name or description of a meeting goes on over."""
    small: Words
    """Small words, which count for nothing when names are compared."""
    auxiliaries: Words
    """What may stand between a subject and its verb."""
    pronouns: Words
    """What is the subject of a sentence without naming it."""
    the_same: Words
    """Words by which a sentence goes on about what was named before: “there”, “tersebut”."""
    openings: Words
    """What a subject does not begin with."""
    subordinating: Words
    """What begins another clause: no subject reaches over it."""
    oblique: Words
    """What stands before a name that only says where, when or why."""
    relative: Words
    """What begins a relative clause after a comma."""
    around: Words
    to_day: Words
    """What may stand between a name and its day: “from”, “pada”."""
    on: Words
    """What stands before a day."""
    verb_endings: Words = frozenset()
    """What a noun for a meeting ends in that may be a verb as well: “opening”."""
    before_gerund: Words = frozenset()
    """Before such a word where it is a verb: “after opening the fair”."""
    people: Words = frozenset()
    """Whom one briefs or meets: “reporters”."""
    next_one: Words = frozenset()
    """What says of a meeting that it is the one after the last: “seterusnya”."""
    whose: Words = frozenset()
    """Before a thing of what was named, which is no meeting: “whose term ends”."""
    travels: Words
    """Verbs of people who go somewhere, who are no meeting."""
    named_as: Words
    """Before the name of what was described: “an exercise called Coral Watch”."""
    then_: Words
    """Before what comes next: “followed by”."""
    publishes: Words
    """Verbs of what is given out and doesn’t take place: “be published”."""
    joins: Words
    """What begins another part of a list of meetings and days."""
    determiners: Words = frozenset()
    """What may stand before a name and is no part of it."""
    before_month: Words
    """What may stand before a month that could be a name: “in May”."""
    senders: Words = frozenset()
    """Before those who hand something in: “submissions from the public”."""
    chains: Words
    """What joins more to the noun of a meeting: “of”, “on”, “against”; “mengenai”, “menentang”."""
    behind: Words
    """What leads in where, or by whom, a meeting is: “outside”, “organised by”."""
    joining: Words
    """“and”, where it joins two nouns of one description."""
    articles: Words
    """“the”, “a”, where they may stand inside a description."""
    an: Words
    """“a”, “sebuah”."""
    before_verb: Words = frozenset()
    """What stands before a verb, which may look like a noun: “will run”, “to vote”."""
    conditional: Words
    """What begins a sentence on what is only possible, “if”, or that dates a letter."""
    adjectives: Words = frozenset()
    """Nouns for a meeting that are more often adjectives: “final squad lists”."""
    dates: Words = frozenset()
    """What is no part of a title: “a trial date”."""
    every: Words
    """Before a weekday on which something is again and again."""
    transitive: Words = frozenset()
    """Verbs that stand right before a meeting and are no part of its title: “hold hearings”."""
    fixes: Words
    """Verbs that give a meeting the day behind them: “set 4 November for the hearing”."""
    no: Words
    """Before a meeting that there is none of: “no meeting in August”."""
    vague: Words
    """Words before a meeting's noun that tell it from no other: “the two-day meeting”."""
    generic: Words
    """Nouns that only refer back to the meeting the text is about: “event”, “acara”."""
    bodies: Words
    """Nouns of those who meet: “committee”; they are a meeting only where they meet."""
    meets: Words
    """The verbs by which a body meets."""
    venues: Words = frozenset()
    """What the name of a place ends in: “hall”, “stadium”."""
    never: Words
    """Nouns for what takes place at a time and is no meeting: “term”, “figures”."""
    active: Words
    """Verbs whose object is the meeting: “host”, “menggelar”."""
    there_is: Words
    """Before what takes place: “there will be”."""
    passive: Words = frozenset()
    """What makes a verb passive: “was”, “been”."""
    stages: Words
    """Nouns for a part of a greater meeting: “final”, “draw”."""
    verb_prefixes: Words = frozenset()
    """What a verb begins with, if verbs can be told by it: “me”."""
    but: Words
    """What sets what is so against what is not: “not in May but in June”."""
    whereas: Words
    """What sets one clause against another."""
    telling: Words
    """Frequent words by which the language is known."""
    abbreviations: Words = frozenset()
    """What ends in a full stop without ending a sentence."""


@cache
def language(code: str) -> Language:
    """The vocabulary of a language. Raises KeyError for one that there is none of."""
    if code not in codes():
        raise KeyError(code)
    found: Language = import_module(f"{__name__}.{code}").LANGUAGE
    return found


@cache
def codes() -> tuple[str, ...]:
    """The languages that are read."""
    return tuple(sorted(one.name for one in iter_modules(__path__)))
