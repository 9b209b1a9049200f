"""Tells words that say how something came by its name from those that only use the name.

By their wording alone: "it is named after …", "they renamed it, so that …". Where such words are looked for is for the
caller to know; what something is, is read in `definitions.py`.
"""

from __future__ import annotations

import re
from typing import Final

NAMING: Final = "name named naming called renamed"
"""Words of which one stands in what says so."""
_ORIGIN: Final = re.compile(
    r"\b(?:named|called)(?: \w+){0,2} (?:after|for|because)\b"
    r"|\bnames?\b(?: [\w']+){0,4} (?:comes?|came|stems?|derives?) from\b"
    r"|\b(?:stands|short|acronym|abbreviation|latin|greek) for\b|\b(?:portmanteau|pun|play on|homage to|nod to)\b"
    r"|\bthat's why (?:it's|we|they|i) call",
    re.IGNORECASE,
)
"""Says where a name is from."""
_GIVEN: Final = re.compile(
    r"\b(?:re-?named|(?:call|called|name|named) it"
    r"|(?:choose|chose|picked?|came up with|changed?) (?:the|that|a|its) name"
    r"|the (?:\w+ )?name (?:was|is|for)|what(?:'s| is) in a name)\b",
    re.IGNORECASE,
)
"""Says that somebody gave it."""
_OF_A_NAME: Final = re.compile(r"\b(?:re-?)?nam(?:e|es|ed|ing)\b|\bcalled\b|\bstands? for\b", re.IGNORECASE)


def of_a_name(text: str) -> bool:
    """Tell whether a text speaks of a name at all."""
    return _OF_A_NAME.search(text) is not None


def origin(text: str) -> int:
    """Rate how plainly a text says where a name is from: 2 where it does, 1 where it was given, 0 for neither."""
    return 2 if _ORIGIN.search(text.replace("’", "'")) else 1 if _GIVEN.search(text) else 0
