"""Parts that every card is built from: room for text, lines, rows of buttons, menus.

Pure. What an answer or a list puts into them, `render` and `lists` decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import discord
from discord import app_commands

from bot.port.members import TELL_ME
from bot.port.messages import ItemId, Topic
from bot.port.players import PLAYERS
from bot.port.wording import ANOTHER_QUOTE, DELETE, NOT_USEFUL, SHARE, USEFUL

from .buttons import Another, Choose, Delete, ListenIn, RateAnswer, Share, ShowPlayers, TellMe, encode
from .card import GAP, NOTHING, Button, Colour, Menu, Scene, button, panel
from .text import defuse, fitted, plain, size

LABEL = 80
"""Maximum length of a button's label in characters, Discord's limit."""
EPISODE = 100
ROW = 5
"""Maximum number of buttons in a row, Discord's limit."""
PAGE = 25
"""Maximum number of options in a select menu, Discord's limit."""
_OPTION = 100
"""Maximum length of the label and of the value of an option or a completion in characters, Discord's limit."""
_RATINGS = ((USEFUL, True), (NOT_USEFUL, False))


@dataclass(frozen=True, slots=True)
class PanelLimits:
    """Maximum lengths of a panel's parts, in characters as Discord counts them.

    Attributes:
        footer_reads: escapes a footer: an embed shows it literally, while Discord parses plain text as markup.
    """

    total: int
    title: int
    footer: int
    paragraph: int
    words: int
    footer_reads: Callable[[str], str]


# By the number of panels in a message. Discord allows an embed 4096 characters of description and 256 of title, all
# embeds of a message together 6000, and plain text 2000, which includes titles, footers, markup and gaps.
_EMBEDS = {
    1: PanelLimits(total=4096, title=256, footer=400, paragraph=1800, words=700, footer_reads=plain),
    2: PanelLimits(total=2500, title=200, footer=200, paragraph=1200, words=500, footer_reads=plain),
    3: PanelLimits(total=1650, title=150, footer=150, paragraph=800, words=400, footer_reads=plain),
}
_PLAIN_TEXT = {
    1: PanelLimits(total=1400, title=100, footer=200, paragraph=600, words=400, footer_reads=defuse),
    2: PanelLimits(total=780, title=100, footer=100, paragraph=400, words=250, footer_reads=defuse),
    3: PanelLimits(total=500, title=80, footer=70, paragraph=250, words=170, footer_reads=defuse),
}


def room_in(scene: Scene, panels: int = 1) -> PanelLimits:
    """Return a panel's limits in a message of this many panels."""
    return (_EMBEDS if scene.embeds else _PLAIN_TEXT)[panels]


def panel_of(
    room: PanelLimits,
    blocks: Sequence[str],
    colour: Colour,
    title: str,
    asides: Iterable[str] = (),
    art: str | None = None,
) -> discord.Embed:
    """Make a panel within its limits."""
    footer = fitted(" · ".join(filter(None, asides)), room.footer, room.footer_reads)
    return panel(list(filter(None, blocks)) or [NOTHING], colour, fitted(title, room.title, defuse), footer, art)


def block_of(lines: Iterable[str], limit: int) -> Iterator[str]:
    """Join the lines that fit into one block; yield nothing if there are none."""
    block = ""
    for line in filter(None, lines):
        longer = f"{block}\n{line}" if block else line
        if size(longer) > limit:
            break
        block = longer
    if block:
        yield block


def left_in(room: PanelLimits, *blocks: str) -> int:
    """Return the number of characters left beside some blocks."""
    return room.total - sum(size(block) + len(GAP) for block in blocks)


def actions(
    scene: Scene,
    buttons: Sequence[Button | None] = (),
    *,
    another: Another | None = None,
    tell: TellMe | None = None,
    players: ShowPlayers | None = None,
    share: bool = True,
) -> Sequence[Sequence[Button | None]]:
    """Add the buttons that every answer has: in the same row, or if that is too full in a row below."""
    first = [*buttons]
    if another is not None:
        first.append(button(ANOTHER_QUOTE, another, quiet=True))
    if tell is not None:
        first.append(button(TELL_ME, tell, quiet=True))
    rated = scene.rated
    last = [] if players is None else [button(PLAYERS, players, quiet=True)]
    if rated is not None:
        last += [button(word, RateAnswer(rated, useful), quiet=True) for word, useful in _RATINGS]
    if not scene.private:
        last.append(button(DELETE, Delete(scene.asker), quiet=True))
    elif share:
        last.append(button(SHARE, Share(), quiet=True))
    return ((*first, *last),) if len(first) + len(last) <= ROW else (*in_rows(first), last)


def in_rows(buttons: Sequence[Button | None]) -> Iterator[Sequence[Button | None]]:
    """Split buttons into full rows."""
    return (buttons[first : first + ROW] for first in range(0, len(buttons), ROW))


def menu_of(choices: Iterable[tuple[str, str]], press: Choose | ListenIn, prompt: str) -> Menu | None:
    """Make a menu of the choices that Discord accepts; None if there are none."""
    options = [
        discord.SelectOption(label=fitted(words, _OPTION) or NOTHING, value=item)
        for item, words in {item: words for words, item in choices}.items()
        if 0 < len(item) <= _OPTION and item.isascii()
    ]
    custom_id = encode(press)
    if not options or custom_id is None:
        return None
    return discord.ui.Select(custom_id=custom_id, placeholder=prompt, options=options[:PAGE])


def offered(choices: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """Make completions of labels and values: those that Discord accepts, as many as it shows."""
    named = ((fitted(words, _OPTION), value) for words, value in choices if 0 < len(value) <= _OPTION)
    fitting = (app_commands.Choice(name=name, value=value) for name, value in named if name)
    return list(islice(fitting, PAGE))


def titles(topics: Iterable[Topic]) -> Iterator[tuple[str, ItemId]]:
    """Return topics as labels and ids for a menu."""
    return ((topic.title, topic.id) for topic in topics)
