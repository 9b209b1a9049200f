"""What is kept of the sentences between processes: the same as is read from them, and never that of others."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from bot.understanding.coding import code
from bot.understanding.sentences.keeping import kept

_READ = """
import json
from bot.understanding import sentences
from bot.understanding.text import Text

def fits(templates, text):
    return [[match.want, match.open_words, match.slots] for match in templates.matches(Text.of(text).plain)]

asked = ["who is the guest", "what did they say about scaling laws", "how often did they mention bees", "wer war da"]
print(json.dumps([
    [[fits(each.templates, text), each.tail.pattern, sorted(each.spelled)] for text in asked]
    for each in sentences.languages()
]))
"""


@pytest.fixture(autouse=True)
def bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have Python write its bytecode to a folder."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def _read(*options: str, bytecode: Path) -> str:
    command = [sys.executable, *options, "-X", f"pycache_prefix={bytecode}", "-c", _READ]
    return subprocess.run(command, check=True, capture_output=True, text=True, env={}, cwd=Path.cwd()).stdout


def _files(folder: Path) -> list[Path]:
    return list(folder.rglob("*.pickle"))


@pytest.mark.slow
def test_a_process_reads_the_same_sentences_from_what_another_one_kept(tmp_path: Path) -> None:
    first = _read(bytecode=tmp_path)
    (file,) = _files(tmp_path)
    written = file.stat().st_mtime_ns

    assert _read(bytecode=tmp_path) == first
    assert [each.stat().st_mtime_ns for each in _files(tmp_path)] == [written]


@pytest.mark.slow
def test_nothing_is_kept_where_no_bytecode_is_to_be_written(tmp_path: Path) -> None:
    _read("-B", bytecode=tmp_path)

    assert not _files(tmp_path)


def test_what_is_made_is_made_once() -> None:
    assert kept([b"who"], lambda: "first") == "first"
    assert kept([b"who"], lambda: "second") == "first"


def test_other_sources_are_made_anew_and_take_the_place_of_those_before(bytecode: Path) -> None:
    kept([b"who"], lambda: "first")

    assert kept([b"whom"], lambda: "second") == "second"
    assert len(_files(bytecode)) == 1


def test_what_is_cut_short_is_made_anew(bytecode: Path) -> None:
    kept([b"who"], lambda: "first")
    (file,) = _files(bytecode)
    file.write_bytes(file.read_bytes()[:-3])

    assert kept([b"who"], lambda: "second") == "second"


def test_what_was_made_with_other_characters_for_words_is_made_anew(bytecode: Path) -> None:
    kept([b"who"], lambda: "first")
    (file,) = _files(bytecode)
    file.write_bytes(pickle.dumps(({"bees": code("wasps")}, "first")))

    assert kept([b"who"], lambda: "second") == "second"


def test_where_nothing_can_be_written_nothing_is_kept(bytecode: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_way = bytecode / "file"
    in_the_way.touch()
    monkeypatch.setattr(sys, "pycache_prefix", str(in_the_way))

    assert kept([b"who"], lambda: "made") == "made"
