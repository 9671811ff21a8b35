"""What changed, for feed readers: valid Atom, told once, and only what is public."""

import re
from datetime import date, datetime, timedelta
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import event as sql_event

from calendar_svc.actions import editing
from calendar_svc.clock import day_start
from calendar_svc.domain.account import Editor
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, Origin
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.revision import Fact, FactName, FactValue
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import articles, events, facts
from tests import make
from tests.make import KL
from tests.web.conftest import AUTUMN, House
from tests.web.desk import editor

ATOM = "{http://www.w3.org/2005/Atom}"
URL = "/changes.atom?lang=en"


def feed(house: House, path: str = URL) -> Element:
    answer = house.client.get(path)
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.data)
    _check(root)
    return root


def entries(house: House, path: str = URL) -> list[Element]:
    return feed(house, path).findall(f"{ATOM}entry")


def text(element: Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def titles(house: House, path: str = URL) -> list[str]:
    return [text(one, "title") for one in entries(house, path)]


def _check(root: Element) -> None:
    """What RFC 4287 asks of a feed and its entries."""
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang")
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = element.findall(f"{ATOM}{name}")
            assert len(found) == 1 and found[0].text
        moment = text(element, "updated")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)
        alternates = [
            one for one in element.findall(f"{ATOM}link") if one.get("rel") == "alternate"
        ]
        assert len(alternates) == 1
    # whoever wrote the feed wrote what names nobody else
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    ids = [text(one, "id") for one in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    updated = [text(one, "updated") for one in root.findall(f"{ATOM}entry")]
    assert updated == sorted(updated, reverse=True)
    assert text(root, "updated") == (updated[0] if updated else "1970-01-01T00:00:00Z")


def changed(
    house: House,
    values: dict[FactName, FactValue],
    slug: str = "admm-19",
    *,
    reason: str = "",
    by: str | None = "Ada",
    is_news: bool | None = None,
    known_since: datetime | None = None,
) -> None:
    now = house.services.clock.now()
    made = [Fact(name, value, known_since or now) for name, value in values.items()]
    with house.database.transaction() as db:
        uid = events.get(db, slug, now).uid
        editing.record(db, uid, made, by=by, now=now, reason=reason, is_news=is_news)


def moved(house: House, to: str, slug: str = "admm-19", **other: str) -> None:
    changed(house, {FactName.WHEN: When.parse(to)}, slug, **other)  # type: ignore[arg-type]


def known(house: House, slug: str = "admm-19") -> Event:
    with house.database.reading() as db:
        return events.get(db, slug, house.services.clock.now())


@pytest.mark.parametrize("lang", ["ms", "en"])
def test_it_is_valid_and_says_its_language(quiet_house: House, lang: str) -> None:
    answer = quiet_house.client.get(f"/changes.atom?lang={lang}")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Accept-Language" in answer.headers["Vary"]
    root = feed(quiet_house, f"/changes.atom?lang={lang}")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    assert len(root.findall(f"{ATOM}entry")) == 4
    by_rel = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert by_rel["self"] == text(root, "id")


def test_pages_tell_readers_where_it_is(quiet_house: House) -> None:
    page = quiet_house.client.get("/?lang=en").text
    found = re.search(r'type="application/atom\+xml"[^>]* href="http://localhost([^"]+)"', page)
    assert found
    assert feed(quiet_house, found[1].replace("&amp;", "&")).tag


def test_a_language_there_is_not_is_refused(quiet_house: House) -> None:
    assert quiet_house.client.get("/changes.atom?lang=tlh").status_code == 400
    assert quiet_house.client.post("/changes.atom").status_code in (400, 405)


def test_an_entry_says_what_changed_why_and_who_says_so(house: House) -> None:
    later = house.later(timedelta(hours=1))
    moved(later, "2025-10-31", reason="told by the secretariat")
    first = entries(later)[0]
    assert text(first, "title") == "19th ASEAN Defence Ministers’ Meeting (ADMM): Date announced"
    assert text(first, "summary") == (
        "When: October 2025 → 31 October 2025\nReason: told by the secretariat"
    )
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Ada"
    link = first.find(f"{ATOM}link")
    assert link is not None
    page = (link.get("href") or "").removeprefix("http://localhost")
    assert later.client.get(page).status_code == 200


def test_an_address_is_told_of_nobody(house: House) -> None:
    with house.database.transaction() as db:
        nameless = Editor(**{**vars(make.editor(db)), "name": ""})
    changed(house, {FactName.PLACE: Texts({"en": "Manila"})}, by=nameless.name)
    first = entries(house)[0]
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "an editor"
    assert "example.org" not in house.client.get(URL).text


def test_ids_stay_while_more_becomes_known(house: House) -> None:
    before = [text(one, "id") for one in entries(house)]
    malay = [text(one, "id") for one in entries(house, "/changes.atom?lang=ms")]
    later = house.later(timedelta(hours=1))
    moved(later, "2025-10-31")
    with later.database.transaction() as db:
        editing.work_out(db, known(later).uid)
    after = [text(one, "id") for one in entries(later)]
    assert after[1:] == before == malay
    assert after[0].startswith("urn:calendar-svc:")


def test_what_is_unchanged_is_not_sent_again(house: House) -> None:
    first = house.client.get(URL)
    again = house.client.get(URL, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "public, max-age=300"
    # the clock alone changes nothing
    tomorrow = house.later(timedelta(days=1))
    assert tomorrow.client.get(URL).data == first.data
    moved(tomorrow, "2025-10-31")
    changed_ = tomorrow.client.get(URL, headers={"If-None-Match": first.headers["ETag"]})
    assert changed_.status_code == 200
    assert changed_.headers["ETag"] != first.headers["ETag"]


def test_it_is_told_as_of_a_day(house: House) -> None:
    later = house.later(timedelta(days=3))
    moved(later, "2025-10-31")
    assert len(titles(later)) == 5
    assert len(titles(later, f"{URL}&as_of=2025-09-27")) == 4
    assert titles(later, f"{URL}&as_of=2025-09-26") == []
    assert later.client.get(f"{URL}&as_of=soon").status_code == 400


def test_evidence_that_came_late_is_no_news(house: House) -> None:
    early = house.services.clock.now() - timedelta(days=20)
    changed(house, {FactName.WHEN: When.parse("2025")}, known_since=early)
    assert len(titles(house)) == 4


def test_a_correction_is_told_to_nobody(house: House) -> None:
    before = house.client.get(URL).data
    changed(house, {FactName.PLACE: Texts({"en": "Kuala Lumpur"})}, is_news=False)
    changed(house, {FactName.DESCRIPTION: Texts({"en": "A long day."})})
    assert house.client.get(URL).data == before


def test_a_withdrawn_meeting_is_told_of_no_more(house: House) -> None:
    moved(house, "2025-10-31", reason="never meant for the public")
    ada, now = editor(house), house.services.clock.now()
    with house.database.transaction() as db:
        editing.withdraw(db, events.place(db, "admm-19"), reason="x", by=ada, now=now)
    for path in (URL, f"{URL}&as_of=2025-09-27"):
        assert len(titles(house, path)) == 3
        assert "ADMM)" not in house.client.get(path).text
    with house.database.transaction() as db:
        editing.restore(db, events.place(db, "admm-19"), by=ada)
    assert len(titles(house)) == 5


def test_a_meeting_that_was_merged_is_told_of_once(house: House) -> None:
    ada, now = editor(house), house.services.clock.now()
    with house.database.transaction() as db:
        make.announced(db, "2025-10-31", slug="twin", title="The twin", now=now)
        one, other = events.place(db, "twin"), events.place(db, "admm-19")
        assert editing.merge(db, one, other, by=ada, now=now).slug == "admm-19"
    assert len(titles(house)) == 4
    assert "The twin" not in house.client.get(URL).text


HOSTILE = "<script>alert(1)</script> & \"' ]]> <![CDATA[ &lt; \t 😀"


def test_hostile_titles_and_reasons_are_only_text(house: House) -> None:
    title = Texts({"en": f"a\nb {HOSTILE}"})
    changed(house, {FactName.TITLE: title}, reason=HOSTILE, by=HOSTILE)
    first = entries(house)[0]
    assert text(first, "title") == f"a b {' '.join(HOSTILE.split())}: Details corrected"
    assert text(first, "summary").endswith(f"Reason: {HOSTILE}")
    assert "<script" not in house.client.get(URL).text


@pytest.mark.parametrize("letter", ["\x01", "\x08", "\x0b", "\x1b", "\x1f", "\ufffe", "\uffff"])
def test_letters_that_xml_cant_carry_are_left_out(house: House, letter: str) -> None:
    """Our forms refuse them; what came by another way must not break everybody's feed."""
    article = Article("x", f"Ber{letter}nama", "ms", date(2025, 9, 27))
    with house.database.transaction() as db:
        articles.save(db, article)
        uid = known(house).uid
        claim = Claim(
            "x", uid, Origin.ARTICLE, day_start(article.published_on, KL), article=article
        )
        facts.save_claim(db, claim)
        now = house.services.clock.now()
        place = Fact(FactName.PLACE, Texts({"en": "Manila"}), now, "x")
        editing.record(db, uid, [place], by=f"A{letter}da", now=now, reason=f"re{letter}ason")
    first = entries(house)[0]
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Ada"
    assert text(first, "summary") == ("Where: Manila (Bernama, 27 September 2025)\nReason: reason")


def crowd(house: House, count: int, prefix: str = "extra", at: datetime = AUTUMN) -> None:
    with house.database.transaction() as db:
        for number in range(count):
            make.announced(db, "2025-12-01", slug=f"{prefix}-{number}", series=None, now=at)


def test_it_tells_of_the_last_fifty(house: House) -> None:
    crowd(house, 60)
    found = titles(house)
    assert len(found) == 50
    # the last recorded is the first told
    moved(house.later(timedelta(minutes=5)), "2025-10-31")
    again = titles(house.later(timedelta(minutes=5)))
    assert len(again) == 50
    assert again[0].startswith("19th")
    assert again[1:] == found[:-1]


def test_it_asks_no_more_of_the_database_for_what_it_doesnt_tell(house: House) -> None:
    def queries() -> int:
        asked: list[str] = []

        def hear(*given: object) -> None:
            asked.append(str(given[2]))

        sql_event.listen(house.database.engine, "before_cursor_execute", hear)
        assert house.client.get(URL).status_code == 200
        sql_event.remove(house.database.engine, "before_cursor_execute", hear)
        return len(asked)

    crowd(house, 50)
    few = queries()
    crowd(house, 40, "early", AUTUMN - timedelta(days=30))
    assert queries() == few
    assert few <= 110


@pytest.mark.parametrize(
    ("status", "news"),
    [(Status.POSTPONED, "Postponed"), (Status.CANCELLED, "Cancelled"), (Status.HELD, "Held")],
)
def test_a_status_is_told_in_a_word(house: House, status: Status, news: str) -> None:
    changed(house, {FactName.STATUS: status})
    assert titles(house)[0].endswith(f": {news}")
