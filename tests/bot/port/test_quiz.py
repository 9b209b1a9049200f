from __future__ import annotations

from collections import Counter
from random import Random

from bot.port.messages import Episode, EpisodeId, ItemId, Quote
from bot.port.quiz import judged, revealed, riddle
from knowledge.model import Person
from tests.fakes.assistant import NotingAssistant

PANEL = EpisodeId("panel-1")
PEOPLE = ("Ada Ford", "Bea Lund", "Cy Moss", "Dee Park", "Eli Quist")
SAID = ("Three minutes, never four", "A map is a promise", "Rain keeps its own diary", "Salt first, then patience")


def episode(
    people: tuple[str, ...] = PEOPLE, said: tuple[str, ...] = SAID, id: EpisodeId = PANEL, show: str = "Talk"
) -> Episode:
    """An episode in which each of the first people said one thing, and the last was only a guest."""
    quotes = tuple(
        Quote(ItemId(f"{id}/quote/{n}"), id, words, "the episode's notes", speaker=speaker)
        for n, (speaker, words) in enumerate(zip(people, said, strict=False))
    )
    guests = tuple(map(Person, people))
    return Episode(id, "The Panel", show, "the episode's notes", guests=guests, quotes=quotes)


def panel(people: tuple[str, ...] = PEOPLE, said: tuple[str, ...] = SAID) -> NotingAssistant:
    """An assistant that knows one such episode."""
    return NotingAssistant((episode(people, said),))


async def test_a_riddle_is_a_real_quote_with_its_speaker_among_four_names() -> None:
    assistant = panel()

    asked = await riddle(assistant, None, Random(1))

    assert asked is not None
    assert dict(zip(SAID, PEOPLE, strict=False))[asked.quote.text] == asked.quote.speaker
    assert asked.quote.speaker in asked.names
    assert len(set(asked.names)) == 4
    assert set(asked.names) < set(PEOPLE)


async def test_everybody_is_quoted_and_offered() -> None:
    assistant, random = panel(), Random(2)

    riddles = [await riddle(assistant, None, random) for _ in range(60)]

    offered = Counter(name for each in riddles if each for name in each.names)
    assert {each.quote.speaker for each in riddles if each} == set(PEOPLE[:4])
    assert set(offered) == set(PEOPLE[:4])  # the fifth is never heard


async def test_in_a_channel_with_a_show_quotes_and_names_are_of_that_show() -> None:
    strangers = ("Fay Ness", "Gus Ode", "Hal Pym", "Ida Rue")
    elsewhere = tuple(f"{words}, said elsewhere" for words in SAID)
    club = episode(strangers, elsewhere, EpisodeId("club-1"), "Clubbing")
    both, random = NotingAssistant((club, episode())), Random(4)

    riddles = [await riddle(both, None, random, "Talk") for _ in range(20)]
    gone = await riddle(both, None, random, "A show that is gone")

    assert {name for each in riddles if each for name in each.names} == set(PEOPLE[:4])
    assert {each.quote.text for each in riddles if each} == set(SAID)
    assert gone is not None


async def test_there_is_no_riddle_for_fewer_than_four_names_or_where_nobody_can_be_quoted() -> None:
    assert await riddle(panel(PEOPLE[:3]), None, Random(1)) is None
    assert await riddle(panel(said=()), None, Random(1)) is None


async def test_words_that_name_their_speaker_are_no_riddle() -> None:
    assert await riddle(panel(said=("As Ada always says, steep it",)), None, Random(1)) is None


async def test_the_quote_itself_says_who_is_right_until_it_is_gone() -> None:
    assistant = panel()
    asked = await riddle(assistant, None, Random(1))
    assert asked is not None

    speaker, quote = asked.quote.speaker or "", asked.quote.id
    told = [await judged(assistant, quote, guessed) for guessed in (speaker, "Zed")]

    assert [each and each.text for each in (*told, await revealed(assistant, quote))] == [
        f"Right, it was {speaker}!",
        f"No, it wasn't Zed: it was {speaker}.",
        f"It was {speaker}.",
    ]
    assert await judged(assistant, quote, speaker[:1], lambda name: name[:1]) == told[0]
    assert await revealed(assistant, ItemId(f"{PANEL}/quote/gone")) is None
