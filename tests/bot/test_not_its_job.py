"""What nobody said and what is no looking up is declined in a friendly sentence, and not answered by chance."""

from pathlib import Path

import pytest

from bot.answering import sentences
from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, Fact, Found, Help, NotFound, Question, Unsure
from tests.bot.test_going_on import last, text
from tests.bot.test_many_episodes import add

ANN, BOB = "**Ann Lee:** ", "**Bob Ray:** "


@pytest.fixture(scope="module")
def hives(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("hives")
    hello = f"{ANN}I feel like everybody is happy about the tall hives, and old hives dream of bees.\n\n"
    for number in range(1, 5):
        told = f"{BOB}We weighed the frames with Apimon 4 and then with Apimon 5, and Apimon 5 was far quicker.\n\n"
        add(library, f"hive-{number}", "Hive Talk", number, hello + told)
        add(
            library, f"night-{number}", "Night Sky", number, f"**Ada Ford:** Comets have two tails, {number} of them.\n"
        )
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize("question", ["how tall is Ann Lee?", "how old is bob ray", "whats ann lees birthday"])
async def test_how_old_or_tall_somebody_is_is_not_looked_up(hives: Assistant, question: str) -> None:
    answer = await hives.ask(Question(question))

    assert isinstance(answer, NotFound)
    assert answer.text == sentences.PERSONAL


@pytest.mark.parametrize(
    "question",
    [
        "whos your favourite host",
        "who is the smartest guest u ever had",
        "fav programming language?",
        "which guest is the funniest",
        "do you have feelings",
        "do you ever dream?",
        "are you happy",
    ],
)
async def test_what_the_bot_feels_and_likes_is_answered_by_what_it_is(hives: Assistant, question: str) -> None:
    answer = await hives.ask(Question(question))

    assert isinstance(answer, Help)
    assert "program" in answer.text


@pytest.mark.parametrize(
    "asked", ["ur wrong that wasnt ann lee", "that's not right, it wasn't Bob Ray", "nope that was ann"]
)
async def test_who_says_that_somebody_else_said_it_finds_the_answer_wrong(hives: Assistant, asked: str) -> None:
    assert text(await last(hives, "what did they say about frames?", asked)).startswith("Sorry")


@pytest.mark.parametrize(
    "question", ["what should i listen to on my commute", "recommend me something", "surprise me", "suggest an episode"]
)
async def test_who_wants_any_episode_is_named_a_few_that_are_there(hives: Assistant, question: str) -> None:
    answer = await hives.ask(Question(question))

    assert isinstance(answer, Fact)
    assert len({each.id for each in answer.episodes}) == 3


async def test_who_wants_any_episode_where_there_is_only_one_is_named_that(tmp_path: Path) -> None:
    add(tmp_path / "library", "hive-1", "Hive Talk", 1, f"{ANN}Frames are wooden.\n")
    answer = await open_assistant(tmp_path / "library", tmp_path / "cache").ask(Question("recommend me something"))

    assert text(answer).startswith("There is one episode: ")


@pytest.mark.parametrize("question", ["can u play the ep", "download hive talk 2"])
async def test_playing_and_downloading_is_not_its_job(hives: Assistant, question: str) -> None:
    assert text(await hives.ask(Question(question))) == sentences.CHORE


@pytest.mark.parametrize("question", ["apimon 9", "what did they say about Apimon 9?"])
async def test_a_name_with_another_number_is_another_thing(hives: Assistant, question: str) -> None:
    answer = await hives.ask(Question(question))

    assert isinstance(answer, Unsure | NotFound)
    assert isinstance(answer, NotFound) or answer.text.casefold().startswith("nobody here says “apimon 9”")


async def test_a_name_with_its_number_is_found(hives: Assistant) -> None:
    assert isinstance(await hives.ask(Question("what did they say about apimon 5?")), Found)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("good bot", "Thank you! Ask away whenever you like."),
        ("lol thx ur the best", "Thank you! Ask away whenever you like."),
        ("bad bot", sentences.SORRY_AGAIN),
        ("thanks!", "You're welcome. Ask away whenever you like."),
    ],
)
async def test_thanks_and_the_like_are_returned_without_suggestions(hives: Assistant, said: str, told: str) -> None:
    assert await hives.ask(Question(said)) == Help(told)


async def test_what_can_be_asked_is_suggested_by_turns(hives: Assistant) -> None:
    suggested = [answer.examples for _ in range(20) if isinstance(answer := await hives.ask(Question("hi")), Help)]

    assert len(set(suggested)) > 1


async def test_of_several_shows_the_last_of_each_is_told_where_no_day_says_which_is_latest(hives: Assistant) -> None:
    answer = await hives.ask(Question("who was the guest in the last episode?"))

    assert isinstance(answer, Fact)
    assert {each.id for each in answer.episodes} == {"hive-4", "night-4"}
    assert "Hive Talk #4" in answer.text
    assert "Night Sky #4" in answer.text


@pytest.mark.parametrize("question", ["who was that guy", "who interviewed him", "who hosted that", "what is it about"])
async def test_what_points_back_to_nothing_is_asked_back_and_no_last_episode_told(
    hives: Assistant, question: str
) -> None:
    answer = await hives.ask(Question(question))

    assert isinstance(answer, Help)
    assert answer.text == sentences.WHICH_EPISODE


async def test_the_number_of_an_episode_is_told_by_the_name_that_is_linked(hives: Assistant) -> None:
    answer = await last(hives, "who speaks in Hive Talk 2?", "which episode was that?")

    assert text(answer) == "It's Hive Talk #2: Talk 2."
