"""What the names and numbers of episodes, topics and quotes look like, and how to make a name from words.

No files, and no say in whether a name is taken.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from itertools import count

EPISODE_ID_LENGTH = 48
ITEM_NAME_LENGTH = 35
"""Together with `/topic/` and an episode's id it stays within the 90 characters of an `ItemId`."""
NUMBER_LENGTH = 20
SEASON = re.compile(r"[0-9]{1,4}")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_id(text: str, length: int) -> bool:
    """Return whether `text` is lower-case letters, digits and single hyphens between them, `length` at most."""
    return len(text) <= length and _ID.fullmatch(text) is not None


def slug(text: str, length: int = ITEM_NAME_LENGTH) -> str:
    """Make an id from as many of the first words of `text` as fit; the same words always give the same id.

    Text without a single Latin letter or digit (`日本`) becomes a checksum.
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
    """Yield a name, and then the same with 2, 3 and so on behind it, for where it is taken; `length` at most."""
    yield name
    for suffix in map("-{}".format, count(2)):
        yield f"{name[: length - max(len(suffix), 4)].rstrip('-')}{suffix}"
