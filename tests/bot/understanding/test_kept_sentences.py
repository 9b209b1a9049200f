"""What is kept of the sentences for the next process: the same as is read from them, and never that of others."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

from bot.understanding import sentences
from bot.understanding.coding import code
from bot.understanding.sentences.keeping import kept

ASKED = ("who is the guest", "what did they say about scaling laws", "how often did they mention bees", "wer war da")


@pytest.fixture(autouse=True)
def bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have Python write its bytecode to a folder."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def _files(folder: Path) -> list[Path]:
    return list(folder.rglob("*.pickle"))


def test_the_same_sentences_are_read_from_what_was_kept(bytecode: Path) -> None:
    first = sentences.lexicon.__wrapped__()
    (file,) = _files(bytecode)
    written = file.stat().st_mtime_ns

    again = sentences.lexicon.__wrapped__()

    assert [each.stat().st_mtime_ns for each in _files(bytecode)] == [written]
    assert (again.asks, again.he, again.numbers) == (first.asks, first.he, first.numbers)
    for one, other in zip(first.languages, again.languages, strict=True):
        assert (other.tail, other.spelled) == (one.tail, one.spelled)
        for words in map(str.split, ASKED):
            assert other.templates.matches(words) == one.templates.matches(words)


def test_nothing_is_kept_where_no_bytecode_is_to_be_written(bytecode: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert kept([b"who"], lambda: "made") == "made"
    assert not _files(bytecode)


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
