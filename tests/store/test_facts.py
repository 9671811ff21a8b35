"""What was said and what was recorded of it comes back as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, ClaimStatus, Origin
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
