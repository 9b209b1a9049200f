"""Reads HTML transcripts: `<cite>` names the speaker, `<time>` gives the start, `<p>` holds the words.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
A page without `<cite>` is read like plain text, one paragraph per block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from lxml import etree

from knowledge.formats.plain_text import Paragraph, add_paragraphs
from knowledge.formats.speakers import who
from knowledge.formats.text import decode
from knowledge.formats.times import seconds
from knowledge.formats.transcript import Findings, Transcript
from knowledge.formats.utterances import Utterances

CUT = "nested deeper, or with longer paragraphs, than any transcript; read up to here"

_SILENT = frozenset(
    {
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "nav",
        "header",
        "footer",
        "button",
        "svg",
        "select",
        "textarea",
    }
)
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"}
)


class _Kind(StrEnum):
    SPEAKER = "cite"
    TIME = "time"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class _Block:
    kind: _Kind
    line: int
    text: str


def read_transcript_html(data: bytes) -> Transcript:
    """Read the words, their speakers and their starts; a `<cite>` applies until the next one."""
    utterances = Utterances()
    blocks = _blocks(decode(data, utterances.findings), utterances.findings)
    if any(block.kind is _Kind.SPEAKER for block in blocks):
        _add_cited(blocks, utterances)
    else:
        add_paragraphs(_paragraphs(blocks), utterances)
    return utterances.transcript()


def paragraphs_of(html: str) -> tuple[str, ...]:
    """Return the paragraphs of an HTML fragment, such as a feed's description, without markup."""
    return tuple(block.text for block in _blocks(html, Findings()))


def _add_cited(blocks: Iterable[_Block], utterances: Utterances) -> None:
    speaker: str | None = None
    for block in blocks:
        match block.kind:
            case _Kind.SPEAKER:
                speaker = who(block.text)
            case _Kind.TIME:
                utterances.mark(seconds(block.text.strip("[]() ")), block.line)
            case _Kind.WORDS:
                utterances.add(speaker, block.text, block.line)
            case _:
                assert_never(block.kind)


def _paragraphs(blocks: Iterable[_Block]) -> Iterator[Paragraph]:
    """Turn blocks into paragraphs of plain text, with each time at the beginning of its words."""
    clock = ""
    for block in blocks:
        if block.kind is _Kind.TIME:
            clock = f"[{block.text.strip('[]() ')}] "
            continue
        yield Paragraph(block.line, clock + block.text)
        yield Paragraph(block.line, "")
        clock = ""


def _blocks(text: str, findings: Findings) -> list[_Block]:
    # Bytes, because lxml refuses text that declares an encoding. Without huge_tree, libxml2 limits depth and size.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root: object = etree.fromstring(text.encode(), parser)  # typed as an element, but None for a page of comments
    for flaw in parser.error_log:
        if flaw.type_name == "ERR_RESOURCE_LIMIT":
            findings.add(flaw.line, CUT)
    return list(_walked(root)) if isinstance(root, etree._Element) else []  # noqa: SLF001, lxml has no public name for it


def _walked(root: etree._Element) -> Iterator[_Block]:
    """Walk a page once, without recursion, and yield its blocks of text."""
    said: list[str] = []
    line = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag, begins = element.tag, event == "start"
        if begins and tag in _SILENT:
            walk.skip_subtree()
            continue
        if tag not in _INLINE and tag not in _SILENT:
            # The parser has already decoded the entities.
            if text := " ".join("".join(said).split()):
                kind = _Kind(tag) if not begins and tag in {_Kind.SPEAKER, _Kind.TIME} else _Kind.WORDS
                yield _Block(kind, line, text)
            said = []
        if piece := element.text if begins else element.tail:
            line = line if said else element.sourceline or 0
            said.append(piece)
