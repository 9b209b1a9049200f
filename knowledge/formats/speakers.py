"""Finds speakers by the way a transcript writes names.

Tells names from what only looks like them. It never guesses: words after a label that is not a person ("Break",
"Jingle") have no speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from knowledge import lists
from knowledge.formats.text import visible

_LONGEST = 60
_MOSTLY, _PARTLY = 0.75, 0.5
"""Minimum shares of captions with labels for a label that occurs once to be a name: if others recur, and if none do."""
_SPARSE = 50
"""In captions with names, at least one in this many has one: nobody in a conversation speaks for longer at a time."""
_PREFIX = re.compile(r"([^\W_][\w.'’\-]{0,40}(?:,? [(\w][\w.'’\-()]{0,40}){0,4})(?: ?:\s+|：\s*)(?=\S)")


def _words(kind: str) -> frozenset[str]:
    return lists.kinds(__file__, "speakers.txt")[kind]


@lru_cache(maxsize=1000)  # a transcript repeats a few names a thousand times
def who(name: str) -> str | None:
    """Return the speaker that a label names; None if it is empty, far too long or not a person."""
    name = " ".join(visible(name).split()).strip(" :*\\").strip()
    if not name or len(name) > _LONGEST or not any(letter.isalnum() for letter in name):
        return None
    words = name.casefold().rstrip("0123456789 #").split()
    return None if " ".join(words) in _words("not_people") or not _words("nobodys").isdisjoint(words) else name


def split_label(line: str) -> tuple[str, str] | None:
    """Split `Name: words`; None if the line doesn't begin like that.

    The name is a candidate: `names` decides which of a file's candidates are names.
    """
    if ":" not in line and "：" not in line:
        return None
    match = _PREFIX.match(line)
    if match is None or len(match[1]) > _LONGEST:
        return None
    parts = match[1].split()
    if parts[0][0].islower() or (len(parts) == 1 and parts[0].casefold() in _words("not_names")):
        return None
    if any(part[0].islower() and part not in _words("particles") for part in parts[1:]):
        return None
    return match[1], line[match.end() :]


def names(candidates: Iterable[str]) -> frozenset[str]:
    """Return a file's candidates that are names: those with several words, and single words that recur."""
    counted = Counter(candidates)
    return frozenset(name for name, times in counted.items() if times > 1 or " " in name)


def caption_names(labels: Sequence[str | None]) -> frozenset[str]:
    """Return which labels of a file's captions are names; `labels` has each line's label or None.

    A caption is part of a sentence, so one may well begin like "Posit Connect: it is great". Such a label is no name if
    it occurs once among captions without names, or in a file whose names recur.
    """
    found = [label for label in labels if label is not None]
    if len(found) * _SPARSE < len(labels):
        return frozenset()
    recurring = frozenset(name for name, times in Counter(found).items() if times > 1)
    fewest = _MOSTLY if recurring else _PARTLY
    if len(found) >= fewest * len(labels):
        return names(found)
    return recurring | names(label for label in labels[:1] if label and recurring)


def names_carry_over(labels: Sequence[str | None]) -> bool:
    """Return whether a name applies until the next one; `labels` has each caption's name or None.

    It does if names mark changes of speaker. A file that often repeats a name in successive captions labels every
    caption whose speaker it knows, and one with a single name or very few marks no changes: there, a caption without a
    name has no speaker.
    """
    found = [label for label in labels if label is not None]
    together = [(one, other) for one, other in pairwise(labels) if one is not None and other is not None]
    same = sum(one == other for one, other in together)
    marks_changes = not together or same * 2 < len(together)
    return marks_changes and len(set(found)) > 1 and len(found) * _SPARSE >= len(labels)
