"""Players for quotations, at their second if the player supports that, and each listener's preferred one.

`knowledge/links.py` knows the URLs, `bot/state` stores preferences, and adapters offer the players.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.port.errors import StateAwayError
from bot.port.messages import Evidence
from knowledge.links import Player, openings

__all__ = ["Player"]  # re-exported: adapters may not import `knowledge`

PLAYERS: Final = "🎧"
LISTEN_IN: Final = "Listen in …"
LISTEN_WHERE: Final = "Where do you listen?"
PLAYERS_LAST: Final = timedelta(days=730)
"""How long to store a choice."""
FEWEST: Final = 2
"""Minimum number of players to offer a choice."""

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

# Platforms refuse a whole message because of one invalid URL in a button.
_ADDRESS: Final = re.compile(
    r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d{1,5})?([/?#][!#-;=?-\[\]_a-z~]*)?", re.IGNORECASE | re.ASCII
)
_ADDRESS_SIZE: Final = 512


@dataclass(frozen=True, slots=True)
class Opening:
    """A URL that opens an episode in a player.

    Attributes:
        timed: whether it opens at the words, not at the beginning.
    """

    player: Player
    url: str
    timed: bool

    @property
    def name(self) -> str:
        """What people call the player."""
        return _NAMES[self.player]


class Players:
    """Each listener's preferred player; this one stores nothing."""

    async def of(self, person: str) -> Player | None:  # noqa: ARG002 - nothing is stored
        """Return the player that somebody chose last; None if none, or if unavailable now. Never raises."""
        return None

    async def choose(self, person: str, player: Player) -> None:  # noqa: ARG002
        """Store somebody's choice.

        Raises:
            StateAwayError: it wasn't stored.
        """
        raise StateAwayError("nothing is kept")


def players_of(said: Evidence) -> Sequence[Opening]:
    """List the players of a quotation, first those that open at its second; each URL is valid in a button."""
    episode = said.episode
    found = [Opening(player, url, timed) for player, url, timed in openings(episode.links, episode.ids, said.start)]
    return sorted((each for each in found if fits_a_button(each.url)), key=lambda each: not each.timed)


def heard_at(said: Evidence, player: Player | None = None) -> str | None:
    """Return the URL of a quotation: in the preferred player, if that opens at its second."""
    liked = (each.url for each in players_of(said) if each.player is player and each.timed) if player else ()
    return next(iter(liked), said.url)


def fits_a_button(url: str) -> bool:
    """Whether platforms accept a URL in a button."""
    return len(url) <= _ADDRESS_SIZE and _ADDRESS.fullmatch(url) is not None


def listed(opening: Opening) -> str:
    """Return a menu's label of a player."""
    return f"Listen in {opening.name}" if opening.timed else f"{opening.name}, from the beginning"


def opens(opening: Opening, moment: str | None) -> str:
    """Say where a player opens; `moment` is the time of the words, None if unknown."""
    if opening.timed or moment is None:
        return f"Listen in {opening.name}:"
    return f"{opening.name} opens at the beginning; the words are at {moment}:"


def remembered(player: Player) -> str:
    """Confirm that a preferred player is stored."""
    return f"From now on, ▶ under my answers to you opens {_NAMES[player]} where it has the episode."
