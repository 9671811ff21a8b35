"""Settings: typed, frozen, read once from CALENDAR_… and `.env`, all faults reported together."""

import os
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values
from email_validator import EmailNotValidError, validate_email

from calendar_svc.domain.errors import Refused
from calendar_svc.domain.when import MAX_YEAR, MIN_YEAR, check_zone

ROOT = Path(__file__).parent.parent
"""The checkout: migrations/, data/ and wsgi.py stand beside the package."""

LANGUAGES = (
    *sorted(path.stem for path in Path(__file__).parent.glob("words/catalogues/*.po")),
    "en",
)
"""The languages that have a catalogue, and English, which needs none."""

SHORTEST_KEY = 16

T = TypeVar("T")


class BadSettings(Refused):
    """All that is wrong with the settings, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("the settings are wrong")
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(self.faults)


@dataclass(frozen=True)
class Settings:
    """What an operator chose, checked."""

    database_url: str = field(repr=False)
    outbox: Path
    smtp_url: str | None = field(repr=False)
    """None: mail is only written to the outbox."""
    mail_from: str
    base_url: str
    """No slash at its end."""
    secret_keys: tuple[str, ...] = field(repr=False)
    """The newest first; links signed with an older one still open."""
    timezone: str
    languages: tuple[str, ...]
    trusted_proxies: int
    now: datetime | None
    """The instant at which a simulated clock starts; None: the wall clock."""


def read(
    environment: Mapping[str, str] | None = None,
    *,
    var: Path = ROOT / "data/var",
    base_url: str = "http://127.0.0.1:8000",
) -> Settings:
    """Read the settings. Raises BadSettings naming every one that is wrong.

    `environment` is for tests; by default the process's own goes over `.env`. `var` is where
    the defaults put the database, the outbox and the secret key; `base_url` is the default of
    CALENDAR_BASE_URL.
    """
    if environment is None:
        dotenv = {key: value for key, value in dotenv_values(ROOT / ".env").items() if value}
        environment = {**dotenv, **os.environ}
    reader = _Reader(environment)
    now = reader.get("NOW", None, _instant)
    home = var / "rehearsal" if reader.given("NOW") else var
    database_url = reader.get("DATABASE_URL", f"sqlite:///{home / 'calendar.db'}", _database_url)
    if database_url.startswith("sqlite:"):
        # what goes with a database of one's own lies beside it
        home = Path(database_url.removeprefix("sqlite:///")).parent
    settings = Settings(
        database_url=database_url,
        outbox=home / "outbox",
        # simulated time writes to nobody, whatever the settings say
        smtp_url=None if now else reader.get("SMTP_URL", None, _smtp_url, secret=True),
        mail_from=reader.get("MAIL_FROM", "calendar@localhost.localdomain", _address),
        base_url=reader.get("BASE_URL", base_url, _base_url),
        secret_keys=reader.get("SECRET_KEY", (), _secret_keys, secret=True),
        timezone=reader.get("TIMEZONE", "Asia/Kuala_Lumpur", check_zone),
        languages=reader.get("LANGUAGES", ("ms", "en"), _languages),
        trusted_proxies=reader.get("TRUSTED_PROXIES", 0, _small_number),
        now=now,
    )
    if not settings.secret_keys and not settings.database_url.startswith("sqlite"):
        reader.faults.append(
            "CALENDAR_SECRET_KEY: is required with PostgreSQL, the same on every machine;"
            " make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    reader.check_unknown()
    if reader.faults:
        raise BadSettings(reader.faults)
    if settings.secret_keys:
        return settings
    return Settings(**{**vars(settings), "secret_keys": (_own_secret_key(home),)})


NAMES = (
    "DATABASE_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "BASE_URL",
    "SECRET_KEY",
    "TIMEZONE",
    "LANGUAGES",
    "TRUSTED_PROXIES",
    "NOW",
)
"""Every setting, without its CALENDAR_; a test holds the README against it."""

_SECRETS = ("SMTP_URL", "SECRET_KEY", "DATABASE_URL")


class _Reader:
    """Reads one setting after the other and keeps the faults."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.faults: list[str] = []

    def given(self, name: str) -> bool:
        return bool(self.environment.get(f"CALENDAR_{name}", "").strip())

    def get(self, name: str, default: T, check: Callable[[str], T], *, secret: bool = False) -> T:
        variable = f"CALENDAR_{name}"
        try:
            text = self._text(variable, name in _SECRETS)
            return check(text) if text else default
        except (ValueError, Refused) as fault:
            self.faults.append(f"{variable}: {fault}")
            return default

    def check_unknown(self) -> None:
        known = {f"CALENDAR_{name}" for name in NAMES}
        known |= {f"CALENDAR_{name}_FILE" for name in _SECRETS}
        for variable in sorted(self.environment):
            if variable.startswith("CALENDAR_") and variable not in known:
                self.faults.append(
                    f"{variable}: is not a setting; see the README for those there are"
                )

    def _text(self, variable: str, secret: bool) -> str:
        text = self.environment.get(variable, "").strip()
        path = self.environment.get(f"{variable}_FILE", "").strip() if secret else ""
        if not path:
            return text
        if text:
            raise ValueError(f"is given twice, here and in {variable}_FILE; keep one")
        try:
            content = Path(path).read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise ValueError(
                f"the file of {variable}_FILE can't be read: {fault.strerror}"
            ) from None
        if not content:
            raise ValueError(f"the file of {variable}_FILE is empty")
        return content


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not MIN_YEAR <= moment.year <= MAX_YEAR:
        raise ValueError("must be a moment with its offset, like 2025-09-27T09:00:00+08:00")
    return moment


def _database_url(text: str) -> str:
    scheme, _, rest = text.partition("://")
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        try:
            usable = bool(urlsplit(text).path)
        except ValueError:
            usable = False
        if usable:
            return f"postgresql+psycopg://{rest}"
    elif scheme == "sqlite" and rest.startswith("/") and rest[1:] not in ("", ":memory:"):
        return text
    # the value itself is not repeated: it may hold a password
    raise ValueError(
        "must be like sqlite:////srv/calendar/calendar.db or postgresql://user:password@host/name"
    )


def _smtp_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("smtp", "smtps", "smtp+starttls") and parts.hostname
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        usable = None
    if not usable:
        # the value itself is not repeated: it may hold a password
        raise ValueError("must be like smtp://host:25 or smtp+starttls://user:password@host:587")
    return text


def _address(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise ValueError("must be one mail address, like calendar@example.org") from None


def _base_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.hostname and re.fullmatch(r"https?://[^\s?#@]+", text)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        usable = None
    if not usable:
        raise ValueError("must be like https://calendar.example.org, without a query")
    return text.rstrip("/")


def _secret_keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys or any(len(key) < SHORTEST_KEY for key in keys):
        raise ValueError(
            f"each key must have at least {SHORTEST_KEY} characters (old ones after a comma)"
        )
    return keys


def _languages(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not chosen:
        raise ValueError("must name at least one language, like ms,en")
    for lang in chosen:
        if lang not in LANGUAGES:
            raise ValueError(f"“{lang}” has no catalogue; there are {', '.join(LANGUAGES)}")
    return chosen


def _small_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= 10):
        raise ValueError("must be a whole number from 0 to 10")
    return int(text)


def _own_secret_key(home: Path) -> str:
    """The key made at the first start and kept beside the database."""
    path = home / "secret_key"
    home.mkdir(parents=True, exist_ok=True)
    # born whole and private under a name of its own, so that a second process never reads half
    descriptor, made = tempfile.mkstemp(prefix="secret_key.", dir=home)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
        with suppress(FileExistsError):
            os.link(made, path)
    finally:
        os.unlink(made)
    key = path.read_text().strip()
    if len(key) < SHORTEST_KEY:
        raise BadSettings([f"CALENDAR_SECRET_KEY: {path} holds no key; delete it to have one made"])
    return key
