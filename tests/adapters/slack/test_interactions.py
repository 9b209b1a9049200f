from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.slack.button_values import encode
from adapters.slack.commands import COMMANDS, Verb
from bot.port.messages import ConversationId, ItemId, QuoteFilter, Scope
from bot.port.presentation import InContext
from bot.port.wording import DELETE, SHARE
from tests.adapters.slack.conftest import submission
from tests.fakes.assistant import COMETS, NIGHT_SKY, ON_COMETS, SNOWBALL, SPACE, STEEP, TEA, NotingAssistant
from tests.fakes.slack_server import (
    ANN,
    BEN,
    CHANNEL,
    DIRECT,
    TEAM,
    SlackServer,
    actions_of,
    button,
    error,
    hook_refused,
    offered_in,
    picked,
    words_of,
)

pytestmark = pytest.mark.usefixtures("bot")

NEARLY = "a comet is a dirty ice ball with a travel plan"


async def answer_to(slack: SlackServer, name: str, words: str = "", *, nth: int = 1) -> dict[str, object]:
    """Use a slash command and return what comes back."""
    await slack.deliver_acked(slack.command(name, words))
    return dict((await slack.sent(nth))[nth - 1].body)


def labels(body: dict[str, object]) -> list[str]:
    return [each["text"]["text"] for each in actions_of(body) if each["type"] == "button"]


# Slash commands


async def test_ask_answers_only_the_asker_who_may_share_it(slack: SlackServer) -> None:
    answer = await answer_to(slack, "/ask", "comets")

    assert answer["response_type"] == "ephemeral"
    assert labels(answer) == ["▶ 1:02:03", "5 more", "Share"]
    assert offered_in(answer) == ["Solar eclipses", "Oolong"]


async def test_commands_of_one_person_in_a_channel_follow_on_from_each_other(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    for nth, (user, words) in enumerate(((ANN, "comets"), (ANN, "tell me more"), (BEN, "tell me more")), 1):
        await slack.deliver_acked(slack.command("/ask", words, user=user))
        await slack.sent(nth)
    first, second, other = (question.conversation for question in assistant.asked)

    assert first == second == ConversationId(f"slack/{TEAM}/{ANN}/{CHANNEL}")
    assert other != first


async def test_a_shared_answer_is_the_same_one_for_everybody_with_its_question(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    answer = await answer_to(slack, "/ask", "comets")

    await slack.deliver_acked(slack.press(button(answer, "Share"), slack.in_message(private=True)))
    _, shared, dismissed = await slack.sent(3)

    assert shared.body["response_type"] == "in_channel"
    assert "Asked: comets" in words_of(shared.body)
    assert COMETS.summary in words_of(shared.body)
    assert labels(dict(shared.body))[-1] == DELETE
    assert dismissed.body == {"delete_original": True}
    assert [question.text for question in assistant.asked] == ["comets", "comets"]


async def test_ask_in_public_shows_question_and_answer_to_everybody(slack: SlackServer) -> None:
    answer = await answer_to(slack, "/ask", "who hosts The Night Sky? --public")

    assert answer["response_type"] == "in_channel"
    assert "Asked: who hosts The Night Sky?" in words_of(answer)
    assert labels(answer)[-1] == DELETE


@pytest.mark.parametrize("words", ["cheese --public", "green hobby --public", "--public"])
async def test_what_is_no_answer_stays_private_even_if_asked_in_public(slack: SlackServer, words: str) -> None:
    answer = await answer_to(slack, "/ask", words)

    assert answer["response_type"] == "ephemeral"
    assert "Share" not in labels(answer)


async def test_ask_can_be_kept_to_one_episode(slack: SlackServer, assistant: NotingAssistant) -> None:
    await answer_to(slack, "/ask", "comets --episode eclipses")

    assert assistant.asked[0].scope.episode == SPACE


async def test_an_episode_that_is_not_there_is_named(slack: SlackServer, assistant: NotingAssistant) -> None:
    answer = await answer_to(slack, "/ask", "comets --episode &lt;!channel&gt;")

    assert "I don't know an episode called “&lt;\u2060!channel&gt;”" in str(answer["text"])
    assert assistant.asked == []


async def test_quote_is_public_and_another_one_follows_it(slack: SlackServer, assistant: NotingAssistant) -> None:
    answer = await answer_to(slack, "/quote", "--speaker Ada Ford")
    assert answer["response_type"] == "in_channel"
    assert STEEP.text in words_of(answer)

    await slack.deliver_acked(slack.press(button(answer, "Another quote"), slack.in_message()))
    another = (await slack.sent(2))[1].body

    assert another["response_type"] == "in_channel"
    first, second = assistant.wanted
    assert first == second == QuoteFilter(None, Scope(speaker="Ada Ford"), first.conversation)
    assert first.conversation is not None


async def test_another_quote_in_a_thread_stays_there(slack: SlackServer) -> None:
    answer = await answer_to(slack, "/quote")

    await slack.deliver_acked(slack.press(button(answer, "Another quote"), slack.in_message(thread="1.5")))

    assert (await slack.sent(2))[1].body["thread_ts"] == "1.5"


async def test_a_private_quote_can_be_shared_as_just_that_quote(slack: SlackServer, assistant: NotingAssistant) -> None:
    answer = await answer_to(slack, "/quote", "minutes --private")
    assert answer["response_type"] == "ephemeral"

    await slack.deliver_acked(slack.press(button(answer, "Share"), slack.in_message(private=True)))
    await slack.sent(2)

    assert assistant.opened[0][0] == (STEEP.id,)


@pytest.mark.parametrize("command", ["/topics", "/episode"])
async def test_what_everybody_sees_has_a_bin_and_what_one_sees_can_be_shared(slack: SlackServer, command: str) -> None:
    alone = await answer_to(slack, command)
    public = await answer_to(slack, command, "--public", nth=2)

    assert labels(alone)[-1] == SHARE
    assert labels(public)[-1] == DELETE


async def test_topics_lists_them_and_a_pick_opens_one(slack: SlackServer, assistant: NotingAssistant) -> None:
    answer = await answer_to(slack, "/topics")
    [menu, share] = actions_of(answer)
    assert menu["options"][0]["value"] == COMETS.id
    assert share["text"]["text"] == "Share"

    pick = {"type": "static_select", "action_id": menu["action_id"], "selected_option": menu["options"][0]}
    await slack.deliver_acked(slack.press(pick, slack.in_message(private=True)))
    opened = (await slack.sent(2))[1].body

    assert assistant.opened[0][0] == (COMETS.id,)
    assert (opened["response_type"], opened["replace_original"]) == ("ephemeral", False)
    assert "Share" in labels(dict(opened))
    assert COMETS.summary in words_of(opened)
    assert "The Night Sky #7" in words_of(opened)


async def test_topics_of_one_episode(slack: SlackServer) -> None:
    answer = await answer_to(slack, "/topics", "tea")

    assert "Oolong" in words_of(answer)
    assert "Comets" not in words_of(answer)


async def test_episode_shows_the_newest_one_and_offers_the_others(slack: SlackServer) -> None:
    answer = await answer_to(slack, "/episode")

    assert "Comets & Eclipses" in words_of(answer)
    assert [each["type"] for each in actions_of(answer)] == ["static_select", "external_select", "button"]
    pick = {"action_id": actions_of(answer)[1]["action_id"], "selected_option": {"value": TEA}}
    await slack.deliver_acked(slack.press(pick, slack.in_message(private=True)))
    assert "Leaves and Water" in words_of((await slack.sent(2))[1].body)


async def test_a_shared_card_is_the_card(slack: SlackServer) -> None:
    answer = await answer_to(slack, "/episode", "tea")

    await slack.deliver_acked(slack.press(button(answer, "Share"), slack.in_message(private=True)))
    shared = (await slack.sent(2))[1].body

    assert shared["response_type"] == "in_channel"
    assert "Leaves and Water" in words_of(shared)


async def test_verify_says_what_differs(slack: SlackServer) -> None:
    answer = await answer_to(slack, "/verify", NEARLY)

    assert "It's “snowball”, not “ice ball”" in words_of(answer)
    assert "Share" in labels(answer)


@pytest.mark.parametrize("words", ["", "help"])
async def test_overheard_is_the_help_and_names_the_other_commands(slack: SlackServer, words: str) -> None:
    shown = words_of(await answer_to(slack, "/overheard", words))

    assert "Who is the guest?" in shown
    assert all(command.name in shown for command in COMMANDS if command.verb is not Verb.HELP)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("ask comets", "dirty snowball"),
        ("quote travel plan", "travel plan"),
        ("topics", "Oolong"),
        ("episode tea", "Ada Ford"),
    ],
)
async def test_overheard_takes_the_other_commands(slack: SlackServer, words: str, shown: str) -> None:
    assert shown in words_of(await answer_to(slack, "/overheard", words))


async def test_a_command_that_the_workspace_renamed_still_answers(slack: SlackServer) -> None:
    assert "dirty snowball" in words_of(await answer_to(slack, "/podcast", "ask comets"))


# Buttons


async def test_a_topic_close_by_opens_in_the_thread_of_a_public_answer(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    await slack.deliver_acked(slack.mention("comets", {"thread_ts": "1.5"}))
    [answer] = await slack.sent()

    await slack.deliver_acked(slack.press(picked(answer.body, "Oolong"), slack.in_message(thread="1.5"), user="U9"))
    opened = (await slack.sent(2))[1]

    assert opened.method == "chat.postMessage"
    assert opened.body["thread_ts"] == "1.5"
    assert assistant.opened == [((ItemId("tea-time-1/topic/oolong"),), assistant.asked[0].conversation)]


async def test_a_public_answer_outside_of_threads_gets_a_thread(slack: SlackServer, assistant: NotingAssistant) -> None:
    answer = await answer_to(slack, "/ask", "comets --public")
    source = slack.in_message()

    await slack.deliver_acked(slack.press(button(answer, "5 more"), source))
    more = (await slack.sent(2))[1]

    assert (more.body["channel"], more.body["thread_ts"]) == (CHANNEL, source["message"]["ts"])
    assert sum(quote.text in words_of(more.body) for quote in ON_COMETS) == 5
    assert str(assistant.opened[0][1]).endswith(source["message"]["ts"])


async def test_what_was_said_around_and_what_is_only_heard(slack: SlackServer) -> None:
    around = {"type": "button", "action_id": "around", "value": encode(InContext(SNOWBALL.id))}
    heard = {"type": "button", "action_id": "listen", "value": "listen"}

    await slack.deliver_acked(slack.press(heard, slack.in_message(private=True)))
    await slack.deliver_acked(slack.press(around, slack.in_message(private=True)))

    [told] = await slack.sent()
    assert "no transcript of The Night Sky #7" in words_of(dict(told.body))


async def test_a_button_works_where_the_bot_is_no_member(slack: SlackServer) -> None:
    answer = await answer_to(slack, "/ask", "comets --public")
    slack.fail("chat.postMessage", error("not_in_channel"))
    source = slack.in_message()

    await slack.deliver_acked(slack.press(picked(answer, "Oolong"), source))
    opened = (await slack.sent(2))[1]

    assert (opened.method, opened.body["response_type"]) == ("hook", "in_channel")
    assert opened.body["thread_ts"] == source["message"]["ts"]


async def test_a_button_in_a_direct_message_is_answered_there(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.direct("comets"))
    [answer] = await slack.sent()

    await slack.deliver_acked(slack.press(picked(answer.body, "Oolong"), slack.in_message(channel=DIRECT)))

    opened = (await slack.sent(2))[1].body
    assert opened["channel"] == DIRECT
    assert "thread_ts" not in opened


async def test_what_a_button_points_at_may_be_gone(slack: SlackServer) -> None:
    press = {"type": "button", "action_id": "open:0", "value": '{"items":["gone/topic/gone"]}'}

    await slack.deliver_acked(slack.press(press, slack.in_message(private=True)))

    assert "isn't in the library any more" in (await slack.sent())[0].body["text"]


@pytest.mark.parametrize("action", ["open:0", "share", "more", "pick_topic", "another", "rate"])
async def test_a_button_of_another_version_is_excused_privately(slack: SlackServer, action: str) -> None:
    press = {"type": "button", "action_id": action, "value": "" if action == "pick_topic" else "v0"}

    await slack.deliver_acked(slack.press(press, slack.in_message()))
    [excuse] = await slack.sent()

    assert excuse.body["response_type"] == "ephemeral"
    assert "older message" in excuse.body["text"]


async def test_a_message_that_cannot_be_deleted_is_told_of(slack: SlackServer) -> None:
    slack.fail("hook", hook_refused("cant_delete_message"))
    slack.fail("chat.delete", error("cant_delete_message"))
    press = {"type": "button", "action_id": "delete", "value": ANN}

    await slack.deliver_acked(slack.press(press, slack.in_message()))

    assert "wouldn't let me delete" in (await slack.sent())[0].body["text"]


# Shortcuts, the dialogue, the Home tab


async def test_ask_overheard_on_a_message_answers_whoever_used_it(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    await slack.deliver_acked(slack.shortcut("ask_this", words="comets"))
    [answer] = await slack.sent()

    assert answer.body["response_type"] == "ephemeral"
    assert assistant.asked[0].text == "comets"


async def test_a_reply_that_is_asked_about_is_answered_in_its_thread(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.shortcut("ask_this", words="comets", thread="1.5"))

    assert (await slack.sent())[0].body["thread_ts"] == "1.5"


async def test_did_they_say_this_checks_the_message(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.shortcut("verify_this", words=NEARLY))

    assert "snowball" in words_of((await slack.sent())[0].body)


async def test_the_global_shortcut_takes_a_question_and_answers_in_the_dialogue(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    await slack.deliver_acked(slack.shortcut("ask_privately"))
    [opened] = await slack.sent(1, "views.open")
    answer = await slack.deliver_acked(submission(slack, "comets", SPACE))

    assert opened.body["view"]["callback_id"] == "ask_dialogue"
    assert answer["response_action"] == "update"
    assert "dirty snowball" in words_of(answer)
    assert (assistant.asked[0].text, assistant.asked[0].scope.episode) == ("comets", SPACE)


async def test_a_button_in_the_dialogue_changes_the_dialogue(slack: SlackServer) -> None:
    answer = await slack.deliver_acked(submission(slack, "comets"))

    await slack.deliver_acked(slack.press(picked(answer, "Oolong"), slack.in_view("modal")))
    [updated] = await slack.sent(1, "views.update")

    assert "neither green nor black" in words_of(updated.body)


async def test_no_dialogue_has_a_picture_for_which_slack_could_refuse_it(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    assistant.gets((replace(NIGHT_SKY, image="https://sky.example/art.png"),))

    answer = await slack.deliver_acked(submission(slack, "random quote"))

    assert NIGHT_SKY.show in words_of(answer)
    assert "art.png" not in str(answer)


@pytest.mark.parametrize("kind", ["modal", "home"])
async def test_an_answer_that_no_dialogue_takes_goes_to_the_person(slack: SlackServer, kind: str) -> None:
    slack.fail("views.update", error("not_found"))
    slack.fail("views.open", error("expired_trigger_id"))
    pick = {"action_id": "pick_topic", "selected_option": {"value": COMETS.id}}

    await slack.deliver_acked(slack.press(pick, slack.in_view(kind)))
    [instead] = await slack.sent()

    assert instead.body["channel"] == ANN
    assert COMETS.summary in words_of(instead.body)


async def test_too_late_for_a_dialogue_the_bot_writes_to_the_person(slack: SlackServer) -> None:
    slack.fail("views.open", error("expired_trigger_id"))

    await slack.deliver_acked(slack.shortcut("ask_privately"))
    [instead] = await slack.sent()

    assert instead.body["channel"] == ANN
    assert "too long to open" in instead.body["text"]


@pytest.mark.parametrize(
    ("action", "typed", "values"),
    [
        ("pick_topic", "com", [COMETS.id]),
        ("pick_episode", "lea", [TEA]),
        ("within", "", [SPACE, TEA]),
        ("within", "zzz", []),
    ],
)
async def test_menus_find_what_is_typed(slack: SlackServer, action: str, typed: str, values: list[str]) -> None:
    suggestion = {"type": "block_suggestion", "user": {"id": ANN}, "action_id": action, "value": typed}

    found = await slack.deliver_acked(suggestion)

    assert [option["value"] for option in found["options"]] == values


async def test_home_shows_how_to_ask_a_quote_and_what_the_library_holds(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.event({"type": "app_home_opened", "user": ANN, "tab": "home"}))
    [home] = await slack.sent(1, "views.publish")

    shown = words_of(home.body)
    for words in ("/ask", "The Night Sky", "Tea Time", "Comets & Eclipses", "Solar eclipses"):
        assert words in shown
    assert home.body["user_id"] == ANN


async def test_the_messages_tab_is_not_the_home_tab(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.event({"type": "app_home_opened", "user": ANN, "tab": "messages"}))
    await slack.settle()

    assert "views.publish" not in [call.method for call in slack.calls]


async def test_home_shows_another_quote_on_request(slack: SlackServer, assistant: NotingAssistant) -> None:
    press = {"type": "button", "action_id": "home_another", "value": "x"}

    await slack.deliver_acked(slack.press(press, slack.in_view("home")))

    await slack.sent(1, "views.publish")
    assert len(assistant.wanted) == 1


async def test_home_opens_a_question_and_a_topic_in_a_dialogue(slack: SlackServer, assistant: NotingAssistant) -> None:
    ask = {"type": "button", "action_id": "home_ask", "value": "ask"}
    pick = {"action_id": "pick_topic", "selected_option": {"value": COMETS.id}}

    await slack.deliver_acked(slack.press(ask, slack.in_view("home")))
    await slack.sent(1, "views.open")
    await slack.deliver_acked(slack.press(pick, slack.in_view("home")))
    question, _ = await slack.sent(2, "views.open")
    [topic] = await slack.sent(1, "views.update")

    assert question.body["view"]["callback_id"] == "ask_dialogue"
    assert COMETS.summary in words_of(topic.body)
    assert assistant.opened[0][0] == (COMETS.id,)
