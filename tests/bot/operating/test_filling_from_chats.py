"""Gaps that those who manage a place fill from its chat: which, from where, and what nobody there gets to see."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from bot.operating import filling
from bot.operating.digesting import digest_of
from bot.operating.filling_from_chats import LibraryGaps
from bot.port.errors import StateAwayError
from bot.port.gaps import BROKEN, BUSY, LEFT, NO_QUESTION, NOT_HERE, NOT_WRITABLE, UNTIMED, WHICH, Filling
from bot.port.logbook import AskedIn, Logbook
from bot.port.messages import EpisodeId, NotFound
from knowledge import library as knowledge_library
from knowledge.importing.store import LOCK
from tests.bot.state.conftest import opened
from tests.fakes.bees import FILE, WASHING, lay_library, text_in

HERE, CHANNEL = "discord/1002", AskedIn("discord", "1002", "2001")
NOTHING = NotFound("Nothing.", 0.0)
BEES = EpisodeId("bees-1")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return lay_library(tmp_path)


@pytest.fixture
def gaps(library: Path) -> LibraryGaps:
    return LibraryGaps(Logbook(), library, [HERE])


async def test_what_was_asked_there_in_the_open_is_listed_and_nothing_else(database_url: str, library: Path) -> None:
    async with opened(database_url) as state:
        for _ in range(2):
            state.logbook.note("can I dye wool?", CHANNEL, NOTHING)
        state.logbook.note(WASHING, CHANNEL, NOTHING)
        state.logbook.note("how do I tell my boss?", replace(CHANNEL, channel=""), NOTHING)
        state.logbook.note("a secret of another server", replace(CHANNEL, server="1003"), NOTHING)
        gaps = LibraryGaps(state.logbook, library, [HERE])
        before = await gaps.asked(HERE)
        await gaps.fill(HERE, Filling(WASHING, BEES, at="10:02"))
        after = await gaps.asked(HERE)
        elsewhere = await gaps.asked("discord/1003")

    assert list(before) == ["can I dye wool?", WASHING]
    assert list(after) == ["can I dye wool?"]
    assert list(elsewhere) == []


async def test_questions_stay_as_they_were_while_somebody_types(database_url: str, library: Path) -> None:
    async with opened(database_url) as state:
        gaps = LibraryGaps(state.logbook, library, [HERE])
        state.logbook.note("can I dye wool?", CHANNEL, NOTHING)
        before = await gaps.asked(HERE)
        state.logbook.note(WASHING, CHANNEL, NOTHING)
        typing = await gaps.asked(HERE)
        later = await LibraryGaps(state.logbook, library, [HERE]).asked(HERE)

    assert list(typing) == list(before) == ["can I dye wool?"]
    assert WASHING in later


async def test_a_question_gets_what_is_said_at_a_time(gaps: LibraryGaps, library: Path) -> None:
    said = await gaps.fill(HERE, Filling(f"  {WASHING} ", BEES, at="10:02"))

    [episode] = knowledge_library.read(library).episodes
    assert "“Leave the sheets in the sun with lemon, and they come out bright.” (Bob Ray, 10:00)" in said
    assert [topic.title for topic in episode.topics] == [
        "The queen",
        "How do I get my washing white",
    ]


async def test_a_topic_gets_another_name(gaps: LibraryGaps, library: Path) -> None:
    said = await gaps.fill(HERE, Filling("her majesty", BEES, topic="the queen"))

    assert said == "“The queen” now answers “her majesty”."
    assert "also: [her majesty]" in text_in(library)


async def test_a_place_that_was_not_named_writes_nothing(gaps: LibraryGaps, library: Path) -> None:
    assert gaps.refusal(HERE) is None
    assert gaps.refusal("discord/1003") == NOT_HERE.format("discord/1003")
    assert gaps.hint("discord/1003/2001", "/fill") == ""
    assert "discord/1003" in await gaps.fill("discord/1003", Filling(WASHING, BEES, at="10:02"))
    assert text_in(library) == FILE


@pytest.mark.parametrize("shipped", [True, False])
async def test_a_library_that_cannot_be_written_to_is_said_to_be_so(
    library: Path, monkeypatch: pytest.MonkeyPatch, *, shipped: bool
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)  # the tests may run as root, who may write everywhere
    gaps = LibraryGaps(Logbook(), None if shipped else library, [HERE])

    assert await gaps.fill(HERE, Filling(WASHING, BEES, at="10:02")) == NOT_WRITABLE


@pytest.mark.parametrize(
    ("filling", "why"),
    [
        (Filling(WASHING, BEES), WHICH),
        (Filling(WASHING, BEES, at="10:02", topic="The queen"), WHICH),
        (Filling(" ", BEES, at="10:02"), NO_QUESTION),
        (Filling("?!", BEES, at="10:02"), NO_QUESTION),
        (Filling(WASHING, EpisodeId("bees-2"), at="10:02"), "I don't know an episode called “bees-2”"),
        (Filling(WASHING, EpisodeId("../bees-1"), at="10:02"), "I don't know an episode"),
        (Filling(WASHING, BEES, at="soon"), "“soon” isn't a time"),
        (Filling(WASHING, BEES, at="3:00:00"), "That episode ends at about 10:0"),
        (Filling(WASHING, BEES, topic="the quine"), "no topic “the quine”; the closest: The queen."),
        (Filling("the queen", BEES, topic="The queen"), "“The queen” goes by that name already"),
        (Filling("a bell \x07 rings", BEES, at="10:02"), LEFT),
    ],
)
async def test_what_cannot_be_filled_in_is_explained_in_words_for_a_chat(
    gaps: LibraryGaps, library: Path, filling: Filling, why: str
) -> None:
    said = await gaps.fill(HERE, filling)

    assert why in said
    assert not re.search(r"bees-1\b(?!”)|--|\.yaml|`", said)
    assert str(library) not in said
    assert text_in(library) == FILE


@pytest.mark.parametrize(
    ("file", "text", "why"), [("transcript.vtt", "", UNTIMED), ("episode.yaml", "title: [\n", BROKEN)]
)
async def test_a_library_that_is_not_in_order_is_explained_in_words_for_a_chat(
    gaps: LibraryGaps, library: Path, file: str, text: str, why: str
) -> None:
    (library / "bees-1" / file).write_text(text, encoding="utf-8")

    assert why in await gaps.fill(HERE, Filling(WASHING, BEES, at="10:02"))


async def test_nothing_is_filled_in_beside_an_import(
    gaps: LibraryGaps, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_WAIT", 0.01)

    with FileLock(library / LOCK):
        assert await gaps.fill(HERE, Filling(WASHING, BEES, at="10:02")) == BUSY


async def test_what_is_filled_in_is_on_no_list_any_more_in_any_of_its_wordings(
    database_url: str, library: Path
) -> None:
    alike = ("how do I get my washing white", "How do I get my washing white?!", "how to get my washing white")
    async with opened(database_url) as state, opened(database_url) as beside:
        for words in ("can I dye wool?", *alike):
            state.logbook.note(words, CHANNEL, NOTHING)
        state.logbook.note(WASHING, replace(CHANNEL, server="1003"), NOTHING)
        before = await LibraryGaps(state.logbook, library, [HERE]).asked(HERE)
        await LibraryGaps(state.logbook, library, [HERE]).fill(HERE, Filling(WASHING, BEES, at="10:02"))
        after = await LibraryGaps(beside.logbook, library, [HERE]).asked(HERE)
        digest = await digest_of(beside.logbook, HERE)
        elsewhere = await digest_of(beside.logbook, "discord/1003")

    assert len(before) == 2
    assert list(after) == ["can I dye wool?"]
    assert digest is not None
    assert "washing" not in digest.text
    assert elsewhere is not None
    assert WASHING in elsewhere.text


async def test_the_log_says_from_where_the_library_was_changed_and_no_question(
    gaps: LibraryGaps, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await gaps.fill(HERE, Filling(WASHING, BEES, at="10:02"))

    assert f"a manager of {HERE} filled a gap in" in caplog.text
    assert WASHING not in caplog.text


async def test_where_nothing_is_kept_no_list_can_be_had(gaps: LibraryGaps) -> None:
    with pytest.raises(StateAwayError):
        await gaps.asked(HERE)
