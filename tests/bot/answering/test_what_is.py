"""What something is, is told first by whoever says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, Evidence, Found, Question
from tests.bot.test_many_episodes import add


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("definitions")
    for number in range(1, 4):
        folder = library / f"hive-{number}"
        folder.mkdir()
        (folder / "episode.yaml").write_text(
            f"title: Talk {number}\nshow: Hive Talk\nnumber: {number}\nsource: the transcript\n"
        )
        (folder / "transcript.md").write_text(
            "**Ann Lee:** Propolis, propolis, propolis: what is propolis, and who sells propolis?\n\n"
            "**Bob Ray:** I sell propolis in the market, and my propolis is the best.\n\n"
            + ("**Bob Ray:** We were all rather tired. Propolis is basically a glue that bees make.\n" * (number == 2))
            + "\n**Ann Lee:** He asked me, are you selling propolis, or what makes your propolis so dear?\n"
        )
    return open_assistant(library, library / "cache")


async def first(assistant: Assistant, question: str) -> Evidence:
    answer = await assistant.ask(Question(question))
    assert isinstance(answer, Found), answer
    return answer.evidence[0]


@pytest.mark.parametrize("question", ["what is propolis", "hi all, whats propolis lol", "define propolis"])
async def test_a_definition_comes_first_from_where_it_begins(assistant: Assistant, question: str) -> None:
    said = await first(assistant, question)

    assert said.text == "Propolis is basically a glue that bees make."


async def test_a_definition_is_not_joined_to_what_was_said_long_before(tmp_path: Path) -> None:
    (tmp_path / "hive-1").mkdir()
    (tmp_path / "hive-1" / "episode.yaml").write_text("title: One\nshow: Hive Talk\nsource: the transcript\n")
    (tmp_path / "hive-1" / "transcript.md").write_text(
        f"**Bob Ray:** {'Some of us like the smell of it, and others never did. ' * 6}We closed the shop.\n\n"
        "**Bob Ray:** It was very late. So propolis is basically a glue that bees make.\n"
    )

    said = await first(open_assistant(tmp_path, tmp_path / "cache"), "what is propolis?")

    assert said.text == "So propolis is basically a glue that bees make."


async def test_what_only_sells_it_answers_who_asks_that(assistant: Assistant) -> None:
    said = await first(assistant, "who sells propolis in the market?")

    assert "market" in said.text


@pytest.fixture(scope="module")
def explaining(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("explanations")
    folder = library / "hive-1"
    folder.mkdir()
    (folder / "episode.yaml").write_text("title: Talk 1\nshow: Hive Talk\nnumber: 1\nsource: the transcript\n")
    (folder / "transcript.md").write_text(
        "**Ann Lee:** We had so many talks on apitherapy, and apitherapy sells. Could you explain what apitherapy "
        "really does, because apitherapy is on every label.\n\n"
        "**Bob Ray:** Imagine that your knee hurts and that somebody holds a living bee to it until she stings, and "
        "that this is done every week, by a nurse, in a white coat.\n\n"
        "**Ann Lee:** And the braula is a kind of fly, and all braulas ride on the queen. Is that right?\n\n"
        "**Bob Ray:** Yes, she has no wings at all, she holds on with little combs at her feet, and she eats from the "
        "mouth of whoever she rides on, which is rather rude.\n\n"
    )
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    "question",
    [
        "explain apitherapy",
        "can u explain apitherapy to me like im five",
        "explain apitherapy in simple terms please",
        "apitherapy, explain like im 5",
        "explain like i'm a toddler: apitherapy",
        "whats apitherapy in simple words, pretend im your grandma",
        "whats apitherapy, in like two sentences, im on mobile",
    ],
)
async def test_what_is_replied_to_who_asks_for_it_explains_it(explaining: Assistant, question: str) -> None:
    assert (await first(explaining, question)).text.startswith("Imagine that your knee hurts")


async def test_a_definition_that_somebody_only_asks_about_gives_way_to_the_reply(explaining: Assistant) -> None:
    assert (await first(explaining, "what is a braula")).text.startswith("Yes, she has no wings")


def naming(folder: Path, *talk: str) -> Assistant:
    add(folder, "hive-1", "Hive Talk", 1, "\n\n".join(talk) + "\n")
    return open_assistant(folder, folder / "cache")


async def test_what_something_is_in_somebodys_words_is_their_definition(tmp_path: Path) -> None:
    assistant = naming(
        tmp_path,
        "**Ann Lee:** Propolis is a resin from the market, I think. Propolis, propolis.",
        "**Bob Ray:** I sell propolis in the market, and my propolis is the best.",
        '**Bob Ray:** Propolis is a glue that bees make, and we asked ourselves, "How do they make propolis?"',
    )

    said = await first(assistant, "what is propolis according to Bob Ray?")

    assert said.text.startswith("Propolis is a glue that bees make")


async def test_what_something_is_for_says_what_it_is_and_goes_on_where_it_only_announces(tmp_path: Path) -> None:
    assistant = naming(
        tmp_path,
        "**Ann Lee:** Waxpress, Waxpress. I bought a Waxpress, and another Waxpress for my sister.",
        f"**Bob Ray:** {'Some of us like the smell of it, and others never did. ' * 9}"
        "So Waxpress is really focused on those two things.",
        "**Bob Ray:** One is clean wax, and the other is less work.",
    )

    said = await first(assistant, "what is Waxpress?")

    assert said.text.startswith("So Waxpress is really focused on those two things.")


@pytest.mark.parametrize(
    "question",
    [
        "why was Skepshell renamed to Waxpress?",
        "where does the name Waxpress come from, the tool",
        "why is it called Waxpress",
        "how did Waxpress get its name?",
        "what's the story behind the name Waxpress",
    ],
)
async def test_where_a_name_is_from_is_what_says_so(tmp_path: Path, question: str) -> None:
    assistant = naming(
        tmp_path,
        "**Ann Lee:** When did Skepshell become Waxpress, and was Waxpress renamed before you came to Waxpress?",
        "**Ann Lee:** Waxpress, Waxpress. I bought a Waxpress, and I called my sister about the Waxpress.",
        "**Bob Ray:** I think the name Waxpress came from our baker, who wanted one that says what it does.",
        "**Ann Lee:** My Waxpress is always cold in the winter.",
    )

    said = await first(assistant, question)

    assert "came from our baker" in said.text


async def test_where_a_name_is_from_is_replied_to_who_asks_it(tmp_path: Path) -> None:
    assistant = naming(
        tmp_path,
        "**Ann Lee:** Waxpress has a great brand. Was it named Waxpress from the beginning? "
        "So tell us a little bit about the naming of Waxpress.",
        "**Bob Ray:** So it was Apiculture at first, and they were like, that is long, nobody can spell it, and so "
        "my sister took the two things that it does, and that was that, and nobody ever thought of it again.",
        "**Ann Lee:** My Waxpress is always cold in the winter, and the Waxpress of my sister is not.",
    )

    said = await first(assistant, "where does the name Waxpress come from?")

    assert "Apiculture" in said.text


async def test_where_nobody_says_where_a_name_is_from_words_on_the_thing_are_only_offered(tmp_path: Path) -> None:
    assistant = naming(
        tmp_path,
        "**Ann Lee:** Waxpress, Waxpress. I bought a Waxpress, and I called my sister about the Waxpress.",
        "**Bob Ray:** It's called the Waxpress Deluxe, and every Waxpress is called that in the catalogue.",
        "**Ann Lee:** My Waxpress is always cold in the winter.",
    )

    answer = await assistant.ask(Question("why is it called Waxpress"))

    assert not isinstance(answer, Found)
