"""QuotableSentences are read in any order, of a few at a time those that are worth most first."""

from __future__ import annotations

from random import Random

import pytest

from knowledge.model import EVERYWHERE, Episode, EpisodeId, Passage, Scope
from knowledge.passages import Turn, passages
from knowledge.search import Search
from knowledge.search.phrasing import best

TIED = "People should always keep a hive, in a garden, of 40 friends."
GENERAL = "Nobody should ever be afraid of a friend."
HERS = "People should always know when a hive, in a garden, is cold."
CHATTER = "Yeah, and so it was, more or less, as I said before we started."


def _episode(id: str) -> Episode:
    return Episode(EpisodeId(id), "Bees", "Hive Talk", "the transcript")


def over(*turns: Turn) -> Search:
    said: list[Passage] = []
    for number, turn in enumerate(turns):
        said += passages([turn], episode=EpisodeId(f"hive-{number}"), source="the transcript")
    return Search.over([_episode(id) for id in dict.fromkeys(each.episode for each in said)], said)


@pytest.fixture
def search() -> Search:
    return over(Turn("Ann", TIED), Turn("Ann", GENERAL), Turn("Bob", TIED.replace("40", "30")), Turn("Bob", CHATTER))


def test_of_a_handful_what_is_worth_most_comes_first(search: Search) -> None:
    for seed in range(20):
        drawn = [each.text for each in search.quotable(scope=EVERYWHERE).drawn(Random(seed), 3)]
        assert drawn[0] == GENERAL
        assert len(drawn) == len(set(drawn)) == 3


def test_one_at_a_time_any_may_come_first(search: Search) -> None:
    first = {next(search.quotable(scope=EVERYWHERE).drawn(Random(seed), 1)).text for seed in range(40)}

    assert len(first) == 3


def test_of_one_speaker_it_is_by_what_they_said_themselves() -> None:
    together = Search.over(
        (_episode("one"), _episode("two")),
        [
            *passages([Turn("Bob", GENERAL), Turn("Ann", HERS)], episode=EpisodeId("one"), source="the transcript"),
            *passages([Turn("Ann", "A hive is always better than a jar.")], episode=EpisodeId("two"), source="it"),
        ],
    )
    assert best(HERS) is not None

    drawn = [each.text for each in together.quotable(scope=Scope(speaker="Ann")).drawn(Random(1), 5)]

    assert drawn == ["A hive is always better than a jar.", HERS]


def test_whole_passages_are_read_of_whoever_says_nothing_that_stands_by_itself(search: Search) -> None:
    drawn = {each.text for each in search.quotable(scope=Scope(speaker="Bob"), whole=True).drawn(Random(1), 5)}

    assert drawn == {TIED.replace("40", "30"), CHATTER}
