import io
import re

import pytest

from adapters.terminal.client import TerminalClient
from bot.port.wording import sorry
from tests.fakes.assistant import FOUND, BrokenAssistant, NotingAssistant


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """A screen that shows colours, 60 cells wide."""
    opening = ("TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "WEZTERM_PANE")
    for name in ("NO_COLOR", "FORCE_COLOR", *opening):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "60")
    return io.StringIO()


def test_a_screen_gets_styles_and_broken_lines(screen: io.StringIO) -> None:
    TerminalClient(io.StringIO(), screen).answer(FOUND)

    assert "\x1b[1mComets\x1b[0m\n" in screen.getvalue()
    assert all(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) <= 60 for line in screen.getvalue().splitlines())
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue())


@pytest.mark.parametrize(("name", "value"), [("TERM_PROGRAM", "WezTerm"), ("VTE_VERSION", "7402"), ("WT_SESSION", "1")])
def test_words_open_addresses_where_the_terminal_understands_that(
    screen: io.StringIO, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    TerminalClient(io.StringIO(), screen).answer(FOUND)

    assert re.search(r"\x1b\]8;[^;]*;https://sky\.example/7\?t=3723\x1b\\", screen.getvalue())
    assert "https://sky.example/7?t=3723\n" not in screen.getvalue()


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb"), ("TTY_COMPATIBLE", "0")])
def test_who_wants_plain_text_gets_plain_text(
    screen: io.StringIO, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    TerminalClient(io.StringIO(), screen).answer(FOUND)

    assert "\x1b" not in screen.getvalue()


def test_what_is_no_screen_gets_whole_lines(screen: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "0")

    TerminalClient(io.StringIO(), screen).say("word " * 50)

    assert screen.getvalue().count("\n") == 1


def test_a_chat_without_a_keyboard_ends_with_its_input() -> None:
    shown = io.StringIO()

    TerminalClient(io.StringIO("green hobby\n"), shown).chat(NotingAssistant(), None, None)

    assert shown.getvalue().endswith("   1  Comets\n   2  Oolong\n\n")


def test_a_chat_goes_on_after_a_question_that_failed(caplog: pytest.LogCaptureFixture) -> None:
    shown = io.StringIO()

    TerminalClient(io.StringIO("boom\ngreen hobby\n"), shown).chat(BrokenAssistant(), None, None)

    apology, _, *answer = shown.getvalue().splitlines()
    assert apology == sorry(caplog.records[0].getMessage().removesuffix(")").rpartition(" ")[2])
    assert "on fire" in caplog.text
    assert "   2  Oolong" in answer
