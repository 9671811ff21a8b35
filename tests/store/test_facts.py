"""What was said and what was recorded of it comes back as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, ClaimStatus, Origin
from calendar_svc.domain.errors import NotFound
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import Fact, FactName, FactValue, Revision
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import articles, events, facts
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Database
from tests import make

ARTICLE = Article("bernama-1", "Bernama", "ms", date(2027, 1, 1), "Kuala Lumpur", "https://a.org/")
LATER = Article("bernama-2", "Bernama", "ms", date(2027, 2, 1))
SINCE, UNTIL = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
CLAIM = Claim(
    key="admm-21/bernama-1",
    event="uid-1",
    origin=Origin.ARTICLE,
    since=SINCE,
    when=When.parse("2027-04"),
    place=Texts({"ms": "Desaru", "en": "Desaru, Johor"}),
    status=ClaimStatus.SCHEDULED,
    quote="“pada April ini”, katanya",
    gist=Texts({"en": "In April."}),
    article=ARTICLE,
)
BARE = Claim("by-hand", "uid-1", Origin.EDITOR, UNTIL)


@pytest.fixture
def known(database: Database) -> Database:
    """An event of which nothing is said yet."""
    with database.transaction() as db:
        series_store.save(db, make.ADMM)
        events.add(db, "uid-1", "admm-21", created_at=make.NOW)
    return database


def test_an_article_is_added_once_and_brought_up_to_date(known: Database) -> None:
    with known.transaction() as db:
        assert articles.save(db, ARTICLE)
        assert not articles.save(db, ARTICLE)
        assert articles.save(db, replace(ARTICLE, url=None))
        assert not articles.save(db, replace(ARTICLE, url=None))


def test_a_claim_comes_back_as_it_was_made(known: Database) -> None:
    with known.transaction() as db:
        articles.save(db, ARTICLE)
        assert facts.save_claim(db, CLAIM)
        assert facts.save_claim(db, BARE)
    with known.reading() as db:
        assert facts.claims_of(db, "uid-1") == [BARE, CLAIM]
        assert facts.claims_of(db, "another") == []


def test_a_claim_that_is_there_stays(known: Database) -> None:
    with known.transaction() as db:
        facts.save_claim(db, BARE)
        assert not facts.save_claim(db, replace(BARE, quote="changed"))
        assert facts.claims_of(db, "uid-1") == [BARE]


def test_claims_are_given_as_far_as_they_were_known(known: Database) -> None:
    with known.transaction() as db:
        articles.save(db, ARTICLE)
        articles.save(db, LATER)
        later = replace(CLAIM, key="admm-21/bernama-2", since=UNTIL, article=LATER)
        for claim in (CLAIM, later, BARE):
            facts.save_claim(db, claim)
        before = UNTIL - timedelta(microseconds=1)
        assert facts.claims_of(db, "uid-1", SINCE - timedelta(seconds=1)) == []
        assert facts.claims_of(db, "uid-1", before) == [CLAIM]
        assert facts.claims_of(db, "uid-1", UNTIL) == [later, BARE, CLAIM]
        assert facts.sources_of(db, ["uid-1"], SINCE - timedelta(seconds=1)) == {}
        assert facts.sources_of(db, ["uid-1", "another"], before) == {"uid-1": ARTICLE}
        assert facts.sources_of(db, ["uid-1"], UNTIL) == {"uid-1": LATER}


def revision(number: int = 1, claim: str | None = None) -> Revision:
    values: dict[FactName, FactValue] = {
        FactName.TITLE: Texts({"ms": "ADMM ke-21", "en": "21st ADMM"}),
        FactName.STATUS: Status.TENTATIVE,
        FactName.WHEN: When.parse("[2027-04-01..2027-04-07]"),
        FactName.PLACE: None,
        FactName.DESCRIPTION: Texts({"en": "two\nlines"}),
        FactName.SERIES: "admm",
        FactName.ORDINAL: 21,
    }
    said = tuple(Fact(name, value, SINCE, claim) for name, value in values.items())
    return Revision(number, make.NOW, said, "Ada", is_news=number != 2)


def test_revisions_come_back_as_they_were_recorded(known: Database) -> None:
    with known.transaction() as db:
        facts.save_claim(db, BARE)
        for number in (1, 2, 3):
            facts.add_revision(db, "uid-1", revision(number, BARE.key if number == 2 else None))
    with known.reading() as db:
        assert facts.revisions_of(db, "uid-1") == [
            *(revision(1), revision(2, BARE.key), revision(3))
        ]


def test_two_revisions_never_have_the_same_number(known: Database) -> None:
    with known.transaction() as db:
        facts.add_revision(db, "uid-1", revision())
    with pytest.raises(IntegrityError), known.transaction() as db:
        facts.add_revision(db, "uid-1", revision())


def test_a_revision_without_facts_is_one_too(known: Database) -> None:
    empty = Revision(1, make.NOW, (), None)
    with known.transaction() as db:
        facts.add_revision(db, "uid-1", empty)
        assert facts.revisions_of(db, "uid-1") == [empty]


def test_how_a_revision_came_about_comes_back_too(known: Database) -> None:
    made = Revision(
        *(1, make.NOW, (Fact(FactName.WHEN, None, SINCE, settles=True),), ""),
        reason="“settled”: 100%",
        undoes=7,
    )
    with known.transaction() as db:
        facts.add_revision(db, "uid-1", made)
        assert facts.revisions_of(db, "uid-1") == [made]


def test_claims_are_found_by_the_article_that_makes_them(known: Database) -> None:
    with known.transaction() as db:
        events.add(db, "uid-2", "admm-22", created_at=make.NOW)
        articles.save(db, ARTICLE)
        other = replace(CLAIM, key="admm-22/bernama-1", event="uid-2")
        for claim in (other, CLAIM, BARE):
            facts.save_claim(db, claim)
        assert facts.claims_of_article(db, ARTICLE.key) == [CLAIM, other]
        assert facts.claims_of_article(db, "another") == []


def test_what_was_said_of_one_meeting_can_be_said_of_another(known: Database) -> None:
    moved = replace(BARE, event="uid-2")
    with known.transaction() as db:
        events.add(db, "uid-2", "admm-22", created_at=make.NOW)
        facts.save_claim(db, BARE)
        facts.move_claims(db, "uid-1", "uid-2")
        assert facts.claims_of(db, "uid-1") == []
        assert facts.claims_of(db, "uid-2") == [moved]
    with known.reading() as db:
        assert facts.claims_of(db, "uid-2") == [moved]


NEWS = [  # known since, recorded at, whether it is news
    (SINCE, UNTIL, True),
    (SINCE, UNTIL + timedelta(hours=1), False),
    # on a simulated clock it begins to be published when it is known
    (UNTIL + timedelta(days=9), UNTIL + timedelta(hours=2), True),
    (SINCE, UNTIL + timedelta(hours=3), True),
]


def test_news_is_told_the_last_published_first_as_far_as_it_was_known(known: Database) -> None:
    with known.transaction() as db:
        events.add(db, "uid-2", "admm-22", created_at=make.NOW)
        for number, (since, recorded, is_news) in enumerate(NEWS, start=1):
            fact = Fact(FactName.ORDINAL, number, since)
            made = Revision(number, recorded, (fact,), is_news=is_news)
            facts.add_revision(db, "uid-1", made)
        facts.add_revision(db, "uid-1", Revision(5, make.NOW, ()))
        facts.add_revision(db, "uid-2", Revision(1, UNTIL, (Fact(FactName.ORDINAL, 1, UNTIL),)))
        found = facts.latest_news(db, make.NOW, limit=9)
        assert found == [
            ("uid-1", 3, UNTIL + timedelta(days=9)),
            ("uid-1", 4, UNTIL + timedelta(hours=3)),
            ("uid-2", 1, UNTIL),
            ("uid-1", 1, UNTIL),
        ]
        assert facts.latest_news(db, make.NOW, limit=2) == found[:2]
        assert facts.latest_news(db, UNTIL, limit=9) == found[1:]
        assert facts.latest_news(db, SINCE - timedelta(seconds=1), limit=9) == []
        events.withdraw(db, "uid-2", at=make.NOW)
        assert ("uid-2", 1, UNTIL) not in facts.latest_news(db, make.NOW, limit=9)
        events.merge(db, "uid-1", into="uid-2")
        assert facts.latest_news(db, make.NOW, limit=9) == []


# --- redacted -------------------------------------------------------------------------------

HALL, JOHOR = Texts({"ms": "Dewan Rahsia"}), Texts({"ms": "Johor"})


def told(number: int, *said: tuple[FactName, FactValue, str | None], why: str = "") -> Revision:
    made = tuple(Fact(name, value, SINCE, claim) for name, value, claim in said)
    return Revision(number, make.NOW, made, "Ada", reason=why)


def claim(key: str, **said: object) -> Claim:
    return replace(BARE, key=key, quote="kata mereka", gist=Texts({"en": "they say"}), **said)  # type: ignore[arg-type]


def keep(db: Session, claims: Sequence[Claim], revisions: Sequence[Revision]) -> None:
    for one in claims:
        facts.save_claim(db, one)
    for made in revisions:
        facts.add_revision(db, "uid-1", made)


def test_a_fact_is_taken_out_with_what_its_claim_says_of_it_and_in_which_words(
    known: Database,
) -> None:
    when = When.parse("2027-04")
    said = claim("a", place=HALL, when=when)
    with known.transaction() as db:
        keep(
            db,
            [said],
            [
                told(1, (FactName.TITLE, JOHOR, None), (FactName.WHEN, when, "a")),
                told(2, (FactName.PLACE, HALL, "a"), (FactName.ORDINAL, 3, None), why="so I heard"),
            ],
        )
        assert facts.redact_fact(db, "uid-1", 2, FactName.PLACE) == HALL
    with known.reading() as db:
        first, second = facts.revisions_of(db, "uid-1")
        assert first.facts[1] == Fact(FactName.WHEN, when, SINCE, "a")
        assert [fact.name for fact in second.facts] == [FactName.ORDINAL]
        assert second.reason == ""
        assert facts.claims_of(db, "uid-1") == [replace(said, place=None, quote="", gist=None)]
        assert facts.redacted_facts(db, "uid-1") == [(2, FactName.PLACE)]
        assert facts.redacted_claims(db, "uid-1") == {"a"}


def test_whatever_says_the_same_goes_with_it_and_nothing_else(known: Database) -> None:
    """Other papers agreed and made no fact; undoing and settling said it again."""
    agreed, vaguer = claim("b", place=HALL, status=ClaimStatus.HELD), claim("c", place=JOHOR)
    moved = told(3, (FactName.PLACE, JOHOR, "c"), why="it moved")
    with known.transaction() as db:
        keep(
            db,
            [claim("a", place=HALL), agreed, vaguer],
            [
                told(1, (FactName.TITLE, HALL, None)),
                told(2, (FactName.PLACE, HALL, "a")),
                moved,
                told(4, (FactName.PLACE, HALL, "a")),
                told(5, (FactName.PLACE, HALL, None)),
            ],
        )
        facts.redact_fact(db, "uid-1", 2, FactName.PLACE)
        found = facts.revisions_of(db, "uid-1")
        assert [len(one.facts) for one in found] == [1, 0, 1, 0, 0]
        assert found[2] == moved
        assert {one.key: one.place for one in facts.claims_of(db, "uid-1")} == {
            "a": None,
            "b": None,
            "c": JOHOR,
        }
        assert facts.redacted_claims(db, "uid-1") == {"a", "b"}
        assert [one.status for one in facts.claims_of(db, "uid-1")][1] is ClaimStatus.HELD
        assert [number for number, _ in facts.redacted_facts(db, "uid-1")] == [2, 4, 5]


def test_an_old_date_is_taken_out_of_the_claim_that_the_meeting_moved(known: Database) -> None:
    old, new = When.parse("2027-04-01"), When.parse("2027-05-01")
    with known.transaction() as db:
        keep(
            db,
            [claim("a", when=old), claim("b", when=new, was=old)],
            [told(1, (FactName.WHEN, old, "a")), told(2, (FactName.WHEN, new, "b"))],
        )
        facts.redact_fact(db, "uid-1", 1, FactName.WHEN)
        said = [(one.when, one.was) for one in facts.claims_of(db, "uid-1")]
        assert said == [(None, None), (new, None)]
        facts.redact_fact(db, "uid-1", 2, FactName.WHEN)
        said = [(one.when, one.was) for one in facts.claims_of(db, "uid-1")]
        assert said == [(None, None), (None, None)]


def test_of_a_status_only_what_rests_on_the_same_claim_is_taken_out(known: Database) -> None:
    held = ClaimStatus.HELD
    with known.transaction() as db:
        keep(
            db,
            [claim("a", status=held), claim("b", status=held)],
            [
                told(1, (FactName.STATUS, Status.HELD, "a")),
                told(2, (FactName.STATUS, Status.CONFIRMED, None)),
                told(3, (FactName.STATUS, Status.HELD, "a")),
                told(4, (FactName.STATUS, Status.HELD, "b")),
                told(5, (FactName.STATUS, Status.HELD, None)),
            ],
        )
        facts.redact_fact(db, "uid-1", 1, FactName.STATUS)
        found = facts.revisions_of(db, "uid-1")
        assert [len(one.facts) for one in found] == [0, 1, 0, 1, 1]
        assert [one.status for one in facts.claims_of(db, "uid-1")] == [None, held]


def test_that_there_is_no_place_can_be_taken_out_and_nobody_else_is_silenced(
    known: Database,
) -> None:
    bystander = claim("a", when=When.parse("2027-04"))
    with known.transaction() as db:
        keep(
            db,
            [bystander],
            [told(1, (FactName.PLACE, None, None)), told(2, (FactName.PLACE, None, None))],
        )
        assert facts.redact_fact(db, "uid-1", 1, FactName.PLACE) is None
        assert facts.redacted_facts(db, "uid-1") == [(1, FactName.PLACE)]
        assert facts.claims_of(db, "uid-1") == [bystander]


def test_what_is_not_there_or_was_taken_out_before_is_not_found(known: Database) -> None:
    with known.transaction() as db:
        events.add(db, "uid-2", "admm-22", created_at=make.NOW)
        keep(db, [claim("a")], [told(1, (FactName.PLACE, HALL, None))])
        for uid, number, name in (
            ("uid-1", 2, FactName.PLACE),
            ("uid-1", 1, FactName.WHEN),
            ("uid-2", 1, FactName.PLACE),
            ("another", 1, FactName.PLACE),
        ):
            with pytest.raises(NotFound):
                facts.redact_fact(db, uid, number, name)
        for uid, key in (("uid-2", "a"), ("uid-1", "b"), ("another", "a")):
            with pytest.raises(NotFound):
                facts.redact_claim(db, uid, key)
        facts.redact_fact(db, "uid-1", 1, FactName.PLACE)
        with pytest.raises(NotFound):
            facts.redact_fact(db, "uid-1", 1, FactName.PLACE)


def test_what_a_claim_says_stays_when_only_its_words_are_taken_out(known: Database) -> None:
    said = claim("a", place=HALL, when=When.parse("2027-04"), was=When.parse("2027-03"))
    with known.transaction() as db:
        own = told(1, (FactName.PLACE, HALL, "a"), why="kata mereka")
        ruled = told(2, (FactName.WHEN, said.when, "a"), why="it is right")
        keep(db, [said], [own, ruled])
        facts.redact_claim(db, "uid-1", "a")
        assert facts.claims_of(db, "uid-1") == [replace(said, quote="", gist=None)]
        # an editor's word is the reason, too
        assert facts.revisions_of(db, "uid-1") == [replace(own, reason=""), ruled]
        assert facts.redacted_claims(db, "uid-1") == {"a"}
        assert facts.redacted_facts(db, "uid-1") == []
    with known.reading() as db:
        assert facts.revisions_of(db, "uid-1") == [replace(own, reason=""), ruled]


def test_who_asks_twice_in_one_transaction_gets_what_was_redacted_meanwhile(
    known: Database,
) -> None:
    """Else a change that is being made would write it down again."""
    if known.engine.dialect.name == "sqlite":
        return  # one writes at a time
    with known.transaction() as db:
        keep(db, [claim("a", place=HALL)], [told(1, (FactName.PLACE, HALL, "a"), why="Rahsia")])
    with known.transaction() as db:
        assert "Rahsia" in repr([facts.revisions_of(db, "uid-1"), facts.claims_of(db, "uid-1")])
        with known.transaction() as other:
            facts.redact_fact(other, "uid-1", 1, FactName.PLACE)
        events.lock(db, "uid-1")
        found = repr([facts.revisions_of(db, "uid-1"), facts.claims_of(db, "uid-1")])
    assert "Rahsia" not in found
