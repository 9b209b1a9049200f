"""What of Slack is measured; what the figures are is tested with the port."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from adapters.metrics.meter import PrometheusMeter
from bot.port.limits import Rate
from tests.adapters.slack.conftest import answering, config
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.slack_server import SlackServer


async def test_questions_refusals_and_lost_connections_are_measured(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    meter = PrometheusMeter("1.2.3")
    slow = replace(config(slack), per_member=Rate(1, timedelta(minutes=1)))

    async with answering(slack, backend(assistant, meter=meter), slow):
        await slack.drop()
        await slack.connected(2)
        await slack.deliver_acked(slack.command("/ask", "comets"))
        await slack.deliver_acked(slack.command("/ask", "comets"))
        await slack.sent(2)

    value = meter.registry.get_sample_value
    assert value("overheard_questions_total", {"platform": "slack", "kind": "found"}) == 1
    assert value("overheard_refused_total", {"platform": "slack"}) == 1
    assert value("overheard_reconnects_total", {"platform": "slack"}) == 1
