"""Every change is a revision; the states follow."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from calendar_svc.actions import editing, seeding
from calendar_svc.actions.editing import Amendment, Prepared
from calendar_svc.clock import day_start
from calendar_svc.domain.account import Act, Editor, Role
from calendar_svc.domain.article import Article
from calendar_svc.domain.claim import Claim, ClaimStatus, Origin, Relation
from calendar_svc.domain.draft import Proposal
from calendar_svc.domain.errors import CalendarError, Conflict, Gone, Moved, NotFound, Refused
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.evidence import disagreeing
from calendar_svc.domain.revision import Fact, FactName, FactValue, Revision
from calendar_svc.domain.series import Series
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import When
from calendar_svc.store import accounts, articles, audit, counters, drafts, events, facts, notes
from calendar_svc.store import series as series_store
from calendar_svc.store.base import Base, Database
from calendar_svc.store.events import Place, Sought
from calendar_svc.store.tables import StateRow
from tests import make
from tests.domain.test_history import facts_of, reference
from tests.strategies import revisions

JANUARY = Article("bernama-1", "Bernama", "ms", date(2027, 1, 10))
FEBRUARY = Article("bernama-2", "Bernama", "ms", date(2027, 2, 10))
TOMORROW = Article("bernama-3", "Bernama", "ms", date(2027, 3, 2))
APRIL, FIRST, SECOND = map(When.parse, ("2027-04", "2027-04-01", "2027-04-02"))
DESARU, MELAKA, SECRET = (
    Texts({"en": place}) for place in ("Desaru, Johor", "Melaka", "Bunker Rahsia")
)
WHEN, PLACE, STATUS, TITLE = FactName.WHEN, FactName.PLACE, FactName.STATUS, FactName.TITLE
SECONDLY = timedelta(seconds=1)


def moved(to: str, known_since: datetime = make.NOW) -> list[Fact]:
    return [Fact(FactName.WHEN, When.parse(to), known_since)]


def get(database: Database, at: datetime = make.NOW, slug: str = "admm-21") -> Event:
    with database.reading() as db:
        return events.get(db, slug, at)


def everything(database: Database) -> dict[str, list[Any]]:
    """Each row of each table."""
    with database.reading() as db:
        return {
            table.name: [
                tuple(row) for row in db.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in Base.metadata.sorted_tables
        }


def states(database: Database) -> list[Any]:
    """Each state of each event, but the number of its row."""
    with database.reading() as db:
        table = StateRow.__table__
        columns = [column for column in table.columns if column.name != "id"]
        order = table.c.event_id, table.c.known_from
        return [tuple(row) for row in db.execute(select(*columns).order_by(*order))]


@contextmanager
def untouched(database: Database) -> Iterator[None]:
    """Whatever happens in here, nothing of it is stored."""
    before = everything(database)
    yield
    assert everything(database) == before


@pytest.fixture
def uid(database: Database) -> str:
    with database.transaction() as db:
        return make.announced(db)


@pytest.fixture
def ada(database: Database) -> Editor:
    with database.transaction() as db:
        for article in (JANUARY, FEBRUARY, TOMORROW):
            articles.save(db, article)
        return make.editor(db, role=Role.ADMINISTRATOR, password=None)


def seen(db: Session, slug: str) -> int:
    return facts.revisions_of(db, events.place(db, slug).uid)[-1].number


def amend(
    database: Database,
    by: Editor,
    values: dict[FactName, FactValue],
    *,
    slug: str = "admm-21",
    now: datetime = make.NOW,
    **other: Any,
) -> Prepared:
    """Ada amends what she has just looked at."""
    with database.transaction() as db:
        return editing.amend(
            *(db, events.place(db, slug), Amendment(values, **other)),
            by=by,
            now=now,
            timezone=make.KL,
            seen=seen(db, slug),
        )


def last(database: Database, slug: str = "admm-21") -> Revision:
    with database.reading() as db:
        return facts.revisions_of(db, events.place(db, slug).uid)[-1]


def claims(database: Database, slug: str = "admm-21") -> list[Claim]:
    with database.reading() as db:
        return facts.claims_of(db, events.place(db, slug).uid)


def noted(database: Database) -> tuple[str, str, str, str]:
    """The last line of the audit log."""
    with database.reading() as db:
        (line,) = audit.latest(db, limit=1)
    return line.who, line.what, line.subject, line.detail


# --- recording ------------------------------------------------------------------------------


def test_a_change_is_the_next_revision(database: Database, uid: str) -> None:
    with database.transaction() as db:
        before = counters.read(db, counters.FACTS)
        made = editing.record(db, uid, moved("2027-04-02"), by="Ada", now=make.NOW, seen=1)
        assert counters.read(db, counters.FACTS) == before + 1
        revisions = facts.revisions_of(db, uid)
    assert (made.number, made.recorded_by, made.recorded_at) == (2, "Ada", make.NOW)
    assert revisions[-1] == made
    event = get(database)
    assert (str(event.when), event.sequence, event.when_no) == ("2027-04-02", 1, 1)
    assert (event.modified_at, event.when_since) == (make.NOW, make.NOW)


def test_who_looked_at_an_older_revision_is_told_so(database: Database, uid: str) -> None:
    with database.transaction() as db:
        editing.record(db, uid, moved("2027-04-02"), by="Ada", now=make.NOW, seen=1)
    with pytest.raises(Conflict), database.transaction() as db:
        editing.record(db, uid, moved("2027-04-03"), by="Bea", now=make.NOW, seen=1)
    assert str(get(database).when) == "2027-04-02"


def test_of_two_who_saw_the_same_one_wins(database: Database, uid: str) -> None:
    def change(day: int) -> bool:
        try:
            with database.transaction() as db:
                editing.record(db, uid, moved(f"2027-05-0{day}"), by="Ada", now=make.NOW, seen=1)
        except Exception:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(change, range(1, 5))).count(True) == 1
    with database.reading() as db:
        assert [one.number for one in facts.revisions_of(db, uid)] == [1, 2]


def test_what_others_see_alone_raises_the_sequence(database: Database, uid: str) -> None:
    with database.transaction() as db:
        make.change(db, uid, {FactName.TITLE: Texts({"en": "ADMM"})})
        assert events.get(db, "admm-21", make.NOW).sequence == 0
        make.change(db, uid, {FactName.PLACE: Texts({"en": "Kuala Lumpur"})})
        make.change(db, uid, {FactName.STATUS: Status.CANCELLED})
    event = get(database)
    assert (event.sequence, event.when_no, event.revision) == (2, 0, 4)


def test_evidence_that_comes_late_completes_the_past(database: Database, uid: str) -> None:
    """It never overwrites what is known since later, nor counts as a change of today."""
    early = datetime(2027, 1, 1, tzinfo=UTC)
    with database.transaction() as db:
        editing.record(db, uid, moved("2027-04", early), by=None, now=make.NOW)
    now, then = get(database), get(database, early)
    assert (str(now.when), now.sequence, now.when_no) == ("2027-04-01", 0, 0)
    assert str(then.when) == "2027-04"
    assert then.title == now.title


def test_in_simulated_time_a_change_takes_effect_when_it_is_known(
    database: Database, uid: str
) -> None:
    with database.transaction() as db:
        notes.write(db, notes.CLOCK, notes.SIMULATED)
        known = make.NOW + timedelta(days=10)
        editing.record(db, uid, moved("2027-04-02", known), by=None, now=make.NOW)
    event = get(database, known)
    assert (event.modified_at, event.when_since) == (known, known)
    assert str(get(database).when) == "2027-04-01"


def test_working_out_again_changes_nothing(database: Database, uid: str) -> None:
    with database.transaction() as db:
        make.change(db, uid, {FactName.WHEN: When.parse("2027-04-02")})
    before = get(database)
    with database.transaction() as db:
        editing.work_out(db, uid)
    assert get(database) == before


# --- thinking a change through --------------------------------------------------------------


def prepare(
    database: Database, by: Editor, values: dict[FactName, FactValue], **other: Any
) -> Prepared:
    with database.transaction() as db:
        place = events.place(db, "admm-21")
        amendment = Amendment(values, **other)
        return editing.prepare(db, place, amendment, by=by, now=make.NOW, timezone=make.KL)


def test_a_change_that_is_thought_through_is_shown_and_not_stored(
    database: Database, uid: str, ada: Editor
) -> None:
    with untouched(database):
        prepared = prepare(database, ada, {WHEN: SECOND, PLACE: MELAKA}, reason="I was told")
    assert prepared.before == get(database)
    assert prepared.after is not None
    assert (prepared.after.when, prepared.after.place) == (SECOND, MELAKA)
    assert (prepared.after.sequence, prepared.after.when_no, prepared.after.revision) == (1, 1, 2)
    assert prepared.relations == {WHEN: Relation.CONTRADICTS, PLACE: Relation.CONTRADICTS}
    amend(database, ada, {WHEN: SECOND, PLACE: MELAKA}, reason="I was told")
    assert get(database) == prepared.after
    assert claims(database) == [prepared.claim]
    assert last(database) == prepared.revision


def test_what_an_old_article_says_is_held_against_what_was_known_on_its_day(
    database: Database, uid: str, ada: Editor
) -> None:
    prepared = prepare(database, ada, {WHEN: APRIL}, article=JANUARY)
    # on that day nothing was known yet; today it changes nothing
    assert prepared.relations == {}
    assert prepared.before is not None
    assert prepared.after == replace(prepared.before, revision=2, modified_at=make.NOW)


@pytest.mark.parametrize(
    "values",
    [{}, {WHEN: FIRST}, {PLACE: DESARU, STATUS: Status.CONFIRMED}, {FactName.DESCRIPTION: None}],
)
def test_who_changes_nothing_is_told_so(
    database: Database, uid: str, ada: Editor, values: dict[FactName, FactValue]
) -> None:
    with untouched(database), pytest.raises(Refused, match="nothing is different"):
        amend(database, ada, values)


def test_a_title_cannot_be_taken_away(database: Database, uid: str, ada: Editor) -> None:
    with untouched(database), pytest.raises(Refused, match="title"):
        prepare(database, ada, {TITLE: None})
    with untouched(database), pytest.raises(Refused, match="title"):
        amend(database, ada, {TITLE: None})


# --- amending -------------------------------------------------------------------------------


def test_an_editor_may_give_their_own_word(database: Database, uid: str, ada: Editor) -> None:
    amend(database, ada, {WHEN: SECOND, STATUS: Status.TENTATIVE}, reason="the ministry rang")
    (said,) = claims(database)
    assert said == Claim(
        key="admm-21/editor",
        event=uid,
        origin=Origin.EDITOR,
        since=make.NOW,
        when=SECOND,
        status=ClaimStatus.SCHEDULED,
        quote="the ministry rang",
        said_by="Ada",
    )
    made = last(database)
    assert (made.number, made.recorded_by, made.reason) == (2, "Ada", "the ministry rang")
    assert set(made.facts) == {
        Fact(WHEN, SECOND, make.NOW, said.key, settles=True),
        Fact(STATUS, Status.TENTATIVE, make.NOW, said.key, settles=True),
    }
    assert noted(database) == ("Ada", Act.EVENT_AMENDED, "admm-21", "when, status")
    assert get(database, make.NOW - SECONDLY).when == FIRST
    amend(database, ada, {WHEN: FIRST})
    assert [one.key for one in claims(database)] == ["admm-21/editor", "admm-21/editor-2"]


def test_a_title_needs_no_claim(database: Database, uid: str, ada: Editor) -> None:
    amend(database, ada, {TITLE: Texts({"ms": "ADMM ke-21"}), FactName.ORDINAL: 21})
    assert claims(database) == []
    assert {(fact.claim, fact.settles) for fact in last(database).facts} == {(None, False)}


def test_an_article_is_known_since_its_day_began(database: Database, uid: str, ada: Editor) -> None:
    gist = Texts({"en": "In April."})
    amend(database, ada, {WHEN: SECOND}, article=FEBRUARY, quote="pada 2 April", gist=gist)
    since = day_start(FEBRUARY.published_on, make.KL)
    (said,) = claims(database)
    assert said == Claim(
        *("admm-21/bernama-2", uid, Origin.ARTICLE, since, SECOND),
        quote="pada 2 April",
        gist=gist,
        article=FEBRUARY,
    )
    assert last(database).facts == (Fact(WHEN, SECOND, since, said.key),)
    assert get(database, since - SECONDLY).when == FIRST
    assert get(database, since).when == SECOND


def test_an_article_read_late_completes_the_past_and_is_no_news(
    database: Database, uid: str, ada: Editor
) -> None:
    before = get(database)
    amend(database, ada, {WHEN: APRIL, STATUS: Status.TENTATIVE}, article=JANUARY)
    assert replace(get(database), revision=1, modified_at=before.modified_at) == before
    then = get(database, day_start(JANUARY.published_on, make.KL))
    assert (then.title, then.when, then.status) == (before.title, APRIL, Status.TENTATIVE)
    assert then.place is None
    assert not last(database).is_news


def test_an_article_that_contradicts_stands_beside_the_other_until_an_editor_decides(
    database: Database, uid: str, ada: Editor
) -> None:
    amend(database, ada, {WHEN: FIRST}, article=JANUARY)
    amend(database, ada, {WHEN: SECOND}, article=FEBRUARY)
    assert get(database).contested == ("when",)
    since = day_start(FEBRUARY.published_on, make.KL)
    assert get(database, since).contested == ("when",)
    assert get(database, since - SECONDLY).contested == ()
    amend(database, ada, {WHEN: When.parse("2027-04-03")}, reason="neither", now=make.NOW)
    assert get(database).contested == ()
    assert get(database, make.NOW - SECONDLY).contested == ("when",)


@pytest.mark.parametrize("by", ["article", "claim alone"])
def test_evidence_from_the_future_is_refused_on_the_wall_clock(
    database: Database, uid: str, ada: Editor, by: str
) -> None:
    def change() -> None:
        if by == "article":
            amend(database, ada, {WHEN: SECOND}, article=TOMORROW)
        else:
            stand_beside(database, ada, claim_of(uid, "x", TOMORROW))

    with untouched(database), pytest.raises(Refused, match="in the future"):
        change()
    with database.transaction() as db:
        notes.write(db, notes.CLOCK, notes.SIMULATED)
    before = get(database)
    change()
    assert get(database) == replace(before, revision=before.revision)
    tomorrow = get(database, day_start(TOMORROW.published_on, make.KL))
    assert tomorrow.when == (SECOND if by == "article" else FIRST)


def test_an_article_of_today_is_no_evidence_from_the_future(
    database: Database, uid: str, ada: Editor
) -> None:
    early = day_start(TOMORROW.published_on, make.KL)
    with database.transaction() as db:
        editing.amend(
            *(db, events.place(db, "admm-21"), Amendment({WHEN: SECOND}, TOMORROW)),
            by=ada,
            now=early,
            timezone=make.KL,
            seen=1,
        )
    assert get(database, early).when == SECOND


def claim_of(uid: str, key: str, article: Article, when: When | None = SECOND) -> Claim:
    since = day_start(article.published_on, make.KL)
    return Claim(key, uid, Origin.ARTICLE, since, when, article=article)


def stand_beside(database: Database, by: Editor, claim: Claim) -> None:
    """Keep a claim beside the others; it changes no fact."""
    with database.transaction() as db:
        place = events.place(db, "admm-21")
        prepared = editing.consider(db, place, [], claim, by=by, now=make.NOW)
        editing.carry_out(db, prepared, Act.DRAFT_ACCEPTED, by=by, now=make.NOW, seen=1)


def test_a_claim_that_changes_no_fact_may_disagree(
    database: Database, uid: str, ada: Editor
) -> None:
    said = claim_of(uid, "x", FEBRUARY)
    with database.reading() as db:
        before = counters.read(db, counters.FACTS)
    stand_beside(database, ada, said)
    assert claims(database) == [said]
    assert last(database).number == 1
    assert get(database).contested == ("when",)
    assert get(database, said.since - SECONDLY).contested == ()
    with database.reading() as db:
        assert counters.read(db, counters.FACTS) == before + 1


def test_no_claim_takes_the_place_of_another(database: Database, uid: str, ada: Editor) -> None:
    stand_beside(database, ada, claim_of(uid, "x", FEBRUARY))
    with untouched(database), pytest.raises(Conflict):
        stand_beside(database, ada, claim_of(uid, "x", JANUARY))


@pytest.mark.parametrize("values", [{WHEN: SECOND}, {TITLE: Texts({"en": "ADMM"})}])
def test_who_amends_what_another_has_just_amended_is_told_so(
    database: Database, uid: str, ada: Editor, values: dict[FactName, FactValue]
) -> None:
    amend(database, ada, {PLACE: MELAKA})
    with untouched(database), pytest.raises(Conflict), database.transaction() as db:
        editing.amend(
            *(db, events.place(db, "admm-21"), Amendment(values)),
            by=ada,
            now=make.NOW,
            timezone=make.KL,
            seen=1,
        )


def test_of_several_who_amend_at_once_one_does_and_the_others_are_told_so(
    database: Database, uid: str, ada: Editor
) -> None:
    def change(day: int) -> str:
        with database.transaction() as db:
            place = events.place(db, "admm-21")
            amendment = Amendment({WHEN: When.parse(f"2027-05-0{day}")})
            return _outcome(
                lambda: editing.amend(
                    *(db, place, amendment), by=ada, now=make.NOW, timezone=make.KL, seen=1
                )
            )

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(change, range(1, 5))) == ["Conflict"] * 3 + ["done"]


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except CalendarError as refusal:
        return type(refusal).__name__
    return "done"


@pytest.mark.parametrize(
    ("values", "article", "is_news"),
    [
        ({WHEN: SECOND}, None, True),
        ({WHEN: None}, None, True),
        ({PLACE: MELAKA}, None, True),
        ({STATUS: Status.CANCELLED}, None, True),
        ({STATUS: Status.HELD}, None, True),
        ({TITLE: Texts({"en": "ADMM"})}, None, True),
        ({WHEN: SECOND}, FEBRUARY, True),
        # nobody sees a difference today
        ({FactName.DESCRIPTION: Texts({"en": "behind closed doors"})}, None, False),
        ({FactName.ORDINAL: 21}, None, False),
        ({FactName.SERIES: None}, None, False),
        ({WHEN: SECOND}, JANUARY, False),
    ],
)
def test_what_readers_see_is_news(
    database: Database,
    uid: str,
    ada: Editor,
    values: dict[FactName, FactValue],
    article: Article | None,
    is_news: bool,
) -> None:
    amend(database, ada, values, article=article)
    assert last(database).is_news is is_news
    # unless the editor says otherwise
    with database.transaction() as db:
        change = [Fact(PLACE, SECRET, make.NOW)]
        made = editing.record(db, uid, change, by="Ada", now=make.NOW, is_news=False)
        assert not made.is_news


def test_a_ruling_that_changes_nothing_is_no_news(
    database: Database, uid: str, ada: Editor
) -> None:
    amend(database, ada, {WHEN: FIRST}, settles=True, reason="it stays")
    assert not last(database).is_news
    assert get(database).sequence == 0


# --- announcing -----------------------------------------------------------------------------


def announce(database: Database, by: Editor, slug: str, amendment: Amendment) -> Place:
    with database.transaction() as db:
        return editing.announce(db, slug, amendment, by=by, now=make.NOW, timezone=make.KL)


def test_a_new_meeting_begins_at_its_first_revision(database: Database, ada: Editor) -> None:
    amendment = Amendment({TITLE: DESARU, WHEN: APRIL, STATUS: Status.TENTATIVE}, FEBRUARY)
    place = announce(database, ada, "new", amendment)
    event = get(database, slug="new")
    assert (event.uid, event.title, event.when) == (place.uid, DESARU, APRIL)
    assert (event.sequence, event.when_no, event.revision) == (0, 0, 1)
    assert last(database, "new").is_news
    assert noted(database)[1:3] == (Act.EVENT_ADDED, "new")
    since = day_start(FEBRUARY.published_on, make.KL)
    with pytest.raises(NotFound):
        get(database, since - SECONDLY, "new")
    assert get(database, since, "new").when == APRIL


def test_a_new_meeting_needs_a_title_and_an_address_of_its_own(
    database: Database, uid: str, ada: Editor
) -> None:
    with untouched(database), pytest.raises(Refused, match="title"):
        announce(database, ada, "new", Amendment({WHEN: APRIL}))
    with untouched(database), pytest.raises(Refused, match="admm-21"):
        announce(database, ada, "admm-21", Amendment({TITLE: DESARU}))


def test_of_several_who_announce_at_one_address_at_once_one_does(
    database: Database, ada: Editor
) -> None:
    def act(number: int) -> str:
        amendment = Amendment({TITLE: Texts({"en": f"number {number}"})})
        return _outcome(lambda: announce(database, ada, "new", amendment))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(act, range(4))) == ["Refused"] * 3 + ["done"]


# --- settling -------------------------------------------------------------------------------


@pytest.fixture
def disputed(database: Database, uid: str, ada: Editor) -> str:
    """In January an article told the first of April, in February another the second, another
    place, and that it is cancelled."""
    amend(database, ada, {WHEN: FIRST, PLACE: DESARU, STATUS: Status.CONFIRMED}, article=JANUARY)
    with database.transaction() as db:
        said = replace(
            claim_of(uid, "admm-21/bernama-2", FEBRUARY),
            place=MELAKA,
            status=ClaimStatus.CANCELLED,
        )
        facts.save_claim(db, said)
        editing.work_out(db, uid)
    return uid


def settle(
    database: Database,
    by: Editor,
    name: FactName,
    claim: str | None,
    *,
    reason: str = "so it was",
    number: int | None = None,
) -> None:
    with database.transaction() as db:
        place = events.place(db, "admm-21")
        editing.settle(
            *(db, place, name, claim),
            reason=reason,
            by=by,
            now=make.NOW,
            seen=number or seen(db, "admm-21"),
        )


def test_what_is_known_is_kept_against_a_claim_and_the_reason_with_it(
    database: Database, disputed: str, ada: Editor
) -> None:
    before = get(database)
    assert before.contested == ("place", "status", "when")
    settle(database, ada, WHEN, None)
    event = get(database)
    assert event.contested == ("place", "status")
    changed = replace(before, contested=event.contested, revision=3, modified_at=make.NOW)
    assert event == changed
    made = last(database)
    assert (made.reason, made.is_news, made.recorded_by) == ("so it was", False, "Ada")
    assert noted(database) == ("Ada", Act.SETTLED, "admm-21", "when: so it was")
    # until then they disagreed
    assert get(database, make.NOW - SECONDLY) == replace(before, sequence=0)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (WHEN, (SECOND, DESARU, Status.CONFIRMED)),
        (PLACE, (FIRST, MELAKA, Status.CONFIRMED)),
        (STATUS, (FIRST, DESARU, Status.CANCELLED)),
    ],
)
def test_a_claim_that_is_believed_on_a_fact_holds_there_and_nowhere_else(
    database: Database,
    disputed: str,
    ada: Editor,
    name: FactName,
    values: tuple[FactValue, ...],
) -> None:
    settle(database, ada, name, "admm-21/bernama-2")
    event = get(database)
    assert (event.when, event.place, event.status) == values
    assert event.contested == tuple(sorted({"when", "place", "status"} - {name}))
    (fact,) = last(database).facts
    assert fact.claim == "admm-21/bernama-2"
    assert last(database).is_news
    assert event.sequence == 1
    assert (get(database, make.NOW - SECONDLY).when, get(database).when_no) == (
        FIRST,
        int(name is WHEN),
    )


def test_a_ruling_needs_a_reason_and_something_to_decide(
    database: Database, disputed: str, ada: Editor
) -> None:
    with untouched(database):
        with pytest.raises(Refused, match="say why"):
            settle(database, ada, WHEN, None, reason="")
        with pytest.raises(Refused, match="nothing disagrees"):
            settle(database, ada, TITLE, None)
        # it agrees with what is known, or was never said
        for key in ("admm-21/bernama-1", "x"):
            with pytest.raises(Refused, match="doesn't disagree"):
                settle(database, ada, WHEN, key)
        with pytest.raises(Conflict):
            settle(database, ada, WHEN, None, number=1)
    settle(database, ada, WHEN, None)
    with untouched(database), pytest.raises(Refused, match="nothing disagrees"):
        settle(database, ada, WHEN, None)


def test_the_day_of_a_held_meeting_is_settled_and_it_stays_held(
    database: Database, uid: str, ada: Editor
) -> None:
    amend(database, ada, {WHEN: SECOND, STATUS: Status.CONFIRMED}, article=JANUARY)
    amend(database, ada, {WHEN: FIRST, STATUS: Status.HELD}, article=FEBRUARY)
    assert get(database).contested == ("when",)
    settle(database, ada, WHEN, "admm-21/bernama-1")
    assert (get(database).when, get(database).status) == (SECOND, Status.HELD)


# --- undoing --------------------------------------------------------------------------------


def undo(
    database: Database,
    by: Editor,
    number: int,
    *,
    slug: str = "admm-21",
    number_seen: int | None = None,
) -> Revision:
    with database.transaction() as db:
        place, at = events.place(db, slug), number_seen or seen(db, slug)
        return editing.undo(db, place, number, by=by, now=make.NOW, seen=at)


def test_a_revision_is_taken_back_by_another(database: Database, uid: str, ada: Editor) -> None:
    before = get(database)
    amend(database, ada, {WHEN: SECOND, STATUS: Status.CANCELLED})
    made = undo(database, ada, 2)
    assert (made.number, made.undoes, made.is_news) == (3, 2, True)
    assert noted(database) == ("Ada", Act.REVISION_UNDONE, "admm-21", "2")
    after = get(database)
    assert (after.when, after.status, after.place) == (before.when, before.status, before.place)
    # to calendars that is two changes
    assert (after.sequence, after.when_no) == (2, 2)
    undo(database, ada, 3)
    assert (get(database).when, get(database).status) == (SECOND, Status.CANCELLED)
    assert last(database).undoes == 3


def test_what_cannot_be_undone_is_left(database: Database, uid: str, ada: Editor) -> None:
    amend(database, ada, {WHEN: SECOND})
    amend(database, ada, {WHEN: FIRST})
    with untouched(database):
        for number in (1, 2, 4):
            with pytest.raises(Refused):
                undo(database, ada, number)
        with pytest.raises(Conflict):
            undo(database, ada, 3, number_seen=2)


def test_a_title_is_not_undone_into_none(database: Database, uid: str, ada: Editor) -> None:
    amend(database, ada, {TITLE: MELAKA})
    redact(database, ada, 1, TITLE)
    with untouched(database), pytest.raises(Refused, match="title"):
        undo(database, ada, 2)


# --- withdrawing ----------------------------------------------------------------------------


def test_a_withdrawn_meeting_is_gone_and_comes_back_as_it_was(
    database: Database, uid: str, ada: Editor
) -> None:
    amend(database, ada, {WHEN: APRIL}, article=JANUARY)
    amend(database, ada, {WHEN: SECOND}, article=FEBRUARY)
    before, told = states(database), get(database)
    with database.transaction() as db:
        place, at = events.place(db, "admm-21"), counters.read(db, counters.FACTS)
        editing.withdraw(db, place, reason="a hoax", by=ada, now=make.NOW)
        assert counters.read(db, counters.FACTS) > at
    assert states(database) == []
    assert noted(database) == ("Ada", Act.EVENT_WITHDRAWN, "admm-21", "a hoax")
    for moment in (make.NOW, told.created_at, day_start(JANUARY.published_on, make.KL)):
        with pytest.raises(Gone):
            get(database, moment)
    with database.transaction() as db:
        at = counters.read(db, counters.FACTS)
        editing.restore(db, events.place(db, "admm-21"), by=ada)
        assert counters.read(db, counters.FACTS) > at
    assert (states(database), get(database)) == (before, told)
    assert noted(database) == ("Ada", Act.EVENT_RESTORED, "admm-21", "")


def test_a_withdrawn_meeting_is_neither_changed_nor_withdrawn_again(
    database: Database, uid: str, ada: Editor
) -> None:
    with untouched(database), pytest.raises(Refused, match="say why"):
        withdraw(database, ada, reason="")
    with untouched(database), pytest.raises(Conflict), database.transaction() as db:
        editing.restore(db, events.place(db, "admm-21"), by=ada)
    amend(database, ada, {WHEN: SECOND})
    withdraw(database, ada)
    with untouched(database):
        for change in (
            lambda: withdraw(database, ada),
            lambda: amend(database, ada, {WHEN: FIRST}),
            lambda: stand_beside(database, ada, claim_of(uid, "x", FEBRUARY)),
            lambda: undo(database, ada, 2),
        ):
            with pytest.raises(Gone):
                change()


def withdraw(
    database: Database, by: Editor, slug: str = "admm-21", *, reason: str = "a hoax"
) -> None:
    with database.transaction() as db:
        editing.withdraw(db, events.place(db, slug), reason=reason, by=by, now=make.NOW)


# --- merging --------------------------------------------------------------------------------


def announced(
    database: Database,
    slug: str,
    values: dict[FactName, FactValue] | None = None,
    *,
    hours: int = 0,
) -> None:
    """A meeting that was recorded so many hours before others were, and known since New Year."""
    told: dict[FactName, FactValue] = {TITLE: Texts({"en": slug}), WHEN: APRIL}
    with database.transaction() as db:
        series_store.save(db, make.ADMM)
        now = make.NOW - timedelta(days=9, hours=hours)
        uid, since = f"uid-of-{slug}", datetime(2027, 1, 1, tzinfo=UTC)
        events.add(db, uid, slug, created_at=now)
        make.change(db, uid, told | (values or {}), known_since=since, now=now)


def merge(database: Database, by: Editor, one: str, other: str) -> str:
    with database.transaction() as db:
        places = [events.place(db, slug) for slug in (one, other)]
        assert editing.survivor(db, *places).slug in (one, other)
        return editing.merge(db, *places, by=by, now=make.NOW).slug


@pytest.fixture
def twice(database: Database, ada: Editor) -> None:
    """The older is called m-1; of the other, called a-2, two articles tell."""
    announced(database, "m-1", {FactName.SERIES: "admm"}, hours=2)
    amend(database, ada, {PLACE: DESARU}, slug="m-1", article=JANUARY)
    announced(database, "a-2", {FactName.DESCRIPTION: MELAKA}, hours=1)
    amend(database, ada, {WHEN: FIRST}, slug="a-2", article=JANUARY)
    amend(database, ada, {PLACE: MELAKA}, slug="a-2", article=FEBRUARY)


@pytest.mark.parametrize(("one", "other"), [("m-1", "a-2"), ("a-2", "m-1")])
def test_of_two_that_are_the_same_the_older_stays_and_the_other_leads_there(
    database: Database, twice: None, ada: Editor, one: str, other: str
) -> None:
    before = get(database, slug="m-1")
    with database.transaction() as db:
        articles.save(db, JANUARY)
        waiting = Proposal("uid-of-a-2", None, None, None, APRIL, None, None, None)
        number = drafts.add(db, JANUARY.key, waiting, now=make.NOW)
    assert merge(database, ada, one, other) == "m-1"
    assert noted(database) == ("Ada", Act.EVENTS_MERGED, "m-1", "a-2")
    with database.reading() as db:
        assert [event.slug for event in events.listed(db, make.NOW, Sought(), limit=9)] == ["m-1"]
        assert drafts.get(db, number).proposal.event == "uid-of-m-1"
        for moment in (make.NOW, day_start(JANUARY.published_on, make.KL)):
            with pytest.raises(Moved) as led:
                events.get(db, "a-2", moment)
            assert led.value.slug == "m-1"
        assert events.by_uid(db, ["uid-of-a-2"], make.NOW) == {}
        assert facts.claims_of(db, "uid-of-a-2") == []
        assert {claim.event for claim in facts.claims_of(db, "uid-of-m-1")} == {"uid-of-m-1"}
        made = facts.revisions_of(db, "uid-of-m-1")
    # nobody is told
    assert len(made) > before.revision
    assert not any(one.is_news for one in made[before.revision :])
    after = get(database, slug="m-1")
    assert (after.uid, after.title, after.series) == (before.uid, before.title, before.series)
    # what it never had is taken over, and what is known since later holds
    assert (after.description, after.when, after.place) == (MELAKA, FIRST, MELAKA)
    assert after.sequence > before.sequence
    assert after.contested == ("place",)


def test_before_the_survivor_was_known_the_meeting_is_known_through_the_other(
    database: Database, twice: None, ada: Editor
) -> None:
    with database.transaction() as db:
        make.announced(db, slug="oldest", now=make.NOW - timedelta(days=18))
    survivor = get(database, slug="oldest")
    merge(database, ada, "oldest", "a-2")
    then = get(database, day_start(JANUARY.published_on, make.KL), "oldest")
    assert (then.title, then.series) == (survivor.title, survivor.series)
    assert (then.when, then.place) == (FIRST, None)
    # what the survivor itself tells since later holds since then
    assert get(database, slug="oldest").place == survivor.place
    with pytest.raises(NotFound):
        get(database, datetime(2027, 1, 1, tzinfo=UTC) - SECONDLY, "oldest")


def test_two_that_are_the_same_may_disagree(database: Database, ada: Editor) -> None:
    for slug, when, article in (("a", FIRST, JANUARY), ("b", SECOND, FEBRUARY)):
        announced(database, slug)
        amend(database, ada, {WHEN: when}, slug=slug, article=article)
        assert get(database, slug=slug).contested == ()
    merge(database, ada, "a", "b")
    assert get(database, slug="a").contested == ("when",)
    since = day_start(FEBRUARY.published_on, make.KL)
    assert get(database, since - SECONDLY, "a").contested == ()


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_three_that_are_the_same_become_one_in_any_order(
    database: Database, ada: Editor, order: tuple[str, ...]
) -> None:
    for hours, slug in enumerate("cba"):
        announced(database, slug, hours=hours)
        amend(database, ada, {WHEN: FIRST}, slug=slug, article=JANUARY)
    amend(database, ada, {PLACE: MELAKA}, slug="c", article=FEBRUARY)
    first = merge(database, ada, *order[:2])
    assert merge(database, ada, order[2], first) == "a"
    for slug in "bc":
        with pytest.raises(Moved) as led:
            get(database, slug=slug)
        assert led.value.slug == "a"
    assert len(claims(database, "a")) == 4
    since = day_start(FEBRUARY.published_on, make.KL)
    assert get(database, since, "a").place == MELAKA
    assert get(database, since - SECONDLY, "a").place is None


def test_what_is_not_there_is_not_merged(database: Database, twice: None, ada: Editor) -> None:
    announced(database, "third", hours=0)
    with untouched(database), pytest.raises(Refused, match="another meeting"):
        merge(database, ada, "m-1", "m-1")
    withdraw(database, ada, "third")
    with untouched(database), pytest.raises(Gone):
        merge(database, ada, "m-1", "third")
    merge(database, ada, "m-1", "a-2")
    announced(database, "fourth", hours=0)
    with untouched(database), pytest.raises(Moved) as led:
        merge(database, ada, "fourth", "a-2")
    assert led.value.slug == "m-1"
    with untouched(database), pytest.raises(Moved):
        amend(database, ada, {WHEN: SECOND}, slug="a-2")


def test_what_came_of_another_is_undone_like_anything_else(
    database: Database, twice: None, ada: Editor
) -> None:
    merge(database, ada, "m-1", "a-2")
    (number,) = (
        one.number
        for one in facts_in(database, "m-1")
        if [fact.value for fact in one.facts if fact.name is PLACE] == [MELAKA]
    )
    undo(database, ada, number, slug="m-1")
    assert get(database, slug="m-1").place == DESARU


# --- redacting ------------------------------------------------------------------------------


def redact(
    database: Database, by: Editor, number: int, name: FactName, slug: str = "admm-21"
) -> None:
    with database.transaction() as db:
        editing.redact(db, events.place(db, slug), number, name, by=by)


def traces(database: Database, word: str) -> list[str]:
    """The tables in which a word stands, anywhere."""
    return [name for name, rows in everything(database).items() if word in repr(rows)]


def test_of_what_is_redacted_nothing_is_left_anywhere(
    database: Database, uid: str, ada: Editor
) -> None:
    said = Proposal(uid, None, None, None, None, None, SECRET, None, "di Bunker Rahsia", SECRET)
    with database.transaction() as db:
        drafts.add(db, FEBRUARY.key, said, now=make.NOW)
    values: dict[FactName, FactValue] = {PLACE: SECRET, STATUS: Status.TENTATIVE}
    amend(
        *(database, ada, values),
        article=FEBRUARY,
        quote="di Bunker Rahsia",
        gist=SECRET,
        reason="Bunker Rahsia, they say",
    )
    # it is said again: by undoing, by a ruling, by an editor, by another article that agrees
    amend(database, ada, {PLACE: MELAKA}, reason="no Bunker", now=make.NOW)
    undo(database, ada, 3)
    stand_beside(
        database, ada, replace(claim_of(uid, "x", FEBRUARY, None), place=SECRET, quote="Rahsia!")
    )
    amend(database, ada, {PLACE: SECRET}, settles=True, reason="Bunker Rahsia it is")
    assert set(traces(database, "Rahsia")) == {"claims", "drafts", "facts", "revisions", "states"}
    before = states(database)
    redact(database, ada, 2, PLACE)
    assert traces(database, "Rahsia") == []
    assert noted(database) == ("Ada", Act.REDACTED, "admm-21", "place, 2")
    # nothing but the place went
    event = get(database)
    assert (event.when, event.status, event.place) == (FIRST, Status.TENTATIVE, MELAKA)
    assert len(states(database)) == len(before)
    with database.reading() as db:
        assert (2, PLACE) in facts.redacted_facts(db, uid)


@pytest.mark.parametrize("merged", ["before", "after"])
def test_nothing_is_left_of_it_in_what_was_merged_either(
    database: Database, twice: None, ada: Editor, merged: str
) -> None:
    announced(database, "oldest", hours=9)
    amend(database, ada, {PLACE: SECRET}, slug="a-2", reason="Bunker Rahsia")
    if merged == "before":
        merge(database, ada, "a-2", "m-1")
    merge(database, ada, "oldest", "m-1")
    if merged == "after":
        merge(database, ada, "a-2", "oldest")
    number = next(
        one.number
        for one in facts_in(database, "oldest")
        if any(fact.value == SECRET for fact in one.facts)
    )
    redact(database, ada, number, PLACE, "oldest")
    assert traces(database, "Rahsia") == []


def facts_in(database: Database, slug: str) -> list[Revision]:
    with database.reading() as db:
        return facts.revisions_of(db, events.place(db, slug).uid)


def test_a_title_can_be_redacted_once_there_is_another(
    database: Database, uid: str, ada: Editor
) -> None:
    with untouched(database), pytest.raises(Refused, match="title"):
        redact(database, ada, 1, TITLE)
    amend(database, ada, {TITLE: MELAKA})
    redact(database, ada, 1, TITLE)
    assert traces(database, "21st ADMM") == []
    assert get(database, make.NOW - SECONDLY).title == MELAKA
    with untouched(database), pytest.raises(Refused, match="title"):
        redact(database, ada, 2, TITLE)


def test_the_only_fact_of_a_meeting_is_its_title_and_stays(database: Database, ada: Editor) -> None:
    announce(database, ada, "admm-21", Amendment({TITLE: DESARU}))
    with untouched(database), pytest.raises(Refused, match="title"):
        redact(database, ada, 1, TITLE)


def test_what_is_not_there_is_not_redacted(database: Database, uid: str, ada: Editor) -> None:
    with untouched(database):
        for number, name in ((2, PLACE), (0, PLACE), (1, FactName.DESCRIPTION)):
            with pytest.raises(NotFound):
                redact(database, ada, number, name)
    redact(database, ada, 1, PLACE)
    with untouched(database), pytest.raises(NotFound):
        redact(database, ada, 1, PLACE)


CHANGES: list[tuple[FactName, FactValue, Article | None]] = [
    (WHEN, SECOND, None),
    (PLACE, MELAKA, None),
    (STATUS, Status.CANCELLED, None),
    (WHEN, APRIL, JANUARY),
    (STATUS, Status.TENTATIVE, FEBRUARY),
    (WHEN, FIRST, None),
    (PLACE, SECRET, FEBRUARY),
]


@pytest.mark.parametrize("is_withdrawn", [False, True])
@pytest.mark.parametrize("number", range(1, len(CHANGES) + 2))
def test_the_counters_never_fall_by_redacting(
    database: Database, uid: str, ada: Editor, number: int, is_withdrawn: bool
) -> None:
    for name, value, article in CHANGES:
        amend(database, ada, {name: value}, article=article)
    made = facts_in(database, "admm-21")[number - 1]
    name = next(fact.name for fact in made.facts if fact.name is not TITLE)
    moments = [one[1] for one in states(database)]
    before = [get(database, moment) for moment in moments]
    if is_withdrawn:
        withdraw(database, ada)
    redact(database, ada, number, name)
    if is_withdrawn:
        with database.transaction() as db:
            editing.restore(db, events.place(db, "admm-21"), by=ada)
    for moment, was in zip(moments, before, strict=True):
        try:
            now = get(database, moment)
        except NotFound:
            # nothing at all was known then, as it seems now
            continue
        assert now.sequence >= was.sequence
        assert now.when_no >= was.when_no
        if now.when != was.when:
            assert now.when_no > was.when_no
        shown = [(one.when, one.published_status, one.place) for one in (was, now)]
        if shown[0] != shown[1]:
            assert now.sequence > was.sequence
    after = get(database)
    amend(database, ada, {WHEN: When.parse("2027-06-01")})
    assert get(database).sequence == after.sequence + 1
    assert get(database).when_no == after.when_no + 1


def test_on_a_simulated_clock_no_state_to_come_falls_behind(
    database: Database, uid: str, ada: Editor
) -> None:
    with database.transaction() as db:
        notes.write(db, notes.CLOCK, notes.SIMULATED)
    later = [make.NOW + timedelta(days=day) for day in range(4)]
    with database.transaction() as db:
        for moment, place in zip(later, (SECRET, MELAKA, DESARU, MELAKA), strict=True):
            change = [Fact(PLACE, place, moment)]
            editing.record(db, uid, change, by=None, now=make.NOW)
    before = [get(database, moment) for moment in later]
    redact(database, ada, 2, PLACE)
    for moment, was in zip(later, before, strict=True):
        now = get(database, moment)
        assert now.sequence > was.sequence
    assert get(database).place == DESARU


def test_the_words_of_a_claim_are_redacted_and_what_it_says_stays(
    database: Database, uid: str, ada: Editor
) -> None:
    amend(database, ada, {PLACE: MELAKA}, article=FEBRUARY, quote="kata Rahsia", gist=SECRET)
    amend(database, ada, {PLACE: DESARU}, reason="Rahsia told me")
    event = get(database)
    with database.transaction() as db:
        before = counters.read(db, counters.FACTS)
        for key in ("admm-21/bernama-2", "admm-21/editor"):
            editing.redact_claim(db, events.place(db, "admm-21"), key, by=ada)
        assert counters.read(db, counters.FACTS) > before
    assert traces(database, "Rahsia") == []
    assert get(database) == event
    assert noted(database) == ("Ada", Act.REDACTED, "admm-21", "admm-21/editor")
    with untouched(database), pytest.raises(NotFound), database.transaction() as db:
        editing.redact_claim(db, events.place(db, "admm-21"), "x", by=ada)


# --- what was loaded from files -------------------------------------------------------------

SEED = Path(__file__).parents[2] / "data" / "seed"


def load(database: Database) -> int:
    with database.transaction() as db:
        return seeding.load(db, seeding.read(SEED, make.KL), now=make.NOW)


def _withdraw(database: Database, by: Editor) -> None:
    withdraw(database, by, "admm-19")


def _merge(database: Database, by: Editor) -> None:
    first = merge(database, by, "adsom-2025", "adsom-plus-2025")
    merge(database, by, "admm-19", first)


def _merge_with_ours(database: Database, by: Editor) -> None:
    with database.transaction() as db:
        make.announced(db, slug="ours", now=make.NOW - timedelta(days=900))
    merge(database, by, "admm-19", "ours")


def _redact(database: Database, by: Editor) -> None:
    for slug, name in (("admm-19", WHEN), ("admm-19", FactName.ORDINAL), ("adsom-2025", PLACE)):
        redact(database, by, 1, name, slug)
    amend(database, by, {TITLE: DESARU}, slug="admm-plus-2025")
    redact(database, by, 1, TITLE, "admm-plus-2025")
    with database.transaction() as db:
        place = events.place(db, "adsom-plus-2025")
        (claim,) = facts.claims_of(db, place.uid)
        editing.redact_claim(db, place, claim.key, by=by)


def _amend(database: Database, by: Editor) -> None:
    values: dict[FactName, FactValue] = {TITLE: DESARU, WHEN: SECOND, PLACE: SECRET}
    amend(database, by, values | {STATUS: Status.CANCELLED}, slug="admm-19")


@pytest.mark.parametrize("change", [_withdraw, _merge, _merge_with_ours, _redact, _amend])
def test_loading_again_after_an_editor_was_there_changes_nothing_and_refuses_nothing(
    database: Database, ada: Editor, change: Callable[[Database, Editor], None]
) -> None:
    assert load(database) > 0
    change(database, ada)
    with untouched(database):
        assert load(database) == 0


# --- in whatever order ----------------------------------------------------------------------

_numbers = count(1)


@st.composite
def told(draw: st.DrawFn) -> tuple[list[list[Fact]], list[list[Fact]]]:
    """What is known of one meeting, as it came to be known and in another order; no two of it
    are known since the same moment. Its name is written down first, whenever that was known."""
    days = draw(st.permutations(range(1, 9)))
    parts = [
        [Fact(fact.name, fact.value, _september(day)) for fact in one.facts]
        for day, one in zip(days, draw(revisions()), strict=False)
    ]
    named = [Fact(TITLE, Texts({"en": "19th ADMM"}), _september(days[-1]))]
    return [named, *parts], [named, *draw(st.permutations(parts))]


def _september(day: int) -> datetime:
    return datetime(2025, 9, day, tzinfo=UTC)


def _recorded(database: Database, parts: Sequence[Sequence[Fact]]) -> str:
    """Their meeting's uid, after they were recorded one after the other."""
    uid = f"uid-{next(_numbers)}"
    with database.transaction() as db:
        for slug in ("admm", "adsom"):
            series_store.save(db, Series(slug, slug, Texts({"en": slug})))
        events.add(db, uid, uid, created_at=make.NOW)
        for hour, part in enumerate(parts):
            editing.record(db, uid, part, by="Ada", now=make.NOW + timedelta(hours=hour))
    return uid


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told())
def test_in_whatever_order_evidence_is_recorded_each_day_is_as_it_was_known(
    database: Database, orders: tuple[list[list[Fact]], list[list[Fact]]]
) -> None:
    uids = [_recorded(database, parts) for parts in orders]
    made = [Revision(number, make.NOW, tuple(part)) for number, part in enumerate(orders[0], 1)]
    first = min(fact.known_since for one in made for fact in one.facts)
    with database.reading() as db:
        for day in range(1, 11):
            moment = _september(day)
            for uid in uids:
                event = events.by_uid(db, [uid], moment).get(uid)
                assert (event is None) == (moment < first)
                assert event is None or facts_of(event) == reference(made, moment)
        # and as they were recorded they come back
        for uid, parts in zip(uids, orders, strict=True):
            assert [list(one.facts) for one in facts.revisions_of(db, uid)] == parts


# --- whatever editors do --------------------------------------------------------------------

AMENDED: list[tuple[FactName, FactValue]] = [
    *((WHEN, when) for when in (None, APRIL, FIRST, SECOND)),
    *((PLACE, place) for place in (None, DESARU, MELAKA)),
    *((STATUS, status) for status in Status),
    (TITLE, MELAKA),
]
OLD = [Article(f"old-{day}", "Bernama", "ms", date(2027, 2, day)) for day in range(1, 5)]
amendments = st.tuples(
    st.just("amend"),
    st.lists(st.sampled_from(AMENDED), min_size=1, max_size=3).map(dict),
    st.sampled_from([None, *OLD]),
)
acts = st.lists(
    amendments
    | st.tuples(st.sampled_from(["undo", "redact", "settle"]), st.integers(0, 9), st.integers(0, 9))
    | st.tuples(st.sampled_from(["withdraw", "merge"]), st.none(), st.none()),
    min_size=4,
    max_size=12,
)


def _act(db: Session, by: Editor, slug: str, act: tuple[Any, ...], now: datetime) -> None:
    what, one, other = act
    place = events.place(db, slug)
    told: dict[str, Any] = {"by": by, "now": now}
    match what:
        case "amend":
            amendment = Amendment(one, other)
            editing.amend(db, place, amendment, timezone=make.KL, seen=seen(db, slug), **told)
        case "undo":
            last = seen(db, slug)
            editing.undo(db, place, last - one % 3, seen=last, **told)
        case "redact":
            there = [
                (made.number, fact.name)
                for made in reversed(facts.revisions_of(db, place.uid))
                for fact in made.facts
            ]
            editing.redact(db, place, *there[one % len(there)], by=by)
        case "settle":
            against = disagreeing(
                facts.revisions_of(db, place.uid), facts.claims_of(db, place.uid), now
            )
            for name, several in list(against.items())[:1]:
                key = [None, *(claim.key for claim in several)][other % (len(several) + 1)]
                editing.settle(db, place, name, key, reason="so", seen=seen(db, slug), **told)
        case "withdraw":
            editing.withdraw(db, place, reason="so", **told)
            editing.restore(db, events.place(db, slug), by=by)
        case "merge":
            other_slug = f"{slug}-{seen(db, slug)}"
            values: dict[FactName, FactValue] = {TITLE: DESARU, WHEN: SECOND, PLACE: SECRET}
            editing.announce(*(db, other_slug, Amendment(values, OLD[2])), timezone=make.KL, **told)
            editing.merge(db, place, events.place(db, other_slug), **told)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_whatever_editors_do_the_counters_rise_with_what_is_shown(
    database: Database, several: list[tuple[Any, ...]]
) -> None:
    slug = f"whatever-{next(_numbers)}"
    now = make.NOW
    with database.transaction() as db:
        by = accounts.find(db, "ada@example.org") or make.editor(db, password=None)
        for article in OLD:
            articles.save(db, article)
        make.announced(db, slug=slug)
    for act in several:
        before, now = get(database, now, slug), now + timedelta(hours=1)
        try:
            with database.transaction() as db:
                _act(db, by, slug, act, now)
        except CalendarError:
            pass
        after = get(database, now, slug)
        assert before.sequence <= after.sequence
        assert before.when_no <= after.when_no
        if before.when != after.when:
            assert before.when_no < after.when_no
        shown = [(one.when, one.published_status, one.place) for one in (before, after)]
        if shown[0] != shown[1]:
            assert before.sequence < after.sequence
    as_kept = states(database)
    with database.transaction() as db:
        editing.work_out(db, events.place(db, slug).uid)
    assert states(database) == as_kept
