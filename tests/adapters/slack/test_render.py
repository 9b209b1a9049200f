from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.button_values import (
    AskQuestion,
    ButtonValue,
    CheckWords,
    DrawQuote,
    ListTopics,
    Rated,
    ShowEpisode,
    StaleError,
    decode,
    encode,
    shareable,
)
from adapters.slack.cards import episode_card, topic_list
from adapters.slack.commands import Verb, read
from adapters.slack.render import Extras, Message, draw, notice
from adapters.slack.views import View, answer_dialogue, ask_dialogue, home, looking_dialogue
from adapters.slack.words import plain
from bot.port import wording
from bot.port.logbook import AnswerId
from bot.port.messages import (
    Answer,
    Difference,
    Episode,
    Found,
    Guess,
    ItemId,
    NotFound,
    Part,
    Several,
    SingleAnswer,
    Topic,
)
from bot.port.presentation import InContext, Open
from bot.port.wording import DELETE
from knowledge.model import Links, Person
from tests.fakes.assistant import (
    CLOSE,
    COMETS,
    ECLIPSES,
    EVERY_SINGLE_ANSWER,
    FACT,
    FOUND,
    MAYBE,
    NIGHT_SKY,
    NOT_FOUND,
    OOLONG,
    PASSAGE,
    SEVERAL,
    SNOWBALL,
    STEEP,
    TEA_TIME,
    UNSURE,
    evidence,
)
from tests.fakes.examples import examples
from tests.fakes.hostile import hostile_answers, hostile_text
from tests.fakes.slack_blocks import Json, message_problems, view_problems
from tests.fakes.slack_server import actions_of, labels_of, offered_in, words_of

_slow = examples(40)

_button_values: st.SearchStrategy[ButtonValue] = st.one_of(
    st.builds(Open, st.lists(hostile_text, min_size=1, max_size=40).map(tuple)),
    st.builds(InContext, hostile_text.filter(bool)),
    st.builds(AskQuestion, hostile_text, st.none() | hostile_text),
    st.builds(CheckWords, hostile_text, st.none() | hostile_text),
    st.builds(DrawQuote, *[st.none() | hostile_text] * 3),
    st.builds(ListTopics, st.none() | hostile_text),
    st.builds(ShowEpisode, st.none() | hostile_text),
)
_extras = st.builds(
    Extras,
    asked=st.none() | hostile_text,
    share=st.none() | _button_values,
    asker=st.none() | st.just("U1"),
    another=st.none() | st.builds(DrawQuote, hostile_text),
    rated=st.none() | st.builds(Rated, st.just(AnswerId("x" * 12)), hostile_text),
)


def sent(message: Message) -> Json:
    """A message as it goes to Slack."""
    return {
        "text": message.text,
        "blocks": list(message.blocks),
        "unfurl_links": False,
        "unfurl_media": False,
        "parse": "none",
        "mrkdwn": False,
    }


@_slow
@given(hostile_answers, _extras)
def test_slack_takes_every_answer_whatever_words_are_in_it(answer: Answer, extras: Extras) -> None:
    in_a_dialogue = draw(answer, replace(extras, rated=None))

    assert message_problems(sent(draw(answer, extras))) == []
    assert view_problems(answer_dialogue(in_a_dialogue)) == []


@_slow
@given(hostile_answers)
def test_slack_takes_every_episode_topic_and_quote_that_an_answer_names(answer: Answer) -> None:
    topics: tuple[Topic, ...] = getattr(answer, "topics", ()) or getattr(answer, "related", ())
    episodes: tuple[Episode, ...] = getattr(answer, "episodes", ())
    quote = answer if isinstance(answer, Found) else NOT_FOUND
    named = tuple(replace(topic, id=ItemId(f"e/topic/{place}")) for place, topic in enumerate(topics))
    views: list[View] = [home(episodes, topics, quote), ask_dialogue(None), looking_dialogue()]

    assert [problem for view in views for problem in view_problems(view)] == []
    for message in (topic_list(named, None), *(episode_card(episode, others=True) for episode in episodes)):
        assert message_problems(sent(message)) == []


@_slow
@given(hostile_text)
def test_a_line_of_our_own_stays_harmless_with_hostile_words_in_it(words: str) -> None:
    assert message_problems(sent(notice(f"I don’t know “{words}”."))) == []


def test_what_looks_like_a_mention_reads_the_same_and_mentions_nobody() -> None:
    message = draw(NotFound("<!channel> and <@U1> & <b>", 0.0))

    assert message.text == "&lt;\u2060!channel&gt; and &lt;\u2060@U1&gt; &amp; &lt;b&gt;"
    assert "<\u2060!channel> and <\u2060@U1> & <b>" in words_of(sent(message))


@pytest.mark.parametrize("answer", EVERY_SINGLE_ANSWER)
def test_the_text_stands_alone_where_no_blocks_are_shown(answer: SingleAnswer) -> None:
    message = draw(answer)

    assert answer.text.split(":")[0] in message.text
    assert "{" not in message.text


def test_several_questions_are_answered_one_under_the_other() -> None:
    message = draw(SEVERAL, Extras(asker="U1"))

    assert [block["text"]["text"] for block in message.blocks if block["type"] == "header"] == [  # type: ignore[index]
        "What are comets?",
        "Who hosts it?",
        "How do I cook rice?",
    ]
    assert [line for line in message.text.splitlines() if line.endswith("?")] == [part.asked for part in SEVERAL.parts]
    assert labels_of(sent(message)) == ["1 more: what are comets?", DELETE]
    assert offered_in(sent(message)) == ["Solar eclipses", "Oolong", "Comets"]


@pytest.mark.parametrize("parts", [2, 3])
def test_several_of_the_longest_answers_fit(parts: int) -> None:
    long = Found("text " * 2000, 1.0, evidence=(replace(PASSAGE, text="word " * 1000),) * 10, related=(COMETS,) * 9)
    message = draw(
        Several((Part("why " * 500, long),) * parts), Extras(share=ShowEpisode(), asker="U1", another=DrawQuote())
    )

    assert message_problems(sent(message)) == []
    assert sum(len(str(block)) for block in message.blocks) < sum(len(str(block)) for block in draw(long).blocks) * 2


def test_evidence_that_several_answers_leave_out_is_a_press_away() -> None:
    said = tuple(replace(PASSAGE, id=ItemId(f"e/passage/{n}")) for n in range(5))
    check = replace(CLOSE, evidence=said)
    message = sent(draw(Several((Part("a?", replace(FOUND, evidence=said, related=())), Part("b?", check)))))

    carried = {each["text"]["text"]: decode(each["value"]) for each in actions_of(message)}
    assert carried == {
        "3 more: a?": Open((*(each.id for each in said[3:]), *FOUND.more)),
        "4 more: b?": Open(tuple(each.id for each in said[1:])),
    }


def test_several_answers_are_shared_as_the_questions_understood() -> None:
    nothing = Several((Part("rice?", NOT_FOUND), Part("tea?", UNSURE)))

    assert shareable(AskQuestion("and who hosts it? rice?"), SEVERAL) == AskQuestion(
        "what are comets? who hosts it? how do I cook rice?"
    )
    assert shareable(AskQuestion("rice? tea?"), nothing) is None


def test_an_answer_shows_who_said_it_where_and_a_time_that_opens_there() -> None:
    first = replace(FOUND.evidence[0], speaker="Mia Stone")
    alone, of_two = (sent(draw(replace(FOUND, evidence=pieces))) for pieces in ((first,), (first, PASSAGE)))

    listening = actions_of(alone)[0]
    assert (listening["text"]["text"], listening["url"]) == ("▶ 1:02:03", "https://sky.example/7?t=3723")
    assert "\n— Mia Stone · The Night Sky #7\n" in words_of(alone)
    assert "\n— Mia Stone · The Night Sky #7 · ▶ 1:02:03\n" in words_of(of_two)
    assert "\n— The Night Sky #7 · around 3:04\n" in words_of(of_two)


def test_further_quotations_are_heard_by_a_link_in_their_line() -> None:
    message = draw(replace(FOUND, evidence=FOUND.evidence[:1] * 2))

    byline = message.blocks[3]["elements"][1]["elements"]  # type: ignore[index]
    assert byline[-1] == {"type": "link", "url": "https://sky.example/7?t=3723", "text": "▶ 1:02:03"}


def pictures_in(message: Message) -> list[tuple[object, object]]:
    """The addresses of pictures, each with what it says to who can't see it."""
    lines: list[Any] = [block["elements"] for block in message.blocks if block["type"] == "context"]
    return [(each["image_url"], each["alt_text"]) for line in lines for each in line if each["type"] == "image"]


def test_the_picture_of_the_show_stands_before_who_said_it_and_on_the_card_of_an_episode() -> None:
    sky = replace(NIGHT_SKY, image="https://sky.example/art.png")
    said = replace(evidence(SNOWBALL), episode=sky)
    answer = replace(FOUND, evidence=(said,))
    shown, card = draw(answer), episode_card(sky, others=False)

    assert pictures_in(shown) == pictures_in(card) == [("https://sky.example/art.png", "The Night Sky")]
    assert message_problems(sent(shown)) == message_problems(sent(card)) == []
    assert "The Night Sky #7" in words_of(sent(shown))
    assert not pictures_in(draw(answer, Extras(art=False)))
    assert not pictures_in(episode_card(sky, Extras(art=False), others=False))
    assert not pictures_in(draw(replace(FOUND, evidence=(replace(said, episode=replace(sky, image="data:x")),))))


def test_one_picture_stands_under_several_quotations_of_one_show_and_none_under_those_of_several_shows() -> None:
    sky = replace(NIGHT_SKY, image="https://sky.example/art.png")
    said = replace(evidence(SNOWBALL), episode=sky)
    tea = replace(said, episode=replace(TEA_TIME, image="https://tea.example/art.png"))
    of_two = draw(replace(FOUND, evidence=(said, said)))
    dialogue = draw(replace(FOUND, evidence=(said, said)), Extras(art=False))

    assert pictures_in(of_two) == [("https://sky.example/art.png", "The Night Sky")]
    assert message_problems(sent(of_two)) == []
    assert words_of(sent(of_two)).count("· ▶ 1:02:03") == 2
    assert not pictures_in(dialogue)
    assert not pictures_in(draw(replace(FOUND, evidence=(said, tea))))


def test_the_words_that_matched_are_bold() -> None:
    piece = replace(PASSAGE, text="A *comet* <@U1> is", spans=((3, 8),))
    [words, _] = draw(Found("Said:", 1.0, evidence=(piece,), told="")).blocks[0]["elements"]  # type: ignore[misc]

    assert [(leaf["text"], leaf.get("style")) for leaf in words["elements"]] == [
        ("A *", None),
        ("comet", {"bold": True}),
        ("* <\u2060@U1> is", None),
    ]


def test_what_was_said_around_and_what_is_nearest_are_a_press_away() -> None:
    around = sent(draw(Found("Said:", 1.0, evidence=(PASSAGE,))))
    nearest = sent(draw(replace(NOT_FOUND, nearest=(PASSAGE.id,))))

    assert [(each["text"]["text"], decode(each["value"])) for each in actions_of(around)] == [
        ("In context", InContext(PASSAGE.id))
    ]
    assert labels_of(nearest) == ["Show the closest"]


def test_a_topic_that_nothing_is_quoted_of_names_its_episode_and_links_to_it() -> None:
    message = draw(replace(FOUND, evidence=(), place=NIGHT_SKY))

    assert message.text.endswith("— The Night Sky #7")
    assert "https://sky.example/7" in str(message.blocks)


def test_what_nobody_is_quoted_on_says_what_it_was_taken_from() -> None:
    assert "From the episode's notes" in words_of(sent(draw(replace(FOUND, evidence=()))))
    assert "From the" not in words_of(sent(draw(FOUND)))


def test_an_answer_shows_the_spelling_understood_and_a_menu_of_topics_close_by() -> None:
    message = sent(draw(FOUND))

    assert "Understood as “comets”" in words_of(message)
    assert labels_of(message) == ["1 more"]
    assert offered_in(message) == ["Solar eclipses", "Oolong"]


def test_meanings_of_a_doubtful_question_are_buttons_and_a_numbered_list() -> None:
    message = draw(UNSURE)

    assert [each["text"]["text"] for each in actions_of(sent(message))] == ["Comets", "Oolong"]
    assert message.text.splitlines()[1:] == ["1. Comets", "2. Oolong"]


def test_a_meaning_that_no_button_can_carry_is_in_the_list_alone() -> None:
    message = draw(replace(UNSURE, guesses=(Guess(ItemId("x" * 3000), "Comets"),)))

    assert actions_of(sent(message)) == []
    assert message.text.splitlines()[1:] == ["1. Comets"]


def test_words_that_may_be_the_answer_are_quoted_before_other_meanings() -> None:
    message = draw(MAYBE)

    assert SNOWBALL.text in words_of(sent(message))
    assert offered_in(sent(message)) == ["Oolong"]
    assert message.text.splitlines()[-1] == "1. Oolong"


def test_not_found_offers_what_the_notes_cover() -> None:
    message = draw(NOT_FOUND)

    assert offered_in(sent(message)) == ["Comets", "Oolong"]
    assert message.text.endswith("You can ask about: Comets, Oolong")


def test_a_near_quotation_tells_once_what_differs() -> None:
    more = replace(CLOSE, differences=(*CLOSE.differences, Difference("old", "dirty")))

    assert words_of(sent(draw(CLOSE))).count("ice ball") == 1
    assert "old → dirty" in words_of(sent(draw(more)))


def test_buttons_carry_only_ids() -> None:
    listening, more, related = actions_of(sent(draw(replace(FOUND, evidence=FOUND.evidence[:1]))))

    assert listening["value"] == "listen"
    assert decode(more["value"]) == Open((STEEP.id,))
    assert [option["value"] for option in related["options"]] == [ECLIPSES.id, OOLONG.id]


def test_more_evidence_carries_as_many_items_as_a_button_holds() -> None:
    many = tuple(ItemId(f"night-sky-7/passage/{'9' * 60}{number}") for number in range(100))
    message = sent(draw(Found("…", 1.0, evidence=(PASSAGE,), more=many)))

    [more] = [each for each in actions_of(message) if each["text"]["text"].endswith(" more")]
    recalled = decode(more["value"])
    assert isinstance(recalled, Open)
    assert recalled.items == many[: len(recalled.items)]
    assert len(recalled.items) > 20


def test_a_fact_names_its_episode_and_links_to_it() -> None:
    assert "https://sky.example/7" in str(draw(FACT).blocks)


def test_a_card_shows_people_date_length_links_and_topics() -> None:
    episode = Episode(
        NIGHT_SKY.id,
        "Comets & Eclipses",
        "The Night Sky",
        "notes",
        number="7",
        summary="What falls from above.",
        published=date(2026, 3, 1),
        duration=timedelta(hours=2, seconds=5),
        hosts=(Person("Mia Stone"),),
        guests=(Person("Bo Li"), Person("Al Ba")),
        links=Links(youtube="https://youtube.com/watch?v=1", spotify="https://open.spotify.com/episode/1"),
        topics=(COMETS,),
    )

    message = sent(episode_card(episode, Extras(share=ShowEpisode(episode.id)), others=True))

    for shown in (
        "1 March 2026",
        "2:00:05",
        "Bo Li, Al Ba",
        "Mia Stone",
        "YouTube",
        "Spotify",
        "What falls from above.",
    ):
        assert shown in words_of(message)
    assert [each["type"] for each in actions_of(message)] == ["static_select", "external_select", "button"]


def test_a_long_list_of_topics_is_searched_by_typing() -> None:
    topics = tuple(Topic(ItemId(f"e/topic/{n}"), NIGHT_SKY.id, f"Topic {n}", "", "") for n in range(150))

    message = sent(topic_list(topics, None))

    assert actions_of(message)[0]["type"] == "external_select"
    assert "and 120 more" in words_of(message)
    assert message_problems(message) == []


def test_home_says_how_much_there_is_and_shows_the_newest() -> None:
    many = tuple(replace(NIGHT_SKY, show=f"Show {n}", number=None, title=f"Title {n}") for n in range(1, 1235))

    shown = words_of({"view": home(many, (COMETS,), FOUND)})
    one = words_of({"view": home((NIGHT_SKY,), (COMETS,), FOUND)})

    assert "1,234 episodes of Show 1, Show 2" in shown
    assert "and 1,224 more shows; the newest:" in shown
    assert "“Title 10” (Show 10)" in shown
    assert "Title 11" not in shown
    assert "1 episode of The Night Sky\nThe Night Sky #7: Comets & Eclipses" in one


def test_an_empty_library_says_so() -> None:
    assert topic_list((), None).text == wording.NO_TOPICS
    assert wording.NO_EPISODES in words_of({"view": home((), (), NotFound("No quotes yet.", 0.0))})


@given(_button_values)
def test_what_a_button_carries_comes_back_or_is_not_offered(what: ButtonValue) -> None:
    written = encode(what)

    if written is not None:
        assert len(written) <= 2000
        assert decode(written) == what


@pytest.mark.parametrize(
    "value", ["", "null", "[]", "{}", '{"items":[]}', '{"items":[1]}', '{"ask":1}', "topic/1", "[" * 2000]
)
def test_a_button_of_another_version_is_stale(value: str) -> None:
    with pytest.raises(StaleError):
        decode(value)


@given(hostile_text)
def test_any_value_at_all_is_read_or_stale(value: str) -> None:
    try:
        decode(value)
    except StaleError:
        return


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<@U0BOT> what about China?", "what about China?"),
        ("what, <@U0BOT|overheard>, about China?", "what, , about China?"),
        ("ask <@U9|ann> in <#C1|general>", "ask ann in general"),
        ("<!here> look at <https://a.example/b|this>", "here look at this"),
        ("<https://a.example/b> and <mailto:a@b.example>", "https://a.example/b and a@b.example"),
        ("a &lt; b &amp;amp; c &gt; d", "a < b &amp; c > d"),
        ("&lt;@U9&gt;", "<@U9>"),
        ("thanks :heart: :wave::skin-tone-2:", "thanks"),
        (":+1:", ""),
        ("what at 1:02:03, at 4:05: or in std::vector?", "what at 1:02:03, at 4:05: or in std::vector?"),
    ],
)
def test_slacks_markup_becomes_the_words_that_were_typed(markup: str, words: str) -> None:
    assert plain(markup, "U0BOT") == words


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("/ask", "what about China?", (Verb.ASK, "what about China?", False, None, None)),
        ("/ask", "what about China? --public", (Verb.ASK, "what about China?", True, None, None)),
        ("/ask", "—public what about China?", (Verb.ASK, "what about China?", True, None, None)),
        ("/ask", "China --episode 494 --public", (Verb.ASK, "China", True, None, "494")),
        ("/ask", "--episode 494 what about China?", (Verb.ASK, "what about China?", False, None, "494")),
        ("/ask", "--episode “The Night” comets --public", (Verb.ASK, "comets", True, None, "The Night")),
        ("/ask", "comets --episode 12 Angry Men", (Verb.ASK, "comets", False, None, "12 Angry Men")),
        ("/ask", "comets --episode The Night", (Verb.ASK, "comets", False, None, "The Night")),
        ("/quote", '--speaker "Jensen Huang" scaling', (Verb.QUOTE, "scaling", True, "Jensen Huang", None)),
        ("/ask", "well-known--public things", (Verb.ASK, "well-known--public things", False, None, None)),
        ("/quote", "", (Verb.QUOTE, "", True, None, None)),
        ("/quote", "scaling --speaker “Jensen Huang”", (Verb.QUOTE, "scaling", True, "Jensen Huang", None)),
        ("/quote", "scaling --private", (Verb.QUOTE, "scaling", False, None, None)),
        ("/overheard", "", (Verb.HELP, "", False, None, None)),
        ("/overheard", "help", (Verb.HELP, "", False, None, None)),
        ("/overheard", "Ask what about China?", (Verb.ASK, "what about China?", False, None, None)),
        ("/overheard", "quote scaling", (Verb.QUOTE, "scaling", True, None, None)),
        ("/overheard", "what about China?", (Verb.HELP, "what about China?", False, None, None)),
        ("/podcast-ask", "verify it is so", (Verb.VERIFY, "it is so", False, None, None)),
    ],
)
def test_commands_are_read_with_their_options(
    name: str, typed: str, expected: tuple[Verb, str, bool, str | None, str | None]
) -> None:
    order = read(name, typed)

    assert (order.verb, order.words, order.public, order.speaker, order.episode) == expected


@given(hostile_text, hostile_text)
def test_any_command_can_be_read(name: str, typed: str) -> None:
    assert read(name, typed).verb in Verb
