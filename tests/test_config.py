import os
import stat
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendar_svc import config
from calendar_svc.config import NAMES, BadSettings, Settings
from calendar_svc.domain.errors import Refused

KEY = "a-key-of-thirty-two-characters-or-more"
PASSWORD = "correct-horse-battery"
NOW = "2025-09-27T09:00:00+08:00"
POSTGRES = f"postgresql://calendar:{PASSWORD}@db.example.org/calendar"

Read = Callable[..., Settings]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """Where the defaults put the database; there is nothing yet."""
    return tmp_path / "var"


@pytest.fixture
def read(var: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads settings named without their CALENDAR_."""
    monkeypatch.setattr(config, "LANGUAGES", ("id", "ms", "en"))

    def read(**given: str) -> Settings:
        environment = {f"CALENDAR_{name}": value for name, value in given.items()}
        return config.read({"PATH": "/bin", **environment}, var=var)

    return read


@pytest.fixture
def faults(read: Read) -> Callable[..., list[str]]:
    """The faults of settings."""

    def faults(**given: str) -> list[str]:
        with pytest.raises(BadSettings) as bad:
            read(**given)
        return bad.value.faults

    return faults


Faults = Callable[..., list[str]]


# — defaults —


def test_without_any_setting_the_defaults_hold(read: Read, var: Path) -> None:
    found = read()
    assert found.database_url == f"sqlite:///{var}/calendar.db"
    assert found.outbox == var / "outbox"
    assert found.smtp_url is None
    assert found.mail_from == "calendar@localhost.localdomain"
    assert found.base_url == "http://127.0.0.1:8000"
    assert found.timezone == "Asia/Kuala_Lumpur"
    assert found.languages == ("ms", "en")
    assert found.trusted_proxies == 0
    assert found.now is None


def test_the_defaults_would_be_accepted_if_they_were_given(read: Read, var: Path) -> None:
    plain = read()
    given = read(
        DATABASE_URL=plain.database_url,
        MAIL_FROM=plain.mail_from,
        BASE_URL=plain.base_url,
        TIMEZONE=plain.timezone,
        LANGUAGES=",".join(plain.languages),
        TRUSTED_PROXIES=str(plain.trusted_proxies),
        SECRET_KEY=",".join(plain.secret_keys),
    )
    assert given == plain


def test_an_empty_setting_is_one_not_given(read: Read) -> None:
    assert read(**dict.fromkeys(NAMES, "  ")) == read()


def test_what_an_operator_gives_is_taken(read: Read, tmp_path: Path) -> None:
    found = read(
        DATABASE_URL=f"sqlite:///{tmp_path}/own.db",
        SMTP_URL="smtp+starttls://user:pass@mail.example.org:587",
        MAIL_FROM="calendar@example.org",
        BASE_URL="https://calendar.example.org/asean/",
        SECRET_KEY=KEY,
        TIMEZONE="Europe/Berlin",
        LANGUAGES=" en , ms,en ",
        TRUSTED_PROXIES="2",
    )
    assert found.database_url == f"sqlite:///{tmp_path}/own.db"
    assert found.smtp_url == "smtp+starttls://user:pass@mail.example.org:587"
    assert found.mail_from == "calendar@example.org"
    assert found.base_url == "https://calendar.example.org/asean"
    assert found.secret_keys == (KEY,)
    assert found.timezone == "Europe/Berlin"
    assert found.languages == ("en", "ms")
    assert found.trusted_proxies == 2


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_by_psycopg_however_it_is_written(read: Read, scheme: str) -> None:
    found = read(DATABASE_URL=f"{scheme}://u:p@db/calendar?sslmode=require", SECRET_KEY=KEY)
    assert found.database_url == "postgresql+psycopg://u:p@db/calendar?sslmode=require"


def test_settings_do_not_change(read: Read) -> None:
    with pytest.raises(FrozenInstanceError):
        read().timezone = "UTC"  # type: ignore[misc]


def test_a_caller_may_have_another_default_address(var: Path) -> None:
    assert config.read({}, var=var, base_url="http://127.0.0.1:8001").base_url.endswith(":8001")


def test_the_process_s_own_environment_goes_over_the_dotenv_file(
    tmp_path: Path, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        "CALENDAR_TIMEZONE=Europe/Berlin\nCALENDAR_TRUSTED_PROXIES=1\nCALENDAR_NOW=\n"
    )
    monkeypatch.setattr(config, "ROOT", tmp_path)
    monkeypatch.setenv("CALENDAR_TRUSTED_PROXIES", "2")
    found = config.read(var=var)
    assert (found.timezone, found.trusted_proxies, found.now) == ("Europe/Berlin", 2, None)


# — a simulated clock —


def test_a_simulated_clock_moves_the_defaults_to_the_rehearsal(read: Read, var: Path) -> None:
    found = read(NOW=NOW)
    assert found.now == datetime.fromisoformat(NOW)
    assert found.database_url == f"sqlite:///{var}/rehearsal/calendar.db"
    assert found.outbox == var / "rehearsal/outbox"
    assert (var / "rehearsal/secret_key").exists()
    assert not (var / "secret_key").exists()


def test_in_simulated_time_nobody_is_written_to(read: Read) -> None:
    assert read(NOW=NOW, SMTP_URL="smtp://mail.example.org:25").smtp_url is None


def test_an_instant_is_taken_with_any_offset(read: Read) -> None:
    moment = read(NOW="2025-09-27T01:00:00Z").now
    assert moment == datetime.fromisoformat(NOW)


# — faults —

BAD = [
    ("DATABASE_URL", "mysql://db/calendar"),
    ("DATABASE_URL", "/srv/calendar.db"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "postgresql+psycopg2://db/calendar"),
    ("SMTP_URL", "mail.example.org"),
    ("SMTP_URL", "http://mail.example.org"),
    ("SMTP_URL", "smtp://"),
    ("SMTP_URL", "smtp://mail.example.org:port"),
    ("SMTP_URL", "smtp://mail.example.org:99999"),
    ("SMTP_URL", "smtp://[::1"),
    ("MAIL_FROM", "calendar"),
    ("MAIL_FROM", "calendar@"),
    ("MAIL_FROM", "a@example.org, b@example.org"),
    ("MAIL_FROM", "Calendar <calendar@example.org>"),
    ("MAIL_FROM", "calendar@example.org\nBcc: all@example.org"),
    ("BASE_URL", "calendar.example.org"),
    ("BASE_URL", "ftp://calendar.example.org"),
    ("BASE_URL", "https://"),
    ("BASE_URL", "https://calendar.example.org/?a=b"),
    ("BASE_URL", "https://calendar.example.org:port"),
    ("BASE_URL", "https://[::1"),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", f"{KEY},short"),
    ("TIMEZONE", "Kuala Lumpur"),
    ("TIMEZONE", "../../etc/passwd"),
    ("TIMEZONE", "+08:00"),
    ("LANGUAGES", "xx"),
    ("LANGUAGES", "ms,xx"),
    ("LANGUAGES", "MS"),
    ("TRUSTED_PROXIES", "-1"),
    ("TRUSTED_PROXIES", "11"),
    ("TRUSTED_PROXIES", "one"),
    ("TRUSTED_PROXIES", "1.0"),
    ("TRUSTED_PROXIES", "１"),
    ("NOW", "2025-09-27"),
    ("NOW", "2025-09-27T09:00:00"),
    ("NOW", "yesterday"),
    ("NOW", "2025-09-31T09:00:00Z"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_setting_is_named_and_the_only_one(faults: Faults, name: str, value: str) -> None:
    (fault,) = faults(**{name: value})
    assert fault.startswith(f"CALENDAR_{name}: ")
    assert "\n" not in fault


def test_every_bad_setting_is_told_at_once(faults: Faults) -> None:
    worst = dict(BAD)
    del worst["NOW"]  # below: in simulated time SMTP_URL is not read
    found = faults(**worst, NO_SUCH="1", WRONG="2")
    names = [fault.split(":")[0].removeprefix("CALENDAR_") for fault in found]
    assert sorted(names) == sorted([*worst, "NO_SUCH", "WRONG"])


def test_the_faults_are_told_a_line_each(read: Read) -> None:
    with pytest.raises(Refused) as bad:
        read(TIMEZONE="Nowhere", TRUSTED_PROXIES="many")
    assert [line.split(":")[0] for line in str(bad.value).splitlines()] == [
        "CALENDAR_TIMEZONE",
        "CALENDAR_TRUSTED_PROXIES",
    ]


def test_a_fault_with_a_percent_sign_is_told_as_it_is(read: Read) -> None:
    with pytest.raises(BadSettings, match="“100%s” is not a time zone"):
        read(TIMEZONE="100%s")


def test_an_unknown_setting_is_a_fault_and_another_program_s_is_not(
    faults: Faults, var: Path
) -> None:
    (fault,) = faults(DATABSE_URL="sqlite:////srv/calendar.db")
    assert fault.startswith("CALENDAR_DATABSE_URL: is not a setting")
    assert config.read({"MY_CALENDAR_URL": "x", "CALENDARS": "y"}, var=var)


def test_nothing_is_made_while_the_settings_are_bad(faults: Faults, var: Path) -> None:
    faults(TIMEZONE="Nowhere")
    assert not var.exists()


def test_postgresql_needs_a_key_of_its_own(faults: Faults, var: Path) -> None:
    (fault,) = faults(DATABASE_URL=POSTGRES)
    assert fault.startswith("CALENDAR_SECRET_KEY: is required with PostgreSQL")
    assert not var.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([name for name in NAMES if name != "DATABASE_URL"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30),
)
def test_any_value_is_taken_or_refused_by_name(read: Read, name: str, value: str) -> None:
    try:
        read(**{name: value})
    except BadSettings as bad:
        found = bad.faults
    else:
        return
    assert [fault.split(":")[0] for fault in found] == [f"CALENDAR_{name}"]


def test_no_language_at_all_is_a_fault(faults: Faults) -> None:
    (fault,) = faults(LANGUAGES=" , ")
    assert fault.startswith("CALENDAR_LANGUAGES: ")


def test_a_key_given_as_nothing_is_a_fault(faults: Faults) -> None:
    (fault,) = faults(SECRET_KEY=" , ")
    assert fault.startswith("CALENDAR_SECRET_KEY: ")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:calendar.db"])
def test_a_database_that_is_no_file_is_a_fault(faults: Faults, url: str) -> None:
    (fault,) = faults(DATABASE_URL=url, SECRET_KEY=KEY)
    assert fault.startswith("CALENDAR_DATABASE_URL: ")


@pytest.mark.parametrize(
    "url",
    [
        "https://calendar.example.org/#top",
        "https://calendar.example.org/?",
        "https://user:pass@calendar.example.org",
        "https://calendar example.org",
    ],
)
def test_an_address_that_links_can_not_begin_with_is_a_fault(faults: Faults, url: str) -> None:
    (fault,) = faults(BASE_URL=url)
    assert fault.startswith("CALENDAR_BASE_URL: ")


def test_a_clock_starts_within_the_calendar(faults: Faults) -> None:
    (fault,) = faults(NOW="0001-01-01T00:00:00+08:00")
    assert fault.startswith("CALENDAR_NOW: ")


def test_a_very_long_number_is_refused_in_our_words(faults: Faults) -> None:
    assert faults(TRUSTED_PROXIES="9" * 5000) == [
        "CALENDAR_TRUSTED_PROXIES: must be a whole number from 0 to 10"
    ]


def test_a_bad_zone_with_a_line_break_is_one_line(faults: Faults) -> None:
    (fault,) = faults(TIMEZONE="Asia/\nKuala_Lumpur")
    assert "\n" not in fault


# — secrets —


def test_secrets_do_not_print(read: Read) -> None:
    found = read(SECRET_KEY=KEY, SMTP_URL=f"smtps://user:{PASSWORD}@mail.example.org")
    for text in (repr(found), str(found), f"{found}"):
        assert KEY not in text
        assert PASSWORD not in text
    assert {one.name for one in fields(found) if not one.repr} >= {"secret_keys", "smtp_url"}


def test_the_password_of_the_database_does_not_print(read: Read) -> None:
    assert PASSWORD not in repr(read(DATABASE_URL=POSTGRES, SECRET_KEY=KEY))


@pytest.mark.parametrize(
    "given",
    [
        {"SMTP_URL": f"smtp://user:{PASSWORD}@:port"},
        {"SMTP_URL": f"smtp://user:{PASSWORD}@mail[example.org"},
        {"SMTP_URL": f"smtp://user:{PASSWORD}℀@mail.example.org"},
        {"SMTP_URL": f"https://user:{PASSWORD}@mail.example.org"},
        {"SECRET_KEY": PASSWORD[:15]},
        {"SECRET_KEY": f"{KEY},{PASSWORD[:15]}"},
        {"DATABASE_URL": POSTGRES.replace("postgresql", "mysql")},
        {"DATABASE_URL": POSTGRES},  # a key is missing
        {"DATABASE_URL": f"postgresql://user:{PASSWORD}[@db/calendar"},
    ],
    ids=str,
)
def test_a_fault_does_not_tell_a_secret(faults: Faults, given: dict[str, str]) -> None:
    told = "\n".join(faults(**given))
    assert PASSWORD[:15] not in told
    assert KEY not in told


@pytest.mark.parametrize(
    "url", [f"postgresql://user:[{PASSWORD}]@db/calendar", f"postgresql://user:{PASSWORD}℀@db/cal"]
)
def test_a_database_address_that_can_not_be_split_does_not_tell_its_password(
    faults: Faults, url: str
) -> None:
    assert PASSWORD not in "\n".join(faults(DATABASE_URL=url, SECRET_KEY=KEY))


@pytest.mark.parametrize("name", ["SECRET_KEY", "SMTP_URL", "DATABASE_URL"])
def test_a_secret_may_be_kept_in_a_file(read: Read, tmp_path: Path, name: str) -> None:
    values = {
        "SECRET_KEY": KEY,
        "SMTP_URL": "smtp://mail.example.org:25",
        "DATABASE_URL": f"sqlite:///{tmp_path}/own.db",
    }
    file = tmp_path / "secret"
    file.write_text(f"  {values[name]}\n")
    assert read(**{f"{name}_FILE": str(file)}) == read(**{name: values[name]})


def test_a_secret_given_twice_is_a_fault(faults: Faults, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(KEY)
    (fault,) = faults(SECRET_KEY=KEY, SECRET_KEY_FILE=str(file))
    assert fault.startswith("CALENDAR_SECRET_KEY: is given twice")
    assert KEY not in fault


def test_a_secret_s_file_that_can_not_be_read_is_a_fault(faults: Faults, tmp_path: Path) -> None:
    for path in (tmp_path / "missing", tmp_path):
        (fault,) = faults(SECRET_KEY_FILE=str(path))
        assert fault.startswith("CALENDAR_SECRET_KEY: the file of CALENDAR_SECRET_KEY_FILE can't")


def test_a_bad_secret_in_a_file_is_a_fault_that_does_not_tell_it(
    faults: Faults, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    file.write_text("tooshort")
    (fault,) = faults(SECRET_KEY_FILE=str(file))
    assert "tooshort" not in fault
    file.write_bytes(b"\xff\xfe" * 20)
    (fault,) = faults(SECRET_KEY_FILE=str(file))
    assert fault.startswith("CALENDAR_SECRET_KEY: ")


@pytest.mark.parametrize("name", ["SECRET_KEY", "SMTP_URL", "DATABASE_URL"])
def test_a_secret_s_file_that_is_empty_is_a_fault(
    faults: Faults, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "secret"
    file.write_text("\n")
    (fault,) = faults(**{f"{name}_FILE": str(file)})
    assert fault.startswith(f"CALENDAR_{name}: ")


def test_only_secrets_are_read_from_files(faults: Faults, tmp_path: Path) -> None:
    (fault,) = faults(TIMEZONE_FILE=str(tmp_path))
    assert fault.startswith("CALENDAR_TIMEZONE_FILE: is not a setting")


# — the secret key —


def test_old_keys_follow_the_new_one(read: Read) -> None:
    assert read(SECRET_KEY=f"{KEY}, {KEY}-old ,").secret_keys == (KEY, f"{KEY}-old")


def test_a_secret_key_is_made_once_and_kept(read: Read, var: Path) -> None:
    (made,) = read().secret_keys
    assert len(made) >= 32
    assert (var / "secret_key").read_text() == made
    assert read().secret_keys == (made,)
    assert [path.name for path in var.iterdir()] == ["secret_key"]


def test_nobody_else_may_read_the_secret_key(read: Read, var: Path) -> None:
    before = os.umask(0)
    try:
        read()
    finally:
        os.umask(before)
    assert stat.S_IMODE((var / "secret_key").stat().st_mode) == 0o600


def test_two_places_have_two_keys(tmp_path: Path) -> None:
    assert config.read({}, var=tmp_path / "a").secret_keys != (
        config.read({}, var=tmp_path / "b").secret_keys
    )


def test_no_key_is_made_where_one_is_given(read: Read, var: Path) -> None:
    read(SECRET_KEY=KEY)
    assert not var.exists()


def test_what_goes_with_a_database_of_one_s_own_lies_beside_it(
    read: Read, var: Path, tmp_path: Path
) -> None:
    for more in ({}, {"NOW": NOW}):
        found = read(DATABASE_URL=f"sqlite:///{tmp_path}/own/calendar.db", **more)
        assert found.outbox == tmp_path / "own/outbox"
        assert found.secret_keys == ((tmp_path / "own/secret_key").read_text(),)
    assert not var.exists()


def test_a_key_half_made_by_a_process_that_died_is_made_anew(read: Read, var: Path) -> None:
    var.mkdir()
    (var / f"secret_key.{os.getpid()}").write_text("")
    assert len(read().secret_keys[0]) >= 32


def test_a_kept_key_that_is_empty_is_not_signed_with(read: Read, var: Path) -> None:
    var.mkdir()
    (var / "secret_key").write_text("")
    try:
        keys = read().secret_keys
    except Refused:
        return
    assert len(keys[0]) >= 16
