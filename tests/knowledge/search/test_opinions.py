"""What somebody says they think of something, told from what they mention or tell of others by its wording alone."""

from __future__ import annotations

import pytest

from knowledge.search.opinions import opinion, verbs_like

WAX = frozenset({"wax"})
IN_ORDER = ("I love wax.", "I really don't like the new wax.", "Honestly, wax is terrible.", "I think the wax melts.")


@pytest.mark.parametrize(
    "text",
    [
        *IN_ORDER,
        "I'm obviously a big fan of wax, and of honey.",
        "We went home. Then we started to hate wax.",
        "I'm a wax-for-life person.",
        "Beeswax and wax are both great.",
        "My favorite wax is the old one.",
    ],
)
def test_an_opinion_is_told_by_its_wording(text: str) -> None:
    assert opinion(text, WAX) > 0


@pytest.mark.parametrize(
    "text",
    [
        "He told us why he loves wax.",
        'There is a trend of "I hate wax" everywhere.',
        'I hate wax", they say, and so on.',
        "Do I like wax?",
        "I was like wax, wax everywhere.",
        "We make a list of -- like, wax was on it for a while.",
        "My kids love wax.",
        "We see if wax is any good.",
        "I love honey. There is wax.",
        "We sell wax.",
        "",
    ],
)
def test_what_is_only_mentioned_asked_or_told_of_others_is_none(text: str) -> None:
    assert opinion(text, WAX) == 0


def test_the_plainer_it_is_said_the_more_it_counts() -> None:
    rates = [opinion(text, WAX) for text in IN_ORDER]

    assert rates == sorted(rates, reverse=True)
    assert len(set(rates)) == len(rates)


def test_all_of_a_subject_has_to_be_there() -> None:
    assert opinion("I love wax candles.", frozenset({"wax", "candl"})) > 0
    assert opinion("I love wax.", frozenset({"wax", "candl"})) == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("I really hate wax.", True),
        ("We still hate the new wax.", True),
        ("I don't hate wax.", False),
        ("I love wax.", False),
        ("He hates wax.", False),
        ("I say people like you hate wax.", False),
    ],
)
def test_that_somebody_does_what_a_verb_says_is_told_apart_from_other_opinions(text: str, says: bool) -> None:
    assert bool(opinion(text, WAX, verbs_like("hates"))) == says


def test_a_verb_is_like_its_other_forms() -> None:
    assert verbs_like("loves") == {"love", "loved"}
    assert verbs_like("sells") == frozenset()
