"""`overheard setup` with real files and a person who types; what is asked is tested with `setting_up`."""

from __future__ import annotations

import logging
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from adapters.terminal.client import TerminalClient
from bot.__main__ import _importer
from bot.operating import settings
from bot.operating.composition import Platform, SetupPart
from bot.operating.importing import ImportOutcome, Options
from bot.port.checks import Report
from bot.port.errors import ConfigError, UsageError
from bot.port.messages import Assistant
from tests.fakes import commands
from tests.fakes.assistant import NotingAssistant
from tests.fakes.commands import PARTS


class Person(TerminalClient):
    """A terminal with somebody at it, who gives these answers and then leaves."""

    def __init__(self, answers: list[str]) -> None:
        super().__init__()
        self._answers = answers

    def is_interactive(self) -> bool:
        return bool(self._answers)

    def ask(self, question: str) -> str:  # noqa: ARG002
        if not self._answers:
            raise EOFError
        return self._answers.pop(0)

    ask_secretly = ask


@dataclass
class Server:
    """Overheard as somebody sets it up: the tokens that were checked, the libraries that were opened."""

    reports: Callable[[settings.Settings], Sequence[Report]] = lambda _: (Report("Token: fine."),)
    importer: Callable[[Sequence[str], Path, Options], ImportOutcome] = _importer
    checked: list[str] = field(default_factory=list)
    opened: list[Path | None] = field(default_factory=list)

    def set_up(self, *answers: str) -> tuple[int, str]:
        left = list(answers)
        slack = Platform(lambda _: False, "", lambda *_: pytest.fail("nothing is served"), self._check)
        parts = replace(
            PARTS,
            terminal=lambda: Person(left),
            assistant=self._open,
            importer=self.importer,
            platforms=dict.fromkeys(SetupPart, slack),
        )
        return commands.run(parts, "setup")

    async def _check(self, chosen: settings.Settings) -> Sequence[Report]:
        self.checked.append(chosen.discord_token.get_secret_value() if chosen.discord_token else "")
        return self.reports(chosen)

    def _open(self, folder: Path | None, _: object) -> Assistant:
        self.opened.append(folder)
        return NotingAssistant()


@pytest.fixture
def words(tmp_path: Path) -> str:
    folder = tmp_path / "our words"
    folder.mkdir()
    (folder / "hive-talk-12.txt").write_text("Maya Keller: Bees decide together.\n", encoding="utf-8")
    return f"'{folder}'"


def test_a_folder_is_imported_a_token_checked_and_both_written(tmp_path: Path, words: str) -> None:
    server = Server()

    status, shown = server.set_up(words, "hive", "Hive Talk", "MTA.abc", "", "", "n")

    assert status == 0
    assert "1 added" in shown
    assert "Hive Talk" in (tmp_path / "hive/hive-talk-12/episode.yaml").read_text(encoding="utf-8")
    assert server.checked == ["MTA.abc"]
    assert settings.load().library == tmp_path / "hive"
    assert settings.load().discord_token is not None
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert "MTA.abc" not in shown


def test_who_wants_to_can_ask_the_new_library_at_once(tmp_path: Path, words: str) -> None:
    server = Server()

    server.set_up(words, "hive", "", "", "", "", "y")

    assert server.opened == [tmp_path / "hive"]


def test_what_is_started_afterwards_sets_up_its_own_log(words: str) -> None:
    before = list(logging.getLogger().handlers)

    Server().set_up(words, "hive", "", "", "", "", "n")

    assert logging.getLogger().handlers == before


@pytest.mark.parametrize(
    ("source", "asked", "told"),
    [
        ("nowhere", (), "nowhere"),
        ("htps://hive", (), "htps://hive is not an http(s) address"),
        ("a\0b", (), "there is no file"),
        ("empty", ("", ""), "no episodes"),
    ],
)
def test_a_source_that_cant_be_imported_is_told_and_asked_for_again(
    tmp_path: Path, source: str, asked: Sequence[str], told: str
) -> None:
    (tmp_path / "empty").mkdir()

    status, shown = Server().set_up(source, *asked, "", "", "", "n")

    assert status == 0
    assert told in shown
    assert not (tmp_path / ".env").exists()


@pytest.mark.parametrize(
    ("error", "told"), [(ConnectionError(101, "Network is unreachable"), "unreachable"), (ValueError(), "went wrong")]
)
def test_a_check_that_fails_is_told_and_a_token_of_two_words_isnt_even_sent(
    tmp_path: Path, error: Exception, told: str
) -> None:
    def failing(_: settings.Settings) -> Sequence[Report]:
        raise error

    server = Server(reports=failing)

    status, shown = server.set_up("", "two words", "", "MTA.abc", "skip", "", "n")

    assert status == 0
    assert "DISCORD_TOKEN: that is not one word" in shown
    assert told in shown
    assert server.checked == ["MTA.abc"]
    assert not (tmp_path / ".env").exists()


def test_settings_that_cant_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()

    with pytest.raises(ConfigError, match=r"^\.env cannot be read"):
        Server().set_up("")


def test_who_leaves_in_the_middle_leaves_the_settings_as_they_were(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_PORT=3001\n", encoding="utf-8")

    status, shown = Server().set_up("", "MTA.abc")

    assert status == 1
    assert "Stopped." in shown
    assert (tmp_path / ".env").read_text(encoding="utf-8") == "SLACK_PORT=3001\n"


def test_an_import_can_be_stopped(tmp_path: Path) -> None:
    def stopped(*_: object) -> ImportOutcome:
        raise KeyboardInterrupt

    status, shown = Server(importer=stopped).set_up("https://feeds.example.com/hive", "")

    assert status == 1
    assert "Stopped." in shown
    assert not (tmp_path / ".env").exists()


def test_with_nobody_to_ask_it_says_so() -> None:
    with pytest.raises(UsageError, match="needs a terminal"):
        Server().set_up()
