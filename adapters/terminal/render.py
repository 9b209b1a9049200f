"""Renders answers and lists for a terminal.

Pure: values of the port in, lines of text out. All untrusted text goes through `safe`, here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.port import presentation, wording
from bot.port.excerpts import Run, quoted
from bot.port.messages import (
    Answer,
    Episode,
    EpisodeId,
    Fact,
    Found,
    Help,
    NotFound,
    Several,
    SingleAnswer,
    Topic,
)
from bot.port.presentation import InContext, Open

_HEADING = "bold"
_QUOTATION = "italic"
_MATCH = "bold not italic"
_QUIET = "dim"
_LINK = "blue underline"
_NUMBER = "bold cyan"
_BAR = "│ "

_ECHO = 160
"""Maximum number of characters of a person's input that are repeated to them."""

_LABEL = 400
"""Maximum number of characters of a caption."""

_NAMED_AT_MOST = 5
"""Maximum number of subjects named if they can't be picked by number."""

_NARROWEST = 20
"""Minimum width in cells to which words are wrapped, however narrow the screen."""


@dataclass(frozen=True, slots=True)
class AskThis:
    """Ask a question, as if it were typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Narrow:
    """Limit further questions to an episode."""

    episode: EpisodeId


Pick: TypeAlias = Open | InContext | AskThis | Narrow
"""What picking a number does."""


class Offers(Enum):
    """Whether suggestions are numbered, to be picked, or only named."""

    NUMBERED = "numbered"
    NAMED = "named"


class Addresses(Enum):
    """Whether addresses are links behind words, in terminals that support them, or written out."""

    BEHIND_WORDS = "behind words"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """One line of words, which may be wrapped.

    Attributes:
        first: prefix of the first row.
        rest: prefix of the wrapped rows.
        tint: the style of both prefixes.
        whole: whether it is never wrapped, so that an address stays intact.
    """

    text: Text
    first: str = ""
    rest: str = ""
    tint: str = _QUIET
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines to show, and what picking each number in them does, from 1."""

    lines: tuple[ScreenLine, ...]
    picks: tuple[Pick, ...] = ()


# Complete sequences are removed first, so that no "[31m" remains; incomplete ones lose their control characters below.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]+[0-~]"
)
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Control characters, and Unicode's category Cf: characters that change direction, join, hide or have no width.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def safe(text: str) -> str:
    """Remove whatever a terminal would obey rather than show, except line feeds."""
    lines = _LINE_END.sub("\n", _SEQUENCE.sub("", text).replace("\t", " "))
    return _UNSEEN.sub("", _SURROGATE.sub("\ufffd", lines))


def safe_label(text: str, limit: int = _ECHO) -> str:
    """Make untrusted words safe for the middle of a line, truncated to `limit` characters."""
    words = " ".join(safe(text[: limit * 8]).split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def draw(answer: Answer, offers: Offers, addresses: Addresses = Addresses.WRITTEN) -> Drawing:
    """Draw any answer."""
    sheet = _Sheet(offers, addresses)
    match answer:
        case Several(parts):
            for part in parts:
                sheet.gap()
                sheet.label(wording.titled(part.asked), _HEADING)
                _draw_single(sheet, part.answer, presentation.told_of(part))
        case _:
            if not isinstance(answer, Help):
                if answer.understood is not None:
                    sheet.label(wording.understood_as(safe_label(answer.understood)), _QUIET)
                if title := wording.headline(answer):
                    sheet.label(title, _HEADING)
            _draw_single(sheet, answer, presentation.told(answer))
    return sheet.drawing()


def _draw_single(sheet: _Sheet, answer: SingleAnswer, told: str) -> None:
    _draw_text(sheet, answer, told)
    pieces = presentation.shown(answer)
    for piece in pieces:
        sheet.gap()
        sheet.runs((Run("“"), *quoted(piece), Run("”")), _QUOTATION, _BAR)
        opener = wording.listen(piece) if piece.url else wording.moment(piece) or ""
        sheet.byline(f"— {' · '.join(wording.byline(piece))}", opener, piece.url)
    match answer:
        case Found(place=Episode() as place):
            sheet.place(place)
        case Fact():
            for episode in presentation.unnamed(answer):
                sheet.place(episode)
        case Help(examples=examples):
            sheet.column((example, AskThis(example)) for example in examples)
        case _:
            pass
    _offer_more(sheet, answer, len(pieces))
    sheet.column((guess.label, Open((guess.id,))) for guess in presentation.guesses(answer))
    sheet.group(presentation.prompt(answer), ((words, Open((item,))) for words, item in presentation.offered(answer)))


def _draw_text(sheet: _Sheet, answer: SingleAnswer, told: str) -> None:
    match answer:
        case Fact(episodes=episodes):
            sheet.runs(presentation.linked(answer))
            if len(episodes) == 1 and not presentation.unnamed(answer):
                sheet.written(episodes[0].links.first, "  ")
        case _ if told:
            sheet.words(told)
        case _:
            pass


def _offer_more(sheet: _Sheet, answer: SingleAnswer, seen: int) -> None:
    """Offer more quotations and, if they can be picked, the surrounding words or the nearest match."""
    offered: list[tuple[str, Pick]] = []
    if rest := presentation.waiting(answer, seen):
        many = f"{len(rest)} more {'quotation' if len(rest) == 1 else 'quotations'}"
        offered.append((wording.MORE_NEAR if presentation.comes_near(answer) else many, Open(rest)))
    if sheet.picked_from and (around := presentation.surroundings(answer)):
        offered.append((wording.AROUND, InContext(around)))
    if sheet.picked_from and isinstance(answer, NotFound) and answer.nearest:
        offered.append((wording.NEAREST, Open(answer.nearest)))
    sheet.group("More on this", offered)


def draw_topics(topics: Iterable[Topic], offers: Offers) -> Drawing:
    """Draw a list of topics, by their titles."""
    sheet = _Sheet(offers)
    sheet.column((topic.title, Open((topic.id,))) for topic in topics)
    return sheet.drawing()


def draw_episodes(episodes: Iterable[Episode], offers: Offers) -> Drawing:
    """Draw a list of episodes with their ids."""
    sheet = _Sheet(offers)
    sheet.column((f"{episode.id} · {wording.full_label(episode)}", Narrow(episode.id)) for episode in episodes)
    return sheet.drawing()


def draw_notes(*notes: str) -> Drawing:
    """Draw plain sentences."""
    sheet = _Sheet(Offers.NAMED)
    for note in notes:
        sheet.words(note)
    return sheet.drawing()


def lay_out(drawing: Drawing, console: Console, width: int | None) -> Text:
    """Wrap a drawing to a width in cells, or not at all for None.

    Every line ends in a line feed; the text contains no other control character.
    """
    page = Text()
    for line in drawing.lines:
        room = None if width is None or line.whole else max(width - Text(line.first).cell_len, _NARROWEST)
        rows = [line.text.copy()] if room is None else list(line.text.wrap(console, room)) or [Text()]
        for number, row in enumerate(rows):
            row.rstrip()
            page.append(line.rest if number else line.first, line.tint)
            page.append_text(row).append("\n")
    return page


def episode_name(episode: Episode) -> str:
    """Return an episode's short name, made safe."""
    return safe_label(wording.label(episode))


class _Sheet:
    """Collects lines, and what picking the numbers in them does."""

    def __init__(self, offers: Offers, addresses: Addresses = Addresses.WRITTEN) -> None:
        self._offers = offers
        self._behind = addresses is Addresses.BEHIND_WORDS
        self._lines: list[ScreenLine] = []
        self._picks: list[Pick] = []

    @property
    def picked_from(self) -> bool:
        """Whether suggestions can be picked by number."""
        return self._offers is Offers.NUMBERED

    def drawing(self) -> Drawing:
        return Drawing(tuple(self._lines), tuple(self._picks))

    def gap(self) -> None:
        if self._lines:
            self._lines.append(ScreenLine(Text()))

    def words(self, text: str) -> None:
        self._lines += (ScreenLine(Text(row)) for row in safe(text).split("\n"))

    def label(self, text: str, style: str) -> None:
        self._lines.append(ScreenLine(Text(safe_label(text, _LABEL), style)))

    def runs(self, runs: Iterable[Run], style: str = "", margin: str = "") -> None:
        """Write words, some of them highlighted or linked."""
        text = Text()
        for run in runs:
            text.append(safe(run.words), self._opening(run.url) if run.url else _MATCH if run.bold else style)
        self._lines += (ScreenLine(row, margin, margin) for row in text.split("\n", allow_blank=True))

    def byline(self, words: str, opener: str, url: str | None) -> None:
        """Write who said something, and a link that opens it."""
        text = Text(safe_label(words, _LABEL), _QUIET)
        if opener:
            text.append(" · ", _QUIET).append(opener, self._opening(url))
        self._lines.append(ScreenLine(text, _BAR, _BAR))
        self.written(url, _BAR)

    def place(self, episode: Episode) -> None:
        """Write the episode that an answer is about, with its address."""
        url = episode.links.first
        text = Text("— ", _QUIET).append(safe_label(wording.full_label(episode), _LABEL), self._opening(url))
        self._lines.append(ScreenLine(text, "  ", "  "))
        self.written(url, "    ")

    def written(self, url: str | None, margin: str) -> None:
        """Write out an address, unless words above open it."""
        if url is not None and not self._behind:
            self._lines.append(ScreenLine(Text(_one_line(url), _LINK), margin, margin, whole=True))

    def _opening(self, url: str | None) -> str | Style:
        return Style(link=_one_line(url)) if url and self._behind else _QUIET

    def column(self, choices: Iterable[tuple[str, Pick]]) -> None:
        for words, pick in choices:
            mark = "- "
            if self.picked_from:
                self._picks.append(pick)
                mark = f"  {len(self._picks):>2}  "
            self._lines.append(ScreenLine(Text(safe_label(words)), mark, " " * len(mark), _NUMBER))

    def group(self, heading: str, choices: Iterable[tuple[str, Pick]]) -> None:
        """Write a heading with choices: below it if they can be picked, otherwise on the same line."""
        known = tuple(choices)
        if not known:
            return
        self.gap()
        if self._offers is Offers.NUMBERED:
            self.label(f"{heading}:", _QUIET)
            self.column(known)
        else:
            named = ", ".join(safe_label(words) for words, _ in known[:_NAMED_AT_MOST])
            self._lines.append(ScreenLine(Text(named), f"{heading}: ", "  "))


def _one_line(url: str) -> str:
    return "".join(safe(url).split())
