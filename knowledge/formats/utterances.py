"""Turns the utterances that a reader found into a transcript: puts times in order and cuts endless repetition.

The last step of every transcript reader; how to find utterances is up to each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from knowledge.formats.times import Marker, at, in_order
from knowledge.formats.transcript import Findings, Transcript
from knowledge.passages import Turn

BAD_TIME = "a time that can't be read; ignored"
BACKWARDS = "a time earlier than the one before it; left out"
REPEATED = "the same words over and over, as speech recognition produces in silence; kept once"
NOTHING = "no words found in it"

_PAUSE = timedelta(seconds=5)
"""Two times without words between them mark a break if they are further apart than this."""

_REPEATS = 4
"""Minimum number of repetitions that may be a machine's: people do say things three times in a row."""
_REFRAIN = 8
"""Maximum number of times that a song's refrain comes in a row."""
_LONG = timedelta(minutes=1)
"""Maximum duration of repeated speech; what goes on for longer is a machine's."""
_CREDIT = re.compile(
    r"[\[(*_]{0,3}(?:this transcript (?:was|is) [a-z ]{0,20}(?:created|generated|made)"
    r"|(?:automatically |machine )?(?:transcri(?:bed|pt|ption)|captions|captioned|subtitle[sd]))\b[^.!?]{0,40}"
    r"\b(?:at|by|from|using|with) [^.!?]{0,20}(?:https?://|\w\.(?:ai|com|fm|io|net|org|tv)\b).{0,80}",
    re.IGNORECASE,
)
"""A program's credit at the beginning or the end: "Transcribed by https://otter.ai"."""


class _Utterance(NamedTuple):
    speaker: str | None
    text: str
    line: int | None
    aloud: bool


class Utterances:
    """Collects utterances and times, in order."""

    def __init__(self) -> None:
        self.findings = Findings()
        self._said: list[_Utterance] = []
        self._markers: list[Marker] = []

    def mark(self, seconds: float | None, line: int | None, unreadable: str = BAD_TIME) -> None:
        """Add a time that precedes the next utterance; None for one that can't be read."""
        if seconds is None:
            self.findings.add(line, unreadable)
        else:
            self._markers.append(Marker(len(self._said), seconds, line))

    def add(self, speaker: str | None, text: str, line: int | None, *, aloud: bool = False) -> None:
        """Add clean words, if there are any; `aloud` marks somebody else's, read aloud by the speaker."""
        if text:
            self._said.append(_Utterance(speaker, text, line, aloud))

    def transcript(self) -> Transcript:
        """Return everything as turns, with the findings."""
        if not self._said:
            self.findings.add(None, NOTHING)
            return Transcript(findings=self.findings.all())
        kept, dropped = in_order(self._markers)
        for marker in dropped:
            self.findings.add(marker.line, BACKWARDS)
        first = {marker.before: at(marker.seconds) for marker in reversed(kept)}
        last = {marker.before: at(marker.seconds) for marker in kept}
        turns: list[Turn] = []
        ends = {0, len(self._said) - 1}
        for place in self._without_loops(first):
            if place in ends and _CREDIT.fullmatch(self._said[place].text):
                continue
            speaker, text, _, aloud = self._said[place]
            start = last.get(place)
            if turns and start is not None and start - first[place] > _PAUSE:
                turns.append(Turn(None, "", first[place]))
            turns.append(Turn(speaker, text, start, aloud))
        if not turns:
            self.findings.add(None, NOTHING)
        return Transcript(tuple(turns), self.findings.all())

    def _without_loops(self, starts: Mapping[int, timedelta]) -> Sequence[int]:
        """Return the indices of the utterances to keep, only the first of those that a machine repeats."""
        chosen: list[int] = []
        first = 0
        for _, same in groupby(self._said, lambda each: (each.text, each.speaker)):
            following = first + len(tuple(same))
            lasted = starts.get(following - 1, timedelta(0)) - starts.get(first, timedelta(0))
            if following - first > _REFRAIN or (following - first >= _REPEATS and lasted > _LONG):
                self.findings.add(self._said[first].line, REPEATED)
                chosen.append(first)
            else:
                chosen.extend(range(first, following))
            first = following
        return chosen
