"""Conversations with a library of several shows: what goes on from a question, and what must not."""

import re
from itertools import count
from pathlib import Path

import pytest

from bot.answering import sentences
from bot.operating.opening import open_assistant
from bot.port.messages import Answer, Assistant, ConversationId, Fact, Found, Help, NotFound, Question, Several, Unsure
from bot.port.presentation import comes_near, shown
from tests.bank import marking
from tests.bot.test_many_episodes import add

_CONVERSATIONS = count()


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(marking.TALK_LIBRARY, tmp_path_factory.mktemp("talk"))


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("undated")
    guest = "**Bob Ray:** Beeswax candles burn slowly in a cold cellar.\n\n"
    for number in range(1, 5):
        told = guest if number == 2 else f"**Cora Lind:** I sell candles of beeswax in street {number}.\n\n"
        host = f"**Ann Lee:** Welcome to talk {number} on candles and lamps.\n\n"
        add(library, f"hive-{number}", "Hive Talk", number, host + told + host)
    return open_assistant(library, library / "cache")


async def answers(assistant: Assistant, *questions: str) -> list[Answer]:
    conversation = ConversationId(f"conversation {next(_CONVERSATIONS)}")
    return [await assistant.ask(Question(each, conversation=conversation)) for each in questions]


async def last(assistant: Assistant, *questions: str) -> Answer:
    return (await answers(assistant, *questions))[-1]


def text(answer: Answer) -> str:
    assert not isinstance(answer, Several)
    return answer.text


def voices(answer: Answer) -> set[str | None]:
    assert isinstance(answer, Found | Unsure), answer
    return {each.speaker for each in shown(answer)}


@pytest.mark.parametrize(
    "asked", ["who was on more", "which of them has been on more often?", "and who had more episodes"]
)
async def test_of_two_who_were_asked_about_the_one_who_was_on_more_is_told(talk: Assistant, asked: str) -> None:
    answer = await last(talk, "how often has Tom Hargreaves been on", "and Lena Fischbach?", asked)

    assert text(answer) == "Tom Hargreaves is in more: 3 episodes, against 2 for Lena Fischbach."


async def test_two_who_are_named_are_compared_by_how_often_they_were_on(talk: Assistant) -> None:
    answer = await last(talk, "who was on more, Lena Fischbach or Tom Hargreaves?")

    assert text(answer) == "Tom Hargreaves is in more: 3 episodes, against 2 for Lena Fischbach."


async def test_two_who_were_on_as_often_are_both_named(talk: Assistant) -> None:
    answer = await last(talk, "has Mei Tanaka been on more than Tom Ellery")

    assert text(answer) == "Mei Tanaka and Tom Ellery are in one episode each."


async def test_without_two_to_compare_those_who_were_on_most_are_named(talk: Assistant) -> None:
    answer = await last(talk, "who was on more?")

    assert text(answer).startswith("Heard most often in these 15 episodes:")


async def test_those_are_the_episodes_that_were_listed_until_something_else_is_asked(talk: Assistant) -> None:
    _, longest, shortest, other = await answers(
        talk,
        "which episodes is Tom Hargreaves in?",
        "which one of those is the longest",
        "and which of them is the shortest?",
        "what do they say about lavender?",
    )

    assert text(longest).startswith("The longest episode is Crumb and Comb #6")
    assert text(shortest).startswith("The shortest episode is Crumb and Comb #8")
    assert isinstance(other, Found | Unsure)


async def test_what_else_somebody_said_is_nothing_that_was_shown(talk: Assistant) -> None:
    first, *others = await answers(
        talk, "what did Viktor say about rye?", "what else did he say about it?", "what else did he say?"
    )

    assert isinstance(first, Found)
    seen = {each.id for each in shown(first)}
    for answer in others:
        more = {each.id for each in shown(answer)} if isinstance(answer, Found) else set()
        assert seen.isdisjoint(more)
        seen |= more
    assert text(others[-1]) == sentences.NOTHING_MORE


async def test_what_else_another_said_is_of_the_same_subject(talk: Assistant) -> None:
    answer = await last(talk, "what did Viktor say about rye?", "what else did Marian say about it?")

    assert isinstance(answer, Found)
    assert answer.evidence[0].speaker == "Marian Okafor"
    assert "rye" in answer.evidence[0].text


@pytest.mark.parametrize("asked", ["who disagreed with him?", "who is against it", "anyone disagree?", "who likes it?"])
async def test_who_is_of_another_opinion_is_nobody_who_was_shown(talk: Assistant, asked: str) -> None:
    first, others, him = await answers(talk, "what does Tom Hargreaves say about sensors?", asked, "what about felix")

    assert text(others) == "I can't tell who agrees and who doesn't. What others say about “sensors”:"
    assert voices(first).isdisjoint(voices(others))
    assert voices(him) == {"Felix Brandt"}
    assert isinstance(him, Found)
    assert all("sensor" in each.text for each in him.evidence[:1])


async def test_others_on_the_subject_are_none_of_those_shown(talk: Assistant) -> None:
    first, others = await answers(talk, "what does Tom Hargreaves say about sensors?", "who else talks about it?")

    assert text(others) == "What others say about “sensors”:"
    assert voices(first).isdisjoint(voices(others))


async def test_who_disagrees_with_somebody_may_be_asked_at_once(talk: Assistant) -> None:
    others = await last(talk, "who disagrees with Tom Hargreaves about sensors?")

    assert text(others) == "I can't tell who agrees and who doesn't. What others say about “sensors”:"
    assert "Tom Hargreaves" not in voices(others)


@pytest.mark.parametrize(
    ("question", "kind"),
    [("how much did coal pay for olive stones?", Unsure), ("why did olive stones kill coal?", Found)],
)
async def test_words_without_a_number_only_may_say_how_much_there_was(
    talk: Assistant, question: str, kind: type
) -> None:
    assert isinstance(await last(talk, question), kind)


async def test_where_nobody_else_speaks_of_it_that_is_said(talk: Assistant) -> None:
    answer = await last(talk, "what does Viktor say about lactic acid bacteria", "who disagrees with him?")

    assert isinstance(answer, NotFound | Found)
    assert "Viktor Sandahl" not in (voices(answer) if isinstance(answer, Found) else set())


async def test_the_guest_who_was_just_named_is_he_though_the_notes_name_nobody(undated: Assistant) -> None:
    guest, again, said = await answers(
        undated, "who was the guest on hive talk 2?", "has he been on again?", "what does he say about candles"
    )

    assert "Bob Ray" in text(guest)
    assert text(again).startswith("No. Bob Ray speaks in Hive Talk #2")
    assert voices(said) == {"Bob Ray"}


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("what did Bob Ray say about candles", "who's that?", "Bob Ray speaks in Hive Talk #2: Talk 2."),
        ("what did Bob Ray say about candles", "when?", "Bob Ray said it, in Hive Talk #2: Talk 2."),
        ("what did Bob Ray say about candles", "did he say why?", "What was said around that, in Hive Talk #2:"),
        ("who was the guest on hive talk 2", "and when was that", "The notes for Hive Talk #2 don't say when"),
        ("has Bob Ray been on?", "which episode was that", "It's Hive Talk #2: Talk 2."),
        ("has Cora Lind been on?", "and that was when?", "The last of the 3 episodes with Cora Lind is Hive Talk #4"),
        ("has Cora Lind been on?", "the first time?", "The first of the 3 episodes with Cora Lind is Hive Talk #1"),
        ("how many episodes of Hive Talk are there?", "who hosts it?", "Heard most on Hive Talk: Ann Lee (4"),
        ("what did Bob Ray say about beeswax", "anyone else?", "What others say about “beeswax”"),
        ("what did Bob Ray say about candles", "whos that guy", "Bob Ray speaks in Hive Talk #2: Talk 2."),
        ("what did Bob Ray say about candles", "was that person on?", "Yes. Bob Ray speaks in Hive Talk #2"),
        ("what did Bob Ray say about candles", "why does he think so", "What was said around that, in Hive Talk #2:"),
        ("what did Bob Ray say about beeswax", "does anyone say otherwise", "I can't tell who agrees and who doesn't."),
    ],
)
async def test_what_is_asked_back_is_asked_of_what_was_just_told(
    undated: Assistant, before: str, asked: str, told: str
) -> None:
    assert text(await last(undated, before, asked)).startswith(told)


@pytest.fixture(scope="module")
def two_shows(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("two shows")
    for number, guest in enumerate(("Bob Ray", "Cora Lind", "Dan Fox"), 1):
        talk = f"**Ann Lee:** I am your host, Ann Lee.\n\n**{guest}:** {'Beeswax burns slowly. ' * number}\n\n"
        add(library, f"hive-{number}", "Hive Talk", number, talk)
        told = f"**Eve Moss:** Comets have tails of ice {number}.\n\n**Fay Hill:** I saw a comet, too.\n\n"
        add(library, f"sky-{number}", "Night Sky", number, told)
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("who hosts Hive Talk?", "who did she talk to"),
        ("who hosts Hive Talk?", "who was on it"),
        ("who hosts Hive Talk?", "who were the guests"),
        ("how many episodes of Hive Talk are there?", "who were the guests"),
        ("how many episodes of Hive Talk are there?", "who have they interviewed"),
    ],
)
async def test_after_a_question_about_a_show_its_guests_are_all_of_them(
    two_shows: Assistant, before: str, asked: str
) -> None:
    guests = text(await last(two_shows, "what do they say about comets", before, asked))

    assert all(name in guests for name in ("Bob Ray", "Cora Lind", "Dan Fox"))
    assert "Fay Hill" not in guests


@pytest.mark.parametrize("asked", ["what do they talk about", "what is it about"])
async def test_after_a_question_about_a_show_its_talk_is_that_of_the_show(two_shows: Assistant, asked: str) -> None:
    told = text(await last(two_shows, "who hosts Hive Talk?", asked))

    assert "Hive Talk" in told
    assert "Night Sky" not in told


async def test_who_hosts_a_show_is_she_in_the_next_question(two_shows: Assistant) -> None:
    said = await last(two_shows, "what do they say about comets", "who hosts Hive Talk?", "how many episodes is she in")

    assert "Ann Lee" in text(said)


async def test_after_the_longest_episodes_of_a_show_the_guest_is_that_of_the_first(two_shows: Assistant) -> None:
    assert "Dan Fox" in text(await last(two_shows, "the longest Hive Talk episode", "who was the guest"))


async def test_if_nobody_is_known_to_host_the_episode_talked_about_the_hosts_are_those_of_its_show(
    two_shows: Assistant,
) -> None:
    show = "Eve Moss and Fay Hill are in all 3 episodes of Night Sky; nobody says who hosts it."

    assert text(await last(two_shows, "what did they say about comets", "who are the hosts?")) == show
    assert "Night Sky #2" in text(await last(two_shows, "who hosts Night Sky 2?"))


async def test_of_an_episode_that_was_told_of_there_is_more_to_tell(undated: Assistant) -> None:
    answer = await last(undated, "who was the guest on hive talk 2", "what did they say about it?")

    assert "Hive Talk #2" in text(answer)


async def test_what_else_she_said_is_of_her_whose_words_were_shown(undated: Assistant) -> None:
    answer = await last(undated, "who talks about selling candles", "who said that?", "what else did she say")

    assert voices(answer) == {"Cora Lind"}


async def test_that_is_what_was_picked_and_not_what_was_said_before_it(undated: Assistant) -> None:
    found, around, who = await answers(undated, "who talks about beeswax?", "the second one", "who said that?")

    assert isinstance(found, Found)
    assert isinstance(around, Found)
    assert around.evidence[0].text != found.evidence[1].text
    assert text(who).startswith(f"{found.evidence[1].speaker} said it")


@pytest.mark.parametrize(
    "asked",
    ["who said the second one?", "the second one, who said that?", "who was the 2nd quote by", "who said number 2"],
)
async def test_who_said_one_of_those_that_were_shown_is_told_by_its_number(undated: Assistant, asked: str) -> None:
    found, second, first = await answers(undated, "who talks about beeswax?", asked, "and who said the first one")

    assert isinstance(found, Found)
    assert text(second).startswith(f"{found.evidence[1].speaker} said it")
    assert text(first).startswith(f"{found.evidence[0].speaker} said it")


async def test_who_said_the_first_one_of_nothing_asks_which_is_meant(undated: Assistant) -> None:
    assert isinstance(await last(undated, "hello", "who said the fourth one"), Help)


async def test_where_nobody_says_what_somebody_did_to_a_show_it_is_told_when_they_were_on(undated: Assistant) -> None:
    answer = await last(undated, "why did Bob Ray leave Hive Talk?")

    assert text(answer) == f"{sentences.NOT_SAID_SO} Bob Ray speaks in Hive Talk #2: Talk 2."


async def test_there_is_the_episode_that_was_just_named(talk: Assistant) -> None:
    _, there, absent = await answers(
        talk, "who was the guest in the signal box episode", "what did he say there?", "what did felix say there?"
    )

    assert isinstance(there, Found)
    assert {each.episode.number for each in there.evidence} == {"1"}
    assert text(absent).startswith("Felix Brandt doesn't speak in Branch Line #1")


async def test_who_is_not_in_the_episode_that_is_named_is_quoted_from_elsewhere(talk: Assistant) -> None:
    answer = await last(talk, "what did Viktor say about rye in branch line 2?")

    assert text(answer).startswith("Viktor Sandahl isn't in Branch Line #2.")
    assert voices(answer) == {"Viktor Sandahl"}


async def test_words_that_are_seen_already_are_shown_with_those_around_them(talk: Assistant) -> None:
    first, picked, second = await answers(
        talk, "what do they say about sensors?", "show me the first one", "and the second one?"
    )

    assert isinstance(first, Found)
    assert isinstance(picked, Found)
    assert isinstance(second, Found)
    assert first.evidence[0].id in {each.id for each in picked.evidence}
    assert len(picked.evidence) > 1
    assert first.evidence[1].id in {each.id for each in second.evidence}


async def test_somebody_is_counted_in_another_show_as_in_the_one_before(talk: Assistant) -> None:
    answer = await last(talk, "how often has Lena Fischbach been on branch line?", "and on crumb and comb?")

    assert text(answer) == "Lena Fischbach isn't in any episode of Crumb and Comb."


@pytest.mark.parametrize(
    "asked", ["when was the last time rye came up on crumb and comb", "the last time rye got mentioned on Crumb & Comb"]
)
async def test_the_frame_of_a_question_is_no_part_of_what_is_counted(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert text(answer).startswith("The last mention of “rye” is by José Cárdenas, in Crumb and Comb #7")


@pytest.mark.parametrize(
    "asked", ["how many episodes per year?", "episodes by year", "how many episodes are there each year"]
)
async def test_episodes_are_counted_by_year(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert text(answer).startswith("Episodes by year:\n2021: 2\n2022: 3")


async def test_without_days_there_is_no_count_by_year(undated: Assistant) -> None:
    answer = await last(undated, "how many episodes were there per year?")

    assert text(answer) == f"{sentences.UNDATED} There are 4 episodes."


async def test_what_is_said_of_a_subject_by_year_is_still_counted(talk: Assistant) -> None:
    answer = await last(talk, "how many mentions of rye per year")

    assert isinstance(answer, Fact)
    assert "rye" in answer.text
    assert "2023" in answer.text


@pytest.mark.parametrize("asked", ["remind me to call mum at 6", "wake me at 7", "whats the news today"])
async def test_a_chore_is_refused_though_an_episode_has_the_number(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert text(answer) == sentences.CHORE


@pytest.mark.parametrize("asked", ["are you an ai?", "is this a real person or a bot", "do you use chatgpt"])
async def test_whether_it_is_a_person_is_answered(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert isinstance(answer, Help)
    assert answer.text.startswith("I'm a program, not a person")


@pytest.mark.parametrize(
    "asked", ["when is the next episode coming out?", "when does the next episode of Hive Talk drop"]
)
async def test_nobody_knows_when_the_next_episode_comes_out(undated: Assistant, asked: str) -> None:
    answer = await last(undated, asked)

    assert text(answer) == "I don't know when the next episode comes out. The newest here is Hive Talk #4: Talk 4."


@pytest.mark.parametrize("asked", ["who is the president of the candle makers", "who won the street race last year"])
async def test_what_is_asked_of_the_world_is_not_answered_by_chance(undated: Assistant, asked: str) -> None:
    answer = await last(undated, asked)

    assert isinstance(answer, NotFound)


@pytest.mark.parametrize(
    "asked", ["will it snow on the moon tmrw", "would they sleep there later", "should i go to bed"]
)
async def test_a_question_with_a_word_of_goodbye_is_none(undated: Assistant, asked: str) -> None:
    assert isinstance(await last(undated, asked), NotFound)


async def test_a_subject_is_found_though_no_day_tells_which_episodes_are_of_the_year(undated: Assistant) -> None:
    answer = await last(undated, "what did they say about beeswax in 1987?")

    assert isinstance(answer, Found)
    assert "eeswax" in answer.evidence[0].text


@pytest.mark.parametrize(
    "asked",
    ["did they have Viktor Sandahl and José Cárdenas on together?", "were Viktor and José interviewed together"],
)
async def test_two_guests_of_one_episode_are_asked_about_in_one_question(talk: Assistant, asked: str) -> None:
    answer = await last(talk, asked)

    assert isinstance(answer, Fact)
    assert "are both in" in answer.text


async def test_a_description_that_ends_in_which_number_is_one_question(talk: Assistant) -> None:
    answer = await last(talk, "the one about robots in the lettuce, which number?")

    assert isinstance(answer, Fact)
    assert "Crumb and Comb #5" in answer.text


async def test_what_is_asked_again_elsewhere_is_not_told_as_understood(talk: Assistant) -> None:
    answer = await last(talk, "what do they say about sensors?", "and on branch line?")

    assert isinstance(answer, Found)
    assert answer.understood is None


async def test_how_it_works_is_not_what_was_asked_of_something_else(tmp_path: Path) -> None:
    asked = "**Ann Lee:** So how does it work?\n\n**Bob Ray:** The strainer turns and honey drips through a mesh.\n\n"
    told = "**Cora Lind:** A smoker works by its bellows, which blow cool smoke over the frames of a hive.\n\n"
    add(tmp_path, "hive-1", "Hive Talk", 1, asked * 2)
    add(tmp_path, "hive-2", "Hive Talk", 2, told)

    answer = await last(open_assistant(tmp_path, tmp_path / "cache"), "what is a smoker", "so how does it work?")

    assert voices(answer) == {"Cora Lind"}


async def test_it_stays_the_subject_after_more_was_asked_of_it(undated: Assistant) -> None:
    answer = await last(undated, "what do they say about beeswax?", "how does it work", "and who made it?")

    assert text(answer).startswith("I couldn't find who made beeswax.")
    assert isinstance(answer, Found)
    assert comes_near(answer)


async def test_the_suggestions_are_a_subject_and_a_guest_that_the_library_has(tmp_path: Path) -> None:
    for number in range(1, 19):
        said = "Kubernetes" if number in {3, 9, 18} else "the garden"
        guest = f"**Visitor {number}:** We talked about {said} for years, and {said} was hard.\n\n"
        add(tmp_path, f"hive-{number}", "Hive Talk", number, f"**Ann Lee:** Welcome to the show.\n\n{guest}")
    assistant = open_assistant(tmp_path, tmp_path / "cache")

    answer = await last(assistant, "hello!")

    assert isinstance(answer, Help)
    assert answer.examples == (
        "Which episodes talk about Kubernetes?",
        "How often does Kubernetes come up?",
        "Has Visitor 18 been on?",
    )
    for example in answer.examples:
        assert isinstance(await assistant.ask(Question(example)), Fact), example


async def test_a_question_without_a_subject_is_not_said_to_be_found_nowhere(undated: Assistant) -> None:
    answer = await last(undated, "how often has he been on?")

    assert text(answer) == sentences.WHICH_SUBJECT


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how many episodes since 2024?", "There are 8 episodes in the years since 2024:"),
        ("how many episodes after 2023?", "There are 8 episodes in the years since 2024:"),
        ("how many episodes before 2022?", "There are 2 episodes in the years until 2021:"),
        ("how many episodes in 2022 and 2023", "There are 5 episodes in 2022 and 2023:"),
        ("which guests were on between 2021 and 2023", "7 guests in these 7 episodes of 2021 to 2023:"),
        ("how often does Marian mention bread after 2022?", "Marian Okafor says “bread” once"),
        ("top five guests", "The guests with the most appearances: Tom Hargreaves (3), Lena Fischbach (2),"),
    ],
)
async def test_years_and_numbers_are_read_as_people_say_them(talk: Assistant, question: str, said: str) -> None:
    assert text(await last(talk, question)).startswith(said)


@pytest.mark.parametrize("question", ["how many episodes since 2024?", "how often do they mention wax before 2020?"])
async def test_where_nothing_tells_when_no_years_are_made_up(undated: Assistant, question: str) -> None:
    assert text(await last(undated, question)) == sentences.UNDATED


async def test_what_was_said_some_time_is_shown_without_the_time_where_nothing_tells_it(undated: Assistant) -> None:
    answer = await last(undated, "what did they say about candles before 2020?")

    assert text(answer).startswith(sentences.UNDATED)
    assert isinstance(answer, Found)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("wordy")
    for number, kind in enumerate(("thin", "tall", "dear", "soft", "dark", "cheap", "heavy", "round", "yellow"), 1):
        said = f"**Bob Ray:** My {kind} candles of beeswax burn for {number} hours in a {kind} cellar.\n\n"
        told = f"**{kind.title()} Lind:** I sell candles, and the {kind} ones drip on the {kind} table.\n\n"
        add(library, f"hive-{number}", "Hive Talk", number, f"{said}**Ann Lee:** It rained in {number}.\n\n{told}")
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize("between", ["who said that?", "when was that", "are you sure?"])
async def test_who_said_it_does_not_end_what_more_there_is(wordy: Assistant, between: str) -> None:
    candles, _, more = await answers(wordy, "what do they say about candles?", between, "more")
    _, at_once = await answers(wordy, "what do they say about candles?", "more")

    assert isinstance(candles, Found)
    assert candles.more
    assert isinstance(more, Found)
    assert more == at_once


async def test_what_goes_back_to_words_that_may_be_it_is_no_surer(talk: Assistant) -> None:
    offered, said, episode = await answers(talk, "what happens to old combs", "when was that", "which episode was that")

    assert isinstance(offered, Unsure)
    assert isinstance(said, Unsure)
    assert said.text.startswith(f"{sentences.MAYBE_THAT} ")
    assert text(episode).startswith(f"{sentences.MAYBE_THAT} ")


async def test_that_is_every_episode_of_which_words_were_shown(talk: Assistant) -> None:
    bees, episode = await answers(talk, "what do they say about bees?", "which episode was that?")

    assert isinstance(bees, Found)
    places = list(dict.fromkeys(each.episode for each in shown(bees)))
    assert len(places) > 1
    assert isinstance(episode, Fact)
    assert list(episode.episodes) == places


@pytest.mark.parametrize(
    "asked", ["what did he mean with that?", "what does she mean by that", "what was he getting at"]
)
async def test_what_somebody_meant_is_shown_by_what_they_said_around_it(talk: Assistant, asked: str) -> None:
    first, around = await answers(talk, "what did Viktor say about rye?", asked)

    assert isinstance(first, Found)
    assert isinstance(around, Found)
    assert around.text.startswith("What was said around that")


async def test_a_word_that_is_often_only_said_to_the_bot_goes_on_from_a_subject(undated: Assistant) -> None:
    _, testing, alone = await answers(undated, "what do they say about candles?", "and testing", "testing")

    assert not isinstance(testing, Help)
    assert isinstance(alone, Help)


@pytest.mark.parametrize("asked", ["and Felix, what does he think", "but felix brandt, what did he say about it"])
async def test_who_turns_to_somebody_else_asks_once_and_on_the_same_subject(talk: Assistant, asked: str) -> None:
    answer = await last(talk, "what does Tom Hargreaves say about sensors?", asked)

    assert voices(answer) == {"Felix Brandt"}
    assert isinstance(answer, Found)
    assert "sensor" in answer.evidence[0].text


async def test_who_turns_to_somebody_else_with_another_subject_asks_for_that_alone(talk: Assistant) -> None:
    answer = await last(talk, "what does Tom Hargreaves say about sensors?", "and Viktor, what did he say about rye")

    assert isinstance(answer, Found)
    assert "rye" in answer.evidence[0].text
    assert "sensor" not in answer.evidence[0].text


@pytest.mark.parametrize("turn", ["what about on branch line", "anything on branch line?", "and on branch line"])
async def test_another_place_is_asked_about_the_subject_before(talk: Assistant, turn: str) -> None:
    answer = await last(talk, "what did they say about sensors?", turn)

    assert isinstance(answer, Found)
    assert {each.episode.show for each in answer.evidence} == {"Branch Line"}
    assert all("sensor" in each.text for each in answer.evidence[:2])


async def test_when_something_was_said_is_told_with_its_time(talk: Assistant, undated: Assistant) -> None:
    time = await last(talk, "what does Tom Hargreaves say about sensors?", "when was that")
    day = await last(undated, "what does Bob Ray say about candles?", "how long ago was that")

    assert re.search(r"said it at \d+:\d\d, in .+ \(\d+ \w+ 20\d\d\)\.$", text(time))
    assert text(day) == "The notes for Hive Talk #2 don't say when it came out."


async def test_what_he_said_after_that_is_his(talk: Assistant) -> None:
    answer = await last(talk, "what does Tom Hargreaves say about sensors?", "what did he say after that")

    assert voices(answer) == {"Tom Hargreaves"}


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("is Idris Calloway a host", "Yes."),
        ("was Tom Hargreaves on more than once", "Yes."),
        ("was Tom Ellery on more than once", "No."),
        ("was Tom Ellery on any other episodes", "No."),
        ("has Tom Ellery been on elsewhere", "No."),
        ("did Tom Ellery ever come back", "No."),
        ("has Tom Hargreaves been on any others", "Yes."),
        ("is Tom Hargreaves in anything else", "Yes."),
        ("is Idris Calloway on every Branch Line episode", "Yes."),
        ("was Tom Ellery on every Branch Line episode", "No."),
        (
            "was Idris Calloway ever a host of Crumb and Comb",
            "No. Idris Calloway hasn't been on Crumb and Comb.",
        ),
        (
            "was Idris Calloway a host or a guest of Crumb and Comb",
            "Idris Calloway hasn't been on Crumb and Comb. Idris",
        ),
    ],
)
async def test_yes_or_no_comes_first_of_people(talk: Assistant, asked: str, begins: str) -> None:
    assert text(await last(talk, asked)).startswith(begins)


@pytest.mark.parametrize(
    ("asked", "role"),
    [
        ("is Ann Lee a host", "Yes."),
        ("is Ann Lee a guest", "No, a host."),
        ("is bob ray a host", "No, a guest."),
        ("is bob ray a guest or a host", "A guest."),
    ],
)
async def test_without_notes_who_speaks_in_most_episodes_is_the_host(undated: Assistant, asked: str, role: str) -> None:
    assert text(await last(undated, asked)).startswith(role)


@pytest.mark.parametrize(
    "asked", ["what besides beeswax do they say about candles", "candles, not beeswax", "candles other than beeswax"]
)
async def test_what_a_subject_is_to_leave_out_is_not_shown_first(undated: Assistant, asked: str) -> None:
    answer = await last(undated, asked)

    assert isinstance(answer, Found | Unsure)
    assert "beeswax" not in answer.evidence[0].text.casefold()


@pytest.mark.parametrize("asked", ["do you like candles", "what do you think about candles"])
async def test_who_asks_what_the_bot_thinks_is_told_that_it_thinks_nothing(undated: Assistant, asked: str) -> None:
    assert text(await last(undated, asked)).startswith(sentences.NO_VIEW)


@pytest.mark.parametrize("asked", ["will candles be cheaper", "what will candles cost next year"])
async def test_what_is_to_come_is_not_told(undated: Assistant, asked: str) -> None:
    answer = await last(undated, asked)

    assert isinstance(answer, NotFound) or text(answer).startswith(sentences.TO_COME)


@pytest.mark.parametrize("asked", ["when will a candle burn", "what will happen if candles burn"])
async def test_what_is_so_at_any_time_is_not_to_come(undated: Assistant, asked: str) -> None:
    assert sentences.TO_COME not in text(await last(undated, asked))


@pytest.mark.parametrize("asked", ["is that recent?", "was that a long time ago", "thats old", "how recent is that"])
async def test_whether_something_is_recent_is_answered_with_its_day(
    talk: Assistant, undated: Assistant, asked: str
) -> None:
    day = await last(talk, "what did they say about sensors?", asked)
    unknown = await last(undated, "what does Bob Ray say about candles?", asked)

    assert text(day).startswith(
        "The first words I showed you are from Crumb and Comb #6: Winter losses (27 January 2025), the rest from"
    )
    assert text(unknown) == "The notes for Hive Talk #2 don't say when it came out."


@pytest.mark.parametrize("asked", ["more like that", "anything else like that?", "other episodes like this"])
async def test_more_like_an_episode_is_more_on_what_it_was_found_for(talk: Assistant, asked: str) -> None:
    *_, summary, more = await answers(talk, "what did they say about sensors?", "summarize that episode", asked)

    assert text(more) != text(summary)
    assert "“sensors”" in text(more)


@pytest.mark.parametrize("asked", ["how much", "how much is it?", "and how much exactly"])
async def test_how_much_asks_for_a_number_on_the_subject(talk: Assistant, undated: Assistant, asked: str) -> None:
    numbers = await last(talk, "what did they say about sensors?", asked)
    none = await last(undated, "what does Bob Ray say about candles?", asked)

    assert isinstance(numbers, Found)
    assert "three of them" in shown(numbers)[0].text
    assert text(none).startswith(sentences.NO_NUMBER)


async def test_how_many_times_after_what_somebody_said_counts_that(talk: Assistant) -> None:
    said = await last(talk, "what does Tom Hargreaves say about sensors?", "how many times")
    was_on = await last(talk, "has Tom Hargreaves been on?", "how many times")

    assert text(said).startswith("Tom Hargreaves says “sensors” 6 times")
    assert text(was_on).startswith("Tom Hargreaves is in 3 episodes")


async def test_before_that_is_the_episode_before_with_the_same_guest(talk: Assistant) -> None:
    told = await answers(
        talk, "when was Tom Hargreaves last on?", "and before that", "and before that?", "and after that"
    )

    assert [text(each).partition(":")[0] for each in told[1:]] == [
        "Crumb and Comb #6",
        "Crumb and Comb #1",
        "Crumb and Comb #6",
    ]


async def test_before_that_is_the_episode_before_of_the_show(talk: Assistant) -> None:
    answer = await last(talk, "who was the guest in Machines that listen?", "and before that?")

    assert text(answer).startswith("The guest on Branch Line #5 is")


async def test_the_first_time_is_that_of_who_was_last_on(talk: Assistant) -> None:
    answer = await last(talk, "when was Tom Hargreaves last on?", "what about the first time")

    assert text(answer).startswith("The first of the 3 episodes with Tom Hargreaves is Crumb and Comb #1")


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("who was on with Lena Fischbach?", "Idris Calloway"),
        ("who interviewed Tom Hargreaves?", "Marian Okafor"),
        ("who asked Tom Hargreaves about sensors", "Marian Okafor"),
    ],
)
async def test_who_that_is_asks_of_who_was_the_answer(talk: Assistant, question: str, who: str) -> None:
    assert text(await last(talk, question, "who's that?")).startswith(who)


async def test_the_other_guest_is_who_was_named_beside_the_one(talk: Assistant) -> None:
    guests, meant = "who was the guest in Machines that listen?", "no, I meant the other guest"

    assert text(await last(talk, guests, meant)).startswith("Hugh Pemberton is a guest")
    assert text(await last(talk, guests, "who's that", "who's the other guest?")).startswith(
        "Hugh Pemberton is a guest"
    )
    assert voices(await last(talk, guests, "what did he say about sensors", meant)) == {"Hugh Pemberton"}


async def test_the_other_guest_is_anybody_else_where_nobody_was_named_beside_the_one(talk: Assistant) -> None:
    answer = await last(talk, "what does Tom Hargreaves say about sensors?", "no I meant the other guest")

    assert text(answer).startswith("What others say about “sensors”")
    assert "Tom Hargreaves" not in voices(answer)


@pytest.mark.parametrize("asked", ["what else did he say?", "more", "tell me more"])
async def test_what_else_somebody_said_who_was_just_told_of_is_quoted(talk: Assistant, asked: str) -> None:
    answer = await last(talk, "who is Tom Hargreaves?", asked)

    assert text(answer) == "Here are 3 by Tom Hargreaves."


@pytest.mark.parametrize("before", [(), ("who invented the zamboni?",)])
async def test_what_he_said_is_not_shown_as_his_where_nobody_tells_who_he_is(
    talk: Assistant, before: tuple[str, ...]
) -> None:
    answer = await last(talk, *before, "what did he say about sensors?")

    assert text(answer).startswith("I'm not sure who you mean.")
    assert isinstance(answer, Found)


@pytest.mark.parametrize("asked", ["same for sensors", "and the same with sensors?"])
async def test_the_same_for_another_subject_counts_that(talk: Assistant, asked: str) -> None:
    told = await answers(talk, "how often did they mention rye", asked, "which more?")

    assert text(told[1]).startswith("“sensors” comes up 38 times")
    assert text(told[2]).startswith("“sensors” comes up 38 times, “rye” 11 times.")


async def test_the_same_for_a_year_is_counted_there_or_said_to_be_unknown(talk: Assistant, undated: Assistant) -> None:
    counted = await last(talk, "how often did they mention rye", "same for 2023")
    unknown = await last(undated, "how often did they mention candles", "same for 2023")

    assert text(counted).startswith("“rye” comes up 4 times, in 1 of 2 episodes of 2023")
    assert text(unknown) == sentences.UNDATED


@pytest.mark.parametrize(
    ("question", "guest"), [("episodes about sensors", "Mei Tanaka"), ("which is the longest episode", "José Cárdenas")]
)
async def test_who_was_on_after_episodes_in_their_order_asks_of_the_first(
    talk: Assistant, question: str, guest: str
) -> None:
    assert guest in text(await last(talk, question, "who was the guest?"))


async def test_who_says_it_more_compares_how_often_two_say_what_was_counted(talk: Assistant) -> None:
    counted = ("how often does Tom Hargreaves say sensor", "and Lena Fischbach")

    for asked in ("who says it more?", "who more", "and who says that more often"):
        answer = await last(talk, *counted, asked)
        assert text(answer).startswith("Tom Hargreaves says “sensor” 6 times, Lena Fischbach 5 times.")


async def test_a_newer_mention_of_what_was_found_is_the_last(talk: Assistant) -> None:
    answer = await last(talk, "ever talk about rye?", "is there a newer one")

    assert text(answer).startswith("The last mention of “rye” is by José Cárdenas")


@pytest.mark.parametrize("asked", ["is that true?", "are you sure", "did he really say that?"])
async def test_a_long_passage_that_was_shown_is_not_denied(tmp_path: Path, asked: str) -> None:
    told = (
        "Strip down the skep; no floors, no frames we don't need... And then just pack the swarm or the cast in there. "
        "That means you could be using the old lids, but all you're really doing is keeping these lightweight skeps "
        "beside the existing stuff... And now we can take the eight years of bees in the orchard, or in the garden, "
        "and pair it with all the beautiful things we like about skeps."
    )
    add(tmp_path, "hive-1", "Hive Talk", 1, f"**Ann Lee:** Welcome.\n\n**Bob Ray:** {told}\n")
    assistant = open_assistant(tmp_path, tmp_path / "cache")

    answer = await last(assistant, "what did Bob Ray say about skeps?", asked)

    assert text(answer) == "Yes, it was said word for word in Hive Talk #1. Bob Ray said it."


@pytest.mark.parametrize("asked", ["who's second?", "and second most", "and who comes after that"])
async def test_who_is_second_is_told_beside_the_first_once_more(talk: Assistant, asked: str) -> None:
    for question in ("who talks most about sensors?", "who was on most often on Branch Line"):
        first, again = await answers(talk, question, asked)
        assert again == first


async def test_when_an_episode_on_a_subject_was_is_the_day_of_the_first_that_was_listed(talk: Assistant) -> None:
    answer = await last(talk, "is there an episode on sensors", "when was it?")

    assert text(answer).startswith("Crumb and Comb #5 came out on ")


@pytest.mark.parametrize(
    "asked",
    [
        "who's that woman who hosts Branch Line",
        "which guy co-hosts branch line?",
        "who is the lady hosting Branch Line",
    ],
)
async def test_whoever_hosts_a_show_is_its_host(talk: Assistant, asked: str) -> None:
    assert "Petra Novotná" in text(await last(talk, asked))


async def test_guests_of_one_kind_are_not_all_guests(undated: Assistant) -> None:
    for asked in ("how many women were guests", "how many developers were guests here?"):
        assert not isinstance(await last(undated, asked), Fact)


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("lives")
    guest = (
        "**Bob Ray:** I served in the navy for two years, and then I kept bees.\n\n"
        "**Bob Ray:** We got so much grant money for hives. The grant money came from the Wax Foundation.\n\n"
        "**Bob Ray:** Later I was in prison, and in prison I read about bees.\n\n"
        "**Bob Ray:** At my first job I felt like a fraud, everyone was smarter than me.\n\n"
        "**Cora Lind:** Flo Amsel is taller than Bob, by a head. You're older than he is, listeners.\n\n"
    )
    host = "**Ann Lee:** Welcome to talk {number} on candles and lamps.\n\n"
    for number in range(1, 5):
        add(library, f"hive-{number}", "Hive Talk", number, host.format(number=number) + guest * (number == 2) + host)
    add(library, "hive-9", "Hive Talk", 9, "**Flo Amsel:** I sell lamps.\n\n")
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    ("asked", "more", "told"),
    [
        ("did Bob Ray serve in the navy?", "how long", "two years"),
        ("did Bob Ray serve in the navy?", "and how long for?", "two years"),
        ("why did Bob Ray get so much grant money", "from who", "Wax Foundation"),
    ],
)
async def test_a_short_question_after_what_somebody_did_is_about_that(
    lives: Assistant, asked: str, more: str, told: str
) -> None:
    answer = await last(lives, asked, more)

    assert isinstance(answer, Found | Unsure)
    assert "said it" not in answer.text
    assert told in " ".join(each.text for each in answer.evidence)


async def test_a_short_question_after_a_claim_or_an_episode_is_about_that(lives: Assistant) -> None:
    whose = await last(lives, "did anyone say that they read about bees in prison?", "from who")
    length = await last(lives, "what is the latest episode about?", "how long")

    assert text(whose).startswith("Bob Ray said it")
    assert text(length).startswith("The notes for Hive Talk #9 don't say")


async def test_a_guest_who_did_something_is_not_whoever_was_on_most(lives: Assistant) -> None:
    answer = await last(lives, "which guest was in prison while being on the show??")

    assert voices(answer) == {"Bob Ray"}


@pytest.mark.parametrize(
    ("message", "helps"),
    [
        ("i feel like a fraud at my new job, everyone is smarter than me. help", False),
        ("my beeswax candles burn too fast. help!", False),
        ("this is cool. help", True),
        ("i don't get it. help", True),
    ],
)
async def test_what_is_told_before_help_is_looked_up(lives: Assistant, message: str, *, helps: bool) -> None:
    assert isinstance(await last(lives, message), Help) == helps


async def test_two_people_are_compared_only_by_words_on_both(lives: Assistant) -> None:
    both = await last(lives, "is Flo Amsel taller than Bob?")
    one = await last(lives, "is Flo Amsel older than Bob?")
    things = await last(lives, "is Bob Ray older than bees?")

    assert "Flo Amsel is taller than Bob, by a head." in both.evidence[0].text  # type: ignore[union-attr]
    assert text(one) == sentences.NOBODY_COMPARES
    assert text(things) != sentences.NOBODY_COMPARES
