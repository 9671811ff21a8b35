"""A When, a status, a lead in a language: by CLDR where it has the words.

Nothing here says more than is known: a month is said as a month.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    format_time,
    format_timedelta,
    get_timezone_location,
)

from calendar_svc.domain.account import Act, Role
from calendar_svc.domain.claim import ClaimStatus
from calendar_svc.domain.draft import DraftState
from calendar_svc.domain.event import Event, Status
from calendar_svc.domain.news import News
from calendar_svc.domain.revision import FactName, FactValue
from calendar_svc.domain.texts import Texts
from calendar_svc.domain.when import Kind, Point, Precision, When
from calendar_svc.words import catalogue, locale, tr


def when_label(when: When, lang: str) -> str:
    """The date alone: “Oktober 2025”, “26–28 Okt 2025”, “1 November 2025, 9:00 PG (Kuala
    Lumpur)”."""
    start, end = when.start, when.end
    if when.kind is Kind.AT:
        return _point(start, lang)
    if start.precision is end.precision is Precision.DAY:
        return format_interval(start.first, end.first, "yMMMMd", locale=locale(lang))
    if start.precision is end.precision is Precision.MONTH:
        return format_interval(start.first, end.first, "yMMMM", locale=locale(lang))
    if start.precision is end.precision is Precision.MINUTE and start.zone == end.zone:
        return _clock_span(start, end, lang)
    return f"{_point(start, lang)} – {_point(end, lang)}"


def when_words(event: Event, lang: str) -> str:
    """The date with what is not known of it: “October 2025 — date to be announced”."""
    if event.when is None:
        return tr(lang, "date unknown")
    label = when_label(event.when, lang)
    remark = vague_words(event, lang)
    return f"{label} — {remark}" if remark else label


def vague_words(event: Event, lang: str, today: date | None = None) -> str:
    """What is not known of an event's date; empty when the day is known.

    With `today`, nothing is said to be announced of what is past.
    """
    if event.when is None or not event.when.is_vague:
        return ""
    if event.status is Status.HELD or (today and event.when.last_day < today):
        return tr(lang, "the exact day is not known")
    if not event.when.starts_vaguely:
        return tr(lang, "last day to be announced")
    if event.when.kind is Kind.WITHIN:
        return tr(lang, "on a day in this span, to be announced")
    return tr(lang, "date to be announced")


def expected(when: When, lang: str) -> str:
    """For reminders of a vague date: “expected in October 2025; the day is not announced”."""
    span = when_label(when, lang)
    if when.kind is Kind.WITHIN:
        return tr(lang, "expected on a day in %(span)s, not announced yet", span=span)
    return tr(lang, "expected in %(span)s; the day is not announced", span=span)


def month_label(first: date, lang: str) -> str:
    """“November 2025”."""
    return format_skeleton("yMMMM", first, locale=locale(lang))


def day_label(day: date, lang: str) -> str:
    """“27 September 2025”."""
    return format_date(day, "long", locale=locale(lang))


def weekday_label(when: When, lang: str) -> str:
    """“Sabtu”, where the first day is known; else empty."""
    if when.starts_vaguely:
        return ""
    return format_date(when.first_day, "EEEE", locale=locale(lang))


def countdown(when: When, today: date, lang: str, zone: str | None = None) -> str:
    """“today”, “tomorrow”, “in 12 days”, where the first day is known and not past; else empty.

    `zone` is the one in which it is `today`: a clock time counts by the day it is there.
    """
    instant = when.start.instant
    first = instant.astimezone(ZoneInfo(zone)).date() if instant and zone else when.first_day
    days = (first - today).days
    if when.starts_vaguely or days < 0:
        return ""
    if days == 0:
        return tr(lang, "today")
    if days == 1:
        return tr(lang, "tomorrow")
    return format_timedelta(
        timedelta(days=days),
        granularity="day",
        # two months ahead people still count days
        threshold=1.5 if days > 60 else 1e9,
        add_direction=True,
        locale=locale(lang),
    )


def lead_label(lead: timedelta, lang: str) -> str:
    """How early a reminder comes: “7 days before”."""
    if lead % timedelta(days=1):
        hours = int(lead.total_seconds() // 3600)
        text = catalogue(lang).ngettext("%(n)s hour before", "%(n)s hours before", hours)
        return text % {"n": hours}
    text = catalogue(lang).ngettext("%(n)s day before", "%(n)s days before", lead.days)
    return text % {"n": lead.days}


def status_label(status: Status, lang: str) -> str:
    """How an event stands, in a word or two."""
    words = {
        Status.TENTATIVE: tr(lang, "Tentative"),
        Status.CONFIRMED: tr(lang, "Confirmed"),
        Status.HELD: tr(lang, "Held"),
        Status.POSTPONED: tr(lang, "Postponed"),
        Status.CANCELLED: tr(lang, "Cancelled"),
    }
    return words[status]


def claim_label(status: ClaimStatus, lang: str) -> str:
    """What an origin says of how a meeting stands."""
    if status is ClaimStatus.SCHEDULED:
        return tr(lang, "Scheduled")
    return status_label(Status(status.value), lang)


def fact_label(name: FactName, lang: str) -> str:
    """What a fact is about."""
    words = {
        FactName.TITLE: tr(lang, "Title"),
        FactName.WHEN: tr(lang, "When"),
        FactName.PLACE: tr(lang, "Where"),
        FactName.STATUS: tr(lang, "Status"),
        FactName.DESCRIPTION: tr(lang, "Description"),
        FactName.SERIES: tr(lang, "Series"),
        FactName.ORDINAL: tr(lang, "Edition"),
    }
    return words[name]


def fact_value(value: FactValue, lang: str, order: Sequence[str] = ()) -> str:
    """The value of a fact, in a language; “–” where nothing is known."""
    if value is None:
        return "–"
    if isinstance(value, When):
        return when_label(value, lang)
    if isinstance(value, Status):
        return status_label(value, lang)
    return value.pick(lang, order).value if isinstance(value, Texts) else str(value)


def draft_label(state: DraftState, lang: str) -> str:
    """What became of a draft."""
    words = {
        DraftState.WAITING: tr(lang, "waiting"),
        DraftState.ACCEPTED: tr(lang, "accepted"),
        DraftState.REJECTED: tr(lang, "rejected"),
    }
    return words[state]


def reach_label(count: int, lang: str) -> str:
    """How many subscribers something reaches."""
    text = catalogue(lang).ngettext(
        "%(n)s subscriber asked for it", "%(n)s subscribers asked for it", count
    )
    return text % {"n": count}


def news_label(news: News, lang: str) -> str:
    """What a revision tells, in a word or two."""
    words = {
        News.ANNOUNCED: tr(lang, "Announced"),
        News.CANCELLED: tr(lang, "Cancelled"),
        News.POSTPONED: tr(lang, "Postponed"),
        News.HELD: tr(lang, "Held"),
        News.RESUMED: tr(lang, "To take place after all"),
        News.MOVED: tr(lang, "Date moved"),
        News.DATED: tr(lang, "Date announced"),
        News.SHARPENED: tr(lang, "Date known more precisely"),
        News.BLURRED: tr(lang, "Date known less precisely"),
        News.PLACED: tr(lang, "Place announced"),
        News.CORRECTED: tr(lang, "Details corrected"),
    }
    return words[news]


def moment_label(moment: datetime, lang: str, zone: str) -> str:
    """“27 September 2025, 9:00 am”, on the clocks of a zone."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{day_label(local.date(), lang)}, {format_time(local, 'short', locale=locale(lang))}"


def role_label(role: Role, lang: str) -> str:
    """What somebody is on the desk."""
    words = {
        Role.EDITOR: tr(lang, "editor"),
        Role.ADMINISTRATOR: tr(lang, "administrator"),
    }
    return words[role]


def act_label(act: str, lang: str) -> str:
    """What was done, as the audit log keeps it; unknown ones as they stand."""
    words = {
        Act.SIGNED_IN: tr(lang, "signed in"),
        Act.SIGNED_OUT: tr(lang, "signed out"),
        Act.SIGN_IN_REFUSED: tr(lang, "sign-in refused"),
        Act.PASSWORD_SET: tr(lang, "password set"),
        Act.SECOND_FACTOR_SET: tr(lang, "second factor set"),
        Act.SECOND_FACTOR_REMOVED: tr(lang, "second factor removed"),
        Act.RECOVERY_CODE_USED: tr(lang, "recovery code used"),
        Act.SESSION_ENDED: tr(lang, "session ended"),
        Act.INVITED: tr(lang, "invited"),
        Act.EDITOR_CHANGED: tr(lang, "editor changed"),
        Act.EDITOR_DISABLED: tr(lang, "editor disabled"),
        Act.EDITOR_ENABLED: tr(lang, "editor enabled"),
        Act.REFUSED: tr(lang, "refused"),
        Act.EVENT_ADDED: tr(lang, "event added"),
        Act.EVENT_AMENDED: tr(lang, "event amended"),
        Act.REVISION_UNDONE: tr(lang, "revision undone"),
        Act.SETTLED: tr(lang, "settled"),
        Act.EVENTS_MERGED: tr(lang, "events merged"),
        Act.EVENT_WITHDRAWN: tr(lang, "event withdrawn"),
        Act.EVENT_RESTORED: tr(lang, "event restored"),
        Act.REDACTED: tr(lang, "redacted"),
        Act.SERIES_SAVED: tr(lang, "series saved"),
        Act.ARTICLE_SAVED: tr(lang, "article saved"),
        Act.DRAFT_MADE: tr(lang, "draft made"),
        Act.DRAFT_CHANGED: tr(lang, "draft changed"),
        Act.DRAFT_ACCEPTED: tr(lang, "draft accepted"),
        Act.DRAFT_REJECTED: tr(lang, "draft rejected"),
        Act.SOURCE_ADDED: tr(lang, "source added"),
        Act.SOURCE_PAUSED: tr(lang, "source paused"),
        Act.SOURCE_RESUMED: tr(lang, "source resumed"),
        Act.SOURCE_REMOVED: tr(lang, "source removed"),
    }
    return {str(key): word for key, word in words.items()}.get(act, act)


def language_name(lang: str) -> str:
    """A language's own name for itself: “Bahasa Melayu”, “English”."""
    name = locale(lang).language_name or lang
    return name if lang != "ms" else f"Bahasa {name}"


def _point(point: Point, lang: str) -> str:
    match point.precision:
        case Precision.YEAR:
            return str(point.first.year)
        case Precision.QUARTER:
            return format_skeleton("yQQQQ", point.first, locale=locale(lang))
        case Precision.MONTH:
            return month_label(point.first, lang)
        case Precision.DAY:
            return day_label(point.first, lang)
        case Precision.MINUTE:
            return f"{day_label(point.first, lang)}, {_clock(point, lang)} ({_city(point, lang)})"


def _clock_span(start: Point, end: Point, lang: str) -> str:
    if start.first == end.first:
        clocks = f"{_clock(start, lang)} – {_clock(end, lang)}"
        return f"{day_label(start.first, lang)}, {clocks} ({_city(start, lang)})"
    begins = f"{day_label(start.first, lang)}, {_clock(start, lang)}"
    ends = f"{day_label(end.first, lang)}, {_clock(end, lang)}"
    return f"{begins} – {ends} ({_city(start, lang)})"


def _clock(point: Point, lang: str) -> str:
    return format_time(point.clock, "short", locale=locale(lang))


def _city(point: Point, lang: str) -> str:
    """The place that stands for a zone: “Kuala Lumpur”."""
    return get_timezone_location(point.zone, locale=locale(lang), return_city=True)
