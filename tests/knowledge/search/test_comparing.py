"""Words that compare things, told from words that name them in passing."""

from __future__ import annotations

import pytest

from knowledge.search.comparing import comparing

SKEPS, FRAMES = frozenset({"skep"}), frozenset({"frame"})


def test_the_plainer_a_comparison_the_more_it_counts() -> None:
    in_order = (
        "Frames are easier than skeps.",
        "Which is easier, frames or skeps?",
        "We had skeps and frames. Frames are easier.",
        "We had skeps and frames, and a cellar.",
    )
    rates = [comparing(text, (SKEPS, FRAMES)) for text in in_order]

    assert rates == sorted(rates, reverse=True) == [3, 2, 1, 0]


@pytest.mark.parametrize(
    "text", ["I have skeps in the garden, and my uncle has frames.", "I left skeps for frames instead."]
)
def test_a_clause_on_each_thing_or_a_word_of_choosing_compares(text: str) -> None:
    assert comparing(text, (SKEPS, FRAMES)) == 2


@pytest.mark.parametrize("text", ["We sell skeps, frames and jars.", "It is easier now.", ""])
def test_a_list_or_a_comparison_of_something_else_compares_nothing(text: str) -> None:
    assert comparing(text, (SKEPS, FRAMES)) == 0
