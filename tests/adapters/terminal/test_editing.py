import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.terminal.editing import SubjectCompleter, remembered, session
from tests.fakes.assistant import BrokenAssistant, NotingAssistant


@pytest.fixture
async def keyboard() -> AsyncIterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


@pytest.fixture
def prompt(keyboard: PipeInput, tmp_path: Path) -> PromptSession[str]:  # noqa: ARG001 - the session reads from it
    return session(NotingAssistant(), tmp_path / "history")


async def completions(typed: str) -> list[tuple[str, int]]:
    found = SubjectCompleter(NotingAssistant()).get_completions_async(Document(typed), CompleteEvent())
    return [(completion.text, completion.start_position) async for completion in found]


async def test_commands_are_completed_from_their_first_letters() -> None:
    assert await completions("/q") == [("/quote", -2), ("/quit", -2)]
    assert await completions("/E") == [("/episode", -2)]


async def test_episodes_are_completed_after_their_command() -> None:
    assert await completions("/episode tea") == [("tea-time-1", -3)]


async def test_topics_are_completed_anywhere_in_a_question() -> None:
    assert await completions("solar ec") == [("Solar eclipses", -8)]
    assert await completions("what about solar ec") == [("Solar eclipses", -8)]
    assert await completions("/quote com") == [("Comets", -3)]


async def test_a_misspelt_end_is_replaced_by_what_it_is_near_to() -> None:
    assert await completions("tell me of comtes") == [("Comets", -6)]


async def test_nothing_typed_offers_all_topics() -> None:
    assert [text for text, _ in await completions("")] == ["Comets", "Solar eclipses", "Oolong"]


async def test_completing_that_fails_offers_nothing_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    offered = SubjectCompleter(BrokenAssistant()).get_completions_async(Document("boom"), CompleteEvent())

    assert [completion async for completion in offered] == []
    assert "on fire" in caplog.text


async def test_control_c_clears_the_line_and_then_leaves(keyboard: PipeInput, prompt: PromptSession[str]) -> None:
    keyboard.send_text("half a ques\x03whole\r\x03")

    assert await prompt.prompt_async() == "whole"
    with pytest.raises(KeyboardInterrupt):
        await prompt.prompt_async()


async def test_control_d_leaves(keyboard: PipeInput, prompt: PromptSession[str]) -> None:
    keyboard.send_text("\x04")

    with pytest.raises(EOFError):
        await prompt.prompt_async()


async def test_the_arrow_brings_back_what_was_typed_in_an_earlier_chat(
    keyboard: PipeInput, prompt: PromptSession[str], tmp_path: Path
) -> None:
    keyboard.send_text("comets\r")
    await prompt.prompt_async()
    later = session(NotingAssistant(), tmp_path / "history")
    keyboard.send_text("\x1b[A\r")

    assert await later.prompt_async() == "comets"


def test_the_history_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "history"

    remembered(file).append_string("comets")

    assert "+comets" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "line",
    [" begins with a space", "is xoxb-12345678-abcdefghijkl mine?", "a" * 2000, "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.abc"],
)
def test_what_looks_like_a_secret_is_not_remembered(tmp_path: Path, line: str) -> None:
    remembered(tmp_path / "history").append_string(line)

    assert (tmp_path / "history").read_text() == ""


def test_an_address_is_remembered(tmp_path: Path) -> None:
    remembered(tmp_path / "history").append_string("is https://youtube.com/watch?v=abc12345678 there?")

    assert "youtube" in (tmp_path / "history").read_text()


def test_lone_surrogates_can_be_remembered(tmp_path: Path) -> None:
    remembered(tmp_path / "history").append_string("caf\udce9")

    assert "+caf?" in (tmp_path / "history").read_text()


def test_a_history_that_cannot_be_kept_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert isinstance(remembered(tmp_path / "file" / "history"), InMemoryHistory)
    assert isinstance(remembered(tmp_path), InMemoryHistory)
    assert isinstance(remembered(None), InMemoryHistory)


def test_a_history_that_vanishes_costs_nothing_but_the_memory(tmp_path: Path) -> None:
    history = remembered(tmp_path / "folder" / "history")
    (tmp_path / "folder" / "history").unlink()
    (tmp_path / "folder").rmdir()

    history.append_string("comets")

    assert history.get_strings() == ["comets"]
