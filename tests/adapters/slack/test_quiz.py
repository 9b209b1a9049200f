"""Who said it, in Slack."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.quiz import draw_riddle
from bot.port.messages import Evidence
from bot.port.quiz import REVEAL, TOO_FEW_NAMES, Riddle
from bot.port.wording import DELETE, STALE
from tests.adapters.slack.conftest import answering
from tests.adapters.slack.test_render import sent
from tests.bot.port.test_quiz import PEOPLE, SAID, panel
from tests.fakes.assistant import STEEP
from tests.fakes.backend import backend
from tests.fakes.examples import examples
from tests.fakes.hostile import hostile_evidence, hostile_text
from tests.fakes.slack_blocks import message_problems
from tests.fakes.slack_server import SlackServer, button, labels_of, words_of


async def test_a_guess_is_judged_in_private_and_the_reveal_is_for_everybody(slack: SlackServer) -> None:
    async with answering(slack, backend(panel())):
        await slack.deliver_acked(slack.command("/overheard", "quiz"))
        asked = dict((await slack.sent())[0].body)
        speaker = next(who for who, words in zip(PEOPLE, SAID, strict=False) if words in words_of(asked))
        wrong = next(name for name in PEOPLE[:4] if name != speaker)
        for label in (speaker, wrong, REVEAL):
            await slack.deliver_acked(slack.press(button(asked, label), slack.in_message()))
        stale = {"type": "button", "action_id": "name:0", "value": "?"}
        for old in (stale, stale | {"action_id": "reveal"}):
            await slack.deliver_acked(slack.press(old, slack.in_message()))
        sent = [dict(each.body) for each in await slack.sent(6)][1:]

    assert asked["response_type"] == "in_channel"
    assert labels_of(asked)[-2:] == [REVEAL, DELETE]
    said = "\n".join(map(words_of, sent))
    private = [each for each in sent if each.get("response_type") == "ephemeral"]
    (revealed,) = [each for each in sent if each not in private]
    assert f"Right, it was {speaker}!" in said
    assert f"No, it wasn't {wrong}: it was {speaker}." in said
    assert f"It was {speaker}." in words_of(revealed)
    assert said.count(STALE) == 2


@pytest.mark.usefixtures("bot")
async def test_a_library_with_too_few_names_says_so(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.command("/overheard", "quiz"))
    (said,) = await slack.sent()

    assert words_of(dict(said.body)) == TOO_FEW_NAMES
    assert said.body["response_type"] == "ephemeral"


@examples(20)
@given(hostile_evidence, st.tuples(*[hostile_text] * 4))
def test_slack_takes_a_riddle_whatever_the_names_are(quote: Evidence, names: tuple[str, ...]) -> None:
    assert message_problems(sent(draw_riddle(Riddle(replace(quote, id=STEEP.id), names), "U1"))) == []
