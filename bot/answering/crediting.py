"""Tells whether somebody credits their words to others: "to quote Ann Lee", "as the old saying goes".

Only words beside them in the same passage count. Quotation marks are judged in `knowledge.search.quotations`.
"""

from __future__ import annotations

import re
from typing import Final

from knowledge.cutting import sentences_begin
from knowledge.search import Alignment

_NAME: Final = r"(?P<name>[A-Z][\w'-]*[a-z](?: [A-Z][\w'-]*[a-z])+)"
_SAYING: Final = (
    r"(?i:\b(?:sayings?|proverbs?|adages?|mantras?|mottos?|maxims?|bumper stickers?|quotes?|quotations?|law)\b)"
)
_SAYS: Final = r"(?:(?:once |famously |always |often )?(?:said|says|wrote|put it|puts it)|likes? to say|used to say)"
_BEFORE: Final = re.compile(
    rf"{_NAME},? (?:who )?{_SAYS}[^.?!]{{0,30}}$|{_SAYING}[^.?!]{{0,60}}$|\b[Tt]hey (?:always )?say,?[^\w]*$"
)
_AFTER: Final = re.compile(
    r"^[^.?!\w]*(?:as (?:you|they|he|she) (?:all |always |often )?(?:say|says|said|like to say)\b|"
    rf"(?:to quote|quoting|as|like) {_NAME}|[^.?!]{{0,20}}\b(?:is|was|as) (?:an?|the)(?: \w+)? {_SAYING})"
)
_JUST_BEFORE: Final = re.compile(rf"{_SAYING}[^.?!]{{0,30}}[.?!]\W*$")
"""Ends the sentence before: "Okay, Pike's Proverbs for 500."."""


def credited(place: Alignment) -> tuple[bool, str]:
    """Tell whether words are credited to somebody else, and to whom, if a full name is given; otherwise empty."""
    text = place.item.text
    begin = sentences_begin(text, place.begin)[-1]
    before, after = text[begin : place.begin], text[place.end :]
    for found in (_BEFORE.search(before), _AFTER.search(after)):
        if found:
            return True, found.groupdict().get("name") or ""
    return _JUST_BEFORE.search(text[:begin]) is not None and place.begin - begin <= 1, ""
