"""What the host learns from answers in Discord: questions in vain, and votes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import discord
import pytest
import pytest_asyncio

from bot.port import wording
from bot.port.logbook import AskedIn, Outcome
from bot.port.place_settings import SettingsChange
from bot.port.state import State
from tests.adapters.discord.stage import Stage, config, labels, staged, text_of
from tests.bot.state.conftest import opened
from tests.fakes.assistant import COMETS, NotingAssistant
from tests.fakes.databases import sqlite_in
from tests.fakes.discord_server import ANN, BOB, CHANNEL, GUILD, direct

pytestmark = pytest.mark.slow

HERE = AskedIn("discord", str(GUILD), str(CHANNEL))
_REACT = discord.Permissions(add_reactions=True).value
THUMBS = [wording.USEFUL, wording.NOT_USEFUL]


@pytest_asyncio.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    async with opened(sqlite_in(tmp_path)) as state:
        yield state


@pytest_asyncio.fixture
async def rated(state: State) -> AsyncIterator[Stage]:
    async with staged(state=state) as stage:
        yield stage


async def test_questions_in_vain_are_kept_however_they_were_asked(rated: Stage, state: State) -> None:
    await rated.server.mention("how do I cook rice?")
    await rated.server.slash("ask", question="green hobby")
    await rated.server.slash("quote", about="steam engines")
    await rated.server.slash("verify", quote="the moon is made of cheese")
    await rated.server.slash("help")
    kept = await state.logbook.read(1)

    assert {(each.words, each.outcome) for each in kept.missed} == {
        ("how do I cook rice?", Outcome.NOT_FOUND),
        ("green hobby", Outcome.UNSURE),
        ("steam engines", Outcome.NOT_FOUND),
    }
    assert {each.place for each in kept.missed} == {HERE}
    assert {each.outcome: each.count for each in kept.questions} == {
        Outcome.NOT_FOUND: 2,
        Outcome.UNSURE: 1,
        Outcome.QUOTE_CHECK: 1,
    }


async def test_of_a_private_question_no_channel_is_kept_and_of_any_other_it_is(rated: Stage, state: State) -> None:
    await rated.server.slash("ask", question="how do I cook rice?", private=True)
    await rated.server.answer_to(await rated.server.say("how do I boil rice?", channel=direct(ANN)))
    await rated.server.slash("ask", question="how do I fry rice?")  # what isn't found, only the asker sees all the same
    await rated.server.slash("ask", question="how do I burn rice?", channel=await rated.server.add_thread(private=True))
    private = await rated.server.slash("ask", question="comets", private=True)
    await rated.click(private.shown, wording.USEFUL)
    kept = await state.logbook.read(1)

    assert {each.words: (each.place.server, each.place.channel) for each in kept.missed} == {
        "how do I cook rice?": (str(GUILD), ""),
        "how do I boil rice?": ("", ""),
        "how do I fry rice?": (str(GUILD), str(CHANNEL)),
        "how do I burn rice?": (str(GUILD), ""),
    }
    assert [each.place.channel for each in kept.votes] == [""]


async def test_of_what_not_everybody_in_a_server_can_see_no_channel_is_kept(rated: Stage, state: State) -> None:
    server = rated.server
    hidden, in_the_open = await server.add_channel(), await server.add_channel(denied=_REACT)
    await server.hide(hidden)
    places = {
        "how do I grill rice?": hidden,
        "how do I toast rice?": await server.add_thread(channel=hidden),
        "how do I steam rice?": in_the_open,
        "how do I stew rice?": await server.add_thread(channel=in_the_open),
    }
    for question, channel in places.items():
        await server.slash("ask", question=question, channel=channel)
    await server.mention("how do I bake rice?", channel=hidden)
    await rated.click(await server.mention("comets", channel=hidden), wording.USEFUL)
    kept = await state.logbook.read(1)

    assert {each.words: each.place.channel for each in kept.missed} == {
        "how do I grill rice?": "",
        "how do I toast rice?": "",
        "how do I steam rice?": str(in_the_open),
        "how do I stew rice?": str(places["how do I stew rice?"]),
        "how do I bake rice?": "",
    }
    assert {each.place for each in kept.votes} == {AskedIn("discord", str(GUILD))}


async def test_a_channel_that_is_hidden_later_is_private_from_then_on(rated: Stage, state: State) -> None:
    channel = await rated.server.add_channel()
    await rated.server.slash("ask", question="how do I grill rice?", channel=channel)
    await rated.server.hide(channel)
    await rated.server.slash("ask", question="how do I bake rice?", channel=channel)
    kept = await state.logbook.read(1)

    assert {each.words: each.place.channel for each in kept.missed} == {
        "how do I grill rice?": str(channel),
        "how do I bake rice?": "",
    }


async def test_of_a_server_that_the_bot_is_not_in_no_channel_is_kept(rated: Stage, state: State) -> None:
    channel = await rated.server.add_channel(announced=False)
    await rated.server.slash("ask", question="how do I grill rice?", channel=channel)

    assert [each.place.channel for each in (await state.logbook.read(1)).missed] == [""]


async def test_a_topic_picked_from_the_list_counts_by_its_title(rated: Stage, state: State) -> None:
    answer = await rated.server.slash("ask", question=str(COMETS.id))
    await rated.click(answer.shown, wording.USEFUL)
    kept = await state.logbook.read(1)

    assert [each.subject.label for each in kept.subjects] == [COMETS.title]
    assert [each.words for each in kept.votes] == [COMETS.title]


async def test_an_answer_is_rated_once_a_person_and_thanked_for_once(rated: Stage, state: State) -> None:
    interactions = rated.server.interactions
    answer = await rated.server.mention("comets")
    thanked = await rated.click(answer, wording.USEFUL)
    changing = asyncio.create_task(rated.click(answer, wording.NOT_USEFUL))
    acknowledged = [{"type": 6, "data": None}], [{"type": 6}]  # and nothing is said
    await rated.server.until(lambda: any(each.callbacks in acknowledged for each in interactions.values()))
    changing.cancel()
    other = await rated.click(answer, wording.USEFUL, member=BOB)
    kept = await state.logbook.read(1)

    assert labels(answer)[-3:-1] == THUMBS
    assert thanked.private
    assert text_of(thanked.shown) == wording.THANKS
    assert other.private
    assert sorted((each.words, each.useful) for each in kept.votes) == [("comets", False), ("comets", True)]


async def test_a_private_answer_and_its_shared_copy_are_rated_together(rated: Stage, state: State) -> None:
    private = await rated.server.slash("ask", question="comets", private=True)
    shared = await rated.click(private.shown, wording.SHARE)
    await rated.click(shared.shown, wording.NOT_USEFUL, member=BOB)
    kept = await state.logbook.read(1)

    assert [(each.useful, each.words) for each in kept.votes] == [(False, "comets")]
    assert sum(each.count for each in kept.questions) == 1


@pytest.mark.parametrize("words", ["how do I cook rice?", "hello"])
async def test_what_is_no_answer_has_no_thumbs(rated: Stage, words: str) -> None:
    answer = await rated.server.mention(words)

    assert not set(THUMBS) & set(labels(answer))


async def test_memory_alone_offers_no_thumbs(stage: Stage) -> None:
    assert not set(THUMBS) & set(labels(await stage.server.mention("comets")))


async def test_a_setting_turns_thumbs_off_and_old_ones_still_count(rated: Stage, state: State) -> None:
    answer = await rated.server.mention("comets")
    rated.setup = replace(rated.setup, feedback=False)
    await rated.restart()
    later = await rated.server.mention("comets")
    await rated.click(answer, wording.USEFUL)

    assert not set(THUMBS) & set(labels(later))
    assert len((await state.logbook.read(1)).votes) == 1


async def test_without_its_database_an_answer_comes_and_a_vote_is_told_to_come_later() -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as away, staged(NotingAssistant(), config(), away) as stage:
        answer = await stage.server.mention("comets")
        pressed = await stage.click(answer, wording.USEFUL)

    assert COMETS.summary in text_of(answer)
    assert pressed.private
    assert text_of(pressed.shown) == wording.NOT_KEPT


async def test_answers_have_no_thumbs_where_a_channel_chose_none(rated: Stage, state: State) -> None:
    await state.place_settings.change(f"discord/{GUILD}/{CHANNEL}", SettingsChange(feedback=False))

    answers = [await rated.server.mention("comets"), (await rated.server.slash("ask", question="comets")).shown]

    assert [set(THUMBS) & set(labels(answer)) for answer in answers] == [set(), set()]
    assert sum(each.count for each in (await state.logbook.read(1)).questions) == 2
