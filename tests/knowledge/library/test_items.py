"""Single items added to an `episode.yaml`: nothing else in it moves."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.library.episode_text import Value, normal, read, written
from knowledge.library.items import added, called
from tests.fakes.examples import examples
from tests.knowledge.library.test_episode_text import FIELDS, THINGS, WORDS

BY_HAND = """\
# Mine.
title: "Bees: a love story"   # the subtitle says more
show: Hive Talk

topics:
    - id: queen
      title: The queen
      also: [her majesty, "queen: the"]   # keep
      summary: >-
        She lays
        eggs.

    # drones next
    - title: Drones
      summary: They wait.
      also:
        - boys
        - the lads

    - title: Wax
      summary: Made, not found.

# The end.
links:
  page: https://hive.example
"""


def without(text: str, *lines: str) -> list[str]:
    return [line for line in text.splitlines() if line not in lines]


def test_a_topic_is_added_below_the_others_and_in_their_style() -> None:
    after = added(BY_HAND, "topics", {"title": "Honey", "summary": "It keeps."})

    assert after is not None
    assert after == BY_HAND.replace(
        "Made, not found.\n", "Made, not found.\n\n    - title: Honey\n      summary: It keeps.\n"
    )


def test_a_list_that_is_not_there_is_added_at_the_end() -> None:
    after = added(BY_HAND, "quotes", {"text": "Buzz."})

    assert after == f"{BY_HAND}\nquotes:\n  - text: Buzz.\n"


def test_a_name_is_added_wherever_a_person_would() -> None:
    first, second, third = (called(BY_HAND, place, "boss") for place in range(3))

    assert first == BY_HAND.replace('"queen: the"]', '"queen: the", boss]')
    assert second == BY_HAND.replace("        - the lads\n", "        - the lads\n        - boss\n")
    assert third == BY_HAND.replace("- title: Wax\n", "- title: Wax\n      also: [boss]\n")


def test_what_would_mean_something_else_is_put_in_quotation_marks() -> None:
    for name in ("why: because", "[1, 2]", "a, b", "#1", "null", "- x", "it's 100%", "&", 'say "hi"'):
        after = called(BY_HAND, 0, name)
        assert after is not None
        topics = (read(after) or {})["topics"]
        assert isinstance(topics, list)
        assert topics[0]["also"][-1] == name


def test_lists_in_one_line_are_written_anew_and_the_rest_stays() -> None:
    text = "title: A\nshow: B\ntopics: [{title: Wax, summary: Made}]\n# end\nsource: mine   # yes\n"

    after = added(text, "topics", {"title": "Honey", "summary": "It keeps."})
    named = called(text, 0, "bees' wax")

    for each in (after, named):
        assert each is not None
        assert each.startswith("title: A\nshow: B\ntopics:\n")
        assert each.endswith("# end\nsource: mine   # yes\n")


def test_what_is_no_list_of_things_is_left_alone() -> None:
    assert added("topics: words\n", "topics", {"title": "x"}) is None
    assert added("a: [\n", "topics", {"title": "x"}) is None
    assert called("topics: [words]\n", 0, "x") is None
    assert called("topics: []\n", 0, "x") is None
    assert called("a: [\n", 0, "x") is None
    assert called("topics: words\n", 0, "x") is None


def test_a_single_name_becomes_the_first_of_two() -> None:
    after = called("topics:\n  - title: Wax\n    also: beeswax\n    summary: Made.\n", 0, "candles")

    assert read(after or "") == {"topics": [{"title": "Wax", "also": ["beeswax", "candles"], "summary": "Made."}]}


def test_a_topic_of_a_title_alone_gets_a_name() -> None:
    after = called("topics:\n  - title: Wax\n", 0, "candles")

    assert read(after or "") == {"topics": [{"title": "Wax", "also": ["candles"]}]}


@given(FIELDS, THINGS)
@examples(50)
def test_whatever_is_added_is_there_and_all_else_is_as_before(fields: dict[str, Value], item: dict[str, Value]) -> None:
    before = read(written(fields)) or {}
    items = before.get("topics", [])
    assume(not isinstance(items, str | dict))

    after = added(written(fields), "topics", item)

    assert after is not None
    assert read(after) == {**before, "topics": [*items, normal(item)]}


@given(st.lists(THINGS, min_size=1, max_size=3), WORDS, st.data())
@examples(50)
def test_whatever_a_topic_is_called_is_read_back(
    topics: list[dict[str, Value]], name: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(topics) - 1))
    text = written({"title": "x", "topics": [{"title": "y", **each} for each in topics]})
    assume("also" not in topics[place])

    after = called(text, place, name)

    assert after is not None
    told = (read(after) or {})["topics"]
    assert isinstance(told, list)
    assert told[place]["also"] == [normal(name)]
