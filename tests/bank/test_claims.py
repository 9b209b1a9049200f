"""Whether somebody said something, asked as members of a chat put it, half remembered and in passing.

The rules that judge it are in `bot/answering/attribution.py` and `differing.py`; each of them decides an answer in
`claims.yaml`. Of `claims_held_out.yaml` a failure tells the rate alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import Answer, Assistant, ConversationId, Found, NotFound, Question, QuoteCheck, Unsure
from tests.fakes.files import read_yaml

pytestmark = pytest.mark.slow

BANK = Path(__file__).parent
RIGHT_UNREAD = 0.9


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return open_assistant(BANK / "claims_library", cache=tmp_path)


async def test_of_every_claim_the_answer_says_who_said_it_and_shows_the_words(assistant: Assistant) -> None:
    wrong = await complaints(assistant, read_yaml(BANK / "claims.yaml"))

    assert not any(wrong), "\n".join(filter(None, wrong))


async def test_nearly_every_claim_that_nobody_looked_at_is_answered_right(assistant: Assistant) -> None:
    wrong = await complaints(assistant, read_yaml(BANK / "claims_held_out.yaml"))

    assert wrong.count("") / len(wrong) >= RIGHT_UNREAD


async def complaints(assistant: Assistant, claims: Sequence[Mapping[str, Any]]) -> list[str]:
    """Ask every claim in a conversation of its own, and say what is wrong with the answers; nothing of a right one."""
    return [
        _complaint(await assistant.ask(Question(claim["ask"], conversation=ConversationId(claim["ask"]))), claim)
        for claim in claims
    ]


def _complaint(answer: Answer, claim: Mapping[str, Any]) -> str:
    evidence = getattr(answer, "evidence", ())
    shown = evidence[0].text if evidence else ""
    told = f"{answer.text} {getattr(answer, 'told', '')} {shown}".casefold()
    wrong = (
        _verdict(answer) not in claim["verdict"]
        or ("credited" in claim and _credited(answer) != set(claim["credited"]))
        or (claim.get("shows", "") not in {"any", ""} and claim["shows"].casefold() not in shown.casefold())
        or (claim.get("shows") == "any" and not shown)
        or any(each.casefold() in told for each in claim.get("never", ()))
        or claim.get("says", "").casefold() not in told
    )
    return f"{claim['ask']!r}: {_verdict(answer)}, {_credited(answer)}: {answer.text!r}, {shown!r}" if wrong else ""


def _verdict(answer: Answer) -> str:
    match answer:
        case QuoteCheck(verdict=verdict):
            return verdict.value
        case Found():
            return "found"
        case Unsure():
            return "unsure"
        case NotFound():
            return "nothing"
        case _:
            return type(answer).__name__


def _credited(answer: Answer) -> set[str]:
    """Name who is said to have said it."""
    if isinstance(answer, QuoteCheck):
        return {voice.speaker for voice in answer.said_by if voice.speaker}
    speakers = {each.speaker for each in getattr(answer, "evidence", ()) if each.speaker}
    return {each for each in speakers if each in answer.text} if " said it" in answer.text else set()
