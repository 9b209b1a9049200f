"""What says what something is, told from what only mentions it by its wording alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from knowledge.model import EVERYWHERE, Episode, EpisodeId
from knowledge.passages import Turn, passages
from knowledge.search import Search
from knowledge.search.definitions import OUTRIGHT, asks, definition

IN_ORDER = ("Wax stands for what bees sweat.", "So wax is basically a kind of fat.", "Wax is when bees sweat.")


@pytest.mark.parametrize(
    "text",
    [
        *IN_ORDER,
        "Wax's a fat.",
        "So basically wax is a fat.",
        "I think that wax is essentially a fat.",
        "We went home. At a high level, wax is a fat.",
    ],
)
def test_a_definition_is_told_by_its_wording(text: str) -> None:
    assert definition(text, "wax")[0] > 0


@pytest.mark.parametrize(
    "text",
    [
        "Wax is great.",
        "Wax is a really good idea.",
        "Wax is a part of it.",
        "Wax is a new word for me.",
        "So wax is a wax.",
        "Is wax a fat? So wax is a fat?",
        'They say "I hear wax is a fat" all day.',
        "Everything in wax is a fat.",
        "The bee wax is a fat.",
        "We sell wax.",
        "",
    ],
)
def test_what_is_judged_quoted_asked_or_only_mentioned_defines_nothing(text: str) -> None:
    assert definition(text, "wax") == (0, 0)


def test_nothing_defines_what_has_no_words() -> None:
    assert definition("? is a mark", "?") == (0, 0)


def test_the_plainer_it_is_said_the_more_it_counts() -> None:
    rates = [definition(text, "wax")[0] for text in IN_ORDER]

    assert rates == sorted(rates, reverse=True)


def test_definitions_begin_with_the_sentence_that_says_so_the_earliest_first() -> None:
    wax = EpisodeId("wax")
    said = [
        Turn("Ann Lee", "Wax, wax, wax. Glad you ask. Wax is a fat that bees make."),
        *[Turn("Bob Ray", "Some bees like it warm.")] * 60,
        Turn("Ann Lee", "As I said before, wax is a fuel."),
    ]
    search = Search.over([Episode(wax, "Wax", "Hive Talk", "notes")], passages(said, episode=wax, source="notes"))

    found = [each.text for each in search.definitions("wax", scope=EVERYWHERE)]

    assert found == ["Wax is a fat that bees make.", "As I said before, wax is a fuel."]


def test_a_definition_is_found_again_by_its_id_at_its_own_time() -> None:
    wax = EpisodeId("wax")
    said = [Turn("Ann Lee", "Wax, wax, wax. Glad you ask. So wax is a fat that bees make.", timedelta())]
    search = Search.over([Episode(wax, "Wax", "Hive Talk", "notes")], passages(said, episode=wax, source="notes"))

    found = search.definitions("wax", scope=EVERYWHERE)[0]

    assert search.get(found.id) == found
    assert (found.text, found.start) == ("So wax is a fat that bees make.", timedelta(seconds=2.4))


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("So what is propolis?", True),
        ("Could you take a moment and kind of explain what propolis is, because we all want to know.", True),
        ("Maybe tell us how it works.", True),
        ("You can explain it with a jar of honey.", False),
        ("What is propolis? It is a glue.", False),
    ],
)
def test_who_asks_to_have_something_explained_is_told_by_how_they_put_it(text: str, asking: bool) -> None:
    assert asks(text) is asking


def test_what_newcomers_are_told_counts_as_said_outright() -> None:
    told = "For the uninitiated, Waxpress is Bob's new project. It is a press. What is it really?"

    assert definition(told, "waxpress") == (OUTRIGHT, 0)
    assert definition("In the beginning, Waxpress is Bob's new project.", "waxpress")[0] == 0
