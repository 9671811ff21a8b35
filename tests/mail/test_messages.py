"""What the mails say, and how they are built. Snapshots: `UPDATE_GOLDEN=1 pytest tests/mail`."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

import icalendar
import pytest

from calendar_svc.actions.delivering import deliver
from calendar_svc.actions.reminding import remind
from calendar_svc.domain.account import Editor, Role
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, Origin
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.revision import FactName
from calendar_svc.domain.subscriber import DEFAULT_LEADS, Subscriber
from calendar_svc.domain.texts import Texts
from calendar_svc.ical.component import Voice, vcalendar, vevent
from calendar_svc.links import Links, PasswordTicket, Purpose
from calendar_svc.mail import messages
from calendar_svc.mail.messages import Post, Wanted
from calendar_svc.mail.smtp import Postbox
from calendar_svc.store.base import Database
from tests.fakes import KeptMail
from tests.make import KEY, KL, NOW, SITE, announced, change, event, subscribed

SNAPSHOTS = Path(__file__).parent / "snapshots"
LANGUAGES = ("en", "ms")
ORDER = ("ms", "en")
SENDER = "calendar@example.org"
MORNING = datetime(2027, 3, 25, 1, 0, tzinfo=UTC)
"""A week before the meeting, 09:00 in Kuala Lumpur."""
EVE = datetime(2027, 10, 30, 1, 0, tzinfo=UTC)
CLOCK = "2027-04-01T09:00:00+08:00[Asia/Kuala_Lumpur]"
CLAIM = Claim(
    key="bernama-1",
    event="uid-1",
    origin=Origin.ARTICLE,
    since=NOW - timedelta(days=9),
    article=Article("bernama-1", "Bernama", "ms", date(2027, 2, 20)),
)
HOSTILE = {
    "html": "<script>alert(1)</script> & <img src=x onerror=y> \"ADMM\" 'x'",
    "newline": "ADMM\r\nBcc: eve@example.org\n\nStatus: Cancelled",
    "long": "ADMM " + "x" * 450,
    "long words": "Mesyuarat Menteri-Menteri Pertahanan " * 13,
    "emoji": "ADMM 🕊️ 國防部長會議 אבג",
    "percent": "100% of %(title)s %s {{ leave }} {% if x %}",
    "encoded word": "=?utf-8?q?Bcc=3A?= ADMM",
}


def post(
    *, to: str = "bo@example.org", lang: str = "en", zone: str = KL, links: Links = SITE.links
) -> Post:
    bo = Subscriber(1, to, 1, NOW - timedelta(days=20))
    return Post(SENDER, bo, lang, zone, "reminder:1:uid-1:-:10080:0", NOW, MORNING, links)


def reminder(
    meeting: Event | None = None,
    *,
    of: Post | None = None,
    claims: Sequence[Claim] = (),
) -> EmailMessage:
    """Bo's reminder with a calendar as `delivering` makes it."""
    meeting, of = meeting or event(), of or post()
    voice, page = Voice(of.lang, ORDER), of.links.event(meeting.slug)
    written = vevent(meeting, voice, url=page, organizer=of.sender, stamp=of.now)
    calendar = vcalendar(
        [written], name="x", description="x", voice=voice, timezone=KL, url=page, method="PUBLISH"
    )
    return messages.reminder(of, meeting, languages=ORDER, claims=claims, calendar=calendar)


def confirmation(of: Post | None = None, name: str = "Official meetings") -> EmailMessage:
    return messages.confirmation(
        of or post(),
        [Wanted(name, DEFAULT_LEADS), Wanted("ADMM – Ministers", [timedelta(hours=1)])],
    )


def invitation(of: Post | None = None, *, has_password: bool = False) -> EmailMessage:
    ada = Editor(1, "ada@example.org", "Ada", Role.EDITOR, 3, has_password)
    key = "invite:1:3:0"
    return messages.invitation(replace(of or post(), to=ada, key=key), ada)


def text(message: EmailMessage) -> str:
    return _part(message, "plain")


def html(message: EmailMessage) -> str:
    return _part(message, "html")


def calendar(message: EmailMessage) -> icalendar.Component:
    """The meeting in the mail, read by somebody else's reader."""
    (part,) = message.iter_attachments()
    (found,) = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    return found


def sent(message: EmailMessage) -> EmailMessage:
    """The mail as the reader's program has it, after the wire."""
    received = message_from_bytes(message.as_bytes(policy=SMTP), policy=default)
    assert isinstance(received, EmailMessage)
    return received


def raw_header(message: EmailMessage, name: str) -> str:
    """A header as it stands on the wire, unfolded but not decoded."""
    head, _, _ = message.as_bytes(policy=SMTP).partition(b"\r\n\r\n")
    unfolded = re.sub(rb"\r\n(?=[ \t])", b"", head).decode()
    (found,) = re.findall(rf"(?mi)^{name}:[ \t]*(.*?)\r?$", unfolded)
    return str(found)


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    return str(part.get_content())


BOTH = pytest.mark.parametrize("message", [reminder(), confirmation()], ids=["reminder", "confirm"])


# headers


@BOTH
def test_every_mail_says_from_whom_to_whom_and_when(message: EmailMessage) -> None:
    message = sent(message)
    assert message["From"].addresses[0].addr_spec == SENDER
    assert message["From"].addresses[0].display_name == "Official meetings"
    assert [to.addr_spec for to in message["To"].addresses] == ["bo@example.org"]
    assert parsedate_to_datetime(message["Date"]) == MORNING
    assert not message.defects


@BOTH
def test_every_mail_names_its_language(message: EmailMessage) -> None:
    assert sent(message)["Content-Language"] == "en"


@BOTH
def test_no_header_is_there_twice(message: EmailMessage) -> None:
    names = [name.lower() for name in message.keys()]  # noqa: SIM118 - a mapping with duplicates
    assert len(names) == len(set(names))
    assert message["Bcc"] is None and message["Cc"] is None


@BOTH
def test_no_robot_answers_a_mail_of_ours(message: EmailMessage) -> None:
    assert sent(message)["Auto-Submitted"] == "auto-generated"  # RFC 3834, section 5


@BOTH
def test_every_mail_belongs_to_one_list(message: EmailMessage) -> None:
    assert raw_header(message, "List-Id") == "<calendar.example.org>"  # RFC 2919, section 3


def test_the_subject_says_what_when_and_how_far_off() -> None:
    assert reminder()["Subject"] == "Reminder: 21st ADMM, 1 April 2027 – in 7 days"


def test_the_message_id_is_the_deliverys_and_no_others() -> None:
    def identity(of: Post) -> str:
        return raw_header(reminder(of=of), "Message-ID")

    first = identity(post())
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", first)
    assert identity(replace(post(), now=MORNING + timedelta(hours=3))) == first
    # another lead, another address, the same key in a database made anew
    for other in (
        replace(post(), key="reminder:1:uid-1:-:1440:0"),
        post(to="ada@example.org"),
        replace(post(), due_at=NOW + timedelta(days=1)),
    ):
        assert identity(other) != first


def test_the_same_message_is_the_same_bytes() -> None:
    assert reminder().as_bytes() == reminder().as_bytes()


@pytest.mark.parametrize(
    "base",
    [
        "https://calendar.example.org",
        "https://calendar.department-of-protocol.ministry-of-defence.example.gov.my/meetings",
    ],
)
@pytest.mark.parametrize("make", [lambda of: reminder(of=of), confirmation])
def test_one_click_leaving_stands_on_the_wire_as_rfc_8058_wants(
    make: Callable[[Post], EmailMessage], base: str
) -> None:
    of = post(links=Links(base, (KEY,)))
    message = make(of)
    assert raw_header(message, "List-Unsubscribe") == f"<{of.leave}>"
    assert raw_header(message, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"


@BOTH
def test_one_click_leaving_opens_for_this_reader(message: EmailMessage) -> None:
    address = str(message["List-Unsubscribe"]).strip("<>")
    assert str(message["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    path, _, query = address.removeprefix("https://calendar.example.org/subscriptions/").partition(
        "?"
    )
    assert query == "lang=en"
    ticket = SITE.links.open(path.removesuffix("/leave"), Purpose.LEAVE)
    assert (ticket.subscriber, ticket.purpose) == (1, Purpose.LEAVE)


# parts


def test_a_reminder_is_text_html_and_a_calendar_file() -> None:
    message = sent(reminder())
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]


def test_a_confirmation_is_text_and_html() -> None:
    assert [part.get_content_type() for part in sent(confirmation()).walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_the_calendar_file_names_its_method_and_charset() -> None:
    (part,) = sent(reminder()).iter_attachments()
    parameters = part["Content-Type"].params
    assert dict(parameters) == {"charset": "utf-8", "method": "PUBLISH"}
    assert part.get_filename() == "admm-21.ics"
    content = part.get_content()
    assert "METHOD:PUBLISH\r\n" in content.replace("\r\n", "\n").replace("\n", "\r\n")


def test_the_calendar_file_is_the_event_with_an_organizer() -> None:
    found = calendar(sent(reminder(event(sequence=3))))
    assert found["UID"] == "uid-1"
    assert found["SEQUENCE"] == 3
    assert found["ORGANIZER"] == f"mailto:{SENDER}"
    assert found.decoded("DTSTART") == date(2027, 4, 1)
    assert found.decoded("DTSTAMP") == MORNING


def test_the_calendar_file_is_crlf_to_the_octet() -> None:
    (part,) = sent(reminder()).iter_attachments()
    octets = part.get_payload(decode=True)
    assert isinstance(octets, bytes)
    assert octets.startswith(b"BEGIN:VCALENDAR\r\n") and octets.endswith(b"END:VCALENDAR\r\n")
    assert octets.count(b"\n") == octets.count(b"\r\n")


def test_a_delivered_calendar_file_is_the_event_as_it_stands(database: Database) -> None:
    kept = KeptMail()
    with database.transaction() as db:
        subscribed(db)
        uid = announced(db)
        change(db, uid, {FactName.PLACE: Texts({"en": "Kota Tinggi"})}, now=NOW - timedelta(days=9))
        remind(db, now=datetime(2027, 3, 25, 0, 59, tzinfo=UTC))
        remind(db, now=datetime(2027, 3, 25, 1, 0, tzinfo=UTC))
    moment = datetime(2027, 3, 25, 1, 5, tzinfo=UTC)
    postbox = Postbox(kept, SENDER)
    assert deliver(database.transaction, postbox, now=lambda: moment, site=SITE) == 1
    found = calendar(sent(kept.messages[0]))
    assert (found["UID"], found["SEQUENCE"]) == (uid, 1)
    assert found["LOCATION"] == "Kota Tinggi"
    assert found["ORGANIZER"] == f"mailto:{SENDER}"
    assert found["URL"] == "https://calendar.example.org/events/admm-21?lang=en"


class _Page(HTMLParser):
    """The tags of a page, and what a browser would fetch or run for them."""

    FETCH = ("src", "srcset", "background", "data", "poster", "action", "ping")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.heading = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), f"{tag} runs {name}"
            assert "url(" not in (value or "")
            if name in self.FETCH:
                self.fetched.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.tags and self.tags[-1] == "h1" and not self.heading:
            self.heading = data
        if self.tags and self.tags[-1] == "style":
            assert "url(" not in data and "@import" not in data


@BOTH
def test_a_mail_fetches_nothing_and_runs_nothing(message: EmailMessage) -> None:
    page = _Page(html(message))
    assert page.fetched == []
    assert not {"script", "img", "link", "iframe", "form", "object", "video"} & set(page.tags)
    assert all(link.startswith("https://calendar.example.org/") for link in page.links)


@BOTH
def test_both_forms_of_a_mail_link_to_the_same_pages(message: EmailMessage) -> None:
    told = set(re.findall(r"https://\S+", text(message)))
    assert told
    assert told <= set(_Page(html(message)).links)


@BOTH
def test_a_mail_is_small(message: EmailMessage) -> None:
    assert len(message.as_bytes(policy=SMTP)) < 10_000


@BOTH
def test_a_mail_names_the_zone(message: EmailMessage) -> None:
    assert KL in text(message) and KL in html(message)


def test_a_confirmation_offers_no_link_that_does_anything_but_ask() -> None:
    assert not any(link.endswith("/leave") for link in _Page(html(confirmation())).links)


def test_the_confirmation_link_opens_for_this_reader_and_this_purpose() -> None:
    (address,) = re.findall(r"https://\S+/confirm", text(confirmation()))
    token = address.split("/")[-2]
    assert SITE.links.open(token, Purpose.CONFIRM).subscriber == 1


# to editors


def test_an_invitation_belongs_to_no_list_and_can_not_be_left() -> None:
    received = sent(invitation())
    assert [to.addr_spec for to in received["To"].addresses] == ["ada@example.org"]
    assert received["Auto-Submitted"] == "auto-generated"
    assert not [name for name in received if name.lower().startswith("list-")]
    assert "leave" not in received.as_string()


def test_the_link_of_an_invitation_sets_this_editors_password() -> None:
    message = invitation()
    (address,) = re.findall(r"https://\S+/desk/password/\S+", text(message))
    token = address.rpartition("/")[2].partition("?")[0]
    assert SITE.links.open_password(token) == PasswordTicket(1, 3)
    page = _Page(html(message))
    assert address in page.links
    assert page.fetched == []
    assert "Reminders of a day" not in page.words


# hostile words


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_title_is_harmless_in_the_headers(title: str) -> None:
    message = reminder(event(title=Texts({"en": title})))
    received = sent(message)
    assert "\n" not in received["Subject"] and "\r" not in received["Subject"]
    assert received["Subject"].startswith("Reminder: ")
    assert received["Bcc"] is None
    assert [to.addr_spec for to in received["To"].addresses] == ["bo@example.org"]
    head = message.as_bytes(policy=SMTP).partition(b"\r\n\r\n")[0]
    assert head.isascii()
    # RFC 5322, section 2.1.1
    assert max(map(len, head.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "encoded word"])
def test_a_hostile_title_arrives_whole_in_the_subject(name: str) -> None:
    title = HOSTILE[name]
    subject = sent(reminder(event(title=Texts({"en": title}))))["Subject"]
    assert (
        " ".join(subject.split())
        == f"Reminder: {' '.join(title.split())}, 1 April 2027 – in 7 days"
    )


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_title_is_only_words_in_html(title: str) -> None:
    page, plain = _Page(html(reminder(event(title=Texts({"en": title}))))), _Page(html(reminder()))
    assert page.tags == plain.tags
    assert page.links == plain.links
    assert " ".join(page.heading.split()) == " ".join(title.split())


@pytest.mark.parametrize("place", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_place_is_only_words_in_html(place: str) -> None:
    page, plain = _Page(html(reminder(event(place=Texts({"en": place}))))), _Page(html(reminder()))
    assert (page.tags, page.links) == (plain.tags, plain.links)
    assert " ".join(place.split()) in " ".join(page.words.split())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_title_stays_one_line_of_the_text(name: str) -> None:
    title = HOSTILE[name]
    lines = text(reminder(event(title=Texts({"en": title})))).splitlines()
    wanted = text(reminder()).splitlines()
    assert lines[0] == " ".join(title.split())
    assert lines[1:] == wanted[1:]


def _without_tokens(page: _Page) -> list[str]:
    """Its links; a token holds the second in which it was made."""
    return [re.sub("/subscriptions/[^/]+", "/subscriptions/…", link) for link in page.links]


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_series_is_only_words_in_a_confirmation(name: str) -> None:
    page, plain = _Page(html(confirmation(name=name))), _Page(html(confirmation()))
    assert (page.tags, _without_tokens(page)) == (plain.tags, _without_tokens(plain))
    assert sent(confirmation(name=name))["Subject"] == confirmation()["Subject"]


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_title_is_one_text_in_the_calendar_file(title: str) -> None:
    found = calendar(sent(reminder(event(title=Texts({"en": title})))))
    assert str(found["SUMMARY"]).split() == title.split()
    assert set(found) == set(calendar(reminder()))


# dates


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2027-10", "xpected in October 2027; the day is not announced"),
        ("2027-36", "xpected in 4th quarter 2027; the day is not announced"),
        ("2027", "xpected in 2027; the day is not announced"),
        (
            "[2027-09-01..2027-09-07]",
            "xpected on a day in 1–7 Sept 2027, not announced yet",
        ),
    ],
)
def test_a_vague_date_is_worded_as_vague(when: str, expected: str) -> None:
    message = reminder(event(when))
    assert f"When: e{expected}\n" in text(message)
    assert f"e{expected}" in message["Subject"]
    assert f"E{expected}" in _Page(html(message)).words
    assert str(calendar(message)["STATUS"]) == "TENTATIVE"


@pytest.mark.parametrize("when", ["2027-10", "2027-36", "2027"])
def test_a_vague_date_is_never_a_day_in_any_part(when: str) -> None:
    message = reminder(event(when))
    for said in (str(message["Subject"]), text(message), _Page(html(message)).words):
        assert not re.search(r"\b\d{1,2} (Jan|Oct|Dec)", said)
        assert not re.search(r"in \d+ days|tomorrow|today", said)


def test_of_a_meeting_that_begins_on_a_known_day_only_the_end_is_unknown() -> None:
    said = text(reminder(event("2027-10-31/2027-11"), of=replace(post(), now=EVE)))
    assert "the day is not announced" not in said
    assert "31 October 2027" in said and "tomorrow" in said
    assert "last day to be announced" in said


@pytest.mark.parametrize(
    ("today", "countdown"),
    [
        (date(2027, 3, 25), "in 7 days"),
        (date(2027, 3, 31), "tomorrow"),
        (date(2027, 4, 1), "today"),
    ],
)
def test_a_known_day_is_counted_down_to(today: date, countdown: str) -> None:
    morning = datetime(today.year, today.month, today.day, 1, 0, tzinfo=UTC)
    message = reminder(of=replace(post(), now=morning))
    assert f"When: 1 April 2027, {countdown}\n" in text(message)
    assert f"1 April 2027, {countdown}" in _Page(html(message)).words


def test_a_clock_time_names_the_city_whose_clock_it_is() -> None:
    said = text(reminder(event(CLOCK))).replace("\u202f", " ")  # CLDR's space before “am”
    assert "1 April 2027, 9:00 am (Kuala Lumpur)" in said


def test_a_reader_elsewhere_is_not_told_that_the_hour_is_theirs() -> None:
    said = text(reminder(event(CLOCK), of=post(zone="Europe/Berlin")))
    assert "Kuala Lumpur" in said
    assert "Reminders of a day come at 09:00, Europe/Berlin." in said


def test_an_hour_before_is_not_tomorrow_whatever_the_zone(database: Database) -> None:
    kept, start = KeptMail(), datetime(2027, 4, 1, 1, 0, tzinfo=UTC)
    with database.transaction() as db:
        # for New York it is the evening of 31 March when the meeting begins
        subscribed(db, leads=[timedelta(hours=1)], zone="America/New_York")
        announced(db, CLOCK)
        remind(db, now=start - timedelta(hours=1))
    moment = start - timedelta(minutes=59)
    deliver(database.transaction, Postbox(kept, SENDER), now=lambda: moment, site=SITE)
    assert "tomorrow" not in text(kept.messages[0])


def test_a_meeting_without_a_place_says_nothing_of_one() -> None:
    assert "Where" not in text(reminder(event(place=None)))


def test_a_title_is_given_in_the_readers_language_and_marked_as_what_it_is() -> None:
    assert '<h1 lang="en"' in html(reminder())
    malay = reminder(event(title=Texts({"ms": "ADMM ke-21"})))
    assert '<h1 lang="ms"' in html(malay)
    assert text(malay).startswith("ADMM ke-21\n")


def test_a_reminder_names_its_sources() -> None:
    said = text(reminder(claims=[CLAIM, replace(CLAIM, article=None, key="ada-1")]))
    assert said.count("Source:") == 1
    assert "Source: Bernama, 20 February 2027\n" in said


# snapshots

MAILS = {
    "confirm": lambda lang: confirmation(post(lang=lang)),
    "invite": lambda lang: invitation(post(lang=lang)),
    "invite-again": lambda lang: invitation(post(lang=lang), has_password=True),
    "reminder-day": lambda lang: reminder(of=post(lang=lang), claims=[CLAIM]),
    "reminder-days": lambda lang: reminder(event("2027-04-01/2027-04-03"), of=post(lang=lang)),
    "reminder-clock": lambda lang: reminder(event(CLOCK), of=post(lang=lang), claims=[CLAIM]),
    "reminder-month": lambda lang: reminder(
        event("2027-10", status=Status.TENTATIVE), of=post(lang=lang), claims=[CLAIM]
    ),
    "reminder-within": lambda lang: reminder(
        event("[2027-09-01..2027-09-07]", place=None), of=post(lang=lang)
    ),
    "reminder-year": lambda lang: reminder(event("2027"), of=post(lang=lang)),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_the_text_reads_as_it_did(name: str, lang: str) -> None:
    message = MAILS[name](lang)
    # links are signed with the time in them
    said = re.sub(r"(/subscriptions/|/desk/password/)[^/?]+", r"\1TOKEN", text(message))
    said = f"Subject: {message['Subject']}\n\n{said}"
    golden = SNAPSHOTS / f"{name}.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")
