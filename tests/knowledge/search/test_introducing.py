"""Which words say who somebody is: a host's, their own, or what is said to them; and which only praise or joke."""

import pytest

from knowledge.model import EpisodeId, ItemId, Passage
from knowledge.search.introducing import at_place, home_of, introduction, is_there, of_show, said_later


def passage(number: int, speaker: str, text: str) -> Passage:
    return Passage(ItemId(f"p{number}"), EpisodeId("hive"), number, text, "the transcript", speaker)


def introduced(*texts: str, by: str = "Bob Ray") -> str:
    said = introduction("Ann Lee", (passage(at, by, text) for at, text in enumerate(texts)), called=_called)
    return said.text if said else ""


def _called(_: Passage) -> tuple[str, ...]:
    return ("Ann Lee", "Ann")


@pytest.mark.parametrize(
    "text",
    [
        "We have Ann Lee, the keeper of the town's hives.",
        "This is Ann Lee. She's co-founder of Wax.",
        "Ann Lee is an organist in Leeds.",
        "And we have Ann from Wax joining us today.",
        "Ann, you are a staff engineer at Wax, aren't you?",
        "With us is Ann Lee, who founded Wax.",
    ],
)
def test_who_somebody_is_is_said_of_them_by_the_whole_name_or_the_first(text: str) -> None:
    assert introduced(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee is our thing.",
        "We're joined by Ann Lee, who's an unemployed bum.",
        "Ann Lee is the engineer of my dreams! [laughter] Welcome.",
        "Welcome Ann Lee. She is the most enthusiastic beekeeper that I know.",
        "Ann, this is Founder's Hour, so thanks for coming.",
        "Beside Ann Lee sits Cora Lind. She's a lawyer.",
    ],
)
def test_praise_a_joke_or_words_on_somebody_else_say_nothing_of_who_it_is(text: str) -> None:
    assert not introduced(text)


def test_what_a_host_says_to_somebody_is_of_whoever_replies() -> None:
    said = [
        passage(0, "Bob Ray", "So you're the founder of Wax."),
        passage(1, "Ann Lee", "Yes."),
        passage(2, "Cora Lind", "I bake."),
    ]

    of_ann, of_cora = introduction("Ann Lee", said), introduction("Cora Lind", said)

    assert of_ann
    assert of_ann.text == "So you're the founder of Wax."
    assert of_cora is None


def test_a_host_may_say_in_passing_where_somebody_is_now_before_asking() -> None:
    where = "I think that tells a lot of what you've done at Wax - that's where you're at now."
    said = [passage(0, "Bob Ray", where), passage(1, "Bob Ray", "Let's go back."), passage(2, "Ann Lee", "Yes.")]
    asked_by_another = [said[0], passage(1, "Cora Lind", "Let's go back."), said[2]]

    of_ann = introduction("Ann Lee", said)

    assert of_ann
    assert of_ann.text == where
    assert introduction("Ann Lee", asked_by_another) is None


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("This is on me. I'm the CEO and co-founder here at Wax.", True),
        ("My job as CEO is to listen.", True),
        ("I started where I'm working now at Wax in May.", True),
        ("Some of what we found at Wax where I'm working is new.", True),
        ("My day job is at Wax, so I had it early.", True),
        ("Let's say I'm a developer at Wax.", False),
        ("I'm not an engineer at Wax.", False),
        ("I'm a developer, so I want it fast.", False),
    ],
)
def test_later_in_an_episode_somebody_has_to_say_what_they_do_and_where(text: str, tells: bool) -> None:
    said = [passage(0, "Bob Ray", "I'm a baker at Crumb."), passage(90, "Ann Lee", text)]

    assert (said_later("Ann Lee", said) is not None) is tells


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Today I'm joined by Ann Lee.", True),
        ("We have a guest, the one and only Ann Lee.", True),
        ("She keeps bees. Ann Lee. Hello, Ann.", True),
        ("Ann Lee is here.", True),
        ("Ann Lee said that bees dream.", False),
        ("I read a book by Ann Lee.", False),
        ("We have somebody who knew Ann Lee.", False),
        ("I'm here with Ann Lee's sister.", False),
    ],
)
def test_who_is_introduced_is_there_and_who_is_quoted_is_not(text: str, there: bool) -> None:
    assert is_there("Ann Lee", text) is there


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("I worked on hives at Wax for a year.", True),
        ("I joined Wax in May.", True),
        ("I'm not at Wax.", False),
        ("I like bees. They work at Wax.", False),
    ],
)
def test_where_somebody_was_is_what_they_say_of_themselves(text: str, tells: bool) -> None:
    assert bool(at_place("Ann Lee", "wax", [passage(1, "Ann Lee", text)])) is tells
    assert at_place("Ann Lee", "wax", [passage(1, "Bob Ray", text)]) is None


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("I live in Leeds, by the sea.", True),
        ("I'm in London; Dave, you're in Australia.", True),
        ("I live in Elixir land these days.", False),
        ("I'm Annie from Wax.", False),
    ],
)
def test_where_somebody_lives_is_a_place(text: str, tells: bool) -> None:
    assert bool(home_of("Ann Lee", [passage(1, "Ann Lee", text)])) is tells


def test_where_somebody_else_lives_is_not_where_the_one_named_before_does() -> None:
    assert home_of("Ann Lee", [passage(1, "Bob Ray", "Ann Lee is here, and from Leeds, Cora Lind.")]) is not None
    assert (
        home_of("Ann Lee", [passage(1, "Bob Ray", "Ann Lee and Dan Fox are here, and from Leeds, Cora Lind.")]) is None
    )


def test_what_a_show_is_is_what_it_says_most_often_or_calls_itself() -> None:
    once = passage(1, "Ann Lee", "On Hive Talk, where we met, I sang. Hive Talk, the show on bees.")
    again = [
        Passage(
            ItemId(f"x{at}"), EpisodeId(f"hive-{at}"), 1, "Welcome to Hive Talk, where we keep bees.", "t", "Ann Lee"
        )
        for at in range(2)
    ]

    assert of_show("Hive Talk", [passage(1, "Ann Lee", "Every Hive Talk is different.")]) is None
    assert getattr(of_show("Hive Talk", [once]), "text", "") == "Hive Talk, the show on bees."
    assert getattr(of_show("Hive Talk", [once, *again]), "text", "") == "Welcome to Hive Talk, where we keep bees."
