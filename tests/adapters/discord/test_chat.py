"""Asking in chat: mentions, replies, direct messages, threads; and what is left alone."""

import re
from dataclasses import replace
from datetime import timedelta

import discord
import pytest

from adapters.discord import refusals
from bot.port import wording
from bot.port.limits import Rate
from bot.port.wording import DELETE
from tests.adapters.discord.stage import Stage, config, labels, staged, text_of
from tests.fakes.assistant import COMETS, SNOWBALL, BrokenAssistant
from tests.fakes.busy import BusyAssistant
from tests.fakes.discord_server import ANN, BOB, BOT, CHANNEL, GUILD, WHEN, direct

pytestmark = pytest.mark.slow

ME = f"<@{BOT}>"
HOST = "who hosts The Night Sky?"


async def test_a_mention_is_answered_with_a_reply_to_the_question(stage: Stage) -> None:
    question = await stage.server.say(f"{ME} comtes")
    answer = await stage.server.answer_to(question)

    assert answer["message_reference"]["message_id"] in {question["id"], int(question["id"])}
    assert answer["embeds"][0]["title"] == COMETS.title
    assert "> A **comet** is a dirty snowball with a travel plan\n— The Night Sky #7" in text_of(answer)
    assert "Understood as “comets”" in text_of(answer)
    assert labels(answer) == ["▶ 1:02:03", "5 more", DELETE]


async def test_a_mention_with_nothing_else_gets_the_help(stage: Stage) -> None:
    answer = await stage.server.mention("")

    assert "- Who is the guest?" in text_of(answer)


async def test_a_reply_to_the_bot_needs_no_mention_in_its_words(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    reply = await stage.server.say(HOST, reply_to=answer)

    assert "Mia Stone" in text_of(await stage.server.answer_to(reply))
    assert await stage.heard() == ["comets", HOST]


async def test_a_reply_that_pings_nobody_comes_without_words_and_is_left_alone(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    await stage.server.say("", reply_to=answer, mentions=[])

    assert await stage.heard() == ["comets"]


async def test_a_reply_to_somebody_else_that_quotes_the_bot_is_left_alone(stage: Stage) -> None:
    theirs = await stage.server.say("hm", member=BOB)
    await stage.server.say(f"> {ME} comets\nlol", reply_to=theirs)

    assert await stage.heard() == []


async def test_a_chain_of_replies_is_one_conversation_and_another_question_is_not(stage: Stage) -> None:
    answer = await stage.server.mention("comets")
    answer = await stage.server.mention(HOST, member=BOB, reply_to=answer)
    await stage.server.mention("rice", reply_to=answer)
    await stage.server.mention("comets")

    first, second, third, other = (question.conversation for question in stage.assistant.asked)
    assert first == second == third
    assert other not in (None, first)


async def test_a_reply_to_a_command_s_answer_goes_on_with_it(stage: Stage) -> None:
    result = await stage.server.slash("ask", question="comets")
    await stage.server.mention("rice", reply_to=result.shown)

    first, second = (question.conversation for question in stage.assistant.asked)
    assert first == second


SAID = SNOWBALL.text


@pytest.mark.parametrize(("asked", "answered"), [("is that true?", "word for word"), ("", COMETS.summary)])
async def test_a_mention_in_reply_to_somebody_is_about_their_words(stage: Stage, asked: str, answered: str) -> None:
    theirs = await stage.server.say(SAID, member=BOB)

    assert answered in text_of(await stage.server.mention(asked, reply_to=theirs))


async def test_words_that_discord_does_not_show_with_a_reply_are_looked_up(stage: Stage) -> None:
    theirs = await stage.server.say(SAID, member=BOB)
    answer = await stage.server.mention("is that true?", reply_to=theirs | {"content": ""})

    assert "word for word" in text_of(answer)


async def test_words_that_discord_shows_nowhere_are_asked_for(stage: Stage) -> None:
    theirs = await stage.server.say("", member=BOB)
    pointing, whole = [await stage.server.mention(asked, reply_to=theirs) for asked in ("is that true?", "comets")]

    assert "I can't see the message you replied to" in text_of(pointing)
    assert COMETS.summary in text_of(whole)


async def test_what_is_forwarded_in_a_direct_message_is_asked(stage: Stage) -> None:
    copy = {"message": {"type": 0, "content": "comets", "embeds": [], "attachments": [], "timestamp": WHEN, "flags": 0}}
    place = {"type": 1, "message_id": "77", "channel_id": str(CHANNEL), "guild_id": str(GUILD)}
    forwarded = {"message_snapshots": [copy | {"message": copy["message"] | {"edited_timestamp": None}}]}
    sent = await stage.server.say("", channel=direct(ANN), message_reference=place, **forwarded)

    assert COMETS.summary in text_of(await stage.server.answer_to(sent))


async def test_a_direct_message_is_a_question_and_one_conversation(stage: Stage) -> None:
    for words in ("comets", "rice"):
        answer = await stage.server.answer_to(await stage.server.say(words, channel=direct(ANN)))
        assert answer["channel_id"] == str(direct(ANN))

    assert await stage.heard() == ["comets", "rice"]
    first, second, *_ = (question.conversation for question in stage.assistant.asked)
    assert first == second


async def test_a_thread_is_one_conversation_for_all_in_it(stage: Stage) -> None:
    thread = await stage.server.add_thread()
    answer = await stage.server.mention("comets", channel=thread)
    await stage.server.mention("rice", channel=thread, member=BOB)

    first, second = (question.conversation for question in stage.assistant.asked)
    assert first == second
    assert answer["channel_id"] == str(thread)


async def test_what_is_not_said_to_the_bot_is_left_alone(stage: Stage) -> None:
    for text in (
        "comets",
        "@everyone comets",
        "@here comets",
        f"> {ME} comets\nhe said",
        f"try `{ME} comets`",
        f"```\n{ME} comets\n```",
        "<@123456789012345678> comets",
    ):
        await stage.server.say(text)

    assert await stage.said() == []
    assert await stage.heard() == []


async def test_who_mentions_the_bot_s_role_is_told_once_how_to_be_heard(stage: Stage) -> None:
    theirs = await stage.server.add_role("mods")
    mine = await stage.server.add_role("Overheard", tags={"bot_id": str(BOT)})
    for role in (theirs, mine, mine):
        await stage.server.say("", mention_roles=[str(role)])

    (told,) = await stage.said()
    assert "the one marked APP" in text_of(told)
    assert await stage.heard() == []


async def test_bots_webhooks_and_the_system_are_left_alone_and_the_bot_by_itself(stage: Stage) -> None:
    robot = {"id": "1000035", "username": "robot", "discriminator": "0", "avatar": None, "bot": True}
    await stage.server.say(f"{ME} comets", author=robot)
    await stage.server.say(f"{ME} comets", webhook_id="1000045")
    await stage.server.say(f"{ME} comets", member=BOT)
    await stage.server.say("comets", channel=direct(ANN), type=discord.MessageType.call.value)

    assert await stage.heard() == []
    assert await stage.said() == []


async def test_where_embeds_are_not_allowed_the_answer_is_plain_text(stage: Stage) -> None:
    quiet = await stage.server.add_channel(denied=discord.Permissions(embed_links=True).value)
    answer = await stage.server.mention("comtes", channel=quiet)

    assert answer["embeds"] == []
    assert answer["content"].startswith(f"**Comets**\n{COMETS.summary}")
    assert "\n-# Understood as “comets”" in answer["content"]
    assert labels(answer) == ["▶ 1:02:03", "5 more", DELETE]


async def test_where_the_history_can_t_be_read_the_answer_is_no_reply(stage: Stage) -> None:
    blind = await stage.server.add_channel(denied=discord.Permissions(read_message_history=True).value)
    await stage.server.say(f"{ME} comets", channel=blind)

    (answer,) = await stage.said()
    assert answer["channel_id"] == str(blind)
    assert "message_reference" not in answer


async def test_where_the_bot_may_not_write_the_asker_is_told_once_in_private(stage: Stage) -> None:
    silent = await stage.server.add_channel(denied=discord.Permissions(send_messages=True).value)
    for _ in range(2):
        await stage.server.say(f"{ME} comets", channel=silent)
    await stage.server.until(lambda: stage.server.messages != [])

    (told,) = await stage.said()
    assert told["channel_id"] == str(direct(ANN))
    assert "“Send Messages”" in text_of(told)


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (403, 50013, refusals.NOT_ALLOWED),
        (403, 50001, refusals.NOT_ALLOWED),
        (403, 77, refusals.NOT_ALLOWED),
        (400, 160005, refusals.LOCKED),
        (400, 50083, refusals.LOCKED),
        (400, 200000, refusals.MODERATED),
        (429, 20016, refusals.SLOWED),
    ],
)
async def test_what_discord_refuses_is_told_once_in_private(stage: Stage, status: int, code: int, words: str) -> None:
    refusal = {"code": code, "message": "no"}
    for member in (ANN, ANN, BOB):
        stage.server.fail("POST", f"/channels/{CHANNEL}/messages", status, refusal)
        await stage.server.say(f"{ME} comets", member=member)
    await stage.server.until(lambda: len(stage.server.messages) > 1)

    told = await stage.said()
    assert [each["channel_id"] for each in told] == [str(direct(ANN)), str(direct(BOB))]
    assert {text_of(each) for each in told} == {words}


async def test_an_apology_that_is_refused_comes_in_private(stage: Stage) -> None:
    refusal = {"code": 50035, "message": "Invalid Form Body"}
    stage.server.fail("POST", f"/channels/{CHANNEL}/messages", 400, refusal, times=2)
    await stage.server.say(f"{ME} comets")
    await stage.server.until(lambda: stage.server.messages != [])

    (told,) = await stage.said()
    assert told["channel_id"] == str(direct(ANN))
    assert text_of(told).startswith("Sorry, something went wrong on my side.")


async def test_of_many_who_ask_too_much_in_a_channel_one_is_told() -> None:
    async with staged(setup=replace(config(), per_channel=Rate(2, timedelta(minutes=1)))) as stage:
        for member in range(2_000_000, 2_000_006):
            await stage.server.say(f"{ME} comets", member=member)
        await stage.server.until(lambda: len(stage.server.messages) > 2)
        await stage.close_the_doors()

    assert sum("Please try again in" in text_of(each) for each in stage.server.messages) == 1


async def test_a_question_deleted_meanwhile_is_not_answered_and_nothing_is_made_of_it(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    gone = {"code": 50035, "message": "Invalid Form Body\nIn message_reference: Unknown message"}
    stage.server.fail("POST", f"/channels/{CHANNEL}/messages", 400, gone)
    await stage.server.say(f"{ME} comets")

    assert await stage.said() == []
    assert await stage.heard() == ["comets"]
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


async def test_who_asks_too_much_is_told_once_how_long_to_wait() -> None:
    an_hour_each = Rate(4, timedelta(hours=4))
    async with staged(setup=replace(config(), per_member=an_hour_each)) as stage:
        for _ in range(7):
            await stage.server.say(f"{ME} comets")

        await stage.server.until(lambda: len(stage.server.messages) >= 5)  # they may overtake each other
        told = [text_of(each) for each in await stage.said()]
        assert await stage.heard() == ["comets"] * 4

    (seconds,) = (int(number) for words in told for number in re.findall(r"try again in (\d+) seconds", words))
    assert len(told) == 5
    assert 3000 < seconds <= 3600


async def test_a_failure_is_told_kindly_with_a_reference_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with staged(BrokenAssistant()) as stage:
        answer = await stage.server.mention("boom")

    assert text_of(answer).startswith("Sorry, something went wrong on my side.")
    reference = text_of(answer).rsplit(" ", 1)[-1].rstrip(".")
    assert f"an answer failed (reference {reference})" in caplog.text
    assert "the index is on fire" in caplog.text
    assert "on fire" not in text_of(answer)


async def test_while_the_bot_leaves_it_answers_what_is_under_way_and_asks_once_to_be_asked_again() -> None:
    assistant = BusyAssistant()
    async with staged(assistant, config(patience=timedelta(milliseconds=20))) as stage:
        async with assistant.held():
            under_way = await stage.server.say(f"{ME} comets")
            await stage.server.until(lambda: any(each.path.endswith("/typing") for each in stage.server.requests))
            await stage.close_the_doors()
            for _ in range(2):
                await stage.server.say(f"{ME} oolong")
            await stage.server.until(lambda: stage.server.messages != [])
        assert COMETS.title in text_of(await stage.server.answer_to(under_way))

    told, answer = stage.server.messages
    assert text_of(told) == wording.RESTARTING
    assert COMETS.title in text_of(answer)
