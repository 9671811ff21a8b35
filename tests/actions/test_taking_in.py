"""An article is taken in once; what it says waits as drafts, matched to what is known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from calendar_svc.actions import deciding, taking_in
from calendar_svc.actions.taking_in import MOST_DRAFTS, TakenIn
from calendar_svc.articles.reading import Reading
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.article import LONGEST_TEXT, Article
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.draft import DraftState
from calendar_svc.domain.errors import Refused
from calendar_svc.domain.event import Status
from calendar_svc.domain.matching import Tells
from calendar_svc.domain.series import Series
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import articles, audit, drafts, events, facts
from calendar_svc.store.base import Database
from tests import make

ARTICLE = Article("bernama-2027-02-20", "Bernama", "ms", date(2027, 2, 20))
TEXT = "KUALA LUMPUR: ADMM ke-21 akan berlangsung pada 1 April di Desaru, Johor. Habis."
QUOTE = "ADMM ke-21 akan berlangsung pada 1 April di Desaru, Johor."
READING = Reading(
    title="ADMM ke-21",
    lang="ms",
    series="admm",
    ordinal=21,
    when=When.parse("2027-04-01"),
    was=None,
    place="Desaru, Johor",
    status=ClaimStatus.SCHEDULED,
    evidence=QUOTE,
)


@pytest.fixture
def ada(database: Database) -> Editor:
    """Ada, who knows of ADMM in April."""
    with database.transaction() as db:
        make.announced(db, "2027-04", place=None, status=Status.TENTATIVE)
        return make.editor(db)


def take(
    database: Database,
    by: Editor | None,
    *readings: Reading,
    article: Article = ARTICLE,
    text: str = TEXT,
    who: str = "",
) -> TakenIn:
    with database.transaction() as db:
        return taking_in.take_in(
            db, article, text, readings, by=by, now=make.NOW, timezone=make.KL, who=who
        )


def reading(**other: Any) -> Reading:
    return replace(READING, **other)


def tells(database: Database, by: Editor, **other: Any) -> Tells:
    """What is told of a reading."""
    (outcome,) = take(database, by, reading(**other)).outcomes
    return outcome.tells


# --- what is told -----------------------------------------------------------------------------


def test_a_meeting_that_is_known_gets_a_draft_that_sharpens_it(
    database: Database, ada: Editor
) -> None:
    taken = take(database, ada, READING)
    (outcome,) = taken.outcomes
    assert (taken.article, taken.is_new, outcome.tells) == (ARTICLE, True, Tells.SHARPENS)
    assert outcome.draft is not None
    with database.transaction() as db:
        draft = drafts.get(db, outcome.draft)
        said = draft.proposal
        assert (said.event, said.quote, draft.state) == (
            "uid-of-admm-21",
            QUOTE,
            DraftState.WAITING,
        )
        assert said.title == Texts({"ms": "ADMM ke-21"})
        assert said.place == Texts({"ms": "Desaru, Johor"})
        # what came in is never accepted by itself
        assert str(events.get(db, "admm-21", make.NOW).when) == "2027-04"
        deciding.accept(db, draft.id, by=ada, now=make.NOW, timezone=make.KL)
        assert str(events.get(db, "admm-21", make.NOW).when) == "2027-04-01"


def test_a_meeting_that_is_not_known_gets_a_draft_of_its_own(
    database: Database, ada: Editor
) -> None:
    (outcome,) = take(database, ada, reading(ordinal=22, when=When.parse("2028"))).outcomes
    assert (outcome.tells, outcome.event) == (Tells.NEW, None)
    with database.transaction() as db:
        assert outcome.draft is not None
        place = deciding.accept(db, outcome.draft, by=ada, now=make.NOW, timezone=make.KL)
    assert place.slug == "admm-22"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"when": When.parse("2027-05-01")}, Tells.CONTRADICTS),
        ({"when": When.parse("2027-04"), "place": None}, Tells.NOTHING),
        ({"when": When.parse("2027"), "place": None}, Tells.NOTHING),
        ({"when": None, "place": None}, Tells.NOTHING),
        ({"when": None}, Tells.SHARPENS),
        ({"when": None, "place": None, "status": ClaimStatus.CANCELLED}, Tells.CHANGES),
        ({"when": None, "place": None, "status": ClaimStatus.POSTPONED}, Tells.CHANGES),
        (
            {"when": When.parse("2027-05-01"), "was": When.parse("2027-04"), "place": None},
            Tells.CHANGES,
        ),
    ],
)
def test_a_draft_says_what_it_adds(
    database: Database, ada: Editor, other: dict[str, Any], told: Tells
) -> None:
    assert tells(database, ada, **other) is told


def test_what_agrees_is_evidence_and_waits_too(database: Database, ada: Editor) -> None:
    (outcome,) = take(database, ada, reading(when=When.parse("2027-04"), place=None)).outcomes
    assert outcome.draft is not None


def test_several_meetings_of_one_article_are_told_apart(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        plus = Series("admm-plus", "ADMM-Plus", make.ADMM.name)
        make.announced(db, "2027-04", slug="admm-plus-2027", series=plus)
    taken = take(
        database,
        ada,
        READING,
        reading(series="admm-plus", ordinal=None, title="ADMM-Plus"),
        reading(series=None, ordinal=None, title="Pameran pertahanan"),
    )
    found = [one.event.slug if one.event else None for one in taken.outcomes]
    assert found == ["admm-21", "admm-plus-2027", None]
    assert len({one.draft for one in taken.outcomes}) == 3


def test_two_articles_of_a_new_meeting_make_one(database: Database, ada: Editor) -> None:
    new = reading(ordinal=22, when=When.parse("2028"))
    take(database, ada, new)
    other = replace(ARTICLE, key="antara", publisher="Antara")
    day = reading(ordinal=22, when=When.parse("2028-05-01"))
    unlike = reading(ordinal=23, when=When.parse("2029"))
    take(database, ada, day, unlike, article=other, text=f"{TEXT} Lagi.")
    with database.transaction() as db:
        first, second, third = drafts.waiting(db, limit=9)
        place = deciding.accept(db, first.id, by=ada, now=make.NOW, timezone=make.KL)
        assert drafts.get(db, second.id).proposal.event == place.uid
        assert drafts.get(db, third.id).proposal.event is None
        assert deciding.accept(db, second.id, by=ada, now=make.NOW, timezone=make.KL) == place
        assert str(events.get(db, "admm-22", make.NOW).when) == "2028-05-01"


# --- once -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [TEXT, f"\n {TEXT.upper()}\r\n", TEXT.replace(". ", ".\n\n")])
def test_the_same_text_from_elsewhere_makes_nothing_twice(
    database: Database, ada: Editor, text: str
) -> None:
    take(database, ada, READING)
    other = replace(ARTICLE, key="other", publisher="Lain", url="https://mirror.example/1")
    again = take(database, None, READING, article=other, text=text, who="Lain")
    assert (again.article, again.is_new, again.outcomes) == (ARTICLE, False, ())
    with database.transaction() as db:
        assert drafts.count_waiting(db) == 1
        assert len(articles.latest(db, limit=9)) == 1
        assert len(audit.latest(db, limit=9)) == 2


def test_what_an_article_said_already_is_not_drafted_again(database: Database, ada: Editor) -> None:
    # as a file of facts has it: claimed, and the text not kept
    with database.transaction() as db:
        articles.save(db, ARTICLE)
        number = taking_in.draft_all(
            db, ARTICLE, [READING], by=ada, now=make.NOW, timezone=make.KL
        )[0].draft
        assert number is not None
        deciding.accept(db, number, by=ada, now=make.NOW, timezone=make.KL)
    other = replace(ARTICLE, key="x", publisher="BERNAMA", title="ADMM", url="https://x.example/")
    taken = take(
        database, ada, READING, reading(ordinal=22, when=When.parse("2028")), article=other
    )
    assert taken.article == replace(ARTICLE, title="ADMM", url="https://x.example/")
    assert [(one.tells, one.draft is None) for one in taken.outcomes] == [
        (Tells.NOTHING, True),
        (Tells.NEW, False),
    ]
    with database.transaction() as db:
        assert articles.text_of(db, ARTICLE.key) == TEXT
        assert len(facts.claims_of_article(db, ARTICLE.key)) == 1


def test_another_article_of_that_day_stays_another(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        articles.save(db, ARTICLE)
    taken = take(database, ada, READING)
    assert taken.article.key == "bernama-2027-02-20-2"
    third = take(database, ada, article=ARTICLE, text="Lain sama sekali.")
    assert (third.article.key, third.outcomes) == ("bernama-2027-02-20-3", ())


def test_a_text_that_said_nothing_is_read_again(database: Database, ada: Editor) -> None:
    assert take(database, ada).outcomes == ()
    again = take(database, ada, READING)
    assert (again.is_new, len(again.outcomes)) == (False, 1)


# --- who, and what is refused -----------------------------------------------------------------


def test_a_source_is_named_in_the_audit_log(database: Database, ada: Editor) -> None:
    take(database, None, READING, who="Bernama (feed)")
    with database.reading() as db:
        log = audit.latest(db, limit=9)
    assert [(one.what, one.who) for one in log] == [
        (Act.DRAFT_MADE, "Bernama (feed)"),
        (Act.ARTICLE_SAVED, "Bernama (feed)"),
    ]


def test_an_article_from_the_future_is_refused(database: Database, ada: Editor) -> None:
    tomorrow = replace(ARTICLE, published_on=date(2027, 3, 2))
    with pytest.raises(Refused, match="from the future; today is 2027-03-01"):
        take(database, ada, READING, article=tomorrow)


def test_an_article_of_long_ago_is_refused(database: Database, ada: Editor) -> None:
    with pytest.raises(Refused, match="is from 1900 or later"):
        take(database, ada, READING, article=replace(ARTICLE, published_on=date(1, 1, 2)))


def test_too_much_is_refused_before_it_is_read(database: Database, ada: Editor) -> None:
    def never(text: str, **_: Any) -> list[Reading]:
        raise AssertionError("it isn't read")

    with pytest.raises(Refused, match="1000000 letters"), database.reading() as db:
        taking_in.read_article(db, never, ARTICLE, "1" * 1_000_000, make.KL)


def test_what_is_read_is_the_text_as_it_is_kept(database: Database, ada: Editor) -> None:
    asked: list[Any] = []

    def remembering(text: str, **options: Any) -> Sequence[Reading]:
        asked.append((text, options))
        return []

    with database.reading() as db:
        taking_in.read_article(db, remembering, ARTICLE, "ADMM\0ke-21\r\n", make.KL)  # type: ignore[arg-type]
    assert asked == [
        (
            "ADMM ke-21",
            {
                "published": ARTICLE.published_on,
                "lang": "ms",
                "series": [make.ADMM],
                "timezone": make.KL,
            },
        )
    ]


def test_whatever_is_read_can_be_kept(database: Database, ada: Editor) -> None:
    long = "kata " * (LONGEST_TEXT // 5 - 1)
    hostile = reading(title=long, place=long, evidence=long, ordinal=10**9, series=None)
    taken = take(database, ada, *[hostile] * 99, text=long)
    assert len(taken.outcomes) == MOST_DRAFTS
    assert len(taken.outcomes[0].proposal.quote) <= 1000
