"""The show that is asked where a question names no place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import (
    Assistant,
    Completion,
    ConversationId,
    EpisodeId,
    Fact,
    Found,
    Question,
    QuoteCheck,
    QuoteFilter,
    Scope,
)
from tests.bot.test_many_episodes import add
from tests.fakes.assistant import NIGHT_SKY, TEA_TIME, NotingAssistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library: Path = tmp_path_factory.mktemp("usual")
    add(library, "hive-7", "Hive Talk", 7, "**Ann Lee:** Beeswax candles burn slowly, and they smell of honey.\n")
    add(library, "hive-8", "Hive Talk", 8, "**Cora Lind:** My beeswax candles never drip, and I sell hundreds.\n")
    add(library, "night-7", "Night Sky", 7, "**Ada Ford:** By beeswax candles we drew the comets and their tails.\n")
    add(library, "night-9", "Night Sky", 9, "**Ada Ford:** Comets are older than the planets are.\n")
    return open_assistant(library, library / "cache")


async def places(assistant: Assistant, text: str, show: str | None, thread: str | None = None) -> set[str]:
    answer = await assistant.ask(
        Question(text, Scope(show=show), conversation=ConversationId(thread) if thread else None)
    )
    assert isinstance(answer, Found | Fact), answer
    return (
        {each.episode.id for each in answer.evidence}
        if isinstance(answer, Found)
        else {each.id for each in answer.episodes}
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what did they say about beeswax candles?", {"night-7"}),
        ("beeswax candles", {"night-7"}),
        ("beeswax candles on Hive Talk", {"hive-7", "hive-8"}),
        ("beeswax candles in Hive Talk 8", {"hive-8"}),
        ("who is in episode 7?", {"night-7"}),
        ("how many episodes are there?", {"night-7", "night-9"}),
        ("beeswax candles in episode 8", {"hive-8"}),
        ("who is in the latest episode?", {"night-9"}),
    ],
)
async def test_a_question_asks_the_usual_show_unless_it_names_another_place(
    assistant: Assistant, text: str, expected: set[str]
) -> None:
    assert await places(assistant, text, "Night Sky") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what did they say about beeswax candles?", {"hive-7"}),
        ("beeswax candles in episode 8", {"hive-8"}),
        ("beeswax candles on Night Sky", {"night-7"}),
        ("who speaks in it?", {"hive-7"}),
        ("who is in the latest episode?", {"hive-8"}),
        ("how many episodes are there?", {"hive-8", "night-9"}),  # the newest of each show
    ],
)
async def test_a_question_asks_the_usual_episode_unless_it_names_another_place(
    assistant: Assistant, text: str, expected: set[str]
) -> None:
    assert await places(assistant, text, "hive-7") == expected


async def test_what_is_listed_drawn_checked_and_completed_is_of_the_usual_episode(assistant: Assistant) -> None:
    drawn = await assistant.random_quote(QuoteFilter("beeswax candles", Scope(show="hive-8")))
    check = await assistant.verify("beeswax candles", Scope(show="hive-8"))
    speakers = await assistant.complete(Completion.SPEAKER, "", scope=Scope(show="hive-8"))

    assert [each.id for each in await assistant.episodes(scope=Scope(show="hive-8"))] == ["hive-8"]
    assert [choice.value for choice in speakers] == ["Cora Lind"]
    assert isinstance(drawn, Found)
    assert isinstance(check, QuoteCheck)
    assert {each.episode.id for each in (drawn.evidence[0], check.evidence[0])} == {"hive-8"}


@pytest.mark.parametrize("show", [None, "", "A show that is gone"])
async def test_without_a_usual_show_that_is_there_everything_is_asked(assistant: Assistant, show: str | None) -> None:
    assert await places(assistant, "beeswax candles", show) == {"hive-7", "hive-8", "night-7"}


async def test_a_conversation_about_another_show_goes_on_there(assistant: Assistant) -> None:
    await places(assistant, "beeswax candles on Hive Talk", "Night Sky", "thread")

    assert await places(assistant, "and honey?", "Night Sky", "thread") == {"hive-7"}


async def test_quotes_are_drawn_from_the_usual_show_unless_something_else_limits_them(assistant: Assistant) -> None:
    drawn = await assistant.random_quote(QuoteFilter("beeswax candles", Scope(show="Night Sky")))
    hers = await assistant.random_quote(QuoteFilter("beeswax candles", Scope(speaker="Ann Lee", show="Night Sky")))

    said = [each.evidence[0].episode.id for each in (drawn, hers) if isinstance(each, Found)]
    assert said == ["night-7", "hive-7"]


async def test_words_are_checked_in_the_usual_show_first_and_then_elsewhere(assistant: Assistant) -> None:
    checks = [await assistant.verify("beeswax candles", Scope(show=show)) for show in ("Night Sky", "Hive Talk")]
    elsewhere = await assistant.verify("My beeswax candles never drip", Scope(show="Night Sky"))
    named = await assistant.verify("beeswax candles", Scope(EpisodeId("hive-8"), show="Night Sky"))

    assert all(isinstance(each, QuoteCheck) for each in (*checks, elsewhere, named))
    assert [each.evidence[0].episode.show for each in checks if isinstance(each, QuoteCheck)] == [
        "Night Sky",
        "Hive Talk",
    ]
    assert isinstance(elsewhere, QuoteCheck)
    assert elsewhere.evidence[0].episode.id == "hive-8"
    assert isinstance(named, QuoteCheck)
    assert named.evidence[0].episode.id == "hive-8"


async def test_topics_and_episodes_are_those_of_the_usual_show() -> None:
    two = NotingAssistant()

    assert {each.episode for each in await two.topics(Scope(show=TEA_TIME.show))} == {TEA_TIME.id}
    assert await two.topics(Scope(NIGHT_SKY.id, show=TEA_TIME.show)) == NIGHT_SKY.topics
    assert len(await two.topics(Scope(show="gone"))) == len(NIGHT_SKY.topics) + len(TEA_TIME.topics)
    assert await two.episodes(limit=1, scope=Scope(show=TEA_TIME.show)) == (TEA_TIME,)
    assert await two.episodes("comets", scope=Scope(show=TEA_TIME.show)) == (NIGHT_SKY,)


async def test_what_is_typed_is_completed_from_the_usual_show_and_else_from_all(assistant: Assistant) -> None:
    async def offered(kind: Completion, typed: str) -> list[str]:
        return [choice.value for choice in await assistant.complete(kind, typed, scope=Scope(show="Night Sky"))]

    assert await offered(Completion.SPEAKER, "") == ["Ada Ford"]
    assert await offered(Completion.SPEAKER, "a") == ["Ada Ford"]  # and not Ann
    assert await offered(Completion.SPEAKER, "cora") == ["Cora Lind"]
    assert set(await offered(Completion.EPISODE, "")) == {"night-7", "night-9"}
    assert await offered(Completion.EPISODE, "7") == ["night-7"]
