"""A gap filled by hand: the next one who asks gets it, and the file is as it was but for that."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from bot.operating import filling, opening
from bot.operating.filling import NewTopic, add_name, add_topic
from bot.port.errors import UsageError
from bot.port.messages import Found, NotFound, Question, Unsure
from knowledge import library as knowledge_library
from knowledge.importing.store import LOCK
from tests.fakes import commands
from tests.fakes.bees import FILE, followed, found, lay_library, text_in
from tests.fakes.bees import WASHING as QUESTION


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return lay_library(tmp_path)


def run(*arguments: str) -> str:
    return commands.run(commands.PARTS, *arguments)[1]


async def test_a_running_bot_answers_what_was_filled_in(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = followed(library, monkeypatch)
    before = await assistant.ask(Question(QUESTION))
    assert isinstance(before, NotFound | Unsure)

    add_topic(library, "bees-1", NewTopic(QUESTION), "10:02")

    answer = await found(assistant, QUESTION)
    assert answer.evidence[0].text == "Leave the sheets in the sun with lemon, and they come out bright."
    assert answer.evidence[0].speaker == "Bob Ray"


async def test_another_name_answers_as_well(library: Path, tmp_path: Path) -> None:
    add_name(library, "bees-1", "who is in charge of the hive?", "the queen")

    answer = await opening.open_assistant(library, tmp_path / "cache").ask(Question("who is in charge of the hive?"))
    assert isinstance(answer, Found)
    assert answer.topics[0].title == "The queen"


def test_all_that_was_there_stays_as_it_was(library: Path) -> None:
    filled = add_topic(library, "bees-1", NewTopic(QUESTION, "White sheets", "With sun and lemon."), "10:02")
    add_name(library, "bees-1", "her majesty", "the-queen")
    [episode] = knowledge_library.read(library).episodes

    after = text_in(library)
    named = FILE.replace("she\n", "she\n    also: [her majesty]\n")
    assert after.startswith(named)
    assert filled.quote is not None
    assert [topic.title for topic in episode.topics] == ["The queen", "White sheets"]
    assert episode.topics[1].names == (QUESTION,)
    assert episode.topics[1].summary == "With sun and lemon."
    assert episode.quotes[0].start == timedelta(minutes=10)
    assert episode.topics[1].quotes == (episode.quotes[0].id,)


def test_the_same_question_can_be_filled_in_twice(library: Path) -> None:
    for when in ("10:02", "0:02"):
        add_topic(library, "bees-1", NewTopic(QUESTION), when)

    assert not knowledge_library.read(library).problems


def test_a_summary_says_no_more_than_who_speaks_when(library: Path) -> None:
    add_topic(library, "bees-1", NewTopic(QUESTION), "10:02")

    assert "summary: Bob Ray talks about it at 10:00." in text_in(library)


def test_line_ends_and_a_byte_order_mark_stay(library: Path) -> None:
    file = library / "bees-1" / "episode.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())

    add_topic(library, "bees-1", NewTopic(QUESTION), "10:02")

    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# By Ann")
    assert data.count(b"\n") == data.count(b"\r\n") > FILE.count("\n")
    assert not knowledge_library.read(library).problems


@pytest.mark.parametrize(
    ("episode", "words", "when", "complaint"),
    [
        ("bees-2", QUESTION, "10:02", "there is no episode “bees-2”; the closest: bees-1"),
        ("bees-1", QUESTION, "soon", "“soon” is not a time"),
        ("bees-1", QUESTION, "3:00:00", "bees-1 is over by then"),
        ("bees-1", " ?! ", "10:02", "no words"),
        ("bees-1", "a bell \x07 rings", "10:02", "was left as it is"),
    ],
)
def test_what_cannot_be_filled_in_is_explained_and_nothing_changes(
    library: Path, episode: str, words: str, when: str, complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        add_topic(library, episode, NewTopic(words), when)

    assert text_in(library) == FILE


def test_an_unknown_topic_and_a_name_that_is_there_are_explained(library: Path) -> None:
    with pytest.raises(UsageError, match="the closest: the-queen"):
        add_name(library, "bees-1", "her majesty", "the quine")
    with pytest.raises(UsageError, match="already"):
        add_name(library, "bees-1", "the Queen", "The queen")


def test_an_episode_without_times_is_explained(library: Path) -> None:
    (library / "bees-1" / "transcript.vtt").unlink()

    with pytest.raises(UsageError, match="no transcript with times"):
        add_topic(library, "bees-1", NewTopic(QUESTION), "10:02")


def test_a_layout_that_allows_no_change_is_left_alone(library: Path) -> None:
    file = library / "bees-1" / "episode.yaml"
    file.write_text('{title: A, show: B, "duration": "20:00"}\n', encoding="utf-8")

    with pytest.raises(UsageError, match="add it by hand"):
        add_topic(library, "bees-1", NewTopic(QUESTION), "10:02")


def test_a_broken_episode_is_repaired_first(library: Path) -> None:
    (library / "bees-1" / "episode.yaml").write_text("title: [\n", encoding="utf-8")

    with pytest.raises(UsageError, match=r"episode\.yaml"):
        add_name(library, "bees-1", "x", "y")


def test_a_library_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        add_name(tmp_path / "nowhere", "bees-1", "x", "y")


def test_no_import_is_disturbed(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "_WAIT", 0.01)

    with FileLock(library / LOCK), pytest.raises(UsageError, match="an import is running"):
        add_name(library, "bees-1", "her majesty", "the queen")


def test_the_command_fills_in_and_says_what_is_said_there(library: Path) -> None:
    place = ["--library", str(library)]
    topic = run("fill", QUESTION, "bees-1", "10:02", *place)
    name = run("fill", "boss", "bees-1", "--topic", "the-queen", *place)

    assert "Leave the sheets in the sun with lemon" in topic
    assert "“The queen” now answers “boss”." in name


@pytest.mark.parametrize("arguments", [(), ("10:02", "--topic", "the-queen")])
def test_the_command_wants_a_time_or_a_topic(library: Path, arguments: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="give a TIME"):
        run("fill", QUESTION, "bees-1", *arguments, "--library", str(library))


def test_the_command_changes_no_library_that_nobody_named() -> None:
    with pytest.raises(UsageError, match="--library DIR"):
        run("fill", QUESTION, "bees-1", "10:02")
