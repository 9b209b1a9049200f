"""Questions to a library of several shows and episodes."""

from pathlib import Path

import pytest

from bot.compose import open_assistant
from bot.port import Assistant, Found, NotFound, Question


def add(library: Path, name: str, show: str, number: int, transcript: str) -> None:
    (library / name).mkdir(parents=True)
    (library / name / "episode.yaml").write_text(
        f"title: Talk {number}\nshow: {show}\nnumber: {number}\nsource: the transcript\n"
    )
    (library / name / "transcript.md").write_text(transcript)


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    bees = "**Ann Lee:** Beeswax candles burn slowly.\n\n**Bob Ray:** I melt beeswax every winter for candles.\n\n"
    add(tmp_path, "hive-7", "Hive Talk", 7, bees + "**Ann Lee:** And beeswax candles smell of honey.\n")
    add(tmp_path, "hive-8", "Hive Talk", 8, "**Cora Lind:** My beeswax candles never drip, and I sell hundreds.\n")
    add(tmp_path, "night-7", "Night Sky", 7, "**Ada Ford:** By beeswax candles we drew the comets and their tails.\n")
    return open_assistant(tmp_path, tmp_path / "cache")


async def found(assistant: Assistant, question: str) -> Found:
    answer = await assistant.ask(Question(question))
    assert isinstance(answer, Found), answer
    return answer


async def test_a_number_belongs_to_the_show_that_is_named(assistant: Assistant) -> None:
    for question in ("beeswax candles in Night Sky 7", "Night Sky episode 7: beeswax candles"):
        answer = await found(assistant, question)
        assert {evidence.episode.id for evidence in answer.evidence} == {"night-7"}


async def test_a_number_that_the_show_does_not_have_is_said_to_be_missing(assistant: Assistant) -> None:
    assert isinstance(await assistant.ask(Question("beeswax candles in Night Sky 8")), NotFound)


async def test_what_somebody_said_is_in_their_words(assistant: Assistant) -> None:
    answer = await found(assistant, "what did Bob Ray say about beeswax candles?")

    assert {evidence.speaker for evidence in answer.evidence} == {"Bob Ray"}


async def test_no_episode_fills_an_answer_alone(assistant: Assistant) -> None:
    answer = await found(assistant, "beeswax candles")

    assert len({evidence.episode.id for evidence in answer.evidence[:4]}) == 3
