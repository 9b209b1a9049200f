"""A folder of episodes on disk, read and checked."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import KnowledgeError
from knowledge.library import MOST_BYTES, read
from knowledge.library.episode_file import read_episode
from knowledge.library.inside import LEADS_OUT
from knowledge.library.problems import LibraryError, Problem, ProblemLog
from knowledge.library.transcripts import transcript_of
from knowledge.model import EpisodeId, Ids, Links, Person
from tests.fakes.examples import examples

FULL = """\
title: "The answer: forty-two"
show: Deep Talks
number: 3.5
season: 2
subtitle: A talk
published: 2026-03-01
duration: 2:31:05
source: the show notes
hosts: [Ada Byron]
guests:
  - name: Grace Hopper
    also: [Grace, Admiral]
  - Alan Turing
links:
  page: https://example.com/42
  youtube: https://youtu.be/hY3-Zw_2aBc
  spotify: https://open.spotify.com/episode/abc
  audio: https://example.com/42.mp3
  apple: https://podcasts.apple.com/x
ids:
  podcast: 917393e3-1b1e-5cef-ace4-edaa54e1f810
  guid: deep 42
  apple: 1434243584
  podcastindex: 920666
  podcastindex_episode: 16795089
summary: >-
  What it
  was about.
quotes:
  - id: nanoseconds
    text: "A  nanosecond — is “this” long"
    speaker: Grace Hopper
    start: 1:02:03
    source: the transcript
  - Machines take me by surprise with great frequency
topics:
  - id: hardware
    title: Hardware
    also: [machines, 1984, no]
    summary: Wires.
    quotes: [nanoseconds, Machines take me by surprise with great frequency]
    related: [Soft ware]
    start: 62:03.5
  - title: Soft ware
    summary: Words.
    source: the subtitle
    related: hardware
"""
SHORT = "title: A title\nshow: A show\n"


def check(folder: Path) -> tuple[Problem, ...]:
    """Find everything that is wrong with a library."""
    try:
        return read(folder).problems
    except LibraryError as error:
        return error.problems


def lay(folder: Path, name: str, text: str | bytes) -> Path:
    place = folder / name
    place.mkdir()
    (place / "episode.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def complaints(folder: Path, text: str | bytes) -> list[str]:
    """What is said about an episode that holds `text`, without the path before the line."""
    place = lay(folder, "ep", text)
    return [str(problem).removeprefix(str(place / "episode.yaml")) for problem in check(folder)]


def test_everything_in_the_file_arrives(tmp_path: Path) -> None:
    lay(tmp_path, "deep-42", FULL)

    (episode,) = read(tmp_path).episodes

    assert (episode.id, episode.title, episode.show) == ("deep-42", "The answer: forty-two", "Deep Talks")
    assert (episode.number, episode.subtitle, episode.summary) == ("3.5", "A talk", "What it was about.")
    assert episode.season == 2
    assert (episode.published, episode.duration) == (date(2026, 3, 1), timedelta(hours=2, minutes=31, seconds=5))
    assert episode.hosts == (Person("Ada Byron"),)
    assert episode.guests == (Person("Grace Hopper", ("Grace", "Admiral")), Person("Alan Turing"))
    assert episode.links == Links(
        page="https://example.com/42",
        youtube="https://youtu.be/hY3-Zw_2aBc",
        spotify="https://open.spotify.com/episode/abc",
        audio="https://example.com/42.mp3",
        apple="https://podcasts.apple.com/x",
    )
    assert episode.ids == Ids(
        podcast="917393e3-1b1e-5cef-ace4-edaa54e1f810",
        guid="deep 42",
        apple="1434243584",
        podcastindex="920666",
        podcastindex_episode="16795089",
    )


def test_quotes_arrive_letter_for_letter_with_who_when_and_where_from(tmp_path: Path) -> None:
    lay(tmp_path, "deep-42", FULL)

    named, unnamed = read(tmp_path).episodes[0].quotes

    assert named.id == "deep-42/quote/nanoseconds"
    assert named.text == "A nanosecond — is “this” long"
    assert (named.speaker, named.source) == ("Grace Hopper", "the transcript")
    assert named.start == timedelta(hours=1, minutes=2, seconds=3)
    assert unnamed.id == "deep-42/quote/machines-take-me-by-surprise-with"
    assert (unnamed.speaker, unnamed.start, unnamed.source) == (None, None, "the show notes")


def test_topics_arrive_with_what_they_point_to(tmp_path: Path) -> None:
    lay(tmp_path, "deep-42", FULL)

    hardware, software = read(tmp_path).episodes[0].topics

    assert hardware.names == ("machines", "1984", "no")
    assert hardware.quotes == ("deep-42/quote/nanoseconds", "deep-42/quote/machines-take-me-by-surprise-with")
    assert hardware.related == (software.id,) == ("deep-42/topic/soft-ware",)
    assert hardware.start == timedelta(minutes=62, seconds=3.5)
    assert (hardware.source, software.source) == ("the show notes", "the subtitle")
    assert software.related == (hardware.id,)


def test_a_title_and_a_show_are_enough(tmp_path: Path) -> None:
    lay(tmp_path, "ep", "\ufeff" + SHORT + "links:\nquotes:\nsubtitle: ''\n")

    (episode,) = read(tmp_path).episodes

    assert episode.source == "the episode's notes"
    assert (episode.number, episode.subtitle, episode.links, episode.quotes) == (None, None, Links(), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SHORT + "titel: x\n", ':3: there is no field "titel". Did you mean "title"?'),
        (SHORT + "links:\n  tiktok: x\n", ':4: links: there is no field "tiktok"; the fields here are '),
        ("show: x\n", ':1: title: this episode has no title; add a line that begins with "title:"'),
        ('title: " "\nshow: x\n', ":1: title: this episode has no title"),
        ("title: [x]\nshow: y\n", ":1: title: this should be text, not a list"),
        ("title: x\nshow: {y: z}\n", ":2: show: this should be text, not fields"),
        (SHORT + "season: two", ':3: season: "two" is not a season number; write it in digits, such as 2'),
        (SHORT + "number: " + "9" * 21, ":3: number: this is too long for an episode's number"),
        (SHORT + "published: 1.3.2026\n", ':3: published: "1.3.2026" is not a date; write year, month and day'),
        (SHORT + "duration: 90\n", ':3: duration: "90" is not a time; write hours, minutes and seconds'),
        (SHORT + "duration: 1:60:00\n", ':3: duration: "1:60:00" is not a time'),
        (SHORT + "links: https://x.com\n", ":3: links: this should be fields on lines of their own, not text"),
        (SHORT + "links:\n  page: x.com\n", ':4: links → page: "x.com" is not a web address'),
        (SHORT + "links:\n  youtube: https://youtube.com/@x\n", ":4: links → youtube: this is not a YouTube video"),
        (SHORT + "ids:\n  podcast: deep\n", ':4: ids → podcast: "deep" is not a podcast:guid; it should look like'),
        (SHORT + "ids:\n  guid: x\n  apple: id12\n", ':5: ids → apple: "id12" is not such an id; write it in digits'),
        (SHORT + "guests:\n  - also: [x]\n", ":4: guests → name: this person has no name"),
        (SHORT + "guests:\n  -\n", ':4: guests: each person should be fields, such as "name: ...", not empty'),
        (SHORT + "guests:\n  - [x]\n", ":4: guests: each person should be fields"),
        (SHORT + "guests:\n  - name: x\n    also:\n      - y\n      -\n", ":7: guests → also: an empty entry"),
        (SHORT + "guests:\n  - name: x\n    also: [y, [z]]\n", ":5: guests → also: each entry should be text"),
        (SHORT + "quotes:\n  - id: A b\n    text: x\n", ':4: quotes → id: an id has lower-case letters'),
        (SHORT + "quotes:\n  - id: x\n", ":4: quotes → text: this quote has no text"),
        (SHORT + "quotes:\n  - id: x\n    text: x\n  - X!\n", ':6: quotes → id: another quote already has the id "x"'),
        (SHORT + "topics:\n  - x\n", ":4: topics → summary: this topic has no summary"),
        (
            SHORT + "quotes:\n  - id: compute-is-the-currency\n    text: x\n"
            "topics:\n  - title: y\n    summary: z\n    quotes:\n      - compute-is-currency\n",
            ':10: topics → quotes: there is no quote with the id "compute-is-currency". '
            'Did you mean "compute-is-the-currency"?',
        ),
        (
            SHORT + "topics:\n  - title: y\n    summary: z\n    related: [" + "w" * 99 + "]\n",
            f':6: topics → related: there is no topic with the id "{"w" * 60}…"',
        ),
        (
            SHORT + "topics:\n  - title: y\n    summary: z\n    related: y\n",
            ":6: topics → related: a topic is not related to itself",
        ),
        (
            SHORT + "duration: 10:00\nquotes:\n  - text: x\n    start: 10:01\n",
            ":6: quotes → start: the episode is over by then: its duration is 0:10:00",
        ),
        (SHORT + 'subtitle: "\\e[31mred"\n', ":3: subtitle: there is an invisible control character (U+001B) here"),
        (SHORT + "subtitle: \x1b[31mred\n", ":3: there is an invisible control character (U+001B) here; delete it"),
        (SHORT + "subtitle: \u202ered\n", ":3: there is an invisible control character (U+202E)"),
        ((SHORT + "subtitle: café\n").encode("latin-1"), ":3: the byte 0xE9 on this line is not UTF-8"),
        (SHORT.encode("utf-16"), ": the file is saved as UTF-16; save it as UTF-8"),
        ("", ': the file is empty; begin it with two lines, "title: ..." and "show: ..."'),
        ("# nothing yet\n", ": the file is empty"),
        ("---\n", ": the file is empty"),
        ("- x\n", ": the file holds a list instead of fields"),
        ("title: x: y\n", ':1: the ": " here looks like a new field'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_line_and_field(tmp_path: Path, text: str | bytes, said: str) -> None:
    found = complaints(tmp_path, text)

    assert any(complaint.startswith(said) for complaint in found), found
    assert len(found) == 1


def test_every_problem_is_found_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = complaints(tmp_path, "show: x\nduration: soon\nquotes:\n  - speaker: y\ntopics:\n  - titel: z\nfoo: bar\n")

    assert [complaint.split(":")[1] for complaint in found] == ["1", "2", "4", "6", "6", "6", "7"]


def test_a_file_full_of_mistakes_is_given_up_after_a_hundred(tmp_path: Path) -> None:
    found = complaints(tmp_path, SHORT + "".join(f"field{number}: x\n" for number in range(50_000)))

    assert len(found) == 100


def test_one_broken_episode_leaves_the_others_alone(tmp_path: Path) -> None:
    lay(tmp_path, "good", SHORT)
    broken = lay(tmp_path, "broken", "title: x\n")

    library = read(tmp_path)

    assert [episode.id for episode in library.episodes] == ["good"]
    assert [(problem.path, problem.field) for problem in library.problems] == [(broken / "episode.yaml", "show")]


def test_a_library_without_one_good_episode_is_an_error_with_every_problem(tmp_path: Path) -> None:
    lay(tmp_path, "a", "title: x\n")
    lay(tmp_path, "b", "show: x\n")

    with pytest.raises(LibraryError, match=r"a.episode\.yaml:1: show: .*\n.*b.episode\.yaml:1: title: ") as error:
        read(tmp_path)
    assert isinstance(error.value, KnowledgeError)
    assert error.value.problems == check(tmp_path)


def test_episodes_come_newest_first_by_date_then_season_and_number_then_id(tmp_path: Path) -> None:
    for name, fields in {
        "undated-9": "number: 9",
        "undated-10": "number: 10",
        "undated-s2e1": "number: 1\nseason: 2",
        "old": "published: 2020-01-01\nnumber: 99",
        "new": "published: 2026-01-01\nnumber: 1",
        "same-a": "published: 2025-01-01\nnumber: 3.5",
        "same-b": "published: 2025-01-01\nnumber: 3.5",
    }.items():
        lay(tmp_path, name, SHORT + fields)

    order = [episode.id for episode in read(tmp_path).episodes]

    assert order == ["new", "same-a", "same-b", "old", "undated-s2e1", "undated-10", "undated-9"]


def test_files_beside_the_episode_and_the_folders_are_left_alone(tmp_path: Path) -> None:
    place = lay(tmp_path, "ep", SHORT)
    (place / "transcript.vtt").write_bytes(b"\xff\x00")
    (tmp_path / "README.md").write_text("hello")
    (tmp_path / ".git").mkdir()
    (tmp_path / "_draft").mkdir()

    assert read(tmp_path).problems == ()


@pytest.mark.parametrize(
    ("name", "better"), [("Lex Fridman #494", "lex-fridman-494"), ("a" * 49, "a" * 48), ("esc\x1b[31m", "esc-31m")]
)
def test_a_folder_whose_name_is_no_id_is_to_be_renamed(tmp_path: Path, name: str, better: str) -> None:
    lay(tmp_path, name, SHORT)

    (problem,) = check(tmp_path)

    assert str(problem).endswith(f'hyphens, at most 48 in all; rename it to "{better}"')
    assert str(problem).isprintable()


def test_a_folder_without_its_file_says_what_to_make(tmp_path: Path) -> None:
    (tmp_path / "ep").mkdir()

    (problem,) = check(tmp_path)

    assert problem.path == tmp_path / "ep" / "episode.yaml"
    assert problem.message == 'this file is missing; make one with the lines "title: ..." and "show: ..."'


def test_a_file_with_the_other_ending_is_to_be_renamed(tmp_path: Path) -> None:
    (lay(tmp_path, "ep", SHORT) / "episode.yaml").rename(tmp_path / "ep" / "episode.yml")

    assert check(tmp_path)[0].message == "this file is missing; rename episode.yml to it"


def test_a_huge_file_is_not_even_read(tmp_path: Path) -> None:
    with (lay(tmp_path, "ep", "") / "episode.yaml").open("wb") as file:
        file.truncate(100 * 2**20)

    assert check(tmp_path)[0].message == "this file is larger than 1 MB; put the transcript in a file beside it"


def test_links_are_followed_within_a_library_and_never_out_of_it(tmp_path: Path) -> None:
    library, elsewhere = tmp_path / "library", tmp_path / "elsewhere"
    library.mkdir()
    elsewhere.mkdir()
    (tmp_path / "way-in").symlink_to(library, target_is_directory=True)
    for place, home in (("in", library), ("out", elsewhere)):
        folder = lay(home, f"ep-{place}", SHORT)
        (library / f"linked-{place}").symlink_to(folder, target_is_directory=True)
        (library / f"file-linked-{place}").mkdir()
        (library / f"file-linked-{place}" / "episode.yaml").symlink_to(folder / "episode.yaml")

    found = read(tmp_path / "way-in")

    assert {episode.id for episode in found.episodes} == {"ep-in", "linked-in", "file-linked-in"}
    assert [problem.path.parent.name for problem in found.problems] == ["file-linked-out", "linked-out"]
    assert {problem.message for problem in found.problems} == {f"this is {LEADS_OUT}"}


def test_a_transcript_that_is_a_link_out_of_the_library_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The key is under the mat.")
    (tmp_path / "library").mkdir()
    place = lay(tmp_path / "library", "ep", SHORT)
    (place / "transcript.txt").symlink_to(tmp_path / "secret.txt")

    transcript = transcript_of(place).transcript

    assert (transcript.turns, [finding.reason for finding in transcript.findings]) == ((), [LEADS_OUT])


def test_links_that_lead_nowhere_or_in_a_circle_are_problems(tmp_path: Path) -> None:
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "circle").mkdir()
    (tmp_path / "circle" / "episode.yaml").symlink_to("episode.yaml")

    circle, nowhere = check(tmp_path)

    assert "can't be opened" in circle.message
    assert "is missing" in nowhere.message


def test_a_pipe_in_place_of_the_file_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "ep").mkdir()
    os.mkfifo(tmp_path / "ep" / "episode.yaml")

    assert check(tmp_path)[0].message == "this is not a file; put the episode's text file in its place"


def test_a_library_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    (problem,) = check(tmp_path / "none")

    assert problem == Problem(
        tmp_path / "none", None, None, "there is no such folder; create it, with a folder in it for every episode"
    )


def test_a_file_given_as_library_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    assert "give the folder that contains your episodes' folders" in check(tmp_path / "file")[0].message


def test_an_unreadable_folder_is_a_problem(tmp_path: Path) -> None:
    assert "can't be opened" in check(tmp_path / ("x" * 300))[0].message


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    assert "there are no episodes here; make a folder for each" in check(tmp_path)[0].message


def test_an_episodes_own_folder_given_as_library_says_what_to_do(tmp_path: Path) -> None:
    assert "this is the folder of a single episode" in check(lay(tmp_path, "ep", SHORT))[0].message


_SIGNS = [
    "- ",
    "  ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a ",
    "!!x ",
    "? ",
    "'",
    '"',
    "|\n",
    ">-\n",
    "#x",
    "\\e",
    "<<: ",
]
_ODD = ["\ud7ff", "---\n", "...\n", "%", "\t", "\r", "\x85", "\u2028", "\ufeff", "~", "null"]
_PIECES = st.sampled_from([*FULL.splitlines(keepends=True), *_SIGNS, *_ODD])


@given(st.one_of(st.binary(), st.text().map(str.encode), st.lists(_PIECES).map("".join).map(str.encode)))
@examples(300)
def test_any_bytes_are_an_episode_or_problems(data: bytes) -> None:
    report = ProblemLog(Path("episode.yaml"))

    episode = read_episode(data, EpisodeId("ep"), report)

    assert (episode is None) == bool(report.problems)
    assert all(str(problem).isprintable() for problem in report.problems)


@pytest.mark.parametrize(
    "text",
    [
        " " * MOST_BYTES,
        "a: " + " #" * (MOST_BYTES // 2 - 2),
        SHORT + "subtitle: " + '"' * (MOST_BYTES - 100),
        SHORT + "also: [" + "," * (MOST_BYTES - 100),
        SHORT + "topics:\n" + "".join(f"  - {number}\n" for number in range(20_000)),
    ],
    ids=["spaces", "hashes", "quotation marks", "commas", "topics"],
)
def test_a_strange_file_of_the_largest_size_is_a_problem_like_any_other(tmp_path: Path, text: str) -> None:
    assert complaints(tmp_path, text)
