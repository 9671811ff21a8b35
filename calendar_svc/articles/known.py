"""The meetings that a text has named so far, and which of them a name or “the meeting” is."""

from collections.abc import Sequence

from calendar_svc.articles import mentions, names
from calendar_svc.articles.meetings import Meeting, is_same
from calendar_svc.articles.names import Mention
from calendar_svc.articles.vocabulary import Vocabulary
from calendar_svc.domain.when import When

NEAR = 60
"""How many meetings back a name is looked for, and how many names and dates of one sentence count:
more are in no article, and the cost must not grow with them."""


class Known:
    """The meetings of a text, in the order in which they were named."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.meetings: list[Meeting] = []
        self.topic: Meeting | None = None
        """The meeting that the text goes on about."""
        self.seen = 0
        """The number of the sentence that is read."""

    def add(self, named: Sequence[Mention]) -> Meeting:
        """A meeting that was not known."""
        meeting = Meeting(list(named), self.seen)
        self.meetings.append(meeting)
        return meeting

    def of(self, mention: Mention) -> Meeting | None:
        """The meeting that a mention is of: one that is known, or a new one."""
        is_generic = mention.head in self.words.words.generic and len(mention.words) < 3
        # “majlis pembukaan” is a part of what the text goes on about
        is_generic = is_generic and not mention.words & self.words.words.stages
        if mention.ordinal and (other := self._another_edition(mention)) is not mention:
            mention = other
        if mention.refers or (
            is_generic and (self.topic or self.meetings) and not mention.is_indefinite
        ):
            return self._referred(mention)
        for meeting in self.meetings[-NEAR:]:
            is_another = mention.is_indefinite and meeting.last_dated and not mention.is_named
            if not is_another and is_same(meeting, mention):
                if len(meeting.mentions) < NEAR:
                    meeting.mentions.append(mention)
                return meeting
        return self.add([mention])

    def _another_edition(self, mention: Mention) -> Mention:
        """“The 15th meeting”, after the 14th with its full name: with that name, and its number."""
        numbers = {word for word in mention.words if word in self.words.words.ordinals}
        numbers |= {word for word in mention.words if word[0].isdigit() or word.startswith("ke-")}
        if mention.ordinal is None or mention.series or len(mention.words - numbers) != 1:
            return mention
        for meeting in reversed(self.meetings[-NEAR:]):
            other = meeting.mentions[0]
            if other.head == mention.head and other.ordinal not in (None, mention.ordinal):
                return mentions.renumbered(other, mention, self.words)
        return mention

    def _referred(self, mention: Mention) -> Meeting | None:
        """What “mesyuarat itu” refers to: the last meeting of that kind, else the last one."""
        vague = self.words.words.vague | frozenset(names.norm(mention.head))
        apart = {word for word in mention.words if word not in vague and not word[0].isdigit()}
        for meeting in reversed(self.meetings[-NEAR:]):
            if not apart <= {word for one in meeting.mentions for word in one.words}:
                # “the regular meeting” is none of the emergency meetings
                continue
            for one in meeting.mentions[:NEAR]:
                if mention.head == one.head or mention.head in one.title.casefold().split():
                    return meeting
        if mention.head in self.words.words.generic and (
            len(mention.words) == 1 or (not mention.is_named and len(mention.words) == 2)
        ):
            last = self.meetings[-1] if self.meetings else None
            # “organisers of the Hill Festival said the event …”
            return last if last and last.first_seen == self.seen else self.topic
        words = self.words.words
        if (
            words.head_first
            and self.topic
            and self.topic.is_named
            and not mention.is_bare
            and len(mention.words) == 2
            and mention.head not in words.stages | words.common
        ):
            # “pesta kuliner itu”: what was named before, by another word
            return self.topic
        is_new = len(mention.words) > 1 or mention.is_bare or self.topic is None
        if is_new or mention.head in self.words.words.stages:
            # “the hearing” that nothing was said of before is a new one
            return self.add([mention])
        return self.topic

    def anchor_of(self, named: Mention) -> When | None:
        """When a meeting is from which days are counted; “the race” may be what the text goes on
        about by another name."""
        known = self.when_of(self.of(named))
        if known or not named.refers:
            return known
        dated = [one for one in reversed(self.meetings[-NEAR:]) if one.last_dated]
        alike = (
            one
            for one in dated
            if any(named.head in each.title.casefold().split() for each in one.mentions[:NEAR])
        )
        named_ = (one for one in dated if one.is_named)
        return self.when_of(next(alike, None) or self.topic) or self.when_of(next(named_, None))

    def when_of(self, meeting: Meeting | None) -> When | None:
        """What was last said of its date, if it was."""
        return meeting.last_dated.when if meeting and meeting.last_dated else None
