"""Yes-or-no questions about people's lives, people meant by a description, and questions about two people in one."""

import pytest

from bot.answering.oneself import told
from bot.operating.opening import open_assistant
from bot.port.messages import Answer, Assistant, Fact, Found, NotFound, Question, Several, Unsure
from bot.understanding.request import Trait
from tests.bot.answering.test_people import add

_SAID = (
    (
        "Hive Talk",
        1,
        "**Ann Lee:** Welcome! Today we talk to Cora Lind, who is a deaf sculptor from Norway.\n\n"
        "**Cora Lind:** Thank you. I'm Norwegian, so I like the cold. I left Waxworks last spring.",
    ),
    (
        "Hive Talk",
        2,
        "**Ann Lee:** I'm not a lawyer. You're a practicing clinical psychologist, right?\n\n"
        "**Bob Ray:** If I was a lawyer I'd say so. I made a smoker for hives called Puffin.",
    ),
    (
        "Hive Talk",
        3,
        "**Ann Lee:** Dan Fox is a beekeeper and he lives by the sea.\n\n"
        "**Dan Fox:** I wrote a Puffin plugin. I'll leave Waxworks one day.",
    ),
    (
        "Hive Talk",
        4,
        "**Ann Lee:** We say Nix a lot. Nix and Nix.\n\n"
        "**Eve Moss:** I say Nix once, and Guix. I quit hosting because of the noise.",
    ),
    ("Night Bees", 1, "**Tom Tree:** Bob said that smoke is fine.\n\n**Ida Holm:** Guix is calm at night."),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("oneself")
    for show, number, transcript in _SAID:
        add(home / "library", number, transcript, show)
    return open_assistant(home / "library", home / "cache")


async def ask(assistant: Assistant, question: str) -> Answer:
    return await assistant.ask(Question(question))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("is cora lind norwegian", "I'm Norwegian, so I like the cold."),
        ("is cora lind really norwegian, by any chance?", "I'm Norwegian, so I like the cold."),
        ("is it true that Cora Lind left waxworks?", "I left Waxworks last spring."),
        ("did cora lind ever leave waxworks as well", "I left Waxworks last spring."),
        ("did bob ray invent puffin too?", "I made a smoker for hives called Puffin."),
    ],
)
async def test_what_somebody_is_or_did_is_found_in_their_own_words(
    assistant: Assistant, question: str, words: str
) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Found)
    assert answer.text.endswith("says so:")
    assert answer.evidence[0].text == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("when did cora lind leave waxworks?", "I left Waxworks last spring."),
        ("why did eve moss quit hosting?", "I quit hosting because of the noise."),
    ],
)
async def test_when_or_why_somebody_did_something_is_found_in_their_own_words(
    assistant: Assistant, question: str, words: str
) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Found)
    assert (answer.told, answer.evidence[0].text) == ("", words)


async def test_what_somebody_is_may_be_said_by_others(assistant: Assistant) -> None:
    answer = await ask(assistant, "is dan fox a beekeeper")

    assert isinstance(answer, Found)
    assert (answer.text, answer.evidence[0].speaker) == ("What others say about Dan Fox:", "Ann Lee")


@pytest.mark.parametrize(
    "question", ["is ann lee a lawyer", "is bob ray a lawyer", "did dan fox leave waxworks", "did dan fox make puffin"]
)
async def test_what_is_denied_supposed_or_planned_is_not_said_of_anybody(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)

    assert "says so" not in answer.text


@pytest.mark.parametrize(
    ("trait", "text", "names", "sentence"),
    [
        (Trait((), "British"), "Well, I'm British, Andy.", (), "Well, I'm British, Andy."),
        (Trait((), "a lawyer"), "I'm talking to a lawyer.", (), ""),
        (Trait((), "a lawyer"), 'She said "I\'m a lawyer" to me.', (), ""),
        (Trait((), "a lawyer"), "Am I a lawyer? I am a tax lawyer.", (), "I am a tax lawyer."),
        (Trait(("move",), "to Oslo"), "I moved from the U.S. to Oslo.", (), "I moved from the U.S. to Oslo."),
        (Trait(("quit",), "Wax"), "I decided to quit Wax.", (), "I decided to quit Wax."),
        (Trait(("quit",), "Wax"), "I didn't quit Wax. I want to quit Wax.", (), ""),
        (Trait(("made",), "Puffin", made=True), "I made the Puffin.", (), "I made the Puffin."),
        (Trait(("made",), "Puffin", made=True), "I made a Puffin box.", (), ""),
        (Trait((), "tall"), "Ann is tall. Bob is old.", ("Bob",), ""),
        (Trait((), "a baker"), "You're a good baker, right?", ("you",), "You're a good baker, right?"),
    ],
)
def test_only_plain_statements_count(trait: Trait, text: str, names: tuple[str, ...], sentence: str) -> None:
    assert told(trait, text, names) == sentence


@pytest.mark.parametrize(
    "question",
    [
        "which guest was the deaf sculptor from norway",
        "that deaf sculptor from norway, who was she",
        "who was the guest who was a deaf sculptor",
    ],
)
async def test_a_guest_is_found_by_a_description(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Found)
    assert answer.text == "That sounds like Cora Lind (on Hive Talk #1):"
    assert "deaf sculptor" in answer.evidence[0].text


async def test_a_guest_is_found_by_a_description_in_their_own_words(assistant: Assistant) -> None:
    answer = await ask(assistant, "which guest was the puffin smoker inventor")

    assert answer.text == "That sounds like Bob Ray (on Hive Talk #2):"


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("psychologist", "Bob Ray (on Hive Talk #2)"),  # whom a host addresses
        ("sculptor", "Cora Lind (on Hive Talk #1)"),  # whom a host names
        ("norwegian", "Cora Lind (on Hive Talk #1)"),  # who says so
    ],
)
async def test_somebody_on_a_show_is_found_by_what_they_are_said_to_be(
    assistant: Assistant, role: str, name: str
) -> None:
    answer = await ask(assistant, f"whats the name of the {role} on hive talk")

    assert answer.text == f"That sounds like {name}:"


async def test_a_description_of_nobody_is_not_taken_for_the_newest_guest(assistant: Assistant) -> None:
    answer = await ask(assistant, "which guest was the juggling dentist from peru")

    assert isinstance(answer, NotFound)


async def test_a_question_about_somebody_goes_on_with_another_name(assistant: Assistant) -> None:
    answer = await ask(assistant, "was cora lind ever on, and Grace Hopper?")

    assert isinstance(answer, Several)
    assert [part.asked for part in answer.parts] == ["was cora lind ever on", "was Grace Hopper ever on"]
    assert answer.parts[0].answer.text.startswith("Yes. Cora Lind speaks in Hive Talk #1")
    assert isinstance(answer.parts[1].answer, NotFound)


async def test_being_on_once_is_answered_with_yes(assistant: Assistant) -> None:
    answer = await ask(assistant, "wasnt cora lind on the show once?")

    assert answer.text.startswith("Yes. Cora Lind speaks in Hive Talk #1")


async def test_who_says_it_most_goes_on_from_how_many_people_say_it(assistant: Assistant) -> None:
    answer = await ask(assistant, "how many people have talked about nix, and who the most")

    assert isinstance(answer, Several)
    assert answer.parts[1].answer.text.startswith("Ann Lee says “nix” most often: 3 times")


@pytest.mark.parametrize(
    "question",
    [
        "how many episodes does hive talk have and which one's the latest",
        "how many episodes does hive talk have and what's the latest one",
    ],
)
async def test_the_latest_one_is_of_the_show_just_asked_about(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Several)
    assert isinstance(latest := answer.parts[1].answer, Fact)
    assert [each.id for each in latest.episodes] == ["hive-talk-4"]


async def test_each_of_two_things_has_a_first_mention_of_its_own(assistant: Assistant) -> None:
    answer = await ask(assistant, "when did hive talk first mention nix or guix")

    assert isinstance(answer, Several)
    assert [each.answer.evidence[0].speaker for each in answer.parts if isinstance(each.answer, Found)] == [
        "Ann Lee",
        "Eve Moss",
    ]


async def test_the_people_of_a_show_limit_a_question_to_it(assistant: Assistant) -> None:
    answer = await ask(assistant, "have the night bees folks ever argued that guix is calm")

    assert isinstance(answer, Found)
    assert {each.episode.show for each in answer.evidence} == {"Night Bees"}


@pytest.mark.parametrize(
    "question", ["who has been on the most as a guest, not host", "who has been a guest most often, hosts aside"]
)
async def test_guests_are_counted_without_hosts(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)

    assert isinstance(answer, Fact)
    assert answer.text.startswith("The guests with the most appearances")


async def test_a_guess_after_a_question_about_somebody_asks_nothing(assistant: Assistant) -> None:
    answer = await ask(assistant, "what's cora lind's day job, baker?")

    assert isinstance(answer, Fact)
    assert answer.text.startswith("Cora Lind speaks in Hive Talk #1")


async def test_two_questions_with_one_answer_have_it_once(assistant: Assistant) -> None:
    answer = await ask(assistant, "who's bob ray, and who is bob ray again")

    assert isinstance(answer, Fact)
    assert answer.text.startswith("Bob Ray speaks in Hive Talk #2")


async def test_a_mention_of_a_thing_says_nothing_of_whether_somebody_likes_it(assistant: Assistant) -> None:
    answer = await ask(assistant, "does eve moss like nix")

    assert isinstance(answer, Unsure), answer
    assert "I say Nix once" in answer.evidence[0].text
