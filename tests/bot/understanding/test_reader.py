"""What a question asks for, on what, where and of whom, is read from all of it and from what went before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.port.messages import (
    LONGEST_QUESTION,
    Episode,
    EpisodeId,
    Evidence,
    EvidenceKind,
    Fact,
    Found,
    ItemId,
    NotFound,
    Question,
    QuoteFilter,
    Scope,
)
from bot.understanding.conversation import Thread
from bot.understanding.names import Names
from bot.understanding.reader import Reader
from bot.understanding.request import Request, Where
from bot.understanding.sentences import lexicon
from bot.understanding.text import Text
from bot.understanding.wants import (
    Appearance,
    Ask,
    CheckQuote,
    Compare,
    Count,
    Courtesy,
    FactKind,
    FactOf,
    Group,
    Guests,
    LatestOn,
    Measure,
    MostOften,
    Order,
    Pick,
    Social,
    Want,
    WhichEpisode,
    WhoSaid,
)
from knowledge import library
from knowledge.model import Person
from knowledge.search import Search
from tests.bot.conftest import BEES, HONEY, NOTES

NEW = Thread()
LISTED = Thread(listed=(ItemId("a"), ItemId("b"), ItemId("c")))
GUEST, TITLE = FactOf(FactKind.GUEST), FactOf(FactKind.TITLE)
TOMAS_ON_SWARMS = Thread(subject="swarms", people=("Tomas Ortega",), where=Where(BEES.id, named=True))


@pytest.fixture(scope="session")
def shipped_reader(shipped_search: Search) -> Reader:
    """Reads questions about one episode: Lex Fridman talks to Jensen Huang."""
    return Reader(library.read(library.SHIPPED).episodes, {}, shipped_search.spell)


@pytest.fixture(scope="session")
def hive_reader(search: Search) -> Reader:
    """Reads questions about two episodes of Hive Talk, one with a transcript."""
    return Reader((BEES, HONEY), {HONEY.id: ("Maya Keller", "Guest One")}, search.spell)


def requests(reader: Reader, text: str, before: Thread = NEW, episode: EpisodeId | None = None) -> tuple[Request, ...]:
    return reader.read(Question(text, Scope(episode)), before).requests


def request(reader: Reader, text: str, before: Thread = NEW, episode: EpisodeId | None = None) -> Request:
    (only,) = requests(reader, text, before, episode)
    return only


def names(asked: Request) -> list[str]:
    return [person.name for person in asked.people]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("who is the guest?", FactKind.GUEST),
        ("whos on this ep", FactKind.GUEST),
        ("who does lex talk to", FactKind.GUEST),
        ("who's the guest tonight?", FactKind.GUEST),
        ("who is the special guest", FactKind.GUEST),
        ("who hosts it", FactKind.HOST),
        ("so who's asking the questions", FactKind.HOST),
        ("host and guest?", FactKind.PEOPLE),
        ("what episode number is this", FactKind.NUMBER),
        ("ep no?", FactKind.NUMBER),
        ("title pls", FactKind.TITLE),
        ("whats it called", FactKind.TITLE),
        ("what's the official title?", FactKind.TITLE),
        ("what's the subtitle", FactKind.SUBTITLE),
        ("which podcast is this", FactKind.SHOW),
        ("when did it come out?", FactKind.DATE),
        ("how long is the episode", FactKind.LENGTH),
        ("where can i watch it", FactKind.LINK),
        ("where can i listen to the episode on spotify", FactKind.LINK),
        ("tl;dr", FactKind.SUMMARY),
        ("what is this episode about?", FactKind.SUMMARY),
        ("what is episode 494 about", FactKind.SUMMARY),
        ("what did they talk about?", FactKind.SUMMARY),
        ("where does this info come from", FactKind.SOURCE),
        ("I missed the end, who was the guest?", FactKind.GUEST),
        ("the title please, for the calendar", FactKind.TITLE),
    ],
)
def test_a_fact_is_asked_for(shipped_reader: Reader, text: str, kind: FactKind) -> None:
    asked = request(shipped_reader, text)

    assert (asked.want, asked.subject) == (FactOf(kind), "")


@pytest.mark.parametrize(
    ("text", "done_by", "amount"),
    [
        ("how much did nvidia pay for wax", "nvidia", True),
        ("why did nvidia leave china", "nvidia", False),
        ("why did they leave china", "", False),
        ("how much does nvidia pay", "", False),
    ],
)
def test_who_is_said_to_have_done_something_is_noted(
    shipped_reader: Reader, text: str, done_by: str, amount: bool
) -> None:
    asked = request(shipped_reader, text)

    assert (asked.premise.by, bool(asked.premise.amount)) == (done_by, amount)


@pytest.mark.parametrize("text", ["go vs nvidia", "nvidia vs go"])
def test_a_side_of_a_comparison_may_be_a_name_that_is_a_common_word(shipped_reader: Reader, text: str) -> None:
    assert request(shipped_reader, text).want == Compare(tuple(text.split(" vs ")), surely=True)


def test_that_is_no_side_of_a_comparison(shipped_reader: Reader) -> None:
    assert not isinstance(request(shipped_reader, "that vs nvidia").want, Compare)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("how long until agi", "agi"),
        ("summarize the part on china", "china"),
        ("what is rlhf about", "rlhf"),
        ("what number of gpus do they need", "gpus"),
        ("who runs open source models", "open source models"),
        ("what did they talk about regarding energy", "energy"),
        ("when was the transistor released", "transistor"),
        ("who is the host of the Oscars", "Oscars"),
        ("how many people have this title?", "title"),
        ("what did they say in the bees episode about honey", "honey"),
        ("how long do bees live in the one about wax", "bees"),
        ("open source changed everything they said", "open source"),
    ],
)
def test_a_question_with_a_subject_is_no_question_for_a_fact(shipped_reader: Reader, text: str, subject: str) -> None:
    asked = request(shipped_reader, text)

    assert asked.want == Ask.SAID
    assert subject in asked.subject


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
def test_words_are_to_be_checked(shipped_reader: Reader, text: str, said: str) -> None:
    want = request(shipped_reader, text).want

    assert isinstance(want, CheckQuote)
    assert want.words == said


def test_whose_words_are_to_be_checked_is_known(shipped_reader: Reader) -> None:
    assert names(request(shipped_reader, "did jensen ever say AGI is here")) == ["Jensen Huang"]


@pytest.mark.parametrize(
    "text",
    [
        "did they say anything about china",
        "did they say why scaling stops",
        "did they say much about open source",
        "do they say whether models generalize",
        "How do I verify the installed Java version?",
        'Why do I get "ModuleNotFoundError: No module named numpy" when I run it?',
    ],
)
def test_not_every_question_with_such_words_is_a_check(shipped_reader: Reader, text: str) -> None:
    assert request(shipped_reader, text).want == Ask.SAID


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who said compute is the currency?", "compute is the currency"),
        ("who was it that said to be or not to be", "to be or not to be"),
        ("who said the thing about scaling laws", "scaling laws"),
        ("i vaguely remember someone saying compute is the currency", "compute is the currency"),
        ("remember some ceo sayin compute is the currency", "compute is the currency"),
        ('whose line was "be careful out there"', "be careful out there"),
    ],
)
def test_a_speaker_is_asked_for(shipped_reader: Reader, text: str, said: str) -> None:
    assert request(shipped_reader, text).want == WhoSaid(said, quoted='"' in text)


@pytest.mark.parametrize(
    ("text", "subject", "people"),
    [
        ("random quote", "", []),
        ("quote pls", "", []),
        ("give me a good quote about open source", "open source", []),
        ("any line on agi?", "agi", []),
        ("a quote by jensen on energy", "energy", ["Jensen Huang"]),
        ("a quote by Linus Torvalds", "", ["Linus Torvalds"]),
    ],
)
def test_a_quote_is_asked_for(shipped_reader: Reader, text: str, subject: str, people: list[str]) -> None:
    asked = request(shipped_reader, text)

    assert (asked.want, asked.subject, names(asked)) == (Ask.QUOTE, subject, people)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("what else?", Ask.MORE),
        ("tell me more", Ask.MORE),
        ("go on", Ask.MORE),
        ("is that all?", Ask.MORE),
        ("no, tell me more", Ask.MORE),
        ("who said that?", WhoSaid(None)),
        ("did they really say that?", CheckQuote(None)),
        ("any quote on that?", Ask.QUOTE_ON_THAT),
        ("another one", Ask.ANOTHER_QUOTE),
        ("what do they mean with that", Ask.ABOUT_THAT),
        ("repeat that", Ask.REPEAT),
        ("wrong", Ask.WRONG),
        ("that's wrong", Ask.WRONG),
        ("are you sure?", Ask.DOUBT),
        ("2", Pick(2)),
        ("number 3", Pick(3)),
        ("#2", Pick(2)),
        ("the first one", Pick(1)),
        ("the second one please", Pick(2)),
        ("the last one", Pick(-1)),
        ("no, the other one", Ask.OTHER),
        ("not that one", Ask.OTHER),
    ],
)
def test_a_question_may_refer_back(hive_reader: Reader, text: str, wanted: Want) -> None:
    assert request(hive_reader, text, LISTED).want == wanted


def test_nothing_is_picked_where_nothing_was_listed(hive_reader: Reader) -> None:
    assert request(hive_reader, "2").want == Ask.SAID
    assert request(hive_reader, "the first one").want == Ask.SAID


def test_a_number_that_an_episode_has_names_it_and_one_past_the_list_names_nothing(hive_reader: Reader) -> None:
    bees = request(hive_reader, "12", LISTED)

    assert (bees.want, bees.where.episode) == (FactOf(FactKind.OVERVIEW), BEES.id)
    assert request(hive_reader, "number 7", LISTED).want == WhichEpisode("7", ())
    assert request(hive_reader, "who is the guest of episode 2", LISTED).want == WhichEpisode("2", ())


@pytest.mark.parametrize(
    ("text", "subject"), [("and china?", "china"), ("what about the gpus", "gpus"), ("ok and on energy", "energy")]
)
def test_a_question_may_go_on_from_the_one_before(shipped_reader: Reader, text: str, subject: str) -> None:
    asked = request(shipped_reader, text)

    assert (asked.want, asked.subject) == (Ask.SAID, subject)


@pytest.mark.parametrize(
    "text",
    [
        "would it be possible to have the guest's name, if you get a moment",
        "sorry to bug everyone, is there a guest, and if so who?",
        "hope you're well! who r the guests then, just curious",
        "hwo is the guest of ep. 12, or did i dream that",
        "who the guests are, i only have ten minutes",
    ],
)
def test_what_is_said_around_a_question_is_none_of_it(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want == FactOf(FactKind.GUEST)


def test_what_goes_on_keeps_the_person_and_the_place(hive_reader: Reader) -> None:
    asked = request(hive_reader, "and about kubernetes?", TOMAS_ON_SWARMS)

    assert (asked.want, asked.subject, names(asked)) == (Ask.SAID, "kubernetes", ["Tomas Ortega"])
    assert asked.where == TOMAS_ON_SWARMS.where


@pytest.mark.parametrize(
    ("text", "name"),
    [("and Ines?", "Ines Duarte"), ("what about Maya Keller", "Maya Keller"), ("and he?", "Tomas Ortega")],
)
def test_a_name_alone_asks_for_their_words_on_the_same(hive_reader: Reader, text: str, name: str) -> None:
    asked = request(hive_reader, text, TOMAS_ON_SWARMS)

    assert (asked.want, asked.subject, names(asked)) == (Ask.SAID, "swarms", [name])
    assert asked.where == TOMAS_ON_SWARMS.where


def test_what_goes_on_from_a_quote_asks_for_a_quote_and_from_a_fact_for_a_fact(hive_reader: Reader) -> None:
    assert request(hive_reader, "and honey?", Thread(quoting=QuoteFilter())).want == Ask.QUOTE
    assert request(hive_reader, "and the host?", Thread(episode=BEES.id)).want == FactOf(FactKind.HOST)


@pytest.mark.parametrize(
    "text",
    ["what did he say about scouts?", "what does that guy think of scouts", 'did this man say "every scout is wrong"?'],
)
def test_he_is_the_one_who_was_asked_about_before(hive_reader: Reader, text: str) -> None:
    assert names(request(hive_reader, text, TOMAS_ON_SWARMS)) == ["Tomas Ortega"]
    assert names(request(hive_reader, text)) == []


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [
        ("", Courtesy.NOTHING),
        ("🤖🤖 ?!", Courtesy.NOTHING),
        ("hi there", Courtesy.GREETING),
        ("thanks a lot!", Courtesy.THANKS),
        ("bye", Courtesy.GOODBYE),
        ("good bot", Courtesy.COMPLIMENT),
        ("bad bot", Courtesy.CRITICISM),
        ("no", Courtesy.PRAISE),
        ("what can you do?", Courtesy.HELP),
        ("hey, who are you", Courtesy.HELP),
        ("what model are you", Courtesy.HELP),
        ("Good afternoon all, hope you're having a lovely week!", Courtesy.GREETING),
        ("hey bot, that's brilliant, many thanks for your help", Courtesy.THANKS),
        ("uhh what can i even ask u", Courtesy.HELP),
        ("what even is overheard", Courtesy.HELP),
        ("I was just added here, could you explain what this bot is able to do?", Courtesy.HELP),
    ],
)
def test_courtesies_are_understood(shipped_reader: Reader, text: str, courtesy: Courtesy) -> None:
    assert request(shipped_reader, text).want == Social(courtesy)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("what topics are there?", Ask.TOPICS),
        ("list the topics", Ask.TOPICS),
        ("what can i ask you about", Ask.TOPICS),
        ("list every topic you've got", Ask.TOPICS),
        ("which episodes do you have", Ask.EPISODES),
        ("which episodes do you talk about", Ask.EPISODES),
        ("show me the latest episodes", Ask.EPISODES),
        ("list the founders who talked about energy", Count(Measure.MENTIONS, by=Group.GUEST, top=25)),
    ],
)
def test_lists_are_asked_for(shipped_reader: Reader, text: str, wanted: Want) -> None:
    assert request(shipped_reader, text).want == wanted


@pytest.mark.parametrize(
    ("text", "want", "name"),
    [
        ("who is Ines?", Ask.WHO_IS, "Ines Duarte"),
        ("which episodes with Ines Duarte", Ask.WITH_PERSON, "Ines Duarte"),
        ("Tom Ortega", Ask.WITH_PERSON, "Tomas Ortega"),
        ("was Maya in hive talk 12?", Ask.WITH_PERSON, "Maya Keller"),
        ("has Maya been on and in which episodes", Ask.WITH_PERSON, "Maya Keller"),
    ],
)
def test_where_a_known_person_is_heard_is_asked_for(hive_reader: Reader, text: str, want: Want, name: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, names(asked)) == (want, [name])


@pytest.mark.parametrize(
    "text",
    [
        "what is it like being on call?",
        "what do people call that part",
        "why do drones fail more than workers",
        "how did people get by",
        "why do people say so",
    ],
)
def test_a_part_that_fits_is_not_all_of_a_question_of_common_words(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.SAID


@pytest.mark.parametrize(
    ("text", "person"),
    [("what did Ines Duarte do to her roof", "Ines Duarte"), ("how did maya keller break the ladder", "Maya Keller")],
)
def test_what_somebody_did_is_no_question_of_who_that_is(hive_reader: Reader, text: str, person: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, names(asked)) == (Ask.SAID, [person])


@pytest.mark.parametrize(
    ("text", "subject", "people"),
    [
        ("what did Tomas say about swarms", "swarms", ["Tomas Ortega"]),
        ("Ines' take on scouts", "scouts", ["Ines Duarte"]),
        ("according to Maya Keller, what is in the jars", "what is in the jars", ["Maya Keller"]),
        ("what did Bill Gates say about honey", "honey", ["Bill Gates"]),
        ("who wanted Ines Duarte's jars", "who wanted Ines Duarte's jars", []),
        ("what do they think of tomas ortegas jars", "tomas ortegas jars", []),
    ],
)
def test_somebodys_words_are_asked_for(hive_reader: Reader, text: str, subject: str, people: list[str]) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.subject, names(asked)) == (Ask.SAID, subject, people)
    assert not asked.about_people


def test_what_is_asked_about_somebody_is_no_question_for_their_words(hive_reader: Reader) -> None:
    asked = request(hive_reader, "is Ines Duarte married?")

    assert (asked.about_people, names(asked)) == (True, ["Ines Duarte"])


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("which episodes talk about open source?", "open source"),
        ("what eps mention CUDA", "CUDA"),
        ("In which episode did they discuss power?", "power"),
        ("list the episodes on data centers", "data centers"),
        ("episodes about China", "China"),
        ("recommend me a good episode about China", "China"),
        ("is there an episode on CUDA?", "CUDA"),
        ("which episode was the one where they talked about burnout", "burnout"),
    ],
)
def test_the_episodes_on_a_subject_are_asked_for(shipped_reader: Reader, text: str, subject: str) -> None:
    asked = request(shipped_reader, text)

    assert (asked.want, asked.subject) == (Ask.EPISODES_ON, subject)


def test_what_is_taken_in_place_of_a_thing_is_asked_for_as_people_tell_it(shipped_reader: Reader) -> None:
    assert "rather than cuda" in request(shipped_reader, "what do they use instead of cuda").instead


@pytest.mark.parametrize("text", ["everything jensen said about cuda", "list everything Jensen Huang said on cuda"])
def test_everything_somebody_said_is_asked_for(shipped_reader: Reader, text: str) -> None:
    asked = request(shipped_reader, text)

    assert (asked.want, asked.subject, names(asked)) == (Ask.EVERYTHING, "cuda", ["Jensen Huang"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the latest episode", FactKind.OVERVIEW),
        ("show me the newest Hive Talk episode", FactKind.OVERVIEW),
        ("what's the latest episode about", FactKind.SUMMARY),
        ("who was on the most recent episode", FactKind.GUEST),
        ("where is the latest episode on spotify", FactKind.LINK),
        ("what's the runtime of How bees decide", FactKind.LENGTH),
        ("who is the guest of hive talk 12", FactKind.GUEST),
        ("what about #12", FactKind.OVERVIEW),
        ("the link for 12", FactKind.LINK),
    ],
)
def test_a_fact_is_asked_of_an_episode_by_its_name(hive_reader: Reader, text: str, kind: FactKind) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.where.episode, asked.subject) == (FactOf(kind), BEES.id, "")


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("how long is the episode about bees?", FactKind.LENGTH, "bees"),
        ("Who was the guest on the episode about Left-Pad", FactKind.GUEST, "Left-Pad"),
        ("when did the one about the DNA of mites come out?", FactKind.DATE, "the DNA of mites"),
        ("link to the beeswax candles episode", FactKind.LINK, "beeswax candles"),
        ("who's in that episode where they talk about tea?", FactKind.GUEST, "tea"),
    ],
)
def test_a_fact_may_be_asked_of_an_episode_by_its_subject(
    shipped_reader: Reader, text: str, kind: FactKind, subject: str
) -> None:
    asked = request(shipped_reader, text)

    assert (asked.want, asked.subject) == (FactOf(kind), subject)


@pytest.mark.parametrize(
    ("text", "wanted", "subject"),
    [
        ("latest episode about Rust", LatestOn(first=False), "Rust"),
        ("what was the most recent hive talk episode on mites?", LatestOn(first=False), "mites"),
        ("when did they last talk about tea", LatestOn(first=False), "tea"),
        ("when did they first talk about mites?", LatestOn(first=True), "mites"),
    ],
)
def test_the_latest_on_a_subject_is_asked_for(hive_reader: Reader, text: str, wanted: Want, subject: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.subject) == (wanted, subject)


@pytest.mark.parametrize(
    ("text", "wanted", "subject"),
    [
        ("whats the ep about mites", Ask.EPISODES_ON, "mites"),
        ("when did they talk about mites", Ask.EPISODES_ON, "mites"),
        ("wich episode was about mites", Ask.EPISODES_ON, "mites"),
        ("how do i get better at smoking hives", Ask.SAID, "smoking hives"),
        ("which guest talks most about mites", Count(Measure.MENTIONS, Group.GUEST), "mites"),
        ("which speaker talks most about mites", Count(Measure.MENTIONS, Group.PERSON), "mites"),
    ],
)
def test_a_subject_is_all_that_is_left_of_a_question_around_it(
    hive_reader: Reader, text: str, wanted: Want, subject: str
) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.subject) == (wanted, subject)


def test_a_question_may_be_limited_to_an_episode(hive_reader: Reader) -> None:
    named = request(hive_reader, "what did they say about jars in hive talk 11?")
    given = request(hive_reader, "what did they say about jars", episode=HONEY.id)

    assert (named.subject, named.where.episode) == ("jars", HONEY.id)
    assert (given.subject, given.where.episode) == ("jars", HONEY.id)


def test_a_title_is_a_name_in_one_of_several_questions_as_well(hive_reader: Reader) -> None:
    every = requests(hive_reader, "what's the runtime of How bees decide? and what do they say about pollen?")

    assert [asked.where.episode for asked in every] == [BEES.id, None]


@pytest.mark.parametrize(
    "text",
    [
        "and the host of hive talk 11?",
        "and who is the host of What honey remembers?",
        "what about the host of hive talk 11",
    ],
)
def test_what_goes_on_may_name_an_episode(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.where.episode) == (FactOf(FactKind.HOST), HONEY.id)


def test_a_number_inside_a_title_names_no_episode(hive_reader: Reader) -> None:
    asked = request(hive_reader, "Hack #4: use two monitors")

    assert (asked.want, asked.where.episode) == (Ask.SAID, None)


def test_an_episode_that_is_not_there_is_told_from_one_that_is(hive_reader: Reader) -> None:
    assert request(hive_reader, "who is the guest of episode 99").want == WhichEpisode("99", ())


@pytest.mark.parametrize(
    ("text", "sides", "surely"),
    [
        ("energy vs gpus", ("energy", "gpus"), True),
        ("compare energy and gpus", ("energy", "gpus"), True),
        ("what's the difference between pre-training and RLHF?", ("pre-training", "RLHF"), True),
        ("energy and china?", ("energy", "china"), False),
        ("what do they say about scaling laws and energy?", ("scaling laws", "energy"), False),
        ("energy vs gpus, what was said", ("energy", "gpus"), True),
    ],
)
def test_two_subjects_are_compared(shipped_reader: Reader, text: str, sides: tuple[str, str], surely: bool) -> None:
    assert request(shipped_reader, text).want == Compare(sides, surely)


@pytest.mark.parametrize(
    "text",
    [
        "do you think i should learn energy or gpus",
        "should I use energy or stick with gpus?",
        "is energy better than gpus",
        "do they think energy is more important than gpus",
        "energy or gpus for a small team",
        "what's better for a startup, energy or gpus",
        "would you prefer energy over gpus",
    ],
)
def test_who_has_to_choose_between_two_compares_them(shipped_reader: Reader, text: str) -> None:
    assert request(shipped_reader, text).want == Compare(("energy", "gpus"), surely=True)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("wax against foil", Compare(("wax", "foil"), surely=False)),
        ("is it ok to paint hives against the rules of a closed club", Ask.SAID),
        ("how should i lean hives against a wall of wood", Ask.SAID),
    ],
)
def test_only_two_short_subjects_are_set_against_each_other(hive_reader: Reader, text: str, want: Want) -> None:
    assert request(hive_reader, text).want == want


def test_a_thing_with_the_first_name_of_a_guest_is_compared(hive_reader: Reader) -> None:
    asked = request(hive_reader, "is maya better than photoshop")

    assert asked.want == Compare(("maya", "photoshop"), surely=True)
    assert not asked.people


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "my hives have mites and the neighbours hate my bees, any words of wisdom from the shows",
            "my hives have mites and the neighbours hate my bees",
        ),
        ("best wax for candles according to them? mine are killing me", "best wax for candles according to them"),
        (
            "how do you keep mites out of the hive in winter, im about to give up tbh",
            "how do you keep mites out of the hive in winter",
        ),
    ],
)
def test_what_is_said_beside_the_subject_is_not_searched_for(hive_reader: Reader, text: str, subject: str) -> None:
    asked = request(hive_reader, text)

    assert asked.want is Ask.SAID
    assert asked.subject == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("whats their opinion on varroa? i thought it was garbage tbh", "varroa"),
        ("do they like propolis? my neighbours swear by it", "do they like propolis"),
        ("hey! any thoughts on smokers? never got mine to burn", "smokers"),
        ("how do i get better at naming queens? keep getting stung at work lol", "naming queens"),
        ("is propolis worth it or nah, im too old for this", "is propolis worth it or nah"),
        ("lol my boss hates foil, anyway whats their take on varroa", "varroa"),
        ("so my smoker died yesterday ugh... did they ever talk about varroa", "varroa"),
    ],
)
def test_statements_around_a_question_are_not_searched_for(hive_reader: Reader, text: str, subject: str) -> None:
    assert request(hive_reader, text).subject == subject


@pytest.mark.parametrize(
    "text",
    [
        "any advice on wax? especially old wax",  # goes on with the question
        "how do i fix this? my smoker leaks",  # the question is about the statement
        "any thoughts? my smoker leaks",  # the question has no subject
    ],
)
def test_statements_after_a_question_are_searched_for_if_it_needs_them(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert text.split()[-1] in asked.subject


def test_what_is_asked_after_an_aside_may_go_on_about_its_answer(hive_reader: Reader) -> None:
    reading = hive_reader.read(Question("hey quick one before standup - who made waxpress and is he nice"), NEW)

    assert [(each.want, each.subject) for each in reading.requests] == [(Ask.MADE_BY, "waxpress")]
    assert reading.then == "is he nice"


def test_a_rare_word_of_the_subject_is_kept_though_others_are_likelier(shipped_reader: Reader) -> None:
    asked = request(shipped_reader, "do i need to learn the math before getting into machine learning")

    assert asked.about == "math before getting into machine learning"


@pytest.mark.parametrize(
    "text", ["advice for a junior who keeps bees", "my bees are dying and so is my wax, any tips?"]
)
def test_advice_is_sought_though_the_word_for_it_is_no_part_of_the_subject(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert asked.worded.manner.advice


@pytest.mark.parametrize(
    "text",
    [
        "energy vs gpus, which do they like better",
        "energy or gpus, what do you prefer?",
        "what do you think about energy vs gpus",
        "how do you feel about energy versus gpus",
        "thoughts on energy vs gpus?",
        "energy vs gpus any opinions",
        "energy vs gpus, which is better?",
    ],
)
def test_who_asks_for_an_opinion_on_two_compares_them(shipped_reader: Reader, text: str) -> None:
    assert request(shipped_reader, text).want == Compare(("energy", "gpus"), surely=True)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("im feeling really anxious today what should i do", "anxious"),
        ("I feel so anxious", "anxious"),
        ("i am so stressed lately, any advice?", "stressed"),
        ("i hate javascript", "javascript"),
        ("im so tired of yaml", "yaml"),
        ("we are sick of meetings", "meetings"),
    ],
)
def test_who_tells_how_they_feel_asks_what_was_said_on_that(hive_reader: Reader, text: str, subject: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.subject, asked.of_little) == (Ask.SAID, subject, False)


@pytest.mark.parametrize("text", ["i feel depressed and burnt out", "I'm depressed and burnt out"])
def test_who_feels_two_things_asks_for_both(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want == Compare(("depressed", "burnt out"), surely=True)


def test_who_tells_who_they_are_compares_nothing(hive_reader: Reader) -> None:
    assert not isinstance(request(hive_reader, "im a developer and i keep bees").want, Compare)


@pytest.mark.parametrize(
    ("text", "courtesy"),
    [("i love you", Courtesy.COMPLIMENT), ("i hate this bot", Courtesy.CRITICISM), ("im so lost", Courtesy.HELP)],
)
def test_feelings_for_the_bot_are_courtesies(hive_reader: Reader, text: str, courtesy: Courtesy) -> None:
    assert request(hive_reader, text).want == Social(courtesy)


@pytest.mark.parametrize(
    "text",
    [
        "thanks, whats the next thing i should listen to",
        "what is the best one i could put on tonight",
        "what should i listen to next",
        "recommend me something to listen to on a long drive",
        "recommend something to listen to while cooking dinner",
        "i need something to listen to at the gym",
        "what's good to listen to before bed",
    ],
)
def test_who_asks_what_to_listen_to_asks_for_a_recommendation(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.RECOMMEND


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("who is the guest? and what is it called?", [FactOf(FactKind.GUEST), FactOf(FactKind.TITLE)]),
        ("who is the guest? what do they say about energy?", [FactOf(FactKind.GUEST), Ask.SAID]),
        ("what do they say about energy and who is the guest", [Ask.SAID, FactOf(FactKind.GUEST)]),
        (
            "who is the guest, what's the title and how long is it?",
            [FactOf(FactKind.GUEST), FactOf(FactKind.TITLE), FactOf(FactKind.LENGTH)],
        ),
        ("1) who is the host 2) how long is it", [FactOf(FactKind.HOST), FactOf(FactKind.LENGTH)]),
        ("hi! who is the guest? thanks!", [FactOf(FactKind.GUEST)]),
        ("who is the guest? who is the guest?", [FactOf(FactKind.GUEST)]),
    ],
)
def test_a_message_may_have_several_questions(shipped_reader: Reader, text: str, wanted: list[Want]) -> None:
    assert [asked.want for asked in requests(shipped_reader, text)] == wanted


def test_of_more_than_three_questions_the_first_three_are_read(shipped_reader: Reader) -> None:
    every = requests(shipped_reader, "who is the guest? how long is it? when did it come out? who hosts it?")

    assert [asked.want for asked in every] == [FactOf(FactKind.GUEST), FactOf(FactKind.LENGTH), FactOf(FactKind.DATE)]


def test_two_questions_that_fit_no_sentence_are_two_where_both_have_a_subject(shipped_reader: Reader) -> None:
    asked = shipped_reader.read(Question("whats good about data centers and how do ppl deal with slow chips"), Thread())
    one = shipped_reader.read(Question("why do bees dance in the hive and how does it help them"), Thread())

    assert [each.subject for each in asked.requests] == [
        "what's good about data centers",
        "how do people deal with slow chips",
    ]
    assert len(one.requests) == 1


def test_a_question_about_it_after_one_about_a_subject_is_one_of_its_own(shipped_reader: Reader) -> None:
    asked = shipped_reader.read(Question("who made waxbox and why is it a cheap backup"), Thread())

    assert [(each.want, each.subject) for each in asked.requests] == [
        (Ask.MADE_BY, "waxbox"),
        (Ask.SAID, "why is waxbox a cheap backup"),
    ]


def test_a_story_is_divided_into_clauses_of_which_one_has_most_of_the_subject(shipped_reader: Reader) -> None:
    asked = request(
        shipped_reader,
        "so I was cooking dinner and the radio was on, and then somebody mentioned chips, "
        "so I wondered for the whole evening what they had to tell of china",
    )

    most = max(asked.clauses, key=lambda clause: clause.about)
    assert "china" in most.text
    assert any("cooking" in clause.text and clause.about < most.about / 2 for clause in asked.clauses)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "did Tomas Ortega say the closer it gets to listen, wait, look and wait again, the more that is the way to "
            "keep bees through a winter?",
            "the closer it gets to listen, wait, look and wait again, the more that is the way to keep bees through a "
            "winter",
        ),
        ("did Tomas Ortega say more frames make better honey?", "more frames make better honey"),
        ("did Tomas Ortega say in spring we shouldn't swarm?", "in spring we shouldn't swarm"),
        ("did Tomas Ortega say frames are cheap; wax is dear?", "frames are cheap; wax is dear"),
        ("Tomas Ortega never said that bees sleep", "bees sleep"),
        ("it was Tomas Ortega who said bees sleep, wasn't it?", "bees sleep"),
        ("did Tomas Ortega say bees sleep in winter, who was that?", "bees sleep in winter"),
    ],
)
def test_a_statement_of_any_length_is_read_as_words_that_may_have_been_said(
    hive_reader: Reader, question: str, words: str
) -> None:
    (read,) = requests(hive_reader, question)

    assert read.want == CheckQuote(words)
    assert [person.name for person in read.people] == ["Tomas Ortega"]


def test_a_question_after_a_semicolon_is_none_of_the_words_that_may_have_been_said(hive_reader: Reader) -> None:
    said, mentioned = requests(hive_reader, "did Tomas Ortega say bees sleep; did he also mention wasps?")

    assert said.want == CheckQuote("bees sleep")
    assert mentioned.subject == "wasps"


def test_misspelt_words_are_understood_and_what_was_understood_is_told(shipped_reader: Reader) -> None:
    reading = shipped_reader.read(Question("what do they say about enrgy"), NEW)

    assert reading.requests[0].subject == "energy"
    assert reading.understood == "what do they say about energy"


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("what did Tomas say about swarms", None),
        ("tomas's view on swarm", None),
        ("what did they say about SWARMS", None),
        ("what did tomass say about swarms", "what did Tomas Ortega say about swarms"),
        ("what did Tomas say about swrams", "what did Tomas Ortega say about swarms"),
    ],
)
def test_what_was_understood_is_told_where_a_word_became_another(
    hive_reader: Reader, typed: str, understood: str | None
) -> None:
    assert hive_reader.read(Question(typed), NEW).understood == understood


@given(st.text(st.characters(), max_size=200))
def test_any_text_has_one_to_three_requests(hive_reader: Reader, text: str) -> None:
    assert 1 <= len(requests(hive_reader, text, LISTED)) <= 3


PIECES = st.sampled_from(
    [
        *"?!.,:;'\"“”()#&",
        *("who", "what", "is", "the", "and", "or", "vs", "said", "by", "from", "about", "he", "that", "it", "1)"),
        *("hive talk", "12", "season 2", "s1e2", "how bees decide", "tomas ortega", "honey", "the latest", "\ufdfa"),
    ]
)


@settings(max_examples=3)
@given(st.lists(PIECES, min_size=1, max_size=12))
@example(["and"])
@example(["a,"])
@example(["it", "."])
def test_a_long_hostile_text_is_read_in_no_time(hive_reader: Reader, pieces: list[str]) -> None:
    text = " ".join(pieces)
    long = (f"{text} " * LONGEST_QUESTION)[:LONGEST_QUESTION]
    began = perf_counter()

    assert 1 <= len(requests(hive_reader, long, TOMAS_ON_SWARMS)) <= 3
    assert perf_counter() - began < 10  # it is far less; what is looked for is a time that doubles with every word


NOT_SAID = NotFound("Nobody here said those words.", 0.0)
ON_CACHES = Thread(subject="caches", shown=(ItemId("a"),), answer=Found("From an episode:", 0.9))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("does it scale?", "caches scale"),
        ("any downsides?", "caches downsides"),
        ("is that hard?", "caches hard"),
        ("why is it important for swarms of drones?", "why is it important for swarms of drones"),
        ("is that rice dish any good?", "is that rice dish any good"),
    ],
)
def test_it_is_what_was_looked_for_before(hive_reader: Reader, text: str, subject: str) -> None:
    assert request(hive_reader, text, ON_CACHES).subject.removesuffix("?") == subject


@pytest.mark.parametrize(
    "text",
    [
        "list all episodes on data centers",
        "every episode about data centers",
        "show me all the episodes that mention data centers please",
    ],
)
def test_every_episode_on_a_subject_is_asked_for(shipped_reader: Reader, text: str) -> None:
    asked = request(shipped_reader, text)

    assert (asked.want, asked.subject) == (Ask.ALL_EPISODES_ON, "data centers")


@pytest.mark.parametrize("text", ["list all of them", "and the others?", "the rest of them"])
def test_all_of_a_list_of_episodes_is_asked_for_after_it(hive_reader: Reader, text: str) -> None:
    listed = replace(ON_CACHES, answer=Fact("2 episodes", (BEES, HONEY)))

    assert (request(hive_reader, text, listed).want, request(hive_reader, text, listed).subject) == (
        Ask.ALL_EPISODES_ON,
        "caches",
    )
    assert request(hive_reader, text, ON_CACHES).want is not Ask.ALL_EPISODES_ON


@pytest.mark.parametrize(
    "text",
    [
        "what was the first time anybody mentioned comets",
        "first time comets came up",
        "who brought up comets first",
        "who was the first to mention comets?",
    ],
)
def test_the_first_mention_is_asked_for(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.subject) == (Count(Measure.MENTIONS, order=Order.FIRST), "comets")


@pytest.mark.parametrize(
    "text", ["guests that came back more than once", "which guests returned to Hive Talk?", "any guests who came back?"]
)
def test_guests_who_came_back_were_on_more_than_once(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want == Guests(least=2)


@pytest.mark.parametrize(
    "text", ["what topics get talked about the most", "most discussed topics", "what do they talk about most?"]
)
def test_what_is_talked_about_most_is_asked_for(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.MOST_TALKED_ABOUT


@pytest.mark.parametrize("text", ["what's wax and do i need it", "what is wax", "what is wax and how is it made"])
def test_what_something_is_may_be_asked_beside_more(hive_reader: Reader, text: str) -> None:
    reads = hive_reader.read(Question(text), Thread()).requests

    assert reads[0].term == "wax" or (reads[0].subject == "wax" and len(reads) > 1)


@pytest.mark.parametrize(
    "text", ["when did they talk to Tomas Ortega", "why is Tomas Ortega called that", "what's the name of Tomas Ortega"]
)
def test_a_name_of_somebody_is_nothing_that_came_by_its_name(hive_reader: Reader, text: str) -> None:
    assert not request(hive_reader, text).of_its_name


@pytest.mark.parametrize("text", ["why did they come back to honey", "what is the most popular hive"])
def test_what_sounds_like_a_list_of_guests_or_topics_is_a_subject(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.SAID


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("how many mention it", Count(Measure.EPISODES)),
        ("who mentions it most?", Count(Measure.MENTIONS, Group.PERSON)),
        ("and who brought it up the most", Count(Measure.MENTIONS, Group.PERSON)),
        ("who mentioned it first?", Count(Measure.MENTIONS, order=Order.FIRST)),
        ("and who brought it up first", Count(Measure.MENTIONS, order=Order.FIRST)),
        ("what's the best episode on it?", Ask.EPISODES_ON),
        ("when did they first talk about it", LatestOn(first=True)),
    ],
)
def test_what_is_asked_about_it_is_about_what_was_looked_for_before(hive_reader: Reader, text: str, want: Want) -> None:
    asked = request(hive_reader, text, ON_CACHES)

    assert (asked.want, asked.subject) == (want, "caches")


@pytest.mark.parametrize(
    ("text", "subject", "want"),
    [
        ("what do they say about honey and how often do they mention it?", "honey", Count(Measure.MENTIONS)),
        ("What is wax? In how many episodes do they talk about it?", "wax", Count(Measure.EPISODES)),
        ("what's wax and who did they have on from there", "wax", Ask.GUESTS_FROM),
    ],
)
def test_a_message_may_go_on_to_what_it_began_with(hive_reader: Reader, text: str, subject: str, want: Want) -> None:
    first, second = requests(hive_reader, text)

    assert (first.want, first.subject) == (Ask.SAID, subject)
    assert (second.want, second.subject) == (want, subject)


@pytest.mark.parametrize(
    "text", ["where was that?", "when did she say that", "at what timestamp is that", "what show was it"]
)
def test_the_place_of_what_was_shown_is_asked_for(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text, ON_CACHES).want == WhoSaid(None)


CHECKED = Thread(checked="wax is old", shown=(ItemId("a"),), answer=NOT_SAID)


@pytest.mark.parametrize("text", ["who did then?", "so who did", "who did say that"])
def test_who_did_say_it_is_asked_for_after_a_check(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text, CHECKED).want == WhoSaid("wax is old", quoted=True)


@pytest.mark.parametrize("text", ["which ones?", "and which episodes are those"])
def test_the_episodes_of_the_answer_before_are_asked_for(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text, ON_CACHES)

    assert (asked.want, asked.subject) == (Ask.EPISODES_ON, "caches")


def test_the_other_of_a_name_is_asked_for() -> None:
    two = tuple(replace(each, guests=(Person(f"Ann {name}"),)) for each, name in ((BEES, "Lee"), (HONEY, "Ray")))
    reader = Reader(two, {BEES.id: ("Ann Lee",), HONEY.id: ("Ann Ray",)}, Search.over(two).spell)
    before = Thread(people=("Ann Lee",), answer=NOT_SAID)

    assert names(request(reader, "no, the other ann", before)) == ["Ann Ray"]


def test_others_on_the_same_are_asked_for(hive_reader: Reader) -> None:
    asked = request(hive_reader, "who else talked about it?", ON_CACHES)

    assert (asked.want, asked.subject) == (Ask.OTHERS, "caches")


def test_the_same_is_sought_in_another_place(hive_reader: Reader) -> None:
    asked = request(hive_reader, "and on Hive Talk?", ON_CACHES)

    assert (asked.want, asked.subject, asked.where.show) == (Ask.SAID, "caches", "Hive Talk")


def test_somebody_is_asked_about_the_subject_of_the_question_before(hive_reader: Reader) -> None:
    asked = request(hive_reader, "what did Tomas Ortega say about it?", ON_CACHES)

    assert (asked.want, asked.subject, names(asked), asked.words_of) == (Ask.SAID, "caches", ["Tomas Ortega"], True)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("what is a quorum", "quorum"),
        ("hey guys, what even is AGI?", "AGI"),
        ("I keep hearing of GPUs, what are GPUs", "GPUs"),
        ("what does AGI stand for", "AGI"),
        ("what is the weather", ""),
        ("what is that", ""),
        ("what did they say about AGI", ""),
    ],
)
def test_what_a_question_asks_the_meaning_of_is_its_term(shipped_reader: Reader, text: str, term: str) -> None:
    assert request(shipped_reader, text).term == term


@pytest.mark.parametrize("text", ["is AI gonna take my job lol", "i feel like a fraud at work"])
def test_what_surely_asks_what_was_said_is_no_courtesy(shipped_reader: Reader, text: str) -> None:
    assert request(shipped_reader, text).otherwise is None


@pytest.mark.parametrize("text", ["can you set an alarm for 12", "wake me up at 12", "book a table for 12"])
def test_a_number_at_the_end_names_no_episode_where_nothing_is_asked_of_one(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.where.episode) == (Ask.CHORE, None)


@pytest.mark.parametrize(
    "text",
    [
        "write me a python script that sorts a list",
        "could you translate this into french",
        "what's the weather like today?",
        "remind me to call mum",
        "please fix my code",
        "what is 12 times 7",
        "tell me a joke about bees",
        "can you email me the transcript",
        "pls send me all the transcripts as a pdf",
    ],
)
def test_what_is_no_looking_up_is_a_chore(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.CHORE


@pytest.mark.parametrize(
    "text",
    [
        "make me a summary of it",
        "what did they say about writing a script",
        "a quote on songs",
        "the website of the show",
        "check my facts: wax is old",
        "send me the link to it",
    ],
)
def test_what_sounds_like_a_chore_may_be_looked_up(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is not Ask.CHORE


@pytest.mark.parametrize(
    "text",
    [
        "how long is the 12th hive talk",
        "how long is hive talk's 12th episode",
        "how long is the 12th episode",
        "the 12th episode of hive talk, how long is it",
    ],
)
def test_an_episode_is_named_by_its_place(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.where.episode) == (FactOf(FactKind.LENGTH), BEES.id)


HONEYS_GUEST = Thread(episode=HONEY.id, fact=FactKind.GUEST, answer=Fact("Nobody.", (HONEY,)))


@pytest.mark.parametrize("text", ["and the second one?", "and 12?", "the 12th?", "and the next one?", "what about 12"])
def test_the_same_is_asked_of_another_episode_of_the_show(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text, HONEYS_GUEST)

    assert (asked.want, asked.where.episode) == (FactOf(FactKind.GUEST), BEES.id)


def test_before_the_first_episode_there_is_none_to_ask_of(hive_reader: Reader) -> None:
    assert request(hive_reader, "and the one before?", HONEYS_GUEST).where.episode is None


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("that story about the alligator in the lake.. which ep", "the alligator in the lake"),
        ("the headline was wrong because the italics didn't load, what episode was that", "headline"),
        ("somebody kept a swarm in a chimney. which ep is it?", "swarm in a chimney"),
        ("the queen of the hive, whats her name again", "the queen of the hive"),
        ("that frame without glue, what was it called?", "that frame without glue"),
        ("whats the name of the person who mended the hives", "mended the hives"),
        ("burnout or stress, did any guest talk about sleep", "did any guest talk about sleep"),
    ],
)
def test_what_is_described_is_sought(hive_reader: Reader, text: str, subject: str) -> None:
    asked = request(hive_reader, text)

    assert asked.want in {Ask.SAID, Ask.EPISODES_ON}
    assert subject in asked.subject


def test_whoever_is_described_beside_a_name_is_asked_about(hive_reader: Reader) -> None:
    asked = request(hive_reader, "tomas ortega bee guy which episodes")

    assert (asked.want, names(asked)) == (Ask.WITH_PERSON, ["Tomas Ortega"])


def test_who_gave_it_and_where_is_one_question(hive_reader: Reader) -> None:
    assert request(hive_reader, "who gave that advice? which ep", TOMAS_ON_SWARMS).want == WhoSaid(None)


@pytest.mark.parametrize(
    "text", ["who argued against it?", "who's in favour of that", "who disagreed?", "anyone against it?"]
)
def test_who_is_of_another_opinion_is_sought_on_the_subject_before(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text, ON_CACHES)

    assert (asked.want, asked.subject) == (Ask.OTHER_VIEWS, "caches")


def test_a_fact_is_asked_of_the_episode_found_first(hive_reader: Reader) -> None:
    first, second = requests(hive_reader, "which episode is about caches and whos the guest")

    assert (first.want, first.subject) == (Ask.EPISODES_ON, "caches")
    assert (second.want, second.subject) == (FactOf(FactKind.GUEST), "caches")


def test_the_episodes_that_were_counted_are_asked_for(hive_reader: Reader) -> None:
    _, second = requests(hive_reader, "how many episodes mention caches, and which episodes")

    assert (second.want, second.subject) == (Ask.EPISODES_ON, "caches")


def test_he_is_whoever_the_same_message_names(hive_reader: Reader) -> None:
    _, second = requests(hive_reader, "who's Tomas Ortega & what was he on about")

    assert (second.want, names(second)) == (Ask.TALKED_ABOUT, ["Tomas Ortega"])


@pytest.mark.parametrize("text", ["my hives are full of mites, any tips", "my bees swarm all the time, help"])
def test_help_with_something_is_sought_and_no_help_with_the_bot(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.SAID


@pytest.mark.parametrize(
    "text",
    [
        "only what Tomas said",
        "just tomas ortega please",
        "ok only the ones by Tomas",
        "just what Tomas thinks about it",
    ],
)
def test_only_one_persons_words_are_asked_for_on_the_same(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text, ON_CACHES)

    assert (asked.want, asked.subject, names(asked), asked.words_of) == (Ask.SAID, "caches", ["Tomas Ortega"], True)


@pytest.mark.parametrize(
    ("text", "episode"),
    [
        ("what's the older one about", HONEY.id),
        ("the earlier one", HONEY.id),
        ("the newest one", BEES.id),
        ("who is in the latest of those", BEES.id),
    ],
)
def test_the_older_or_newer_of_those_listed_is_meant(hive_reader: Reader, text: str, episode: EpisodeId) -> None:
    listed = Thread(listed=(ItemId(BEES.id), ItemId(HONEY.id)), answer=Found("Two episodes:", 1.0))

    assert request(hive_reader, text, listed).where.episode == episode


def test_only_what_is_in_quotation_marks_is_a_quotation(hive_reader: Reader) -> None:
    assert request(hive_reader, 'who said "wax is old" at the big conference').want == WhoSaid(
        "wax is old", quoted=True
    )


TWO_SHOWS = (BEES, HONEY, replace(BEES, id=EpisodeId("wax-1"), show="Wax Facts", number="1", topics=(), quotes=()))


@pytest.mark.parametrize("want", [FactOf(FactKind.HOST), MostOften(None), Guests(), Count(Measure.LENGTH)])
def test_what_was_asked_of_a_show_is_asked_of_another(want: Want) -> None:
    reader = Reader(TWO_SHOWS, {}, Search.over(TWO_SHOWS).spell)
    asked = request(reader, "and wax facts?", Thread(of_place=want))

    assert (asked.want, asked.where.show) == (want, "Wax Facts")


def test_the_newest_of_another_show_is_asked_about() -> None:
    reader = Reader(TWO_SHOWS, {}, Search.over(TWO_SHOWS).spell)
    before = Thread(episode=BEES.id, fact=FactKind.LENGTH, answer=Fact("An hour.", (BEES,)))

    asked = request(reader, "and wax facts?", before)

    assert (asked.want, asked.where.episode) == (FactOf(FactKind.LENGTH), "wax-1")


def test_how_often_goes_on_from_who_was_asked_about(hive_reader: Reader) -> None:
    first, second = requests(hive_reader, "when was tomas from beelab first on and how many times total")

    assert (first.want, names(first)) == (Appearance(first=True), ["Tomas Ortega"])
    assert (second.want, names(second)) == (Ask.APPEARANCES, ["Tomas Ortega"])


@pytest.mark.parametrize("end", ["first", "last"])
def test_who_appears_is_on_and_what_appears_is_mentioned(hive_reader: Reader, end: str) -> None:
    person, thing = (request(hive_reader, f"when did {each} {end} appear?") for each in ("Tomas Ortega", "beeswax"))

    assert person.want == Appearance(first=end == "first")
    assert isinstance(thing.want, Count)


def test_how_often_goes_on_from_a_subject(hive_reader: Reader) -> None:
    asked = request(hive_reader, "how often?", ON_CACHES)

    assert (asked.want, asked.subject) == (Count(Measure.MENTIONS), "caches")


WAX_IN_HONEY = Evidence(ItemId("q"), EvidenceKind.QUOTE, "Wax is old", HONEY, NOTES, 1.0)
WAX_IN_BEES = replace(WAX_IN_HONEY, id=ItemId("r"), episode=BEES)
IN_HONEY = Thread(subject="wax", answer=Found("", 1.0, evidence=(WAX_IN_HONEY,)))


@pytest.mark.parametrize("text", ["is it cheaper than buying frames", "how hard is it compared to plastic foil"])
def test_what_is_asked_about_it_is_sought_in_the_one_episode_shown_before(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text, IN_HONEY)

    assert (asked.where.episode, asked.where.within) == (HONEY.id, {HONEY.id})


def test_it_is_the_subject_before_where_several_episodes_were_shown(hive_reader: Reader) -> None:
    both = (WAX_IN_HONEY, WAX_IN_BEES)
    before = Thread(subject="wax", answer=Found("", 1.0, evidence=both))

    assert request(hive_reader, "does it survive a hot summer", before).subject == "wax does it survive a hot summer"
    assert request(hive_reader, "how hard is it compared to foil", before).want == Compare(
        ("hard is wax", "foil"), surely=True
    )


OTHERS = [replace(HONEY, id=EpisodeId(f"hive-talk-{number}"), number=str(number)) for number in range(20, 35)]


@pytest.fixture
def hosted_reader(search: Search) -> Reader:
    """Reads questions about many episodes that Maya Keller hosts, one of them with a guest."""
    hosted = {each.id: ("Maya Keller",) for each in OTHERS}
    return Reader((*OTHERS, HONEY), {**hosted, HONEY.id: ("Maya Keller", "Wanda One")}, search.spell)


@pytest.mark.parametrize("text", ["how did maya get into bees", "does maya like rye", "why was maya late"])
def test_the_first_name_of_a_regular_means_them_anywhere(hosted_reader: Reader, text: str) -> None:
    assert names(request(hosted_reader, text)) == ["Maya Keller"]


def test_what_two_people_do_together_is_one_question_about_both(search: Search) -> None:
    hosted = {each.id: ("Maya Keller", "Ned Orr") for each in OTHERS}
    reader = Reader((*OTHERS, HONEY), {**hosted, HONEY.id: ("Maya Keller", "Wanda One")}, search.spell)

    asked = request(reader, "do maya and ned make money with wax or is it a hobby")

    assert names(asked) == ["Maya Keller", "Ned Orr"]
    assert (asked.words_of, asked.subject) == (False, "do make money with wax or is it a hobby")


@pytest.mark.parametrize(
    "text", ["and the first guy you quoted, whats he built before?", "what did the guest you quoted build"]
)
def test_whoever_was_quoted_first_is_the_guy_you_quoted(hosted_reader: Reader, text: str) -> None:
    shown = (replace(WAX_IN_HONEY, speaker="Wanda One"), replace(WAX_IN_BEES, speaker="Maya Keller"))

    asked = request(hosted_reader, text, Thread(subject="wax", answer=Found("", 1.0, evidence=shown)))

    assert names(asked) == ["Wanda One"]


@pytest.mark.parametrize("text", ["how did wanda get into bees", "bees that fly like maya"])
def test_the_first_name_of_a_guest_may_be_that_of_a_thing(hosted_reader: Reader, text: str) -> None:
    assert names(request(hosted_reader, text)) == []


def test_he_is_nobody_who_was_quoted_after_a_host_where_several_episodes_were_shown(hosted_reader: Reader) -> None:
    shown = replace(WAX_IN_HONEY, speaker="Maya Keller")
    one = Thread(subject="wax", spoke=("Maya Keller", "Wanda One"), answer=Found("", 1.0, evidence=(shown,)))
    several = replace(one, answer=Found("", 1.0, evidence=(shown, replace(shown, episode=OTHERS[0]))))

    assert names(request(hosted_reader, "how did he start it", one)) == ["Wanda One"]
    assert names(request(hosted_reader, "how did he start it", several)) == []


@pytest.fixture
def frames_reader(search: Search) -> Reader:
    """Reads questions about two episodes, of which Guest One's has far more on frames."""
    places = {HONEY.id: 30, BEES.id: 4}
    heard = {HONEY.id: ("Maya Keller", "Guest One"), BEES.id: ("Maya Keller", "Tomas Ortega")}
    return Reader((BEES, HONEY), heard, search.spell, places=lambda subject: places if subject == "frames" else {})


FRAMES = Thread(subject="frames", answer=Found("", 1.0, evidence=(WAX_IN_BEES, WAX_IN_HONEY)))


@pytest.mark.parametrize("text", ["how did he start with it", "does she still make them", "where does he work"])
def test_he_is_the_guest_whose_episodes_are_about_the_subject(frames_reader: Reader, text: str) -> None:
    assert names(request(frames_reader, text, FRAMES)) == ["Guest One"]


def test_he_is_no_guest_whose_words_were_not_shown(frames_reader: Reader) -> None:
    bees = replace(FRAMES, answer=Found("", 1.0, evidence=(WAX_IN_BEES,)))

    assert names(request(frames_reader, "how did he start with it", bees)) == []


@pytest.mark.parametrize("text", ["what did the frames guy say about wax", "does the tomas guy like wax"])
def test_the_guy_of_a_subject_or_of_a_first_name_is_a_person(frames_reader: Reader, text: str) -> None:
    named = names(request(frames_reader, text))

    assert named == ["Guest One" if "frames" in text else "Tomas Ortega"]


@pytest.mark.parametrize("text", ["what did the wax guy say about rice", "what did the guy say about wax"])
def test_the_guy_of_nothing_much_talked_about_is_nobody(frames_reader: Reader, text: str) -> None:
    assert names(request(frames_reader, text)) == []


@pytest.mark.parametrize(
    ("text", "joined", "surely"),
    [
        ("can i use it at home", "can i use frames at home", True),
        ("no i mean how are the corners joined", "frames how are the corners joined", True),
        ("how many people worked there", "frames how many people worked there", True),
        ("what about varnish", "frames varnish", False),
    ],
)
def test_a_question_that_may_leave_the_subject_out_is_also_asked_with_it(
    frames_reader: Reader, text: str, joined: str, surely: bool
) -> None:
    asked = request(frames_reader, text, FRAMES)

    assert asked.closer is not None
    assert (asked.closer.request.subject, asked.closer.request.about, asked.closer.surely) == (joined, "frames", surely)


def test_what_about_another_subject_with_much_on_it_leaves_the_last(frames_reader: Reader) -> None:
    wax = replace(FRAMES, subject="wax")

    asked = request(frames_reader, "what about frames", wax)

    assert (asked.subject, asked.closer) == ("frames", None)


@pytest.mark.parametrize("text", ["why did tomas ortega switch to rye", "how did tomas ortega come to rye"])
def test_turning_to_something_is_no_new_name(frames_reader: Reader, text: str) -> None:
    asked = request(frames_reader, text)

    assert (names(asked), asked.of_its_name, asked.words_of) == (["Tomas Ortega"], False, True)


@pytest.mark.parametrize(
    "text", ["wasn't there a hive talk on wax too", "isnt there an episode about wax", "is there a hive talk about wax"]
)
def test_whether_there_is_an_episode_on_a_subject_asks_for_it(frames_reader: Reader, text: str) -> None:
    asked = request(frames_reader, text)

    assert (asked.want, asked.subject) == (Ask.EPISODES_ON, "wax")


@pytest.mark.parametrize(
    "text",
    [
        "is there an episode about wax i can send to my manager",
        "any good episode on wax that i could share with the team",
        "which is the best episode to start with if i'm new to wax",
    ],
)
def test_what_an_episode_is_for_is_no_part_of_its_subject(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.subject) == (Ask.EPISODES_ON, "wax")


@pytest.mark.parametrize(
    "text",
    [
        "is there anyone from wax works",
        "was there anybody from wax works on the show",
        "isnt there someone from wax works",
    ],
)
def test_whether_there_is_anybody_from_somewhere_asks_for_its_guests(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.subject) == (Ask.GUESTS_FROM, "wax works")


def test_who_says_it_is_no_part_of_the_subject(hive_reader: Reader) -> None:
    assert request(hive_reader, "who invented frames according to the show").subject == "frames"


@pytest.mark.parametrize("text", ["is it hard to set up", "so is it safe to use?", "is it good to keep around"])
def test_where_nothing_else_is_named_it_is_the_subject_before(hive_reader: Reader, text: str) -> None:
    before = Thread(subject="wax", answer=Found("", 1.0, evidence=(WAX_IN_HONEY, WAX_IN_BEES)))

    asked = request(hive_reader, text, before)

    assert asked.subject.startswith("wax ")
    assert asked.about == "wax"


@pytest.mark.parametrize("text", ["is it worth moving my hives south", "is it hard to learn juggling"])
def test_where_it_stands_for_nothing_a_new_subject_is_sought(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text, IN_HONEY).where == Where()


@pytest.mark.parametrize("text", ["who was on rte 2?", "who was on RTE #2", "rte episode 2 guest"])
def test_a_show_goes_by_its_initials_before_a_number(text: str, search: Search) -> None:
    about_rice = Episode(EpisodeId("rice-2"), "Paddies", "Rice To Eat", "the transcript", number="2")
    reader = Reader((about_rice, BEES, HONEY), {}, search.spell)

    assert request(reader, text).where.episode == about_rice.id
    assert request(reader, "what is an rte?").where.episode is None


def with_afk(search: Search) -> Reader:
    of_afk = Episode(EpisodeId("afk-1"), "Breaks", "Away From Keyboard", "the transcript", number="1")
    return Reader((of_afk, BEES, HONEY), {BEES.id: ["Ann Lee"]}, search.spell)


@pytest.mark.parametrize(
    "text",
    ["who are the guests on afk", "guests on afk?", "afk guests", "who hosts afk", "has ann lee been on afk", "afk"],
)
def test_initials_of_a_show_beside_what_only_a_show_has_are_no_courtesy(text: str, search: Search) -> None:
    reader = with_afk(search)

    assert request(reader, text).where.show == "Away From Keyboard"
    assert request(reader, "what is afk slang for").where.show is None


@pytest.mark.parametrize(
    "text",
    [
        "what did ann lee talk about on afk",
        "what did they say about naps on afk?",
        "was ann lee on afk",
        "was zed quux on afk?",
        "ann lee on afk",
        "what's afk about",
        "what topics does afk cover",
        "why did afk end",
        "does afk have guests",
        "who speaks most on afk",
        "a random quote from afk",
        "afk's hosts",
    ],
)
def test_initials_of_a_show_name_it_where_its_name_would_stand(text: str, search: Search) -> None:
    assert request(with_afk(search), text).where.show == "Away From Keyboard"


@pytest.mark.parametrize(
    "text", ["what did they say about an afk day", "thoughts on afk", "is there anything on afk", "how do I write afk"]
)
def test_initials_of_a_show_are_a_subject_where_any_other_would_stand(text: str, search: Search) -> None:
    asked = request(with_afk(search), text)

    assert asked.where.show is None
    assert "afk" in asked.subject


@pytest.mark.parametrize("text", ["what did they say about rice", "how often is rice mentioned"])
def test_what_is_asked_of_two_shows_is_asked_of_each(text: str) -> None:
    reader = Reader(TWO_SHOWS, {}, Search.over(TWO_SHOWS).spell)

    first, second = requests(reader, f"{text} on hive talk and on wax facts")

    assert (first.want, first.subject) == (second.want, second.subject)
    assert [first.where.show, second.where.show] == ["Hive Talk", "Wax Facts"]


@pytest.mark.parametrize("text", ["who was the guest brb", "which episode is that bye", "later ones of hive talk"])
def test_a_question_is_no_courtesy_for_a_word_in_it(hive_reader: Reader, text: str) -> None:
    assert not isinstance(request(hive_reader, text).want, Social)


@pytest.mark.parametrize("text", ["and who made it?", "who's behind it"])
def test_who_made_it_is_asked_of_the_subject_before(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text, ON_CACHES)

    assert (asked.want, asked.subject) == (Ask.MADE_BY, "caches")
    assert request(hive_reader, text).want == FactOf(FactKind.HOST)


def test_who_wrote_it_asks_nothing_of_the_bot_where_it_is_named_before(hive_reader: Reader) -> None:
    assert not isinstance(request(hive_reader, "that book on glaciers, who wrote it").want, Social)


def test_the_very_last_of_a_show_is_its_newest_episode(hive_reader: Reader) -> None:
    newest = request(hive_reader, "who were the hosts on the newest hive talk")
    asked = request(hive_reader, "who were the hosts on the very last hive talk")

    assert (asked.want, asked.where.episode) == (FactOf(FactKind.HOST), newest.where.episode)
    assert asked.where.episode


@pytest.mark.parametrize("text", ["how does it work", "so how does it actually work?", "what is it", "is it an ai?"])
def test_it_is_the_subject_before_and_the_bot_only_where_there_is_none(hive_reader: Reader, text: str) -> None:
    assert "caches" in request(hive_reader, text, ON_CACHES).subject
    assert isinstance(request(hive_reader, text).want, Social)


def test_last_year_is_the_year_before_this_one() -> None:
    names = Names((), {}, lexicon(), today=lambda: date(2026, 3, 1))

    marked = names.marked(Text.of("how many episodes last year"))

    assert names.place(marked, names.limited(marked), None).where.year == (2025, 2025)
    assert [word.plain for word in names.limited(marked).words] == ["how", "many", "episodes"]


@pytest.mark.parametrize(
    "text",
    [
        "youre wrong, that wasnt him",
        "no, that isn't her",
        "you got the wrong person",
        "you're wrong, he never said that",
    ],
)
def test_who_says_that_it_is_wrong_asks_nothing_of_those_words(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.WRONG


@pytest.mark.parametrize(
    "text",
    [
        "is Ines Duarte single?",
        "how much does Ines Duarte earn",
        "how much money does Ines Duarte make a year",
        "does Ines Duarte have a husband",
        "who is Ines Duarte dating",
    ],
)
def test_what_is_private_to_somebody_is_not_looked_up(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.PERSONAL


@pytest.mark.parametrize(
    "text", ["quotes about swarms, list them", "which episodes mention swarms? list them all please"]
)
def test_to_list_them_is_no_part_of_a_subject(hive_reader: Reader, text: str) -> None:
    assert all(each.subject == "swarms" for each in requests(hive_reader, text))


@pytest.mark.parametrize("text", ["how many people work at Roof Bees", "how many folks work at Roof Bees?"])
def test_how_many_work_somewhere_asks_for_a_number_and_not_for_guests(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert asked.want is Ask.SAID
    assert asked.premise.amount


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("what do they say about wax, who is the guest and what is the title?", [Ask.SAID, GUEST, TITLE]),
        ("who is the guest, what do they say about wax and what is the title?", [GUEST, Ask.SAID, TITLE]),
        ("what is the title, what do they say about wax and who is the guest", [TITLE, Ask.SAID, GUEST]),
        ("who is the guest and what is wax", [GUEST, Ask.SAID]),
        ("1. who is the guest 2. what is the title 3. what do they say about wax", [GUEST, TITLE, Ask.SAID]),
        ("my questions: 1. who is the guest 2. what is the title", [GUEST, TITLE]),
        ("who is the guest / what is the title", [GUEST, TITLE]),
        ("what do they say about wax / honey", [Ask.SAID]),
    ],
)
def test_each_question_of_a_message_is_read(hive_reader: Reader, text: str, wants: list[Want]) -> None:
    assert [each.want for each in requests(hive_reader, text)] == wants


@pytest.mark.parametrize(
    ("text", "number"), [("number two", 2), ("number three please", 3), ("two", 2), ("the last", -1)]
)
def test_what_was_listed_is_picked_by_a_number_in_words(hive_reader: Reader, text: str, number: int) -> None:
    assert request(hive_reader, text, LISTED).want == Pick(number)


@pytest.mark.parametrize("text", ["what's in this episode?", "what is in this show", "what is in it"])
def test_what_is_in_an_episode_asks_what_it_is_about(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want == FactOf(FactKind.SUMMARY)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what's your name", Courtesy.HELP),
        ("do you have a name", Courtesy.HELP),
        ("which AI model powers you?", Courtesy.HELP),
        ("are you GPT-4?", Courtesy.PROGRAM),
        ("are you powered by claude", Courtesy.PROGRAM),
    ],
)
def test_the_bot_is_asked_about_itself(hive_reader: Reader, text: str, kind: Courtesy) -> None:
    assert request(hive_reader, text).want == Social(kind)


@pytest.mark.parametrize(
    "text",
    [
        '"fatal: not a git repository" - what is this',
        '"panic: runtime error: index out of range"',
        'why do i get the error "cannot find module wax"',
    ],
)
def test_what_a_program_wrote_is_looked_up_and_not_checked(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.SAID


def test_a_guest_star_is_no_guest(hive_reader: Reader) -> None:
    assert request(hive_reader, "who's the guest star in Friends").otherwise is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("wer ist der Gast der letzten Folge?", FactKind.GUEST),
        ("worüber reden sie in der letzten Folge?", FactKind.SUMMARY),
        ("worum geht es in der neuesten Folge?", FactKind.SUMMARY),
    ],
)
def test_the_latest_episode_is_named_in_german(hive_reader: Reader, text: str, kind: FactKind) -> None:
    asked = request(hive_reader, text)

    assert (asked.want, asked.where.episode) == (FactOf(kind), BEES.id)


def test_the_guest_of_today_is_asked_for_in_german(hive_reader: Reader) -> None:
    assert request(hive_reader, "Wer ist der heutige Gast?").want == GUEST


@pytest.mark.parametrize(
    ("text", "closer"), [("is it free", "wax free"), ("does it melt in sunlight", "does it melt in sunlight")]
)
def test_what_goes_on_from_the_last_answer_is_first_asked_of_the_episodes_shown(
    hive_reader: Reader, text: str, closer: str
) -> None:
    both = (WAX_IN_HONEY, WAX_IN_BEES)
    asked = request(hive_reader, text, Thread(subject="wax", answer=Found("", 1.0, evidence=both)))

    assert asked.closer is not None
    assert (asked.closer.request.subject, asked.closer.request.where.within) == (closer, {HONEY.id, BEES.id})


@pytest.mark.parametrize("text", ["what do they say about frames", "is it worth it to buy frames", "who sells frames"])
def test_a_new_subject_is_asked_of_the_whole_library(hive_reader: Reader, text: str) -> None:
    both = (WAX_IN_HONEY, WAX_IN_BEES)
    asked = request(hive_reader, text, Thread(subject="wax", answer=Found("", 1.0, evidence=both)))

    assert asked.closer is None or not asked.closer.surely
    assert asked.where.within is None


@pytest.mark.parametrize(
    "text",
    [
        "what's maya keller's deal with wax",
        "whats maya kellers problem with wax, does she actually like it or is it a bit",
        "does maya keller like wax or does she just tolerate it",
    ],
)
def test_what_somebody_has_with_a_thing_is_in_their_own_words_on_it(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert (names(asked), asked.subject, asked.words_of) == (["Maya Keller"], "wax", True)


def test_which_of_two_people_it_is_is_for_each_of_them_to_say(hive_reader: Reader) -> None:
    asked = request(hive_reader, "is it maya keller or guest one that works at a wax shop")

    assert (names(asked), asked.words_of) == (["Maya Keller", "Guest One"], True)


@pytest.mark.parametrize(
    "text",
    ["tomas ortega was on hive talk wasnt he", "so tomas ortega has been on, right?", "i thought tomas ortega was on"],
)
def test_a_claim_that_somebody_was_on_asks_where(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, f"{text}, right" if text.endswith("was on") else text)

    assert (asked.want, names(asked), asked.subject) == (Ask.WITH_PERSON, ["Tomas Ortega"], "")


def test_hosting_or_being_on_is_counted_as_being_on(hive_reader: Reader) -> None:
    asked = request(hive_reader, "how many episodes has tomas ortega hosted or been on")

    assert (asked.want, names(asked)) == (Ask.APPEARANCES, ["Tomas Ortega"])


@pytest.mark.parametrize(
    "text", ["what did tomas ortega himself say about wax", "what did Dr. Tomas Ortega himself think of wax"]
)
def test_himself_after_a_name_only_stresses_it(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert (names(asked), asked.subject) == (["Tomas Ortega"], "wax")


@pytest.mark.parametrize(
    "text", ["are frames a scam?? what did tomas ortega say", "frames are a scam. what does Tomas say?"]
)
def test_what_somebody_said_is_about_the_sentence_before(hive_reader: Reader, text: str) -> None:
    asked = request(hive_reader, text)

    assert (names(asked), asked.want, asked.words_of) == (["Tomas Ortega"], Ask.SAID, True)
    assert "frames" in asked.subject


def test_after_a_greeting_it_is_about_anything(hive_reader: Reader) -> None:
    assert request(hive_reader, "hi! what did tomas ortega say").want is Ask.LINES


def test_their_something_is_of_the_last_subject(frames_reader: Reader) -> None:
    asked = request(frames_reader, "what's their corner thing called", FRAMES)

    assert asked.closer is not None
    assert (asked.about, asked.closer.surely) == ("frames", True)


def test_a_question_about_him_who_never_speaks_has_his_name(hive_reader: Reader) -> None:
    before = Thread(people=("Wim Kan",), answer=Found("", 1.0, evidence=(WAX_IN_HONEY,)))

    assert request(hive_reader, "did anyone see him rob a hive", before).subject == "did anyone see Wim Kan rob a hive"


def test_after_a_question_on_a_show_the_next_is_first_asked_of_that(frames_reader: Reader) -> None:
    show = Where(within=frozenset({BEES.id}), show="Hive Talk", part="Hive Talk")

    asked = request(frames_reader, "who sells varnish", Thread(where=show, answer=Fact("", (BEES,))))

    assert asked.closer is not None
    assert (asked.closer.request.where.within, asked.closer.surely) == ({BEES.id}, False)


@pytest.mark.parametrize(
    "text", ["what are the best hive talk episodes", "best episodes", "which are your favourite episodes"]
)
def test_the_best_episodes_are_a_matter_of_taste(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want is Ask.RECOMMEND


@pytest.mark.parametrize("text", ["whos the cohost again", "who is the other co-host of hive talk", "whos the cohost"])
def test_the_co_host_is_asked_for(hive_reader: Reader, text: str) -> None:
    assert request(hive_reader, text).want == FactOf(FactKind.HOST)


def test_the_episode_with_somebody_is_told_of(hive_reader: Reader) -> None:
    asked = request(hive_reader, "tell me about the episode with tomas ortega")

    assert (asked.want, names(asked)) == (Ask.TALKED_ABOUT, ["Tomas Ortega"])


def test_a_claim_about_it_is_about_the_last_subject(hive_reader: Reader) -> None:
    before = Thread(subject="wax", answer=Found("", 1.0, evidence=(WAX_IN_HONEY,)))

    asked = request(hive_reader, "did anyone say thats a waste of time", before)

    assert asked.want == CheckQuote("wax is a waste of time")


def test_a_claim_about_nothing_is_sought_with_what_was_told(hive_reader: Reader) -> None:
    asked = request(hive_reader, "my boss wants us to melt the frames. did any guest say that's a bad idea?")

    assert asked.want is Ask.SAID
    assert "frames" in asked.subject
