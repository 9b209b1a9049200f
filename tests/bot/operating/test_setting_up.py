"""What the guided start asks, given what was answered; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pytest

from bot.operating.setting_up import LIBRARY, Done, Ending, ExistingSettings, lead
from bot.port.checks import Report

FINE = Done((Report("Token: fine."),))
WRONG = Done((Report("Token: not usable.", ("Copy it again.",)),))
IMPORTED = Done((Report("2 added."),), "/home/maya/library")
NO_FEED = Done((Report("That didn't work.", ("There is no feed.",)),), "/home/maya/library")
WRITTEN = Done((Report("Written."),))


@dataclass(frozen=True)
class Say:
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    question: str
    secret: bool = False


@dataclass(frozen=True)
class Import:
    source: str
    library: str
    show: str = ""


@dataclass(frozen=True)
class Check:
    platform: str
    given: Mapping[str, str]


@dataclass(frozen=True)
class Write:
    given: Mapping[str, str]


Step: TypeAlias = Say | Ask | Import | Check | Write


class Scripted:
    """Hands of somebody who gives these answers and then Enter alone, whose work comes to these results."""

    example = "/usr/lib/overheard/example"

    def __init__(self, answers: Sequence[str], work: Sequence[Done]) -> None:
        self.steps: list[Step] = []
        self.typed, self.done = list(answers), list(work)

    def say(self, *lines: str) -> None:
        self.steps.append(Say(lines))

    def ask(self, question: str, *, secret: bool = False) -> str:
        self.steps.append(Ask(question, secret))
        return self.typed.pop(0) if self.typed else ""

    def missing(self, source: str) -> str:
        return f"{source} isn't there." if source == "nowhere" else ""

    def fetch(self, source: str, library: str, show: str) -> Done:
        return self._worked(Import(source, library, show))

    def check(self, platform: str, given: Mapping[str, str]) -> Done:
        return self._worked(Check(platform, given))

    def write(self, given: Mapping[str, str]) -> Done:
        return self._worked(Write(given))

    def _worked(self, step: Step) -> Done:
        self.steps.append(step)
        return self.done.pop(0)


def led(*answers: str, known: ExistingSettings | None = None, work: Sequence[Done] = ()) -> tuple[list[Step], Ending]:
    hands = Scripted(answers, work)
    ending = lead(known or ExistingSettings(), hands)
    assert not hands.typed
    assert not hands.done
    return hands.steps, ending


def given(steps: Sequence[Step]) -> Mapping[str, str]:
    """Return what is to be written."""
    return next((step.given for step in steps if isinstance(step, Write)), {})


def said(steps: Sequence[Step]) -> str:
    return "\n".join(line for step in steps if isinstance(step, Say) for line in step.lines)


def questions(steps: Sequence[Step]) -> list[Ask]:
    return [step for step in steps if isinstance(step, Ask)]


def test_who_passes_over_everything_changes_nothing_and_may_ask() -> None:
    steps, ending = led()

    assert not [step for step in steps if not isinstance(step, Say | Ask)]
    assert len(questions(steps)) == 4
    assert ending == Ending(start=True)


def test_a_podcast_is_imported_and_its_library_written_down() -> None:
    steps, ending = led("https://feeds.example.com/hive", "", work=[IMPORTED, WRITTEN])

    assert Import("https://feeds.example.com/hive", "library") in steps
    assert given(steps) == {LIBRARY: "/home/maya/library"}
    assert ending == Ending(start=True, library="/home/maya/library")


def test_who_has_no_podcast_yet_may_try_the_example() -> None:
    steps, ending = led("example", work=[WRITTEN])

    assert given(steps) == {LIBRARY: "/usr/lib/overheard/example"}
    assert ending == Ending(start=True, library="/usr/lib/overheard/example")


def test_a_wrong_feed_is_told_and_asked_for_again() -> None:
    steps, _ = led("htps://hive", "hive", "transcripts", "Hive Talk", work=[NO_FEED, IMPORTED, WRITTEN])

    assert "There is no feed." in said(steps)
    assert [step for step in steps if isinstance(step, Import)] == [
        Import("htps://hive", "hive"),
        Import("transcripts", "hive", "Hive Talk"),
    ]


def test_the_import_can_be_typed_again_without_what_is_secret_in_it() -> None:
    known = ExistingSettings(program=".venv/bin/overheard")

    by_feed, _ = led("https://me:s3cret@feeds.example.com/hive", "", known=known, work=[IMPORTED, WRITTEN])
    by_folder, _ = led("'our words'", "", "", known=known, work=[IMPORTED, WRITTEN])

    assert "s3cret" not in said(by_feed)
    assert ".venv/bin/overheard import 'our words' --library library" in said(by_folder)


@pytest.mark.parametrize(("replace", "named"), [("y", False), ("n", True)])
def test_a_library_that_the_settings_dont_name_is_named_where_it_is_served(replace: str, *, named: bool) -> None:
    known = ExistingSettings({LIBRARY: "/home/maya/old"})
    written = [] if named else [WRITTEN]

    steps, _ = led(
        "feed.xml", "", "", "", "", replace, *([] if named else [""]), "n", known=known, work=[IMPORTED, *written]
    )

    assert said(steps).endswith("overheard run --library /home/maya/library" if named else "overheard run")


def test_a_source_that_isnt_there_is_told_before_anything_else_is_asked() -> None:
    steps, ending = led("nowhere", "feed.xml", "", "", work=[IMPORTED, WRITTEN])

    assert "nowhere isn't there." in said(steps)
    assert [each.question for each in questions(steps)][:3] == [
        "Your podcast's feed, or a folder of transcripts (Enter skips)",
        "Your podcast's feed, or a folder of transcripts (Enter skips)",
        "Folder to keep its episodes in [library]",
    ]
    assert ending.library == IMPORTED.folder


def test_a_wrong_feed_can_be_given_up() -> None:
    steps, ending = led("htps://hive", "", "", work=[NO_FEED])

    assert given(steps) == {}
    assert ending.library is None


def test_a_token_is_asked_for_in_secret_checked_at_once_and_written() -> None:
    steps, _ = led("", "MTA.abc", work=[FINE, WRITTEN])

    assert Ask("Discord's bot token (Enter skips)", secret=True) in steps
    assert Check("discord", {"DISCORD_TOKEN": "MTA.abc"}) in steps
    assert given(steps) == {"DISCORD_TOKEN": "MTA.abc"}
    assert questions(steps)[-1].question.startswith("Start it in Discord now?")
    assert "MTA.abc" not in said(steps)


def test_a_refused_token_is_asked_for_again() -> None:
    steps, _ = led("", "MTA.old", "", "MTA.new", work=[WRONG, FINE, WRITTEN])

    assert given(steps) == {"DISCORD_TOKEN": "MTA.new"}


@pytest.mark.parametrize(("choice", "kept"), [("keep", {"DISCORD_TOKEN": "MTA.abc"}), ("skip", {})])
def test_a_token_that_cant_be_checked_is_kept_or_left_out_as_one_likes(choice: str, kept: Mapping[str, str]) -> None:
    steps, _ = led("", "MTA.abc", choice, work=[WRONG, *([WRITTEN] if kept else [])])

    assert given(steps) == kept


def test_slack_is_checked_with_both_its_tokens() -> None:
    steps, _ = led("", "", "xoxb-1", "xapp-1", work=[FINE, WRITTEN])

    assert Check("slack", {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}) in steps


def test_what_is_missing_beside_a_token_that_is_there_is_asked_for() -> None:
    steps, _ = led("", "", "", "xapp-1", known=ExistingSettings({"SLACK_BOT_TOKEN": "xoxb-1"}), work=[FINE, WRITTEN])

    assert given(steps) == {"SLACK_APP_TOKEN": "xapp-1"}


@pytest.mark.parametrize(("answer", "written"), [("", {}), ("n", {}), ("yes", {"DISCORD_TOKEN": "MTA.new"})])
def test_nothing_that_is_there_is_replaced_unless_one_says_so(answer: str, written: Mapping[str, str]) -> None:
    known = ExistingSettings({"DISCORD_TOKEN": "MTA.old"})

    steps, _ = led("", "MTA.new", "", answer, known=known, work=[FINE, *([WRITTEN] if written else [])])

    assert given(steps) == written


def test_what_is_there_already_is_not_written_again() -> None:
    steps, _ = led("", "MTA.abc", known=ExistingSettings({"DISCORD_TOKEN": "MTA.abc"}), work=[FINE])

    assert given(steps) == {}


def test_what_the_environment_sets_is_not_asked_for() -> None:
    steps, _ = led(known=ExistingSettings(environment={"DISCORD_TOKEN"}))

    assert not [each for each in questions(steps) if each.question.startswith("Discord's")]
    assert "the environment sets DISCORD_TOKEN" in said(steps)


def test_who_doesnt_want_it_written_is_told_how_to_do_it_by_hand() -> None:
    steps, ending = led("", "MTA.abc", "", "n", "n", work=[FINE])

    assert given(steps) == {}
    assert "put DISCORD_TOKEN into .env" in said(steps)
    assert "overheard run" in said(steps)
    assert not ending.start


def test_a_platform_whose_token_wasnt_written_is_not_offered_to_start() -> None:
    full = Done((Report("That didn't work.", ("No space left on device",)),))

    steps, _ = led("", "MTA.abc", work=[FINE, full])

    assert "No space left on device" in said(steps)
    assert questions(steps)[-1].question.startswith("Ask it something now?")
