"""What is said in posts that nobody asked for, and about the settings of them; alike on every platform.

Plain words without markup. What is posted when is decided in `posts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.port.messages import Episode
from bot.port.place_settings import Reset
from bot.port.posting import Announcement
from bot.port.posts import Posting, PostingChange, zone_meant
from bot.port.wording import counted, label, listed

TITLE: Final = "What I post on my own"
NEW_EPISODE: Final = "New episode"
QUOTE_OF_THE_DAY: Final = "Quote of the day"
DIGEST: Final = "What was asked this week"
ASK_ABOUT: Final = "Ask about it"
YOUR_QUESTION: Final = "Your question"
WHAT_ABOUT: Final = "What did they say about…"
LISTEN: Final = "▶ Listen"
NOTHING: Final = "Nothing."
NOT_KEPT: Final = "I'm running without a memory here (OVERHEARD_DATABASE_URL is off), so I can't post on my own."
NOT_TO_BE_READ: Final = "I can't reach my database at the moment, so I don't know what I post here."
MAY_NOT_WRITE: Final = "I'm not allowed to write in this channel yet: give me the “Send Messages” permission."
NOT_EVERYBODY: Final = "I don't ping everybody. Pick a role that people choose for themselves; nothing has changed."
NO_PING_ALONE: Final = "To ping somebody, turn announcements on too; nothing has changed."
WHICH_CHANNEL: Final = "Pick a channel: what I post on my own is chosen for each channel. Nothing has changed."
NO_GROUP: Final = (
    "That isn't a user group's ID. Open the group in Slack, press ⋮, then Copy group ID; it starts with an S. "
    "Nothing has changed."
)
_MOST_LISTED: Final = 20


def unknown_zone(words: str) -> str:
    """Say that no time zone goes by these words."""
    return f"I don't know a time zone called “{words}”. Try one like Europe/Berlin; nothing has changed."


def changed(
    *, announces: bool | None, ping: str, quote_at: int | Reset | None, digest: bool | None, zone: str
) -> PostingChange | str:
    """Read what somebody chose, "" for no ping and no time zone; or say what is wrong with it."""
    if ping and not announces:
        return NO_PING_ALONE
    meant = zone_meant(zone)
    if zone and meant is None:
        return unknown_zone(zone)
    return PostingChange(announces, ping if announces else None, quote_at, digest, meant)


def hour_of(hour: int) -> str:
    """Write an hour of the day."""
    return f"{hour}:00"


def described(posting: Posting) -> Sequence[str]:
    """Say what is posted in a channel, a line each; whom an announcement pings is added by the platform."""
    lines = []
    if posting.announces_since is not None:
        lines.append("New episodes")
    if posting.quote_at is not None:
        lines.append(f"A quote every day at {hour_of(posting.quote_at)} ({posting.zone})")
    if posting.digest:
        lines.append(f"What was asked, on Mondays at 9:00 ({posting.zone})")
    return lines


def introduction(announced: Announcement) -> str:
    """Introduce a new episode: the show, who is in it, what it is about."""
    episode = announced.episode
    guests = listed([guest.name for guest in episode.guests])
    first = f"{label(episode)}, with {guests}" if guests else label(episode)
    return f"{first}\n{announced.about}" if announced.about else first


def several(episodes: Sequence[Episode]) -> str:
    """Title a post about many new episodes."""
    return counted(len(episodes), "new episode")


def shown_of(episodes: Sequence[Episode]) -> tuple[Sequence[Episode], str]:
    """Choose which of many episodes are listed, and say how many more there are."""
    left = len(episodes) - _MOST_LISTED
    return episodes[:_MOST_LISTED], f"and {left:,} more" if left > 0 else ""
