"""How many messages are read correctly, by authors who never saw our sentence templates.

`sets/messages_val.jsonl` gives each message's want and the words that say what it is about; its author wrote nothing in
`messages_train.jsonl`. The shows are invented, so whatever needs a known episode or person isn't counted.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.port.messages import Help, Question
from bot.understanding.conversation import Thread
from bot.understanding.handlers.counting import COUNTS
from bot.understanding.reader import Reader
from bot.understanding.request import Request
from bot.understanding.wants import (
    Appearance,
    Ask,
    CheckQuote,
    Compare,
    Count,
    FactOf,
    Guests,
    LatestOn,
    MoreOften,
    Pick,
    Social,
    Want,
    WhoSaid,
)
from knowledge import library
from knowledge.search import Search

_SET: Final = Path(__file__).with_name("sets") / "messages_val.jsonl"
_GOING_ON: Final = Thread(answer=Help(""))
"""A conversation with an earlier answer, without which "go on" refers to nothing."""
_LIKE: Final = {
    "off_topic": "said",
    "chore": "said",
    "made_by": "said",
    "with_person": "said",
    "everything": "said",
    "been_on": "said",
    "who_is": "said",
    "appearances": "said",
    "first_time": "said",
    "last_time": "said",
    "about_that": "more",
    "overview": "summary",
}
"""Wants that are answered the same way here."""


def main() -> int:
    """Print for each want how many messages are read correctly."""
    episodes = library.read(library.SHIPPED).episodes
    reader = Reader(episodes, {}, Search.over(episodes).spell)
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for line in _SET.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        wanted = _LIKE.get(message["want"], message["want"])
        requests = reader.read(Question(message["message"]), _GOING_ON).requests
        right[wanted].append(any(wanted in {_LIKE.get(name, name) for name in _names(each)} for each in requests))
    for wanted, marks in sorted(right.items()):
        print(f"  {wanted:16} {sum(marks):4} of {len(marks)}")
    every = [mark for marks in right.values() for mark in marks]
    print(f"  {'all':16} {sum(every):4} of {len(every)}, {sum(every) / len(every):.1%}")
    return 0


def _names(request: Request) -> set[str]:
    """Return what the set may call a request's want: several names stand for one number."""
    want = request.otherwise if request.otherwise and request.want is Ask.SAID else request.want
    if isinstance(want, Count):
        return {name for name, each in COUNTS.items() if replace(want, top=each.top) == each}
    return {_name(want)}


def _name(want: Want) -> str:
    match want:
        case Ask() as ask:
            return ask.name.lower()
        case Social(courtesy):
            return courtesy.name.lower()
        case FactOf(kind):
            return kind.name.lower()
        case WhoSaid():
            return "who_said"
        case CheckQuote():
            return "check"
        case Compare():
            return "compare"
        case Pick():
            return "pick"
        case LatestOn(first):
            return "first_mention" if first else "latest_on"
        case MoreOften():
            return "more_often"
        case Guests(top=top):
            return "guests_all" if top is None else "guests_most"
        case Appearance(first):
            return "first_time" if first else "last_time"
        case _:
            return "episodes_on"


if __name__ == "__main__":
    sys.exit(main())
