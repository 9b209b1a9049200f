"""Draws answers as Slack messages: blocks, and a text that is sufficient in a notification.

Pure: an Answer in, a Message out. `blocks` builds every block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.port import presentation, wording
from bot.port.cards import CARD
from bot.port.charts import FILE, DrawnChart, beside_its_picture
from bot.port.excerpts import Run, quoted
from bot.port.members import TELL_ME
from bot.port.messages import (
    Answer,
    Episode,
    Evidence,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    Part,
    QuoteCheck,
    Several,
    SingleAnswer,
    Unsure,
)
from bot.port.players import Player, listed
from bot.port.presentation import InContext, Open

from . import blocks as b
from .button_values import AskQuestion, ButtonValue, DrawQuote, Rated, encode, encode_vote
from .calls import File

PRESS_SHARE = "share"
PRESS_DELETE = "delete"
PRESS_RATE = "rate"
PRESS_TELL = "tell"
PRESS_LISTEN = "listen"
PRESS_CARD = "card"
PICK_PLAYER = "player"
_PRESS_OPEN = "open"
_PRESS_MORE = "more"
_PRESS_AROUND = "around"
_PRESS_ANOTHER = "another"
PICK_TOPIC = "pick_topic"
PICK_EPISODE = "pick_episode"

_TEXT = 4000
_RICH = 3000
_WORDS = 1200
"""Maximum number of characters of a quotation; Slack still accepts a message with ten of them."""
_EVIDENCE = 5
_EVIDENCE_OF_A_PART = 3
_WORDS_OF_A_PART = 600
"""Maximum number of characters of a quotation in a message with up to three answers."""
_ASIDE = 300
_AGAIN = 40
_PICKS = 5
_LISTED = 25
_TITLED = 100
_DESCRIBED = 1000
"""Maximum number of characters of a file's alternative text."""
_COVERED = "You can ask about:"
_COMMANDS = "Mention me, or type /ask, /quote, /topics, /episode or /verify; my Home tab says more"


@dataclass(frozen=True, slots=True)
class Message:
    """A message to send.

    Attributes:
        text: shown in notifications, and if Slack refuses the blocks; markup is escaped in it.
        chart: what to show instead of `blocks` where a picture can be uploaded.
        instead: blocks without that picture, for when Slack refuses it.
    """

    text: str
    blocks: tuple[b.Block, ...]
    chart: Charted | None = None
    instead: tuple[b.Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Charted:
    """A message whose chart is a picture.

    Attributes:
        blocks: makes its blocks, given the id of the uploaded file.
    """

    file: File
    blocks: Callable[[str], tuple[b.Block, ...]]


@dataclass(frozen=True, slots=True)
class Extras:
    """What a message carries besides its answer.

    Attributes:
        asked: the question, if others have not seen it.
        share: what the Share button posts; None for no such button.
        asker: who may press Delete; None for no such button.
        another: what Another quote draws from; None for no such button.
        rated: what the thumbs under it rate; None for no such buttons.
        tell: the open question that Tell me when keeps; None for no such button.
        pictures: whether to offer quotations as pictures.
        player: the asker's preferred player; None for none.
        art: whether it may have the show's picture.
        chart: the answer's chart; None to show it as text.
    """

    asked: str | None = None
    share: ButtonValue | None = None
    asker: str | None = None
    another: DrawQuote | None = None
    rated: Rated | None = None
    tell: AskQuestion | None = None
    pictures: bool = False
    player: Player | None = None
    art: bool = True
    chart: DrawnChart | None = None


NO_EXTRAS = Extras()


def message(text: str, blocks: Iterable[b.Block]) -> Message:
    """Make a message from text of any length that isn't escaped yet."""
    return Message(b.fitted(text, _TEXT), tuple(blocks))


def draw(answer: Answer, extras: Extras = NO_EXTRAS) -> Message:
    """Draw an answer of any kind within Slack's limits, whatever words are in it."""
    match answer:
        case Several(parts):
            return _several(parts, extras)
        case Fact() if extras.chart is not None:
            return replace(_single(answer, extras), chart=_charted(answer, extras, extras.chart))
        case _:
            return _single(answer, extras)


def _charted(answer: Fact, extras: Extras, chart: DrawnChart) -> Charted:
    """Draw a statement with a picture of its chart."""
    beside = beside_its_picture(answer)

    def blocks(file: str) -> tuple[b.Block, ...]:
        return _single(beside, extras, b.picture(file, chart.described)).blocks

    return Charted(file(FILE, chart.title, chart.picture, chart.described), blocks)


def file(name: str, title: str, content: bytes, described: str, markup: str = "") -> File:
    """Make a file of words of any length; `markup` is the comment above it."""
    return File(name, b.shorten(b.clean(title), _TITLED), content, b.shorten(b.clean(described), _DESCRIBED), markup)


def _single(answer: SingleAnswer, extras: Extras, *below: b.Block) -> Message:
    """Draw one answer, with some blocks below its words."""
    parts: list[b.Block] = []
    if extras.asked:
        parts.append(b.context(wording.asked(b.shorten(extras.asked, _ASIDE))))
    if title := wording.headline(answer):
        parts.append(b.header(title))
    pieces = presentation.shown(answer)[:_EVIDENCE]
    # With several quotations, a button would not say which one it opens.
    opens = presentation.opening(answer, extras.player) if len(pieces) == 1 else None
    art = presentation.art(answer) if pieces and extras.art else None
    parts += _read(answer, presentation.told(answer), pieces, _WORDS, by_button=opens is not None, art=art)
    parts += below
    if asides := _asides(answer):
        parts.append(b.context(asides))
    parts += _guesses(answer)
    listening = [b.button(wording.listen(pieces[0]), PRESS_LISTEN, "listen", url=opens)] if opens else []
    row = [
        *listening,
        *_further(answer, pieces),
        *_beside(answer),
        *(_pictured(pieces) if extras.pictures else []),
        *_players(answer, extras),
        *_menu(presentation.offered(answer), presentation.prompt(answer)),
        *controls(extras),
    ]
    if row:
        parts.append(b.actions(row))
    shown = (*(parts or [_paragraphs("")]), *_thumbs(extras))
    return message("\n".join(_lines(answer, pieces)), shown)


def _several(asked: Sequence[Part], extras: Extras) -> Message:
    """Draw each answer under its question, then one row of buttons for all of them."""
    parts: list[b.Block] = []
    lines: list[str] = []
    row: list[b.Element] = []
    offered: list[tuple[str, ItemId]] = []
    for number, each in enumerate(asked, 1):
        told, pieces = presentation.told_of(each), presentation.shown(each.answer)[:_EVIDENCE_OF_A_PART]
        parts.append(b.header(wording.titled(each.asked)))
        parts += _read(each.answer, told, pieces, _WORDS_OF_A_PART, by_button=False)
        parts += _guesses(each.answer, group=f"{number}.")
        row += _further(each.answer, pieces, group=f":{number}", about=f": {b.shorten(each.asked, _AGAIN)}")
        offered += presentation.offered(each.answer)
        lines += [each.asked, *_lines(each.answer, pieces)]
    if row := [*row, *_menu(offered), *controls(extras)]:
        parts.append(b.actions(row))
    return message("\n".join(lines), (*parts, *_thumbs(extras)))


def _thumbs(extras: Extras) -> tuple[b.Block, ...]:
    if extras.rated is None:
        return ()
    good, bad = (encode_vote(extras.rated, useful=useful) for useful in (True, False))
    return (b.feedback(PRESS_RATE, (wording.IS_USEFUL, good), (wording.IS_NOT_USEFUL, bad)),)


def _read(
    answer: SingleAnswer,
    words: str,
    pieces: Sequence[Evidence],
    size: int,
    *,
    by_button: bool,
    art: str | None = None,
) -> list[b.Block]:
    """Draw what is read under the title.

    `by_button`: the only quotation is heard by a button, not in its line; `art`: the address of the picture of the show
    that all of them are from.
    """
    if art is not None and by_button:
        said = [part for each in pieces for part in _pictured_evidence(each, size, art)]
    else:
        said = [evidence(each, size, timed=not by_button) for each in pieces]
        said += [b.context(pieces[0].episode.show, art, pieces[0].episode.show)] if art is not None else []
    told = [_paragraphs(words)] if words else []
    match answer:
        case Found(place=place):
            return [*told, *said, *([_place(place)] if place else [])]
        case Fact():
            return [
                b.rich_text(_runs(presentation.linked(answer)) or [b.text("")]),
                *map(_place, presentation.unnamed(answer)),
            ]
        case QuoteCheck():
            parted = [_difference(each.asked, each.real) for each in answer.further_differences[:_PICKS]]
            return [*told, *([b.rich_text(b.bullets(parted))] if parted else []), *said]
        case Unsure() | NotFound():
            return [*told, *said]
        case Help(examples=examples):
            shown = [b.bullets([b.text(example)] for example in examples[:_LISTED])] if examples else []
            return [*told, *(b.rich_text(each) for each in shown)]
        case _:
            assert_never(answer)


def _lines(answer: SingleAnswer, pieces: Sequence[Evidence]) -> list[str]:
    """Return the text for notifications, and for clients without blocks."""
    told = presentation.told(answer)
    title = wording.headline(answer) if isinstance(answer, QuoteCheck) or not (told or pieces) else ""
    lines = [line for line in (title, told) if line]
    for each in pieces:
        lines += _quoted_line(each, shown=told)
    match answer:
        case Found(place=Episode() as place):
            lines.append(f"— {wording.label(place)}")
        case QuoteCheck() | NotFound() if covered := presentation.related(answer):
            lines.append(f"{_COVERED} {', '.join(topic.title for topic in covered[:_PICKS])}")
        case Unsure(guesses=guesses):
            lines += (f"{number}. {guess.label}" for number, guess in enumerate(guesses, 1))
        case Help(examples=examples):
            lines += (f"• {example}" for example in examples)
        case _:
            pass
    return lines


def _asides(answer: SingleAnswer) -> str:
    """Say how a question was read, and where what nobody is quoted on is from; or how to ask."""
    if isinstance(answer, Help):
        return _COMMANDS
    source = wording.taken_from(filter(None, [b.shorten(presentation.source(answer), _ASIDE)]))
    read = wording.understood_as(b.shorten(answer.understood, _ASIDE)) if answer.understood else ""
    return " · ".join(filter(None, (source, read)))


def _paragraphs(words: str) -> b.Block:
    return b.rich_text([b.text(words)])


def evidence(said: Evidence, words: int = _WORDS, *, timed: bool = True) -> b.Block:
    """Draw words as a quotation, with who said them, in which episode, and, if `timed`, a time that opens there."""
    return b.rich_text(_quotation(said, words), _byline(said, timed=timed))


def _pictured_evidence(said: Evidence, words: int, art: str) -> Iterable[b.Block]:
    """Draw words as a quotation over the show's picture, whoever said them and the episode: links can't stand there."""
    yield b.rich_text(_quotation(said, words))
    yield b.context(b.shorten(" · ".join(wording.byline(said)), _ASIDE * 2), art, said.episode.show)


def _quotation(said: Evidence, words: int) -> b.Element:
    return b.quote(*(_runs(quoted(said), words) or [b.text("")]))


def _runs(runs: Sequence[Run], limit: int = _RICH) -> list[b.Element]:
    """Draw so many characters of words, those that matched in bold, those that open something as links."""
    elements: list[b.Element] = []
    for run in runs:
        if limit <= 0 or not b.clean(run.words):
            continue
        words = b.shorten(run.words, limit) if len(run.words) > limit else run.words
        elements.append(b.link(run.url, words) if run.url else b.text(words, bold=run.bold))
        limit -= len(run.words)
    return elements


def _byline(said: Evidence, *, timed: bool) -> list[b.Element]:
    line = b.shorten(f"— {' · '.join(wording.byline(said))}", _ASIDE * 2)
    if timed and said.url is not None:
        return [b.text(f"{line} · "), b.link(said.url, wording.listen(said))]
    time = wording.moment(said) if timed else None
    return [b.text(f"{line} · {time}" if time else line)]


def _place(episode: Episode) -> b.Block:
    return b.rich_text([b.text("— "), b.link(episode.links.first, b.shorten(wording.full_label(episode), _ASIDE))])


def _quoted_line(said: Evidence, *, shown: str) -> Iterable[str]:
    time = wording.moment(said)
    if said.text not in shown:
        words = "".join(run.words for run in quoted(said))
        yield f"“{b.shorten(words, _WORDS)}”"
    yield f"— {' · '.join((*wording.byline(said), *([time] if time else [])))}"


def _difference(asked: str, real: str) -> list[b.Element]:
    left_out, put_in = b.text(asked, strike=True, limit=_ASIDE), b.text(real, bold=True, limit=_ASIDE)
    if not real:
        return [left_out, b.text(f" {wording.NOT_SAID}")]
    if not asked:
        return [b.text(f"{wording.SAID_TOO} "), put_in]
    return [left_out, b.text(" → "), put_in]


def _menu(offered: Iterable[tuple[str, ItemId]], prompt: str = wording.RELATED) -> list[b.Element]:
    named: dict[ItemId, str] = {}
    for words, item in offered:
        if b.fits(item, b.OPTION_VALUE) and "<" not in item:
            named.setdefault(item, words)
    options = [b.option(words, item) for item, words in named.items()]
    return [b.static_select(prompt, PICK_TOPIC, options)] if options else []


def _guesses(answer: SingleAnswer, *, group: str = "") -> list[b.Block]:
    """What a doubtful question may mean, in a row to press, where no words answer it."""
    labels: dict[str, str] = {}
    for guess in presentation.guesses(answer):
        if (written := encode(Open((guess.id,)))) is not None:
            labels.setdefault(written, guess.label)
    picks = list(labels.items())[:_PICKS]
    row = [b.button(words, f"{_PRESS_OPEN}:{group}{place}", written) for place, (written, words) in enumerate(picks)]
    return [b.actions(row)] if row else []


def _further(answer: SingleAnswer, pieces: Sequence[Evidence], *, group: str = "", about: str = "") -> list[b.Element]:
    """The button for what did not go into the answer: as many items as it carries, best first."""
    ids = presentation.waiting(answer, len(pieces))
    nearest = answer.nearest if isinstance(answer, NotFound) else ()
    for items, words in ((ids, ""), (nearest, wording.NEAREST)):
        fitting = items
        while fitting and (written := encode(Open(fitting))) is None:
            fitting = fitting[:-1]
        if fitting and written:
            further = words or f"{presentation.further(answer, len(fitting))}{about}"
            return [b.button(further, f"{_PRESS_MORE}{group}", written)]
    return []


def _beside(answer: SingleAnswer) -> list[b.Element]:
    around = presentation.surroundings(answer)
    written = None if around is None else encode(InContext(around))
    return [] if written is None else [b.button(wording.AROUND, _PRESS_AROUND, written)]


def _pictured(pieces: Sequence[Evidence]) -> list[b.Element]:
    named = [each.id for each in pieces[:1] if b.fits(each.id, b.VALUE) and "<" not in each.id]
    return [b.button(CARD, PRESS_CARD, id) for id in named]


def _players(answer: SingleAnswer, extras: Extras) -> list[b.Element]:
    listening = presentation.listening(answer, extras.player if extras.asker is None else None)
    if listening is None:
        return []
    # A player that can't open at a time is not named: there is nothing to keep in mind then.
    lines = ((each, each.player if each.timed else f"-{each.player}") for each in listening[1])
    return [b.overflow(PICK_PLAYER, [b.option(listed(each), chosen, each.url) for each, chosen in lines])]


def controls(extras: Extras) -> list[b.Element]:
    """Draw the buttons that go with any message."""
    buttons = []
    if extras.another is not None and (again := encode(extras.another)):
        buttons.append(b.button(wording.ANOTHER_QUOTE, _PRESS_ANOTHER, again))
    if extras.tell is not None and (waiting := encode(extras.tell)):
        buttons.append(b.button(TELL_ME, PRESS_TELL, waiting))
    if extras.share is not None and (shared := encode(extras.share)):
        buttons.append(b.button(wording.SHARE, PRESS_SHARE, shared))
    if extras.asker is not None:
        buttons.append(b.button(wording.DELETE, PRESS_DELETE, extras.asker))
    return buttons


def notice(words: str) -> Message:
    """Draw one of the adapter's own messages, such as an apology."""
    return message(words, [b.section(words)])


def particulars(episode: Episode) -> list[str]:
    """List an episode's details besides its title."""
    published = wording.long_date(episode.published) if episode.published else None
    length = wording.clock(episode.duration) if episode.duration else None
    return [
        b.shorten(word, _ASIDE) for word in (episode.show, wording.short_number(episode), published, length) if word
    ]
