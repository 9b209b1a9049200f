"""What was said at a time, and before, after and around what was shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import Answer, Assistant, ConversationId, Found, Help, ItemId, NotFound, Question

SAID = (
    ("Ann Lee", "[00:00:10] Welcome to the hive, where the smoker is lit and the veil is on."),
    ("Bob Ray", "Smoke calms the guards because they fill up with nectar before a fire."),
    ("Ann Lee", "[00:10:00] How do you find the queen among sixty thousand sisters?"),
    ("Bob Ray", "[00:10:08] Her abdomen is longer, and the attendants always face her in a circle."),
    ("Ann Lee", "[00:10:20] And the varroa mite, how do you count it?"),
    ("Bob Ray", "[01:02:03] Powdered sugar makes the mites let go, so we shake them out and count."),
)


def add(library: Path, number: int, transcript: str, more: str = "") -> None:
    (library / f"hive-{number}").mkdir(parents=True)
    episode = f"title: Talk {number}\nshow: Hive Talk\nnumber: {number}\nsource: the transcript\n{more}"
    (library / f"hive-{number}" / "episode.yaml").write_text(episode)
    if transcript:
        (library / f"hive-{number}" / "transcript.md").write_text(transcript)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("hive")
    add(library, 7, "\n\n".join(f"**{speaker}:** {text}" for speaker, text in SAID))
    add(library, 8, "**Cora Lind:** Propolis is glue, medicine and armour.\n\n**Ann Lee:** All of it from a tree.\n")
    add(library, 9, "", "quotes:\n  - id: wax\n    text: Wax is patience you can hold\n    speaker: Cora Lind\n")
    return open_assistant(library, library / "cache")


@pytest.fixture
def here(request: pytest.FixtureRequest) -> ConversationId:
    """A conversation in which nothing was said yet."""
    return ConversationId(request.node.name)


def said(answer: Answer) -> list[str]:
    assert isinstance(answer, Found), answer
    return [each.text for each in answer.evidence]


def words(*numbers: int) -> list[str]:
    return [SAID[number][1].rpartition("] ")[2] for number in numbers]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("what was said at 10:09 in hive talk 7?", 3),
        ("hive talk 7 at 1:02:03", 5),
        ("what do they say around 1:02:03 in Hive Talk 7", 5),
        ("who is talking at 10:03 in hive talk 7", 2),
        ("what are they talking about 10 minutes into hive talk 7", 2),
        ("what's said ten minutes in, in hive talk 7", 2),
        ("jump to 10:21 in hive talk 7", 4),
        ("in hive talk 7, what happens an hour and two minutes in", 4),
        ("what did they discuss between 10:09 and 12:00 in hive talk 7", 3),
        ("go to the 10 minute mark of hive talk 7", 2),
    ],
)
async def test_what_was_said_at_a_time_is_shown_from_there_on(assistant: Assistant, question: str, first: int) -> None:
    assert said(await assistant.ask(Question(question)))[0] == words(first)[0]


async def test_a_time_that_is_worked_out_is_marked_as_approximate(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what was said at 0:12 in hive talk 7"))

    assert isinstance(answer, Found)
    assert [(each.start == timedelta(seconds=10), each.approximate) for each in answer.evidence[:2]] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "question",
    ["what was said at 3:00:00 in hive talk 7", "at 1:00 in hive talk 8", "hive talk 9 at 1:00", "at 99:99"],
)
async def test_what_cannot_be_told_of_a_time_is_said(assistant: Assistant, question: str) -> None:
    assert isinstance(await assistant.ask(Question(question)), NotFound)


async def test_what_comes_before_and_after_is_of_what_was_shown_last(
    assistant: Assistant, here: ConversationId
) -> None:
    async def ask(text: str) -> list[str]:
        return said(await assistant.ask(Question(text, conversation=here)))

    await ask("hive talk 7 at 10:09")
    before = await ask("what comes right before that?")
    after = await ask("and after that?")

    assert before[-1] == words(2)[0]
    assert after[0] == words(3)[0]


async def test_the_transcript_is_read_on_until_its_end(assistant: Assistant, here: ConversationId) -> None:
    await assistant.ask(Question("hive talk 7 at 0:05", conversation=here))
    shown = await assistant.ask(Question("what comes before that", conversation=here))

    assert isinstance(shown, NotFound)
    assert said(await assistant.ask(Question("what comes after that", conversation=here)))[0] == words(2)[0]
    assert said(await assistant.ask(Question("more", conversation=here))) == words(5)


async def test_around_has_what_was_said_before_the_words_themselves_and_what_came_after(
    assistant: Assistant, here: ConversationId
) -> None:
    shown = await assistant.ask(Question("what did Bob Ray say about the queen's abdomen", conversation=here))
    assert isinstance(shown, Found)
    item = next(each.id for each in shown.evidence if "abdomen" in each.text)

    around = said(await assistant.around(item))

    assert around == words(1, 2, 3, 4)
    assert set(around) <= set(said(await assistant.ask(Question("show me that in context", conversation=here))))


async def test_without_times_half_a_minute_is_told_by_the_words(assistant: Assistant, here: ConversationId) -> None:
    await assistant.ask(Question("what did Cora Lind say about propolis", conversation=here))

    assert said(await assistant.ask(Question("what comes after that", conversation=here))) == ["All of it from a tree."]


async def test_a_quote_without_a_transcript_has_nothing_around_it(assistant: Assistant) -> None:
    quote = await assistant.ask(Question("a quote by Cora Lind from hive talk 9"))
    assert isinstance(quote, Found)

    assert isinstance(await assistant.around(quote.evidence[0].id), NotFound)


async def test_what_is_gone_has_nothing_around_it(assistant: Assistant) -> None:
    assert isinstance(await assistant.around(ItemId("hive-7/passage/999")), NotFound)
    assert isinstance(await assistant.around(ItemId("\x00nonsense")), NotFound)


async def test_before_anything_was_shown_that_is_nothing(assistant: Assistant, here: ConversationId) -> None:
    assert isinstance(await assistant.ask(Question("what comes right after that", conversation=here)), Help)


@pytest.mark.parametrize(
    "question",
    [
        "what is context",
        "what time is it 10:30",
        "how many minutes in an hour",
        "the 5 minute rule",
        "what did they say about john 3:16",
        "what comes before a swarm",
        "who came after the romans",
        "what happened in 10 minutes of rain",
        "my meeting at 9:30 tomorrow",
        "context switching",
    ],
)
async def test_other_questions_with_times_or_before_and_after_are_read_as_they_are(
    assistant: Assistant, here: ConversationId, question: str
) -> None:
    await assistant.ask(Question("hive talk 7 at 10:09", conversation=here))
    answer = await assistant.ask(Question(question, conversation=here))

    assert not any(answer.text.startswith(each) for each in ("At ", "Right ", "What was said around"))
