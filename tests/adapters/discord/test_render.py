"""What answers look like, and that hostile words never make them anything else."""

from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.buttons import Another, AsCard, Press, decode
from adapters.discord.card import GAP, Card, Scene
from adapters.discord.lists import draw_card, draw_episode, draw_topics
from adapters.discord.quiz import draw_riddle
from adapters.discord.render import draw
from adapters.discord.text import plain, size
from bot.port.cards import CARD
from bot.port.logbook import AnswerId
from bot.port.messages import (
    Answer,
    Difference,
    Episode,
    EpisodeId,
    Evidence,
    Found,
    Guess,
    ItemId,
    Part,
    QuoteCheck,
    Several,
    SingleAnswer,
    Topic,
    Unsure,
)
from bot.port.players import PLAYERS, Player
from bot.port.presentation import InContext, Open
from bot.port.quiz import Riddle
from bot.port.wording import DELETE
from knowledge.model import Links
from tests.adapters.discord.stage import body_of, text_of
from tests.fakes.assistant import (
    CLOSE,
    COMETS,
    EVERY_SINGLE_ANSWER,
    FACT,
    FOUND,
    MAYBE,
    NIGHT_SKY,
    NOT_FOUND,
    PASSAGE,
    SEVERAL,
    SNOWBALL,
    SPACE,
    STEEP,
    TEA_TIME,
    UNSURE,
    evidence,
)
from tests.fakes.discord_rules import complaints
from tests.fakes.examples import examples
from tests.fakes.hostile import hostile_answers, hostile_episodes, hostile_evidence, hostile_several, hostile_text

ANN = 7
scenes = st.builds(
    Scene,
    st.just(ANN),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, AnswerId("x" * 12)]),
    st.none() | hostile_text,
    st.booleans(),
)


async def check(card: Card) -> None:
    assert complaints("POST", "/channels/1/messages", body_of(card)) == []


def text(card: Card) -> str:
    """All that is to be read in a message."""
    return text_of(body_of(card))


def blocks(card: Card) -> list[str]:
    """The paragraphs of an answer to one question without a title."""
    return (card.embeds[0].description or "" if card.embeds else card.content).split(GAP)


def rows(card: Card) -> list[list[str]]:
    """The labels of the buttons, row by row."""
    parts = [[part["label"] for part in row["components"] if part["type"] == 2] for row in card.view.to_components()]
    return [row for row in parts if row]


def labels(card: Card) -> list[str]:
    return [label for row in rows(card) for label in row]


def choices(card: Card) -> list[str]:
    """What the menu under an answer offers."""
    menus = [part for part in card.view.children if isinstance(part, discord.ui.Select)]
    return [option.label for menu in menus for option in menu.options]


def presses(card: Card) -> list[Press | None]:
    buttons = [part for part in card.view.children if isinstance(part, discord.ui.Button)]
    return [decode(part.custom_id or "") for part in buttons]


@pytest.mark.parametrize("answer", EVERY_SINGLE_ANSWER)
@pytest.mark.parametrize("embeds", [True, False])
@pytest.mark.parametrize("private", [True, False])
async def test_every_kind_of_answer_is_drawn_everywhere(answer: SingleAnswer, embeds: bool, private: bool) -> None:
    card = draw(answer, Scene(ANN, private, embeds))

    assert plain(answer.text) in blocks(card)[0].replace("\\", "") or blocks(card)[0].startswith("> ")
    assert (DELETE in labels(card)) is not private
    await check(card)


def test_words_that_may_be_the_answer_are_quoted_beside_other_meanings() -> None:
    card = draw(MAYBE, Scene(ANN))

    assert [SNOWBALL.text in block for block in blocks(card)] == [False, True, False]
    assert labels(card)[0] == "▶ 1:02:03"
    assert choices(card) == ["Oolong"]


@pytest.mark.parametrize("embeds", [True, False])
async def test_several_questions_are_answered_one_under_the_other(embeds: bool) -> None:
    card = draw(SEVERAL, Scene(ANN, embeds=embeds))
    asked = ("What are comets?", "Who hosts it?", "How do I cook rice?")
    places = [
        text(card).index(words)
        for title, part in zip(asked, SEVERAL.parts, strict=True)
        for words in (title, part.answer.text)
    ]

    assert places == sorted(places)
    await check(card)


def test_several_answers_have_one_row_of_buttons_and_one_menu() -> None:
    card = draw(SEVERAL, Scene(ANN))

    assert rows(card) == [["1 more: what are comets?", DELETE]]
    assert choices(card) == ["Solar eclipses", "Oolong", "Comets"]


def test_several_answers_can_be_shared_if_one_of_them_is_worth_it() -> None:
    nothing = Several((Part("rice?", NOT_FOUND), Part("tea?", UNSURE)))

    assert "Share" in labels(draw(SEVERAL, Scene(ANN, private=True)))
    assert "Share" not in labels(draw(nothing, Scene(ANN, private=True)))


@examples(40)  # besides those among the answers below
@given(hostile_several, scenes)
async def test_several_hostile_answers_share_the_limits_of_one_message(answer: Several, scene: Scene) -> None:
    await check(draw(answer, scene))


@pytest.mark.parametrize("embeds", [True, False])
@pytest.mark.parametrize("parts", [2, 3])
async def test_several_of_the_longest_answers_fit(embeds: bool, parts: int) -> None:
    long = replace(evidence(SNOWBALL), text="word " * 5000, speaker="S" * 300, url="https://a.example/" + "x" * 270)
    answer = Found("text " * 5000, 1.0, topics=(replace(COMETS, title="T" * 300),), evidence=(long,) * 10)
    card = draw(Several((Part("why " * 500, answer),) * parts), Scene(ANN, embeds=embeds))

    assert text(card).count("text…") == parts
    await check(card)


@examples(150)
@given(hostile_answers, scenes)
async def test_hostile_words_are_within_all_limits_and_never_more_than_words(answer: Answer, scene: Scene) -> None:
    await check(draw(answer, scene, another=Another()))


_topics = st.builds(Topic, *[hostile_text] * 5)


@examples(30)
@given(hostile_evidence, st.tuples(*[hostile_text] * 4), scenes)
async def test_hostile_riddles_and_pictures_are_too(quote: Evidence, names: tuple[str, ...], scene: Scene) -> None:
    card = draw_card(quote, b"a picture", scene)

    await check(card)
    await check(draw_riddle(Riddle(replace(quote, id=STEEP.id), names), scene))
    assert size(card.files[0].description or "") <= 1024


@examples(50)
@given(st.lists(_topics, min_size=1, max_size=6).map(lambda topics: topics * 9), st.integers(0, 5), scenes)
async def test_hostile_lists_of_topics_are_too(topics: list[Topic], page: int, scene: Scene) -> None:
    await check(draw_topics(topics, EpisodeId(SPACE), page, scene))


@examples(50)
@given(hostile_episodes, st.lists(_topics, max_size=5).map(lambda topics: topics * 6), scenes)
async def test_hostile_cards_of_episodes_are_too(episode: Episode, topics: list[Topic], scene: Scene) -> None:
    await check(draw_episode(episode, topics, scene))


@pytest.mark.parametrize("embeds", [True, False])
async def test_the_longest_answer_fits_and_keeps_its_first_evidence(embeds: bool) -> None:
    long = replace(
        evidence(SNOWBALL),
        text="word " * 5000,
        speaker="S" * 300,
        episode=replace(NIGHT_SKY, show="N" * 300),
        url="https://a.example/" + "x" * 270,
    )
    answer = Found("text " * 5000, 1.0, topics=(replace(COMETS, title="T" * 300),), evidence=(long,) * 10)
    card = draw(answer, Scene(ANN, embeds=embeds))

    assert blocks(card)[0].endswith("text…")
    assert blocks(card)[1].startswith("> word word")
    assert "word…\n— SSS" in blocks(card)[1]
    await check(card)


async def test_evidence_beyond_the_first_five_is_a_press_away() -> None:
    pieces = tuple(replace(PASSAGE, id=ItemId(f"{SPACE}/passage/{number}")) for number in range(8))
    card = draw(replace(FOUND, evidence=pieces, more=(ItemId(f"{SPACE}/passage/90"),)), Scene(ANN))

    assert len(blocks(card)) == 6
    more = presses(card)[labels(card).index("4 more")]
    assert isinstance(more, Open)
    assert [item.rsplit("/")[-1] for item in more.items] == ["5", "6", "7", "90"]


def test_an_episode_without_a_number_is_named_once() -> None:
    linked = replace(TEA_TIME, links=Links(audio="https://tea.example/1.mp3"))
    card = draw(replace(FACT, episodes=(NIGHT_SKY, linked)), Scene(ANN))

    assert blocks(card)[1].splitlines()[1] == "— [“Leaves and Water” (Tea Time)](https://tea.example/1.mp3)"


async def test_the_same_button_never_comes_twice() -> None:
    card = draw(Unsure("One of these?", 0.4, (Guess(COMETS.id, "Comets"), Guess(COMETS.id, "Comet"))), Scene(ANN))

    assert labels(card) == ["Comets", DELETE]


async def test_what_has_ids_too_long_for_a_button_has_none() -> None:
    card = draw(Unsure("One of these?", 0.4, (Guess(ItemId("x" * 200), "Long"),)), Scene(ANN))

    assert labels(card) == [DELETE]


def test_differences_say_what_was_asked_and_what_was_said() -> None:
    parts = (Difference("ice", "snow"), Difference("", "dirty"), Difference("big", ""), Difference(" ", ""))
    card = draw(replace(CLOSE, differences=parts), Scene(ANN))

    assert blocks(card)[-1] == "- ~~ice~~ → **snow**\n- the original has **dirty**\n- ~~big~~ wasn't said"


def test_a_difference_that_the_answer_s_own_sentence_has_is_not_said_twice() -> None:
    card = draw(replace(CLOSE, differences=(*CLOSE.differences, Difference("", "dirty"))), Scene(ANN))

    assert "it is “snowball”, not “ice ball”" in blocks(card)[0]
    assert blocks(card)[-1] == "- the original has **dirty**"


def test_a_topic_without_evidence_says_where_it_is_from() -> None:
    (embed,) = draw(Found(COMETS.summary, 1.0, topics=(COMETS,)), Scene(ANN)).embeds

    assert embed.footer.text == "From the episode's notes"


def test_a_fact_names_its_episode_with_a_link() -> None:
    assert blocks(draw(FACT, Scene(ANN)))[1] == "— [The Night Sky #7](https://sky.example/7)"


def test_a_fact_that_names_its_episode_names_it_once_and_links_it_there() -> None:
    told = replace(FACT, text="Mia Stone is the host of The Night Sky #7.")
    unlinked = replace(NIGHT_SKY, links=Links())

    assert blocks(draw(told, Scene(ANN))) == ["Mia Stone is the host of [The Night Sky #7](https://sky.example/7)."]
    assert blocks(draw(replace(told, episodes=(unlinked,)), Scene(ANN))) == [told.text]
    assert blocks(draw(replace(FACT, episodes=(unlinked,)), Scene(ANN)))[1] == "— The Night Sky #7"


def test_a_fact_about_several_episodes_names_them_all() -> None:
    card = draw(replace(FACT, episodes=(NIGHT_SKY, TEA_TIME)), Scene(ANN))

    assert card.embeds[0].title is None
    assert blocks(card)[1] == (
        "— [The Night Sky #7: Comets & Eclipses](https://sky.example/7)\n— “Leaves and Water” (Tea Time)"
    )


def test_evidence_without_a_place_to_open_says_only_what_is_known() -> None:
    nowhere = replace(PASSAGE, start=None)
    unlinked = replace(PASSAGE, start=None, url="https://sky.example/7")

    first, second = blocks(draw(Found("Said:", 1.0, evidence=(nowhere, unlinked)), Scene(ANN)))[1:]
    assert first.endswith("\n— The Night Sky #7")
    assert second.endswith("\n— The Night Sky #7 · [▶ Listen](https://sky.example/7)")


def test_the_words_that_matched_are_bold_and_whoever_said_them_stands_under_them() -> None:
    piece = replace(evidence(STEEP), text="Three *minutes*, never four", spans=((0, 5), (7, 14)))
    card = draw(Found("Said:", 1.0, evidence=(piece,), told=""), Scene(ANN))

    assert blocks(card) == ["> **Three** \\***minutes**\\*, never four\n— Ada Ford · “Leaves and Water” (Tea Time)"]


def test_the_first_quotation_is_heard_by_a_button_and_the_others_in_their_lines() -> None:
    card = draw(replace(FOUND, evidence=FOUND.evidence[:1] * 2), Scene(ANN))

    first = card.view.children[0]
    assert isinstance(first, discord.ui.Button)
    assert (first.label, first.url) == ("▶ 1:02:03", "https://sky.example/7?t=3723")
    assert blocks(card)[1].endswith("— The Night Sky #7 · 1:02:03")
    assert blocks(card)[2].endswith("— The Night Sky #7 · [▶ 1:02:03](https://sky.example/7?t=3723)")


def test_an_answer_says_how_many_more_there_are_and_offers_what_was_said_around_it() -> None:
    said = Found("Said:", 1.0, evidence=(PASSAGE, evidence(STEEP)), more=(SNOWBALL.id,), at_once=1, told="")
    card = draw(said, Scene(ANN))

    assert len(blocks(card)) == 1
    assert labels(card) == ["2 more", "In context", DELETE]
    assert presses(card)[:2] == [Open((STEEP.id, SNOWBALL.id)), InContext(PASSAGE.id)]


async def test_what_was_asked_stands_above_and_is_no_markup() -> None:
    card = draw(FACT, Scene(ANN, asked="@everyone who *hosts* it?"))
    plain_text = draw(FACT, Scene(ANN, asked="@everyone who *hosts* it?", embeds=False))

    assert card.content == "-# Asked: @\u200beveryone who \\*hosts\\* it?"
    assert plain_text.content.startswith(f"{card.content}\n{FACT.text}")
    await check(card)


def test_the_housekeeping_stands_in_one_row() -> None:
    rated = Scene(ANN, rated=AnswerId("x" * 12))
    said = Found("", 1.0, evidence=FOUND.evidence[:1], more=(STEEP.id,), told="")
    many = draw(replace(said, evidence=(replace(PASSAGE, url="https://sky.example/7"),)), rated)

    assert rows(draw(said, rated)) == [["▶ 1:02:03", "1 more", "👍", "👎", DELETE]]
    assert [len(row) for row in rows(many)] == [3, 3]


@pytest.mark.parametrize(
    ("image", "shown"),
    [("https://sky.example/art.png", "https://sky.example/art.png"), ("https://localhost/a.png", None), (None, None)],
)
async def test_the_picture_of_a_show_stands_beside_its_answer(image: str | None, shown: str | None) -> None:
    sky = replace(NIGHT_SKY, image=image)
    card = draw(replace(FOUND, evidence=(replace(evidence(SNOWBALL), episode=sky),)), Scene(ANN))
    drawn = [card, draw_episode(sky, (), Scene(ANN)), draw(replace(FACT, episodes=(sky,)), Scene(ANN))]

    assert [each.embeds[0].thumbnail.url for each in drawn] == [shown] * 3
    await check(card)


def test_words_from_several_shows_have_no_picture_and_none_is_all_right() -> None:
    both = [
        replace(evidence(SNOWBALL), episode=replace(each, image="https://a.example/a.png"))
        for each in (NIGHT_SKY, TEA_TIME)
    ]

    assert draw(replace(FOUND, evidence=tuple(both)), Scene(ANN)).embeds[0].thumbnail.url is None
    assert draw(replace(FOUND, evidence=(), place=both[0].episode), Scene(ANN)).embeds[0].thumbnail.url is not None
    assert draw(NOT_FOUND, Scene(ANN)).embeds[0].thumbnail.url is None


def test_other_players_are_offered_but_not_in_private_to_who_has_one() -> None:
    links = Links(spotify="https://open.spotify.com/episode/a", apple="https://podcasts.apple.com/1")
    said = replace(evidence(SNOWBALL), episode=replace(NIGHT_SKY, links=links))
    answer = replace(FOUND, evidence=(said,), related=())
    scenes = [Scene(ANN), Scene(ANN, player=Player.SPOTIFY), Scene(ANN, private=True)]

    assert [labels(draw(answer, scene)).count(PLAYERS) for scene in scenes] == [1, 1, 1]
    assert PLAYERS not in labels(draw(answer, Scene(ANN, private=True, player=Player.SPOTIFY)))


def test_nothing_found_offers_the_nearest() -> None:
    card = draw(replace(NOT_FOUND, nearest=(PASSAGE.id,)), Scene(ANN))

    assert labels(card) == ["Show the closest", DELETE]
    assert choices(card) == ["Comets", "Oolong"]


@pytest.mark.parametrize("embeds", [True, False])
async def test_a_topic_that_nothing_is_quoted_of_names_its_episode_and_links_to_it(embeds: bool) -> None:
    card = draw(replace(FOUND, evidence=(), place=NIGHT_SKY), Scene(ANN, embeds=embeds))

    assert "— [The Night Sky #7](" in text(card)
    await check(card)


@pytest.mark.parametrize("answer", [FOUND, CLOSE, MAYBE])
async def test_a_picture_is_offered_of_the_first_words_that_were_said(answer: Found | QuoteCheck | Unsure) -> None:
    card = draw(answer, Scene(ANN, cards=True))

    assert [press.item for press in presses(card) if isinstance(press, AsCard)] == [answer.evidence[0].id]
    assert CARD not in labels(draw(answer, Scene(ANN)))
    await check(card)


@pytest.mark.parametrize("answer", [FACT, NOT_FOUND])
def test_where_nobody_said_anything_no_picture_is_offered(answer: SingleAnswer) -> None:
    assert CARD not in labels(draw(answer, Scene(ANN, cards=True)))


async def test_a_picture_has_its_byline_its_words_for_who_sees_nothing_and_no_mentions() -> None:
    said = replace(PASSAGE, speaker="@everyone", text="w" * 3000, url="https://sky.example/7")
    card = draw_card(said, b"png", Scene(ANN))

    (picture,) = card.files
    assert (picture.fp.read(), len(picture.description or "")) == (b"png", 1024)
    assert labels(card) == [DELETE]
    assert labels(draw_card(said, b"png", Scene(ANN, private=True))) == []
    assert "[▶ around 3:04](https://sky.example/7)" in text(card)
    await check(card)
