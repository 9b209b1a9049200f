"""Suggests questions that a library without notes answers: on a subject and somebody it really has.

Both are of the newest episode; what is asked where there are notes is worded in `sentences.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Final

from bot.answering import sentences
from bot.answering.catalogue import Catalogue
from bot.port.messages import Episode
from bot.understanding.shows import Shows
from knowledge.search import Search
from knowledge.search.rarity import frequency
from knowledge.search.words import carries, fold, spans

_ENGLISH: Final = 1e-5
"""Share of English text from which a word is no subject by itself."""
_RAREST: Final = 1e-8
"""The same that is reckoned with for what English has not."""
_SHORTEST: Final = 4
"""Letters of the shortest word that is suggested: shorter ones are often something else."""
_LOOKED_AT: Final = 8
"""Words, those that tell most of the episode, of which it is looked up where else they are said."""
_FEWEST: Final = 3
"""Episodes that say a word of which there is something to find ..."""
_MOST: Final = 0.2
"""... and the share of all from which it goes with any."""
_ASIDE: Final = re.compile(r"\[[^\]]*\]")
"""What a transcript notes beside the words, such as laughter."""


@dataclass(frozen=True)
class Suggestions:
    """Questions to begin with, for one library."""

    _catalogue: Catalogue
    _shows: Shows
    _search: Search
    _guests_of: Callable[[Episode], tuple[str, ...]]

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions that are answered here; looked for once, in a fifth of a second, when they are first shown."""
        newest = next(iter(self._shows.newest()), None)
        topics = self._catalogue.to_ask_instead()
        if newest is None or topics:
            return sentences.examples(topics, newest)
        speakers = (*self._guests_of(newest), *self._catalogue.speakers.get(newest.id, ()))
        asked = sentences.to_begin_with(self._subject(newest), next(iter(speakers), None))
        return asked or sentences.examples(topics, newest)

    def _subject(self, episode: Episode) -> str | None:
        """Return a word that tells much of an episode and is said in some others, as it is mostly written there."""
        said = Counter(self._words(episode))
        counts, forms = Counter[str](), dict[str, str]()
        for form, count in said.most_common():
            counts[fold(form)] += count
            forms.setdefault(fold(form), form)
        weights = {word: count * -log(max(frequency(word), _RAREST)) for word, count in counts.items()}
        likely = sorted(weights, key=weights.__getitem__, reverse=True)[:_LOOKED_AT]
        most = len(self._catalogue.episodes) * _MOST
        return next((forms[word] for word in likely if _FEWEST <= len(self._search.episodes(word)) <= most), None)

    def _words(self, episode: Episode) -> Iterator[str]:
        named = {word for name in self._catalogue.speakers.get(episode.id, ()) for word in fold(name).split()}
        for passage in self._search.said_in(episode.id):
            text = _ASIDE.sub("", passage.text)
            for word, begin, end in spans(text):
                telling = len(word) >= _SHORTEST and word.isalpha() and carries(word) and word not in named
                if telling and frequency(word) < _ENGLISH:
                    yield text[begin:end]
