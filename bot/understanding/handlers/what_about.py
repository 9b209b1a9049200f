"""Sentences that put something new into the last question: "and China?", "what about Bob?", "and on Hive Talk?".

Those without anything new are in `back_to_subject.py` and `back_to_answer.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.port.messages import QuoteCheck
from bot.understanding import wants
from bot.understanding.clauses import clauses_of
from bot.understanding.handlers.context import Handler, Sentence
from bot.understanding.names import PERSON, SHOW
from bot.understanding.request import EVERYWHERE, Request, Somebody
from bot.understanding.slots import claimed_of, subject_of_claim, tells
from bot.understanding.text import Text
from bot.understanding.wants import Ask
from knowledge.search.words import carries


def _episodes(sentence: Sentence) -> Request | None:
    """Ask the last question again if only a place is named, or else for all episodes."""
    context = sentence.context
    goes_on = context.before.counting is not None or context.before.of_place is not None
    if goes_on and context.following.names_a_place(sentence.slots.plain):
        return context.following.elsewhere(sentence.base)
    return replace(sentence.base, want=Ask.EPISODES)


def _followed(sentence: Sentence) -> Request | None:
    """Put somebody, a place or another subject into the last question."""
    context, base, before = sentence.context, sentence.base, sentence.context.before
    rest = sentence.slots.part("subject")
    someone = _someone(sentence, rest)
    sentence = replace(sentence, base=replace(base, want=before.counting or base.want))
    if put := _in_a_check(sentence, rest, someone) or (_of_somebody(sentence, someone) if someone else None):
        return put
    if rest.plain == (SHOW,) and base.where == EVERYWHERE:
        sentence = sentence.at(context.names.shows.part(str(rest.words[0].named)))
    base = sentence.base
    here = context.following.names_a_place(rest.plain) and context.following.elsewhere(base)
    if there := here or context.following.in_year(base, rest.plain):
        return there
    if sentence.inner and (asked := sentence.inner(rest)) and not isinstance(asked.want, wants.Social):
        where = base.where if asked.where == EVERYWHERE else asked.where
        return replace(asked, text=base.text, where=where)
    if someone and someone.known:
        want = Ask.APPEARANCES if before.of_place is Ask.APPEARANCES else Ask.WITH_PERSON
        return replace(base, want=want, people=(someone,), subject="")
    return _of_a_subject(sentence, rest) if tells(sentence.subject) else None


def _someone(sentence: Sentence, rest: Text) -> Somebody | None:
    """Return who is put into the last question; None if it is a thing."""
    people = sentence.base.people
    if people and not any(carries(word.plain) for word in rest.words if word.plain != PERSON):
        return people[0]
    return sentence.context.called.one(rest.words, sentence.base.where)


def _in_a_check(sentence: Sentence, rest: Text, someone: Somebody | None) -> Request | None:
    """Ask whether somebody else said the words checked last, or whether the same was claimed of something else."""
    before, base = sentence.context.before, sentence.base
    if not isinstance(before.answer, QuoteCheck) or not before.checked:
        return None
    quoted = before.subject != subject_of_claim(before.checked)
    if someone and quoted:
        return replace(base, want=wants.CheckQuote(before.checked), people=(someone,), subject="")
    if quoted or someone or not tells(rest):
        return None
    claim = claimed_of(rest.written, before.checked, sentence.context.lexicon.being)
    return replace(base, want=wants.CheckQuote(claim), subject="")


def _of_somebody(sentence: Sentence, someone: Somebody) -> Request | None:
    """Ask for somebody's words on the last subject, or how often they mention it; None if there is none."""
    before, base = sentence.context.before, sentence.base
    if not before.subject:
        return None
    text = f"what did {someone.name} say about {before.subject}"
    want = replace(before.counting, by=None) if before.counting else base.want
    put = replace(base, want=want, text=text, subject=before.subject, people=(someone,), where=before.where)
    return replace(put, words_of=want is Ask.SAID)


def _of_a_subject(sentence: Sentence, rest: Text) -> Request:
    """Ask the same on another subject, or on something of the last: "and its chips?" after one on China."""
    context, base, before = sentence.context, sentence.base, sentence.context.before
    if rest.plain[0] in context.lexicon.its and before.subject and not before.people:
        its = f"{before.subject} {rest.part(1, len(rest.words)).written}"
        return replace(base, subject=its, text=its, where=before.where)
    people = base.people or context.referents.people
    where = before.where if base.where == EVERYWHERE else base.where
    want = Ask.QUOTE if before.quoting else base.want
    clauses = clauses_of(context.lexicon, rest)
    return replace(base, want=want, people=people, where=where, clauses=clauses, words_of=bool(people))


GOING_ON: Final = frozenset({"follow", "what_about"})
"""Sentences that apply the last question to something else."""
SENTENCES: Final[Mapping[str, Handler]] = {**dict.fromkeys(GOING_ON, _followed), "episodes": _episodes}
"""Sentences with something new for the last question, each with its handler."""
