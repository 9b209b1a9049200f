"""What was said in other words than those asked about is shown, and nobody is told to have said it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering import sentences
from bot.port.messages import Assistant, ConversationId, Found, NotFound, Question, QuoteCheck, Unsure, Verdict
from bot.port.wording import headline
from tests.bot.answering.test_attribution import opened

FILLED = "We looked at the frames one after the other, and then we wrote down how many there were until it got dark. "
DOES = ("rings", "hums at night", "weighs every hive", "sleeps", "blinks in red", "writes it down", "starts again")
TALKS = {
    1: "**Ann Lee:** So Hivewatch is an app that my sister and her neighbour built. And it is a phenomenal app.\n\n"
    "**Bob Ray:** In the same way, your smoker - that's your doorbell for the hive. It is loud.\n\n"
    "**Cora Lind:** My opinion is that honeycomb should be eaten with cheddar, not butter. We had zero varroa mites "
    "all the time we kept skeps.\n",
    2: "**Bob Ray:** I was more interested in bees than in my studies, so I dropped out of college and got a veil.\n\n"
    f"**Ann Lee:** {FILLED * 3} I quit my job at the bank two days before the wedding. {FILLED * 3}\n\n"
    "**Cora Lind:** I do a lot of wildlife stuff on the side, which is separate from the bees.\n",
    3: "**Cora Lind:** I got stung by an accidental swarm at the beginning, and it was fine.\n\n"
    "**Ann Lee:** People say that propolis is a miracle varnish. I don't.\n",
    4: "**Bob Ray:** Entrance reducers are only put up so that nobody gets robbed, and most of them could go.\n",
    5: "**Ann Lee:** Well, I can't stand entrance reducers, they cost us a queen.\n",
    6: "**Cora Lind:** The law says we need entrance reducers, so there.\n\n**Bob Ray:** Europe has its own.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("wording"), TALKS)


async def test_whoever_says_it_in_other_words_is_shown_and_not_credited(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("did bob ray say a smoker is a doorbell for the hive"))

    assert isinstance(answer, QuoteCheck), answer
    assert (headline(answer), answer.verdict, answer.said_by) == (
        "Bob Ray didn't say it in those words",
        Verdict.NOT_FOUND,
        (),
    )
    assert "doorbell for the hive" in answer.evidence[0].text


async def test_what_somebody_tells_others_they_do_is_nothing_that_they_do(tmp_path: Path) -> None:
    assistant = opened(tmp_path, {1: "**Ann Lee:** Then you use a smoker every day.\n\n**Bob Ray:** Do I? Fine.\n"})

    answer = await assistant.ask(Question("was it ann lee who said they use a smoker every day"))

    assert isinstance(answer, QuoteCheck), answer
    assert [(each.asked, each.real) for each in answer.differences] == [("they", "you")]


@pytest.mark.parametrize("asked", ["did Ann Lee say she loves plastic hives", "who said they love plastic hives"])
async def test_what_somebody_knows_of_others_is_not_said_of_themselves(tmp_path: Path, asked: str) -> None:
    said = "**Ann Lee:** Well, I know people love plastic hives.\n\n**Bob Ray:** I really do love plastic hives.\n"
    assistant = opened(tmp_path, {1: said})

    answer = await assistant.ask(Question(asked))

    assert "Ann Lee said it" not in f"{answer}"


async def test_whoever_speaks_of_a_word_or_two_is_shown_and_not_credited(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("who called Hivewatch phenomenal"))

    assert isinstance(answer, Found), answer
    assert answer.text.endswith("it:")
    assert "phenomenal" in answer.evidence[0].text


@pytest.mark.parametrize(
    "question",
    [
        "did bob ray say a smoker is a doorbell for the queen",
        "did bob ray say the hive is a doorbell for your smoker",
        "did bob ray say a smoker is no doorbell for the hive",
        "did bob ray say a smoker should be a doorbell for the hive",
        "did ann lee say propolis is a miracle varnish of hers",
        "did ann lee say Hivewatch is a terrible app",
        "did cora lind say a smoker is a doorbell for the hive",
        "did cora lind say skeps had varroa mites",
    ],
)
async def test_what_is_altered_denied_told_of_others_or_by_somebody_else_was_not_said(
    assistant: Assistant, question: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert not (isinstance(answer, QuoteCheck) and answer.verdict.said), answer


async def test_instead_of_says_not(assistant: Assistant) -> None:
    said = await assistant.ask(Question("did cora lind say honeycomb should be eaten with cheddar instead of butter"))
    turned = await assistant.ask(Question("did cora lind say honeycomb should be eaten with butter instead of cheddar"))

    assert isinstance(said, QuoteCheck)
    assert said.verdict is Verdict.CLOSE
    assert not (isinstance(turned, QuoteCheck) and turned.verdict.said)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("did bob ray drop out of college", "I dropped out of college"),
        ("who quit her job two days before the wedding", "I quit my job at the bank"),
        ("quit my job two days before the wedding, who was that", "I quit my job at the bank"),
        ("got stung by accident", "I got stung by an accidental swarm"),
    ],
)
async def test_what_somebody_tells_of_themselves_answers_in_every_dress(
    assistant: Assistant, question: str, words: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Found), answer
    assert words in answer.evidence[0].text


async def test_a_part_of_what_is_asked_of_somebody_is_offered_as_no_more(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("does cora lind rescue wildlife"))

    assert isinstance(answer, Unsure), answer
    assert "wildlife" in answer.evidence[0].text


async def test_the_term_in_a_description_is_offered(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("complaining about entrance reducers because of europe"))

    assert isinstance(answer, Found | Unsure), answer
    assert "ntrance reducers" in answer.evidence[0].text


async def test_a_name_after_remembered_words_asks_for_them_and_not_for_episodes(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("out of college and then a veil, bob ray"))

    assert isinstance(answer, Found | Unsure), answer
    assert "dropped out of college" in answer.evidence[0].text


MEANT = {
    1: "**Pia Sol:** I was breastfeeding, and the bathroom had no plug, so I couldn't pump. My doctor lent me a room "
    "across the street, and I ran there twice a day between meetings with investors.\n",
    2: f"**Bob Ray:** My mother studied nursing. {FILLED * 4}\n",
    3: f"**Ann Lee:** The company was a startup back then. {FILLED * 4}\n",
    4: f"**Bob Ray:** Our office is above a bakery. {FILLED * 4}\n",
    5: f"**Cora Lind:** My mom sang in a choir. {FILLED * 4}\n",
    6: f"**Ann Lee:** There is no privacy on a campsite. {FILLED * 4}\n",
}


@pytest.fixture(scope="module")
def meant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("meant"), MEANT)


async def test_a_description_without_the_words_that_were_said_is_offered_what_it_means(meant: Assistant) -> None:
    answer = await meant.ask(Question("nursing mom, no privacy at the office of her company"))

    assert isinstance(answer, Unsure), answer
    assert answer.text == sentences.IN_OTHER_WORDS
    assert "breastfeeding" in answer.evidence[0].text


@pytest.mark.parametrize("question", ["nursing privacy", "when is my nursing bill due at the company office"])
async def test_a_few_words_and_what_an_assistant_is_asked_are_no_descriptions(meant: Assistant, question: str) -> None:
    answer = await meant.ask(Question(question))

    assert answer.text != sentences.IN_OTHER_WORDS


@pytest.fixture(scope="module")
def scales(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """One talk on a thing called Wish, and many in which a few people wish for something."""
    named = "Hivewatch is an app for scales. There is a thing called Wish, and with Wish you build alarms."
    known = "Wish is small, and everybody who has Wish loves it."
    talks = {1: f"**Pia Sol:** {named} {known} {FILLED * 3}\n"}
    for number in range(2, 60):
        hoped = "I wish for rain." if number % 12 == 0 else "They hope for rain."
        said = f"**Bob Ray:** We talked about time and money before. {FILLED * 4}\n\n"
        talks[number] = f"{said}**Ann Lee:** {hoped} Place {number}. {FILLED * 3}\n"
    return opened(tmp_path_factory.mktemp("scales"), talks)


async def test_what_is_plain_in_the_episode_just_talked_about_is_found_there(scales: Assistant) -> None:
    there = ConversationId("there")
    at_first = await scales.ask(Question("what about wish?"))
    await scales.ask(Question("what is hivewatch", conversation=there))
    then = await scales.ask(Question("what about wish?", conversation=there))

    assert not isinstance(at_first, Found)
    assert isinstance(then, Found), then
    assert "a thing called Wish" in then.evidence[0].text


async def test_a_word_with_a_hyphen_is_found_however_it_is_typed(tmp_path: Path) -> None:
    talks = dict.fromkeys(range(1, 60), f"**Bob Ray:** {FILLED * 2} I wrote software. {FILLED * 3}\n")
    tied = {
        number: f"**Ann Lee:** {FILLED * 2} In {1900 + number} I bred local-first queens. {FILLED * 3}\n"
        for number in range(60, 64)
    }

    answer = await opened(tmp_path, talks | tied).ask(Question("what's local first software"))

    assert isinstance(answer, Found), answer
    assert {each.speaker for each in answer.evidence} == {"Ann Lee"}


async def test_a_numeronym_means_what_its_word_means(tmp_path: Path) -> None:
    said = "**Ann Lee:** Kubernetes gets complicated fast, since everything in it can be extended.\n\n"
    filled = "".join(f"**Bob Ray:** {FILLED}That was complicated.\n\n" for _ in range(9))
    assistant = opened(tmp_path, {1: said + filled, 2: filled, 3: filled})

    short, long = [await assistant.ask(Question(f"why is {each} so complicated")) for each in ("k8s", "kubernetes")]

    assert isinstance(short, Found), short
    assert short == long


@pytest.fixture(scope="module")
def naming(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    places = (f"**Ann Lee:** {FILLED * 2} And Varroxa {does}.\n\n**Bob Ray:** {FILLED}\n\n" for does in DOES)
    seldom = f"**Ann Lee:** {FILLED} I saw Mellitor once. {FILLED}\n\n**Bob Ray:** {FILLED}\n\n"
    other = f"**Cora Lind:** {FILLED} There is a back door in our kitchen. {FILLED}\n"
    return opened(tmp_path_factory.mktemp("naming"), {1: "".join(places), 2: seldom, 3: other})


async def test_what_an_episode_often_has_is_offered_though_the_rest_of_the_question_is_elsewhere(
    naming: Assistant,
) -> None:
    answer = await naming.ask(Question("did anyone talk about the varroxa kitchen?"))

    assert isinstance(answer, Unsure), answer
    assert answer.evidence
    assert all("Varroxa" in each.text for each in answer.evidence)


async def test_a_name_that_no_episode_has_often_is_no_reason_to_offer_anything(naming: Assistant) -> None:
    answer = await naming.ask(Question("did anyone talk about the mellitor kitchen?"))

    assert isinstance(answer, NotFound), answer


async def test_what_two_do_together_is_answered_by_them_rather_than_by_others(tmp_path: Path) -> None:
    talks = {
        number: f"**Ann Lee:** Welcome to talk {number}. {FILLED}\n\n**Bob Ray:** Thank you, Ann. {FILLED}\n\n"
        for number in range(1, 17)
    }
    talks[17] = "**Cora Lind:** Selling candles at the market is a hobby of my aunt.\n\n"
    talks[4] += "**Bob Ray:** The candles are a hobby for both of us, we sell them at the market.\n\n"
    assistant = opened(tmp_path, talks)

    answer = await assistant.ask(Question("do ann and bob live from selling candles at the market or is it a hobby"))

    assert isinstance(answer, Found | Unsure), answer
    assert "both of us" in answer.evidence[0].text
