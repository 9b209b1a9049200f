import logging
from pathlib import Path

import pytest

from bot.operating.opening import check_library, open_assistant
from bot.port.checks import Severity
from bot.port.errors import ConfigError
from bot.port.messages import Found, Question


def episode(library: Path, name: str, text: str) -> None:
    (library / name).mkdir()
    (library / name / "episode.yaml").write_text(text)


GOOD = """\
title: Comets and more
show: The Night Sky
number: 7
source: the episode's notes
topics:
  - id: comets
    title: Comets
    summary: Comets are called dirty snowballs.
"""


async def test_a_library_of_ones_own_answers(tmp_path: Path) -> None:
    episode(tmp_path, "night-sky-7", GOOD)

    answer = await open_assistant(tmp_path).ask(Question("comets"))

    assert isinstance(answer, Found)
    assert answer.topics[0].id == "night-sky-7/topic/comets"


def test_an_episode_that_cannot_be_read_is_left_out_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    episode(tmp_path, "night-sky-7", GOOD)
    for name in ("bad-1", "bad-2", "bad-3", "bad-4"):
        episode(tmp_path, name, "title: [")

    with caplog.at_level(logging.WARNING):
        open_assistant(tmp_path)

    (message,) = caplog.messages
    assert str(tmp_path / "bad-1" / "episode.yaml") in message
    assert message.endswith("and 1 more; `overheard check` lists them all")


def test_a_library_that_cannot_be_used_says_what_to_mend(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there are no episodes here; make a folder for each"):
        open_assistant(tmp_path)


def test_the_check_tells_every_problem_and_warns_where_the_rest_works(tmp_path: Path) -> None:
    episode(tmp_path, "bad-1", "title: [")
    assert "nothing in it can be used" in check_library(tmp_path).summary
    assert check_library(tmp_path).severity is Severity.ERROR

    episode(tmp_path, "night-sky-7", GOOD)
    report = check_library(tmp_path)

    assert report.severity is Severity.WARNING
    assert len(report.warnings) == 1
    assert report.warnings[0].startswith(str(tmp_path / "bad-1" / "episode.yaml"))
    assert "1 episode, 1 topic, 0 quotes; the episodes named above" in report.summary


async def test_a_damaged_index_is_made_anew_and_the_question_asked_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = tmp_path / "library" / "bees-1"
    place.mkdir(parents=True)
    place.joinpath("episode.yaml").write_text("title: About bees\nshow: Hive Talk\nsource: the transcript\n")
    talk = "\n\n".join(f"**Ann Lee:** Beeswax candle {n} burns slowly and smells of summer." for n in range(5000))
    place.joinpath("transcript.md").write_text(talk)
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")
    (store,) = (tmp_path / "cache").rglob("spoken/*.store")
    damaged = bytearray(store.read_bytes())
    for at in range(0, len(damaged) - 200, 50):
        damaged[at] ^= 0xFF
    with store.open("r+b") as file:
        file.write(damaged)

    answer = await assistant.ask(Question("how do beeswax candles burn?"))

    assert isinstance(answer, Found)
    assert "burns slowly" in answer.evidence[0].text
    assert "damaged" in caplog.text
