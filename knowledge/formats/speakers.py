"""Finds whose words these are from the way a transcript writes names.

Decides what is a name and what only looks like one. It never guesses: words behind a label that is no
person ("Break", "Jingle") have no speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 60
# fmt: off
_NOT_PEOPLE = frozenset([
    "ad", "ads", "advert", "advertisement", "all", "announcement", "applause", "audience", "audio", "both",
    "break", "clip", "commercial", "credits", "crosstalk", "end", "everyone", "intro", "introduction", "jingle",
    "laughter", "midroll", "music", "narration", "outro", "pause", "preroll", "promo", "recording", "segment",
    "silence", "song", "sound", "sponsor", "sponsors", "start", "together", "trailer", "transcript", "unknown",
    "video", "voiceover",
])
# Words that often come before a colon at the beginning of a sentence.
_NOT_NAMES = frozenset([
    "a", "answer", "beware", "btw", "caution", "caveat", "chapter", "conclusion", "date", "disclaimer", "edit",
    "email", "episode", "example", "fact", "first", "guest", "guests", "hint", "host", "hosts", "how", "http",
    "https", "idea", "image", "important", "language", "last", "lesson", "links", "no", "note", "notes", "now",
    "number", "ok", "okay", "one", "part", "point", "ps", "q", "question", "questions", "reminder", "result",
    "rule", "second", "seriously", "so", "source", "spoiler", "step", "story", "subject", "summary", "takeaway",
    "then", "third", "time", "timestamp", "tip", "title", "tldr", "today", "todo", "topic", "translation",
    "truth", "two", "update", "url", "warning", "well", "what", "who", "why", "yes",
])
_PARTICLES = frozenset([
    "al", "and", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "of", "st", "ten",
    "ter", "the", "van", "von", "y", "zu",
])
# fmt: on
_PREFIX = re.compile(r"([^\W_][\w.'’\-]{0,40}(?:,? [(\w][\w.'’\-()]{0,40}){0,4})(?: ?:\s+|：\s*)(?=\S)")


@lru_cache(maxsize=1000)  # a transcript has few names and says them a thousand times
def who(name: str) -> str | None:
    """Return the speaker a label names; None where it is empty, far too long or not a person."""
    name = " ".join(name.split()).strip(" :*\\").strip()
    if not name or len(name) > _LONGEST or not any(letter.isalnum() for letter in name):
        return None
    return None if name.casefold() in _NOT_PEOPLE else name


def prefixed(line: str) -> tuple[str, str] | None:
    """Split `Name: words`; None where the line does not begin like that.

    Only a candidate: `names` decides, from all candidates in a file, which of them are names.
    """
    if ":" not in line and "：" not in line:
        return None
    match = _PREFIX.match(line)
    if match is None or len(match[1]) > _LONGEST:
        return None
    parts = match[1].split()
    if parts[0][0].islower() or (len(parts) == 1 and parts[0].casefold() in _NOT_NAMES):
        return None
    if any(part[0].islower() and part not in _PARTICLES for part in parts[1:]):
        return None
    return match[1], line[match.end() :]


def names(candidates: Iterable[str]) -> frozenset[str]:
    """Return which candidates in one file are names: those of several words, and single words that recur."""
    counted = Counter(candidates)
    return frozenset(name for name, times in counted.items() if times > 1 or " " in name)
