"""Buttons and menus, also those of a process that is long gone."""

import discord
import pytest
import simcord

from bot.port import wording
from bot.port.messages import EpisodeId
from tests.adapters.discord.stage import Stage, config, labels, staged, text_of
from tests.fakes.assistant import ECLIPSES, STEEP, ScriptedAssistant

pytestmark = pytest.mark.slow


async def test_a_related_topic_opens_for_everybody_and_stays_in_the_conversation(stage: Stage) -> None:
    answer = await stage.mention("comets")
    opened = await stage.bob.click(answer, label="Solar eclipses")

    assert not opened.ephemeral
    assert "How to watch one without harm." in text_of(opened.response)
    assert stage.assistant.opened == [((ECLIPSES.id,), stage.assistant.asked[0].conversation)]


async def test_more_evidence_shows_what_did_not_fit(stage: Stage) -> None:
    answer = await stage.mention("comets")
    more = await stage.ann.click(answer, label="More evidence")

    assert STEEP.text in text_of(more.response)


async def test_a_press_on_a_private_answer_is_answered_in_private(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "ask", question="dirty tea")
    assert result.response is not None
    opened = await stage.ann.click(result.response, label="Comets")

    assert opened.ephemeral
    assert labels(opened.response) == ["Share"]


@pytest.mark.parametrize("label", ["Solar eclipses", "More evidence"])
async def test_buttons_work_after_a_restart(stage: Stage, label: str) -> None:
    answer = await stage.mention("comets")
    await stage.restart()

    result = await stage.bob.click(answer, label=label)

    assert result.acknowledged
    assert text_of(result.response)


async def test_a_private_answer_is_shared_as_it_was_seen_even_after_a_restart(stage: Stage) -> None:
    private = await stage.ann.slash(stage.general, "ask", question="comets", private=True)
    assert private.response is not None
    await stage.restart()

    shared = await stage.ann.click(private.response, label="Share")

    assert shared.response is not None
    assert not shared.response.ephemeral
    assert text_of(shared.response) == text_of(private.response)
    assert labels(shared.response) == ["Solar eclipses", "Oolong", "More evidence", "Delete"]
    opened = await stage.bob.click(shared.response, label="Oolong")
    assert "neither green nor black" in text_of(opened.response)


async def test_the_asker_can_delete_an_answer(stage: Stage) -> None:
    answer = await stage.mention("comets")
    await stage.restart()
    await stage.ann.click(answer, label="Delete")

    assert stage.said == []


async def test_nobody_else_can_delete_it(stage: Stage) -> None:
    answer = await stage.mention("comets")
    refused = await stage.bob.click(answer, label="Delete")

    assert refused.ephemeral
    assert "Only the person who asked" in text_of(refused.response)
    assert len(stage.said) == 1


async def test_who_manages_messages_can(stage: Stage) -> None:
    keepers = stage.guild.create_role("keepers", permissions=discord.Permissions(manage_messages=True))
    eve = stage.guild.add_member(stage.env.create_user("eve"), roles=[keepers])
    answer = await stage.mention("comets")
    await eve.click(answer, label="Delete")

    assert stage.said == []


async def test_presses_count_as_questions_but_deleting_is_never_too_much() -> None:
    async with staged(setup=config(per_member=2)) as stage:
        answer = await stage.mention("comets")
        opened = await stage.ann.click(answer, label="Oolong")
        refused = await stage.ann.click(answer, label="Oolong")
        await stage.ann.click(answer, label="Delete")

        assert "neither green nor black" in text_of(opened.response)
        assert "Please try again in" in text_of(refused.response)
        assert [message.id for message in stage.said if message.id == answer.id] == []


async def test_a_button_whose_topic_is_gone_says_so_kindly(stage: Stage) -> None:
    answer = await stage.mention("comets")
    stage.assistant = ScriptedAssistant(episodes=[])
    await stage.restart()

    result = await stage.ann.click(answer, label="Solar eclipses")

    assert result.ephemeral
    assert "The notes don't mention that." in text_of(result.response)


async def test_another_quote_like_one_that_is_gone_says_so_kindly(stage: Stage) -> None:
    drawn = await stage.ann.slash(stage.general, "quote", speaker="Ada Ford")
    assert drawn.response is not None
    stage.assistant = ScriptedAssistant(episodes=[])
    await stage.restart()

    result = await stage.ann.click(drawn.response, label="Another quote")

    assert result.ephemeral
    assert stage.assistant.wanted == []


async def test_a_page_of_an_episode_that_is_gone_says_so_kindly(stage: Stage) -> None:
    listed = await stage.ann.slash(stage.general, "topics")
    assert listed.response is not None

    result = await press(stage, listed.response.message, f"page:3:{EpisodeId('gone-1')}")

    assert wording.NO_TOPICS in text_of(result)


@pytest.mark.parametrize("custom_id", ["vote:yes", "persistent_view:1", "open:"])
async def test_a_button_of_another_version_says_so_kindly(stage: Stage, custom_id: str) -> None:
    answer = await stage.mention("comets")

    result = await press(stage, answer, custom_id)

    assert wording.STALE in text_of(result)


async def press(stage: Stage, message: discord.Message, custom_id: str) -> simcord.ResponseMessage | None:
    """Press a button that the message does not have, as one of an older version would be."""
    stored = stage.env.backend.get_message(message.channel.id, message.id)
    stored.components[0]["components"][0] = {"type": 2, "style": 1, "label": "Old", "custom_id": custom_id}
    result = await stage.ann.click(message, label="Old")
    assert result.ephemeral
    return result.response
