"""Taking sentences apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.words import carries, fold, personal, spans, split


def test_words_are_folded_and_lose_their_possessive() -> None:
    assert split("Jensen’s Café, don't") == ["jensen", "cafe", "don't"]


@given(st.text())
def test_every_word_stands_where_its_span_says(text: str) -> None:
    for word, begin, end in spans(text):
        assert fold(text[begin:end]).replace("’", "'") == word


@pytest.mark.parametrize("word", ["the", "about", "discussed", "episode", "don't"])
def test_words_that_only_ask_or_join_carry_nothing(word: str) -> None:
    assert not carries(word)


@pytest.mark.parametrize("question", ["when does my flight leave", "play me a song", "is that one mine"])
def test_a_question_about_what_is_the_askers_own_is_personal(question: str) -> None:
    assert personal(question)


@pytest.mark.parametrize(
    "question",
    [
        "can you tell me about China",
        "I was wondering about bees",
        "I'd like to know what AGI is",
        "how do i deal with burnout",
        "how should I name my packages?",
        "should I learn Rust?",
        "my tests are flaky, any advice?",
        "my builds take ages, what to do",
        "what can I do about my flaky tests",
        "how do you name your packages? mine are all called utils",
        "my boss wants us to host models, was there anything on that",
    ],
)
def test_a_way_into_a_question_and_advice_are_not_personal(question: str) -> None:
    assert not personal(question)
