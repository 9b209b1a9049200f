"""What can be counted is counted exactly, of what was searched, and the numbers are fields as well as sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.answering.sentences import UNDATED
from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, ConversationId, Division, EpisodeId, Fact, Found, Help, NotFound, Question
from knowledge.model import Scope

_HONEY = "**Ann Lee:** Honey, honey and royal jelly.\n\n**Bob Ray:** Honey is sweet. I test honey. Testing is fun.\n"
_TEA = "**Bob Ray:** Tea with honey.\n\n**Cora Lind:** Royal tea. Jelly, royal jelly!\n"
_SKY = "**Ann Lee:** Comets have tails of ice.\n\n**Ada Ford:** I saw a comet.\n"


def _add(library: Path, name: str, show: str, number: int, transcript: str, *fields: str) -> None:
    (library / name).mkdir(parents=True)
    lines = (f"title: Talk {number}", f"show: {show}", f"number: {number}", "source: the transcript", *fields)
    (library / name / "episode.yaml").write_text("\n".join(lines) + "\n")
    if transcript:
        (library / name / "transcript.md").write_text(transcript)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("undated")
    _add(library, "hive-1", "Hive Talk", 1, _HONEY)
    _add(library, "hive-2", "Hive Talk", 2, _TEA)
    _add(library, "hive-3", "Hive Talk", 3, "")
    _add(library, "night-1", "Night Sky", 1, _SKY)
    return open_assistant(library, library / "cache")


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("dated")
    for number, (year, times) in enumerate(((2021, 1), (2022, 4), (2023, 0), (2024, 8)), 1):
        talk = f"**Ann Lee:** Hello. {'Rust. ' * times}\n"
        length = f'duration: "0:{10 * number}:00"'
        _add(library, f"hive-{number}", "Hive Talk", number, talk, f"published: {year}-03-01", length)
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize("question", ["what topics get talked about the most?", "what topics are there?"])
async def test_what_is_talked_about_most_is_what_english_has_far_less_of(tmp_path: Path, question: str) -> None:
    for number in range(1, 4):
        talk = "**Ann Lee:** [laughter] We know that people say the beeswax is good. [laughter]\n\n" * 8
        _add(tmp_path, f"hive-{number}", "Hive Talk", number, talk)

    answer = await fact(open_assistant(tmp_path, tmp_path / "cache"), question)

    assert _counts(answer) == [("beeswax", 24, "mentions"), ("searched", 3, "episodes")]


async def test_who_somebody_is_includes_what_they_talk_about_more_than_others(two_voices: Assistant) -> None:
    bob, cora = await fact(two_voices, "who is Bob Ray?"), await fact(two_voices, "who is Cora Lind?")
    first = await fact(two_voices, "when was Bob Ray first on?")

    told = re.search(r"Talks about “(\w+)”, “(\w+)” and “(\w+)” more than others do\.", bob.text)
    assert told is not None
    assert set(told.groups()) == {"quasars", "nebulae", "pulsars"}
    assert "Talks about" not in cora.text + first.text


async def test_a_word_that_somebody_says_in_every_episode_alike_is_a_habit_and_no_subject(tmp_path: Path) -> None:
    subjects = ("propolis", "beeswax", "pollen", "drones")
    for number in range(1, 13):
        ann = f"**Ann Lee:** Howdy. We know that the {subjects[number % 4]} is good.\n\n"
        bob = "**Bob Ray:** We know that they do.\n\n"
        _add(tmp_path, f"hive-{number}", "Hive Talk", number, (ann + bob) * 10)

    answer = await fact(open_assistant(tmp_path, tmp_path / "cache"), "what does Ann Lee talk about most?")

    assert {label for label, _, unit in _counts(answer) if unit == "mentions"} == set(subjects)


async def test_what_a_show_talks_about_most_is_its_own_whatever_was_asked_before(tmp_path: Path) -> None:
    for number in range(1, 4):
        _add(tmp_path, f"hive-{number}", "Hive Talk", number, "**Ann Lee:** We know that the beeswax is good.\n\n" * 8)
        _add(tmp_path, f"sky-{number}", "Night Sky", number, "**Bob Ray:** We know the quasar and beeswax.\n\n" * 8)
    assistant = open_assistant(tmp_path, tmp_path / "cache")

    questions = ("what do they talk about most?", "what do they talk about most on Hive Talk?") * 2
    everywhere, hive, *again = [_counts(await fact(assistant, question)) for question in questions]

    assert everywhere == [("beeswax", 48, "mentions"), ("quasar", 24, "mentions"), ("searched", 6, "episodes")]
    assert hive == [("beeswax", 24, "mentions"), ("searched", 3, "episodes")]
    assert again == [everywhere, hive]


@pytest.fixture(scope="module")
def two_voices(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("voices")
    for number in range(1, 3):
        ann = "**Ann Lee:** [laughter] We know propolis, nectar and apiaries of Bob. [laughter] We know the apiary.\n\n"
        bob = "**Bob Ray:** Well, we know the quasars, nebulae and pulsars.\n\n"
        _add(library, f"hive-{number}", "Hive Talk", number, (ann * 2 + bob) * 10 + "**Cora Lind:** Beeswax!\n")
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    "question",
    [
        "what does Ann talk about most?",
        "what does Ann Lee talk about the most",
        "which topics does Ann talk about most often?",
        "what is Ann always talking about",
        "what are Ann's favourite topics",
        "what does Ann mostly talk about",
        "which words does Ann use more than others",
        "Ann's favorite words",
        "what are the pet topics of Ann Lee",
        "what does Ann never stop talking about on Hive Talk",
    ],
)
async def test_what_somebody_talks_about_most_is_what_others_and_english_have_far_less_of(
    two_voices: Assistant, question: str
) -> None:
    answer = await fact(two_voices, question)

    assert {(word, count) for word, count, unit in _counts(answer) if unit == "mentions"} == {
        ("apiaries", 80),
        ("propolis", 40),
        ("nectar", 40),
    }


async def test_what_somebody_talks_about_most_is_counted_as_when_asked_for(two_voices: Assistant) -> None:
    most = await fact(two_voices, "what does Ann talk about most?")

    for word, count, unit in _counts(most)[:-1]:
        assert _counts(await fact(two_voices, f"how often does Ann say {word}?"))[0] == (word, count, unit)


async def test_what_he_talks_about_most_is_asked_of_the_person_before(two_voices: Assistant) -> None:
    here = ConversationId("here")
    await two_voices.ask(Question("who is Bob Ray?", conversation=here))

    answer = await two_voices.ask(Question("what does he talk about most?", conversation=here))

    assert isinstance(answer, Fact)
    assert {name for name, _, _ in _counts(answer)[:-1]} == {"quasars", "nebulae", "pulsars"}


@pytest.mark.parametrize("question", ["what does Cora talk about most?", "what is Cora Lind always talking about"])
async def test_what_somebody_who_says_little_talks_about_is_told_by_the_episodes(
    two_voices: Assistant, question: str
) -> None:
    assert (await fact(two_voices, question)).text.startswith("Cora Lind is in 2 episodes. What they are about")


async def fact(assistant: Assistant, question: str) -> Fact:
    answer = await assistant.ask(Question(question))
    assert isinstance(answer, Fact), answer
    return answer


def _counts(answer: Fact) -> list[tuple[str, int, str]]:
    return [(each.label, each.count, each.unit) for each in answer.counts]


@pytest.mark.parametrize(
    "question",
    [
        "how often do they talk about honey",
        "how many times did they mention honey?",
        "how frequently is honey brought up",
        "how many mentions of honey are there",
        "in how many episodes do they talk about honey",
        "how many episodes mention honey",
    ],
)
async def test_mentions_are_counted_with_the_episodes_and_what_was_searched(
    assistant: Assistant, question: str
) -> None:
    answer = await fact(assistant, question)

    assert _counts(answer) == [("honey", 5, "mentions"), ("honey", 2, "episodes"), ("searched", 3, "episodes")]
    assert [episode.id for episode in answer.episodes] == ["hive-1", "hive-2"]
    assert "2 of 3 episodes with transcripts" in answer.text


async def test_a_phrase_is_counted_where_it_stands_together(assistant: Assistant) -> None:
    for question in ("how often do they mention royal jelly", 'how often did they say "royal jelly"'):
        assert _counts(await fact(assistant, question))[0] == ("royal jelly", 2, "mentions")


async def test_other_forms_that_are_counted_with_a_word_are_told(assistant: Assistant) -> None:
    answer = await fact(assistant, "how often do they talk about testing")

    assert answer.counts[0].count == 2
    assert "That includes “test”." in answer.text


async def test_a_persons_turns_count_as_theirs(assistant: Assistant) -> None:
    theirs = await fact(assistant, "how often does Ann Lee mention honey")
    words = await fact(assistant, "how many words does Ann Lee say")

    assert _counts(theirs) == [("honey", 2, "mentions"), ("honey", 1, "episodes"), ("searched", 2, "episodes")]
    assert _counts(words) == [("Ann Lee", 10, "words"), ("searched", 2, "episodes")]


@pytest.mark.parametrize(
    ("question", "first", "unit"),
    [
        ("who talks most about honey", ("Bob Ray", 3), "mentions"),
        ("which show talks most about honey", ("Hive Talk", 5), "mentions"),
        ("which episode mentions honey the most", ("Hive Talk #1: Talk 1", 4), "mentions"),
        ("top 2 episodes on honey", ("Hive Talk #1: Talk 1", 4), "mentions"),
        ("top two episodes about honey", ("Hive Talk #1: Talk 1", 4), "mentions"),
        ("who talks the most", ("Bob Ray", 12), "words"),
        ("which show has the most episodes", ("Hive Talk", 2), "episodes"),
        ("how many shows mention honey", ("Hive Talk", 2), "episodes"),
        ("the longest episode", ("Hive Talk #1: Talk 1", 14), "words"),
        ("what's the shortest episode of hive talk", ("Hive Talk #2: Talk 2", 8), "words"),
    ],
)
async def test_what_has_most_is_told_first(
    assistant: Assistant, question: str, first: tuple[str, int], unit: str
) -> None:
    answer = await fact(assistant, question)

    assert _counts(answer)[0] == (*first, unit)


async def test_as_many_are_listed_as_are_asked_for_a_line_each(assistant: Assistant) -> None:
    answer = await fact(assistant, "top 1 episodes about honey")
    two = await fact(assistant, "top 2 episodes about honey")

    assert len(answer.episodes) == 1
    assert two.text.splitlines()[1:3] == ["1. Hive Talk #1: Talk 1: 4 times", "2. Hive Talk #2: Talk 2: once"]


async def test_a_show_limits_what_is_counted(assistant: Assistant) -> None:
    answer = await fact(assistant, "how often do they mention honey on Night Sky")

    assert _counts(answer) == [("honey", 0, "mentions"), ("searched", 1, "episodes")]
    assert answer.text == (
        "Nobody says “honey” in the one episode of Night Sky with a transcript. "
        "Elsewhere, “honey” comes up 5 times, in 2 of 3 episodes with transcripts."
    )


async def test_the_first_mention_is_shown_in_the_words_of_each_show_where_no_day_tells(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("when did they first mention royal jelly"))
    comets = await assistant.ask(Question("when was the last time somebody mentioned comets?"))

    assert isinstance(answer, Found)
    assert [(each.episode.id, each.speaker) for each in answer.evidence] == [("hive-1", "Ann Lee")]
    assert isinstance(comets, Found)
    assert [each.text for each in comets.evidence] == ["I saw a comet."]


async def test_the_first_mention_is_told_with_its_day(dated: Assistant) -> None:
    answer = await dated.ask(Question("when did they first mention rust?"))

    assert isinstance(answer, Found)
    assert answer.text.startswith("The first mention of “rust” is by Ann Lee, in Hive Talk #1, 1 March 2021")


async def test_years_are_drawn_as_bars_where_more_than_two_are_known(dated: Assistant) -> None:
    answer = await fact(dated, "how often do they talk about rust")

    assert answer.text.splitlines()[1:] == [
        "2021 █▌ 1 in 1 episode",
        "2022 ██████ 4 in 1 episode",
        "2023 0 in 1 episode",
        "2024 ████████████ 8 in 1 episode",
    ]
    assert ("2024", 8, "mentions") in _counts(answer)


async def test_bars_say_what_they_show_where_years_have_more_episodes_than_others(tmp_path: Path) -> None:
    for number, (year, times) in enumerate(((2021, 1), (2022, 4), (2022, 4), (2023, 6)), 1):
        talk = f"**Ann Lee:** Hello. {'Rust. ' * times}\n"
        _add(tmp_path, f"hive-{number}", "Hive Talk", number, talk, f"published: {year}-0{number}-01")

    answer = await fact(open_assistant(tmp_path, tmp_path / "cache"), "how often do they talk about rust")

    assert answer.text.splitlines()[1:] == [
        "The longer the bar, the more often in an episode:",
        "2021 ██ 1 in 1 episode",
        "2022 ████████ 8 in 2 episodes",
        "2023 ████████████ 6 in 1 episode",
    ]


async def test_a_count_over_years_has_a_chart_whose_picture_can_replace_the_bars_in_the_text(dated: Assistant) -> None:
    chart = (answer := await fact(dated, "how often do they talk about rust")).chart

    assert chart is not None
    assert chart.title == "“rust”: times per episode"
    assert [(each.label, each.size, each.figure, each.amount) for each in chart.bars] == [
        ("2021", 1, "1.0", "1 in 1 episode"),
        ("2022", 4, "4.0", "4 in 1 episode"),
        ("2023", 0, "0", "0 in 1 episode"),
        ("2024", 8, "8.0", "8 in 1 episode"),
    ]
    assert chart.over_time
    assert answer.text.endswith(f"\n{chart.lines}")


async def test_a_ranking_of_three_or_more_has_a_chart_of_the_first_ten(tmp_path: Path) -> None:
    for number in range(1, 13):
        guest = f"**Guest {chr(64 + number)}ne:** {'Honey. ' * number}"
        _add(tmp_path, f"hive-{number}", "Hive Talk", number, f"**Ann Lee:** Hello.\n\n{guest}\n")
    assistant = open_assistant(tmp_path, tmp_path / "cache")

    three, twelve = (
        await fact(assistant, "top 3 people who mention honey"),
        await fact(assistant, "top 12 people who say honey"),
    )

    assert three.chart is not None
    assert [(each.size, each.figure, each.amount) for each in three.chart.bars] == [
        (12, "12", "12 times"),
        (11, "11", "11 times"),
        (10, "10", "10 times"),
    ]
    assert three.chart.title == "The 3 people who say “honey” most often, of 12"
    assert not three.chart.over_time
    assert twelve.chart is not None
    assert len(twelve.chart.bars) == 10


async def test_years_are_in_order_of_time_whatever_they_are_ranked_by(dated: Assistant) -> None:
    chart = (await fact(dated, "how many words per year?")).chart

    assert chart is not None
    assert chart.title == "Words by year"
    assert [each.label for each in chart.bars] == ["2021", "2022", "2023", "2024"]


async def test_speaking_time_is_drawn_in_hours_and_minutes(tmp_path: Path) -> None:
    turns = ("Ann Lee:** [00:00]", "Bob Ray:** [1:30:00]", "Cora Lind:** [13:30:00]", "Ann Lee:** [13:45:00]")
    _add(tmp_path, "hive-1", "Hive Talk", 1, "\n\n".join(f"**{turn} Hello." for turn in turns))

    chart = (await fact(open_assistant(tmp_path, tmp_path / "cache"), "top 3 people by airtime")).chart

    assert chart is not None
    assert [each.figure for each in chart.bars] == ["12 h", "1 h 30 min", "15 min"]


@pytest.mark.parametrize(
    "question", ["who talks most about jelly", "which show mentions honey most", "who speaks most"]
)
async def test_two_numbers_are_no_chart(tmp_path: Path, question: str) -> None:
    _add(tmp_path, "hive-1", "Hive Talk", 1, "**Ann Lee:** Jelly, jelly and honey.\n\n**Bob Ray:** Jelly.\n")

    assert (await fact(open_assistant(tmp_path, tmp_path / "cache"), question)).chart is None


async def test_what_is_said_more_lately_is_told_by_year(dated: Assistant) -> None:
    answer = await fact(dated, "is rust talked about more lately?")

    assert answer.text.startswith("More than before. In 2024, “rust” is said 8 times per episode")


async def test_what_is_said_less_lately_is_told_by_thirds_where_no_day_is_known(assistant: Assistant) -> None:
    answer = await fact(assistant, "is honey mentioned more these days on hive talk")

    assert "less than before." in answer.text
    assert [count for _, count, _ in _counts(answer)] == [4, 1, 2]


async def test_months_are_compared_where_all_episodes_are_of_one_year(tmp_path: Path) -> None:
    for number, (month, times) in enumerate(((2, 4), (3, 1), (3, 1)), 1):
        talk = f"**Ann Lee:** Hello. {'Rust. ' * times}\n"
        _add(tmp_path, f"hive-{number}", "Hive Talk", number, talk, f"published: 2026-0{month}-0{number}")
    library = open_assistant(tmp_path, tmp_path / "cache")

    lately = await fact(library, "is rust talked about more lately?")
    which = await fact(library, "in which year was rust mentioned the most?")

    assert lately.text.startswith("Less than before. In March 2026, “rust” is said once per episode")
    assert _counts(lately)[:2] == [("February 2026", 4, "mentions"), ("March 2026", 2, "mentions")]
    assert which.text.startswith("All in 2026: “rust” comes up 6 times. ")


async def test_a_single_month_has_nothing_earlier_to_compare(tmp_path: Path) -> None:
    _add(tmp_path, "hive-1", "Hive Talk", 1, "**Ann Lee:** Rust.\n", "published: 2026-03-01")

    answer = await fact(open_assistant(tmp_path, tmp_path / "cache"), "is rust talked about more lately?")

    assert answer.text.startswith("“rust” comes up once, in 1 episode with a transcript, all from March 2026; ")


@pytest.mark.parametrize(("episodes", "part"), [(2, "half"), (3, "third"), (7, "third")])
async def test_shows_without_dates_are_divided_into_no_more_parts_than_they_have_episodes(
    tmp_path: Path, episodes: int, part: str
) -> None:
    for number in range(1, episodes + 1):
        _add(tmp_path, f"hive-{number}", "Hive Talk", number, f"**Ann Lee:** {'Rust. ' * number}\n")
    _add(tmp_path, "sky-1", "Night Sky", 1, "**Bob Ray:** Rust.\n")

    answer = await fact(open_assistant(tmp_path, tmp_path / "cache"), "is rust talked about more lately?")

    assert f"more than before. In the last {part} of each show's episodes, " in answer.text
    labels = [f"1st {part}", f"2nd {part}", f"3rd {part}"][:episodes]
    assert [label for label, _, unit in _counts(answer) if unit == "mentions"] == labels
    assert _counts(answer)[-1] == ("searched", episodes, "episodes")


async def test_it_is_the_subject_that_was_counted_before(assistant: Assistant) -> None:
    talk = ConversationId("talk")
    await assistant.ask(Question("how often did they mention honey?", conversation=talk))

    answer = await assistant.ask(Question("who talks about it the most?", conversation=talk))

    assert isinstance(answer, Fact)
    assert answer.counts[0].label == "Bob Ray"
    assert isinstance(await assistant.ask(Question("how often do they talk about it?")), Help)


async def test_the_longest_or_shortest_episode_on_a_subject_is_one_of_those_that_talk_about_it(
    dated: Assistant,
) -> None:
    shortest = await fact(dated, "the shortest episode about rust")
    longest = await fact(dated, "what is the longest Hive Talk episode before 2024 about rust?")

    assert _counts(shortest)[0] == ("Hive Talk #1: Talk 1", 10, "minutes")
    assert _counts(longest)[0] == ("Hive Talk #2: Talk 2", 20, "minutes")


async def test_the_longest_episode_is_told_by_its_length_where_that_is_known(dated: Assistant) -> None:
    assert _counts(await fact(dated, "the longest episode"))[0] == ("Hive Talk #4: Talk 4", 40, "minutes")
    assert _counts(await fact(dated, "which episode is the shortest"))[0] == ("Hive Talk #1: Talk 1", 10, "minutes")


async def test_the_episodes_there_are_are_a_number_too(assistant: Assistant) -> None:
    assert _counts(await fact(assistant, "how many episodes are there")) == [
        ("Hive Talk", 3, "episodes"),
        ("Night Sky", 1, "episodes"),
    ]
    assert _counts(await fact(assistant, "how many episodes of Hive Talk")) == [("Hive Talk", 3, "episodes")]


async def test_what_nobody_says_is_not_counted_and_a_stranger_is_unknown(assistant: Assistant) -> None:
    assert isinstance(await assistant.ask(Question("how often did they mention submarines")), NotFound)


@pytest.mark.parametrize(
    "question",
    [
        "how many calories in a banana",
        "the longest river",
        "who won the most oscars",
        "which country has the most people",
        "how often should you water a cactus",
        "how long is the longest bridge",
        "what are the top 5 songs",
        "how many episodes does game of thrones have",
        "when did they first land on the moon",
        "how often do buses run to the airport",
    ],
)
async def test_what_only_sounds_like_a_count_of_what_was_said_is_not_one(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert not (isinstance(answer, Fact) and answer.counts)


async def test_a_library_without_transcripts_says_what_its_notes_have(tmp_path: Path) -> None:
    _add(tmp_path, "hive-1", "Hive Talk", 1, "", "summary: All about honey.")

    assistant = open_assistant(tmp_path, tmp_path / "cache")

    assert isinstance(await assistant.ask(Question("how many episodes mention honey")), Fact)
    assert isinstance(await assistant.ask(Question("who talks the most")), NotFound)


async def test_a_count_goes_on_with_another_subject_show_or_person(assistant: Assistant) -> None:
    asked = ["how often do they talk about honey", "and tea?", "and in Night Sky?"]
    of_people = ["who talks most about honey", "what about Bob?"]

    answers = [await assistant.ask(Question(each, conversation=ConversationId("one"))) for each in asked]
    people = [await assistant.ask(Question(each, conversation=ConversationId("two"))) for each in of_people]

    assert [(each.counts[0].label, each.counts[0].unit) for each in answers[:2] if isinstance(each, Fact)] == [
        ("honey", "mentions"),
        ("tea", "mentions"),
    ]
    assert "Night Sky" in answers[2].text
    assert isinstance(people[1], Fact)
    assert people[1].text.startswith("Bob")


async def test_shows_are_ranked_by_their_episodes(assistant: Assistant) -> None:
    answer = await fact(assistant, "top 2 shows by number of episodes")

    assert _counts(answer)[:2] == [("Hive Talk", 2, "episodes"), ("Night Sky", 1, "episodes")]


@pytest.mark.parametrize("question", ["how long is an episode on average?", "average length of the episodes"])
async def test_the_average_length_is_told(dated: Assistant, question: str) -> None:
    assert _counts(await fact(dated, question)) == [("average", 25, "minutes"), ("searched", 4, "episodes")]


async def test_a_length_that_the_notes_lack_is_worked_out_from_the_times(tmp_path: Path) -> None:
    _add(tmp_path, "hive-1", "Hive Talk", 1, "**Ann Lee:** [00:00] One two.\n\n**Bob Ray:** [30:00] Three four.\n")
    _add(tmp_path, "hive-2", "Hive Talk", 2, "", 'duration: "0:20:00"')
    assistant = open_assistant(tmp_path, tmp_path / "cache")

    answer = await fact(assistant, "the longest episode")

    assert _counts(answer)[0] == ("Hive Talk #1: Talk 1", 60, "minutes")
    assert "about 60 minutes" in answer.text
    assert "about 1 hour" in (await fact(assistant, "how long is episode 1?")).text


async def test_a_length_without_times_is_estimated_from_words_at_the_pace_of_the_others(tmp_path: Path) -> None:
    _add(tmp_path, "hive-1", "Hive Talk", 1, f"**Ann Lee:** {'Bees hum. ' * 100}", 'duration: "0:20:00"')
    _add(tmp_path, "hive-2", "Hive Talk", 2, f"**Ann Lee:** {'Bees hum. ' * 25}")
    _add(tmp_path, "hive-3", "Hive Talk", 3, "")

    answer = await fact(open_assistant(tmp_path, tmp_path / "cache"), "the shortest episode")

    assert _counts(answer)[0] == ("Hive Talk #2: Talk 2", 5, "minutes")
    assert answer.text.endswith(
        "The length of one is estimated from its number of words. I don't know how long one other runs."
    )


async def test_a_year_limits_a_question_to_its_episodes(dated: Assistant) -> None:
    assert _counts(await fact(dated, "how often did they mention rust in 2022?"))[0] == ("rust", 4, "mentions")
    assert _counts(await fact(dated, "which episodes are from 2023"))[0][1:] == (1, "episodes")
    assert isinstance(await dated.ask(Question("who was the guest in 2019?")), NotFound)


async def test_the_year_of_a_follow_up_is_where_the_same_is_counted(dated: Assistant) -> None:
    asked = ["how often did they mention rust?", "and in 2024?"]

    answers = [await dated.ask(Question(each, conversation=ConversationId("years"))) for each in asked]

    assert isinstance(answers[1], Fact)
    assert _counts(answers[1])[0][1:] == (8, "mentions")


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("what do they mention more often, honey or jelly?", [("honey", 5, "mentions"), ("jelly", 3, "mentions")]),
        (
            "honey, jelly or tea: which is mentioned most?",
            [("honey", 5, "mentions"), ("jelly", 3, "mentions"), ("tea", 2, "mentions")],
        ),
        ("is jelly mentioned more than honey?", [("honey", 5, "mentions"), ("jelly", 3, "mentions")]),
        ("who says honey more, Ann or Bob?", [("Bob Ray", 3, "mentions"), ("Ann Lee", 2, "mentions")]),
        ("who talks more, Ann or Bob?", [("Bob Ray", 12, "words"), ("Ann Lee", 10, "words")]),
    ],
)
async def test_two_subjects_and_two_people_are_compared_by_numbers(
    assistant: Assistant, question: str, counts: list[tuple[str, int, str]]
) -> None:
    assert _counts(await fact(assistant, question))[:-1] == counts


async def test_a_comparison_that_has_one_side_is_none(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("stations > beta blockers in number of mentions, true or false"))

    assert not isinstance(answer, Fact)


async def test_the_second_of_a_list_of_episodes_can_be_asked_about(dated: Assistant) -> None:
    asked = ["top 3 longest episodes", "when did the second one come out?", "which of them is the shortest?"]

    answers = [await dated.ask(Question(each, conversation=ConversationId("list"))) for each in asked]

    assert isinstance(answers[1], Fact)
    assert answers[1].episodes[0].id == "hive-3"
    assert isinstance(answers[2], Fact)
    assert _counts(answers[2])[0] == ("Hive Talk #2: Talk 2", 20, "minutes")


async def test_the_year_of_most_mentions_is_named_first(dated: Assistant) -> None:
    answer = await fact(dated, "in which year was rust mentioned the most?")

    assert answer.text.startswith("Most often in 2024")


@pytest.mark.parametrize("question", ["who was the guest in 2019?", "how often did they mention honey in 2022"])
async def test_of_a_year_nothing_is_told_where_no_day_is_known(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, NotFound)
    assert answer.text == UNDATED


async def test_words_are_counted_without_a_question_around_them(assistant: Assistant) -> None:
    in_all = await assistant.count("honey")
    by_show = await assistant.count("royal jelly", Division.SHOW)
    in_one = await assistant.count("honey", None, Scope(EpisodeId("hive-2")))
    nothing = await assistant.count(" 🙃 ")

    assert isinstance(in_all, Fact)
    assert ("honey", 5, "mentions") in _counts(in_all)
    assert isinstance(by_show, Fact)
    assert isinstance(in_one, Fact)
    assert ("honey", 1, "mentions") in _counts(in_one)
    assert isinstance(nothing, Help)


@pytest.mark.parametrize(
    "question",
    [
        "which episode had the most guests?",
        "what episode has the most people talking",
        "hive talk episode with the largest number of speakers",
    ],
)
async def test_who_speaks_is_counted_where_an_episode_has_most_people(tmp_path: Path, question: str) -> None:
    _add(tmp_path, "hive-1", "Hive Talk", 1, "**Ann Lee:** Guests, guests, speakers and people talking.\n")
    _add(tmp_path, "hive-2", "Hive Talk", 2, "**Ann Lee:** Hello.\n\n**Bob Ray:** Hello.\n\n**Ada Ford:** Hello.\n")

    assistant = open_assistant(tmp_path, tmp_path / "cache")
    answer, top = await fact(assistant, question), await fact(assistant, "top 2 episodes with the most guests")

    assert answer.text.startswith("Hive Talk #2: Talk 2 has the most speakers: 3 named people.")
    assert answer.counts[0].unit == "people"
    assert _counts(top)[:2] == [("Hive Talk #2: Talk 2", 3, "people"), ("Hive Talk #1: Talk 1", 1, "people")]


@pytest.mark.parametrize(
    "question",
    [
        "Hive Talk or Night Sky, which has more episodes?",
        "does night sky have more episodes than hive talk",
        "night sky vs hive talk number of episodes",
        "are there more hive talk or night sky episodes",
        "how many more episodes does hive talk have than night sky",
    ],
)
async def test_episodes_are_counted_where_shows_are_compared_by_them(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert _counts(answer) == [("Hive Talk", 2, "episodes"), ("Night Sky", 1, "episodes"), ("searched", 3, "episodes")]


async def test_who_of_two_talks_more_may_be_asked_with_their_first_names(assistant: Assistant) -> None:
    for question in ("ann vs ada who talks more", "ada or ann, who talks more?", "who is more talkative, ann or ada"):
        assert (await fact(assistant, question)).text.startswith("Ann Lee says ")


async def test_guests_who_speak_of_something_are_no_hosts(tmp_path: Path) -> None:
    for number in range(1, 25):
        guest = "\n\n**Dan Fox:** Propolis is glue." if number == 3 else ""
        _add(tmp_path, f"hive-{number}", "Hive Talk", number, f"**Ann Lee:** Propolis heals. Propolis.{guest}\n")

    answer = await fact(open_assistant(tmp_path, tmp_path / "cache"), "which guests talked about propolis?")

    assert answer.text.startswith("Of the guests, Dan Fox says “propolis” most often: once, in 1 episode.")
    assert "Ann Lee" not in answer.text


async def test_episodes_with_a_subject_are_those_on_it(assistant: Assistant) -> None:
    answer = await fact(assistant, "episodes with honey")

    assert {each.id for each in answer.episodes} == {"hive-1", "hive-2"}


_TIMED = (
    (
        "hive-1",
        "Hive Talk",
        1,
        "**Ann Lee:** [00:00] Honey.\n\n**Bob Ray:** [10:00] Tea.\n\n**Ann Lee:** [40:00] Bye.\n",
    ),
    (
        "hive-2",
        "Hive Talk",
        2,
        "**Ann Lee:** [00:00] Honey, honey.\n\n**Ada Ford:** [05:00] Honey.\n\n**Ann Lee:** [06:00] Bye.\n",
    ),
    (
        "sky-1",
        "Night Sky",
        1,
        "**Cora Lind:** [00:00] Comets.\n\n**Bob Ray:** [02:00] Honey.\n\n**Cora Lind:** [03:00] Bye.\n",
    ),
)
"""Episodes in which Ann speaks for 15 minutes, Bob for 31, and honey is talked about for 10 + 6 + 1 minutes."""


@pytest.fixture(scope="module")
def timed(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("timed")
    for episode in _TIMED:
        _add(library, *episode)
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    ("question", "first", "unit"),
    [
        ("who speaks the most minutes?", ("Bob Ray", 31), "minutes"),
        ("who talked longest", ("Bob Ray", 31), "minutes"),
        ("who has the most airtime", ("Bob Ray", 31), "minutes"),
        ("who gets the least speaking time", ("Ada Ford", 1), "minutes"),
        ("top 3 speakers by airtime", ("Bob Ray", 31), "minutes"),
        ("who's had the most airtime", ("Bob Ray", 31), "minutes"),
        ("rank the shows by hours", ("Hive Talk", 46), "minutes"),
        ("which show has the most talk time", ("Hive Talk", 46), "minutes"),
        ("how many minutes of talk per show", ("Hive Talk", 46), "minutes"),
        ("which episode has the least talking time", ("Night Sky #1: Talk 1", 3), "minutes"),
        ("who spends the most time on honey", ("Ann Lee", 15), "minutes"),
        ("who talks longest about honey", ("Ann Lee", 15), "minutes"),
        ("which show spends the most time talking about honey", ("Hive Talk", 16), "minutes"),
        ("who has more airtime, Hive Talk or Night Sky?", ("Hive Talk", 46), "minutes"),
    ],
)
async def test_speaking_time_is_ranked_by_person_show_and_episode(
    timed: Assistant, question: str, first: tuple[str, int], unit: str
) -> None:
    answer = await fact(timed, question)

    assert _counts(answer)[0] == (*first, unit)


@pytest.mark.parametrize(
    ("question", "minutes"),
    [
        ("how many minutes did they talk about honey", 17),
        ("how much time do they spend on honey", 17),
        ("how long does Ann Lee talk about honey", 15),
        ("how much time is spent on honey on Night Sky", 1),
        ("how many hours of the show are there?", 49),
        ("how many hours of Hive Talk are there", 46),
        ("total runtime of all episodes", 49),
        ("total hours of Night Sky", 3),
        ("how much time does Ann Lee spend talking about honey", 15),
        ("airtime of Bob Ray", 31),
    ],
)
async def test_time_is_added_up_for_a_subject_a_person_or_a_show(timed: Assistant, question: str, minutes: int) -> None:
    answer = await fact(timed, question)

    assert (answer.counts[0].count, answer.counts[0].unit) == (minutes, "minutes")


async def test_time_goes_by_words_where_no_transcript_has_times(assistant: Assistant) -> None:
    answer = await fact(assistant, "who has the most airtime")

    assert answer.text.startswith("The transcripts have no times. Bob Ray says the most: 12 words")


@pytest.mark.parametrize(
    "question",
    [
        "was honey mentioned more in Hive Talk or Night Sky?",
        "is honey mentioned more on Hive Talk than on Night Sky",
        "does Night Sky talk more about honey than Hive Talk",
        "which show talks more about honey, Hive Talk or Night Sky?",
        "who talks more about honey, Hive Talk or Night Sky",
        "on which show do they mention honey more, Night Sky or Hive Talk?",
        "Hive Talk or Night Sky, which talks more about honey",
        "how often do they mention honey on Hive Talk versus Night Sky",
        "compare how often Hive Talk and Night Sky mention honey",
        "Hive Talk vs Night Sky: honey mentions",
        "number of mentions of honey per show",
        "honey mentions by show",
        "mentions of honey per show",
        "do they talk about honey more on Hive Talk or Night Sky",
        "how often is honey mentioned on each show",
        "top 2 shows by mentions of honey",
    ],
)
async def test_mentions_are_compared_by_show(timed: Assistant, question: str) -> None:
    answer = await fact(timed, question)

    assert _counts(answer) == [("Hive Talk", 4, "mentions"), ("Night Sky", 1, "mentions"), ("searched", 3, "episodes")]


@pytest.mark.parametrize(
    ("question", "first", "unit"),
    [
        ("top 3 people by words", ("Bob Ray", 12), "words"),
        ("which show has the fewest words", ("Night Sky", 9), "words"),
        ("who says the least", ("Ada Ford", 4), "words"),
        ("who mentions honey least often", ("Ann Lee", 2), "mentions"),
        ("top 2 episodes by length", ("Hive Talk #1: Talk 1", 14), "words"),
        ("how many people speak on each show", ("Hive Talk", 3), "people"),
        ("how many people mention jelly per show", ("Hive Talk", 2), "people"),
        ("how many people mention honey per episode", ("Hive Talk #1: Talk 1", 2), "people"),
        ("does Hive Talk have more words than Night Sky", ("Hive Talk", 22), "words"),
        ("how often does each host say honey", ("Bob Ray", 3), "mentions"),
        ("how many words per episode", ("Hive Talk #1: Talk 1", 14), "words"),
    ],
)
async def test_any_measure_is_ranked_by_any_group_in_either_order(
    assistant: Assistant, question: str, first: tuple[str, int], unit: str
) -> None:
    answer = await fact(assistant, question)

    assert _counts(answer)[0] == (*first, unit)


@pytest.mark.parametrize(
    "question",
    [
        "which year talks most about rust",
        "which year mentions rust most",
        "what year had the most rust",
        "in which year did rust come up most",
    ],
)
async def test_the_year_that_talks_most_about_something_is_named(dated: Assistant, question: str) -> None:
    assert (await fact(dated, question)).text.startswith("Most often in 2024: “rust” comes up 8 times")


async def test_words_per_year_are_ranked_where_days_are_known(dated: Assistant, assistant: Assistant) -> None:
    answer = await fact(dated, "which year has the most words")

    assert _counts(answer)[0] == ("2024", 9, "words")
    assert (await assistant.ask(Question("which year has the most words"))).text == UNDATED


async def test_a_year_limits_a_comparison_of_shows(tmp_path: Path) -> None:
    for number, (show, year) in enumerate((("Hive Talk", 2021), ("Night Sky", 2021), ("Hive Talk", 2022)), 1):
        talk = f"**Ann Lee:** {'Rust. ' * number}\n"
        _add(tmp_path, f"talk-{number}", show, number, talk, f"published: {year}-03-01")

    answer = await fact(
        open_assistant(tmp_path, tmp_path / "cache"), "was rust mentioned more on Hive Talk or Night Sky in 2021?"
    )

    assert _counts(answer)[:2] == [("Night Sky", 2, "mentions"), ("Hive Talk", 1, "mentions")]


@pytest.mark.parametrize(
    "question",
    [
        "who is mentioned most often?",
        "how much time should I spend on honey",
        "how many hours do we sleep",
        "how much time did you spend building honey",
        "how many minutes per mile",
        "which host has the most guests",
    ],
)
async def test_a_measure_without_what_it_measures_counts_nothing(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert not (isinstance(answer, Fact) and any(each.unit in {"mentions", "minutes"} for each in answer.counts))


@pytest.fixture(scope="module")
def of_go(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("go")
    _add(
        library,
        "go-1",
        "Go Time",
        1,
        "**Ann Lee:** Go is going well. We use Go.\n\n**Bob Ray:** Going, going, going.\n",
    )
    _add(library, "go-2", "Go Time", 2, "**Bob Ray:** Express tests. A test in Express is expressed. Rust!\n")
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize("question", ["how often did they talk about Go", "how often do they mention go"])
async def test_a_name_that_is_also_a_verb_is_counted_without_the_other_forms(of_go: Assistant, question: str) -> None:
    answer = await fact(of_go, question)

    assert _counts(answer)[0] == ("Go", 2, "mentions")
    assert answer.text.endswith("With “going”, that makes 6.")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("who talks most about Go", ("Ann Lee", 2)),
        ("how often does Bob Ray mention Express", ("Express", 2)),
        ("how often does Bob Ray mention express", ("express", 3)),
        ("Testing mentions", ("Testing", 2)),
        ("rust or go, which more often?", ("Go", 2)),
        ("which comes up more, Go or Rust", ("Go", 2)),
        ("which show talks most about Go", ("Go Time", 2)),
    ],
)
async def test_only_a_name_is_counted_without_the_other_forms(
    of_go: Assistant, question: str, first: tuple[str, int]
) -> None:
    answer = await fact(of_go, question)

    assert _counts(answer)[0][:2] == first


async def test_a_ranking_says_which_forms_of_a_name_it_leaves_out(of_go: Assistant) -> None:
    answer = await fact(of_go, "who talks most about Go")

    assert answer.text.endswith("Counted in the 2 episodes with transcripts, without “going”.")
