"""What a question wants is read from its shape, and a shape needs all of the question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.intents import (
    AboutThat,
    AnotherQuote,
    AskFact,
    AskFactOn,
    AskPerson,
    CheckQuote,
    Courtesy,
    EpisodesOn,
    Everything,
    FactKind,
    Intent,
    LatestOn,
    ListEpisodes,
    ListTopics,
    Look,
    More,
    QuoteOnThat,
    Social,
    WantQuote,
    WhoSaid,
    read,
)
from bot.understanding.text import Words, clean

NAMES = frozenset({"lex", "fridman", "podcast", "jensen", "huang"})


def intent(text: str) -> Intent:
    return read(Words(clean(text)), NAMES).intent


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("who is the guest?", FactKind.GUEST),
        ("whos on this ep", FactKind.GUEST),
        ("who does lex talk to", FactKind.GUEST),
        ("who hosts it", FactKind.HOST),
        ("so who's asking the questions", FactKind.HOST),
        ("host and guest?", FactKind.PEOPLE),
        ("what episode number is this", FactKind.NUMBER),
        ("title pls", FactKind.TITLE),
        ("whats it called", FactKind.TITLE),
        ("what's the subtitle", FactKind.SUBTITLE),
        ("which podcast is this", FactKind.SHOW),
        ("when did it come out?", FactKind.DATE),
        ("how long is the episode", FactKind.LENGTH),
        ("where can i watch it", FactKind.LINK),
        ("tl;dr", FactKind.SUMMARY),
        ("what is episode 494 about", FactKind.SUMMARY),
        ("what did they talk about?", FactKind.SUMMARY),
        ("where does this info come from", FactKind.SOURCE),
    ],
)
def test_a_fact_is_asked_for(text: str, kind: FactKind) -> None:
    assert intent(text) == AskFact(kind)


@pytest.mark.parametrize(
    "text",
    [
        "how long until agi",
        "summarize the part on china",
        "what is rlhf about",
        "what number of gpus do they need",
        "who runs open source models",
        "what did they talk about regarding energy",
        "when was the transistor released",
    ],
)
def test_a_question_with_a_subject_is_no_question_for_a_fact(text: str) -> None:
    assert isinstance(intent(text), Look)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('did they say "compute is the currency"?', "compute is the currency"),
        ("did he really say that scaling laws will continue", "scaling laws will continue"),
        ("did jensen ever say AGI is here", "AGI is here"),
        ("verify: open source changed everything", "open source changed everything"),
        ("is this a real quote: compute is king", "compute is king"),
        ('"compute is the currency"', "compute is the currency"),
    ],
)
def test_words_are_to_be_checked(text: str, said: str) -> None:
    assert intent(text) == CheckQuote(said)


@pytest.mark.parametrize(
    "text",
    [
        "did they say anything about china",
        "did they say why scaling stops",
        "did they say much about open source",
        "do they say whether models generalize",
    ],
)
def test_did_they_say_with_a_subject_quotes_nobody(text: str) -> None:
    assert isinstance(intent(text), Look)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who said compute is the currency?", "compute is the currency"),
        ("who was it that said to be or not to be", "to be or not to be"),
        ("who said the thing about scaling laws", "scaling laws"),
        ('whose line was "be careful out there"', "be careful out there"),
    ],
)
def test_a_speaker_is_asked_for(text: str, said: str) -> None:
    assert intent(text) == WhoSaid(said)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("random quote", None),
        ("quote pls", None),
        ("give me a good quote about open source", "open source"),
        ("any line on agi?", "agi"),
    ],
)
def test_a_quote_is_asked_for(text: str, about: str | None) -> None:
    assert intent(text) == WantQuote(about)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("what else?", More()),
        ("tell me more", More()),
        ("go on", More()),
        ("who said that?", WhoSaid(None)),
        ("did they really say that?", CheckQuote(None)),
        ("any quote on that?", QuoteOnThat()),
        ("another one", AnotherQuote()),
        ("what do they mean with that", AboutThat()),
    ],
)
def test_a_question_may_refer_back(text: str, wanted: Intent) -> None:
    reading = read(Words(clean(text)), NAMES)

    assert reading.intent == wanted
    assert reading.follows


@pytest.mark.parametrize(
    ("text", "words"), [("and china?", "china"), ("what about the gpus", "gpus"), ("ok and on energy", "energy")]
)
def test_a_question_may_go_on_from_the_one_before(text: str, words: str) -> None:
    reading = read(Words(clean(text)), NAMES)

    assert reading.intent == Look(words)
    assert reading.follows


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        ("", Courtesy.NOTHING),
        ("🤖🤖 ?!", Courtesy.NOTHING),
        ("hi there", Courtesy.GREETING),
        ("thanks a lot!", Courtesy.THANKS),
        ("bye", Courtesy.GOODBYE),
        ("good bot", Courtesy.PRAISE),
        ("what can you do?", Courtesy.HELP),
        ("hey, who are you", Courtesy.HELP),
    ],
)
def test_courtesies_are_understood(text: str, courtesy: Courtesy) -> None:
    assert intent(text) == Social(courtesy)


def test_lists_are_asked_for() -> None:
    assert intent("what topics are there?") == ListTopics()
    assert intent("what can i ask you about") == ListTopics() or intent("list the topics") == ListTopics()
    assert intent("which episodes do you have") == ListEpisodes()


def test_a_known_person_is_asked_for_and_an_unknown_one_is_looked_up() -> None:
    assert intent("who is jensen huang?") == AskPerson("jensen huang")
    assert isinstance(intent("who is elon musk"), Look)


@given(st.text(st.characters(), max_size=200))
def test_any_text_has_an_intent(text: str) -> None:
    assert intent(text)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("which episodes talk about open source?", "open source"),
        ("what eps mention CUDA", "CUDA"),
        ("In which episode did they discuss power?", "power"),
        ("list all episodes on data centers", "data centers"),
        ("episodes about China", "China"),
        ("recommend me a good episode about China", "China"),
        ("is there an episode on CUDA?", "CUDA"),
        ("which episode was the one where they talked about burnout", "burnout"),
    ],
)
def test_the_episodes_on_a_subject_are_asked_for(text: str, about: str) -> None:
    assert intent(text) == EpisodesOn(about)


def test_the_episodes_without_a_subject_are_all_of_them() -> None:
    assert intent("which episodes do you talk about") == ListEpisodes()
    assert intent("show me the latest episodes") == ListEpisodes()


def test_everything_somebody_said_is_asked_for() -> None:
    assert intent("everything jensen said about cuda") == Everything("jensen said about cuda")
    assert isinstance(intent("open source changed everything they said"), Look)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the latest episode", FactKind.OVERVIEW),
        ("show me the newest Lex Fridman episode", FactKind.OVERVIEW),
        ("what's the latest episode about", FactKind.SUMMARY),
        ("who was on the most recent episode", FactKind.GUEST),
    ],
)
def test_a_fact_about_the_latest_episode_is_asked_for(text: str, kind: FactKind) -> None:
    assert intent(text) == AskFact(kind)


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("how long is the episode about bees?", FactKind.LENGTH, "bees"),
        ("Who was the guest on the episode about Left-Pad", FactKind.GUEST, "Left-Pad"),
        ("when did the one about the DNA of mites come out?", FactKind.DATE, "the DNA of mites"),
        ("link to the beeswax candles episode", FactKind.LINK, "beeswax candles"),
        ("who's in that episode where they talk about tea?", FactKind.PEOPLE, "tea"),
    ],
)
def test_a_fact_may_be_asked_of_an_episode_by_its_subject(text: str, kind: FactKind, about: str) -> None:
    assert intent(text) == AskFactOn(kind, about)


@pytest.mark.parametrize(
    "text",
    [
        "how long do bees live in the one about wax",
        "what is the episode about bees about",
        "what did they say in the bees episode about honey",
    ],
)
def test_what_was_said_is_no_fact_about_an_episode(text: str) -> None:
    assert intent(text) == Look(text)


def test_where_to_listen_to_the_episode_is_no_subject() -> None:
    assert intent("where can i listen to the episode on spotify") == AskFact(FactKind.LINK)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("latest episode about Rust", LatestOn("Rust", first=False)),
        ("what was the most recent hive talk episode on mites?", LatestOn("mites", first=False)),
        ("when did they last talk about tea", LatestOn("tea", first=False)),
        ("when was the first time they mentioned mites?", LatestOn("mites", first=True)),
        ("the latest episode", AskFact(FactKind.OVERVIEW)),
        ("where is the latest episode on spotify", AskFact(FactKind.LINK)),
    ],
)
def test_the_latest_on_a_subject_is_asked_for(text: str, wanted: Intent) -> None:
    assert intent(text) == wanted
