"""Names that readers may see, and how long one waits after failures."""

from datetime import timedelta

import pytest

from calendar_svc.domain.account import DeskSession, check_name, free_at
from calendar_svc.domain.errors import Refused
from tests.make import NOW

MINUTE = timedelta(minutes=1)


def test_four_failures_are_free_and_the_fifth_is_not() -> None:
    failures = [NOW + n * MINUTE for n in range(5)]
    assert free_at([], 5) is None
    assert free_at(failures[:4], 5) is None
    assert free_at(failures, 5) == failures[-1] + MINUTE


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    failures, waits = [NOW] * 4, []
    at = NOW
    for _ in range(8):
        failures.append(at)
        free = free_at(failures, 5)
        assert free is not None
        waits.append((free - at) // MINUTE)
        at = free
    assert waits == [1, 2, 4, 8, 15, 15, 15, 15]


def test_a_quiet_quarter_of_an_hour_begins_anew() -> None:
    failures = [NOW] * 5
    free = NOW + MINUTE
    assert free_at([*failures, free + 15 * MINUTE], 5) == free + 17 * MINUTE
    assert free_at([*failures, free + 15.1 * MINUTE], 5) is None


def test_thousands_of_failures_are_counted_as_well() -> None:
    assert free_at([NOW] * 5000, 5) == NOW + 15 * MINUTE


def test_a_session_ends_unused_or_old_whichever_comes_first() -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert DeskSession(1, "", NOW, NOW + hour).ends_at == NOW + 13 * hour
    assert DeskSession(1, "", NOW, NOW + 7 * day - hour).ends_at == NOW + 7 * day


def test_a_name_is_kept_on_one_line() -> None:
    assert check_name("  Ada \n Lovelace ") == "Ada Lovelace"
    assert check_name("") == ""
    assert check_name("Siti Nurhaliza binti Taruddin") == "Siti Nurhaliza binti Taruddin"


@pytest.mark.parametrize("name", ["a" * 81, "Ada\x00", "Ada\u202e", "ada@example.org"])
def test_a_name_that_readers_must_not_see_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        check_name(name)
    assert refused.value.field == "name"
