"""A forward index gives back the words of its documents, and notices what is no index."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId, ItemId
from knowledge.search.index.forward import ForwardIndex, ForwardWriter, rows_of, stem_code
from knowledge.search.index.fulltext import ROOM
from knowledge.search.index.stored import Document

_TEXTS = {"bees": ("Do bees sleep?", "They cluster."), "tea": ("Oolong at four.",)}


_BEES, _TEA, _PIE = map(EpisodeId, ("bees", "tea", "pie"))


def add(writer: ForwardWriter, name: str, texts: tuple[str, ...], ordinal: int) -> ForwardWriter:
    documents = [Document((ItemId(name),), EpisodeId(name), (text,)) for text in texts]
    writer.add(EpisodeId(name), ordinal, rows_of(documents)[0])
    return writer


def written(folder: Path | None = None) -> ForwardIndex:
    writer = ForwardWriter(folder)
    for ordinal, (name, texts) in enumerate(_TEXTS.items()):
        add(writer, name, texts, 2 * ordinal)
    return writer.finish()


@pytest.fixture
def index() -> ForwardIndex:
    return written()


def test_a_place_leads_to_the_words_said_there_and_back(index: ForwardIndex) -> None:
    places = [1, 2 * ROOM]

    rows = index.rows(places)
    window = index.words(rows, rows)

    assert index.places(rows) == places
    assert window.lengths.tolist() == [2, 3]
    assert window.stems.tolist()[1] == stem_code("cluster")
    assert index.asks.tolist() == [True, False, False]


def test_a_row_knows_its_own_episode(index: ForwardIndex) -> None:
    first, last = index.episodes(index.rows([1, 2 * ROOM]))

    assert (first.tolist(), last.tolist()) == ([0, 2], [1, 2])
    assert index.within(EpisodeId("tea")) == range(2, 3)
    assert not index.within(EpisodeId("gone"))


@pytest.mark.parametrize("place", [5, ROOM, 9 * ROOM])
def test_a_place_without_a_row_is_damage(index: ForwardIndex, place: int) -> None:
    with pytest.raises(DamagedIndexError):
        index.rows([place])


def test_what_is_written_is_opened_and_an_episode_taken_out(tmp_path: Path) -> None:
    written(tmp_path)

    left = ForwardWriter.on(tmp_path, without={_BEES}).finish()

    assert len(left) == 1
    assert left.words(left.rows([2 * ROOM]), left.rows([2 * ROOM])).lengths.tolist() == [3]


def test_an_episode_is_added_behind_others_in_files_that_an_older_index_goes_on_reading(
    index: ForwardIndex, tmp_path: Path
) -> None:
    older = written(tmp_path)
    add(ForwardWriter.on(tmp_path, without=()), "pie", ("It never was finished.",) * 9, 5)
    left_behind = (tmp_path / "tokens").stat().st_size

    newer = add(ForwardWriter.on(tmp_path, without={_PIE}), "pie", ("Pie of quince?",), 7).finish()

    rows = newer.rows([1, 2 * ROOM, 7 * ROOM])
    assert newer.words(rows, rows).lengths.tolist() == [2, 3, 3]
    assert newer.asks.tolist() == [True, False, False, True]
    assert np.array_equal(newer.meanings[:3], index.meanings)
    assert (len(older), older.total, older.saying([stem_code("quinc")], 0, range(3)).tolist()) == (3, 8, [])
    assert left_behind <= (tmp_path / "tokens").stat().st_size


@pytest.mark.parametrize("part", ["tokens", "ends", "meanings", "asks"])
def test_a_part_that_was_cut_short_is_damage(tmp_path: Path, part: str) -> None:
    written(tmp_path)
    file = tmp_path / part
    file.write_bytes(file.read_bytes()[:-1])

    with pytest.raises(DamagedIndexError):
        ForwardIndex.open(tmp_path)


@pytest.mark.parametrize("among", [range(3), np.array([0, 1, 2])])
def test_words_that_follow_each_other_are_found_in_all_rows_or_in_some(
    index: ForwardIndex, among: range | np.ndarray[tuple[int], np.dtype[np.int64]]
) -> None:
    bees, cluster, four, they = map(stem_code, ("bee", "cluster", "four", "they"))

    assert index.saying([cluster], 0, among).tolist() == [4]
    assert index.saying([they, cluster], 1, among).tolist() == [3]
    assert index.saying([four], 0, among).tolist() == [7]
    assert index.saying([four, bees], 0, among).tolist() == []
    rows, before = index.rows_at(index.saying([cluster], 0, among))
    assert (rows.tolist(), before.tolist()) == ([1], [1])
