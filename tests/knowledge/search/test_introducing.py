"""Which words say who somebody is: a host's, their own, or what is said to them; and which only praise or joke."""

import pytest

from knowledge.model import EpisodeId, ItemId, Passage
from knowledge.search.introducing import introduction, said_later


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


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("This is on me. I'm the CEO and co-founder here at Wax.", True),
        ("My job as CEO is to listen.", True),
        ("Let's say I'm a developer at Wax.", False),
        ("I'm not an engineer at Wax.", False),
        ("I'm a developer, so I want it fast.", False),
    ],
)
def test_later_in_an_episode_somebody_has_to_say_what_they_do_and_where(text: str, tells: bool) -> None:
    said = [passage(0, "Bob Ray", "I'm a baker at Crumb."), passage(90, "Ann Lee", text)]

    assert (said_later("Ann Lee", said) is not None) is tells
