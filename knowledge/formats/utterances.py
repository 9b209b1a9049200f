"""Makes turns of the utterances that a reader found: puts times in order and cuts endless repetition.

What all transcript readers share at their end; they differ in how they find utterances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from knowledge.formats.times import Marker, in_order
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


class Utterances:
    """Gathers what was said, in order; a marker comes before the next utterance added."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self._speakers: list[str | None] = []
        self._texts: list[str] = []
        self._lines: list[int | None] = []
        self._aloud: list[bool] = []
        self._markers: list[Marker] = []

    def mark(self, seconds: float | None, line: int | None, unreadable: str = BAD_TIME) -> None:
        """Note a time that comes before whatever is said next; None for one that can't be read."""
        if seconds is None:
            self.findings.add(line, unreadable)
        else:
            self._markers.append(Marker(len(self._texts), seconds, line))

    def add(self, speaker: str | None, text: str, line: int | None, *, aloud: bool = False) -> None:
        """Add words, clean already, or read `aloud` from somebody else; nothing where there are none."""
        if text:
            self._speakers.append(speaker)
            self._texts.append(text)
            self._lines.append(line)
            self._aloud.append(aloud)

    def transcript(self) -> Transcript:
        """Return all of it as turns, with the findings."""
        if not self._texts:
            self.findings.add(None, NOTHING)
            return Transcript(findings=self.findings.all())
        kept, dropped = in_order(self._markers)
        for marker in dropped:
            self.findings.add(marker.line, BACKWARDS)
        first = {marker.before: _time(marker) for marker in reversed(kept)}
        last = {marker.before: _time(marker) for marker in kept}
        turns: list[Turn] = []
        for utterance in self._without_loops(first):
            start = last.get(utterance)
            if turns and start is not None and start - first[utterance] > _PAUSE:
                turns.append(Turn(None, "", first[utterance]))
            turns.append(Turn(self._speakers[utterance], self._texts[utterance], start, self._aloud[utterance]))
        return Transcript(tuple(turns), self.findings.all())

    def _without_loops(self, starts: Mapping[int, timedelta]) -> Sequence[int]:
        texts, who = self._texts, self._speakers
        chosen: list[int] = []
        first = 0
        for utterance in range(1, len(texts) + 1):
            if utterance < len(texts) and (texts[utterance], who[utterance]) == (texts[first], who[first]):
                continue
            times = utterance - first
            lasted = starts.get(utterance - 1, timedelta(0)) - starts.get(first, timedelta(0))
            if times > _REFRAIN or (times >= _REPEATS and lasted > _LONG):
                self.findings.add(self._lines[first], REPEATED)
                chosen.append(first)
            else:
                chosen.extend(range(first, utterance))
            first = utterance
        return chosen


def _time(marker: Marker) -> timedelta:
    return timedelta(milliseconds=round(marker.seconds * 1000))
