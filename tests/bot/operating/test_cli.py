import io
import json
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.terminal.client import TerminalClient
from bot.__main__ import _composition
from bot.operating.importing import ImportOutcome, Options
from bot.operating.session import Status
from bot.port.cards import Draw, NotDrawn, Shape
from bot.port.checks import Report
from bot.port.errors import ConfigError, UsageError
from bot.port.messages import Assistant, Evidence, Question, QuoteFilter, Scope
from bot.port.wording import sorry
from knowledge.library import EXAMPLE
from tests.fakes import commands
from tests.fakes.assistant import ON_COMETS, SNOWBALL, SPACE, STEEP, BrokenAssistant, NotingAssistant, evidence
from tests.fakes.commands import PARTS

Run = Callable[..., tuple[int, str]]


def imports_nothing(sources: Sequence[str], library: Path, options: Options) -> ImportOutcome:
    return ImportOutcome((), f"{', '.join(sources)} into {library}: {options}", 0)


@pytest.fixture
def assistant() -> NotingAssistant:
    return BrokenAssistant()


@pytest.fixture
def run(assistant: Assistant) -> Run:
    """Run a command over two small episodes; gives the exit status and what was shown."""

    def command(
        *arguments: str, stdin: bytes = b"", report: Report | None = None, cards: Draw | None = None
    ) -> tuple[int, str]:
        composition = replace(
            PARTS,
            assistant=lambda *_: assistant,
            library_check=lambda folder: report or PARTS.library_check(folder),
            importer=imports_nothing,
            cards=lambda: cards,
        )
        return commands.run(composition, *arguments, stdin=stdin)

    return command


def test_an_answer_is_shown(run: Run) -> None:
    status, shown = run("ask", "comets")

    assert status == Status.ANSWERED
    assert any(f"“{each.text}”" in shown for each in ON_COMETS)


@pytest.mark.parametrize("arguments", [("ask", "--example", "comets"), ("chat", "--example"), ("run", "--example")])
def test_the_example_is_asked_and_said_to_be_made_up(arguments: tuple[str, ...]) -> None:
    opened: list[Path | None] = []

    def opening(folder: Path | None, *_: object) -> Assistant:
        opened.append(folder)
        return NotingAssistant()

    _, shown = commands.run(replace(PARTS, assistant=opening), *arguments)

    assert opened == [EXAMPLE]
    assert "made-up show" in shown


def test_the_example_is_no_library_of_ones_own(run: Run, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="leave out"):
        run("ask", "--example", "--library", str(tmp_path), "comets")


def test_words_need_no_quotation_marks(run: Run, assistant: NotingAssistant) -> None:
    run("ask", "green", "hobby")

    assert assistant.asked == [Question("green hobby")]


@pytest.mark.parametrize(
    ("question", "kind", "status"),
    [
        ("comets", "found", 0),
        ("who hosts The Night Sky?", "fact", 0),
        ("help", "help", 0),
        (f"did they say “{SNOWBALL.text}”?", "quote_check", 0),
        ("did they say “a comet is a dirty ice ball with a travel plan”?", "quote_check", 0),
        ("did they say “the moon is cheese”?", "quote_check", 1),
        ("green hobby", "unsure", 1),
        ("rice", "not_found", 1),
        ("what about comets? how do I cook rice?", "several", 0),
        ("how do I cook rice? and what about cheese?", "several", 1),
    ],
)
def test_the_exit_status_tells_whether_it_was_answered(run: Run, question: str, kind: str, status: int) -> None:
    assert run("ask", question)[0] == status
    told, shown = run("ask", "--json", question)
    assert (told, json.loads(shown)["kind"]) == (status, kind)


def test_json_is_one_object_on_one_line(run: Run) -> None:
    status, shown = run("ask", "--json", "comets")

    assert status == 0
    assert shown.count("\n") == 1
    written = json.loads(shown)
    assert (written["question"], written["kind"]) == ("comets", "found")
    assert 0 <= written["milliseconds"] < 10_000


def test_a_stream_of_questions_is_answered_line_by_line(run: Run, assistant: NotingAssistant) -> None:
    status, shown = run("ask", "--json", "-", stdin=b"comets\r\n\n\xff\xfe caf\xc3\xa9\ngreen hobby")

    written = [json.loads(line) for line in shown.splitlines()]
    assert status == 0
    assert [each["question"] for each in written] == ["comets", "", "\ufffd\ufffd café", "green hobby"]
    assert [each["kind"] for each in written] == ["found", "help", "not_found", "unsure"]
    assert {question.conversation for question in assistant.asked} == {None}


def test_a_stream_can_be_one_conversation(run: Run, assistant: NotingAssistant) -> None:
    run("ask", "--json", "--conversation", "-", stdin=b"comets\nand tea?\n")

    first, second = assistant.asked
    assert first.conversation is not None
    assert first.conversation == second.conversation


def test_a_stream_can_be_read_by_people_too(run: Run) -> None:
    _, shown = run("ask", "-", stdin=b"comets\ngreen hobby\n")

    assert any(each.text in shown for each in ON_COMETS)
    assert "- Oolong" in shown


def test_a_line_that_fails_is_an_error_with_a_reference_and_the_next_is_answered(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    status, shown = run("ask", "--json", "-", stdin=b"comets\nboom\ngreen hobby\n")

    written = [json.loads(line) for line in shown.splitlines()]
    assert status == 0
    assert [each["kind"] for each in written] == ["found", "error", "unsure"]
    assert len(written[1]["reference"]) == 6
    assert written[1]["reference"] in caplog.text
    assert "the index is on fire" in caplog.text
    assert written[0]["reference"] is None


def test_a_person_gets_an_apology_for_a_line_that_fails_and_the_next_answer(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    status, shown = run("ask", "-", stdin=b"boom\ncomets\n")

    apology, *answer = shown.splitlines()
    assert status == 0
    assert apology == sorry(caplog.records[0].getMessage().removesuffix(")").rpartition(" ")[2])
    assert "Comets" in answer


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_single_question_that_fails_ends_with_a_status_of_its_own(run: Run, options: list[str]) -> None:
    status, shown = run("ask", *options, "boom")

    assert status == Status.WRONG
    assert shown.count("\n") == 1


def test_an_answer_is_written_before_the_next_question_is_read(assistant: NotingAssistant) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    written: list[int] = []

    def questions() -> list[str]:
        for number in range(3):
            written.append(screen.buffer.getvalue().count(b"\n"))  # type: ignore[attr-defined]
            yield f"question {number}\n"

    terminal = TerminalClient(questions(), screen)  # type: ignore[arg-type]
    parts = replace(PARTS, terminal=lambda: terminal, assistant=lambda *_: assistant)
    commands.run(parts, "ask", "--json", "-")

    assert written == [0, 1, 2]


def test_one_episode_can_be_asked(run: Run, assistant: NotingAssistant) -> None:
    run("ask", "--episode", SPACE, "comets")

    assert assistant.asked == [Question("comets", Scope(SPACE))]


@pytest.mark.parametrize("command", [["ask", "comets"], ["quote"], ["topics"], ["chat"]])
def test_an_unknown_episode_names_the_nearest(run: Run, command: list[str]) -> None:
    with pytest.raises(UsageError, match=r"^there is no episode “night-sky”; the closest: night-sky-7, tea-time-1$"):
        run(*command, "--episode", "night-sky")


def test_a_quote_is_drawn_by_what_was_asked_for(run: Run, assistant: NotingAssistant) -> None:
    status, shown = run("quote", "--speaker", "Ada Ford", "--about", "minutes")

    assert status == 0
    assert STEEP.text in shown
    assert assistant.wanted == [QuoteFilter("minutes", Scope(speaker="Ada Ford"))]


def test_no_such_quote_is_not_answered(run: Run) -> None:
    assert run("quote", "--about", "rice")[0] == Status.NOT_ANSWERED


def draws(said: Evidence, shape: Shape) -> bytes | NotDrawn:
    return NotDrawn("Too long.") if said.text == STEEP.text else f"{said.text} {shape.name}".encode()


@pytest.mark.parametrize(("option", "shape"), [((), "WIDE"), (("--square",), "SQUARE")])
def test_a_quote_is_made_a_picture(run: Run, tmp_path: Path, option: Sequence[str], shape: str) -> None:
    status, shown = run("quote", "--episode", SPACE, "--card", "card.png", *option, cards=draws)

    words, _, drawn = (tmp_path / "card.png").read_text().rpartition(" ")
    assert (status, drawn) == (0, shape)
    assert words in shown
    assert shown.endswith("The picture is in card.png.\n")


def test_a_quote_that_cannot_be_drawn_is_shown_and_says_why(run: Run, tmp_path: Path) -> None:
    status, shown = run("quote", "--speaker", "Ada Ford", "--card", "card.png", cards=draws)

    assert status == Status.NOT_ANSWERED
    assert STEEP.text in shown
    assert shown.endswith("Too long.\n")
    assert not (tmp_path / "card.png").exists()


def test_no_such_quote_is_no_picture(run: Run, tmp_path: Path) -> None:
    assert run("quote", "--about", "rice", "--card", "card.png", cards=draws)[0] == Status.NOT_ANSWERED
    assert not (tmp_path / "card.png").exists()


def test_a_picture_without_the_libraries_for_it_says_what_to_install(run: Run) -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    needed = project["optional-dependencies"]["cards"]

    with pytest.raises(UsageError, match="pip install") as refused:
        run("quote", "--card", "card.png")

    assert all(f"'{each}'" in str(refused.value) for each in needed)


def test_a_picture_that_cannot_be_written_says_where(run: Run) -> None:
    with pytest.raises(UsageError, match=r"^the picture can't be written to nowhere/card.png: No such file"):
        run("quote", "--card", "nowhere/card.png", cards=draws)


def test_a_square_picture_needs_a_file(run: Run) -> None:
    with pytest.raises(UsageError, match=r"--card FILE$"):
        run("quote", "--square")


def test_the_libraries_that_draw_are_found_or_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = _composition().cards()
    assert draw is not None
    assert isinstance(draw(evidence(SNOWBALL), Shape.WIDE), bytes)

    monkeypatch.setitem(sys.modules, "adapters.pictures.drawing", None)
    assert _composition().cards() is None


def test_topics_are_listed(run: Run) -> None:
    assert run("topics") == (0, "- Comets\n- Solar eclipses\n- Oolong\n")
    assert run("topics", "--episode", "tea-time-1") == (0, "- Oolong\n")


def test_episodes_are_listed_and_searched(run: Run) -> None:
    assert run("episodes", "leaves", "and") == (0, "- tea-time-1 · “Leaves and Water” (Tea Time)\n")
    assert run("episodes", "--limit", "1") == (
        0,
        "- night-sky-7 · The Night Sky #7: Comets & Eclipses\nThere are more. Add some words, or raise --limit.\n",
    )
    assert run("episodes", "zzz")[0] == Status.NOT_ANSWERED


@pytest.mark.parametrize("assistant", [NotingAssistant(())])
def test_an_empty_library_has_nothing_to_list(run: Run) -> None:
    assert run("topics")[0] == Status.NOT_ANSWERED
    with pytest.raises(UsageError, match="the library is empty"):
        run("ask", "--episode", "x", "hi")


@pytest.mark.parametrize("command", ["chat", "run"])
def test_a_chat_without_a_keyboard_answers_line_by_line_and_ends(run: Run, command: str) -> None:
    status, shown = run(command, stdin=b"green hobby\n\n2\n/quit\ncomets\n")

    assert status == 0
    assert shown == (
        "I'm not sure what you mean. One of these?\n   1  Comets\n   2  Oolong\n\n"
        "Oolong\nWhy oolong is neither green nor black.\n  — “Leaves and Water” (Tea Time)\n\n"
    )


def test_the_check_tells_all_parts_and_fails_for_what_to_mend(run: Run, tmp_path: Path) -> None:
    assert run("check", "--library", str(tmp_path)) == (0, f"Settings: fine.\nLibrary {tmp_path}: fine.\n")

    broken = Report("Library: mend this.", ("episode.yaml:3: title: missing",))
    assert run("check", report=broken) == (2, "Settings: fine.\nepisode.yaml:3: title: missing\nLibrary: mend this.\n")
    assert run("check", "settings", report=broken) == (0, "Settings: fine.\n")


def test_the_check_ends_with_one_for_what_is_left_out_while_the_rest_works(run: Run) -> None:
    partly = Report("Library: some is left out.", notes=("2 hours",), warnings=("episode.yaml:3: title: missing",))

    status, shown = run("check", report=partly)

    assert status == 1
    assert shown.endswith("episode.yaml:3: title: missing\n2 hours\nLibrary: some is left out.\n")


def test_the_check_is_one_json_object_for_programs(run: Run) -> None:
    partly = Report("Library: some is left out.", notes=("2 hours",), warnings=("episode.yaml:3: title: missing",))

    status, shown = run("check", "--json", report=partly)

    assert status == 1
    assert json.loads(shown) == {
        "status": "warning",
        "checks": [
            {
                "part": "settings",
                "status": "fine",
                "summary": "Settings: fine.",
                "problems": [],
                "warnings": [],
                "notes": [],
            },
            {
                "part": "library",
                "status": "warning",
                "summary": "Library: some is left out.",
                "problems": [],
                "warnings": ["episode.yaml:3: title: missing"],
                "notes": ["2 hours"],
            },
        ],
    }


def test_the_check_asks_for_the_settings_first_where_they_are_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_LOG_LEVEL", "loud")

    status, shown = run("check")

    assert status == Status.WRONG
    assert shown.startswith("OVERHEARD_LOG_LEVEL: ")
    assert "Library: not checked." in shown
    assert run("check", "library")[0] == Status.WRONG


def test_a_misspelt_setting_is_a_warning(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_LIBARY", "x")

    status, shown = run("ask", "comets")

    assert status == 0
    assert "overheard: OVERHEARD_LIBARY in the environment is not a setting; did you mean OVERHEARD_LIBRARY?\n" in shown


def test_a_wrong_setting_stops_a_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERHEARD_LOG_LEVEL", "loud")

    with pytest.raises(ConfigError, match=r"^OVERHEARD_LOG_LEVEL: "):
        run("ask", "comets")


@pytest.mark.parametrize(
    "wrong", [["ask"], ["ask", "--nonsense"], ["shout"], ["check", "moon"], ["topics", "--library", "/no"]]
)
def test_wrong_use_is_told_with_status_two(run: Run, wrong: list[str]) -> None:
    status, shown = run(*wrong)

    assert status == Status.WRONG
    assert "Error: " in shown
    assert "Traceback" not in shown


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, "overheard 0.1.0\n")


def test_the_setting_or_the_option_names_the_library(
    assistant: NotingAssistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path | None] = []
    composition = replace(PARTS, assistant=lambda folder, _: opened.append(folder) or assistant)
    (tmp_path / "set").mkdir()
    (tmp_path / "named").mkdir()
    for arguments in (["topics"], ["topics", "--library", "named"]):
        commands.run(composition, *arguments)
        monkeypatch.setenv("OVERHEARD_LIBRARY", "set")
        commands.run(composition, *arguments)

    assert opened == [None, Path("set"), Path("named"), Path("named")]
