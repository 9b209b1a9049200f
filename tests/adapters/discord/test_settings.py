"""`/settings`, and what is chosen there."""

from __future__ import annotations

import pytest

from bot.port import settings_words
from bot.port.place_settings import Chosen, SettingsChange
from bot.port.state import State
from bot.port.wording import full_label
from tests.adapters.discord.stage import Stage, text_of
from tests.bot.state.conftest import opened
from tests.fakes.assistant import COMETS, OOLONG, TEA_TIME
from tests.fakes.discord_server import ANN, BOT, CHANNEL, GUILD, direct

pytestmark = pytest.mark.slow

WHOLE, HERE = f"discord/{GUILD}", f"discord/{GUILD}/{CHANNEL}"


@pytest.fixture
async def state(stage: Stage) -> State:
    """What the bot on the stage keeps."""
    stage.state = state = State()
    await stage.restart()
    return state


@pytest.mark.usefixtures("state")
async def test_what_holds_and_why_is_told_to_the_asker_alone(stage: Stage, state: State) -> None:
    await state.place_settings.change(WHOLE, SettingsChange(private=True))
    await state.place_settings.change(HERE, SettingsChange(feedback=False))

    result = await stage.server.slash("settings")

    assert result.private
    shown = text_of(result.shown).replace("\\", "")
    assert all(line in shown for line in settings_words.described(await state.place_settings.at(WHOLE, HERE), "server"))


async def test_settings_are_changed_for_a_channel_or_for_the_whole_server(stage: Stage, state: State) -> None:
    await stage.server.slash("settings", show=TEA_TIME.show.upper(), answers="for everybody", feedback="off")
    await stage.server.slash("settings", show="every show", answering="off", where="the whole server")
    await stage.server.slash("settings", answers="as usual", answering="on")

    settings = await state.place_settings.at(WHOLE, HERE)
    assert settings.channel == Chosen(TEA_TIME.show, off=False, feedback=False)
    assert settings.whole == Chosen("", off=True)


async def test_a_show_that_is_not_there_is_said_to_be_unknown(stage: Stage, state: State) -> None:
    result = await stage.server.slash("settings", show="Cheese", answering="off")

    assert settings_words.unknown_show("Cheese") in text_of(result.shown)
    assert not (await state.place_settings.at(WHOLE, HERE)).off


async def test_shows_are_completed(stage: Stage) -> None:
    choices = await stage.server.complete("settings", "show", "tea")

    assert [choice["value"] for choice in choices] == [TEA_TIME.show]


async def test_a_single_episode_can_be_chosen(stage: Stage, state: State) -> None:
    choices = await stage.server.complete("settings", "show", "leaves")
    shown = await stage.server.slash("settings", show=choices[0]["value"])

    assert f"names no other: {full_label(TEA_TIME)} (chosen" in text_of(shown.shown).replace("\\", "")
    assert TEA_TIME.id not in text_of(shown.shown)
    assert [choice["value"] for choice in choices] == [TEA_TIME.id]
    assert (await state.place_settings.at(WHOLE, HERE)).show == TEA_TIME.id


async def test_the_show_that_is_chosen_is_asked_in_its_channel(stage: Stage, state: State) -> None:
    await state.place_settings.change(HERE, SettingsChange(show=TEA_TIME.show))

    await stage.server.mention("oolong")
    await stage.server.slash("ask", question="oolong")
    await stage.server.slash("quote")
    await stage.server.answer_to(await stage.server.say("oolong", channel=direct(ANN)))

    assert [question.scope.show for question in stage.assistant.asked] == [TEA_TIME.show, TEA_TIME.show, None]
    assert [wanted.scope.show for wanted in stage.assistant.wanted] == [TEA_TIME.show]


async def test_commands_that_list_and_check_follow_the_show_too(stage: Stage, state: State) -> None:
    await state.place_settings.change(HERE, SettingsChange(show=TEA_TIME.show))

    card = await stage.server.slash("episode")
    topics = await stage.server.slash("topics")
    check = await stage.server.slash("verify", quote="three minutes, never four")

    assert TEA_TIME.title in text_of(card.shown)
    assert COMETS.title not in text_of(topics.shown)
    assert OOLONG.title in text_of(topics.shown)
    assert "Three minutes, never four" in text_of(check.shown)


async def test_episodes_that_are_typed_and_what_is_completed_are_of_the_show(stage: Stage, state: State) -> None:
    await state.place_settings.change(HERE, SettingsChange(show=TEA_TIME.show))

    offered = [await stage.server.complete("ask", name, "") for name in ("question", "episode")]
    await stage.server.slash("ask", question="what is it about?", episode="t")  # "The Night Sky" begins so, too
    speakers = await stage.server.complete("quote", "speaker", "")

    assert [[choice["value"] for choice in choices] for choices in offered] == [[OOLONG.id], [TEA_TIME.id]]
    assert [choice["value"] for choice in speakers] == [TEA_TIME.quotes[0].speaker]
    assert stage.assistant.asked[-1].scope.episode == TEA_TIME.id


async def test_answers_to_commands_are_private_where_that_is_chosen_and_nothing_else_wanted(
    stage: Stage, state: State
) -> None:
    await state.place_settings.change(WHOLE, SettingsChange(private=True))

    usual = await stage.server.slash("ask", question="comets")
    wanted = await stage.server.slash("ask", question="comets", private=False)

    assert (usual.private, wanted.private) == (True, False)


async def test_where_it_is_off_commands_say_so_and_mentions_are_left_alone(stage: Stage, state: State) -> None:
    await state.place_settings.change(HERE, SettingsChange(off=True))

    result = await stage.server.slash("ask", question="comets")
    await stage.server.say(f"<@{BOT}> comets")
    thread = await stage.server.add_thread()
    await stage.server.say(f"<@{BOT}> comets", channel=thread)
    shown = await stage.server.slash("settings", answering="on")

    assert settings_words.OFF in text_of(result.shown)
    assert shown.private
    assert await stage.heard() == []


async def test_that_nothing_could_be_changed_is_said_and_what_is_usual_holds(stage: Stage) -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as stage.state:
        await stage.restart()
        result = await stage.server.slash("settings", answering="off")
        answer = await stage.server.slash("ask", question="comets")

    assert settings_words.NOT_CHANGED in text_of(result.shown)
    assert not answer.private
