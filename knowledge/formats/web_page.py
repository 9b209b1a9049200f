"""Finds the feed that a web page links to, for people who enter the page's address instead of the feed's.

Ignores the page's content; `__init__.py` detects whether bytes are a page at all.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

_TYPES: Final = frozenset({"application/rss+xml", "application/atom+xml"})


def feed_named_by(data: bytes, address: str) -> str | None:
    """Return the address of the first feed that a page links to; None if there is none."""
    try:
        page = html.document_fromstring(data)
    except (ValueError, etree.ParserError):
        return None
    for link in page.iter("link"):
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").strip().lower() in _TYPES:
            try:
                named = urljoin(address, link.get("href", "").strip())
                if urlsplit(named).scheme in {"http", "https"} and named != address:
                    return named
            except ValueError:
                continue
    return None
