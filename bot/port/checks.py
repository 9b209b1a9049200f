"""What a check of the set-up comes to, for `overheard check`.

The value alone: each part is looked through where it is read.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """How one part of the set-up is.

    Attributes:
        summary: one sentence.
        problems: what to fix and how, a line each; empty where all is well.
        notes: what is fine as it is, and what would be better, a line each.
    """

    summary: str
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
