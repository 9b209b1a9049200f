import io
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from rich.console import Console

from adapters.terminal.dialogue import CONVERSATION, TerminalChat
from adapters.terminal.render import lay_out
from bot.port import wording
from bot.port.messages import Question, QuoteFilter
from tests.fakes.assistant import COMETS, NIGHT_SKY, ON_COMETS, OOLONG, SNOWBALL, SPACE, TEA, NotingAssistant
from tests.fakes.hostile import hostile_text


@pytest.fixture
def assistant() -> NotingAssistant:
    return NotingAssistant()


@pytest.fixture
def dialogue(assistant: NotingAssistant) -> TerminalChat:
    return TerminalChat(assistant)


async def told(dialogue: TerminalChat, line: str) -> str:
    drawing = await dialogue.reply(line)
    assert drawing is not None
    return lay_out(drawing, Console(file=io.StringIO()), None).plain


async def test_a_line_is_a_question_in_the_terminals_conversation(
    dialogue: TerminalChat, assistant: NotingAssistant
) -> None:
    assert "dirty snowball" in await told(dialogue, " comets ")
    assert assistant.asked == [Question("comets", conversation=CONVERSATION)]


@pytest.mark.parametrize("typed", ["2", "[2]", "#2", "2."])
async def test_a_guess_is_picked_by_its_number(dialogue: TerminalChat, assistant: NotingAssistant, typed: str) -> None:
    await told(dialogue, "green hobby")

    assert OOLONG.summary in await told(dialogue, typed)
    assert assistant.opened == [((OOLONG.id,), CONVERSATION)]


async def test_related_topics_and_further_evidence_are_picked_by_number(
    dialogue: TerminalChat, assistant: NotingAssistant
) -> None:
    first = await told(dialogue, "comets")
    left = [quote for quote in ON_COMETS if quote.text not in first]

    more = await told(dialogue, "1")
    assert left
    assert all(quote.text in more for quote in left)
    [(items, conversation)] = assistant.opened
    assert set(items) == {quote.id for quote in left}
    assert conversation == CONVERSATION


async def test_an_example_of_help_is_asked_by_its_number(dialogue: TerminalChat, assistant: NotingAssistant) -> None:
    await told(dialogue, "/help")
    await told(dialogue, "1")

    assert assistant.asked[-1].text == "Solar eclipses?"


async def test_a_number_that_was_not_offered_is_asked_for_again(dialogue: TerminalChat) -> None:
    await told(dialogue, "green hobby")

    assert await told(dialogue, "3") == "Pick a number from 1 to 2, or ask in your own words.\n"
    assert await told(dialogue, "0") == "Pick a number from 1 to 2, or ask in your own words.\n"
    assert OOLONG.summary in await told(dialogue, "2")


@pytest.mark.parametrize("typed", ["7", "494", "7777777"])
async def test_a_number_with_nothing_to_pick_is_a_question(typed: str) -> None:
    assistant = NotingAssistant((replace(NIGHT_SKY, topics=(), quotes=()),))
    dialogue = TerminalChat(assistant)

    await told(dialogue, "comets")
    await told(dialogue, typed)

    assert assistant.asked[-1].text == typed


async def test_numbers_mean_what_was_shown_last(dialogue: TerminalChat, assistant: NotingAssistant) -> None:
    await told(dialogue, "green hobby")
    await told(dialogue, "/topics")
    await told(dialogue, "3")

    assert assistant.opened == [((OOLONG.id,), CONVERSATION)]


async def test_a_quote_can_be_about_something(dialogue: TerminalChat, assistant: NotingAssistant) -> None:
    assert SNOWBALL.text in await told(dialogue, "/quote travel plan")
    assert await told(dialogue, "/QUOTE")
    assert assistant.wanted == [
        QuoteFilter("travel plan", conversation=CONVERSATION),
        QuoteFilter(None, conversation=CONVERSATION),
    ]


async def test_topics_are_a_numbered_list(dialogue: TerminalChat) -> None:
    assert await told(dialogue, "/topics") == "   1  Comets\n   2  Solar eclipses\n   3  Oolong\n"


async def test_a_library_without_topics_says_so() -> None:
    assert await told(TerminalChat(NotingAssistant(())), "/topics") == f"{wording.NO_TOPICS}\n"


async def test_one_episode_can_be_asked_and_all_of_them_again(
    dialogue: TerminalChat, assistant: NotingAssistant
) -> None:
    assert "Asking The Night Sky #7 only." in await told(dialogue, "/episode night-sky-7")
    assert "Solar eclipses\n" in await told(dialogue, "/topics")
    await told(dialogue, "comets")
    await told(dialogue, "/quote")
    assert "You are asking The Night Sky #7 only." in await told(dialogue, "/episode")

    assert await told(dialogue, "/episode all") == "Asking all episodes again.\n"
    await told(dialogue, "comets")
    assert [question.scope.episode for question in assistant.asked] == [SPACE, None]
    assert [wanted.scope.episode for wanted in assistant.wanted] == [SPACE]


async def test_episodes_are_listed_and_picked_by_number(dialogue: TerminalChat, assistant: NotingAssistant) -> None:
    assert "   2  tea-time-1 · “Leaves and Water” (Tea Time)" in await told(dialogue, "/episode")
    assert "Asking “Leaves and Water” (Tea Time) only." in await told(dialogue, "2")
    await told(dialogue, "comets")

    assert assistant.asked[-1].scope.episode == TEA


async def test_an_unknown_episode_offers_the_nearest(dialogue: TerminalChat) -> None:
    assert await told(dialogue, "/episode tea") == (
        "I don't know an episode called “tea”. One of these?\n   1  tea-time-1 · “Leaves and Water” (Tea Time)\n"
    )
    assert "I don't know an episode called “zzz”. One of these?\n   1  night-sky-7" in await told(
        dialogue, "/episode zzz"
    )


async def test_help_shows_examples_and_every_command(dialogue: TerminalChat) -> None:
    text = await told(dialogue, "/help")

    assert "   1  Solar eclipses?" in text
    assert all(command in text for command in ("/quote [about]", "/topics", "/episode [id]", "/help", "/quit"))


async def test_an_unknown_command_is_told_the_nearest(dialogue: TerminalChat) -> None:
    assert await told(dialogue, "/topcis") == "I don't know /topcis. Did you mean /topics?\n"
    assert await told(dialogue, "/x\x1b[31m") == "I don't know /x. /help lists the commands.\n"


@pytest.mark.parametrize("line", ["/quit", " /QUIT ", "quit", "exit"])
async def test_leaving_has_no_answer(dialogue: TerminalChat, line: str) -> None:
    assert await dialogue.reply(line) is None


async def test_the_welcome_names_the_only_episode() -> None:
    one, many = TerminalChat(NotingAssistant((NIGHT_SKY,))), TerminalChat(NotingAssistant())
    console = Console(file=io.StringIO())

    assert "what was said in The Night Sky #7." in lay_out(await one.welcome(), console, None).plain
    assert "what was said in the episodes." in lay_out(await many.welcome(), console, None).plain


@given(line=hostile_text)
async def test_any_line_gets_a_harmless_answer(line: str) -> None:
    dialogue = TerminalChat(NotingAssistant())
    for typed in (line, f"/{line}", f"/episode {line}", f"/quote {line}"):
        drawing = await dialogue.reply(typed)

        if drawing is not None:
            page = lay_out(drawing, Console(file=io.StringIO()), 40).plain
            assert not any(unicodedata.category(each) in {"Cc", "Cf", "Cs"} for each in page.replace("\n", ""))


async def test_the_topic_of_a_picked_number_is_shown(dialogue: TerminalChat) -> None:
    await told(dialogue, "/topics")

    assert (await told(dialogue, "1")).startswith(f"{COMETS.title}\n{COMETS.summary}")
