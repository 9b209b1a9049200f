from dataclasses import dataclass
from datetime import timedelta

from bot.port.seen import Once


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_name_is_new_once() -> None:
    once = Once()

    assert [once.first(name) for name in ("a", "a", "b")] == [True, False, True]


def test_a_name_is_new_again_after_its_quiet_time() -> None:
    clock = Clock()
    once = Once(clock=clock)
    asked = []
    for clock.now in (0.0, 59.9, 60.0, 119.9):
        asked.append(once.first("a", quiet_for=timedelta(minutes=1)))

    assert asked == [True, False, True, False]


def test_what_is_remembered_is_bounded_and_the_oldest_goes_first() -> None:
    once = Once(remembered=2)

    assert [once.first(name) for name in ("a", "b", "a", "c", "a")] == [True, True, False, True, True]
