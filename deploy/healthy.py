"""The image's health check: exits with 0 if the bot in this container is healthy, otherwise with 1.

Asks over HTTP if the process serves a port; otherwise only checks that it is running.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

_SECONDS = 4


def address(settings: Mapping[str, str]) -> str | None:
    """Return the address of the process's health endpoint, or None if its settings open no port."""
    if port := settings.get("OVERHEARD_METRICS_PORT"):
        return f"http://{_reached(settings.get('OVERHEARD_METRICS_HOST'))}:{port}/healthz"
    if settings.get("SLACK_BOT_TOKEN") and settings.get("SLACK_SIGNING_SECRET"):
        return f"http://{_reached(settings.get('SLACK_HOST'))}:{settings.get('SLACK_PORT') or 3000}/healthz"
    return None


def is_well(settings: Mapping[str, str], command: Path = Path("/proc/1/cmdline")) -> bool:
    """Ask the process, or check that the container's first process is Overheard, by itself or under an init."""
    url = address(settings)
    try:
        if url is None:
            return b"overheard" in command.read_bytes()
        with urlopen(url, timeout=_SECONDS) as response:  # noqa: S310 - http, and this container
            return bool(response.status == 200)
    except (OSError, HTTPException):
        return False


def _reached(host: str | None) -> str:
    return "127.0.0.1" if host in (None, "", "0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104


if __name__ == "__main__":
    sys.exit(not is_well(os.environ))
