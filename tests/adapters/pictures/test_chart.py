"""Charts as people see them: by what is on them, and by their size whatever is on them."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from adapters.pictures.chart import WIDTH, draw_chart
from adapters.pictures.drawing import PAPER
from bot.port.charts import beside_its_picture, described
from bot.port.messages import Bar, Chart, Fact
from tests.fakes.hostile import hostile_text

_HIGHEST = 2_400
"""Of forty rows under a title of two lines, in pixels."""

_words = st.text(max_size=300) | hostile_text | st.text(st.sampled_from("aZж Ω.-é“\n\u200d\ufe0f\u0301"), max_size=300)
_sizes = st.integers(0, 10**12).map(float) | st.floats(0, 1e300) | st.just(0.0)
_bars = st.lists(st.builds(Bar, _words, _sizes, st.text(max_size=20), _words), min_size=1, max_size=40)


def chart(sizes: Sequence[int], *, over_time: bool = True, label: str = "{}") -> Chart:
    bars = (Bar(label.format(2000 + at), size, f"{size:,}", f"{size:,} times") for at, size in enumerate(sizes))
    return Chart("“rust”: times per episode", tuple(bars), over_time=over_time)


def picture(drawn: bytes | None) -> Image.Image:
    assert drawn is not None
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def ink(image: Image.Image, colour: tuple[int, int, int]) -> list[int]:
    """Count the pixels of a colour in each column of pixels."""
    loaded = image.load()
    assert loaded is not None
    return [sum(loaded[x, y] == colour for y in range(image.height)) for x in range(image.width)]


@settings(max_examples=40, deadline=None)
@given(_words, _bars, st.booleans())
def test_whatever_is_counted_it_is_a_picture_of_bounded_size_or_none(
    title: str, bars: list[Bar], over_time: bool
) -> None:
    drawn = draw_chart(Chart(title, tuple(bars), over_time=over_time))

    if drawn is not None:
        width, height = picture(drawn).size
        assert width == WIDTH
        assert 100 < height < _HIGHEST


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=40),
    st.booleans(),
    st.sampled_from(["{}", "May {}", "Ann Lee the {}th"]),
)
def test_numbers_with_plain_labels_are_always_drawn_with_an_empty_margin(
    sizes: list[int], over_time: bool, label: str
) -> None:
    drawn = picture(draw_chart(chart(sizes, over_time=over_time, label=label)))

    corners = [(0, 0), (WIDTH - 1, 0), (0, drawn.height - 1), (WIDTH - 1, drawn.height - 1)]
    assert all(drawn.getpixel(each) == PAPER for each in corners)
    edge = drawn.crop((WIDTH - 4, 0, WIDTH, drawn.height))
    assert edge.getcolors() == [(4 * drawn.height, PAPER)]


def test_a_column_is_as_high_as_its_number() -> None:
    bars = (38, 112, 140)
    high = sorted(set(ink(picture(draw_chart(chart((10, 20, 40)))), bars)))

    assert high[-1] == pytest.approx(230, abs=8)
    assert {round(each / high[-1] * 40) for each in high if each > 40} >= {10, 20, 40}


def test_a_row_is_as_long_as_its_number() -> None:
    drawn = picture(draw_chart(chart((40, 20, 10), over_time=False)))
    lengths = [sum(drawn.getpixel((x, y)) == (38, 112, 140) for x in range(WIDTH)) for y in (135, 185, 235)]

    assert lengths[0] == pytest.approx(2 * lengths[1], abs=6)
    assert lengths[1] == pytest.approx(2 * lengths[2], abs=6)


@pytest.mark.parametrize("label", ["漢字", "🎉", "\ue000", "\ud800"])
def test_what_the_font_has_no_letters_for_is_not_drawn(label: str) -> None:
    assert draw_chart(chart((1, 2, 3), label=label)) is None


def test_a_chart_is_described_with_every_number() -> None:
    assert described(chart((1, 1_234))) == "Bar chart. “rust”: times per episode: 2000: 1 times; 2001: 1,234 times."


def test_beside_its_picture_a_statement_leaves_out_the_bars_alone() -> None:
    lines = "2000 █ 1\n2001 ██ 2"
    drawn = Fact(f"It comes up twice.\n{lines}", (), chart=Chart("", chart((1, 2)).bars, lines))
    in_words = Fact("Ann says it most.", (), chart=Chart("", chart((1, 2)).bars))

    assert beside_its_picture(drawn).text == "It comes up twice."
    assert beside_its_picture(in_words) == in_words
