"""Who somebody is, when they were on, with whom and how often; and who is only mentioned, or nowhere."""

from pathlib import Path

import pytest

from bot.answering import sentences
from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, ConversationId, Fact, Found, NotFound, Question, QuoteCheck, Several, Unsure
from bot.port.wording import headline

_SAID = (
    ("Hive Talk", 1, "**Ann Lee:** Welcome to the very first one. I read Grace Hopper on compilers at night."),
    ("Hive Talk", 2, "**ANN LEE:** Honey never spoils.\n\n**Bob Ray:** Like Grace Hopper's clock, it runs backwards."),
    (
        "Hive Talk",
        3,
        "**Ann Lee:** Wax is older than candles.\n\n**Bob Hill:** The grace of hoppers is open source, too.",
    ),
    (
        "Night Bees",
        1,
        "**Cora Lind:** Night bees find their way by the stars.\n\n**Ann Lee:** Hopper? Grace! Open source!",
    ),
    (
        "Night Bees",
        2,
        "**Cora Lind:** I have a bee called Ada, after Bob Hill's dog.\n\n**Bob Ray:** Mine is called Grace Hopper.",
    ),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("people")
    for show, number, transcript in _SAID:
        add(home / "library", number, transcript, show)
    return open_assistant(home / "library", home / "cache")


async def fact(assistant: Assistant, question: str) -> Fact:
    answer = await assistant.ask(Question(question))
    assert isinstance(answer, Fact), answer
    return answer


@pytest.mark.parametrize(
    "question",
    [
        "has Grace Hopper ever been on?",
        "who is grace hopper",
        "was Grace Hopper a guest here?",
        "did they ever have grace hopper on the show",
        "has anyone called Grace Hopper been on",
        "how often has Grace Hopper been on",
        "which shows has grace hopper been a guest on",
        "what episode did Grace Hopper get interviewed in",
        "which episode has grace hopper as a guest",
        "have you interviewed Grace Hopper yet?",
    ],
)
async def test_who_is_only_mentioned_does_not_speak_and_comes_up_in_so_many_episodes(
    assistant: Assistant, question: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Found)
    assert answer.text == "Grace Hopper hasn't been on, but the name comes up in 3 episodes:"
    assert {each.episode.id for each in answer.evidence} == {"hive-talk-1", "hive-talk-2", "night-bees-2"}


@pytest.mark.parametrize(
    "question",
    [
        "who is Dr. Cora Lind",
        "who is ms lind",
        "has Prof. Lind been on?",
        "tell me about Mrs. Lind",
        "Dr. Lind's first episode",
        "Doctor Cora Lind's last appearance",
        "how many episodes is Miss Lind in",
        "what about Dr. Cora?",
        "Dr. Lind. How often was she on?",
    ],
)
async def test_a_title_is_no_part_of_a_name(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert "Cora Lind" in answer.text
    assert {each.id for each in (await fact(assistant, question)).episodes} <= {"night-bees-1", "night-bees-2"}


@pytest.mark.parametrize("question", ["who is Dr. Grace Hopper", "has prof grace hopper been on", "who is ms hopper"])
async def test_a_stranger_is_looked_up_without_a_title(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Found)
    assert "Hopper hasn't been on, but the name comes up in" in answer.text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("who is D.H.H.?", "David Heinemeier Hansson"),
        ("has d.h.h. been on?", "David Heinemeier Hansson"),
        ("D.H.H.'s first episode", "David Heinemeier Hansson"),
        ("how often was D.H.H on", "David Heinemeier Hansson"),
        ("who is JC Lane", "J.C. Lane"),
        ("has j.c. lane been on", "J.C. Lane"),
        ("who is Erik Saint Martin", "Erik St. Martin"),
        ("has erik st martin been on?", "Erik St. Martin"),
        ("Erik Saint Martin's last episode", "Erik St. Martin"),
        ("who is Mireille Reece", "Mireille B. Reece, PsyD"),
        ("has Dr. Reece been on", "Mireille B. Reece, PsyD"),
    ],
)
async def test_initials_saints_and_degrees_may_be_typed_another_way(tmp_path: Path, question: str, name: str) -> None:
    place = tmp_path / "library" / "hive"
    place.mkdir(parents=True)
    names = ("David Heinemeier Hansson", "J.C. Lane", "Erik St. Martin", "Mireille B. Reece, PsyD")
    (place / "transcript.md").write_text("".join(f"**{each}:** Bees fly by day.\n\n" for each in names))
    (place / "episode.yaml").write_text("title: Hive\nshow: Hive Talk\nnumber: 1\nsource: the transcript\n")

    answer = await fact(open_assistant(tmp_path / "library", tmp_path / "cache"), question)

    assert name in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Ann, Cora and Bob Ray together",
        "Ann Lee, Cora Lind, and Bob Ray together",
        "episodes with Ann, Cora and Bob Ray on the same episode",
        "have Ann, Cora and Bob Ray ever been on together?",
        "which episodes have Cora, Bob Ray and Ann been on together",
        "episodes with Cora, Ann, Bob Ray",
    ],
)
async def test_several_people_are_asked_about_together(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert {"Ann Lee", "Bob Ray", "Cora Lind"} <= {tally.label for tally in answer.counts}
    assert answer.text.startswith("No episode has ")


@pytest.mark.parametrize("question", ["Ann and Cora together", "all episodes with Cora and Ann at the same time"])
async def test_two_people_are_together_in_the_episodes_of_both(assistant: Assistant, question: str) -> None:
    assert [each.id for each in (await fact(assistant, question)).episodes] == ["night-bees-1"]


async def test_a_stranger_is_named_as_typed(assistant: Assistant) -> None:
    texts = [(await assistant.ask(Question(f"who is {name}?"))).text for name in ("J.R.R.", "Dr. Fry", "dr. ida fry")]

    assert [text.partition(" hasn't")[0] for text in texts] == ["J.R.R.", "Dr. Fry", "Ida Fry"]


async def test_a_name_with_a_small_particle_is_a_name(tmp_path: Path) -> None:
    add(tmp_path / "library", 1, "**Ann Lee:** As Guido van Wax says, bees are honest.\n\n**Bob Ray:** He does.")
    add(tmp_path / "library", 2, "**Ann Lee:** Honey never spoils.")
    library = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await library.ask(Question("has guido van wax been on the show"))

    assert isinstance(answer, Found)
    assert answer.text == "Guido van Wax hasn't been on, but the name comes up in one episode:"


async def test_a_show_that_is_named_is_the_only_one_that_is_counted(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("has Grace Hopper ever been on Hive Talk?"))

    assert isinstance(answer, Found)
    assert answer.text == "Grace Hopper hasn't been on Hive Talk, but the name comes up in 2 episodes there:"


@pytest.mark.parametrize(
    "question", ["who is Zebulon Quack?", "has zebulon quack ever been on", "was Ada Lee a guest?"]
)
async def test_who_is_nowhere_is_said_to_be_nowhere(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, NotFound)
    assert answer.text.endswith(" hasn't been on, and nobody mentions the name.")


async def test_words_asked_of_somebody_mentioned_are_answered_where_the_name_and_the_subject_come_up(
    assistant: Assistant,
) -> None:
    answer = await assistant.ask(Question("what did Grace Hopper say about compilers?"))

    assert isinstance(answer, Found)
    assert "comes up in 3 episodes" in answer.text
    assert [each.speaker for each in answer.evidence] == ["Ann Lee"]


async def test_words_asked_of_somebody_who_is_nowhere_are_nobodys(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what did Zebulon Quack say about honey?"))

    assert isinstance(answer, Found | NotFound)
    assert answer.text.startswith("Zebulon Quack hasn't been on, and nobody mentions the name.")


@pytest.mark.parametrize("question", ["who is open source", "who is spoiling honey", "who is the host of the Oscars"])
async def test_words_that_are_no_name_are_a_subject(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Found | NotFound | Unsure)
    assert "hasn't been on" not in answer.text


@pytest.mark.parametrize("question", ["when was Ann Lee first on Hive Talk?", "Ann Lee's first Hive Talk episode"])
async def test_the_first_time_somebody_was_on_a_show_is_told(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert [each.id for each in answer.episodes] == ["hive-talk-1"]


@pytest.mark.parametrize(
    "question",
    ["when was Bob Ray last on?", "Bob Ray's last appearance", "the latest episode with Bob Ray"],
)
async def test_the_last_time_is_told_of_each_show_where_no_day_tells_which_it_is(
    assistant: Assistant, question: str
) -> None:
    answer = await fact(assistant, question)

    assert {each.id for each in answer.episodes} == {"hive-talk-2", "night-bees-2"}
    assert "by number" in answer.text


@pytest.mark.parametrize(
    "question",
    ["who was on most often?", "who has been on the most", "who are the regulars"],
)
async def test_who_was_on_most_often_is_counted_in_episodes(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert answer.text == (
        "Heard most often in these 5 episodes: Ann Lee (4), Bob Ray (2), Cora Lind (2) and Bob Hill (1)."
    )
    assert answer.chart is not None
    assert [(each.label, each.amount) for each in answer.chart.bars[:2]] == [
        ("Ann Lee", "4 episodes"),
        ("Bob Ray", "2 episodes"),
    ]


async def test_as_many_are_named_as_were_asked_for_and_of_the_show_that_was_named(assistant: Assistant) -> None:
    answer = await fact(assistant, "top 1 guests of Night Bees")

    assert answer.text == "Heard most often in these 2 episodes of Night Bees: Cora Lind (2)."


@pytest.mark.parametrize(
    ("question", "guests"),
    [
        ("list all guests of Hive Talk", {"Bob Ray", "Bob Hill"}),
        ("how many guests has Hive Talk had?", {"Bob Ray", "Bob Hill"}),
        ("which guest was on most often in Hive Talk?", {"Bob Ray", "Bob Hill"}),
    ],
)
async def test_guests_are_those_who_are_no_regulars(assistant: Assistant, question: str, guests: set[str]) -> None:
    answer = await fact(assistant, question)

    assert {each.label for each in answer.counts if each.unit == "episodes"} == guests


async def test_who_was_a_guest_more_than_once_may_be_nobody(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("who has been a guest more than once?"))

    assert isinstance(answer, NotFound)


@pytest.mark.parametrize(
    "question",
    [
        "Ann Lee and Bob Ray together",
        "which episodes have both Bob Ray and Ann Lee",
        "episodes with Ann and Bob together",
    ],
)
async def test_the_episodes_that_two_people_are_both_in_are_listed(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert [each.id for each in answer.episodes] == ["hive-talk-2"]


async def test_two_people_who_never_met_are_told_apart(assistant: Assistant) -> None:
    answer = await fact(assistant, "have Bob Hill and Cora Lind ever been on together?")

    assert answer.text.startswith("No episode has Bob Hill and Cora Lind together.")


async def test_a_first_name_that_several_have_is_asked_back(assistant: Assistant) -> None:
    answer = await fact(assistant, "who is Bob?")

    assert answer.text == "Which Bob do you mean: Bob Ray (2 episodes) or Bob Hill (one episode)?"


@pytest.mark.parametrize("question", ["who was on with Bob?", "who came on with Bob?"])
async def test_which_of_two_with_a_name_is_asked_back_before_anything_is_said_of_their_episodes(
    assistant: Assistant, question: str
) -> None:
    assert (await fact(assistant, question)).text.startswith("Which Bob do you mean: ")


async def test_a_claim_about_a_first_name_is_about_everybody_who_has_it_and_names_them(assistant: Assistant) -> None:
    never = await assistant.ask(Question("did Bob say that wax is older than the stars?"))
    others = await assistant.ask(Question('did Bob say "night bees find their way by the stars"?'))
    one = await assistant.ask(Question('did Bob say "the grace of hoppers is open source"?'))

    for answer in (never, others, one):
        assert isinstance(answer, QuoteCheck)
        assert answer.people == ("Bob Ray", "Bob Hill")
    assert isinstance(others, QuoteCheck)
    assert headline(others) == "✘ Not Bob Ray or Bob Hill: Cora Lind did"
    assert isinstance(one, QuoteCheck)
    assert [each.speaker for each in one.said_by] == ["Bob Hill"]


async def test_of_two_with_a_name_the_one_who_is_counted_is_named_with_the_other(assistant: Assistant) -> None:
    counted = await fact(assistant, "how many words does Bob say?")
    by_name = await fact(assistant, "how many words does Bob Ray say?")

    assert counted.text == f"I take Bob to be Bob Ray; there is also Bob Hill. {by_name.text}"


async def test_a_regular_is_told_by_shows_and_by_the_first_and_latest_time(tmp_path: Path) -> None:
    for number in range(1, 8):
        place = tmp_path / "library" / f"hive-{number}"
        place.mkdir(parents=True)
        (place / "transcript.md").write_text("**Ann Lee:** Honey never spoils in a closed jar.\n")
        (place / "episode.yaml").write_text(
            f"title: Jar {number}\nshow: Hive Talk\nnumber: {number}\nsource: the transcript\n"
        )
    answer = await fact(open_assistant(tmp_path / "library", tmp_path / "cache"), "who is Ann Lee")

    assert answer.text == (
        "Ann Lee is a regular on Hive Talk and speaks in 7 of its episodes. "
        "The first is Hive Talk #1: Jar 1 and the latest is Hive Talk #7: Jar 7."
    )


def add(library: Path, number: int, transcript: str, show: str = "Hive Talk") -> None:
    place = library / f"{show.lower().replace(' ', '-')}-{number}"
    place.mkdir(parents=True)
    (place / "transcript.md").write_text(f"{transcript}\n")
    (place / "episode.yaml").write_text(
        f"title: About {place.name}\nshow: {show}\nnumber: {number}\nsource: the transcript\n"
    )


async def test_a_short_name_in_the_same_show_is_the_same_person(tmp_path: Path) -> None:
    add(tmp_path / "library", 1, "**ANN LEE:** Honey never spoils.")
    add(tmp_path / "library", 2, "**Ann:** Beeswax melts at sixty degrees.")
    add(tmp_path / "library", 3, "**Ann Lee:** Bees shiver in winter.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    most = await fact(assistant, "who was on most often?")
    who = await fact(assistant, "who is Ann Lee?")
    said = await assistant.ask(Question("everything Ann Lee said about beeswax"))

    assert "(3)" in most.text
    assert [each.id for each in who.episodes] == ["hive-talk-3", "hive-talk-2", "hive-talk-1"]
    assert isinstance(said, Found)
    assert [each.speaker for each in said.evidence] == ["Ann Lee"]


async def test_a_short_name_beside_the_whole_one_or_of_two_people_is_somebody_else(tmp_path: Path) -> None:
    add(tmp_path / "library", 1, "**Ann Lee:** Honey never spoils.\n\n**Ann:** It crystallises.")
    add(tmp_path / "library", 2, "**Bob:** Beeswax melts at sixty degrees.")
    add(tmp_path / "library", 3, "**Bob Ray:** Bees shiver in winter.\n\n**Bob Hill:** So do I.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    most = await fact(assistant, "top 9 speakers")

    assert all(f"{name} (1)" in most.text for name in ("Ann Lee", "Ann", "Bob", "Bob Ray", "Bob Hill"))


@pytest.mark.parametrize("name", ["Ann Leigh Carter", "Anne Leigh Carter", "A. Leigh Carter", "Dr. Ann Leigh Carter"])
async def test_misspelt_names_titles_and_initials_are_understood(tmp_path: Path, name: str) -> None:
    add(tmp_path / "library", 1, "**Ann Leigh Carter:** Honey never spoils.")
    add(tmp_path / "library", 2, "**Bob Ray:** Beeswax melts at sixty degrees.")

    answer = await fact(open_assistant(tmp_path / "library", tmp_path / "cache"), f"who is {name}?")

    assert answer.text == "Ann Leigh Carter speaks in Hive Talk #1: About hive-talk-1."


async def test_an_initial_and_a_last_name_are_somebody(assistant: Assistant) -> None:
    answer = await fact(assistant, "who is C. Lind?")

    assert answer.text.startswith("Cora Lind speaks in")


@pytest.mark.parametrize("question", ["has Lind ever been on?", "who is Hill", "was Cora a guest here"])
async def test_a_name_of_which_a_speaker_has_a_part_is_not_nobodys(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert "speaks in" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "the longest river",
        "how many calories in a banana",
        "who has the most github stars",
        "top 10 mistakes with bees",
        "first appearance of night bees in nature",
        "who is right about wax",
        "was the honey on the table",
        "which flower is used most often",
    ],
)
async def test_what_only_sounds_like_a_question_about_people_is_none(assistant: Assistant, question: str) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Found | NotFound | Unsure)
    assert "hasn't been on" not in answer.text


async def test_they_are_those_who_were_asked_about_one_after_the_other(assistant: Assistant) -> None:
    asked = ["who is Ann Lee?", "and Bob Ray?", "were they ever on together?"]

    answers = [await assistant.ask(Question(each, conversation=ConversationId("two"))) for each in asked]

    assert isinstance(answers[2], Fact)
    assert [each.id for each in answers[2].episodes] == ["hive-talk-2"]


async def test_who_goes_by_the_same_first_name_is_named_as_well(assistant: Assistant) -> None:
    assert "Bob Hill" in (await assistant.ask(Question("who is Bob?"))).text


async def test_the_episodes_somebody_is_in_are_counted(assistant: Assistant) -> None:
    answer = await fact(assistant, "how many episodes has Ann Lee been in?")

    assert [(each.label, each.count, each.unit) for each in answer.counts] == [("Ann Lee", 4, "episodes")]


@pytest.mark.parametrize(
    "question", ["is there an episode with both Ann and Bob Ray?", "did Ann and Bob Ray ever do an episode together?"]
)
async def test_that_two_were_on_together_is_put_in_many_ways(assistant: Assistant, question: str) -> None:
    assert [each.id for each in (await fact(assistant, question)).episodes] == ["hive-talk-2"]


@pytest.mark.parametrize("handle", ["alee", "annlee", "AnnLee"])
async def test_somebody_is_known_by_the_handle_that_a_name_makes(assistant: Assistant, handle: str) -> None:
    assert (await fact(assistant, f"who is {handle}?")).text.startswith("Ann Lee ")


async def test_what_others_say_of_somebody_is_not_what_they_say(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what do they say about Bob Hill?"))

    assert isinstance(answer, Found)
    assert [each.speaker for each in answer.evidence] == ["Cora Lind"]


async def test_some_of_what_somebody_said_is_shown(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what did Cora Lind say?"))

    assert isinstance(answer, Found)
    assert answer.evidence
    assert {each.speaker for each in answer.evidence} == {"Cora Lind"}


async def test_whose_words_are_compared_are_no_words_to_compare(assistant: Assistant) -> None:
    answer = await fact(assistant, "did Cora Lind talk about bees more than Ann Lee?")

    assert [(each.label, each.count) for each in answer.counts[:2]] == [("Cora Lind", 2), ("Ann Lee", 0)]


async def test_a_name_that_a_transcript_shouts_is_shown_as_elsewhere(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("does honey spoil?"))

    assert isinstance(answer, Found | Unsure)
    assert answer.evidence[0].speaker == "Ann Lee"


async def test_who_somebody_is_is_said_as_they_were_introduced(tmp_path: Path) -> None:
    add(
        tmp_path / "library",
        1,
        "**Ann Lee:** Welcome. Today I talk with Sid Moor, founder of Roof Bees.\n\n"
        "**Sid Moor:** Thank you, Ann Lee. It's windy up here.\n",
    )
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    sid, ann = [await fact(assistant, f"who is {name}?") for name in ("Sid Moor", "Ann Lee")]
    heard = await fact(assistant, "which episodes is Sid Moor in?")

    introduced = " Ann Lee in Hive Talk #1: “Today I talk with Sid Moor, founder of Roof Bees.”"
    assert sid.text.endswith(introduced)
    assert "“" not in ann.text
    assert heard.text == sid.text.removesuffix(introduced)


async def test_a_greeting_is_no_introduction_and_what_people_say_of_themselves_is(tmp_path: Path) -> None:
    add(
        tmp_path / "library",
        1,
        "**Ann St. Lee:** We have Sid Moor, say hello, Sid. And Bo Quill. He is the author of Wax.\n\n"
        "**Sid Moor:** Hello. I work as a beekeeper. I live in Leeds. It's windy.\n\n"
        "**Bo Quill:** If I'm a writer, so is Ann St. Lee, founder of Roof Bees.\n",
    )
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    told = [(await fact(assistant, f"who is {name}?")).text for name in ("Sid Moor", "Bo Quill", "Ann St. Lee")]

    assert [text.partition("#1: ")[2].partition("#1: ")[2] for text in told] == [
        "“I work as a beekeeper. I live in Leeds.”",
        "“And Bo Quill. He is the author of Wax.”",
        "“If I'm a writer, so is Ann St. Lee, founder of Roof Bees.”",
    ]


@pytest.mark.parametrize(
    ("question", "nobody"),
    [("what did Grace Hopper say on Night Bees?", "on Night Bees, but"), ("what has Grace Hopper said?", "but")],
)
async def test_of_somebody_who_is_only_mentioned_there_are_no_words(
    assistant: Assistant, question: str, nobody: str
) -> None:
    answer = await assistant.ask(Question(question))

    assert isinstance(answer, Found)
    assert answer.text.startswith("Grace Hopper ")
    assert nobody in answer.text


@pytest.fixture(scope="module")
def roofs(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("roofs")
    for number, talk in enumerate(_ROOFS, 1):
        place = home / "library" / f"hive-{number}"
        place.mkdir(parents=True)
        notes = f"title: Roofs {number}\nshow: Hive Talk\nnumber: {number}\nsource: the transcript\n"
        (place / "episode.yaml").write_text(notes)
        (place / "transcript.md").write_text(talk)
    return open_assistant(home / "library", home / "cache")


_ROOFS = (
    "**Ann Lee:** I'm here with Sid Moor from Roof Bees. You may know him as the creator of Waxpress.\n\n"
    "**Sid Moor:** Hello, I'm sidmo on GitHub. I once wrote Pollen for a month. Our slates are heavy.\n",
    "**Ann Lee:** Here is Bo Quill. You may know him as boquiz. Bo, do you get stung?\n\n"
    "**Bo Quill:** I work as an engineer at Roof Bees. I was not working at Slate House.\n",
    "**Ann Lee:** Only me today, and no sidmo. Thank Bo Quill for swarms of drones, a.k.a. dronz. "
    "Bo Quill created Combpress.\n",
    "**Ann Lee:** I live in Leeds. Cy Dorn created Combcast in a shed. Dee Fry is the CEO of Slate House. "
    "I hate drizzle.\n",
    "**Ann Lee:** This is Flo Amsel. Where does it come from?\n\n"
    "**Flo Amsel:** I started Fluegel about nine years ago, when hives had no doors.\n\n"
    "**Ann Lee:** Hexwax is Flo's new project, for hexagons.\n",
)


@pytest.mark.parametrize(("handle", "name"), [("sidmo", "Sid Moor"), ("boquiz", "Bo Quill")])
async def test_a_handle_is_whoevers_somebody_says_it_is(roofs: Assistant, handle: str, name: str) -> None:
    answer = await fact(roofs, f"which episodes is {handle} in?")

    assert answer.text.startswith(f"{name} speaks in")


async def test_another_name_of_a_thing_is_nobodys_handle(roofs: Assistant) -> None:
    answer = await roofs.ask(Question("which episodes is dronz in?"))

    assert "Bo Quill" not in answer.text


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("who made Waxpress?", ["Ann Lee"]),
        ("who made Fluegel?", ["Flo Amsel"]),
        ("any guests from Roof Bees?", ["Ann Lee", "Bo Quill"]),
    ],
)
async def test_who_made_something_or_is_from_somewhere_is_shown_as_it_was_said(
    roofs: Assistant, question: str, speakers: list[str]
) -> None:
    answer = await roofs.ask(Question(question))

    assert isinstance(answer, Found)
    assert sorted(each.speaker or "" for each in answer.evidence) == speakers


@pytest.mark.parametrize(
    "question",
    [
        "the episode where they interviewed the creator of Waxpress",
        "which episode has the creator of Waxpress?",
        "has the guy who made Waxpress ever been on?",
        "has the guy who made the Waxpress app ever been on?",
        "who was the guest from Waxpress?",
        "has the Waxpress dude been on?",
        "did they ever have the Waxpress guy on?",
        "tell me about the Waxpress guy",
        "tell me about the guy who does Waxpress",
    ],
)
async def test_who_made_something_is_named_with_the_episodes_they_are_on(roofs: Assistant, question: str) -> None:
    answer = await roofs.ask(Question(question))

    assert isinstance(answer, Found)
    yes = "Yes. " if question.startswith(("has", "did")) else ""
    assert answer.text == f"{yes}Said to have made Waxpress: Sid Moor (on Hive Talk #1: Roofs 1)."


async def test_who_made_something_is_he_even_where_others_say_so(roofs: Assistant) -> None:
    c = ConversationId("elsewhere")
    await roofs.ask(Question("tell me about the guy who makes Combpress", conversation=c))

    answer = await roofs.ask(Question("where's he from?", conversation=c))

    assert isinstance(answer, Fact)
    assert answer.text.startswith("Bo Quill speaks in Hive Talk #2: Roofs 2. I couldn't find where they live")


async def test_whether_the_guest_from_somewhere_was_on_is_answered_with_yes(roofs: Assistant) -> None:
    answer = await roofs.ask(Question("has the Roof Bees guy been on?"))

    assert answer.text.startswith("Yes. Said to be from Roof Bees")  # type: ignore[union-attr]


async def test_what_is_said_to_be_somebodys_project_they_made(roofs: Assistant) -> None:
    c = ConversationId("project")

    first = await roofs.ask(Question("what's Hexwax and who makes it?", conversation=c))
    answer = await roofs.ask(Question("has he been on?", conversation=c))

    assert isinstance(first, Several)
    assert "Hexwax is Flo's new project" in first.parts[1].answer.evidence[0].text  # type: ignore[union-attr]
    assert isinstance(answer, Fact)
    assert "Flo Amsel speaks in" in answer.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "has the propolis guy been on?",
            "Probably: Ivo Karst is the guest of Hive Talk #20: About hive-talk-20, which has",
        ),
        ("who's the propolis guy?", "Ivo Karst is the guest of Hive Talk #20: About hive-talk-20, which has"),
        (
            "who makes propolis?",
            "I couldn't find who made Propolis. Ivo Karst is the guest of Hive Talk #20: About hive-talk-20,",
        ),
        (
            "has the owner of propolis been on?",
            "Probably: Ivo Karst is the guest of Hive Talk #20: About hive-talk-20, which has",
        ),
        ("has the slates guy been on?", "I found no guest who is said to be from slates or to have made it."),
    ],
)
async def test_where_nobody_says_so_the_guest_with_the_most_on_a_thing_is_named_as_that(
    tmp_path: Path, question: str, text: str
) -> None:
    talk = "**Ivo Karst:** Propolis is sticky.\n\n**Ann Lee:** Propolis it is.\n\n" * 100
    add(tmp_path / "library", 20, f"**Ann Lee:** Here is Ivo Karst. Hello.\n\n{talk}", "Hive Talk")
    add(tmp_path / "library", 21, "**Ann Lee:** Ivo Karst again.\n\n**Ivo Karst:** No propolis.", "Hive Talk")
    for number in range(12):
        add(tmp_path / "library", number, "**Ann Lee:** Only me today. I have slates.", "Hive Talk")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await assistant.ask(Question(question))

    assert answer.text.startswith(text)  # type: ignore[union-attr]


async def test_who_made_something_is_he_after_that(roofs: Assistant) -> None:
    c = ConversationId("made")
    await roofs.ask(Question("who made Waxpress?", conversation=c))

    answer = await roofs.ask(Question("has he ever been on?", conversation=c))

    assert isinstance(answer, Fact)
    assert answer.text.startswith("Yes. Sid Moor speaks in Hive Talk #1")


@pytest.mark.parametrize(
    "question", ["who made Waxpress and has he been on?", "who is the creator of Waxpress and was he on"]
)
async def test_a_message_may_ask_who_somebody_is_and_go_on_about_him(roofs: Assistant, question: str) -> None:
    answer = await roofs.ask(Question(question))

    assert isinstance(answer, Several)
    assert [type(part.answer) for part in answer.parts] == [Found, Fact]
    assert "Sid Moor speaks in Hive Talk #1" in answer.parts[1].answer.text


async def test_where_nobody_says_who_made_something_he_is_nobody(roofs: Assistant) -> None:
    c = ConversationId("nobody")
    await roofs.ask(Question("who made Pollen?", conversation=c))

    answer = await roofs.ask(Question("has he been on?", conversation=c))

    assert not isinstance(answer, Fact)


@pytest.mark.parametrize(
    ("question", "made"),
    [
        ("who made pollen?", "made"),
        ("who wrote pollen?", "wrote"),
        ("who was pollen written by?", "wrote"),
        ("who's the author of pollen?", "wrote"),
        ("who founded pollen?", "founded"),
        ("who started pollen?", "started"),
    ],
)
async def test_who_made_something_is_denied_with_the_verb_that_was_asked_with(
    roofs: Assistant, question: str, made: str
) -> None:
    answer = await roofs.ask(Question(question))

    assert answer.text.casefold().startswith(f"i couldn't find who {made} pollen.")


async def test_a_maker_who_is_only_mentioned_is_he_as_well(roofs: Assistant) -> None:
    answer = await roofs.ask(Question("who invented Combcast and was he a guest here?"))

    assert isinstance(answer, Several)
    assert answer.parts[1].answer.text.startswith("Cy Dorn hasn't been on")


async def test_where_a_maker_who_is_only_mentioned_works_is_what_is_said_of_him(roofs: Assistant) -> None:
    c = ConversationId("mentioned")
    await roofs.ask(Question("who created Combcast?", conversation=c))

    answer = await roofs.ask(Question("where does he work?", conversation=c))

    assert answer.text.startswith("Cy Dorn hasn't been on")  # type: ignore[union-attr]


@pytest.mark.parametrize("question", ["who is the ceo of Slate House?", "who runs Slate House"])
async def test_who_has_a_role_somewhere_is_shown_as_it_was_said(roofs: Assistant, question: str) -> None:
    answer = await roofs.ask(Question(question))

    assert isinstance(answer, Found)
    assert (answer.text, answer.told) == ("About the CEO of Slate House:", "")
    assert "Dee Fry" in answer.evidence[0].text


@pytest.mark.parametrize(
    "question",
    ["has the roof bees foreman been on?", "has the lead engineer of Roof Bees been on", "any Waxpress guy?"],
)
async def test_nobody_is_said_to_have_a_role_that_nobody_says_they_have(roofs: Assistant, question: str) -> None:
    answer = await roofs.ask(Question(question))

    assert "Said to be" not in answer.text


@pytest.mark.parametrize("question", ["has the Slate House CEO been on?", "when was the CEO of Slate House on?"])
async def test_who_has_a_role_and_speaks_is_named_with_the_episodes(slates: Assistant, question: str) -> None:
    answer = await slates.ask(Question(question))

    assert isinstance(answer, Found)
    yes = "Yes. " if question.startswith("has") else ""
    assert answer.text == f"{yes}Said to be CEO of Slate House, now or in the past: Dee Fry (on Hive Talk #1: Part 1)."


async def test_where_nobody_says_who_has_a_role_that_is_said_and_no_more(slates: Assistant) -> None:
    answer = await slates.ask(Question("who is the cto of Slate House?"))

    assert answer.text.startswith("I couldn't find who the CTO of Slate House is.")


@pytest.mark.parametrize(
    "question",
    ["why did Dee Fry leave Slate House?", "how much did Dee Fry pay for slates?", "why did Dee Fry quit Hive Talk?"],
)
async def test_what_a_question_takes_for_granted_is_not_confirmed(slates: Assistant, question: str) -> None:
    answer = await slates.ask(Question(question))

    assert isinstance(answer, Unsure | NotFound) or answer.text.startswith(sentences.NOT_SAID_SO)  # type: ignore[union-attr]
    assert "may be it" not in answer.text  # type: ignore[union-attr]


async def test_a_number_beside_what_is_asked_is_an_answer(slates: Assistant) -> None:
    answer = await slates.ask(Question("how much did the slates of Slate House cost?"))

    assert "ninety pounds" in answer.evidence[0].text  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def slates(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("slates")
    talks = (
        "**Ann Lee:** Dee, you're the CEO of Slate House, right?\n\n**Dee Fry:** Yes, in 2019. I love it there.\n\n"
        "**Ann Lee:** I saw two of them.\n\n**Dee Fry:** The slates of Slate House cost ninety pounds.\n",
        *("**Ann Lee:** Only me today, on the weather.\n",) * 4,
    )
    for number, talk in enumerate(talks, 1):
        place = home / "library" / f"hive-{number}"
        place.mkdir(parents=True)
        notes = f"title: Part {number}\nshow: Hive Talk\nnumber: {number}\nsource: the transcript\n"
        (place / "episode.yaml").write_text(notes)
        (place / "transcript.md").write_text(talk)
    return open_assistant(home / "library", home / "cache")


@pytest.mark.parametrize(
    "question",
    [
        "where does bo quill work",
        "what company is bo quill from",
        "who does Bo Quill work for?",
        "what does bo quill do for work",
        "what does Bo Quill do for a living?",
        "where's Bo Quill work?",
    ],
)
async def test_where_somebody_works_is_told_in_the_words_that_say_so(roofs: Assistant, question: str) -> None:
    answer = await fact(roofs, question)

    assert "I work as an engineer at Roof Bees." in answer.text


@pytest.mark.parametrize("question", ["who hates drizzle?", "does anyone dislike drizzle"])
async def test_who_hates_something_is_whoever_says_so_or_much_the_same(roofs: Assistant, question: str) -> None:
    answer = await roofs.ask(Question(question))

    assert isinstance(answer, Found)
    assert answer.text == "Ann Lee says so:"
    assert "I hate drizzle" in answer.evidence[0].text


async def test_where_nobody_says_that_they_hate_something_what_is_said_on_it_is_offered(roofs: Assistant) -> None:
    answer = await roofs.ask(Question("who hates slates?"))

    assert isinstance(answer, Unsure)
    assert answer.text == sentences.NOBODY_SAYS_SO
    assert any("Our slates are heavy." in evidence.text for evidence in answer.evidence)


async def test_where_somebody_lives_is_told_in_the_words_that_say_so(roofs: Assistant) -> None:
    answer = await fact(roofs, "where does ann lee live?")

    assert "I live in Leeds." in answer.text


@pytest.mark.parametrize(("place", "told"), [("Roof Bees", "“I work as an engineer at Roof Bees."), ("Mud Hall", None)])
async def test_what_somebody_does_somewhere_is_told_where_it_is_said(
    roofs: Assistant, place: str, told: str | None
) -> None:
    answer = await roofs.ask(Question(f"what does bo quill do at {place}?"))

    assert not isinstance(answer, Several)
    assert (told in answer.text) if told else not isinstance(answer, Fact)


async def test_somebody_is_not_said_to_be_on_another_show(assistant: Assistant) -> None:
    answer = await fact(assistant, "was bob hill ever on night bees?")

    assert answer.text.startswith("Bob Hill hasn't been on Night Bees. Bob Hill speaks in Hive Talk #3")


@pytest.mark.parametrize(
    ("question", "guests"),
    [
        ("who was the first guest on Hive Talk", {"Bob Ray": "Hive Talk #2"}),
        ("who was the very first person they interviewed on hive talk?", {"Bob Ray": "Hive Talk #2"}),
        ("earliest guest of Hive Talk", {"Bob Ray": "Hive Talk #2"}),
        ("second guest on hive talk", {"Bob Hill": "Hive Talk #3"}),
        ("last guest on Hive Talk", {"Bob Hill": "Hive Talk #3"}),
        ("who did they have on first", {"Bob Ray": "Hive Talk #2"}),
    ],
)
async def test_the_first_guest_is_who_was_first_on_and_not_the_newest(
    assistant: Assistant, question: str, guests: dict[str, str]
) -> None:
    answer = await fact(assistant, question)

    assert {each.label for each in answer.counts} == guests.keys()
    assert all(place in answer.text for place in guests.values())


@pytest.mark.parametrize("question", ["who made Pollen?", "any guests from Slate House?"])
async def test_who_only_used_something_did_not_make_it(roofs: Assistant, question: str) -> None:
    answer = await roofs.ask(Question(question))

    assert not answer.text.startswith(("About who made", "Said to be"))


async def test_a_guest_whom_the_notes_do_not_name_is_who_speaks_and_is_no_regular(roofs: Assistant) -> None:
    answer = await fact(roofs, "who was the guest in episode 1?")

    assert answer.text.startswith("Sid Moor is the guest on Hive Talk #1, with Ann Lee.")


async def test_who_only_reads_what_stands_around_a_break_is_no_guest(tmp_path: Path) -> None:
    add(tmp_path / "library", 1, "**Ann Lee:** Hello.")
    add(tmp_path / "library", 2, "**Ann Lee:** Hello again.")
    talk = "Bees shiver in winter, all of them, to be warm. " * 20
    add(tmp_path / "library", 3, f"**Ann Lee:** Hi.\n\n**Sid Moor:** {talk}\n\n**Dan Fox:** After the break, more.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await fact(assistant, "who was the guest in episode 3?")

    assert answer.text.startswith("Sid Moor is the guest on Hive Talk #3, with Ann Lee")


async def test_what_a_guest_talks_about_is_what_the_episodes_begin_with(roofs: Assistant) -> None:
    answer = await fact(roofs, "what has Bo Quill been on about?")

    assert "\n- “Roofs 2” (Hive Talk #2)" in answer.text or "\n- Hive Talk #2" in answer.text


async def test_of_words_that_somebody_never_said_their_own_nearest_are_shown(roofs: Assistant) -> None:
    answer = await roofs.ask(Question("did Sid Moor say slates are lovely?"))

    assert isinstance(answer, QuoteCheck)
    assert [each.speaker for each in answer.evidence] == ["Sid Moor"]


@pytest.mark.parametrize("question", ["who was on with Cora Lind?", "who else was on besides Cora Lind?"])
async def test_who_was_on_with_somebody_is_told_of_all_their_episodes(assistant: Assistant, question: str) -> None:
    answer = await fact(assistant, question)

    assert answer.text == "With Cora Lind in 2 episodes: Bob Ray (1) and Ann Lee (1)."


async def test_who_is_on_together_most_is_counted_in_pairs(assistant: Assistant) -> None:
    answer = await fact(assistant, "which hosts are on Hive Talk together most often?")

    assert answer.text.startswith("Together most often in these 3 episodes of Hive Talk: Ann Lee and Bob")


async def test_of_two_the_one_who_was_never_on_is_told_as_well(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("have Cora Lind and Grace Hopper been on together?"))

    assert isinstance(answer, Found)
    assert answer.text.startswith("Cora Lind speaks in Night Bees")
    assert "Grace Hopper hasn't been on" in answer.text


async def test_what_two_people_said_is_shown_beside_each_other(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("what did Ann Lee and Cora Lind say about bees?"))

    assert isinstance(answer, Several)
    assert [part.asked for part in answer.parts] == ["Ann Lee", "Cora Lind"]


async def test_a_particle_in_a_name_may_be_another(tmp_path: Path) -> None:
    place = tmp_path / "library" / "hive-1"
    place.mkdir(parents=True)
    (place / "episode.yaml").write_text("title: One\nshow: Hive Talk\nnumber: 1\nsource: the transcript\n")
    (place / "transcript.md").write_text(
        "**Bea de Wax:** Hello.\n\n**Tom van Hive:** Hello.\n\n**Ann Jo Kay Lee:** Hello.\n"
    )
    library = open_assistant(tmp_path / "library", tmp_path / "cache")

    assert "Bea de Wax speaks" in (await fact(library, "has van Wax been on?")).text
    assert "Ann Jo Kay Lee speaks" in (await fact(library, "was AJKL on?")).text


async def test_whoever_is_in_most_episodes_for_a_long_time_hosts_them(tmp_path: Path) -> None:
    library = tmp_path / "library"
    for number in range(1, 21):
        add(library, number, f"**Gus Hay:** Hello, this is number {number}.\n\n**Guest {number}:** Hello.")
    for number in range(21, 61):
        visits = "\n\n**Gus Hay:** I'm back for a day." if number == 50 else ""
        add(library, number, f"**Ann Lee:** I'm your host, Ann Lee, with number {number}.{visits}")
    for number in range(61, 73):
        add(library, number, f"**Ida Holm:** Night number {number}.\n\n**Tom Tree:** Yes.", "Night Bees")
    assistant = open_assistant(library, tmp_path / "cache")

    hives = await fact(assistant, "who hosts Hive Talk?")
    bees = await fact(assistant, "who hosts Night Bees?")

    assert hives.text.startswith(
        "Ann Lee hosts Hive Talk. Also a host, by how often they're on: Gus Hay (20 episodes, #1 to #20). "
    )
    assert bees.text == "Ida Holm and Tom Tree host Night Bees: they're in all 12 episodes."


async def test_the_likeliest_of_several_namesakes_is_introduced(tmp_path: Path) -> None:
    for number in range(1, 13):
        add(tmp_path / "library", number, "**Ann Lee:** I'm Ann Lee, an engineer at Wax.\n\n**Bob Ray:** Hello.")
    add(tmp_path / "library", 13, "**Ann Webb:** I was born and raised in the Netherlands.\n\n**Bob Ray:** Hello.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    work = await fact(assistant, "whats ann's day job exactly, bakery?")
    home = await fact(assistant, "where is ann webb from")

    assert "There is also Ann Webb (one episode)." in work.text
    assert "an engineer at Wax" in work.text
    assert "“I was born and raised in the Netherlands.”" in home.text


async def test_hosts_are_those_who_say_so_or_are_called_so_in_several_episodes_or_are_regulars(tmp_path: Path) -> None:
    mine = "**Ann Lee:** I am your host, Ann Lee, and with me is my charming co-host, Bob Ray."
    add(tmp_path / "library", 1, f"{mine}\n\n**Bob Ray:** Hello.")
    add(tmp_path / "library", 2, f"{mine}\n\n**Cora Lind:** I really loved my co-host elsewhere.")
    add(tmp_path / "library", 3, "**Dan Fox:** I'm your guest host, Dan Fox.")
    add(tmp_path / "library", 4, "**Dan Fox:** I copied it from host to host.")
    add(tmp_path / "library", 5, "**Eve Moss:** I'm Eve Moss, and this is Night Bees.", "Night Bees")
    add(tmp_path / "library", 6, "**Tom Tree:** Trees grow.", "Tree Talk")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    hives = await fact(assistant, "who hosts Hive Talk?")
    bees = await fact(assistant, "who is the host of Night Bees?")
    trees = await fact(assistant, "who hosts Tree Talk?")
    first = await fact(assistant, "who is the host of Hive Talk 1?")

    assert hives.text.startswith(
        "Introduced as hosts of Hive Talk: Ann Lee (2 episodes, #1 to #2) and Bob Ray (1 episode, #1). "
    )
    assert "Also heard often: Dan Fox (2 episodes, #3 to #4)." in hives.text
    assert "Ann Lee in Hive Talk #2: “I am your host, Ann Lee" in hives.text
    assert bees.text.startswith("Eve Moss hosts Night Bees. Eve Moss in Night Bees #5:")
    assert trees.text == "Tom Tree is in the only episode of Tree Talk; nobody says who hosts it."
    assert first.text.startswith("Ann Lee and Bob Ray are introduced as the hosts of Hive Talk #1.")


async def test_who_is_said_to_host_in_a_few_of_very_many_episodes_is_a_guest(tmp_path: Path) -> None:
    for number in range(1, 82):
        cora = "\n\n**Cora Lind:** I'm your host, Cora Lind." if number in {7, 9} else ""
        add(tmp_path / "library", number, f"**Ann Lee:** I am your host, Ann Lee.{cora}")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    assert "Cora Lind" not in (await fact(assistant, "who hosts Hive Talk?")).text
    assert (await fact(assistant, "is Cora Lind a host of Hive Talk?")).text.startswith("No, a guest. ")


async def test_who_hosts_this_asks_about_the_only_show_and_not_its_newest_episode(tmp_path: Path) -> None:
    add(tmp_path / "library", 1, "**Ann Lee:** I am your host, Ann Lee.\n\n**Bob Ray:** Hello.")
    add(tmp_path / "library", 2, "**Ann Lee:** I am your host, Ann Lee.")
    add(tmp_path / "library", 3, "**Ann Lee:** Bees shiver in winter.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    assert (await fact(assistant, "who hosts this thing")).text.startswith("Ann Lee hosts Hive Talk.")
    assert (await fact(assistant, "who hosts episode 3?")).text == (
        "Ann Lee, introduced elsewhere as a host of Hive Talk, speaks in Hive Talk #3."
    )


async def test_a_short_name_is_nobody_who_was_on_another_time_once(tmp_path: Path) -> None:
    for number in range(1, 5):
        add(tmp_path / "library", number, "**Bob Ray:** Bees shiver in winter.")
    add(tmp_path / "library", 5, "**Ann:** We were stumped, honestly.")
    add(tmp_path / "library", 6, "**Ann Lee:** Honey never spoils.")
    add(tmp_path / "library", 7, "**Cy:** Wax floats on water.")
    notes = tmp_path / "library" / "hive-talk-7" / "episode.yaml"
    notes.write_text(f"{notes.read_text()}guests:\n  - name: Cy Dorn\n")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    ann = await fact(assistant, "how many episodes has Ann Lee been on?")
    said = await assistant.ask(Question("did Ann Lee say we were stumped honestly"))
    cy = await assistant.ask(Question("did Cy Dorn say wax floats on water"))

    assert [each.id for each in ann.episodes] == ["hive-talk-6"]
    assert isinstance(said, QuoteCheck)
    assert [each.speaker for each in said.evidence] == ["Ann"]
    assert isinstance(cy, QuoteCheck)
    assert [each.speaker for each in cy.evidence] == ["Cy Dorn"]


async def test_what_has_no_number_is_not_the_first_of_somebodys_episodes(tmp_path: Path) -> None:
    for number in range(1, 13):
        add(tmp_path / "library", number, "**Ann Lee:** Honey never spoils.")
    add(tmp_path / "library", 0, "**Ann Lee:** Only the funny bits.")
    notes = tmp_path / "library" / "hive-talk-0" / "episode.yaml"
    notes.write_text(notes.read_text().replace("number: 0\n", ""))

    many = await fact(open_assistant(tmp_path / "library", tmp_path / "cache"), "how many episodes has Ann Lee been in")

    assert many.text.startswith("Ann Lee is in 13 episodes. The first is Hive Talk #1: ")


async def test_a_first_name_cut_short_is_the_same_person(tmp_path: Path) -> None:
    add(tmp_path / "library", 1, "**Ann Lee:** Chris, you go by BoneBee.\n\n**Christopher Hive:** A villain had it.")
    add(
        tmp_path / "library",
        2,
        "**Christopher Hive:** I was called BoneBee because a comic has a villain of that name.",
    )
    add(tmp_path / "library", 3, "**Chris Hive:** Honey never spoils.\n\n**Daniel Wax:** It does.")
    add(tmp_path / "library", 4, "**Tom Hill:** Wax floats.\n\n**Tomas Hill:** It does.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    most = await fact(assistant, "top 9 speakers")
    dan = await fact(assistant, "which episodes is dan wax in?")
    why = await assistant.ask(Question("why is chris hive called bonebee?"))

    assert "Christopher Hive (3)" in most.text
    assert all(f"{name} (1)" in most.text for name in ("Tom Hill", "Tomas Hill"))
    assert dan.text == "Daniel Wax speaks in Hive Talk #3: About hive-talk-3."
    assert isinstance(why, Found)
    assert sentences.NOBODY_SAYS_SO not in why.text
    assert why.evidence[0].speaker == "Christopher Hive"


_CARSON = (
    "**Ann Lee:** Today I'm joined by Carson Gross. Carson, hello.\n\n**chg:** Honey is hypermedia.\n\n"
    "**Dan Fox:** I agree."
)


async def test_somebody_whom_hosts_introduce_speaks_under_the_label_that_only_those_episodes_have(
    tmp_path: Path,
) -> None:
    add(tmp_path / "library", 1, _CARSON)
    for number in range(2, 26):
        add(tmp_path / "library", number, "**Ann Lee:** Bees hum.\n\n**Bob Ray:** They do.")
    add(tmp_path / "library", 26, "**Ann Lee:** We're here with Eve Moss.\n\n**Bob Ray:** Eve Moss, hello.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    was_on = await fact(assistant, "was Carson Gross ever on?")
    said = await assistant.ask(Question("what did Carson Gross say about honey?"))
    nameless = await assistant.ask(Question("has Eve Moss been on?"))

    assert was_on.text.startswith("Carson Gross goes by “chg” in the transcripts. Ann Lee in Hive Talk #1: “Today I'm")
    assert "Yes. chg speaks in Hive Talk #1" in was_on.text
    assert isinstance(said, Found)
    assert said.evidence[0].speaker == "chg"
    assert nameless.text.startswith("Eve Moss is introduced in Hive Talk #26")


async def test_who_comes_back_to_a_show_of_one_host_is_its_guest(tmp_path: Path) -> None:
    for number in range(1, 31):
        guest = "Sam Wax" if number in {4, 5, 6, 9} else f"Guest Number{number}"
        add(tmp_path / "library", number, f"**Ann Lee:** Hello.\n\n**{guest}:** Hello.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    for question in ("who was on Hive Talk more than once?", "which Hive Talk guests came back"):
        assert (await fact(assistant, question)).text.startswith("One guest was on")


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("panel")
    for number in range(1, 25):
        second = "Bob Ray" if number > 4 else "Cora Lind"
        guest = "\n\n**Dan Fox:** I worked on wax at Hively." if number in {7, 9} else ""
        own = "\n\n**Ann Lee:** Where I am at Combly, we like it. I live in Leeds, by the sea." if number == 12 else ""
        own = "\n\n**Bob Ray:** I started where I'm working now at Waxly in May." if number == 14 else own
        add(
            home / "library",
            number,
            f"**Ann Lee:** Welcome to Hive Talk, a show on bees.\n\n**{second}:** Hi.{guest}{own}",
        )
    return open_assistant(home / "library", home / "cache")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("episodes with Ann Lee but not Bob Ray", "Ann Lee is in 4 episodes without Bob Ray: "),
        ("which episodes have bob ray and no dan fox", "Bob Ray is in 18 episodes without Dan Fox, including "),
        ("episodes with Bob Ray without Ann Lee", "Bob Ray isn't in any episode without Ann Lee."),
        ("how many episodes has Ann Lee without Bob Ray", "Ann Lee is in 4 episodes without Bob Ray: "),
        ("how many episodes does Ann Lee have without Bob Ray", "Ann Lee is in 4 episodes without Bob Ray: "),
        ("who interviewed Dan Fox?", "Dan Fox talks with Ann Lee (2) and Bob Ray (2), in "),
        ("who was dan fox interviewed by", "Dan Fox talks with Ann Lee (2) and Bob Ray (2), in "),
        ("was dan fox ever on", "Yes. Dan Fox speaks in "),
        ("was dan fox on hive talk 9", "Yes. Dan Fox speaks in "),
        ("was dan fox on hive talk 8", "Dan Fox doesn't speak in "),
        ("when was dan fox on", "Dan Fox speaks in "),
        ("is Bob Ray still on Hive Talk?", "The last of the 20 episodes with Bob Ray is "),
        ("what does dan fox do at hively", "Dan Fox in Hive Talk #9: “I worked on wax at Hively.”"),
        ("how many episodes are there", "There are 24 episodes."),
        ("is Cora Lind still on Hive Talk?", "The last of the 4 episodes with Cora Lind is Hive Talk #4"),
    ],
)
async def test_people_are_told_of_as_they_are_asked_for(panel: Assistant, question: str, told: str) -> None:
    assert (await fact(panel, question)).text.startswith(told)


async def test_where_a_regular_works_and_lives_is_looked_for_in_all_they_say(panel: Assistant) -> None:
    assert "Where I am at Combly" in (await fact(panel, "where does Ann Lee work?")).text
    assert "I live in Leeds" in (await fact(panel, "where does Ann Lee live?")).text
    assert "I'm working now at Waxly" in (await fact(panel, "what does Bob Ray do for work?")).text


async def test_who_hosted_a_show_when_is_told_with_its_hosts(panel: Assistant) -> None:
    answer = await fact(panel, "who hosts Hive Talk?")

    assert "Ann Lee (24 episodes, #1 to #24) and Bob Ray (20 episodes, #5 to #24)" in answer.text


async def test_what_a_show_is_about_is_how_it_introduces_itself(panel: Assistant) -> None:
    answer = await fact(panel, "what is Hive Talk about?")

    assert answer.text.startswith("Ann Lee in Hive Talk #24: “Welcome to Hive Talk, a show on bees.”")


async def test_what_somebody_thinks_of_somebody_is_asked_of_their_words(tmp_path: Path) -> None:
    add(tmp_path / "library", 1, "**Ann Lee:** Bob is the kindest beekeeper of all.\n\n**Bob Ray:** Thank you.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await assistant.ask(Question("what does Ann Lee think of Bob Ray?"))

    assert isinstance(answer, Found | Unsure)
    assert answer.evidence[0].speaker == "Ann Lee"


@pytest.fixture(scope="module")
def three_shows(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("three-shows")
    for number in range(1, 13):
        add(folder / "library", number, "**Ann Lee:** Bees.\n\n" + "**Cora Lind:** Wax." * (number > 9))
    add(folder / "library", 13, "**Eve Moss:** Bees.\n\n**Ann Lee:** Wax.", "Night Bees")
    add(folder / "library", 14, "**Tom Tree:** Trees grow.", "Tree Talk")
    return open_assistant(folder / "library", folder / "cache")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("guests who came on more than 2 times", "One guest was on at least 3 times: Cora Lind (3)."),
        ("which guests were on more than twice", "One guest was on at least 3 times: Cora Lind (3)."),
        ("who was on at least three times?", "One guest was on at least 3 times: Cora Lind (3)."),
        ("guests that were on more than five times", "I don't know of anyone who was a guest at least 6 times."),
        ("who was on both Hive Talk and Night Bees?", "One person speaks in each of Hive Talk and Night Bees:"),
        ("who's been on Hive Talk and also on Night Bees", "One person speaks in each of Hive Talk and Night Bees:"),
        (
            "who was on Night Bees and Tree Talk",
            "I don't know of anyone who speaks in each of Night Bees",
        ),
        ("who was on Hive Talk", "One guest in these 12 episodes of Hive Talk: Cora Lind (3)."),
        ("who was the guest on Hive Talk", "Cora Lind is the guest on Hive Talk #12, with Ann Lee."),
    ],
)
async def test_guests_are_told_by_how_often_and_in_which_shows_they_were(
    three_shows: Assistant, question: str, told: str
) -> None:
    answer = await three_shows.ask(Question(question))

    assert isinstance(answer, Fact | NotFound)
    assert answer.text.startswith(told)


@pytest.mark.parametrize("claim", ["did Ann Lee say she keeps bees since 2008", "who said they keep bees since 2008"])
async def test_a_year_in_a_claim_is_one_of_its_words_where_no_episode_is_of_then(tmp_path: Path, claim: str) -> None:
    add(tmp_path / "library", 1, "**Ann Lee:** So I keep bees since 2008, and wax as well.")
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    answer = await assistant.ask(Question(claim))

    assert "keep bees since 2008" in str(answer)
    assert "when episodes came out" not in str(answer)


_MAKER = "**Sid Moor:** Hello. So right now I work for Slate House, and it is windy up here.\n\n"


async def test_what_somebody_made_leads_who_they_are(tmp_path: Path) -> None:
    add(tmp_path / "library", 1, f"**Ann Lee:** Welcome, Sid.\n\n{_MAKER}")
    add(tmp_path / "library", 2, "**Ann Lee:** We had Sid Moor on the show, he is the author of Waxpress, of course.")

    told = await fact(open_assistant(tmp_path / "library", tmp_path / "cache"), "who is Sid Moor?")

    assert told.text.endswith("“We had Sid Moor on the show, he is the author of Waxpress, of course.”")


async def test_what_somebody_says_they_made_is_what_they_talk_about_most(tmp_path: Path) -> None:
    made = "**Sid Moor:** I made Rolls once. I wrote Waxpress by night, and here we are.\n\n"
    much = "**Ann Lee:** Waxpress, Waxpress. And why Waxpress? Is Waxpress quick? I like Waxpress.\n\n" * 2
    add(tmp_path / "library", 1, f"**Ann Lee:** Welcome, Sid.\n\n{_MAKER}{made}{much}")
    add(tmp_path / "library", 2, "**Ann Lee:** Here Sid Moor, who's the author of Combs, would shake his head.")

    told = await fact(open_assistant(tmp_path / "library", tmp_path / "cache"), "who is Sid Moor?")

    assert told.text.endswith("“I wrote Waxpress by night, and here we are.”")


async def test_what_somebody_does_right_now_is_said_of_that_time(tmp_path: Path) -> None:
    add(tmp_path / "library", 1, f"**Ann Lee:** Welcome, Sid.\n\n{_MAKER}")

    told = await fact(open_assistant(tmp_path / "library", tmp_path / "cache"), "who is Sid Moor?")

    assert "Sid Moor in Hive Talk #1, at the time: “So right now" in told.text


async def test_a_number_that_nobody_gives_is_not_answered_with_what_has_the_words(roofs: Assistant) -> None:
    answer = await roofs.ask(Question("how many people work at Slate House?"))

    assert not isinstance(answer, Found), answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "last time Ann Lee and Bob Ray were on together",
            "Ann Lee and Bob Ray are together in one episode: Hive Talk #2",
        ),
        (
            "when were Ann Lee and Cora Lind first on the same episode",
            "Ann Lee and Cora Lind are together in one episode",
        ),
        ("how many episodes did Ann Lee and Bob Ray do together", "Ann Lee and Bob Ray are both in one episode"),
        ("last time Bob Ray and Bob Hill were on together", "No episode has Bob Ray and Bob Hill together."),
        ("what was the first episode Cora Lind was on", "The first of the 2 episodes with Cora Lind is Night Bees #1"),
        ("first episode that Cora Lind hosted", "The first of the 2 episodes with Cora Lind is Night Bees #1"),
    ],
)
async def test_the_first_or_last_episode_is_that_of_all_who_are_named(
    assistant: Assistant, question: str, told: str
) -> None:
    assert (await fact(assistant, question)).text.startswith(told)


@pytest.mark.parametrize(
    "question",
    ["who has been on all the shows", "which guests were on every show", "was anyone on all of the shows?"],
)
async def test_who_was_on_all_shows_speaks_in_each(assistant: Assistant, question: str) -> None:
    assert (await fact(assistant, question)).text.startswith("2 people speak in each of Hive Talk and Night Bees")


@pytest.mark.parametrize(
    "question", ["newest Night Bees host", "newest host on Night Bees", "who's the latest Night Bees host?"]
)
async def test_the_newest_host_is_no_host_of_the_newest_episode(assistant: Assistant, question: str) -> None:
    assert (await fact(assistant, question)).text.startswith("The latest to join Night Bees:")


async def test_who_is_on_many_panels_is_a_host_in_every_answer(tmp_path: Path) -> None:
    for number in range(1, 31):
        others = ["Cora Lind", "Pat Moss"] if number in {6, 9, 12, 15} else [f"Guest{chr(64 + number)} Gray"]
        talk = "\n\n".join(f"**{name}:** Bees dance." for name in ("Ann Lee", *others))
        add(tmp_path / "library", number, talk)
    assistant = open_assistant(tmp_path / "library", tmp_path / "cache")

    assert (await fact(assistant, "is Pat a host or a guest?")).text.startswith("A host.")
    assert (await fact(assistant, "is Pat Moss a guest?")).text.startswith("No, a host.")
    assert "Pat Moss" not in (await fact(assistant, "list all guests")).text


async def test_a_verb_in_another_form_is_no_reason_to_say_that_nobody_says_so(tmp_path: Path) -> None:
    fillers = "\n\n".join(f"**Tom Hill:** Honey number {number} was in a jar, and we ate it." for number in range(30))
    add(tmp_path / "library", 1, f"**Ann Lee:** I had the broken rib, so I rested at home.\n\n{fillers}")
    answer = await open_assistant(tmp_path / "library", tmp_path / "cache").ask(Question("did Ann Lee break a rib?"))

    assert isinstance(answer, Found | Unsure)
    assert answer.evidence[0].text.startswith("I had the broken rib")
    assert answer.text != sentences.NOBODY_SAYS_SO


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ann Lee was on like 4 times right?", "Yes. Ann Lee is in 4 episodes: "),
        ("Ann Lee was on like 9 times right?", "No. Ann Lee is in 4 episodes: "),
        ("was Ann Lee on 3 times", "No. Ann Lee is in 4 episodes: "),
        ("has Ann Lee been on Hive Talk exactly three times?", "Yes. Ann Lee is in 3 episodes of Hive Talk: "),
        ("was Ann Lee on more than 3 episodes", "Yes. Ann Lee is in 4 episodes: "),
        ("was Ann Lee on more than 4 episodes", "No. Ann Lee is in 4 episodes: "),
        ("has Ann Lee been on at least 4 times", "Yes. Ann Lee is in 4 episodes: "),
        ("Ann Lee has been on fewer than 4 times", "No. Ann Lee is in 4 episodes: "),
        ("Cora Lind has been on twice, right?", "Yes. Cora Lind is in 2 episodes: "),
        ("Cora Lind was only on once, wasn't she?", "No. Cora Lind is in 2 episodes: "),
        ("Bob Hill was on just once", "Yes. Bob Hill is in one episode: "),
        ("has Ann Lee been on more than twice?", "Yes. Ann Lee is in 4 episodes: "),
        ("Bob Hill was on more than once, wasn't he", "No. Bob Hill speaks in "),
        ("Ann Lee was on every episode right?", "No. Ann Lee speaks in "),
    ],
)
async def test_a_claim_on_how_often_somebody_was_on_is_checked(assistant: Assistant, question: str, told: str) -> None:
    assert (await fact(assistant, question)).text.startswith(told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("love Cora Lind, how many episodes is she in?", "Cora Lind is in 2 episodes: "),
        ("Bob Hill cracks me up! How many eps is he in?", "Bob Hill is in one episode: "),
        ("Night Bees is such a chill show, how many episodes are there?", "There are 2 episodes of Night Bees"),
        ("I've been bingeing Hive Talk. How many episodes are there?", "There are 3 episodes of Hive Talk"),
        (
            "just finished Night Bees 2, who was on?",
            "I couldn't find who the guest on Night Bees #2 is. Cora Lind and Bob Ray speak in it.",
        ),
        ("love Cora Lind, when was she first on?", "The first of the 2 episodes with Cora Lind is "),
        ("wow, Hive Talk 3 was wild, who were the panelists?", "Ann Lee and Bob Hill speak in "),
        ("just finished 3, who was on?", "Bob Hill is the guest on Hive Talk #3, with Ann Lee."),
    ],
)
async def test_an_aside_says_what_the_question_after_it_is_about(
    assistant: Assistant, question: str, told: str
) -> None:
    assert (await fact(assistant, question)).text.startswith(told)


async def test_a_number_in_an_aside_that_two_shows_have_is_asked_back(assistant: Assistant) -> None:
    answer = await fact(assistant, "just finished 2, who was on?")

    assert {each.id for each in answer.episodes} == {"hive-talk-2", "night-bees-2"}


async def test_what_asks_something_is_no_aside(assistant: Assistant) -> None:
    answer = await assistant.ask(Question("any episodes with Cora Lind, and is she a host?"))

    assert isinstance(answer, Several)
    assert len(answer.parts) == 2


@pytest.mark.parametrize(
    "question", ["which Hive Talk was Bob Hill on", "what Hive Talk had Bob Hill on", "which Hive Talk is Bob Hill on?"]
)
async def test_the_name_of_a_show_stands_for_one_of_its_episodes(assistant: Assistant, question: str) -> None:
    assert [each.id for each in (await fact(assistant, question)).episodes] == ["hive-talk-3"]


async def test_part_of_a_name_beside_a_guest_means_somebody_in_their_episode(assistant: Assistant) -> None:
    answer = await fact(assistant, "which ep had Bob Hill AND Lee on together, wanna relisten")

    assert answer.text == "Bob Hill and Ann Lee are both in one episode: Hive Talk #3: About hive-talk-3."


async def test_of_a_guest_with_two_others_all_three_are_meant(assistant: Assistant) -> None:
    answer = await fact(assistant, "which ep had Bob Ray with Cora Lind and Ann")

    assert answer.text.startswith("No episode has Bob Ray, Cora Lind and Ann Lee together.")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("cora vs ann: who's been on more", "Ann Lee is in more: 4 episodes"),
        ("cora or ann, who has hosted more Night Bees", "Cora Lind is in more: 2 episodes of Night Bees"),
    ],
)
async def test_two_people_are_compared_by_their_episodes(assistant: Assistant, question: str, told: str) -> None:
    assert (await fact(assistant, question)).text.startswith(told)


@pytest.mark.parametrize("question", ["who are Hive Talk's hosts?", "Hive Talk's host", "who's Hive Talk's host again"])
async def test_a_shows_hosts_may_be_asked_for_as_its_own(panel: Assistant, question: str) -> None:
    assert "Ann Lee (24 episodes, #1 to #24)" in (await fact(panel, question)).text


async def test_who_is_on_most_besides_somebody_leaves_them_out(panel: Assistant) -> None:
    answer = await fact(panel, "who's on Hive Talk the most besides Ann?")

    assert answer.text == "Heard most often in these 24 episodes: Bob Ray (20), Cora Lind (4) and Dan Fox (2)."


async def test_a_shows_guests_may_be_asked_for_as_its_own(panel: Assistant) -> None:
    answer = await fact(panel, "who are Hive Talk's most frequent guests?")

    assert answer.text.startswith("The guests with the most appearances: Cora Lind (4) and Dan Fox (2).")


@pytest.mark.parametrize("question", ["does Bob Ray work at Crumb?", "Bob Ray works at Crumb, right?"])
async def test_who_isnt_said_to_be_somewhere_is_told_where_they_work(panel: Assistant, question: str) -> None:
    answer = await fact(panel, question)

    assert answer.text.startswith("I couldn't find what Bob Ray does or did at Crumb. Bob Ray in Hive Talk #14: ")
    assert "working now at Waxly" in answer.text


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Open a show whose host and guest say what they did before."""
    library = tmp_path_factory.mktemp("lives")
    told = (
        "**Ann Lee:** We're here with Bob Ray, who makes Waxpress. Welcome, Bob.\n\n"
        "**Bob Ray:** Thanks. I make Waxpress with my sister, and we sell it in the whole valley.\n\n"
        "**Bob Ray:** I was a roofer by trade, and I joined Slate House in 2013.\n\n"
    )
    add(library, 1, told)
    for number in range(2, 16):
        quiet = "**Ann Lee:** A quiet week.\n\n" if number != 9 else "**Ann Lee:** I worked at Rye House for years.\n\n"
        add(library, number, quiet)
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("what did bob ray do before waxpress", "Bob Ray in Hive Talk #1: “I was a roofer by trade"),
        ("where did bob ray work before", "Bob Ray in Hive Talk #1: “I was a roofer by trade"),
        ("what was ann lee's old job", "Ann Lee in Hive Talk #9: “I worked at Rye House"),
    ],
)
async def test_what_somebody_did_before_is_told_in_their_words(lives: Assistant, asked: str, told: str) -> None:
    answer = await lives.ask(Question(asked))

    assert isinstance(answer, Fact)
    assert answer.text.startswith(told)


async def test_what_he_did_before_is_asked_of_the_one_who_was_named(lives: Assistant) -> None:
    c = ConversationId("before")
    await lives.ask(Question("who is bob ray", conversation=c))

    answer = await lives.ask(Question("and what did he do before that?", conversation=c))

    assert isinstance(answer, Fact)
    assert "roofer" in answer.text


async def test_that_somebody_does_not_say_what_they_did_before_is_said(roofs: Assistant) -> None:
    answer = await roofs.ask(Question("what did flo amsel do before"))

    assert isinstance(answer, Fact)
    assert answer.text.endswith("I couldn't find what they did before.")
