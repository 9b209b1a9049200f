"""Reads words aloud, roughly, so that "fonetik" and "phonetic" come out alike.

English, as people write it by ear. Sounds only; which word was meant is decided in `spelling`. The rules are data in
linguists' notation, in `sounds.txt`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from typing import Final

from knowledge import lists

_READINGS: Final = 4
"""Maximum number of readings of a word: "ch", "gh" and a few others have two sounds."""
_ALIKE: Final = str.maketrans("bdgvwzj0", "ptkffsxt", "aioh")
"""Maps voiced consonants to voiceless ones ("0", which is "th", to "t"), and drops vowels and "h"."""
_DOUBLED: Final = re.compile(r"(.)\1+")


@cache
def _rules() -> dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]]:
    """Read `sounds.txt`: for each letter, the patterns that begin with it and their sounds."""
    rules: dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]] = {}
    for line in lists.lines(__file__, "sounds.txt"):
        letters, _, rest = line.partition(" > ")
        sounds, _, context = rest.partition(" / ")
        before, _, after = (part.strip() for part in context.partition("_"))
        behind = before if before in ("", "^") else f"(?<={before})"
        pattern = re.compile(behind + letters + (f"(?={after})" if after else ""))
        readings = tuple(sound.replace("-", "") for sound in sounds.split())
        rules.setdefault(letters[0], []).append((pattern, readings))
    return rules


@lru_cache(4_096)
def readings(word: str) -> tuple[str, ...]:
    """Return the ways to read a folded word, the likeliest first; none for a word without letters."""
    rules, at, parts, ways = _rules(), 0, [], 1
    while at < len(word):
        for pattern, sounds in rules.get(word[at], ()):
            if found := pattern.match(word, at):
                at = max(found.end(), at + 1)
                if ways * len(sounds) > _READINGS:
                    sounds = sounds[:1]
                ways *= len(sounds)
                parts.append(sounds)
                break
        else:
            at += 1
    return tuple(dict.fromkeys(_DOUBLED.sub(r"\1", "".join(each)) for each in product(*parts)))


def key(reading: str) -> str:
    """Return a key that similar readings share: its consonants, all voiceless, and an initial vowel as "a"."""
    return ("a" if reading.startswith(("a", "i", "o")) else "") + _DOUBLED.sub(r"\1", reading.translate(_ALIKE))


def alike(one: str, other: str) -> bool:
    """Return whether two single letters sound alike: two vowels, or "c" and "k"."""
    shared = set(map(key, readings(one)))
    return not shared.isdisjoint(map(key, readings(other)))


def keys(word: str) -> tuple[str, ...]:
    """Return the keys of all readings of a word."""
    return tuple(dict.fromkeys(filter(None, map(key, readings(word)))))
