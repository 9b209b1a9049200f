"""A small library with what the shipped one lacks: two episodes, speakers, times, links and a transcript."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.understanding.conversation import Conversations
from bot.understanding.sentences import vocabulary
from knowledge import library
from knowledge.model import Episode, EpisodeId, ItemId, Links, Passage, Person, Quote, Topic
from knowledge.search import Search

_BEES = EpisodeId("hive-talk-12")
_HONEY = EpisodeId("hive-talk-11")
NOTES = "the episode's notes"


def _topic(
    episode: EpisodeId, name: str, title: str, summary: str, *quotes: str, related: tuple[str, ...] = ()
) -> Topic:
    return Topic(
        ItemId(f"{episode}/topic/{name}"),
        episode,
        title,
        summary,
        NOTES,
        quotes=tuple(ItemId(f"{episode}/quote/{each}") for each in quotes),
        related=tuple(ItemId(f"{episode}/topic/{each}") for each in related),
    )


def _quote(episode: EpisodeId, name: str, text: str, speaker: str | None, seconds: int | None) -> Quote:
    start = None if seconds is None else timedelta(seconds=seconds)
    return Quote(ItemId(f"{episode}/quote/{name}"), episode, text, NOTES, speaker, start)


BEES = Episode(
    id=_BEES,
    title="How bees decide",
    show="Hive Talk",
    number="12",
    source=NOTES,
    summary="Swarms, scouts and the dance that settles an argument.",
    subtitle="Democracy with wings",
    published=date(2026, 3, 1),
    duration=timedelta(hours=1, minutes=5),
    hosts=(Person("Maya Keller"),),
    guests=(Person("Tomas Ortega", ("Tom",)), Person("Ines Duarte")),
    links=Links(youtube="https://www.youtube.com/watch?v=abcdefghijk"),
    topics=(
        _topic(_BEES, "swarms", "Swarms", "How a swarm settles on a new home.", "quorum", "scouts", related=("dance",)),
        _topic(_BEES, "dance", "The waggle dance", "Scouts dance to point out a site.", "dance", related=("swarms",)),
        _topic(_BEES, "pesticides", "Pesticides", "What neonicotinoids do to foraging.", related=("swarms",)),
    ),
    quotes=(
        _quote(_BEES, "quorum", "A swarm moves when enough scouts agree, not when all of them do", "Tomas Ortega", 135),
        _quote(_BEES, "scouts", "Every scout is allowed to be wrong exactly once", "Ines Duarte", 600),
        _quote(_BEES, "dance", "The angle of the dance is a map drawn against the sun", None, None),
    ),
)
HONEY = Episode(
    id=_HONEY,
    title="What honey remembers",
    show="Hive Talk",
    number="11",
    source=NOTES,
    hosts=(Person("Maya Keller"),),
    topics=(_topic(_HONEY, "pollen", "Pollen in honey", "Pollen grains tell where a honey comes from.", "pollen"),),
    quotes=(_quote(_HONEY, "pollen", "A jar of honey is a landscape you can eat", "Maya Keller", 42),),
)
PASSAGES = tuple(
    Passage(
        ItemId(f"{_HONEY}/passage/{number}"),
        _HONEY,
        number,
        text,
        "the transcript",
        speaker,
        timedelta(seconds=60 * number),
        approximate=number > 0,
    )
    for number, (speaker, text) in enumerate(
        (
            ("Maya Keller", "Welcome back, today we look at jars from forty countries and what is really in them."),
            (
                "Maya Keller",
                "Beekeepers in Slovenia paint the front boards of their hives with little scenes and stories.",
            ),
            (
                "Guest One",
                "Granulated honey isn't spoiled at all, it is glucose forming crystals around pollen grains.",
            ),
        )
    )
)


@pytest.fixture(scope="session")
def search() -> Search:
    return Search.over((BEES, HONEY), PASSAGES, extra_words=vocabulary())


@pytest.fixture
def assistant(search: Search) -> EpisodeAssistant:
    return EpisodeAssistant(OpenLibrary((BEES, HONEY), search), conversations=Conversations(), random=Random(1))


@pytest.fixture(scope="session")
def shipped_search() -> Search:
    return Search.over(library.read(library.SHIPPED).episodes, extra_words=vocabulary())


@pytest.fixture
def shipped(shipped_search: Search) -> EpisodeAssistant:
    return EpisodeAssistant(OpenLibrary(library.read(library.SHIPPED).episodes, shipped_search), random=Random(1))
