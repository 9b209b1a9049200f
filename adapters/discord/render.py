"""Draws answers as Discord messages: an embed, or plain text where embeds are not allowed, and what can be pressed.

Pure: an Answer in, a Card out. Nothing is asked, looked up or sent here; every word from outside goes through `text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import TypeAlias, assert_never

from bot.port import showing
from bot.port.cards import CARD
from bot.port.excerpts import Run, quoted
from bot.port.logbook import AnswerId
from bot.port.members import CANCEL, TELL_ME, YOUR_WISHES
from bot.port.messages import (
    Answer,
    Difference,
    Episode,
    EpisodeId,
    Evidence,
    Fact,
    Found,
    Guess,
    Help,
    ItemId,
    NotFound,
    Part,
    QuoteCheck,
    Several,
    SingleAnswer,
    Topic,
    Unsure,
    Verdict,
)
from bot.port.visibility import may_be_shared
from bot.port.wishes import Wish
from bot.port.wording import (
    ANOTHER_QUOTE,
    AROUND,
    DELETE,
    LEFT_OUT,
    NEAREST,
    NOT_SAID,
    NOT_USEFUL,
    RELATED,
    SHARE,
    USEFUL,
    asked,
    byline,
    clock,
    full_label,
    headline,
    label,
    listen,
    long_date,
    moment,
    more,
    places,
    taken_from,
    understood_as,
)

from .buttons import (
    Another,
    AsCard,
    Beside,
    Cancel,
    Choose,
    Delete,
    More,
    Open,
    Page,
    Press,
    Rate,
    Share,
    TellMe,
    encode,
    that_fit,
)
from .text import defuse, fitted, link, plain, size

_LABEL = 80
_OPTION = 100
_PAGE = 25
"""Topics on a page: as many as a select menu holds."""

_ROW = 5
_GUESSES = 10
_EVIDENCE = 5
_EXAMPLES = 6
_DIFFERENCES = 5
_ASKED = 250
_AGAIN = 40
_BYLINE = 200
_EPISODE = 100
_PICTURED = 1024
_GAP = "\n\n"
_CHOOSE = "Choose a topic"
_COMMANDS = "Mention me, or type /ask, /quote, /topics, /episode or /verify"
_NOTHING = "…"
"""Stands in for an answer none of whose words can be shown: Discord refuses an empty message."""


_RATINGS = ((USEFUL, True), (NOT_USEFUL, False))


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
    """

    asker: int
    private: bool = False
    embeds: bool = True
    rated: AnswerId | None = None
    asked: str | None = None
    cards: bool = False


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
class Option:
    """One line of a select menu."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A select menu."""

    prompt: str
    press: Choose
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What is read under one title: an embed, or a stretch of plain text.

    Attributes:
        blocks: paragraphs of markup, never empty.
    """

    blocks: tuple[str, ...]
    colour: Colour
    title: str = ""
    footer: str = ""

    @property
    def text(self) -> str:
        """The panel as markup without an embed."""
        title = f"**{self.title}**\n" if self.title else ""
        footer = f"\n-# {self.footer}" if self.footer else ""
        return f"{title}{self.description}{footer}"

    @property
    def description(self) -> str:
        """The blocks as an embed's description."""
        return _GAP.join(self.blocks)


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
        menu: above them; what is only beside the point stands below, in `related`.
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
        return f"{asked_}{_GAP.join(panel.text for panel in self.panels)}"


@dataclass(frozen=True, slots=True)
class _Room:
    """How much fits into a panel, in characters as Discord counts them.

    Attributes:
        footer_reads: makes words safe for a footer: an embed shows it as it is, plain text is read as markup.
    """

    total: int
    title: int
    footer: int
    paragraph: int
    words: int
    footer_reads: Callable[[str], str]


# By how many panels share a message. Embeds: 4096 characters of description, 256 of title, 6000 over all of them.
# Plain text: 2000, with titles, footers and the marks and gaps around them inside.
_EMBEDS = {
    1: _Room(total=4096, title=256, footer=400, paragraph=1800, words=700, footer_reads=plain),
    2: _Room(total=2500, title=200, footer=200, paragraph=1200, words=500, footer_reads=plain),
    3: _Room(total=1650, title=150, footer=150, paragraph=800, words=400, footer_reads=plain),
}
_PLAIN_TEXT = {
    1: _Room(total=1400, title=100, footer=200, paragraph=600, words=400, footer_reads=defuse),
    2: _Room(total=780, title=100, footer=100, paragraph=400, words=250, footer_reads=defuse),
    3: _Room(total=500, title=80, footer=70, paragraph=250, words=170, footer_reads=defuse),
}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One answer: what is read of it, and what can be opened from it.

    Attributes:
        row: what belongs to it most, best first.
        guesses: what it may mean, where there is nothing else.
        menu: what else can be asked, by label.
    """

    panel: Panel
    row: tuple[AnyButton, ...] = ()
    guesses: tuple[Button, ...] = ()
    menu: tuple[tuple[str, ItemId], ...] = ()
    prompt: str = RELATED


def draw(answer: Answer, scene: Scene, *, another: Another | None = None, tell: TellMe | None = None) -> Card:
    """Draw any answer; `another` adds the button that draws one more quote, `tell` the one that waits for an answer."""
    match answer:
        case Several():
            return _several(answer, scene, tell)
        case _:
            drawn = _single(answer, scene)
            actions = _actions(scene, another=another, tell=tell, share=may_be_shared(answer))
            related = _menu(drawn.menu, Choose(None, 0), drawn.prompt)
            rows = _rows((*_in_rows(drawn.guesses), *_with_thumbs((*drawn.row, *actions), scene)))
            question = f"-# {fitted(asked(scene.asked), _ASKED, defuse)}" if scene.asked else ""
            return Card((drawn.panel,), rows, related=related, embeds=scene.embeds, asked=question)


def _several(several: Several, scene: Scene, tell: TellMe | None) -> Card:
    """Draw a panel for each question, one row of buttons for all of them, and what each may mean."""
    parts = several.parts
    drawn = [_part(part, _room(scene, len(parts))) for part in parts]
    row = [button for each in drawn for button in each.row]
    actions = _actions(scene, tell=tell, share=may_be_shared(several))
    related = _menu([each for one in drawn for each in one.menu], Choose(None, 0), RELATED)
    rows = _rows((*(each.guesses[:_ROW] for each in drawn), *_with_thumbs((*row, *actions), scene)))
    return Card(tuple(each.panel for each in drawn), rows, related=related, embeds=scene.embeds)


def _single(answer: SingleAnswer, scene: Scene) -> _Drawn:
    """Draw an answer by itself, with the buttons that go with it."""
    opens = showing.opening(answer)
    blocks, left = _read(answer, showing.told(answer), _room(scene), opens)
    row: list[AnyButton] = []
    if opens:
        row.append(LinkButton(listen(showing.shown(answer)[0]), opens))
    if left is not None:
        row.append(Button(more(len(left.items)), left, quiet=True))
    if around := showing.surroundings(answer):
        row.append(Button(AROUND, Beside(around), quiet=True))
    if scene.cards and (pieces := showing.shown(answer)):
        row.append(Button(CARD, AsCard(pieces[0].id), quiet=True))
    if isinstance(answer, NotFound) and (nearest := that_fit(answer.nearest)):
        row.append(Button(NEAREST, nearest, quiet=True))
    understood = None if isinstance(answer, Help) else answer.understood
    hints = (_hint(answer), understood_as(understood) if understood else "")
    panel = _panel(_room(scene), blocks, _colour(answer), headline(answer), hints)
    return _offering(answer, panel, row)


def _part(part: Part, room: _Room) -> _Drawn:
    """Draw one of several answers under its question, which leaves room for one button."""
    blocks, left = _read(part.answer, showing.told_of(part), room)
    row = [] if left is None else [Button(f"{more(len(left.items))}: {fitted(part.asked, _AGAIN)}", left, quiet=True)]
    return _offering(part.answer, _panel(room, blocks, _colour(part.answer), part.asked, (_hint(part.answer),)), row)


def _offering(answer: SingleAnswer, panel: Panel, row: Sequence[AnyButton]) -> _Drawn:
    """Add what can be asked instead or next."""
    match answer:
        case Unsure(guesses=guesses, evidence=()):
            return _Drawn(panel, tuple(row), tuple(_guess_buttons(guesses[:_GUESSES])))
        case Unsure(guesses=guesses):
            choices = tuple((each.label, each.id) for each in guesses)
        case _:
            choices = tuple(_topics(showing.related(answer)))
    return _Drawn(panel, tuple(row), menu=choices, prompt=showing.prompt(answer))


def _read(
    answer: SingleAnswer, words: str, room: _Room, opens: str | None = None
) -> tuple[tuple[str, ...], More | None]:
    """Draw what is read of an answer, and say what is left; a button `opens` where the first quotation is heard."""
    told = _told(answer, words, room.paragraph)
    shown = _evidence_that_fits(showing.shown(answer), room, opens, used=size(told))
    blocks = (told, *shown, *_beside(answer, _left(room, told, *shown)))
    return blocks, that_fit(showing.waiting(answer, len(shown)))


def _told(answer: SingleAnswer, words: str, limit: int) -> str:
    if isinstance(answer, Fact):
        runs = showing.linked(answer)
        return fitted("".join(run.words for run in runs), limit, partial(_styled, runs)) or _NOTHING
    return fitted(words, limit, defuse)


def _beside(answer: SingleAnswer, left: int) -> Iterator[str]:
    """Draw what stands below the words of an answer, where there is room left for it."""
    match answer:
        case Found(place=place):
            yield from _lines((f"— {each}" for each in _places_of((place,) if place else ())), left)
        case Fact():
            yield from _lines((f"— {each}" for each in _places_of(showing.unnamed(answer))), left)
        case QuoteCheck():
            differences = (_difference(part) for part in answer.further_differences[:_DIFFERENCES])
            yield from _lines(differences, left)
        case Help(examples=examples):
            yield from _lines((f"- {fitted(example, 150, defuse)}" for example in examples[:_EXAMPLES]), left)
        case Unsure() | NotFound():
            pass
        case _:
            assert_never(answer)


def _colour(answer: SingleAnswer) -> Colour:
    match answer:
        case Found() | Fact() | Help() | QuoteCheck(verdict=Verdict.EXACT):
            return Colour.SAID
        case QuoteCheck(verdict=Verdict.NOT_FOUND) | NotFound():
            return Colour.NOTHING
        case QuoteCheck():
            return Colour.CLOSE
        case Unsure():
            return Colour.UNSURE
        case _:
            assert_never(answer)


def _hint(answer: SingleAnswer) -> str:
    """Say how to ask, and where what nobody is quoted on is from."""
    match answer:
        case Help():
            return _COMMANDS
        case Found(topics=(topic, *_), evidence=()):
            return taken_from((topic.source,))
        case _:
            return ""


def draw_topics(topics: Sequence[Topic], episode: EpisodeId | None, number: int, scene: Scene) -> Card:
    """Draw one page, counted from 0, of a list that has at least one topic; a page that isn't there is the nearest."""
    pages = -(-len(topics) // _PAGE)
    number = min(number, pages - 1)
    first = number * _PAGE
    page = topics[first : first + _PAGE]
    lines = (f"{count}. {fitted(topic.title, 60, defuse)}" for count, topic in enumerate(page, first + 1))
    turns = []
    if number > 0:
        turns.append(Button("Earlier topics", Page(episode, number - 1)))
    if number + 1 < pages:
        turns.append(Button("More topics", Page(episode, number + 1)))
    footer = f"Page {number + 1} of {pages}" if pages > 1 else ""
    return Card(
        (Panel(tuple(_lines(lines, _room(scene).total)), Colour.SAID, "What you can ask about", footer),),
        rows=_rows([(*turns, *_actions(scene))]),
        menu=_menu(_topics(page), Choose(episode, number), _CHOOSE),
        embeds=scene.embeds,
    )


def draw_episode(episode: Episode, topics: Sequence[Topic], scene: Scene) -> Card:
    """Draw an episode's card: who, when, where to hear it, and its topics to choose from."""
    room = _room(scene)
    about = episode.summary or episode.subtitle or ""
    summary = fitted(about, room.words, defuse) if about else ""
    facts = (
        ("Show", fitted(episode.show, _EPISODE, defuse)),
        ("Season", "" if episode.season is None else str(episode.season)),
        ("Number", fitted(episode.number or "", _EPISODE, defuse)),
        ("With", _names(guest.name for guest in episode.guests)),
        ("Hosted by", _names(host.name for host in episode.hosts)),
        ("Published", long_date(episode.published) if episode.published else ""),
        ("Length", clock(episode.duration) if episode.duration else ""),
        ("Listen", _places(episode)),
    )
    known = (f"**{name}** {value}" for name, value in facts if value)
    blocks = (summary, *_lines(known, _left(room, summary)))
    all_topics = (Button("All topics", Page(episode.id, 0)),) if len(topics) > _PAGE else ()
    return Card(
        (_panel(room, blocks, Colour.SAID, episode.title),),
        rows=_rows([(*all_topics, *_actions(scene))]),
        menu=_menu(_topics(topics[:_PAGE]), Choose(episode.id, 0), _CHOOSE),
        embeds=scene.embeds,
    )


def draw_card(piece: Evidence, content: bytes, scene: Scene) -> Card:
    """Show a picture of a quotation over its byline, which opens where it is heard."""
    picture = Picture(content, fitted(piece.text, _PICTURED))
    # No embed: it would stand between the picture and its byline, and a shared answer would lose the picture.
    panel = Panel((_source(piece, timed=True),), Colour.SAID)
    return Card((panel,), _rows([_actions(scene, share=False)]), embeds=False, picture=picture)


def notice(words: str, scene: Scene) -> Card:
    """Draw a line of the adapter's own: a wait, an apology, something that is gone."""
    return Card((Panel((fitted(words, _PLAIN_TEXT[1].paragraph, defuse),), Colour.NOTHING),), embeds=scene.embeds)


def draw_wishes(wishes: Sequence[Wish], scene: Scene) -> Card:
    """List what somebody waits for, at least one, with a button to cancel each."""
    lines = (f"{number}. {fitted(wish.question, 60, defuse)}" for number, wish in enumerate(wishes, 1))
    buttons = [Button(f"{CANCEL} {number}", Cancel(wish.name), quiet=True) for number, wish in enumerate(wishes, 1)]
    blocks = (YOUR_WISHES, *_lines(lines, _room(scene).total))
    return Card((Panel(blocks, Colour.SAID),), _rows(_in_rows(buttons)), embeds=scene.embeds)


def _panel(
    room: _Room,
    blocks: Sequence[str],
    colour: Colour,
    title: str,
    asides: Iterable[str] = (),
) -> Panel:
    return Panel(
        blocks=tuple(block for block in blocks if block) or (_NOTHING,),
        colour=colour,
        title=fitted(title, room.title, defuse),
        footer=fitted(" · ".join(filter(None, asides)), room.footer, room.footer_reads),
    )


def _room(scene: Scene, panels: int = 1) -> _Room:
    return (_EMBEDS if scene.embeds else _PLAIN_TEXT)[panels]


def _evidence_that_fits(evidence: Sequence[Evidence], room: _Room, opens: str | None, *, used: int) -> list[str]:
    shown: list[str] = []
    for number, piece in enumerate(evidence[:_EVIDENCE]):
        block = _evidence(piece, room.words, timed=bool(number) or opens is None)
        used += len(_GAP) + size(block)
        if used > room.total:
            break
        shown.append(block)
    return shown


def _evidence(piece: Evidence, limit: int, *, timed: bool) -> str:
    """Draw a quotation over its byline; `timed`: with when it was said, which opens there."""
    runs = quoted(piece)
    words = fitted("".join(run.words for run in runs), limit, partial(_styled, runs)) or _NOTHING
    return f"> {words}\n{_source(piece, timed=timed)}"


def _source(piece: Evidence, *, timed: bool) -> str:
    line = fitted(" · ".join(byline(piece)), _BYLINE, defuse)
    return f"— {' · '.join(filter(None, (line, _moment(piece) if timed else '')))}"


def _styled(runs: Sequence[Run], words: str) -> str:
    """Write the beginning of some runs as markup: `words` says how much of it."""
    left, written = len(words), ""
    for run in runs:
        piece, left = run.words[:left], left - min(left, len(run.words))
        made = defuse(piece)
        if not made:
            written += " " if piece else ""
            continue
        shown = f"**{made}**" if run.bold else link(made, run.url) if run.url else made
        written += f"{' ' if piece[0] == ' ' else ''}{shown}{' ' if piece[-1] == ' ' else ''}"
    return written


def _moment(piece: Evidence) -> str:
    return link(listen(piece), piece.url) if piece.url else moment(piece) or ""


def _difference(part: Difference) -> str:
    asked, real = (fitted(" ".join(words.split()), 120, defuse) for words in (part.asked, part.real))
    if asked and real:
        return f"- ~~{asked}~~ → **{real}**"
    if real:
        return f"- **{real}** {LEFT_OUT}"
    return f"- ~~{asked}~~ {NOT_SAID}" if asked else ""


def _names(names: Iterable[str]) -> str:
    return fitted(", ".join(names), 200, defuse)


def _places_of(episodes: Sequence[Episode]) -> Iterator[str]:
    """Name and link what an answer is about."""
    name = full_label if len(episodes) > 1 else label
    return (link(fitted(name(each), _EPISODE, defuse), each.links.first) for each in episodes)


def _places(episode: Episode) -> str:
    links = (link(name, url, limit=100) for name, url in places(episode))
    return " · ".join(written for written in links if written.startswith("["))


def _lines(lines: Iterable[str], limit: int) -> Iterator[str]:
    """Make one block of the lines that fit, or none of no line."""
    block = ""
    for line in filter(None, lines):
        longer = f"{block}\n{line}" if block else line
        if size(longer) > limit:
            break
        block = longer
    if block:
        yield block


def _left(room: _Room, *blocks: str) -> int:
    return room.total - sum(size(block) + len(_GAP) for block in blocks)


def _actions(
    scene: Scene, *, another: Another | None = None, tell: TellMe | None = None, share: bool = True
) -> tuple[Button, ...]:
    buttons = []
    if another is not None:
        buttons.append(Button(ANOTHER_QUOTE, another, quiet=True))
    if tell is not None:
        buttons.append(Button(TELL_ME, tell, quiet=True))
    if not scene.private:
        buttons.append(Button(DELETE, Delete(scene.asker), quiet=True))
    elif share:
        buttons.append(Button(SHARE, Share(), quiet=True))
    return tuple(buttons)


def _with_thumbs(buttons: Sequence[AnyButton], scene: Scene) -> list[tuple[AnyButton, ...]]:
    """Put both thumbs at the end of a row, or else in one of their own."""
    rows = list(_in_rows(buttons))
    rated = scene.rated
    if rated is None:
        return rows
    thumbs = tuple(Button(word, Rate(rated, useful), quiet=True) for word, useful in _RATINGS)
    if rows and len(rows[-1]) + len(thumbs) <= _ROW:
        return [*rows[:-1], (*rows[-1], *thumbs)]
    return [*rows, thumbs]


def _guess_buttons(guesses: Iterable[Guess]) -> Iterator[Button]:
    for guess in guesses:
        yield Button(fitted(guess.label, _LABEL) or _NOTHING, Open(guess.id))


def _in_rows(buttons: Iterable[AnyButton]) -> Iterator[tuple[AnyButton, ...]]:
    several = tuple(buttons)
    for first in range(0, len(several), _ROW):
        yield several[first : first + _ROW]


def _rows(rows: Iterable[Sequence[AnyButton]]) -> tuple[tuple[AnyButton, ...], ...]:
    """Leave out what can't be sent: ids too long for a button, and the same button twice."""
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


def _menu(choices: Iterable[tuple[str, ItemId]], press: Choose, prompt: str) -> Menu | None:
    """Make a menu of what a menu can carry; None where that is nothing."""
    options = tuple(
        Option(fitted(words, _OPTION) or _NOTHING, item)
        for item, words in {item: words for words, item in choices}.items()
        if 0 < len(item) <= _OPTION and item.isascii()
    )
    return Menu(prompt, press, options[:_PAGE]) if options and encode(press) is not None else None


def _topics(topics: Iterable[Topic]) -> Iterator[tuple[str, ItemId]]:
    return ((topic.title, topic.id) for topic in topics)
