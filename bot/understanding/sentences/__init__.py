"""What people say, as data: one folder for each language, and this module, which loads them.

In a folder, `rules.yaml` has pieces that templates share, `fillers.yaml` words that people put around a question,
`entities.yaml` ways of naming episodes and shows, `short.yaml` abbreviations, and `numbers.yaml` number words beyond
the plain ones. Every other file has templates, grouped by what they ask for. A new phrasing is one more line, a new
language one more folder. What a match means is decided in `meaning.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

import yaml

from bot.understanding.coding import coded
from bot.understanding.sentences.keeping import kept
from bot.understanding.templates import Fragment, Rules, Template, TemplateError, Templates, any_of, compiled, parsed
from knowledge.search.numbers import cardinals

_HERE: Final = Path(__file__).parent
_CODE: Final = (Path(__file__), _HERE.with_name("coding.py"), _HERE.with_name("templates.py"))
"""The code that reads the sentences; if it changes, what was cached is out of date."""
_FIRST: Final = "en"
"""The language that is tried first."""
_NOTHING: Final = re.compile("(?!)")
_ENDING: Final = frozenset({"tail", "which_episode", "what_called", "who_called", "counting_ends", "advice"})
"""Fillers that match only at the end of a text, after something else."""
_APART: Final = frozenset({"rules", "fillers", "entities", "short", "numbers"})
"""Files without templates of questions."""


@dataclass(frozen=True, slots=True)
class Language:
    """How one language asks.

    Attributes:
        templates: ways of asking for something.
        lead: what people say before a question.
        tail: what people say after a question.
        anywhere: words to leave out if a sentence fits only without them.
        courtesies: for each courtesy, words at either end of a message that asks for nothing else.
        spelled: words that questions are made of; spelling corrects to them.
    """

    templates: Templates
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    anywhere: frozenset[str]
    courtesies: Mapping[str, frozenset[str]]
    spelled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and patterns that mean the same in whichever language they are: those of all languages in one value.

    The patterns match coded words, one character for each; see `coding.py`.

    Attributes: as `en/fillers.yaml` says, and
        languages: the languages that it joins, English first.
        joints: the words of `joint` that join two clauses by themselves.
        entities: ways of naming episodes and seasons.
        limits: ways of limiting a question to an episode, a season or a show.
        short: the full word for each abbreviation or short spelling.
        numbers: the value of each number word.
    """

    languages: tuple[Language, ...]
    which_episode: re.Pattern[str]
    what_called: re.Pattern[str]
    who_called: re.Pattern[str]
    heard: re.Pattern[str]
    from_there: re.Pattern[str]
    episode_of: re.Pattern[str]
    joint: re.Pattern[str]
    joints: frozenset[str]
    before: re.Pattern[str]
    recalled: re.Pattern[str]
    tied: frozenset[str]
    asks: re.Pattern[str]
    counts: re.Pattern[str]
    counted: re.Pattern[str]
    how_many: re.Pattern[str]
    adverbs: frozenset[str]
    counting_ends: re.Pattern[str]
    did: re.Pattern[str]
    doing: re.Pattern[str]
    does: frozenset[str]
    has: frozenset[str]
    was: frozenset[str]
    is_true: re.Pattern[str]
    initials: re.Pattern[str]
    numbering: frozenset[str]
    unquoted: re.Pattern[str]
    cues: frozenset[str]
    of_a_program: re.Pattern[str]
    generic: frozenset[str]
    telling: frozenset[str]
    narrowing: re.Pattern[str]
    interrogative: frozenset[str]
    opening: frozenset[str]
    stated: re.Pattern[str]
    own: re.Pattern[str]
    addressing: re.Pattern[str]
    advising: re.Pattern[str]
    advice: re.Pattern[str]
    reporting: re.Pattern[str]
    described: re.Pattern[str]
    whether: frozenset[str]
    beside_whether: frozenset[str]
    of_it: re.Pattern[str]
    of_it_first: re.Pattern[str]
    idle_it: re.Pattern[str]
    tag: frozenset[str]
    being: frozenset[str]
    were: frozenset[str]
    besides: re.Pattern[str]
    and_not: frozenset[str]
    elliptical: re.Pattern[str]
    whence: frozenset[str]
    several_quotes: frozenset[str]
    titles: frozenset[str]
    selves: frozenset[str]
    no_guest: re.Pattern[str]
    groups: frozenset[str]
    its: frozenset[str]
    article: frozenset[str]
    between: frozenset[str]
    you: frozenset[str]
    pointing: re.Pattern[str]
    that_guy: re.Pattern[str]
    guys: frozenset[str]
    quoted_guy: re.Pattern[str]
    of_others: re.Pattern[str]
    moving_on: re.Pattern[str]
    instead: re.Pattern[str]
    replacing: tuple[str, ...]
    he: frozenset[str]
    there: frozenset[str]
    it: frozenset[str]
    that: frozenset[str]
    entities: Templates
    limits: Templates
    short: Mapping[str, str]
    abbreviated: frozenset[str]
    numbers: Mapping[str, float]

    def opens_about_somebody(self, word: str) -> bool:
        """Tell whether a question about one person may have this word right before the name: "did Ann"."""
        return word in self.does or word in self.was or word in self.has


@cache
def lexicon() -> Lexicon:
    """Load all languages.

    Raises:
        TemplateError: a template cannot be read; the message names the file.
    """
    folders = sorted(
        (each for each in _HERE.iterdir() if each.is_dir() and each.name != "__pycache__"),
        key=lambda each: (each.name != _FIRST, each.name),
    )
    files = (*_CODE, *sorted(_HERE.glob("*/*.yaml")))
    named = chain.from_iterable((str(file.relative_to(_HERE.parent)).encode(), file.read_bytes()) for file in files)
    return kept((*named, repr(cardinals()).encode()), lambda: _loaded(folders))


@cache
def vocabulary() -> frozenset[str]:
    """List the words that questions are made of, in any language; spelling has to know them."""
    return frozenset(lexicon().short).union(*(language.spelled for language in lexicon().languages))


@cache
def prepare() -> None:
    """Compile all templates now, which takes a quarter of a second, so that no question waits for its own."""
    for language in lexicon().languages:
        language.templates.prepare()


def _loaded(folders: Iterable[Path]) -> Lexicon:
    languages: list[Language] = []
    entities: list[Template] = []
    fillers: defaultdict[str, list[Fragment]] = defaultdict(list)
    replacing: list[str] = []
    short: dict[str, str] = {}
    numbers: dict[str, float] = dict(cardinals())
    for folder in folders:
        rules = Rules(_read(folder / "rules.yaml"))
        lines: dict[str, list[str]] = _read(folder / "fillers.yaml")
        entities += _in(folder / "entities.yaml", rules)
        files = (file for file in sorted(folder.glob("*.yaml")) if file.stem not in _APART)
        templates = Templates(each for file in files for each in _in(file, rules))
        own = {kind: parsed("|".join(texts), rules) for kind, texts in lines.items()}
        courtesies = {kind.removesuffix("_cues"): part.words for kind, part in own.items() if kind.endswith("_cues")}
        languages.append(Language(templates=templates, courtesies=courtesies, **_words_and_patterns(own, Language)))
        for kind, part in own.items():
            fillers[kind].append(part)
        replacing += [phrase for text in lines.get("replacing", ()) for phrase in text.split("|")]
        short.update(_short(folder / "short.yaml"))
        numbers.update(_read(folder / "numbers.yaml"))
    all_fillers = {kind: any_of(parts) for kind, parts in fillers.items()}
    said = _words_and_patterns(all_fillers, Lexicon)
    joints = frozenset(word for word in all_fillers["joint"].words if said["joint"].match(coded((word,))))
    return Lexicon(
        **said | {"joints": joints},
        languages=tuple(languages),
        replacing=tuple(replacing),
        entities=Templates(each for each in entities if each.want != "limit"),
        limits=Templates(each for each in entities if each.want == "limit"),
        short=short,
        numbers=numbers,
    )


def _words_and_patterns(fillers: Mapping[str, Fragment], of: type) -> dict[str, Any]:
    """Make the fields of a class that are sets of words or patterns; those without fillers stay empty."""

    def words(kind: str) -> frozenset[str]:
        return fillers[kind].words if kind in fillers else frozenset()

    def pattern(kind: str) -> re.Pattern[str]:
        around = ("(?<=.)", "$") if kind in _ENDING else ()
        return compiled(fillers[kind], *around) if kind in fillers else _NOTHING

    made = {"frozenset[str]": words, "re.Pattern[str]": pattern}
    by_kind = ((each.name, made.get(str(each.type))) for each in fields(of))
    return {kind: make(kind) for kind, make in by_kind if make}


def _in(file: Path, rules: Rules) -> Iterator[Template]:
    lines: dict[str, list[str]] = _read(file)
    for want, texts in lines.items():
        for text in texts:
            try:
                yield Template(want, text, rules)
            except TemplateError as error:
                raise TemplateError(f"{file}: {want}: {error}") from error


def _short(file: Path) -> Mapping[str, str]:
    words: dict[str | int, str] = _read(file)
    return {short: str(word) for word, all_short in words.items() for short in all_short.split("|")}


def _read(file: Path) -> Any:  # noqa: ANN401 - YAML; what is wrong with it shows when it is used
    """Read a file; a language may lack any of them."""
    if not file.exists():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times quicker, where PyYAML has its C part
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe one
