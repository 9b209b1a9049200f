import json
import logging
import sys

from bot.operating.logs import JsonLine


def test_a_line_is_one_json_object_with_the_fields_that_its_caller_gave() -> None:
    record = logging.LogRecord("bot.port", logging.INFO, "f.py", 1, "answered in %s ms\n“x”", (3,), None)
    record.fields = {"platform": "slack"}
    record.token = "secret"

    line = JsonLine().format(record)

    assert line.isascii()
    assert "\n" not in line
    written = json.loads(line)
    assert written.pop("time").endswith("+00:00")
    assert written == {
        "level": "info",
        "logger": "bot.port",
        "message": "answered in 3 ms\n“x”",
        "platform": "slack",
    }


def test_an_error_has_its_traceback_in_the_same_object() -> None:
    try:
        raise RuntimeError("the index is on fire")  # noqa: TRY301 - raised to be logged
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, "f.py", 1, "failed", (), sys.exc_info())

    assert "the index is on fire" in json.loads(JsonLine().format(record))["traceback"]
