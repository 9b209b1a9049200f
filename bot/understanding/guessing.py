"""Reads a message that fits no sentence as what was learned of such messages: what it wants, and on what subject.

What was learned is in `intents.py`; what a want then means is in `meaning.py`, as for a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.understanding.counting import COUNTS
from bot.understanding.intents import Intents
from bot.understanding.names import PERSON
from bot.understanding.request import Clause
from bot.understanding.sentences import lexicon
from bot.understanding.slots import tells, without_speakers
from bot.understanding.templates import Match
from bot.understanding.text import QUOTED, Pause, Text
from knowledge.search.words import carries, negates

_SURE: Final = 0.55
"""How sure a want has to be; anything is answered by what was said on its words, which is right most often."""
_SURE_OF_A_NUMBER: Final = 0.75
"""The same for a number: "how many years until AGI" asks for no count of words."""
_FEWEST: Final = 2
"""Words from which a text shows how it is meant."""
_LIKELY: Final = 0.4
"""How likely a word has to be part of the subject."""
_SURELY: Final = 0.6
"""How likely a word is that shows that a text is about something ..."""
_TOGETHER: Final = 0.85
"""... and all that tell something together: "which guest made 14 grand with a book"."""
_LIKELY_SAID: Final = 0.3
"""How likely a word has to be part of words that may have been said: a common one is part of them, too."""
_GOES_ON: Final = 0.05
"""The same for one that goes on with such words: they last to the end of the sentence more often."""
_SURELY_OF_AN_ASSISTANT: Final = 0.8
"""How likely a text is asked of an assistant from which what is found has to be surer."""
_SURELY_OFF_TOPIC: Final = 0.6
"""How sure it has to be that a text is about the world at large."""

_ANY_WORDS: Final = frozenset({"said", "off_topic"})
"""Asks for nothing that a sentence stands for: it is answered by what was said on its words, if that is sure enough."""
_BACK: Final = frozenset({"more", "other", "repeat", "doubt", "wrong", "another_quote"})
"""Asks about what was shown before."""
_QUOTING: Final = frozenset({"check", "who_said"})
"""Asks about words that may have been said."""
_CHAT: Final = frozenset({"greeting", "goodbye", "help", "praise", "program", "thanks"})
"""Is about the bot, and about no subject."""
_COUNTED: Final = frozenset(
    {
        "count_mentions",
        "count_episodes",
        "first_mention",
        "last_mention",
        "mentions_by_year",
        "most_mentions_by_episode",
        "most_mentions_by_person",
        "most_mentions_by_show",
    }
)
"""Asks for a number, or where it is greatest."""
_BY_NUMBERS: Final = _COUNTED | {"more_often"}
"""Is said with a word of counting, ranking or time."""
_OF_ALL: Final = COUNTS.keys() - _COUNTED
"""Is counted of the whole library and has no subject."""
OF_SOMEBODY: Final = {
    "appearances": "person",
    "been_on": "anyone",
    "first_time": "person",
    "last_time": "person",
    "who_is": "anyone",
}
"""Asks about somebody, who stands in the slot of this name."""
_OF_TWO: Final = frozenset({"compare", "more_often"})
_ON_SUBJECTS: Final = (
    frozenset({"quote", "episodes_on", "everything", "latest_on", "with_person"})
    | _COUNTED
    | OF_SOMEBODY.keys()
    | _OF_TWO
)
"""Asks about a subject or somebody; all others ask about what was shown, the episode or the library."""

_LONG: Final = 12
"""Words from which a text says more than what it asks; each word of a shorter one counts."""
_LITTLE: Final = 1 / 3
"""How much all other words of a text may be its subject, beside the one that most likely is, for that to be all."""
_MOST: Final = 0.7
"""Share of a text that is its subject from which the rest makes no difference."""


def guessed(text: Text, *, begins: bool) -> Match | None:
    """Guess what sentence a text stands for; None where that isn't sure, or it asks what was said.

    A text that `begins` a conversation refers to nothing before.
    """
    if len(text.words) < _FEWEST:
        return None
    intent = Intents.load().of(text)
    if intent.want in _BY_NUMBERS and (intent.sure < _SURE_OF_A_NUMBER or lexicon().numbering.isdisjoint(text.plain)):
        return None
    if intent.sure < _SURE or intent.want in _ANY_WORDS or (begins and intent.want in _BACK):
        return None
    likely = Intents.load().subjects(text)
    about = sum(sure for sure, word in zip(likely, text.plain, strict=False) if carries(word))
    if intent.want not in _QUOTING | _ON_SUBJECTS and (max(likely) >= _SURELY or about >= _TOGETHER):
        return None
    if intent.want in _OF_ALL and not all(map(Intents.load().is_common, filter(carries, text.plain))):
        return None  # "the longest river"
    if intent.want in _CHAT and not all(map(Intents.load().knows, filter(carries, text.plain))):
        return None  # whatever a word is that nobody learned from, it is a subject
    slots = dict(_slots(intent.want, text, likely))
    if not slots and intent.want in _COUNTED | OF_SOMEBODY.keys() | _OF_TWO:
        return None
    return Match(intent.want, slots, len(text.words))


def asks_an_assistant(text: Text) -> bool:
    """Tell whether a text is what people ask an assistant: to set an alarm, or when a bill is due."""
    return Intents.load().of_an_assistant(text) >= _SURELY_OF_AN_ASSISTANT


def asks_of_the_world(text: Text) -> bool:
    """Tell whether a text asks about the world at large, as of the last cup final, by what was learned of messages.

    A long one tells a story, which is of the world whatever it asks.
    """
    if len(text.words) >= _LONG:
        return False
    intent = Intents.load().of(text)
    return intent.want == "off_topic" and intent.sure >= _SURELY_OFF_TOPIC


def subject_of(text: Text) -> Clause | None:
    """Return the subject of a long text as a clause that asks; None where there is none, or it is most of the text."""
    if len(text.words) < _LONG:
        return None
    likely = Intents.load().subjects(text)
    those = [at for at, sure in enumerate(likely) if sure >= _LIKELY]
    if not those or those[-1] + 1 - those[0] > len(text.words) * _MOST:
        return None
    part = without_speakers(text.part(those[0], those[-1] + 1))
    about = sum(likely[those[0] : those[-1] + 1])
    left = sum(sure for at, sure in enumerate(likely) if at not in those and carries(text.plain[at]))
    if len(those) == 1 and left > about * _LITTLE:
        return None  # "will AI take my job" is not about AI alone
    return Clause(part.written, about) if tells(part) else None


def _slots(want: str, text: Text, likely: list[float]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the slots that a sentence of this want has, each with its first word and the one after the last."""
    least = _LIKELY_SAID if want in _QUOTING else _LIKELY
    those = [at for at, sure in enumerate(likely) if sure >= least]
    begin, end = (those[0], those[-1] + 1) if those else (0, 0)
    while (
        want in _QUOTING and 0 < end < len(likely) and likely[end] >= _GOES_ON and text.words[end - 1].pause < Pause.END
    ):
        end += 1
    # "Nobody reads the docs" is another statement without its first word.
    while want in _QUOTING and begin > 0 and text.words[begin - 1].pause is Pause.NONE:
        if likely[begin - 1] < _GOES_ON and not negates(text.plain[begin - 1]):
            break
        begin -= 1
    named = [at for at, word in enumerate(text.words) if word.plain == PERSON]
    quoted = [at for at, word in enumerate(text.words) if word.plain == QUOTED]
    if want in _QUOTING and quoted:
        yield "quoted", (quoted[0], quoted[0] + 1)
    elif want in _QUOTING and those:
        yield "words", (begin, end)
    elif want in OF_SOMEBODY:
        begin, end = (named[0], named[0] + 1) if named else (begin, end)
        if end:
            yield OF_SOMEBODY[want], (begin, end)
    elif want in _OF_TWO and end - begin > 1:
        between = min(range(begin + 1, end - 1), key=likely.__getitem__, default=begin)
        if not carries(text.plain[between]):  # "a mono font, expensive but pretty" is one
            yield from (("a", (begin, between)), ("b", (between + 1, end)))
    elif want in _ON_SUBJECTS and those:
        yield "subject", (begin, end)
    if want not in OF_SOMEBODY and want in _QUOTING | _ON_SUBJECTS and named and not begin <= named[0] < end:
        yield "person", (named[0], named[0] + 1)
