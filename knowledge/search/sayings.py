"""What is worth quoting by itself in a library, read a bit at a time and in any order: there may be thousands.

Which sentence of a passage that is, is decided in `quotable.py`; which of them is shown, by whoever draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from knowledge.model import EpisodeId, Passage
from knowledge.search import quotable
from knowledge.search.index import TextIndex, stems


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of a passage.

    Attributes:
        passage: with the sentence for its text; the name and the start are the whole's, the start approximate where
            others come before the sentence.
        worth: how much it is worth quoting; the higher, the better.
    """

    passage: Passage
    worth: float


class Sayings:
    """The sayings of a library, of an episode or of a speaker."""

    def __init__(self, spoken: TextIndex, *, episode: EpisodeId | None = None, speaker: str | None = None) -> None:
        """Look up where they are; what they are is read as they are drawn."""
        self._spoken = spoken
        self._speaker = frozenset(stems(speaker or ""))
        self._places = spoken.quotable(episode=episode, speaker=speaker)

    def __len__(self) -> int:
        """Count the stretches of talk that have sayings."""
        return len(self._places)

    def drawn(self, random: Random) -> Iterator[Saying]:
        """Read all of them, each once, in random order."""
        left = list(self._places)
        while left:
            place = random.randrange(len(left))
            left[place], left[-1] = left[-1], left[place]
            for passage in self._spoken.read(left.pop()).passages:
                theirs = self._speaker <= frozenset(stems(passage.speaker or ""))
                if theirs and (best := quotable.best(passage.text)):
                    yield Saying(_cut(passage, best), best.worth)


def _cut(passage: Passage, sentence: quotable.Sentence) -> Passage:
    inner = passage.start is not None and sentence.at > 0
    return replace(passage, text=sentence.text, approximate=passage.approximate or inner)
