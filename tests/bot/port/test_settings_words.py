"""What is said about the settings of a place."""

from __future__ import annotations

import pytest

from bot.port import post_words
from bot.port.place_settings import EVERY_SHOW, USUAL, Chosen, PlaceSettings, Reset, SettingsChange, SettingsStore
from bot.port.posts import PostingChange
from bot.port.settings_words import CHANNEL_ALONE, described, save, show_meant, shows, unknown_show
from bot.port.state import State
from tests.fakes.assistant import NIGHT_SKY, TEA_TIME, NotingAssistant


def test_what_holds_is_said_with_where_it_was_chosen() -> None:
    settings = PlaceSettings(Chosen("Hive Talk", private=True, feedback=False), Chosen(private=False, off=True))

    assert described(settings, "server") == [
        "Searched where a question names no other: Hive Talk (chosen for the whole server)",
        "Answers: for everybody (chosen for this channel)",
        "Answering: off (chosen for this channel)",
        "Buttons that rate an answer: off (chosen for the whole server)",
    ]


def test_where_nothing_is_chosen_everything_is_as_usual() -> None:
    assert all(line.endswith("(as usual)") for line in described(USUAL, "workspace"))


def test_answers_for_the_asker_alone_are_said_to_be() -> None:
    assert "for the asker alone" in described(PlaceSettings(Chosen(private=True)), "server")[1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" tea time", TEA_TIME.show),
        (TEA_TIME.id, TEA_TIME.id),
        ("Every show", EVERY_SHOW),
        ("as usual", Reset.AGAIN),
        ("tea", None),
        ("", None),
    ],
)
async def test_a_show_is_meant_by_its_whole_name_and_an_episode_by_its_id(
    typed: str, meant: str | Reset | None
) -> None:
    assert await show_meant(typed, NotingAssistant()) == meant


def test_a_show_that_is_not_known_is_named() -> None:
    assert "“cheese”" in unknown_show("cheese")


async def test_each_show_of_the_library_is_listed_once() -> None:
    assert sorted(await shows(NotingAssistant())) == sorted({NIGHT_SKY.show, TEA_TIME.show})


async def test_a_change_of_nothing_changes_nothing() -> None:
    store = SettingsStore()
    await store.change("discord/1", SettingsChange())

    assert not SettingsChange().changes
    assert await store.at("discord/1") == USUAL


@pytest.mark.parametrize(
    ("channel", "posting", "told"),
    [
        ("discord/1/2", "no such zone", "no such zone"),
        ("discord/1/2", PostingChange(announces=True), post_words.NOT_KEPT),
        (None, PostingChange(), CHANNEL_ALONE),
        ("discord/1/2", PostingChange(), None),
    ],
)
async def test_nothing_is_changed_where_a_part_of_it_cannot_be(
    channel: str | None, posting: PostingChange | str, told: str | None
) -> None:
    state, change = State(), SettingsChange(off=True, unmentioned=True)

    assert await save(state, {"discord/1": change}, channel, posting) == told
    assert (await state.place_settings.at("discord/1")).off is (told is None)
