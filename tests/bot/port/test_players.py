"""Where words can be listened to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.port.players import Player, fits_a_button, heard_at, players_of
from bot.port.presentation import listening, opening
from knowledge.links import openings
from knowledge.model import Ids, Links
from tests.fakes.assistant import FACT, FOUND, NIGHT_SKY, SNOWBALL, evidence

AUDIO = "https://cdn.example/a.mp3?x=1"
START = timedelta(minutes=2, seconds=17)


def said(**links: str):  # type: ignore[no-untyped-def] # noqa: ANN201 - the fake's own
    episode = replace(NIGHT_SKY, links=Links(**links))
    return replace(evidence(SNOWBALL), episode=episode, start=START, url="https://sky.example/7")


@pytest.mark.parametrize(
    ("links", "opened"),
    [
        ({"youtube": "https://youtu.be/abcdefghijk"}, [(Player.YOUTUBE, "https://youtu.be/abcdefghijk?t=135", True)]),
        ({"page": "https://sky.example/7"}, []),
        ({"page": "https://pca.st/episode/a-b"}, [(Player.POCKET_CASTS, "https://pca.st/episode/a-b?t=135", True)]),
        ({"page": "https://overcast.fm/+Ab1"}, [(Player.OVERCAST, "https://overcast.fm/+Ab1/2:15", True)]),
        ({"page": "https://pca.st/abc"}, [(Player.POCKET_CASTS, "https://pca.st/abc", False)]),
        ({"apple": "https://podcasts.apple.com/1"}, [(Player.APPLE, "https://podcasts.apple.com/1", False)]),
        (
            {"audio": AUDIO},
            [
                (Player.AUDIO, f"{AUDIO}#t=135", True),
                (
                    Player.PODCAST_ADDICT,
                    "https://podcastaddict.com/episode/https%3A%2F%2Fcdn.example%2Fa.mp3%3Fx%3D1",
                    False,
                ),
            ],
        ),
    ],
)
def test_every_player_opens_by_an_address_of_its_own(links: dict[str, str], opened: list[object]) -> None:
    assert list(openings(Links(**links), Ids(), START)) == opened


@pytest.mark.parametrize(
    ("ids", "opened"),
    [
        (Ids(podcastindex="9", podcastindex_episode="16795089"), [(Player.FOUNTAIN, "16795089")]),
        (Ids(apple="1491067458", guid="e51be8fb"), [(Player.EPISODES_FM, "1491067458/episode/ZTUxYmU4ZmI")]),
        (Ids(apple="12", guid="ü~?"), [(Player.EPISODES_FM, "12/episode/w7x-Pw")]),
        (Ids(podcast="917393e3-1b1e-5cef-ace4-edaa54e1f810", podcastindex="9", guid="a"), []),
        (Ids(apple="12"), []),
    ],
)
def test_a_player_opens_by_the_ids_that_name_the_episode_to_it(ids: Ids, opened: list[tuple[Player, str]]) -> None:
    found = list(openings(Links(), ids, START))

    assert [(player, url.split("/", 4 if player is Player.FOUNTAIN else 3)[-1]) for player, url, _ in found] == opened
    assert not any(timed for *_, timed in found)


def test_a_players_own_page_counts_before_what_ids_say() -> None:
    links = Links(page="https://fountain.fm/episode/AbC")

    assert list(openings(links, Ids(podcastindex_episode="1"), START)) == [
        (Player.FOUNTAIN, "https://fountain.fm/episode/AbC?t=135", True)
    ]


def test_players_that_open_at_the_second_come_first_and_none_that_no_button_takes() -> None:
    here = said(
        apple="https://podcasts.apple.com/1",
        spotify="https://open.spotify.com/episode/a",
        audio=f"https://c.example/{'a' * 480}",
    )

    assert [each.player for each in players_of(here)] == [Player.SPOTIFY, Player.AUDIO, Player.APPLE]
    assert not fits_a_button("javascript:alert(1)")


def test_words_open_in_the_player_somebody_likes_where_that_opens_at_their_second() -> None:
    here = said(apple="https://podcasts.apple.com/1", spotify="https://open.spotify.com/episode/a")

    assert heard_at(here, Player.SPOTIFY) == "https://open.spotify.com/episode/a?t=135"
    assert heard_at(here, Player.APPLE) == heard_at(here, Player.OVERCAST) == heard_at(here) == here.url


def test_an_answer_offers_players_where_there_is_a_choice() -> None:
    here = said(apple="https://podcasts.apple.com/1", spotify="https://open.spotify.com/episode/a")
    found = replace(FOUND, evidence=(here,))

    offered = listening(found)
    assert offered is not None
    assert (offered[0], len(offered[1])) == (here.id, 2)
    assert opening(found, Player.SPOTIFY) == "https://open.spotify.com/episode/a?t=135"
    assert listening(replace(found, evidence=(here, here))) is None
    assert listening(FACT) is None
    assert listening(replace(FOUND, evidence=(said(apple="https://podcasts.apple.com/1"),))) is None
