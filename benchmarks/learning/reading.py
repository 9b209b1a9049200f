"""Learns what messages want, and which of their words are the subject; the features are in `bot.understanding.intents`.

From `sets/messages_train.jsonl`, which says of each message what it wants and quotes its subject. Plain questions that
people asked of each other, of meetings and of a search engine want no more than an answer.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.understanding import intents, sentences
from bot.understanding.linear import Linear
from bot.understanding.text import QUOTED, Text, clean

SETS: Final = Path(__file__).parents[1] / "sets"
_RARE: Final = 2
"""Messages that have a feature from which it is learned."""
_COMMON: Final = 1 / 300
"""Share of the messages from which a word is a common one."""
_PLAIN: Final = 300
"""Plain questions of each kind."""
_ASSISTANT: Final = "clinc150-train"
"""Where questions are from that people ask an assistant."""
_ASKED: Final = 1_500
"""Plain questions of each kind from which is learned what is asked of one."""
_OFTEN: Final = 4
"""Texts that have a feature from which that is learned."""
_SEED: Final = 2
_TALK: Final = frozenset({"said", "off_topic"})
_TALKED: Final = 2.0
"""What a message that only asks about its words weighs; in a chat they are most of all, in the set a quarter."""
_SHORT: Final = 4
"""Words of a subject that people type alone."""
_ON_SUBJECTS: Final = frozenset({"said", "quote", "episodes_on", "everything"})
_ORIGIN: Final = "Learned from benchmarks/sets/messages_train.jsonl by benchmarks/learning/reading.py."


@dataclass(frozen=True, slots=True)
class Message:
    """A message, what it wants, and the words of it that are its subject, each as first and one after the last."""

    text: Text
    want: str
    subject: frozenset[int]


def learn(plain: Mapping[str, Sequence[str]]) -> None:
    """Fit the models and write them; `plain` has questions by where they are from."""
    messages = read(SETS / "messages_train.jsonl")
    chance = random.Random(_SEED)
    drawn = [question for each in plain.values() for question in chance.sample(each, min(_PLAIN, len(each)))]
    asked = [_message({"message": question, "want": "said", "subject": []}) for question in drawn]
    learned = [*messages, *alone(messages), *asked]
    wants(learned).save(intents.WANTS, _ORIGIN)
    subjects(messages).save(intents.SUBJECTS, _ORIGIN)
    told = [each.text for each in (*messages, *alone(messages)) if each.want != "off_topic"]
    of_others = [each for source, some in plain.items() if source != _ASSISTANT for each in _some(some, chance)]
    of_assistants = _some(plain[_ASSISTANT], chance)
    assisted(told, of_others, of_assistants, _common(learned)).save(intents.ASSISTED, f"{_ORIGIN[:-1]} and CLINC150.")


def _some(questions: Sequence[str], chance: random.Random) -> list[str]:
    return chance.sample(questions, min(_ASKED, len(questions)))


def read(file: Path) -> list[Message]:
    """Read a set of messages."""
    return [_message(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _message(written: Mapping[str, object]) -> Message:
    typed = clean(str(written["message"]))
    text = Text.of(typed).read_as(sentences.languages()[0].short)
    subject = written["subject"]
    quoted = [clean(str(each)) for each in subject] if isinstance(subject, list) else []
    spans = [(at, at + len(each)) for each in quoted for at in _places(typed, each)]
    marks = '"“”'

    def is_subject(begin: int, end: int, plain: str) -> bool:
        spare = len(marks[0]) if plain == QUOTED else 0
        return any(first - spare <= begin and end <= last + spare for first, last in spans)

    those = (at for at, word in enumerate(text.words) if is_subject(word.begin, word.end, word.plain))
    return Message(text, str(written["want"]), frozenset(those))


def _places(text: str, part: str) -> Iterable[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def alone(messages: Iterable[Message]) -> Iterator[Message]:
    """Yield short subjects as messages: "rice?" asks what was said about rice."""
    for message in messages:
        if message.want in _ON_SUBJECTS and 0 < len(message.subject) <= _SHORT:
            words = message.text.part(min(message.subject), max(message.subject) + 1)
            yield Message(Text.of(words.written), "said", frozenset(range(len(words.words))))


def wants(messages: Sequence[Message], strength: float = 10.0) -> Linear:
    """Fit what messages want; the greater the strength, the closer to them."""
    common = _common(messages)
    rows = [intents.features(each.text, common) for each in messages]
    names = _names(rows)
    fitted = LogisticRegression(C=strength, max_iter=500, fit_intercept=False)
    marks = [each.want for each in messages]
    fitted.fit(_matrix(rows, names), marks, [_TALKED if mark in _TALK else 1.0 for mark in marks])
    return Linear.of(fitted.classes_, names, fitted.coef_.T.astype(np.float32))


def assisted(told: Sequence[Text], plain: Sequence[str], asked: Sequence[str], common: frozenset[str]) -> Linear:
    """Fit whether a text is what is asked of an assistant; messages and plain questions are not."""
    texts = [*told, *(Text.of(clean(each)) for each in (*plain, *asked))]
    rows = [intents.features(each, common) for each in texts]
    names = _names(rows, _OFTEN)
    marks = [at >= len(texts) - len(asked) for at in range(len(texts))]
    fitted = LogisticRegression(C=1.0, max_iter=500, fit_intercept=False, class_weight="balanced")
    fitted.fit(_matrix(rows, names), marks)
    return Linear.of(["assistant"], names, fitted.coef_.T.astype(np.float32))


def subjects(messages: Sequence[Message], strength: float = 1.0) -> Linear:
    """Fit which words of a message are its subject."""
    common = _common(messages)
    known = [each for each in messages if each.subject or each.want != "off_topic"]  # of those nobody noted it
    rows = [row for each in known for row in intents.word_features(intents.tokens(each.text), common)]
    marks = [at in each.subject for each in known for at in range(len(intents.tokens(each.text)))]
    names = _names(rows)
    fitted = LogisticRegression(C=strength, max_iter=500, fit_intercept=False).fit(_matrix(rows, names), marks)
    return Linear.of(["subject"], names, fitted.coef_.T.astype(np.float32))


def _common(messages: Sequence[Message]) -> frozenset[str]:
    counts = Counter(word for each in messages for word in {*intents.tokens(each.text), *"?.,"})
    return frozenset(word for word, count in counts.items() if count >= max(3, _COMMON * len(messages)))


def _names(rows: Iterable[Mapping[str, float]], least: int = _RARE) -> list[str]:
    counts = Counter(name for row in rows for name in row)
    return sorted(name for name, count in counts.items() if count >= least)  # sets have no order from run to run


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> csr_matrix:
    at = {name: column for column, name in enumerate(names)}
    cells = [(row, at[name], value) for row, each in enumerate(rows) for name, value in each.items() if name in at]
    ys, xs, values = (np.array(part) for part in zip(*cells, strict=True))
    matrix = csr_matrix((values, (ys, xs)), shape=(len(rows), len(names)))
    matrix.sort_indices()
    return matrix
