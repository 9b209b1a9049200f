"""Whatever a feed or a file's front matter says, the `episode.yaml` that comes of it can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.formats.chapters import read_chapters
from knowledge.formats.rss import read_feed
from knowledge.formats.subrip import read_subrip
from knowledge.ids import EPISODE_ID_LENGTH, is_id
from knowledge.importing.draft import Draft, fields_of, folder_name
from knowledge.importing.from_files import EpisodeFile
from knowledge.library.episode_file import read_episode
from knowledge.library.episode_text import written
from knowledge.library.problems import ProblemLog
from knowledge.model import EpisodeId
from tests.fakes.examples import examples

TEXT = st.text(max_size=40)
TAGS = st.lists(
    st.one_of(
        *(
            TEXT.map(lambda text, name=name: f"<{name}><![CDATA[{text}]]></{name}>")
            for name in (
                "link",
                "pubDate",
                "description",
                "itunes:duration",
                "itunes:episode",
                "itunes:subtitle",
                "podcast:person",
            )
        ),
        st.sampled_from(
            [
                "<link>https://www.youtube.com/@show</link>",
                "<link>https://youtu.be/dQw4w9WgXcQ</link>",
                "<itunes:duration>10</itunes:duration>",
                '<podcast:episode display="An episode with a rather long name">1</podcast:episode>',
                '<podcast:soundbite startTime="1" duration="4">null</podcast:soundbite>',
                '<podcast:soundbite startTime="7" duration="4">null</podcast:soundbite>',
                '<podcast:soundbite startTime="99" duration="4">Late</podcast:soundbite>',
            ]
        ),
    ),
    max_size=8,
).map("".join)
CHAPTERS = (
    b'{"chapters": [{"startTime": 0, "title": "A"}, {"startTime": 5, "title": "A"}, {"startTime": 50, "title": "# ~"},'
    b'{"startTime": 6, "title": "\\u0007\\ud800 null"}, {"startTime": 7, "title": "- x: [y"}]}'
)
SRT = b"1\n00:00:01,000 --> 00:00:05,000\nA swarm moves when enough scouts agree.\n"


def problems(fields: object) -> list[str]:
    assert isinstance(fields, dict)
    report = ProblemLog(Path("episode.yaml"))
    episode = read_episode(written(fields).encode(), EpisodeId("bees"), report)
    assert (episode is None) == bool(report.problems)
    return [str(problem) for problem in report.problems]


@given(title=TEXT, show=TEXT, tags=TAGS)
@examples(80)
def test_whatever_a_feed_says_its_episodes_can_be_read(title: str, show: str, tags: str) -> None:
    feed = (
        '<rss xmlns:podcast="https://podcastindex.org/namespace/1.0" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
        f"<title><![CDATA[{show}]]></title><item><title><![CDATA[{title}]]></title>{tags}</item></channel></rss>"
    )
    read = read_feed(feed.encode(errors="replace"))

    for item in read.items:
        name = folder_name(read.title or "Podcast", item.number, item.season, item.title)
        fields = fields_of(item, read.title or "Podcast", read_chapters(CHAPTERS).chapters, read_subrip(SRT).turns)
        assert problems(fields) == []
        assert is_id(name, EPISODE_ID_LENGTH)


@given(
    stem=st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=30),
    front=TEXT.map(lambda text: text.replace("\0", "")),
)
@examples(60)
def test_whatever_a_file_says_of_itself_its_episode_can_be_read(
    stem: str, front: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("files")
    path = folder / f"{stem}.md"
    text = f"---\ntitle: {front}\nnumber: {front}\nguests: {front}\nurl: {front}\ndate: {front}\n---\n\nWords.\n"
    path.write_bytes(text.encode(errors="replace"))

    draft = EpisodeFile(path, "Hive Talk").draft()

    assert isinstance(draft, Draft)
    assert problems(draft.fields) == []
    assert is_id(draft.name, EPISODE_ID_LENGTH)


def test_a_file_whose_name_is_no_text_is_an_episode_all_the_same(tmp_path: Path) -> None:
    path = Path(str(tmp_path / "caf\udce9-7.txt"))
    path.write_text("Words.")

    draft = EpisodeFile(path, "Hive Talk").draft()

    assert isinstance(draft, Draft)
    assert draft.fields["title"] == "Caf 7"


def test_a_nul_takes_nothing_else_from_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "bees.md"
    path.write_bytes(b"---\ntitle: How \0bees decide\n---\n\nWelcome back, all of you.\n")

    draft = EpisodeFile(path, "Hive Talk").draft()

    assert isinstance(draft, Draft)
    assert draft.fields["title"] == "How bees decide"


def test_front_matter_that_does_not_fit_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "bees.md"
    path.write_text(
        f"---\nnumber: {'9' * 30}\nyoutube: https://www.youtube.com/@hive\npublished: soon\n"
        "guests:\n  - name: Tomas\n  - [x]\n---\n\nWords.\n"
    )

    draft = EpisodeFile(path, "Hive Talk").draft()

    assert isinstance(draft, Draft)
    assert draft.fields == {
        "title": "Bees",
        "show": "Hive Talk",
        "source": "the episode's transcript",
        "guests": [{"name": "Tomas"}],
    }


@pytest.mark.parametrize(
    ("number", "season", "name"),
    [
        ("12", None, "hive-talk-12"),
        ("3.5", None, "hive-talk-3-5"),
        ("5", "2", "hive-talk-s2e5"),
        (None, None, "hive-talk-how-bees-decide"),
    ],
)
def test_a_folder_is_named_by_the_number_or_the_title(number: str | None, season: str | None, name: str) -> None:
    assert folder_name("Hive Talk", number, season, "How bees decide") == name


def test_titles_in_a_script_that_has_no_plain_letters_are_told_apart() -> None:
    names = {folder_name("Hive Talk", None, None, title) for title in ("日本", "中国")}

    assert len(names) == 2
    assert all(name.startswith("hive-talk-") for name in names)
