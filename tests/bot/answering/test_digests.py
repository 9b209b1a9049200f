"""Episodes without notes, told in their own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import Answer, Assistant, ConversationId, Fact, Found, ItemId, NotFound, Question

HERE = ConversationId("here")
BEES = (
    "A swarm of bees leaves the hive with the old queen while scouts look for a hollow tree.",
    "The scouts dance on the swarm until enough bees agree where the new hive is to be.",
    "How do the scouts of a swarm measure the hollow of a tree in the dark?",
    "Nobody will ever learn to keep a swarm of bees from a book about the hive.",
)
BREAD = (
    "Sourdough bread rises because wild yeast in the flour makes gas in the dough.",
    "How long does your sourdough starter need before the dough is ready to bake?",
    "The oven has to be hot, and a crust on bread wants steam while the dough bakes.",
    "Flour from rye makes a dough that is sticky, and its bread keeps for a week.",
)
STARS = (
    "A telescope with a wide mirror gathers light from galaxies and faint comets.",
    "What does a telescope see in a comet that was a point of light before?",
    "The comet has a tail of dust, and galaxies behind it shine through the telescope.",
    "Every telescope is a way for people to live with the dark between galaxies.",
)
OPENING = "Today Ann Lee and Bob Ray talk about scouts in a swarm, sourdough bread from rye flour, comets and galaxies."


def said() -> list[str]:
    """Write a talk of three parts, each of two dozen sentences, with a time every dozen."""
    lines = [f"**Cora Lind:** [00:00:05] Good evening, my friends. {OPENING}"]
    for part, sentences in enumerate((BEES, BREAD, STARS)):
        for number in range(24):
            mark = f"[00:{part * 10 + number // 3 + 1:02}:00] " if number % 12 == 0 else ""
            speaker = ("Ann Lee", "Bob Ray")[number % 2]
            lines.append(f"**{speaker}:** {mark}{sentences[number % 4]} And {sentences[(number + 1) % 4].lower()}")
    return lines


def add(library: Path, number: int, transcript: str, more: str = "") -> None:
    (library / f"hive-{number}").mkdir(parents=True)
    episode = f"title: Talk {number}\nshow: Hive Talk\nnumber: {number}\nsource: the transcript\n{more}"
    (library / f"hive-{number}" / "episode.yaml").write_text(episode)
    if transcript:
        (library / f"hive-{number}" / "transcript.md").write_text(transcript)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("digests")
    library = folder / "library"
    add(library, 1, "**Cora Lind:** A first talk, and a short one.\n")
    add(library, 7, "\n\n".join(said()))
    topics = "topics:\n  - id: wax\n    title: Candles\n    summary: What wax is for.\n    start: 0:02:00\n"
    quotes = "quotes:\n  - id: wax\n    text: Wax is patience you can hold\n    speaker: Cora Lind\n"
    add(library, 8, "\n\n".join(said()), f"summary: All about wax.\n{topics}{quotes}")
    return open_assistant(library, folder / "cache")


async def ask(assistant: Assistant, question: str) -> Answer:
    return await assistant.ask(Question(question))


def quoted(answer: Answer) -> list[str]:
    return re.findall("“(.*?)”", answer.text)


@pytest.mark.parametrize(
    "question",
    [
        "what is hive talk 7 about?",
        "tl;dr of hive talk 7",
        "summary of Hive Talk 7",
        "should I listen to hive talk 7",
        "is hive talk 7 any good?",
        "what will I learn from hive talk 7",
    ],
)
async def test_an_episode_without_notes_is_told_in_words_from_its_transcript(
    assistant: Assistant, question: str
) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Found)
    assert "by a program" in answer.text
    assert OPENING in quoted(answer)
    assert len(quoted(answer)) >= 4
    assert all(
        any(words in line for line in said()) for words in (*quoted(answer), *(each.text for each in answer.evidence))
    )


async def test_the_lines_worth_quoting_stand_by_themselves_and_open_again(assistant: Assistant) -> None:
    answer = await ask(assistant, "best parts of hive talk 7")

    assert isinstance(answer, Found)
    assert {each.text for each in answer.evidence} <= {BEES[3], STARS[3]}
    opened = await assistant.open(answer.evidence[0].id)
    assert isinstance(opened, Found)
    assert opened.evidence[0].text == answer.evidence[0].text


@pytest.mark.parametrize(
    "question", ["timestamps for hive talk 7?", "chapters of hive talk 7", "hive talk 7 running order"]
)
async def test_what_the_talk_turns_to_comes_with_its_times(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Fact)
    lines = answer.text.split("\n")[1:]
    told = [re.match(r"(?:around )?\d+:\d\d (\w+(?:, \w+)*): “", line) for line in lines]
    terms = {term for each in told if each for term in each[1].split(", ")}
    subjects = [re.search("swarm|bees|hive|dough|bread|telescope|comet|galaxies", line) for line in lines]
    assert all(told)
    assert terms & {"dance", "bake", "tail"} == {"dance", "bake", "tail"}
    assert "because" not in terms
    parts = [
        "bees" if found[0] in {"swarm", "bees", "hive"} else "bread" if found[0] in {"dough", "bread"} else "stars"
        for found in subjects
        if found
    ]
    assert list(dict.fromkeys(parts)) == ["bees", "bread", "stars"]


async def test_what_the_notes_have_comes_before_any_digest(assistant: Assistant) -> None:
    assert (await ask(assistant, "what is hive talk 8 about")).text == "All about wax."
    assert "2:00 Candles" in (await ask(assistant, "timestamps of hive talk 8")).text
    best = await ask(assistant, "best bits of hive talk 8")
    assert isinstance(best, Found)
    assert [each.text for each in best.evidence] == ["Wax is patience you can hold"]


async def test_a_short_episode_has_no_digest(assistant: Assistant) -> None:
    assert isinstance(await ask(assistant, "what is hive talk 1 about"), Fact)
    assert isinstance(await ask(assistant, "timestamps for hive talk 1"), NotFound)
    assert isinstance(await ask(assistant, "best parts of hive talk 1"), NotFound)


async def test_an_episode_that_is_opened_is_told_in_its_own_words_too(assistant: Assistant) -> None:
    opened = await assistant.open(ItemId("hive-7"))
    overview = await ask(assistant, "hive talk 7")

    assert isinstance(opened, Found)
    assert OPENING in opened.text
    assert isinstance(overview, Fact)
    assert OPENING in overview.text


async def test_a_digest_goes_with_the_conversation(assistant: Assistant) -> None:
    await assistant.ask(Question("what is hive talk 7 about", conversation=HERE))
    moment = await assistant.ask(Question("what was said at 10:10?", conversation=HERE))

    assert isinstance(moment, Found)
    assert {each.episode.id for each in moment.evidence} == {"hive-7"}


@pytest.mark.parametrize(
    "question",
    ["where do I start with this show", "best episode to start with", "where should I begin with Hive Talk?"],
)
async def test_where_to_start_names_the_latest_and_the_first(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Fact)
    assert [each.id for each in answer.episodes] == ["hive-8", "hive-1"]


@pytest.mark.parametrize(
    "question",
    [
        "where do I start with beekeeping",
        "should I listen to my doctor",
        "is rust worth learning",
        "the best part of go",
    ],
)
async def test_other_questions_in_such_words_are_about_their_subject(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)

    assert "by a program" not in answer.text
    assert "first is" not in answer.text


async def test_an_episode_full_of_dashes_is_told_as_well(tmp_path: Path) -> None:
    dashes = "in the flour and the swarm – – – – – – –"
    add(tmp_path / "library", 7, "\n\n".join(f"{line[:-1]} {dashes}" for line in said()))

    answer = await ask(open_assistant(tmp_path / "library", tmp_path / "cache"), "what is hive talk 7 about?")

    assert isinstance(answer, Found)
