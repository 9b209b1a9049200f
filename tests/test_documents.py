"""What the documents tell people to type, to set and to write is there and works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from bot.operating import cli, settings
from knowledge import library

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(cli.app)


def _typed(document: Path) -> list[str]:
    """List the commands that a document shows: lines of its shell blocks and whatever stands in backticks."""
    text = document.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
    inline = re.findall(r"`((?:overheard|make) [^`]+)`", text)
    return [line.partition("  #")[0].strip() for line in [*blocks, *inline] if line.strip()]


OVERHEARD = sorted({line for each in DOCUMENTS for line in _typed(each) if re.match(r"(\.venv/bin/)?overheard ", line)})
MAKE = sorted({line for each in DOCUMENTS for line in _typed(each) if line.startswith("make ")})


@pytest.mark.parametrize("line", OVERHEARD)
def test_every_command_that_the_documents_show_can_be_typed(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in re.findall(r"--library (\S+)", line):
        (tmp_path / folder).mkdir(parents=True)
    assert isinstance(COMMANDS, TyperGroup)
    _, name, *arguments = shlex.split(line.replace("...", "anything"))
    command = COMMANDS.commands.get(name)

    assert command is not None, f"there is no command {name}"
    with command.make_context(name, arguments) as context:
        assert not context.args


@pytest.mark.parametrize("line", MAKE)
def test_every_make_target_that_the_documents_show_is_there(line: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert set(line.split()[1:]) <= set(targets)


def test_the_readme_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)`", README, re.MULTILINE))

    assert named == set(settings.names())


def test_the_episode_that_the_readme_shows_can_be_read(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    folder = tmp_path / "hive-talk-12"
    folder.mkdir()
    (folder / "episode.yaml").write_text(shown, encoding="utf-8")

    read = library.read(tmp_path)

    assert not read.problems
    assert read.episodes[0].topics[0].quotes == (read.episodes[0].quotes[0].id,)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_file_that_a_document_links_to_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]

    assert [target for target in linked if not (document.parent / target).exists()] == []
