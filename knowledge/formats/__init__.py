"""Transcripts, chapters and feeds: one reader per format, bytes in, values out.

Pure: nothing is opened or fetched here. Whatever the bytes, every reader returns what it could read, and findings about
the rest, in time and memory linear in the number of bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from knowledge.formats.transcript import Transcript, unread

LARGEST = 32 * 2**20
"""Maximum size of a transcript in bytes; a day of speech with one word per segment is smaller."""

TOO_LARGE = f"larger than {LARGEST // 2**20} MB, more than any transcript; skipped"

SUFFIXES = frozenset({".vtt", ".srt", ".json", ".html", ".htm", ".md", ".markdown", ".txt"})
"""File name endings of transcripts, in lower case."""

_SNIFFED_BYTES = 4096
_PAGE = re.compile(
    rb"(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*){0,9}<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_BOLD_NAME = re.compile(rb"^(?:\[[\d:.,]+\] )?\*\*[^*\n]{1,60}(?::\*\*|\*\*:)", re.MULTILINE)
_CUE = re.compile(rb"^[ \t]*\d[\d:.,]*[ \t]*-->", re.MULTILINE)


def read_transcript(name: str, data: bytes) -> Transcript:
    """Read a transcript in any format, detected by its first bytes or else by the file's name."""
    if len(data) > LARGEST:
        return unread(TOO_LARGE)
    return _reader(suffix_of(name, data))(data)


def suffix_of(name: str, data: bytes) -> str:
    """Detect the format of the bytes: one of `.vtt .srt .json .html .md .txt`."""
    suffix = PurePath(name).suffix.lower()
    suffix = {".markdown": ".md", ".htm": ".html"}.get(suffix, suffix)
    head = _head(data)
    if head.startswith(b"WEBVTT"):
        return ".vtt"
    if head.startswith((b"{", b"[{")) and suffix not in {".md", ".vtt", ".srt"}:
        return ".json"
    if suffix in SUFFIXES and suffix != ".txt":
        return suffix
    if _CUE.search(head):
        return ".srt"
    if _BOLD_NAME.search(head):
        return ".md"
    return ".html" if head[:64].lower().startswith((b"<!doctype html", b"<html", b"<p>", b"<cite", b"<div")) else ".txt"


def is_web_page(data: bytes) -> bool:
    """Return whether the bytes are a whole HTML page, such as the login page of a captive portal."""
    return _PAGE.match(_head(data)) is not None


def _head(data: bytes) -> bytes:
    head = data[:_SNIFFED_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="ignore").encode()
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _reader(suffix: str) -> Callable[[bytes], Transcript]:
    """Pick the reader, imported only when a file needs it, because lxml is slow to load."""
    match suffix:
        case ".vtt":
            from knowledge.formats.webvtt import read_webvtt as reader
        case ".srt":
            from knowledge.formats.subrip import read_subrip as reader
        case ".json":
            from knowledge.formats.transcript_json import read_transcript_json as reader
        case ".html":
            from knowledge.formats.transcript_html import read_transcript_html as reader
        case ".md":
            from knowledge.formats.markdown import read_markdown as reader
        case _:
            from knowledge.formats.plain_text import read_plain_text as reader
    return reader
