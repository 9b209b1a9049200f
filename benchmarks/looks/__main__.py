"""Takes pictures of ten answers per platform, as a member of the chat would see them.

    python -m benchmarks.looks FOLDER

The real assistant answers, over `tests/bank/library` and the shipped episode, and the real renderers draw; the pages
only display their payloads. Chromium takes the pictures, if it is installed; the pages open in any browser.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PIL import Image

from adapters.discord.buttons import TellMe
from adapters.discord.card import Scene, file
from adapters.discord.render import draw as draw_for_discord
from adapters.pictures.chart import draw_chart
from adapters.slack.button_values import AskQuestion, Rated
from adapters.slack.render import Extras
from adapters.slack.render import draw as draw_for_slack
from benchmarks.looks import discord_page, slack_page
from bot.operating.opening import open_assistant
from bot.port.charts import FILE, DrawnChart, chart_of
from bot.port.logbook import AnswerId
from bot.port.messages import Answer, Assistant, Help, Question
from bot.port.wishes import unanswered
from knowledge.library import EXAMPLE
from tests.bank import marking

_LINKED: Final = """
image: https://shows.example/art.png
links:
  youtube: https://www.youtube.com/watch?v=abcdefghijk
  spotify: https://open.spotify.com/episode/abcdefghijk
  audio: https://cdn.example.com/episode.mp3
"""
_RATED: Final = AnswerId("x" * 12)
_WIDTH: Final = 640
_COLOURS: Final = 64
"""Number of colours in a picture: enough for what is drawn, at a third of the bytes."""


@dataclass(frozen=True)
class Shown:
    """A question to show.

    Attributes:
        height: height of its pictures, in pixels.
        by_command: whether it is asked by command, so that only the answer shows it.
        shipped: whether to ask the shipped episode.
        example: whether to ask the example.
    """

    name: str
    question: str
    height: int
    by_command: bool = False
    shipped: bool = False
    example: bool = False


_SHOWN: Final = (
    Shown("found", "what did they say about sourdough?", 340, by_command=True),
    Shown("several", "what do they think of sensors?", 460),
    Shown("topic", "what about scaling laws?", 420, shipped=True),
    Shown("yes", "did anybody say “the map is not the railway”?", 400, by_command=True),
    Shown("nearly", "did anybody say “people that miss steam never washed their curtains”?", 420),
    Shown("no", "did Petra say “people who miss steam never washed the curtains”?", 430),
    Shown("nobody", "did they say “the moon is made of cheese”?", 310),
    Shown("person", "who is Lena Fischbach?", 240),
    Shown("count", "how often do they talk about rye?", 500),
    Shown("ranking", "who talks about bread most?", 420),
    Shown("unsure", "what are they burning now instead of coal?", 420),
    Shown("nothing", "quantum computing in brazil", 260),
    Shown("quote", "random quote", 380),
    Shown("two", "who hosts Branch Line, and what did they say about diesel?", 440),
    Shown("help", "help", 400),
    Shown("digest", "what is the episode about?", 400, example=True),
    Shown("readme", "wat did they say abuot swarms?", 400, example=True),
)


def main() -> int:
    """Write a page and a picture for each answer on each platform."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "looks"
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_write(folder))
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    for number, shown in enumerate(_SHOWN if browser else (), 1):
        for page in folder.glob(f"*-{number:02}-{shown.name}.html"):
            picture(str(browser), page, shown.height)
    print(f"{len(list(folder.glob('*.html')))} pages in {folder}", "" if browser else "and no Chromium for pictures")
    return 0


async def _write(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        talk = open_assistant(_linked(Path(place)), Path(place) / "cache")
        shipped, example = open_assistant(), open_assistant(EXAMPLE)
        for number, each in enumerate(_SHOWN, 1):
            asked = shipped if each.shipped else example if each.example else talk
            answer = await _answer(asked, each.question)
            stem = f"{number:02}-{each.name}"
            chart = await chart_of(answer, draw_chart)
            (folder / f"discord-{stem}.html").write_text(_in_discord(each, answer, chart), "utf-8")
            (folder / f"slack-{stem}.html").write_text(_in_slack(each, answer, chart), "utf-8")


async def _answer(assistant: Assistant, question: str) -> Answer:
    return await assistant.ask(Question(question))


def _linked(place: Path) -> Path:
    """Copy the library of invented shows, and give each episode a link."""
    library = Path(shutil.copytree(marking.TALK_LIBRARY, place / "library"))
    for path in library.glob("*/episode.yaml"):
        if "\nlinks:" not in (written := path.read_text("utf-8")):
            path.write_text(written + _LINKED, "utf-8")
    return library


def _in_discord(shown: Shown, answer: Answer, chart: DrawnChart | None) -> str:
    asked = shown.question if shown.by_command else None
    scene = Scene(1, rated=None if isinstance(answer, Help) else _RATED, cards=True, asked=asked)
    if chart is not None:
        scene = replace(scene, chart=file(chart.picture, FILE, chart.described))
    tell = TellMe("x" * 16) if unanswered(shown.question, answer) else None
    card = draw_for_discord(answer, scene, tell=tell)
    embeds = [dict(embed.to_dict()) for embed in card.embeds]
    buttons = card.view.to_components()
    command = "/ask" if asked else None
    picture = None if chart is None else chart.picture
    return discord_page.page(shown.question, card.content, embeds, buttons, command=command, picture=picture)


def _in_slack(shown: Shown, answer: Answer, chart: DrawnChart | None) -> str:
    extras = Extras(
        asked=shown.question if shown.by_command else None,
        asker="U1",
        rated=None if isinstance(answer, Help) else Rated(_RATED, shown.question),
        tell=AskQuestion(shown.question) if unanswered(shown.question, answer) else None,
        pictures=True,
        chart=chart,
    )
    message = draw_for_slack(answer, extras)
    blocks = message.chart.blocks("F1") if message.chart else message.blocks
    picture = None if chart is None else chart.picture
    return slack_page.page(shown.question, blocks, command="/ask" if extras.asked else None, picture=picture)


def picture(browser: str, page: Path, height: int, width: int = _WIDTH) -> None:
    """Save a picture of a page beside it."""
    file = page.with_suffix(".png").absolute()
    subprocess.run(  # noqa: S603 - the browser that `which` found, and a page of ours
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={width},{height}",
            f"--screenshot={file}",
            page.absolute().as_uri(),
        ],
        check=True,
        capture_output=True,
    )
    with Image.open(file) as taken:
        taken.quantize(_COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
