"""Advice on a subject, told from what only mentions it by its wording alone."""

from __future__ import annotations

import pytest

from knowledge.search.advising import advises

HIVES = frozenset({"hive"})


@pytest.mark.parametrize(
    "text",
    [
        "You should paint the hives in spring.",
        "I'd recommend a hive of cedar.",
        "We had two. It's a mistake, and you don't want that.",
        "Never move a hive by day.",
    ],
)
def test_advice_is_told_by_its_wording(text: str) -> None:
    assert advises(text, HIVES)


@pytest.mark.parametrize(
    "text",
    [
        "There were ten hives by the end of the year.",
        "How many hives do you have now?",
        "We paint hives. You can tell us your name.",
        "",
    ],
)
def test_what_only_tells_of_a_thing_or_advises_on_another_is_no_advice_on_it(text: str) -> None:
    assert not advises(text, HIVES)
