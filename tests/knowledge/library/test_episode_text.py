"""The text of an `episode.yaml`: written so that it reads back, changed so that nothing else moves."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knowledge.library.episode_text import Value, changed, normal, read, written
from knowledge.library.plain_yaml import parse
from knowledge.library.problems import ProblemLog
from tests.fakes.examples import examples

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1
).filter(lambda text: bool(text.split()))
NAMES = st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True)
THINGS = st.dictionaries(NAMES, WORDS, min_size=1, max_size=3)
FIELDS: st.SearchStrategy[dict[str, Value]] = st.dictionaries(
    NAMES, st.one_of(WORDS, THINGS, st.lists(WORDS, min_size=1), st.lists(THINGS, min_size=1, max_size=3)), min_size=1
)


@given(FIELDS)
@examples(100)
def test_whatever_is_written_reads_back(fields: dict[str, Value]) -> None:
    assert read(written(fields)) == {name: normal(value) for name, value in fields.items()}


@given(FIELDS, FIELDS)
@examples(50)
def test_changed_fields_are_changed_and_no_other(fields: dict[str, Value], changes: dict[str, Value]) -> None:
    text = changed(written(fields), changes)

    assert text is not None
    assert read(text) == {name: normal(value) for name, value in {**fields, **changes}.items()}


def test_it_looks_as_a_person_would_write_it() -> None:
    text = written(
        {
            "title": "Bees: an introduction",
            "show": "Hive Talk",
            "number": "12",
            "published": "2026-03-01",
            "links": {"page": "https://example.org/12?a=b"},
            "guests": [{"name": "Tomas Ortega"}],
            "summary": "How a swarm settles on a new home, told by those who have watched a great many of them, "
            "and have the stings to show.",
            "topics": [{"id": "swarms", "title": "Swarms", "start": "2:15"}],
        }
    )

    assert text.partition("\n\n")[2] == (
        'title: "Bees: an introduction"\n'
        "show: Hive Talk\n"
        "number: 12\n"
        "published: 2026-03-01\n"
        "links:\n"
        "  page: https://example.org/12?a=b\n"
        "guests:\n"
        "  - name: Tomas Ortega\n"
        "summary: >-\n"
        "  How a swarm settles on a new home, told by those who have watched a great many of them, and have\n"
        "  the stings to show.\n"
        "topics:\n"
        "  - id: swarms\n"
        "    title: Swarms\n"
        "    start: 2:15\n"
    )


def test_comments_order_and_spacing_survive_a_change() -> None:
    before = (
        "# mine\nshow: Hive Talk  # the name\n\n# about it\ntitle:   Bees\nsummary: >-\n  Long\n  ago.\n\n# the end\n"
    )

    after = changed(before, {"summary": None, "title": "Wasps", "number": "3"})

    assert after == "# mine\nshow: Hive Talk  # the name\n\n# about it\ntitle: Wasps\n\n# the end\nnumber: 3\n"


def test_a_form_that_allows_no_change_of_single_fields_is_left_alone() -> None:
    assert changed("{title: Bees, show: Hive Talk}\n", {"title": "Wasps"}) is None
    assert changed("title: [\n", {"title": "Wasps"}) is None
    assert changed('"title": Bees\n', {"title": "Wasps"}) is None


def test_a_last_line_without_an_end_gets_one() -> None:
    assert changed("title: Bees", {"show": "Hive Talk"}) == "title: Bees\nshow: Hive Talk\n"


@given(st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    parse(text, ProblemLog(Path()))
    read(text)
    changed(text, {"title": "x"})
