"""What the command line does with platforms; how they serve is tested with each of them."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.operating.composition import Platform, SetupPart
from bot.operating.settings import Settings
from bot.port.addresses import Address
from bot.port.checks import Report
from bot.port.errors import ConfigError, UsageError
from bot.port.messages import Assistant
from bot.port.metering import Meter
from bot.port.serving import StartError
from bot.port.state import State
from tests.fakes import commands
from tests.fakes.assistant import NotingAssistant
from tests.fakes.commands import PARTS


@dataclass
class Chat:
    """A platform that is over as soon as it has served."""

    token: bool = True
    trouble: str | None = None
    reports: tuple[Report, ...] = (Report("Token: fine."),)
    served: list[Assistant] = field(default_factory=list)
    addresses: list[tuple[str, str | None]] = field(default_factory=list)

    name = "Chat"

    async def run(self, until: asyncio.Event) -> None:
        if self.trouble:
            raise StartError(self.trouble)
        assert not until.is_set()

    def program(self, address: Address, token: str | None, assistant: Assistant, _: Meter) -> Chat:
        self.addresses.append((str(address), token))
        self.served.append(assistant)
        return self

    async def stdio(self, assistant: Assistant) -> None:
        self.served.append(assistant)

    def service(self, _: Settings, assistant: Assistant, __: State, ___: Meter) -> Chat:
        self.served.append(assistant)
        return self

    async def check(self, _: Settings) -> Sequence[Report]:
        return self.reports


def run(chat: Chat, *arguments: str) -> tuple[int, str]:
    """Run a command with a platform; gives the exit status and what was shown."""
    platform = Platform(lambda _: chat.token, "SLACK_BOT_TOKEN", chat.service, chat.check)
    composition = replace(
        PARTS,
        assistant=lambda *_: NotingAssistant(),
        library_check=lambda _: Report("Library: fine."),
        platforms={SetupPart.SLACK: platform},
        http=chat.program,
        mcp=chat.program,
        mcp_stdio=chat.stdio,
    )
    return commands.run(composition, *arguments)


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


def test_for_programs_a_platform_that_is_not_set_up_is_a_problem_in_the_json() -> None:
    status, shown = run(Chat(token=False), "check", "slack", "--json")

    (checked,) = json.loads(shown)["checks"]
    assert (status, checked["part"], checked["status"]) == (2, "slack", "error")
    assert checked["problems"][0].startswith("SLACK_BOT_TOKEN is not set")


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        (["serve"], "127.0.0.1:8080"),
        (["serve", "--http", "[::1]:9000"], "[::1]:9000"),
        (["mcp", "--http", "localhost:9000"], "localhost:9000"),
    ],
)
def test_programs_are_served_on_this_machine_without_a_token(arguments: list[str], address: str) -> None:
    chat = Chat()

    assert run(chat, *arguments) == (0, "")
    assert chat.addresses == [(address, None)]


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_where_others_can_reach_it_a_token_is_needed(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = Chat()

    with pytest.raises(ConfigError, match="OVERHEARD_SERVE_TOKEN"):
        run(chat, command, "--http", "0.0.0.0:8080")
    assert chat.served == []

    monkeypatch.setenv("OVERHEARD_SERVE_TOKEN", "open-sesame")
    assert run(chat, command, "--http", "0.0.0.0:8080") == (0, "")
    assert chat.addresses == [("0.0.0.0:8080", "open-sesame")]


@pytest.mark.usefixtures("_interruptible")
def test_without_an_address_one_program_is_served_over_standard_input_and_output() -> None:
    chat = Chat()

    assert run(chat, "mcp") == (0, "")
    assert len(chat.served) == 1


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Have Ctrl-C mean afterwards what it meant before."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_address_that_makes_no_sense_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="HOST:PORT"):
        run(Chat(), "serve", "--http", "8080")
