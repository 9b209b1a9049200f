"""Two people, three subjects, and lists of everybody, however they are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, Found, NotFound, Question, Several, Unsure
from tests.bot.answering.test_counts import fact
from tests.bot.test_many_episodes import add

_TALK = "**Ann Lee:** Skeps, skeps and skeps. Frames.\n\n**Bob Ray:** Feeders, and feeders.\n\n"
_GUESTS = "**Ann Lee:** Welcome.\n\n**Bob Ray:** Hello.\n\n**Eve Moss:** Skeps!\n\n**Sid Moor:** Skeps. Skeps!\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("compared")
    for number in range(1, 61):
        late = "**Cora Lind:** It rained.\n\n**Dan Ford:** It did.\n\n" if number > 24 else ""
        early = "**Ian Holt:** Good day.\n\n" if number < 32 or number == 60 else ""
        add(library, f"hive-{number}", "Hive Talk", number, f"{early}{_TALK}{late}" if number != 7 else _GUESTS)
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    "question",
    [
        "skeps vs feeders vs frames which is mentioned more",
        "which is mentioned more, skeps vs frames vs feeders",
        "which comes up more: skeps, frames or feeders?",
        "skeps or frames or feeders, which comes up most",
        "between skeps, frames and feeders which is mentioned most",
    ],
)
async def test_three_subjects_are_three_in_any_order_of_words(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert [each.label for each in answer.counts[:3]] == ["skeps", "feeders", "frames"]


@pytest.mark.parametrize(
    "question",
    [
        "who has more episodes, Ann Lee or Cora Lind",
        "is ann lee or cora lind on more episodes?",
        "how many episodes did Ann Lee do vs Cora",
        "does Cora Lind have more episodes than Ann?",
        "Cora Lind or Ann Lee, who was on more often",
        "Ann Lee vs Cora Lind by number of episodes",
    ],
)
async def test_two_people_are_compared_however_that_is_asked(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert answer.text == "Ann Lee is in more: 60 episodes, against 36 for Cora Lind."


@pytest.mark.parametrize("question", ["every guest who talked about skeps", "list all the guests who mention skeps"])
async def test_every_guest_on_a_subject_is_a_list(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert answer.text.splitlines()[1:3] == ["1. Sid Moor: twice", "2. Eve Moss: once"]


async def test_guests_are_counted_without_hosts(assistant: Assistant) -> None:
    answer = await fact(assistant, "which episode had the most guests?")

    assert answer.text.startswith("Hive Talk #7: Talk 7 has the most guests: 2.")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("who hosted Hive Talk before Cora Lind?", ["Ian Holt", "Ann Lee", "Bob Ray"]),
        ("who did Cora Lind replace on Hive Talk", ["Ian Holt", "Ann Lee", "Bob Ray"]),
        ("who hosted Hive Talk after Ian Holt", ["Ann Lee", "Bob Ray", "Cora Lind", "Dan Ford"]),
        ("who took over Hive Talk from Ian Holt", ["Ann Lee", "Bob Ray", "Cora Lind", "Dan Ford"]),
        ("who were the original hosts of Hive Talk", ["Ian Holt", "Ann Lee", "Bob Ray"]),
        ("who's the newest host of Hive Talk", ["Cora Lind", "Dan Ford"]),
    ],
)
async def test_hosts_before_and_after_somebody_at_first_and_of_late_are_told_by_when_they_began_and_went_on(
    assistant: Assistant, question: str, names: list[str]
) -> None:
    answer = await fact(assistant, question)

    assert sorted(each.label for each in answer.counts) == sorted(names)


async def test_that_nobody_hosted_before_the_first_host_is_said(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("who hosted Hive Talk before Ian Holt?"))

    assert isinstance(answer, NotFound)
    assert answer.text == "I don't know of anyone who hosted Hive Talk before Ian Holt."


async def test_the_bot_has_no_taste_and_shows_what_people_say(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("skeps or feeders, what do you prefer?"))

    told = answer.parts[0].answer if isinstance(answer, Several) else answer
    assert isinstance(told, Found | Unsure), told
    assert told.text.startswith("I'm a program, so I have no opinion of my own. ")


async def test_why_a_show_ended_is_what_its_last_episode_says(tmp_path: Path) -> None:
    for number in range(1, 4):
        add(tmp_path, f"hive-{number}", "Hive Talk", number, _TALK)
    ending = "**Ann Lee:** This is the last episode of Hive Talk. It is ending because the hives were sold.\n\n"
    add(tmp_path, "hive-4", "Hive Talk", 4, f"{ending}{_TALK}")

    answer = await open_assistant(tmp_path, tmp_path / "cache").ask(Question("why did Hive Talk end?"))

    assert isinstance(answer, Found), answer
    assert "the hives were sold" in answer.evidence[0].text


@pytest.mark.parametrize(
    "question",
    [
        "are there more episodes about frames or welcome",
        "are there more episodes about frames than about welcome?",
        "which has more episodes, frames or welcome",
        "frames or welcome, which gets more episodes?",
    ],
)
async def test_subjects_are_compared_by_episodes_where_these_are_asked_for(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert answer.text.startswith("“frames” comes up in 59 episodes, “welcome” in 1.")


@pytest.mark.parametrize(
    "question", ["is there more about skeps or feeders", "do they have more stuff on skeps than on feeders?"]
)
async def test_subjects_are_compared_by_mentions_where_only_more_is_asked_for(
    assistant: Assistant, question: str
) -> None:
    assert (await fact(assistant, question)).text.startswith("“skeps” comes up ")


@pytest.mark.parametrize(
    "question", ["shortest episode with Eve Moss", "what's the longest Hive Talk episode featuring Eve Moss"]
)
async def test_the_longest_episode_with_somebody_is_one_of_theirs(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert [each.id for each in answer.episodes] == ["hive-7"]
    assert "with Eve Moss is Hive Talk #7" in answer.text
