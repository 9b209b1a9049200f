"""What a library comes to, and what is said about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.operating.reports import described
from knowledge.formats import TOO_LARGE
from knowledge.formats.text import NOT_UTF8
from knowledge.formats.transcript import unread
from knowledge.library.statistics import EpisodePart, Statistics, measure
from knowledge.library.transcripts import spoken, transcript_in, transcript_of
from knowledge.model import Episode, EpisodeId, Links


def episode(name: str, *, links: Links | None = None, published: date | None = None) -> Episode:
    return Episode(EpisodeId(name), "Bees", "Hive Talk", "the notes", links=links or Links(), published=published)


def summed(folder: Path, *episodes: Episode) -> Statistics:
    return measure((each, transcript_of(folder / each.id)) for each in episodes)


def test_a_library_is_summed_up(tmp_path: Path) -> None:
    whole = episode("whole", links=Links(page="https://hive.example/1"), published=date(2026, 3, 1))
    labelled, bare, none = episode("labelled"), episode("bare"), episode("none")
    for each in (whole, labelled, bare, none):
        (tmp_path / each.id).mkdir()
    (tmp_path / "whole" / "transcript.md").write_text("**Ann:** [00:05] One two.\n\n**Bob:** Three four.\n")
    (tmp_path / "labelled" / "transcript.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Speaker 1>Five six.\n")
    (tmp_path / "bare" / "transcript.txt").write_bytes(b"Seven \xe9ight.")

    sums = summed(tmp_path, whole, labelled, bare, none)

    assert (sums.transcripts, sums.words) == (3, 8)
    assert (sums.named, sums.timed, sums.approximate) == (4, 6, 2)
    assert sums.without == {
        EpisodePart.TRANSCRIPT: ["none"],
        EpisodePart.NAMES: ["labelled", "bare"],
        EpisodePart.TIMES: ["bare"],
        EpisodePart.PEOPLE: ["whole", "labelled", "bare", "none"],
        EpisodePart.LINKS: ["labelled", "bare", "none"],
        EpisodePart.DATE: ["labelled", "bare", "none"],
    }
    assert [(path.name, finding.line) for path, finding in sums.findings] == [("transcript.txt", 1)]


def test_it_is_told_with_what_would_help(tmp_path: Path) -> None:
    one, two = episode("one", published=date(2026, 3, 1)), episode("two", published=date(2026, 3, 1))
    for each in (one, two):
        (tmp_path / each.id).mkdir()
    (tmp_path / "one" / "transcript.md").write_bytes(b"**Ann:** [00:05] One two.\n\n**Bob:** Caf\xe9 four.\n")

    lines = list(described(summed(tmp_path, one, two)))

    assert lines == [
        "1 transcript with 4 words: 100% of the words have a speaker, 100% a time (50% an approximate one).",
        "1 episode has no transcript (two): put a transcript.vtt beside episode.yaml, and it can be quoted.",
        "2 episodes have no links (one, two): add a page, youtube or audio link, and answers can open the episode.",
        "2 episodes have neither hosts nor guests (one, two): "
        "with them in episode.yaml, people can ask who it was with.",
        f"{tmp_path / 'one' / 'transcript.md'}:3: {NOT_UTF8}",
    ]


def test_many_are_counted_and_shares_never_claim_all_for_almost_all() -> None:
    names = tuple(EpisodeId(f"bees-{number}") for number in range(1200))
    lines = list(described(Statistics(1, 100_000, 99_999, 1, 0, {EpisodePart.TRANSCRIPT: names}, ())))

    assert lines[0] == "1 transcript with 100,000 words: over 99% of the words have a speaker, under 1% a time."
    assert "1,200 episodes have no transcript (bees-0, bees-1, bees-2 and 1,197 more)" in lines[1]


def test_of_several_transcripts_the_richest_counts_and_a_folder_is_none(tmp_path: Path) -> None:
    (tmp_path / "transcript.txt").write_text("One.")
    (tmp_path / "transcript.vtt").mkdir()
    (tmp_path / "transcript.srt").write_text("")

    assert transcript_in(tmp_path) == tmp_path / "transcript.srt"


def test_a_transcript_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "transcript.txt").write_text("Words.")
    monkeypatch.setattr("knowledge.library.transcripts.LARGEST", 2)

    read = transcript_of(tmp_path).transcript

    assert read == unread(TOO_LARGE)
    assert spoken(tmp_path / "nowhere", episode("bees")) == ()
