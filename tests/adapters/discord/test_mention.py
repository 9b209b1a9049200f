import pytest
from hypothesis import given

from adapters.discord.hearing import addressed, words
from tests.fakes.hostile import hostile_text

BOT = 42


@pytest.mark.parametrize(
    "content",
    [
        "<@42> what about comets?",
        "what about comets, <@!42>?",
        "> they said it\n<@42> did they?",
        "`code` <@42>",
        "```\ncode\n```\n<@42> what about it?",
        "a > b <@42>",
    ],
)
def test_a_mention_outside_of_quotations_and_code_is_for_the_bot(content: str) -> None:
    assert addressed(content, BOT)


@pytest.mark.parametrize(
    "content",
    [
        "> <@42> what about comets?\nhe asked",
        ">>> quoted\n<@42> to the end",
        "type `<@42> help` to ask",
        "``<@42> ` still code``",
        "```\n<@42> in a block\n```",
        "<@421> somebody else",
        "@everyone",
        "",
    ],
)
def test_a_quoted_or_coded_mention_is_not(content: str) -> None:
    assert not addressed(content, BOT)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<@42> what about comets?", "what about comets?"),
        ("<@42>", ""),
        ("does <@7> know <#8>, <@&9>?", "does Ann know general, Mods?"),
        ("comets <:kekw:123><a:spin:4>", "comets"),
        ("try </ask:99>", "try /ask"),
        ("> We should be careful\n<@42> did they say this?", "We should be careful\n  did they say this?"),
        ("<@99> gone", "gone"),
    ],
)
def test_the_words_are_those_people_read(content: str, said: str) -> None:
    assert words(content, BOT, {7: "Ann", 8: "general", 9: "Mods"}) == said


@given(hostile_text)
def test_any_text_can_be_read(content: str) -> None:
    addressed(content, BOT)
    words(content, BOT, {})
