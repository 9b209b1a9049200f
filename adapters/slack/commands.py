"""The slash commands and shortcuts, and the parser of a typed command.

Answers nothing. The app's manifest and its listeners are derived from these tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What a command does."""

    ASK = "ask"
    QUOTE = "quote"
    TOPICS = "topics"
    EPISODE = "episode"
    VERIFY = "verify"
    HELP = "overheard"
    MINE = "mine"
    QUIZ = "quiz"
    PRIVACY = "privacy"
    FILL = "fill"


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as Slack shows it."""

    verb: Verb
    description: str
    usage: str

    @property
    def name(self) -> str:
        """The command as people type it."""
        return f"/{self.verb}"


COMMANDS = (
    Command(Verb.ASK, "Ask what the episodes say", "what about China? [--public] [--episode 494]"),
    Command(Verb.QUOTE, "Draw a quote and show it to everybody here", "[open source] [--speaker name] [--episode 494]"),
    Command(Verb.TOPICS, "See what you can ask about", "[episode]"),
    Command(Verb.EPISODE, "See who is in an episode and where to hear it", "[title, number or guest]"),
    Command(Verb.VERIFY, "Check whether they really said it", "the words you remember [--public]"),
    Command(
        Verb.HELP,
        "See how to ask; takes the other commands too",
        "[ask | quote | topics | episode | verify | quiz | mine | privacy | fill] …",
    ),
)

INNER = {
    Verb.QUIZ: "Guess whose words these are",
    Verb.MINE: "See what you wait to be told, and cancel it",
    Verb.PRIVACY: "See what I keep of you, and delete it",
    Verb.FILL: "Answer what I couldn't; for those who manage this workspace",
}
"""Subcommands that only exist after `/overheard`."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut, in the fields of Slack's manifest; `type` is "message" or "global"."""

    callback_id: str
    type: str
    name: str
    description: str


ASK_THIS = "ask_this"
VERIFY_THIS = "verify_this"
ASK_PRIVATELY = "ask_privately"

SHORTCUTS = (
    Shortcut(ASK_THIS, "message", "Ask Overheard", "Ask what the episodes say about this message"),
    Shortcut(VERIFY_THIS, "message", "Did they say this?", "Check this message against what was really said"),
    Shortcut(ASK_PRIVATELY, "global", "Ask Overheard privately", "Ask a question that only you see answered"),
)


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """A parsed command.

    Attributes:
        words: the text without the options; may be empty.
        said: whether `public` was typed or its opposite.
    """

    verb: Verb
    words: str
    public: bool = False
    speaker: str | None = None
    episode: str | None = None
    said: bool = False


# Phones and Macs replace two hyphens by a dash.
_OPTION = re.compile(r"(?<!\S)(?:--|[–—])(public|private|speaker|episode)(?!\S)", re.IGNORECASE)
_QUOTED = re.compile(r"\s*[\"“”„]([^\"“”„]+)[\"“”](.*)", re.DOTALL)
_NUMBER = re.compile(r"\s*#?(\d[\w.-]*)(?!\S)(.*)", re.DOTALL)
_QUOTES = "\"'“”„‘’ "


def read(name: str, typed: str) -> TypedCommand:
    """Parse a command; `/overheard ask …` is `/ask …`, and an unknown name is the help.

    An option's value extends to the next option or to the end; in quotation marks, to the closing one; and an
    episode's number, to its last digit if the question is still to come.
    """
    verb = _verb(name)
    first, _, rest = typed.strip().partition(" ")
    if verb is Verb.HELP:
        inner = _verb(first)
        if inner in INNER and _OPTION.sub("", rest).strip():  # a question that begins with that word
            inner = Verb.HELP
        if inner is not Verb.HELP or first.lower() in {"help", Verb.HELP}:
            verb, typed = inner, rest
    words, *options = _OPTION.split(typed)
    values: dict[str, str] = {}
    public, said = verb is Verb.QUOTE, False
    for option, follows in zip(map(str.lower, options[::2]), options[1::2], strict=True):
        if option in {"public", "private"}:
            public, said = option == "public", True
            words += follows  # these two have no value, so the words continue after them
        else:
            numbered = option == "episode" and not words.strip()
            ends = _QUOTED.fullmatch(follows) or (_NUMBER.fullmatch(follows) if numbered else None)
            values[option], more = ends.groups() if ends else (follows.strip(_QUOTES), "")
            words += more
    return TypedCommand(verb, words.strip(), public, values.get("speaker") or None, values.get("episode") or None, said)


def _verb(name: str) -> Verb:
    try:
        return Verb(name.strip().removeprefix("/").lower())
    except ValueError:
        return Verb.HELP
