"""The whole of it, from the command line; each process costs half a second, so there are few."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main

pytestmark = pytest.mark.slow

OVERHEARD = [sys.executable, "-m", "bot"]
ROOT = Path(__file__).parents[3]
NOWHERE = "http://127.0.0.1:9/api"
PROMPT = "\x1b[?2004h"  # the line editor asks for bracketed pastes each time it starts


@pytest.fixture(autouse=True)
def _checkout_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def _heeds_control_c() -> Iterator[None]:
    """Start processes that control-C ends, even where a shell without job control has these tests ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    monkeypatch.setattr(sys, "argv", ["overheard", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


def test_a_question_is_answered_from_the_shipped_library_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(folder, str(tmp_path))

    assert run(monkeypatch, "ask", "what about scaling laws?") == 0

    shown = capsys.readouterr()
    assert "careful about assuming current scaling laws" in shown.out
    assert shown.err == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_a_process_may_be_started_without_input_or_output(tmp_path: Path, closed: str) -> None:
    shell = ["sh", "-c", f'exec "$@" {closed}', "sh"]
    ended = subprocess.run(
        [*shell, *OVERHEARD, "ask", "who is the guest?"], cwd=tmp_path, stderr=subprocess.PIPE, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_shipped_library_and_no_settings_need_no_mending(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check") == 0
    assert "1 episode, 28 topics, 5 quotes; fine." in capsys.readouterr().out


def test_a_broken_set_up_is_one_message_and_status_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "ask", "--library", str(tmp_path), "hello") == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"overheard: {tmp_path}: there are no episodes here")
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "settings", "told"),
    [
        ("discord", {}, "DISCORD_TOKEN is not set. README.md says where to get it"),
        ("slack", {}, "SLACK_BOT_TOKEN is not set. README.md says where to get it"),
        ("discord", {"DISCORD_API_URL": NOWHERE}, f"Discord can't be reached at {NOWHERE}: "),
        (
            "discord",
            {"DISCORD_SHARD_IDS": "7", "DISCORD_SHARD_COUNT": "2"},
            "DISCORD_SHARD_IDS has to name shards from",
        ),
    ],
)
def test_a_platform_that_cannot_start_is_one_message_and_status_two(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    settings: dict[str, str],
    told: str,
) -> None:
    for name, value in ({"DISCORD_TOKEN": "MTA.fake.token"} | settings if settings else {}).items():
        monkeypatch.setenv(name, value)

    assert run(monkeypatch, command) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"overheard: {told}")
    assert shown.err.count("\n") == 1


def test_no_message_passes_an_escape_sequence_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "ask", "--episode", "\x1b[31mred\x1b[0m\u202e", "hello") == 2
    assert "“red”" in capsys.readouterr().err

    assert run(monkeypatch, "ask", "--\x1b]0;title\x07nonsense") == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["mcp"], ["mcp", "--http", "127.0.0.1:0"]])
def test_a_missing_package_for_the_protocol_is_one_message_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    for name in [each for each in sys.modules if each.startswith(("mcp.", "adapters.mcp."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    before = signal.getsignal(signal.SIGINT)
    try:
        assert run(monkeypatch, *arguments) == 2
    finally:
        signal.signal(signal.SIGINT, before)

    shown = capsys.readouterr()
    assert "pip install 'mcp>=2.3,<3'" in shown.err
    assert shown.out == ""


def test_a_stream_survives_any_bytes_an_ascii_world_and_a_reader_that_leaves_early() -> None:
    process = subprocess.Popen(
        [*OVERHEARD, "ask", "--json", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )
    with process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"who is the guest?\n\xff\xfe\x1b[31m\nwhat abuot scalling laws\n")
        process.stdin.flush()
        lines = [process.stdout.readline() for _ in range(3)]
        process.stdout.close()
        process.stdin.write(b"who is the guest?\n" * 3)
        process.stdin.close()

        assert process.stderr.read() == b""

    written = [json.loads(line) for line in lines]
    assert [each["kind"] for each in written][::2] == ["fact", "found"]
    assert written[1]["question"] == "\ufffd\ufffd\x1b[31m"
    assert written[2]["understood"] == "what about scaling laws"
    assert not any(b"\x1b" in line for line in lines)


@pytest.mark.usefixtures("_heeds_control_c")
def test_control_c_ends_a_chat_that_waits_for_a_line_quietly() -> None:
    process = subprocess.Popen(
        [*OVERHEARD, "chat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"who is the guest?\n")
        process.stdin.flush()
        assert b"Jensen Huang" in process.stdout.readline()
        process.send_signal(signal.SIGINT)

        assert process.wait(30) == 130
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_message() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*OVERHEARD, "topics"], stdout=full, stderr=subprocess.PIPE, check=False)

    assert (done.returncode, done.stderr) == (2, b"overheard: No space left on device\n")


class Screen:
    """The person's side of a terminal."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._seen = b""

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def wait_for(self, words: str) -> None:
        deadline = time.monotonic() + 30
        while words.encode() not in self._seen:
            ready, _, _ = select.select([self._terminal], [], [], deadline - time.monotonic())
            assert ready, f"{words!r} never came, but {self._seen!r}"
            self._seen += os.read(self._terminal, 4096)
        self._seen = self._seen.partition(words.encode())[2]


@pytest.fixture
def screen_and_chat(tmp_path: Path) -> Iterator[tuple[Screen, subprocess.Popen[bytes]]]:
    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "TERM": "xterm",
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "OVERHEARD_HISTORY": str(tmp_path / "typed"),
    }
    process = subprocess.Popen([*OVERHEARD, "chat"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    yield Screen(ours), process
    process.kill()
    process.wait()
    os.close(ours)


def test_a_chat_at_the_keyboard(screen_and_chat: tuple[Screen, subprocess.Popen[bytes]], tmp_path: Path) -> None:
    screen, process = screen_and_chat
    screen.wait_for("Ask what was said in Lex Fridman Podcast #494.")
    screen.wait_for(PROMPT)
    screen.type("what about scaling laws?\r")
    screen.wait_for("careful about assuming")
    screen.wait_for("Related:")
    screen.wait_for(PROMPT)
    screen.type("1\r")
    screen.wait_for("Related:")
    screen.wait_for(PROMPT)
    screen.type("half a ques\x03\x04")
    screen.wait_for("Goodbye!")

    assert process.wait(30) == 0
    assert "+what about scaling laws?" in (tmp_path / "typed").read_text()
