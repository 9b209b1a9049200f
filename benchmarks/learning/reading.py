"""Fits what messages want, and which of their words are the subject; the features are in `bot.understanding.intents`.

Trained on `sets/messages_train.jsonl`, which gives each message's want and quotes its subject. Plain questions that
people asked each other, about meetings or of a search engine serve as messages that only want an answer.
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
"""Minimum number of messages with a feature for it to be learned."""
_COMMON: Final = 1 / 300
"""Minimum share of messages with a word for it to be common, so that it isn't masked."""
_PLAIN: Final = 300
"""Maximum number of plain questions from each source."""
_ASSISTANT: Final = "clinc150-train"
"""Source of the errands for a digital assistant."""
_ASKED: Final = 1_500
"""Maximum number of questions from each source in learning what an errand is."""
_OFTEN: Final = 4
"""Minimum number of texts with a feature for it to be learned, in the model of errands."""
_SEED: Final = 2
_TALK: Final = frozenset({"said", "off_topic"})
_TALKED: Final = 2.0
"""Weight of a message that only asks about its words: they are the majority in a chat, but a quarter of the set."""
_SHORT: Final = 4
"""Maximum number of words in a subject that people type by itself."""
_ON_SUBJECTS: Final = frozenset({"said", "quote", "episodes_on", "everything"})
_ORIGIN: Final = "Learned from benchmarks/sets/messages_train.jsonl by benchmarks/learning/reading.py."


@dataclass(frozen=True, slots=True)
class Message:
    """A message, what it wants, and the positions of the words in its subject."""

    text: Text
    want: str
    subject: frozenset[int]


def learn(plain: Mapping[str, Sequence[str]]) -> None:
    """Fit the models and write them; `plain` maps sources to their questions."""
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
    text = Text.of(typed).read_as(sentences.lexicon().short)
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
    """Yield short subjects as messages of their own: "rice?" asks what was said about rice."""
    for message in messages:
        if message.want in _ON_SUBJECTS and 0 < len(message.subject) <= _SHORT:
            words = message.text.part(min(message.subject), max(message.subject) + 1)
            yield Message(Text.of(words.written), "said", frozenset(range(len(words.words))))


def wants(messages: Sequence[Message], strength: float = 10.0) -> Linear:
    """Fit what messages want; the higher the strength, the weaker the regularisation."""
    common = _common(messages)
    rows = [intents.features(each.text, common) for each in messages]
    names = _names(rows)
    fitted = LogisticRegression(C=strength, max_iter=500, fit_intercept=False)
    marks = [each.want for each in messages]
    fitted.fit(_matrix(rows, names), marks, [_TALKED if mark in _TALK else 1.0 for mark in marks])
    return Linear.of(fitted.classes_, names, fitted.coef_.T.astype(np.float32))


def assisted(told: Sequence[Text], plain: Sequence[str], asked: Sequence[str], common: frozenset[str]) -> Linear:
    """Fit whether a text is an errand for an assistant, with messages and plain questions as negatives."""
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
    known = [each for each in messages if each.subject or each.want != "off_topic"]  # off-topic ones lack it
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
    return sorted(name for name, count in counts.items() if count >= least)  # sets vary in order


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> csr_matrix:
    at = {name: column for column, name in enumerate(names)}
    cells = [(row, at[name], value) for row, each in enumerate(rows) for name, value in each.items() if name in at]
    ys, xs, values = (np.array(part) for part in zip(*cells, strict=True))
    matrix = csr_matrix((values, (ys, xs)), shape=(len(rows), len(names)))
    matrix.sort_indices()
    return matrix
