"""Suggests questions that a library without notes can answer, on its own subjects and people.

Both are taken from the newest episodes of a few shows. Questions about notes are worded in `sentences.py`.
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
"""Words with at least this share of English text are too common to be subjects."""
_RAREST: Final = 1e-8
"""Assumed share of English text for a word that English lacks."""
_SHORTEST: Final = 4
"""Minimum number of letters in a suggested word; shorter ones are often something else."""
_LOOKED_AT: Final = 8
"""Number of an episode's most informative words that are looked up in other episodes."""
_SUBJECTS: Final = 3
"""Number of words of one episode that may be suggested."""
_SHOWS: Final = 3
"""Number of shows whose newest episodes give suggestions."""
_FEWEST: Final = 3
"""Minimum number of episodes that say a suggested word, so that there is something to find."""
_MOST: Final = 0.2
"""Maximum share of all episodes that say a suggested word; a more common one goes with any subject."""
_ASIDE: Final = re.compile(r"\[[^\]]*\]")
"""A remark of the transcript, such as "[laughter]"."""


@dataclass(frozen=True)
class Suggestions:
    """Suggests questions to one library."""

    _catalogue: Catalogue
    _shows: Shows
    _search: Search
    _cast: Cast

    def examples(self, random: Random) -> tuple[str, ...]:
        """Return questions that this library can answer, picked at random if there are many."""
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
        """Subjects and people to ask about. Finding them takes 0.2 s for each show, so they are cached."""
        newest = self._shows.newest()[:_SHOWS]
        subjects = dict.fromkeys(each for episode in newest for each in self._subjects(episode))
        guests = dict.fromkeys(each for episode in newest for each in self._cast.guests(episode))
        speakers = guests or dict.fromkeys(self._catalogue.speakers.get(newest[0].id, ()))
        return tuple(subjects), tuple(speakers)

    def _subjects(self, episode: Episode) -> Sequence[str]:
        """List informative words of an episode that some other episodes have too, in their most frequent spelling."""
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
