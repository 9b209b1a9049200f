"""Fits the coefficients of knowledge/search/confidence.py: `python -m benchmarks.fit` prints them, to be copied there.

Answerable: QMSum's `train` questions in their meeting, most of them with a preamble as people write in a chat ("hey
can you tell me ..."). Not answerable: every other line of the off-topic questions in eight meetings each, some of them
put as asking what was said; `train` questions in a meeting of another field; and `train` questions of at most three
telling words whose longest one was replaced by a word that the meeting does not have. QMSum has no questions about
a word that is said once, which people do ask: one rare word of each meeting is answerable too. Each class weighs the
same, so 0.5 means: as likely answered as not, where half of all questions are answerable. `val` and the other lines are
unseen.

Needs scikit-learn, which nothing else does.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from benchmarks.data import Asked, Meetings
from knowledge.model import EpisodeId, Passage, Scope
from knowledge.search import Search
from knowledge.search.confidence import Said, terms
from knowledge.search.rarity import frequency
from knowledge.search.words import carries, split

_DATA: Final = Path("../shared/eval")
_CHATTY: Final = (
    "hey can you tell me {}",
    "i was wondering {}",
    "i missed it but {}",
    "can you remind me {}",
    "i want to know {}",
    "do you know {}",
    "{} please",
    "could you tell me {}",
    "{}",
)
_ASKED: Final = (
    "what did they say about {}",
    "did they discuss {}",
    "summarize the discussion about {}",
    "what did they think of {}",
    "did anyone mention {}",
    "{}",
)
_WORDS: Final = """
cuda taiwan tsmc blackwell kubernetes rust tesla rocket cricket opera volcano bitcoin octopus violin karate pasta
vaccine submarine telescope dragon honey marathon sushi tornado pirate yoga guitar jungle glacier wizard poker chess
penguin saxophone ballet asteroid mosquito cathedral tractor origami
"""
_MEETINGS: Final = 8
_WRAPPED: Final = 0.6
_RARE: Final = 7.0
"""How much a rare word tells at least."""


def main() -> None:
    """Fit on `train` and print the coefficients."""
    meetings = Meetings.load(_DATA)
    rows: list[tuple[float, ...]] = []
    answerable: list[bool] = []
    for text, meeting, known in examples(meetings, random.Random(7)):
        evidence = best(meetings.search, text, meeting)
        if evidence is not None:
            rows.append(terms(evidence)[1:])
            answerable.append(known)
    model = LogisticRegression(C=10, max_iter=2000, class_weight="balanced").fit(rows, answerable)
    print(f"{len(rows)} examples, {sum(answerable)} answerable")
    print("_SAID: Final =", tuple(round(float(c), 3) for c in (model.intercept_[0], *model.coef_[0])))


def best(search: Search, text: str, meeting: EpisodeId) -> Said | None:
    """Return the evidence of that hit among the first three around which most is told, None where there is none."""
    hits = search.find(text, scope=Scope(meeting), kinds=(Passage,), limit=3).hits
    return max((hit.evidence for hit in hits if isinstance(hit.evidence, Said)), key=lambda e: e.weight, default=None)


def examples(meetings: Meetings, chance: random.Random) -> Iterator[tuple[str, EpisodeId, bool]]:
    """Yield questions, where they are asked, and whether they are answered there."""
    train = meetings.asked("train")
    places = sorted({question.meeting for question in train})
    for question in train:
        yield _wrapped(question.text, _CHATTY, chance), question.meeting, True
        elsewhere = [place for place in places if _field(place) != _field(question.meeting)]
        yield _wrapped(question.text, _CHATTY, chance), chance.choice(elsewhere), False
        missed = _near_miss(question, meetings.search, chance)
        if missed:
            yield _wrapped(missed, _CHATTY, chance), question.meeting, False
    for place in places:
        yield _wrapped(_said_once(meetings.said[place], meetings.search, chance), _ASKED, chance), place, True
    for text in meetings.off_topic[::2]:
        for place in chance.sample(places, _MEETINGS):
            yield _wrapped(text, _ASKED, chance), place, False


def _wrapped(text: str, ways: tuple[str, ...], chance: random.Random) -> str:
    return chance.choice(ways).format(text) if chance.random() < _WRAPPED else text


def _near_miss(question: Asked, search: Search, chance: random.Random) -> str | None:
    """Ask nearly the same about something that the meeting does not have."""
    telling = [word for word in split(question.text) if carries(word)]
    if not 1 <= len(telling) <= 3:
        return None
    absent = [word for word in _WORDS.split() if not search.find(word, scope=Scope(question.meeting)).hits]
    longest = max(telling, key=len)
    return re.sub(rf"(?i)\b{re.escape(longest)}\b", chance.choice(absent), question.text)


def _said_once(said: Iterable[Passage], search: Search, chance: random.Random) -> str:
    """Choose a rare English word that is said once in a meeting."""
    counts = Counter(word for passage in said for word in split(passage.text) if frequency(word))
    return chance.choice([word for word, n in counts.items() if n == 1 and _tells(word, search) > _RARE])


def _tells(word: str, search: Search) -> float:
    return max(
        (hit.evidence.found for hit in search.find(word, limit=1).hits if isinstance(hit.evidence, Said)), default=0
    )


def _field(meeting: EpisodeId) -> str:
    return meeting.split("-")[0]


if __name__ == "__main__":
    main()
