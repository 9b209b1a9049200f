"""Turns an episode into what is indexed: documents, words and names.

The same for an index in memory and one on disk. Nothing is opened, searched or ranked here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from knowledge.model import Episode, ItemId, Passage, Quote, Topic
from knowledge.passages import stretches
from knowledge.search import phrasing
from knowledge.search.index.lexicon import counted
from knowledge.search.index.stored import Document


def items(episode: Episode) -> dict[ItemId, Topic | Quote]:
    """Return an episode's topics and quotes by their ids."""
    listed: tuple[Topic | Quote, ...] = (*episode.topics, *episode.quotes)
    return {item.id: item for item in listed}


def notes(episode: Episode) -> Iterator[Document]:
    """Make a document of every topic and quote."""
    known = items(episode)
    return (_note(item, known) for item in known.values())


def about(episode: Episode) -> Document:
    """Make a document of what an episode says it is about: its title, subtitle and summary."""
    names = tuple(filter(None, (episode.title, episode.subtitle)))
    taking_part = tuple(person.name for person in chain(episode.guests, episode.hosts))
    return Document((ItemId(episode.id),), episode.id, (episode.summary or "",), names, speakers=taking_part)


def spoken(said: Iterable[Passage]) -> Iterator[Document]:
    """Make a document of each stretch of talk: consecutive passages with about sixty words."""
    return map(_stretch, stretches(said))


def people(episode: Episode) -> Iterator[str]:
    """Yield the show's name and all names of the hosts and guests in the episode's notes."""
    yield episode.show
    for person in chain(episode.guests, episode.hosts):
        yield from (person.name, *person.also)


def words(episode: Episode, said: Iterable[Passage]) -> Counter[str]:
    """Count the words in an episode's notes and passages."""
    topics = chain.from_iterable((topic.title, topic.summary, *topic.names) for topic in episode.topics)
    about = (episode.title, episode.subtitle or "", episode.summary or "")
    return counted(chain(about, topics, (quote.text for quote in episode.quotes), (passage.text for passage in said)))


def _note(item: Topic | Quote, known: Mapping[ItemId, Topic | Quote]) -> Document:
    if isinstance(item, Quote):
        return Document((item.id,), item.episode, (item.text,), speakers=(item.speaker,) if item.speaker else ())
    bearing = (known[quote] for quote in item.quotes if quote in known)
    quoted = tuple(quote.text for quote in bearing if isinstance(quote, Quote))
    return Document((item.id,), item.episode, (item.summary,), (item.title, *item.names), quoted)


def _stretch(stretch: tuple[Passage, ...]) -> Document:
    by = dict.fromkeys(passage.speaker for passage in stretch if passage.speaker)
    return Document(
        tuple(passage.id for passage in stretch),
        stretch[0].episode,
        tuple(passage.text for passage in stretch),
        speakers=tuple(by),
        passages=stretch,
        worth=max((best.worth for passage in stretch if (best := phrasing.best(passage.text))), default=0),
    )
