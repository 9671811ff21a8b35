"""The real parts, chosen once from the settings: database, clock, mailer, fetch, addresses."""

from dataclasses import dataclass, field

from argon2 import PasswordHasher

from calendar_svc.articles import extract, fetch
from calendar_svc.articles.fetch import Fetch
from calendar_svc.articles.reading import Read
from calendar_svc.clock import Clock
from calendar_svc.config import Settings
from calendar_svc.domain.errors import Refused
from calendar_svc.links import Links, Site
from calendar_svc.mail.smtp import MaildirMailer, Mailer, Postbox, SmtpMailer
from calendar_svc.store import notes, schema
from calendar_svc.store.base import Database


@dataclass(frozen=True)
class Services:
    """What a process works with."""

    database: Database
    clock: Clock
    site: Site
    postbox: Postbox
    mail_leaves: bool
    """Whether mail goes out at all, or is only written to a folder."""
    trusted_proxies: int
    secret_keys: tuple[str, ...] = field(repr=False)
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    """How slow passwords are to guess; argon2's own choice unless a test is in a hurry."""
    fetch: Fetch = fetch.fetch
    """How an address is read."""
    read: Read = extract.read
    """How a text is read."""


def build(settings: Settings) -> Services:
    """Choose the parts. Raises Refused when the database is not ready for them."""
    database = Database(settings.database_url)
    if not schema.is_current(database):
        raise Refused(
            "the database has not the tables of this version; run: calendar-svc db upgrade"
        )
    mailer: Mailer = (
        SmtpMailer(settings.smtp_url) if settings.smtp_url else MaildirMailer(settings.outbox)
    )
    return Services(
        database=database,
        clock=_clock(database, settings),
        site=Site(
            Links(settings.base_url, settings.secret_keys), settings.languages, settings.timezone
        ),
        postbox=Postbox(mailer, settings.mail_from),
        mail_leaves=settings.smtp_url is not None,
        trusted_proxies=settings.trusted_proxies,
        secret_keys=settings.secret_keys,
    )


def _clock(database: Database, settings: Settings) -> Clock:
    with database.reading() as db:
        return notes.clock(db, simulated=settings.now is not None)
