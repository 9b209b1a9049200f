"""The library's side: whole episodes, locks, edits that stay, and what a killed import leaves."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from filelock import FileLock

from knowledge import library as libraries
from knowledge.importing.draft import Draft, File
from knowledge.importing.store import (
    KEPT_FILE,
    KEPT_TRANSCRIPT,
    LOCK,
    RECORD,
    Change,
    Store,
    StoredEpisode,
    StoreError,
    replace_file,
)
from knowledge.importing.web import Version
from knowledge.library.episode_text import Value

FIELDS: dict[str, Value] = {"title": "Bees", "show": "Hive Talk", "number": "12"}
TRANSCRIPT = File("transcript.txt", b"Swarms move.")


def draft(
    fields: dict[str, Value] | None = None,
    transcript: File | None = TRANSCRIPT,
    *,
    origin: str = "feed:x#1",
    mark: str = "1",
) -> Draft:
    return Draft(origin, mark, "hive-talk-12", fields or FIELDS, transcript)


def put(library: Path, wanted: Draft, *, writing: bool = True) -> StoredEpisode:
    with Store.opened(library, writing=writing) as store:
        return store.put(wanted)


def episode(library: Path) -> Path:
    return library / "hive-talk-12" / "episode.yaml"


def places(library: Path) -> list[Path]:
    return [place for place in library.iterdir() if not place.name.startswith(".")] if library.exists() else []


def everything(library: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(library)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(library.rglob("*"))
        if path.is_file() and path.name != LOCK
    }


def test_a_new_episode_is_a_folder_that_the_library_can_read(library: Path) -> None:
    stored = put(library, draft())

    assert stored == StoredEpisode("hive-talk-12", Change.ADDED)
    read = libraries.read(library)
    assert [(each.id, each.title, each.number) for each in read.episodes] == [("hive-talk-12", "Bees", "12")]
    assert (library / "hive-talk-12" / "transcript.txt").read_bytes() == b"Swarms move."


def test_nothing_is_written_through_a_link_out_of_the_library(library: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "hive-talk-12"
    put(elsewhere.parent, draft())
    before = everything(elsewhere)
    library.mkdir()
    (library / "hive-talk-12").symlink_to(elsewhere, target_is_directory=True)

    stored = put(library, draft({**FIELDS, "title": "Ants"}))

    assert stored == StoredEpisode("hive-talk-12-2", Change.ADDED)
    assert everything(elsewhere) == before


def test_a_link_in_place_of_an_unfinished_file_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("Mine.")
    (tmp_path / ".importing-file").symlink_to(tmp_path / "other")

    replace_file(tmp_path / "episode.yaml", b"title: Bees")

    assert (tmp_path / "other").read_text() == "Mine."
    assert not (tmp_path / "episode.yaml").is_symlink()


def test_the_same_again_changes_no_file_but_the_record(library: Path) -> None:
    put(library, draft())
    before = everything(library)

    stored = put(library, draft())

    after = everything(library)
    assert stored.change is Change.UNCHANGED
    assert {name for name in after if after[name] != before[name]} <= {f"hive-talk-12/{RECORD}"}


def test_what_the_source_changed_is_changed(library: Path) -> None:
    put(library, draft())

    stored = put(
        library, draft({"title": "Wasps", "show": "Hive Talk", "summary": "Stings."}, File("transcript.vtt", b"WEBVTT"))
    )

    assert stored == StoredEpisode("hive-talk-12", Change.UPDATED)
    read = libraries.read(library).episodes[0]
    assert (read.title, read.number, read.summary) == ("Wasps", None, "Stings.")
    assert {path.name for path in (library / "hive-talk-12").glob("transcript*")} == {"transcript.vtt"}


def test_edits_stay_while_the_rest_is_brought_up_to_date(library: Path) -> None:
    put(library, draft())
    text = episode(library).read_text()
    episode(library).write_text(text.replace("title: Bees", "title: Bees!  # mine") + "guests: [Maya Keller]\n")

    stored = put(library, draft({**FIELDS, "title": "Wasps", "number": "13", "guests": [{"name": "Nobody"}]}))

    after = episode(library).read_text()
    assert stored.change is Change.UPDATED
    assert stored.notes == ("kept as edited: title, guests",)
    assert "title: Bees!  # mine\n" in after
    assert "guests: [Maya Keller]\n" in after
    assert "number: 13\n" in after


def test_a_field_that_a_person_took_out_stays_out(library: Path) -> None:
    put(library, draft())
    episode(library).write_text("title: Bees\nshow: Hive Talk\n")

    stored = put(library, draft({**FIELDS, "number": "13"}))

    assert stored == StoredEpisode("hive-talk-12", Change.UNCHANGED, ("kept as edited: number",))


def test_an_edited_transcript_stays(library: Path) -> None:
    put(library, draft())
    (library / "hive-talk-12" / "transcript.txt").write_bytes(b"Swarms move on.")

    for words in (b"Swarms settle.", b"Swarms rest."):
        assert KEPT_TRANSCRIPT in put(library, draft(transcript=File("transcript.txt", words))).notes

    assert (library / "hive-talk-12" / "transcript.txt").read_bytes() == b"Swarms move on."


def test_a_transcript_that_cannot_be_had_this_time_stays_and_is_not_taken_for_an_edit(library: Path) -> None:
    put(library, draft())

    put(library, draft(transcript=None, mark=""))
    put(library, draft(transcript=File("transcript.txt", b"Swarms rest.")))

    assert (library / "hive-talk-12" / "transcript.txt").read_bytes() == b"Swarms rest."


@pytest.mark.parametrize("text", [b"{title: Bees, show: Hive Talk}", b"title: [", b"\xff\xfe"])
def test_a_file_whose_form_allows_no_change_of_single_fields_stays(library: Path, text: bytes) -> None:
    put(library, draft())
    episode(library).write_bytes(text)

    stored = put(library, draft({"title": "Wasps", "show": "Hive Talk"}))

    assert stored.notes[-1] == KEPT_FILE or "title" in stored.notes[-1]
    assert episode(library).read_bytes() == text


def test_a_folder_made_by_hand_is_filled_and_not_overwritten(library: Path) -> None:
    episode(library).parent.mkdir(parents=True)
    episode(library).write_text("title: My bees\nshow: Hive Talk\n")

    stored = put(library, draft())

    assert stored == StoredEpisode("hive-talk-12", Change.UPDATED, ("kept as edited: title",))
    assert episode(library).read_text() == "title: My bees\nshow: Hive Talk\nnumber: 12\n"


def test_an_episode_that_was_put_aside_does_not_come_back(library: Path) -> None:
    put(library, draft())
    (library / "hive-talk-12").rename(library / "_hive-talk-12")

    assert put(library, draft()).change is Change.UNCHANGED
    assert {place.name for place in places(library)} == {"_hive-talk-12"}


def test_a_lost_file_is_written_again(library: Path) -> None:
    put(library, draft())
    episode(library).unlink()

    with Store.opened(library) as store:
        assert store.unchanged("feed:x#1", "1") is None
        assert store.put(draft()).change is Change.UPDATED

    assert episode(library).exists()


def test_two_episodes_that_would_be_called_the_same_are_told_apart(library: Path) -> None:
    names = [put(library, draft(origin=origin)).name for origin in ("feed:x#1", "feed:x#2", "feed:x#3", "feed:x#2")]

    assert names == ["hive-talk-12", "hive-talk-12-2", "hive-talk-12-3", "hive-talk-12-2"]


def test_an_episode_whose_file_was_moved_keeps_its_folder(library: Path, tmp_path: Path) -> None:
    put(library, draft(origin=f"file:{tmp_path / 'gone.txt'}"))

    assert put(library, draft(origin=f"file:{tmp_path / 'here.txt'}")) == StoredEpisode(
        "hive-talk-12", Change.UNCHANGED
    )


def test_without_writing_nothing_is_written(library: Path) -> None:
    assert put(library, draft(), writing=False).change is Change.ADDED
    assert not library.exists()

    put(library, draft())
    before = everything(library)
    assert put(library, draft({"title": "Wasps", "show": "Hive Talk"}), writing=False).change is Change.UPDATED
    with Store.opened(library, writing=False) as store:
        store.remember_feed("feed:x#", Version("1"), None)
    assert everything(library) == before


def test_a_second_import_into_the_same_library_is_turned_away(library: Path) -> None:
    library.mkdir()
    with FileLock(library / LOCK), pytest.raises(StoreError, match="another import is running"):
        put(library, draft())

    assert put(library, draft()).change is Change.ADDED


def test_a_library_that_is_a_file_is_said_to_be_none(library: Path) -> None:
    library.write_text("")

    with pytest.raises(StoreError, match="choose another folder"):
        put(library, draft())


def test_an_episode_that_cannot_be_written_is_named(library: Path) -> None:
    (library / "hive-talk-12" / RECORD).mkdir(parents=True)

    with pytest.raises(StoreError, match=r"hive-talk-12.* can't be written"):
        put(library, draft())


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"form": 99}', "[" * 100_000])
def test_a_broken_record_is_taken_for_none(library: Path, record: str) -> None:
    put(library, draft())
    (library / "hive-talk-12" / RECORD).write_text(record)

    assert put(library, draft()) == StoredEpisode("hive-talk-12", Change.UNCHANGED)


def test_a_feed_is_remembered_until_it_is_forgotten(library: Path) -> None:
    with Store.opened(library) as store:
        store.remember_feed("feed:x#", Version("1", "Mon"), None)
        assert store.feed_version("feed:x#", None) == Version("1", "Mon")
        store.remember_feed("feed:x#", None, None)
        assert store.feed_version("feed:x#", None) is None


@pytest.mark.slow
def test_an_import_killed_at_any_moment_leaves_whole_episodes_and_the_next_completes_it(
    library: Path, tmp_path: Path
) -> None:
    source = tmp_path / "hive"
    source.mkdir()
    for number in range(150):
        (source / f"hive-talk-{number}.txt").write_text(f"Swarm {number} moves. " * 400)
    script = textwrap.dedent("""
        import asyncio, sys
        from pathlib import Path
        from knowledge.importing.run import Options, run

        async def main():
            async for _ in run([sys.argv[1]], Path(sys.argv[2]), None, Options()):
                pass

        asyncio.run(main())
    """)
    for killed_at in (1, 20, 70):
        process = subprocess.Popen([sys.executable, "-c", script, source, library])
        while process.poll() is None and len(places(library)) < killed_at:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.wait()

        for place in places(library):
            assert {path.name for path in place.iterdir()} == {"episode.yaml", "transcript.txt", RECORD}
            assert json.loads((place / RECORD).read_bytes())["origin"].endswith(f"{place.name}.txt")
            assert (place / "transcript.txt").read_bytes() == (source / f"{place.name}.txt").read_bytes()
        assert libraries.read(library).problems == ()
        assert killed_at <= len(places(library)) < 150

    assert subprocess.run([sys.executable, "-c", script, source, library], check=True).returncode == 0
    assert len(libraries.read(library).episodes) == 150
    assert not [place for place in library.iterdir() if place.name.startswith(".importing-")]
