"""Sets up what goes to standard error: text for people, or an object a line for what gathers logs.

What is worth a line is decided where it happens; a line has no words of anybody's question, and no secret.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Final

from bot.operating.settings import LogFormat, LogLevel

_TEXT: Final = "overheard: %(message)s"


def begin(level: LogLevel, form: LogFormat | None) -> None:
    """Send what is logged to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine() if form is LogFormat.JSON else logging.Formatter(_TEXT))
    logging.basicConfig(level=level.upper(), handlers=[handler])


class JsonLine(logging.Formatter):
    """Writes a record as one JSON object in ASCII, with what its caller gave as `extra={"fields": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            line.update(fields)
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)
