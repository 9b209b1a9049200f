"""Where words can be listened to, at their second where a player can do that, and which player somebody likes best.

What addresses look like is known to `knowledge/links.py`, what is kept to `bot/state`; how players are offered is the
adapters' business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from bot.port.messages import Evidence
from knowledge.links import Player, openings

__all__ = ["Player"]  # handed on: adapters see no knowledge

PLAYERS: Final = "🎧"
LISTEN_IN: Final = "Listen in …"
LISTEN_WHERE: Final = "Where do you listen?"
PLAYERS_LAST: Final = timedelta(days=730)
"""How long a choice is kept."""
FEWEST: Final = 2
"""Players from which there is something to choose."""

_NAMES: Final = {
    Player.YOUTUBE: "YouTube",
    Player.PAGE: "the show's own player",
    Player.SPOTIFY: "Spotify",
    Player.POCKET_CASTS: "Pocket Casts",
    Player.OVERCAST: "Overcast",
    Player.FOUNTAIN: "Fountain",
    Player.AUDIO: "AntennaPod or a browser",
    Player.PODCAST_ADDICT: "Podcast Addict",
    Player.APPLE: "Apple Podcasts",
    Player.EPISODES_FM: "Episodes.fm (any other app)",
}

# Platforms refuse a whole message for a button whose address they don't like.
_ADDRESS: Final = re.compile(
    r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d{1,5})?([/?#][!#-;=?-\[\]_a-z~]*)?", re.IGNORECASE | re.ASCII
)
_ADDRESS_SIZE: Final = 512


@dataclass(frozen=True, slots=True)
class Opening:
    """An address that opens an episode in a player.

    Attributes:
        timed: whether it opens at the words; from the beginning otherwise.
    """

    player: Player
    url: str
    timed: bool

    @property
    def name(self) -> str:
        """What people call the player."""
        return _NAMES[self.player]


class Players(Protocol):
    """Which player each listener likes."""

    async def of(self, person: str) -> Player | None:
        """Tell what somebody chose last; None for nothing, or where that can't be looked up now. Never raises."""

    async def choose(self, person: str, player: Player) -> None:
        """Keep what somebody chose.

        Raises:
            StateAwayError: it is not kept.
        """


def players_of(said: Evidence) -> Sequence[Opening]:
    """List where some words can be listened to, players that open at their second first; each address fits a button."""
    episode = said.episode
    found = [Opening(player, url, timed) for player, url, timed in openings(episode.links, episode.ids, said.start)]
    return sorted((each for each in found if fits_a_button(each.url)), key=lambda each: not each.timed)


def heard_at(said: Evidence, player: Player | None = None) -> str | None:
    """Return the address that opens some words: in the player that somebody likes, if it opens at their second."""
    liked = (each.url for each in players_of(said) if each.player is player and each.timed) if player else ()
    return next(iter(liked), said.url)


def fits_a_button(url: str) -> bool:
    """Whether a platform takes an address for a button."""
    return len(url) <= _ADDRESS_SIZE and _ADDRESS.fullmatch(url) is not None


def listed(opening: Opening) -> str:
    """Say in a line of a menu what choosing it opens."""
    return f"Listen in {opening.name}" if opening.timed else f"{opening.name}, from the beginning"


def opens(opening: Opening, moment: str | None) -> str:
    """Say where a player opens; `moment` is when the words were said, None where nobody knows."""
    if opening.timed or moment is None:
        return f"Listen in {opening.name}:"
    return f"{opening.name} opens at the beginning; the words are at {moment}:"


def remembered(player: Player) -> str:
    """Say that a choice is kept of a player that opens at the words."""
    return f"From now on, ▶ under my answers to you opens {_NAMES[player]} where it has the episode."
