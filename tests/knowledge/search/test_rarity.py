"""A word's weight comes from the library's counts, and from English where there are few."""

from __future__ import annotations

import pytest
from wordfreq import get_frequency_dict

from knowledge.search import rarity


@pytest.mark.parametrize("word", ["the", "rice", "compute", "zyzzyva"])
def test_the_list_of_english_words_is_read_as_its_own_package_reads_it(word: str) -> None:
    assert rarity.frequency(word) == get_frequency_dict("en", wordlist="small").get(word, 0.0)


def test_a_rare_english_word_tells_more_than_a_common_one_in_a_small_library() -> None:
    assert rarity.weight("leather", holding=0, of=30) > rarity.weight("good", holding=0, of=30)


def test_a_large_library_speaks_for_itself() -> None:
    seldom = rarity.weight("good", holding=10, of=300_000)
    often = rarity.weight("leather", holding=100_000, of=300_000)

    assert seldom > often
