"""Slash commands, their completion, and the context menus."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from adapters.discord import refusals
from bot.port import wording
from bot.port.messages import ItemId, Topic
from bot.port.wording import DELETE
from knowledge.model import Links, Person
from tests.adapters.discord.stage import Stage, config, labels, offered, staged, text_of
from tests.fakes.assistant import (
    COMETS,
    ECLIPSES,
    NIGHT_SKY,
    OOLONG,
    SNOWBALL,
    SPACE,
    STEEP,
    TEA,
    TEA_TIME,
    BrokenAssistant,
    NotingAssistant,
)
from tests.fakes.busy import BusyAssistant
from tests.fakes.discord_server import ANN, BOB, BOT, direct

pytestmark = pytest.mark.slow

NEARLY = "a comet is a dirty ice ball with a travel plan"
AT_ONCE = timedelta(milliseconds=20)


async def test_found_is_for_everybody(stage: Stage) -> None:
    result = await stage.server.slash("ask", question="comets")

    assert not result.private
    assert COMETS.summary in text_of(result.shown)
    assert labels(result.shown) == ["▶ 1:02:03", "5 more", DELETE]


@pytest.mark.parametrize("question", ["green hobby", "rice", "help"])
async def test_unsure_and_not_found_and_help_are_for_the_asker_alone(stage: Stage, question: str) -> None:
    result = await stage.server.slash("ask", question=question)

    assert result.private
    assert {DELETE, "Share"}.isdisjoint(labels(result.shown))


async def test_an_answer_can_be_private_and_then_has_a_share_button(stage: Stage) -> None:
    result = await stage.server.slash("ask", question="comets", private=True)

    assert result.private
    assert labels(result.shown)[-1] == "Share"


async def test_what_is_asked_in_private_is_no_part_of_the_channel_s_conversation(stage: Stage) -> None:
    for member in (ANN, ANN, BOB):
        await stage.server.slash("ask", question="comets", private=True, member=member)

    mine, again, theirs = (question.conversation for question in stage.assistant.asked)
    assert mine == again != theirs


async def test_a_question_can_be_about_one_episode_by_its_id_or_by_what_it_is_called(stage: Stage) -> None:
    await stage.server.slash("ask", question="comets", episode=SPACE)
    await stage.server.slash("ask", question="comets", episode="leaves and")

    assert [question.scope.episode for question in stage.assistant.asked] == [SPACE, TEA]


@pytest.mark.parametrize("command", ["ask", "quote", "topics", "episode"])
async def test_an_episode_that_isn_t_there_is_named(stage: Stage, command: str) -> None:
    more = {"question": "comets"} if command == "ask" else {}
    result = await stage.server.slash(command, episode="@everyone", **more)

    assert result.private
    assert "I don't know an episode called “@\u200beveryone”" in text_of(result.shown)


async def test_a_completed_topic_is_opened(stage: Stage) -> None:
    result = await stage.server.slash("ask", question=ECLIPSES.id)

    assert stage.assistant.asked == []
    assert ECLIPSES.summary in text_of(result.shown)


async def test_a_quote_is_drawn_and_another_one_like_it(stage: Stage) -> None:
    result = await stage.server.slash("quote", about="comet", episode=SPACE)

    assert any(quote.text in text_of(result.shown) for quote in NIGHT_SKY.quotes)
    assert labels(result.shown)[1:] == ["Another quote", DELETE]
    assert offered(result.shown) == ["Comets"]

    await stage.restart()
    await stage.click(result.shown, "Another quote", member=BOB)

    first, second = stage.assistant.wanted
    assert (first.about, first.scope.episode) == ("comet", SPACE)
    assert (second.about, second.scope.episode) == (COMETS.id, SPACE)
    assert first.conversation == second.conversation is not None


async def test_another_quote_is_by_the_same_speaker(stage: Stage) -> None:
    result = await stage.server.slash("quote", speaker="Ada Ford")
    again = await stage.click(result.shown, "Another quote")

    assert [wanted.scope.speaker for wanted in stage.assistant.wanted] == ["Ada Ford", "Ada Ford"]
    assert STEEP.text in text_of(again.shown)
    assert "— Ada Ford · “Leaves and Water” (Tea Time)" in text_of(again.shown)


async def test_no_quote_is_told_to_the_asker_alone(stage: Stage) -> None:
    result = await stage.server.slash("quote", speaker="Nobody")

    assert result.private
    assert "Another quote" not in labels(result.shown)


async def test_topics_are_a_list_with_a_menu_that_opens_one(stage: Stage) -> None:
    result = await stage.server.slash("topics")
    assert "1. Comets\n2. Solar eclipses\n3. Oolong" in text_of(result.shown)

    await stage.restart()
    opened = await stage.choose(result.shown, OOLONG.id, member=BOB)

    assert OOLONG.summary in text_of(opened.shown)


async def test_topics_of_one_episode(stage: Stage) -> None:
    result = await stage.server.slash("topics", episode=TEA)

    assert "1. Oolong" in text_of(result.shown)
    assert "Comets" not in text_of(result.shown)


async def test_many_topics_have_pages() -> None:
    topics = tuple(
        Topic(ItemId(f"{SPACE}/topic/t{number}"), SPACE, f"Star {number}", "It shines.", "the notes")
        for number in range(60)
    )
    async with staged(NotingAssistant((replace(NIGHT_SKY, topics=topics),))) as stage:
        page = await stage.server.slash("topics")
        assert "25. Star 24" in text_of(page.shown)
        assert labels(page.shown) == ["More topics", DELETE]

        for _ in range(2):
            page = await stage.click(page.shown, "More topics", member=BOB)

    assert "51. Star 50" in text_of(page.shown)
    assert "Page 3 of 3" in text_of(page.shown)
    assert labels(page.shown) == ["Earlier topics", DELETE]
    assert f"delete:{ANN}" in str(page.shown["components"])  # and not whoever turned the pages


async def test_an_episode_without_topics_says_so() -> None:
    async with staged(NotingAssistant((replace(NIGHT_SKY, topics=()),))) as stage:
        result = await stage.server.slash("topics")

    assert wording.NO_TOPICS in text_of(result.shown)


async def test_an_empty_library_has_no_episode() -> None:
    async with staged(NotingAssistant(())) as stage:
        result = await stage.server.slash("episode")

    assert wording.NO_EPISODES in text_of(result.shown)


async def test_an_episode_has_a_card() -> None:
    episode = replace(
        NIGHT_SKY,
        summary="About comets.",
        published=date(2026, 3, 1),
        duration=timedelta(hours=2, minutes=5),
        guests=(Person("Leo Park"),),
        links=Links(page="https://sky.example/7", youtube="https://video.example/abc"),
    )
    async with staged(NotingAssistant((episode,))) as stage:
        result = await stage.server.slash("episode")
        opened = await stage.choose(result.shown, ECLIPSES.id)

    assert text_of(result.shown).splitlines() == [
        "Comets & Eclipses",
        "About comets.",
        "",
        "**Show** The Night Sky",
        "**Number** 7",
        "**With** Leo Park",
        "**Hosted by** Mia Stone",
        "**Published** 1 March 2026",
        "**Length** 2:05:00",
        "**Listen** [Episode page](https://sky.example/7) · [YouTube](https://video.example/abc)",
    ]
    assert ECLIPSES.summary in text_of(opened.shown)


async def test_an_episode_is_found_by_what_it_is_called(stage: Stage) -> None:
    result = await stage.server.slash("episode", episode="leaves")

    assert TEA_TIME.title in text_of(result.shown)


async def test_a_quotation_is_verified(stage: Stage) -> None:
    exact, close, unsaid = [
        await stage.server.slash("verify", quote=words) for words in (SNOWBALL.text, NEARLY, "the moon is cheese")
    ]

    assert "Yes, word for word" in text_of(exact.shown)
    assert "It's “snowball”, not “ice ball”" in text_of(close.shown)
    assert [result.private for result in (exact, close, unsaid)] == [False, False, True]
    assert labels(unsaid.shown)[-1] == "Share"


async def test_help_is_for_the_asker_alone(stage: Stage) -> None:
    result = await stage.server.slash("help")

    assert result.private
    for name in ("ask", "quote", "topics", "episode", "verify"):
        assert f"/{name}" in text_of(result.shown)


async def test_everything_works_in_a_direct_message(stage: Stage) -> None:
    result = await stage.server.slash("ask", question="comets", channel=direct(ANN))

    assert COMETS.summary in text_of(result.shown)


async def test_a_message_can_be_asked_about_and_verified(stage: Stage) -> None:
    question = await stage.server.say("who hosts The Night Sky?", member=BOB)
    quotation = await stage.server.say(SNOWBALL.text, member=BOB)

    asked = await stage.server.use_menu("Ask Overheard", question)
    verified = await stage.server.use_menu("Did they say this?", quotation)

    assert "Mia Stone" in text_of(asked.shown)
    assert "Yes, word for word" in text_of(verified.shown)


async def test_a_message_is_asked_about_in_the_words_people_read(stage: Stage) -> None:
    question = await stage.server.say(f"> <@{BOT}> <:nerd:123456789012345678>\ncomets", member=BOB)
    await stage.server.use_menu("Ask Overheard", question)

    assert stage.assistant.asked[-1].text == "comets"


@pytest.mark.parametrize(
    ("command", "option", "typed", "names"),
    [
        ("ask", "question", "com", ["Comets"]),
        ("ask", "episode", "", ["The Night Sky #7: Comets & Eclipses", "“Leaves and Water” (Tea Time)"]),
        ("quote", "about", "ool", ["Oolong"]),
        ("quote", "speaker", "ada", ["Ada Ford"]),
        ("quote", "episode", "lea", ["“Leaves and Water” (Tea Time)"]),
        ("topics", "episode", "com", ["The Night Sky #7: Comets & Eclipses"]),
        ("episode", "episode", "com", ["The Night Sky #7: Comets & Eclipses"]),
        ("verify", "quote", NEARLY, [SNOWBALL.text]),
        ("verify", "quote", "a comet", []),
    ],
)
async def test_what_is_being_typed_is_completed(
    stage: Stage, command: str, option: str, typed: str, names: list[str]
) -> None:
    assert [choice["name"] for choice in await stage.server.complete(command, option, typed)] == names


async def test_completions_are_never_more_than_discord_shows_nor_longer() -> None:
    titles = [" ", *(f"@everyone {'word ' * 50}{number}" for number in range(60))]
    ids = [ItemId(f"{SPACE}/topic/{'x' * 100}"), *(ItemId(f"{SPACE}/topic/t{number}") for number in range(60))]
    topics = tuple(Topic(id, SPACE, title, "It shines.", "the notes") for id, title in zip(ids, titles, strict=True))
    async with staged(NotingAssistant((replace(NIGHT_SKY, topics=topics),))) as stage:
        offered = await stage.server.complete("ask", "question", "")

    assert 0 < len(offered) <= 25
    assert all(len(choice["name"]) <= 100 for choice in offered)
    assert offered[0]["name"].startswith("@\u200beveryone word")


async def test_completing_that_fails_leaves_the_asker_to_type(caplog: pytest.LogCaptureFixture) -> None:
    async with staged(BrokenAssistant()) as stage:
        assert await stage.server.complete("ask", "question", "boom") == []

    assert "the index is on fire" in caplog.text


async def test_completing_is_not_counted_as_asking_but_asking_is() -> None:
    async with staged(setup=config(per_member=1)) as stage:
        for _ in range(3):
            await stage.server.complete("ask", "question", "com")
        answered, refused, other = [
            await stage.server.slash("ask", question="comets", member=member) for member in (ANN, ANN, BOB)
        ]

    assert [result.private for result in (answered, refused, other)] == [False, True, False]
    assert wording.wait(timedelta(seconds=60)) in text_of(refused.shown)


@pytest.mark.parametrize("question", ["comets", "rice"])
@pytest.mark.parametrize("private", [False, True])
async def test_a_late_answer_is_acknowledged_first_and_is_as_private_as_a_quick_one(
    question: str, private: bool
) -> None:
    assistant = BusyAssistant()
    async with staged(assistant, config(patience=AT_ONCE)) as stage, assistant.held() as let_go:
        asking = asyncio.create_task(stage.server.slash("ask", question=question, private=private))
        await stage.server.until(lambda: any(each.callbacks for each in stage.server.interactions.values()))
        let_go.set()
        result = await asking
        hidden = private or question == "rice"
        await stage.server.until(lambda: hidden or result.deleted)

    assert [callback["type"] for callback in result.callbacks] == [5]
    assert result.private == hidden
    assert len(result.followups) == (not hidden)  # what everybody sees replaces the "thinking", which is private
    assert (COMETS.summary if question == "comets" else "never comes up") in text_of(result.shown)


async def test_a_failure_is_told_in_private_with_a_reference_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with staged(BrokenAssistant()) as stage:
        result = await stage.server.slash("ask", question="boom")

    assert result.private
    reference = text_of(result.shown).rsplit(" ", 1)[-1].rstrip(".")
    assert f"(reference {reference})" in caplog.text
    assert "the index is on fire" in caplog.text


async def test_an_answer_that_discord_refuses_is_told_in_private_with_a_reference(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.server.fail("POST", r"/interactions/.*", 400, {"code": 50035, "message": "Invalid Form Body"})
    result = await stage.server.slash("ask", question="comets")

    assert result.private
    reference = text_of(result.shown).rsplit(" ", 1)[-1].rstrip(".")
    assert f"Discord refused an answer (reference {reference})" in caplog.text


async def test_a_late_failure_is_told_in_private_too(caplog: pytest.LogCaptureFixture) -> None:
    assistant = BusyAssistant()
    async with staged(assistant, config(patience=AT_ONCE)) as stage, assistant.held() as let_go:
        asking = asyncio.create_task(stage.server.slash("ask", question="boom"))
        await stage.server.until(lambda: any(each.callbacks for each in stage.server.interactions.values()))
        let_go.set()
        result = await asking

    assert result.private
    assert "Sorry, something went wrong" in text_of(result.shown)
    assert "the index is on fire" in caplog.text


async def test_an_answer_too_late_for_discord_is_one_line_in_the_log_and_told_in_private(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.server.fail("POST", r"/interactions/.*", 404, {"code": 10062, "message": "Unknown interaction"})
    asking = asyncio.create_task(stage.server.slash("ask", question="comets"))
    await stage.server.until(lambda: any("/interactions/" in request.path for request in stage.server.requests))
    await stage.heard()
    asking.cancel()

    (record,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert record.message.startswith("An answer came too late for Discord")
    assert record.exc_info is None
    (told,) = (each for each in await stage.said() if each["channel_id"] == str(direct(ANN)))
    assert text_of(told) == refusals.TOO_LATE


async def test_an_answer_that_the_server_s_rules_refuse_is_told_with_the_reason(stage: Stage) -> None:
    stage.server.fail("POST", r"/interactions/.*", 400, {"code": 200000, "message": "blocked"})
    told = await stage.server.slash("ask", question="comets")

    assert told.private
    assert text_of(told.shown) == refusals.MODERATED


async def test_who_asks_a_bot_that_leaves_is_told_to_come_again() -> None:
    assistant = BusyAssistant()
    async with staged(assistant, config(patience=AT_ONCE)) as stage, assistant.held():
        under_way = asyncio.create_task(stage.server.slash("ask", question="comets"))
        await stage.server.until(lambda: any(each.callbacks for each in stage.server.interactions.values()))
        await stage.close_the_doors()
        result = await stage.server.slash("ask", question="comets")

        assert result.private
        assert wording.RESTARTING in text_of(result.shown)
    await under_way
