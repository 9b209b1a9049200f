"""Links that open an episode at the right second."""

from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.links import is_address, opens_at, youtube_id
from knowledge.model import Links

VIDEO = "hY3-Zw_2aBc"
WATCH = f"https://www.youtube.com/watch?v={VIDEO}"
PAGE = "https://example.com/494"
SPOTIFY = "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk"
AUDIO = "https://cdn.example.com/494.mp3"
APPLE = "https://podcasts.apple.com/us/podcast/x/id1?i=2"


def at(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("links", "opened"),
    [
        (Links(youtube=WATCH), f"{WATCH}&t=135"),
        (Links(youtube=f"https://m.youtube.com/watch?app=x&v={VIDEO}&list=PL1&t=9"), f"{WATCH}&t=135"),
        (Links(youtube=f"https://www.youtube.com/live/{VIDEO}?si=tells"), f"{WATCH}&t=135"),
        (Links(youtube=f"https://youtu.be/{VIDEO}?si=tells"), f"https://youtu.be/{VIDEO}?t=135"),
        (Links(spotify=f"{SPOTIFY}?si=tells"), f"{SPOTIFY}?t=135"),
        (Links(spotify="https://open.spotify.com/show/abc"), "https://open.spotify.com/show/abc"),
        (Links(audio=f"{AUDIO}?key=1#old"), f"{AUDIO}?key=1#t=135"),
        (Links(page="https://changelog.com/gotime/62"), "https://changelog.com/gotime/62#t=135"),
        (Links(page="https://show.podigee.io/12-x"), "https://show.podigee.io/12-x#t=135"),
        (Links(page="https://show.fireside.fm/7?t=1&a=b"), "https://show.fireside.fm/7?a=b&t=135"),
        (Links(page="https://notchangelog.com/1"), "https://notchangelog.com/1"),
        (Links(page="https://pca.st/episode/1a-2b"), "https://pca.st/episode/1a-2b?t=135"),
        (Links(page="https://fountain.fm/episode/Ab1?t=1"), "https://fountain.fm/episode/Ab1?t=135"),
        (Links(page="https://fountain.fm/show/Ab1"), "https://fountain.fm/show/Ab1"),
        (Links(page="https://overcast.fm/+AbC-1/9:59"), "https://overcast.fm/+AbC-1/2:15"),
        (Links(page="https://overcast.fm/itunes1/x"), "https://overcast.fm/itunes1/x"),
        (Links(apple=APPLE), APPLE),
        (Links(), None),
    ],
)
def test_each_place_opens_in_its_own_way_two_seconds_early(links: Links, opened: str | None) -> None:
    assert opens_at(links, at(137.9)) == opened


def test_an_hour_is_written_where_times_are_clocks() -> None:
    assert opens_at(Links(page="https://overcast.fm/+AbC"), at(5279)) == "https://overcast.fm/+AbC/1:27:57"


def test_youtube_comes_first_because_advertisements_do_not_shift_it() -> None:
    links = Links(page="https://changelog.com/a/1", youtube=WATCH, spotify=SPOTIFY, audio=AUDIO, apple=APPLE)

    assert opens_at(links, at(62)) == f"{WATCH}&t=60"


def test_a_page_that_opens_at_a_time_comes_before_the_players() -> None:
    links = Links(page="https://changelog.com/a/1", spotify=SPOTIFY, audio=AUDIO)

    assert opens_at(links, at(62)) == "https://changelog.com/a/1#t=60"


def test_a_link_that_opens_at_the_time_comes_before_a_page_that_does_not() -> None:
    assert opens_at(Links(page=PAGE, spotify=SPOTIFY, audio=AUDIO), at(62)) == f"{SPOTIFY}?t=60"
    assert opens_at(Links(page=PAGE, audio=AUDIO), at(62)) == f"{AUDIO}#t=60"


def test_without_a_time_the_link_is_left_as_it_is() -> None:
    assert opens_at(Links(page=PAGE, audio=AUDIO), None) == PAGE
    assert (
        opens_at(Links(youtube=f"https://youtu.be/{VIDEO}?si=x", page=PAGE), None) == f"https://youtu.be/{VIDEO}?si=x"
    )


@pytest.mark.parametrize("seconds", [-5, 0, 1.5, 2])
def test_a_link_never_opens_before_the_beginning(seconds: float) -> None:
    assert opens_at(Links(youtube=WATCH), at(seconds)) == f"{WATCH}&t=0"


def test_what_is_no_address_is_passed_over() -> None:
    links = Links(youtube="javascript:alert(1)", page="http://[", spotify="spotify:episode:1", apple=APPLE)

    assert opens_at(links, at(60)) == APPLE


def test_a_youtube_link_without_a_video_still_opens_the_episode() -> None:
    assert (
        opens_at(Links(youtube="https://www.youtube.com/@lexfridman"), at(60)) == "https://www.youtube.com/@lexfridman"
    )


@pytest.mark.parametrize(
    "address",
    [
        WATCH,
        f"http://youtube.com/watch?list=PL1&v={VIDEO}#t=3",
        f"https://music.youtube.com/watch?v={VIDEO}",
        f"https://youtu.be/{VIDEO}/",
        f"https://www.youtube.com/shorts/{VIDEO}",
        f"https://www.youtube-nocookie.com/embed/{VIDEO}?rel=0",
    ],
)
def test_a_video_is_found_in_every_form_of_address(address: str) -> None:
    assert youtube_id(address) == VIDEO


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/playlist?list=PL1",
        f"https://example.com/watch?v={VIDEO}",
        f"https://youtube.com.example.com/watch?v={VIDEO}",
        "https://[",
        "",
    ],
)
def test_an_address_without_a_video_names_none(address: str) -> None:
    assert youtube_id(address) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com",
        "//example.com",
        "ftp://example.com",
        "https://",
        "https:///x",
        "https://a b.com",
        "https://a.com/\n",
        "https://a.com/\x1b[31m",
        "https://a.com/\u202e",
        "https://[",
    ],
)
def test_only_whole_web_addresses_count_as_such(text: str) -> None:
    assert not is_address(text)


_BEGINNINGS = [
    WATCH,
    "https://youtu.be/",
    "http://[::1",
    SPOTIFY,
    "https://x.fireside.fm/?",
    "HTTPS://CHANGELOG.com",
    AUDIO,
]
_ODD = st.text() | st.builds("{}{}".format, st.sampled_from(_BEGINNINGS), st.text())


@given(st.builds(Links, page=_ODD, youtube=_ODD, spotify=_ODD, audio=_ODD, apple=_ODD), st.none() | st.timedeltas())
@example(Links(page="https://x.fireside.fm/?\ud800"), timedelta(minutes=1))
def test_any_links_at_any_time_give_an_address_or_nothing(links: Links, start: timedelta | None) -> None:
    opened = opens_at(links, start)

    assert opened is None or is_address(opened)
