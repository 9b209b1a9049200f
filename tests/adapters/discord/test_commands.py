"""Slash commands, their completion, and the context menus."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.port import wording
from bot.port.messages import Answer, Choice, Completion, ItemId, Question, Topic
from knowledge.model import Links
from tests.adapters.discord.stage import SCRIPT, Stage, config, labels, staged, text_of
from tests.fakes.assistant import (
    ECLIPSES,
    HELP,
    NIGHT_SKY,
    OOLONG,
    SNOWBALL,
    SPACE,
    STEEP,
    TEA,
    TEA_TIME,
    ScriptedAssistant,
)

pytestmark = pytest.mark.slow


async def test_found_is_for_everybody(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "ask", question="comets")

    assert not result.ephemeral
    assert "dirty snowballs" in text_of(result.response)
    assert labels(result.response) == ["Solar eclipses", "Oolong", "More evidence", "Delete"]


@pytest.mark.parametrize("question", ["dirty tea", "rice", "help"])
async def test_unsure_and_not_found_and_help_are_for_the_asker_alone(stage: Stage, question: str) -> None:
    result = await stage.ann.slash(stage.general, "ask", question=question)

    assert result.response is not None
    assert result.response.ephemeral
    assert "Delete" not in labels(result.response)
    assert "Share" not in labels(result.response)


async def test_an_answer_can_be_private_and_then_has_a_share_button(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "ask", question="comets", private=True)

    assert result.response is not None
    assert result.response.ephemeral
    assert labels(result.response)[-1] == "Share"


async def test_what_is_asked_in_private_is_no_part_of_the_channel_s_conversation(stage: Stage) -> None:
    user = stage.ann
    await user.slash(stage.general, "ask", question="comets", private=True)
    await user.slash(stage.general, "ask", question="rice", private=True)
    await stage.bob.slash(stage.general, "ask", question="rice", private=True)

    mine, again, theirs = (question.conversation for question in stage.assistant.asked)
    assert mine == again != theirs


async def test_a_question_can_be_about_one_episode_by_its_id_or_by_what_it_is_called(stage: Stage) -> None:
    await stage.ann.slash(stage.general, "ask", question="comets", episode=SPACE)
    await stage.ann.slash(stage.general, "ask", question="comets", episode="leaves and")

    assert [question.episode for question in stage.assistant.asked] == [SPACE, TEA]


@pytest.mark.parametrize("command", ["ask", "quote", "topics", "episode"])
async def test_an_episode_that_isn_t_there_is_named(stage: Stage, command: str) -> None:
    more = {"question": "comets"} if command == "ask" else {}
    result = await stage.ann.slash(stage.general, command, episode="@everyone", **more)

    assert result.response is not None
    assert result.response.ephemeral
    assert "I don't know an episode called “@\u200beveryone”" in text_of(result.response)


async def test_a_completed_topic_is_opened(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "ask", question=ECLIPSES.id)

    assert stage.assistant.asked == []
    assert "How to watch one without harm." in text_of(result.response)


async def test_a_quote_is_drawn_and_another_one_like_it(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "quote", about="comet", episode=SPACE)

    assert result.response is not None
    assert SNOWBALL.text in text_of(result.response)
    assert labels(result.response) == ["Another quote", "Delete"]

    await stage.restart()
    again = await stage.bob.click(result.response, label="Another quote")

    first, second = stage.assistant.wanted
    assert (first.about, first.scope.episode) == ("comet", SPACE)
    assert (second.about, second.scope.episode) == ("night-sky-7/topic/comets", SPACE)
    assert first.conversation == second.conversation is not None
    assert again.acknowledged


async def test_another_quote_is_by_the_same_speaker(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "quote", speaker="Ada Ford")
    assert result.response is not None
    again = await stage.ann.click(result.response, label="Another quote")

    assert [wanted.scope.speaker for wanted in stage.assistant.wanted] == ["Ada Ford", "Ada Ford"]
    assert STEEP.text in text_of(again.response)
    assert "— Ada Ford · “Leaves and Water” (Tea Time)" in text_of(again.response)


async def test_no_quote_is_told_to_the_asker_alone(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "quote", speaker="Nobody")

    assert result.response is not None
    assert result.response.ephemeral
    assert "Another quote" not in labels(result.response)


async def test_topics_are_a_list_with_a_menu_that_opens_one(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "topics")

    assert result.response is not None
    assert "1. Comets\n2. Solar eclipses\n3. Oolong" in text_of(result.response)

    await stage.restart()
    opened = await stage.bob.select(result.response.message, [OOLONG.id])

    assert "Why oolong is neither green nor black." in text_of(opened.response)


async def test_topics_of_one_episode(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "topics", episode=TEA)

    assert "1. Oolong" in text_of(result.response)
    assert "Comets" not in text_of(result.response)


async def test_many_topics_have_pages() -> None:
    topics = tuple(
        Topic(ItemId(f"{SPACE}/topic/t{number}"), SPACE, f"Star {number}", "It shines.", "the notes")
        for number in range(60)
    )
    async with staged(ScriptedAssistant(episodes=[replace(NIGHT_SKY, topics=topics)])) as stage:
        result = await stage.ann.slash(stage.general, "topics")
        assert result.response is not None
        assert "25. Star 24" in text_of(result.response)
        assert labels(result.response) == ["More topics", "Delete"]

        await stage.ann.click(result.response, label="More topics")
        await stage.ann.click(result.response, label="More topics")

        assert "51. Star 50" in text_of(result.response)
        assert "Page 3 of 3" in text_of(result.response)
        assert labels(result.response) == ["Earlier topics", "Delete"]


async def test_an_episode_without_topics_says_so() -> None:
    async with staged(ScriptedAssistant(episodes=[replace(NIGHT_SKY, topics=())])) as stage:
        result = await stage.ann.slash(stage.general, "topics")

        assert wording.NO_TOPICS in text_of(result.response)


async def test_an_empty_library_has_no_episode() -> None:
    async with staged(ScriptedAssistant(episodes=[])) as stage:
        result = await stage.ann.slash(stage.general, "episode")

        assert wording.NO_EPISODES in text_of(result.response)


async def test_an_episode_has_a_card() -> None:
    episode = replace(
        NIGHT_SKY,
        summary="About comets.",
        published=date(2026, 3, 1),
        duration=timedelta(hours=2, minutes=5),
        links=Links(page="https://sky.example/7", youtube="https://video.example/abc"),
    )
    async with staged(ScriptedAssistant(episodes=[episode])) as stage:
        result = await stage.ann.slash(stage.general, "episode")

        assert text_of(result.response).splitlines() == [
            "Comets & Eclipses",
            "About comets.",
            "",
            "**Show** The Night Sky",
            "**Number** 7",
            "**Hosted by** Mia Stone",
            "**Published** 1 March 2026",
            "**Length** 2:05:00",
            "**Listen** [Episode page](https://sky.example/7) · [YouTube](https://video.example/abc)",
            "From the episode's notes",
        ]


async def test_an_episode_s_guests_and_topics_are_on_its_card(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "episode", episode="leaves")

    assert TEA_TIME.title in text_of(result.response)
    assert "**With** Ada Ford" in text_of(result.response)
    assert result.response is not None
    opened = await stage.ann.select(result.response.message, [OOLONG.id])
    assert "neither green nor black" in text_of(opened.response)


async def test_a_quotation_is_verified(stage: Stage) -> None:
    exact = await stage.ann.slash(stage.general, "verify", quote=SNOWBALL.text)
    close = await stage.ann.slash(stage.general, "verify", quote="a comet is a dirty ice ball")
    unsaid = await stage.ann.slash(stage.general, "verify", quote="the moon is cheese")

    assert "Yes, word for word." in text_of(exact.response)
    assert "it is “snowball”, not “ice ball”" in text_of(close.response)
    assert [result.ephemeral for result in (exact, close, unsaid)] == [False, False, True]
    assert labels(unsaid.response) == ["Comets", "Share"]


async def test_help_is_for_the_asker_alone(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "help")

    assert result.ephemeral
    assert HELP.text in text_of(result.response)
    for name in ("ask", "quote", "topics", "episode", "verify"):
        assert f"/{name}" in text_of(result.response)


async def test_everything_works_in_a_direct_message(stage: Stage) -> None:
    result = await stage.ann.user.slash("ask", question="comets")

    assert "dirty snowballs" in text_of(result.response)


async def test_a_message_can_be_asked_about_and_verified(stage: Stage) -> None:
    question = await stage.bob.send(stage.general, "who is the host")
    quotation = await stage.bob.send(stage.general, SNOWBALL.text)

    asked = await stage.ann.context_menu(stage.general, "Ask Overheard", question)
    verified = await stage.ann.context_menu(stage.general, "Did they say this?", quotation)

    assert "Mia Stone" in text_of(asked.response)
    assert "Yes, word for word." in text_of(verified.response)


async def test_a_message_is_asked_about_in_the_words_people_read(stage: Stage) -> None:
    question = await stage.bob.send(stage.general, f"> {stage.me} <:nerd:123456789012345678>\nwho is the host")
    await stage.ann.context_menu(stage.general, "Ask Overheard", question)

    assert stage.assistant.asked[-1].text == "who is the host"


async def test_topics_episodes_and_speakers_are_completed(stage: Stage) -> None:
    complete = stage.ann.autocomplete
    channel = stage.general

    assert await complete(channel, "ask", "question", "com") == [
        {"name": "Comets", "value": "night-sky-7/topic/comets"}
    ]
    assert [choice["value"] for choice in await complete(channel, "ask", "episode", "", question="x")] == [SPACE, TEA]
    assert [choice["name"] for choice in await complete(channel, "quote", "about", "ool")] == ["Oolong"]
    assert [choice["name"] for choice in await complete(channel, "quote", "speaker", "ada")] == ["Ada Ford"]
    assert [choice["name"] for choice in await complete(channel, "quote", "episode", "lea")] == ["Leaves and Water"]
    assert [choice["name"] for choice in await complete(channel, "topics", "episode", "com")] == ["Comets & Eclipses"]
    assert [choice["name"] for choice in await complete(channel, "episode", "episode", "com")] == ["Comets & Eclipses"]


async def test_half_remembered_words_are_completed_to_the_real_ones(stage: Stage) -> None:
    offered = await stage.ann.autocomplete(stage.general, "verify", "quote", "a comet is a dirty ice ball")

    assert [choice["name"] for choice in offered] == [SNOWBALL.text]
    assert await stage.ann.autocomplete(stage.general, "verify", "quote", "a comet") == []


async def test_completions_are_never_more_than_discord_shows_nor_longer() -> None:
    class Lavish(ScriptedAssistant):
        async def complete(self, kind: Completion, typed: str, limit: int = 25) -> Sequence[Choice]:
            return [
                Choice(" ", f"{kind} {typed} {limit}"),
                Choice("long", "x" * 101),
                *(Choice(f"@everyone {'word ' * 50}{n}", f"{n}") for n in range(60)),
            ]

    async with staged(Lavish()) as stage:
        offered = await stage.ann.autocomplete(stage.general, "ask", "question", "w")

        assert len(offered) == 25
        assert all(len(choice["name"]) <= 100 for choice in offered)
        assert offered[0]["name"].startswith("@\u200beveryone word")


async def test_completing_that_fails_leaves_the_asker_to_type(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(ScriptedAssistant):
        async def complete(self, kind: Completion, typed: str, limit: int = 25) -> Sequence[Choice]:
            raise RuntimeError(f"{kind}, {typed}, {limit}: the index is on fire")

    async with staged(Broken(SCRIPT)) as stage:
        assert await stage.ann.autocomplete(stage.general, "ask", "question", "com") == []
        assert "the index is on fire" in caplog.text


async def test_completing_is_not_counted_as_asking_but_asking_is() -> None:
    async with staged(setup=config(per_member=1)) as stage:
        for _ in range(3):
            await stage.ann.autocomplete(stage.general, "ask", "question", "com")
        answered = await stage.ann.slash(stage.general, "ask", question="comets")
        refused = await stage.ann.slash(stage.general, "ask", question="comets")
        other = await stage.bob.slash(stage.general, "ask", question="comets")

        assert [result.ephemeral for result in (answered, refused, other)] == [False, True, False]
        assert wording.wait(timedelta(seconds=60)) in text_of(refused.response)


@pytest.mark.parametrize("question", ["comets", "rice"])
@pytest.mark.parametrize("private", [False, True])
async def test_a_late_answer_is_acknowledged_first_and_is_as_private_as_a_quick_one(
    slow: ScriptedAssistant, question: str, private: bool
) -> None:
    async with staged(slow, config(patience=timedelta(milliseconds=20))) as stage:
        result = await stage.ann.slash(stage.general, "ask", question=question, private=private)

        assert callbacks(stage) == [5]
        (answer,) = [each for each in (result.response, *result.followups) if each is not None]
        assert answer.ephemeral == (private or question == "rice")
        assert ("dirty snowballs" if question == "comets" else "don't mention") in text_of(answer)


async def test_a_failure_is_told_in_private_with_a_reference_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with staged(broken()) as stage:
        result = await stage.ann.slash(stage.general, "ask", question="comets")

        assert result.ephemeral
        reference = text_of(result.response).rsplit(" ", 1)[-1].rstrip(".")
        assert f"(reference {reference})" in caplog.text
        assert "the index is on fire" in caplog.text


async def test_a_late_failure_is_told_in_private_too(caplog: pytest.LogCaptureFixture) -> None:
    async with staged(broken(after=0.1), config(patience=timedelta(milliseconds=20))) as stage:
        result = await stage.ann.slash(stage.general, "ask", question="comets")

        assert result.ephemeral
        assert "Sorry, something went wrong" in text_of(result.response)
        assert "the index is on fire" in caplog.text


async def test_an_answer_too_late_for_discord_is_one_line_in_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.env.inject_error("POST", "/interactions/*", status=404, code=10062, message="Unknown interaction")
    await stage.ann.slash(stage.general, "ask", question="comets")

    (record,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert record.message.startswith("An answer came too late for Discord")
    assert record.exc_info is None


async def test_after_the_doors_are_closed_the_asker_is_told_to_come_again(stage: Stage) -> None:
    await stage.bot.stop_answering()
    result = await stage.ann.slash(stage.general, "ask", question="comets")

    assert result.ephemeral
    assert "just restarting" in text_of(result.response)


def callbacks(stage: Stage) -> list[int]:
    return [request.json["type"] for request in stage.env.http_requests if request.path.endswith("/callback")]


def broken(after: float = 0) -> ScriptedAssistant:
    class Broken(ScriptedAssistant):
        async def ask(self, question: Question) -> Answer:
            await asyncio.sleep(after)
            raise RuntimeError(f"the index is on fire, and so is {question.text}")

    return Broken(SCRIPT)
