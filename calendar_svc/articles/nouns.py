"""Nouns with what belongs to them, as names and descriptions of meetings are made of them."""

from collections.abc import Iterable

from calendar_svc.articles.cursor import year_of
from calendar_svc.articles.tokens import Sentence, Token
from calendar_svc.articles.vocabulary import Vocabulary

_QUOTES = {'"': '"', "“": "”", "‘": "’", "«": "»"}
_MONEY = frozenset("$£€₹₱¥")
LONGEST = 16
"""Tokens in the name of a meeting."""


class Nouns:
    """Goes over the nouns of a sentence. Each method that ends in `_end` says where something ends
    that begins at a token."""

    def __init__(self, sentence: Sentence, words: Vocabulary) -> None:
        self.sentence, self.tokens = sentence, sentence.tokens
        self.words, self.language = words, words.words
        self.verb_prefixes = tuple(words.words.verb_prefixes)

    def _chained(self, at: int) -> int:
        """Where what is joined to a noun by small words ends: “on food safety”, “of the Committee
        on Water”, “menentang Terengganu”."""
        for _ in range(4):
            token = self._token(at)
            if token is None:
                break
            # “in a civil suit” is no place
            is_in = token.fold in self.language.at and self._is_one_of(at + 1, self.language.an)
            is_sent = token.fold in self.language.senders and self._is_people(at + 1)
            if token.fold not in self.language.chains and not is_in and not is_sent:
                break
            begin = at + 1
            while self._is_one_of(begin, self.language.articles):
                begin += 1
            following = self._token(begin)
            if quoted := self._quoted(begin):
                at = quoted
                break
            if following is None or following.kind not in (
                *("word", "ordinal", "number"),
                *("decimal", "slashed"),
            ):
                break
            is_nth = following.fold in self.language.ordinals and self._is_one_of(
                begin + 1, self.words.weekdays
            )
            is_ordinal = is_nth or (
                following.kind == "ordinal" or self.language.ordinals.get(following.fold) == -1
            )
            if is_ordinal and self._is_one_of(
                begin + 1,
                (
                    *(*self.language.links, *self.words.months, *self.words.weekdays),
                    *self.language.units,
                ),
            ):
                # “on the 19th of July”, “on the last Saturday of May”
                break
            if self.words.named_days.at(self.tokens, begin):
                # “on Ascension Day”
                break
            if not following.is_name and following.fold.startswith(self.verb_prefixes):
                # “bagi membincangkan” is a purpose
                break
            end = self._nouns_end(begin, after=token.fold)
            if end == begin:
                break
            at = end
        return at

    def _is_people(self, at: int) -> bool:
        """“the public”, “shareholders”: small words that are no time."""
        while self._is_one_of(at, self.language.articles):
            at += 1
        one = self.language
        times = one.parts.keys() | one.clock_words.keys() | one.ordinals.keys()
        is_count = self._is_one_of(at, one.numbers) and not self._is_noun(at + 1)
        return self._is_small_noun(at) and not self._is_one_of(at, times) and not is_count

    def _is_small_noun(self, at: int) -> bool:
        token = self._token(at)
        return (
            token is not None and token.kind == "word" and not token.is_name and self._is_noun(at)
        )

    def _nouns_end(self, at: int, after: str | None = None) -> int:
        """Where a run of nouns and adjectives ends: before a place, a date, a verb, a mark or a
        small word; one “and” is part of it."""
        last, joined = at, after not in self.language.between
        while last < len(self.tokens) and last - at < 8:
            token = self.tokens[last]
            if token.text in ("'", "’") and last > at and self.tokens[last - 1].end == token.start:
                last += 1
                continue
            if token.kind == "dash" and self._is_hyphen(last):
                last += 1
                continue
            if (
                token.fold in self.language.joining
                and last > at
                and self._is_noun(last + 1)
                and not self.words.heads.at(self.tokens, last + 1)
                and not (joined and self._verb_follows(last + 1))
            ):
                joined = True
                last += 1
                continue
            is_article = (
                after is not None
                and token.fold in self.language.articles
                and self._is_noun(last + 1)
                and not self._is_one_of(last + 1, self.language.articles)
            )
            if not is_article and not self._is_noun(last):
                break
            last += 1
        while last > at and (
            self.tokens[last - 1].fold in (*self.language.inside, *self.language.small)
            or self.tokens[last - 1].kind in ("number", "dash", "mark")
        ):
            last -= 1
        return last

    def _is_noun(self, at: int) -> bool:
        """Whether a word may go on in the description of a meeting."""
        token = self._token(at)
        if token is None:
            return False
        if token.text in _MONEY:
            following = self._token(at + 1)
            return following is not None and following.kind in ("number", "decimal")
        if token.kind in ("number", "clock", "decimal", "slashed"):
            following = self._token(at + 1)
            return (
                len(token.text) <= 9
                and following is not None
                and following.kind == "word"
                and following.fold not in self.words.months
                and following.fold not in self.language.units
                and following.fold not in self.language.day_marks
                and following.fold not in self.language.day_parts
                and self._is_noun(at + 1)
            )
        return (
            token.kind in ("word", "ordinal")
            and token.fold not in self.language.stops
            and token.fold not in self.language.at
            and token.fold not in self.language.the
            and token.fold not in self.language.chains
            and token.fold not in self.words.months
            and token.fold not in self.words.weekdays
            and (self._is_led(at) or not self._is_cue(token))
            and (self._is_led(at) or not self.words.until.at(self.tokens, at))
            and not self.words.relative_days.at(self.tokens, at)
            and not self.words.counted_days.at(self.tokens, at)
            and not self._is_count(at)
            and not self._is_part(at)
            and not self._is_relative(at)
        )

    def _is_led(self, at: int) -> bool:
        """Whether a word that may be a verb is a noun by what stands before it: “into plans”."""
        one = self.language
        return one.has_tense and self._is_one_of(at - 1, one.chains | one.articles)

    def _is_hyphen(self, at: int) -> bool:
        """Whether a dash stands between two names: “Indonesia–Kenya”."""
        before, dash, following = self._token(at - 1), self.tokens[at], self._token(at + 1)
        return (
            before is not None
            and following is not None
            and before.is_name
            and following.is_name
            and before.end == dash.start
            and dash.end == following.start
        )

    def _verb_follows(self, at: int) -> bool:
        return self._token(at + 1) is not None and self._is_cue(self.tokens[at + 1])

    def _is_time(self, at: int) -> bool:
        """Whether a number is told as a time: “at 7 p.m.”."""
        number = self._token(at)
        return (
            number is not None
            and number.kind in ("number", "clock")
            and self._is_one_of(at - 1, self.language.hour_marks)
        )

    def _is_relative(self, at: int) -> bool:
        """“next week”, “minggu depan”, “third quarter”"""
        if self._is_one_of(at, self.language.ordinals) and self._is_one_of(
            at + 1, self.language.units
        ):
            return True
        near = (self.words.this, self.words.next, self.words.last)
        if self.language.head_first:
            return self._is_one_of(at, self.language.units) and any(
                one.at(self.tokens, at + 1) for one in near
            )
        return any(
            (size := one.at(self.tokens, at)) and self._is_one_of(at + size, self.language.units)
            for one in near
        )

    def _is_part(self, at: int) -> bool:
        """“early November”, “awal Disember”"""
        following = self._token(at + 1)
        if following is not None and following.kind == "dash":
            # “mid-2028”
            at, following = at + 1, self._token(at + 2)
        return (
            self._is_one_of(at - (self.tokens[at].kind == "dash"), self.language.parts)
            and following is not None
            and (
                following.fold in self.words.months
                or following.fold in self.language.seasons
                or self._year_at(at + 1) is not None
            )
        )

    def _is_count(self, at: int) -> bool:
        """“two weeks”, “tiga hari”"""
        number = self._token(at)
        is_number = self._is_one_of(at, self.language.numbers) or (
            number is not None and number.kind == "number" and len(number.text) < 4
        )
        return is_number and self._is_one_of(at + 1, self.language.units)

    def _is_cue(self, token: Token) -> bool:
        return token.fold in self.words.verbs

    def _name_end(self, at: int) -> int:
        """Where a name goes on to: capitalised words, with small ones between them."""
        last = at
        while last < len(self.tokens) and last - at < LONGEST:
            token = self.tokens[last]
            if token.is_name and token.fold not in self.words.weekdays:
                if (
                    token.fold in self.words.months
                    and self._token(last + 1) is not None
                    and (self._year_at(last + 1) or self._is_one_of(last + 1, self.language.this))
                ):
                    break
                last += 1
            elif (
                token.kind == "ordinal"
                or token.fold in self.language.ordinals
                or (token.fold in self.language.inside and self._name_at(last + 1))
                or (token.kind == "number" and len(token.text) < 4 and self._name_at(last + 1))
                or (token.kind == "dash" and self._is_hyphen(last))
            ):
                last += 1
            else:
                break
        return last

    def _described_end(self, at: int) -> int:
        """Where a phrase ends that says where, or by whom, a meeting with a short name is."""
        is_before = self._is_one_of(at, self.language.before_) and self._name_at(at + 1)
        is_behind = is_before or self._is_one_of(at, self.language.behind)
        if not is_behind or self.words.here.at(self.tokens, at):
            return at
        last = at + 1
        while last < len(self.tokens) and last - at < 7:
            token = self.tokens[last]
            one = self.language
            is_small = token.fold in one.articles | one.behind | one.chains
            if self.words.next.at(self.tokens, last) or self.words.last.at(self.tokens, last):
                break
            if not (is_small or self._is_noun(last)) or self._is_time(last):
                break
            last += 1
        while last > at and not self._is_noun(last - 1):
            last -= 1
        return last if last > at + 1 else at

    def _quoted(self, at: int) -> int | None:
        """Where a title in quotation marks ends: “pameran foto ‘Enam Puluh Tahun’”."""
        if at >= len(self.tokens):
            return None
        closing = _QUOTES.get(self.tokens[at].text)
        if closing is None or not self._name_at(at + 1):
            return None
        for place in range(at + 2, min(at + LONGEST, len(self.tokens))):
            if self.tokens[place].text == closing:
                return place + 1
        return None

    def _short_name_end(self, at: int) -> int | None:
        """Where “(ADSOM WG)”, “(ICSAL 2027)” or “(“32nd AGM”)” closes; `at` is behind the
        bracket."""
        has_acronym = False
        for place in range(at, min(at + 6, len(self.tokens))):
            token = self.tokens[place]
            if token.text == ")":
                return place if has_acronym else None
            is_acronym = token.kind == "word" and sum(map(str.isupper, token.text)) >= 2
            has_acronym = has_acronym or is_acronym
            if not (
                is_acronym
                or token.is_name
                or token.kind in ("ordinal", "number")
                or token.text in "\"“”'’‘"
            ):
                return None
        return None

    def _year_at(self, place: int) -> int | None:
        return year_of(self._token(place))

    def _name_at(self, place: int) -> bool:
        token = self._token(place)
        return token is not None and token.is_name

    def _text(self, place: int) -> str | None:
        token = self._token(place)
        return token.text if token else None

    def _is_one_of(self, place: int, words: Iterable[str]) -> bool:
        token = self._token(place)
        return token is not None and token.fold in words

    def _token(self, place: int) -> Token | None:
        return self.tokens[place] if 0 <= place < len(self.tokens) else None
