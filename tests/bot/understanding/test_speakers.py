"""People who are heard in transcripts, by the names that others call them."""

from pathlib import Path

import pytest

from bot.answering import sentences
from bot.operating.opening import open_assistant
from bot.port.messages import (
    Answer,
    Assistant,
    ConversationId,
    EpisodeId,
    Fact,
    Found,
    Help,
    NotFound,
    Question,
    QuoteCheck,
    Scope,
    Several,
    Unsure,
)


def add(library: Path, name: str, number: int, transcript: str) -> None:
    place = library / name
    place.mkdir(parents=True)
    (place / "transcript.md").write_text(transcript)
    (place / "episode.yaml").write_text(
        f"title: About {name}\nshow: Hive Talk\nnumber: {number}\nsource: the transcript\n"
    )


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("hive")
    said = (
        "**Ann Lee:** Welcome! I think beeswax is the best polish for a table.\n\n"
        "**Cora Lind:** My beeswax candles never drip.\n",
        "**Ann Lee:** Every winter the bees shiver to keep their queen warm.\n\n"
        "**Cora Lind:** I would wear a second sweater in winter.\n",
        "**Ann Lee:** A swarm settles where its scouts agree.\n\n**Ann Webb:** Beeswax melts at sixty degrees.\n",
        "**Ann Lee:** Honey never spoils in a closed jar.\n\n**Bob Ray:** Honey is heavier than water.\n\n"
        "**Bob Hill:** Honey tastes of whatever was in bloom.\n\n**Zed:** Honey on toast is my whole breakfast.\n",
    )
    for number, transcript in enumerate(said, 1):
        add(home / "library", f"hive-{number}", number, transcript)
    return open_assistant(home / "library", home / "cache")


def speakers(answer: Answer) -> list[str | None]:
    assert isinstance(answer, Found)
    return [evidence.speaker for evidence in answer.evidence]


@pytest.mark.parametrize(
    "question",
    [
        "what did Ann say about beeswax?",
        "what does Lee think about beeswax",
        "Ann's take on beeswax",
        "anns thoughts on beeswax",
        "everything ann said about beeswax",
        "something by ann on beeswax",
        "according to Ann, what is beeswax good for?",
    ],
)
async def test_a_first_or_last_name_is_enough_for_whoever_is_heard_most(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert speakers(answer)[0] == "Ann Lee"
    assert answer.understood is None


async def test_in_an_episode_it_is_enough_for_whoever_is_heard_there(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what did Hill say about honey?", Scope(EpisodeId("hive-4"))))
    webb = await assistant.ask(Question("what did Webb say about beeswax in hive talk 3"))

    assert speakers(answer)[0] == "Bob Hill"
    assert speakers(webb) == ["Ann Webb"]


async def test_of_two_people_who_are_heard_as_often_neither_is_meant(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what did Bob say about honey?"))

    assert answer.understood is None
    assert speakers(answer)[0] in {"Bob Ray", "Bob Hill"}


@pytest.mark.parametrize("question", ["what did Ann Webb say about beeswax?", "an ann of beeswax", "beeswax, lee?"])
async def test_a_name_counts_as_it_stands_where_it_is_whole_or_a_word_like_any_other(
    assistant: Assistant, question: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert answer.understood is None


@pytest.mark.parametrize(
    "question", ["what did Zed say about honey?", "Zed's favourite honey", "all that zed said on honey"]
)
async def test_somebody_with_one_name_is_asked_by_that(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert speakers(answer)[0] == "Zed"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("who is Cora", "Cora Lind speaks in Hive Talk #2: About hive-2 and Hive Talk #1: About hive-1."),
        ("who is Zed?", "Zed speaks in Hive Talk #4: About hive-4."),
        ("which episodes are with Webb", "Ann Webb speaks in Hive Talk #3: About hive-3."),
        ("was Cora in hive talk 2?", "Yes. Cora Lind speaks in Hive Talk #2: About hive-2."),
        ("what did Cora Lind say in hive talk 1", "Cora Lind speaks in Hive Talk #1: About hive-1."),
        ("what did Zed say in hive talk 1", "Zed doesn't speak in Hive Talk #1. Ann Lee and Cora Lind do."),
    ],
)
async def test_where_somebody_is_heard_is_told(assistant: Assistant, question: str, told: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Fact)
    assert answer.text == told


async def test_whoever_is_heard_and_says_nothing_on_it_is_told_of_and_not_quoted(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what did Zed say about beeswax?"))

    assert isinstance(answer, Found)
    assert answer.text == sentences.by_others("Zed")
    assert "Zed" not in speakers(answer)


@pytest.mark.parametrize("question", ["and Cora?", "what about Cora Lind", "how about cora"])
async def test_a_name_alone_asks_for_their_words_on_the_same(assistant: Assistant, question: str) -> None:
    thread = ConversationId("a thread")
    await assistant.ask(Question("what did Ann say about beeswax?", conversation=thread))

    answer = await assistant.ask(Question(question, conversation=thread))

    assert speakers(answer)[0] == "Cora Lind"
    assert "beeswax" in answer.evidence[0].text if isinstance(answer, Found) else False


async def test_a_name_alone_where_nothing_was_asked_is_told_of(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what about Cora?"))

    assert isinstance(answer, Fact)
    assert answer.text == "Cora Lind speaks in Hive Talk #2: About hive-2 and Hive Talk #1: About hive-1."


@pytest.mark.parametrize("question", ["what did Tommy Lee say about beeswax?", "what did the lee say about beeswax"])
async def test_a_strangers_name_is_no_part_of_one_that_is_known(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert answer.understood is None


async def test_accents_may_be_left_out(tmp_path: Path) -> None:
    add(tmp_path / "library", "hive-1", 1, "**José Böll:** Beeswax is older than any candle that burns it.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    for question in ("what did jose say about beeswax", "what did Jose Boll say about beeswax?"):
        answer = await assistant.ask(Question(question))
        assert isinstance(answer, Found)
        assert answer.text == "From Hive Talk #1:"


async def test_of_several_with_a_name_none_is_said_to_be_silent(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what did Bob say about honey?"))

    assert isinstance(answer, Found)
    assert answer.text == "I take Bob to be Bob Ray; there is also Bob Hill. From Hive Talk #4:"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what did Bob say about honey?", "Bob Ray"),
        ("what does bob think of honey", "Bob Ray"),
        ("did Bob ever talk about honey", "Bob Ray"),
        ("bob on honey", "Bob Ray"),
        ("a quote by Bob about honey", "Bob Ray"),
        ("everything Bob said about honey", "Bob Ray"),
        ("what did Bob say about what was in bloom", "Bob Hill"),
    ],
)
async def test_of_several_with_a_name_the_answer_says_whose_words_it_shows(
    assistant: Assistant, question: str, name: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert set(speakers(answer)) == {name}
    assert name in answer.text


async def test_which_of_several_with_a_name_is_meant_is_asked_back(tmp_path: Path) -> None:
    for number in range(1, 402):
        said = "**Bob Ray:** Honey.\n\n**Bob Hill:** Wax.\n" if number < 4 else "**Ann Lee:** Bees.\n"
        add(tmp_path / "library", f"hive-{number}", number, said if number > 1 else f"{said}\n**Jo Bobs:** Bees.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    for question in (
        "Bob's first appearance",
        "Bobs last episode",
        "when was Bob first on?",
        "who is Bob?",
        "what does Bob talk about most",
    ):
        answer = await assistant.ask(Question(question))
        assert answer.text == "Which Bob do you mean: Bob Ray (3 episodes) or Bob Hill (3 episodes)?"


async def test_one_who_is_heard_once_among_hundreds_is_meant_by_a_first_name_that_is_no_common_word(
    tmp_path: Path,
) -> None:
    for number in range(1, 402):
        add(tmp_path / "library", f"hive-{number}", number, "**Ann Lee:** Honey never spoils in a closed jar.\n")
    with (tmp_path / "library" / "hive-7" / "transcript.md").open("a") as file:
        file.write(
            "\n**Will Garbo:** Garbage is what I collect, and nobody thanks me.\n"
            "\n**Charlotte Reed:** Newcomers get their first task from me on their first day.\n"
        )
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    whole = await assistant.ask(Question("what did Will Garbo say about garbage?"))
    word = await assistant.ask(Question("what does will say about garbage"))
    name = await assistant.ask(Question("what did charlotte say about newcomers"))
    nobody = await assistant.ask(Question("what did Will Garbo say about submarines?"))

    assert speakers(whole) == ["Will Garbo"]
    assert word.understood is None
    assert speakers(name) == ["Charlotte Reed"]
    assert isinstance(nobody, NotFound)


@pytest.mark.parametrize(
    "question", ['did they say "ann said honey never spoils"?', 'did they say "I think so on Hive Talk, ann said"?']
)
async def test_words_that_are_quoted_stay_as_they_are(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, QuoteCheck)
    assert answer.asked in question
    assert answer.understood is None


@pytest.fixture(scope="module")
def two_anns(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("two-anns")
    for number in range(1, 4):
        add(home / "library", f"hive-{number}", number, "**Ann Lee:** Honey never spoils in a closed jar.\n")
    said = (
        "**Ann Webb:** Beeswax melts at sixty degrees.\n\n**Will:** Hosting a swarm takes an empty box and patience.\n"
    )
    add(home / "library", "hive-4", 4, said)
    return open_assistant(home / "library", home / "cache")


async def test_where_the_one_who_is_meant_says_nothing_another_of_the_name_does(two_anns: Assistant) -> None:
    answer = await two_anns.ask(Question("what did Ann say about how beeswax melts at sixty degrees?"))

    assert speakers(answer) == ["Ann Webb"]
    assert answer.understood is None


async def test_a_subject_that_a_fact_is_asked_by_is_one_where_somebody_speaks_of_it(two_anns: Assistant) -> None:
    answer = await two_anns.ask(Question("what did Will say about hosting?"))

    assert speakers(answer) == ["Will"]


@pytest.mark.parametrize("question", ["a quote by Linus Torvalds", "quote by linus torvalds about honey"])
async def test_nobody_elses_words_are_a_quote_by_a_stranger(two_anns: Assistant, question: str) -> None:
    answer = await two_anns.ask(Question(question))

    assert isinstance(answer, NotFound)
    assert answer.text.casefold() == sentences.no_quote_by("linus torvalds").casefold()


async def test_a_common_word_is_found_where_it_is_said_often(tmp_path: Path) -> None:
    for number in range(1, 13):
        add(tmp_path / "library", f"hive-{number}", number, f"**Ann Lee:** My work with hive {number} is never done.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await assistant.ask(Question("what did they say about work?"))

    assert set(speakers(answer)) == {"Ann Lee"}


@pytest.mark.parametrize(
    "question",
    ["is Ann Webb shivering in winter?", "how old is Ann Webb in winter", "where does Ann Webb keep her queen?"],
)
async def test_a_question_about_somebody_is_not_answered_with_what_others_say(
    assistant: Assistant, question: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, NotFound)


async def test_one_person_is_known_with_and_without_degrees_and_initials(tmp_path: Path) -> None:
    add(tmp_path / "library", "hive-1", 1, "**Mia B. Roth, Psy.D:** Habits are paths that we walk again.\n")
    add(tmp_path / "library", "hive-2", 2, "**Mia Roth, PsyD:** Stress is a bee that cannot find the door.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    stress = await assistant.ask(Question("what did Mia Roth say about stress?"))
    who = await assistant.ask(Question("who is Mia Roth?"))

    assert isinstance(stress, Found)
    assert [each.episode.id for each in stress.evidence] == ["hive-2"]
    assert isinstance(who, Fact)
    assert {each.id for each in who.episodes} == {"hive-1", "hive-2"}


async def test_of_whoever_is_asked_about_their_own_words_come_before_nearer_ones_of_others(
    assistant: Assistant,
) -> None:
    answer = await assistant.ask(Question("does Ann Webb think beeswax is good polish?"))

    assert isinstance(answer, Found | Unsure)
    assert {each.speaker for each in answer.evidence} == {"Ann Webb"}


async def test_he_is_whoever_said_what_was_shown_first(assistant: Assistant) -> None:
    talk = ConversationId("shown first")

    shown = await assistant.ask(Question("what is said about a second sweater?", conversation=talk))
    theirs = await assistant.ask(Question("what did she say about candles?", conversation=talk))

    assert speakers(shown)[0] == "Cora Lind"
    assert speakers(theirs) == ["Cora Lind"]


async def test_the_first_and_the_last_are_asked_of_what_was_looked_for_before(assistant: Assistant) -> None:
    talk = ConversationId("first and last")

    asked = ["what do they say about winter?", "which episode was first?", "and the latest?"]
    answers = [await assistant.ask(Question(each, conversation=talk)) for each in asked]
    alone = await assistant.ask(Question("which episode was first?"))

    assert [[each.episode.id for each in answer.evidence] for answer in answers[1:] if isinstance(answer, Found)] == [
        ["hive-2"],
        ["hive-2"],
    ]
    assert "last mention of “winter”" in getattr(answers[2], "text", "")
    assert isinstance(alone, Fact)
    assert alone.episodes[0].id == "hive-1"


async def test_what_somebody_replied_where_the_same_was_asked_comes_first(tmp_path: Path) -> None:
    said = (
        "**Ann Lee:** A swarm waits for thirty scouts. Thirty scouts are a quorum, and thirty is enough.\n\n"
        "**Bob Ray:** Why thirty?\n\n**Ann Lee:** With ten they would be quick and often wrong, that is why.\n"
    )
    add(tmp_path / "library", "hive-1", 1, said)
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await assistant.ask(Question("why thirty?"))

    assert isinstance(answer, Found)
    assert answer.evidence[0].text.startswith("With ten they would be quick")


async def test_after_a_subject_that_is_not_there_nothing_is_left_to_tell_more_of(assistant: Assistant) -> None:
    talk = ConversationId("nothing left")

    await assistant.ask(Question("what do they say about winter?", conversation=talk))
    await assistant.ask(Question("what do they say about submarines?", conversation=talk))
    more = await assistant.ask(Question("tell me more", conversation=talk))

    assert isinstance(more, Help)


async def test_each_subject_of_a_list_has_an_answer_of_its_own(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what did they say about winter, beeswax and honey?"))

    assert isinstance(answer, Several)
    assert [part.asked for part in answer.parts] == ["winter", "beeswax", "honey"]


async def test_theirs_is_something_of_the_subject_before(assistant: Assistant) -> None:
    talk = ConversationId("theirs")

    await assistant.ask(Question("what do they say about bees?", conversation=talk))
    theirs = await assistant.ask(Question("and their queen?", conversation=talk))

    assert isinstance(theirs, Found)
    assert "queen" in theirs.evidence[0].text


async def test_more_of_a_single_quotation_is_what_was_said_next(tmp_path: Path) -> None:
    said = (
        "**Ann Lee:** My great grandfather kept skeps under a pear tree.\n\n"
        "**Bob Ray:** Goodness me, under a tree.\n\n**Ann Lee:** He sold the wax to the church.\n"
    )
    add(tmp_path / "library", "hive-1", 1, said)
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")
    talk = ConversationId("skeps")

    first = await assistant.ask(Question("what did Ann Lee say about skeps?", conversation=talk))
    more = await assistant.ask(Question("tell me more", conversation=talk))

    assert isinstance(first, Found)
    assert isinstance(more, Found)
    assert [each.text for each in more.evidence] == ["Goodness me, under a tree.", "He sold the wax to the church."]
    assert more.text.startswith(sentences.NOTHING_MORE)


@pytest.mark.parametrize(
    "question", ["who is Ann Webb and what does she think about beeswax?", "who is Ann Webb and why does beeswax melt?"]
)
async def test_a_second_question_after_and_has_an_answer_of_its_own(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Several)
    who, said = (part.answer for part in answer.parts)
    assert isinstance(who, Fact)
    assert isinstance(said, Found)
    assert "Beeswax melts at sixty degrees." in {each.text for each in said.evidence}


async def test_he_is_remembered_over_a_question_for_the_episode(assistant: Assistant) -> None:
    talk = ConversationId("over a fact")

    for question in ("what did Bob Hill say about honey?", "does it spoil?", "which episode was that?"):
        await assistant.ask(Question(question, conversation=talk))
    theirs = await assistant.ask(Question("and did he mention bloom?", conversation=talk))

    assert speakers(theirs) == ["Bob Hill"]


@pytest.mark.parametrize("typed", ["mirelle reese", "Mireille Reese", "mirelle reece", "mireille reece"])
async def test_a_misspelt_name_is_found_though_the_full_one_has_an_initial_and_a_degree(
    tmp_path: Path, typed: str
) -> None:
    talk = "**Mireille B. Reece, Psy.D:** Sleep is when a brain is tidied.\n\n**Ann Lee:** Reese makes sweets.\n"
    add(tmp_path / "library", "hive-1", 1, talk)

    answer = await open_assistant(tmp_path / "library", tmp_path / "cache").ask(Question(f"who is {typed}?"))

    assert isinstance(answer, Fact)
    assert answer.text.startswith("Mireille B. Reece, Psy.D speaks in")
