"""The assistant answers a bank of questions as members of a chat would write them.

Matching is changed by reading `questions.yaml` alone, sentences by reading `phrasings.yaml`. The held-out files hold
others of the same kinds; a failure there tells its rates and none of its questions. `talk.yaml` asks a library of many
episodes and people, and was written by somebody who had not seen how questions are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.operating.opening import open_assistant
from bot.port.messages import Assistant
from bot.understanding.sentences import vocabulary
from knowledge import library
from knowledge.search import Search
from tests.bank import marking
from tests.bot.conftest import BEES, HONEY, PASSAGES

pytestmark = pytest.mark.slow

RIGHT = 0.97
RIGHT_UNREAD = 0.96
ANSWERED_THOUGH_UNANSWERABLE = 0.02
PHRASINGS_RIGHT = 0.97
PHRASINGS_RIGHT_UNREAD = 0.74
EXAMPLE_RIGHT = 1
TALK_RIGHT = 0.94
TALK_RIGHT_WILD = 0.69
TALK_RIGHT_UNREAD = 0.67


@pytest.fixture
def assistants() -> Mapping[str, Assistant]:
    search = Search.over((BEES, HONEY), PASSAGES, extra_words=vocabulary())
    speakers = {HONEY.id: tuple(dict.fromkeys(passage.speaker for passage in PASSAGES if passage.speaker))}
    hive_talk = EpisodeAssistant(OpenLibrary((BEES, HONEY), search, speakers), random=Random(1))
    return {marking.SHIPPED: open_assistant(), "hive_talk": hive_talk}


@pytest.fixture
def talk(tmp_path: Path) -> Mapping[str, Assistant]:
    return {"talk": open_assistant(marking.TALK_LIBRARY, cache=tmp_path)}


@pytest.mark.unmeasured
async def test_nearly_every_question_is_answered_right_and_nothing_is_made_up(
    assistants: Mapping[str, Assistant],
) -> None:
    read = await marking.mark(assistants, marking.read(marking.QUESTIONS))
    unread = await marking.mark(assistants, marking.read(marking.HELD_OUT))

    told = "\n".join([f"{marking.rates(read)}", *(wrong for mark in read for wrong in mark.wrong)])
    assert marking.right(read + unread) >= RIGHT, told
    assert marking.right(unread) >= RIGHT_UNREAD, marking.rates(unread)
    assert marking.answered_unanswerable(read + unread) <= ANSWERED_THOUGH_UNANSWERABLE


@pytest.mark.unmeasured
async def test_a_question_is_understood_however_it_is_put(assistants: Mapping[str, Assistant]) -> None:
    read = await marking.mark(assistants, marking.read(marking.PHRASINGS))
    unread = await marking.mark(assistants, marking.read(marking.PHRASINGS_HELD_OUT))

    told = "\n".join([f"{marking.rates(read)}", *(wrong for mark in read for wrong in mark.wrong)])
    assert marking.right(read) >= PHRASINGS_RIGHT, told
    assert marking.right(unread) >= PHRASINGS_RIGHT_UNREAD, marking.rates(unread)


@pytest.mark.unmeasured
async def test_a_library_of_many_people_and_episodes_is_asked_about_all_it_holds(
    talk: Mapping[str, Assistant],
) -> None:
    read = await marking.mark(talk, marking.read(marking.TALK))
    wild = await marking.mark(talk, marking.read(marking.TALK_WILD))
    unread = await marking.mark(talk, marking.read(marking.TALK_HELD_OUT))

    told = "\n".join([f"{marking.rates(read)}", *(wrong for mark in read for wrong in mark.wrong)])
    assert marking.right(read) >= TALK_RIGHT, told
    assert marking.right(wild) >= TALK_RIGHT_WILD, marking.rates(wild)
    assert marking.right(unread) >= TALK_RIGHT_UNREAD, marking.rates(unread)
    assert marking.answered_unanswerable(read) == 0, told


async def test_whatever_a_newcomer_may_ask_the_example_is_answered_right(tmp_path: Path) -> None:
    example = {"example": open_assistant(library.EXAMPLE, cache=tmp_path)}

    marks = await marking.mark(example, marking.read(marking.EXAMPLE))

    assert marking.right(marks) >= EXAMPLE_RIGHT, "\n".join(wrong for mark in marks for wrong in mark.wrong)
