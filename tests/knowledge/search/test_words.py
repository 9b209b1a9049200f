"""Taking sentences apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.words import carries, fold, spans, split


def test_words_are_folded_and_lose_their_possessive() -> None:
    assert split("Jensen’s Café, don't") == ["jensen", "cafe", "don't"]


@given(st.text())
def test_every_word_stands_where_its_span_says(text: str) -> None:
    for word, begin, end in spans(text):
        assert fold(text[begin:end]).replace("’", "'") == word


@pytest.mark.parametrize("word", ["the", "about", "discussed", "episode", "don't"])
def test_words_that_only_ask_or_join_carry_nothing(word: str) -> None:
    assert not carries(word)
