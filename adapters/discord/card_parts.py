"""Parts that every card is built from: room for text, lines, rows of buttons, menus.

Pure. What an answer or a list puts into them, `render` and `lists` decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.port.members import TELL_ME
from bot.port.messages import Choice, ItemId, Topic
from bot.port.players import PLAYERS
from bot.port.wording import ANOTHER_QUOTE, DELETE, NOT_USEFUL, SHARE, USEFUL

from .buttons import Another, Choose, Delete, ListenIn, RateAnswer, Share, ShowPlayers, TellMe, encode
from .card import GAP, AnyButton, Button, Colour, LinkButton, Menu, Panel, Scene
from .text import defuse, fitted, plain, size

LABEL = 80
"""Maximum length of a button's label in characters, Discord's limit."""
EPISODE = 100
ROW = 5
"""Maximum number of buttons in a row, Discord's limit."""
PAGE = 25
"""Maximum number of options in a select menu, Discord's limit."""
_OPTION = 100
"""Maximum length of an option's label and of its value in characters, Discord's limit."""
_RATINGS = ((USEFUL, True), (NOT_USEFUL, False))
NOTHING = "…"
"""Text of a message that would be empty otherwise, which Discord refuses."""


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
) -> Panel:
    """Make a panel within its limits."""
    return Panel(
        blocks=tuple(block for block in blocks if block) or (NOTHING,),
        colour=colour,
        title=fitted(title, room.title, defuse),
        footer=fitted(" · ".join(filter(None, asides)), room.footer, room.footer_reads),
        art=art,
    )


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
    buttons: Sequence[AnyButton] = (),
    *,
    another: Another | None = None,
    tell: TellMe | None = None,
    players: ShowPlayers | None = None,
    share: bool = True,
) -> tuple[tuple[AnyButton, ...], ...]:
    """Add the buttons that every answer has: in the same row, or if that is too full in a row below."""
    first = [*buttons]
    if another is not None:
        first.append(Button(ANOTHER_QUOTE, another, quiet=True))
    if tell is not None:
        first.append(Button(TELL_ME, tell, quiet=True))
    rated = scene.rated
    last = [] if players is None else [Button(PLAYERS, players, quiet=True)]
    if rated is not None:
        last += [Button(word, RateAnswer(rated, useful), quiet=True) for word, useful in _RATINGS]
    if not scene.private:
        last.append(Button(DELETE, Delete(scene.asker), quiet=True))
    elif share:
        last.append(Button(SHARE, Share(), quiet=True))
    return ((*first, *last),) if len(first) + len(last) <= ROW else (*in_rows(first), tuple(last))


def in_rows(buttons: Iterable[AnyButton]) -> Iterator[tuple[AnyButton, ...]]:
    """Split buttons into full rows."""
    several = tuple(buttons)
    for first in range(0, len(several), ROW):
        yield several[first : first + ROW]


def sendable(rows: Iterable[Sequence[AnyButton]]) -> tuple[tuple[AnyButton, ...], ...]:
    """Drop buttons that Discord refuses: those with ids that are too long, and duplicates."""
    seen: set[str | None] = {None}
    kept: list[tuple[AnyButton, ...]] = []
    for row in rows:
        fitting: list[AnyButton] = []
        for button in row:
            custom_id = button.url if isinstance(button, LinkButton) else encode(button.press)
            if custom_id not in seen:
                seen.add(custom_id)
                fitting.append(button)
        if fitting:
            kept.append(tuple(fitting))
    return tuple(kept)


def menu_of(choices: Iterable[tuple[str, str]], press: Choose | ListenIn, prompt: str) -> Menu | None:
    """Make a menu of the choices that Discord accepts; None if there are none."""
    options = tuple(
        Choice(fitted(words, _OPTION) or NOTHING, item)
        for item, words in {item: words for words, item in choices}.items()
        if 0 < len(item) <= _OPTION and item.isascii()
    )
    return Menu(prompt, press, options[:PAGE]) if options and encode(press) is not None else None


def titles(topics: Iterable[Topic]) -> Iterator[tuple[str, ItemId]]:
    """Return topics as labels and ids for a menu."""
    return ((topic.title, topic.id) for topic in topics)
