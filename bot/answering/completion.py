"""Completes what somebody is typing: topics, episodes and speakers, by the beginnings of their words.

Nothing is ranked by meaning, because half a word is no question. People wait for this after every key, so words are
looked up in a sorted list, and misspelt ones are corrected only from the words of the choices.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.answering.catalogue import Catalogue
from bot.port.messages import Choice, Completion, EpisodeId
from bot.port.wording import full_label
from bot.understanding.request import EVERYWHERE, Where
from bot.understanding.text import plain
from knowledge.search import Vocabulary

_LAST = "\U0010ffff"
"""Sorts after every letter."""


class Completions:
    """The choices of one kind."""

    def __init__(self, choices: Iterable[tuple[Choice, Sequence[str], Collection[EpisodeId]]]) -> None:
        """Take choices with their other names and episodes, in the order in which equally good ones are offered."""
        self._choices: list[Choice] = []
        self._episodes: list[Collection[EpisodeId]] = []
        self._plain: list[str] = []
        holding: defaultdict[str, set[int]] = defaultdict(set)
        for number, (choice, names, episodes) in enumerate(choices):
            label = plain(choice.label)
            self._choices.append(choice)
            self._episodes.append(episodes)
            self._plain.append(label)
            for word in _words((label, *(plain(name) for name in names))):
                holding[word].add(number)
        self._words = sorted(holding)
        self._holding = [holding[word] for word in self._words]
        self._vocabulary = Vocabulary(Counter({word: len(those) for word, those in holding.items()}))

    def matching(self, typed: str, limit: int, part: Where = EVERYWHERE) -> tuple[Choice, ...]:
        """Return choices whose words begin with the typed ones, best first; all of them if nothing is typed.

        If any of them are in `part`, only those.
        """
        wanted = plain(typed)
        if not wanted and part.within is None:
            return tuple(self._choices[:limit])
        found: Collection[int] = self._beginning_with(wanted) if wanted else range(len(self._choices))
        if wanted and not found:
            wanted = " ".join(self._corrected(wanted.split()))
            found = self._beginning_with(wanted)
        if part.within is not None:
            found = [number for number in found if not part.within.isdisjoint(self._episodes[number])] or found
        best = sorted(found, key=lambda number: (not self._plain[number].startswith(wanted), number))
        return tuple(self._choices[number] for number in best[:limit])

    def _beginning_with(self, wanted: str) -> set[int]:
        each = (set[int]().union(*self._holding[self._range(start)]) for start in wanted.split())
        return set.intersection(*each)

    def _range(self, start: str) -> slice:
        return slice(bisect_left(self._words, start), bisect_left(self._words, start + _LAST))

    def _corrected(self, words: Iterable[str]) -> Iterator[str]:
        """Replace each word that begins no known word by the nearest known one."""
        for word in words:
            known = self._range(word)
            yield word if known.start < known.stop else self._vocabulary.nearest(word) or word


def _words(texts: Iterable[str]) -> set[str]:
    every = " ".join(texts)
    return {*every.replace("-", " ").split(), *every.split()}


def completions(catalogue: Catalogue) -> dict[Completion, Completions]:
    """Collect the choices of each kind: speakers and people by number of episodes, the others in library order."""
    quoted = {(quote.episode, quote.speaker) for quote in catalogue.quotes.values() if quote.speaker}
    spoken = {(episode, name) for episode, names in catalogue.speakers.items() for name in names}
    named = {(each.id, person.name) for each in catalogue.episodes.values() for person in (*each.hosts, *each.guests)}
    return {
        Completion.TOPIC: Completions(
            (Choice(catalogue.title(each), each.id), each.names, (each.episode,)) for each in catalogue.topics.values()
        ),
        Completion.EPISODE: Completions(
            (Choice(full_label(each), each.id), (each.id,), (each.id,)) for each in catalogue.episodes.values()
        ),
        Completion.SPEAKER: Completions(_by_episodes(quoted | spoken)),
        Completion.PERSON: Completions(_by_episodes(quoted | spoken | named)),
    }


def _by_episodes(
    heard: Iterable[tuple[EpisodeId, str]],
) -> Iterator[tuple[Choice, Sequence[str], Collection[EpisodeId]]]:
    """Yield people, those in the most episodes first."""
    episodes: defaultdict[str, list[EpisodeId]] = defaultdict(list)
    for episode, name in sorted(heard):
        episodes[name].append(episode)
    for name in sorted(episodes, key=lambda name: -len(episodes[name])):
        yield Choice(name, name), (), episodes[name]
