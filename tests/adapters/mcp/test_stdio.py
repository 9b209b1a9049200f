"""The real process, asked over its standard input and output with the SDK's own client."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.client.stdio import stdio_client

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


async def test_over_stdio_a_program_asks_the_real_process(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OVERHEARD_")}
    # A line in the log for each answer must not get among the protocol's.
    env = {**kept, "PYTHONPATH": str(ROOT), "OVERHEARD_LOG_LEVEL": "info"}
    process = StdioServerParameters(command=sys.executable, args=["-m", "bot", "mcp"], env=env, cwd=tmp_path)

    async with Client(stdio_client(process)) as client:
        listed = await client.list_tools()
        answer = await client.call_tool("ask", {"question": "what about scaling laws?"})

    assert [tool.name for tool in listed.tools] == ["ask", "verify", "quote", "around", "counts", "episodes", "people"]
    assert answer.structured_content is not None
    assert answer.structured_content["kind"] == "found"
