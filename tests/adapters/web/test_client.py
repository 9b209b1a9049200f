"""Fetching files from a real server on loopback: limits, tries, redirects, and hosts that may not be asked."""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
import ssl
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Network
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.addresses import PrivateAddressError, is_public, public_socket
from adapters.web.client import (
    BEHIND_PROXY,
    GIVEN_UP,
    NO_PROXY,
    NOT_HTTP,
    NOT_ITSELF,
    PRIVATE,
    TOO_LARGE,
    TOO_MANY_REDIRECTS,
    UNREACHABLE,
    WebClient,
)
from bot.port.fetching import Fetched, Reach, UnchangedError, Version, WebError
from tests.fakes.web import Answer, FakeWeb

pytestmark = pytest.mark.slow

MB = 2**20


@pytest.fixture
async def server() -> AsyncIterator[FakeWeb]:
    async with FakeWeb.running() as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[WebClient]:
    times = aiohttp.ClientTimeout(total=2, sock_connect=1, sock_read=0.3)
    async with WebClient.opened(pause=timedelta(milliseconds=1), times=times) as opened:
        yield opened


def answering(*statuses: int, headers: dict[str, str] | None = None) -> Answer:
    """Answer with one status after the other, the last one for good."""
    left = list(statuses)

    async def answer(_: web.Request) -> web.StreamResponse:
        status = left.pop(0) if len(left) > 1 else left[0]
        return web.Response(status=status, body=b"here", headers=headers)

    return answer


def moved(to: str, status: int = 302) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": to})

    return answer


async def test_a_file_is_fetched_with_its_type_and_version(client: WebClient, server: FakeWeb) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=b"WEBVTT", content_type="text/vtt", headers={"ETag": '"1"', "Last-Modified": "Mon"})

    server.files["/a.vtt"] = answer

    fetched = await client.get(f"{server.url}/a.vtt", most=MB, reach=Reach.ANYWHERE)

    assert fetched == Fetched(b"WEBVTT", "text/vtt", Version('"1"', "Mon"))
    assert server.asked[0].headers["User-Agent"].startswith("overheard/")


async def test_a_file_that_has_not_changed_is_not_sent_again(client: WebClient, server: FakeWeb) -> None:
    server.files["/feed"] = b"<rss/>"
    first = await client.get(f"{server.url}/feed", most=MB, reach=Reach.ANYWHERE)

    with pytest.raises(UnchangedError):
        await client.get(f"{server.url}/feed", most=MB, reach=Reach.ANYWHERE, known=first.version)


async def test_a_busy_server_is_asked_again_and_then_no_more(client: WebClient, server: FakeWeb) -> None:
    server.files["/soon"] = answering(503, 429, 200)
    server.files["/never"] = answering(500)

    fetched = await client.get(f"{server.url}/soon", most=MB, reach=Reach.ANYWHERE)
    with pytest.raises(WebError, match="the server answers 500"):
        await client.get(f"{server.url}/never", most=MB, reach=Reach.ANYWHERE)

    assert fetched.data == b"here"
    assert server.paths.count("/never") == 3


async def test_a_server_that_asks_for_an_hour_is_left_alone(client: WebClient, server: FakeWeb) -> None:
    server.files["/later"] = answering(429, headers={"Retry-After": "3600"})

    with pytest.raises(WebError, match="429"):
        await client.get(f"{server.url}/later", most=MB, reach=Reach.ANYWHERE)

    assert server.paths == ["/later"]


async def test_a_host_that_says_that_a_file_has_not_changed_has_answered(client: WebClient, server: FakeWeb) -> None:
    server.files |= {f"/{number}": answering(429, headers={"Retry-After": "3600"}) for number in range(4)}
    server.files["/feed"] = b"<rss/>"
    feed = await client.get(f"{server.url}/feed", most=MB, reach=Reach.ANYWHERE)

    for number in range(4):
        with pytest.raises(WebError, match="429"):
            await client.get(f"{server.url}/{number}", most=MB, reach=Reach.ANYWHERE)
        with pytest.raises(UnchangedError):
            await client.get(f"{server.url}/feed", most=MB, reach=Reach.ANYWHERE, known=feed.version)


async def test_a_host_that_asks_to_be_left_alone_is(client: WebClient, server: FakeWeb) -> None:
    server.files |= {f"/{number}": answering(429, headers={"Retry-After": "3600"}) for number in range(5)}
    server.files |= {f"/broken/{number}": answering(500) for number in range(5)}

    for number in range(5):
        with pytest.raises(WebError, match="500"):
            await client.get(f"{server.url}/broken/{number}", most=MB, reach=Reach.ANYWHERE)
    for number in range(5):
        with pytest.raises(WebError, match="429" if number < 3 else GIVEN_UP):
            await client.get(f"{server.url}/{number}", most=MB, reach=Reach.ANYWHERE)

    assert server.paths[15:] == ["/0", "/1", "/2"]


async def test_a_body_that_comes_too_slowly_is_not_asked_for_again(server: FakeWeb) -> None:
    async def dripping(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b".")
            await asyncio.sleep(0.02)

    server.files["/dripping"] = dripping
    times = aiohttp.ClientTimeout(total=0.2, sock_read=0.1)

    async with WebClient.opened(pause=timedelta(milliseconds=1), times=times) as client:
        with pytest.raises(WebError, match="takes too long"):
            await client.get(f"{server.url}/dripping", most=MB, reach=Reach.ANYWHERE)

    assert server.paths == ["/dripping"]


async def test_a_proxy_is_used_for_addresses_that_may_lead_anywhere_and_for_no_others(
    client: WebClient, server: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["/feed"] = b"<rss/>"
    monkeypatch.setenv("http_proxy", server.url.removeprefix("http://"))
    monkeypatch.setenv("no_proxy", "direct.invalid")

    await client.get("http://hive.invalid/feed", most=MB, reach=Reach.TYPED)
    with pytest.raises(WebError, match=BEHIND_PROXY):
        await client.get("http://hive.invalid/feed", most=MB, reach=Reach.PUBLIC)
    with pytest.raises(WebError, match=f"^{UNREACHABLE}$"):
        await client.get("http://direct.invalid/feed", most=MB, reach=Reach.TYPED)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(WebError, match=NO_PROXY):
        await client.get("http://hive.invalid/feed", most=MB, reach=Reach.TYPED)

    assert [request.headers["Host"] for request in server.asked] == ["hive.invalid"]


async def test_what_is_not_there_is_asked_for_once(client: WebClient, server: FakeWeb) -> None:
    with pytest.raises(WebError, match="the server answers 404"):
        await client.get(f"{server.url}/gone", most=MB, reach=Reach.ANYWHERE)

    assert server.paths == ["/gone"]


async def test_a_server_that_says_nothing_is_given_up(client: WebClient, server: FakeWeb) -> None:
    async def silence(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.5)
        return web.Response()

    server.files["/slow"] = silence

    with pytest.raises(WebError, match="takes too long"):
        await client.get(f"{server.url}/slow", most=MB, reach=Reach.ANYWHERE)


async def test_a_host_that_is_not_there_is_said_to_be_out_of_reach(client: WebClient) -> None:
    with pytest.raises(WebError, match="can't be reached"):
        await client.get("http://127.0.0.1:9/feed", most=MB, reach=Reach.ANYWHERE)


async def test_a_network_that_answers_for_a_host_is_told_in_one_line(client: WebClient) -> None:
    # A certificate that nobody trusts, and its key: a captive portal's.
    portal = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    portal.load_cert_chain(Path(__file__).parents[2] / "fakes" / "portal.pem")
    runner = web.ServerRunner(web.Server(answering(200)))  # type: ignore[arg-type]
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=portal).start()

    with pytest.raises(WebError, match=NOT_ITSELF):
        await client.get(f"https://127.0.0.1:{runner.addresses[0][1]}/feed", most=MB, reach=Reach.ANYWHERE)

    await runner.cleanup()


async def test_an_answer_that_breaks_off_is_asked_for_again(client: WebClient, server: FakeWeb) -> None:
    async def broken(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    server.files["/half"] = broken

    with pytest.raises(WebError, match="breaks off"):
        await client.get(f"{server.url}/half", most=MB, reach=Reach.ANYWHERE)

    assert server.paths.count("/half") == 3


async def test_a_host_that_hangs_up_before_it_answers_is_asked_again(client: WebClient, server: FakeWeb) -> None:
    left = 3

    async def hanging_up(request: web.Request) -> web.StreamResponse:
        nonlocal left
        left -= 1
        if left and request.transport is not None:
            request.transport.close()
        return web.Response(body=b"words")

    server.files["/late"] = hanging_up

    assert (await client.get(f"{server.url}/late", most=MB, reach=Reach.ANYWHERE)).data == b"words"


async def test_a_file_too_large_is_refused_by_what_it_says_and_by_what_it_sends(
    client: WebClient, server: FakeWeb
) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(64):
            await response.write(bytes(MB // 8))
        return response

    server.files |= {"/large": bytes(2 * MB), "/endless": endless}

    for path in ("/large", "/endless"):
        with pytest.raises(WebError, match=TOO_LARGE.format(1)):
            await client.get(server.url + path, most=MB, reach=Reach.ANYWHERE)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_small_packed_file_that_is_huge_inside_is_refused(
    client: WebClient, server: FakeWeb, encoding: str, pack: type[bytes]
) -> None:
    bomb = pack(bytes(16 * MB))

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=bomb, headers={"Content-Encoding": encoding})

    server.files["/bomb"] = answer
    assert len(bomb) < MB

    with pytest.raises(WebError, match=TOO_LARGE.format(1)):
        await client.get(f"{server.url}/bomb", most=MB, reach=Reach.ANYWHERE)


async def test_redirects_are_followed_so_far_and_no_further(client: WebClient, server: FakeWeb) -> None:
    server.files |= {
        "/1": moved("/2", 301),
        "/2": moved(f"{server.url}/3", 308),
        "/3": b"here",
        "/loop": moved("/loop"),
    }

    fetched = await client.get(f"{server.url}/1", most=MB, reach=Reach.TYPED)
    with pytest.raises(WebError, match=TOO_MANY_REDIRECTS):
        await client.get(f"{server.url}/loop", most=MB, reach=Reach.ANYWHERE)

    assert fetched.data == b"here"


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "http://[", ""])
async def test_a_redirect_that_leads_out_of_the_web_is_refused(client: WebClient, server: FakeWeb, to: str) -> None:
    server.files["/out"] = moved(to)

    with pytest.raises(WebError):
        await client.get(f"{server.url}/out", most=MB, reach=Reach.ANYWHERE)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:text/plain,x", "", "http://", "http://["])
async def test_what_is_no_web_address_is_refused(client: WebClient, url: str) -> None:
    with pytest.raises(WebError, match=re.escape(NOT_HTTP)):
        await client.get(url, most=MB, reach=Reach.ANYWHERE)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "0.0.0.0"],  # noqa: S104
)
async def test_a_link_into_a_private_network_is_refused_however_it_is_written(client: WebClient, host: str) -> None:
    with pytest.raises(WebError, match=f"{PRIVATE}|{re.escape(NOT_HTTP)}"):
        await client.get(f"http://{host}:9/", most=MB, reach=Reach.PUBLIC)


async def test_a_typed_address_may_be_private_but_not_redirect_to_another_private_one(
    client: WebClient, server: FakeWeb
) -> None:
    server.files |= {"/feed": b"<rss/>", "/out": moved(f"{server.url.replace('127.0.0.1', 'localhost')}/feed")}

    await client.get(f"{server.url}/feed", most=MB, reach=Reach.TYPED)
    with pytest.raises(WebError, match=PRIVATE):
        await client.get(f"{server.url}/out", most=MB, reach=Reach.TYPED)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d70e", True),
        ("2002:7f00:1::", False),
        ("2002:5db8:d70e::1", False),
        ("2001:0:5db8:d70e::1", False),
        ("64:ff9b:1::5db8:d70e", False),
        ("::ffff:93.184.215.14", True),
        ("::ffff:0:93.184.215.14", False),
        ("::127.0.0.1", False),
        ("fec0::1", False),
        ("100::1", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("ff0e::1", False),
        ("2001:10::1", False),
        ("2a00:1450:4001:831::200e", True),
        ("::ffff:10.0.0.1", False),
        ("no address", False),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@given(st.ip_addresses(v=4), st.sampled_from(["64:ff9b::/96", "::ffff:0:0/96"]))
def test_an_ipv4_address_is_judged_alike_however_it_is_written(address: IPv4Address, network: str) -> None:
    assert is_public(str(IPv6Network(network)[int(address)])) is is_public(str(address))


async def test_a_login_is_for_the_server_it_was_typed_for(client: WebClient, server: FakeWeb) -> None:
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    server.files |= {"/feed": moved("/moved"), "/moved": b"<rss/>", "/out": moved(f"{elsewhere}/moved")}

    for path in ("feed", "out"):
        await client.get(f"{server.url.replace('//', '//me:s3cret@')}/{path}", most=MB, reach=Reach.ANYWHERE)
    await client.get(f"{server.url}/moved", most=MB, reach=Reach.ANYWHERE)

    sent = [(request.path, "Authorization" in request.headers) for request in server.asked]
    assert sent == [("/feed", True), ("/moved", True), ("/out", True), ("/moved", False), ("/moved", True)]


def test_no_connection_is_made_to_a_private_address_whatever_name_leads_there() -> None:
    with public_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("93.184.215.14", 80))) as opened:
        assert opened.family is socket.AF_INET
    with pytest.raises(PrivateAddressError):
        public_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("10.0.0.1", 80)))
