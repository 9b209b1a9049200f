from datetime import timedelta

import pytest

from bot.port.times import clock


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(-3, "0:00"), (0, "0:00"), (7.9, "0:07"), (754, "12:34"), (3723, "1:02:03"), (360000, "100:00:00")],
)
def test_a_time_reads_as_in_a_player(seconds: float, written: str) -> None:
    assert clock(timedelta(seconds=seconds)) == written
