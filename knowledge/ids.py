"""The format of the names and numbers of episodes, topics and quotes, and how to make a name from words.

Reads no files, and doesn't check whether a name is taken.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from itertools import count

EPISODE_ID_LENGTH = 48
ITEM_NAME_LENGTH = 35
"""Maximum length of a topic's or quote's name: an episode's id and `/topic/` fill the rest of an `ItemId`'s 90."""
NUMBER_LENGTH = 20
SEASON = re.compile(r"[0-9]{1,4}")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_id(text: str, length: int) -> bool:
    """Return whether `text` has at most `length` characters: lower-case letters and digits, with single hyphens."""
    return len(text) <= length and _ID.fullmatch(text) is not None


def slug(text: str, length: int = ITEM_NAME_LENGTH) -> str:
    """Make an id from as many leading words of `text` as fit; the same words always give the same id.

    Text without any Latin letter or digit (`日本`) becomes a checksum.
    """
    plain = unicodedata.normalize("NFKD", text.replace("'", "")).encode("ascii", "ignore").decode().lower()
    words: list[str] = re.findall(r"[a-z0-9]+", plain)
    if not words:
        return f"{zlib.crc32(text.encode(errors='surrogatepass')):08x}"
    name = words[0][:length]
    for word in words[1:]:
        if len(name) + 1 + len(word) > length:
            break
        name += f"-{word}"
    return name


def numbered(name: str, length: int) -> Iterator[str]:
    """Yield a name, then `name-2`, `name-3` and so on in case it is taken, each of at most `length` characters."""
    yield name
    for suffix in map("-{}".format, count(2)):
        yield f"{name[: length - max(len(suffix), 4)].rstrip('-')}{suffix}"
