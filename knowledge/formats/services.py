"""Reads the JSON of transcription programs and services as segments; each has a list of words or utterances.

whisper.cpp, AssemblyAI, Deepgram, Gladia, Rev AI, Amazon Transcribe, Speechmatics, ElevenLabs, and OpenAI's words. They
differ only in where that list is and in the names of its keys. Speaker labels become `Speaker 1`.
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
"""Types of items that are attached to the word before them."""
_SOUNDS: Final = frozenset({"audio_event"})


def service_segments(parsed: object, findings: Findings) -> list[Segment] | None:
    """Return a service's segments, in order; None if the JSON is from no known service."""
    match parsed:
        case {"transcription": [_, *_] as items}:  # whisper.cpp
            return _segments(({**item, "start": _offset(item)} for item in _objects(items, findings)), 0.001, findings)
        case {"utterances": [_, *_] as items}:  # AssemblyAI, with speakers
            return _segments(_objects(items, findings), 0.001, findings)
        case {"result": {"transcription": {"utterances": [_, *_] as items}}}:  # Gladia
            return _segments(_objects(items, findings), 1, findings)
        case {"results": {"utterances": [_, *_] as items}}:  # Deepgram, if utterances were requested
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
    """Return an object's speaker; a lone number or letter becomes a label such as `Speaker 1`, which is not a name."""
    named = next((item[key] for key in _SPEAKERS if item.get(key) is not None), None)
    if isinstance(named, int | str) and not isinstance(named, bool) and (label := words(str(named))):
        return f"Speaker {label}" if len(label) == 1 or label.isdigit() else label
    return None


def _segments(items: Iterable[_Item], unit: float, findings: Findings) -> list[Segment]:
    """Make segments from objects, attaching punctuation to the word before; `unit` is their time unit in seconds."""
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
    """Merge an object with its most likely alternative."""
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
