"""Accepted, a draft is a claim and perhaps a revision; rejected it is nothing."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from threading import Event as Signal
from time import sleep
from typing import Any

import pytest
from sqlalchemy.orm import Session

from calendar_svc.actions import deciding, editing, intake, seeding
from calendar_svc.actions.editing import Amendment
from calendar_svc.clock import day_end, day_start
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, ClaimStatus
from calendar_svc.domain.draft import DraftState, Proposal
from calendar_svc.domain.errors import Conflict, Gone, NotFound, Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.revision import FactName, FactValue, Revision
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import audit, drafts, events, facts
from calendar_svc.store.base import Database
from tests import make
from tests.make import KL

SEED = Path(__file__).parents[2] / "data" / "seed"
SEEDED = datetime(2025, 9, 28, 2, 0, tzinfo=UTC)
NOW = datetime(2025, 10, 20, 2, 0, tzinfo=UTC)
QUOTE = "ADMM ke-19 akan berlangsung pada 31 Oktober"
SCHEDULED, HELD, POSTPONED, CANCELLED = ClaimStatus


@pytest.fixture
def ada(database: Database) -> Editor:
    """Ada, with the facts of 27 September before her; it is 20 October 2025."""
    with database.transaction() as db:
        seeding.load(db, seeding.read(SEED, KL), now=SEEDED)
        return make.editor(db)


def read_on(day: str, publisher: str = "Bernama") -> Article:
    return Article(f"{publisher.lower()}-{day}", publisher, "ms", date.fromisoformat(day))


def draft(
    db: Session,
    by: Editor,
    when: str | None = None,
    *,
    day: str = "2025-10-16",
    about: str | None = "admm-19",
    publisher: str = "Bernama",
    was: str | None = None,
    place: str | None = None,
    **said: Any,
) -> int:
    """What an article of a day seems to say of a meeting, kept until somebody decides."""
    article = read_on(day, publisher)
    intake.keep_article(db, article, f"{QUOTE}. ({article.key})", by=by)
    values: dict[str, Any] = {
        "event": events.place(db, about).uid if about else None,
        "title": None,
        "series": None,
        "ordinal": None,
        "when": When.parse(when) if when else None,
        "was": When.parse(was) if was else None,
        "place": Texts({"ms": place}) if place else None,
        "status": SCHEDULED,
        "quote": QUOTE,
    }
    return intake.propose(db, article, Proposal(**values | said), by=by, now=NOW)


def accept(db: Session, number: int, by: Editor, **other: Any) -> str:
    """Accept a draft; the slug of its meeting."""
    return deciding.accept(db, number, by=by, **{"now": NOW, "timezone": KL, **other}).slug


def known(db: Session, slug: str = "admm-19", at: datetime = NOW) -> Event:
    return events.get(db, slug, at)


def story(db: Session, slug: str = "admm-19") -> tuple[list[Revision], list[Claim]]:
    uid = events.place(db, slug).uid
    return facts.revisions_of(db, uid), facts.claims_of(db, uid)


def day(text: str) -> datetime:
    return day_start(date.fromisoformat(text), KL)


# --- what follows from accepting one ----------------------------------------------------------


def test_a_month_that_sharpens_to_a_day_is_a_claim_and_a_revision(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-10-31", place="Kuala Lumpur")
        assert accept(db, number, ada) == "admm-19"
    with database.reading() as db:
        event = known(db)
        revisions, claims = story(db)
        made = drafts.get(db, number)
        log = audit.latest(db, limit=1)
        before = known(db, at=day_end(date(2025, 10, 15), KL))
    assert (str(event.when), event.status, event.sequence, event.when_no) == (
        "2025-10-31",
        Status.CONFIRMED,
        1,
        1,
    )
    assert event.contested == ()
    assert (claims[0].quote, claims[0].since) == (QUOTE, day("2025-10-16"))
    assert claims[0].key == "admm-19/bernama-2025-10-16"
    made_of = revisions[-1]
    assert (made_of.number, made_of.recorded_by, made_of.recorded_at) == (2, "Ada", NOW)
    assert {fact.claim for fact in made_of.facts} == {claims[0].key}
    assert {fact.known_since for fact in made_of.facts} == {day("2025-10-16")}
    assert made_of.is_news
    # the day before the article, it was still a month
    assert (str(before.when), before.place, before.status) == ("2025-10", None, Status.TENTATIVE)
    assert (made.state, made.decided_by, made.decided_at) == (DraftState.ACCEPTED, "Ada", NOW)
    assert (log[0].what, log[0].subject) == (Act.DRAFT_ACCEPTED, "admm-19")


@pytest.mark.parametrize("when", ["2025-11-01", "2025-11", "2025"])
def test_what_agrees_or_says_less_is_a_claim_and_no_revision(
    database: Database, ada: Editor, when: str
) -> None:
    with database.transaction() as db:
        before = known(db, "admm-plus-2025")
        number = draft(db, ada, when, about="admm-plus-2025")
        accept(db, number, ada)
        after = known(db, "admm-plus-2025")
        revisions, claims = story(db, "admm-plus-2025")
    assert after == before
    assert (len(revisions), len(claims)) == (1, 2)


def test_two_articles_that_disagree_need_a_decision(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-11-02", about="admm-plus-2025")
    with (
        pytest.raises(Refused, match="is at odds with what is known"),
        database.transaction() as db,
    ):
        accept(db, number, ada)
    with database.reading() as db:
        revisions, claims = story(db, "admm-plus-2025")
        assert (len(revisions), len(claims)) == (1, 1)
        assert drafts.get(db, number).state is DraftState.WAITING


def test_believed_it_replaces_and_settles(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-11-02", about="admm-plus-2025")
        accept(db, number, ada, believed=True, reason="asked them")
        event = known(db, "admm-plus-2025")
        then = known(db, "admm-plus-2025", day_end(date(2025, 10, 15), KL))
        revisions, _ = story(db, "admm-plus-2025")
    assert (str(event.when), event.contested, event.sequence) == ("2025-11-02", (), 1)
    assert (str(then.when), then.contested) == ("2025-11-01", ())
    assert revisions[-1].reason == "asked them"


def test_not_believed_it_stands_beside_what_is_known(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-11-02", about="admm-plus-2025")
        accept(db, number, ada, believed=False)
        event = known(db, "admm-plus-2025")
        then = known(db, "admm-plus-2025", day_end(date(2025, 10, 15), KL))
        revisions, claims = story(db, "admm-plus-2025")
    assert (str(event.when), event.contested, event.sequence) == ("2025-11-01", ("when",), 0)
    assert then.contested == ()
    assert (len(revisions), len(claims)) == (1, 2)


@pytest.mark.parametrize(
    "said",
    [
        {"status": SCHEDULED},
        {"status": None},
        {"status": POSTPONED},
        {"status": POSTPONED, "was": "2025-10"},
        {"status": None, "was": "2025-10"},
    ],
)
def test_a_day_that_is_not_believed_confirms_nothing(
    database: Database, ada: Editor, said: dict[str, Any]
) -> None:
    """Its place is believed: nothing else was known of it."""
    with database.transaction() as db:
        number = draft(db, ada, "2025-12-05", place="Manila", **said)
        accept(db, number, ada, believed=False)
        event = known(db)
    assert (str(event.when), event.status, event.contested) == (
        "2025-10",
        Status.TENTATIVE,
        ("when",),
    )
    assert event.place == Texts({"ms": "Manila"})


def test_a_postponed_meeting_does_not_return_on_a_day_that_is_not_believed(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        called_off = draft(db, ada, day="2025-10-10", status=POSTPONED)
        accept(db, called_off, ada, believed=True)
        number = draft(db, ada, "2025-12-05", was="2025-10", status=None)
        accept(db, number, ada, believed=False)
        assert known(db).status is Status.POSTPONED


def test_of_a_day_and_a_place_only_what_contradicts_is_left_open(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        accept(db, draft(db, ada, "2025-10-31", place="Kuala Lumpur"), ada)
        number = draft(db, ada, "2025-10-31", place="Manila", day="2025-10-17")
        accept(db, number, ada, believed=False)
        event = known(db)
    assert (str(event.when), event.place) == ("2025-10-31", Texts({"ms": "Kuala Lumpur"}))
    assert event.contested == ("place",)


def test_an_older_article_completes_the_past_and_overwrites_nothing(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025", day="2025-09-01")
        accept(db, number, ada)
        event, then = known(db), known(db, at=day_end(date(2025, 9, 10), KL))
        revisions, _ = story(db)
        with pytest.raises(NotFound):
            known(db, at=day_end(date(2025, 8, 31), KL))
    assert (str(event.when), event.sequence, event.contested) == ("2025-10", 0, ())
    assert (str(then.when), then.title) == ("2025", event.title)
    assert not revisions[-1].is_news


def test_of_two_articles_of_one_day_the_second_must_be_decided_on(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        first = draft(db, ada, "2025-10-31")
        second = draft(db, ada, "2025-10-30", publisher="Antara")
        accept(db, first, ada)
        with pytest.raises(Refused):
            accept(db, second, ada)
        accept(db, second, ada, believed=True)
        event = known(db)
    assert (str(event.when), event.contested) == ("2025-10-30", ())


def test_the_afternoons_article_is_held_against_the_mornings_word(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        morning = NOW - timedelta(hours=1)
        change: dict[FactName, FactValue] = {
            FactName.WHEN: When.parse("2025-10-30"),
            FactName.STATUS: Status.CONFIRMED,
        }
        editing.amend(
            db,
            events.place(db, "admm-19"),
            Amendment(change, reason="told by phone"),
            by=ada,
            now=morning,
            timezone=KL,
            seen=1,
        )
        today = draft(db, ada, "2025-10-31", day="2025-10-20")
        with pytest.raises(Refused, match="is at odds with what is known"):
            accept(db, today, ada)
        accept(db, today, ada, believed=False)
        assert known(db).contested == ("when",)
        other = draft(db, ada, "2025-10-31", day="2025-10-20", publisher="Antara")
        accept(db, other, ada, believed=True)
        event = known(db)
    assert (str(event.when), event.contested) == ("2025-10-31", ())


def test_a_clock_time_within_the_days_that_are_known_needs_a_decision_and_is_no_dispute(
    database: Database, ada: Editor
) -> None:
    nine = "2025-10-31T09:00:00+08:00[Asia/Kuala_Lumpur]"
    with database.transaction() as db:
        accept(db, draft(db, ada, "2025-10-31/2025-11-01"), ada)
        later = draft(db, ada, nine, day="2025-10-18")
        with pytest.raises(Refused, match="is at odds with what is known"):
            accept(db, later, ada)
        accept(db, later, ada, believed=False)
        event = known(db)
    assert (str(event.when), event.contested) == ("2025-10-31/2025-11-01", ())


def test_a_meeting_that_moved_leaves_its_old_date_behind(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-11-08", about="admm-plus-2025", was="2025-11-01", status=None)
        accept(db, number, ada, believed=True)
        event = known(db, "admm-plus-2025")
        _, claims = story(db, "admm-plus-2025")
    assert (str(event.when), event.status, event.contested) == (
        "2025-11-08",
        Status.CONFIRMED,
        (),
    )
    assert str(claims[0].was) == "2025-11-01"


def test_postponed_without_a_new_date_it_keeps_its_old_one(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = draft(db, ada, about="admm-plus-2025", status=POSTPONED)
        accept(db, number, ada, believed=True)
        event = known(db, "admm-plus-2025")
    assert (str(event.when), event.status) == ("2025-11-01", Status.POSTPONED)
    assert (event.published_status, event.sequence, event.contested) == ("CANCELLED", 1, ())


def test_postponed_with_a_new_date_it_returns_under_its_uid(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        uid = known(db, "admm-plus-2025").uid
        off = draft(db, ada, about="admm-plus-2025", status=POSTPONED)
        accept(db, off, ada, believed=True)
        again = draft(
            db, ada, "2025-12-06", about="admm-plus-2025", status=POSTPONED, day="2025-10-18"
        )
        accept(db, again, ada, believed=True)
        event = known(db, "admm-plus-2025")
    assert (str(event.when), event.status, event.uid) == ("2025-12-06", Status.CONFIRMED, uid)
    assert (event.sequence, event.contested) == (2, ())


@pytest.mark.parametrize("status", [CANCELLED, HELD])
def test_cancelled_or_held_by_an_article(
    database: Database, ada: Editor, status: ClaimStatus
) -> None:
    with database.transaction() as db:
        number = draft(db, ada, about="admm-plus-2025", status=status)
        accept(db, number, ada, believed=True)
        event = known(db, "admm-plus-2025")
    assert (event.status, str(event.when), event.contested) == (status.value, "2025-11-01", ())


# --- new meetings -----------------------------------------------------------------------------


def new(db: Session, by: Editor, when: str | None = "2026-11", **said: Any) -> int:
    values: dict[str, Any] = {"title": Texts({"en": "20th ADMM"}), "series": "admm", "ordinal": 20}
    return draft(db, by, when, about=None, **values | said)


def test_a_new_meeting_is_announced_since_the_day_of_its_article(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        number = new(db, ada)
        assert accept(db, number, ada) == "admm-20"
        event = known(db, "admm-20", day("2025-10-16"))
        revisions, _ = story(db, "admm-20")
        made = drafts.get(db, number)
        with pytest.raises(NotFound):
            known(db, "admm-20", day("2025-10-16") - timedelta(seconds=1))
    assert (str(event.when), event.status, event.ordinal) == ("2026-11", Status.TENTATIVE, 20)
    assert (event.sequence, len(revisions), made.proposal.event) == (0, 1, event.uid)


def test_a_new_meeting_of_which_only_the_name_is_known(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        accept(db, new(db, ada, None, series=None, ordinal=None, status=None), ada)
        event = known(db, "20th-admm-2025")
    assert (event.when, event.status) == (None, Status.TENTATIVE)


def test_the_address_of_a_new_meeting_is_nobody_elses(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        slugs = [accept(db, new(db, ada), ada) for _ in range(3)]
    assert slugs == ["admm-20", "admm-20-2", "admm-20-3"]


def test_an_address_in_use_is_refused(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = new(db, ada)
    with pytest.raises(Refused) as refused, database.transaction() as db:
        accept(db, number, ada, slug="admm-19")
    assert refused.value.field == "slug"
    with database.reading() as db:
        assert drafts.get(db, number).state is DraftState.WAITING


# --- several at once, and several editors -----------------------------------------------------


def at_once(database: Database, by: Editor, *numbers: int, **other: Any) -> list[str]:
    """What comes of accepting these drafts in as many transactions at the same time."""
    barrier = Barrier(len(numbers))

    def one(number: int) -> str:
        barrier.wait()
        try:
            with database.transaction() as db:
                return accept(db, number, by, **other)
        except Exception as error:
            return type(error).__name__

    with ThreadPoolExecutor(len(numbers)) as pool:
        return list(pool.map(one, numbers))


@pytest.mark.parametrize("seen", [None, 1])
def test_of_two_who_accept_one_draft_one_is_told(
    database: Database, ada: Editor, seen: int | None
) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-10-31")
    assert sorted(at_once(database, ada, number, number, seen=seen)) == ["Conflict", "admm-19"]
    with database.reading() as db:
        revisions, claims = story(db)
    assert (len(revisions), len(claims)) == (2, 2)


def test_of_two_who_accept_a_claim_alone_one_is_told(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025")
    assert sorted(at_once(database, ada, number, number)) == ["Conflict", "admm-19"]
    with database.reading() as db:
        revisions, claims = story(db)
    assert (len(revisions), len(claims)) == (1, 2)


def test_of_two_who_accept_a_new_meeting_one_is_told(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = new(db, ada)
        before = len(events.every_uid(db))
    assert sorted(at_once(database, ada, number, number)) == ["Conflict", "admm-20"]
    with database.reading() as db:
        assert len(events.every_uid(db)) == before + 1


def test_two_drafts_of_one_article_accepted_at_once_are_two_claims(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        numbers = [draft(db, ada, "2025"), draft(db, ada, "2025-10")]
    assert at_once(database, ada, *numbers) == ["admm-19", "admm-19"]
    with database.reading() as db:
        _, claims = story(db)
    assert len(claims) == 3


def test_two_new_meetings_at_once_never_share_an_address(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        numbers = [new(db, ada), new(db, ada)]
    made = at_once(database, ada, *numbers)
    assert set(made) <= {"admm-20", "admm-20-2", "Refused"}
    with database.reading() as db:
        states = [drafts.get(db, number).state for number in numbers]
    # who was refused can try again
    assert states.count(DraftState.WAITING) == made.count("Refused")


def test_accepting_several_never_waits_for_who_waits_for_it(
    database: Database, ada: Editor
) -> None:
    """Whoever changes a meeting counts that last, which makes others wait."""
    with database.transaction() as db:
        uid = known(db, "admm-plus-2025").uid
        numbers = [draft(db, ada, "2025-10-31"), draft(db, ada, about="admm-plus-2025")]
    locked = Signal()

    def amend() -> None:
        with database.transaction() as db:
            events.lock(db, uid)
            locked.set()
            sleep(0.5)
            make.change(db, uid, {FactName.PLACE: Texts({"en": "Kuala Lumpur"})}, now=NOW)

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(amend)
        locked.wait()
        with database.transaction() as db:
            assert accept_all(db, numbers, ada) == (numbers, [])
        other.result()


def accept_all(db: Session, numbers: Sequence[int], by: Editor) -> tuple[list[int], list[int]]:
    accepted, left = deciding.accept_all(db, numbers, by=by, now=NOW, timezone=KL)
    return accepted, [number for number, _ in left]


def test_of_several_those_that_fail_leave_nothing_half_done(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        fine = draft(db, ada, "2025-10-31")
        denied = draft(db, ada, "2025-11-02", about="admm-plus-2025")
        fresh = new(db, ada)
        early = new(db, ada, day="2025-10-30")
        decided = draft(db, ada, "2025-10")
        deciding.reject(db, decided, reason="", by=ada, now=NOW)
        before = len(events.every_uid(db))
    with database.transaction() as db:
        # one from the future fails only after its meeting was added
        tried = [denied, fine, early, decided, 999, fresh]
        assert accept_all(db, tried, ada) == ([fine, fresh], [denied, early, decided, 999])
    with database.reading() as db:
        assert len(events.every_uid(db)) == before + 1
        states = {number: drafts.get(db, number).state for number in (denied, fine, early, fresh)}
        assert len(story(db, "admm-plus-2025")[1]) == 1
        assert str(known(db).when) == "2025-10-31"
        # what was made of it alone is gone; it is about the other that announced the same
        about = drafts.get(db, early).proposal.event
        assert about is not None and about == drafts.get(db, fresh).proposal.event
    assert states == {
        denied: DraftState.WAITING,
        fine: DraftState.ACCEPTED,
        early: DraftState.WAITING,
        fresh: DraftState.ACCEPTED,
    }


def test_one_that_is_named_twice_is_accepted_once(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-10-31")
        assert accept_all(db, [number, number], ada) == ([number], [])


# --- rejected, and decided before -------------------------------------------------------------


def test_what_is_rejected_is_claimed_by_nobody(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        before = known(db), story(db)
        number = draft(db, ada, "2025-10-31")
        deciding.reject(db, number, reason="last year's", by=ada, now=NOW)
        assert (known(db), story(db)) == before
        made = drafts.get(db, number)
        log = audit.latest(db, limit=1)
    assert (made.state, made.reason, made.decided_by) == (
        DraftState.REJECTED,
        "last year's",
        "Ada",
    )
    assert log[0].what == Act.DRAFT_REJECTED


@pytest.mark.parametrize("when", ["2025-10-31", "2025", "2025-12-05"])
def test_what_was_decided_is_not_decided_again(database: Database, ada: Editor, when: str) -> None:
    with database.transaction() as db:
        number = draft(db, ada, when)
        deciding.reject(db, number, reason="", by=ada, now=NOW)
    with pytest.raises(Conflict), database.transaction() as db:
        accept(db, number, ada)
    with pytest.raises(Conflict), database.transaction() as db:
        deciding.reject(db, number, reason="", by=ada, now=NOW)
    with pytest.raises(Conflict), database.transaction() as db:
        intake.change_draft(db, number, drafts.get(db, number).proposal, by=ada)


# --- meetings that changed meanwhile ----------------------------------------------------------


def test_a_draft_follows_its_meeting_into_another(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        twin = accept(db, new(db, ada, "2025-10-31", ordinal=None), ada)
        number = draft(db, ada, "2025-10-31", about=twin)
        one, other = events.place(db, twin), events.place(db, "admm-19")
        editing.merge(db, one, other, by=ada, now=NOW)
        assert accept(db, number, ada) == "admm-19"
        assert len(story(db)[1]) == 3


def test_a_draft_of_a_withdrawn_meeting_is_not_accepted(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-10-31")
        editing.withdraw(db, events.place(db, "admm-19"), reason="x", by=ada, now=NOW)
    with pytest.raises(Gone), database.transaction() as db:
        accept(db, number, ada)
    with pytest.raises(Gone), database.reading() as db:
        deciding.weigh(db, drafts.get(db, number), by=ada, now=NOW, timezone=KL)
    with database.transaction() as db:
        assert accept_all(db, [number], ada) == ([], [number])
        assert drafts.get(db, number).state is DraftState.WAITING
        editing.restore(db, events.place(db, "admm-19"), by=ada)
        assert accept(db, number, ada) == "admm-19"


def test_who_saw_another_meeting_than_there_is_now_looks_again(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-10-31")
        make.change(db, known(db).uid, {FactName.PLACE: Texts({"en": "Kuala Lumpur"})}, now=NOW)
    with pytest.raises(Conflict), database.transaction() as db:
        accept(db, number, ada, seen=1)
    with database.transaction() as db:
        assert len(story(db)[1]) == 1
        accept(db, number, ada, seen=2)


def test_an_editors_later_word_goes_before_an_earlier_article(
    database: Database, ada: Editor
) -> None:
    with database.transaction() as db:
        number = draft(db, ada, "2025-10-31")
        make.change(
            db,
            known(db).uid,
            {FactName.WHEN: When.parse("2025-10-30"), FactName.STATUS: Status.CONFIRMED},
            now=NOW - timedelta(hours=1),
        )
        before = known(db)
        accept(db, number, ada)
        after = known(db)
        then = known(db, at=day("2025-10-17"))
    assert (str(after.when), after.sequence) == ("2025-10-30", before.sequence)
    assert str(then.when) == "2025-10-31"


def test_weighing_stores_nothing(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        numbers = [draft(db, ada, "2025-10-31"), new(db, ada)]
    with database.reading() as db:
        before = story(db), events.every_uid(db)
        for number in numbers:
            weighed = deciding.weigh(db, drafts.get(db, number), by=ada, now=NOW, timezone=KL)
            assert weighed.prepared.revision.facts
        db.flush()
        assert (story(db), events.every_uid(db)) == before
        assert drafts.count_waiting(db) == 2
