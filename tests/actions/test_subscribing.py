"""Consent first: nobody is written to who didn't answer, and nobody learns who did."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from calendar_svc.actions import subscribing
from calendar_svc.actions.subscribing import Wish, check_email, check_leads
from calendar_svc.domain.delivery import Delivery, DeliveryKind, DeliveryState
from calendar_svc.domain.errors import NotFound, Refused
from calendar_svc.domain.subscriber import DEFAULT_LEADS, Subscriber, Subscription
from calendar_svc.links import Links, Purpose, Ticket
from calendar_svc.store import deliveries, subscribers
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Database
from calendar_svc.store.tables import SubscriberRow
from tests.make import ADMM, KL, NOW, SITE, subscribed

BO = "bo@example.org"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BAD_ADDRESSES = {
    "nothing": "",
    "only spaces": "   ",
    "no at": "bo.example.org",
    "two ats": "bo@@example.org",
    "no domain": "bo@",
    "no name": "@example.net",
    "no dot": "bo@localhost",
    "two addresses": "bo@example.org, eve@example.org",
    "two addresses by semicolon": "bo@example.org;eve@example.org",
    "two addresses by space": "bo@example.org eve@example.org",
    "a header": "bo@example.org\nBcc: eve@example.org",
    "a header with crlf": "bo@example.org\r\nBcc: eve@example.org",
    "a body": "bo@example.org\r\n\r\nBuy now",
    "a line break in the name": "b\no@example.org",
    "a line break in the domain": "bo@exam\r\nple.org",
    "a thousand letters": "b" * 1000 + "@example.org",
    "a thousand letters of domain": "bo@" + "a." * 500 + "org",
    "null": "bo\x00@example.org",
    "a tab": "bo\t@example.org",
    "a next line": "bo\x85@example.org",
    "backwards": "bo\u202e@example.org",
    "nothing wide": "bo\u200b@example.org",
    "a display name": "Bo <bo@example.org>",
    "quotes": '"bo bo"@example.org',
    "a number of a host": "bo@[127.0.0.1]",
    "markup": "<script>@example.org",
}


def ask(
    db: Session,
    email: str = BO,
    feed: str = "all",
    leads: tuple[timedelta, ...] = DEFAULT_LEADS,
    *,
    lang: str = "en",
    zone: str = KL,
    after: timedelta = timedelta(0),
) -> None:
    wish = Wish(check_email(email), feed, leads, lang, zone)
    subscribing.ask(db, wish, now=NOW + after)


def ticket(purpose: Purpose = Purpose.CONFIRM, *, of: int = 1, version: int = 1) -> Ticket:
    """What a link says, taken through its signature."""
    token = SITE.links.ticket(of, purpose, version).split("/")[-2]
    return SITE.links.open(token, purpose)


def bo(db: Session) -> Subscriber:
    found = subscribers.get(db, 1)
    assert found is not None
    return found


def wishes(db: Session) -> list[Subscription]:
    return subscribers.subscriptions_of(db, 1)


def mails(db: Session) -> list[Delivery]:
    return deliveries.every(db)


# asking


def test_asking_queues_one_mail_that_asks_back(database: Database) -> None:
    with database.transaction() as db:
        ask(db)
        (mail,) = mails(db)
        assert (mail.kind, mail.state) == (DeliveryKind.CONFIRM, DeliveryState.QUEUED)
        assert (mail.subscriber, mail.due_at) == (bo(db).id, NOW)


def test_a_wish_waits_until_it_is_confirmed(database: Database) -> None:
    with database.transaction() as db:
        ask(db)
        assert bo(db).confirmed_at is None
        assert [wish.confirmed_at for wish in wishes(db)] == [None]
        assert subscribers.confirmed(db) == []


def test_the_answer_is_the_same_for_a_new_a_waiting_and_a_confirmed_address(
    database: Database,
) -> None:
    with database.transaction() as db:
        subscribed(db, "confirmed@example.org")
        ask(db, "waiting@example.org")
        before = len(mails(db))
        for email in ("new@example.org", "waiting@example.org", "confirmed@example.org"):
            ask(db, email)  # returns nothing, raises nothing
        assert len(mails(db)) == before + 3
        assert {mail.kind for mail in mails(db)} == {DeliveryKind.CONFIRM}


def test_an_address_that_is_tired_of_mails_gets_the_same_answer_and_none(
    database: Database,
) -> None:
    with database.transaction() as db:
        for hours in range(6):
            ask(db, after=hours * HOUR)
        assert len(mails(db)) == subscribing.CONFIRMATIONS == 3


def test_other_addresses_are_not_counted_with_it(database: Database) -> None:
    with database.transaction() as db:
        for _ in range(4):
            ask(db)
        ask(db, "cy@example.org")
        assert len(mails(db)) == 4


@pytest.mark.parametrize("purpose", Purpose)
def test_an_answer_lets_three_more_mails_through(database: Database, purpose: Purpose) -> None:
    answer = subscribing.confirm if purpose is Purpose.CONFIRM else subscribing.leave
    with database.transaction() as db:
        for _ in range(4):
            ask(db)
        answer(db, ticket(purpose), now=NOW + HOUR)
        for _ in range(4):
            ask(db, after=2 * HOUR)
        assert len(mails(db)) == 6
        assert len({mail.key for mail in mails(db)}) == 6


def test_the_same_address_in_other_letters_is_the_same_reader(database: Database) -> None:
    with database.transaction() as db:
        ask(db, BO)
        ask(db, "  Bo@EXAMPLE.org ")
        assert {mail.subscriber for mail in mails(db)} == {1}


def test_asking_again_while_waiting_replaces_the_wish(database: Database) -> None:
    with database.transaction() as db:
        ask(db, leads=(DAY,))
        ask(db, leads=(7 * DAY,), lang="ms", zone="Europe/Berlin")
        assert [wish.leads for wish in wishes(db)] == [(7 * DAY,)]
        (wish,) = wishes(db)
        assert (wish.lang, wish.zone) == ("ms", "Europe/Berlin")


def test_wishes_for_different_feeds_stand_side_by_side(database: Database) -> None:
    with database.transaction() as db:
        series_store.save(db, ADMM)
        ask(db, feed="all", leads=(DAY,))
        ask(db, feed="admm", leads=(HOUR,))
        found = {(wish.series, wish.leads) for wish in wishes(db)}
        assert found == {(None, (DAY,)), ("admm", (HOUR,))}


@pytest.mark.parametrize("feed", ["nothing", "private", "ALL"])
def test_a_feed_that_does_not_exist_is_not_found_and_nothing_is_kept(
    database: Database, feed: str
) -> None:
    with pytest.raises(NotFound, match="no feed"), database.transaction() as db:
        ask(db, feed=feed)
    with database.transaction() as db:
        assert subscribers.get(db, 1) is None
        assert mails(db) == []


def test_nothing_is_kept_of_an_unknown_feed_even_if_the_caller_goes_on(
    database: Database,
) -> None:
    with database.transaction() as db:
        with pytest.raises(NotFound):
            ask(db, feed="nothing")
        assert subscribers.get(db, 1) is None


def test_two_requests_at_once_for_one_new_address_both_succeed(database: Database) -> None:
    faults: list[Exception] = []

    def again() -> None:
        try:
            with database.transaction() as db:
                ask(db)
        except Exception as fault:
            faults.append(fault)

    with _meanwhile(again), database.transaction() as db:
        ask(db)
        time.sleep(0.3)  # the other one looks now, and waits for us
    assert faults == []
    with database.transaction() as db:
        assert len(wishes(db)) == 1


@contextmanager
def _meanwhile(other: Callable[[], None]) -> Iterator[None]:
    def late() -> None:
        time.sleep(0.1)
        other()

    thread = Thread(target=late)
    thread.start()
    yield
    thread.join(20)


# confirming


def test_confirming_confirms_the_address_and_all_its_wishes(database: Database) -> None:
    with database.transaction() as db:
        series_store.save(db, ADMM)
        ask(db)
        ask(db, feed="admm")
        subscribing.confirm(db, ticket(), now=NOW + HOUR)
        assert bo(db).confirmed_at == NOW + HOUR
        assert {wish.confirmed_at for wish in wishes(db)} == {NOW + HOUR}
        assert len(subscribers.confirmed(db)) == 2


def test_confirming_returns_the_reader_as_confirmed(database: Database) -> None:
    with database.transaction() as db:
        ask(db)
        assert subscribing.confirm(db, ticket(), now=NOW + HOUR) == bo(db)


def test_leaving_returns_the_reader_as_gone(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        assert subscribing.leave(db, ticket(Purpose.LEAVE), now=NOW) == bo(db)


def test_confirming_twice_changes_nothing(database: Database) -> None:
    with database.transaction() as db:
        ask(db)
        subscribing.confirm(db, ticket(), now=NOW + HOUR)
        before = [(wish.id, wish.leads, wish.confirmed_at) for wish in wishes(db)]
        subscribing.confirm(db, ticket(), now=NOW + 2 * HOUR)
        assert [(wish.id, wish.leads, wish.confirmed_at) for wish in wishes(db)] == before
        assert bo(db).confirmed_at == NOW + HOUR
        assert len(mails(db)) == 1


def test_asking_again_over_a_confirmed_wish_changes_it_only_on_confirming(
    database: Database,
) -> None:
    with database.transaction() as db:
        ask(db, leads=(DAY,))
        subscribing.confirm(db, ticket(), now=NOW + HOUR)
        ask(db, leads=(7 * DAY,), after=2 * HOUR)
        assert [wish.leads for wish in subscribers.confirmed(db)] == [(DAY,)]
        subscribing.confirm(db, ticket(), now=NOW + 3 * HOUR)
        assert [wish.leads for wish in wishes(db)] == [(7 * DAY,)]
        (wish,) = subscribers.confirmed(db)
        # it counts from its own confirming; the address was confirmed before
        assert wish.confirmed_at == NOW + 3 * HOUR
        assert wish.subscriber.confirmed_at == NOW + HOUR


def test_confirming_one_feed_leaves_the_wish_for_another_as_it_was(database: Database) -> None:
    with database.transaction() as db:
        series_store.save(db, ADMM)
        ask(db, feed="all", leads=(DAY,))
        subscribing.confirm(db, ticket(), now=NOW + HOUR)
        ask(db, feed="admm", leads=(HOUR,))
        subscribing.confirm(db, ticket(), now=NOW + 2 * HOUR)
        assert {(wish.series, wish.confirmed_at) for wish in wishes(db)} == {
            (None, NOW + HOUR),
            ("admm", NOW + 2 * HOUR),
        }


def test_a_stranger_who_asks_cannot_change_what_a_reader_has(database: Database) -> None:
    with database.transaction() as db:
        reader = subscribed(db, leads=(DAY,))
        ask(db, leads=(30 * DAY,), lang="ms", zone="Asia/Tokyo")
        assert bo(db) == reader
        assert [wish.leads for wish in subscribers.confirmed(db)] == [(DAY,)]


def test_a_reader_who_asks_again_and_confirms_gets_the_new_language_and_zone(
    database: Database,
) -> None:
    with database.transaction() as db:
        subscribed(db)
        ask(db, lang="ms", zone="Asia/Tokyo")
        subscribing.confirm(db, ticket(), now=NOW)
        (wish,) = wishes(db)
        assert (wish.lang, wish.zone) == ("ms", "Asia/Tokyo")


# looking and tickets


def test_looking_changes_nothing(database: Database) -> None:
    with database.transaction() as db:
        ask(db)
        before = bo(db), wishes(db), mails(db)
        for purpose in Purpose:
            assert subscribing.look(db, ticket(purpose)) == before[:2]
        assert (bo(db), wishes(db), mails(db)) == before


def test_a_revoked_ticket_no_longer_confirms(database: Database) -> None:
    with database.transaction() as db:
        ask(db)
        db.execute(update(SubscriberRow).values(key_version=2))
    with database.transaction() as db:
        for action in (subscribing.look, _confirm):
            with pytest.raises(NotFound, match="no longer valid"):
                action(db, ticket(version=1))
        assert bo(db).confirmed_at is None
        _confirm(db, ticket(version=2))
        assert bo(db).confirmed_at == NOW


def test_a_revoked_ticket_still_leaves(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        db.execute(update(SubscriberRow).values(key_version=2))
    with database.transaction() as db:
        subscribing.leave(db, ticket(Purpose.LEAVE, version=1), now=NOW)
        assert wishes(db) == []


@pytest.mark.parametrize("purpose", Purpose)
def test_a_ticket_of_somebody_who_is_not_there_is_not_found(
    database: Database, purpose: Purpose
) -> None:
    with database.transaction() as db:
        ask(db)
        with pytest.raises(NotFound):
            subscribing.look(db, ticket(purpose, of=99))


def test_one_readers_ticket_does_nothing_to_another(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        cy = subscribed(db, "cy@example.org")
        subscribing.leave(db, ticket(Purpose.LEAVE, of=cy.id), now=NOW)
        assert [wish.subscriber.email for wish in subscribers.confirmed(db)] == [BO]


@pytest.mark.parametrize("purpose", Purpose)
def test_a_ticket_signed_by_somebody_else_is_not_found(purpose: Purpose) -> None:
    foreign = Links(SITE.links.base, ("a key of somebody else's",))
    token = foreign.ticket(1, purpose, 1).split("/")[-2]
    with pytest.raises(NotFound):
        SITE.links.open(token, purpose)


def test_a_ticket_serves_one_purpose_only() -> None:
    for given, wanted in ((Purpose.LEAVE, Purpose.CONFIRM), (Purpose.CONFIRM, Purpose.LEAVE)):
        token = SITE.links.ticket(1, given, 1).split("/")[-2]
        with pytest.raises(NotFound):
            SITE.links.open(token, wanted)


# leaving


def test_leaving_ends_everything_confirmed_or_waiting(database: Database) -> None:
    with database.transaction() as db:
        series_store.save(db, ADMM)
        subscribed(db)
        ask(db, feed="admm")
        subscribing.leave(db, ticket(Purpose.LEAVE), now=NOW + HOUR)
        assert wishes(db) == []
        assert bo(db).confirmed_at is None


def test_leaving_twice_changes_nothing(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        for hours in range(2):
            subscribing.leave(db, ticket(Purpose.LEAVE), now=NOW + hours * HOUR)
        assert wishes(db) == []
        assert bo(db).confirmed_at is None


def test_whoever_never_confirmed_can_leave_too(database: Database) -> None:
    with database.transaction() as db:
        ask(db)
        subscribing.leave(db, ticket(Purpose.LEAVE), now=NOW + HOUR)
        assert wishes(db) == []


def test_whoever_left_can_come_back(database: Database) -> None:
    with database.transaction() as db:
        subscribed(db)
        subscribing.leave(db, ticket(Purpose.LEAVE), now=NOW)
        ask(db, leads=(DAY,), after=HOUR)
        subscribing.confirm(db, ticket(), now=NOW + 2 * HOUR)
        assert bo(db).confirmed_at == NOW + 2 * HOUR
        assert [wish.leads for wish in subscribers.confirmed(db)] == [(DAY,)]


def test_an_old_confirmation_brings_nothing_back_after_leaving(database: Database) -> None:
    with database.transaction() as db:
        ask(db)
        subscribing.confirm(db, ticket(), now=NOW)
        subscribing.leave(db, ticket(Purpose.LEAVE), now=NOW + HOUR)
        _confirm(db, ticket())
        assert subscribers.confirmed(db) == []


# addresses and leads


@pytest.mark.parametrize("text", BAD_ADDRESSES.values(), ids=BAD_ADDRESSES.keys())
def test_what_is_not_one_address_is_refused_by_name_of_field(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_email(text)
    assert refusal.value.field == "email"
    # what was typed is not repeated: it may be markup, or somebody's address
    assert text.strip() == "" or text.strip() not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("bo@example.org", BO),
        (" Bo@Example.ORG\n", BO),
        ("bo+meetings@mail.example.org", "bo+meetings@mail.example.org"),
        ("büro@example.org", "büro@example.org"),
        ("bo@example.test", "bo@example.test"),
    ],
)
def test_an_address_is_kept_in_its_usual_form(text: str, email: str) -> None:
    assert check_email(text) == email


def test_leads_are_kept_longest_first_and_once() -> None:
    assert check_leads(["1440", "60", "10080", "60"]) == (7 * DAY, DAY, HOUR)


@pytest.mark.parametrize(
    "minutes",
    [[], [""], ["0"], ["-60"], ["61"], ["60.0"], ["1e3"], ["60", "soon"], ["060"], ["٦٠"], [" 60"]],
)
def test_leads_that_are_not_offered_are_refused_by_name_of_field(minutes: list[str]) -> None:
    with pytest.raises(Refused) as refusal:
        check_leads(minutes)
    assert refusal.value.field == "lead"


def _confirm(db: Session, ticket: Ticket) -> Subscriber:
    return subscribing.confirm(db, ticket, now=NOW)
