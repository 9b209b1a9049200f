"""Words that mean nearly the same."""

from __future__ import annotations

import numpy as np

from knowledge.search import alike
from knowledge.search.index.forward import Window, coded
from knowledge.search.meaning import Floats, Meanings


def test_the_file_has_the_codes_that_words_have_now() -> None:
    assert np.array_equal(np.load(alike.WRITTEN), alike.coded(Meanings.load().vocabulary.words))


def test_a_word_is_nearest_to_one_that_means_the_same() -> None:
    near = alike.nearest(_words("tips"), _rows("any advice", "the old bridge", "tips"))
    assert near[2, 0] > near[0, 0] > 0.5 > near[1, 0]


def test_each_word_has_its_own_nearest() -> None:
    near = alike.nearest(_words("tips", "children"), _rows("good advice", "her kids"))
    assert near[0, 0] > near[1, 0]
    assert near[1, 1] > near[0, 1]


def test_rows_without_known_words_are_near_nothing() -> None:
    near = alike.nearest(_words("tips"), _rows("", "advice", "", "ქართული"))
    assert near[[0, 2, 3], 0].tolist() == [0, 0, 0]
    assert near[1, 0] > 0.5


def test_a_word_that_nobody_knows_is_near_nothing() -> None:
    assert alike.nearest(_words("ქართული"), _rows("advice", "kids")).tolist() == [[0], [0]]


def _words(*words: str) -> Floats:
    return Meanings.load().of_each(words)


def _rows(*texts: str) -> Window:
    codes = [coded(text) for text in texts]
    lengths = np.array(list(map(len, codes)), np.int64)
    every = np.array([code for each in codes for code in each], np.uint32)
    return Window(every, every, lengths, np.cumsum(lengths))
