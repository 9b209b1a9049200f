"""Turns bytes into text, and text without markup into clean words.

What every format needs; nothing about cues, speakers or times.
"""

from __future__ import annotations

import html
import re

from knowledge.formats.transcript import Findings

# Control characters, soft hyphens, zero-width spaces, direction marks and overrides carry no words, but break
# matching and can deceive a reader; joiners stay, Persian and emoji need them. A lone surrogate comes
# from JSON's escapes and cannot be written to a file again.
_INVISIBLE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
"""Beside a NUL, these say that a file is no text; alone, they are left out of it."""
_FEW = 10
"""A text has at least so many other bytes for each NUL that got into it; in one of UTF-16, every other is a NUL."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

NOT_TEXT = "not a text file; skipped"
NUL = "a NUL, which no text needs; left out"
NOT_UTF8 = "not UTF-8; read as Windows-1252, so accents and quotation marks may be wrong"


def decode(data: bytes, findings: Findings) -> str:
    """Return the file's text with line feeds between lines; empty for a file that is not text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    nuls = 0 if encoding == "utf-16" else data.count(b"\0")
    if nuls and (nuls * _FEW > len(data) or _BINARY.search(data)):
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
    """Return words for people: entities decoded, white space reduced to single spaces."""
    if "&" in text:
        text = visible(html.unescape(text))
    return " ".join(text.split())
