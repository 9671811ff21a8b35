"""What was read is kept with its text, and what it seems to say waits as a draft."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from calendar_svc.actions import deciding, intake
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.article import LONGEST_TEXT, Article
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.draft import DraftState, Proposal
from calendar_svc.domain.errors import Conflict, NotFound, Refused
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import articles, audit, drafts
from calendar_svc.store.base import Database
from tests import make

ARTICLE = Article(
    "bernama-2027-02-20",
    "Bernama",
    "ms",
    date(2027, 2, 20),
    url="https://www.example.org/1",
    title="ADMM ke-21 di Manila",
)
TEXT = "KUALA LUMPUR, 20 Feb: ADMM ke-21\nakan berlangsung  pada 1 April."
NOTHING = Proposal(
    event=None,
    title=None,
    series=None,
    ordinal=None,
    when=None,
    was=None,
    place=None,
    status=None,
)


@pytest.fixture
def ada(database: Database) -> Editor:
    """Ada, with a meeting and an article before her."""
    with database.transaction() as db:
        make.announced(db, "2027-04")
        by = make.editor(db)
        intake.keep_article(db, ARTICLE, TEXT, by=by)
        return by


def propose(db: Session, by: Editor, **said: Any) -> int:
    values: dict[str, Any] = {"event": "uid-of-admm-21", "when": When.parse("2027-04-01")}
    proposal = replace(NOTHING, **values | said)
    return intake.propose(db, ARTICLE, proposal, by=by, now=make.NOW)


def test_an_article_is_kept_with_its_text(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        assert articles.get(db, ARTICLE.key) == ARTICLE
        assert articles.text_of(db, ARTICLE.key) == TEXT
        log = audit.latest(db, limit=9)
    assert [(one.what, one.subject) for one in log] == [(Act.ARTICLE_SAVED, ARTICLE.key)]


def test_the_same_again_changes_nothing_and_is_not_logged(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        for text in (TEXT, TEXT.replace("\n", "\r\n"), f"\n{TEXT}\n "):
            assert not intake.keep_article(db, ARTICLE, text, by=ada)
        assert len(audit.latest(db, limit=9)) == 1
        assert intake.keep_article(db, ARTICLE, TEXT + "!", by=ada)


@pytest.mark.parametrize("letter", ["a", "é", "\n", "س", "😀", "👩‍👩‍👧"[0]])
def test_fifty_thousand_letters_of_any_script_are_kept(
    database: Database, ada: Editor, letter: str
) -> None:
    most = f"a{letter * (LONGEST_TEXT - 2)}z"
    with database.transaction() as db:
        intake.keep_article(db, ARTICLE, most, by=ada)
        assert articles.text_of(db, ARTICLE.key) == most
    with pytest.raises(Refused, match="50001 letters") as refused, database.transaction() as db:
        intake.keep_article(db, ARTICLE, most + "z", by=ada)
    assert refused.value.field == "text"


def test_line_ends_count_once_however_the_browser_sends_them(
    database: Database, ada: Editor
) -> None:
    text = "a\r\n" * (LONGEST_TEXT // 2)
    with database.transaction() as db:
        intake.keep_article(db, ARTICLE, text, by=ada)
        assert articles.text_of(db, ARTICLE.key) == text.replace("\r\n", "\n").strip()


@pytest.mark.parametrize(
    "letter", ["\0", "\x0b", "\x0c", "\x1b", "\x85", "\u2028", "\ufffe", "\u202e"]
)
def test_what_was_pasted_with_it_and_cant_be_printed_becomes_a_space(
    database: Database, ada: Editor, letter: str
) -> None:
    with database.transaction() as db:
        intake.keep_article(db, ARTICLE, f"ADMM{letter}ke-21 berlangsung", by=ada)
        assert articles.text_of(db, ARTICLE.key) == "ADMM ke-21 berlangsung"
        propose(db, ada, quote="ADMM ke-21")


def test_a_draft_waits_and_says_what_was_proposed(database: Database, ada: Editor) -> None:
    said: dict[str, Any] = {
        "was": When.parse("2027-03"),
        "place": Texts({"ms": "Manila"}),
        "status": ClaimStatus.SCHEDULED,
        "quote": "ADMM ke-21 akan berlangsung pada 1 April",
        "gist": Texts({"en": "It is on 1 April."}),
    }
    with database.transaction() as db:
        number = propose(db, ada, **said)
        draft = drafts.get(db, number)
        log = audit.latest(db, limit=1)
    assert draft.proposal == replace(
        NOTHING, event="uid-of-admm-21", when=When.parse("2027-04-01"), **said
    )
    assert (draft.state, draft.made_at, draft.article) == (DraftState.WAITING, make.NOW, ARTICLE)
    assert (log[0].what, log[0].subject, log[0].detail) == (
        Act.DRAFT_MADE,
        ARTICLE.key,
        str(number),
    )


@pytest.mark.parametrize(
    "quote",
    ["ADMM ke-21 akan", "ADMM   ke-21\r\nakan", "berlangsung pada", "KUALA LUMPUR, 20 Feb:"],
)
def test_a_quote_is_found_however_its_lines_break(
    database: Database, ada: Editor, quote: str
) -> None:
    with database.transaction() as db:
        propose(db, ada, quote=quote)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quote": "ADMM ke-22"}, "quote"),
        ({"quote": "admm ke-21"}, "quote"),
        ({"when": None}, "when"),
        ({"when": None, "quote": "ADMM ke-21", "title": Texts({"en": "ADMM"})}, "when"),
        ({"event": None}, "title_ms"),
    ],
)
def test_what_says_nothing_or_quotes_what_is_not_there_is_refused(
    database: Database, ada: Editor, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused, database.transaction() as db:
        propose(db, ada, **said)
    assert refused.value.field == field
    with database.transaction() as db:
        assert drafts.count_waiting(db) == 0
        number = propose(db, ada)
    values: dict[str, Any] = {"event": "uid-of-admm-21", "when": When.parse("2027-04-01"), **said}
    with pytest.raises(Refused), database.transaction() as db:
        intake.change_draft(db, number, replace(NOTHING, **values), by=ada)


def test_without_a_text_anything_may_be_quoted(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        intake.keep_article(db, ARTICLE, "", by=ada)
        propose(db, ada, quote="read out on the radio")


def test_a_draft_is_changed_until_it_is_decided(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = propose(db, ada)
        other = replace(NOTHING, title=Texts({"en": "ADMM retreat"}), series="admm")
        intake.change_draft(db, number, other, by=ada)
        assert drafts.get(db, number).proposal == other
        assert audit.latest(db, limit=1)[0].what == Act.DRAFT_CHANGED
        deciding.reject(db, number, reason="", by=ada, now=make.NOW)
    with pytest.raises(Conflict), database.transaction() as db:
        intake.change_draft(db, number, NOTHING_BUT_A_TITLE, by=ada)


NOTHING_BUT_A_TITLE = replace(NOTHING, title=Texts({"en": "ADMM"}))


def test_there_is_no_draft_without_an_article(database: Database, ada: Editor) -> None:
    nowhere = replace(ARTICLE, key="nowhere")
    with pytest.raises(NotFound), database.transaction() as db:
        intake.propose(db, nowhere, NOTHING_BUT_A_TITLE, by=ada, now=make.NOW)
    with pytest.raises(NotFound), database.transaction() as db:
        intake.change_draft(db, 999, NOTHING_BUT_A_TITLE, by=ada)
