"""Who says what is kept beside the words, and what is no such table is noticed."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId, ItemId, Passage
from knowledge.search.index.voices import Column, Voices, VoicesWriter, voiced


def written(folder: Path | None = None) -> Voices:
    writer = VoicesWriter(folder)
    for name, speaker, text in (("bees", "Ann Lee", "Don't panic."), ("tea", None, "Oolong at four.")):
        id = EpisodeId(name)
        writer.add(id, voiced([(Passage(ItemId(f"{name}/passage/0"), id, 0, text, "the transcript", speaker), 3)]))
    return writer.finish()


@pytest.fixture
def voices() -> Voices:
    return written()


def test_a_row_has_the_words_that_are_indexed_and_those_that_are_read(voices: Voices) -> None:
    assert voices.column(Column.TOKENS).tolist() == [3, 3]
    assert voices.column(Column.WORDS).tolist() == [2, 3]
    assert [voices.speakers[n] for n in voices.column(Column.SPEAKER)] == ["Ann Lee", ""]
    assert voices.column(Column.START).tolist() == [-1, -1]


def test_what_is_written_is_opened_and_an_episode_taken_out(voices: Voices, tmp_path: Path) -> None:
    written(tmp_path)

    opened = Voices.open(tmp_path)
    left = VoicesWriter.on(tmp_path, without={EpisodeId("bees")}).finish()

    assert np.array_equal(opened.of(EpisodeId("bees")), voices.of(EpisodeId("bees")))
    assert list(left.episodes) == ["tea"]
    assert left.column(Column.WORDS).tolist() == [3]


@pytest.mark.parametrize("part", ["passages", "voices.json"])
def test_a_part_that_was_cut_short_is_damage(tmp_path: Path, part: str) -> None:
    written(tmp_path)
    file = tmp_path / part
    file.write_bytes(file.read_bytes()[:-3])

    with pytest.raises(DamagedIndexError):
        Voices.open(tmp_path)
