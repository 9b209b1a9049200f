"""Draws answers and lists for a terminal.

Pure: takes what the port gives, returns lines of text. Every word that came from outside goes through `safe`, here and
nowhere else. No input, no output, no asking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, assert_never

from rich.console import Console
from rich.text import Text

from bot.port.messages import (
    Answer,
    Episode,
    EpisodeId,
    Evidence,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    QuoteCheck,
    Several,
    SingleAnswer,
    Topic,
    Unsure,
)
from bot.port.wording import OR_MEANT, full_label, label, moment, speaker, understood_as

_HEADING = "bold"
_QUOTATION = "italic"
_QUIET = "dim"
_LINK = "blue underline"
_NUMBER = "bold cyan"
_BAR = "│ "

_ECHO = 160
"""How many characters of what somebody typed are shown back to them."""

_LABEL = 400
"""How long a caption may get."""

_AT_ONCE = 3
"""How many quotations an answer shows; the others wait behind "more"."""

_SHORT = 900
"""Characters of all of an answer's quotations up to which none has to wait."""

_NAMED_AT_MOST = 5
"""How many subjects are named to somebody who can't pick one by its number."""

_EPISODES_OF_A_FACT = 5

_NARROWEST = 20
"""No screen is so narrow that words are broken into less than this many cells."""


@dataclass(frozen=True, slots=True)
class Open:
    """Show what these name."""

    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask this, as if it were typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Narrow:
    """Ask this episode only from now on."""

    episode: EpisodeId


Pick: TypeAlias = Open | Ask | Narrow
"""What a number stands for."""


class Offers(Enum):
    """Whether what may come next is numbered, to be picked, or only named."""

    NUMBERED = "numbered"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words, which a narrow screen shows as several.

    Attributes:
        first: stands before the words.
        rest: stands before what did not fit on the first line.
        tint: the style of both.
        whole: never broken, so that an address stays one.
    """

    text: Text
    first: str = ""
    rest: str = ""
    tint: str = _QUIET
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines to show, and what the numbers in them stand for, counted from 1."""

    lines: tuple[Line, ...]
    picks: tuple[Pick, ...] = ()


# Whole sequences first, so that no "[31m" is left of them; what is no full sequence loses its control characters below.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]+[0-~]"
)
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# The controls, and all of Unicode's category Cf: what changes direction, joins, hides or has no width.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def safe(text: str) -> str:
    """Take out whatever a terminal would obey rather than show; line feeds stay."""
    lines = _LINE_END.sub("\n", _SEQUENCE.sub("", text).replace("\t", " "))
    return _UNSEEN.sub("", _SURROGATE.sub("\ufffd", lines))


def safe_label(text: str, limit: int = _ECHO) -> str:
    """Make foreign words safe for the middle of a line, at most `limit` characters of them."""
    words = " ".join(safe(text[: limit * 8]).split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def draw(answer: Answer, offers: Offers) -> Drawing:
    """Draw any answer."""
    sheet = _Sheet(offers)
    match answer:
        case Several(parts):
            for part in parts:
                sheet.gap()
                sheet.label(part.asked, _HEADING)
                _single(sheet, part.answer)
        case _:
            if not isinstance(answer, Help):
                sheet.understood(answer.understood)
            _single(sheet, answer)
    return sheet.drawing()


def _single(sheet: _Sheet, answer: SingleAnswer) -> None:
    match answer:
        case Found():
            _found(sheet, answer)
        case Fact():
            _fact(sheet, answer)
        case QuoteCheck():
            _quote_check(sheet, answer)
        case Unsure():
            sheet.words(answer.text)
            _evidence(sheet, answer.evidence)
            guesses = ((guess.label, Open((guess.id,))) for guess in answer.guesses)
            if answer.evidence:
                sheet.group(OR_MEANT, guesses)
            else:
                sheet.column(guesses)
        case NotFound():
            sheet.words(answer.text)
            sheet.group("Try", _opening(answer.suggestions))
        case Help():
            sheet.words(answer.text)
            sheet.column((example, Ask(example)) for example in answer.examples)
        case _:
            assert_never(answer)


def draw_topics(topics: Iterable[Topic], offers: Offers) -> Drawing:
    """Draw a list of topics, by their titles."""
    sheet = _Sheet(offers)
    sheet.column(_opening(topics))
    return sheet.drawing()


def draw_episodes(episodes: Iterable[Episode], offers: Offers) -> Drawing:
    """Draw a list of episodes with the ids that commands take."""
    sheet = _Sheet(offers)
    sheet.column((f"{episode.id} · {full_label(episode)}", Narrow(episode.id)) for episode in episodes)
    return sheet.drawing()


def draw_notes(*notes: str) -> Drawing:
    """Draw plain sentences."""
    sheet = _Sheet(Offers.NAMED)
    for note in notes:
        sheet.words(note)
    return sheet.drawing()


def lay_out(drawing: Drawing, console: Console, width: int | None) -> Text:
    """Bring a drawing to a width in cells; None breaks no line.

    A line ends in a line feed; the text holds no other control character.
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
    """Name an episode in few words, safely."""
    return safe_label(label(episode))


class _Sheet:
    """Lines as they are written down, and the numbers given away in them."""

    def __init__(self, offers: Offers) -> None:
        self._offers = offers
        self._lines: list[Line] = []
        self._picks: list[Pick] = []

    def drawing(self) -> Drawing:
        return Drawing(tuple(self._lines), tuple(self._picks))

    def gap(self) -> None:
        if self._lines:
            self._lines.append(Line(Text()))

    def words(self, text: str, style: str = "", margin: str = "") -> None:
        self._lines += (Line(Text(row, style), margin, margin) for row in safe(text).split("\n"))

    def label(self, text: str, style: str = "", margin: str = "") -> None:
        self._lines.append(Line(Text(safe_label(text, _LABEL), style), margin, margin))

    def address(self, url: str, margin: str = "") -> None:
        self._lines.append(Line(Text("".join(safe(url).split()), _LINK), margin, margin, whole=True))

    def understood(self, question: str | None) -> None:
        if question is not None:
            self.label(understood_as(safe_label(question)), _QUIET)

    def column(self, choices: Iterable[tuple[str, Pick]]) -> None:
        for words, pick in choices:
            mark = f"  {self._number(pick):>2}  " if self._offers is Offers.NUMBERED else "- "
            self._lines.append(Line(Text(safe_label(words)), mark, " " * len(mark), _NUMBER))

    def group(self, heading: str, choices: Iterable[tuple[str, Pick]]) -> None:
        """Write a heading and what it is about: below it where it can be picked, else beside it."""
        known = tuple(choices)
        if not known:
            return
        self.gap()
        if self._offers is Offers.NUMBERED:
            self.label(f"{heading}:", _QUIET)
            self.column(known)
        else:
            named = ", ".join(safe_label(words) for words, _ in known[:_NAMED_AT_MOST])
            self._lines.append(Line(Text(named), f"{heading}: ", "  "))

    def _number(self, pick: Pick) -> int:
        self._picks.append(pick)
        return len(self._picks)


def _found(sheet: _Sheet, found: Found) -> None:
    if found.topics:
        sheet.label(found.topics[0].title, _HEADING)
    sheet.words(found.text)
    short = sum(len(piece.text) for piece in found.evidence) <= _SHORT
    at_once = len(found.evidence) if short else _AT_ONCE
    shown, kept = found.evidence[:at_once], found.evidence[at_once:]
    _evidence(sheet, shown)
    if found.place is not None:
        _place(sheet, found.place)
    sheet.group("See also", _opening(found.topics[1:]))
    sheet.group("Ask next", _opening(topic for topic in found.related if topic not in found.topics))
    _more(sheet, (*(evidence.id for evidence in kept), *found.more))


def _more(sheet: _Sheet, rest: tuple[ItemId, ...]) -> None:
    if rest:
        noun = "quotation" if len(rest) == 1 else "quotations"
        sheet.group("More on this", [(f"{len(rest)} more {noun}", Open(rest))])


def _fact(sheet: _Sheet, fact: Fact) -> None:
    sheet.words(fact.text)
    for episode in fact.episodes[:_EPISODES_OF_A_FACT]:
        _place(sheet, episode)
    sheet.group("Ask next", _opening(fact.related))


def _place(sheet: _Sheet, episode: Episode) -> None:
    sheet.label(f"— {full_label(episode)}", _QUIET, "  ")
    if address := episode.links.first:
        sheet.address(address, "    ")


def _quote_check(sheet: _Sheet, check: QuoteCheck) -> None:
    sheet.words(check.text)
    _evidence(sheet, check.evidence[:_AT_ONCE])
    _more(sheet, tuple(evidence.id for evidence in check.evidence[_AT_ONCE:]))
    sheet.group("Try", _opening(check.suggestions))


def _evidence(sheet: _Sheet, pieces: Sequence[Evidence]) -> None:
    for piece in pieces:
        sheet.gap()
        sheet.words(f"“{piece.text}”", _QUOTATION, _BAR)
        sheet.label(
            " · ".join(filter(None, (f"— {speaker(piece)}", label(piece.episode), moment(piece)))), _QUIET, _BAR
        )
        if piece.url is not None:
            sheet.address(piece.url, _BAR)


def _opening(topics: Iterable[Topic]) -> Iterator[tuple[str, Pick]]:
    return ((topic.title, Open((topic.id,))) for topic in topics)
