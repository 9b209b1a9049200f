"""Guesses the sentence that a message stands for if it fits none: what it asks for, and about which subject.

The models are in `intents.py`; what a guessed sentence means is decided in `meaning.py`, as for a matched one.
Probabilities are between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.understanding.handlers.counting import COUNTS
from bot.understanding.intents import Intents
from bot.understanding.names import PERSON
from bot.understanding.request import Clause
from bot.understanding.sentences import lexicon
from bot.understanding.slots import tells, without_speakers
from bot.understanding.templates import Match
from bot.understanding.text import QUOTED, Pause, Text
from knowledge.search.rarity import frequency, is_everyday
from knowledge.search.words import carries, negates

_SURE_OF_A_WANT: Final = 0.55
"""Minimum probability of a want. Below, we search for what was said about the words, which is right most often."""
_SURE_OF_A_NUMBER: Final = 0.75
"""Minimum probability of a want for a number: "how many years until AGI" asks for no count of words."""
_FEWEST_WORDS: Final = 2
"""Minimum number of words from which to guess."""
_LIKELY_OF_A_SUBJECT: Final = 0.4
"""Minimum probability of a word of the subject."""
_MAYBE_A_SUBJECT: Final = 0.25
"""Probability of a subject word from which a question for a guest or host may describe them by it."""
_LIKELY_IF_RARE: Final = 0.25
"""The same for a word that isn't everyday English: "do I need the math before machine learning" is about math, too."""
_HARDLY_A_SUBJECT: Final = 0.2
"""Probability that no word reaches of a question that leaves the subject to the words before it: "any wisdom"."""
_SURELY_A_SUBJECT: Final = 0.6
"""Probability of a single subject word from which a text certainly has a subject."""
_SURELY_A_SUBJECT_TOGETHER: Final = 0.85
"""Sum of the probabilities of all content words from which a text certainly has a subject: "which guest made 14 grand
with a book"."""
_LIKELY_OF_A_QUOTATION: Final = 0.3
"""Minimum probability of a word of a quotation, lower since common words are part of quotations, too."""
_LIKELY_TO_GO_ON: Final = 0.05
"""Minimum probability of a word that continues a quotation, since most go on to the end of the sentence."""
_SURELY_OF_AN_ASSISTANT: Final = 0.8
"""Probability of a request to a digital assistant from which an answer needs a higher confidence."""
_SURELY_OFF_TOPIC: Final = 0.6
"""Minimum probability that a text is about the world at large."""

_ANY_WORDS: Final = frozenset({"said", "off_topic"})
"""Wants without sentences of their own: we search for what was said about the words."""
_BACK: Final = frozenset({"more", "other", "repeat", "doubt", "wrong", "another_quote"})
"""Wants that refer to what was shown before."""
_QUOTING: Final = frozenset({"check", "who_said"})
"""Wants about words that may have been said."""
_CHAT: Final = frozenset({"greeting", "goodbye", "help", "praise", "program", "thanks"})
"""Wants about the bot, without a subject."""
_NAMING_SOMEBODY: Final = frozenset({"guest", "guests_all", "guests_most", "host"})
"""Wants that are answered with the names of guests or hosts, without a subject."""
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
"""Wants for a number of mentions, or for where there are most."""
_BY_NUMBERS: Final = _COUNTED | {"more_often"}
"""Wants that people express with a word of counting, ranking or time."""
_OF_ALL: Final = COUNTS.keys() - _COUNTED
"""Wants for a number about the whole library, without a subject."""
OF_SOMEBODY: Final = {
    "appearances": "person",
    "been_on": "anyone",
    "first_time": "person",
    "last_time": "person",
    "who_is": "anyone",
}
"""Wants about a person, each with the slot that the person is in."""
_OF_TWO: Final = frozenset({"compare", "more_often"})
"""Wants with two subjects."""
_ON_SUBJECTS: Final = (
    frozenset({"quote", "episodes_on", "everything", "latest_on", "with_person"})
    | _COUNTED
    | OF_SOMEBODY.keys()
    | _OF_TWO
)
"""Wants with a subject or a person; all others are about what was shown, the episode or the library."""

_LONG_TEXT: Final = 12
"""Minimum number of words of a text that says more than its question; in a shorter one, every word counts."""
_REST_BESIDE_SUBJECT: Final = 1 / 3
"""Maximum sum of the probabilities of all other content words, relative to a single subject word, for that word to be
the whole subject."""
_PART_OF_A_SUBJECT: Final = 0.5
"""Minimum probability, relative to the likeliest word (0 to 1), of a word of what a question is about."""
_MAYBE_OF_A_SUBJECT: Final = 0.02
"""The same for a rarer word after those in a yes-or-no question: "will Wax take our jobs" is not about Wax alone."""
_MOSTLY_SUBJECT: Final = 0.7
"""Share of a text (0 to 1) above which the subject is most of it, and cutting it out makes no difference."""


def guessed(text: Text, *, begins: bool) -> Match | None:
    """Guess the sentence that a text stands for; None if we aren't sure, or it asks what was said.

    A text that `begins` a conversation can't refer to anything earlier.
    """
    if len(text.words) < _FEWEST_WORDS:
        return None
    intent = Intents.load().of(text)
    if intent.want in _BY_NUMBERS and (intent.sure < _SURE_OF_A_NUMBER or lexicon().numbering.isdisjoint(text.plain)):
        return None
    if intent.sure < _SURE_OF_A_WANT or intent.want in _ANY_WORDS or (begins and intent.want in _BACK):
        return None
    likely = Intents.load().subjects(text)
    about = sum(sure for sure, word in zip(likely, text.plain, strict=False) if carries(word))
    if intent.want not in _QUOTING | _ON_SUBJECTS and (
        max(likely) >= _SURELY_A_SUBJECT or about >= _SURELY_A_SUBJECT_TOGETHER
    ):
        return None
    if intent.want in _NAMING_SOMEBODY and max(likely) >= _MAYBE_A_SUBJECT:
        return None  # "which guest was the blind programmer from Iran"
    if intent.want in _OF_ALL and not all(map(Intents.load().is_common, filter(carries, text.plain))):
        return None  # "the longest river"
    if intent.want in _CHAT and not all(map(Intents.load().knows, filter(carries, text.plain))):
        return None  # a word that the models don't know is a subject
    slots = dict(_slots(intent.want, text, likely))
    if not slots and intent.want in _COUNTED | OF_SOMEBODY.keys() | _OF_TWO:
        return None
    return Match(intent.want, slots, len(text.words))


def asks_an_assistant(text: Text) -> bool:
    """Tell whether a text is a typical request to a digital assistant: to set an alarm, or when a bill is due."""
    return Intents.load().of_an_assistant(text) >= _SURELY_OF_AN_ASSISTANT


def asks_of_the_world(text: Text) -> bool:
    """Tell whether a short text asks about the world at large, such as the last cup final.

    Long texts tell stories, which look like the world at large whatever they ask.
    """
    if len(text.words) >= _LONG_TEXT:
        return False
    intent = Intents.load().of(text)
    return intent.want == "off_topic" and intent.sure >= _SURELY_OFF_TOPIC


def subject_of(text: Text) -> Clause | None:
    """Return the subject of a long text as a clause of its own; None if it has none, or is mostly subject."""
    if len(text.words) < _LONG_TEXT:
        return None
    likely = Intents.load().subjects(text)
    surely = any(sure >= _LIKELY_OF_A_SUBJECT for sure in likely)
    those = [at for at, sure in enumerate(likely) if surely and sure >= _least_likely(text.plain[at])]
    if not those or those[-1] + 1 - those[0] > len(text.words) * _MOSTLY_SUBJECT:
        return None
    part = without_speakers(text.part(those[0], those[-1] + 1))
    about = sum(likely[those[0] : those[-1] + 1])
    left = sum(sure for at, sure in enumerate(likely) if at not in those and carries(text.plain[at]))
    if len(those) == 1 and left > about * _REST_BESIDE_SUBJECT:
        return None  # "will AI take my job" is not about AI alone
    return Clause(part.written, about) if tells(part) else None


def _least_likely(word: str) -> float:
    """Return the minimum probability for a word to be part of the subject."""
    return _LIKELY_IF_RARE if carries(word) and not is_everyday(word) else _LIKELY_OF_A_SUBJECT


def leaves_the_subject_to(before: Text, asking: Text) -> bool:
    """Tell whether a question names no subject, and the words before it do: "I'm burned out, any words of wisdom?"."""
    of_question, told = map(Intents.load().subjects, (asking, before))
    return max(of_question, default=0.0) < _HARDLY_A_SUBJECT <= max(told, default=0.0)


def has_hardly_a_subject(text: Text) -> bool:
    """Tell whether no word of a question is likely its subject: "is it hard to set up", but not "... to learn rust"."""
    everyday = all(map(is_everyday, filter(carries, text.plain)))
    return everyday and max(Intents.load().subjects(text), default=0.0) < _LIKELY_IF_RARE


def about(text: Text) -> str:
    """Return what a question is about, without what it asks of it: "habit" in "how do I build a habit".

    Empty if no word says what it is about.
    """
    if len(text.words) >= _LONG_TEXT:
        long = subject_of(text)
        return long.text if long else ""
    likely = {at: sure for at, sure in enumerate(Intents.load().subjects(text)) if carries(text.plain[at])}
    least = max(likely.values(), default=0.0) * _PART_OF_A_SUBJECT
    # A word that English lacks is a name or a term: "move off linode" is about Linode.
    those = [at for at, sure in likely.items() if sure >= least or not frequency(text.plain[at])]
    if text.plain[0] in lexicon().whether | lexicon().opening:
        maybe = [at for at, sure in likely.items() if sure >= max(likely.values()) * _MAYBE_OF_A_SUBJECT]
        those += [at for at in maybe if at > those[-1] and not is_everyday(text.plain[at])]
    if all(is_everyday(text.plain[at]) for at in those):
        those = list(likely)  # "can you run it in the browser" is not about running alone
    return without_speakers(text.part(those[0], those[-1] + 1)).written if those else ""


def _slots(want: str, text: Text, likely: list[float]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the slots of a sentence with this want, each with the positions of its first word and after its last."""
    least = _LIKELY_OF_A_QUOTATION if want in _QUOTING else _LIKELY_OF_A_SUBJECT
    those = [at for at, sure in enumerate(likely) if sure >= least]
    begin, end = (those[0], those[-1] + 1) if those else (0, 0)
    while (
        want in _QUOTING
        and 0 < end < len(likely)
        and likely[end] >= _LIKELY_TO_GO_ON
        and text.words[end - 1].pause < Pause.END
    ):
        end += 1
    # "Nobody reads the docs" is another statement without its first word.
    while want in _QUOTING and begin > 0 and text.words[begin - 1].pause is Pause.NONE:
        if likely[begin - 1] < _LIKELY_TO_GO_ON and not negates(text.plain[begin - 1]):
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
