"""What compares two things by itself comes before what is on one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import Answer, Assistant, Found, NotFound, Question, Several, Unsure

TALK = (
    "**Ann Lee:** Skeps are what my grandmother had. Skeps were woven from straw in the winter, and skeps were cheap.",
    "**Bob Ray:** We went to the market in Ghent on that day, and it rained until we came home.",
    "**Bob Ray:** Frames are what I have. Frames were invented by a priest in Ohio, and frames hang in a box.",
    "**Ann Lee:** The neighbours never minded either, as long as they were given a jar of honey in August.",
    "**Bob Ray:** Feeders are what everybody forgets. Feeders hold syrup in a cold spring.",
)
BOTH = "**Ann Lee:** From a skep nothing can be lifted out, and from a frame you cut the comb and put it back."


def library(folder: Path, *talk: str) -> Assistant:
    (folder / "hive-1").mkdir()
    (folder / "hive-1" / "episode.yaml").write_text("title: One\nshow: Hive Talk\nsource: the transcript\n")
    (folder / "hive-1" / "transcript.md").write_text("\n\n".join(talk) + "\n")
    return open_assistant(folder, folder / "cache")


@pytest.mark.parametrize("question", ["skeps vs frames", "what is the difference between skeps and frames?"])
async def test_what_is_on_both_sides_answers_alone(tmp_path: Path, question: str) -> None:
    answer = await library(tmp_path, *TALK, BOTH).ask(Question(question))

    assert isinstance(answer, Found), answer
    assert answer.evidence[0].text == BOTH.partition(":** ")[2]


async def test_where_nobody_speaks_of_both_each_side_is_shown(tmp_path: Path) -> None:
    answer = await library(tmp_path, *TALK).ask(Question("skeps vs frames"))

    assert isinstance(answer, Several), answer
    assert [part.asked for part in answer.parts] == ["skeps", "frames"]


async def test_where_somebody_names_both_that_comes_before_what_is_on_one(tmp_path: Path) -> None:
    go = tuple(f"**Ann Lee:** We go there and we go back again, to the market number {number}." for number in range(9))
    both = "**Bob Ray:** My hands like Elixir, and my boss likes Go for all that has to be quick."
    answer = await library(tmp_path, *go, "**Ann Lee:** Elixir is what I write at night.", both).ask(
        Question("elixir vs go")
    )

    assert isinstance(answer, Found), answer
    assert answer.evidence[0].text == both.partition(":** ")[2]


MARKET = tuple(f"**Ann Lee:** We sell jars on the market number {number}, and it mostly rains." for number in range(9))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Beekeepers have skeps, frames or hollow trees, and they all catch swarms.", Unsure),
        ("Skeps are so much drier than frames, and they all catch swarms.", Found),
        ("I started with skeps and frames. I would stick with frames.", Found),
    ],
)
async def test_what_names_both_without_comparing_them_is_only_offered(
    tmp_path: Path, said: str, kind: type[Answer]
) -> None:
    answer = await library(tmp_path, *MARKET, f"**Bob Ray:** {said}").ask(Question("should I use skeps or frames?"))

    assert isinstance(answer, kind), answer
    assert said in answer.evidence[0].text


@pytest.mark.parametrize(
    "question", ["are skeps or frames better for a beginner?", "do I need skeps or are frames good enough?"]
)
async def test_a_choice_is_one_question_on_two_things(tmp_path: Path, question: str) -> None:
    answer = await library(tmp_path, *TALK).ask(Question(question))

    assert isinstance(answer, Several), answer
    assert [part.asked for part in answer.parts] == ["skeps", "frames"]


async def test_two_things_asked_about_together_are_answered_side_by_side(tmp_path: Path) -> None:
    answer = await library(tmp_path, *TALK).ask(Question("what did they say about skeps and frames?"))

    assert isinstance(answer, Several), answer
    assert [part.asked for part in answer.parts] == ["skeps", "frames"]


async def test_two_words_that_are_one_thing_are_answered_as_one(tmp_path: Path) -> None:
    one = "**Ann Lee:** Trial and error taught me beekeeping, and trial and error is what I recommend."
    answer = await library(tmp_path, *TALK, one).ask(Question("what did they say about trial and error?"))

    assert isinstance(answer, Found), answer
    assert answer.evidence[0].text == one.partition(":** ")[2]


async def test_an_episode_with_two_things_is_no_comparison(tmp_path: Path) -> None:
    answer = await library(tmp_path, *TALK, BOTH).ask(Question("the market episode with skeps vs frames"))

    assert not isinstance(answer, Several)


async def test_what_is_never_said_is_named_beside_what_is(tmp_path: Path) -> None:
    answer = await library(tmp_path, *TALK).ask(Question("skeps vs submarines"))

    assert isinstance(answer, Several), answer
    assert [type(part.answer) for part in answer.parts] == [Found, NotFound]


async def test_what_is_said_on_one_side_of_a_choice_alone_is_no_answer(tmp_path: Path) -> None:
    answer = await library(tmp_path, *TALK).ask(Question("should I use skeps or a jar?"))

    assert not isinstance(answer, Found), answer
