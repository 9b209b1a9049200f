"""Marks the assistant's answers against a bank of questions.

Only the marking: the questions are in the YAML files beside this one, what share has to be right is in the test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.port.messages import (
    Answer,
    Assistant,
    ConversationId,
    Fact,
    Found,
    Help,
    NotFound,
    Question,
    QuoteCheck,
    Several,
    Unsure,
)
from tests.fakes.files import read_yaml

BANK = Path(__file__).parent
QUESTIONS = BANK / "questions.yaml"
HELD_OUT = BANK / "held_out.yaml"
PHRASINGS = BANK / "phrasings.yaml"
PHRASINGS_HELD_OUT = BANK / "phrasings_held_out.yaml"
TALK = BANK / "talk.yaml"
TALK_WILD = BANK / "talk_wild.yaml"
TALK_HELD_OUT = BANK / "talk_held_out.yaml"
EXAMPLE = BANK / "example.yaml"
TALK_LIBRARY = BANK / "library"
"""Two invented shows with fifteen episodes, transcripts beside them; the questions of `TALK...` are about these."""

SHIPPED = "shipped"
"""The library of every entry that names none."""

_KINDS: Mapping[type[Answer], str] = {
    Found: "found",
    Fact: "fact",
    QuoteCheck: "quote_check",
    Unsure: "unsure",
    NotFound: "not_found",
    Help: "help",
    Several: "several",
}
_GUESSES_READ = 3
UNANSWERABLE = frozenset({"off_topic", "near_miss"})


@dataclass(frozen=True, slots=True)
class Expected:
    """What a right answer to one question looks like; the bank's own words for it.

    Attributes:
        ask: empty for a part.
        topics: the topic of a `Found` is one of these, or one of the first guesses is.
        evidence_says: what the words and speakers of a `Found` say.
        parts: what the answers of a `Several` look like; empty where any will do.
    """

    ask: str
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    quotes: tuple[str, ...]
    says: tuple[str, ...]
    never: tuple[str, ...]
    verdicts: tuple[str, ...]
    evidence_says: tuple[str, ...]
    parts: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A question, or the turns of a dialogue.

    Attributes:
        library: the name of the library that is asked.
    """

    category: str
    turns: tuple[Expected, ...]
    library: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How one entry was answered; `wrong` is empty where every turn was right."""

    entry: Entry
    kinds: tuple[str, ...]
    wrong: tuple[str, ...]


def read(path: Path) -> tuple[Entry, ...]:
    """Read a bank."""
    entries = read_yaml(path)
    return tuple(map(_entry, entries))


def _entry(entry: Mapping[str, Any]) -> Entry:
    turns = tuple(map(_expected, entry.get("turns", [entry])))
    return Entry(entry["category"], turns, entry.get("library", SHIPPED))


def _expected(turn: Mapping[str, Any]) -> Expected:
    fields = ("kind", "topics", "quotes", "says", "never", "verdict", "evidence_says")
    return Expected(
        turn.get("ask", "") * turn.get("repeat", 1),
        *(_several(turn.get(field, ())) for field in fields),
        parts=tuple(map(_expected, turn.get("parts", ()))),
    )


def _several(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, Sequence) else ()


async def mark(assistants: Mapping[str, Assistant], entries: Sequence[Entry]) -> tuple[Mark, ...]:
    """Ask everything of the assistant over its library, each entry in a conversation of its own."""
    # By the question too: a second bank that is asked goes on from none of the first one's conversations.
    ids = [ConversationId(f"{n}: {entry.turns[0].ask}") for n, entry in enumerate(entries)]
    marked = [await _mark(assistants[entry.library], entry, id) for entry, id in zip(entries, ids, strict=True)]
    return tuple(marked)


async def _mark(assistant: Assistant, entry: Entry, conversation: ConversationId) -> Mark:
    kinds, wrong = [], []
    for turn in entry.turns:
        answer = await assistant.ask(Question(turn.ask, conversation=conversation))
        kinds.append(_KINDS[type(answer)])
        wrong.extend(f"{turn.ask[:200]!r}: {complaint}" for complaint in _complaints(answer, turn))
    return Mark(entry, tuple(kinds), tuple(wrong))


def _complaints(answer: Answer, expected: Expected) -> list[str]:
    kind = _KINDS[type(answer)]
    said = _text(answer).casefold()
    told = f"got {kind} {_leading(answer)[:_GUESSES_READ]} {getattr(answer, 'confidence', 1):.2f}"
    found = [
        (kind not in expected.kinds, f"wanted {'/'.join(expected.kinds)} {'/'.join(expected.topics)}, {told}"),
        (not _right_topic(answer, expected), f"wanted topic {'/'.join(expected.topics)}, {told}"),
        (not _right_quote(answer, expected), f"wanted quote {'/'.join(expected.quotes)}, {told}"),
        (
            isinstance(answer, QuoteCheck) and bool(expected.verdicts) and answer.verdict not in expected.verdicts,
            f"wanted verdict {'/'.join(expected.verdicts)}, got {getattr(answer, 'verdict', '')}",
        ),
        (any(each.casefold() not in said for each in expected.says), f"should say {expected.says}: {said!r}"),
        (any(each.casefold() in said for each in expected.never), f"must not say {expected.never}: {said!r}"),
        (not _right_evidence(answer, expected), f"evidence should say {expected.evidence_says}"),
    ]
    wrong = [complaint for is_wrong, complaint in found if is_wrong]
    return (wrong or _wrong_parts(answer, expected))[:1]


def _wrong_parts(answer: Answer, expected: Expected) -> list[str]:
    if not isinstance(answer, Several) or not expected.parts:
        return []
    if len(answer.parts) != len(expected.parts):
        return [f"wanted {len(expected.parts)} parts, got {[part.asked for part in answer.parts]}"]
    marked = zip(answer.parts, expected.parts, strict=True)
    return [f"{part.asked!r}: {complaint}" for part, right in marked for complaint in _complaints(part.answer, right)]


def _text(answer: Answer) -> str:
    return "\n".join(part.answer.text for part in answer.parts) if isinstance(answer, Several) else answer.text


def _leading(answer: Answer) -> tuple[str, ...]:
    match answer:
        case Found(topics=topics):
            return tuple(topic.id.rpartition("/")[2] for topic in topics)
        case Unsure(guesses=guesses):
            return tuple(guess.id.rpartition("/")[2] for guess in guesses)
        case _:
            return ()


def _right_topic(answer: Answer, expected: Expected) -> bool:
    leading = _leading(answer)
    if not expected.topics or not leading:
        return True
    return not set(leading[: 1 if isinstance(answer, Found) else _GUESSES_READ]).isdisjoint(expected.topics)


def _right_quote(answer: Answer, expected: Expected) -> bool:
    if not expected.quotes or not isinstance(answer, Found | QuoteCheck):
        return True
    if isinstance(answer, QuoteCheck) and answer.verdict == "not_found":
        return True
    return bool(answer.evidence) and answer.evidence[0].id.rpartition("/")[2] in expected.quotes


def _right_evidence(answer: Answer, expected: Expected) -> bool:
    if not isinstance(answer, Found):
        return True
    said = " ".join(f"{each.text} {each.speaker}" for each in answer.evidence).casefold()
    return all(each.casefold() in said for each in expected.evidence_says)


def rates(marks: Sequence[Mark]) -> dict[str, tuple[int, int]]:
    """Count right answers and all answers by category."""
    counted: dict[str, tuple[int, int]] = {}
    for each in marks:
        right, total = counted.get(each.entry.category, (0, 0))
        counted[each.entry.category] = (right + (not each.wrong), total + 1)
    return counted


def right(marks: Sequence[Mark]) -> float:
    """Return the share, 0 to 1, of the entries that were answered right."""
    return sum(not mark.wrong for mark in marks) / len(marks)


def answered_unanswerable(marks: Sequence[Mark]) -> float:
    """Return the share, 0 to 1, of the unanswerable questions that were answered as found."""
    unanswerable = [each for each in marks if each.entry.category in UNANSWERABLE]
    return sum("found" in each.kinds for each in unanswerable) / max(1, len(unanswerable))
