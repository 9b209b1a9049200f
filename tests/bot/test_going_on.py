"""Conversations with a library of several shows: what goes on from a question, and what must not."""

from itertools import count
from pathlib import Path

import pytest

from bot.answering import sentences
from bot.operating.opening import open_assistant
from bot.port.messages import Answer, Assistant, ConversationId, Fact, Found, Help, NotFound, Question, Several, Unsure
from bot.port.showing import shown
from tests.bank import marking
from tests.bot.test_many_episodes import add

_CONVERSATIONS = count()


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(marking.TALK_LIBRARY, tmp_path_factory.mktemp("talk"))


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("undated")
    guest = "**Bob Ray:** Beeswax candles burn slowly in a cold cellar.\n\n"
    for number in range(1, 5):
        told = guest if number == 2 else f"**Cora Lind:** I sell candles of beeswax in street {number}.\n\n"
        host = f"**Ann Lee:** Welcome to talk {number} on candles and lamps.\n\n"
        add(library, f"hive-{number}", "Hive Talk", number, host + told + host)
    return open_assistant(library, library / "cache")


async def answers(assistant: Assistant, *questions: str) -> list[Answer]:
    conversation = ConversationId(f"conversation {next(_CONVERSATIONS)}")
    return [await assistant.ask(Question(each, conversation=conversation)) for each in questions]


async def last(assistant: Assistant, *questions: str) -> Answer:
    return (await answers(assistant, *questions))[-1]


def text(answer: Answer) -> str:
    assert not isinstance(answer, Several)
    return answer.text


def voices(answer: Answer) -> set[str | None]:
    assert isinstance(answer, Found | Unsure), answer
    return {each.speaker for each in shown(answer)}


@pytest.mark.parametrize(
    "asked", ["when was the last time rye came up on crumb and comb", "the last time rye got mentioned on Crumb & Comb"]
)
async def test_the_frame_of_a_question_is_no_part_of_what_is_counted(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert text(answer).startswith("The last mention of “rye” is by José Cárdenas in Crumb and Comb #7")


@pytest.mark.parametrize(
    "asked", ["how many episodes per year?", "episodes by year", "how many episodes are there each year"]
)
async def test_episodes_are_counted_by_year(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert text(answer).startswith("Episodes by year:\n2021: 2\n2022: 3")


async def test_without_days_there_is_no_count_by_year(undated: Assistant) -> None:
    answer = await last(undated, "how many episodes were there per year?")

    assert text(answer) == f"{sentences.UNDATED} There are 4 episodes."


async def test_what_is_said_of_a_subject_by_year_is_still_counted(talk: Assistant) -> None:
    answer = await last(talk, "how many mentions of rye per year")

    assert isinstance(answer, Fact)
    assert "rye" in answer.text
    assert "2023" in answer.text


@pytest.mark.parametrize("asked", ["remind me to call mum at 6", "wake me at 7", "whats the news today"])
async def test_a_chore_is_refused_though_an_episode_has_the_number(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert text(answer) == sentences.CHORE


@pytest.mark.parametrize("asked", ["are you an ai?", "is this a real person or a bot", "do you use chatgpt"])
async def test_whether_it_is_a_person_is_answered(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert isinstance(answer, Help)
    assert answer.text.startswith("I'm a program, not a person")


@pytest.mark.parametrize(
    "asked", ["when is the next episode coming out?", "when does the next episode of Hive Talk drop"]
)
async def test_nobody_knows_when_the_next_episode_comes_out(undated: Assistant, asked: str) -> None:
    answer = await last(undated, asked)

    assert text(answer) == "I don't know when the next episode comes out. The newest here is Hive Talk #4: Talk 4."


@pytest.mark.parametrize("asked", ["who is the president of the candle makers", "who won the street race last year"])
async def test_what_is_asked_of_the_world_is_not_answered_by_chance(undated: Assistant, asked: str) -> None:
    answer = await last(undated, asked)

    assert isinstance(answer, NotFound)


async def test_a_subject_is_found_though_no_day_tells_which_episodes_are_of_the_year(undated: Assistant) -> None:
    answer = await last(undated, "what did they say about beeswax in 1987?")

    assert isinstance(answer, Found)
    assert "eeswax" in answer.evidence[0].text


@pytest.mark.parametrize(
    "asked",
    ["did they have Viktor Sandahl and José Cárdenas on together?", "were Viktor and José interviewed together"],
)
async def test_two_guests_of_one_episode_are_asked_about_in_one_question(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert isinstance(answer, Fact)
    assert "are both in" in answer.text


async def test_a_description_that_ends_in_which_number_is_one_question(talk: Assistant) -> None:
    answer = await last(talk, "the one about robots in the lettuce, which number?")

    assert isinstance(answer, Fact)
    assert "Crumb and Comb #5" in answer.text


async def test_the_suggestions_are_a_subject_and_a_guest_that_the_library_has(tmp_path: Path) -> None:
    for number in range(1, 19):
        said = "Kubernetes" if number in {3, 9, 18} else "the garden"
        guest = f"**Guest {number}:** We talked about {said} for years, and {said} was hard.\n\n"
        add(tmp_path, f"hive-{number}", "Hive Talk", number, f"**Ann Lee:** Welcome to the show.\n\n{guest}")
    assistant = open_assistant(tmp_path, tmp_path / "cache")

    answer = await last(assistant, "thanks!")

    assert isinstance(answer, Help)
    assert answer.examples == (
        "Which episodes talk about Kubernetes?",
        "How often does Kubernetes come up?",
        "Has Guest 18 been on?",
    )
    for example in answer.examples:
        assert isinstance(await assistant.ask(Question(example)), Fact), example


async def test_a_question_without_a_subject_is_not_said_to_be_found_nowhere(undated: Assistant) -> None:
    answer = await last(undated, "how often has he been on?")

    assert text(answer) == sentences.WHICH_SUBJECT
