"""Questions to a library of which the feed's own words are all there is, as most feeds offer no transcript."""

import pytest

from bot.answering import sentences
from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, EpisodeId, Fact, NotFound, Question, QuoteFilter, Scope

LONG = (
    "We thank a sponsor and then another. " * 40
    + "Last comes zero-copy receive in the ring. Bye for now. "
    + "More. " * 90
)

GUESTS = ("Miguel Ojeda", "Carmen Diaz", "Carmen Diaz")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = tmp_path_factory.mktemp("kernel")
    for number, (title, summary) in enumerate(
        (
            ("Rust in the kernel with Miguel", "How drivers landed in Linux, and why Apple's graphics came first."),
            ("Schedulers, explained", "EEVDF and gaming latency, with Carmen Diaz."),
            ("Schedulers again", LONG),
        ),
        start=1,
    ):
        (library / f"kernel-{number}").mkdir()
        (library / f"kernel-{number}" / "episode.yaml").write_text(
            f"title: {title}\nshow: Kernel Talk\nnumber: {number}\npublished: 2026-03-0{number}\n"
            f"summary: {summary}\nsource: the show's feed\nguests: [{GUESTS[number - 1]}]\n"
        )
    return open_assistant(library, library / "cache")


async def told(assistant: Assistant, question: str, episode: str | None = None) -> Fact:
    answer = await assistant.ask(Question(question, Scope(EpisodeId(episode) if episode else None)))
    assert isinstance(answer, Fact), answer
    return answer


@pytest.mark.parametrize(
    "question", ["what did they say about gaming latency", "anything on eevdf?", "gamming latancy"]
)
async def test_an_episode_that_is_about_it_is_named_where_nobody_has_the_words(
    assistant: Assistant, question: str
) -> None:
    answer = await told(assistant, question)

    assert answer.text == (
        "I have no words to quote on that, but one episode is about it: "
        "Kernel Talk #2: Schedulers, explained, 2 March 2026. EEVDF and gaming latency, with Carmen Diaz."
    )
    assert [episode.id for episode in answer.episodes] == ["kernel-2"]


async def test_several_episodes_that_are_about_it_are_named(assistant: Assistant) -> None:
    answer = await told(assistant, "schedulers")

    assert answer.text == (
        "I have no words to quote on that, but 2 episodes are about it: "
        "Kernel Talk #2: Schedulers, explained and Kernel Talk #3: Schedulers again."
    )


async def test_of_a_long_summary_the_words_around_the_match_are_shown(assistant: Assistant) -> None:
    answer = await told(assistant, "zero-copy receive")

    assert " … Last comes zero-copy receive in the ring." in answer.text
    assert len(answer.text) < 500


async def test_the_episodes_about_something_are_listed(assistant: Assistant) -> None:
    answer = await told(assistant, "which episodes talk about schedulers?")

    assert {episode.id for episode in answer.episodes} == {"kernel-2", "kernel-3"}
    assert answer.text.startswith("2 episodes mention “schedulers”: ")


async def test_where_nothing_can_be_quoted_a_quote_is_answered_with_the_episode(assistant: Assistant) -> None:
    answer = await told(assistant, "a quote about gaming latency")
    random = await assistant.random_quote(QuoteFilter())

    assert [episode.id for episode in answer.episodes] == ["kernel-2"]
    assert random.text == sentences.NOTHING_TO_QUOTE


@pytest.mark.parametrize("question", ["which episodes has Carmen Diaz been on?", "all Carmen Diaz episodes"])
async def test_the_episodes_of_a_guest_are_listed(assistant: Assistant, question: str) -> None:
    answer = await told(assistant, question)

    assert [episode.id for episode in answer.episodes] == ["kernel-3", "kernel-2"]


async def test_how_long_an_episode_is_that_is_named_by_its_subject_is_not_told_of_the_latest(
    assistant: Assistant,
) -> None:
    answer = await assistant.ask(Question("how long is the rust episode?"))

    assert isinstance(answer, NotFound)
    assert "Kernel Talk #1" in answer.text


async def test_one_episode_may_be_asked_alone(assistant: Assistant) -> None:
    assert [episode.id for episode in (await told(assistant, "schedulers", "kernel-3")).episodes] == ["kernel-3"]
    assert isinstance(await assistant.ask(Question("schedulers", Scope(EpisodeId("kernel-1")))), NotFound)


@pytest.mark.parametrize("question", ["how do I cook rice", "what do they say about rust on garden tools"])
async def test_what_no_episode_is_about_is_not_found(assistant: Assistant, question: str) -> None:
    assert isinstance(await assistant.ask(Question(question)), NotFound)
