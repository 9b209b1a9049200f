"""Titles for episodes that have none, made from a file's name or a description's first words.

Strings only; others find the file and the description.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from knowledge.formats.text import visible

_INITIALISMS = frozenset({"ai", "api", "css", "html", "js", "ml", "pm", "qa", "ta", "tv", "ui", "ux", "vr"})
_SEASON_AND_NUMBER = re.compile(r"s0*(\d+)e0*(\d+)", re.IGNORECASE)
_SENTENCE = re.compile(r"(.{10,80}?)[.!?](?=\s|$)")
_MOST_WORDS = 10
_LONGEST = 100
_FEWEST_NAMES = 2
"""Minimum number of words in a file name that a person gave; more than half of its parts also have to be words."""


def title_of_file(stem: str) -> str:
    """Turn a file's name into a title; one with spaces or capitals was written by a person and keeps its case."""
    name = visible(stem)
    spaced = " ".join(re.sub(r"[-_]+", " ", name).split())
    if not spaced:
        return "Untitled"
    if spaced != spaced.lower() or " " in name:
        return spaced
    return " ".join(map(_titled, spaced.split()))


def title_of_untitled(address: str, about: str) -> str:
    """Name an episode after its audio file's address or the first words about it; "" if neither has any."""
    stem = PurePosixPath(unquote(urlsplit(address).path)).stem.replace("+", " ")
    parts = re.split(r"[\W_]+", visible(stem))
    named = sum(len(part) > 1 and part.isalpha() for part in parts)
    if named >= _FEWEST_NAMES and named * 2 > len(parts):
        return title_of_file(stem)[:_LONGEST]
    if sentence := _SENTENCE.match(about):
        return sentence[1]
    if not about:
        return title_of_file(stem)[:_LONGEST] if stem else ""
    first = about.split()
    shown = " ".join(first[:_MOST_WORDS])[:_LONGEST]
    return shown if len(first) <= _MOST_WORDS else f"{shown} …"


def _titled(word: str) -> str:
    if numbers := _SEASON_AND_NUMBER.fullmatch(word):
        return f"S{numbers[1]}E{numbers[2]}"
    return word.upper() if word in _INITIALISMS else word.capitalize()
