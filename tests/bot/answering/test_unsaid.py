"""Of what somebody didn't say, what they did say on it is shown, and nothing else is put into their mouth."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering import verdicts
from bot.answering.catalogue import Catalogue
from bot.answering.unsaid import Unsaid
from bot.port.messages import Assistant, Difference, Question, QuoteCheck, Verdict
from bot.port.wording import headline
from knowledge.model import Episode, EpisodeId, Passage
from knowledge.passages import Turn, passages
from knowledge.search import Search
from tests.bot.answering.test_attribution import opened

LONG = "We went from hive to hive that day and looked at all the frames, one after the other, until it got dark. "
TALKS = {
    1: "**Ann Lee:** I've been a beekeeper for like two decades now, and it was mostly for the wax. "
    "It took me forever, a solid three hours to paint an observation hive.\n\n"
    "**Bob Ray:** And 27% of people said they keep hornets.\n\n**Ann Lee:** The swarm left on 2nd May.\n",
    2: f"**Bob Ray:** {LONG * 2}The point is to be honest and not take the queens out from under people. "
    f"I think that is unacceptable. {LONG * 2}\n\n**Ann Lee:** Hm.\n",
    3: '**Bob Ray:** My neighbour has a theory, and he says "Plastic hives will poison every honeybee", and so on.\n\n'
    "**Ann Lee:** Skeps, I've found, have been one of the biggest struggles in class.\n\n"
    "**Bob Ray:** The main users of skeps and of clay hives are not farmers. They're collectors.\n",
    4: "**Ann Dotis-Georgiou:** Royal jelly is sometimes referred to as the milk of the hive.\n\n"
    "**Ann Lee:** Our neighbours are pulling their hair, because they hate these varroa mites.\n\n"
    "**Ann Dotis-Georgiou:** I don't think drones are going away. They're here to stay, and to evolve.\n",
    5: "**Bob Ray:** My neighbours, who keep no bees at all, believe that honey is medicine.\n\n"
    "**Ann Lee:** I don't think that mead is medicine. The smoker was invented by Moses Quinby, in 1873.\n\n"
    "**Bob Ray:** The museum liked my skep, and the county fair turned me down. But you can't take a nucleus from "
    "inside the apiary, containing drones, and expect that to winter out of the box on a roof.\n",
    6: "**Bob Ray:** So what we built is Hivewatch, which listens to the bees at night. You don't even have to give us "
    "your phone number to download it. Our strainers make honey harder to spill.\n\n"
    "**Ann Lee:** I don't like comparing mites, because I love hornets.\n",
    7: "**Bob Ray:** Every hive does not need to be a wooden hive, as much as I love them. Each colony should have a "
    "marked queen.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("unsaid"), TALKS)


async def _checked(assistant: Assistant, question: str) -> QuoteCheck:
    answer = await assistant.ask(Question(question))
    assert isinstance(answer, QuoteCheck), answer
    return answer


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("did Bob Ray say you don't have to give your phone number to download Hivewatch?", "phone number"),
        ("did Bob Ray say you have to give your phone number to download Hivewatch?", "phone number"),
        ("did Bob Ray say strainers make honey easier to spill?", "strainers"),
        ("did Ann Lee say I don't love hornets?", "hornets"),
        ("did Ann Dotis-Georgiou say that drones are here to stay and will evolve?", "drones"),
    ],
)
async def test_what_comes_nearest_is_shown_and_credits_nobody(assistant: Assistant, question: str, shown: str) -> None:
    answer = await _checked(assistant, question)

    assert (headline(answer), answer.said_by) == (f"{answer.people[0]} didn't say it in those words", ())
    assert (answer.evidence[0].speaker, shown in answer.evidence[0].text) == (answer.people[0], True)
    assert "said it" not in answer.text


@pytest.mark.parametrize("verb", ["should", "must", "has to", "needs to", "ought to"])
async def test_what_is_denied_in_another_verb_of_duty_is_the_opposite(assistant: Assistant, verb: str) -> None:
    denied = await _checked(assistant, f"did Bob Ray say every hive {verb} be wooden?")
    said = await _checked(assistant, f"did Bob Ray say each colony {verb} have a marked queen?")
    unsaid = await _checked(assistant, "did Bob Ray say every hive has a wooden lid?")

    assert (denied.verdict, said.verdict.said, unsaid.verdict) == (Verdict.OPPOSITE, True, Verdict.NOT_FOUND)
    assert (denied.told, denied.differences) == ("The original has “does not”.", (Difference("", "does not"),))


async def test_the_word_that_stands_for_another_is_named(assistant: Assistant) -> None:
    check = await _checked(assistant, "did Bob Ray say strainers make honey easier to spill?")

    assert check.differences == (Difference("easier", "harder"),)


@pytest.mark.parametrize(
    ("question", "difference"),
    [
        ("did Ann Lee say she's been a beekeeper for three decades?", Difference("three decades", "two decades")),
        ("did Ann Lee say it took her five hours to paint a hive?", Difference("five hours", "three hours")),
        ("did Bob Ray say 72% of people said they keep hornets?", Difference("72", "27")),
    ],
)
async def test_another_number_is_another_statement(assistant: Assistant, question: str, difference: Difference) -> None:
    answer = await _checked(assistant, question)

    assert (answer.verdict, answer.differences, answer.said_by) == (Verdict.OTHER_NUMBER, (difference,), ())
    assert headline(answer) == "✘ No, not that number"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("did Ann Lee say she's been a beekeeper for 2 decades?", Verdict.CLOSE),
        ('did Bob Ray say "twenty-seven of people said they keep hornets"?', Verdict.EXACT),
        ('did Ann Lee say "the swarm left on second May"?', Verdict.EXACT),
    ],
)
async def test_a_number_in_figures_is_the_same_number(assistant: Assistant, question: str, verdict: Verdict) -> None:
    assert (await _checked(assistant, question)).verdict is verdict


async def test_what_is_said_of_the_sentence_before_is_shown_with_it(assistant: Assistant) -> None:
    answer = await _checked(assistant, "did Bob Ray say it is unacceptable to pull queens from under people?")

    assert "not take the queens out from under people. I think that is unacceptable." in answer.evidence[0].text


async def test_who_only_quotes_a_statement_is_not_told_to_say_it(assistant: Assistant) -> None:
    exact = await _checked(assistant, 'did Bob Ray say "plastic hives will poison every honeybee"?')
    near = await _checked(assistant, "did Bob Ray say honeybees would be poisoned by every hive of plastic?")

    assert (headline(exact), exact.said_by[0].quoting) == ("✔ Word for word, as a quotation", True)
    assert headline(near) == "Bob Ray didn't say it in those words"
    assert near.told
    assert "quot" in near.told


async def test_what_somebody_says_they_thought_themselves_is_no_quotation_of_others(tmp_path: Path) -> None:
    told = 'So I was like "I really am so terrible at coming up with names for queens", and that was it.'
    assistant = opened(tmp_path, {1: f"**Bob Ray:** {told}\n\n**Ann Lee:** Yes.\n"})

    answer = await _checked(assistant, "did Bob Ray say he is bad with names of queens?")

    assert (answer.told, answer.evidence[0].speaker) == (verdicts.NEAREST, "Bob Ray")


async def test_another_telling_word_in_the_place_of_one_is_told(assistant: Assistant) -> None:
    answer = await _checked(assistant, "did Ann Lee say skeps have been one of the smallest struggles in class?")

    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.differences == (Difference("smallest", "biggest"),)
    assert answer.told
    assert answer.told.startswith("It's “biggest”, not “smallest”.")


async def test_what_somebody_denies_is_not_nearly_said(assistant: Assistant) -> None:
    denied = await _checked(assistant, "did Bob Ray say farmers are the people who mostly use skeps of clay?")
    far = await _checked(
        assistant, "did Bob Ray say you can take a nucleus from inside the apiary and winter it on a roof?"
    )

    assert denied.verdict is Verdict.NOT_FOUND
    assert headline(far) == "Bob Ray didn't say it in those words"


async def test_what_others_feel_is_not_what_somebody_says_of_themselves(assistant: Assistant) -> None:
    answer = await _checked(assistant, "did Ann Lee say she hates varroa mites?")

    assert headline(answer) == "Ann Lee didn't say it in those words"
    assert "varroa" in answer.evidence[0].text


async def test_what_somebody_says_of_the_subject_is_shown_and_nothing_else(assistant: Assistant) -> None:
    on_it = await _checked(assistant, "did Ann Dotis-Georgiou say drones will be extinct by 2030?")
    nothing = await _checked(assistant, "did Ann Dotis-Georgiou say she sold her house to fund a podcast?")

    assert [each.text for each in on_it.evidence] == [
        "I don't think drones are going away. They're here to stay, and to evolve."
    ]
    assert (headline(nothing), nothing.evidence) == ("✘ Nothing like it from Ann Dotis-Georgiou", ())


async def test_what_leads_to_words_that_others_believe_is_told(assistant: Assistant) -> None:
    quoted = await _checked(assistant, 'did Bob Ray say "honey is medicine"?')
    denied = await _checked(assistant, "did Ann Lee say mead is medicine?")

    assert quoted.text.endswith("It comes after “who keep no bees at all, believe that”.")
    assert denied.verdict is Verdict.OPPOSITE


async def test_what_others_are_told_to_believe_is_not_the_view_of_whoever_tells_it(assistant: Assistant) -> None:
    his = await _checked(assistant, "did Bob Ray say honey is medicine?")
    anybodys = await assistant.ask(Question("who said honey is medicine?"))

    assert (his.verdict, his.said_by, his.evidence[0].speaker) == (Verdict.NOT_FOUND, (), "Bob Ray")
    assert not isinstance(anybodys, QuoteCheck) or not anybodys.verdict.said
    assert "Bob Ray said" not in anybodys.text


LEADS = {
    "barn": "My neighbour says",
    "well": "My neighbours keep saying that",
    "mill": "My neighbours once said",
    "pond": "My neighbours think",
    "gate": "My aunt thinks",
    "shed": "My neighbours are thinking",
    "lane": "My neighbours thought",
    "chapel": "My neighbours believe",
    "orchard": "My aunt believes",
    "meadow": "My neighbours believed",
    "bridge": "My neighbours claim",
    "tower": "My aunt claims that",
    "cellar": "My neighbours claimed",
    "attic": "My neighbours argue",
    "fence": "My neighbours argued that",
    "ditch": "My neighbours assume",
    "stable": "My neighbours assumed",
    "quarry": "My neighbours are convinced that",
    "tunnel": "My aunt tells everybody, and tells me that",
    "forge": "My neighbours tell people",
    "canal": "My neighbours are telling us",
    "kiln": "My aunt told him",
}
KNOWN = ("know", "knew", "think", "thought", "believe", "guess", "suppose", "bet", "hope", "wish", "hear", "heard")
KNOWN = (*KNOWN, "see that", "saw", "say", "said")


@pytest.fixture(scope="module")
def leading(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    told = "\n\n".join(f"**Bob Ray:** {lead} the {place} is haunted." for place, lead in LEADS.items())
    adored = zip(KNOWN, LEADS, strict=False)
    known = "\n\n".join(f"**Ann Lee:** I {verb} beekeepers adore the old wooden {place}." for verb, place in adored)
    return opened(tmp_path_factory.mktemp("leading"), {1: f"{told}\n", 2: f"{known}\n"})


@pytest.mark.parametrize("place", LEADS)
async def test_whatever_verb_says_what_others_believe_nobody_who_tells_it_believes_it(
    leading: Assistant, place: str
) -> None:
    answer = await _checked(leading, f"did Bob Ray say the {place} is haunted?")

    assert (answer.verdict, answer.said_by, answer.evidence[0].speaker) == (Verdict.NOT_FOUND, (), "Bob Ray")


@pytest.mark.parametrize("place", list(LEADS)[: len(KNOWN)])
async def test_who_knows_what_others_feel_does_not_say_so_of_oneself(leading: Assistant, place: str) -> None:
    answer = await _checked(leading, f"did Ann Lee say she adores the old wooden {place}?")

    assert (answer.verdict, answer.said_by) == (Verdict.NOT_FOUND, ())


async def test_a_year_is_one_of_the_words_that_somebody_may_have_said(assistant: Assistant) -> None:
    said = await _checked(assistant, "did Ann Lee say the smoker was invented by Moses Quinby in 1873?")
    other = await _checked(assistant, "did Ann Lee say the smoker was invented by Moses Quinby in 1950?")

    assert said.verdict is Verdict.EXACT
    assert other.verdict is Verdict.OTHER_NUMBER


async def test_words_that_leave_out_who_did_it_are_not_nearly_said(assistant: Assistant) -> None:
    answer = await _checked(assistant, 'did Bob Ray say "the museum turned me down"?')

    assert answer.verdict is Verdict.NOT_FOUND


async def test_a_name_with_a_hyphen_is_the_same_without(assistant: Assistant) -> None:
    answer = await _checked(
        assistant, "did Ann Dotis Georgiou say royal jelly is sometimes called the milk of the hive?"
    )

    assert (answer.verdict, answer.evidence[0].speaker) == (Verdict.CLOSE, "Ann Dotis-Georgiou")


async def test_a_long_statement_is_checked_like_a_short_one(assistant: Assistant) -> None:
    words = "the point is to be honest and not take the queens out from under people who keep those hives all year"
    answer = await _checked(assistant, f"did Bob Ray say {words}, is that right?")

    assert answer.asked.startswith("the point is to be honest")
    assert answer.evidence[0].speaker == "Bob Ray"


def test_what_is_shown_of_two_passages_is_found_again_by_its_id() -> None:
    hive = Episode(EpisodeId("hive"), "On queens", "Hive Talk", "the notes")
    queens = f"Never take {'the old and the young and ' * 10}the queens out from under people."
    turns = [Turn("Bob Ray", queens), Turn("Bob Ray", "I think that is unacceptable.")]
    said = list(passages(turns, episode=hive.id, source="talk"))
    search = Search.over([hive], said)
    catalogue = Catalogue([hive], search.get, {}, {})
    asked = "it is unacceptable to pull queens from under people"
    check = QuoteCheck("", 1.0, Verdict.NOT_FOUND, asked, people=("Bob Ray",))

    unsaid = Unsaid(catalogue, search).by_them(check, [catalogue.evidence(said[1], 1.0)], 1)

    assert unsaid
    shown = unsaid.evidence[0]
    assert shown.text == f"{queens} I think that is unacceptable."
    found = search.get(shown.id)
    assert isinstance(found, Passage)
    assert found.text == shown.text
