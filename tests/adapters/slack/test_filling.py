"""`/overheard fill`: a gap is filled in Slack, and the next one who asks gets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack.filling import FILL_DIALOGUE
from adapters.slack.settings import NOT_ALLOWED, NOT_KNOWN
from bot.operating.filling_from_chats import LibraryGaps
from bot.port.gaps import NOT_HERE, WHICH
from bot.port.logbook import AskedIn
from bot.port.messages import Assistant, NotFound
from bot.port.state import State
from tests.adapters.slack.conftest import answering
from tests.bot.state.conftest import opened
from tests.fakes.backend import backend
from tests.fakes.bees import FILE, WASHING, followed, found, lay_library, text_in
from tests.fakes.databases import sqlite_in
from tests.fakes.slack_server import ANN, BEN, CHANNEL, TEAM, SlackServer, error, words_of


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return lay_library(tmp_path)


@pytest.fixture
async def hive(
    slack: SlackServer, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Assistant]:
    """The bot over a library of its own, which this workspace may change."""
    slack.admins = {ANN}
    assistant = followed(library, monkeypatch)
    async with opened(sqlite_in(tmp_path)) as state:
        state.logbook.note(WASHING, AskedIn("slack", TEAM, CHANNEL), NotFound("Nothing.", 0.0))
        state.logbook.note("how do I tell my boss?", AskedIn("slack", TEAM), NotFound("Nothing.", 0.0))
        gaps = LibraryGaps(state.logbook, library, [f"slack/{TEAM}"])
        async with answering(slack, backend(assistant, state, gaps=gaps)):
            yield assistant


async def sent_off(slack: SlackServer, user: str = ANN, **picked: str) -> str:
    """Send the dialogue off, and return what it shows then."""
    typed = {"fill_question", "at", "topic"}
    values = {
        name: {name: {"value": value} if name in typed else {"selected_option": {"value": value}}}
        for name, value in picked.items()
    }
    view = {"id": "V1", "type": "modal", "callback_id": FILL_DIALOGUE, "state": {"values": values}}
    person = {"user": {"id": user}, "team": {"id": TEAM}, "trigger_id": slack.trigger()}
    await slack.deliver_acked(person | {"type": "view_submission", "view": view})
    return words_of((await slack.sent(1, "views.update"))[0].body["view"])


async def test_a_gap_is_filled_and_whoever_asks_next_gets_it(slack: SlackServer, hive: Assistant) -> None:
    shown = await sent_off(slack, missed=WASHING, fill_episode="bees-1", at="10:02")
    await found(hive, WASHING)
    await slack.deliver_acked(slack.command("/ask", WASHING))
    [answer] = await slack.sent(1, "hook")

    assert "Leave the sheets in the sun" in shown
    assert "Leave the sheets in the sun" in words_of(answer.body)


@pytest.mark.usefixtures("hive")
async def test_the_dialogue_offers_what_was_asked_in_the_open_alone(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.command("/overheard", "fill"))
    [opened] = await slack.sent(1, "views.open")

    shown = words_of(opened.body["view"])
    assert WASHING in shown
    assert "boss" not in shown


@pytest.mark.usefixtures("hive")
async def test_words_that_are_typed_count_before_the_list_and_may_be_another_name(
    slack: SlackServer, library: Path
) -> None:
    shown = await sent_off(slack, missed=WASHING, fill_question="her majesty", fill_episode="bees-1", topic="The queen")

    assert shown.endswith("“The queen” now answers “her majesty”.")
    assert "also: [her majesty]" in text_in(library)


@pytest.mark.usefixtures("hive")
async def test_what_cannot_be_filled_in_is_told_and_nothing_changes(slack: SlackServer, library: Path) -> None:
    assert WHICH in await sent_off(slack, missed=WASHING, fill_episode="bees-1")
    assert text_in(library) == FILE


@pytest.mark.usefixtures("hive")
async def test_only_admins_fill_anything(slack: SlackServer, library: Path) -> None:
    assert NOT_ALLOWED in await sent_off(slack, BEN, missed=WASHING, fill_episode="bees-1", at="10:02")

    await slack.deliver_acked(slack.command("/overheard", "fill", user=BEN))
    await slack.sent(1, "hook")
    slack.fail("users.info", error("missing_scope"))
    await slack.deliver_acked(slack.command("/overheard", "fill"))
    refused, unknown = await slack.sent(2, "hook")

    assert NOT_ALLOWED in words_of(refused.body)
    assert NOT_KNOWN in words_of(unknown.body)
    assert text_in(library) == FILE


async def test_a_workspace_that_was_not_named_is_told_so(
    slack: SlackServer, assistant: Assistant, library: Path
) -> None:
    slack.admins = {ANN}
    state = State()
    async with answering(slack, backend(assistant, state, gaps=LibraryGaps(state.logbook, library, []))):
        await slack.deliver_acked(slack.command("/overheard", "fill"))
        [refused] = await slack.sent(1, "hook")
        shown = await sent_off(slack, missed=WASHING, fill_episode="bees-1", at="10:02")

    assert NOT_HERE.format(f"slack/{TEAM}") in words_of(refused.body)
    assert NOT_HERE.format(f"slack/{TEAM}") in shown
    assert text_in(library) == FILE
