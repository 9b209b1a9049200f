"""Links that open an episode, at the right second where the site allows it.

Addresses in, addresses out; nothing is looked up. They look like those of the sites' own share buttons, and media
fragments (https://www.w3.org/TR/media-frags/) for audio files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from knowledge.model import Links

_EARLY = timedelta(seconds=2)  # players and markers are rarely exact, and half a word is worse than a short wait

_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com"}
_YOUTUBE_PATH = re.compile(r"/(?:embed|live|shorts|v)/([^/]+)/?")
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_EPISODE = re.compile(r"/episode/[^/]+")
_OVERCAST = re.compile(r"/\+[\w-]+", re.ASCII)
_SPOTIFY_EPISODE = re.compile(r"/(?:intl-[a-z-]+/)?episode/[A-Za-z0-9]+/?")

_Timed: TypeAlias = Callable[[str, int], str | None]
"""An address and whole seconds -> the address that opens there; None where the site can't."""


def opens_at(links: Links, start: timedelta | None) -> str | None:
    """Pick the link that opens an episode at `start`, two seconds early; always an absolute http(s) address or None.

    YouTube and the publisher's page come first: advertisements put into an audio file shift its times. Where no
    link can open at a time (or `start` is None), it is the first that opens the episode. Anything in `links` that
    is no address is passed over.
    """
    timed: tuple[tuple[str | None, _Timed], ...] = (
        (links.youtube, _youtube_at),
        (links.page, _page_at),
        (links.spotify, _spotify_at),
        (links.audio, _fragment_at),
        (links.apple, _nowhere_at),  # no form of theirs is known to work
    )
    places = [(address, at) for address, at in timed if address and is_address(address)]
    if start is not None:
        seconds = int((start - _EARLY).total_seconds()) if start > _EARLY else 0
        for address, at in places:
            if opened := at(address, seconds):
                return opened
    return places[0][0] if places else None


def is_address(text: str) -> bool:
    """Return whether `text` is one absolute http(s) address with a host."""
    parts = _split(text)
    if parts is None or parts.scheme not in {"http", "https"}:
        return False
    return bool(parts.hostname) and text.isprintable() and " " not in text


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
        minutes, left = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        time = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
        return f"https://overcast.fm{episode[0]}/{time}"
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


def _nowhere_at(_address: str, _seconds: int) -> None:
    return None


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address, and characters that NFKC turns into separators
        return None
