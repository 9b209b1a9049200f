"""What a conversation is about stays what it is about: after a claim, a list, a quote and what was not found."""

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import Answer, Assistant, Fact, Found, Help, NotFound, QuoteCheck, Unsure
from bot.understanding.slots import subject_of_claim
from tests.bot.test_going_on import answers, last, text
from tests.bot.test_many_episodes import add

ANN, BOB, CORA = "**Ann Lee:** ", "**Bob Ray:** ", "**Cora Lind:** "


@pytest.fixture(scope="module")
def hives(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("hives")
    hello = f"{ANN}Welcome to Hive Talk, I'm your host Ann Lee, and this is the show on bees and their keepers.\n\n"
    told = (
        f"{BOB}A smoker calms the bees, and my smoker burns dry pine needles all summer.\n\n"
        f"{ANN}I think a smoker is a must for every beginner, whatever the old books say.\n\n"
        f"{BOB}The veil I recommend is a round veil, for a round veil keeps the bees off your nose.\n\n",
        f"{CORA}A smoker only hides that you are clumsy, and the bees know it well.\n\n"
        f"{ANN}Nobody sells a good smoker in this street, they are all made of thin tin.\n\n"
        f"{CORA}Wax moths are the reason that I freeze every comb before the winter comes.\n\n",
        f"{CORA}Heather honey sets like a jelly, and you have to press it out of the comb.\n\n",
    )
    for number, each in enumerate(told, 1):
        add(library, f"hive-{number}", "Hive Talk", number, hello + each + hello)
    return open_assistant(library, library / "cache")


def shown_by(answer: Answer) -> set[str | None]:
    assert isinstance(answer, Found | Unsure | QuoteCheck), answer
    return {each.speaker for each in answer.evidence}


@pytest.mark.parametrize(
    ("claim", "subject"),
    [
        ("generics are bad", "generics"),
        ("he hates sliced bread", "sliced bread"),
        ("a smoker is great", "smoker"),
        ("it is great", "it is great"),
    ],
)
def test_a_claim_is_about_its_rarest_words_without_what_is_thought_of_them(claim: str, subject: str) -> None:
    assert subject_of_claim(claim) == subject


async def test_after_a_claim_another_is_asked_about_the_same(hives: Assistant) -> None:
    answer = await last(hives, "did Bob Ray say a smoker is bad?", "ok and Cora Lind?")

    assert shown_by(answer) == {"Cora Lind"}
    assert "smoker" in answer.evidence[0].text  # type: ignore[union-attr]


async def test_after_a_claim_that_nobody_made_what_they_did_say_is_shown(hives: Assistant) -> None:
    answer = await last(hives, "did Bob Ray say a smoker is bad?", "what did he say then")

    assert isinstance(answer, Found)
    assert answer.evidence[0].speaker == "Bob Ray"
    assert "smoker" in answer.evidence[0].text


async def test_after_a_claim_it_is_counted_what_the_claim_was_about(hives: Assistant) -> None:
    answer = await last(hives, "did Bob Ray say a smoker is bad?", "how often does Ann Lee mention it")

    assert isinstance(answer, Fact)
    assert "“smoker” twice" in answer.text


@pytest.mark.parametrize("asked", ["how does a smoker work?", "what is a smoker good for in winter?"])
async def test_what_is_counted_after_a_whole_question_is_what_that_was_about(hives: Assistant, asked: str) -> None:
    answer = await last(hives, asked, "how often does Ann Lee mention it")

    assert isinstance(answer, Fact)
    assert "“smoker” twice" in answer.text


async def test_a_question_without_a_subject_stays_with_the_last_one(hives: Assistant) -> None:
    answer = await last(hives, "why is the smoker so thin?", "how much is too much?")

    assert isinstance(answer, Found | Unsure)
    assert all("smoker" in each.text for each in answer.evidence)


async def test_a_question_for_a_number_leaves_the_last_subject_in_place(hives: Assistant) -> None:
    answer = await last(hives, "what of the smoker?", "how much do I need?", "how often does Ann Lee mention it")

    assert isinstance(answer, Fact)
    assert "“smoker” twice" in answer.text


@pytest.mark.parametrize(
    "asked", ["what did Cora think?", "what did Cora Lind say", "so what does cora really make of it"]
)
async def test_what_somebody_says_is_asked_on_the_subject_under_discussion(hives: Assistant, asked: str) -> None:
    answer = await last(hives, "what did they say about the smoker?", asked)

    assert shown_by(answer) == {"Cora Lind"}
    assert "smoker" in answer.evidence[0].text  # type: ignore[union-attr]


async def test_what_else_he_said_after_who_he_is_are_his_own_words_on_the_subject(hives: Assistant) -> None:
    answer = await last(hives, "what about the smoker?", "who is Bob Ray?", "what else did he say about it")

    assert shown_by(answer) == {"Bob Ray"}
    assert "smoker" in answer.evidence[0].text  # type: ignore[union-attr]


async def test_if_neither_of_two_people_said_anything_others_are_shown_once(hives: Assistant) -> None:
    answer = await last(hives, "what did Ann Lee and Bob Ray say about wax moths?")

    assert isinstance(answer, Found)
    assert "Ann Lee or Bob Ray" in answer.text
    assert shown_by(answer) == {"Cora Lind"}


@pytest.mark.parametrize(
    "asked", ["what's a good episode about the smoker?", "is there an episode only about the smoker?"]
)
async def test_another_one_after_a_list_of_episodes_is_the_next_of_them(hives: Assistant, asked: str) -> None:
    listed, second, who = await answers(hives, asked, "another one?", "who was on it?")

    assert isinstance(listed, Fact)
    assert listed.episodes[1].number == "1"
    assert "Hive Talk #1" in text(second)
    assert "Hive Talk #1" in text(who)


@pytest.mark.parametrize("asked", ["is there a newer one on that?", "give me the newest", "show me the latest"])
async def test_the_newest_on_the_subject_is_where_it_was_said_last(hives: Assistant, asked: str) -> None:
    answer = await last(hives, "what did they say about the smoker?", asked)

    assert isinstance(answer, Found)
    assert answer.evidence[0].episode.number == "2"
    assert "smoker" in answer.evidence[0].text


@pytest.mark.parametrize(
    "asked", ["is it any good?", "who is it for?", "how long does it last", "how do I start?", "what's the point"]
)
async def test_after_words_on_a_subject_it_is_the_subject_and_not_the_episode(hives: Assistant, asked: str) -> None:
    answer = await last(hives, "what did they say about the smoker?", asked)

    assert isinstance(answer, Found | Unsure | NotFound)
    assert "Hive Talk #" not in answer.text.partition("From")[0]


async def test_whether_something_is_worth_it_is_answered_with_words_on_it(hives: Assistant) -> None:
    answer = await last(hives, "what did they say about the smoker?", "is it worth it?")

    assert isinstance(answer, Found | Unsure)
    assert all("smoker" in each.text for each in answer.evidence)


async def test_after_an_episode_it_is_the_episode(hives: Assistant) -> None:
    answer = await last(hives, "any episodes about the smoker?", "the second one", "how long does it last?")

    assert "Hive Talk #1" in text(answer)


async def test_it_is_no_episode_if_nothing_was_found(hives: Assistant) -> None:
    answer = await last(hives, "anything on zorbing?", "who was it with?")

    assert isinstance(answer, Help)


async def test_another_one_is_one_on_the_same_subject(hives: Assistant) -> None:
    answer = await last(hives, "what did they say about the smoker?", "another one")

    assert isinstance(answer, Found | Unsure)
    assert all("smoker" in each.text for each in answer.evidence)


async def test_what_was_said_in_one_that_was_listed_is_on_what_it_was_listed_for(hives: Assistant) -> None:
    answer = await last(hives, "which episodes are about the smoker?", "what did they say in the second one?")

    assert isinstance(answer, Found | Unsure)
    assert "smoker" in answer.evidence[0].text
    assert {each.episode for each in answer.evidence} == {answer.evidence[0].episode}


@pytest.mark.parametrize(
    "asked", ["what was the first one about", "what was that first one about", "what's that very first one about?"]
)
async def test_who_is_in_one_that_was_listed_is_asked_after_what_it_is_about(hives: Assistant, asked: str) -> None:
    listed, about, who = await answers(hives, "any episodes about the smoker", asked, "who was on it?")

    assert isinstance(listed, Fact)
    assert listed.episodes[0].number == "2"
    assert "Hive Talk #2" in text(about)
    assert "Hive Talk #2" in text(who)


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (("how often do they mention smoker", "and veil?"), "which one comes up more"),
        (("smoker", "and veil?"), "and which of them is mentioned more often?"),
        (("smoker vs veil",), "which is more popular"),
    ],
)
async def test_two_subjects_that_were_asked_about_are_compared_by_their_numbers(
    hives: Assistant, before: tuple[str, ...], asked: str
) -> None:
    answer = await last(hives, *before, asked)

    assert text(answer).startswith("“smoker” comes up 5 times, “veil” 3 times.")


@pytest.mark.parametrize("asked", ["which do they prefer", "so which is better?", "which one do they like more"])
async def test_which_of_two_subjects_they_prefer_shows_what_is_said_on_both(hives: Assistant, asked: str) -> None:
    preferred = await last(hives, "smoker", "and veil?", asked)
    compared = await last(hives, "smoker vs veil")

    assert preferred == compared


async def test_which_is_best_compares_nothing_after_a_list_of_episodes(hives: Assistant) -> None:
    answer = await last(hives, "heather honey", "any episodes about the smoker", "which one is the best")

    assert "honey" not in repr(answer)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("what's a smoker", "2 of 3 episodes with transcripts mention “smoker”"),
        ("what's a smoker episode", "2 of 3 episodes with transcripts mention “smoker”"),
        ("any episodes about the smoker", "2 of 3 episodes with transcripts mention “smoker”"),
        ("which episodes are there", "There are 3 episodes"),
    ],
)
async def test_how_many_of_them_there_are_is_of_what_was_asked_about(hives: Assistant, before: str, told: str) -> None:
    answer = await last(hives, before, "and how many of them are there?")

    assert text(answer).startswith(told)


@pytest.mark.parametrize("before", ["who hosts Hive Talk?", "why do smokers calm the bees in a cold summer"])
async def test_how_many_there_are_of_what_cannot_be_counted_asks_for_the_subject(hives: Assistant, before: str) -> None:
    answer = await last(hives, "smoker", before, "how many of them are there")

    assert isinstance(answer, Help)


async def test_who_hosted_is_asked_of_the_episode_that_was_talked_about(hives: Assistant) -> None:
    answer = await last(hives, "who was on Hive Talk 1?", "and who hosted it?")

    assert text(answer).startswith("Ann Lee is introduced as the host of Hive Talk #1.")


async def test_which_one_somebody_recommends_is_asked_of_their_own_words(hives: Assistant) -> None:
    answer = await last(hives, "who was the guest on Hive Talk 1?", "which veil does he recommend?")

    assert shown_by(answer) == {"Bob Ray"}
    assert "veil" in answer.evidence[0].text  # type: ignore[union-attr]


async def test_after_nothing_was_found_of_somebody_it_is_still_about_them(hives: Assistant) -> None:
    questions = "what did Cora Lind say about submarines?", "was that the only time she was on?", "who else was there?"
    beside = await last(hives, *questions)

    assert text(await last(hives, *questions[:2])).startswith("Cora Lind ")
    assert text(beside).startswith("With Cora Lind in 2 episodes: Ann Lee")


async def test_who_that_was_is_who_spoke_and_not_an_earlier_guest(hives: Assistant) -> None:
    before = "who was the guest on Hive Talk 1?", "what did they say about wax moths?"

    assert text(await last(hives, *before, "who was that and what do they do?")).startswith("Cora Lind ")


async def test_the_other_one_is_none_of_those_that_are_seen(hives: Assistant) -> None:
    questions = "what did they say about the smoker?", "no i mean the other one"
    first, other = await last(hives, questions[0]), await last(hives, *questions)

    assert isinstance(first, Found)
    assert isinstance(other, Found)
    assert {each.id for each in first.evidence[: first.at_once]}.isdisjoint(each.id for each in other.evidence)


async def test_what_else_is_talked_about_there_is_what_the_episode_is_about(hives: Assistant) -> None:
    answer = await last(hives, "what did Cora Lind say about wax moths?", "what else does she talk about there?")

    assert "Hive Talk #2" in text(answer)


async def test_where_nothing_was_listed_what_they_said_in_an_episode_is_what_it_is(hives: Assistant) -> None:
    assert "Hive Talk #2" in text(await last(hives, "what did they say in Hive Talk 2?"))
