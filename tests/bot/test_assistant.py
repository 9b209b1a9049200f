"""The assistant over a real index: what it finds, what it checks, what it admits not to know."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import sentences
from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.port.messages import (
    Answer,
    Completion,
    ConversationId,
    EpisodeId,
    EvidenceKind,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    Question,
    QuoteCheck,
    QuoteFilter,
    Scope,
    Unsure,
    Verdict,
)
from bot.understanding.conversation import Conversations
from knowledge import library
from knowledge.search import Search
from tests.bot.conftest import BEES as BEES_EPISODE
from tests.bot.conftest import HONEY as HONEY_EPISODE
from tests.fakes.examples import examples

HERE = ConversationId("here")
BEES = EpisodeId("hive-talk-12")
HONEY = EpisodeId("hive-talk-11")


async def ask(assistant: EpisodeAssistant, *turns: str) -> Answer:
    for turn in turns:
        answer = await assistant.ask(Question(turn, conversation=HERE))
    return answer


async def test_a_topic_is_found_with_its_quotes_speakers_times_and_links(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "how does a swarm pick a home?")

    assert isinstance(answer, Found)
    assert answer.topics[0].title == "Swarms"
    quote = answer.evidence[0]
    assert (quote.speaker, quote.start) == ("Tomas Ortega", timedelta(seconds=135))
    assert quote.url == "https://www.youtube.com/watch?v=abcdefghijk&t=133"
    assert [topic.title for topic in answer.related] == ["The waggle dance"]


async def test_a_misspelt_question_is_answered_and_says_what_was_understood(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "what do they say abuot pestcides?")

    assert isinstance(answer, Found)
    assert answer.topics[0].title == "Pesticides"
    assert answer.understood is not None
    assert "pesticides" in answer.understood


async def test_words_from_a_transcript_are_evidence_with_an_approximate_time(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "who paints the front boards of hives in Slovenia")

    assert isinstance(answer, Found)
    words = answer.evidence[0]
    assert words.kind is EvidenceKind.PASSAGE
    assert "Beekeepers in Slovenia" in words.text
    assert words.start is not None


async def test_what_the_library_lacks_is_not_found_and_other_topics_are_offered(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "how do I change the oil of a tractor?")

    assert isinstance(answer, NotFound)
    assert answer.suggestions


async def test_a_guests_name_alone_is_no_answer(assistant: EpisodeAssistant) -> None:
    assert isinstance(await ask(assistant, "did Tomas Ortega mention his motorbike?"), NotFound)


async def test_a_question_can_be_asked_of_one_episode_only(assistant: EpisodeAssistant) -> None:
    answer = await assistant.ask(Question("the waggle dance", Scope(HONEY)))

    assert not isinstance(answer, Found)


async def test_an_episode_can_be_named_by_its_number(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "who hosts episode 11?")

    assert isinstance(answer, Fact)
    assert answer.text == "The host of Hive Talk #11 is Maya Keller."


async def test_an_episode_number_that_is_not_there_is_said(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "what is episode 99 about")

    assert isinstance(answer, NotFound)
    assert "99" in answer.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("who are the guests?", "The guests on Hive Talk #12 are Tomas Ortega and Ines Duarte."),
        (
            "host and guest?",
            "The host of Hive Talk #12 is Maya Keller. The guests on Hive Talk #12 are Tomas Ortega and Ines Duarte.",
        ),
        ("what number is it", "It's Hive Talk #12: How bees decide."),
        ("title?", "It's called “How bees decide” (Hive Talk #12)."),
        ("subtitle?", "The subtitle of Hive Talk #12 is “Democracy with wings”"),
        ("which show is this", "It's Hive Talk."),
        ("when did it come out", "Hive Talk #12 came out on 1 March 2026."),
        ("how long is it", "Hive Talk #12 runs for 1 hour 5 minutes."),
        ("link?", "Hive Talk #12: https://www.youtube.com/watch?v=abcdefghijk"),
        ("what is it about", "Swarms, scouts and the dance that settles an argument."),
        (
            "who is maya keller",
            "Maya Keller is the host of Hive Talk #12: How bees decide and Hive Talk #11: What honey remembers.",
        ),
        ("who is tom ortega", "Tomas Ortega is a guest on Hive Talk #12: How bees decide."),
        ("what are your sources", "What I know about Hive Talk #12 comes from the episode's notes."),
    ],
)
async def test_facts_are_stated_about_the_newest_episode(assistant: EpisodeAssistant, question: str, text: str) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Fact)
    assert answer.text == text


@pytest.mark.parametrize(
    "question",
    ["when did episode 11 come out", "who is the guest of episode 11", "subtitle of episode 11", "link to episode 11"],
)
async def test_a_fact_that_the_notes_lack_is_never_made_up(assistant: EpisodeAssistant, question: str) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, NotFound)
    assert "Hive Talk #11" in answer.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("summary of episode 11", "The notes for Hive Talk #11 cover Pollen in honey."),
        ("which episode has ines duarte?", "Ines Duarte is a guest on Hive Talk #12: How bees decide."),
        ("is there an episode with Tom", "Yes. Tomas Ortega is a guest on Hive Talk #12: How bees decide."),
    ],
)
async def test_an_episode_is_told_by_its_people_and_its_topics(
    assistant: EpisodeAssistant, question: str, text: str
) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Fact)
    assert answer.text == text


async def test_a_fact_is_about_the_episode_of_the_person_named(search: Search) -> None:
    honey_first = EpisodeAssistant(OpenLibrary((HONEY_EPISODE, BEES_EPISODE), search))
    answer = await honey_first.ask(Question("how long is the ines duarte episode"))

    assert isinstance(answer, Fact)
    assert answer.episodes == (BEES_EPISODE,)


async def test_a_first_name_does_not_hide_the_subject(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "what did ines say about pesticides?")

    assert isinstance(answer, Found)
    assert answer.text == ("What neonicotinoids do to foraging. The notes don't say who made which point.")


async def test_the_topics_are_listed(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "which topics can I ask about")

    assert isinstance(answer, Fact)
    assert "Pollen in honey" in answer.text
    assert len(answer.related) == 4


@pytest.mark.parametrize("question", ["what episodes do you have", "hey, what's new?"])
async def test_the_episodes_are_listed(assistant: EpisodeAssistant, question: str) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Fact)
    assert answer.text == (
        "There are 2 episodes: Hive Talk #12: How bees decide and Hive Talk #11: What honey remembers."
    )


async def test_exact_words_are_confirmed_with_their_speaker(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, 'did they say "every scout is allowed to be wrong exactly once"?')

    assert isinstance(answer, QuoteCheck)
    assert answer.verdict is Verdict.EXACT
    assert "Ines Duarte said it." in answer.text


async def test_half_remembered_words_are_put_right(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, 'did they say "every scout is allowed to be late exactly once"?')

    assert isinstance(answer, QuoteCheck)
    assert answer.verdict is Verdict.CLOSE
    assert [(each.asked, each.real) for each in answer.differences] == [("late", "wrong")]
    assert "“wrong”, not “late”" in answer.text


async def test_words_that_nobody_said_are_not_found_and_nothing_is_claimed(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, 'did they say "wasps are the better engineers by far"?')

    assert isinstance(answer, QuoteCheck)
    assert answer.verdict is Verdict.NOT_FOUND
    assert not answer.evidence


async def test_a_named_speaker_is_told_and_an_unnamed_one_is_not_guessed(assistant: EpisodeAssistant) -> None:
    named = await ask(assistant, "who said a jar of honey is a landscape you can eat")
    unnamed = await ask(assistant, "who said the angle of the dance is a map drawn against the sun")

    assert named.text == "Maya Keller said it."
    assert unnamed.text == "The notes don't name the speaker."


async def test_a_random_quote_does_not_come_again_until_all_others_have(assistant: EpisodeAssistant) -> None:
    wanted = QuoteFilter(conversation=HERE)
    drawn = [await assistant.random_quote(wanted) for _ in range(8)]

    ids = [each.evidence[0].id for each in drawn if isinstance(each, Found)]
    assert len(set(ids[:4])) == 4
    assert set(ids[:4]) == set(ids[4:])


async def test_a_quote_is_drawn_by_topic_speaker_and_episode(assistant: EpisodeAssistant) -> None:
    by_topic = await assistant.random_quote(QuoteFilter(about="the waggle dance"))
    by_speaker = await assistant.random_quote(QuoteFilter(scope=Scope(speaker="ines")))
    by_episode = await assistant.random_quote(QuoteFilter(scope=Scope(episode=HONEY)))

    drawn = [
        each.evidence[0].id.rpartition("/")[2] for each in (by_topic, by_speaker, by_episode) if isinstance(each, Found)
    ]
    assert drawn == ["dance", "scouts", "pollen"]


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("a quote by Tom", {"Tomas Ortega"}),
        ("tomas ortega quote please", {"Tomas Ortega"}),
        ("Ines Duarte's best line", {"Ines Duarte"}),
        ("any quote from maya?", {"Maya Keller"}),
        ("random quote from Hive Talk", {"Tomas Ortega", "Ines Duarte", "Maya Keller", None}),
    ],
)
async def test_a_quote_is_asked_of_a_person(
    assistant: EpisodeAssistant, question: str, speakers: set[str | None]
) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Found)
    assert answer.evidence[0].speaker in speakers


async def test_whoever_is_quoted_nowhere_is_called_by_the_whole_name(shipped: EpisodeAssistant) -> None:
    answer = await ask(shipped, "give me a quote from jensen about china")

    assert answer == NotFound(sentences.no_quote_by("Jensen Huang"), 0.0, suggestions=answer.suggestions)


async def test_no_quote_by_somebody_who_is_quoted_nowhere(assistant: EpisodeAssistant) -> None:
    assert isinstance(await assistant.random_quote(QuoteFilter(scope=Scope(speaker="Albert Einstein"))), NotFound)


async def test_a_topic_without_a_quote_is_told_instead(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "give me a quote about pesticides")

    assert isinstance(answer, Found)
    assert not answer.evidence
    assert answer.text.startswith("The notes have no quote on that")
    assert answer.place == BEES_EPISODE


async def test_a_follow_up_asks_for_the_same_of_something_else(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "give me a quote about swarms", "and the dance?")

    assert isinstance(answer, Found)
    assert answer.evidence[0].id.endswith("quote/dance")


@pytest.mark.parametrize(
    ("turns", "text"),
    [
        (("what number is how bees decide", "no, the other one"), "It's Hive Talk #11: What honey remembers."),
        (("what is the title of ep 11", "and of 12?"), "It's called “How bees decide” (Hive Talk #12)."),
        (("when did ep 11 come out", "same for ep 12"), "Hive Talk #12 came out on 1 March 2026."),
        (
            ("who hosts ep 12", "has she been on before?"),
            "Yes. Maya Keller is the host of Hive Talk #12: How bees decide and Hive Talk #11: What honey remembers.",
        ),
    ],
)
async def test_a_fact_is_asked_for_again_of_another_episode_or_gone_on_from(
    assistant: EpisodeAssistant, turns: tuple[str, ...], text: str
) -> None:
    answer = await ask(assistant, *turns)

    assert answer.text == text


async def test_the_real_words_are_those_of_the_quotation_that_was_checked(assistant: EpisodeAssistant) -> None:
    answer = await ask(
        assistant, 'did they say "every scout is allowed to be right exactly once"', "what's the real quote?"
    )

    assert isinstance(answer, QuoteCheck)
    assert (answer.verdict, [each.speaker for each in answer.evidence]) == ("exact", ["Ines Duarte"])


async def test_another_quote_is_about_the_same(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "give me a quote about swarms", "another one")

    assert isinstance(answer, Found)
    assert answer.evidence[0].id.endswith("quote/scouts")


async def test_asking_who_said_a_quote_leaves_another_one_its_subject(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "quote about swarms", "who said that?", "another one")

    assert isinstance(answer, Found)
    assert answer.evidence[0].speaker == "Ines Duarte"


async def test_a_quote_can_be_asked_more_about(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "a quote from honey please", "tell me more about that")

    assert isinstance(answer, Found)
    assert [topic.title for topic in answer.topics] == ["Pollen in honey"]


async def test_more_goes_on_to_what_is_related(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "swarms", "tell me more")

    assert isinstance(answer, Found)
    assert answer.topics[0].title == "The waggle dance"


async def test_more_ends_when_all_has_been_told(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "swarms", "tell me more", "what else?", "more")

    assert isinstance(answer, Found)
    assert answer.text == sentences.NOTHING_MORE


async def test_that_is_what_was_shown_last(assistant: EpisodeAssistant) -> None:
    who = await ask(assistant, "tell me about swarms", "who said that?")
    really = await ask(assistant, "did they really say that?")
    quote = await ask(assistant, "any quote on that?")

    assert who.text == "Tomas Ortega said it at 2:15, in Hive Talk #12: How bees decide (1 March 2026)."
    assert isinstance(really, QuoteCheck)
    assert really.verdict is Verdict.EXACT
    assert isinstance(quote, Found)
    assert quote.evidence


@pytest.mark.parametrize(
    "question", ["tell me more", "who said that?", "did they really say that?", "any quote on that?", "why is that"]
)
async def test_a_follow_up_to_nothing_asks_what_is_meant(assistant: EpisodeAssistant, question: str) -> None:
    assert isinstance(await ask(assistant, question), Help)


async def test_conversations_do_not_mix(assistant: EpisodeAssistant) -> None:
    await ask(assistant, "tell me about swarms")
    answer = await assistant.ask(Question("tell me more", conversation=ConversationId("elsewhere")))

    assert isinstance(answer, Help)


async def test_a_topic_an_episode_and_words_can_be_opened(assistant: EpisodeAssistant) -> None:
    topic = await assistant.open(ItemId("hive-talk-12/topic/dance"))
    episode = await assistant.open(ItemId("hive-talk-12"))
    words = await assistant.open(ItemId("hive-talk-11/passage/1"), ItemId("hive-talk-11/quote/pollen"))

    assert isinstance(topic, Found)
    assert isinstance(episode, Fact)
    assert isinstance(words, Found)
    assert [each.kind for each in words.evidence] == [EvidenceKind.PASSAGE, EvidenceKind.QUOTE]


@pytest.mark.parametrize("gone", ["hive-talk-12/topic/wasps", "other", "hive-talk-11/passage/77", ""])
async def test_opening_what_is_gone_is_said_kindly(assistant: EpisodeAssistant, gone: str) -> None:
    answer = await assistant.open(ItemId(gone))

    assert isinstance(answer, NotFound)
    assert "isn't in the library any more" in answer.text


async def test_words_can_be_verified_without_a_question_around_them(assistant: EpisodeAssistant) -> None:
    exact = await assistant.verify("A jar of honey is a landscape you can eat!")
    nothing = await assistant.verify("  🙃 ")

    assert isinstance(exact, QuoteCheck)
    assert exact.verdict is Verdict.EXACT
    assert isinstance(nothing, Help)


async def test_people_are_all_who_speak_host_or_are_guests(assistant: EpisodeAssistant) -> None:
    people = [choice.value for choice in await assistant.complete(Completion.PERSON, "")]

    assert people[0] == "Maya Keller"  # of both episodes
    assert {"Tomas Ortega", "Ines Duarte"} <= set(people)
    assert len(people) == len(set(people))


async def test_half_typed_words_are_completed(assistant: EpisodeAssistant) -> None:
    topics = await assistant.complete(Completion.TOPIC, "wag")
    misspelt = await assistant.complete(Completion.TOPIC, "pestcides")
    speakers = await assistant.complete(Completion.SPEAKER, "", limit=2)
    episodes = await assistant.complete(Completion.EPISODE, "honey")

    assert [each.label for each in topics] == ["The waggle dance"]
    assert [each.label for each in misspelt] == ["Pesticides"]
    assert len(speakers) == 2
    assert [each.value for each in episodes] == [HONEY]


async def test_lists_are_given_in_order(assistant: EpisodeAssistant) -> None:
    assert [episode.id for episode in await assistant.episodes()] == [BEES, HONEY]
    assert [topic.title for topic in await assistant.topics(Scope(HONEY))] == ["Pollen in honey"]
    assert await assistant.topics(Scope(EpisodeId("none"))) == ()
    assert await assistant.episode(EpisodeId("none")) is None


@pytest.mark.parametrize("named", ["<!channel>", "?!", "🤷"])
async def test_what_has_no_words_names_no_episode(assistant: EpisodeAssistant, named: str) -> None:
    assert await assistant.episodes(named) == ()


async def test_an_empty_library_has_no_answer_but_an_answer() -> None:
    assistant = EpisodeAssistant(OpenLibrary((), Search.over(())))

    for question in ("who is the guest", "what topics are there", "which episodes", "quote", "anything on bees?", "hi"):
        assert isinstance(await ask(assistant, question), NotFound | Help)


async def test_what_is_likely_is_offered_where_nothing_is_sure(shipped: EpisodeAssistant) -> None:
    answers = [
        await ask(shipped, question)
        for question in (
            "breakthroughs in hardware racks of optimism",
            "approach",
            "significant things in the landscape",
        )
    ]

    for answer in answers:
        assert not isinstance(answer, Unsure) or answer.guesses


async def test_words_that_only_share_a_common_word_are_no_evidence(shipped: EpisodeAssistant) -> None:
    answer = await ask(shipped, "AI safety")

    assert isinstance(answer, Found)
    assert [evidence.id.rpartition("/")[2] for evidence in answer.evidence] == ["agi-is-not-predetermined"]


@pytest.mark.parametrize("guess", ["did Jensen say that?", "so did they really say that"])
async def test_words_confirmed_are_not_confirmed_of_anybody(shipped: EpisodeAssistant, guess: str) -> None:
    answer = await ask(shipped, "quote on compute", guess)

    assert isinstance(answer, QuoteCheck)
    assert answer.text == "It was said word for word in Lex Fridman Podcast #494. The notes don't name the speaker."


async def test_a_question_back_to_what_is_not_there_is_no_summary(shipped: EpisodeAssistant) -> None:
    answer = await ask(shipped, "My aunt keeps bees and says they dance. What did they say?")

    assert isinstance(answer, NotFound)


async def test_a_rare_word_said_once_in_a_transcript_is_offered(assistant: EpisodeAssistant) -> None:
    answer = await ask(assistant, "glucose")

    assert isinstance(answer, Unsure | Found)
    opened = await assistant.open(answer.guesses[0].id) if isinstance(answer, Unsure) else answer
    assert isinstance(opened, Found)
    assert "glucose" in opened.evidence[0].text
    assert not isinstance(answer, Unsure) or "glucose" in answer.guesses[0].label


async def test_nothing_is_put_into_the_guests_mouth(shipped: EpisodeAssistant) -> None:
    answer = await ask(shipped, "what did Jensen Huang say about scaling laws?")

    assert isinstance(answer, Found)
    assert answer.evidence[0].speaker is None
    assert answer.text.endswith("The notes don't say who made which point.")


@examples(60)
@given(st.text(st.characters(), max_size=400))
async def test_any_text_gets_an_answer(shipped_search: Search, text: str) -> None:
    assistant = EpisodeAssistant(OpenLibrary(library.read(library.SHIPPED).episodes, shipped_search))

    assert (await assistant.ask(Question(text))).text


@pytest.mark.parametrize(
    "text", ["", " \n", "\x00\x1b[2J", "‮‏abc", "\ud800", "?" * 100_000, "word " * 20_000, "что они сказали о китае"]
)
async def test_hostile_text_gets_an_answer(shipped: EpisodeAssistant, text: str) -> None:
    answer = await ask(shipped, text)

    assert isinstance(answer, Help | NotFound | Unsure)


async def test_the_event_loop_goes_on_while_a_question_is_answered(search: Search) -> None:
    answering, go_on = threading.Event(), threading.Event()

    def clock() -> float:
        answering.set()
        assert go_on.wait(10), "the event loop stood still"
        return 0.0

    library = OpenLibrary((BEES_EPISODE, HONEY_EPISODE), search)
    assistant = EpisodeAssistant(library, conversations=Conversations(clock=clock))

    answer = asyncio.create_task(ask(assistant, "how does a swarm pick a home?"))
    assert await asyncio.to_thread(answering.wait, 10)
    go_on.set()

    assert isinstance(await answer, Found)
