"""What a message to Discord is made of before it is one: panels, buttons, menus, and where it will be seen.

Values alone: `render` and `lists` draw them, `views` turns them into what discord.py sends.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from bot.port.logbook import AnswerId
from bot.port.messages import Choice
from bot.port.players import Player

from .buttons import Choose, ListenIn, Press

GAP = "\n\n"


class Colour(IntEnum):
    """The stripe beside an embed."""

    SAID = 0x2D7D9A
    CLOSE = 0xC9892B
    UNSURE = 0x7A6FB0
    NOTHING = 0x6B7280


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an answer is shown.

    Attributes:
        asker: the member it is for.
        private: whether only the asker sees it.
        embeds: whether embeds may be sent here.
        rated: what the answer is rated by; None for no such buttons.
        asked: the question, where others have not seen it.
        cards: whether words that were said are offered as a picture.
        player: what the asker likes to listen in; None where that isn't known.
    """

    asker: int
    private: bool = False
    embeds: bool = True
    rated: AnswerId | None = None
    asked: str | None = None
    cards: bool = False
    player: Player | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """One button, with a label that fits."""

    label: str
    press: Press
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens an address and tells nobody."""

    label: str
    url: str


AnyButton: TypeAlias = Button | LinkButton


@dataclass(frozen=True, slots=True)
class Menu:
    """A select menu."""

    prompt: str
    press: Choose | ListenIn
    options: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What is read under one title: an embed, or a stretch of plain text.

    Attributes:
        blocks: paragraphs of markup, never empty.
        art: the address of a picture beside it, which is not there without an embed.
    """

    blocks: tuple[str, ...]
    colour: Colour
    title: str = ""
    footer: str = ""
    art: str | None = None

    @property
    def text(self) -> str:
        """The panel as markup without an embed."""
        title = f"**{self.title}**\n" if self.title else ""
        footer = f"\n-# {self.footer}" if self.footer else ""
        return f"{title}{self.description}{footer}"

    @property
    def description(self) -> str:
        """The blocks as an embed's description."""
        return GAP.join(self.blocks)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and the words on it for those who don't see it."""

    content: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """One message, each part within Discord's limits and safe to send.

    Attributes:
        panels: at least one; several where several questions were asked.
        rows: buttons, at most five a row.
        menu: above them; what else to ask stands below in `related`.
        asked: the question as markup, small and above all else.
        picture: is attached.
    """

    panels: tuple[Panel, ...]
    rows: tuple[tuple[AnyButton, ...], ...] = ()
    menu: Menu | None = None
    related: Menu | None = None
    embeds: bool = True
    asked: str = ""
    picture: Picture | None = None

    @property
    def text(self) -> str:
        """The whole message as markup without embeds, at most 2000 characters where drawn for that."""
        asked_ = f"{self.asked}\n" if self.asked else ""
        return f"{asked_}{GAP.join(panel.text for panel in self.panels)}"
