"""The sentences of each language can be read, stand for something, and are all that a language needs."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from bot.assistant import EpisodeAssistant
from bot.port.messages import Answer, Fact, Found, Help, Question, QuoteCheck
from bot.understanding import dividing, following, matching, meaning, reader, sentences
from bot.understanding.handlers import (
    about_people,
    back_to_answer,
    back_to_subject,
    claims,
    comparing,
    counting,
    facts,
    roles,
    said,
    social,
    what_about,
)
from bot.understanding.handlers.counting import COUNTS
from bot.understanding.templates import Rules, Template, compiled, parsed
from tests.fakes.files import read_yaml

FOLDERS = sorted(path.parent for path in Path(sentences.__file__).parent.glob("*/rules.yaml"))
APART = {"rules", "fillers", "entities", "short", "numbers"}
"""Files whose keys stand for no request."""

MODULES = [
    *(about_people, back_to_answer, back_to_subject, claims, comparing, counting, dividing, facts, following, matching),
    *(meaning, reader, roles, said, social, what_about),
]
"""Modules that name sentences."""

languages = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@cache
def read(folder: Path, name: str) -> dict[str, list[str]]:
    path = folder / f"{name}.yaml"
    return read_yaml(path) if path.exists() else {}


def asked(folder: Path) -> list[tuple[str, str]]:
    """List what each template of a folder stands for, and the template."""
    files = sorted(path.stem for path in folder.glob("*.yaml") if path.stem not in APART)
    return [(want, text) for name in files for want, texts in read(folder, name).items() for text in texts]


def others(folder: Path) -> list[str]:
    return [text for name in ("fillers", "entities") for texts in read(folder, name).values() for text in texts]


@cache
def rules(folder: Path) -> Mapping[str, str]:
    return read_yaml(folder / "rules.yaml")


def test_there_is_more_than_one_language_and_english_is_tried_first() -> None:
    assert len(FOLDERS) > 1
    assert len(sentences.lexicon().languages) == len(FOLDERS)
    assert sentences.lexicon().languages[0].templates.matches(["who", "is", "the", "guest"])


@pytest.mark.unmeasured
@languages
def test_every_template_makes_a_regular_expression(folder: Path) -> None:
    shared = Rules(rules(folder))

    for want, text in asked(folder):
        assert Template(want, text, shared).pattern
    for text in others(folder):
        compiled(parsed(text, shared))


WANTS = meaning.SENTENCES.keys() | COUNTS.keys()
"""What a sentence can stand for."""


@languages
def test_every_template_stands_for_something_that_can_be_asked(folder: Path) -> None:
    assert {want for want, _ in asked(folder)} - WANTS == set()


def test_everything_that_can_be_asked_is_said_in_english() -> None:
    english = next(folder for folder in FOLDERS if folder.name == "en")

    assert WANTS - {want for want, _ in asked(english)} == set()


def mentioned(module: ModuleType) -> set[str]:
    """List the sentences that a module compares or matches, and those in constants that it documents as sentences."""
    tree = ast.parse(inspect.getsource(module))
    listed = [value for value, doc in pairwise(tree.body) if "Sentences " in ast.unparse(doc)[:13]]
    compared = [each for each in ast.walk(tree) if isinstance(each, ast.Compare) and is_want(each.left)]
    matched = [each for each in ast.walk(tree) if isinstance(each, ast.MatchValue)]
    inside = (each for node in (*listed, *compared, *matched) for each in ast.walk(node))
    return {each.value for each in inside if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def is_want(node: ast.expr) -> bool:
    """Tell whether an expression is the name of a sentence."""
    return ast.unparse(node).rpartition(".")[2] in {"want", "name"}


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_that_is_mentioned_can_be_asked(module: ModuleType) -> None:
    assert mentioned(module) - WANTS == set()


@languages
def test_every_rule_is_used(folder: Path) -> None:
    texts = [*(text for _, text in asked(folder)), *others(folder), *rules(folder).values()]
    used = {name for text in texts for name in re.findall(r"<(\w+)>", text)}

    assert set(rules(folder)) - used == set()


@languages
def test_no_template_is_there_twice(folder: Path) -> None:
    every = asked(folder)

    assert sorted(every) == sorted(set(every))


@languages
def test_no_word_has_what_no_word_of_a_question_has(folder: Path) -> None:
    shared = Rules(rules(folder))
    texts = [*(text for _, text in asked(folder)), *others(folder)]
    words = {word for text in texts for word in parsed(text, shared).words}

    assert {word for word in words if "'" in word or word != word.casefold()} - {"SEASON"} == set()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("wer ist der Gast?", Fact),
        ("Hallo!", Help),
        ("Danke schön", Help),
        ("Hilfe", Help),
        ("Was kannst du?", Help),
        ("Worum geht es in der Folge?", Fact),
        ("Worüber sprechen sie?", Fact),
        ("Grüß Gott!", Help),
        ("Wie heißt die Folge?", Fact),
        ("Welche Themen gibt es?", Fact),
        ("ein Zitat bitte", Found),
        ("ein Zitat über Energie", Found),
        ("Was sagen sie über China?", Found),
        ('Hat er wirklich "ich esse gern Honig" gesagt?', QuoteCheck),
    ],
)
async def test_a_language_needs_its_files_alone(shipped: EpisodeAssistant, question: str, kind: type[Answer]) -> None:
    assert isinstance(await shipped.ask(Question(question)), kind)


async def test_the_guest_is_named_in_german(shipped: EpisodeAssistant) -> None:
    answer = await shipped.ask(Question("wer ist der Gast?"))

    assert isinstance(answer, Fact)
    assert "Jensen Huang" in answer.text
