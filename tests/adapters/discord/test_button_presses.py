"""Buttons and menus, also those of a process that is long gone."""

import asyncio
from dataclasses import replace

import discord
import pytest

from bot.port import wording
from bot.port.wording import DELETE
from tests.adapters.discord.stage import Stage, config, labels, offered, staged, text_of
from tests.fakes.assistant import ECLIPSES, NIGHT_SKY, ON_COMETS, OOLONG, SNOWBALL, NotingAssistant
from tests.fakes.discord_server import BOB

pytestmark = pytest.mark.slow

WITHOUT_TOPICS = replace(NIGHT_SKY, topics=(), quotes=())


async def test_a_related_topic_opens_for_everybody_and_stays_in_the_conversation(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    opened = await stage.choose(answer, ECLIPSES.id, member=BOB)

    assert not opened.private
    assert ECLIPSES.summary in text_of(opened.shown)
    assert stage.assistant.opened == [((ECLIPSES.id,), stage.assistant.asked[0].conversation)]


async def test_more_evidence_shows_what_did_not_fit_even_after_a_restart(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    await stage.restart()
    more = await stage.click(answer, "5 more")

    shown = [text_of(each).replace("*", "") for each in (answer, more.shown)]
    assert [sum(quote.text in text for quote in ON_COMETS) for text in shown] == [1, 5]


async def test_a_press_on_a_private_answer_is_answered_in_private(stage: Stage) -> None:
    asked = await stage.server.slash("ask", question="green hobby")
    opened = await stage.click(asked.shown, "Oolong")

    assert opened.private
    assert labels(opened.shown) == ["Share"]


async def test_what_was_said_around_something_is_asked_for_by_its_id(stage: Stage) -> None:
    answer = await stage.server.mention("comets")

    result = await stage.server.press(answer, f"around:{SNOWBALL.id}")

    assert "no transcript of The Night Sky #7" in text_of(result.shown)


async def test_a_private_answer_is_shared_as_it_was_seen_even_after_a_restart(stage: Stage) -> None:
    private = await stage.server.slash("ask", question="comets", private=True)
    await stage.restart()

    shared = await stage.click(private.shown, "Share")

    assert (private.private, shared.private) == (True, False)
    assert text_of(shared.shown) == text_of(private.shown)
    assert text_of(shared.shown).startswith("-# Asked: comets\nComets\n")
    assert labels(shared.shown) == ["▶ 1:02:03", "5 more", DELETE]
    assert offered(shared.shown) == ["Solar eclipses", "Oolong"]
    opened = await stage.choose(shared.shown, OOLONG.id, member=BOB)
    assert OOLONG.summary in text_of(opened.shown)


async def test_the_asker_can_delete_an_answer(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    await stage.restart()

    assert (await stage.click(answer, DELETE)).deleted


async def test_what_is_deleted_already_is_deleted(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    answer = await stage.server.mention("comets")
    stage.server.fail("DELETE", r"/webhooks/.*", 404, {"code": 10008, "message": "Unknown Message"})
    pressing = asyncio.create_task(stage.click(answer, DELETE))
    await stage.server.until(lambda: any(each.method == "DELETE" for each in stage.server.requests))
    await stage.heard()
    pressing.cancel()

    assert caplog.text == ""
    assert len(await stage.said()) == 1


async def test_nobody_else_can_delete_it(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    refused = await stage.click(answer, DELETE, member=BOB)

    assert refused.private
    assert "Only the person who asked" in text_of(refused.shown)
    assert not refused.deleted


async def test_who_manages_messages_can(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    keeper = discord.Permissions(manage_messages=True).value

    assert (await stage.click(answer, DELETE, member=BOB, permissions=keeper)).deleted


async def test_presses_count_as_questions_but_deleting_is_never_too_much() -> None:
    async with staged(setup=config(per_member=2)) as stage:
        answer = await stage.server.mention("comets")
        opened = await stage.choose(answer, OOLONG.id)
        refused = await stage.choose(answer, OOLONG.id)
        deleted = await stage.click(answer, DELETE)

    assert OOLONG.summary in text_of(opened.shown)
    assert "Please try again in" in text_of(refused.shown)
    assert deleted.deleted


async def test_a_button_whose_topic_is_gone_says_so_kindly(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    await stage.restart(NotingAssistant((WITHOUT_TOPICS,)))

    result = await stage.choose(answer, ECLIPSES.id)

    assert result.private
    assert labels(result.shown) == []
    assert text_of(result.shown)


async def test_another_quote_like_one_that_is_gone_says_so_kindly(stage: Stage) -> None:
    drawn = await stage.server.slash("quote", speaker="Ada Ford")
    await stage.restart(NotingAssistant((WITHOUT_TOPICS,)))

    result = await stage.click(drawn.shown, "Another quote")

    assert result.private
    assert stage.assistant.wanted == []


async def test_a_page_of_an_episode_that_is_gone_says_so_kindly(stage: Stage) -> None:
    listed = await stage.server.slash("topics")

    result = await stage.server.press(listed.shown, "page:3:gone-1")

    assert result.private
    assert wording.NO_TOPICS in text_of(result.shown)


@pytest.mark.parametrize("custom_id", ["vote:yes", "persistent_view:1", "open:"])
async def test_a_button_of_another_version_says_so_kindly(stage: Stage, custom_id: str) -> None:
    answer = await stage.server.mention("comets")

    result = await stage.server.press(answer, custom_id)

    assert result.private
    assert wording.STALE in text_of(result.shown)
