"""Guesses the want of a message that fits no sentence, and which of its words are the subject.

The models are trained on messages that people were asked to write (docs/learning.md). The want: multinomial logistic
regression over the words, their bigrams and trigrams, the same with rare words masked ("who * that"), the sentences
that fit part of the message, and its embedding. The subject: logistic regression over each word and its neighbours.
Whether the message is a request to a digital assistant: logistic regression over the same features as the want.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp
from pathlib import Path
from typing import Final

import numpy as np

from bot.understanding.linear import Linear, of_meaning
from bot.understanding.sentences import lexicon
from bot.understanding.text import Pause, Text, Word
from knowledge.search import rarity
from knowledge.search.meaning import Floats, Meanings
from knowledge.search.words import carries

WANTS: Final = Path(__file__).with_name("wants.npy")
SUBJECTS: Final = Path(__file__).with_name("subjects.npy")
ASSISTED: Final = Path(__file__).with_name("assisted.npy")
"""Files of the three models: wants, subjects, and requests to a digital assistant."""

_BLOT: Final = "*"
"""Masks a word."""
_BEGIN, _END = "^", "$"
_COMMON: Final = "common "
"""Prefix of the features that say which words are common in messages."""
_WEIGHT_OF_MEANING: Final = 4.0
"""Length of the embedding's vector, which weights it against the other features."""
_WEIGHT_OF_WORDS: Final = 3.0
"""Length of the vector of all features of words."""
_MANY_CONTENT_WORDS: Final = 6
"""Number of content words from which more make no difference."""
_SURELY_SAID: Final = 0.8
"""Minimum probability (0 to 1) of `said` for a text to ask nothing but what was said."""
_WORDS_LOOKED_AT: Final = 60
"""Number of words of a message to look at; it takes a person to say what a longer one wants."""


@dataclass(frozen=True, slots=True)
class Intent:
    """The want of a message, as the YAML files name it, and its probability, 0 to 1."""

    want: str
    sure: float


class Intents:
    """Guesses the wants of messages."""

    def __init__(self, wants: Linear, subjects: Linear, assisted: Linear) -> None:
        self._wants = wants
        self._assisted = assisted
        self._common = _after(_COMMON, wants.rows)
        self._common_beside = _after(_COMMON, subjects.rows)
        self._of_subjects = dict(
            zip(subjects.rows, subjects.weights(tuple(subjects.rows.values()))[:, 0].tolist(), strict=True)
        )
        # Caches: callers ask several things about one text in succession.
        self._last: tuple[Text, Mapping[str, float], Floats] | None = None
        self._last_intent: tuple[Text, Intent] | None = None

    @classmethod
    def load(cls) -> Intents:
        """Return the shipped models, loaded on first use."""
        return _shipped()

    def of(self, text: Text) -> Intent:
        """Guess the want of a text."""
        last = self._last_intent
        if last is None or last[0] != text:
            scores = self._scores(self._wants, text)
            odds = np.exp(scores - scores.max())
            best = int(odds.argmax())
            self._last_intent = last = text, Intent(self._wants.labels[best], float(odds[best] / odds.sum()))
        return last[1]

    def asks_what_was_said(self, text: Text) -> bool:
        """Tell whether a text surely asks what was said on something, so that no part of it asks anything else."""
        intent = self.of(text)
        return intent.want == "said" and intent.sure >= _SURELY_SAID

    def of_an_assistant(self, text: Text) -> float:
        """Return the probability that a text is a request to a digital assistant, about an alarm or an account."""
        return 1 / (1 + float(np.exp(-self._scores(self._assisted, text)[0])))

    def _scores(self, model: Linear, text: Text) -> Floats:
        last = self._last
        if last is None or last[0] != text:
            self._last = last = text, _of_words(text, self._common), _vector(text)
        _, of_words, vector = last
        return model.scores(of_words, vector)

    def is_common(self, word: str) -> bool:
        """Tell whether a word is common in messages on any subject; names count as common."""
        return word in self._common or not word.islower()

    def knows(self, word: str) -> bool:
        """Tell whether a word was in the training data; names count as known."""
        return word in self._wants.rows or not word.islower()

    def subjects(self, text: Text) -> list[float]:
        """Return for each of a text's first sixty words the probability that it is part of the subject."""
        rows = word_features(tokens(text), self._common_beside)
        scores = (sum(self._of_subjects.get(name, 0.0) * value for name, value in row.items()) for row in rows)
        return [1 / (1 + exp(-score)) for score in scores]


def features(text: Text, common: Collection[str]) -> dict[str, float]:
    """Return the features from which the want of a text is predicted, by name.

    Args:
        text: the message, with its names marked or not.
        common: the words that are common in messages; others are masked in n-grams of common words.
    """
    meaning = {of_meaning(at): value for at, value in enumerate(_vector(text).tolist())}
    return _of_words(text, common) | meaning


def _vector(text: Text) -> Floats:
    return Meanings.load().vector(text.text) * np.float32(_WEIGHT_OF_MEANING)


def _of_words(text: Text, common: Collection[str]) -> dict[str, float]:
    words = [_BEGIN, *_punctuated(text), _END]
    frame = _frame(words, common)
    names = {*_runs("", words, 3), *_runs("~", frame, 4), f"length {min(len(words) // 3, 7)}"}
    names |= {_COMMON + word for word in words if word in common}
    inside = {f"inside {match.want}" for match in lexicon().languages[0].templates.inside(text.plain)}
    carrying = f"carrying {min(sum(map(carries, text.plain)), _MANY_CONTENT_WORDS)}"
    return {
        **dict.fromkeys(names, _WEIGHT_OF_WORDS / len(names) ** 0.5),
        **dict.fromkeys(("", carrying, *inside), 1.0),
    }


def word_features(words: Sequence[str], common: Collection[str]) -> Iterator[dict[str, float]]:
    """Yield for each word the features from which it is predicted whether it is part of the subject."""
    beyond = [_BEGIN] * 3, [_END] * 2
    there = [*beyond[0], *(word if word in common or not word.islower() else _BLOT for word in words), *beyond[1]]
    steps = [_step(word) for word in words]
    for at, word in enumerate(words):
        before3, before2, before, this, after, after2 = there[at : at + 6]
        yield dict.fromkeys(
            (
                "",
                f"is {word}",
                f"{_COMMON}{word}" if word in common else "rare",
                f"before {before}",
                f"after {after}",
                f"before2 {before2}",
                f"after2 {after2}",
                f"{before} {this}",
                f"{this} {after}.",
                f"{before2} {before} {this}",
                f"{before3} {before2} {before} {this}",
                f"{before} {this} {after}.",
                f"carries {carries(word)}",
                f"from the start {min(at, 5)}",
                f"from the end {min(len(words) - at, 5)}",
                f"step {steps[at]}",
                f"{before} step {steps[at]}",
                f"{after} follows step {steps[at]}",
                f"steps {steps[at - 1] if at else _BEGIN} {steps[at]}",
            ),
            1.0,
        )


def tokens(text: Text) -> list[str]:
    """Return a token for each word: all numbers have one in common, and so have people, shows and years."""
    return [_token(word) for word in text.words[:_WORDS_LOOKED_AT]]


def _token(word: Word) -> str:
    if word.plain.isdigit():
        return "#"
    return _NAMED.get(word.plain, word.plain)


_NAMED: Final[Mapping[str, str]] = {
    "PERSON": _BLOT,
    "SHOW": _BLOT,
    "EPISODE": "episode",
    "SEASON": "season",
    "YEARS": _BLOT,
}


def _punctuated(text: Text) -> Iterator[str]:
    for token, word in zip(tokens(text), text.words, strict=False):
        yield token
        if word.pause is Pause.END:
            yield "?" if "?" in text.text[word.end : word.end + 3] else "."
        elif word.pause is Pause.COMMA:
            yield ","


def _frame(words: Sequence[str], common: Collection[str]) -> list[str]:
    """Mask the words that aren't common, several in a row with one mask."""
    blotted = [word if word in common or not word.islower() else _BLOT for word in words]
    return [blotted[0], *(word for before, word in pairwise(blotted) if word != _BLOT or before != _BLOT)]


def _runs(mark: str, words: Sequence[str], longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for at in range(len(words) - length + 1):
            yield mark + " ".join(words[at : at + length])


def _step(word: str) -> int:
    """Return the frequency of a word in English on a logarithmic scale of base four, 0 for the rarest."""
    share = rarity.frequency(word)
    return int(np.log2(share * 1e7) // 2) if share > 1e-7 else 0


def _after(mark: str, names: Collection[str]) -> frozenset[str]:
    return frozenset(name.removeprefix(mark) for name in names if name.startswith(mark))


@cache
def _shipped() -> Intents:
    return Intents(*map(Linear.load, (WANTS, SUBJECTS, ASSISTED)))
