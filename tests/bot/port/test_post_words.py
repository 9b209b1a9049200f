"""What posts say."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.port.post_words import described, introduction, several, shown_of, unknown_zone
from bot.port.posting import Announcement
from bot.port.posts import Posting
from tests.fakes.assistant import NIGHT_SKY, TEA_TIME

HERE = "discord/1/2"


def test_what_is_posted_is_said_with_its_hours() -> None:
    all_of_it = Posting(HERE, datetime(2026, 3, 2, tzinfo=UTC), "", 9, digest=True, zone="Europe/Berlin")

    assert described(Posting(HERE)) == []
    assert described(all_of_it) == [
        "New episodes",
        "A quote every day at 9:00 (Europe/Berlin)",
        "What was asked, on Mondays at 9:00 (Europe/Berlin)",
    ]


def test_a_new_episode_is_introduced_by_who_is_in_it_and_what_it_is_about() -> None:
    assert introduction(Announcement(NIGHT_SKY, "Comets.", ())) == "The Night Sky #7\nComets."
    assert introduction(Announcement(TEA_TIME, "", ())) == "“Leaves and Water” (Tea Time), with Ada Ford"


def test_of_very_many_new_episodes_the_first_are_shown_and_the_others_counted() -> None:
    assert several((NIGHT_SKY,) * 5) == "5 new episodes"
    assert shown_of((NIGHT_SKY,) * 5) == ((NIGHT_SKY,) * 5, "")
    assert shown_of((NIGHT_SKY,) * 25) == ((NIGHT_SKY,) * 20, "and 5 more")


def test_a_time_zone_that_is_not_known_is_named() -> None:
    assert "“Mars”" in unknown_zone("Mars")
