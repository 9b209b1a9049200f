"""An index on disk: kept up to date, shared by processes, and never in the way when it is lost or broken."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.library import LibraryError
from knowledge.model import EVERYWHERE, Passage
from knowledge.search.index import cache as cache_module
from knowledge.search.index import writing
from knowledge.search.index.cache import IndexCache, Indexed

pytestmark = pytest.mark.slow

_BEES = "**Ann Lee:** How do bees survive the winter?\n\n**Bob Ray:** They cluster around the queen and shiver.\n"
_COMETS = "**Ada Ford:** Comets are dirty snowballs.\n\n**Ben Cole:** Their tails always point away from the sun.\n"
_TEA = "**Cora Lind:** We drink oolong at four.\n\n**Dan Moe:** With a slice of lemon, or a spoon of quince jam.\n"


def add(library: Path, name: str, transcript: str, title: str = "A talk") -> None:
    place = library / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "episode.yaml").write_text(f"title: {title}\nshow: Hive Talk\nsource: the transcript\n")
    (place / "transcript.md").write_text(transcript)


@pytest.fixture(autouse=True)
def on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep even these small libraries on disk."""
    monkeypatch.setattr(cache_module, "_IN_MEMORY", -1)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    add(folder, "bees-1", _BEES)
    add(folder, "comets-1", _COMETS)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def said(indexed: Indexed, words: str) -> list[str]:
    hits = indexed.search.find(words, kinds=(Passage,)).hits
    return [hit.item.text for hit in hits if isinstance(hit.item, Passage)]


def indexes(root: Path) -> list[Path]:
    return sorted(root.glob("*/index-*"))


def test_what_was_indexed_once_is_opened_again(library: Path, root: Path) -> None:
    first = IndexCache(root).open(library)
    (kept,) = indexes(root)

    second = IndexCache(root).open(library)

    assert indexes(root) == [kept]
    assert said(second, "winter bees") == said(first, "winter bees")
    assert second.library == first.library
    assert second.speakers == first.speakers
    assert any(second.speakers.values())
    parts = {"notes", "spoken", "about", "talk", "noted", "titles", "voices"}
    assert {path.name for path in kept.iterdir()} == {*parts, "words.sqlite", "catalogue.json"}


def test_a_new_episode_a_changed_one_and_one_that_went_are_noticed(library: Path, root: Path) -> None:
    IndexCache(root).open(library)
    add(library, "tea-1", _TEA)
    add(library, "comets-1", _COMETS.replace("dirty snowballs", "frozen mudpies"))
    shutil.rmtree(library / "bees-1")

    now = IndexCache(root).open(library)

    assert {episode.id for episode in now.library.episodes} == {"comets-1", "tea-1"}
    assert any("oolong" in text for text in said(now, "oolong"))
    assert said(now, "frozen mudpies")
    assert not said(now, "snowballs")
    assert not said(now, "winter bees")


def test_only_what_changed_is_read_again(library: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    IndexCache(root).open(library)
    add(library, "tea-1", _TEA)
    read: list[str] = []
    real = writing.read_one
    monkeypatch.setattr(writing, "read_one", lambda place: (read.append(place.name), real(place))[1])

    IndexCache(root).open(library)

    assert read == ["tea-1"]


def test_a_writer_that_ends_too_soon_is_gone_on_from_where_it_was(
    library: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, "pie-1", _BEES.replace("bees", "pies"))
    add(library, "tea-1", _TEA)
    monkeypatch.setattr(cache_module, "_PORTION", 1)
    read: list[str] = []
    real = writing.read_one

    def killed_at_the_third(place: Path) -> object:
        if len(read) == 2:
            read.append("killed")
            raise KeyboardInterrupt
        read.append(place.name)
        return real(place)

    monkeypatch.setattr(writing, "read_one", killed_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        IndexCache(root).open(library)

    indexed = IndexCache(root).open(library)

    assert read == ["bees-1", "comets-1", "killed", "pie-1", "tea-1"]
    anew = IndexCache(tmp_path / "other").open(library)
    for question in ("winter", "snowballs", "oolnog"):
        assert said(indexed, question) == said(anew, question)
    assert indexed.speakers == anew.speakers


def test_changes_leave_the_same_index_as_one_made_anew(library: Path, root: Path, tmp_path: Path) -> None:
    IndexCache(root).open(library)
    add(library, "tea-1", _TEA)
    add(library, "bees-1", _BEES.replace("shiver", "tremble"))
    changed = IndexCache(root).open(library)

    anew = IndexCache(tmp_path / "other").open(library)

    for question in ("trembel", "shiverr", "who clusters around the queen", "Their tails point away", "lemmon"):
        assert changed.search.spell(question) == anew.search.spell(question)
        assert said(changed, question) == said(anew, question)


def test_spelling_knows_the_words_on_disk(library: Path, root: Path) -> None:
    add(library, "tea-1", _TEA)

    indexed = IndexCache(root).open(library)

    assert indexed.search.spell("oolnog with lemmon by Cora Lnid").text == "oolong with lemon by Cora lind"


def test_a_passage_sees_its_neighbours_after_others_changed(library: Path, root: Path) -> None:
    IndexCache(root).open(library)
    add(library, "bees-1", _BEES + "\n\n**Ann Lee:** Right." * 3)
    indexed = IndexCache(root).open(library)

    (match,) = indexed.search.quotation("They cluster around the queen and shiver", scope=EVERYWHERE)[:1]

    assert match.exact
    assert match.item.speaker == "Bob Ray"


@pytest.mark.parametrize("file", ["catalogue.json", "words.sqlite", "spoken/meta.json"])
@pytest.mark.parametrize("harm", ["cut short", "lost", "nonsense"])
def test_a_broken_index_is_made_anew_with_a_message(
    library: Path, root: Path, caplog: pytest.LogCaptureFixture, file: str, harm: str
) -> None:
    IndexCache(root).open(library)
    broken = indexes(root)[0] / file
    match harm:
        case "cut short":
            broken.write_bytes(broken.read_bytes()[:-20])
        case "lost":
            broken.unlink()
        case _:
            broken.write_bytes(b"?" * broken.stat().st_size)

    with caplog.at_level(logging.WARNING):
        indexed = IndexCache(root).open(library)

    assert said(indexed, "winter bees")
    assert "rebuilding it" in caplog.text


def test_an_index_is_made_anew_on_request_and_another_process_opens_the_new_one(library: Path, root: Path) -> None:
    mine, theirs = IndexCache(root).open(library), IndexCache(root).open(library)

    rebuilt = [IndexCache(root).rebuild(each).place for each in (mine, theirs)]

    assert rebuilt == indexes(root)[:1] * 2
    assert rebuilt[0] != mine.place


def test_an_index_in_memory_is_made_anew_as_well(library: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    indexed = IndexCache(root).open(library)

    assert said(IndexCache(root).rebuild(indexed), "winter bees")


def test_an_index_by_another_version_is_made_anew(library: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    IndexCache(root).open(library)
    before = indexes(root)
    monkeypatch.setattr(writing, "made_by", lambda: "another version")

    assert said(IndexCache(root).open(library), "winter bees")
    assert indexes(root) != before


def test_two_libraries_of_one_name_are_kept_apart(library: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "library"
    add(other, "tea-1", _TEA)

    indexed = [IndexCache(root).open(folder) for folder in (library, other)]

    assert [bool(said(each, "oolong")) for each in indexed] == [False, True]
    assert len(indexes(root)) == 2


def test_a_copied_index_of_another_library_is_not_taken_for_this_one(library: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "library"
    shutil.copytree(library, other)
    IndexCache(root).open(library)
    IndexCache(root).open(other)
    mine, theirs = sorted(root.iterdir())
    shutil.rmtree(mine)
    shutil.copytree(theirs, mine)
    add(other, "tea-1", _TEA)

    assert not said(IndexCache(root).open(library), "oolong")


def test_where_the_cache_cannot_be_written_the_index_is_in_memory(
    library: Path, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root.write_text("a file where the folder would be")

    with caplog.at_level(logging.WARNING):
        indexed = IndexCache(root).open(library)

    assert said(indexed, "winter bees")
    assert "in memory" in caplog.text


def test_an_index_that_is_up_to_date_is_opened_where_no_lock_can_be_made(
    library: Path, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = IndexCache(root).open(library)
    for lock in root.rglob("*.lock"):  # permissions don't bind root, who runs tests in containers
        lock.unlink()
        lock.mkdir()
    caplog.clear()

    again = IndexCache(root).open(library)

    assert caplog.messages == []
    assert again.place == first.place
    assert said(again, "winter bees") == said(first, "winter bees")


def test_what_is_indexed_is_counted_and_what_is_opened_is_not(library: Path, root: Path) -> None:
    counted: list[int] = []

    class Counter:
        def plan(self, episodes: int) -> None:
            counted.append(episodes)

        def advance(self) -> None:
            counted.append(1)

    @contextmanager
    def shown() -> Iterator[Counter]:
        yield Counter()

    IndexCache(root).prepare(library, shown)
    IndexCache(root).open(library, shown)

    assert counted == [2, 1, 1]


def test_what_cannot_be_kept_is_not_indexed_ahead(library: Path, root: Path, caplog: pytest.LogCaptureFixture) -> None:
    root.write_text("a file in the way")

    IndexCache(root).prepare(library)

    assert "in memory each time" in caplog.text


def test_a_small_library_is_not_kept_on_disk(library: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    assert said(IndexCache(root).open(library), "winter bees")
    assert not root.exists()


def test_a_library_without_episodes_says_so(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(LibraryError, match="there are no episodes here"):
        IndexCache(root).open(tmp_path / "empty")


def test_an_episode_that_cannot_be_read_is_told_of_each_time(library: Path, root: Path) -> None:
    (library / "bad-1").mkdir()
    (library / "bad-1" / "episode.yaml").write_text("title: [")

    first, second = (IndexCache(root).open(library).library.problems for _ in range(2))

    assert first == second
    assert len(first) >= 1


_INDEXING = """
import sys, time
from pathlib import Path
from knowledge.search.index import cache, writing
cache._IN_MEMORY = -1
real = writing.documents.words
def slowly(*given):
    Path(sys.argv[3]).touch()
    time.sleep(float(sys.argv[4]))
    return real(*given)
writing.documents.words = slowly
cache.IndexCache(Path(sys.argv[2])).open(Path(sys.argv[1]))
"""


@pytest.fixture
def indexing(library: Path, root: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process, in the midst of indexing the library."""
    begun = tmp_path / "begun"
    command = [sys.executable, "-c", _INDEXING, str(library), str(root), str(begun), "0.8"]
    with subprocess.Popen(command, cwd=Path.cwd(), env={**os.environ, "PYTHONPATH": str(Path.cwd())}) as process:
        while not begun.exists() and process.poll() is None:
            time.sleep(0.01)
        yield process
        process.kill()


def test_a_second_process_waits_for_the_first_and_uses_its_index(
    library: Path, root: Path, indexing: subprocess.Popen[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        indexed = IndexCache(root).open(library)

    assert said(indexed, "winter bees")
    assert indexing.wait() == 0
    assert [path.name for path in indexes(root)] == ["index-1"]
    assert "another process is indexing" in caplog.text


def test_a_process_killed_while_indexing_leaves_nothing_behind(
    library: Path, root: Path, indexing: subprocess.Popen[bytes]
) -> None:
    indexing.send_signal(signal.SIGKILL)
    indexing.wait()
    assert list(root.glob("*/unfinished"))

    indexed = IndexCache(root).open(library)

    assert said(indexed, "winter bees")
    assert not list(root.glob("*/unfinished"))


def test_a_process_killed_while_changing_an_index_leaves_the_old_one(library: Path, root: Path, tmp_path: Path) -> None:
    old = IndexCache(root).open(library)
    (kept,) = indexes(root)
    files = {path: path.stat().st_size for path in kept.rglob("*") if path.is_file()}
    add(library, "tea-1", _TEA)
    begun = tmp_path / "begun"
    command = [sys.executable, "-c", _INDEXING, str(library), str(root), str(begun), "30"]
    with subprocess.Popen(command, cwd=Path.cwd(), env={**os.environ, "PYTHONPATH": str(Path.cwd())}) as process:
        while not begun.exists():
            time.sleep(0.01)
        process.kill()

    assert {path: path.stat().st_size for path in kept.rglob("*") if path.is_file()} == files
    assert said(old, "winter bees")
    assert said(IndexCache(root).open(library), "oolong")


_ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from knowledge.search.index import cache
cache._IN_MEMORY = -1
resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))
indexed = cache.IndexCache(Path(sys.argv[2])).open(Path(sys.argv[1]))
print(len(indexed.search.find("winter bees").hits))
"""


def test_on_a_full_disk_the_index_is_in_memory_and_takes_no_room(library: Path, root: Path) -> None:
    command = [sys.executable, "-c", _ON_A_FULL_DISK, str(library), str(root)]
    done = subprocess.run(
        command, cwd=Path.cwd(), env={**os.environ, "PYTHONPATH": str(Path.cwd())}, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
    assert "it is built in memory this time" in done.stderr
    assert not list(root.glob("*/unfinished"))


def test_words_that_turned_to_zeros_are_found_at_once(library: Path, root: Path) -> None:
    IndexCache(root).open(library)
    for terms in root.glob("*/index-*/spoken/*.term"):
        size = terms.stat().st_size
        terms.unlink()
        terms.write_bytes(bytes(size))

    assert said(IndexCache(root).open(library), "winter bees")
