"""Notes what a question presupposes: in "why did Ann leave", that she did; in "how many work there", a number.

Nothing answers such a question unless somebody says that; whether they do is judged in `bot/answering/premises.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.understanding.matching import Read
from bot.understanding.names import PERSON, SHOW
from bot.understanding.request import Premise, Request
from bot.understanding.sentences import Lexicon
from bot.understanding.slots import tells
from bot.understanding.text import Text
from bot.understanding.wants import Ask
from knowledge.search.rarity import is_everyday
from knowledge.search.words import carries, fold

_WORDS_UP_TO_THE_SHOW: Final = 5
"""Number of words after a verb in which to look for the show it was done to: "become the host of Hive Talk"."""
_OF_A_FIGURE: Final = "how_much_of_that"
"""The sentence that asks for a number about the last subject."""


def presupposing(read: Read, lexicon: Lexicon) -> Request:
    """Return what was asked, with its premise."""
    request, text = read.request, read.text
    if request.want is not Ask.SAID:
        return request
    if read.want == _OF_A_FIGURE:
        return replace(request, premise=Premise(amount=_amount(text, lexicon)))
    if of_somebody := _done_by_somebody(read, lexicon):
        return of_somebody
    found = lexicon.did.search(text.coded)
    doing = text.part(found.end(), found.end() + 1) if found else None
    if found and doing and doing.words and doing.plain[0].islower():
        amount = _amount(text.part(0, found.end()), lexicon)
        done = next(filter(carries, text.plain[found.end() + 1 :]), "")
        named = tells(doing) and not is_everyday(doing.plain[0])  # and not "how much did it cost"
        return replace(request, premise=Premise(doing.written if named else "", done, amount=amount))
    if counts := lexicon.how_many.match(text.coded):  # "how many people work at Wax"
        counted = next(iter(text.plain[counts.end() :]), "")
        return replace(request, premise=Premise(done=counted, amount=_amount(text.part(0, counts.end()), lexicon)))
    return request


def _done_by_somebody(read: Read, lexicon: Lexicon) -> Request | None:
    """Note what a question presupposes that a person did; None if it presupposes nothing like that."""
    request, text, person = read.request, read.text, read.request.person
    asking = lexicon.doing if person and person.candidates else lexicon.did
    found = asking.search(text.coded)
    if found is None or person is None:
        return None
    begin = end = found.end()
    name = fold(person.name).split()
    while end < len(text.words) and (text.plain[end] == PERSON or text.plain[end] in name):
        end += 1
    done = next(filter(carries, text.plain[end:]), "") if end > begin else ""
    if not done:
        return None
    amount = _amount(text.part(0, begin), lexicon)
    if not person.candidates:  # "how did docker make sure ..." asks for nobody's own words
        premise = Premise(person.name, done, amount=amount)
        return replace(request, people=(), words_of=False, about_people=False, subject=text.written, premise=premise)
    # "Why did Ann leave Hive Talk" is about leaving the show, not about leaving anything else.
    to = text.words[end + 1 : end + _WORDS_UP_TO_THE_SHOW]
    show = next((str(word.named) for word in to if word.plain == SHOW), "")
    subject = f"{request.subject} {show}" if show else request.subject
    return replace(request, subject=subject, premise=Premise("", done, show, amount))


def _amount(asking: Text, lexicon: Lexicon) -> frozenset[str]:
    """Return the words for numbers above one if a question starts by asking for a number, otherwise nothing."""
    counts = lexicon.counts.search(asking.coded)
    return frozenset(word for word, count in lexicon.numbers.items() if counts and count > 1)
