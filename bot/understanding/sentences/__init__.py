"""What people say, as data: a folder a language, and this, which loads them.

`rules.yaml` has pieces that sentences share, `fillers.yaml` what people say around a question, `entities.yaml` how
episodes and shows are named, `short.yaml` how common words are shortened, `numbers.yaml` what counts beside numbers;
every other file has templates by what they stand for. Adding a way of saying something is a line there, adding a
language a folder. What a match means is in `reader.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

import yaml

from bot.understanding.coding import coded
from bot.understanding.sentences.keeping import kept
from bot.understanding.templates import Rules, Template, TemplateError, Templates, compiled, parsed
from knowledge.search.numbers import cardinals

_HERE: Final = Path(__file__).parent
_CODE: Final = (Path(__file__), _HERE.with_name("coding.py"), _HERE.with_name("templates.py"))
"""What reads the sentences."""
_FIRST: Final = "en"
"""The language that is tried first."""
_NOTHING: Final = re.compile("(?!)")
_ENDING: Final = frozenset({"tail", "which_episode", "what_called", "counting_ends"})
"""What stands at the end of a text, after something else."""
_APART: Final = frozenset({"rules", "fillers", "entities", "short", "numbers"})


@dataclass(frozen=True, slots=True)
class Language:
    """How one language says things. What the patterns match has a character for each word, see `templates.coded`.

    Attributes:
        templates: ways of asking for something.
        lead: what is said before a question; `tail` what is said after it.
        which_episode: what asks, after a description, which episode that was.
        what_called: what asks, after a description, for the name of what is described.
        anywhere: words that may be left out where a sentence fits only without them.
        joint: where a long story goes on; `joints` are the single words in it.
        before: the words before which a story goes on, unless one of `tied` comes first; `recalled` is in any story.
        asks: words that people ask with.
        counts: words that ask for a number of what comes after them.
        counting_begins: what begins a question for a number and is never counted; `counting_ends` ends one.
        how_many: what asks for a number that somebody has to have said.
        did: what stands before whoever something is said to have done.
        doing: the same before somebody who is known.
        does: what begins a question whether somebody does something.
        initials: where the initials of a show name it.
        numbering: words of which one is in whatever asks for a number, a rank, a first or a last.
        unquoted: what follows "did they say" where no words are quoted.
        courtesies: for each courtesy, words by which a message is one that asks for nothing else.
        cues: words beside a quotation by which it is one to check.
        generic: words that name nothing by themselves.
        telling: words that begin what is told and asks nothing.
        interrogative: words that begin a question.
        described: what names an episode by what is in it: "the episode with ...".
        whether: those that begin one for yes or no; `beside_whether` asks for more than that.
        of_it: where "it" is what is asked about, unless it stands for nothing, as in `idle_it`.
        besides: what leaves out of a subject what comes after it; `and_not` are words that do so after a pause.
        elliptical: what goes on from a question about somebody without naming them again.
        whence: words between a part of somebody's name and where they are from.
        groups: words for people of whom none is named: "founders".
        its: words that give something to the subject before: "and their chips?".
        you: words for whoever is asked.
        between: words between subjects that are compared: "React vs Svelte vs Vue".
        of_others: what asks who did something, or what others think: whoever owns a thing is not asked for there.
        instead: what asks for something in place of another; `replacing` is how people tell of that.
        he: words for the person talked about, as `that_guy` is; `it`, `that` for the subject; `there` for the episode.
        entities: ways of naming episodes and seasons; `limits` what limits a question to one, or to a show.
        spelled: words that questions are made of, to which spelling corrects.
        short: for each short way of writing a word, the word.
        abbreviated: words at whose full stop a sentence goes on.
        numbers: what each word for a number counts.
    """

    templates: Templates
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    which_episode: re.Pattern[str]
    what_called: re.Pattern[str]
    anywhere: frozenset[str]
    joint: re.Pattern[str]
    joints: frozenset[str]
    before: re.Pattern[str]
    recalled: re.Pattern[str]
    tied: frozenset[str]
    asks: re.Pattern[str]
    counts: re.Pattern[str]
    how_many: re.Pattern[str]
    counting_begins: re.Pattern[str]
    counting_ends: re.Pattern[str]
    did: re.Pattern[str]
    doing: re.Pattern[str]
    does: frozenset[str]
    initials: re.Pattern[str]
    numbering: frozenset[str]
    unquoted: re.Pattern[str]
    courtesies: Mapping[str, frozenset[str]]
    cues: frozenset[str]
    generic: frozenset[str]
    telling: frozenset[str]
    interrogative: frozenset[str]
    described: re.Pattern[str]
    whether: frozenset[str]
    beside_whether: frozenset[str]
    of_it: re.Pattern[str]
    idle_it: re.Pattern[str]
    besides: re.Pattern[str]
    and_not: frozenset[str]
    elliptical: re.Pattern[str]
    whence: frozenset[str]
    groups: frozenset[str]
    its: frozenset[str]
    between: frozenset[str]
    you: frozenset[str]
    that_guy: re.Pattern[str]
    of_others: re.Pattern[str]
    instead: re.Pattern[str]
    replacing: tuple[str, ...]
    he: frozenset[str]
    there: frozenset[str]
    it: frozenset[str]
    that: frozenset[str]
    entities: Templates
    limits: Templates
    spelled: frozenset[str]
    short: Mapping[str, str]
    abbreviated: frozenset[str]
    numbers: Mapping[str, float]


@cache
def languages() -> tuple[Language, ...]:
    """Load all languages, English first.

    Raises:
        TemplateError: a template cannot be read; the message names the file.
    """
    folders = sorted(
        (each for each in _HERE.iterdir() if each.is_dir() and each.name != "__pycache__"),
        key=lambda each: (each.name != _FIRST, each.name),
    )
    files = (*_CODE, *sorted(_HERE.glob("*/*.yaml")))
    named = chain.from_iterable((str(file.relative_to(_HERE.parent)).encode(), file.read_bytes()) for file in files)
    return kept((*named, repr(cardinals()).encode()), lambda: tuple(map(_loaded, folders)))


@cache
def vocabulary() -> frozenset[str]:
    """List the words that questions are made of, in any language; spelling has to know them."""
    return frozenset().union(*(language.spelled.union(language.short) for language in languages()))


@cache
def prepare() -> None:
    """Make the patterns of all languages now, in a quarter of a second: no question has to wait for its own."""
    for language in languages():
        language.templates.prepare()


def _loaded(folder: Path) -> Language:
    rules = Rules(_read(folder / "rules.yaml"))
    fillers: dict[str, list[str]] = _read(folder / "fillers.yaml")
    named = list(_in(folder / "entities.yaml", rules)) if (folder / "entities.yaml").exists() else []
    templates = [each for file in sorted(folder.glob("*.yaml")) if file.stem not in _APART for each in _in(file, rules)]
    parts = {kind: parsed("|".join(lines), rules) for kind, lines in fillers.items()}

    def words(kind: str) -> frozenset[str]:
        return parts[kind].words if kind in parts else frozenset()

    def pattern(kind: str) -> re.Pattern[str]:
        around = ("(?<=.)", "$") if kind in _ENDING else ()
        return compiled(parts[kind], *around) if kind in parts else _NOTHING

    made = {"frozenset[str]": words, "re.Pattern[str]": pattern}
    by_kind = ((each.name, made.get(str(each.type))) for each in fields(Language))
    said: dict[str, Any] = {kind: make(kind) for kind, make in by_kind if make}
    joints = frozenset(word for word in words("joint") if said["joint"].match(coded((word,))))
    return Language(
        **said | {"joints": joints},
        templates=Templates(templates),
        courtesies={kind.removesuffix("_cues"): words(kind) for kind in parts if kind.endswith("_cues")},
        entities=Templates(each for each in named if each.want != "limit"),
        limits=Templates(each for each in named if each.want == "limit"),
        short=_short(folder / "short.yaml"),
        numbers=_numbers(folder / "numbers.yaml"),
        replacing=tuple("|".join(fillers.get("replacing", ())).split("|")),
    )


def _in(file: Path, rules: Rules) -> Iterator[Template]:
    lines: dict[str, list[str]] = _read(file)
    for want, texts in lines.items():
        for text in texts:
            try:
                yield Template(want, text, rules)
            except TemplateError as error:
                raise TemplateError(f"{file}: {want}: {error}") from error


def _short(file: Path) -> Mapping[str, str]:
    words: dict[str | int, str] = _read(file) if file.exists() else {}
    return {short: str(word) for word, all_short in words.items() for short in all_short.split("|")}


def _numbers(file: Path) -> Mapping[str, float]:
    return {**cardinals(), **_read(file)} if file.exists() else {}


def _read(file: Path) -> Any:  # noqa: ANN401 - YAML; what is wrong with it shows when it is used
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times quicker, where PyYAML has its C part
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe one
