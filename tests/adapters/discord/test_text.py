from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.text import defuse, fitted, link, plain, size
from tests.fakes.discord_rules import live
from tests.fakes.hostile import hostile_text

ZERO_WIDTH = "\u200b"


def shown(markup: str) -> str:
    """What a reader sees: escapes resolved, nothing of no width."""
    return "".join(markup.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\").split(ZERO_WIDTH))


@pytest.mark.parametrize(
    "trick",
    [
        "@everyone",
        "@here",
        "<@123456789012345678>",
        "<@!123456789012345678>",
        "<@&123456789012345678>",
        "<#123456789012345678>",
        "<:pepe:123456789012345678>",
        "<a:dance:123456789012345678>",
        "</ask:123456789012345678>",
        "<t:1700000000:R>",
        "<id:customize>",
        "https://evil.example",
        "HTTPS://EVIL.EXAMPLE",
        "discord.gg/abc",
        "discord.com/invite/abc",
        "<ann@example.com>",
        "@\u200beveryone",
        "@\u202eeveryone",
        "<\u200b@123456789012345678>",
        "discord.\u200bgg/abc",
    ],
)
@pytest.mark.parametrize("make", [defuse, plain])
def test_nothing_pings_links_or_becomes_an_emoji(trick: str, make: Callable[[str], str]) -> None:
    assert list(live(make(f"look {trick} there"))) == []


@pytest.mark.parametrize(
    "words",
    [
        "**bold**",
        "_so_",
        "~~no~~",
        "`code`",
        "||secret||",
        "[label](address)",
        "# head",
        "> quote",
        "- list",
        "-# small",
    ],
)
def test_markdown_is_shown_as_it_was_typed(words: str) -> None:
    made = defuse(words)

    assert made != words
    assert shown(made) == words


@pytest.mark.parametrize("words", ["1. first", "2026) second"])
def test_a_number_does_not_begin_a_list(words: str) -> None:
    assert defuse(words).replace(ZERO_WIDTH, "", 1) == words
    assert ZERO_WIDTH in defuse(words)


def test_every_line_is_defused() -> None:
    assert defuse("a\n# b\r\n> c\u2028- d") == "a\n\\# b\n\\> c\n\\- d"


def test_controls_directions_and_broken_letters_are_gone() -> None:
    assert plain("a\x00b\x1b[31mc\u202ed\ud800e\u00adf\tg\n h") == "ab[31mcd\ufffdef g h"


def test_words_that_need_nothing_stay_letter_for_letter() -> None:
    words = "It's 3:04 – “open source AI” (2026): 100% for researchers & developers; naïve, 中文, שלום, 👩\u200d🚀!"

    assert defuse(words) == words
    assert plain(words) == words


@given(hostile_text, st.integers(1, 300), st.sampled_from([plain, defuse]))
def test_cut_words_always_fit_and_are_always_harmless(text: str, limit: int, make: Callable[[str], str]) -> None:
    made = fitted(text, limit, make)

    assert size(made) <= limit
    assert list(live(made)) == []
    made.encode()


@given(hostile_text)
def test_no_backslash_is_left_without_something_to_escape(text: str) -> None:
    made = defuse(text)

    assert not made.replace("\\\\", "").endswith("\\")


def test_a_cut_comes_at_a_word_with_an_ellipsis() -> None:
    assert fitted("one two three, four", 16) == "one two three…"
    assert fitted("one two", 7) == "one two"
    assert fitted("incomprehensibilities", 8) == "incompr…"


def test_a_cut_never_parts_an_escape() -> None:
    assert fitted("a*b*c*d*e", 6, defuse) == "a\\*b…"


def test_the_size_counts_as_discord_does() -> None:
    assert size("a👩") == 3


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example/1?t=2s", "[1:02](https://a.example/1?t=2s)"),
        ("https://a.example/(x)<y> z", "[1:02](https://a.example/%28x%29%3Cy%3E%20z)"),
        ("https://a.example/@here/@ann", "[1:02](https://a.example/%40here/@ann)"),
        ("https://a.example/ü", "[1:02](https://a.example/%C3%BC)"),
        ("HTTPS://a.Example/X", "[1:02](https://a.Example/X)"),
        ("javascript:alert(1)", "1:02"),
        ("//a.example", "1:02"),
        ("https://", "1:02"),
        ("https://a.example/" + "x" * 400, "1:02"),
        (None, "1:02"),
    ],
)
def test_only_a_web_address_becomes_a_link_and_none_breaks_out_of_it(url: str | None, written: str) -> None:
    assert link("1:02", url) == written
