"""What the names and numbers of episodes, topics and quotes look like, and how to make a name from words.

No files, and no say in whether a name is taken.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

EPISODE_ID_LENGTH = 48
ITEM_NAME_LENGTH = 35
"""Together with `/topic/` and an episode's id it stays within the 90 characters of an `ItemId`."""
NUMBER_LENGTH = 20
SEASON = re.compile(r"[0-9]{1,4}")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_id(text: str, length: int) -> bool:
    """Say whether `text` is lower-case letters, digits and single hyphens between them, `length` at most."""
    return len(text) <= length and _ID.fullmatch(text) is not None


def slug(text: str, length: int = ITEM_NAME_LENGTH) -> str:
    """Make an id of the first words of `text`, as many as fit; the same for the same words, always.

    Words without a letter that has a plain form (`日本`) become a checksum.
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
