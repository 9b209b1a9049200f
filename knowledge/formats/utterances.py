"""Makes turns of the utterances that a reader found: puts times in order and cuts endless repetition.

What all transcript readers share at their end; they differ in how they find utterances.
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
REPEATED = "the same words over and over, as machine transcripts do when they hear nothing; kept once"
NOTHING = "no words found in it"

_PAUSE = timedelta(seconds=5)
"""A break is marked with the time it begins and the time it ends; a cue without words is not a break."""

_REPEATS = 4
"""Saying something three times in a row is speech."""
_REFRAIN = 8
_LONG = timedelta(minutes=1)
"""A refrain comes up to eight times in a row, within a minute; what goes on for longer is a machine's."""
_CREDIT = re.compile(
    r"[\[(*_]{0,3}(?:this transcript (?:was|is) [a-z ]{0,20}(?:created|generated|made)"
    r"|(?:automatically |machine )?(?:transcri(?:bed|pt|ption)|captions|captioned|subtitle[sd]))\b[^.!?]{0,40}"
    r"\b(?:at|by|from|using|with) [^.!?]{0,20}(?:https?://|\w\.(?:ai|com|fm|io|net|org|tv)\b).{0,80}",
    re.IGNORECASE,
)
"""What a program writes of itself at the beginning or the end: "Transcribed by https://otter.ai"."""


class _Utterance(NamedTuple):
    speaker: str | None
    text: str
    line: int | None
    aloud: bool


class Utterances:
    """Gathers what was said, in order; a marker comes before the next utterance added."""

    def __init__(self) -> None:
        self.findings = Findings()
        self._said: list[_Utterance] = []
        self._markers: list[Marker] = []

    def mark(self, seconds: float | None, line: int | None, unreadable: str = BAD_TIME) -> None:
        """Note a time that comes before whatever is said next; None for one that can't be read."""
        if seconds is None:
            self.findings.add(line, unreadable)
        else:
            self._markers.append(Marker(len(self._said), seconds, line))

    def add(self, speaker: str | None, text: str, line: int | None, *, aloud: bool = False) -> None:
        """Add words, clean already, or read `aloud` from somebody else; nothing where there are none."""
        if text:
            self._said.append(_Utterance(speaker, text, line, aloud))

    def transcript(self) -> Transcript:
        """Return all of it as turns, with the findings."""
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
        """Return the places of what is kept: all, but the first alone of what a machine repeats."""
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
