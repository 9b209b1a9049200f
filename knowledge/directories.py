"""The ids of shows and episodes in podcast directories: extracts them from URLs, and builds URLs from them.

Only the forms listed in https://github.com/nathangathright/podcast-platform-links; nothing is looked up.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from knowledge.model import Ids

NUMBER = re.compile(r"\d{1,20}", re.ASCII)
"""An id at Apple Podcasts or the Podcast Index."""
PODCAST_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""https://podcasting2.org/docs/podcast-namespace/tags/guid"""

_APPLE = re.compile(r"https?://(?:podcasts|itunes)\.apple\.com/(?:[^?#]*/)?id(\d{1,20})(?![^/?#])", re.ASCII)
_PODCAST_INDEX = re.compile(r"https?://(?:www\.)?podcastindex\.org/podcast/(\d{1,20})(?![^/?#])", re.ASCII)


def ids_in(addresses: Iterable[str]) -> Ids:
    """Find the ids of a show and an episode in their pages' addresses; the first of each kind counts."""
    apple = index = episode = None
    for address in map(str.strip, addresses):
        if match := _APPLE.match(address):
            apple = apple or match[1]
        elif match := _PODCAST_INDEX.match(address):
            index = index or match[1]
            (given,) = parse_qs(urlsplit(address).query).get("episode", [""])[:1]
            episode = episode or (given if NUMBER.fullmatch(given) else None)
    return Ids(apple=apple, podcastindex=index, podcastindex_episode=episode)


def fountain(ids: Ids) -> str | None:
    """Return an episode's address at Fountain; None if the id is unknown."""
    return f"https://fountain.fm/episode/{ids.podcastindex_episode}" if ids.podcastindex_episode else None


def episodes_fm(ids: Ids) -> str | None:
    """Return the page that opens an episode in the listener's own app; None if an id is missing."""
    if not (ids.apple and ids.guid):
        return None
    return f"https://episodes.fm/{ids.apple}/episode/{urlsafe_b64encode(ids.guid.encode()).decode().rstrip('=')}"
