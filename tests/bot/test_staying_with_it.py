"""Follow-ups that leave out who, what or where: they go on from what was just shown, and new subjects don't."""

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import (
    Answer,
    Assistant,
    Fact,
    Found,
    Help,
    NotFound,
    QuoteCheck,
    Unsure,
)
from bot.understanding.slots import claimed_of
from tests.bot.test_going_on import answers, last, text
from tests.bot.test_many_episodes import add

ANN, BOB, CORA, DORA = "**Ann Lee:** ", "**Bob Ray:** ", "**Cora Lind:** ", "**Dora Finch:** "
EPISODES = 14


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Open a show with one regular host and a guest in some of its episodes."""
    library = tmp_path_factory.mktemp("talks")
    told = {
        3: f"{ANN}We're joined by Bob Ray, creator of Waxpress, the press for old combs. How did it start, Bob?\n\n"
        f"{BOB}I built Waxpress in a garage because the old presses leaked, and it took three winters of welding.\n\n"
        f"{BOB}I was a submarine mechanic for nine years, and submarines taught me about pressure and seals.\n\n"
        f"{BOB}We sold the lathe and fired the whole crew in the second year, for the bank wanted its loan.\n\n"
        f"{ANN}Waxpress is free software as well, the drawings are public and anyone may copy the press.\n\n",
        5: f"{ANN}Today we have with us Cora Lind, who is an assistant professor of entomology in Uppsala. Welcome.\n\n"
        f"{CORA}I learned Finnish in a monastery, where I counted moths with the monks for a summer.\n\n"
        f"{CORA}A smoker calms the bees, but beginners use far too much smoke with it.\n\n",
        7: f"{ANN}The city council sold the orchard to a car park company, and the beekeepers had to leave.\n\n"
        f"{DORA}When the council sold the orchard I cried, for my grandmother planted half of the trees there.\n\n"
        f"{ANN}When the council sold the orchard I felt uneasy about it, and the neighbours had no say.\n\n",
        9: f"{ANN}I was worried about my knees on the marathon course, but in the end they were fine.\n\n"
        f"{ANN}Gas lamps are a waste of money, if you ask the neighbours in our street.\n\n",
        11: f"{DORA}Finnish stoves burn birch wood, and a mechanic checks every seal of the stove each winter.\n\n"
        f"{DORA}Electric lamps are a waste of money, and I say that as a woman who sells them.\n\n",
    }
    hello = f"{ANN}Welcome to Hive Talk, I'm your host Ann Lee, and this is the show on bees and their keepers.\n\n"
    for number in range(1, EPISODES + 1):
        add(library, f"hive-{number}", "Hive Talk", number, hello + told.get(number, f"{ANN}A quiet week.\n\n"))
    return open_assistant(library, library / "cache")


def first(answer: Answer) -> tuple[str | None, str]:
    assert isinstance(answer, Found | Unsure | QuoteCheck), answer
    return answer.evidence[0].speaker, answer.evidence[0].text


@pytest.mark.parametrize("described", ["who's the Waxpress guy", "the waxpress dude", "waxpress guy what was his name"])
async def test_somebody_described_by_a_thing_is_the_guest_who_made_it(talks: Assistant, described: str) -> None:
    named, about = await answers(talks, described, "did he work on submarines")

    assert text(named) == "Said to have made Waxpress: Bob Ray (on Hive Talk #3: Talk 3)."
    assert first(about)[0] == "Bob Ray"
    assert "submarine" in first(about)[1]


@pytest.mark.parametrize(
    "described",
    ["which Hive Talk was the Waxpress guy on", "which ep had the waxpress dude on?", "the one with the waxpress guy"],
)
async def test_the_episode_of_somebody_described_names_them_and_where_they_are(
    talks: Assistant, described: str
) -> None:
    named, again = await answers(talks, described, "was he on more than once?")

    assert text(named) == "Said to have made Waxpress: Bob Ray (on Hive Talk #3: Talk 3)."
    assert text(again).startswith("No. Bob Ray speaks in ")


async def test_without_a_guest_like_that_the_episodes_on_the_thing_are_listed(talks: Assistant) -> None:
    answer = await last(talks, "which Hive Talk was the orchard guy on")

    assert text(answer) == "One episode mentions “orchard”: Hive Talk #7: Talk 7."


@pytest.mark.parametrize("question", ["whats his name", "what was that guy's name again?", "who was that guy"])
async def test_his_name_is_the_guests_and_not_the_episodes(talks: Assistant, question: str) -> None:
    assert text(await last(talks, "which episode is about submarines", question)).startswith("Bob Ray")


async def test_his_name_after_a_question_about_somebody_is_theirs(talks: Assistant) -> None:
    assert text(await last(talks, "who is Bob Ray", "whats his name")).startswith("Bob Ray speaks in ")


async def test_what_another_number_is_about_isnt_the_fact_that_was_asked_before(talks: Assistant) -> None:
    other = await last(talks, "who was on Hive Talk 3", "and what was 5 about")
    same = await last(talks, "who was on Hive Talk 3", "and 5?")

    assert text(other).startswith("Hive Talk #5 has no summary.")
    assert text(same).startswith("Cora Lind is the guest on Hive Talk #5")


async def test_he_is_the_guest_and_not_the_host_who_was_quoted_first(talks: Assistant) -> None:
    answer = await last(talks, "where do old combs leak", "why did he fire the crew?")

    assert first(answer)[0] == "Bob Ray"
    assert "fired the whole crew" in first(answer)[1]


async def test_she_is_the_guest_whom_the_host_introduced(talks: Assistant) -> None:
    answer = await last(talks, "who is the entomology professor from Uppsala", "where did she learn finnish")

    assert first(answer)[0] == "Cora Lind"
    assert "monastery" in first(answer)[1]


async def test_words_of_the_last_subject_say_nothing_new_about_a_guest(talks: Assistant) -> None:
    answer = await last(talks, "who made Waxpress", "what did he do before waxpress, something with submarines?")

    assert first(answer)[0] == "Bob Ray"
    assert "submarine" in first(answer)[1]


async def test_who_made_a_thing_leaves_the_thing_as_the_subject(talks: Assistant) -> None:
    answer = await last(talks, "who made Waxpress", "is it free?")

    assert "free software" in first(answer)[1]


async def test_what_a_guest_says_nothing_of_is_no_one_elses_answer(talks: Assistant) -> None:
    answer = await last(talks, "who made Waxpress", "does he burn birch wood")

    assert isinstance(answer, NotFound)


async def test_how_somebody_was_is_about_what_was_just_shown(talks: Assistant) -> None:
    answer = await last(talks, "what did they say when the council sold the orchard", "was ann worried?")

    assert first(answer)[0] == "Ann Lee"
    assert "orchard" in first(answer)[1]


async def test_how_another_was_stays_with_that(talks: Assistant) -> None:
    asked = ("what did they say when the council sold the orchard", "was ann worried?", "and dora?")
    answer = await last(talks, *asked)

    assert first(answer)[0] == "Dora Finch"
    assert "orchard" in first(answer)[1]


@pytest.mark.parametrize("new", ["what do they say about gas lamps", "is it worth it to sell lamps", "who sells lamps"])
async def test_a_new_subject_is_answered_as_if_asked_first(talks: Assistant, new: str) -> None:
    alone = await last(talks, new)
    after = await last(talks, "who made Waxpress", new)

    assert after == alone


@pytest.mark.parametrize(
    "said", ["ok but I'm a beginner", "yeah but im a beginner", "what if I'm a beginner", "I'm a beginner though"]
)
async def test_what_is_different_for_the_asker_adds_to_the_subject(talks: Assistant, said: str) -> None:
    _, answer, theirs = await answers(talks, "how do I use a smoker?", said, "what did Cora say about that")

    assert "beginners use far too much smoke" in first(answer)[1]
    assert first(theirs)[0] == "Cora Lind"


@pytest.mark.parametrize(
    ("thing", "claim", "other"),
    [
        ("comments", "tests are a waste of time", "comments are a waste of time"),
        ("microservices", "rewriting everything in rust is a mistake", "microservices is a mistake"),
        ("pears", "he hates sliced bread", "he hates pears"),
    ],
)
def test_a_claim_is_made_of_another_thing(thing: str, claim: str, other: str) -> None:
    assert claimed_of(thing, claim, frozenset({"is", "are"})) == other


async def test_what_about_another_thing_after_a_claim_checks_the_same_claim_of_it(talks: Assistant) -> None:
    answer = await last(talks, "did anyone say gas lamps are a waste of money", "what about electric lamps?")

    assert isinstance(answer, QuoteCheck)
    assert answer.asked == "electric lamps are a waste of money"
    assert answer.evidence[0].speaker == "Dora Finch"


@pytest.mark.parametrize("asked", ["is he ok now", "is he alright?", "is she ok"])
async def test_a_question_about_him_is_no_courtesy(talks: Assistant, asked: str) -> None:
    answer = await last(talks, "who made Waxpress", asked)

    assert not isinstance(answer, Help)


async def test_how_long_he_did_something_is_not_the_length_of_an_episode(talks: Assistant) -> None:
    answer = await last(talks, "who made Waxpress", "how long did he do that")

    assert not isinstance(answer, Fact)


async def test_a_number_in_a_question_is_no_number_of_an_episode(talks: Assistant) -> None:
    answer = await last(talks, "what of the smoker?", "it takes 11 days, right?")

    assert not isinstance(answer, Fact)


async def test_nobody_said_what_was_not_found(talks: Assistant) -> None:
    _, _, missing, answer = await answers(
        talks, "what of the smoker?", "who made Waxpress", "what about zeppelins over Norway?", "who said that"
    )

    assert isinstance(missing, NotFound)
    assert isinstance(answer, NotFound)


async def test_another_question_is_no_circumstance(talks: Assistant) -> None:
    answer = await last(talks, "how do I use a smoker?", "but I have a question about electric lamps")

    assert first(answer)[0] == "Dora Finch"
    assert "Electric lamps" in first(answer)[1]


@pytest.mark.parametrize("asked", ["can i copy it at work", "no i mean who may copy the press", "copy that?"])
async def test_a_question_that_points_back_is_answered_on_the_last_subject(talks: Assistant, asked: str) -> None:
    answer = await last(talks, "what is Waxpress", asked)

    assert "anyone may copy the press" in first(answer)[1]


async def test_what_one_feels_about_is_the_subject_of_the_next_question(talks: Assistant) -> None:
    answer = await last(talks, "who sells electric lamps the most", "and ann?")

    assert first(answer)[0] == "Ann Lee"
    assert "lamps" in first(answer)[1]
