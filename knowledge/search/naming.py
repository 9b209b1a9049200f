"""Distinguishes words that say how something got its name from those that only use the name.

Judges by wording alone: "it is named after …", "they renamed it, so that …". Where to look for such words is decided
by the caller; what something is, is read in `definitions.py`.
"""

from __future__ import annotations

import re
from typing import Final

NAMING: Final = "name named naming called renamed"
"""Words to search for, one of which is in every such statement."""
_ORIGIN: Final = re.compile(
    r"\b(?:named|called)(?: \w+){0,2} (?:after|for|because)\b"
    r"|\bnames?\b(?: [\w']+){0,4} (?:comes?|came|stems?|derives?) from\b"
    r"|\b(?:stands|short|acronym|abbreviation|latin|greek) for\b|\b(?:portmanteau|pun|play on|homage to|nod to)\b"
    r"|\bthat's why (?:it's|we|they|i) call",
    re.IGNORECASE,
)
"""Says where a name comes from."""
_GIVEN: Final = re.compile(
    r"\b(?:re-?named|(?:call|called|name|named) it"
    r"|(?:choose|chose|picked?|came up with|changed?) (?:the|that|a|its) name"
    r"|the (?:\w+ )?name (?:was|is|for)|what(?:'s| is) in a name)\b",
    re.IGNORECASE,
)
"""Says that somebody chose the name."""
_OF_A_NAME: Final = re.compile(r"\b(?:re-?)?nam(?:e|es|ed|ing)\b|\bcalled\b|\bstands? for\b", re.IGNORECASE)


def of_a_name(text: str) -> bool:
    """Tell whether a text is about naming at all."""
    return _OF_A_NAME.search(text) is not None


def origin(text: str) -> int:
    """Rate how plainly a text explains a name: 2 if it says where it comes from, 1 if it says it was given, else 0."""
    return 2 if _ORIGIN.search(text.replace("’", "'")) else 1 if _GIVEN.search(text) else 0
