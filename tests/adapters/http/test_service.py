"""Overheard over real HTTP on loopback; what the tools answer is tested with the port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import aiohttp
import jsonschema
import pytest
import pytest_asyncio

from adapters.http.service import HttpConfig, HttpService
from adapters.metrics.meter import PrometheusMeter
from bot.port.addresses import Address
from bot.port.messages import Assistant
from bot.port.serving import StartError
from tests.fakes.assistant import COMETS, SNOWBALL, SPACE, BrokenAssistant

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = HttpConfig(Address("127.0.0.1", 0), "1.2.3")
JSON = {"Content-Type": "application/json"}


@dataclass
class Site:
    """What a program sees of it."""

    session: aiohttp.ClientSession
    base: str

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
        async with self.session.get(self.base + path, headers=headers) as response:
            return response.status, await response.json()

    async def post(self, path: str, body: object, headers: Mapping[str, str] = JSON) -> tuple[int, Any]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.session.post(self.base + path, data=data, headers=headers) as response:
            return response.status, await response.json()


@asynccontextmanager
async def serving(
    config: HttpConfig = CONFIG, assistant: Assistant | None = None, meter: PrometheusMeter | None = None
) -> AsyncIterator[Site]:
    service = HttpService(config, assistant or BrokenAssistant(), meter or PrometheusMeter("1.2.3"))
    async with service.opened() as address, aiohttp.ClientSession() as session:
        yield Site(session, f"http://{address}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    """One for all tests: it keeps nothing of a request, and to describe the tools takes longer than to answer."""
    async with serving() as opened:
        yield opened


REQUESTS = [
    ("post", "/ask", {"question": "comets"}),
    ("post", "/ask", {"question": "what about comets? how do I cook rice?", "conversation": "ann"}),
    ("post", "/ask", {"question": "who hosts it?", "episode": SPACE}),
    ("post", "/verify", {"words": "a comet is a dirty ice ball with a travel plan"}),
    ("get", "/quote", {}),
    ("get", "/quote", {"speaker": "Ada Ford"}),
    ("get", "/counts", {"words": "comet", "by": "show"}),
    ("get", "/episodes", {"limit": "1"}),
    ("get", "/people", {"matching": "ada"}),
    ("get", f"/around/{SNOWBALL.id}", {}),
]


@pytest.mark.parametrize(("method", "path", "arguments"), REQUESTS)
async def test_every_reply_is_as_the_openapi_document_says(
    site: Site, method: str, path: str, arguments: dict[str, str]
) -> None:
    _, document = await site.get("/openapi.json")
    described = next(
        operations[method]
        for template, operations in document["paths"].items()
        if path.startswith(template.partition("{")[0])
    )

    query = "&".join(f"{name}={value}" for name, value in arguments.items())
    status, reply = await (site.post(path, arguments) if method == "post" else site.get(f"{path}?{query}"))

    assert status == 200
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(reply)
    if method == "post":
        taken = described["requestBody"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator({**taken, "components": document["components"]}).validate(arguments)


async def test_a_question_gets_the_json_of_its_answer(site: Site) -> None:
    _, reply = await site.post("/ask", {"question": "comets"})

    assert (reply["kind"], reply["topics"][0]["id"]) == ("found", COMETS.id)


BAD = [
    (b"{", 400, "bad_json"),
    (b"\xff", 400, "bad_json"),
    (b"[" * 50_000, 400, "bad_json"),
    ([], 400, "bad_input"),
    ({}, 400, "bad_input"),
    ({"question": ""}, 400, "bad_input"),
    ({"question": 3}, 400, "bad_input"),
    ({"question": "x" * 2_001}, 400, "bad_input"),
    ({"question": "\ud800"}, 400, "bad_input"),
    ({"question": "comets", "shout": True}, 400, "bad_input"),
    ({"question": "comets", "episode": "gone-1"}, 404, "unknown_episode"),
    (b" " * (64 * 1024 + 1), 413, "request_entity_too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD, ids=range(len(BAD)))
async def test_what_is_wrong_with_a_question_is_told_in_json(site: Site, body: object, status: int, code: str) -> None:
    told, reply = await site.post("/ask", body)

    assert (told, reply["error"]["code"]) == (status, code)
    assert reply["error"]["message"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nowhere", 404, "not_found"),
        ("/ask", 405, "method_not_allowed"),
        ("/counts", 400, "bad_input"),
        ("/counts?words=a&words=b", 400, "bad_input"),
        ("/counts?words=a&by=moon", 400, "bad_input"),
        ("/episodes?limit=0", 400, "bad_input"),
        ("/episodes?limit=many", 400, "bad_input"),
        ("/quote?epsiode=x", 400, "bad_input"),
    ],
)
async def test_what_is_wrong_with_an_address_is_told_in_json(site: Site, path: str, status: int, code: str) -> None:
    told, reply = await site.get(path)

    assert (told, reply["error"]["code"]) == (status, code)


async def test_a_complaint_names_the_argument_and_does_not_repeat_what_was_sent(site: Site) -> None:
    _, reply = await site.post("/ask", {"question": 31337})

    assert reply["error"]["message"].startswith("question: ")
    assert "31337" not in reply["error"]["message"]


async def test_a_failure_has_a_reference_that_stands_in_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    status, reply = await site.post("/ask", {"question": "boom"})

    assert (status, reply["error"]["code"]) == (500, "failed")
    assert reply["error"]["message"].rstrip(".").split()[-1] in caplog.text


async def test_a_form_of_a_page_on_the_web_is_not_taken(site: Site) -> None:
    status, reply = await site.post("/ask", {"question": "comets"}, {"Content-Type": "text/plain"})

    assert (status, reply["error"]["code"]) == (415, "not_json")


async def test_a_page_whose_name_leads_here_is_turned_away(site: Site) -> None:
    status, reply = await site.get("/episodes", {"Host": "evil.example:8080"})

    assert (status, reply["error"]["code"]) == (403, "forbidden_host")


async def test_with_a_token_every_request_has_to_bring_it_from_wherever_it_comes() -> None:
    async with serving(replace(CONFIG, token="open-sesame")) as site:
        host = {"Host": "bot.example.com"}

        for wrong in ({}, {"Authorization": "Bearer open"}, {"Authorization": "Bearer ü"}):
            assert (await site.get("/episodes", {**host, **wrong}))[0] == 401
        status, reply = await site.get("/openapi.json", {**host, "Authorization": "Bearer open-sesame"})

        assert status == 200
        assert reply["security"] == [{"token": []}]
        assert (await site.get("/healthz", host)) == (200, {"status": "ok"})


async def test_too_many_at_once_and_too_late_are_told_and_counted() -> None:
    meter = PrometheusMeter("1.2.3")
    async with (
        serving(replace(CONFIG, at_once=0), meter=meter) as busy,
        busy.session.get(f"{busy.base}/people") as response,
    ):
        assert (response.status, response.headers["Retry-After"]) == (503, "1")
    async with serving(replace(CONFIG, within=timedelta())) as late:
        assert (await late.get("/people"))[0] == 504

    assert meter.registry.get_sample_value("overheard_refused_total", {"platform": "http"}) == 1


async def test_a_body_that_does_not_arrive_is_given_up() -> None:
    async with serving(replace(CONFIG, sending=timedelta())) as site:
        host, port = site.base.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST /ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
        writer.write(head.encode() + b"{")

        assert (await reader.readline()).startswith(b"HTTP/1.1 408 ")
        writer.close()
        await writer.wait_closed()


async def test_the_page_describes_every_path_and_fetches_nothing(site: Site) -> None:
    _, document = await site.get("/openapi.json")
    async with site.session.get(site.base + "/") as response:
        page = await response.text()

    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert all(path in page for path in document["paths"])
    assert "<script" not in page
    assert "src=" not in page
    assert f"curl {site.base}/episodes" in page


async def test_an_address_that_is_taken_is_told(site: Site) -> None:
    port = int(site.base.rpartition(":")[2])

    with pytest.raises(StartError, match=f"cannot listen on 127.0.0.1:{port}"):
        await HttpService(
            replace(CONFIG, address=Address("127.0.0.1", port)), BrokenAssistant(), PrometheusMeter("")
        ).run(asyncio.Event())


async def test_it_serves_until_it_is_asked_to_stop(caplog: pytest.LogCaptureFixture) -> None:
    stop = asyncio.Event()
    stop.set()

    await HttpService(CONFIG, BrokenAssistant(), PrometheusMeter("")).run(stop)

    assert caplog.records == []
