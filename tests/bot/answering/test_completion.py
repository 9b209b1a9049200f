"""Half-typed words are completed by the beginnings of words, misspelt ones by the nearest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.catalogue import Catalogue
from bot.answering.completion import Completions, completions
from bot.port.messages import Choice, Completion, Fact, NotFound, Question, Scope
from bot.understanding.text import plain
from tests.fakes.assistant import COMETS, ECLIPSES, NIGHT_SKY, OOLONG, TEA_TIME, NotingAssistant

EPISODES = Completions(
    (Choice(label, str(number)), names, ())
    for number, (label, names) in enumerate(
        [
            ("Night Sky #2: Comets over Kyoto", ("night-2",)),
            ("Hive Talk #12: How bees decide", ("hive-12",)),
            ("Hive Talk #1: Wax and wicks", ("hive-1", "candle making")),
            ("Comets: a history", ()),
            ("“Leaves and Water” (Tea Time)", ()),
        ]
    )
)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hive", ["1", "2"]),
        ("h b", ["1"]),
        ("talk how", ["1"]),
        ("hive-1", ["1", "2"]),
        ("candle", ["2"]),
        ("comets", ["3", "0"]),
        ("coments kyoto", ["0"]),
        ("hive submarine", []),
        ("zzzzzzzz", []),
        ("leaves and", ["4"]),
        ("“Leaves and W", ["4"]),
        ("tea", ["4"]),
        ("", ["0", "1", "2", "3", "4"]),
        ("?!", ["0", "1", "2", "3", "4"]),
    ],
)
def test_what_begins_with_the_typed_words_is_offered(typed: str, offered: list[str]) -> None:
    assert [choice.value for choice in EPISODES.matching(typed, 25)] == offered


def test_the_first_are_offered_where_there_are_more_than_asked_for() -> None:
    assert [choice.value for choice in EPISODES.matching("", 2)] == ["0", "1"]


@given(st.text(max_size=40), st.integers(0, 4))
def test_whatever_is_typed_no_more_is_offered_than_asked_for(typed: str, limit: int) -> None:
    assert len(EPISODES.matching(typed, limit)) <= limit


def test_nothing_is_offered_where_there_is_nothing() -> None:
    assert Completions(()).matching("hive", 25) == ()


@given(st.sampled_from(["Night Sky #2: Comets over Kyoto", "Wax and wicks", "Comets: a history"]), st.data())
def test_every_beginning_of_a_label_offers_it(label: str, data: st.DataObject) -> None:
    typed = label[: data.draw(st.integers(1, len(label)))]

    offered = EPISODES.matching(typed, 25)

    assert any(plain(label) in plain(choice.label) for choice in offered)


def test_topics_of_one_title_say_their_episode() -> None:
    other = replace(OOLONG, title=COMETS.title)
    catalogue = Catalogue((NIGHT_SKY, replace(TEA_TIME, topics=(other,))), lambda _: None, {}, {})

    offered = completions(catalogue)[Completion.TOPIC].matching("com", 5)

    assert [choice.label for choice in offered] == [
        "Comets (The Night Sky #7)",
        "Comets (“Leaves and Water” (Tea Time))",
    ]
    assert [guess.label for guess in catalogue.guesses((ECLIPSES.id, other.id))] == [
        "Solar eclipses",
        "Comets (“Leaves and Water” (Tea Time))",
    ]


async def test_topics_of_one_title_say_their_episode_wherever_they_are_listed() -> None:
    other = replace(OOLONG, title=COMETS.title)
    assistant = NotingAssistant((NIGHT_SKY, replace(TEA_TIME, topics=(other,))))
    told = {"Comets (The Night Sky #7)", "Comets (“Leaves and Water” (Tea Time))"}

    nothing = await assistant.ask(Question("what about the submarines?"))
    listed = await assistant.ask(Question("what topics are there?"))
    alone = await assistant.topics(Scope(TEA_TIME.id))

    assert isinstance(nothing, NotFound)
    assert isinstance(listed, Fact)
    for topics in (await assistant.topics(), nothing.suggestions, listed.related):
        assert {topic.title for topic in topics} >= told
    assert all(each in listed.text for each in told)
    assert [topic.title for topic in alone] == ["Comets"]
