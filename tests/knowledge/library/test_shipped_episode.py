"""What the episode that comes with Overheard promises."""

import pytest

from knowledge.library import SHIPPED, read
from knowledge.model import Episode

QUOTATIONS = {
    "The most exciting developments are not just about making models bigger, but making them smarter through better "
    "post-training techniques",
    "Open source AI has fundamentally changed what is possible for researchers and developers working outside of large "
    "corporations",
    "Compute remains the currency of AI development, and whoever controls the best hardware will have significant "
    "advantages",
    "We should be careful about assuming current scaling laws will continue indefinitely without major algorithmic "
    "breakthroughs",
    "The path to AGI is not predetermined, and technical progress alone does not determine outcomes",
}


@pytest.fixture(scope="module")
def episode() -> Episode:
    library = read(SHIPPED)
    assert library.problems == ()
    return next(each for each in library.episodes if each.id == "lex-fridman-494")


def test_its_facts_are_those_of_the_notes(episode: Episode) -> None:
    assert episode.title == "Jensen Huang: NVIDIA - The $4 Trillion Company & the AI Revolution"
    assert (episode.show, episode.number) == ("Lex Fridman Podcast", "494")
    assert [host.name for host in episode.hosts] == ["Lex Fridman"]
    assert [guest.name for guest in episode.guests] == ["Jensen Huang"]
    assert episode.subtitle == (
        "Jensen Huang discusses NVIDIA's extreme co-design approach and rack-scale engineering that powers the AI "
        "computing revolution"
    )


def test_its_five_quotations_are_word_for_word(episode: Episode) -> None:
    assert len(episode.quotes) == 5
    assert {quote.text for quote in episode.quotes} == QUOTATIONS


def test_no_words_are_put_into_anybodys_mouth(episode: Episode) -> None:
    assert {quote.speaker for quote in episode.quotes} == {None}


def test_it_has_at_least_fourteen_topics_with_a_short_summary_and_other_names(episode: Episode) -> None:
    assert len(episode.topics) >= 14
    for topic in episode.topics:
        assert topic.names
        assert 1 <= topic.summary.count(". ") + 1 <= 3, topic.id


def test_every_topic_and_quote_knows_its_source(episode: Episode) -> None:
    sources = [topic.source for topic in episode.topics] + [quote.source for quote in episode.quotes]

    assert all(source.startswith("the episode's ") for source in sources)


def test_what_topics_point_to_is_there(episode: Episode) -> None:
    topics = {topic.id for topic in episode.topics}
    quotes = {quote.id for quote in episode.quotes}

    assert {item for topic in episode.topics for item in topic.related} <= topics
    assert {item for topic in episode.topics for item in topic.quotes} == quotes
    assert all(topic.related for topic in episode.topics)
