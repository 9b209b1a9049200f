"""Who wants to be told of what, in SQLite and in PostgreSQL: each test runs with both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.port import wishes
from bot.port.errors import StateAwayError
from bot.port.messages import Answer, EpisodeId, Found
from bot.port.wishes import MOST_WISHES, Noted, Wish, Wishes, is_answered, tell_when_answered, unanswered
from bot.state import wishes as state_wishes
from bot.state.stored import StoredState
from tests.bot.state.conftest import opened, until
from tests.fakes.assistant import (
    BY_OTHERS,
    EXACT,
    FACT,
    FOUND,
    HELP,
    MAYBE,
    NIGHT_SKY,
    NOT_FOUND,
    NOT_SAID,
    OPPOSITE,
    SEVERAL,
    UNSURE,
    BrokenAssistant,
    NotingAssistant,
)
from tests.fakes.assistant import OOLONG as OOLONG_TOPIC

ANN, BOB = "slack/T1/ann", "slack/T1/bob"
OOLONG = Wish(ANN, "C1/17.2", "what about oolong?")


def wishes_of(state: StoredState) -> Wishes:
    assert state.wishes is not None
    return state.wishes


@asynccontextmanager
async def telling(
    assistant: NotingAssistant, wishes: Wishes, told: list[tuple[Wish, Answer]], platform: str = "slack"
) -> AsyncIterator[None]:
    async def tell(wish: Wish, answer: Answer) -> None:
        told.append((wish, answer))
        if wish.place == "broken":
            raise OSError("nobody there")

    task = asyncio.create_task(tell_when_answered(platform, assistant, wishes, tell))
    try:
        yield
    finally:
        task.cancel()


async def test_a_wish_is_kept_once_over_a_restart_and_cancelled_by_its_member_alone(database_url: str) -> None:
    odd = Wish(ANN, "", "is “honey” 🐝 \0\ud800 better?", EpisodeId("tea-time-1"))
    async with opened(database_url) as one:
        assert await wishes_of(one).note(OOLONG) is Noted.NOTED
        assert await wishes_of(one).note(OOLONG) is Noted.ALREADY
        assert await wishes_of(one).note(odd) is Noted.NOTED

    async with opened(database_url) as later:
        # Which of two that were noted within a millisecond is listed first is not said.
        kept, other = sorted(await wishes_of(later).of(ANN), key=lambda wish: wish != OOLONG)
        assert (kept, other) == (OOLONG, odd)
        assert (other.question, other.episode) == ("is “honey” 🐝 ? better?", "tea-time-1")
        assert not await wishes_of(later).cancel(BOB, OOLONG.name)
        assert await wishes_of(later).cancel(ANN, OOLONG.name)
        assert not await wishes_of(later).cancel(ANN, OOLONG.name)
        assert await wishes_of(later).waiting("discord") == []


async def _note(state: StoredState, wish: Wish) -> Noted:
    return await wishes_of(state).note(wish)


async def test_nobody_waits_for_more_than_twenty_answers(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        noted: list[Noted] = []
        for number in range(0, MOST_WISHES + 4, 2):  # two at a time: SQLite has one writer, and waits for it so long
            wishes = (Wish(ANN, "", f"question {number + n}") for n in (0, 1))
            noted += await asyncio.gather(*(map(_note, (one, other), wishes)))

        assert len(await wishes_of(one).of(ANN)) == noted.count(Noted.NOTED) <= MOST_WISHES
        assert await wishes_of(other).note(Wish(BOB, "", "question 1")) is Noted.NOTED


async def test_of_many_processes_one_tells_and_only_what_a_newer_library_answers(database_url: str) -> None:
    before, never = NotingAssistant((NIGHT_SKY,)), Wish(BOB, "", "how do submarines work?")
    twin = NotingAssistant((NIGHT_SKY,))
    told: list[tuple[Wish, Answer]] = []
    async with opened(database_url) as one, opened(database_url) as other:
        await wishes_of(one).note(OOLONG)
        await wishes_of(other).note(never)
        async with telling(before, wishes_of(one), told), telling(twin, wishes_of(other), told):
            await until(lambda: _looked((before, twin), 2))
            assert told == []
            before.gets()
            twin.gets()
            await until(lambda: _only(wishes_of(one), never))

        ((wish, answer),) = told
        assert wish == OOLONG
        assert isinstance(answer, Found)


async def test_who_asked_where_a_show_is_usual_is_told_what_is_answered_there(database_url: str) -> None:
    assistant, told = NotingAssistant((NIGHT_SKY,)), list[tuple[Wish, Answer]]()
    there, anywhere = (Wish(ANN, "C1", "what about oolong?", show=show) for show in (NIGHT_SKY.show, None))
    async with opened(database_url) as state:
        assert [await wishes_of(state).note(wish) for wish in (there, anywhere)] == [Noted.NOTED, Noted.NOTED]
        async with telling(assistant, wishes_of(state), told):
            await until(lambda: _looked((assistant,), 2))
            assistant.gets()
            await until(lambda: _told(told, there))
            await until(lambda: _told(told, anywhere))

    texts = {wish.show: answer.text for wish, answer in told if isinstance(answer, Found)}
    assert texts[None] == OOLONG_TOPIC.summary
    assert texts[NIGHT_SKY.show] == f"I found nothing on that in The Night Sky. {OOLONG_TOPIC.summary}"


async def test_what_came_while_no_process_ran_is_told_at_the_start_and_a_failure_keeps_nobody_waiting(
    database_url: str,
) -> None:
    told: list[tuple[Wish, Answer]] = []
    async with opened(database_url) as state:
        await wishes_of(state).note(Wish(ANN, "broken", "what about comets?"))
        await wishes_of(state).note(Wish(BOB, "", "boom"))
        await wishes_of(state).note(OOLONG)
        async with telling(BrokenAssistant(), wishes_of(state), told):
            await until(lambda: _told(told, OOLONG))

    assert len(told) == 2


async def test_what_could_not_be_sent_is_sent_on_the_next_round(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (wishes, state_wishes):
        monkeypatch.setattr(module, "TURN", timedelta(milliseconds=20))
    tried: list[Wish] = []

    async def tell(wish: Wish, _: Answer) -> None:
        tried.append(wish)
        if len(tried) == 1:
            raise OSError("nobody there")

    async with opened(database_url) as state:
        await wishes_of(state).note(OOLONG)
        task = asyncio.create_task(tell_when_answered("slack", NotingAssistant(), wishes_of(state), tell))
        await until(lambda: _none_left(wishes_of(state)))
        task.cancel()

    assert tried == [OOLONG, OOLONG]


async def _none_left(kept: Wishes) -> bool:
    return not await kept.waiting("slack")


async def test_a_database_that_is_away_is_said_so_and_looked_for_again() -> None:
    told: list[tuple[Wish, Answer]] = []
    async with opened("postgresql://x@127.0.0.1:1/x") as state:
        async with telling(NotingAssistant(), wishes_of(state), told):
            await asyncio.sleep(0)
        with pytest.raises(StateAwayError):
            await wishes_of(state).note(OOLONG)


def test_what_leaves_a_question_open_and_what_answers_it() -> None:
    asked = [unanswered("tea", each) for each in (NOT_FOUND, UNSURE, MAYBE, NOT_SAID)]
    assert asked == ["tea", "dirty tea", "tea", "tea"]
    assert unanswered("comets and rice?", SEVERAL) == "how do I cook rice?"
    assert {unanswered("tea", each) for each in (FOUND, FACT, EXACT, HELP)} == {None}
    assert unanswered("  ", NOT_FOUND) is None
    assert all(map(is_answered, (FOUND, FACT, EXACT, BY_OTHERS)))
    assert not any(map(is_answered, (NOT_FOUND, UNSURE, HELP, NOT_SAID, OPPOSITE, SEVERAL)))


async def _looked(assistants: tuple[NotingAssistant, ...], times: int) -> bool:
    return all(len(each.asked) >= times for each in assistants)


async def _only(wishes: Wishes, left: Wish) -> bool:
    return [*await wishes.waiting("slack")] == [left]


async def _told(told: list[tuple[Wish, Answer]], wish: Wish) -> bool:
    return wish in [each for each, _ in told]
