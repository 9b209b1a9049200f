"""A word's weight comes from the library's counts, and from English where there are few."""

from __future__ import annotations

import pytest

from knowledge.search import rarity


@pytest.mark.parametrize(("word", "centibels"), [("the", 127), ("rice", 445), ("compute", 559)])
def test_english_words_are_as_common_as_their_list_says(word: str, centibels: int) -> None:
    assert rarity.frequency(word) == 10 ** (-centibels / 100)


def test_a_word_that_is_not_in_the_list_is_not_common_at_all() -> None:
    assert rarity.frequency("zyzzyva") == 0


def test_a_rare_english_word_tells_more_than_a_common_one_in_a_small_library() -> None:
    assert rarity.weight("leather", holding=0, of=30) > rarity.weight("good", holding=0, of=30)


def test_a_large_library_speaks_for_itself() -> None:
    seldom = rarity.weight("good", holding=10, of=300_000)
    often = rarity.weight("leather", holding=100_000, of=300_000)

    assert seldom > often


def test_what_a_library_has_oftener_than_english_is_its_own() -> None:
    own = rarity.excess("honey", rarity.weight("honey", holding=3_000, of=30_000))
    common = rarity.excess("bank", rarity.weight("bank", holding=30, of=30_000))

    assert own > 1 > 0 > common
