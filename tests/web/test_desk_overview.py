"""The overview: what waits for an editor, and whether feeds and mail are well."""

import html
import re
from datetime import date, datetime, timedelta

import html5lib
import pytest
from sqlalchemy import event as sql_event

from calendar_svc.actions import intake
from calendar_svc.actions.delivering import deliver
from calendar_svc.actions.reminding import remind
from calendar_svc.clock import day_start, utc_now
from calendar_svc.domain.account import Editor
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, ClaimStatus, Origin
from calendar_svc.domain.delivery import Undeliverable
from calendar_svc.domain.draft import Proposal
from calendar_svc.domain.event import Status
from calendar_svc.domain.revision import FactName
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.mail.smtp import Postbox
from calendar_svc.store import events, facts, notes
from calendar_svc.store.tables import JobRow
from tests import make
from tests.fakes import KeptMail
from tests.make import KL
from tests.web.conftest import AUTUMN, House
from tests.web.desk import Desk, editor, signed_in

ARTICLE = Article("antara-2025-09-27", "Antara", "id", date(2025, 9, 27))
SCRIPT = "<script>alert(1)</script>"


def section(desk: Desk, name: str) -> str:
    """One part of the overview."""
    page = html.unescape(desk.get("/desk/").text)
    found = re.search(rf'<section aria-labelledby="{name}">(.*?)</section>', page, re.S)
    assert found
    return found[1]


def drafts(house: House, by: Editor, count: int, title: str = "20th ADMM") -> None:
    said = Proposal(None, Texts({"en": title}), None, None, None, None, None, None)
    now = house.services.clock.now()
    with house.database.transaction() as db:
        intake.keep_article(db, ARTICLE, "", by=by)
        for _ in range(count):
            intake.propose(db, ARTICLE, said, by=by, now=now)


def contested(house: House, slug: str, when: str) -> None:
    """Another article of that day gives a meeting another date."""
    with house.database.transaction() as db:
        by = make.editor(db, f"{slug}@example.org")
        intake.keep_article(db, ARTICLE, "", by=by)
        uid = events.place(db, slug).uid
        claim = Claim(
            key=f"{slug}/antara",
            event=uid,
            origin=Origin.ARTICLE,
            since=day_start(ARTICLE.published_on, KL),
            when=When.parse(when),
            status=ClaimStatus.SCHEDULED,
            article=ARTICLE,
        )
        facts.save_claim(db, claim)
        now = house.services.clock.now()
        make.change(db, uid, {FactName.DESCRIPTION: Texts({"en": "x"})}, now=now)


def test_when_nothing_waits_it_says_so(house: House) -> None:
    desk = signed_in(house)
    for name in ("waiting", "contested", "overdue", "undated"):
        assert "None." in section(desk, name)


def test_drafts_that_wait_are_counted_and_named(house: House) -> None:
    desk = signed_in(house)
    drafts(house, editor(house, "bea@example.org"), 25)
    part = section(desk, "waiting")
    assert '<span class="count">25</span>' in part
    assert part.count("20th ADMM") == 20
    assert 'href="/desk/drafts/1"' in part


def test_a_draft_about_a_known_meeting_is_called_by_its_name(house: House) -> None:
    desk = signed_in(house)
    by, now = editor(house, "bea@example.org"), house.services.clock.now()
    with house.database.transaction() as db:
        intake.keep_article(db, ARTICLE, "", by=by)
        uid = events.place(db, "admm-19").uid
        when = When.parse("2025-10-31")
        said = Proposal(uid, None, None, None, when, None, None, None)
        intake.propose(db, ARTICLE, said, by=by, now=now)
    assert "19th ASEAN Defence Ministers’ Meeting" in section(desk, "waiting")


def test_sources_that_disagree_are_named(house: House) -> None:
    desk = signed_in(house)
    contested(house, "admm-plus-2025", "2025-11-02")
    part = section(desk, "contested")
    assert 'href="/desk/events/admm-plus-2025"' in part
    assert "admm-19" not in part


def test_meetings_whose_date_has_passed_without_word_are_named(house: House) -> None:
    ada = editor(house)
    later = house.later(timedelta(days=36))  # 2 November
    desk = Desk(later)
    desk.sign_in(ada.email)
    part = section(desk, "overdue")
    assert "admm-19" in part and "admm-plus-2025" in part
    # held, they are no longer
    assert "adsom-2025" not in part
    with later.database.transaction() as db:
        now = later.services.clock.now()
        for slug, status in (("admm-19", Status.HELD), ("admm-plus-2025", Status.POSTPONED)):
            make.change(db, events.place(db, slug).uid, {FactName.STATUS: status}, now=now)
    assert "None." in section(desk, "overdue")


def test_the_last_day_of_a_month_is_not_over_yet(house: House) -> None:
    ada = editor(house)
    desk = Desk(house.later(timedelta(days=34)))  # 31 October
    desk.sign_in(ada.email)
    assert "None." in section(desk, "overdue")


def test_meetings_without_a_date_are_named(house: House) -> None:
    desk = signed_in(house)
    with house.database.transaction() as db:
        make.announced(db, None, slug="some-day", now=AUTUMN)
    assert "some-day" in section(desk, "undated")


def test_a_scheduler_that_never_ran_is_told(house: House) -> None:
    assert "never heard of" in section(signed_in(house), "health")


@pytest.mark.parametrize(("minutes", "told"), [(1, "at work"), (4, "at work"), (6, "silent since")])
def test_a_scheduler_that_fell_silent_is_told(house: House, minutes: int, told: str) -> None:
    desk = signed_in(house)
    with house.database.transaction() as db:
        notes.cover(db, "publish", AUTUMN)
        row = db.get_one(JobRow, "publish")
        row.finished_at = utc_now() - timedelta(minutes=minutes)
    assert told in section(desk, "health")


def test_feeds_are_counted(house: House) -> None:
    # five feeds, in two languages, of three kinds
    assert "30 published" in section(signed_in(house), "health")


def test_mail_that_was_given_up_is_told_without_whose_it_was(house: House) -> None:
    desk = signed_in(house)
    due = datetime.fromisoformat("2025-10-25T09:00:00+08:00")
    with house.database.transaction() as db:
        make.subscribed(db, at=AUTUMN)
        remind(db, now=due)
    refused = KeptMail(Undeliverable("550 no such mailbox"))
    deliver(
        house.database.transaction,
        Postbox(refused, "calendar@example.org"),
        now=lambda: due,
        site=house.services.site,
    )
    part = section(desk, "health")
    assert "1 given up" in part
    assert "550 no such mailbox" in part
    assert "bo@example.org" not in part
    assert "is only written to a folder" in part


def test_scripts_are_only_text(house: House) -> None:
    desk = signed_in(house)
    drafts(house, editor(house, "bea@example.org"), 1, SCRIPT)
    assert SCRIPT not in desk.get("/desk/").text


@pytest.mark.parametrize("lang", ["ms", "en"])
def test_it_is_valid_with_all_that_it_can_hold(house: House, lang: str) -> None:
    desk = signed_in(house)
    drafts(house, editor(house, "bea@example.org"), 3)
    contested(house, "admm-plus-2025", "2025-11-02")
    with house.database.transaction() as db:
        make.announced(db, None, slug="some-day", now=AUTUMN)
        make.announced(db, "2025-08-01", slug="early", now=AUTUMN)
        notes.cover(db, "publish", AUTUMN)
    answer = desk.get(f"/desk/?lang={lang}")
    document = html5lib.HTMLParser(strict=True).parse(answer.text)
    assert document.get("lang") == lang
    ids = [node.get("id") for node in document.iter() if node.get("id")]
    assert len(ids) == len(set(ids))


def test_looking_changes_nothing_and_is_quick_however_much_there_is(house: House) -> None:
    desk = signed_in(house)
    by = editor(house, "bea@example.org")

    def queries() -> int:
        asked: list[str] = []

        def hear(*given: object) -> None:
            asked.append(str(given[2]))

        sql_event.listen(house.database.engine, "before_cursor_execute", hear)
        assert desk.get("/desk/").status_code == 200
        sql_event.remove(house.database.engine, "before_cursor_execute", hear)
        assert not [one for one in asked if one.split()[0] in ("INSERT", "UPDATE", "DELETE")]
        return len(asked)

    drafts(house, by, 1)
    few = queries()
    drafts(house, by, 30)
    with house.database.transaction() as db:
        for number in range(30):
            make.announced(db, "2025-08-01", slug=f"early-{number}", series=None, now=AUTUMN)
            make.announced(db, None, slug=f"some-day-{number}", series=None, now=AUTUMN)
    assert queries() == few
