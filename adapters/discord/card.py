"""The parts of a message to Discord before discord.py builds it: panels, buttons, menus, and where it is shown.

Values only: `render` and `lists` draw them, `views` turns them into what discord.py sends.
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
class Picture:
    """A PNG and its alternative text, for the name of a file."""

    content: bytes
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an answer is shown.

    Attributes:
        asker: the member who asked.
        private: whether only the asker sees it.
        embeds: whether embeds may be sent here.
        rated: the answer that the rating buttons rate; None for no such buttons.
        asked: the question, if others have not seen it.
        cards: whether to offer quotations as pictures.
        player: the asker's preferred player; None if unknown.
        files: whether files may be attached here.
        chart: the answer's chart; None to show it as text.
    """

    asker: int
    private: bool = False
    embeds: bool = True
    rated: AnswerId | None = None
    asked: str | None = None
    cards: bool = False
    player: Player | None = None
    files: bool = True
    chart: Picture | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """One button, whose label is short enough."""

    label: str
    press: Press
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens a URL; the bot doesn't hear of the press."""

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
    """The text under one title: an embed, or a section of plain text.

    Attributes:
        blocks: paragraphs of markup, never empty.
        art: the URL of a picture beside it, shown only in an embed.
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
class Card:
    """One message, each part within Discord's limits and safe to send.

    Attributes:
        panels: at least one; one for each question.
        rows: buttons, at most five in a row.
        menu: above the buttons; a second one for related questions is below them, in `related`.
        asked: the question as markup, in small print at the top.
        picture: the attachment, only without embeds: they ignore alternative texts
            (https://github.com/discord/discord-api-docs/issues/8373), and what is in one can't be shared with it.
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
        """The whole message as markup without embeds, at most 2000 characters if it was drawn for that."""
        asked = f"{self.asked}\n" if self.asked else ""
        return f"{asked}{GAP.join(panel.text for panel in self.panels)}"
