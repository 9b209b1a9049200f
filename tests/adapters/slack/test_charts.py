"""Charts as pictures in Slack: uploaded first, shown in the answer itself, and text where Slack doesn't take them."""

from __future__ import annotations

import pytest
from hypothesis import given

from adapters.pictures.chart import draw_chart
from adapters.slack.render import Extras, draw
from bot.port.charts import DrawChart, DrawnChart, described
from bot.port.messages import Bar, Chart, Fact
from tests.adapters.slack.conftest import Bot, answering
from tests.fakes.assistant import DESCRIBED, NIGHT_SKY, OVER_YEARS, PER_YEAR, NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.examples import examples
from tests.fakes.hostile import hostile_text
from tests.fakes.slack_blocks import message_problems
from tests.fakes.slack_server import FILES, SCOPES, Call, SlackServer, error, words_of

pytestmark = pytest.mark.slow

_REFUSED = "invalid_blocks"


def breaks(_: Chart) -> bytes | None:
    raise OSError("cannot open resource")


def serving(slack: SlackServer, draw: DrawChart | None = draw_chart, scopes: str = SCOPES + FILES) -> Bot:
    slack.scopes = scopes
    return answering(slack, backend(NotingAssistant(OVER_YEARS), draw_chart=draw))


def pictures(call: Call) -> list[tuple[str, str]]:
    blocks = [block for block in call.body["blocks"] if block["type"] == "image"]
    return [(each["slack_file"]["id"], each["alt_text"]) for each in blocks]


async def test_a_chart_is_uploaded_and_shown_in_the_answer_with_its_numbers_in_words(slack: SlackServer) -> None:
    async with serving(slack):
        await slack.deliver_acked(slack.mention(PER_YEAR))
        [answer] = await slack.sent()

    [(file, content)] = slack.files.items()
    assert content.startswith(b"\x89PNG")
    assert pictures(answer) == [(file, DESCRIBED)]
    assert "2023: 3" not in words_of(answer.body)
    assert "2023: 3" in answer.body["text"]
    assert len(await slack.sent()) == 1


async def test_a_picture_that_slack_is_still_processing_is_tried_again(slack: SlackServer) -> None:
    async with serving(slack):
        slack.fail("chat.postMessage", error(_REFUSED))
        await slack.deliver_acked(slack.mention(PER_YEAR))
        [answer] = await slack.sent()

    assert [alt for _, alt in pictures(answer)] == [DESCRIBED]


async def test_a_picture_that_slack_refuses_leaves_the_chart_as_text(slack: SlackServer) -> None:
    async with serving(slack):
        slack.fail("chat.postMessage", error(_REFUSED), error(_REFUSED))
        await slack.deliver_acked(slack.mention(PER_YEAR))
        [answer] = await slack.sent()

    assert not pictures(answer)
    assert "2023: 3" in words_of(answer.body)


async def test_a_picture_that_cannot_be_uploaded_leaves_the_chart_as_text(slack: SlackServer) -> None:
    async with serving(slack):
        slack.fail("files.getUploadURLExternal", error("missing_scope"))
        await slack.deliver_acked(slack.mention(PER_YEAR))
        [answer] = await slack.sent()

    assert not pictures(answer)
    assert "2023: 3" in words_of(answer.body)


@pytest.mark.parametrize(("draw", "scopes"), [(None, SCOPES + FILES), (breaks, SCOPES + FILES), (draw_chart, SCOPES)])
async def test_without_the_libraries_or_the_scope_a_chart_is_text(
    slack: SlackServer, draw: DrawChart | None, scopes: str
) -> None:
    async with serving(slack, draw, scopes):
        await slack.deliver_acked(slack.mention(PER_YEAR))
        [answer] = await slack.sent()

    assert not slack.files
    assert "2023: 3" in words_of(answer.body)


async def test_what_one_person_alone_sees_has_its_chart_as_text(slack: SlackServer) -> None:
    async with serving(slack):
        await slack.deliver_acked(slack.command("/ask", PER_YEAR))
        [answer] = await slack.sent()

    assert not slack.files
    assert "2023: 3" in words_of(answer.body)


@examples(60)
@given(hostile_text, hostile_text)
def test_whatever_a_chart_shows_its_message_is_one_that_slack_takes(title: str, label: str) -> None:
    chart = Chart(title, (Bar(label, 1, "1", label), Bar(label, 2, "2", label)))
    answer = Fact(f"{title}\n{label}", (NIGHT_SKY,), chart=chart)

    charted = draw(answer, Extras(chart=DrawnChart(title, b"", described(chart)))).chart

    assert charted is not None
    body = {"unfurl_links": False, "unfurl_media": False, "parse": "none", "mrkdwn": False, "text": "…"}
    assert not message_problems(body | {"blocks": charted.blocks("F1")})


async def test_what_a_command_shows_to_everybody_has_a_picture_even_if_the_address_to_respond_at_refuses_it(
    slack: SlackServer,
) -> None:
    async with serving(slack):
        refused = error(_REFUSED)
        refused.set_status(404)
        slack.fail("hook", refused)
        await slack.deliver_acked(slack.command("/ask", f"{PER_YEAR} --public"))
        [answer] = await slack.sent()

    assert answer.method == "hook"
    assert [alt for _, alt in pictures(answer)] == [DESCRIBED]
