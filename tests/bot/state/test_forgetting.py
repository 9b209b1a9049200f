"""What is kept of one person is deleted, and nothing of anybody else: with both databases, and in memory."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.port.errors import StateAwayError
from bot.port.forgetting import Forgetters
from bot.port.limits import Rate
from bot.port.logbook import AnswerId, AskedIn
from bot.port.messages import NotFound
from bot.port.place_settings import SettingsChange
from bot.port.state import State
from bot.port.wishes import Wish
from bot.state.tables import deliveries
from tests.bot.state.conftest import opened

HERE = AskedIn("slack", "T1", "C1")
ONCE = Rate(1, timedelta(hours=1))
ANN, LIKE_ANN = "slack/T1/U_1", "slack/T1/UX1"
"""The second would be the first one's pattern in SQL."""


async def _notes_left(state: State) -> list[str]:
    written = {ANN: "x", f"{ANN}/D1": "x", f"{LIKE_ANN}/D1": "x", f"{ANN}2": "x", "slack/T1/C1": "x"}
    written |= {"discord/answer/1": f"{ANN}/D1", "discord/answer/2": "slack/T1/C1"}
    for name, text in written.items():
        await state.notes.write(name, text)
    await state.forgetting.forget(ANN)
    return [name for name in written if await state.notes.read(name)]


NOT_HERS = [f"{LIKE_ANN}/D1", f"{ANN}2", "slack/T1/C1", "discord/answer/2"]


async def test_what_a_person_alone_talked_about_is_forgotten(database_url: str) -> None:
    async with opened(database_url) as state:
        assert await _notes_left(state) == NOT_HERS


async def test_what_a_person_alone_talked_about_is_forgotten_in_memory() -> None:
    assert await _notes_left(State()) == NOT_HERS


async def _admitted_after_forgetting(state: State) -> list[bool]:
    limits = state.limits(ONCE, ONCE)
    for person in (ANN, LIKE_ANN):
        await limits.admit(person, f"{person}/D1")
    await state.forgetting.forget(ANN)
    return [await limits.admit(person, f"{person}/D1") is None for person in (ANN, LIKE_ANN)]


async def test_how_often_a_person_asked_is_forgotten(database_url: str) -> None:
    async with opened(database_url) as state:
        assert await _admitted_after_forgetting(state) == [True, False]


async def test_how_often_a_person_asked_is_forgotten_in_memory() -> None:
    assert await _admitted_after_forgetting(State()) == [True, False]


async def test_that_the_database_is_away_is_told_and_memory_forgets_all_the_same() -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as state:
        limits = state.limits(ONCE, ONCE)
        await limits.admit(ANN, "slack/T1/C1")
        await state.notes.write(ANN, "x")
        with pytest.raises(StateAwayError):
            await state.forgetting.forget(ANN)

        assert await state.notes.read(ANN) is None
        assert await limits.admit(ANN, "slack/T1/C2") is None


class _Noting:
    def __init__(self) -> None:
        self.forgotten: list[str] = []

    async def forget(self, person: str) -> None:
        self.forgotten.append(person)


class _Away:
    async def forget(self, person: str) -> None:
        raise StateAwayError(person)


async def test_a_store_that_fails_keeps_no_other_from_forgetting() -> None:
    last = _Noting()
    forgetters = Forgetters(_Away())
    forgetters.add(last)

    with pytest.raises(StateAwayError):
        await forgetters.forget(ANN)

    assert last.forgotten == [ANN]


async def test_what_a_person_waits_for_and_thinks_of_answers_is_forgotten(database_url: str) -> None:
    async with opened(database_url) as state:
        assert state.wishes is not None
        for person in (ANN, LIKE_ANN):
            await state.wishes.note(Wish(person, "C1", "how do submarines work?"))
            await state.logbook.rate(AnswerId("a1"), person, HERE, useful=True, words="bees")
        await state.forgetting.forget(ANN)

        assert [len(await state.wishes.of(person)) for person in (ANN, LIKE_ANN)] == [0, 1]
        assert len((await state.logbook.read(1)).votes) == 1


THERE, ELSEWHERE = AskedIn("slack", "T1", "C1"), AskedIn("slack", "T10", "C1")


async def test_what_is_kept_of_a_whole_workspace_is_forgotten(database_url: str) -> None:
    async with opened(database_url) as state:
        assert state.wishes is not None
        for team, place in (("T1", THERE), ("T10", ELSEWHERE)):
            await state.wishes.note(Wish(f"slack/{team}/U1", "C1", "how do submarines work?"))
            await state.place_settings.change(f"slack/{team}/C1", SettingsChange(off=True))
            await state.deliveries.claim(f"slack/{team}/message/C1/1", "{}")
            await state.logbook.rate(AnswerId(team), "slack/T7/U1", place, useful=True, words="bees")
            state.logbook.note("submarines?", place, NotFound("submarines", 0.0))
        await state.logbook.read(1)  # which writes what waits
        await state.forgetting.forget("slack/T1")

        left = await state.logbook.read(1)
        assert [each.place for each in (*left.votes, *left.missed)] == [ELSEWHERE, ELSEWHERE]
        assert [each.count for each in left.questions] == [1]
        assert [len(await state.wishes.of(f"slack/{team}/U1")) for team in ("T1", "T10")] == [0, 1]
        assert [(await state.place_settings.at(f"slack/{team}/C1")).off for team in ("T1", "T10")] == [False, True]
        kept = await state._database.execute(select(deliveries.c.name))
        assert [row.name for row in kept] == ["slack/T10/message/C1/1"]


async def test_what_is_chosen_for_a_whole_workspace_is_forgotten_in_memory() -> None:
    state = State()
    for place in ("slack/T1", "slack/T1/C1", "slack/T10"):
        await state.place_settings.change(place, SettingsChange(off=True))
    await state.forgetting.forget("slack/T1")

    assert [(await state.place_settings.at(place)).off for place in ("slack/T1", "slack/T1/C1", "slack/T10")] == [
        False,
        False,
        True,
    ]
