"""What the host may learn, in real databases."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import make_url, select, update

from bot.port.errors import StateAwayError
from bot.port.logbook import LONGEST_WORDS, AnswerId, AskedIn, Outcome
from bot.port.state import Logbook
from bot.state import logbook as module
from bot.state.database import Database
from bot.state.tables import counted_questions, missed, votes
from tests.bot.state.conftest import opened
from tests.fakes.assistant import (
    COMETS,
    EXACT,
    FACT,
    FOUND,
    HELP,
    MAYBE,
    NIGHT_SKY,
    NOT_FOUND,
    NOT_SAID,
    SEVERAL,
    UNSURE,
)

HERE = AskedIn("discord", "1", "2")
AWAY = "postgresql://x@127.0.0.1:1/x"


async def test_what_is_not_answered_is_kept_as_it_was_asked_with_the_nearest_thing(database_url: str) -> None:
    async with opened(database_url) as state:
        state.logbook.note("how do I cook rice?", HERE, NOT_FOUND)
        state.logbook.note("dirty  tea\n", HERE, UNSURE)
        state.logbook.note("snow", AskedIn("slack", "T1", "C1"), MAYBE)
        kept = await state.logbook.read(1)

    assert {(each.words, each.outcome, each.nearest) for each in kept.missed} == {
        ("how do I cook rice?", Outcome.NOT_FOUND, "Comets"),
        ("dirty tea", Outcome.UNSURE, "Comets"),
        ("snow", Outcome.UNSURE, "Oolong"),
    }
    assert {each.place for each in kept.missed} == {HERE, AskedIn("slack", "T1", "C1")}
    assert all(datetime.now(UTC) - each.at < timedelta(minutes=1) for each in kept.missed)


async def test_of_what_is_answered_only_numbers_and_subjects_are_kept(database_url: str) -> None:
    async with opened(database_url) as state:
        for answer in (FOUND, FOUND, FACT, EXACT, NOT_SAID, HELP):
            state.logbook.note("a secret wish", HERE, answer)
        kept = await state.logbook.read(1)

    assert {each.outcome: each.count for each in kept.questions} == {
        Outcome.FOUND: 2,
        Outcome.FACT: 1,
        Outcome.QUOTE_CHECK: 2,
    }
    assert {(each.subject.label, each.count) for each in kept.subjects} == {
        (COMETS.title, 2),
        (f"The Night Sky #7: {NIGHT_SKY.title}", 2),
    }
    assert "secret" not in repr(kept)


async def test_what_is_of_one_server_can_be_read_alone(database_url: str) -> None:
    other = AskedIn("slack", "T1", "C1")
    async with opened(database_url) as state:
        for place in (HERE, replace(HERE, channel="3"), other):
            state.logbook.note("comets", place, FOUND)
            state.logbook.note("rice", place, NOT_FOUND)
        state.logbook.note("comets", other, FOUND)
        await state.logbook.rate(AnswerId("a"), "slack/T1/U1", other, useful=True, words="comets")
        here, there = await state.logbook.read(1, HERE), await state.logbook.read(1, other)
        everywhere = await state.logbook.read(1)

    assert [(each.outcome, each.count) for each in here.questions] == [(Outcome.FOUND, 2), (Outcome.NOT_FOUND, 2)]
    assert [(each.outcome, each.count) for each in there.questions] == [(Outcome.FOUND, 2), (Outcome.NOT_FOUND, 1)]
    assert [each.count for each in everywhere.questions] == [4, 3]
    assert [[each.count for each in read.subjects] for read in (here, there, everywhere)] == [[2], [2], [4]]
    assert [len(read.missed) for read in (here, there, everywhere)] == [2, 1, 3]
    assert [len(read.votes) for read in (here, there, everywhere)] == [0, 1, 1]


async def test_each_question_of_a_message_counts(database_url: str) -> None:
    async with opened(database_url) as state:
        state.logbook.note("comets, the host and rice", HERE, SEVERAL)
        kept = await state.logbook.read(1)

    assert [each.count for each in kept.questions] == [1, 1, 1]
    assert [each.words for each in kept.missed] == ["how do I cook rice?"]


async def test_processes_count_together_and_a_process_that_ends_has_written_everything(database_url: str) -> None:
    for _ in range(2):
        async with opened(database_url) as state:
            state.logbook.note("comets", HERE, FOUND)
            state.logbook.note("rice", HERE, NOT_FOUND)

    async with opened(database_url) as state:
        kept = await state.logbook.read(7)
    assert [(each.outcome, each.count) for each in kept.questions] == [(Outcome.FOUND, 2), (Outcome.NOT_FOUND, 2)]
    assert [each.words for each in kept.missed] == ["rice", "rice"]


async def test_only_the_days_that_are_asked_for_are_told(database_url: str) -> None:
    async with opened(database_url) as state:
        state.logbook.note("rice", HERE, NOT_FOUND)
        kept = await state.logbook.read(1)
        await state._database.execute(update(missed).values(asked_at=missed.c.asked_at - 86400))
        await state._database.execute(update(counted_questions).values(day=counted_questions.c.day - 1))

        assert (await state.logbook.read(1)).missed == ()
        assert (await state.logbook.read(1)).questions == ()
        assert [each.words for each in (await state.logbook.read(2)).missed] == ["rice"]
        assert (await state.logbook.read(2)).questions[0].day == kept.today - timedelta(days=1)


async def test_what_is_old_goes(database_url: str) -> None:
    async with opened(database_url) as state:
        state.logbook.note("rice", HERE, NOT_FOUND)
        await state.logbook.read(1)
        await state._database.execute(update(missed).values(asked_at=missed.c.asked_at - 91 * 86400))
        await state._database.clean()

        assert await state._database.execute(select(missed)) == []


async def test_a_person_has_one_vote_and_may_change_it(database_url: str) -> None:
    async with opened(database_url) as state:
        rated = state.logbook.note("comets", HERE, FOUND)
        assert rated is not None
        assert await state.logbook.rate(rated, "discord/7", HERE, useful=True, words=None)
        assert not await state.logbook.rate(rated, "discord/7", HERE, useful=False, words=None)
        assert await state.logbook.rate(rated, "discord/8", HERE, useful=True, words=None)
        kept = await state.logbook.read(1)

    assert sorted(each.useful for each in kept.votes) == [False, True]
    assert {each.words for each in kept.votes} == {"comets"}


async def test_a_vote_after_a_restart_counts_with_the_words_that_the_button_carries(database_url: str) -> None:
    async with opened(database_url) as state:
        assert await state.logbook.rate(AnswerId("gone"), "slack/T1/U1", HERE, useful=True, words="comets")
        assert await state.logbook.rate(AnswerId("older"), "slack/T1/U1", HERE, useful=True, words=None)
        kept = await state.logbook.read(1)

    assert {each.words for each in kept.votes} == {"comets", None}


async def test_who_voted_is_kept_as_a_hash_that_differs_from_answer_to_answer(database_url: str) -> None:
    async with opened(database_url) as state:
        for answer in ("one", "two"):
            await state.logbook.rate(AnswerId(answer), "discord/7", HERE, useful=True, words=None)
        rows = await state._database.execute(select(votes))

    assert len({row.voter for row in rows}) == 2
    assert "discord/7" not in repr(rows)
    assert hashlib.blake2b(b"discord/7", digest_size=16).hexdigest() not in repr(rows)


async def test_a_person_s_votes_are_deleted_and_nobody_else_s(database_url: str) -> None:
    async with opened(database_url) as state:
        for person in ("discord/7", "discord/8"):
            for answer in ("one", "two"):
                await state.logbook.rate(AnswerId(answer), person, HERE, useful=person.endswith("8"), words=None)
        await state.logbook.forget("discord/7")
        kept = await state.logbook.read(1)

    assert [each.useful for each in kept.votes] == [True, True]


@pytest.mark.parametrize("words", ["nul \0 here", "half \ud800 a pair", "x" * 5000, "tab\tand\x1b[31m red", "🫠 مرحبا"])
async def test_whatever_somebody_types_is_kept_in_one_short_line(database_url: str, words: str) -> None:
    async with opened(database_url) as state:
        rated = state.logbook.note(words, HERE, UNSURE)
        assert rated is not None
        await state.logbook.rate(rated, "discord/7", HERE, useful=True, words=None)
        kept = await state.logbook.read(1)

    assert 0 < len(kept.missed[0].words) <= LONGEST_WORDS
    assert kept.votes[0].words == kept.missed[0].words


async def test_what_is_noted_while_the_database_is_away_is_written_when_it_is_back(database_url: str) -> None:
    async with opened(database_url) as state:
        state._database._usable = False
        state.logbook.note("rice", HERE, NOT_FOUND)
        state.logbook.note("comets", HERE, FOUND)
        with pytest.raises(StateAwayError):
            await state.logbook.read(1)
        state._database._usable = True
        kept = await state.logbook.read(1)

    assert [each.words for each in kept.missed] == ["rice"]
    assert [each.count for each in kept.questions] == [1, 1]


async def test_counts_wait_as_well_where_nothing_else_does(database_url: str) -> None:
    async with opened(database_url) as state:
        state._database._usable = False
        state.logbook.note("comets", HERE, FOUND)
        with pytest.raises(StateAwayError):
            await state.logbook.read(1)
        state._database._usable = True
        kept = await state.logbook.read(1)

    assert [each.count for each in kept.questions] == [1]
    assert [each.count for each in kept.subjects] == [1]


async def test_without_a_database_noting_costs_nothing_and_a_vote_is_refused() -> None:
    async with opened(AWAY) as state:
        rated = state.logbook.note("comets", HERE, FOUND)
        assert rated is not None
        with pytest.raises(StateAwayError):
            await state.logbook.rate(rated, "discord/7", HERE, useful=True, words=None)


async def test_who_got_no_answer_has_none_to_rate(database_url: str) -> None:
    async with opened(database_url) as state:
        assert state.logbook.note("rice", HERE, NOT_FOUND) is None
        assert state.logbook.note("hello", HERE, HELP) is None


async def test_memory_alone_keeps_nothing_and_offers_no_votes() -> None:
    assert Logbook().note("comets", HERE, FOUND) is None
    with pytest.raises(StateAwayError):
        await Logbook().rate(AnswerId("1"), "discord/7", HERE, useful=True, words=None)
    await Logbook().forget("discord/7")
    with pytest.raises(StateAwayError):
        await Logbook().read(1)


async def test_no_more_is_remembered_than_fits() -> None:
    kept = module.StoredLogbook(Database(make_url(AWAY)))
    for number in range(module._MOST_REMEMBERED + 10):
        kept.note(f"rice {number}", HERE, UNSURE)

    assert len(kept._words) == module._MOST_REMEMBERED
    assert len(kept._missed) == module._MOST_BUFFERED


async def test_two_rounds_at_once_write_each_question_once(database_url: str) -> None:
    async with opened(database_url) as state:
        for number in range(20):
            state.logbook.note(f"what about {number}?", HERE, NOT_FOUND)
        await asyncio.gather(*(state.logbook.read(1) for _ in range(3)))

        records = await state.logbook.read(1)

    assert len(records.missed) == 20
