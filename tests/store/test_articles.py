"""Articles come back as they were read; their text only where it is asked for."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, Origin
from calendar_svc.domain.draft import DraftState, Proposal
from calendar_svc.domain.errors import NotFound, Refused
from calendar_svc.domain.texts import Texts
from calendar_svc.store import articles, drafts, events, facts
from calendar_svc.store.base import Database
from tests import make

FULL = Article(
    key="bernama-1",
    publisher="Bernama “Malay”",
    lang="ms",
    published_on=date(2027, 1, 1),
    dateline="Kuala Lumpur",
    url="https://a.example/?q=%_\\&b='1'",
    title="ADMM ke-21: 50% \N{GRINNING FACE}",
)
BARE = Article("antara-1", "Antara", "id", date(2027, 1, 1))
TEXT = "KUALA LUMPUR, 1 Jan —\n\n“pada April ini”, katanya.\tHabis."


def test_an_article_comes_back_as_it_was_kept(database: Database) -> None:
    with database.transaction() as db:
        for article in (FULL, BARE):
            assert articles.save(db, article)
    with database.reading() as db:
        assert articles.get(db, FULL.key) == FULL
        assert articles.get(db, BARE.key) == BARE


def test_an_article_that_was_never_read_is_not_found(database: Database) -> None:
    with database.reading() as db:
        assert not articles.exists(db, "x")
        for ask in (articles.get, articles.text_of):
            with pytest.raises(NotFound) as refusal:
                ask(db, "x" * 500)
            assert len(str(refusal.value)) < 200


def test_keys_are_told_apart_to_the_letter(database: Database) -> None:
    with database.transaction() as db:
        articles.save(db, BARE)
        for key in ("Antara-1", "antara_1", "antara%", "antara-1 "):
            assert not articles.exists(db, key)
        assert articles.exists(db, "antara-1")


def test_the_text_is_kept_to_the_letter(database: Database) -> None:
    with database.transaction() as db:
        articles.save(db, FULL, text=TEXT)
        articles.save(db, BARE)
    with database.reading() as db:
        assert articles.text_of(db, FULL.key) == TEXT
        assert articles.text_of(db, BARE.key) is None


def test_saved_again_without_a_text_it_keeps_the_one_it_has(database: Database) -> None:
    changed = replace(FULL, title="Another title", dateline=None)
    with database.transaction() as db:
        articles.save(db, FULL, text=TEXT)
        assert not articles.save(db, FULL)
        assert not articles.save(db, FULL, text=TEXT)
        assert articles.save(db, changed)
        assert (articles.get(db, FULL.key), articles.text_of(db, FULL.key)) == (changed, TEXT)
        assert articles.save(db, changed, text="")
        assert articles.text_of(db, FULL.key) == ""


def test_the_newest_are_listed_first_and_page_by_page(database: Database) -> None:
    with database.transaction() as db:
        for number in range(5):
            for letter in "ba":
                day = BARE.published_on + timedelta(days=number)
                articles.save(db, replace(BARE, key=f"{letter}-{number}", published_on=day))
        keys = [one.article.key for one in articles.latest(db, limit=4)]
        assert keys == ["a-4", "b-4", "a-3", "b-3"]
        keys = [one.article.key for one in articles.latest(db, limit=4, offset=7)]
        assert keys == ["b-1", "a-0", "b-0"]
        assert articles.latest(db, limit=4, offset=10) == []


def test_each_is_listed_with_its_claims_and_the_drafts_that_wait(database: Database) -> None:
    nothing = Proposal(None, Texts({"ms": "ADMM"}), None, None, None, None, None, None)
    with database.transaction() as db:
        for article in (FULL, BARE):
            articles.save(db, article)
        for number in range(2):
            uid = f"uid-{number}"
            events.add(db, uid, f"m-{number}", created_at=make.NOW)
            key = f"m-{number}/{FULL.key}"
            facts.save_claim(db, Claim(key, uid, Origin.ARTICLE, make.NOW, article=FULL))
        numbers = [drafts.add(db, FULL.key, nothing, now=make.NOW) for _ in range(3)]
        drafts.decide(db, numbers[1], DraftState.REJECTED, by="Ada", now=make.NOW)
        assert articles.latest(db, limit=9) == [
            articles.Listed(BARE, 0, 0),
            articles.Listed(FULL, 2, 2),
        ]


def test_a_text_is_kept_once_however_it_is_set(database: Database) -> None:
    again = TEXT.upper().replace("“", '"').replace("”", '"').replace("\n", " ")
    with database.transaction() as db:
        articles.save(db, FULL, text=TEXT)
        articles.save(db, BARE)
        assert articles.by_text(db, again) == FULL
        assert articles.by_text(db, f"{TEXT} Lagi.") is None
        # texts without a word are not all one
        for empty in ("", "…", None):
            assert articles.by_text(db, empty) is None
        for article in (BARE, replace(BARE, key="new")):
            with pytest.raises(Refused) as refused:
                articles.save(db, article, text=again)
            assert refused.value.field == "text"
        articles.save(db, FULL, text="…")
        articles.save(db, BARE, text="!")
        assert articles.by_text(db, TEXT) is None


def test_of_two_that_come_at_once_one_is_kept(database: Database) -> None:
    def keep(key: str) -> str | None:
        try:
            with database.transaction() as db:
                articles.save(db, replace(BARE, key=key), text=TEXT)
        except Refused as refused:
            return refused.field
        return "kept"

    with ThreadPoolExecutor(8) as pool:
        assert sorted(map(str, pool.map(keep, map(str, range(8))))) == ["kept", *["text"] * 7]


def test_those_without_a_text_are_found_by_their_day(database: Database) -> None:
    with database.transaction() as db:
        articles.save(db, FULL, text=TEXT)
        articles.save(db, BARE)
        articles.save(db, replace(BARE, key="other", published_on=date(2027, 1, 2)))
        assert articles.without_text(db, date(2027, 1, 1)) == [BARE]
