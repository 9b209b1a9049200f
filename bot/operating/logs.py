"""Sets up logging to standard error: text for people, or one JSON object per line for log collectors.

The modules decide what to log; a line never has the words of a question, or a secret.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Final

from bot.operating.settings import LogFormat, LogLevel

_TEXT: Final = "overheard: %(message)s"


def begin(level: LogLevel, form: LogFormat | None) -> None:
    """Send log records to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine() if form is LogFormat.JSON else logging.Formatter(_TEXT))
    logging.basicConfig(level=level.upper(), handlers=[handler])


class JsonLine(logging.Formatter):
    """Formats a record as one ASCII JSON object, including `extra={"fields": {...}}` from the logging call."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
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
