"""What the command line does with platforms; how they serve is tested with each of them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.terminal.client import TerminalClient
from bot.operating import cli
from bot.operating.settings import Settings
from bot.port.checks import Report
from bot.port.errors import ConfigError
from bot.port.messages import Assistant
from bot.port.serving import StartError
from bot.port.state import State
from tests.fakes.assistant import NotingAssistant


@dataclass
class Chat:
    """A platform that is over as soon as it has served."""

    token: bool = True
    trouble: str | None = None
    reports: tuple[Report, ...] = (Report("Token: fine."),)
    served: list[Assistant] = field(default_factory=list)

    name = "Chat"

    async def run(self, until: asyncio.Event) -> None:
        if self.trouble:
            raise StartError(self.trouble)
        assert not until.is_set()

    def service(self, _: Settings, assistant: Assistant, __: State) -> Chat:
        self.served.append(assistant)
        return self

    async def check(self, _: Settings) -> Sequence[Report]:
        return self.reports


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith(("OVERHEARD_", "SLACK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def run(chat: Chat, *arguments: str) -> tuple[int, str]:
    """Run a command with a platform; gives the exit status and what was shown."""
    platform = cli.Platform(lambda _: chat.token, "SLACK_BOT_TOKEN", chat.service, chat.check)
    composition = cli.Composition(
        TerminalClient,
        lambda *_: NotingAssistant(),
        lambda _: Report("Library: fine."),
        importer=lambda *_: pytest.fail("serving imports nothing"),
        platforms={cli.Part.SLACK: platform},
    )
    result = CliRunner().invoke(cli.app, list(arguments), input="", obj=composition)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.mark.parametrize("command", ["run", "slack"])
def test_a_platform_that_is_set_up_is_served(command: str) -> None:
    chat = Chat()

    assert run(chat, command) == (0, "")
    assert len(chat.served) == 1


def test_with_no_platform_set_up_run_is_the_chat_in_the_terminal() -> None:
    chat = Chat(token=False)

    status, _ = run(chat, "run")

    assert status == 0
    assert chat.served == []


@pytest.mark.parametrize("arguments", [["slack"], ["check", "slack"]])
def test_a_platform_that_is_not_set_up_names_the_setting_that_it_needs(arguments: list[str]) -> None:
    with pytest.raises(ConfigError, match=r"^SLACK_BOT_TOKEN is not set\. README\.md says where to get it"):
        run(Chat(token=False), *arguments)


def test_a_platform_that_cannot_start_is_a_broken_set_up() -> None:
    with pytest.raises(ConfigError, match=r"^no such token$"):
        run(Chat(trouble="no such token"), "slack")


def test_a_platform_is_checked_on_request_and_only_then() -> None:
    assert run(Chat(), "check", "slack") == (0, "Token: fine.\n")
    assert "Token" not in run(Chat(), "check")[1]


def test_a_platform_with_something_to_mend_is_status_two() -> None:
    status, shown = run(Chat(reports=(Report("Token: bad.", ("Mend it.",)),)), "check", "slack")

    assert status == 2
    assert shown == "Mend it.\nToken: bad.\n"
