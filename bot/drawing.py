"""Draws quotes at random: those that were picked out, and what is most worth quoting in transcripts.

What a quote is to be about is looked up in `answers.py`; what is said with it stands in `wording.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from operator import itemgetter
from random import Random
from typing import Final

from bot.conversation import Thread
from bot.port import ItemId, QuoteFilter
from bot.reading import Words
from bot.shelf import Shelf
from knowledge.model import Passage, Quote
from knowledge.search import Search
from knowledge.search.sayings import Sayings

_HANDFUL: Final = 80
"""Sayings of which the best is drawn, at most; with more, the few best of a library would come up again and again."""
_OF: Final = 4
"""The same as a share of all, one in so many: a single transcript is not to give its best each time."""


class Quotes:
    """The quotes of one library, to be drawn from."""

    def __init__(self, shelf: Shelf, search: Search, random: Random) -> None:
        self._shelf = shelf
        self._search = search
        self._random = random

    def picked(self, wanted: QuoteFilter) -> tuple[Quote, ...]:
        """List the quotes that were picked out of the wished episode, in the wished speaker's words."""
        said = set(Words(wanted.speaker or "").plain.split())
        quotes = self._shelf.quotes_in(wanted.episode)
        theirs = (quote for quote in quotes if said <= set(Words(quote.speaker or "").plain.split()))
        return tuple(quote for quote in theirs if wanted.within is None or quote.episode in wanted.within)

    def draw(self, wanted: QuoteFilter, thread: Thread) -> tuple[Quote | Passage | None, Thread]:
        """Draw one that is wished for, whatever it is about; None where there is none.

        None comes again in a thread until all the others have. An episode with picked quotes is quoted by these alone,
        but has no more than its share: a library may have one such episode among thousands.
        """
        picked = self.picked(wanted)
        find = partial(self._search.sayings, episode=wanted.episode, within=wanted.within, speaker=wanted.speaker)
        sayings = find()
        if wanted.speaker and not picked and next(self._beside(picked, sayings), None) is None:
            sayings = find(whole=True)
        fresh = [quote for quote in picked if quote.id not in thread.drawn]
        of_picked = self._random.randrange(len(fresh) + len(sayings) + 1) < len(fresh)
        unsaid = (each for each in self._beside(picked, sayings) if each.id not in thread.drawn)
        said = None if of_picked else next(unsaid, None)
        if said or fresh:
            chosen = said or self._random.choice(fresh)
            return chosen, thread.draw((chosen.id,), itemgetter(0))[1]
        held: dict[ItemId, Quote | Passage] = {quote.id: quote for quote in picked}
        held |= {saying.id: saying for saying in self._beside(picked, sayings)}
        if not held:
            return None, thread
        id, thread = thread.draw(tuple(held), self._random.choice)
        return held[id], thread

    def _beside(self, picked: Iterable[Quote], sayings: Sayings) -> Iterator[Passage]:
        """Read, in random order, the sayings of episodes that no quote was picked out of.

        Where a transcript names its speakers, words of nobody are an advertisement or a clip.
        """
        quoted = {quote.episode for quote in picked}
        handful = min(_HANDFUL, -(-len(sayings) // _OF))
        for saying in sayings.drawn(self._random, handful):
            if saying.episode not in quoted and (saying.speaker or not self._shelf.speakers.get(saying.episode)):
                yield saying
