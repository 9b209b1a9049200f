"""Draws what is not a message: the Home tab and the dialogues.

Pure, like `render`; what a view shows of an answer is drawn there.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.port.messages import LONGEST_QUESTION, Episode, Found, NotFound, Topic
from bot.port.wording import NO_EPISODES, counted, full_label, label

from . import blocks as b
from .button_values import DrawQuote, encode
from .commands import COMMANDS, INNER, Verb
from .render import PICK_EPISODE, PICK_TOPIC, Message, evidence

View = dict[str, object]
"""A view, as Slack takes it in JSON."""

ASK_DIALOGUE = "ask_dialogue"
QUESTION = "question"
WITHIN = "within"
HOME_ANOTHER = "home_another"
HOME_ASK = "home_ask"

_SHOWN = 10
_NAMES = 1500  # characters of shows' names
_TITLE = 24  # of a dialogue
_VIEW_BLOCKS = 100


def home(
    episodes: Sequence[Episode], topics: Sequence[Topic], quote: Found | NotFound, settings: Sequence[b.Block] = ()
) -> View:
    """Draw the Home tab: how to ask, a quote, what the library knows; first the settings, if they are to be seen.

    The newest of the episodes comes first, and the topics are its.
    """
    parts = [*settings, *_how(), b.divider(), *_quote(quote), b.divider(), *_library(episodes, topics)]
    return {"type": "home", "blocks": parts[:_VIEW_BLOCKS]}


def _how() -> list[b.Block]:
    ways = [
        [b.text("In a channel: ", bold=True), b.text("mention me with your question; I answer in a thread.")],
        [b.text("Between us: ", bold=True), b.text("write in the Chat or Messages tab.")],
        *([b.text(command.name, bold=True), b.text(f": {command.description}")] for command in COMMANDS),
        *([b.text(f"/{Verb.HELP} {verb}", bold=True), b.text(f": {does}")] for verb, does in INNER.items()),
    ]
    return [
        b.header("Ask what was said"),
        b.section("I answer with the words that were really said, and if the episodes don't say, I tell you so."),
        b.rich_text(b.bullets(ways)),
        b.actions([b.button("Ask privately", HOME_ASK, "ask", style="primary")]),
    ]


def _quote(drawn: Found | NotFound) -> list[b.Block]:
    if isinstance(drawn, NotFound) or not drawn.evidence:
        return [b.header("A quote"), b.section(drawn.text)]
    another = b.button("Another", HOME_ANOTHER, encode(DrawQuote()) or "")
    return [b.header("A quote"), evidence(drawn.evidence[0]), b.actions([another])]


def _library(episodes: Sequence[Episode], topics: Sequence[Topic]) -> list[b.Block]:
    if not episodes:
        return [b.header("In the library"), b.section(NO_EPISODES)]
    newest = [[b.text(full_label(each), limit=300)] for each in episodes[:_SHOWN]]
    parts = [b.header("In the library"), b.context(_extent(episodes)), b.rich_text(b.bullets(newest))]
    if topics:
        titles = [[b.text(topic.title, limit=200)] for topic in topics[:_SHOWN]]
        which = "Topics" if len(topics) <= _SHOWN else "Some topics"
        parts += [b.context(f"{which} of {label(episodes[0])}"), b.rich_text(b.bullets(titles))]
    menus = [b.external_select("Find a topic", PICK_TOPIC), b.external_select("Find an episode", PICK_EPISODE)]
    return [*parts, b.actions(menus)]


def _extent(episodes: Sequence[Episode]) -> str:
    shows = list(dict.fromkeys(episode.show for episode in episodes))
    named = ", ".join(shows[:_SHOWN])
    more = f" and {left:,} more shows" if (left := len(shows) - _SHOWN) > 0 else ""
    newest = "; the newest:" if len(episodes) > _SHOWN else ""
    return f"{counted(len(episodes), 'episode')} of {b.shorten(named, _NAMES)}{more}{newest}"


def ask_dialogue(about: Episode | None) -> View:
    """Draw the dialogue that takes a question, about an episode if one is given."""
    within = None if about is None else b.option(full_label(about), about.id)
    question = b.text_input(QUESTION, "What did they say about…", longest=LONGEST_QUESTION, several_lines=True)
    fields = [
        b.input_block("Your question", QUESTION, question),
        b.input_block("Only in this episode", WITHIN, b.external_select("Any episode", WITHIN, within), optional=True),
    ]
    return form_dialogue(ASK_DIALOGUE, "Ask Overheard", "Ask", fields)


def form_dialogue(callback: str, title: str, submit: str, fields: Sequence[b.Block]) -> View:
    """Draw a dialogue whose fields are sent off."""
    return _dialogue(fields, title) | {"callback_id": callback, "submit": _title(submit)}


def looking_dialogue() -> View:
    """Draw what stands there while an answer takes its time."""
    return _dialogue([b.section("Listening again…")])


def answer_dialogue(message: Message) -> View:
    """Draw an answer that only its asker sees."""
    return _dialogue(message.blocks)


def _dialogue(parts: Sequence[b.Block], title: str = "Overheard") -> View:
    return {"type": "modal", "title": _title(title), "close": _title("Close"), "blocks": list(parts[:_VIEW_BLOCKS])}


def _title(words: str) -> b.Element:
    return {"type": "plain_text", "text": b.shorten(words, _TITLE), "emoji": False}
