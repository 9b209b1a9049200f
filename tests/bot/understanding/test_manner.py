from __future__ import annotations

import pytest

from bot.understanding.manner import is_question, manner


@pytest.mark.parametrize("question", ["when does my flight leave", "play me a song", "is that one mine"])
def test_a_question_about_what_is_the_askers_own_is_personal(question: str) -> None:
    assert manner(question).personal


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
    assert not manner(question).personal


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("how many bees are in it", ("bees",)),
        ("how much of it", ()),
        ("so how many's the limit, how much honey", ("honey",)),
    ],
)
def test_what_a_question_counts_follows_how_many(question: str, counted: tuple[str, ...]) -> None:
    assert manner(question).counting
    assert manner(question).counted == counted


@pytest.mark.parametrize(
    ("words", "asks"), [("why is wax dear", True), ("isn't wax dear", True), ("we're done", False)]
)
def test_words_are_a_question_by_their_first(words: str, *, asks: bool) -> None:
    assert is_question(words) is asks
