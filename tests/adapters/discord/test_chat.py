"""Asking in chat: mentions, replies, direct messages, threads; and what is left alone."""

from datetime import timedelta

import discord
import pytest
from simcord.enums import MessageType

from bot.port import wording
from bot.port.messages import NotFound, Question
from tests.adapters.discord.stage import SCRIPT, Stage, config, labels, staged, text_of
from tests.fakes.assistant import HELP, ScriptedAssistant

pytestmark = pytest.mark.slow


async def test_a_mention_is_answered_with_a_reply_to_the_question(stage: Stage) -> None:
    question = await stage.ann.send(stage.general, f"{stage.me} comets")

    (answer,) = stage.said
    assert answer.reference is not None
    assert answer.reference.message_id == question.id
    assert answer.embeds[0].title == "Comets"
    assert "> A comet is a dirty snowball with a travel plan\n> — speaker not named · The Night Sky #7" in text_of(
        answer
    )
    assert "[1:02:03](https://sky.example/7?t=3723)" in text_of(answer)
    assert "around 3:04" in text_of(answer)
    assert "Understood as “comets”" in text_of(answer)
    assert labels(answer) == ["Solar eclipses", "Oolong", "More evidence", "Delete"]


async def test_nobody_is_pinged_by_an_answer(stage: Stage) -> None:
    await stage.mention("comets")

    body = stage.env.http_requests[-1].json
    assert body["allowed_mentions"] == {"parse": []}


async def test_a_mention_with_nothing_else_gets_the_help(stage: Stage) -> None:
    answer = await stage.mention("")

    assert HELP.text in text_of(answer)
    assert "- What about comets?" in text_of(answer)


async def test_likely_meanings_are_buttons(stage: Stage) -> None:
    answer = await stage.mention("dirty tea")

    assert labels(answer) == ["Comets", "Oolong", "Delete"]


async def test_not_found_offers_what_the_notes_do_cover(stage: Stage) -> None:
    answer = await stage.mention("rice")

    assert "The notes don't mention that." in text_of(answer)
    assert labels(answer) == ["Comets", "Oolong", "Delete"]


async def test_a_reply_to_the_bot_needs_no_mention_in_its_words(stage: Stage) -> None:
    answer = await stage.mention("comets")
    await stage.ann.send(stage.general, "who is the host", reply_to=answer)

    assert stage.assistant.asked[-1].text == "who is the host"
    assert "Mia Stone" in text_of(stage.said[-1])


async def test_a_reply_that_pings_nobody_comes_without_words_and_is_left_alone(stage: Stage) -> None:
    answer = await stage.mention("comets")
    reply = await stage.ann.send(stage.general, "who is the host", reply_to=answer)
    asked = len(stage.assistant.asked)

    await stage.deliver(reply, mentions=[], content="")

    assert len(stage.assistant.asked) == asked


async def test_a_reply_to_somebody_else_that_quotes_the_bot_is_left_alone(stage: Stage) -> None:
    theirs = await stage.bob.send(stage.general, "hm")
    reply = await stage.ann.send(stage.general, f"> {stage.me} comets\nlol", reply_to=theirs)

    await stage.deliver(reply, mentions=[stage.myself])

    assert stage.assistant.asked == []


async def test_a_chain_of_replies_is_one_conversation_and_another_question_is_not(stage: Stage) -> None:
    answer = await stage.mention("comets")
    await stage.bob.send(stage.general, f"{stage.me} who is the host", reply_to=answer)
    await stage.ann.send(stage.general, f"{stage.me} rice", reply_to=stage.said[-1])
    await stage.mention("comets")

    first, second, third, other = (question.conversation for question in stage.assistant.asked)
    assert first == second == third
    assert other not in (None, first)


async def test_a_reply_to_a_command_s_answer_goes_on_with_it(stage: Stage) -> None:
    result = await stage.ann.slash(stage.general, "ask", question="comets")
    assert result.response is not None
    await stage.ann.send(stage.general, f"{stage.me} rice", reply_to=result.response)

    first, second = (question.conversation for question in stage.assistant.asked)
    assert first == second


async def test_a_direct_message_is_a_question_and_one_conversation(stage: Stage) -> None:
    user = stage.ann.user
    await user.send_dm("comets")
    await user.send_dm("rice")

    assert [question.text for question in stage.assistant.asked] == ["comets", "rice"]
    first, second = (question.conversation for question in stage.assistant.asked)
    assert first == second
    assert "dirty snowball" in text_of(user.dm_channel.history()[1])


async def test_a_thread_is_one_conversation_for_all_in_it(stage: Stage) -> None:
    channel = stage.bot.get_channel(stage.general.id)
    assert isinstance(channel, discord.TextChannel)
    with stage.env.time_context():
        made = await channel.create_thread(name="stars", type=discord.ChannelType.public_thread)
    thread = next(handle for handle in stage.general.threads if handle.id == made.id)
    await stage.ann.send(thread, f"{stage.me} comets")
    await stage.bob.send(thread, f"{stage.me} rice")

    first, second = (question.conversation for question in stage.assistant.asked)
    assert first == second
    assert "dirty snowball" in "".join(map(text_of, thread.history()))


@pytest.mark.parametrize(
    "text",
    [
        "comets",
        "@everyone comets",
        "@here comets",
        "> {me} comets\nhe said",
        "try `{me} comets`",
        "```\n{me} comets\n```",
        "<@123456789012345678> comets",
    ],
)
async def test_what_is_not_said_to_the_bot_is_left_alone(stage: Stage, text: str) -> None:
    await stage.ann.send(stage.general, text.format(me=stage.me))

    assert stage.said == []
    assert stage.assistant.asked == []


async def test_who_mentions_the_bot_s_role_is_told_once_how_to_be_heard(stage: Stage) -> None:
    assert stage.bot.user is not None
    theirs = stage.guild.create_role("mods")
    role = stage.guild.create_role("Overheard")
    await stage.env.settle()
    cached = stage.bot.guilds[0].get_role(role.id)
    assert cached is not None
    cached.tags = discord.RoleTags({"bot_id": str(stage.bot.user.id)})
    hidden = await stage.ann.send(stage.general, "so")
    await stage.deliver(hidden, content="", mention_roles=[str(theirs.id)])

    assert stage.said == []

    for _ in range(2):
        await stage.deliver(hidden, content="", mention_roles=[str(role.id)])

    assert stage.assistant.asked == []
    (told,) = stage.said
    assert "the one marked APP" in text_of(told)


async def test_other_bots_and_webhooks_and_the_system_are_left_alone(stage: Stage) -> None:
    robot = stage.guild.add_member(stage.env.create_user("robot", bot=True))
    await robot.send(stage.general, f"{stage.me} comets")
    await stage.guild.create_webhook(stage.general).send(f"{stage.me} comets")
    missed_call = await stage.ann.user.send_dm("comets")
    stage.assistant.asked.clear()
    await stage.deliver(missed_call, type=MessageType.CALL)

    assert stage.assistant.asked == []


async def test_the_bot_does_not_answer_itself(stage: Stage) -> None:
    for _ in range(2):
        await stage.mention("comets")

    assert len(stage.assistant.asked) == 2


async def test_where_embeds_are_not_allowed_the_answer_is_plain_text(stage: Stage) -> None:
    quiet = stage.guild.create_text_channel(
        "quiet", overwrites={stage.guild.default_role: discord.PermissionOverwrite(embed_links=False)}
    )
    await stage.ann.send(quiet, f"{stage.me} comets")

    answer = quiet.last_message
    assert answer is not None
    assert answer.embeds == []
    assert answer.content.startswith("**Comets**\nComets are called dirty snowballs")
    assert "\n-# Understood as “comets”" in answer.content
    assert labels(answer) == ["Solar eclipses", "Oolong", "More evidence", "Delete"]


async def test_where_the_history_can_t_be_read_the_answer_is_no_reply(stage: Stage) -> None:
    blind = stage.guild.create_text_channel(
        "blind", overwrites={stage.guild.default_role: discord.PermissionOverwrite(read_message_history=False)}
    )
    await stage.ann.send(blind, f"{stage.me} comets")

    bodies = [request.json for request in stage.env.http_requests if request.path == f"/channels/{blind.id}/messages"]
    assert len(bodies) == 1
    assert "message_reference" not in bodies[0]


async def test_where_the_bot_may_not_write_the_asker_is_told_once_in_private(stage: Stage) -> None:
    mute = discord.PermissionOverwrite(send_messages=False)
    loud = discord.PermissionOverwrite(send_messages=True)
    mine = stage.guild.me
    assert mine is not None
    silent = stage.guild.create_text_channel("silent", overwrites={stage.guild.default_role: mute, stage.ann: loud})
    await stage.ann.send(silent, f"{stage.me} comets")
    await stage.ann.send(silent, f"{stage.me} comets")

    (message,) = stage.ann.user.dm_channel.history()
    assert "“Send Messages”" in text_of(message)


async def test_discord_s_refusal_to_write_is_told_like_a_missing_permission(stage: Stage) -> None:
    stage.env.inject_error(
        "POST", f"/channels/{stage.general.id}/messages", status=403, code=50013, message="Missing Permissions"
    )
    await stage.ann.send(stage.general, f"{stage.me} comets")

    assert stage.said == []
    assert "not allowed to write" in text_of(stage.ann.user.dm_channel.history()[-1])


async def test_a_question_deleted_meanwhile_is_not_answered_and_nothing_is_made_of_it(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.env.inject_error(
        "POST",
        f"/channels/{stage.general.id}/messages",
        status=400,
        code=50035,
        message="Invalid Form Body\nIn message_reference: Unknown message",
    )
    await stage.ann.send(stage.general, f"{stage.me} comets")

    assert stage.said == []
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


async def test_who_asks_too_much_is_told_once_how_long_to_wait() -> None:
    async with staged(setup=config(per_member=2)) as stage:
        for _ in range(5):
            await stage.ann.send(stage.general, f"{stage.me} comets")

        assert len(stage.assistant.asked) == 2
        assert len(stage.said) == 3
        assert wording.wait(timedelta(seconds=30)) in text_of(stage.said[-1])


async def test_a_failure_is_told_kindly_with_a_reference_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(ScriptedAssistant):
        async def ask(self, question: Question) -> NotFound:
            raise RuntimeError(f"the index is on fire, and so is {question.text}")

    async with staged(Broken(SCRIPT)) as stage:
        answer = await stage.mention("comets")

        assert text_of(answer).startswith("Sorry, something went wrong on my side.")
        reference = text_of(answer).rsplit(" ", 1)[-1].rstrip(".")
        assert f"an answer failed (reference {reference})" in caplog.text
        assert "the index is on fire" in caplog.text
        assert "on fire" not in text_of(answer)


async def test_after_the_doors_are_closed_nothing_is_answered(stage: Stage) -> None:
    await stage.bot.stop_answering()
    await stage.ann.send(stage.general, f"{stage.me} comets")

    assert stage.said == []
