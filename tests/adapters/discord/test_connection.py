"""What becomes of a connection that is lost, and of a start or an end that does not go as it should. On the wire."""

from __future__ import annotations

import logging

import pytest
from discord.backoff import ExponentialBackoff

from tests.adapters.discord.stage import Stage, text_of

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py connect again at once; how it makes its pauses is its own business."""
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.0)


async def test_a_lost_gateway_is_found_again_and_told_once(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    server, session = stage.server, await stage.server.online()
    for number, lose in enumerate((server.drop, server.invalidate), 1):
        lost = session.socket
        await lose()
        await server.until(lambda lost=lost: server.sessions[-1].socket not in (None, lost))
        assert "dirty snowball" in text_of(await server.mention("comets"))
        assert len(server.sessions) == number  # resumed the first time, begun anew the second

    assert caplog.text.count("connection 0 is lost; trying again") == 2
    assert "Traceback" not in caplog.text
