"""Draws answers as Slack messages: blocks to read, and a text that stands alone in a notification.

Pure: an Answer in, a Message out. Nothing is asked, looked up or sent here, and no block is built by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.port.members import TELL_ME
from bot.port.messages import (
    Answer,
    Episode,
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
)
from bot.port.wording import (
    ANOTHER_QUOTE,
    DELETE,
    IS_NOT_USEFUL,
    IS_USEFUL,
    LEFT_OUT,
    MORE,
    NOT_SAID,
    SHARE,
    clock,
    headline,
    label,
    long_date,
    moment,
    short_number,
    speaker,
    taken_from,
    understood_as,
)

from . import blocks as b
from . import feedback
from .feedback import Rated, Rating
from .recall import Asked, Drawn, Items, Recall, encode

PRESS_SHARE = "share"
PRESS_DELETE = "delete"
PRESS_RATE = "rate"
PRESS_TELL = "tell"
_PRESS_OPEN = "open"
_PRESS_MORE = "more"
_PRESS_ANOTHER = "another"
PICK_TOPIC = "pick_topic"
PICK_EPISODE = "pick_episode"

_TEXT = 4000
_WORDS = 1200
"""Characters shown of one quotation: ten of them still make a message that Slack takes."""
_EVIDENCE_OF_A_PART = 3
_WORDS_OF_A_PART = 600
"""Where several questions are answered in one message: three parts like this fill no more than one answer may."""
_ASIDE = 300
_PICKS = 5
_LISTED = 25
_COVERED = "You can ask about:"


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent.

    Attributes:
        text: for notifications, and for everything where the blocks are refused; Slack's markup is escaped in it.
    """

    text: str
    blocks: tuple[b.Block, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What a message carries besides its answer.

    Attributes:
        asked: the question, for those who have not seen it.
        share: what the Share button posts; None for no such button.
        asker: who may press Delete; None for no such button.
        another: what Another quote draws from; None for no such button.
        rated: what the thumbs under it rate; None for no such buttons.
        tell: the open question that Tell me when keeps; None for no such button.
    """

    asked: str | None = None
    share: Recall | None = None
    asker: str | None = None
    another: Drawn | None = None
    rated: Rated | None = None
    tell: Asked | None = None


NOTHING_AROUND = Around()


def draw(answer: Answer, around: Around = NOTHING_AROUND) -> Message:
    """Draw an answer of any kind within Slack's limits, whatever words are in it."""
    match answer:
        case Several(parts):
            return _several(parts, around)
        case _:
            return _single(answer, around)


def _single(answer: SingleAnswer, around: Around) -> Message:
    body, lines = _parts(answer)
    parts: list[b.Block] = [b.header(headline(answer))]
    if around.asked:
        parts.append(b.context(f"Asked: {b.shorten(around.asked, _ASIDE)}"))
    if understood := _understood(answer):
        parts.append(b.context(understood_as(b.shorten(understood, _ASIDE))))
    parts += body
    if picks := _picks(answer):
        parts.append(b.actions(picks))
    if buttons := [*_further(answer), *controls(around)]:
        parts.append(b.actions(buttons))
    return Message(b.fitted("\n".join(lines), _TEXT), (*parts, *_thumbs(around)))


def _several(asked: Sequence[Part], around: Around) -> Message:
    """Draw each answer, with its buttons, under its question."""
    parts: list[b.Block] = []
    lines: list[str] = []
    for number, each in enumerate(asked, 1):
        answer, left = _brief(each.answer)
        body, plain = _parts(answer, words=_WORDS_OF_A_PART)
        parts += [b.header(each.asked), *body]
        if buttons := [*_picks(answer, group=f"{number}."), *_further(answer, left, group=f":{number}")]:
            parts.append(b.actions(buttons))
        lines += [each.asked, *plain]
    if buttons := controls(around):
        parts.append(b.actions(buttons))
    return Message(b.fitted("\n".join(lines), _TEXT), (*parts, *_thumbs(around)))


def _thumbs(around: Around) -> tuple[b.Block, ...]:
    if around.rated is None:
        return ()
    good, bad = (feedback.encode(Rating(around.rated, useful)) for useful in (True, False))
    return (b.feedback(PRESS_RATE, (IS_USEFUL, good), (IS_NOT_USEFUL, bad)),)


def _brief(answer: SingleAnswer) -> tuple[SingleAnswer, tuple[ItemId, ...]]:
    """Leave an answer as much evidence as there is room for beside others; return what was taken, too."""
    match answer:
        case Found(evidence=said) | QuoteCheck(evidence=said) | Unsure(evidence=said):
            return replace(answer, evidence=said[:_EVIDENCE_OF_A_PART]), tuple(e.id for e in said[_EVIDENCE_OF_A_PART:])
        case Fact() | NotFound() | Help():
            return answer, ()
        case _:
            assert_never(answer)


def _parts(answer: SingleAnswer, *, words: int = _WORDS) -> tuple[list[b.Block], list[str]]:
    """The blocks under the headline, and the lines of the plain text."""
    body, lines = _answer_itself(answer, words)
    if isinstance(answer, Found) and answer.place is not None:
        body.append(_place(answer.place))
        lines.append(f"— {label(answer.place)}")
    if sources := taken_from(b.shorten(source, _ASIDE) for source in _sources(answer)):
        body.append(b.context(sources))
    return body, lines


def _answer_itself(answer: SingleAnswer, words: int) -> tuple[list[b.Block], list[str]]:
    match answer:
        case Found():
            return _said(answer.text, answer.evidence, words), _spoken(answer.text, answer.evidence)
        case Fact():
            return [_paragraphs(answer.text), *_abouts(answer.episodes)], [answer.text]
        case QuoteCheck():
            said = [evidence(each, words) for each in answer.evidence]
            body = [_paragraphs(answer.text), *_differences(answer), *said]
            lines = _spoken(answer.text, answer.evidence)
            return body + _instead(answer.suggestions), lines + _named(answer.suggestions)
        case Unsure():
            lines = [*_spoken(answer.text, answer.evidence), *_listed(answer.guesses)]
            return _said(answer.text, answer.evidence, words), lines
        case NotFound():
            body = [_paragraphs(answer.text), *_instead(answer.suggestions)]
            return body, [answer.text, *_named(answer.suggestions)]
        case Help():
            body = [_paragraphs(answer.text)]
            if answer.examples:
                body.append(b.rich_text(b.bullets([b.text(example)] for example in answer.examples[:_LISTED])))
            return body, [answer.text, *(f"• {example}" for example in answer.examples)]
        case _:
            assert_never(answer)


def _instead(topics: Sequence[Topic]) -> list[b.Block]:
    return [b.context(_COVERED)] if topics else []


def _named(topics: Sequence[Topic]) -> list[str]:
    return [f"{_COVERED} {', '.join(topic.title for topic in topics[:_PICKS])}"] if topics else []


def _understood(answer: SingleAnswer) -> str | None:
    return None if isinstance(answer, Help) else answer.understood


def _paragraphs(words: str) -> b.Block:
    return b.rich_text([b.text(words)])


def _said(text: str, said: Sequence[Evidence], words: int) -> list[b.Block]:
    return [_paragraphs(text), *(evidence(each, words) for each in said)]


def evidence(said: Evidence, words: int = _WORDS) -> b.Block:
    """Draw words as a quotation, with who said them, in which episode, and a time that opens there."""
    return b.rich_text(b.quote(b.text(said.text, limit=words)), _attribution(said))


def _attribution(said: Evidence) -> list[b.Element]:
    where = f"{speaker(said)}, {label(said.episode)}"
    time = moment(said)
    if said.url is None:
        return [b.text(f"— {where}{', ' + time if time else ''}", limit=_ASIDE * 2)]
    if time is None:
        return [b.text("— "), b.link(said.url, b.shorten(where, _ASIDE * 2))]
    return [b.text(f"— {b.shorten(where, _ASIDE * 2)}, "), b.link(said.url, time)]


def _place(episode: Episode) -> b.Block:
    page, words = episode.links.first, b.shorten(label(episode), _ASIDE)
    return b.rich_text([b.text("— "), b.text(words) if page is None else b.link(page, words)])


def _sources(answer: SingleAnswer) -> list[str]:
    """Say what the answer was taken from; a fact and a refusal say so themselves."""
    match answer:
        case Found(topics=topics, evidence=()):
            return [topic.source for topic in topics[:1]]
        case Found(evidence=said) | QuoteCheck(evidence=said) | Unsure(evidence=said):
            return [each.source for each in said]
        case Fact() | NotFound() | Help():
            return []
        case _:
            assert_never(answer)


def _spoken(words: str, said: Sequence[Evidence]) -> list[str]:
    return [words, *(line for each in said for line in _line(each, shown=words))]


def _line(said: Evidence, *, shown: str) -> Iterable[str]:
    time = moment(said)
    by = f"— {speaker(said)}, {label(said.episode)}{', ' + time if time else ''}"
    if said.text not in shown:
        yield f"“{b.shorten(said.text, _WORDS)}”"
    yield by


def _listed(guesses: Iterable[Guess]) -> list[str]:
    return [f"{number}. {guess.label}" for number, guess in enumerate(guesses, 1)]


def _differences(check: QuoteCheck) -> list[b.Block]:
    if not check.further_differences:
        return []
    return [b.rich_text(b.bullets(_difference(each.asked, each.real) for each in check.further_differences[:_PICKS]))]


def _difference(asked: str, real: str) -> list[b.Element]:
    left_out, put_in = b.text(asked, strike=True, limit=_ASIDE), b.text(real, bold=True, limit=_ASIDE)
    if not real:
        return [left_out, b.text(f" {NOT_SAID}")]
    if not asked:
        return [put_in, b.text(f" {LEFT_OUT}")]
    return [left_out, b.text(" → "), put_in]


def _picks(answer: SingleAnswer, *, group: str = "") -> list[b.Element]:
    """What to press to read on: the meanings of a doubtful question, or topics close by."""
    match answer:
        case Unsure():
            named = [(guess.label, guess.id) for guess in answer.guesses]
        case Found():
            named = [(topic.title, topic.id) for topic in (*answer.topics[1:], *answer.related)]
        case Fact():
            named = [(topic.title, topic.id) for topic in answer.related]
        case QuoteCheck() | NotFound():
            named = [(topic.title, topic.id) for topic in answer.suggestions]
        case Help():
            named = []
        case _:
            assert_never(answer)
    titles: dict[str, str] = {}
    for title, item in named:
        if (written := encode(Items((item,)))) is not None:
            titles.setdefault(written, title)
    picks = list(titles.items())[:_PICKS]
    return [b.button(title, f"{_PRESS_OPEN}:{group}{place}", written) for place, (written, title) in enumerate(picks)]


def _further(answer: SingleAnswer, left: tuple[ItemId, ...] = (), *, group: str = "") -> list[b.Element]:
    """The button for what did not go into the answer: as many items as it carries, best first."""
    ids = (*left, *answer.more) if isinstance(answer, Found) else left
    while ids and (written := encode(Items(ids))) is None:
        ids = ids[:-1]
    return [b.button(MORE, f"{_PRESS_MORE}{group}", written)] if ids and written else []


def controls(around: Around) -> list[b.Element]:
    """Draw the buttons that go with any message."""
    buttons = []
    if around.another is not None and (again := encode(around.another)):
        buttons.append(b.button(ANOTHER_QUOTE, _PRESS_ANOTHER, again))
    if around.tell is not None and (waiting := encode(around.tell)):
        buttons.append(b.button(TELL_ME, PRESS_TELL, waiting))
    if around.share is not None and (shared := encode(around.share)):
        buttons.append(b.button(SHARE, PRESS_SHARE, shared))
    if around.asker is not None:
        buttons.append(b.button(DELETE, PRESS_DELETE, around.asker))
    return buttons


def notice(words: str) -> Message:
    """Draw a line of our own: an apology, a hint."""
    return Message(b.fitted(words, _TEXT), (b.section(words),))


def _abouts(episodes: Sequence[Episode]) -> list[b.Block]:
    """One line an episode that says which it is, with the link to it; the title of a single one is above already."""
    lines = []
    for episode in episodes[:_PICKS]:
        words = " · ".join(particulars(episode))
        if len(episodes) > 1:
            words = f"{b.shorten(episode.title, _ASIDE)} · {words}"
        page = episode.links.first
        lines.append(b.rich_text([b.text(words) if page is None else b.link(page, words)]))
    return lines


def particulars(episode: Episode) -> list[str]:
    """List what tells an episode from others, besides its title."""
    published = long_date(episode.published) if episode.published else None
    length = clock(episode.duration) if episode.duration else None
    return [b.shorten(word, _ASIDE) for word in (episode.show, short_number(episode), published, length) if word]
