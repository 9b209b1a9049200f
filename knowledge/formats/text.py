"""Decodes bytes into text, and cleans words that have no markup.

Shared by all formats; nothing about cues, speakers or times.
"""

from __future__ import annotations

import html
import re

from knowledge.formats.transcript import Findings

# Control characters, soft hyphens, zero-width spaces, direction marks and overrides break matching and can deceive a
# reader. Joiners stay, because Persian and emoji need them. A lone surrogate, from JSON's escapes, can't be encoded.
_INVISIBLE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
"""Together with a NUL, these mean that a file is not text; alone, they are removed."""
_BYTES_PER_NUL = 10
"""Minimum number of bytes per NUL in a text with stray NULs; in UTF-16, every other byte may be one."""
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

NOT_TEXT = "not a text file; skipped"
NUL = "a NUL character, which no text needs; left out"
NOT_UTF8 = "not UTF-8; read as Windows-1252, so accents and quotation marks may be wrong"


def decode(data: bytes, findings: Findings) -> str:
    """Return the file's text with line feeds as line ends; empty if the file is not text."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    nuls = 0 if encoding == "utf-16" else data.count(b"\0")
    if nuls and (nuls * _BYTES_PER_NUL > len(data) or _BINARY.search(data)):
        findings.add(None, NOT_TEXT)
        return ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if nuls or encoding == "utf-16":
            findings.add(None, NOT_TEXT)
            return ""
        findings.add(data.count(b"\n", 0, error.start) + 1, NOT_UTF8)
        text = data.decode("cp1252", errors="replace")
    if nuls:
        findings.add(data.count(b"\n", 0, data.index(b"\0")) + 1, NUL)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return visible(text)


def visible(text: str) -> str:
    """Drop invisible characters."""
    return _INVISIBLE.sub("", text)


def words(text: str) -> str:
    """Decode entities and collapse white space into single spaces."""
    if "&" in text:
        text = visible(html.unescape(text))
    return " ".join(text.split())
