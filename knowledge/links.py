"""Links that open an episode, at the right second if the site supports it.

Addresses in, addresses out; nothing is looked up. They have the form of the sites' own share links; audio files get
media fragments (https://www.w3.org/TR/media-frags/).
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

_EARLY = timedelta(seconds=2)  # players and markers are rarely exact, and a clipped word is worse than a short wait

_LOGIN = re.compile(r"(?<=://)[^/?#\s]*@")
_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com"}
_YOUTUBE_PATH = re.compile(r"/(?:embed|live|shorts|v)/([^/]+)/?")
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_EPISODE = re.compile(r"/episode/[^/]+")
_OVERCAST = re.compile(r"/\+[\w-]+", re.ASCII)
_SPOTIFY_EPISODE = re.compile(r"/(?:intl-[a-z-]+/)?episode/[A-Za-z0-9]+/?")

_Timed: TypeAlias = Callable[[str, int], str | None]
"""Takes an address and whole seconds; returns the address that opens there, or None if the site has no such form."""


class Player(StrEnum):
    """An app or site that plays episodes."""

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
"""Players whose addresses may be given as an episode's page, by the end of the host name."""


def opens_at(links: Links, start: timedelta | None) -> str | None:
    """Pick the link that opens an episode two seconds before `start`; always an absolute http(s) address or None.

    YouTube and the publisher's page come first, because inserted advertisements shift the times in an audio file. If
    no link can open at a time, or `start` is None, the first link to the episode is returned. Anything in `links` that
    is not an address is ignored.
    """
    places = list(_places(links))
    if start is not None:
        for _, address, at in places:
            if opened := at(address, _seconds(start)):
                return opened
    return places[0][1] if places else None


def openings(links: Links, ids: Ids, start: timedelta | None) -> Iterator[tuple[Player, str, bool]]:
    """Yield every player that can open an episode, with the address, and whether it opens at `start`.

    The publisher's page counts only if it opens at `start`. An address built from ids opens at the beginning.
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
        (Player.APPLE, links.apple, lambda _address, _seconds: None),  # no link with a time is known to work
    )
    return ((player, address, at) for player, address, at in known if address and is_address(address))


def _seconds(start: timedelta) -> int:
    return int((start - _EARLY).total_seconds()) if start > _EARLY else 0


def clock(time: timedelta) -> str:
    """Format a time as players do, rounded down to the second: 0:07, 12:34, 1:02:03; negative times are 0:00."""
    minutes, seconds = divmod(max(0, int(time.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def is_address(text: str) -> bool:
    """Return whether `text` is an absolute http(s) address with a host."""
    parts = _split(text)
    if parts is None or parts.scheme not in {"http", "https"}:
        return False
    return bool(parts.hostname) and text.isprintable() and " " not in text


def without_login(address: str) -> str:
    """Remove `user:password@` from an address, and from any address nested in it, as in download-tracking prefixes."""
    return _LOGIN.sub("", address)


def youtube_id(address: str) -> str | None:
    """Extract the video id from any form of YouTube address; None if there is none."""
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
    return f"https://open.spotify.com{parts.path}?t={seconds}"  # without si=, which identifies who shared it


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
    except ValueError:  # brackets without an IPv6 address, or characters that NFKC turns into separators
        return None
