from __future__ import annotations

import pytest

from bot.port.wording import DELETE
from tests.fakes.assistant import SNOWBALL, NotingAssistant
from tests.fakes.slack_server import ANN, BEN, BOT, BOT_ID, CHANNEL, DIRECT, SlackServer, actions_of, error, words_of

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_mention_is_answered_in_its_thread(slack: SlackServer, assistant: NotingAssistant) -> None:
    mention = slack.mention("comets")

    await slack.deliver_acked(mention)
    [answer] = await slack.sent()

    assert answer.body["channel"] == CHANNEL
    assert answer.body["thread_ts"] == mention["event"]["ts"]
    assert [question.text for question in assistant.asked] == ["comets"]
    assert "A comet is a dirty snowball with a travel plan" in words_of(answer.body)


async def test_a_mention_in_a_thread_stays_there_and_belongs_to_its_conversation(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    for words in ("comets", "and tea?"):
        await slack.deliver_acked(slack.mention(words, {"thread_ts": "1.5"}))
    answers = await slack.sent(2)

    assert {answer.body["thread_ts"] for answer in answers} == {"1.5"}
    assert len({question.conversation for question in assistant.asked}) == 1
    assert assistant.asked[0].conversation is not None


async def test_two_mentions_in_a_channel_are_two_conversations(slack: SlackServer, assistant: NotingAssistant) -> None:
    await slack.deliver_acked(slack.mention("comets"))
    await slack.deliver_acked(slack.mention("tea"))
    await slack.sent(2)

    assert len({question.conversation for question in assistant.asked}) == 2


async def test_a_mention_and_nothing_else_gets_the_help(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.mention(""))
    [answer] = await slack.sent()

    assert "Who is the guest?" in answer.body["text"]


async def test_a_direct_message_is_answered_beside_it_and_is_one_conversation(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    await slack.deliver_acked(slack.direct("comets &amp; tea"))
    await slack.sent()
    await slack.deliver_acked(slack.direct("and?"))
    answers = await slack.sent(2)

    assert {answer.body["channel"] for answer in answers} == {DIRECT}
    assert not any("thread_ts" in answer.body for answer in answers)
    assert assistant.asked[0].text == "comets & tea"
    assert assistant.asked[0].conversation == assistant.asked[1].conversation is not None


async def test_the_assistant_pane_offers_topics_and_names_the_thread(slack: SlackServer) -> None:
    begun = {"user_id": ANN, "channel_id": DIRECT, "thread_ts": "7.1", "context": {}}
    await slack.deliver_acked(slack.event({"type": "assistant_thread_started", "assistant_thread": begun}))
    [prompts] = await slack.sent(1, "assistant.threads.setSuggestedPrompts")
    for words in ("comets", "and?"):
        await slack.deliver_acked(slack.direct(words, {"thread_ts": "7.1"}))
        await slack.sent(1, "assistant.threads.setTitle")
    answers = await slack.sent(2)

    assert [prompt["message"] for prompt in prompts.body["prompts"]] == ["Comets", "Solar eclipses"]
    assert {answer.body["thread_ts"] for answer in answers} == {"7.1"}
    assert not [call for call in slack.calls if call.method == "assistant.threads.setStatus"]  # it was quick
    assert [call.body["title"] for call in await slack.sent(1, "assistant.threads.setTitle")] == ["comets"]


async def test_an_answer_comes_even_where_a_thread_can_not_be_named(slack: SlackServer) -> None:
    slack.fail("assistant.threads.setTitle", error("internal_error"))

    await slack.deliver_acked(slack.direct("comets", {"thread_ts": "7.1"}))

    assert await slack.sent()


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
async def test_a_file_a_slash_me_and_what_is_also_sent_to_the_channel_are_answered(
    slack: SlackServer, assistant: NotingAssistant, subtype: str
) -> None:
    await slack.deliver_acked(slack.direct("comets", {"subtype": subtype, "files": [{"id": "F1"}]}))
    await slack.deliver_acked(slack.mention("<!subteam^S1|@hosts> oolong <!subteam^S2>", {"subtype": subtype}))
    await slack.sent(2)

    assert {question.text for question in assistant.asked} == {"comets", "oolong"}


async def test_messages_of_blocks_alone_are_answered(slack: SlackServer, assistant: NotingAssistant) -> None:
    words = {"type": "text", "text": " oolong"}
    for leaves in ([words], [{"type": "user", "user_id": BOT}, words, {"type": "usergroup", "usergroup_id": "S1"}]):
        line = {"type": "rich_text_section", "elements": leaves}
        blocks = {"text": "", "blocks": [{"type": "rich_text", "elements": [line]}]}
        told = slack.direct if len(leaves) == 1 else slack.mention
        await slack.deliver_acked(told("", blocks))
    await slack.sent(2)

    assert [question.text for question in assistant.asked] == ["oolong", "oolong"]


@pytest.mark.parametrize("words", ["is that true?", ""])
async def test_a_forwarded_message_is_what_is_asked_about(
    slack: SlackServer, assistant: NotingAssistant, words: str
) -> None:
    copy = {"is_share": True, "text": SNOWBALL.text, "author_id": BEN}
    await slack.deliver_acked(slack.direct(words, {"attachments": [copy], "thread_ts": "7.1"}))
    [answer] = await slack.sent()

    assert [question.about for question in assistant.asked] == [SNOWBALL.text]
    assert SNOWBALL.text in words_of(answer.body)


async def test_edits_bots_and_other_kinds_of_messages_are_left_alone(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    left_alone: tuple[dict[str, object], ...] = (
        {"subtype": "message_changed", "message": {"text": "comets"}},
        {"subtype": "bot_message", "bot_id": "B9"},
        {"bot_id": "B9"},
        {"bot_id": BOT_ID, "user": BOT},
        {"user": BOT},
        {"edited": {"user": ANN, "ts": "2"}},
        {"subtype": "channel_join"},
        {"user": None},
        {"hidden": True},
        {"text": None, "user": None},
    )
    for number, more in enumerate(left_alone):
        await slack.deliver_acked(slack.direct(f"comets {number}", more))
        await slack.deliver_acked(slack.mention(f"comets {number}", more))
    await slack.settle()

    assert assistant.asked == []
    assert [call.method for call in slack.calls if call.method.startswith("chat")] == []


async def test_a_mention_in_a_quotation_or_in_code_is_not_for_the_bot(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    mention = f"<@{BOT}> comets"
    for markup in (f"&gt; {mention}", f"look: `{mention}`", f"```\n{mention}\n```", f"```{mention} never closed"):
        await slack.deliver_acked(slack.mention("", {"text": markup}))
    await slack.settle()

    assert assistant.asked == []


async def test_a_message_in_a_channel_without_a_mention_is_not_for_the_bot(
    slack: SlackServer, assistant: NotingAssistant
) -> None:
    await slack.deliver_acked(slack.direct("comets", {"channel": CHANNEL, "channel_type": "channel"}))
    await slack.settle()

    assert assistant.asked == []


@pytest.mark.parametrize("event", [{"type": 5}, {}, 5])
async def test_an_event_that_does_not_say_what_it_is_is_acknowledged_without_a_word(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, event: object
) -> None:
    await slack.deliver_acked(slack.event({}) | {"event": event})
    await slack.deliver_acked(slack.mention("comets"))

    assert await slack.sent()
    assert "Traceback" not in caplog.text


async def test_events_that_are_not_for_us_are_acknowledged(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.event({"type": "assistant_thread_context_changed"}))
    await slack.deliver_acked(slack.event({"type": "reaction_added", "user": ANN}))

    assert [call.method for call in slack.calls if "chat" in call.method] == []


async def test_an_answer_can_be_deleted_by_an_admin(slack: SlackServer) -> None:
    slack.admins.add("U9")
    await slack.deliver_acked(slack.mention("comets"))
    [answer] = await slack.sent()
    delete = next(each for each in actions_of(answer.body) if each.get("text", {}).get("text") == DELETE)

    await slack.deliver_acked(slack.press(delete, slack.in_message(thread="1.5"), user="U9"))

    assert (await slack.sent(2))[1].body == {"delete_original": True}


async def test_an_answer_can_be_deleted_by_its_asker_and_by_nobody_else(slack: SlackServer) -> None:
    await slack.deliver_acked(slack.mention("comets"))
    [answer] = await slack.sent()
    delete = next(each for each in actions_of(answer.body) if each.get("text", {}).get("text") == DELETE)
    source = slack.in_message(thread="1.5")

    await slack.deliver_acked(slack.press(delete, source, user="U9"))
    refusal = (await slack.sent(2))[1]
    await slack.deliver_acked(slack.press(delete, source))
    deletion = (await slack.sent(3))[2]

    assert "Only the person who asked" in refusal.body["text"]
    assert deletion.body == {"delete_original": True}
