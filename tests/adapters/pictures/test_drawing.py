"""Cards as people see them: by what is on them, and against small copies of pictures that were looked at."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageStat

from adapters.pictures.art import SIDE, small
from adapters.pictures.card import CardTexts, card_of
from adapters.pictures.colours import Colour, colour_of
from adapters.pictures.drawing import PAPER, draw, draw_evidence
from bot.port.cards import NO_WORDS, TOO_LONG, NotDrawn, Shape, lacking
from tests.fakes.assistant import PASSAGE, SNOWBALL, STEEP, evidence
from tests.fakes.hostile import hostile_text

GOLDEN = Path(__file__).parent / "golden"
THUMBNAIL = {Shape.WIDE: (60, 32), Shape.SQUARE: (48, 48)}
ALIKE = 1.5
"""Levels of grey of 255 by which thumbnails may differ on average: another FreeType smooths otherwise."""

SHORT = CardTexts(
    "Learn it for the taste, even if you never sell a leaf.",
    "Ada Ford",
    "Leaves and Water",
    "#42: Why oolong is neither",
    "54:12",
    colour_of("Leaves and Water"),
)
LONG = replace(SHORT, words="I think that the kettle is the thing that people are afraid of at first. " * 4)
CARDS = {
    "short": SHORT,
    "long": replace(LONG, words=LONG.words.strip()),
    "bare": CardTexts("Ναι. Да. Yes.", "", "Ω", "", "", (0, 90, 140)),
}


NAVY, ORANGE = (24, 40, 90), (230, 120, 40)


def art(colour: Colour = ORANGE, form: str = "PNG") -> bytes:
    """Make the picture of a show: a disc on a dark ground."""
    written = io.BytesIO()
    made = Image.new("RGB", (900, 600), NAVY if colour == ORANGE else colour)
    ImageDraw.Draw(made).ellipse((225, 0, 675, 600), colour)
    made.save(written, form)
    return written.getvalue()


def small_art(colour: Colour = ORANGE) -> bytes:
    made = small(art(colour))
    assert made is not None
    return made


def picture(drawn: bytes | NotDrawn) -> Image.Image:
    assert isinstance(drawn, bytes), drawn
    return Image.open(io.BytesIO(drawn))


def thumbnail(drawn: bytes | NotDrawn, shape: Shape) -> Image.Image:
    return picture(drawn).convert("L").resize(THUMBNAIL[shape], Image.Resampling.BOX)


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("name", CARDS)
def test_a_card_looks_as_it_did_when_it_was_judged(name: str, shape: Shape) -> None:
    golden = GOLDEN / f"{name}-{shape.name.lower()}.png"

    drawn = thumbnail(draw(CARDS[name], shape), shape)

    assert ImageStat.Stat(ImageChops.difference(drawn, Image.open(golden))).mean[0] < ALIKE


@pytest.mark.parametrize("other", [replace(SHORT, words="Do."), replace(SHORT, speaker=""), replace(SHORT, time="")])
def test_another_card_looks_different(other: CardTexts) -> None:
    drawn, without = (picture(draw(card, Shape.WIDE)).convert("L") for card in (SHORT, other))

    assert ImageChops.difference(drawn, without).getbbox() is not None


@settings(max_examples=15)
@given(st.builds(CardTexts, *[st.text(max_size=60) | hostile_text] * 5, st.just((90, 0, 0))), st.sampled_from(Shape))
def test_whatever_stands_on_a_card_it_is_a_picture_of_its_size_or_a_sentence(card: CardTexts, shape: Shape) -> None:
    drawn = draw(card, shape)

    assert drawn.text if isinstance(drawn, NotDrawn) else picture(drawn).size == shape.value


@settings(max_examples=15)
@given(st.text(st.sampled_from("aZж Ω.-é“\n\u200d\ufe0f\u0301"), max_size=3000), st.sampled_from(Shape))
def test_whatever_was_said_it_is_a_picture_of_its_size_or_a_sentence(words: str, shape: Shape) -> None:
    said = replace(PASSAGE, text=words, speaker=words[::-1], episode=replace(PASSAGE.episode, title=words, show=words))

    drawn = draw_evidence(said, shape)

    assert drawn.text if isinstance(drawn, NotDrawn) else picture(drawn).size == shape.value


@pytest.mark.parametrize(
    "letter", ["🎉", "漢", "ש", "ل", "\ue000", "\ud800", "\U0010ffff"], ids=lambda letter: f"U+{ord(letter):04X}"
)
def test_a_letter_that_the_font_lacks_is_named_and_no_box_is_drawn(letter: str) -> None:
    assert draw(replace(SHORT, words=f"so {letter} it is"), Shape.WIDE) == lacking(letter)


def test_a_letter_that_is_lacking_in_a_name_is_named_too() -> None:
    assert draw(replace(SHORT, speaker="漢", episode="字"), Shape.WIDE) == lacking("漢字")


@pytest.mark.parametrize("words", ["Über die Straße, ça va, Łódź, Tiếng Việt", "Ξεσκεπάζω", "Съешь ещё, їжак, ђак"])
def test_latin_greek_and_cyrillic_letters_are_drawn(words: str) -> None:
    assert picture(draw(replace(SHORT, words=words), Shape.WIDE)).size == (1200, 630)


def test_words_that_would_be_too_small_are_refused() -> None:
    assert [draw(replace(SHORT, words="word " * count), Shape.WIDE) for count in (300, 5_000)] == [
        NotDrawn(TOO_LONG)
    ] * 2


def test_no_words_are_no_picture() -> None:
    assert draw_evidence(replace(PASSAGE, text="\u200d \n"), Shape.WIDE) == NotDrawn(NO_WORDS)


def test_a_word_that_no_line_holds_is_broken() -> None:
    assert picture(draw(replace(SHORT, words="w" * 150), Shape.SQUARE)).size == (1080, 1080)


def test_names_that_no_line_holds_are_cut() -> None:
    long = replace(SHORT, speaker="Ada " * 900, show="Tea " * 900, episode="Leaf " * 900)

    assert picture(draw(long, Shape.WIDE)).size == (1200, 630)


def test_a_card_names_who_where_and_when() -> None:
    said = evidence(SNOWBALL)

    assert card_of(said) == CardTexts(
        SNOWBALL.text, "", "The Night Sky", "#7: Comets & Eclipses", "1:02:03", colour_of("The Night Sky")
    )
    assert card_of(evidence(STEEP)).speaker == "Ada Ford"
    assert card_of(evidence(STEEP)).episode == "Leaves and Water"


def test_a_title_that_says_no_more_than_the_number_is_left_out() -> None:
    said = replace(evidence(SNOWBALL), episode=replace(PASSAGE.episode, title="The Night Sky 7"))

    assert card_of(said).episode == "#7"


def test_a_time_that_is_worked_out_says_so_and_line_ends_are_spaces() -> None:
    assert (card_of(PASSAGE).time, card_of(PASSAGE).words) == ("around 3:04", "So you look up, and there it is.")
    assert card_of(replace(PASSAGE, start=None)).time == ""
    assert PASSAGE.start == timedelta(minutes=3, seconds=4)


def luminance(colour: Colour) -> float:
    """As WCAG 2 reckons it."""
    shares = [part / 255 for part in colour]
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(colour: Colour) -> float:
    return (luminance(PAPER) + 0.05) / (luminance(colour) + 0.05)


def pixel(image: Image.Image, place: tuple[int, int]) -> Colour:
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def test_a_show_has_its_own_colour_that_can_be_read_on_paper() -> None:
    names = ["Go Time", "Tea Time", "\ud800", *(f"Show {number}" for number in range(200))]
    colours = {colour_of(name) for name in names}

    assert len(colours) > 150
    assert colour_of("TEA TIME") == colour_of("Tea Time")
    assert min(contrast(colour) for colour in colours) > 4.5


@pytest.mark.parametrize("shape", Shape)
def test_the_picture_of_the_show_stands_beside_its_name_as_it_did_when_that_was_judged(shape: Shape) -> None:
    golden = GOLDEN / f"art-{shape.name.lower()}.png"
    pictured = replace(PASSAGE, episode=replace(PASSAGE.episode, image="https://hive.example/art.png"))

    drawn = draw(SHORT, shape, small_art())

    assert ImageStat.Stat(ImageChops.difference(thumbnail(drawn, shape), Image.open(golden))).mean[0] < ALIKE
    assert draw_evidence(pictured, shape, {"https://hive.example/art.png": small_art()}.get) != draw_evidence(
        pictured, shape, {}.get
    )


def test_a_card_is_in_the_colour_that_stands_out_in_the_picture_and_a_grey_one_leaves_the_show_s_own() -> None:
    stripe = (2, 2)
    warm, grey = (picture(draw(SHORT, Shape.WIDE, small_art(each))) for each in (ORANGE, (90, 92, 94)))
    red, green, blue = pixel(warm, stripe)

    assert red > green > blue
    assert contrast((red, green, blue)) > 4.5
    assert pixel(grey, stripe) == SHORT.colour


@settings(max_examples=15)
@given(st.binary(max_size=300) | st.integers(0, 400).map(lambda cut: art()[:cut]))
def test_whatever_comes_for_a_picture_it_is_a_small_one_or_none(content: bytes) -> None:
    made = small(content)

    assert made is None or picture(made).size == (SIDE, SIDE)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_are_read_in_the_formats_that_feeds_have(form: str) -> None:
    made = small(art(form=form))

    assert made is not None
    assert picture(made).size == (SIDE, SIDE)


def test_a_picture_that_would_fill_the_memory_is_none() -> None:
    written = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(written, "PNG")

    assert small(written.getvalue()) is None


def test_what_is_clear_in_a_picture_is_white_on_the_card() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(written, "PNG")
    made = small(written.getvalue())

    assert made is not None
    assert pixel(picture(made), (9, 9)) == (255, 255, 255)
