"""Metrics and health over real HTTP, and the dashboard that is made of them."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import date, timedelta
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.metrics.meter import PrometheusMeter
from adapters.metrics.watch import PrometheusWatch
from bot.port.messages import Assistant, Episode, EpisodeId, Question
from bot.port.metering import Answered, Metered
from bot.port.serving import StartError
from tests.fakes.assistant import NotingAssistant

DOCS = Path(__file__).parents[3] / "docs"
OF_THE_PROCESS = {"process_resident_memory_bytes"}


class Stuck(NotingAssistant):
    """Never finds an episode."""

    async def episode(self, id: EpisodeId) -> Episode | None:
        await asyncio.Event().wait()
        return await super().episode(id)


def watch(assistant: Assistant, port: int = 0) -> PrometheusWatch:
    return PrometheusWatch(assistant, "127.0.0.1", port, "1.2.3", timedelta(milliseconds=50))


async def read(opened: PrometheusWatch, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{opened.port}{path}") as response:
        return response.status, await response.text()


async def test_what_was_asked_can_be_scraped_without_its_words() -> None:
    assistant = NotingAssistant()
    watched = watch(assistant)
    async with watched.opened():
        await Metered(assistant, "discord", watched.meter).ask(Question("comets"))
        watched.meter.refused("discord")
        watched.meter.reconnected("slack")
        text = ""
        while "overheard_episodes 2.0" not in text:  # the library is looked at beside all else
            _, text = await read(watched, "/metrics")

    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert samples["overheard_questions_total", "found", "discord"] == 1
    assert samples["overheard_answer_seconds_count", "discord"] == 1
    assert samples["overheard_confidence_bucket", "+Inf", "discord"] == 1
    assert samples["overheard_questions_waiting", "discord"] == 0
    assert samples["overheard_refused_total", "discord"] == 1
    assert samples["overheard_reconnects_total", "slack"] == 1
    assert samples["overheard_build_info", "1.2.3"] == 1
    assert "comet" not in text.casefold()


def test_a_failure_is_counted_and_has_no_confidence() -> None:
    meter = PrometheusMeter("1.2.3")

    meter.asked("slack")
    meter.answered(Answered("slack", "error", timedelta(seconds=1), 0.0))

    value = meter.registry.get_sample_value
    assert value("overheard_questions_total", {"platform": "slack", "kind": "error"}) == 1
    assert value("overheard_confidence_count", {"platform": "slack"}) is None


def test_the_newest_episode_is_a_time_or_0_where_no_dates_are_known() -> None:
    meter = PrometheusMeter("1.2.3")

    meter.library(3, date(1970, 1, 2))
    dated = meter.registry.get_sample_value("overheard_newest_episode_timestamp_seconds")
    meter.library(3, None)

    assert dated == 86_400
    assert meter.registry.get_sample_value("overheard_newest_episode_timestamp_seconds") == 0


async def test_health_is_whether_the_library_can_be_asked() -> None:
    well, stuck = watch(NotingAssistant()), watch(Stuck())
    async with well.opened(), stuck.opened():
        assert await read(well, "/healthz") == (200, '{"status": "ok"}')
        assert await read(stuck, "/healthz") == (503, '{"status": "stuck"}')


async def test_an_address_that_is_taken_is_told_with_the_settings_to_change() -> None:
    first = watch(NotingAssistant())
    async with first.opened():
        with pytest.raises(StartError, match="OVERHEARD_METRICS_PORT"):
            async with watch(NotingAssistant(), first.port).opened():
                pass


def names() -> set[str]:
    """Name all that can be scraped once something of each kind has happened."""
    meter = PrometheusMeter("1.2.3")
    meter.asked("slack")
    meter.answered(Answered("slack", "found", timedelta(), 1.0))
    meter.refused("slack")
    meter.reconnected("slack")
    return {sample.name for family in meter.registry.collect() for sample in family.samples}


def test_the_dashboard_and_the_document_know_every_metric_and_no_other() -> None:
    dashboard = json.loads((DOCS / "grafana.json").read_text(encoding="utf-8"))
    drawn = {
        name
        for panel in dashboard["panels"]
        for target in panel["targets"]
        for name in re.findall(r"\b(?:overheard|process)_\w+", target["expr"])
    }
    documented = set(re.findall(r"^\| `(overheard_\w+)` \|", (DOCS / "operating.md").read_text(), re.MULTILINE))
    known = {name for name in names() if name.startswith("overheard_") and not name.endswith("_created")}

    assert drawn <= known | OF_THE_PROCESS
    assert {re.sub(r"_(bucket|count|sum)$", "", name) for name in known} == documented
    assert {re.sub(r"_bucket$", "", name) for name in drawn - OF_THE_PROCESS} == documented
