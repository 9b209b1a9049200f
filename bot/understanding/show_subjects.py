"""Tells the subject of a show from a function word that is spelled alike: "should I learn go", and "where did they go".

The search leaves function words out, so such a question is asked of that show's episodes. How transcripts write the
word decides: "learn Go" has a capital, "they go" has none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import log
from typing import Final, TypeAlias

from bot.understanding.request import EVERYWHERE, Closer, Request, Where
from bot.understanding.shows import Shows
from bot.understanding.text import Text, plain
from bot.understanding.wants import Ask
from knowledge.search.words import carries

Capitals: TypeAlias = Callable[[str, str], tuple[int, int]]
"""Counts how often a word in a phrase has a capital, and how often it has none."""

_TELLING: Final = 1.5
"""Minimum absolute logarithm of the ratio of the two for the word before to decide, and not the one after."""


@dataclass(frozen=True, slots=True)
class ShowSubjects:
    """The subjects of the shows of one library that are function words, such as "go" for Go Time.

    `_asking` are the words that only ask: "is" in "what is go".
    """

    _shows: Shows
    _capitals: Capitals
    _asking: frozenset[str]

    def preferred(self, request: Request, text: Text) -> Request:
        """Ask a question with such a subject of the episodes of its show, unless what is found elsewhere is there too.

        If nothing else in it can be searched for, the word and the one before it are.
        """
        if request.want is Ask.EPISODES_ON and not carries(request.subject) and request.subject in self._shows.subjects:
            on_it = self._shows.together(self._shows.on(request.subject))
            all_on_it = replace(request, want=Ask.WHERE_TO_START, subject="", where=on_it)  # all of the show is on it
            return request if on_it == EVERYWHERE else all_on_it
        if request.want is not Ask.SAID or request.where != EVERYWHERE or request.closer:
            return request
        words = text.plain
        at = next((at for at, word in enumerate(words) if not carries(word) and word in self._shows.subjects), None)
        if at is None or not self._is_named(words, at):
            return request
        subject, name = plain(request.subject).split(), self._shows.subjects[words[at]]
        if subject == [words[at]]:
            return request
        if not any(map(carries, subject)):
            before = (word for word in words[max(at - 1, 0) : at] if word not in self._asking)
            return replace(request, subject=" ".join((*before, name)), about=name)
        there = Where(within=self._shows.together(self._shows.on(words[at])).within)
        closer = None if there == EVERYWHERE else Closer(replace(request, where=there, otherwise=None))
        return replace(request, closer=closer)

    def _is_named(self, words: tuple[str, ...], at: int) -> bool:
        """Tell whether a word is a name there, by how transcripts write it after the word before it, or else before."""
        before, after = (" ".join(words[max(at - 1, 0) : at + 1]), " ".join(words[at : at + 2]))
        odds = [self._odds(phrase, words[at]) if " " in phrase else 0.0 for phrase in (before, after)]
        return odds[0] > 0 if abs(odds[0]) >= _TELLING else sum(odds) > 0

    def _odds(self, phrase: str, word: str) -> float:
        """Return the logarithm of how much more often a word in a phrase has a capital than not."""
        capital, small = self._capitals(phrase, word)
        return log((capital + 0.5) / (small + 0.5))
