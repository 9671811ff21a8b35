"""Articles and drafts on the desk: taken in, marked, changed, decided, one by one or together."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import html5lib
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from calendar_svc.actions import editing
from calendar_svc.articles.reading import Reading
from calendar_svc.domain.account import Act
from calendar_svc.domain.article import LONGEST_TEXT
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.draft import DraftState
from calendar_svc.domain.event import Event
from calendar_svc.domain.revision import FactName
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import articles, drafts, events, facts
from calendar_svc.store.base import Base, Database
from tests import make
from tests.conftest import NewUrl
from tests.web.conftest import House, furnished, replaced
from tests.web.desk import Desk, editor, signed_in

TEXT = "KUALA LUMPUR: ADMM ke-19 akan\nberlangsung pada 31 Oktober. Kata-kata yang lain."
QUOTE = "ADMM ke-19 akan berlangsung pada 31 Oktober"
SECRET = "Kata-kata yang lain"
KEY = "bernama-2025-09-20"
ARTICLE = {
    "publisher": "Bernama",
    "published_on": "2025-09-27",
    "article_lang": "ms",
    "title": "ADMM pada akhir Oktober",
    "url": "https://www.example.org/1?a=b&c=d#e",
    "dateline": "Kuala Lumpur",
    "text": TEXT,
    "key": "second",
}
SAID = {
    "about": "admm-19",
    "quote": QUOTE,
    "when": "31 Oct 2025",
    "status": "scheduled",
    "place_en": "Kuala Lumpur",
}
SCRIPT = "<script>alert(1)</script>"
PAGE = "/desk/articles/second"


def known(house: House, slug: str = "admm-19") -> Event:
    with house.database.reading() as db:
        return events.get(db, slug, house.services.clock.now())


@pytest.fixture(scope="module")
def quiet_desk(quiet_house: House) -> Desk:
    """For those who are refused, and change nothing."""
    return signed_in(quiet_house)


def count(house: House) -> int:
    with house.database.reading() as db:
        return len(articles.latest(db, limit=999))


def take_in(desk: Desk, **other: str) -> TestResponse:
    return desk.post("/desk/articles/new", **{**ARTICLE, **other})


def drafted(desk: Desk, **other: str) -> str:
    """An article taken in, if it isn't yet, with a draft from it; the draft's page."""
    take_in(desk)
    made = desk.post(f"{PAGE}/drafts", PAGE, **{**SAID, **other})
    assert made.status_code == 303, html.unescape(made.text)
    return made.headers["Location"]


def state(house: House, path: str) -> DraftState:
    with house.database.reading() as db:
        return drafts.get(db, int(path.rpartition("/")[2])).state


def seen(desk: Desk, path: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', desk.get(path).text)
    assert found
    return found[1]


def accept(desk: Desk, path: str, **fields: str) -> TestResponse:
    return desk.post(f"{path}/accept", path, **fields)


def faults(page: TestResponse) -> set[str]:
    return set(re.findall(r'id="fault-(\w+)"', page.text))


# --- articles ---------------------------------------------------------------------------------


def test_an_article_is_taken_in_with_its_text(house: House) -> None:
    desk = signed_in(house)
    made = take_in(desk)
    assert (made.status_code, made.headers["Location"]) == (303, PAGE)
    page = html.unescape(desk.get(PAGE).text)
    for told in ("ADMM pada akhir Oktober", "Bernama, 27 September 2025", TEXT, ARTICLE["url"]):
        assert told in page
    assert "The article is kept." in page
    assert desk.log()[0].what == Act.ARTICLE_SAVED
    assert "ADMM pada akhir Oktober" in desk.get("/desk/articles").text


def test_what_was_read_is_on_no_public_page(house: House) -> None:
    desk = signed_in(house)
    accept(desk, drafted(desk))
    drafted(desk, when="November 2025", gist_en="A gist that waits")
    house.publish()
    house = house.later(timedelta(0))
    for path in (
        *("/", "/events/admm-19", "/events/admm-19.ics", "/series/admm", "/changes.atom"),
        *("/feeds/", "/feeds/all.ics", "/feeds/admm.ics", "/subscribe"),
    ):
        page = house.client.get(f"{path}?lang=en").text
        assert SECRET not in page.replace("\r\n ", "")
        assert "A gist that waits" not in page
    assert QUOTE in house.client.get("/events/admm-19?lang=en").text


def test_the_evidence_is_marked_in_the_text(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk)
    mark = "<mark>ADMM ke-19 akan\nberlangsung pada 31 Oktober</mark>. Kata-kata"
    assert mark in desk.get(path).text
    assert mark in desk.get(PAGE).text
    desk.post(f"{path}/reject", path)
    assert "<mark>" not in desk.get(PAGE).text
    accept(desk, drafted(desk))
    assert mark in desk.get(PAGE).text


def test_quotes_that_overlap_are_marked_as_one(house: House) -> None:
    desk = signed_in(house)
    drafted(desk, quote="ADMM ke-19 akan")
    drafted(desk, quote="akan berlangsung")
    assert "<mark>ADMM ke-19 akan\nberlangsung</mark> pada" in desk.get(PAGE).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("publisher", ""),
        ("publisher", "x" * 101),
        ("publisher", "a\x1bb"),
        ("published_on", ""),
        ("published_on", "27 September 2025"),
        ("published_on", "2025-09-28"),
        ("published_on", "0999-01-01"),
        ("published_on", "20250927"),
        ("published_on", "2025-W39-6"),
        ("published_on", "9" * 500),
        ("article_lang", "tlh"),
        ("article_lang", SCRIPT),
        ("title", "x" * 301),
        ("url", "javascript:alert(1)"),
        ("url", "JAVASCRIPT:alert(1)//https://x"),
        ("url", " data:text/html,x"),
        ("url", "//example.org"),
        ("url", "https://exa mple.org"),
        ("url", 'https://x/"onclick="alert(1)'),
        ("url", "https://x/\r\nSet-Cookie: a=b"),
        ("url", "https://" + "x" * 2000),
        ("url", "ftp://example.org"),
        ("dateline", "x" * 101),
        ("key", "../../etc/passwd"),
        ("key", "a b"),
        ("key", "A"),
        ("key", "-"),
        ("key", "x" * 81),
        ("key", "new"),
        ("key", "bernama-2025-09-27"),
        ("text", "x" * (LONGEST_TEXT + 1)),
        ("text", "😀" * (LONGEST_TEXT + 1)),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    quiet_desk: Desk, field: str, value: str
) -> None:
    answer = take_in(quiet_desk, **{field: value})
    assert answer.status_code == 422
    assert faults(answer) == {field}
    assert count(quiet_desk.house) == 1
    page = html5lib.parse(answer.text)
    typed = {
        node.get("name"): node.get("value") or "".join(node.itertext())
        for node in page.iter()
        if node.tag.endswith("}input") or node.tag.endswith("}textarea")
    }
    for name, text in {**ARTICLE, field: value}.items():
        if name != "article_lang" and "\x1b" not in text:
            assert typed[name].split() == text.split()
    assert quiet_desk.log()[0].what == Act.REFUSED


@pytest.mark.parametrize("letter", ["a", "é", "س", "😀", "&", "\n", '"'])
def test_fifty_thousand_letters_pass_in_any_script(house: House, letter: str) -> None:
    desk = signed_in(house)
    # as browsers send line ends
    sent = f"a{letter * (LONGEST_TEXT - 2)}z".replace("\n", "\r\n")
    assert take_in(desk, text=sent).status_code == 303
    with house.database.reading() as db:
        assert articles.text_of(db, "second") == sent.replace("\r\n", "\n")
    assert desk.get(PAGE).status_code == 200
    assert desk.get(f"{PAGE}/edit").status_code == 200


def test_far_too_much_is_refused_in_a_sentence(quiet_desk: Desk) -> None:
    answer = take_in(quiet_desk, text="x" * 2_000_000)
    assert answer.status_code == 413
    assert "shorten it" in answer.text


def test_a_browser_cuts_nothing_off_without_a_word(quiet_desk: Desk) -> None:
    page = quiet_desk.get("/desk/articles/new").text
    field = re.search(r'<textarea id="text"[^>]*>', page)
    assert field
    assert "maxlength" not in field[0]


def test_without_a_key_one_is_made_of_publisher_and_day(house: House) -> None:
    desk = signed_in(house)
    made = take_in(desk, key="", publisher="New Straits Times, KL")
    assert made.headers["Location"] == "/desk/articles/new-straits-times-kl-2025-09-27"
    other = take_in(desk, key="", publisher="星洲日报", text="Satu")
    assert other.headers["Location"] == "/desk/articles/article-2025-09-27"
    long = take_in(desk, key="", publisher="x" * 100, text="Dua")
    assert long.status_code == 303


def test_of_the_second_of_a_day_the_next_key_is_taken(house: House) -> None:
    desk = signed_in(house)
    made = take_in(desk, key="")
    assert made.headers["Location"] == "/desk/articles/bernama-2025-09-27-2"
    made = take_in(desk, key="", text="Yang lain")
    assert made.headers["Location"] == "/desk/articles/bernama-2025-09-27-3"
    # a key that was typed stays as it was typed
    typed = take_in(desk, key="bernama-2025-09-27", text="Lain lagi")
    assert (typed.status_code, faults(typed)) == (422, {"key"})
    assert 'value="bernama-2025-09-27"' in typed.text


def test_without_a_text_the_next_key_is_offered(house: House) -> None:
    # the button may have been pressed twice
    desk = signed_in(house)
    answer = take_in(desk, key="", text="")
    assert (answer.status_code, faults(answer)) == (422, {"key"})
    assert 'value="bernama-2025-09-27-2"' in answer.text
    assert take_in(desk, key="bernama-2025-09-27-2", text="").status_code == 303


def test_a_text_that_is_there_already_is_kept_once(house: House) -> None:
    desk = signed_in(house)
    take_in(desk)
    again = take_in(desk, key="other", publisher="Lain", text=TEXT.upper().replace("\n", " "))
    assert (again.status_code, again.headers["Location"]) == (303, PAGE)
    assert "nothing was made twice" in desk.get(PAGE).text
    assert count(house) == 2
    take_in(desk, key="other", text="Teks lain")
    answer = desk.post("/desk/articles/other/edit", **{**ARTICLE, "text": TEXT})
    assert (answer.status_code, faults(answer)) == (422, {"text"})
    assert "as “second”" in answer.text


# --- read from an address, and read for what it says ------------------------------------------

ADDRESS = "https://www.news.example/a?b=1"
READ = (
    '<!doctype html><html lang="ms"><head><meta property="og:site_name" content="Berita Harian">'
    '<meta property="article:published_time" content="2025-09-26T23:30:00+08:00"></head><body>'
    "<article><h1>ADMM pada 31 Oktober</h1><p>KUALA LUMPUR: ADMM ke-19 akan berlangsung pada 31"
    " Oktober, kata Kementerian Pertahanan hari ini.</p></article></body></html>"
)


def reading(house: House, *readings: Reading) -> House:
    """The same house, which finds these in every text."""

    def read(text: str, **_: object) -> list[Reading]:
        return list(readings)

    return replaced(house, read=read)


FOUND = Reading(
    title="ADMM ke-19",
    lang="ms",
    series="admm",
    ordinal=19,
    when=When.parse("2025-10-31"),
    was=None,
    place=None,
    status=ClaimStatus.SCHEDULED,
    evidence="ADMM ke-19 akan\nberlangsung pada 31 Oktober.",
)


def filled(page: TestResponse) -> dict[str, str]:
    return {
        str(node.get("name")): (node.get("value") or "".join(node.itertext())).strip()
        for node in html5lib.parse(page.text).iter()
        if node.tag.endswith("}input") or node.tag.endswith("}textarea")
    }


def test_an_address_fills_the_form_and_nothing_is_kept_before_the_editor_says_so(
    house: House,
) -> None:
    desk = signed_in(house)
    house.pages.add(ADDRESS, READ)
    page = desk.post("/desk/articles/read", "/desk/articles/new", address=ADDRESS)
    assert page.status_code == 200
    fields = filled(page)
    assert (fields["publisher"], fields["published_on"], fields["url"]) == (
        "Berita Harian",
        "2025-09-26",
        ADDRESS,
    )
    assert "akan berlangsung pada 31 Oktober" in fields["text"]
    assert '<option value="ms" selected>' in page.text
    assert count(house) == 1
    sent = {name: value for name, value in fields.items() if name != "address"}
    made = desk.post("/desk/articles/new", article_lang="ms", **sent | {"key": "second"})
    assert made.status_code == 303
    assert count(house) == 2
    assert desk.get("/desk/articles/read").status_code == 303


@pytest.mark.parametrize("address", ["", "x", "http://127.0.0.1/", "https://nowhere.example/"])
def test_an_address_that_cannot_be_read_is_told_beside_it(quiet_desk: Desk, address: str) -> None:
    page = quiet_desk.post("/desk/articles/read", "/desk/articles/new", address=address)
    assert (page.status_code, faults(page)) == (422, {"address"})
    assert filled(page)["address"] == address


@pytest.mark.parametrize("body", ["", "<html></html>", "ADMM\0", "1" * 1_000_000])
def test_a_page_that_cannot_be_read_is_told_beside_its_address(house: House, body: str) -> None:
    desk = signed_in(house)
    house.pages.add(ADDRESS, body)
    page = desk.post("/desk/articles/read", "/desk/articles/new", address=ADDRESS)
    assert (page.status_code, faults(page)) == (422, {"address"})
    assert count(house) == 1


def test_an_article_that_is_kept_is_read_and_its_drafts_wait(house: House) -> None:
    desk = signed_in(reading(house, FOUND))
    made = take_in(desk)
    assert made.headers["Location"] == PAGE
    page = desk.get(PAGE).text
    assert "what it seems to say waits as drafts" in page
    assert "<mark>ADMM ke-19 akan\nberlangsung pada 31 Oktober.</mark>" in page
    assert str(known(house).when) == "2025-10"
    with house.database.reading() as db:
        (draft,) = drafts.waiting(db, limit=9)
    assert draft.proposal.event == known(house).uid
    accept(desk, f"/desk/drafts/{draft.id}")
    assert str(known(house).when) == "2025-10-31"


def test_a_text_that_comes_later_is_read_then(house: House) -> None:
    desk = signed_in(reading(house, FOUND))
    take_in(desk, text="")
    for _ in range(2):
        assert desk.post(f"{PAGE}/edit", **ARTICLE).status_code == 303
        with house.database.reading() as db:
            assert drafts.count_waiting(db) == 1


def test_words_in_a_language_that_the_form_has_not_stay_with_the_draft(house: House) -> None:
    indonesian = replace(
        FOUND, lang="id", series=None, ordinal=None, title="Pameran Indo", when=None
    )
    desk = signed_in(reading(house, indonesian))
    take_in(desk)
    with house.database.reading() as db:
        (draft,) = drafts.waiting(db, limit=9)
    path = f"/desk/drafts/{draft.id}"
    desk.post(f"{path}/change", path, when="2026", status="scheduled", title_en="Indo show")
    with house.database.reading() as db:
        said = drafts.get(db, draft.id).proposal
    assert said.title == Texts({"en": "Indo show", "id": "Pameran Indo"})


def test_an_article_is_changed_but_for_its_key_and_day(house: House) -> None:
    desk = signed_in(house)
    take_in(desk)
    path = f"{PAGE}/edit"
    assert html.escape(TEXT) in desk.get(path).text
    changed = {**ARTICLE, "publisher": "Antara", "article_lang": "id", "text": "Lain."}
    made = desk.post(path, **{**changed, "key": "third", "published_on": "2020-01-01"})
    assert (made.status_code, made.headers["Location"]) == (303, PAGE)
    with house.database.reading() as db:
        found = articles.get(db, "second")
        assert (found.publisher, found.lang, str(found.published_on)) == (
            "Antara",
            "id",
            "2025-09-27",
        )
        assert articles.text_of(db, "second") == "Lain."
    wrong = desk.post(path, **{**changed, "publisher": "", "url": "x"})
    assert (wrong.status_code, faults(wrong)) == (422, {"publisher", "url"})
    assert desk.post("/desk/articles/nothing/edit", path, **changed).status_code == 404


# --- drafts -----------------------------------------------------------------------------------


def test_a_draft_shows_what_it_would_cause_before_it_is_accepted(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk)
    page = html.unescape(desk.get(path).text)
    for told in (
        "2025-10-31",
        "fits what was known and says more",
        "DTSTART;VALUE=DATE:20251031",
        "Reminder: 19th ASEAN",
        "0 subscribers asked for it",
        "0 → 1",
        "Bernama, 27 September 2025",
    ):
        assert told in page
    assert str(known(house).when) == "2025-10"


def test_accepted_it_is_on_the_page_with_its_words(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk)
    made = accept(desk, path, seen=seen(desk, path), reason="It is clear.")
    assert (made.status_code, made.headers["Location"]) == (303, "/desk/events/admm-19")
    assert "The draft is accepted." in desk.get("/desk/events/admm-19").text
    event = known(house)
    assert (str(event.when), event.status, event.sequence) == ("2025-10-31", "confirmed", 1)
    page = house.client.get("/events/admm-19?lang=en").text
    assert f'<blockquote lang="ms">{QUOTE}</blockquote>' in page
    assert "It is clear." in page
    assert desk.log()[0].what == Act.DRAFT_ACCEPTED


def test_a_draft_is_changed_before_it_is_accepted(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk)
    made = desk.post(f"{path}/change", path, **{**SAID, "when": "30 Oct – 1 Nov 2025"})
    assert made.headers["Location"] == path
    assert "2025-10-30/2025-11-01" in desk.get(path).text
    accept(desk, path)
    assert str(known(house).when) == "2025-10-30/2025-11-01"


def test_a_form_that_is_opened_says_what_the_draft_says(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk, was="October 2025", gist_en="In our words")
    page = html5lib.parse(desk.get(path).text, namespaceHTMLElements=False)
    form = next(one for one in page.iter("form") if (one.get("action") or "").endswith("/change"))
    sent = {
        node.get("name") or "": node.get("value") or "".join(node.itertext()).strip()
        for tag in ("input", "textarea")
        for node in form.iter(tag)
    }
    chosen = {
        node.get("name") or "": option.get("value") or ""
        for node in form.iter("select")
        for option in node.iter("option")
        if option.get("selected") is not None
    }
    with house.database.reading() as db:
        before = drafts.get(db, 1).proposal
    assert desk.send(f"{path}/change", {**sent, **chosen}).status_code == 303
    with house.database.reading() as db:
        assert drafts.get(db, 1).proposal == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("about", "nothing"),
        ("about", "../admm-19"),
        ("quote", "words that are not there"),
        ("quote", "x" * 1001),
        ("when", "31 Feb 2025"),
        ("when", "9" * 5000),
        ("was", "soon"),
        ("status", "certain"),
        ("series", "nothing"),
        ("ordinal", "0"),
        ("ordinal", "10000"),
        ("ordinal", "²"),
        ("place_ms", "x" * 301),
        ("gist_en", "x" * 1001),
        ("title_en", "a\x1bb"),
    ],
)
def test_what_is_wrong_in_a_draft_is_said_beside_its_field(
    waiting: Desk, field: str, value: str
) -> None:
    path = "/desk/drafts/1"
    typed = {**SAID, "gist_ms": "Sudah ditaip", field: value}
    for target, form in ((f"{PAGE}/drafts", PAGE), (f"{path}/change", path)):
        answer = waiting.post(target, form, **typed)
        assert answer.status_code == 422
        assert field in faults(answer)
        assert "Sudah ditaip" in answer.text
    with waiting.house.database.reading() as db:
        assert drafts.count_waiting(db) == 1
        assert drafts.get(db, 1).proposal.quote == QUOTE


@pytest.fixture(scope="module")
def waiting(new_sqlite: NewUrl) -> Iterator[Desk]:
    """A draft waits, and those who would change it are refused."""
    database = Database(new_sqlite())
    desk = signed_in(furnished(database))
    drafted(desk)
    yield desk
    database.close()


def test_a_draft_that_says_nothing_is_refused(house: House) -> None:
    desk = signed_in(house)
    take_in(desk)
    nothing = desk.post(f"{PAGE}/drafts", PAGE, about="admm-19")
    assert (nothing.status_code, faults(nothing)) == (422, {"when"})
    nameless = desk.post(f"{PAGE}/drafts", PAGE, when="2026")
    assert (nameless.status_code, faults(nameless)) == (422, {"title_ms"})
    assert desk.post("/desk/articles/nothing/drafts", PAGE, **SAID).status_code == 404


def test_rejected_it_is_put_aside(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk)
    before = known(house)
    made = desk.post(f"{path}/reject", path)
    assert made.headers["Location"] == "/desk/drafts"
    assert state(house, path) is DraftState.REJECTED
    assert known(house) == before
    page = desk.get(path).text
    assert "rejected" in page
    assert "/accept" not in page
    assert "No draft waits." in desk.get("/desk/drafts").text


def test_a_new_meeting_gets_an_address_that_is_offered_or_typed(house: House) -> None:
    desk = signed_in(house)
    fresh = {"about": "", "title_en": "20th ADMM", "series": "admm", "ordinal": "20"}
    path = drafted(desk, **fresh, when="November 2026")
    assert 'name="slug" type="text" autocomplete="off" maxlength="80" value="admm-20"' in (
        desk.get(path).text
    )
    for slug in ("admm-19", "a b", "../x", "new", "x" * 81):
        answer = accept(desk, path, slug=slug, reason="typed")
        assert answer.status_code == 422
        # what was typed is there to be mended
        assert f'value="{slug}"' in answer.text
        assert "typed" in answer.text
    made = accept(desk, path, slug="admm-manila")
    assert made.headers["Location"] == "/desk/events/admm-manila"
    assert "20th ADMM" in house.client.get("/events/admm-manila?lang=en").text


def test_what_contradicts_asks_which_of_the_two_holds(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk, about="admm-plus-2025", when="2 Nov 2025")
    page = desk.get(path).text
    assert "It is at odds with what is known" in page
    assert 'name="believed"' in page
    answer = accept(desk, path, reason="typed")
    assert answer.status_code == 422
    assert "say which of the two holds" in answer.text
    assert "typed" in answer.text
    accept(desk, path, believed="no")
    assert known(house, "admm-plus-2025").contested == ("when",)


def test_which_was_believed_is_not_forgotten_by_another_fault(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk, about="admm-plus-2025", when="2 Nov 2025")
    answer = accept(desk, path, believed="yes", reason="a\x1bb")
    assert answer.status_code == 422
    assert 'value="yes" checked' in answer.text
    accept(desk, path, believed="yes")
    assert (str(known(house, "admm-plus-2025").when), state(house, path)) == (
        "2025-11-02",
        DraftState.ACCEPTED,
    )


@pytest.mark.parametrize("done", ["accept", "reject"])
@pytest.mark.parametrize("again", ["accept", "reject", "change"])
def test_deciding_twice_is_answered_by_a_page(house: House, done: str, again: str) -> None:
    desk = signed_in(house)
    path = drafted(desk)
    token = desk.token(path)
    assert desk.send(f"{path}/{done}", {"csrf_token": token}).status_code == 303
    made = state(house, path)
    answer = desk.send(f"{path}/{again}", {"csrf_token": token, **SAID})
    assert answer.status_code == 409
    assert "somebody else decided on this draft meanwhile" in answer.text.lower()
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert state(house, path) is made


def test_who_saw_the_meeting_otherwise_is_shown_it_again(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk)
    number = seen(desk, path)
    with house.database.transaction() as db:
        place = {FactName.PLACE: Texts({"ms": "Manila"})}
        make.change(db, known(house).uid, place, now=house.services.clock.now())  # type: ignore[arg-type]
    late = accept(desk, path, seen=number, believed="yes", reason="typed")
    assert late.status_code == 409
    assert "typed" in late.text
    assert state(house, path) is DraftState.WAITING
    accept(desk, path, seen=seen(desk, path), believed="yes")
    assert state(house, path) is DraftState.ACCEPTED


def test_several_are_accepted_together_and_what_stays_says_why(house: House) -> None:
    desk = signed_in(house)
    fine, denied = drafted(desk), drafted(desk, about="admm-plus-2025", when="2 Nov 2025")
    fresh = drafted(desk, about="", title_en="20th ADMM", when="November 2026")
    form = {"csrf_token": desk.token("/desk/drafts")}
    ticked = urlencode(
        [*form.items(), *(("draft", one) for one in ("1", "2", "3", "3", "99", "x", "-1"))]
    )
    made = desk.client.post(
        "/desk/drafts/accept",
        data=ticked,
        content_type="application/x-www-form-urlencoded",
        headers={"Accept-Language": "en", "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"},
        environ_base={"REMOTE_ADDR": "203.0.113.5"},
    )
    assert (made.status_code, made.headers["Location"]) == (303, "/desk/drafts")
    page = html.unescape(desk.get("/desk/drafts").text)
    assert "The drafts are accepted." in page
    assert "draft 2 is at odds with what is known" in page.lower()
    assert "there is no draft 99" in page.lower()
    states = [state(house, path) for path in (fine, denied, fresh)]
    assert states == [DraftState.ACCEPTED, DraftState.WAITING, DraftState.ACCEPTED]
    assert known(house, "20th-admm-2026")


def test_with_none_ticked_nothing_happens(house: House) -> None:
    desk = signed_in(house)
    path = drafted(desk)
    assert desk.post("/desk/drafts/accept", "/desk/drafts").status_code == 303
    assert state(house, path) is DraftState.WAITING


def test_a_draft_of_a_meeting_that_is_gone_says_so(house: House) -> None:
    desk = signed_in(house)
    path, ada = drafted(desk), editor(house, "root@example.org")
    now = house.services.clock.now()
    token = desk.token(path)
    with house.database.transaction() as db:
        editing.withdraw(db, events.place(db, "admm-19"), reason="x", by=ada, now=now)
    page = desk.get(path)
    assert "Its meeting is not there any more" in page.text
    assert "/accept" not in page.text
    assert desk.send(f"{path}/accept", {"csrf_token": token}).status_code == 410
    assert desk.get("/desk/drafts").status_code == 200
    assert desk.get(PAGE).status_code == 200
    moved = desk.post(
        f"{path}/change", path, **{**SAID, "about": "admm-plus-2025", "when": "2025", "status": ""}
    )
    assert moved.status_code == 303
    assert accept(desk, path).status_code == 303


def test_a_draft_about_a_meeting_that_was_merged_is_about_the_other(house: House) -> None:
    desk = signed_in(house)
    take_in(desk)
    ada, now = editor(house, "root@example.org"), house.services.clock.now()
    with house.database.transaction() as db:
        make.announced(db, "2025-10", slug="twin", now=now)
        one, other = events.place(db, "twin"), events.place(db, "admm-19")
        editing.merge(db, one, other, by=ada, now=now)
    path = drafted(desk, about="twin")
    assert desk.get(path).status_code == 200
    assert accept(desk, path, believed="yes").headers["Location"] == "/desk/events/admm-19"


# --- every page, and what must not happen -----------------------------------------------------

FILLED = {**SAID, "gist_en": "In our words", "was": "October 2025"}


def busy(house: House) -> tuple[Desk, list[str]]:
    """A desk with an article and drafts of every kind, and all their pages."""
    desk = signed_in(house)
    accepted = drafted(desk, **FILLED)
    accept(desk, accepted, believed="yes")
    rejected = drafted(desk, when="2026")
    desk.post(f"{rejected}/reject", rejected)
    paths = [
        accepted,
        rejected,
        drafted(desk, when="October 2025"),
        drafted(desk, about="admm-plus-2025", when="2 Nov 2025"),
        drafted(desk, about="", title_en="20th ADMM", when="", status=""),
        *("/desk/articles", "/desk/articles?page=2", "/desk/articles?page=x"),
        *("/desk/articles/new", PAGE, f"{PAGE}/edit", "/desk/articles/bernama-2025-09-27"),
        *("/desk/drafts", "/desk/", "/desk/events/admm-19"),
        *("/desk/articles/nothing", "/desk/drafts/999"),
    ]
    return desk, paths


@pytest.mark.parametrize("lang", ["ms", "en"])
def test_every_page_is_valid_and_needs_no_script(house: House, lang: str) -> None:
    desk, paths = busy(house)
    for path in paths:
        answer = desk.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        document = html5lib.HTMLParser(strict=True).parse(answer.text)
        assert document.get("lang") == lang
        assert "<script" not in answer.text and " style=" not in answer.text
        ids = [node.get("id") for node in document.iter() if node.get("id")]
        assert len(ids) == len(set(ids)), path
        labelled = {node.get("for") for node in document.iter() if node.get("for")}
        assert labelled <= set(ids), path
        assert _unlabelled(document, labelled) == [], path


def _unlabelled(document: Any, labelled: set[str]) -> list[str]:
    """The fields that a screen reader can't name: neither within a label nor named by one."""
    within = {
        field
        for label in document.iter("{http://www.w3.org/1999/xhtml}label")
        for field in label.iter()
    }
    return [
        ElementTree.tostring(node, "unicode")[:200]
        for node in document.iter()
        if node.tag.rpartition("}")[2] in ("input", "select", "textarea")
        and node.get("type") != "hidden"
        and node not in within
        and node.get("id") not in labelled
    ]


def test_looking_changes_nothing(house: House) -> None:
    desk, paths = busy(house)

    def everything() -> dict[str, list[Any]]:
        with house.database.reading() as db:
            return {
                name: sorted(map(repr, db.execute(select(table))))
                for name, table in Base.metadata.tables.items()
                if name != "sessions"
            }

    before = everything()
    for path in paths:
        desk.get(path)
    assert everything() == before


def test_scripts_in_every_field_are_harmless(house: House) -> None:
    desk = signed_in(house, name=SCRIPT)
    refused = [take_in(desk, **dict.fromkeys(ARTICLE, SCRIPT))]
    fields = dict.fromkeys(("publisher", "title", "dateline"), SCRIPT)
    url = "https://x/'onclick='alert(1)"
    assert take_in(desk, **fields, url=url, text=f"{SCRIPT} {{{{ 7*7 }}}}").status_code == 303
    fields = dict.fromkeys(("title_ms", "title_en", "place_ms", "place_en", "gist_en"), SCRIPT)
    said = {"quote": SCRIPT, "when": "31 Oct 2025", "status": "scheduled", **fields}
    refused.append(desk.post(f"{PAGE}/drafts", PAGE, **dict.fromkeys([*said, "about"], SCRIPT)))
    for about in ("", "admm-19"):
        path = desk.post(f"{PAGE}/drafts", PAGE, **said, about=about).headers["Location"]
        refused += [desk.get(path), desk.get(PAGE), desk.get("/desk/drafts"), desk.get("/desk/")]
        refused.append(accept(desk, path, slug=SCRIPT if not about else "", reason=SCRIPT))
        accept(desk, path, slug="bad", reason=SCRIPT)
    for path in ("/desk/events/bad", "/desk/events/admm-19", "/desk/audit", "/desk/articles"):
        refused.append(desk.get(path))
    for path in ("/", "/events/bad", "/events/admm-19", "/changes.atom"):
        refused.append(house.client.get(path))
    for page in refused:
        assert SCRIPT not in page.text
        assert "'onclick='" not in page.text
    assert "{{ 7*7 }}" in desk.get(PAGE).text


POSTS = (
    "/desk/articles/new",
    "/desk/articles/read",
    f"{PAGE}/edit",
    f"{PAGE}/drafts",
    "/desk/drafts/accept",
    "/desk/drafts/1/accept",
    "/desk/drafts/1/change",
    "/desk/drafts/1/reject",
)


@pytest.mark.parametrize("path", POSTS)
def test_nothing_is_changed_without_a_form_of_ours(house: House, path: str) -> None:
    desk = signed_in(house)
    drafted(desk)
    before = known(house)
    for fields in ({}, {"csrf_token": "forged"}, {"csrf_token": Desk(house).token("/subscribe")}):
        answer = desk.send(path, {**ARTICLE, **SAID, "draft": "1", "key": "x", **fields})
        assert answer.status_code == 400
    assert desk.log()[0].what == Act.REFUSED
    assert (known(house), count(house), state(house, "/1")) == (before, 2, DraftState.WAITING)
    with house.database.reading() as db:
        assert drafts.get(db, 1).proposal.place == Texts({"en": "Kuala Lumpur"})
        assert facts.claims_of_article(db, "second") == []


@pytest.mark.parametrize("path", POSTS)
def test_nobody_gets_in_without_a_session(house: House, path: str) -> None:
    drafted(signed_in(house))
    stranger = Desk(house)
    fields = {"csrf_token": stranger.token("/desk/sign-in"), **ARTICLE, **SAID, "draft": "1"}
    assert stranger.send(path, fields | {"key": "x"}).status_code == 403
    assert (count(house), state(house, "/1")) == (2, DraftState.WAITING)
    for page in (PAGE, "/desk/drafts/1", "/desk/drafts", "/desk/articles"):
        answer = stranger.get(page)
        assert answer.status_code == 303
        assert SECRET not in answer.text
