from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import itsdangerous.timed
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calendar_svc.domain.errors import NotFound
from calendar_svc.domain.when import When
from calendar_svc.links import CONFIRM_WITHIN, Links, PasswordTicket, Purpose, Ticket
from tests import make
from tests.strategies import whens

BASE = "https://calendar.example.org"
OLD, NEW = "the key of last year", "the key of this year"
LINKS = Links(BASE, (NEW,))

every_purpose = pytest.mark.parametrize("purpose", Purpose)


class Wall:
    """A wall clock for itsdangerous, in seconds."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def time(self) -> float:
        return self.seconds

    def forward(self, time: timedelta) -> None:
        self.seconds += time.total_seconds()


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    clock = Wall()
    monkeypatch.setattr(itsdangerous.timed, "time", clock)
    return clock


def token(links: Links, purpose: Purpose, subscriber: int = 7, version: int = 3) -> str:
    """The signed part of a link."""
    address = links.ticket(subscriber, purpose, version)
    before, found, after = address.removeprefix(f"{links.base}/").split("/")
    assert (before, after) == ("subscriptions", purpose.value)
    return found


# — signed links —


@given(st.integers(1, 2**63), st.integers(1, 10**6), st.sampled_from(Purpose))
def test_a_signed_link_says_for_whom_and_what_it_is(
    subscriber: int, version: int, purpose: Purpose
) -> None:
    made = token(LINKS, purpose, subscriber, version)
    assert LINKS.open(made, purpose) == Ticket(subscriber, purpose, version)


@every_purpose
def test_a_signed_link_is_safe_in_an_address_and_in_a_mail(purpose: Purpose) -> None:
    made = token(LINKS, purpose)
    assert set(made) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    # a line of a mail holds 998
    assert len(LINKS.ticket(2**63, purpose, 10**6)) < 200


@every_purpose
def test_a_link_opens_for_nothing_else(purpose: Purpose) -> None:
    for other in Purpose:
        if other is not purpose:
            with pytest.raises(NotFound, match="not complete"):
                LINKS.open(token(LINKS, purpose), other)


@given(st.sampled_from(Purpose), st.data())
def test_a_link_that_was_tampered_with_does_not_open(purpose: Purpose, data: st.DataObject) -> None:
    made = token(LINKS, purpose)
    place = data.draw(st.integers(0, len(made) - 1))
    letter = data.draw(st.sampled_from("ABCXYZabcxyz059-_.!é"))
    # the last letters of a part may carry bits that mean nothing
    assume(letter != made[place] and made[place + 1 : place + 2] not in ("", "."))
    with pytest.raises(NotFound):
        LINKS.open(made[:place] + letter + made[place + 1 :], purpose)


@given(st.sampled_from(Purpose), st.data())
def test_a_link_cut_short_does_not_open(purpose: Purpose, data: st.DataObject) -> None:
    made = token(LINKS, purpose)
    with pytest.raises(NotFound, match="copy it whole from the mail"):
        LINKS.open(made[: data.draw(st.integers(0, len(made) - 1))], purpose)


@given(st.text(max_size=80), st.sampled_from(Purpose))
def test_any_text_in_place_of_a_link_is_not_found(text: str, purpose: Purpose) -> None:
    with pytest.raises(NotFound):
        LINKS.open(text, purpose)


@pytest.mark.parametrize(
    "text", ["", ".", "..", "...", "a.b.c", "\x00", "\ud800", "é", "." * 10_000]
)
@every_purpose
def test_what_is_no_link_is_not_found(text: str, purpose: Purpose) -> None:
    with pytest.raises(NotFound, match="not complete"):
        LINKS.open(text, purpose)


@every_purpose
def test_a_link_signed_with_another_key_does_not_open(purpose: Purpose) -> None:
    with pytest.raises(NotFound, match="not complete"):
        Links(BASE, (OLD,)).open(token(LINKS, purpose), purpose)


@every_purpose
def test_an_old_key_after_the_new_one_still_opens(purpose: Purpose) -> None:
    both = Links(BASE, (NEW, OLD))
    before = token(Links(BASE, (OLD,)), purpose)
    assert both.open(before, purpose) == Ticket(7, purpose, 3)


@every_purpose
def test_the_newest_key_signs(purpose: Purpose) -> None:
    made = token(Links(BASE, (NEW, OLD)), purpose)
    assert Links(BASE, (NEW,)).open(made, purpose) == Ticket(7, purpose, 3)
    with pytest.raises(NotFound):
        Links(BASE, (OLD,)).open(made, purpose)


def test_a_link_to_confirm_opens_for_a_week(wall: Wall) -> None:
    assert timedelta(days=7) == CONFIRM_WITHIN
    made = token(LINKS, Purpose.CONFIRM)
    wall.forward(timedelta(days=7))
    assert LINKS.open(made, Purpose.CONFIRM).subscriber == 7
    wall.forward(timedelta(seconds=1))
    with pytest.raises(NotFound, match="older than 7 days; ask for a new one"):
        LINKS.open(made, Purpose.CONFIRM)


def test_a_link_to_leave_never_expires(wall: Wall) -> None:
    made = token(LINKS, Purpose.LEAVE)
    wall.forward(timedelta(days=365 * 30))
    assert LINKS.open(made, Purpose.LEAVE) == Ticket(7, Purpose.LEAVE, 3)


def test_a_link_to_leave_is_the_same_in_every_mail(wall: Wall) -> None:
    made = token(LINKS, Purpose.LEAVE)
    wall.forward(timedelta(days=1))
    assert token(LINKS, Purpose.LEAVE) == made


def test_an_expired_link_with_a_broken_signature_is_told_as_broken(wall: Wall) -> None:
    made = token(Links(BASE, (OLD,)), Purpose.CONFIRM)
    wall.forward(timedelta(days=30))
    with pytest.raises(NotFound, match="not complete"):
        LINKS.open(made, Purpose.CONFIRM)


def test_a_link_opens_on_a_machine_whose_clock_is_a_second_behind(wall: Wall) -> None:
    made = token(LINKS, Purpose.CONFIRM)
    wall.forward(-timedelta(seconds=1))
    assert LINKS.open(made, Purpose.CONFIRM).subscriber == 7


def test_whoever_wants_to_leave_always_can() -> None:
    assert not Purpose.LEAVE.can_be_revoked
    assert Purpose.CONFIRM.can_be_revoked


def test_keys_do_not_print() -> None:
    assert NEW not in repr(LINKS)


# — public addresses —


def test_the_addresses_that_we_promise() -> None:
    assert LINKS.home() == f"{BASE}/"
    assert LINKS.home("en", date(2025, 9, 27)) == f"{BASE}/?lang=en&as_of=2025-09-27"
    assert LINKS.event("admm-19") == f"{BASE}/events/admm-19"
    assert LINKS.event("admm-19", "en") == f"{BASE}/events/admm-19?lang=en"
    assert LINKS.event_calendar("admm-19", "en") == f"{BASE}/events/admm-19.ics?lang=en"
    assert LINKS.series("admm-plus") == f"{BASE}/series/admm-plus"
    assert LINKS.feed("all") == f"{BASE}/feeds/all.ics"
    assert LINKS.feed("admm", "ms") == f"{BASE}/feeds/admm.ics?lang=ms"
    assert LINKS.subscribe() == f"{BASE}/subscribe"
    assert LINKS.subscribe("ms") == f"{BASE}/subscribe?lang=ms"


@pytest.mark.parametrize("base", [BASE, "http://127.0.0.1:8000", "https://example.org/calendar"])
def test_a_calendar_program_is_called_by_webcal(base: str) -> None:
    links = Links(base, (NEW,))
    plain, webcal = links.feed("admm", "en"), links.feed_webcal("admm", "en")
    assert webcal.startswith("webcal://")
    assert webcal.split("://")[1] == plain.split("://")[1]


def test_google_and_outlook_are_given_the_feed_s_address_whole() -> None:
    google = _query(LINKS.feed_google("admm", "en"))
    assert google == {"cid": LINKS.feed_webcal("admm", "en")}
    outlook = _query(LINKS.feed_outlook("admm", "ADMM & ADMM-Plus", "en"))
    assert outlook == {"url": LINKS.feed("admm", "en"), "name": "ADMM & ADMM-Plus"}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_a_slug_can_not_break_out_of_its_address(slug: str) -> None:
    parts = urlsplit(LINKS.event(slug, "en"))
    assert (parts.netloc, parts.query, parts.fragment) == ("calendar.example.org", "lang=en", "")
    assert LINKS.event(slug).isascii()


# — “add to my calendar” —


@pytest.mark.parametrize(
    "when", [None, "2027-04", "2027-34", "2027", "[2027-04-05..2027-04-11]", "2027-04-30/2027-05"]
)
def test_there_is_nothing_to_add_while_the_days_are_not_known(when: str | None) -> None:
    event = make.event(when)
    assert LINKS.event_google(event, "ADMM", "Desaru", "en") is None
    assert LINKS.event_outlook(event, "ADMM", "Desaru", "en") is None


@given(whens)
def test_there_is_something_to_add_just_when_the_days_are_known(when: When) -> None:
    event = make.event(str(when))
    for address in (
        LINKS.event_google(event, "ADMM", "Desaru", "en"),
        LINKS.event_outlook(event, "ADMM", "Desaru", "en"),
    ):
        assert (address is None) == when.is_vague


@pytest.mark.parametrize(
    ("when", "dates"),
    [
        ("2027-04-01", "20270401/20270402"),
        ("2027-04-29/2027-05-01", "20270429/20270502"),
        ("2027-12-31", "20271231/20280101"),
        (
            "2027-04-01T14:00[Asia/Kuala_Lumpur]/2027-04-01T17:30[Asia/Kuala_Lumpur]",
            "20270401T060000Z/20270401T093000Z",
        ),
        ("2027-04-01T14:00[Asia/Kuala_Lumpur]", "20270401T060000Z/20270401T060000Z"),
        # half a clock time is told by its days
        ("2027-04-01T14:00[Asia/Kuala_Lumpur]/2027-04-03", "20270401/20270404"),
    ],
)
def test_google_is_told_the_days_or_the_moments(when: str, dates: str) -> None:
    address = LINKS.event_google(make.event(when), "ADMM & lain-lain", "Desaru, Johor", "en")
    assert address is not None
    assert address.startswith("https://calendar.google.com/calendar/render?")
    assert _query(address) == {
        "action": "TEMPLATE",
        "text": "ADMM & lain-lain",
        "dates": dates,
        "location": "Desaru, Johor",
        "details": f"{BASE}/events/admm-21?lang=en",
    }


@pytest.mark.parametrize(
    ("when", "start", "end", "allday"),
    [
        ("2027-04-01", "2027-04-01", "2027-04-02", "true"),
        ("2027-04-29/2027-05-01", "2027-04-29", "2027-05-02", "true"),
        (
            "2027-04-01T14:00[Asia/Kuala_Lumpur]/2027-04-01T17:30[Asia/Kuala_Lumpur]",
            "2027-04-01T06:00:00+00:00",
            "2027-04-01T09:30:00+00:00",
            "false",
        ),
        ("2027-04-01T14:00[Asia/Kuala_Lumpur]/2027-04-03", "2027-04-01", "2027-04-04", "true"),
    ],
)
def test_outlook_is_told_the_days_or_the_moments(
    when: str, start: str, end: str, allday: str
) -> None:
    address = LINKS.event_outlook(make.event(when), "ADMM & lain-lain", "Desaru, Johor", "ms")
    assert address is not None
    assert address.startswith("https://outlook.live.com/calendar/0/deeplink/compose?")
    assert _query(address) == {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": "ADMM & lain-lain",
        "startdt": start,
        "enddt": end,
        "allday": allday,
        "location": "Desaru, Johor",
        "body": f"{BASE}/events/admm-21?lang=ms",
    }


def _query(address: str) -> dict[str, str]:
    """The query of an address, each name once."""
    found = parse_qs(urlsplit(address).query, strict_parsing=True)
    assert all(len(values) == 1 for values in found.values())
    return {name: values[0] for name, values in found.items()}


# — links that set a password —


def password_token(links: Links = LINKS, editor: int = 7, version: int = 3) -> str:
    """The signed part of a link that sets a password."""
    address = links.password(editor, version, "ms")
    assert address.startswith(f"{links.base}/desk/password/") and address.endswith("?lang=ms")
    return address.removeprefix(f"{links.base}/desk/password/").removesuffix("?lang=ms")


def test_a_link_that_sets_a_password_says_whose() -> None:
    assert LINKS.open_password(password_token()) == PasswordTicket(7, 3)


@every_purpose
def test_a_subscribers_link_sets_no_password_and_an_editors_does_nothing_else(
    purpose: Purpose,
) -> None:
    with pytest.raises(NotFound, match="not complete"):
        LINKS.open_password(token(LINKS, purpose))
    with pytest.raises(NotFound, match="not complete"):
        LINKS.open(password_token(), purpose)


def test_a_link_that_sets_a_password_opens_for_a_week(wall: Wall) -> None:
    made = password_token()
    wall.forward(CONFIRM_WITHIN)
    assert LINKS.open_password(made) == PasswordTicket(7, 3)
    wall.forward(timedelta(seconds=2))
    with pytest.raises(NotFound, match="older than 7 days"):
        LINKS.open_password(made)


@given(st.text(max_size=80))
def test_any_text_in_place_of_a_link_sets_no_password(text: str) -> None:
    with pytest.raises(NotFound):
        LINKS.open_password(text)
