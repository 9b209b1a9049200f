"""Encodes what a button means as a custom id of at most 100 characters, Discord's limit, and decodes it.

Pure. Nothing else is stored between a message and a press, so all buttons work after a restart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import takewhile
from typing import Any, Final, TypeAlias

from bot.port.logbook import AnswerId
from bot.port.messages import EpisodeId, ItemId
from bot.port.presentation import InContext, Open

_LONGEST = 100
_APART = ","
_ID = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class AsCard:
    """Show a quotation as a picture to share."""

    item: ItemId


@dataclass(frozen=True, slots=True)
class ShowPlayers:
    """Show where a quotation can be heard."""

    item: ItemId


@dataclass(frozen=True, slots=True)
class ListenIn:
    """The menu of players for a quotation; Discord sends the chosen option separately."""

    item: ItemId


@dataclass(frozen=True, slots=True)
class Another:
    """Draw one more quote.

    Attributes:
        like: the quote shown, from which the speaker and the episode follow.
        topic: what the quotes should be about.
    """

    like: ItemId | None = None
    same_speaker: bool = False
    same_episode: bool = False
    topic: ItemId | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Show a private answer to everybody."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete an answer; `asker` is the member who asked for it."""

    asker: int


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Turn to a page, counted from 0, of the list of topics; None for `episode` lists those of all."""

    episode: EpisodeId | None
    number: int


@dataclass(frozen=True, slots=True)
class Choose:
    """A menu of topics; Discord sends the chosen option separately."""


@dataclass(frozen=True, slots=True)
class RateAnswer:
    """Say whether an answer was useful."""

    answer: AnswerId
    useful: bool


@dataclass(frozen=True, slots=True)
class TellMe:
    """Notify the member who presses once a question is answered; `note` names the stored question."""

    note: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """Delete a question that the member who presses is waiting on."""

    wish: str


@dataclass(frozen=True, slots=True)
class GuessName:
    """Guess that the numbered name on the button said a quote."""

    number: int
    quote: ItemId


@dataclass(frozen=True, slots=True)
class Reveal:
    """Show everybody who said a quote."""

    quote: ItemId


@dataclass(frozen=True, slots=True)
class AskAbout:
    """Open the form for a question about an episode; also the form itself."""

    episode: EpisodeId


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete what is stored about the member who presses it."""


Press: TypeAlias = (
    Open
    | InContext
    | AsCard
    | ShowPlayers
    | ListenIn
    | Another
    | Share
    | Delete
    | TurnPage
    | Choose
    | RateAnswer
    | TellMe
    | Cancel
    | GuessName
    | Reveal
    | Forget
    | AskAbout
)
"""Everything that can be pressed or chosen; a closed union."""


_OF_ONE_ID: Final[Mapping[str, Callable[[Any], Press]]] = {
    "around": InContext,
    "card": AsCard,
    "players": ShowPlayers,
    "listen": ListenIn,
    "reveal": Reveal,
    "tell": TellMe,
    "cancel": Cancel,
    "about": AskAbout,
}
_OF_NOTHING: Final[Mapping[str, Callable[[], Press]]] = {"share": Share, "forget": Forget, "choose": Choose}
_KINDS: Final[Mapping[object, str]] = {made: kind for kind, made in (*_OF_ONE_ID.items(), *_OF_NOTHING.items())}


def encode(press: Press) -> str | None:
    """Return the custom id of a button; None if it is too long or has characters that no id has."""
    match press:
        case Open(items):
            custom_id = f"open:{_packed(items)}"
        case Another(like, same_speaker, same_episode, topic):
            flags = "s" * same_speaker + "e" * same_episode + "t" * (topic is not None)
            custom_id = f"another:{flags}:{_packed(item for item in (topic, like) if item is not None)}"
        case Delete(asker):
            custom_id = f"delete:{asker}"
        case TurnPage(episode, number):
            custom_id = f"page:{number}:{episode or ''}"
        case RateAnswer(answer, useful):
            custom_id = f"rate:{int(useful)}:{answer}"
        case GuessName(number, quote):
            custom_id = f"name:{number}:{quote}"
        case _:
            custom_id = f"{_KINDS[type(press)]}:{''.join(astuple(press))}"
    return custom_id if len(custom_id) <= _LONGEST and _ID.fullmatch(custom_id) else None


def decode(custom_id: str) -> Press | None:
    """Decode a custom id; None if no version wrote it."""
    kind, _, rest = custom_id.partition(":")
    number, _, id = rest.partition(":")
    match kind:
        case _ if kind in _OF_ONE_ID and rest:
            return _OF_ONE_ID[kind](rest)
        case _ if kind in _OF_NOTHING:  # menus of older versions named their page
            return _OF_NOTHING[kind]()
        case "open" | "more" if rest:  # older versions wrote "more" where there were several
            return Open(tuple(_unpacked(rest)))
        case "another":
            return _another(number, id)
        case "delete" if rest.isdecimal():
            return Delete(int(rest))
        case "page" if number.isdecimal():
            return TurnPage(EpisodeId(id) if id else None, int(number))
        case "rate" if number in {"0", "1"} and id:
            return RateAnswer(AnswerId(id), useful=number == "1")
        case "name" if number.isdecimal() and id:
            return GuessName(int(number), ItemId(id))
        case _:
            return None


def that_fit(items: Sequence[ItemId]) -> Open | None:
    """Keep as many of the first items as one button holds; None if not even one fits."""
    counted = (Open(tuple(items[:count])) for count in range(1, len(items) + 1))
    fitting = list(takewhile(encode, counted))
    return fitting[-1] if fitting else None


def _another(flags: str, packed: str) -> Another | None:
    items = list(_unpacked(packed))
    topic = items.pop(0) if "t" in flags and items else None
    like = items.pop(0) if items else None
    if like is None and ("s" in flags or "e" in flags):
        return None
    return Another(like, same_speaker="s" in flags, same_episode="e" in flags, topic=topic)


def _packed(items: Iterable[ItemId]) -> str:
    """Join ids by commas; after an id of the same episode and kind, write only the last part."""
    parts: list[str] = []
    prefix = ""
    for item in items:
        place, slash, name = item.rpartition("/")
        parts.append(name if slash and place == prefix else item)
        prefix = place
    return _APART.join(parts)


def _unpacked(packed: str) -> Iterator[ItemId]:
    prefix = ""
    for part in packed.split(_APART) if packed else ():
        item = part if "/" in part or not prefix else f"{prefix}/{part}"
        prefix = item.rpartition("/")[0]
        yield ItemId(item)
