"""Finds who is meant by a description: "the blind programmer from Iran".

Somebody fits if words near the start of an episode with them, by a host who names or greets them or by themselves, have
most of it. Who is from a company or has made something is answered in `roles.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.answering import introductions, selection
from bot.answering.cast import Cast
from bot.answering.catalogue import Catalogue
from bot.answering.oneself import told
from bot.port.messages import Episode, EpisodeId, Found
from bot.understanding.request import Request, Trait
from knowledge.model import Passage
from knowledge.search import Search, rarity
from knowledge.search.introducing import BEGINNING
from knowledge.search.words import bare, carries, fold, split, whole_words

_FITS: Final = 1 / 2
"""Minimum share of a description in one passage about somebody."""
_RARE: Final = 0.6
"""Passages are looked for by words with at least this share of the rarest one's weight; "guy" is in most episodes."""
_NEAR: Final = 0.9
"""Others fit too with at least this share of the best one's share."""
_MOST: Final = 3
"""Maximum number of people whom a description fits."""
_EVERY: Final = 1_000_000
"""More passages than any episode has."""
_I: Final = re.compile(r"\bI(?:['’]m| am|['’]ve| have| was| work)\b|\b[Mm]y\b")
_NOT: Final = re.compile(r"\bI(?:['’]m| am| was) not an?\b")
_YOU: Final = re.compile(r"\b[Yy]ou(?:['’]re| are)\b")


@dataclass(frozen=True, slots=True)
class Described:
    """Finds the people who fit a description in one library."""

    _catalogue: Catalogue
    _search: Search
    _cast: Cast

    def answer(self, request: Request) -> Found | None:
        """Name those who fit best, and show the words that say so; None if nobody does."""
        fitting = self._fitting(request)
        if not fitting:
            return None
        most = max(share for share, _ in fitting.values())
        best = [name for name, (share, _) in fitting.items() if share >= most * _NEAR]
        if len(best) > _MOST:
            return None  # "the developer" is almost everybody
        best.sort(key=lambda name: (fitting[name][0], len(self._catalogue.people.get(name, ()))), reverse=True)
        said = [fitting[name][1] for name in best]
        on = [(name, self._catalogue.episodes[each.episode]) for name, each in zip(best, said, strict=True)]
        evidence = selection.distinct(self._catalogue.evidence(each, most) for each in said)
        return selection.shown(introductions.may_be(on), evidence, request.subject)

    def _fitting(self, request: Request) -> Mapping[str, tuple[float, Passage]]:
        """Return the people whom a description fits, each with its share and the words, newest first."""
        found: dict[str, tuple[float, Passage]] = {}
        for id, passages in self._begun(request).items():
            episode = self._catalogue.episodes[id]
            together = _share(request.subject, " ".join(each.text for each in passages))
            for passage in passages:
                share = _share(request.subject, passage.text)
                for name in self._told_of(passage, episode, request) if share >= _FITS else ():
                    worth = (share + together) / 2
                    if name not in found or worth > found[name][0]:
                        found[name] = (worth, passage)
        return found

    def _begun(self, request: Request) -> Mapping[EpisodeId, Sequence[Passage]]:
        """Return passages of each episode that have words of the description, of a whole library only early ones."""
        there: defaultdict[EpisodeId, dict[str, Passage]] = defaultdict(dict)
        early = _EVERY if request.where.show else BEGINNING
        weights = _weights(request.subject)
        rare = [word for word, weight in weights.items() if weight >= max(weights.values()) * _RARE]
        for word in rare:
            for passage in self._search.said_early(word, early, scope=request.where.scope):
                there[passage.episode].setdefault(passage.id, self._catalogue.credited(passage))
        order = {id: at for at, id in enumerate(self._catalogue.episodes)}
        return {id: list(there[id].values()) for id in sorted(there, key=order.__getitem__)}

    def _told_of(self, passage: Passage, episode: Episode, request: Request) -> Iterator[str]:
        """Yield whom a passage tells of: its speaker, those whom it names, or the only one who is greeted.

        On a show that is asked about, that may be a host, who has to be said to be that.
        """
        everybody, text = self._cast.of(episode), passage.text
        others = [name for name in everybody if name != passage.speaker]
        alone = others if len(others) == 1 else []
        if request.where.show:
            trait = Trait((), request.subject)
            if passage.speaker in everybody and told(trait, text):
                yield str(passage.speaker)
            named = [name for name in others if told(trait, text, (name, name.partition(" ")[0]))]
            yield from named or (alone if told(trait, text, ("you",)) else ())
            return
        guests = self._cast.guests(episode) or everybody
        if passage.speaker not in guests:
            yield from _named(text, guests, request.subject) or (alone if _YOU.search(text) else ())
        elif _I.search(text) and not _NOT.search(text):
            yield str(passage.speaker)


def _named(text: str, people: Sequence[str], description: str) -> Sequence[str]:
    """List the people named by their first name, those with most of a description between their name and the next."""
    words = whole_words(text)
    first = {fold(name).split()[0]: name for name in people}
    places = [at for at, word in enumerate(words) if bare(word) in first]
    told: dict[str, float] = {}
    for at, end in pairwise((*places, len(words))):
        name = first[bare(words[at])]
        told[name] = max(told.get(name, 0.0), _share(description, " ".join(words[at + 1 : end])))
    return [name for name, share in told.items() if share == max(told.values())]


def _weights(description: str) -> Mapping[str, float]:
    """Return the informative words of a description, each with its rarity in English."""
    return {word: rarity.weight(word, holding=0, of=0) for word in split(description) if carries(word)}


def _share(description: str, text: str) -> float:
    """Return the share of a description's informative words, by their weight, that a text has, 0 to 1."""
    there, weights = selection.stems_of(text), _weights(description)
    said = sum(weight for word, weight in weights.items() if selection.stems_of(word) <= there)
    return said / sum(weights.values()) if weights else 0.0
