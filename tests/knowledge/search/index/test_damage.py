"""Bytes that turn over in an index on disk: questions are answered or refused, and the index can be made anew."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from random import Random

import pytest

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId, Passage, Scope
from knowledge.search import Search
from knowledge.search.index import cache as cache_module
from knowledge.search.index.cache import IndexCache, Indexed

pytestmark = pytest.mark.slow

_TALK = {
    "bees-1": "**Ann Lee:** How do bees survive the winter?\n\n**Bob Ray:** They cluster around the queen.\n",
    "comets-1": "**Ada Ford:** Comets are dirty snowballs.\n\n**Ben Cole:** Their tails point away from the sun.\n",
    "tea-1": "**Cora Lind:** We drink oolong at four.\n\n**Dan Moe:** Nobody should drink tea without lemon.\n",
}
_NOTES = """
title: All about {name}
show: Hive Talk
source: the transcript
summary: What is known of {name} and what is not.
guests: [Bob Ray]
topics: [{{title: "The life of {name}", summary: "How {name} live in winter.", quotes: [first]}}]
quotes: [{{id: first, text: "Nothing is as good as {name} in winter.", speaker: Ann Lee}}]
"""
_QUESTIONS = ("how do bees survive the winter", "oolnog with lemmon", "Ada Ford on comets", "snowballs dirty")
_FLIPS = 1
"""Bytes turned over in each file, one at a time; with 30 it holds, too, and takes minutes."""


@pytest.fixture(autouse=True)
def on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep even this small library on disk."""
    monkeypatch.setattr(cache_module, "_IN_MEMORY", -1)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    for name, transcript in _TALK.items():
        place = folder / name
        place.mkdir(parents=True)
        (place / "episode.yaml").write_text(_NOTES.format(name=name.removesuffix("-1")))
        (place / "transcript.md").write_text(transcript * 20)
    return folder


def ask_everything(search: Search) -> None:
    scopes = (Scope(), Scope(EpisodeId("bees-1")), Scope(speaker="Bob Ray"), Scope())
    for words, scope in zip(_QUESTIONS, scopes, strict=True):
        search.spell(words, scope=scope)
        for hit in search.find(words, scope=scope).hits:
            search.get(hit.item.id)
        search.episodes(words, scope=scope)
        search.about(words, scope=scope, limit=5)
        search.said_by("Ann Lee", words, scope=scope, limit=5)
        search.quotation(words, scope=scope)
        counting = search.counting
        counting.by_speaker(counting.mentions(words, scope=scope).amounts)
        counting.by_speaker(counting.milliseconds(scope=scope))
        list(search.quotable(scope=scope).drawn(Random(0), 3))
    list(search.said_in(EpisodeId("tea-1")))


def answers_right(indexed: Indexed) -> bool:
    return any(
        isinstance(hit.item, Passage) and hit.item.text == "They cluster around the queen."
        for hit in indexed.search.find("cluster around the queen").hits
    )


@pytest.mark.unmeasured
def test_after_any_byte_turns_over_questions_are_answered_or_refused_and_the_index_is_made_anew(
    library: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    sound, root, random = tmp_path / "sound", tmp_path / "cache", Random(494)
    IndexCache(sound).open(library)
    (index,) = sound.glob("*/index-*")
    files = sorted(path.relative_to(sound) for path in index.rglob("*") if path.is_file() and path.stat().st_size)
    refused = 0
    for file in files:
        for _ in range(_FLIPS):
            shutil.copytree(sound, root)
            data = bytearray((root / file).read_bytes())
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
            (root / file).write_bytes(data)

            indexed = IndexCache(root).open(library)
            try:
                ask_everything(indexed.search)
            except DamagedIndexError:
                refused += 1
                indexed = IndexCache(root).rebuild(indexed)
                ask_everything(indexed.search)
                assert answers_right(indexed)
            shutil.rmtree(root)

    assert refused
