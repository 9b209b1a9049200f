"""What is to be typed to call the program again."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operating.invoking import called


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "our bin"
    folder.mkdir()
    file = folder / "overheard"
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return file


def test_a_program_that_a_shell_finds_is_called_by_its_name(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr("sys.argv", [str(program), "setup"])

    assert called() == "overheard"


def test_one_that_it_doesnt_find_is_called_by_its_path(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("sys.argv", [str(program), "setup"])

    assert called() == f"'{program}'"


def test_started_as_anything_else_it_goes_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/usr/bin/__main__.py"])

    assert called() == "overheard"
