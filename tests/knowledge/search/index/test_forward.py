"""A forward index gives back the words of its documents, and notices what is no index."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId, ItemId
from knowledge.search.index.forward import ForwardIndex, ForwardWriter, stem_code
from knowledge.search.index.fulltext import ROOM, Document

_TEXTS = {"bees": ("Do bees sleep?", "They cluster."), "tea": ("Oolong at four.",)}


@pytest.fixture
def index() -> ForwardIndex:
    writer = ForwardWriter()
    for ordinal, (name, texts) in enumerate(_TEXTS.items()):
        writer.add([Document((ItemId(name),), EpisodeId(name), (text,)) for text in texts], 2 * ordinal)
    return writer.finish()


def test_a_place_leads_to_the_words_said_there_and_back(index: ForwardIndex) -> None:
    places = [1, 2 * ROOM]

    rows = index.rows(places)
    window = index.words(rows, rows)

    assert index.places(rows) == places
    assert window.lengths.tolist() == [2, 3]
    assert window.stems.tolist()[1] == stem_code("cluster")
    assert index.asks.tolist() == [True, False, False]


def test_around_a_place_is_its_own_episode_alone(index: ForwardIndex) -> None:
    first, last = index.around([1], 5)

    assert (first.tolist(), last.tolist()) == ([0], [1])
    assert index.within(EpisodeId("tea")) == range(2, 3)
    assert not index.within(EpisodeId("gone"))


@pytest.mark.parametrize("place", [5, ROOM, 9 * ROOM])
def test_a_place_without_a_row_is_damage(index: ForwardIndex, place: int) -> None:
    with pytest.raises(DamagedIndexError):
        index.rows([place])


def test_what_is_saved_is_opened_and_an_episode_taken_out(index: ForwardIndex, tmp_path: Path) -> None:
    index.save(tmp_path)

    left = ForwardIndex.open(tmp_path).kept(without={EpisodeId("bees")}).finish()

    assert len(left) == 1
    assert left.words(left.rows([2 * ROOM]), left.rows([2 * ROOM])).lengths.tolist() == [3]


@pytest.mark.parametrize("part", ["tokens", "ends", "meanings", "asks"])
def test_a_part_of_another_kind_or_length_is_damage(index: ForwardIndex, tmp_path: Path, part: str) -> None:
    index.save(tmp_path)
    np.save(tmp_path / f"{part}.npy", np.zeros(1, np.float64))

    with pytest.raises(DamagedIndexError):
        ForwardIndex.open(tmp_path)
