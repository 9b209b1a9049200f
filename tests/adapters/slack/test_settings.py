"""What is chosen for a workspace and its channels, and how its admins change it in the Home tab."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.slack.settings import changed
from bot.port import settings_words
from bot.port.messages import Help, Question
from bot.port.place_settings import EVERY_SHOW, Chosen, Reset, SettingsChange
from bot.port.state import State
from bot.port.wording import SHARE, full_label
from tests.adapters.slack.conftest import answering
from tests.bot.state.conftest import opened
from tests.fakes.assistant import COMETS, NIGHT_SKY, OOLONG, TEA_TIME, NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.slack_server import (
    ANN,
    BEN,
    CHANNEL,
    DIRECT,
    TEAM,
    SlackServer,
    actions_of,
    error,
    labels_of,
    words_of,
)

WHOLE, HERE = f"slack/{TEAM}", f"slack/{TEAM}/{CHANNEL}"


@pytest.fixture
async def state(slack: SlackServer, assistant: NotingAssistant) -> AsyncIterator[State]:
    """What the bot keeps that is connected."""
    slack.admins = {ANN}
    state = State()
    async with answering(slack, backend(assistant, state)):
        yield state


async def home_of(slack: SlackServer, user: str) -> dict[str, object]:
    await slack.deliver_acked(slack.event({"type": "app_home_opened", "user": user, "tab": "home"}))
    return dict((await slack.sent(1, "views.publish"))[0].body)


async def saved(slack: SlackServer, user: str = ANN, **picked: str) -> str:
    """Send the dialogue off, and return what it shows then."""
    values = {
        name: {name: {"value": value} if name in {"group", "zone"} else {"selected_option": {"value": value}}}
        for name, value in picked.items()
        if name != "channel"
    }
    values["channel"] = {"channel": {"selected_conversation": picked.get("channel")}}
    view = {"id": "V1", "type": "modal", "callback_id": "settings_dialogue", "state": {"values": values}}
    person = {"user": {"id": user}, "team": {"id": TEAM}, "trigger_id": slack.trigger()}
    await slack.deliver_acked(person | {"type": "view_submission", "view": view})
    return words_of((await slack.sent(1, "views.update"))[0].body["view"])


async def test_admins_see_in_their_home_tab_what_holds_and_why(slack: SlackServer, state: State) -> None:
    await state.place_settings.change(WHOLE, SettingsChange(show=TEA_TIME.show))

    shown = words_of(await home_of(slack, ANN))

    assert all(line in shown for line in settings_words.described(await state.place_settings.at(WHOLE), "workspace"))


async def test_admins_see_which_channels_have_something_of_their_own(slack: SlackServer, state: State) -> None:
    nothing = await home_of(slack, ANN)
    slack.forget()
    await state.place_settings.change(HERE, SettingsChange(show=TEA_TIME.show, off=True))
    for number in range(31):
        await state.place_settings.change(f"slack/{TEAM}/C9{number:08}", SettingsChange(feedback=False))
    shown = await home_of(slack, ANN)

    assert settings_words.ELSEWHERE not in words_of(nothing)
    assert ": Searched where a question names no other: Tea Time; Answering: off" in words_of(shown)
    assert "and in 2 more" in words_of(shown)


@pytest.mark.usefixtures("state")
async def test_others_see_nothing_of_it_nor_does_anybody_without_the_scope(slack: SlackServer) -> None:
    assert settings_words.TITLE not in words_of(await home_of(slack, BEN))

    slack.forget()
    slack.fail("users.info", error("missing_scope"))
    assert settings_words.TITLE not in words_of(await home_of(slack, ANN))


@pytest.mark.usefixtures("state")
async def test_the_button_opens_a_dialogue_with_the_library_s_shows(slack: SlackServer) -> None:
    [button] = [
        each
        for each in actions_of({"blocks": (await home_of(slack, ANN))["view"]["blocks"]})
        if each["action_id"] == "home_settings"
    ]
    await slack.deliver_acked(slack.press(button, slack.in_view("home")))

    assert TEA_TIME.show in words_of((await slack.sent(1, "views.open"))[0].body)


async def test_admins_choose_for_the_workspace_and_for_a_channel(slack: SlackServer, state: State) -> None:
    await saved(slack, show=TEA_TIME.show, answers="yes", feedback="no")
    slack.forget()
    shown = await saved(slack, channel=CHANNEL, show="-every", answering="no")

    settings = await state.place_settings.at(WHOLE, HERE)
    assert settings.whole == Chosen(TEA_TIME.show, private=True, feedback=False)
    assert settings.channel == Chosen(EVERY_SHOW, off=True)
    assert all(line in shown for line in settings_words.described(settings, "workspace"))


async def test_admins_choose_a_single_episode(slack: SlackServer, state: State) -> None:
    await state.place_settings.change(WHOLE, SettingsChange(show=NIGHT_SKY.show))
    typing = {
        "type": "block_suggestion",
        "user": {"id": ANN},
        "team": {"id": TEAM},
        "action_id": "episode",
        "value": "",
    }
    found = await slack.deliver_acked(typing | slack.in_view("modal"))
    shown = await saved(slack, channel=CHANNEL, episode=TEA_TIME.id)
    await state.place_settings.change(WHOLE, SettingsChange(show=NIGHT_SKY.id))
    slack.forget()
    home = words_of(await home_of(slack, ANN))

    assert {option["value"] for option in found["options"]} == {NIGHT_SKY.id, TEA_TIME.id}
    assert (await state.place_settings.at(WHOLE, HERE)).show == TEA_TIME.id
    assert f"names no other: {full_label(TEA_TIME)} (chosen for this channel)" in shown
    assert all(f"names no other: {full_label(each)}" in home for each in (NIGHT_SKY, TEA_TIME))
    assert not any(id in home + shown for id in (NIGHT_SKY.id, TEA_TIME.id))


async def test_an_episode_that_is_gone_is_shown_by_its_id(slack: SlackServer, state: State) -> None:
    await state.place_settings.change(WHOLE, SettingsChange(show="tea-99"))

    assert "names no other: tea-99 (chosen" in words_of(await home_of(slack, ANN))


async def test_a_dialogue_sent_by_somebody_else_changes_nothing(slack: SlackServer, state: State) -> None:
    assert "Only those who manage" in await saved(slack, BEN, answering="no")
    slack.forget()
    slack.fail("users.info", error("user_not_visible"))
    assert "doesn't tell me" in await saved(slack, ANN, answering="no")

    assert not (await state.place_settings.at(WHOLE)).off


def test_what_is_left_empty_is_left_as_it_is_and_usual_takes_back() -> None:
    assert changed({"show": "", "answers": ""}) == SettingsChange()
    assert changed({"show": "-usual", "answering": "-usual"}) == SettingsChange(show=Reset.AGAIN, off=Reset.AGAIN)


async def test_that_nothing_could_be_changed_is_said(slack: SlackServer, assistant: NotingAssistant) -> None:
    slack.admins = {ANN}
    async with opened("postgresql://x@127.0.0.1:1/x") as state, answering(slack, backend(assistant, state)):
        await slack.connected()
        assert settings_words.NOT_CHANGED in await saved(slack, answering="no")


async def test_the_show_that_is_chosen_is_asked_in_its_channel(
    slack: SlackServer, state: State, assistant: NotingAssistant
) -> None:
    await state.place_settings.change(HERE, SettingsChange(show=TEA_TIME.show))

    for name in ("/ask", "/quote"):
        await slack.deliver_acked(slack.command(name, "oolong"))
    await slack.sent(2)
    await slack.deliver_acked(slack.direct("oolong"))
    await slack.sent(1, "chat.postMessage")

    assert [question.scope.show for question in assistant.asked] == [TEA_TIME.show, None]
    assert [wanted.scope.show for wanted in assistant.wanted] == [TEA_TIME.show]


@pytest.mark.parametrize(("menu", "offered"), [("pick_topic", OOLONG.id), ("pick_episode", TEA_TIME.id)])
async def test_menus_find_what_is_of_the_show(slack: SlackServer, state: State, menu: str, offered: str) -> None:
    await state.place_settings.change(HERE, SettingsChange(show=TEA_TIME.show))

    typing = {"type": "block_suggestion", "user": {"id": ANN}, "team": {"id": TEAM}, "action_id": menu, "value": ""}
    found = await slack.deliver_acked(typing | slack.in_message())

    assert [option["value"] for option in found["options"]] == [offered]


async def test_commands_that_list_and_check_follow_the_show_too(slack: SlackServer, state: State) -> None:
    await state.place_settings.change(HERE, SettingsChange(show=TEA_TIME.show))

    shown = []
    for number, (name, typed) in enumerate(
        (("/episode", ""), ("/topics", ""), ("/verify", "three minutes, never four"))
    ):
        await slack.deliver_acked(slack.command(name, typed))
        shown.append(words_of((await slack.sent(number + 1))[number].body))

    card, topics, check = shown
    assert TEA_TIME.title in card
    assert COMETS.title not in topics
    assert TEA_TIME.topics[0].title in topics
    assert "Three minutes, never four" in check


@pytest.mark.parametrize(
    ("private", "typed", "seen_by"),
    [
        (True, "comets", "ephemeral"),
        (False, "comets", "in_channel"),
        (False, "comets --private", "ephemeral"),
        (True, "comets --public", "in_channel"),
    ],
)
async def test_commands_are_answered_as_is_chosen_unless_the_asker_says(
    slack: SlackServer, state: State, private: bool, typed: str, seen_by: str
) -> None:
    await state.place_settings.change(WHOLE, SettingsChange(private=private))

    await slack.deliver_acked(slack.command("/ask", typed))

    assert (await slack.sent())[0].body["response_type"] == seen_by


async def test_a_mention_is_answered_to_its_asker_alone_where_answers_are_private(
    slack: SlackServer, state: State
) -> None:
    await state.place_settings.change(HERE, SettingsChange(private=True))

    await slack.deliver_acked(slack.mention("comets"))
    [answer] = await slack.sent(1, "chat.postEphemeral")

    assert answer.body["user"] == ANN
    assert COMETS.summary in words_of(answer.body)
    assert labels_of(answer.body)[-1] == SHARE


async def test_where_it_is_off_commands_say_so_and_mentions_are_left_alone(
    slack: SlackServer, state: State, assistant: NotingAssistant
) -> None:
    await state.place_settings.change(HERE, SettingsChange(off=True))

    await slack.deliver_acked(slack.mention("comets"))
    for name, typed in (("/quote", ""), ("/overheard", "quiz")):
        await slack.deliver_acked(slack.command(name, typed))
    told = await slack.sent(2)

    assert {each.body["response_type"] for each in told} == {"ephemeral"}
    assert all(settings_words.OFF in words_of(each.body) for each in told)
    assert not assistant.asked


async def test_the_home_tab_and_the_assistant_pane_offer_what_the_workspace_is_about(
    slack: SlackServer, state: State
) -> None:
    await state.place_settings.change(WHOLE, SettingsChange(show=TEA_TIME.show))
    begun = {"user_id": BEN, "channel_id": DIRECT, "thread_ts": "7.1"}

    home = words_of(await home_of(slack, BEN))
    await slack.deliver_acked(slack.event({"type": "assistant_thread_started", "assistant_thread": begun}))
    [prompts] = await slack.sent(1, "assistant.threads.setSuggestedPrompts")

    assert TEA_TIME.title in home
    assert COMETS.title not in home
    assert [each["message"] for each in prompts.body["prompts"]] == ["Oolong"]


async def test_a_library_without_topics_is_offered_questions_for_the_assistant_pane(slack: SlackServer) -> None:
    begun = {"user_id": BEN, "channel_id": DIRECT, "thread_ts": "7.1"}
    assistant = NotingAssistant((replace(TEA_TIME, topics=()),))
    usual = await assistant.ask(Question(""))
    async with answering(slack, backend(assistant)):
        await slack.deliver_acked(slack.event({"type": "assistant_thread_started", "assistant_thread": begun}))
        [prompts] = await slack.sent(1, "assistant.threads.setSuggestedPrompts")

    assert isinstance(usual, Help)
    assert [each["message"] for each in prompts.body["prompts"]] == list(usual.examples[:4])
