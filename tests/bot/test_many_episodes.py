"""Questions to a library of several shows and episodes."""

from pathlib import Path

import pytest

from bot.answering import sentences
from bot.operating.opening import open_assistant
from bot.port.messages import (
    Assistant,
    ConversationId,
    EpisodeId,
    Fact,
    Found,
    Help,
    NotFound,
    Question,
    QuoteCheck,
    QuoteFilter,
    Scope,
    Unsure,
)
from bot.port.wishes import said_by_anybody
from knowledge.ids import slug

NO_GUESTS = (
    "I couldn't find who the guest on Hive Talk #7 is. Ann Lee and Bob Ray speak in it.\n"
    "I couldn't find who the guest on Podcast #7 is. Ada Ford speaks in it."
)


def add(library: Path, name: str, show: str, number: int, transcript: str) -> None:
    (library / name).mkdir(parents=True)
    (library / name / "episode.yaml").write_text(
        f"title: Talk {number}\nshow: {show}\nnumber: {number}\nsource: the transcript\n"
    )
    (library / name / "transcript.md").write_text(transcript)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("assistant")
    bees = "**Ann Lee:** Beeswax candles burn slowly.\n\n**Bob Ray:** I melt beeswax every winter for candles.\n\n"
    add(library, "hive-7", "Hive Talk", 7, bees + "**Ann Lee:** And beeswax candles smell of honey.\n")
    add(library, "hive-8", "Hive Talk", 8, "**Cora Lind:** My beeswax candles never drip, and I sell hundreds.\n")
    add(library, "night-7", "Night Sky", 7, "**Ada Ford:** By beeswax candles we drew the comets and their tails.\n")
    return open_assistant(library, library / "cache")


async def found(assistant: Assistant, question: str) -> Found:
    answer = await assistant.ask(Question(question))
    assert isinstance(answer, Found), answer
    return answer


def matched(answer: Found | QuoteCheck) -> list[list[str]]:
    return [[each.text[begin:end] for begin, end in each.spans] for each in answer.evidence]


async def test_evidence_says_which_words_matched_by_their_stems_and_as_corrected(assistant: Assistant) -> None:
    answer = await found(assistant, "what did Cora say about the beeswax candels that drip?")

    assert matched(answer)[0] == ["beeswax", "candles", "drip"]


async def test_a_quotation_says_where_in_the_passage_it_is(assistant: Assistant) -> None:
    answer = await assistant.ask(Question(said_by_anybody("beeswax every winter")))

    assert isinstance(answer, QuoteCheck)
    assert matched(answer) == [["beeswax every winter"]]
    assert answer.told == ""


async def test_what_several_people_say_as_well_is_seen_at_once_and_one_person_s_words_are_not(
    assistant: Assistant,
) -> None:
    several = await found(assistant, "beeswax candles")
    one = await found(assistant, "what did Ann Lee say about beeswax candles?")

    speakers = [each.speaker for each in several.evidence[: several.at_once]]
    assert len(speakers) == len(set(speakers)) > 1
    assert one.evidence[0].speaker == "Ann Lee"
    assert all(answer.told == "" for answer in (several, one))


async def test_what_is_nearest_is_offered_where_nothing_answers(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("how do submarines burn diesel?"))

    assert isinstance(answer, NotFound)
    assert all("/passage/" in item for item in answer.nearest)


async def test_a_number_belongs_to_the_show_that_is_named(assistant: Assistant) -> None:
    for question in ("beeswax candles in Night Sky 7", "Night Sky episode 7: beeswax candles"):
        answer = await found(assistant, question)
        assert {evidence.episode.id for evidence in answer.evidence} == {"night-7"}


async def test_a_number_that_the_show_does_not_have_is_said_to_be_missing(assistant: Assistant) -> None:
    assert isinstance(await assistant.ask(Question("beeswax candles in Night Sky 8")), NotFound)


@pytest.fixture(scope="module")
def seasons(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("seasons")
    for season in (1, 2):
        add(library, f"hive-s{season}e5", "Hive Talk", 5, f"**Ann Lee:** Beeswax candles in season {season}.\n")
        with (library / f"hive-s{season}e5" / "episode.yaml").open("a") as file:
            file.write(f"season: {season}\npublished: 202{season}-01-01\n")
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    "question",
    ["season 1 episode 5: beeswax candles", "beeswax candles in S1E5", "beeswax candles in episode 5 of season 1"],
)
async def test_an_episode_is_found_by_its_season(seasons: Assistant, question: str) -> None:
    answer = await found(seasons, question)

    assert {evidence.episode.id for evidence in answer.evidence} == {"hive-s1e5"}


async def test_a_season_is_told_where_an_episode_has_one(seasons: Assistant) -> None:
    answer = await seasons.ask(Question("which number is it?", Scope(EpisodeId("hive-s2e5"))))

    assert isinstance(answer, Fact)
    assert answer.text == "It's Hive Talk S2E5: Talk 5."
    assert isinstance(await seasons.ask(Question("beeswax candles in S3E5")), NotFound)


async def test_a_number_that_several_seasons_have_is_told_with_all_of_them(seasons: Assistant) -> None:
    answer = await seasons.ask(Question("episode 5"))

    assert isinstance(answer, Fact)
    assert answer.text == "There are 2 episodes numbered 5: Hive Talk S2E5: Talk 5 and Hive Talk S1E5: Talk 5."
    both = [await seasons.ask(Question(question)) for question in ("S1E5", "season 1 episode 5")]
    assert all(isinstance(each, Fact) and "Hive Talk S1E5" in each.text for each in both)


@pytest.mark.parametrize(
    "question", ["season 1", "what was season 1 about?", "which episodes are in season 1?", "Hive Talk season 1"]
)
async def test_the_episodes_of_a_season_are_listed(seasons: Assistant, question: str) -> None:
    answer = await seasons.ask(Question(question))

    assert isinstance(answer, Fact)
    assert answer.text.startswith("There is one episode in season 1")
    assert [episode.id for episode in answer.episodes] == ["hive-s1e5"]


async def test_a_season_that_is_not_there_is_said_to_be_missing(seasons: Assistant) -> None:
    answer = await seasons.ask(Question("what was season 9 about?"))

    assert isinstance(answer, NotFound)
    assert answer.text == "The library has no episodes from season 9."


async def test_the_latest_of_a_season_is_not_the_latest_of_all(seasons: Assistant) -> None:
    answer = await seasons.ask(Question("the latest episode of season 1"))

    assert isinstance(answer, Fact)
    assert [episode.id for episode in answer.episodes] == ["hive-s1e5"]


async def test_what_somebody_said_is_in_their_words(assistant: Assistant) -> None:
    answer = await found(assistant, "what did Bob Ray say about beeswax candles?")

    assert {evidence.speaker for evidence in answer.evidence} == {"Bob Ray"}


async def test_no_episode_fills_an_answer_alone(assistant: Assistant) -> None:
    answer = await found(assistant, "beeswax candles")

    assert len({evidence.episode.id for evidence in answer.evidence[:4]}) == 3


@pytest.mark.parametrize(
    "question",
    ["which episodes talk about beeswax candles?", "what eps mention beeswax candles", "episodes about beeswax"],
)
async def test_the_episodes_that_talk_about_something_are_listed(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Fact), answer
    assert {episode.id for episode in answer.episodes} == {"hive-7", "hive-8", "night-7"}
    assert answer.text.startswith("3 episodes mention “beeswax")


async def test_an_episode_that_lacks_one_of_the_words_is_not_listed(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("which episodes mention comets by candles?"))

    assert isinstance(answer, Fact), answer
    assert answer.text == "One episode fits “comets by candles”: Night Sky #7: Talk 7."


async def test_a_fact_is_told_of_the_episode_that_has_most_on_a_subject(tmp_path: Path) -> None:
    bees = "".join(
        f"**Ann Lee:** Bees swarm in May, {'and dance on the comb ' * 15}.\n\n**Bob Ray:** Yes.\n\n" for _ in "123"
    )
    add(tmp_path, "hive-1", "Hive Talk", 1, bees)
    add(tmp_path, "hive-2", "Hive Talk", 2, "**Ada Ford:** I saw bees, and a comet that nobody had named.\n")
    assistant = open_assistant(tmp_path, tmp_path / "cache")

    most = await assistant.ask(Question("who was on the episode about bees?"))
    only = await assistant.ask(Question("what's the number of the comet episode?"))
    none = await assistant.ask(Question("how long is the episode about submarines?"))

    assert isinstance(most, Fact)
    assert most.text == (
        "Hive Talk #1 has the most on that. "
        "I couldn't find who the guest on Hive Talk #1 is. Ann Lee and Bob Ray speak in it."
    )
    assert [episode.id for episode in most.episodes] == ["hive-1"]
    assert isinstance(only, Fact)
    assert only.text == "One episode mentions “comet”: Hive Talk #2: Talk 2."
    assert isinstance(none, NotFound)


async def test_the_episode_with_somebody_is_one_in_which_they_speak(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what's the number of the one with Ada Ford?"))

    assert isinstance(answer, Fact)
    assert [episode.id for episode in answer.episodes] == ["night-7"]


async def test_no_episode_is_listed_for_what_nobody_talks_about(assistant: Assistant) -> None:
    assert isinstance(await assistant.ask(Question("which episodes talk about submarines?")), NotFound)


@pytest.mark.parametrize(("near", "fits"), [(True, "One episode fits “"), (False, "2 episodes may fit “")])
async def test_an_episode_fits_if_it_has_the_words_together(tmp_path: Path, near: bool, fits: str) -> None:
    apart = f"Pottery takes time. {'We waited and we talked for long. ' * 3}Then came a glacier."
    add(tmp_path, "tea-1", "Tea Time", 1, f"**Ann Lee:** {apart}\n")
    add(tmp_path, "tea-2", "Tea Time", 2, f"**Ann Lee:** {'I saw pottery below the glacier.' if near else apart}\n")

    answer = await open_assistant(tmp_path, tmp_path / "cache").ask(Question("any episode on pottery and a glacier?"))

    assert isinstance(answer, Fact), answer
    assert answer.text.startswith(fits)


async def test_of_many_episodes_the_ten_with_most_on_it_are_named_and_all_are_counted(tmp_path: Path) -> None:
    for number in range(14):
        add(tmp_path, f"tea-{number}", "Tea Time", number, f"**Ann Lee:** Oolong tastes of rain number {number}.\n")
    often = "".join(f"**Guest {n}:** Oolong, {'and rain on the roof ' * 20}.\n\n" for n in range(3))
    add(tmp_path, "tea-20", "Tea Time", 20, often)
    many = open_assistant(tmp_path, tmp_path / "cache")

    answer = await many.ask(Question("which episodes talk about oolong and rain?"))

    assert isinstance(answer, Fact), answer
    assert len(answer.episodes) == 10
    assert answer.text.startswith("15 episodes fit “oolong and rain”. The ones with the most on it: Tea Time #20, ")
    assert "Ask for “all episodes about oolong and rain”" in answer.text


async def test_every_episode_on_a_subject_is_listed_by_show_and_number_when_all_are_asked_for(tmp_path: Path) -> None:
    for number in range(1, 13):
        add(tmp_path, f"tea-{number}", "Tea Time", number, f"**Ann Lee:** Oolong tastes of rain number {number}.\n")
    many = open_assistant(tmp_path, tmp_path / "cache")

    answer = await many.ask(Question("list all the episodes about oolong"))

    assert isinstance(answer, Fact), answer
    assert answer.text == f"12 episodes mention “oolong”:\nTea Time #{', #'.join(map(str, range(1, 13)))}"


@pytest.mark.parametrize(
    ("question", "episode"),
    [
        ("the latest episode", "night-9"),
        ("what's the newest episode about?", "night-9"),
        ("who was on the latest episode", "night-9"),
        ("latest Hive Talk episode", "hive-8"),
        ("what is the most recent episode of hive talk about", "hive-8"),
    ],
)
async def test_the_latest_episode_is_the_newest_of_the_show_that_is_named(
    tmp_path: Path, question: str, episode: str
) -> None:
    for id, show, number, day in (
        ("hive-8", "Hive Talk", 8, 1),
        ("night-9", "Night Sky", 9, 2),
        ("hive-7", "Hive Talk", 7, 0),
    ):
        add(tmp_path, id, show, number, "**Ann Lee:** Beeswax candles burn slowly.\n")
        with (tmp_path / id / "episode.yaml").open("a") as notes:
            notes.write(f"summary: All of {id}.\npublished: 2026-03-{day + 1:02}\nguests:\n  - name: Ben {number}\n")
    dated = open_assistant(tmp_path, tmp_path / "cache")

    answer = await dated.ask(Question(question))

    assert isinstance(answer, Fact), answer
    assert [each.id for each in answer.episodes] == [episode]


async def test_the_latest_episode_is_told_by_number_title_date_and_summary(tmp_path: Path) -> None:
    add(tmp_path, "hive-8", "Hive Talk", 8, "**Ann Lee:** Beeswax candles burn slowly.\n")
    with (tmp_path / "hive-8" / "episode.yaml").open("a") as notes:
        notes.write("summary: Wax and wicks.\npublished: 2026-03-01\n")

    answer = await open_assistant(tmp_path, tmp_path / "cache").ask(Question("latest episode?"))

    assert isinstance(answer, Fact), answer
    assert answer.text == "Hive Talk #8: Talk 8, 1 March 2026. Wax and wicks."


async def test_everything_somebody_said_is_in_nobody_elses_words(tmp_path: Path) -> None:
    said = "".join(
        f"**Ann Lee:** Oolong number {number} tastes of rain, I think, and of smoke.\n\n**Bob Ray:** Oolong it is.\n\n"
        for number in range(30)
    )
    add(tmp_path, "tea-1", "Tea Time", 1, said)
    tea = open_assistant(tmp_path, tmp_path / "cache")

    answer = await found(tea, "everything Ann Lee said about oolong")

    assert len(answer.evidence) == 10
    assert {evidence.speaker for evidence in answer.evidence} == {"Ann Lee"}
    assert answer.more
    rest = await tea.open(*answer.more)
    assert isinstance(rest, Found)
    assert {evidence.speaker for evidence in rest.evidence} == {"Ann Lee"}


async def test_everything_about_what_they_never_mention_is_nothing(assistant: Assistant) -> None:
    assert isinstance(await assistant.ask(Question("everything Bob Ray said about submarines")), NotFound)


async def test_everything_somebody_unknown_said_is_answered_as_any_question_is(assistant: Assistant) -> None:
    answer = await found(assistant, "everything they said about beeswax candles")

    assert len({evidence.speaker for evidence in answer.evidence}) > 1


async def test_episodes_with_most_of_the_words_are_listed_where_none_has_them_all(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("which episodes mention beeswax candles that never drip in winter?"))

    assert isinstance(answer, Fact), answer
    assert {"hive-7", "hive-8"} <= {episode.id for episode in answer.episodes}


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("undated")
    for number in (6, 7):
        add(library, f"hive-{number}", "Hive Talk", number, f"**Ann Lee:** Wax number {number}.\n\n**Bob Ray:** Yes.\n")
        add(library, f"log-{number}", "Podcast", number, "**Ada Ford:** Comets and their tails.\n")
        notes = library / f"log-{number}" / "episode.yaml"
        notes.write_text(notes.read_text().replace("Talk", "The Tail Log"))
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Hive Talk 7", "Hive Talk #7: Talk 7. Ann Lee and Bob Ray speak in it."),
        ("hive talk #6?", "Hive Talk #6: Talk 6. Ann Lee and Bob Ray speak in it."),
        ("what did they say in hive talk 7?", "Hive Talk #7: Talk 7. Ann Lee and Bob Ray speak in it."),
        ("tail log 6", "Podcast #6: The Tail Log 6. Ada Ford speaks in it."),
        ("latest hive talk", "Hive Talk #7: Talk 7. Ann Lee and Bob Ray speak in it."),
        ("the newest Tail Log", "Podcast #7: The Tail Log 7. Ada Ford speaks in it."),
        ("episode 7", "There are 2 episodes numbered 7: Hive Talk #7: Talk 7 and Podcast #7: The Tail Log 7."),
        (
            "latest episode",
            "The library doesn't say when episodes came out. "
            "The last episode of each show, by number: Hive Talk #7: Talk 7 and Podcast #7: The Tail Log 7.",
        ),
        ("hive talk", "There are 2 episodes of Hive Talk: Hive Talk #7: Talk 7 and Hive Talk #6: Talk 6."),
        ("which episodes are there?", "There are 4 episodes in 2 shows: Hive Talk (2) and Podcast (2)."),
        ("when did hive talk 7 come out", "The notes for Hive Talk #7 don't say when it came out."),
    ],
)
async def test_an_episode_or_a_show_is_found_by_what_people_call_it(
    undated: Assistant, question: str, told: str
) -> None:
    answer = await undated.ask(Question(question))

    assert answer.text == told


async def test_a_number_alone_is_of_the_show_talked_about_last(undated: Assistant) -> None:
    here = ConversationId("here")
    await undated.ask(Question("hive talk 7", conversation=here))

    answer = await undated.ask(Question("and episode 6?", conversation=here))

    assert isinstance(answer, Fact)
    assert [episode.id for episode in answer.episodes] == ["hive-6"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "who was on hive talk 7",
            "I couldn't find who the guest on Hive Talk #7 is. Ann Lee and Bob Ray speak in it.",
        ),
        ("who speaks in hive talk 7", "Ann Lee and Bob Ray speak in Hive Talk #7."),
        ("what is hive talk 7 about", "Hive Talk #7 has no summary. Ann Lee and Bob Ray speak in it."),
        ("who hosts the tail log?", "Ada Ford is in both episodes of Podcast; nobody says who hosts it."),
        ("Bob Ray", "Bob Ray speaks in Hive Talk #7: Talk 7 and Hive Talk #6: Talk 6."),
        ("which episodes has Bob Ray been on?", "Bob Ray speaks in Hive Talk #7: Talk 7 and Hive Talk #6: Talk 6."),
        ("what did Bob Ray say?", "Bob Ray speaks in Hive Talk #7: Talk 7 and Hive Talk #6: Talk 6."),
        ("who is the guest?", f"{sentences.UNDATED} For the last episode of each show, by number:\n{NO_GUESTS}"),
        ("who is bob ray?", "Bob Ray speaks in Hive Talk #7: Talk 7 and Hive Talk #6: Talk 6."),
        ("episodes with Ada Ford", "Ada Ford speaks in Podcast #7: The Tail Log 7 and Podcast #6: The Tail Log 6."),
    ],
)
async def test_who_is_heard_is_known_where_the_notes_name_nobody(undated: Assistant, question: str, told: str) -> None:
    answer = await undated.ask(Question(question))

    assert answer.text == told


async def test_a_quote_is_taken_from_what_was_said_where_none_was_picked_out(assistant: Assistant) -> None:
    here = ConversationId("here")
    drawn = await assistant.random_quote(QuoteFilter("beeswax candles", conversation=here))
    by_bob = await found(assistant, "a quote by Bob Ray about beeswax candles")
    another = await assistant.ask(Question("another one", conversation=here))

    assert isinstance(drawn, Found)
    assert isinstance(another, Found)
    assert len(drawn.evidence) == len(another.evidence) == 1
    assert drawn.evidence != another.evidence
    assert by_bob.evidence[0].speaker == "Bob Ray"


async def test_words_published_in_two_episodes_are_shown_once(tmp_path: Path) -> None:
    for show in ("Hive Talk", "Night Sky"):
        add(tmp_path, slug(show), show, 1, "**Ann Lee:** Beeswax candles burn slowly in the winter dark.\n")
    twice = open_assistant(tmp_path, tmp_path / "cache")

    for question in ("beeswax candles", "everything Ann Lee said about beeswax candles"):
        assert len((await found(twice, question)).evidence) == 1


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "how do submarines dive",
            "I looked through the transcripts of 3 episodes: “submarines” and “dive” never come up.",
        ),
        (
            "what about comets in hive talk 8?",
            "I looked through the transcript of Hive Talk #8 and found nothing on that.",
        ),
        (
            "what about submarines in hive talk 7?",
            "I looked through the transcript of Hive Talk #7: “submarines” never comes up.",
        ),
        (
            'did they say "submarines dive under winter ice"?',
            "I couldn't find those words in the transcripts of 3 episodes.",
        ),
        ("list all topics", sentences.NO_TOPICS),
        ("random quote", sentences.NO_QUOTES),
    ],
)
async def test_what_was_searched_in_vain_is_told(assistant: Assistant, question: str, told: str) -> None:
    answer = await assistant.ask(Question(question))

    assert answer.text == told


async def test_two_words_that_come_up_are_not_called_a_quotation(assistant: Assistant) -> None:
    few = await assistant.verify("beeswax candles")
    whole = await assistant.verify("And beeswax candles smell of honey.")

    assert few.text.startswith("Those words come up, for example in ")
    assert whole.text.startswith("It was said word for word in Hive Talk #7.")


async def test_a_quotation_typed_alone_comes_first_but_not_a_term_that_several_episodes_have(tmp_path: Path) -> None:
    digging = "".join(f"**Ann Lee:** The dirt of garden {bed} is dirt that we dug.\n\n" for bed in range(30))
    add(tmp_path, "hive-1", "Hive Talk", 1, f"{digging}**Bob Ray:** And then God said: get your own dirt.\n")
    for number in (2, 3, 4):
        add(tmp_path, f"hive-{number}", "Hive Talk", number, f"**Cora Lind:** In the dirt we found {number} coins.\n")
    assistant = open_assistant(tmp_path, tmp_path / "cache")

    quotation, term = await found(assistant, "get your own dirt"), await found(assistant, "in the dirt")

    assert quotation.evidence[0].speaker == "Bob Ray"
    assert term.evidence[0].speaker == "Ann Lee"


async def test_the_examples_are_questions_that_a_library_without_notes_answers(assistant: Assistant) -> None:
    help_ = await assistant.ask(Question("help"))

    assert isinstance(help_, Help)
    assert help_.examples
    for example in help_.examples:
        assert isinstance(await assistant.ask(Question(example)), Fact), example


@pytest.mark.parametrize("name", ["Ann", "Bob", "Ada Ford"])
async def test_of_several_who_said_it_the_one_asked_about_is_named(tmp_path: Path, name: str) -> None:
    for number, speaker in enumerate(("Ann Lee", "Bob Ray", "Ada Ford"), 1):
        add(tmp_path, f"hive-{number}", "Hive Talk", number, f"**{speaker}:** Move fast and melt things, I say.\n")
    several = open_assistant(tmp_path, tmp_path / "cache")

    answer = await several.ask(Question(f'did {name} say "move fast and melt things"?'))

    assert isinstance(answer, QuoteCheck)
    assert (answer.evidence[0].speaker or "").startswith(name)


async def test_what_was_replied_is_shown_and_not_the_question_that_fits_best(tmp_path: Path) -> None:
    talk = (
        "**Ann Lee:** So what would you plant on a balcony?\n\n**Bob Ray:** Lavender and thyme, they need no water.\n"
    )
    add(tmp_path, "hive-9", "Hive Talk", 9, talk)

    answer = await found(open_assistant(tmp_path, tmp_path / "cache"), "what to plant on a balcony")

    assert [evidence.speaker for evidence in answer.evidence] == ["Bob Ray"]


async def test_words_with_little_of_what_was_asked_for_are_not_shown(tmp_path: Path) -> None:
    add(tmp_path, "hive-8", "Hive Talk", 8, "**Cora Lind:** My beeswax candles never drip, and I sell hundreds.\n")
    add(tmp_path, "night-8", "Night Sky", 8, "**Ada Ford:** A meteorite fell through the roof, past my candles.\n")

    answer = await found(open_assistant(tmp_path, tmp_path / "cache"), "meteorite with candles")

    assert {evidence.episode.id for evidence in answer.evidence} == {"night-8"}


async def test_when_others_than_the_one_asked_about_speak_of_it_the_answer_says_so(assistant: Assistant) -> None:
    others = await found(assistant, "what did Elon Musk say about beeswax candles?")
    theirs = await found(assistant, "what did Cora Lind say about beeswax candles?")
    shows = await found(assistant, "what did Hive Talk say about beeswax candles?")
    anybody = await found(assistant, "what did guests say about beeswax candles?")
    founders = await found(assistant, "what do founders say about beeswax candles?")

    assert others.text.startswith("Elon Musk hasn't been on")
    assert theirs.text == "From Hive Talk #8:"
    assert shows.text.startswith("From ")
    assert anybody.text.startswith("From ")
    assert founders.text == anybody.text


async def test_whoever_says_nothing_on_it_is_not_quoted_for_the_name(tmp_path: Path) -> None:
    add(tmp_path, "hive-1", "Hive Talk", 1, "**Soo-jin Park:** White kimchi has no chili in it at all, it is older.\n")
    add(tmp_path, "hive-2", "Hive Talk", 2, "**Bob Ray:** I forgot the lid, and fruit flies made my first vinegar.\n")

    answer = await found(open_assistant(tmp_path, tmp_path / "cache"), "what did Soo-jin Park say about vinegar?")

    assert [evidence.speaker for evidence in answer.evidence] == ["Bob Ray"]
    assert answer.text == sentences.by_others("Soo-jin Park")


async def test_a_topic_with_a_common_word_does_not_head_what_was_said(tmp_path: Path) -> None:
    add(tmp_path, "hive-1", "Hive Talk", 1, "**Ann Lee:** So how do honeybees choose a new home when they swarm?\n")
    add(tmp_path, "hive-2", "Hive Talk", 2, "**Ann Lee:** Tomatoes grow best in the largest pots that you can find.\n")
    with (tmp_path / "hive-2" / "episode.yaml").open("a") as file:
        file.write("topics: [{title: Choosing varieties, summary: 'A chapter of the episode, 5:00 to 10:00.'}]\n")

    answer = await found(open_assistant(tmp_path, tmp_path / "cache"), "how do honeybees choose a new home?")

    assert answer.topics == ()


async def test_words_that_name_the_subject_come_before_those_around_them(tmp_path: Path) -> None:
    talk = (
        "**Ann Lee:** It was a long winter, and nobody came to visit the hives until the snow had gone at last.\n\n"
        "**Bob Ray:** And then the varroa mites came back, worse than before, and varroa is hard to get rid of.\n\n"
        "**Ann Lee:** Nobody likes that, and I remember how tired everyone in the village was that whole spring.\n"
    )
    add(tmp_path, "hive-1", "Hive Talk", 1, talk * 3)

    answer = await found(open_assistant(tmp_path, tmp_path / "cache"), "varroa")

    assert "varroa" in answer.evidence[0].text


async def test_a_few_words_follow_those_that_say_more(tmp_path: Path) -> None:
    add(tmp_path, "hive-1", "Hive Talk", 1, "**Ann Lee:** Keep the propolis!\n")
    add(tmp_path, "hive-2", "Hive Talk", 2, "**Bob Ray:** Bees seal every gap of the hive with propolis in autumn.\n")

    answer = await found(open_assistant(tmp_path, tmp_path / "cache"), "what did they say about propolis?")

    assert [evidence.speaker for evidence in answer.evidence] == ["Bob Ray", "Ann Lee"]


@pytest.fixture(scope="module")
def shows(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("shows")
    add(library, "hive-1", "Hive Talk", 1, "**Ann Lee:** I polish the table with beeswax, and burn beeswax candles.\n")
    add(library, "hive-2", "Hive Talk", 2, "**Cora Lind:** My beeswax candles never drip, and I sell hundreds.\n")
    add(library, "night-1", "Night Sky", 1, "**Ada Ford:** By beeswax candles we drew the comets and their tails.\n")
    add(library, "night-2", "Night Sky", 2, "**Ada Ford:** Beeswax never helped me see Saturn and its rings.\n")
    for name, season in (("hive-1", 1), ("hive-2", 2)):
        with (library / name / "episode.yaml").open("a") as file:
            file.write(f"season: {season}\n")
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    "question",
    [
        "what did they say about beeswax on Night Sky?",
        "what does night sky say about beeswax",
        "Night Sky on beeswax",
        "beeswax in the Night Sky podcast",
        "what did Ada say about beeswax on night sky",
        "everything Ada Ford said about beeswax on night sky",
    ],
)
async def test_a_show_that_is_named_is_searched_alone(shows: Assistant, question: str) -> None:
    answer = await found(shows, question)

    assert {evidence.episode.show for evidence in answer.evidence} == {"Night Sky"}
    assert len(answer.evidence) == 2


async def test_so_is_a_season(shows: Assistant) -> None:
    for question in ("what did they say about beeswax in season 2", "beeswax candles in season 2 of hive talk"):
        answer = await found(shows, question)
        assert [evidence.episode.id for evidence in answer.evidence] == ["hive-2"]


async def test_what_a_show_does_not_have_is_said_and_shown_from_elsewhere(shows: Assistant) -> None:
    answer = await found(shows, "what did they say about comets on Hive Talk?")
    listed = await shows.ask(Question("which Hive Talk episodes mention comets?"))
    nowhere = await shows.ask(Question("what did they say about submarines on Hive Talk?"))

    assert answer.text == "I found nothing on that in Hive Talk. From Night Sky #1:"
    assert isinstance(listed, Fact)
    assert listed.text == "I found nothing on that in Hive Talk. One episode mentions “comets”: Night Sky #1: Talk 1."
    assert isinstance(nowhere, NotFound)
    assert nowhere.text == "I looked through the transcripts of 4 episodes: “submarines” never comes up."


async def test_the_episodes_of_a_show_on_a_subject_are_listed(shows: Assistant) -> None:
    for question in ("which Hive Talk episodes mention beeswax?", "which episodes talk about beeswax on hive talk"):
        answer = await shows.ask(Question(question))
        assert isinstance(answer, Fact)
        assert {episode.id for episode in answer.episodes} == {"hive-1", "hive-2"}


async def test_a_show_named_in_passing_limits_nothing(shows: Assistant) -> None:
    answer = await found(shows, "beeswax candles under the night sky")

    assert {evidence.episode.show for evidence in answer.evidence} == {"Hive Talk", "Night Sky"}


@pytest.mark.parametrize("question", ["who talked about comets?", "who speaks of comets", "who mentioned comets"])
async def test_who_talks_about_a_subject_is_told_with_their_words(shows: Assistant, question: str) -> None:
    answer = await found(shows, question)

    assert answer.text == "Ada Ford talks about it:"


async def test_the_latest_and_the_first_on_a_subject_are_named(shows: Assistant) -> None:
    that = "that mentions “beeswax”"
    asked = {
        "latest Hive Talk epsiode about beeswaxx": f"The most recent episode {that} is Hive Talk S2E2: Talk 2.",
        "latest Hive Talk episode about beeswax": f"The most recent episode {that} is Hive Talk S2E2: Talk 2.",
        "first hive talk episode about beeswax": f"The first episode {that} is Hive Talk S1E1: Talk 1.",
        "the most recent episode about beeswax": "The library doesn't say when episodes came out. "
        f"The most recent episode of each show {that}: Night Sky #2: Talk 2 and Hive Talk S2E2: Talk 2.",
    }
    for question, told in asked.items():
        answer = await shows.ask(Question(question))
        assert isinstance(answer, Fact)
        assert answer.text == told

    assert isinstance(await shows.ask(Question("latest episode about submarines")), NotFound)


async def test_the_latest_on_a_subject_is_told_with_its_day_and_not_for_a_passing_mention(tmp_path: Path) -> None:
    much = "".join(
        f"**Ann Lee:** Beeswax {'and honey and combs and more ' * 12}.\n\n**Bob Ray:** Yes.\n\n" for _ in range(9)
    )
    add(tmp_path, "hive-1", "Hive Talk", 1, much)
    add(tmp_path, "hive-2", "Hive Talk", 2, much)
    add(tmp_path, "hive-3", "Hive Talk", 3, "**Ann Lee:** Only a word on beeswax today.\n")
    for number in (1, 2, 3):
        with (tmp_path / f"hive-{number}" / "episode.yaml").open("a") as file:
            file.write(f"published: 2026-03-0{number}\n")

    answer = await open_assistant(tmp_path, tmp_path / "cache").ask(Question("latest episode about beeswax"))

    assert isinstance(answer, Fact)
    assert answer.text == "The most recent episode with a lot on “beeswax” is Hive Talk #2: Talk 2, 2 March 2026."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("first hive talk episode", "Hive Talk #6: Talk 6. Ann Lee and Bob Ray speak in it."),
        ("the oldest episode of tail log", "Podcast #6: The Tail Log 6. Ada Ford speaks in it."),
        (
            "the first episode",
            "The library doesn't say when episodes came out. "
            "The first episode of each show, by number: Podcast #6: The Tail Log 6 and Hive Talk #6: Talk 6.",
        ),
        ("list all episodes", "There are 4 episodes in 2 shows: Hive Talk (2) and Podcast (2)."),
        (
            "list hive talk episodes",
            "There are 2 episodes of Hive Talk: Hive Talk #7: Talk 7 and Hive Talk #6: Talk 6.",
        ),
    ],
)
async def test_first_episodes_and_lists_are_asked_for_as_people_do(
    undated: Assistant, question: str, told: str
) -> None:
    answer = await undated.ask(Question(question))

    assert answer.text == told


async def test_an_episode_that_is_named_is_no_part_of_what_is_looked_for(shows: Assistant) -> None:
    for question in ("what did they say about beeswax in hive talk s2e2", "in hive talk season 2 episode 2: beeswax?"):
        answer = await found(shows, question)
        assert {evidence.episode.id for evidence in answer.evidence} == {"hive-2"}


async def test_a_season_that_is_not_there_is_no_reason_to_look_elsewhere(shows: Assistant) -> None:
    answer = await shows.ask(Question("what did they say about beeswax in season 7?"))

    assert isinstance(answer, NotFound)
    assert answer.text == "The library has no episodes from season 7."


async def test_whoever_speaks_elsewhere_only_is_shown_from_there(shows: Assistant) -> None:
    answer = await found(shows, "everything Ada Ford said about comets on hive talk")

    assert answer.text.startswith("I found nothing on that in Hive Talk. Ada Ford in Night Sky #1")


@pytest.mark.parametrize(
    "question", ["who talks about beeswax on night sky?", "did Ada Ford ever mention beeswax on night sky"]
)
async def test_who_speaks_and_whether_they_did_is_limited_as_well(shows: Assistant, question: str) -> None:
    answer = await found(shows, question)

    assert {evidence.episode.show for evidence in answer.evidence} == {"Night Sky"}


async def test_a_word_of_a_shows_name_is_a_subject_where_the_show_is_not_meant(tmp_path: Path) -> None:
    add(tmp_path, "hive-1", "Hive Talk", 1, "**Ann Lee:** A hive in winter hums, for thousands of bees shiver in it.\n")
    add(tmp_path, "night-1", "Night Sky", 1, "**Ada Ford:** We saw the comet of the century and its two long tails.\n")

    answer = await found(open_assistant(tmp_path, tmp_path / "cache"), "what did they say about the hive?")

    assert [evidence.episode.id for evidence in answer.evidence] == ["hive-1"]


async def test_an_episode_that_is_only_described_is_found_by_its_meaning(tmp_path: Path) -> None:
    talk = (
        "**Ann Lee:** I made a simulation, with dots bouncing around in a room, to explain how an illness spreads.",
        "**Bob Ray:** And once it worked on my computer screen, the editors at the newspaper wanted to print it.",
    )
    add(tmp_path, "hive-1", "Hive Talk", 1, "\n\n".join(talk) + "\n")
    for number in range(2, 12):
        add(tmp_path, f"hive-{number}", "Hive Talk", number, "**Cora Lind:** My candles never drip, and I sell many.\n")
    there = open_assistant(tmp_path, tmp_path / "cache")

    answer = await there.ask(
        Question("the one where a reporter drew bouncing balls to explain a pandemic spreading, which ep?")
    )

    assert isinstance(answer, Found | Unsure), answer
    assert answer.evidence[0].episode.number == "1"


async def test_an_episode_that_may_be_meant_is_named_if_the_person_is_in_it(tmp_path: Path) -> None:
    talk = "**Ann Lee:** I am recording this on the train.\n\n**Bob Ray:** Ann is travelling to Ghent, to the fair.\n"
    add(tmp_path, "hive-1", "Hive Talk", 1, talk)
    there = open_assistant(tmp_path, tmp_path / "cache")

    answer = await there.ask(Question("which episode was the one where Ann Lee records herself travelling to Ghent"))

    assert isinstance(answer, Fact), answer
    assert "I found no episode" not in answer.text
    assert [each.number for each in answer.episodes] == ["1"]
