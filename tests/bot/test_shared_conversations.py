"""Conversations that outlive a restart and go on at another process: written down, they mean the same."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.port.messages import Answer, ConversationId, EpisodeId, Found, Help, NotFound, Question, QuoteFilter
from bot.port.state import Notes, State
from bot.understanding.conversation import Conversations, Thread
from bot.understanding.request import Where
from bot.understanding.wants import AtTime, Want, WhichEpisode
from bot.understanding.written import Known, read, write
from knowledge.search import Search
from tests.bot.conftest import BEES, HONEY
from tests.bot.state.conftest import opened

HERE = ConversationId("here")
NOTHING_KNOWN = Known({}, {}, lambda *_: Thread().where)
TALKS = (
    ("how does a swarm pick a home?", "tell me more", "who said that?", "when was that?", "say that again"),
    (
        "who is the guest of episode 12?",
        "and of the other one?",
        "again",
        "how long is it?",
        "which episodes are there",
    ),
    ("random quote", "another one", "one more", "another one", "say that again", "is that right?"),
    ("what did Maya Keller say about honey?", "and bees?", "on Hive Talk: honey", "and pollen?", "the second one"),
    ("did they say a jar of honey is a landscape you can eat", "who said it?", "what are the real words?", "again"),
    (
        "how often is honey mentioned?",
        "and bees?",
        "and on Hive Talk?",
        "compare bees and honey",
        "again",
        "that's wrong",
    ),
    ("which episodes are there?", "how long is the second one?", "which of them is longer?", "who is Maya Keller?"),
    ("has Maya Keller been on?", "what did she say about honey?", "how often was she on?", "and Tomas Ortega?"),
    ("what is the dance? and who is the host?", "say that again", "topics", "the first one", "asdf qwer", "again"),
)


def assistant(search: Search, **how: object) -> EpisodeAssistant:
    return EpisodeAssistant(OpenLibrary((BEES, HONEY), search), random=Random(1), **how)


async def talk(turns: Sequence[str], *assistants: EpisodeAssistant) -> list[Answer]:
    """Ask one assistant after the other."""
    asked = ((turn, assistants[number % len(assistants)]) for number, turn in enumerate(turns))
    return [await each.ask(Question(turn, conversation=HERE)) for turn, each in asked]


@pytest.mark.parametrize("turns", TALKS)
async def test_what_is_written_down_gives_the_same_answers_as_what_is_remembered(
    search: Search, turns: Sequence[str]
) -> None:
    remembered = await talk(turns, assistant(search))
    written = await talk(turns, assistant(search, notes=Notes()))

    assert written == remembered


async def test_two_processes_share_a_conversation(search: Search, database_url: str) -> None:
    turns = ("how does a swarm pick a home?", "tell me more", "say that again", "who is the guest?")
    async with opened(database_url) as one, opened(database_url) as other:
        together = await talk(turns, assistant(search, notes=one.notes), assistant(search, notes=other.notes))

    assert together == await talk(turns, assistant(search))


async def test_a_restart_keeps_follow_ups_and_no_quote_comes_twice(search: Search, database_url: str) -> None:
    quotes = set()
    for _ in range(len(BEES.quotes) + len(HONEY.quotes)):
        async with opened(database_url) as state:
            drawn = await assistant(search, notes=state.notes).random_quote(QuoteFilter(conversation=HERE))
            assert isinstance(drawn, Found)
            quotes.add(drawn.evidence[0].id)

    assert len(quotes) == len(BEES.quotes) + len(HONEY.quotes)


async def test_a_question_over_which_a_process_ended_refers_to_what_it_did_at_first(search: Search) -> None:
    notes, turns = Notes(), ("how does a swarm pick a home?", "tell me more", "who is the guest?")
    first, more, _ = await talk(turns, assistant(search))

    for number, expected in ((0, first), (1, more), (1, more)):
        question = Question(turns[number], conversation=HERE, id=str(number))
        assert await assistant(search, notes=notes).ask(question) == expected


async def test_two_questions_of_a_conversation_at_once_stay_in_order(search: Search) -> None:
    slow = _SlowNotes()
    asked = assistant(search, notes=slow)

    first, second = await asyncio.gather(*(asked.ask(Question(words, conversation=HERE)) for words in TALKS[0][:2]))

    assert [first, second] == await talk(TALKS[0][:2], assistant(search))


async def test_what_was_opened_or_drawn_is_what_it_is_about(search: Search) -> None:
    asked = assistant(search, notes=Notes())
    topic = BEES.topics[0].id

    await asked.open(topic, conversation=HERE)
    around = await asked.around(BEES.quotes[0].id, conversation=HERE)
    answer = await asked.ask(Question("tell me more", conversation=HERE))

    assert isinstance(around, Found | NotFound)
    assert not isinstance(answer, Help)


async def test_a_conversation_about_an_episode_that_is_gone_begins_anew(search: Search) -> None:
    notes = Notes()
    await talk(("who is the guest of episode 12?",), assistant(search, notes=notes))
    smaller = EpisodeAssistant(OpenLibrary((HONEY,), Search.over((HONEY,))), notes=notes)

    assert isinstance((await talk(("say that again",), smaller))[0], Help)


@example(AtTime(timedelta(days=99_421, microseconds=1)))
@given(st.from_type(Want).filter(lambda want: not isinstance(want, WhichEpisode)))
def test_whatever_was_asked_last_is_read_as_it_was_written(want: Want) -> None:
    thread = Thread(of_place=want)

    assert read(write(thread), NOTHING_KNOWN) == thread


@pytest.mark.parametrize(
    "where",
    [
        Where(within=frozenset({BEES.id, HONEY.id}), part="Hive Talk and Night Sky"),
        Where(BEES.id, within=frozenset({BEES.id}), part="Hive Talk #12", named=True),
    ],
)
def test_a_part_of_the_library_that_no_show_season_or_year_names_stays_what_it_was(where: Where) -> None:
    thread = Thread(where=where)

    assert read(write(thread), NOTHING_KNOWN) == thread


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"Thread":{"colour":1}}',
        '{"os":{}}',
        '{"Thread":[1]}',
        '{"Guess":{"id":1}}',
        "[" * 9999,
    ],
)
def test_what_another_version_wrote_begins_anew(text: str) -> None:
    assert read(text, NOTHING_KNOWN) == Thread()


def test_a_show_is_written_by_its_name_and_not_by_its_episodes() -> None:
    within = frozenset(EpisodeId(f"hive-talk-{number}") for number in range(5_000))
    where = replace(Thread().where, within=within, part="Hive Talk", show="Hive Talk")
    known = Known({}, {}, lambda show, season, year: replace(where, show=show, season=season, year=year))

    text = write(Thread(where=where, subject="bees"))

    assert len(text) < 300
    assert read(text, known).where == where


class _SlowNotes(Notes):
    """Takes its time, the more the earlier."""

    _pause = 0.05

    async def write(self, name: str, text: str) -> None:
        await asyncio.sleep(self._pause)
        self._pause = 0.0
        await super().write(name, text)


async def test_memory_alone_is_a_state_too(search: Search) -> None:
    state = State()
    async with state.opened():
        turns = TALKS[0]
        assert await talk(turns, assistant(search, notes=state.notes)) == await talk(
            turns, assistant(search, conversations=Conversations())
        )
