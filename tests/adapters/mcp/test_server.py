"""The Model Context Protocol, spoken with the SDK's own client; what the tools answer is tested with the port."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import jsonschema
import pytest
from mcp.client import Client

from adapters.mcp.server import McpService, server
from adapters.metrics.meter import PrometheusMeter
from bot.port.addresses import Address
from bot.port.serving import StartError
from tests.fakes.assistant import COMETS, SNOWBALL, BrokenAssistant

TOOLS = ["ask", "verify", "quote", "around", "counts", "episodes", "people"]
ANYWHERE = Address("127.0.0.1", 0)


def service(address: Address = ANYWHERE, token: str | None = None) -> McpService:
    return McpService(address, token, BrokenAssistant(), "1.2.3", PrometheusMeter("1.2.3"))


async def test_over_http_any_number_of_programs_ask(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with service().opened() as address:
        url = f"http://{address}/mcp"
        async with Client(url) as one, Client(url) as two:
            first = await one.call_tool("ask", {"question": "comets"})
            second = await two.call_tool("people", {})

    assert first.structured_content is not None
    assert first.structured_content["topics"][0]["id"] == COMETS.id
    assert second.structured_content is not None
    assert [each["name"] for each in second.structured_content["people"]] == ["Mia Stone", "Ada Ford"]
    # The SDK would write down the names of sessions.
    assert [record.name for record in caplog.records if record.name.startswith(("mcp.server", "uvicorn"))] == []


async def test_every_tool_only_reads_and_gives_what_its_schema_says() -> None:
    arguments = {
        "ask": {"question": "what about comets? how do I cook rice?"},
        "verify": {"words": SNOWBALL.text},
        "around": {"id": SNOWBALL.id},
        "counts": {"words": "comet", "by": "show"},
    }
    async with Client(server(BrokenAssistant(), "1.2.3")) as client:
        tools = (await client.list_tools()).tools
        results = {tool.name: await client.call_tool(tool.name, arguments.get(tool.name, {})) for tool in tools}

    assert list(results) == TOOLS
    for tool in tools:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.description
        assert tool.output_schema is not None
        assert not results[tool.name].is_error
        jsonschema.Draft202012Validator(tool.output_schema).validate(results[tool.name].structured_content)


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("ask", {}, "Field required"),
        ("ask", {"question": ""}, "at least 1 character"),
        ("ask", {"question": "comets", "episode": "gone-1"}, "there is no episode of that id"),
        ("episodes", {"limit": 0}, "greater than or equal to 1"),
        ("ask", {"question": "comets", "episode_id": "hive-1"}, "Extra inputs are not permitted"),
    ],
)
async def test_what_is_wrong_with_a_call_is_told_to_whoever_calls(
    tool: str, arguments: dict[str, object], words: str
) -> None:
    async with Client(server(BrokenAssistant(), "1.2.3")) as client:
        result = await client.call_tool(tool, arguments)

    assert result.is_error
    assert words in str(result.content)


async def test_a_failure_has_a_reference_that_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with Client(server(BrokenAssistant(), "1.2.3")) as client:
        result = await client.call_tool("ask", {"question": "boom"})

    assert result.is_error
    assert "the index is on fire" in caplog.text
    assert "the index is on fire" not in str(result.content)


async def test_over_http_a_page_whose_name_leads_here_is_turned_away() -> None:
    async with service().opened() as address, aiohttp.ClientSession() as session:
        headers = {"Host": "evil.example", "Content-Type": "application/json"}
        async with session.post(f"http://{address}/mcp", data="{}", headers=headers) as response:
            assert response.status == 421


async def test_with_a_token_every_request_has_to_bring_it() -> None:
    asked = '{"jsonrpc": "2.0", "id": 1, "method": "ping"}'
    accepted = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    async with service(token="open-sesame").opened() as address, aiohttp.ClientSession() as session:
        url = f"http://{address}/mcp"
        async with session.post(url, data=asked, headers=accepted) as response:
            without = response.status
        async with session.post(
            url, data=asked, headers={**accepted, "Host": "bot.example", "Authorization": "Bearer open-sesame"}
        ) as response:
            brought = response.status

    assert without == 401
    assert brought not in {401, 403, 421}


async def test_an_address_that_is_taken_is_told() -> None:
    async with service().opened() as address:
        with pytest.raises(StartError, match=f"cannot listen on {address}"):
            await service(address).run(asyncio.Event())


async def test_it_serves_until_it_is_asked_to_stop() -> None:
    stop = asyncio.Event()
    stop.set()

    await service().run(stop)
