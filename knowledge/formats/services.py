"""Reads the JSON of programs and services that transcribe, as segments: each has a list of words or of utterances.

whisper.cpp, AssemblyAI, Deepgram, Gladia, Rev AI, Amazon Transcribe, Speechmatics, ElevenLabs, and OpenAI's words. They
differ in where that list is and in what they call its parts, and in nothing that matters. Labels become `Speaker 1`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from knowledge.formats.segments import BAD_START, NO_OBJECT, NO_WORDS, Segment
from knowledge.formats.speakers import who
from knowledge.formats.text import words
from knowledge.formats.times import number
from knowledge.formats.transcript import Findings

_Item: TypeAlias = Mapping[str, Any]

_TEXTS: Final = ("punctuated_word", "text", "transcript", "word", "value", "content")
_STARTS: Final = ("start", "start_time", "ts")
_SPEAKERS: Final = ("speaker", "speaker_label", "speaker_id")
_ATTACHED: Final = frozenset({"punct", "punctuation", "spacing"})
"""Types of what belongs to the word before it."""
_SOUNDS: Final = frozenset({"audio_event"})


def service_segments(parsed: object, findings: Findings) -> list[Segment] | None:
    """Return what a service heard, in order; None where the JSON is of none that is known."""
    match parsed:
        case {"transcription": [_, *_] as items}:  # whisper.cpp
            return _segments(({**item, "start": _offset(item)} for item in _objects(items, findings)), 0.001, findings)
        case {"utterances": [_, *_] as items}:  # AssemblyAI, with speakers
            return _segments(_objects(items, findings), 0.001, findings)
        case {"result": {"transcription": {"utterances": [_, *_] as items}}}:  # Gladia
            return _segments(_objects(items, findings), 1, findings)
        case {"results": {"utterances": [_, *_] as items}}:  # Deepgram, where it is asked for them
            return _segments(_objects(items, findings), 1, findings)
        case {"results": {"channels": [_, *_] as channels}}:  # Deepgram
            heard = [segment for each in channels for segment in _segments(_channel(each, findings), 1, findings)]
            return sorted(heard, key=lambda segment: segment.start or 0) if len(channels) > 1 else heard
        case {"results": {"items": [_, *_] as items} | ([_, *_] as items)}:  # Amazon Transcribe; Speechmatics
            return _segments(map(_with_alternative, _objects(items, findings)), 1, findings)
        case {"monologues": [_, *_] as items}:  # Rev AI
            return _segments(_elements(items, findings), 1, findings)
        case {"words": [_, *_] as items}:  # AssemblyAI, in milliseconds; ElevenLabs and OpenAI
            found = list(_objects(items, findings))
            return _segments(found, 1 if any("type" in item or "word" in item for item in found) else 0.001, findings)
        case _:
            return None


def speaker_of(item: _Item) -> str | None:
    """Return whom an object names; a number or a letter alone becomes a label, which nobody takes for a name."""
    named = next((item[key] for key in _SPEAKERS if item.get(key) is not None), None)
    if isinstance(named, int | str) and not isinstance(named, bool) and (label := words(str(named))):
        return f"Speaker {label}" if len(label) == 1 or label.isdigit() else label
    return None


def _segments(items: Iterable[_Item], unit: float, findings: Findings) -> list[Segment]:
    """Make segments of objects whose times are in `unit` seconds, punctuation joined to the word before it."""
    found: list[Segment] = []
    for item in items:
        said = next((item[key] for key in _TEXTS if isinstance(item.get(key), str)), None)
        if said is None:
            findings.add(None, NO_WORDS)
        elif item.get("type") in _ATTACHED:
            if found:
                last = found[-1]
                found[-1] = Segment(last.number, last.speaker, last.start, last.text + said)
        elif item.get("type") not in _SOUNDS:
            start = next((item[key] for key in _STARTS if item.get(key) is not None), None)
            at = number(start, unit)
            if at is None and start is not None:
                findings.add(None, BAD_START)
            found.append(Segment(len(found) + 1, who(speaker_of(item) or ""), at, said))
    return found


def _objects(items: Sequence[object], findings: Findings) -> Iterator[_Item]:
    for item in items:
        if isinstance(item, dict):
            yield item
        else:
            findings.add(None, NO_OBJECT)


def _offset(item: _Item) -> object:
    offsets = item.get("offsets")
    return offsets.get("from") if isinstance(offsets, dict) else None


def _channel(channel: object, findings: Findings) -> Iterator[_Item]:
    match channel:
        case {"alternatives": [{"words": [*items]}, *_]}:
            yield from _objects(items, findings)
        case _:
            findings.add(None, NO_WORDS)


def _with_alternative(item: _Item) -> _Item:
    """Return an object together with the likeliest of its alternatives."""
    match item.get("alternatives"):
        case [dict() as likeliest, *_]:
            return {**item, **likeliest}
        case _:
            return item


def _elements(monologues: Sequence[object], findings: Findings) -> Iterator[_Item]:
    for monologue in _objects(monologues, findings):
        elements = monologue.get("elements")
        for element in _objects(elements if isinstance(elements, list) else (), findings):
            yield {**element, "speaker": monologue.get("speaker")}
