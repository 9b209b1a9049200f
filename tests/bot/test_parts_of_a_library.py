"""Questions that name a show, a season or a year are answered from that part of the library alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.port.messages import Answer, ConversationId, Episode, EpisodeId, Fact, Found, ItemId, NotFound, Question, Scope
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
    names: Collection[Name] = tuple(TALKS),
    change: Callable[[Episode], Episode] = lambda each: each,
    label: Callable[[str, str], str] = lambda _, who: who,
    talks: Mapping[Name, Sequence[tuple[str, str]]] = TALKS,
) -> EpisodeAssistant:
    episodes = tuple(change(episode(name)) for name in names)
    passages = tuple(
        Passage(ItemId(f"{name[0]}/passage/{at}"), EpisodeId(name[0]), at, text, "the transcript", label(name[0], who))
        for name in names
        for at, (who, text) in enumerate(talks[name])
    )
    speakers = {
        EpisodeId(name[0]): tuple(dict.fromkeys(label(name[0], who) for who, _ in talks[name])) for name in names
    }
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


@pytest.mark.parametrize(
    "question",
    ["first episode", "latest episode", "what was the first episode of Hive Talk?", "latest Hive Talk episode"],
)
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

    answer = await opened(change=noted).ask(Question("topics", Scope(show=BRANCH)))

    assert answer.text == "The notes of Branch Line cover 2 topics:\nAll of branch-2\nAll of branch-1"


async def test_a_channel_about_a_show_is_offered_no_topics_of_others() -> None:
    def noted(each: Episode) -> Episode:
        topic = Topic(ItemId(f"{each.id}/topic/all"), each.id, f"All of {each.id}", "What is said.", "the notes")
        return replace(each, topics=(topic,))

    answer = await opened(change=noted).ask(Question("which guests came back?", Scope(show=BRANCH)))

    assert isinstance(answer, NotFound)
    assert answer.suggestions
    assert {each.episode for each in answer.suggestions} <= {"branch-2", "branch-1"}


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


@pytest.mark.parametrize(
    ("turns", "begins"),
    [
        (
            ["who was on Hive Talk season 1 episode 2?", "who was on the next episode?"],
            "The guest on Hive Talk S2E1 is Tom",
        ),
        (
            ["who was on season 1 of Hive Talk episode 2?", "what about the previous episode?"],
            "The guest on Hive Talk S1E1",
        ),
        (
            ["who was the guest on the first episode of Hive Talk?", "the previous episode"],
            "There is none: Hive Talk S1E1",
        ),
        (["who was the guest on the latest Hive Talk episode?", "the next episode"], "There is none: Hive Talk S2E2"),
        (["who was on Hive Talk in 2020?", "and in 2021?"], "One guest in Hive Talk S2E1: Tom Ellery."),
        (
            ["who was on season 1 of Hive Talk?", "and season 2?"],
            "2 guests in these 2 episodes of season 2 of Hive Talk",
        ),
        (
            ["how many hosts are there?"],
            "1 host of Branch Line: Idris Calloway (2 episodes).\n1 host of Hive Talk: Maya",
        ),
        (["how many guests were there?"], "2 guests in these 6 episodes: "),
        (["was Tom on Hive Talk in 2020?"], "Yes. Tom Ellery is the guest on Hive Talk S1E1"),
        (["was Ines Duarte on Hive Talk in 2021?"], "Ines Duarte isn't in any episode of Hive Talk in 2021."),
        (["when was Ines last on in 2021?"], "Ines Duarte isn't in any episode of 2021. The last of the 2 episodes"),
        (
            ["how often is honey mentioned on Hive Talk and Branch Line?"],
            "“honey” comes up 5 times, in 4 of 6 episodes of Hive",
        ),
        (["list the episodes of Hive Talk and Branch Line"], "There are 6 episodes"),
        (["how many episodes with Tom mention honey?"], "Tom Ellery talks about “honey” in 2 episodes"),
        (["first mention of honey by Ines"], "The only mention of “honey” is by Ines Duarte, in Hive Talk S1E2"),
        (["did Ines leave Hive Talk?", "what does she say about honey?"], "From Hive Talk S1E2"),
        (["what did they say about honey in 2011?"], "The library has no episodes from 2011. "),
        (["which episodes mention winter honey?"], "One episode fits “winter honey”"),
    ],
)
async def test_what_is_asked_of_a_part_of_the_library_is_told_of_that_part(turns: Sequence[str], begins: str) -> None:
    assistant = opened()

    for turn in turns:
        answer = await assistant.ask(Question(turn, conversation=ConversationId("parts")))

    assert answer.text.startswith(begins), answer.text


async def test_what_somebody_says_under_another_name_counts_as_theirs() -> None:
    assistant = opened(label=lambda talk, who: "Tom" if (talk, who) == ("hive-11", TOM) else who)

    answer = await assistant.ask(Question("how often does Tom Ellery say honey?"))

    assert answer.text.startswith("Tom Ellery says “honey” twice"), answer.text


async def test_the_words_of_guests_from_somewhere_are_looked_for_where_they_are_not_named() -> None:
    talk = (
        (MAYA, "Today Ines joins us."),
        (INES, "I work at Mitewatch, and mites hate thymol."),
        (TOM, "Thymol smells."),
    )
    assistant = opened(talks={**TALKS, ("hive-22", HIVE, "2", 2, date(2022, 3, 10)): talk})

    answer = await assistant.ask(Question("what did the woman from Mitewatch say about thymol?"))

    assert isinstance(answer, Found)
    assert {each.speaker for each in answer.evidence} == {INES}


@pytest.mark.parametrize(
    "asked", ["no, I meant the other show", "what about the other podcast?", "not on Hive Talk", "and on other shows?"]
)
async def test_the_other_show_is_asked_the_same(assistant: EpisodeAssistant, asked: str) -> None:
    conversation = ConversationId(asked)
    await assistant.ask(Question("what did they say about honey on Hive Talk?", conversation=conversation))

    answer = await assistant.ask(Question(asked, conversation=conversation))

    assert isinstance(answer, Found)
    assert {each.episode.show for each in answer.evidence} == {BRANCH}


@pytest.mark.parametrize("asked", ["and on the other show?", "and on Branch Line?"])
async def test_episodes_on_a_subject_are_listed_of_another_show(assistant: EpisodeAssistant, asked: str) -> None:
    conversation = ConversationId(f"listed {asked}")
    await assistant.ask(Question("which episodes of Hive Talk are about honey?", conversation=conversation))

    answer = await assistant.ask(Question(asked, conversation=conversation))

    assert set(shown(answer)) == {"branch-1", "branch-2"}


async def test_with_one_show_there_is_no_other() -> None:
    assistant = opened([name for name in TALKS if name[1] == HIVE])
    conversation = ConversationId("one")
    await assistant.ask(Question("what did they say about honey?", conversation=conversation))

    answer = await assistant.ask(Question("no, the other show", conversation=conversation))

    assert not isinstance(answer, NotFound)
