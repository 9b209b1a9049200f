"""Reads word lists: data files beside the modules that use them.

A file's first line says what it is and where it comes from. Word sets are read once and cached.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path


def lines(module: str, file: str) -> list[str]:
    """Return the lines of a file beside a module, without the first."""
    return Path(module).with_name(file).read_text(encoding="utf-8").splitlines()[1:]


@cache
def words(module: str, file: str) -> frozenset[str]:
    """Return the words of a file beside a module."""
    return frozenset(" ".join(lines(module, file)).split())


@cache
def kinds(module: str, file: str) -> Mapping[str, frozenset[str]]:
    """Return the words by kind from a file beside a module, with lines such as `kind: word word`."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines(module, file):
        kind, _, words = line.partition(":")
        found[kind].update(words.split())
    return {kind: frozenset(words) for kind, words in found.items()}
