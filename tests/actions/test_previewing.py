"""What is shown before a change is made is what comes of it."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from calendar_svc.actions import (
    deciding,
    delivering,
    editing,
    intake,
    previewing,
    publishing,
    seeding,
)
from calendar_svc.actions.editing import Amendment, Prepared
from calendar_svc.actions.previewing import Preview
from calendar_svc.actions.reminding import remind
from calendar_svc.domain.account import Act, Editor
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.draft import Proposal
from calendar_svc.domain.event import Status
from calendar_svc.domain.feed import Choice, Vague
from calendar_svc.domain.revision import FactName, FactValue
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.mail.smtp import Postbox
from calendar_svc.store import drafts, events, publications, subscribers
from calendar_svc.store.base import Database
from tests import make
from tests.fakes import KeptMail
from tests.make import KL, SITE

SEED = Path(__file__).parents[2] / "data" / "seed"
NOW = datetime(2025, 10, 20, 2, 0, tzinfo=UTC)
SENDER = "calendar@example.org"


@pytest.fixture
def ada(database: Database) -> Editor:
    """Ada, with the facts of 27 September before her; it is 20 October 2025."""
    with database.transaction() as db:
        seeding.load(db, seeding.read(SEED, KL), now=NOW - timedelta(days=22))
        return make.editor(db)


def shown(db: Session, prepared: Prepared, lang: str = "en", now: datetime = NOW) -> Preview:
    return previewing.preview(db, prepared, lang=lang, site=SITE, sender=SENDER, now=now)


def prepared(
    db: Session, by: Editor, values: dict[FactName, FactValue], slug: str = "admm-19", **more: Any
) -> Prepared:
    amendment = Amendment(values, **more)
    place = events.place(db, slug)
    return editing.prepare(db, place, amendment, by=by, now=NOW, timezone=KL)


def published(database: Database, lang: str, uid: str, vague: Vague = Vague.SPAN) -> str | None:
    """The entry of a meeting in the feed of all, its lines unfolded."""
    publishing.publish(database.reading, database.transaction, now=NOW, site=SITE)
    with database.reading() as db:
        publication = publications.get(db, Choice("all", lang, vague))
    assert publication
    feed = publication.plain.replace(b"\r\n ", b"").decode().replace("\r\n", "\n")
    entries = re.findall(r"BEGIN:VEVENT\n.*?END:VEVENT\n", feed, re.S)
    return next((entry for entry in entries if f"UID:{uid}" in entry), None)


CHANGES: list[dict[FactName, FactValue]] = [
    {FactName.WHEN: When.parse("2025-10-31"), FactName.STATUS: Status.CONFIRMED},
    {FactName.WHEN: When.parse("2025-10-31/2025-11-01")},
    {FactName.WHEN: When.parse("2025-10-31T09:00:00+08:00[Asia/Kuala_Lumpur]")},
    {FactName.WHEN: When.parse("[2025-10-26..2025-10-31]")},
    {FactName.WHEN: When.parse("2025-11"), FactName.PLACE: Texts({"ms": "Kuala Lumpur"})},
    {FactName.STATUS: Status.CANCELLED},
    {FactName.STATUS: Status.POSTPONED},
    {FactName.TITLE: Texts({"en": 'A title, with; all\\ that "escapes"\nand 😀' * 9})},
    {FactName.DESCRIPTION: Texts({"ms": "Perkara: " + "é" * 400, "en": "Points"})},
    {FactName.SERIES: None},
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("lang", ["ms", "en"])
def test_the_entry_in_the_feeds_is_the_one_that_was_shown(
    database: Database, ada: Editor, change: dict[FactName, FactValue], lang: str
) -> None:
    with database.transaction() as db:
        preview = shown(db, prepared(db, ada, change), lang)
        made = editing.amend(
            db,
            events.place(db, "admm-19"),
            Amendment(change),
            by=ada,
            now=NOW,
            timezone=KL,
            seen=1,
        )
        assert preview.prepared == made
        assert events.get(db, "admm-19", NOW) == preview.prepared.after
    assert preview.in_feeds
    assert published(database, lang, made.place.uid) == preview.vevent


def test_so_is_that_of_a_draft(database: Database, ada: Editor) -> None:
    article = Article("antara-2025-10-16", "Antara", "id", date(2025, 10, 16))
    with database.transaction() as db:
        intake.keep_article(db, article, "", by=ada)
        uid = events.place(db, "admm-19").uid
        said = Proposal(
            uid, None, None, None, When.parse("2025-10-31"), None, None, ClaimStatus.SCHEDULED
        )
        number = intake.propose(db, article, said, by=ada, now=NOW)
        weighed = deciding.weigh(db, drafts.get(db, number), by=ada, now=NOW, timezone=KL)
        preview = shown(db, weighed.prepared)
        deciding.accept(db, number, by=ada, now=NOW, timezone=KL)
        assert events.get(db, "admm-19", NOW) == preview.prepared.after
    assert published(database, "en", uid) == preview.vevent


def test_what_the_feeds_leave_out_is_said_to_be_left_out(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        year: dict[FactName, FactValue] = {FactName.WHEN: When.parse("2026")}
        preview = shown(db, prepared(db, ada, year))
        place = events.place(db, "admm-19")
        editing.amend(db, place, Amendment(year), by=ada, now=NOW, timezone=KL, seen=1)
    assert not preview.in_feeds
    assert published(database, "en", place.uid) is None
    assert published(database, "en", place.uid, Vague.ALL) == preview.vevent


def test_without_a_date_there_is_neither_entry_nor_mail(database: Database, ada: Editor) -> None:
    with database.reading() as db:
        preview = shown(db, prepared(db, ada, {FactName.WHEN: None}))
    assert (preview.vevent, preview.in_feeds, preview.text) == (None, False, None)


@pytest.mark.parametrize(
    "change",
    [
        {FactName.STATUS: Status.CANCELLED},
        {FactName.STATUS: Status.POSTPONED},
        {FactName.STATUS: Status.HELD},
        {FactName.WHEN: When.parse("2025-10-19")},
        {FactName.WHEN: When.parse("2025-10-20T09:59:00+08:00[Asia/Kuala_Lumpur]")},
    ],
)
def test_of_what_is_over_or_called_off_nobody_is_reminded(
    database: Database, ada: Editor, change: dict[FactName, FactValue]
) -> None:
    with database.reading() as db:
        preview = shown(db, prepared(db, ada, change))
    assert (preview.subject, preview.text) == (None, None)
    assert preview.vevent is not None


@pytest.mark.parametrize("published_on", ["2025-09-01", "2025-10-16"])
@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("2025-10-23", datetime(2025, 10, 22, 1, 0, tzinfo=UTC)),
        ("2025-11", datetime(2025, 10, 31, 1, 0, tzinfo=UTC)),
    ],
)
def test_the_mail_reads_as_it_was_shown(
    database: Database, ada: Editor, published_on: str, when: str, due: datetime
) -> None:
    """But for its links, which are each reader's own."""
    article = Article(f"antara-{published_on}", "Antara", "id", date.fromisoformat(published_on))
    with database.transaction() as db:
        intake.keep_article(db, article, "", by=ada)
        make.subscribed(db, at=NOW - timedelta(days=20))
        dated = Amendment({FactName.WHEN: When.parse(when), FactName.STATUS: Status.CONFIRMED})
        place = events.place(db, "admm-19")
        editing.amend(db, place, dated, by=ada, now=NOW, timezone=KL, seen=1)
        said = Amendment({FactName.DESCRIPTION: Texts({"en": "Talks"})}, article=article)
        made = editing.prepare(db, place, said, by=ada, now=NOW, timezone=KL)
        preview = shown(db, made, now=due)
        editing.carry_out(db, made, Act.EVENT_AMENDED, by=ada, now=NOW, seen=2)
        remind(db, now=due)
    sent = delivered(database, due).messages[-1]
    body = sent.get_body(("plain",))
    assert body is not None

    def bare(text: str) -> str:
        return re.sub(r"https://\S+", "…", text)

    assert sent["Subject"] == preview.subject
    assert bare(body.get_content()) == bare(preview.text or "")
    assert "Antara" in (preview.text or "")


def delivered(database: Database, now: datetime) -> KeptMail:
    mailer = KeptMail()
    postbox = Postbox(mailer, SENDER)
    delivering.deliver(database.transaction, postbox, now=lambda: now, site=SITE)
    return mailer


def test_it_reaches_those_who_would_be_reminded(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        make.subscribed(db, "bo@example.org", at=NOW)
        make.subscribed(db, "cy@example.org", feed="admm", at=NOW)
        make.subscribed(db, "di@example.org", feed="admm-plus", at=NOW)
        both = make.subscribed(db, "ed@example.org", feed="admm", at=NOW)
        subscribers.wish(db, both.id, "all", (timedelta(days=1),), lang="en", zone=KL, now=NOW)
        subscribers.confirm(db, both.id, now=NOW)
        asked = subscribers.add(db, "fay@example.org", now=NOW)
        subscribers.wish(db, asked.id, "all", (), lang="en", zone=KL, now=NOW)
        change: dict[FactName, FactValue] = {FactName.WHEN: When.parse("2025-10-31")}
        made = prepared(db, ada, change)
        assert shown(db, made).reaches == 3
        editing.carry_out(db, made, Act.EVENT_AMENDED, by=ada, now=NOW, seen=1)
        day_before = datetime(2025, 10, 30, 1, 0, tzinfo=UTC)
        remind(db, now=day_before)
    assert len(set(delivered(database, day_before).recipients)) == 3


def test_showing_stores_nothing(database: Database, ada: Editor) -> None:
    with database.transaction() as db:
        shown(db, prepared(db, ada, {FactName.WHEN: When.parse("2025-10-31")}))
        db.flush()
        assert str(events.get(db, "admm-19", NOW).when) == "2025-10"
        assert not db.new and not db.dirty
