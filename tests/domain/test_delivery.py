from datetime import timedelta

from calendar_svc.domain.delivery import DeliveryState, next_delay


def test_a_delayed_message_is_tried_again_later_and_later() -> None:
    minutes = [delay and delay / timedelta(minutes=1) for delay in map(next_delay, range(1, 14))]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 480, 480, 480, 480]


def test_after_about_two_days_it_is_given_up() -> None:
    delays = [next_delay(attempts) for attempts in range(1, 20)]
    assert delays[13:] == [None] * 6
    waited = sum((delay for delay in delays if delay), timedelta())
    assert timedelta(days=1.5) < waited < timedelta(days=2.5)


def test_a_message_never_tried_waits_as_after_its_first_attempt() -> None:
    assert next_delay(0) == next_delay(1) == timedelta(minutes=1)


def test_many_attempts_are_no_overflow() -> None:
    assert next_delay(10_000) is None


def test_a_life_is_told_in_these_words() -> None:
    assert [state.value for state in DeliveryState] == [
        "queued",
        "sending",
        "sent",
        "undeliverable",
        "withdrawn",
        "missed",
    ]
