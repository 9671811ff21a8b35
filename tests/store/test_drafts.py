"""Drafts wait until one editor decides; what they propose comes back as it was put."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.draft import Draft, DraftState, Proposal
from calendar_svc.domain.errors import Conflict, NotFound
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import articles, drafts, events
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Database
from tests import make

FIRST = Article("bernama-1", "Bernama", "ms", date(2027, 1, 1))
SECOND = Article("bernama-2", "Bernama", "ms", date(2027, 1, 2))
FULL = Proposal(
    event="uid-1",
    title=Texts({"ms": "ADMM ke-21", "en": "21st ADMM"}),
    series="admm",
    ordinal=21,
    when=When.parse("[2027-04-01..2027-04-07]"),
    was=When.parse("2027-03"),
    place=Texts({"ms": "Desaru, Johor"}),
    status=ClaimStatus.POSTPONED,
    quote="“pada April ini”,\nkatanya",
    gist=Texts({"en": "In April."}),
)
BARE = Proposal(None, Texts({"ms": "ADMM"}), None, None, None, None, None, None)
LATER = make.NOW + timedelta(hours=1)


@pytest.fixture
def known(database: Database) -> Database:
    """Two articles, two meetings of which nothing is said yet, a series."""
    with database.transaction() as db:
        series_store.save(db, make.ADMM)
        for article in (FIRST, SECOND):
            articles.save(db, article)
        for number in (1, 2):
            events.add(db, f"uid-{number}", f"m-{number}", created_at=make.NOW)
    return database


def test_a_draft_comes_back_as_it_was_made(known: Database) -> None:
    with known.transaction() as db:
        numbers = [drafts.add(db, FIRST.key, one, now=make.NOW) for one in (FULL, BARE)]
    with known.reading() as db:
        for number, proposal in zip(numbers, (FULL, BARE), strict=True):
            assert drafts.get(db, number) == Draft(
                number, FIRST, proposal, DraftState.WAITING, make.NOW
            )


@pytest.mark.parametrize("number", [0, -1, 10**9])
def test_a_draft_that_was_never_made_is_not_found(known: Database, number: int) -> None:
    with known.transaction() as db:
        with pytest.raises(NotFound):
            drafts.get(db, number)
        with pytest.raises(Conflict):
            drafts.change(db, number, BARE)
        with pytest.raises(Conflict):
            drafts.decide(db, number, DraftState.REJECTED, by="Ada", now=make.NOW)


def test_drafts_wait_in_the_order_in_which_they_were_made(known: Database) -> None:
    with known.transaction() as db:
        numbers = [
            drafts.add(db, article.key, BARE, now=make.NOW)
            for article in (FIRST, SECOND, FIRST, SECOND)
        ]
        assert drafts.count_waiting(db) == 4
        drafts.decide(db, numbers[1], DraftState.ACCEPTED, by="Ada", now=LATER, event="uid-1")
        drafts.decide(db, numbers[2], DraftState.REJECTED, by="Ada", now=LATER)
        assert [one.id for one in drafts.waiting(db, limit=9)] == [numbers[0], numbers[3]]
        assert [one.id for one in drafts.waiting(db, limit=1)] == numbers[:1]
        assert drafts.count_waiting(db) == 2
        # whatever became of them
        assert [one.id for one in drafts.of_article(db, SECOND.key)] == [numbers[1], numbers[3]]
        assert drafts.of_article(db, "another") == []


def test_a_draft_that_waits_can_be_changed_as_often_as_one_likes(known: Database) -> None:
    with known.transaction() as db:
        number = drafts.add(db, FIRST.key, BARE, now=make.NOW)
        for proposal in (FULL, BARE, replace(FULL, event="uid-2", series=None, was=None)):
            drafts.change(db, number, proposal)
            assert drafts.get(db, number).proposal == proposal
    with known.reading() as db:
        assert drafts.get(db, number).proposal == proposal


def test_a_decision_says_who_when_and_why(known: Database) -> None:
    with known.transaction() as db:
        number = drafts.add(db, FIRST.key, FULL, now=make.NOW)
        drafts.decide(db, number, DraftState.REJECTED, by="", now=LATER, reason="twice: 100%")
        made = drafts.get(db, number)
    assert made == Draft(
        number, FIRST, FULL, DraftState.REJECTED, make.NOW, LATER, "", "twice: 100%"
    )


def test_a_meeting_that_came_of_a_draft_is_kept_with_it(known: Database) -> None:
    with known.transaction() as db:
        number = drafts.add(db, FIRST.key, BARE, now=make.NOW)
        drafts.decide(db, number, DraftState.ACCEPTED, by="Ada", now=LATER, event="uid-2")
        assert drafts.get(db, number).proposal == replace(BARE, event="uid-2")


@pytest.mark.parametrize("state", [DraftState.ACCEPTED, DraftState.REJECTED])
def test_what_is_decided_is_decided(known: Database, state: DraftState) -> None:
    with known.transaction() as db:
        number = drafts.add(db, FIRST.key, BARE, now=make.NOW)
        drafts.decide(db, number, state, by="Ada", now=LATER, event="uid-1")
        before = drafts.get(db, number)
    for other in (DraftState.ACCEPTED, DraftState.REJECTED):
        with pytest.raises(Conflict), known.transaction() as db:
            drafts.decide(db, number, other, by="Bea", now=LATER, event="uid-2")
    with pytest.raises(Conflict), known.transaction() as db:
        drafts.change(db, number, FULL)
    with known.reading() as db:
        assert drafts.get(db, number) == before


def test_of_two_who_decide_at_once_one_does(known: Database) -> None:
    with known.transaction() as db:
        number = drafts.add(db, FIRST.key, BARE, now=make.NOW)

    def decide(who: str) -> bool:
        try:
            with known.transaction() as db:
                drafts.decide(db, number, DraftState.REJECTED, by=who, now=LATER)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(decide, "abcd")).count(True) == 1


def test_drafts_move_with_their_meeting(known: Database) -> None:
    with known.transaction() as db:
        others = replace(FULL, event="uid-2")
        numbers = [drafts.add(db, FIRST.key, one, now=make.NOW) for one in (FULL, others, BARE)]
        drafts.decide(db, numbers[0], DraftState.ACCEPTED, by="Ada", now=LATER, event="uid-1")
        drafts.move(db, "uid-1", "uid-2")
        about = [drafts.get(db, number).proposal.event for number in numbers]
    assert about == ["uid-2", "uid-2", None]


def test_a_value_is_taken_out_of_the_drafts_about_a_meeting_with_its_words(known: Database) -> None:
    place = FULL.place
    elsewhere = replace(FULL, place=Texts({"ms": "Melaka"}))
    others = replace(FULL, event="uid-2")
    with known.transaction() as db:
        numbers = [
            drafts.add(db, FIRST.key, one, now=make.NOW) for one in (FULL, elsewhere, others)
        ]
        drafts.redact(db, "uid-1", place)
        drafts.redact(db, "uid-1", None)
        found = [drafts.get(db, number).proposal for number in numbers]
        assert found == [replace(FULL, place=None, quote="", gist=None), elsewhere, others]
        drafts.redact(db, "uid-1", FULL.was)
        assert drafts.get(db, numbers[0]).proposal.was is None
        assert drafts.get(db, numbers[0]).proposal.when == FULL.when
