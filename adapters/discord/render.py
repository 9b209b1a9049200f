"""Draws answers as Discord messages: an embed, or plain text where embeds are not allowed, and what can be pressed.

Pure: an Answer in, a Card out. Nothing is asked, looked up or sent here; every word from outside goes through `text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import assert_never

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
    DELETE,
    LEFT_OUT,
    MORE,
    NOT_SAID,
    NOT_USEFUL,
    SHARE,
    USEFUL,
    clock,
    full_label,
    headline,
    label,
    long_date,
    moment,
    places,
    speaker,
    taken_from,
    understood_as,
)

from .buttons import Another, Cancel, Choose, Delete, Open, Page, Press, Rate, Share, TellMe, encode, that_fit
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
_EPISODES = 5
_SPEAKER = 80
_EPISODE = 100
_GAP = "\n\n"
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
    """

    asker: int
    private: bool = False
    embeds: bool = True
    rated: AnswerId | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """One button, with a label that fits."""

    label: str
    press: Press
    quiet: bool = False


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
class Card:
    """One message, each part within Discord's limits and safe to send.

    Attributes:
        panels: at least one; several where several questions were asked.
        rows: buttons, at most five a row.
    """

    panels: tuple[Panel, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    menu: Menu | None = None
    embeds: bool = True

    @property
    def text(self) -> str:
        """The whole message as markup without embeds, at most 2000 characters where drawn for that."""
        return _GAP.join(panel.text for panel in self.panels)


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
    1: _Room(total=1680, title=100, footer=200, paragraph=700, words=400, footer_reads=defuse),
    2: _Room(total=780, title=100, footer=100, paragraph=400, words=250, footer_reads=defuse),
    3: _Room(total=500, title=80, footer=70, paragraph=250, words=170, footer_reads=defuse),
}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One answer: what is read of it, and what can be opened from it, best first."""

    panel: Panel
    picks: tuple[Button, ...] = ()
    more: tuple[ItemId, ...] = ()


def draw(answer: Answer, scene: Scene, *, another: Another | None = None, tell: TellMe | None = None) -> Card:
    """Draw any answer; `another` adds the button that draws one more quote, `tell` the one that waits for an answer."""
    match answer:
        case Several():
            return _several(answer, scene)
        case _:
            drawn = _drawn(answer, _room(scene))
            further = _more_button(MORE, drawn.more)
            waiting = () if tell is None else (Button(TELL_ME, tell, quiet=True),)
            actions = (*further, *waiting, *_actions(scene, another=another, share=may_be_shared(answer)))
            return Card((drawn.panel,), _rows((*_in_rows(drawn.picks), actions)), embeds=scene.embeds)


def _several(several: Several, scene: Scene) -> Card:
    """Draw a panel for each question, and a row of buttons for each, in the same order."""
    parts = several.parts
    drawn = [_drawn(part.answer, _room(scene, len(parts)), asked=part.asked) for part in parts]
    rows = []
    for part, each in zip(parts, drawn, strict=True):
        further = _more_button(f"More: {part.asked}", each.more)
        rows.append((*each.picks[: _ROW - len(further)], *further))
    actions = _actions(scene, share=may_be_shared(several))
    return Card(tuple(each.panel for each in drawn), _rows((*rows, actions)), embeds=scene.embeds)


def _drawn(answer: SingleAnswer, room: _Room, *, asked: str | None = None) -> _Drawn:
    """Draw one answer; a question that is given stands above it, instead of a title of its own."""
    title = headline(answer) if asked is None else asked
    understood = answer.understood if asked is None and not isinstance(answer, Help) else None
    text = fitted(answer.text, room.paragraph, defuse) or _NOTHING
    match answer:
        case Found():
            return _found(answer, text, room, title, understood)
        case Fact(episodes=episodes, related=related):
            blocks = (text, *_lines(_places_of(episodes[:_EPISODES], named_in=answer.text), _left(room, text)))
            panel = _panel(room, blocks, Colour.SAID, title, understood)
            return _Drawn(panel, _topic_row(related))
        case QuoteCheck():
            return _quote_check(answer, text, room, title, understood)
        case Unsure(guesses=guesses, evidence=evidence):
            shown = _evidence_that_fits(evidence, room, used=size(text))
            sources = [piece.source for piece in evidence[: len(shown)]]
            panel = _panel(room, (text, *shown), Colour.UNSURE, title, understood, sources=sources)
            return _Drawn(panel, tuple(_guess_buttons(guesses[:_GUESSES])))
        case NotFound(suggestions=suggestions):
            panel = _panel(room, (text,), Colour.NOTHING, title, understood)
            return _Drawn(panel, tuple(_topic_buttons(suggestions[:_GUESSES])))
        case Help(examples=examples):
            examples_shown = (f"- {fitted(example, 150, defuse)}" for example in examples[:_EXAMPLES])
            blocks = (text, *_lines(examples_shown, _left(room, text)))
            return _Drawn(_panel(room, blocks, Colour.SAID, title, hint=_COMMANDS))
        case _:
            assert_never(answer)


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
        rows=_rows([tuple(turns), _actions(scene)]),
        menu=_menu(page, Choose(episode, number)),
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
        (_panel(room, blocks, Colour.SAID, episode.title, sources=(episode.source,)),),
        rows=_rows([(*all_topics, *_actions(scene))]),
        menu=_menu(topics[:_PAGE], Choose(episode.id, 0)) if topics else None,
        embeds=scene.embeds,
    )


def notice(words: str, scene: Scene) -> Card:
    """Draw a line of the adapter's own: a wait, an apology, something that is gone."""
    return Card((Panel((fitted(words, _PLAIN_TEXT[1].paragraph, defuse),), Colour.NOTHING),), embeds=scene.embeds)


def draw_wishes(wishes: Sequence[Wish], scene: Scene) -> Card:
    """List what somebody waits for, at least one, with a button to cancel each."""
    lines = (f"{number}. {fitted(wish.question, 60, defuse)}" for number, wish in enumerate(wishes, 1))
    buttons = [Button(f"{CANCEL} {number}", Cancel(wish.name), quiet=True) for number, wish in enumerate(wishes, 1)]
    blocks = (YOUR_WISHES, *_lines(lines, _room(scene).total))
    return Card((Panel(blocks, Colour.SAID),), _rows(_in_rows(buttons)), embeds=scene.embeds)


def _found(answer: Found, text: str, room: _Room, title: str, understood: str | None) -> _Drawn:
    shown = _evidence_that_fits(answer.evidence, room, used=size(text))
    rest = (*(piece.id for piece in answer.evidence[len(shown) :]), *answer.more)
    main = answer.topics[0] if answer.topics else None
    related = _different(topic for topic in (*answer.topics, *answer.related) if topic != main)
    sources = [piece.source for piece in answer.evidence[: len(shown)]] or ([main.source] if main else [])
    place = (f"— {each}" for each in _places_of((answer.place,) if answer.place else (), named_in=""))
    blocks = (text, *shown, *_lines(place, _left(room, text, *shown)))
    panel = _panel(room, blocks, Colour.SAID, title, understood, sources=sources)
    return _Drawn(panel, _topic_row(related), rest)


def _quote_check(answer: QuoteCheck, text: str, room: _Room, title: str, understood: str | None) -> _Drawn:
    shown = _evidence_that_fits(answer.evidence, room, used=size(text))
    differences = _lines(
        (_difference(part) for part in answer.further_differences[:_DIFFERENCES]), _left(room, text, *shown)
    )
    rest = tuple(piece.id for piece in answer.evidence[len(shown) :])
    match answer.verdict:
        case Verdict.EXACT:
            colour = Colour.SAID
        case Verdict.CLOSE | Verdict.BY_OTHERS | Verdict.OPPOSITE:
            colour = Colour.CLOSE
        case Verdict.NOT_FOUND:
            colour = Colour.NOTHING
        case _:
            assert_never(answer.verdict)
    sources = [piece.source for piece in answer.evidence[: len(shown)]]
    blocks = (text, *shown, *differences)
    panel = _panel(room, blocks, colour, title, understood, sources=sources)
    return _Drawn(panel, tuple(_topic_buttons(answer.suggestions[:_GUESSES])), rest)


def _panel(
    room: _Room,
    blocks: Sequence[str],
    colour: Colour,
    title: str,
    understood: str | None = None,
    *,
    sources: Iterable[str] = (),
    hint: str = "",
) -> Panel:
    asides = (hint, understood_as(understood) if understood else "", taken_from(sources))
    return Panel(
        blocks=tuple(block for block in blocks if block) or (_NOTHING,),
        colour=colour,
        title=fitted(title, room.title, defuse),
        footer=fitted(" · ".join(filter(None, asides)), room.footer, room.footer_reads),
    )


def _room(scene: Scene, panels: int = 1) -> _Room:
    return (_EMBEDS if scene.embeds else _PLAIN_TEXT)[panels]


def _evidence_that_fits(evidence: Sequence[Evidence], room: _Room, *, used: int) -> list[str]:
    shown: list[str] = []
    for piece in evidence[:_EVIDENCE]:
        block = _evidence(piece, room.words)
        used += len(_GAP) + size(block)
        if used > room.total:
            break
        shown.append(block)
    return shown


def _evidence(piece: Evidence, limit: int) -> str:
    # A line feed would end the block quote in the middle of what was said.
    words = fitted(" ".join(piece.text.split()), limit, defuse)
    said_by = fitted(speaker(piece), _SPEAKER, defuse)
    return f"> {words}\n> — {said_by} · {_name(piece.episode)} · {_moment(piece)}".removesuffix(" · ")


def _moment(piece: Evidence) -> str:
    time = moment(piece)
    if time is None:
        return link("listen", piece.url) if piece.url else ""
    return link(time, piece.url)


def _difference(part: Difference) -> str:
    asked, real = (fitted(" ".join(words.split()), 120, defuse) for words in (part.asked, part.real))
    if asked and real:
        return f"- ~~{asked}~~ → **{real}**"
    if real:
        return f"- **{real}** {LEFT_OUT}"
    return f"- ~~{asked}~~ {NOT_SAID}" if asked else ""


def _name(episode: Episode) -> str:
    return fitted(label(episode), _EPISODE, defuse)


def _names(names: Iterable[str]) -> str:
    return fitted(", ".join(names), 200, defuse)


def _places_of(episodes: Sequence[Episode], *, named_in: str) -> Iterator[str]:
    """Name and link what a fact is about; what the fact itself named and nothing opens is left out."""
    for episode in episodes:
        url = episode.links.first
        if len(episodes) > 1:
            yield link(fitted(full_label(episode), _EPISODE, defuse), url)
        elif url or label(episode) not in named_in:
            yield link(_name(episode), url)


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


def _more_button(label: str, items: Sequence[ItemId]) -> tuple[Button, ...]:
    """Make the button for what did not go into an answer; none where there is nothing more."""
    further = that_fit(items)
    return () if further is None else (Button(fitted(label, _LABEL), further),)


def _actions(scene: Scene, *, another: Another | None = None, share: bool = True) -> tuple[Button, ...]:
    buttons = []
    if another is not None:
        buttons.append(Button(ANOTHER_QUOTE, another))
    if not scene.private:
        buttons.append(Button(DELETE, Delete(scene.asker), quiet=True))
    elif share:
        buttons.append(Button(SHARE, Share()))
    if scene.rated is not None:
        buttons += (Button(word, Rate(scene.rated, useful), quiet=True) for word, useful in _RATINGS)
    return tuple(buttons)


def _topic_row(topics: Iterable[Topic]) -> tuple[Button, ...]:
    return tuple(_topic_buttons(topics))[:_ROW]


def _topic_buttons(topics: Iterable[Topic]) -> Iterator[Button]:
    for topic in topics:
        yield Button(fitted(topic.title, _LABEL) or _NOTHING, Open(topic.id))


def _guess_buttons(guesses: Iterable[Guess]) -> Iterator[Button]:
    for guess in guesses:
        yield Button(fitted(guess.label, _LABEL) or _NOTHING, Open(guess.id))


def _in_rows(buttons: Iterable[Button]) -> Iterator[tuple[Button, ...]]:
    several = tuple(buttons)
    for first in range(0, len(several), _ROW):
        yield several[first : first + _ROW]


def _rows(rows: Iterable[Sequence[Button]]) -> tuple[tuple[Button, ...], ...]:
    """Leave out what can't be sent: ids too long for a button, and the same button twice."""
    seen: set[str | None] = {None}
    kept: list[tuple[Button, ...]] = []
    for row in rows:
        fitting: list[Button] = []
        for button in row:
            if (custom_id := encode(button.press)) not in seen:
                seen.add(custom_id)
                fitting.append(button)
        if fitting:
            kept.append(tuple(fitting))
    return tuple(kept)


def _menu(topics: Sequence[Topic], press: Choose) -> Menu | None:
    options = tuple(
        Option(fitted(topic.title, _OPTION) or _NOTHING, topic.id)
        for topic in _different(topics)
        if 0 < len(topic.id) <= _OPTION and topic.id.isascii()
    )
    return Menu("Choose a topic", press, options) if options and encode(press) is not None else None


def _different(topics: Iterable[Topic]) -> Iterator[Topic]:
    return iter({topic.id: topic for topic in topics}.values())
