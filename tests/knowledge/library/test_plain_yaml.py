"""YAML as people write it, and what they are told where it isn't."""

from pathlib import Path

import pytest
import yaml

from knowledge.library import plain_yaml
from knowledge.library.plain_yaml import Mapping, Sequence, Text, parse
from knowledge.library.problems import ProblemLog


@pytest.fixture(params=["libyaml", "pure Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers: libyaml is not there on every machine, and they word their errors differently."""
    if request.param == "pure Python":
        monkeypatch.setattr(plain_yaml, "_LOADER", yaml.BaseLoader)


def problems(text: str) -> list[str]:
    report = ProblemLog(Path("e.yaml"))
    parse(text, report)
    return [str(problem) for problem in report.problems]


@pytest.mark.usefixtures("loader")
def test_values_are_text_and_know_their_lines() -> None:
    report = ProblemLog(Path("e.yaml"))

    root = parse("number: 3.10\n\nflag: no\nday: 2026-03-01\nlist:\n  - 07\n  - {a: 1:30}\nnone: ~\nempty:\n", report)

    assert isinstance(root, Mapping)
    assert root.values == {
        "number": Text("3.10", 1),
        "flag": Text("no", 3),
        "day": Text("2026-03-01", 4),
        "list": Sequence((Text("07", 6), Mapping({"a": Text("1:30", 7)}, {"a": 7}, 7)), 6),
        "none": Text("", 8),
        "empty": Text("", 9),
    }
    assert root.lines["list"] == 5
    assert not report.problems


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("title: NVIDIA: a company", 1, 'looks like a new field; put the whole text in "quotation marks"'),
        ("title: x\n  show: y", 2, "looks like a new field"),
        ("a:\n\tb: c", 2, "there is a tab here; use spaces"),
        ("a: @lex", 1, 'text that begins with "@" needs "quotation marks"'),
        ("a: *star", 1, 'text that begins with "*"'),
        ("a: **bold**", 1, 'text that begins with "*"'),
        ("a: &b c", 1, 'text that begins with "&"'),
        ("a: & c", 1, 'text that begins with "&"'),
        ("a: !important x", 1, 'text that begins with "!"'),
        ("a: !!python/object/apply:os.system [id]", 1, 'text that begins with "!"'),
        ("a: !<broken", 1, 'text that begins with "!"'),
        ('a: x\nb: "never\nclosed', 3, "the quotation mark that opens on line 2 is never closed"),
        ('a: "c:\\quiet"', 1, "use 'single quotation marks'"),
        ("a: > text\n  b", 1, "text has to begin on the line below"),
        ("a: [x, y\nb: z", 2, "the bracket that opens on line 1 isn't closed"),
        ("a: 1\nb:\n  - c\n d: e", 4, "doesn't line up with what begins on line 1"),
        ("b:\n  - c: 1\n   d: e", 3, "doesn't line up with what begins on line 2"),
        ('a: "x" y', 1, "a quotation mark or bracket ends the text too early"),
        ("a: [Bonus] x", 1, "a quotation mark or bracket ends the text too early"),
        ("a: x\nname\nb: y", 3, "a field on line 2 lacks its colon"),
        ("a: {{x}}", 1, "the name of a field is missing"),
        ("a: b\n---\nc: d", 2, 'remove the line "---"'),
        ("a: b\n...\nfoo", 3, "ends the file too early"),
        ("[" * 100_000, 1, "too deep"),
        ("- " * 100_000, 1, "too deep"),
        ("{a: " * 100_000, 1, "too deep"),
        ("a: Podcast #494", 1, 'YAML drops what comes after " #"'),
        ("a: #494", 1, 'YAML drops what comes after " #"'),
        ("a: 1\nb: 2\na: 3", 3, "this field is already on line 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_in_plain_words(text: str, line: int, advice: str) -> None:
    first = problems(text)[0]

    assert first.startswith(f"e.yaml:{line}: ")
    assert advice in first


@pytest.mark.usefixtures("loader")
def test_text_that_yaml_cannot_hold_is_a_problem() -> None:
    assert "save it again" in problems("a: \x00")[0]


@pytest.mark.usefixtures("loader")
def test_comments_and_signs_inside_text_are_no_problem() -> None:
    assert not problems(
        "# all: [well\na: b # with a space\nc: C#\nd: \"x\" #ok\ne: 'Podcast #494'\nf: >-\n  Podcast #494\n"
    )


def test_references_that_would_grow_without_end_are_refused() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))

    assert len(problems(bomb)) == 1
