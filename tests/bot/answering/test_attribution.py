"""Whether somebody said it: told of the person asked about, counted, and never put into anybody's mouth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering import sentences
from bot.answering.attribution import recounted
from bot.answering.differing import written_ways
from bot.operating.opening import open_assistant
from bot.port.messages import (
    Assistant,
    ConversationId,
    Difference,
    Found,
    NotFound,
    Question,
    QuoteCheck,
    Unsure,
    Verdict,
)
from bot.port.wording import headline

LASTING = "**Ann Lee:** A hive without a queen is only a box of worried bees.\n\n"
TALKS = {
    1: LASTING
    + "**Bob Ray:** I think people should use wooden frames.\n\n**Ann Lee:** Well, move fast and melt wax.\n\n"
    "**Cora Lind:** Every wasp knows it's a trap.\n",
    2: "**Bob Ray:** I always say, move fast and melt wax.\n\n"
    "**Cora Lind:** I do not regret using plastic hives. Here is an old letter.\n\n"
    "> The swarm owes nobody an apology.\n",
    3: "**Bob Ray:** As I said, move fast and melt wax. It's a trap.\n\n**Ann Webb:** Honey is a map of the summer.\n\n"
    "**Cora Lind:** I don't think smoke calms the bees at all. Never wear gloves in a swarm.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("attribution"), TALKS, dated=True)


def add(folder: Path, number: int | None, transcript: str, *, dated: bool = True) -> None:
    folder.mkdir(parents=True)
    about = f"title: Talk {number}\nshow: Hive Talk\nsource: the transcript\n"
    numbered = f"number: {number}\n" if number else ""
    day = f"published: 2020-0{number}-01\n" if dated else ""
    (folder / "episode.yaml").write_text(f"{about}{numbered}{day}")
    (folder / "transcript.md").write_text(transcript)


def opened(home: Path, talks: Mapping[int, str], *, dated: bool = False) -> Assistant:
    for number, transcript in talks.items():
        add(home / "library" / f"hive-{number}", number, transcript, dated=dated)
    return open_assistant(home / "library", home / "cache")


async def checked(assistant: Assistant, question: str) -> QuoteCheck:
    answer = await assistant.ask(Question(question))
    assert isinstance(answer, QuoteCheck), answer
    return answer


async def test_of_whoever_said_it_the_answer_is_yes(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Ann Lee say "a hive without a queen is only a box of worried bees"?')

    assert (answer.verdict, answer.people) == (Verdict.EXACT, ("Ann Lee",))
    assert answer.text == "Yes, it was said word for word in Hive Talk #1. Ann Lee said it."


async def test_of_somebody_else_the_answer_is_no_and_who_did(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Bob Ray say "a hive without a queen is only a box of worried bees"?')

    assert (answer.verdict, answer.people) == (Verdict.BY_OTHERS, ("Bob Ray",))
    assert answer.text == "No, not Bob Ray. It was said word for word in Hive Talk #1. Ann Lee said it."


async def test_a_first_name_in_common_is_not_the_same_person(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Ann Lee say "honey is a map of the summer"?')

    assert answer.verdict is Verdict.BY_OTHERS
    assert [each.speaker for each in answer.said_by] == ["Ann Webb"]


async def test_all_who_said_it_are_counted_with_the_first_and_the_last_time(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Bob Ray say "move fast and melt wax"?')

    told = [
        (each.speaker, each.times, each.first and each.first.id, each.last and each.last.id) for each in answer.said_by
    ]
    assert told == [("Bob Ray", 2, "hive-2", "hive-3"), ("Ann Lee", 1, "hive-1", "hive-1")]
    assert answer.text.endswith(
        "Bob Ray said it twice (first in Hive Talk #2, 1 February 2020; last in Hive Talk #3, 1 March 2020)"
        " and Ann Lee once."
    )
    assert len(answer.evidence) == 3


async def test_whoever_is_asked_about_comes_first(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Ann Lee say "move fast and melt wax"?')

    assert answer.verdict is Verdict.EXACT
    assert answer.evidence[0].speaker == "Ann Lee"
    assert answer.said_by[0].speaker == "Ann Lee"


async def test_a_stranger_did_not_say_it(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Linus Torvalds say "honey is a map of the summer"?')

    assert (answer.verdict, answer.people) == (Verdict.BY_OTHERS, ("Linus Torvalds",))


async def test_of_several_who_said_it_once_all_are_named(assistant: Assistant) -> None:
    answer = await assistant.ask(Question('who said "it\'s a trap"?'))

    assert isinstance(answer, Found)
    assert answer.text in {"Bob Ray and Cora Lind said it.", "Cora Lind and Bob Ray said it."}


async def test_who_said_it_names_everybody(assistant: Assistant) -> None:
    answer = await assistant.ask(Question('who said "move fast and melt wax"?'))

    assert isinstance(answer, Found)
    assert answer.text.startswith("Bob Ray said it twice")
    assert "Ann Lee once" in answer.text


async def test_nearly_the_words_are_told_with_the_difference(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Ann Webb say "honey is the map of the summer"?')

    assert answer.verdict is Verdict.CLOSE
    assert answer.differences == ()
    assert answer.text == "It was said in almost those words, in Hive Talk #3. Ann Webb said it."


@pytest.mark.parametrize(
    ("words", "difference"),
    [
        ("I do regret using plastic hives", Difference("", "not")),
        ("I regret using plastic hives", Difference("", "do not")),
        ("honey is not a map of the summer", Difference("not", "")),
        ("honey isn't a map of the summer", Difference("isn't", "is")),
        ("wear gloves in a swarm", Difference("", "Never")),
        ("smoke calms the bees at all", Difference("", "don't think")),
    ],
)
async def test_a_negation_more_or_less_is_the_opposite(
    assistant: Assistant, words: str, difference: Difference
) -> None:
    answer = await checked(assistant, f'did anyone say "{words}"?')

    assert answer.verdict is Verdict.OPPOSITE
    assert answer.differences == (difference,)
    assert not answer.said_by
    assert answer.text.startswith("No, the opposite: ")


@pytest.mark.parametrize(
    "question",
    [
        'did Cora Lind say "I don\'t regret using plastic hives"?',
        'did Cora Lind say "I do not think smoke calms the bees at all"?',
        'did Bob Ray say "It is a trap"?',
    ],
)
async def test_words_with_a_contraction_written_otherwise_are_nearly_the_same(
    assistant: Assistant, question: str
) -> None:
    answer = await checked(assistant, question)

    assert answer.verdict is Verdict.CLOSE
    assert answer.differences == ()


@pytest.mark.parametrize(
    ("words", "ways"),
    [
        ("I am here", {"I am here", "I'm here"}),
        ("It's mine", {"It's mine", "It is mine"}),
        ("you cannot stay", {"you cannot stay", "you can't stay"}),
        ("we won't go", {"we won't go", "we will not go"}),
        ("I'm sure they are", {"I'm sure they are", "I am sure they are", "I'm sure they're", "I am sure they're"}),
        ("the cloud's edge", {"the cloud's edge"}),
    ],
)
def test_contractions_are_written_in_either_way(words: str, ways: set[str]) -> None:
    assert set(written_ways(words)) == ways


async def test_whoever_credits_others_only_quotes_them(tmp_path: Path) -> None:
    talks = {
        1: "**Ann Lee:** Well, wax is older than rope, to quote Ida Holm. So there.\n",
        2: "**Bob Ray:** There's an old saying that wax is older than rope.\n",
        3: "**Cora Lind:** Wax is older than rope, and I found that out alone.\n",
        4: "**Dan Fox:** Okay, beekeeping proverbs for 500. Wax is older than rope.\n",
        5: "**Eve Moss:** Tom Tree likes to say wax is older than rope.\n",
    }
    assistant = opened(tmp_path, talks)

    answer = await assistant.ask(Question('who said "wax is older than rope"?'))

    assert answer.text.startswith("Cora Lind said it. ")
    assert "Ann Lee said it, quoting Ida Holm." in answer.text
    assert "Eve Moss said it, quoting Tom Tree." in answer.text
    assert answer.text.endswith("Dan Fox and Bob Ray quoted it.")


async def test_a_statement_may_be_said_of_it_right_after_the_subject(tmp_path: Path) -> None:
    talks = {
        1: "**Ann Lee:** Look, there is no honey. It's just somebody else's flowers and time.\n",
        2: "**Bob Ray:** I like wax. It's just somebody else's flowers and time.\n",
    }
    assistant = opened(tmp_path, talks)

    answer = await checked(assistant, 'did Ann Lee say "honey is just somebody else\'s flowers and time"?')
    other = await checked(assistant, 'did Bob Ray say "honey is just somebody else\'s flowers and time"?')

    assert (answer.verdict, answer.differences) == (Verdict.CLOSE, (Difference("honey", "It"),))
    assert answer.evidence[0].speaker == "Ann Lee"
    assert other.verdict is not Verdict.CLOSE


async def test_a_quotation_is_checked_as_it_was_typed(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Ann Webb say "honye is a map of the summer"?')

    assert answer.asked == "honye is a map of the summer"
    assert (answer.verdict, answer.differences) == (Verdict.CLOSE, (Difference("honye", "Honey"),))


async def test_an_apostrophe_is_part_of_a_word(assistant: Assistant) -> None:
    whole = await checked(assistant, 'did Bob Ray say "it\'s a trap"?')
    part = await checked(assistant, 'did Bob Ray say "it a trap"?')

    assert whole.verdict is Verdict.EXACT
    assert part.verdict is not Verdict.EXACT


@pytest.mark.parametrize(
    "words",
    [
        "A hive without a queen should use wooden frames",
        "honey is a map of the bees at all",
        "wooden frames are dead and everyone should use plastic",
    ],
)
async def test_words_of_two_sentences_are_nobodys(assistant: Assistant, words: str) -> None:
    asked = await checked(assistant, f'did Bob Ray say "{words}"?')
    who = await checked(assistant, f'who said "{words}"?')

    for answer in (asked, who):
        assert answer.verdict is Verdict.NOT_FOUND
        assert not answer.said_by
        assert "said it" not in answer.text


async def test_somebody_who_says_what_they_like_is_told_of_as_liking_it(assistant: Assistant) -> None:
    answer = await checked(assistant, "did Cora Lind say she regrets using plastic hives")

    assert (answer.verdict, [each.speaker for each in answer.evidence]) == (Verdict.OPPOSITE, ["Cora Lind"])


async def test_who_nearly_said_it_is_shown_before_what_others_say_on_it(assistant: Assistant) -> None:
    answer = await checked(assistant, "who said something like people should use frames of plastic")

    assert [each.speaker for each in answer.evidence] == ["Bob Ray"]


async def test_a_rare_word_that_is_missing_makes_it_another_statement(assistant: Assistant) -> None:
    answer = await checked(assistant, 'who said "I think people should use blockchain frames"?')

    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.text == "Not in those words. The closest is by Bob Ray, in Hive Talk #1."
    assert [each.speaker for each in answer.evidence] == ["Bob Ray"]


@pytest.mark.unmeasured
async def test_of_words_that_come_up_everywhere_the_count_is_not_said_to_be_whole(tmp_path: Path) -> None:
    said = (
        f"**Ann Lee:** Honey is what I know, says the bee number {n}. {'Buzz. ' * 40}\n\n**Bob Ray:** Hm.\n\n"
        for n in range(520)
    )
    add(tmp_path / "library" / "hive-1", 1, "".join(said))
    chatty = open_assistant(tmp_path / "library", tmp_path / "cache")

    everywhere = await checked(chatty, 'did Ann Lee say "honey is what I know"?')
    once = await checked(chatty, 'did Ann Lee say "says the bee number 77"?')

    assert everywhere.countless
    assert everywhere.text.endswith("These words come up so often that I stopped counting.")
    assert not once.countless


@pytest.mark.parametrize("who", ["I", "anybody", "nobody", "wasps"])
async def test_a_short_claim_about_somebody_else_is_another_one(assistant: Assistant, who: str) -> None:
    answer = await checked(assistant, f'did Bob Ray say "{who} should use wooden frames"?')

    assert answer.verdict is Verdict.NOT_FOUND
    assert "people should use wooden frames" in answer.evidence[0].text


async def test_an_apostrophe_that_is_left_out_is_no_other_word(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Cora Lind say "every wasp knows its a trap"?')

    assert (answer.verdict, answer.differences) == (Verdict.EXACT, ())


async def test_where_no_answer_is_sure_whoever_is_asked_about_is_shown_and_nobody_else(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what did Ann Lee say about wooden boxes?"))

    assert isinstance(answer, Unsure)
    assert {evidence.speaker for evidence in answer.evidence} == {"Ann Lee"}


async def test_whoever_reads_words_aloud_did_not_say_them(assistant: Assistant) -> None:
    anybody = await checked(assistant, 'did anyone say "the swarm owes nobody an apology"?')
    reader = await checked(assistant, 'did Cora Lind say "the swarm owes nobody an apology"?')

    assert anybody.text == "It was said word for word in Hive Talk #2. Cora Lind read it aloud."
    assert [(voice.speaker, voice.aloud) for voice in anybody.said_by] == [("Cora Lind", True)]
    assert [evidence.aloud for evidence in anybody.evidence] == [True]
    assert (reader.verdict, reader.text) == (Verdict.BY_OTHERS, "No, Cora Lind only read it aloud, in Hive Talk #2.")
    assert headline(reader) == "✘ Cora Lind only read it aloud"


async def test_reported_speech_is_what_was_said_of_oneself(assistant: Assistant) -> None:
    said = await checked(assistant, "did Cora Lind say she does not regret using plastic hives?")
    others = await checked(assistant, "did Bob Ray say he does not regret using plastic hives?")

    assert (said.verdict, said.differences) == (Verdict.CLOSE, ())
    assert said.text == "Yes, in Hive Talk #2. Cora Lind said it."
    assert others.verdict is Verdict.BY_OTHERS


async def test_of_few_words_none_may_stand_between_others(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did anyone say "smoke the bees"?')

    assert answer.verdict is Verdict.NOT_FOUND


async def test_who_else_said_it_and_who_first_are_asked_of_the_words_before(assistant: Assistant) -> None:
    asked = ['did Ann Lee say "move fast and melt wax"?', "who else said it?", "who said it first?"]

    answers = [await assistant.ask(Question(each, conversation=ConversationId("one"))) for each in asked]

    assert "Bob Ray" in answers[1].text
    assert answers[2].text == "Ann Lee said it first, in Hive Talk #1 (1 January 2020)."


async def test_of_words_without_quotation_marks_nobody_is_told_that_they_never_said_so(assistant: Assistant) -> None:
    answer = await checked(assistant, "did Bob Ray say a hive without a queen is only a box of worried bees?")

    assert answer.verdict is Verdict.BY_OTHERS
    assert answer.text.startswith("Bob Ray didn't say it in those words. It was said word for word in Hive Talk #1.")


async def test_nobody_was_first_to_say_what_nobody_said(assistant: Assistant) -> None:
    asked = ['did anyone say "the moon is a cheese of the night"?', "who said it first?"]

    answers = [await assistant.ask(Question(each, conversation=ConversationId("moon"))) for each in asked]

    assert isinstance(answers[1], QuoteCheck)
    assert answers[1].verdict is Verdict.NOT_FOUND


async def test_who_said_it_first_is_found_among_more_places_than_are_shown(tmp_path: Path) -> None:
    for number in range(1, 13):
        speaker = "Ann Lee" if number == 1 else "Bob Ray"
        add(tmp_path / "library" / f"hive-{number}", number, f"**{speaker}:** Move fast and melt wax.\n", dated=False)
    add(tmp_path / "library" / "hive-bonus", None, "**Cora Lind:** Move fast and melt wax.\n", dated=False)
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")
    asked = ['did anyone say "move fast and melt wax"?', "who said it first?"]

    answers = [await assistant.ask(Question(each, conversation=ConversationId("one"))) for each in asked]

    assert answers[1].text == "Ann Lee said it first, in Hive Talk #1."


async def test_of_words_that_somebody_never_said_what_they_did_say_on_it_is_shown(assistant: Assistant) -> None:
    answer = await checked(assistant, "did Bob Ray say he prefers wooden frames?")

    assert (answer.verdict, answer.people, answer.said_by) == (Verdict.NOT_FOUND, ("Bob Ray",), ())
    assert [each.speaker for each in answer.evidence] == ["Bob Ray"]
    assert "wooden frames" in answer.evidence[0].text


async def test_what_somebody_said_that_comes_nearest_is_shown_whether_it_says_so_or_not(assistant: Assistant) -> None:
    same = await checked(assistant, "did Cora Lind say that smoke has never calmed any bees?")
    other = await checked(assistant, "did Bob Ray say wooden frames were a mistake?")
    nothing = await checked(assistant, "did Bob Ray say smoke is a mistake?")

    assert (headline(same), same.told) == ("Cora Lind didn't say it in those words", "This comes closest:")
    assert (headline(other), other.evidence[0].speaker) == ("Bob Ray didn't say it in those words", "Bob Ray")
    assert (headline(nothing), nothing.evidence) == ("✘ Nothing like it from Bob Ray", ())


async def test_what_another_said_of_something_else_is_not_set_beside_words(assistant: Assistant) -> None:
    answer = await checked(assistant, 'did Bob Ray say "a wasp without a queen is only a box of regret"?')

    assert (headline(answer), answer.evidence) == ("✘ Nothing like it from Bob Ray", ())


async def test_what_is_told_of_somebody_in_other_words_is_not_denied(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("who said gloves are never good in swarms"))

    assert isinstance(answer, Found)
    assert (answer.near, answer.told, answer.evidence[0].speaker) == (True, sentences.COMES_NEAREST, "Cora Lind")


async def test_what_is_denied_right_before_is_not_said_and_not_the_others_opposite(tmp_path: Path) -> None:
    add(tmp_path / "library" / "hive-1", 1, "**Ann Lee:** It's not that I hate plastic hives.\n\n**Bob Ray:** Hm.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    hers = await checked(assistant, "did Ann Lee say she hates plastic hives?")
    his = await checked(assistant, "did Bob Ray say he hates plastic hives?")

    assert hers.verdict is Verdict.OPPOSITE
    assert his.verdict is Verdict.NOT_FOUND


async def test_who_says_it_of_oneself_is_found_beside_saying_it_of_another(tmp_path: Path) -> None:
    told = "**Bob Ray:** Ann knows why she loves wax.\n\n**Ann Lee:** Yes.\n\n**Bob Ray:** Well, I love wax.\n"
    add(tmp_path / "library" / "hive-1", 1, told)
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await checked(assistant, "did Bob Ray say he loves wax?")

    assert (answer.verdict, answer.evidence[0].text) == (Verdict.CLOSE, "Well, I love wax.")


async def test_what_somebody_quotes_is_not_what_they_say_of_themselves(tmp_path: Path) -> None:
    told = 'Here is a page about me: "Why I love wax. It melts." That is silly.'
    add(tmp_path / "library" / "hive-1", 1, f"**Bob Ray:** {told}\n\n**Ann Lee:** Yes.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await checked(assistant, "did Bob Ray say he loves wax?")

    assert (answer.verdict, headline(answer)) == (Verdict.NOT_FOUND, "Bob Ray didn't say it in those words")


async def test_what_is_only_told_of_somebody_is_offered_and_not_denied(assistant: Assistant) -> None:
    check = await checked(assistant, 'who said "I think people should use blockchain frames"?')
    offered = recounted(replace(check, asked="they think their frames should be blockchain"))
    nothing = replace(check, asked="they think", evidence=())

    assert recounted(check) is check
    assert recounted(nothing) is nothing
    assert isinstance(offered, Unsure)
    assert offered.evidence == check.evidence


async def test_a_quote_asked_for_by_what_it_tells_is_the_words_that_tell_it(assistant: Assistant) -> None:
    near = await assistant.ask(Question("what's that quote about boxes of worried bees without their queen"))
    exact = await assistant.ask(Question("quote about moving fast and melting wax"))
    none = await assistant.ask(Question("quote about submarines and pigeons"))

    assert isinstance(near, Unsure | Found)
    assert near.evidence[0].text.startswith("A hive without a queen")
    assert isinstance(exact, Found)
    assert "move fast and melt wax" in exact.evidence[0].text
    assert isinstance(none, NotFound)


async def test_another_form_of_a_word_is_the_same_word(assistant: Assistant) -> None:
    answer = await assistant.ask(Question('who said "every wasp knew it as trapping"'))

    assert isinstance(answer, Found)  # the irregular "knew" as well, so that it is credited
    assert answer.evidence[0].speaker == "Cora Lind"


async def test_words_that_others_say_by_chance_are_not_set_against_what_somebody_said(assistant: Assistant) -> None:
    answer = await checked(assistant, "did Cora Lind say it is a trap?")

    assert answer.evidence[0].speaker == "Cora Lind"


async def test_a_quotation_after_the_word_quote_asks_for_no_other_quote(assistant: Assistant) -> None:
    answer = await checked(assistant, 'quote: "the llama is the only honest mammal in a server room"')

    assert answer.verdict is Verdict.NOT_FOUND


async def test_what_is_asked_of_others_is_not_said_of_oneself(tmp_path: Path) -> None:
    add(tmp_path / "library" / "hive-1", 1, "**Ann Lee:** You don't like lasagna, do you? He loves wax, they say.\n")
    add(tmp_path / "library" / "hive-2", 2, "**Ann Lee:** I love honey from the heath.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    for question in ("did Ann Lee say she doesn't like lasagna?", "did Ann Lee say he loves wax?"):
        assert (await checked(assistant, question)).verdict is Verdict.NOT_FOUND
    assert (await checked(assistant, "did Ann Lee say she loves honey from the heath?")).verdict is Verdict.CLOSE


LONG = "We went from hive to hive that day and looked at all the frames, one after the other, until it got dark. "


async def test_what_somebody_quotes_is_shown_from_where_the_quotation_begins(tmp_path: Path) -> None:
    reported = 'Now there is a steady trend of "Let us not use smoke. Let us just use water", and so on.'
    add(tmp_path / "library" / "hive-1", 1, f"**Bob Ray:** {LONG * 2}Then we rested. {reported} {LONG}\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await assistant.ask(Question("what does bob ray think of water"))

    assert isinstance(answer, Found)
    assert 'Now there is a steady trend of "Let us not use smoke. Let us just use water"' in answer.evidence[0].text
    assert answer.evidence[0].approximate is (answer.evidence[0].start is not None)

    check = await checked(assistant, '"let us just use water"')
    (begin, end), *_ = check.evidence[0].spans
    assert check.evidence[0].text[begin:end] == "Let us just use water"
    assert [each.quoting for each in check.said_by] == [True]


async def test_what_somebody_thinks_of_something_is_first_what_they_say_they_think(tmp_path: Path) -> None:
    told = [
        f"The wax went into box number {number}, with more wax on it, and the wax lay there." for number in range(9)
    ]
    told.insert(4, "That said, I am no friend of honey, because I love wax.")
    transcript = "\n\n".join(
        f"**Bob Ray:** {text}\n\n**Ann Lee:** I hate wax, number {at}." for at, text in enumerate(told)
    )
    add(tmp_path / "library" / "hive-1", 1, transcript)
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    for question in ("what does Bob Ray think of wax?", "is Bob Ray a big fan of wax?", "does Bob Ray like wax?"):
        answer = await assistant.ask(Question(question))
        assert isinstance(answer, Found)
        assert answer.evidence[0].text.endswith("because I love wax.")


async def test_what_somebody_did_with_quoted_words_is_asked_of_them_alone(assistant: Assistant) -> None:
    answer = await checked(
        assistant, 'did Bob Ray write the article "a hive without a queen is only a box of worried bees"?'
    )

    assert answer.verdict is Verdict.BY_OTHERS
    assert [voice.speaker for voice in answer.said_by] == ["Ann Lee"]


async def test_words_after_a_denial_of_some_words_are_the_opposite(tmp_path: Path) -> None:
    add(tmp_path / "library" / "hive-1", 1, "**Bob Ray:** I've never felt like the queens have been friendly to me.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    assert (await checked(assistant, 'did Bob Ray say "the queens have been friendly"?')).verdict is Verdict.OPPOSITE


async def test_a_first_name_alone_in_another_episode_is_not_taken_for_somebody_s(tmp_path: Path) -> None:
    library = tmp_path / "library"
    add(library / "hive-1", 1, "**Ann Lee:** Who built it?\n\n**Vera Rao:** We built the whole apiary ourselves.\n")
    add(library / "hive-2", 2, "**Ann Lee:** And then?\n\n**Vera:** We were stumped by the mites for a year.\n")
    for number in range(3, 9):  # she is no regular
        add(library / f"hive-{number}", number, f"**Ann Lee:** Today I have {number} hives.\n")

    answer = await checked(
        open_assistant(library, tmp_path / "cache"), 'did Vera Rao say "we were stumped by the mites"?'
    )

    assert answer.verdict is Verdict.BY_OTHERS
    assert [voice.speaker for voice in answer.said_by] == ["Vera"]


async def test_who_is_asked_about_is_contradicted_by_their_own_words_alone(tmp_path: Path) -> None:
    add(tmp_path / "library" / "hive-1", 1, "**Ann Lee:** I never wear gloves.\n\n**Bob Ray:** I never wear gloves.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await checked(assistant, "did Ann Lee say she wears gloves?")

    assert answer.verdict is Verdict.OPPOSITE
    assert [each.speaker for each in answer.evidence] == ["Ann Lee"]


async def test_a_first_name_that_is_known_to_be_somebody_s_credits_them(tmp_path: Path) -> None:
    library = tmp_path / "library"
    for number in range(2, 6):
        add(library / f"hive-{number}", number, f"**Ann Lee:** Today I have {number} hives.\n")
    add(library / "hive-1", 1, "**Ann:** We were stumped by the mites for a year.\n")

    answer = await checked(
        open_assistant(library, tmp_path / "cache"), 'did Ann Lee say "we were stumped by the mites"?'
    )

    assert answer.verdict is Verdict.EXACT
    assert [voice.speaker for voice in answer.said_by] == ["Ann Lee"]


async def test_somebody_whose_last_name_no_transcript_has_is_credited_by_the_first(tmp_path: Path) -> None:
    add(tmp_path / "library" / "hive-1", 1, "**Ann Lee:** And then?\n\n**Vera:** We were stumped by the mites.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await checked(assistant, 'did Vera Rao say "we were stumped by the mites"?')

    assert answer.verdict is Verdict.EXACT
    assert [voice.speaker for voice in answer.said_by] == ["Vera"]


async def test_who_reads_a_letter_aloud_may_be_unknown(tmp_path: Path) -> None:
    add(tmp_path / "library" / "hive-1", 1, "> The swarm owes nobody an apology.\n\n**Ann Lee:** A fine letter.\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await assistant.ask(Question('who said "the swarm owes nobody an apology"?'))

    assert "The transcript doesn't name the speaker." in answer.text


CLAIMS = {
    1: "**Bob Ray:** I still love wax, even if it melts.\n\n**Ann Lee:** People probably love drones, and Bob loves "
    "drones.\n\n**Cora Lind:** Well, I love drones.\n\n**Cora Lind:** I love wax.\n",
    2: "**Ann Lee:** It brings up this: is the mite taking all of these colonies?\n\n**Bob Ray:** Right.\n\n"
    "**Ann Lee:** The mite is a farmer's worst enemy, right?\n\n**Bob Ray:** Skeps versus boxes. Fight!\n",
    3: "**Cora Lind:** My opinion is that everybody in your club - and this is doubly so for beekeepers - works in "
    "sales.\n\n**Ann Lee:** A number of apiary decisions are either made or not objected to out of a fear of "
    "getting stung.\n\n**Bob Ray:** Yes.\n\n"
    '**Ann Lee:** We read "The Silent Hive", which is one of my favorite books.\n',
    4: "**Bob Ray:** The hive was fine. And here's a term I don't like. Well, you know. Superorganism.\n\n"
    "**Ann Lee:** And he can come along, because I love meeting all the wax people.\n\n"
    "**Bob Ray:** If you want a robot job, ask for robot jobs in Singapore.\n",
}


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("claims")
    for number, transcript in CLAIMS.items():
        add(home / "library" / f"hive-{number}", number, transcript)
    return open_assistant(home / "library", home / "cache")


@pytest.mark.parametrize(
    ("question", "head", "speaker"),
    [
        ("did Bob Ray say he loves wax?", "≈ Nearly, but not word for word", "Bob Ray"),
        ("did Ann Lee say she loves meeting all the wax people?", "✔ Yes, in about these words", "Ann Lee"),
        ('did Ann Lee say "I love drones"?', "✘ Not Ann Lee: Cora Lind did", "Cora Lind"),
        ('did Bob Ray say "skeps vs boxes, fight"?', "✔ Yes, word for word", "Bob Ray"),
        (
            'did Ann Lee say "apiary decisions are made out of a fear of getting stung"?',
            "≈ Nearly, but not word for word",
            "Ann Lee",
        ),
        ("did Cora Lind say everybody in your club works in sales?", "≈ Nearly, but not word for word", "Cora Lind"),
        ("did Ann Lee say the mite is a farmer's worst enemy?", "✔ Yes, word for word", "Ann Lee"),
    ],
)
async def test_a_claim_is_what_somebody_says_whatever_is_said_beside(
    claims: Assistant, question: str, head: str, speaker: str
) -> None:
    answer = await checked(claims, question)

    assert (headline(answer), answer.evidence[0].speaker) == (head, speaker)


async def test_who_asks_something_does_not_say_so(claims: Assistant) -> None:
    answer = await checked(claims, "did Ann Lee say the mite is taking all colonies?")

    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.evidence[0].text.endswith("?")


async def test_who_goes_on_behind_a_title_says_it_themselves(claims: Assistant) -> None:
    answer = await claims.ask(Question("who said The Silent Hive is one of their favorite books"))

    assert isinstance(answer, Found)
    assert answer.text.endswith("Ann Lee said it.")


async def test_what_nobody_says_like_that_is_no_answer_to_who_said_it(claims: Assistant) -> None:
    answer = await claims.ask(Question("who said drones are the new wax people"))

    assert not isinstance(answer, Found) or answer.near
    assert not isinstance(answer, QuoteCheck) or not answer.verdict.said


async def test_who_names_all_of_a_claim_and_not_its_verb_does_not_say_so(claims: Assistant) -> None:
    answer = await checked(claims, "did Bob Ray say robots will take all jobs?")

    assert answer.verdict is Verdict.NOT_FOUND


async def test_what_is_only_asked_or_argued_about_is_no_statement(tmp_path: Path) -> None:
    talk = "**Ann Lee:** Give me the best case for why skeps were good.\n\n**Bob Ray:** That's why frames are good.\n"
    asked = opened(tmp_path, {1: talk})

    skeps = await asked.ask(Question("did Ann Lee say skeps were good"))
    frames = await asked.ask(Question("did Bob Ray say frames are good"))

    assert isinstance(skeps, QuoteCheck)
    assert skeps.verdict is Verdict.NOT_FOUND
    assert isinstance(frames, QuoteCheck)
    assert frames.verdict is Verdict.EXACT


@pytest.mark.parametrize(
    "tag",
    [
        "{} was that cora?",
        "{} - cora, right?",
        "{} that was cora no?",
        "{} that was cora, wasn't it",
        "{} isnt that from cora",
        "{} cora said that didn't she",
        "wasn't it cora who went {}",
    ],
)
async def test_a_quotation_with_a_name_after_it_is_checked_of_whom_it_names(assistant: Assistant, tag: str) -> None:
    theirs = await assistant.ask(Question(tag.format('"people should use wooden frames"')))
    own = await assistant.ask(Question(tag.format('"every wasp knows it\'s a trap"')))

    assert isinstance(theirs, QuoteCheck), theirs
    assert headline(theirs) == "✘ Not Cora Lind: Bob Ray did"
    assert isinstance(own, QuoteCheck), own
    assert headline(own) == "✔ Yes, word for word"


async def test_a_quotation_with_a_strangers_name_after_it_is_said_to_be_anothers(assistant: Assistant) -> None:
    theirs = await assistant.ask(Question('"people should use wooden frames" was that elon musk?'))
    nobody = await assistant.ask(Question('"people should use wooden frames" was that sarcastic?'))

    assert isinstance(theirs, QuoteCheck), theirs
    assert headline(theirs) == "✘ Not Elon Musk: Bob Ray did"
    assert not isinstance(nobody, QuoteCheck) or "Sarcastic" not in headline(nobody)
