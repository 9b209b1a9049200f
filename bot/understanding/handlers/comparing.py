"""Sentences with several subjects or people to choose between: "tabs or spaces", "is rye mentioned more than wheat?".

Those that compare the last subjects ("which is better?") are in `back_to_subject.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

from bot.understanding.clauses import divided
from bot.understanding.handlers.context import Context, Handler, Sentence
from bot.understanding.names import PERSON, SHOW
from bot.understanding.request import Request
from bot.understanding.slots import Slots, tells
from bot.understanding.text import QUOTED, Pause, Text, Word
from bot.understanding.wants import Compare, Measure, MoreOften

_WORDS_OF_SIDES: Final = 5
"""Maximum number of words of subjects such as "tabs or spaces", which could also be one."""
_WORDS_OF_ONE_OF_TWO: Final = 6
"""Maximum number of words of each of two compared subjects; more are a statement."""
_WORDS_OF_ONE_OF_THREE: Final = 4
"""Maximum number of words of each of three compared subjects; more are a statement."""
_LEAST_SIDES: Final = 2
"""Minimum number of subjects to compare."""
_MOST_SIDES: Final = 3
"""Maximum number of subjects to compare."""
_WORDS_OF_A_SIDE_FELT: Final = 2
"""Maximum number of words of each of two feelings."""
_SURELY: Final = frozenset({"compare", "feelings"})
"""Sentences that surely have two subjects; "energy and china" may be one."""


def _compared(sentence: Sentence) -> Request | None:
    """Ask for two or three subjects side by side; None if they may be one, or something else."""
    name, slots, base, context = sentence.name, sentence.slots, sentence.base, sentence.context
    sides = _sides(slots, context.lexicon.between)
    if context.lexicon.described.search(slots.coded):
        return None  # "the episode with tabs vs spaces"
    if not _are_short(sides, name) or (name == "feelings" and not all(_is_felt(each, context) for each in sides)):
        return None  # "I am a developer and I keep bees"
    asks_whether = name in _SURELY and slots.plain[0] in context.lexicon.whether
    things = _called_like_somebody(sides) if asks_whether else ()
    if any(word.plain in {PERSON, QUOTED, *context.lexicon.he} and word not in things for word in slots.words):
        return None  # "did lex or jensen say that", "does he use tabs or spaces"
    if things:
        base = replace(base, people=(), words_of=False, about_people=False)
    named = all(tells(each) or things or (name in _SURELY and context.may_be_a_name(each)) for each in sides)
    if not named or not any(map(tells, sides)):
        return None
    written = tuple(each.written for each in sides)
    want = Compare(written, name in _SURELY)
    return replace(base, subject=", ".join(written), want=want, of_taste=slots.mentions(context.lexicon.you))


def _are_short(sides: Sequence[Text], name: str) -> bool:
    """Tell whether sides are few and short enough for subjects, as "what goes in the shed vs the house" is not."""
    lengths = [len(each.words) for each in sides]
    short = name in _SURELY or sum(lengths) <= _WORDS_OF_SIDES
    if len(sides) > 2:
        short = (short or name == "several") and max(lengths) <= _WORDS_OF_ONE_OF_THREE
    return short and max(lengths, default=0) <= _WORDS_OF_ONE_OF_TWO and len(sides) <= _MOST_SIDES


def _is_felt(side: Text, context: Context) -> bool:
    """Tell whether words may be a feeling: "burnt out", but not "a developer"."""
    return 0 < len(side.words) <= _WORDS_OF_A_SIDE_FELT and side.plain[0] not in context.names.generic


def _more_often(sentence: Sentence, measure: Measure) -> Request | None:
    """Ask which of some subjects comes up most often."""
    slots, subjects = sentence.slots, sentence.context.names.shows.subjects
    sides = _sides(slots, sentence.context.lexicon.between)
    if measure is Measure.EPISODES and any(SHOW in each.plain for each in sides):
        return None  # shows have episodes
    if any(len(each.words) > 1 and PERSON in each.plain for each in sides):
        return None  # "did ann talk about rice more than bob"
    if len(sides) < _LEAST_SIDES or not all(tells(each) or subjects.keys() >= set(each.plain) for each in sides):
        return None
    if sides[0].plain[0] in sentence.context.lexicon.interrogative:
        return None  # "why texting fails more than calling"
    want = MoreOften(tuple(subjects.get(each.written, each.written) for each in sides), measure)
    return replace(sentence.base, want=want, subject=slots.source(slots.words))


def _sides(slots: Slots, between: frozenset[str]) -> tuple[Text, ...]:
    """Return the subjects of "GPUs, energy and China" or "React vs Svelte vs Vue"."""
    listed = (*divided(slots.part("a"), Pause.COMMA), *divided(slots.part("b"), Pause.COMMA))
    return tuple(side for each in listed for side in _apart(each, between))


def _apart(text: Text, between: frozenset[str]) -> Iterator[Text]:
    """Divide a text at some words, and leave those out."""
    cuts = (-1, *(at for at, word in enumerate(text.plain) if word in between), len(text.words))
    yield from (text.part(one + 1, other) for one, other in pairwise(cuts) if one + 1 < other)


def _called_like_somebody(sides: Sequence[Text]) -> Sequence[Word]:
    """List the sides that are things with the first name of a guest: "Zed" beside "VS Code"."""
    alone = [each.words[0] for each in sides if len(each.words) == 1 and each.plain[0] == PERSON]
    others = [each for each in sides if each.words[0] not in alone]
    return alone if others and all(map(tells, others)) else ()


def _who_more_often(sentence: Sentence) -> Request | None:
    """Ask which of two people comes up more, or says more; a shared name means the likeliest person."""
    people = sentence.base.people
    meant = tuple(each for person in people for each in person.candidates[:1] if each.speaks)
    both = len(meant) == len(people) == 2
    return replace(sentence.base, want=MoreOften(None), people=meant) if both else None


def _either(sentence: Sentence) -> Request | None:
    """Ask what either of two people said; None if one of them says nothing."""
    both = sentence.base.people[:2]
    return replace(sentence.base, people=both) if all(each.speaking for each in both) else None


SENTENCES: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(("compare", "both", "several", "feelings"), _compared),
    "more_often": partial(_more_often, measure=Measure.MENTIONS),
    "more_episodes": partial(_more_often, measure=Measure.EPISODES),
    "who_more_often": _who_more_often,
    "either": _either,
}
"""Sentences that compare, each with its handler."""
