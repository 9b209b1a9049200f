"""Charts as pictures: attached below the answer's words, shared with it, and text where no file may be attached."""

import io
import threading
from datetime import timedelta

import pytest
from PIL import Image

from adapters.pictures.chart import draw_chart
from bot.port.charts import FILE, DrawChart
from bot.port.messages import Chart
from bot.port.wording import SHARE
from tests.adapters.discord.stage import Json, config, staged, text_of
from tests.fakes.assistant import DESCRIBED, OVER_YEARS, PER_YEAR, NotingAssistant
from tests.fakes.discord_server import MAY_ATTACH, DiscordServer

pytestmark = pytest.mark.slow

drawn_on: list[int] = []


def draws(chart: Chart) -> bytes | None:
    drawn_on.append(threading.get_ident())
    return draw_chart(chart)


def breaks(_: Chart) -> bytes | None:
    raise OSError("cannot open resource")


def lacks_letters(_: Chart) -> bytes | None:
    return None


def server(permissions: str = MAY_ATTACH) -> DiscordServer:
    made = DiscordServer(guild_permissions=permissions)
    made.app_permissions = permissions
    return made


def pictures(message: Json) -> list[tuple[str, str]]:
    return [(each["filename"], each["description"]) for each in message["attachments"]]


async def test_a_chart_is_a_picture_below_the_answer_and_says_its_numbers_to_those_who_cannot_see_it() -> None:
    async with staged(NotingAssistant(OVER_YEARS), draw_chart=draws, server=server()) as stage:
        answer = await stage.server.mention(PER_YEAR)

        [file] = stage.server.files
        assert Image.open(io.BytesIO(file)).format == "PNG"
        assert pictures(answer) == [(FILE, DESCRIBED)]
        assert answer["content"] == "Episodes by year:"
        assert not answer["embeds"]
        assert drawn_on[-1] != threading.get_ident()


@pytest.mark.parametrize("draw", [None, breaks, lacks_letters])
async def test_a_chart_that_cannot_be_drawn_is_text(draw: DrawChart | None) -> None:
    async with staged(NotingAssistant(OVER_YEARS), draw_chart=draw, server=server()) as stage:
        answer = await stage.server.mention(PER_YEAR)

        assert "2023: 3" in text_of(answer)
        assert not pictures(answer)


async def test_where_the_bot_may_attach_no_files_the_chart_is_text() -> None:
    without = str(int(MAY_ATTACH) & ~(1 << 15))
    async with staged(NotingAssistant(OVER_YEARS), draw_chart=draws, server=server(without)) as stage:
        said = await stage.server.mention(PER_YEAR)
        by_command = await stage.server.slash("ask", question=PER_YEAR)

        assert "2023: 3" in text_of(said)
        assert "2023: 3" in text_of(by_command.shown)
        assert not stage.server.files


async def test_a_chart_is_shared_with_its_answer() -> None:
    async with staged(NotingAssistant(OVER_YEARS), draw_chart=draws, server=server()) as stage:
        answer = await stage.server.slash("ask", question=PER_YEAR, private=True)
        shared = await stage.click(answer.shown, SHARE)

        assert pictures(answer.shown) == pictures(shared.shown) == [(FILE, DESCRIBED)]
        assert len(set(stage.server.files)) == 1
        assert not shared.private


async def test_a_chart_that_is_gone_is_shared_in_words() -> None:
    async with staged(NotingAssistant(OVER_YEARS), draw_chart=draws, server=server()) as stage:
        answer = await stage.server.slash("ask", question=PER_YEAR, private=True)
        stage.server.keeps_files = False
        shared = await stage.click(answer.shown, SHARE)

        assert "2022: 2 episodes; 2023: 3 episodes" in text_of(shared.shown)
        assert not pictures(shared.shown)


@pytest.mark.parametrize("private", [True, False])
async def test_an_answer_that_takes_long_has_its_chart_too(private: bool) -> None:
    setup = config(patience=timedelta())
    async with staged(NotingAssistant(OVER_YEARS), setup, draw_chart=draws, server=server()) as stage:
        answer = await stage.server.slash("ask", question=PER_YEAR, private=private)
        await stage.server.until(lambda: private or answer.deleted)

        assert pictures(answer.shown) == [(FILE, DESCRIBED)]
