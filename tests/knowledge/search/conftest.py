"""A small library: one episode known by its notes alone, one with a transcript."""

import pytest

from knowledge.model import Episode, EpisodeId, ItemId, Person, Quote, Topic
from knowledge.passages import Turn, passages
from knowledge.search import Search

NOTES = EpisodeId("notes")
TALK = EpisodeId("talk")


def topic(name: str, title: str, summary: str, *names: str, quotes: tuple[str, ...] = ()) -> Topic:
    held = tuple(ItemId(f"notes/quote/{quote}") for quote in quotes)
    return Topic(ItemId(f"notes/topic/{name}"), NOTES, title, summary, "the notes", names, held)


CURRENCY = Quote(
    ItemId("notes/quote/currency"),
    NOTES,
    "Compute remains the currency of AI development, and whoever controls the best hardware wins",
    "the notes",
)
TOPICS = (
    topic("china", "China's role in AI", "What Chinese labs have achieved and how others compete.", "China", "PRC"),
    topic("compute", "Compute", "The supply of GPUs limits what is tried.", "bottleneck", "GPU", quotes=("currency",)),
    topic("open-source", "Open-source models", "They have come close to the leaders.", "open source", "open weights"),
    topic("energy", "Energy efficiency", "How much electricity the training of models takes.", "power consumption"),
)
TURNS = (
    Turn("Ann Lee", "Welcome. Today we talk about bees, and about honey, with somebody who keeps forty hives."),
    Turn("Bob Ray", "Thanks for having me. I began with one hive on a balcony in the middle of the city."),
    Turn("Ann Lee", "How did the bees survive the winter there?"),
    Turn("Bob Ray", "They cluster around the queen and shiver. That keeps her warm until the crocuses bloom."),
    Turn("Ann Lee", "Right."),
    Turn("Bob Ray", "And honey is the fuel. A colony burns through twenty kilograms of it before spring."),
    Turn("Ann Lee", "Let's turn to the law. Does a beekeeper need a licence in this country?"),
    Turn("Bob Ray", "No licence, but you register every apiary with the veterinary office, once a year."),
)


@pytest.fixture(scope="session")
def search() -> Search:
    notes = Episode(
        NOTES,
        "The state of AI",
        "Lex Fridman Podcast",
        "the notes",
        hosts=(Person("Lex Fridman"),),
        guests=(Person("Jensen Huang"),),
        topics=TOPICS,
        quotes=(CURRENCY,),
    )
    talk = Episode(TALK, "Bees in the city", "Hive Talk", "the transcript", guests=(Person("Bob Ray"),))
    said = passages(TURNS, episode=TALK, source="the transcript")
    return Search.over([notes, talk], said, extra_words=["guest", "episode"])
