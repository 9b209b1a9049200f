"""Suggests questions that a library without notes answers: on a subject and somebody it really has.

Both are of the newest episodes of a few shows; what is asked where there are notes is worded in `sentences.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import log
from random import Random
from typing import Final

from bot.answering import sentences
from bot.answering.cast import Cast
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
_SUBJECTS: Final = 3
"""Words of one episode that are suggested by turns."""
_SHOWS: Final = 3
"""Shows whose newest episodes are asked about."""
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
    _cast: Cast

    def examples(self, random: Random) -> tuple[str, ...]:
        """Return questions that are answered here, others each time where there are others."""
        newest = next(iter(self._shows.newest()), None)
        topics = self._catalogue.central()
        if newest is None or topics:
            return sentences.examples(topics, newest)
        subjects, speakers = self._pool
        subject = random.choice(subjects) if subjects else None
        asked = sentences.to_begin_with(subject, random.choice(speakers) if speakers else None)
        return asked or sentences.examples(topics, newest)

    @cached_property
    def _pool(self) -> tuple[Sequence[str], Sequence[str]]:
        """Subjects and people to ask about; looked for once, in a fifth of a second a show."""
        newest = self._shows.newest()[:_SHOWS]
        subjects = dict.fromkeys(each for episode in newest for each in self._subjects(episode))
        guests = dict.fromkeys(each for episode in newest for each in self._cast.guests(episode))
        speakers = guests or dict.fromkeys(self._catalogue.speakers.get(newest[0].id, ()))
        return tuple(subjects), tuple(speakers)

    def _subjects(self, episode: Episode) -> Sequence[str]:
        """List words that tell much of an episode and are said in some others, as they are mostly written there."""
        said = Counter(self._words(episode))
        counts, forms = Counter[str](), dict[str, str]()
        for form, count in said.most_common():
            counts[fold(form)] += count
            forms.setdefault(fold(form), form)
        weights = {word: count * -log(max(frequency(word), _RAREST)) for word, count in counts.items()}
        likely = sorted(weights, key=weights.__getitem__, reverse=True)[:_LOOKED_AT]
        most = len(self._catalogue.episodes) * _MOST
        found = (forms[word] for word in likely if _FEWEST <= len(self._search.episodes(word)) <= most)
        return list(islice(found, _SUBJECTS))

    def _words(self, episode: Episode) -> Iterator[str]:
        named = {word for name in self._catalogue.speakers.get(episode.id, ()) for word in fold(name).split()}
        for passage in self._search.said_in(episode.id):
            text = _ASIDE.sub("", passage.text)
            for word, begin, end in spans(text):
                telling = len(word) >= _SHORTEST and word.isalpha() and carries(word) and word not in named
                if telling and frequency(word) < _ENGLISH:
                    yield text[begin:end]
