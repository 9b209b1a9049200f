"""Segments, the timed stretches of speech that all JSON formats list.

Loads untrusted JSON and joins single words into sentences. The meaning of each key is left to the formats.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from knowledge.formats.text import visible, words
from knowledge.formats.transcript import Findings
from knowledge.formats.utterances import NOTHING, Utterances

NOT_JSON = "not valid JSON; skipped"
NO_LIST = "it has no list of segments; skipped"
NO_WORDS = "a segment without words; skipped"
BAD_START = "a segment whose start can't be read; its words are kept"
NO_OBJECT = "an entry that is not an object; skipped"
TOO_DEEP = "JSON nested too deeply to be a transcript; skipped"

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)]*$")
_ITEM = re.compile(r"[\s,]*(?=[^\s,\]])")
_CLOSING = re.compile(r"[^\w\s]+")
_MOST_WORDS = 40
_PAUSE = 2.0
"""Seconds of silence that end a sentence without a full stop."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its position in the list, its speaker, its start in seconds (None if unreadable), its raw words."""

    number: int
    speaker: str | None
    start: float | None
    text: str


def parse_json(text: str, findings: Findings) -> object:
    """Parse JSON; anything else gives None and a finding."""
    if not text.strip():
        findings.add(None, NOTHING)
        return None
    parsed: object = None
    try:
        parsed = json.loads(text)
    except RecursionError:
        findings.add(None, TOO_DEEP)
    except ValueError as error:  # bad syntax, or a number with thousands of digits
        findings.add(error.lineno if isinstance(error, json.JSONDecodeError) else None, NOT_JSON)
    else:
        if parsed is None:
            findings.add(None, NO_LIST)
    return parsed


def objects(parsed: object, text: str, key: str, findings: Findings) -> list[tuple[int, dict[str, object]]]:
    """Return the objects of the list under `key` (or of a bare list), numbered from 1; `text` is the unparsed file.

    Anything else becomes a finding. Afterwards, places given to `findings` are these numbers.
    """
    findings.locate(partial(_line_of, text, key))
    items = parsed.get(key) if isinstance(parsed, dict) else parsed
    if not isinstance(items, list):
        findings.add(None, NO_LIST)
        return []
    found: list[tuple[int, dict[str, object]]] = []
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            found.append((number, item))
        else:
            findings.add(number, NO_OBJECT)
    return found


def _line_of(text: str, key: str, number: int) -> int | None:
    """Scan the text for the line on which an item of a JSON list begins; None if it can't be found."""
    return next(islice(_lines(text, key), number - 1, None), None)


def _lines(text: str, key: str) -> Iterator[int]:
    begin = re.search(rf'"{key}"\s{{0,50}}:\s{{0,50}}\[|^\s{{0,50}}\[', text)
    place = begin.end() if begin else len(text)
    line = 1 + text.count("\n", 0, place)
    decoder = json.JSONDecoder()
    while (item := _ITEM.match(text, place)) is not None:
        line += item[0].count("\n")
        yield line
        try:
            _, end = decoder.raw_decode(text, item.end())
        except (ValueError, RecursionError):
            return
        line += text.count("\n", item.end(), end)
        place = end


def add_segments(segments: Sequence[Segment], utterances: Utterances) -> None:
    """Add all segments to the utterances, joining single words into sentences."""
    spaces = sum(words(segment.text).count(" ") for segment in segments)
    if spaces < len(segments):
        segments = [_joined(sentence) for sentence in _sentences(segments)]
    for segment in segments:
        if segment.start is not None:
            utterances.mark(segment.start, segment.number)
        utterances.add(segment.speaker, words(visible(segment.text)), segment.number)


def _sentences(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    sentence: list[Segment] = []
    before: Segment | None = None
    for segment in segments:
        closing = _CLOSING.fullmatch(segment.text.strip()) is not None
        if before is not None and not closing and _ends(before, segment, len(sentence)):
            yield sentence
            sentence = []
        sentence.append(segment)
        before = segment
    if sentence:
        yield sentence


def _ends(before: Segment, after: Segment, length: int) -> bool:
    paused = before.start is not None and after.start is not None and after.start - before.start > _PAUSE
    return (
        before.speaker != after.speaker
        or length >= _MOST_WORDS
        or paused
        or _SENTENCE_END.search(before.text.strip()) is not None
    )


def _joined(sentence: Sequence[Segment]) -> Segment:
    """Join words: unchanged if they include their own spaces, otherwise with a space before all but punctuation."""
    texts = [segment.text for segment in sentence]
    if any(text[:1].isspace() or text[-1:].isspace() for text in texts):
        text = "".join(texts)
    else:
        text = "".join(text if _CLOSING.fullmatch(text) else f" {text}" for text in texts)
    first = sentence[0]
    return Segment(first.number, first.speaker, first.start, text)
