"""Links that open an episode, at the right second where the site allows it.

Addresses in, addresses out; nothing is looked up. They look like those of the sites' own share buttons, and media
fragments (https://www.w3.org/TR/media-frags/) for audio files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from knowledge.directories import episodes_fm, fountain
from knowledge.model import Ids, Links

_EARLY = timedelta(seconds=2)  # players and markers are rarely exact, and half a word is worse than a short wait

_LOGIN = re.compile(r"(?<=://)[^/?#\s]*@")
_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com"}
_YOUTUBE_PATH = re.compile(r"/(?:embed|live|shorts|v)/([^/]+)/?")
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_EPISODE = re.compile(r"/episode/[^/]+")
_OVERCAST = re.compile(r"/\+[\w-]+", re.ASCII)
_SPOTIFY_EPISODE = re.compile(r"/(?:intl-[a-z-]+/)?episode/[A-Za-z0-9]+/?")

_Timed: TypeAlias = Callable[[str, int], str | None]
"""An address and whole seconds -> the address that opens there; None where the site can't."""


class Player(StrEnum):
    """What people listen in."""

    YOUTUBE = "youtube"
    PAGE = "page"
    SPOTIFY = "spotify"
    POCKET_CASTS = "pocketcasts"
    OVERCAST = "overcast"
    FOUNTAIN = "fountain"
    AUDIO = "audio"
    PODCAST_ADDICT = "podcastaddict"
    APPLE = "apple"
    EPISODES_FM = "episodesfm"


_PAGES = {".pca.st": Player.POCKET_CASTS, ".overcast.fm": Player.OVERCAST, ".fountain.fm": Player.FOUNTAIN}
"""Players whose addresses are given as an episode's page."""


def opens_at(links: Links, start: timedelta | None) -> str | None:
    """Pick the link that opens an episode at `start`, two seconds early; always an absolute http(s) address or None.

    YouTube and the publisher's page come first: advertisements put into an audio file shift its times. Where no
    link can open at a time (or `start` is None), it is the first that opens the episode. Anything in `links` that
    is no address is passed over.
    """
    places = list(_places(links))
    if start is not None:
        for _, address, at in places:
            if opened := at(address, _seconds(start)):
                return opened
    return places[0][1] if places else None


def openings(links: Links, ids: Ids, start: timedelta | None) -> Iterator[tuple[Player, str, bool]]:
    """Yield every player that an episode can be opened in, with its address, and whether that opens at `start`.

    A page counts only where it opens there, or is a player's own. An address made of ids opens at the beginning.
    """
    by_ids = {Player.FOUNTAIN: fountain(ids), Player.EPISODES_FM: episodes_fm(ids)}
    for player, address, at in _places(links):
        opened = None if start is None else at(address, _seconds(start))
        if player is Player.PAGE:
            host = f".{urlsplit(address).hostname}"
            player = next((named for end, named in _PAGES.items() if host.endswith(end)), player)
            if player is Player.PAGE and opened is None:
                continue
        by_ids.pop(player, None)
        yield player, opened or address, opened is not None
        if player is Player.AUDIO:
            yield Player.PODCAST_ADDICT, f"https://podcastaddict.com/episode/{quote(address, safe='')}", False
    yield from ((player, address, False) for player, address in by_ids.items() if address)


def _places(links: Links) -> Iterator[tuple[Player, str, _Timed]]:
    known: tuple[tuple[Player, str | None, _Timed], ...] = (
        (Player.YOUTUBE, links.youtube, _youtube_at),
        (Player.PAGE, links.page, _page_at),
        (Player.SPOTIFY, links.spotify, _spotify_at),
        (Player.AUDIO, links.audio, _fragment_at),
        (Player.APPLE, links.apple, lambda _address, _seconds: None),  # no form of theirs is known to work
    )
    return ((player, address, at) for player, address, at in known if address and is_address(address))


def _seconds(start: timedelta) -> int:
    return int((start - _EARLY).total_seconds()) if start > _EARLY else 0


def clock(time: timedelta) -> str:
    """Write a time as players do, to the second, rounded down: 0:07, 12:34, 1:02:03; nothing is before 0:00."""
    minutes, seconds = divmod(max(0, int(time.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def is_address(text: str) -> bool:
    """Return whether `text` is one absolute http(s) address with a host."""
    parts = _split(text)
    if parts is None or parts.scheme not in {"http", "https"}:
        return False
    return bool(parts.hostname) and text.isprintable() and " " not in text


def without_login(address: str) -> str:
    """Take the `user:password@` out of an address, and out of one within it, as where plays are counted."""
    return _LOGIN.sub("", address)


def youtube_id(address: str) -> str | None:
    """Find the video that a YouTube address names, in any of the forms in use; None where it names none."""
    parts = _split(address)
    if parts is None:
        return None
    host = parts.hostname or ""
    if host == "youtu.be":
        found = parts.path.strip("/")
    elif host not in _YOUTUBE_HOSTS:
        return None
    elif match := _YOUTUBE_PATH.fullmatch(parts.path):
        found = match[1]
    else:
        found = dict(parse_qsl(parts.query)).get("v", "")
    return found if _YOUTUBE_ID.fullmatch(found) else None


def _youtube_at(address: str, seconds: int) -> str | None:
    video = youtube_id(address)
    if video is None:
        return None
    if urlsplit(address).hostname == "youtu.be":
        return f"https://youtu.be/{video}?t={seconds}"
    return f"https://www.youtube.com/watch?v={video}&t={seconds}"


def _spotify_at(address: str, seconds: int) -> str | None:
    parts = urlsplit(address)
    if parts.hostname != "open.spotify.com" or not _SPOTIFY_EPISODE.fullmatch(parts.path):
        return None
    return f"https://open.spotify.com{parts.path}?t={seconds}"  # without si=, which tells who shared it


def _page_at(address: str, seconds: int) -> str | None:
    host, path = f".{urlsplit(address).hostname}", urlsplit(address).path
    if host.endswith((".pca.st", ".fountain.fm")) and _EPISODE.match(path):
        return _query_at(address, seconds)
    if host == ".overcast.fm" and (episode := _OVERCAST.match(path)):
        return f"https://overcast.fm{episode[0]}/{clock(timedelta(seconds=seconds))}"
    if host.endswith((".changelog.com", ".podigee.io")):
        return _fragment_at(address, seconds)
    if host.endswith(".fireside.fm"):
        return _query_at(address, seconds)
    return None


def _fragment_at(address: str, seconds: int) -> str:
    return urlsplit(address)._replace(fragment=f"t={seconds}").geturl()


def _query_at(address: str, seconds: int) -> str:
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "t"]
    return parts._replace(query=urlencode([*query, ("t", str(seconds))])).geturl()


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address, and characters that NFKC turns into separators
        return None
