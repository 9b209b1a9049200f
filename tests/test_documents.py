"""What the documents tell people to type, to set and to write is there and works."""

from __future__ import annotations

import re
import shlex
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer.main
from typer.core import TyperGroup

from bot.operating import cli, settings
from knowledge import library
from knowledge.formats import read_transcript

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SETTINGS = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
PODCAST = (ROOT / "docs/podcast.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(cli.app)
TRANSCRIPTS = (ROOT / "docs/transcripts.md").read_text(encoding="utf-8")


def _typed(document: Path) -> list[str]:
    """List the commands that a document shows: lines of its shell blocks and whatever stands in backticks."""
    text = document.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
    inline = re.findall(r"`((?:overheard|make) [^`]+)`", text)
    return [line.partition("  #")[0].strip() for line in [*blocks, *inline] if line.strip()]


TIMETABLES = re.findall(r"(?:&& |ExecStart=).*?(overheard import .*)", TRANSCRIPTS)
SHOWN = [line for each in DOCUMENTS for line in _typed(each)]
OVERHEARD = sorted({*(line for line in SHOWN if re.match(r"(\.venv/bin/)?overheard ", line)), *TIMETABLES})
MAKE = sorted({line for line in SHOWN if line.startswith("make ")})


@pytest.mark.parametrize("line", OVERHEARD)
def test_every_command_that_the_documents_show_can_be_typed(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in re.findall(r"--library ([^/\s]\S*)", line):
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

    assert {word for word in line.split()[1:] if "=" not in word} <= set(targets)


def test_the_page_of_settings_names_every_one_and_no_other() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)`", SETTINGS, re.MULTILINE))

    assert named == set(settings.names())


def test_the_recipe_for_transcripts_writes_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (recipe,) = re.findall(r"```python\n(.*?)```", TRANSCRIPTS, re.DOTALL)
    segment = SimpleNamespace(start=135.0, end=139.0, text=" Enough scouts agree.")
    model = SimpleNamespace(transcribe=lambda *_, **__: ([segment], None))
    monkeypatch.setitem(sys.modules, "faster_whisper", SimpleNamespace(WhisperModel=lambda *_, **__: model))
    monkeypatch.setattr(sys, "argv", ["transcribe.py", "hive-talk-12.mp3"])
    monkeypatch.chdir(tmp_path)

    exec(recipe, {})  # noqa: S102 - our own document

    written = tmp_path / "transcripts/hive-talk-12.json"
    (turn,) = read_transcript(written.name, written.read_bytes()).turns
    assert turn.start == timedelta(seconds=135)


def test_the_episode_that_is_shown_can_be_read(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", PODCAST, re.DOTALL)
    folder = tmp_path / "hive-talk-12"
    folder.mkdir()
    (folder / "episode.yaml").write_text(shown, encoding="utf-8")

    read = library.read(tmp_path)

    assert not read.problems
    assert read.episodes[0].topics[0].quotes == (read.episodes[0].quotes[0].id,)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_file_and_heading_that_a_document_links_to_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    linked = [target.split("#") for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]

    assert [file for file, *_ in linked if not (document.parent / file).exists()] == []
    assert [
        anchor
        for file, *anchors in linked
        for anchor in anchors
        if anchor not in _anchors(document.parent / file if file else document)
    ] == []


def _anchors(document: Path) -> set[str]:
    """Return what the headings of a page are linked by, as GitHub names them."""
    headings = re.findall(r"^#+ (.+)", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
