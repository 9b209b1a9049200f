"""Questions that name a show, a season or a year are answered from that part of the library alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.port.messages import Answer, Episode, EpisodeId, Fact, Found, ItemId, Question
from bot.understanding.sentences import vocabulary
from knowledge.model import Passage, Person, Topic
from knowledge.search import Search

MAYA, TOM, INES, IDRIS = "Maya Keller", "Tom Ellery", "Ines Duarte", "Idris Calloway"
HIVE, BRANCH = "Hive Talk", "Branch Line"


Name = tuple[str, str, str, int, date]


def episode(name: Name) -> Episode:
    id, show, number, season, published = name
    (host, _), *others = TALKS[name]
    return Episode(
        id=EpisodeId(id),
        title=f"The talk called {id}",
        show=show,
        source="the transcript",
        number=number,
        season=season,
        published=published,
        hosts=(Person(host),),
        guests=tuple(Person(who) for who, _ in others),
    )


TALKS: Mapping[Name, Sequence[tuple[str, str]]] = {
    ("branch-2", BRANCH, "2", 2, date(2023, 5, 5)): ((IDRIS, "Steam hisses, and honey sticks."),),
    ("hive-22", HIVE, "2", 2, date(2022, 3, 10)): (
        (MAYA, "Mites spread."),
        (INES, "Acid helps against mites."),
        (TOM, "Thymol smells."),
    ),
    ("hive-21", HIVE, "1", 2, date(2021, 2, 10)): ((MAYA, "Queens return."), (TOM, "The queen lays eggs.")),
    ("hive-12", HIVE, "2", 1, date(2020, 6, 10)): ((MAYA, "Winter is long."), (INES, "Bees eat honey in winter.")),
    ("hive-11", HIVE, "1", 1, date(2020, 1, 10)): ((MAYA, "I love honey."), (TOM, "Honey is a landscape.")),
    ("branch-1", BRANCH, "1", 2, date(2019, 5, 5)): ((IDRIS, "Signals closed."), (TOM, "I kept bees for honey there.")),
}


def opened(
    names: Collection[Name] = tuple(TALKS), change: Callable[[Episode], Episode] = lambda each: each
) -> EpisodeAssistant:
    episodes = tuple(change(episode(name)) for name in names)
    passages = tuple(
        Passage(ItemId(f"{name[0]}/passage/{at}"), EpisodeId(name[0]), at, text, "the transcript", who)
        for name in names
        for at, (who, text) in enumerate(TALKS[name])
    )
    speakers = {EpisodeId(name[0]): tuple(dict.fromkeys(who for who, _ in TALKS[name])) for name in names}
    search = Search.over(episodes, passages, extra_words=vocabulary())
    return EpisodeAssistant(OpenLibrary(episodes, search, speakers))


@pytest.fixture(scope="module")
def assistant() -> EpisodeAssistant:
    return opened()


def shown(answer: Answer) -> list[str]:
    assert isinstance(answer, Fact), answer
    return [each.id for each in answer.episodes]


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("latest episode of season 2 of Hive Talk", "hive-22"),
        ("the last episode of Hive Talk in season 1", "hive-12"),
        ("who hosted the last episode of Hive Talk season 1?", "hive-12"),
        ("first episode of season 2 of Hive Talk", "hive-21"),
        ("the last episode of 2020", "hive-12"),
        ("what was the first episode in 2021?", "hive-21"),
        ("latest Hive Talk episode before 2021", "hive-12"),
        ("the first episode since 2021", "hive-21"),
        ("who was the guest on the last episode of 2020?", "hive-12"),
        ("who was on the latest episode on Branch Line?", "branch-2"),
        ("who was the guest of episode 1 on Branch Line?", "branch-1"),
        ("what was the last episode about honey in 2020?", "hive-12"),
        ("the last episode about honey on Hive Talk", "hive-12"),
        ("latest episode of season 2", "branch-2"),
    ],
)
async def test_the_first_and_the_latest_episode_are_those_of_the_part_that_is_named(
    assistant: EpisodeAssistant, question: str, id: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert shown(answer) == [id]


async def test_a_year_without_an_episode_has_no_last_one(assistant: EpisodeAssistant) -> None:
    answer = await assistant.ask(Question("the last episode of 2011"))

    assert answer.text == "The library has no episodes from 2011."


async def test_the_latest_of_a_season_is_the_latest_by_its_day_whichever_show_is_newest() -> None:
    older = [name for name in TALKS if name[0] in {"branch-2", "hive-21", "branch-1"}]

    answer = await opened(older).ask(Question("latest episode before 2022"))

    assert shown(answer) == ["hive-21"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("was Tom Ellery on in 2020?", "Yes. Tom Ellery is the guest on Hive Talk S1E1: The talk called hive-11."),
        ("was Tom Ellery on in 2023?", "Tom Ellery isn't in any episode of 2023. Tom Ellery is a guest on"),
        ("was Ines Duarte on Branch Line?", "Ines Duarte hasn't been on Branch Line. Ines Duarte is a guest on"),
        ("was Ines Duarte on Branch Line episode 1?", "Ines Duarte doesn't speak in Branch Line S2E1."),
        ("is Maya Keller a host on Branch Line?", "No. Maya Keller hasn't been on Branch Line."),
    ],
)
async def test_whether_somebody_was_on_is_told_of_the_part_that_is_named(
    assistant: EpisodeAssistant, question: str, text: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert answer.text.startswith(text)


async def test_the_episodes_of_somebody_are_those_of_the_part_that_is_named(assistant: EpisodeAssistant) -> None:
    answer = await assistant.ask(Question("which episodes was Tom Ellery on in season 2 of Hive Talk?"))

    assert shown(answer) == ["hive-22", "hive-21"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("which episodes does Tom Ellery mention honey in?", "Tom Ellery talks about “honey” in 2 episodes: "),
        ("all episodes about honey with Tom Ellery", "Tom Ellery talks about “honey” in 2 episodes: "),
        ("which episodes with Tom Ellery are about mites?", "One episode with Tom Ellery mentions “mites”: Hive Talk"),
        ("which episodes does Ines Duarte mention steam in?", "I found no episode with Ines Duarte that mentions"),
        (
            "latest episode where Tom Ellery talks about honey",
            "The most recent episode in which Tom Ellery talks about “honey” is Hive Talk S1E1",
        ),
    ],
)
async def test_the_episodes_on_a_subject_are_those_of_the_person_who_is_named(
    assistant: EpisodeAssistant, question: str, text: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert answer.text.startswith(text)


@pytest.mark.parametrize("question", ["first episode", "latest episode", "what was the first episode of Hive Talk?"])
async def test_without_days_and_numbers_no_episode_is_the_first(question: str) -> None:
    answer = await opened(change=lambda each: replace(each, published=None, number=None)).ask(Question(question))

    assert answer.text == "The library doesn't say when episodes came out, and they have no numbers."


async def test_a_bonus_without_a_day_leaves_the_others_in_their_order() -> None:
    def bonus(each: Episode) -> Episode:
        return replace(each, published=None, number=None, season=None) if each.id == "hive-12" else each

    answer = await opened(change=bonus).ask(Question("last mention of bees"))

    assert isinstance(answer, Found)
    assert answer.text.startswith("The last mention of “bees” is by Tom Ellery, in Branch Line S2E1, 5 May 2019.")


async def test_the_topics_of_a_channel_about_a_show_are_those_of_the_show() -> None:
    def noted(each: Episode) -> Episode:
        topic = Topic(ItemId(f"{each.id}/topic/it"), each.id, f"All of {each.id}", "What it is about.", "the notes")
        return replace(each, topics=(topic,))

    answer = await opened(change=noted).ask(Question("topics", show=BRANCH))

    assert answer.text == "The notes of Branch Line cover 2 topics:\nAll of branch-2\nAll of branch-1"


async def test_all_episodes_are_counted_for_no_single_show(assistant: EpisodeAssistant) -> None:
    answer = await assistant.ask(Question("how many episodes are there?"))

    assert isinstance(answer, Fact)
    assert [(each.label, each.count) for each in answer.counts] == [("library", 6)]


async def test_whose_name_is_a_part_of_another_one_is_told_for_that_other_person_nowhere() -> None:
    def with_a_namesake(each: Episode) -> Episode:
        return replace(each, guests=(*each.guests, Person("Maya Keller Smith"))) if each.id == "hive-22" else each

    answer = await opened(change=with_a_namesake).ask(Question("who is Maya Keller?"))

    assert answer.text.startswith("Maya Keller is the host of Hive Talk S2E2")


@pytest.mark.parametrize("question", ["Hive Talk s02e01", "S02E01 of Hive Talk", "Hive Talk season 2 episode 01"])
async def test_a_number_may_have_zeros_before_it(assistant: EpisodeAssistant, question: str) -> None:
    assert shown(await assistant.ask(Question(question))) == ["hive-21"]
