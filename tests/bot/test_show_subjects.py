"""A show's subject may be a function word, such as Go: a question that names it is about that, and not about going."""

import pytest

from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, Fact, Found, NotFound, Question, Unsure
from tests.bot.test_many_episodes import add

ANN, BOB, CORA = "**Ann Lee:** ", "**Bob Ray:** ", "**Cora Lind:** "


@pytest.fixture(scope="module")
def shows(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Open a show on Go and one on ovens, both of which have something fast, popular and bad."""
    library = tmp_path_factory.mktemp("shows")
    on_go = {
        1: f"{ANN}Today we talk about why people learn Go and how teams grew into Go, as you said.\n\n"
        f"{BOB}The best way to learn Go is always to write a program that you need.\n\n"
        f"{ANN}So is Go slow? We measured that, and the garbage collector is astonishingly fast.\n\n",
        2: f"{CORA}One downside is the verbose handling of errors, and half of Go is that.\n\n"
        f"{BOB}A program in Go is always easier to read than to write.\n\n",
    }
    on_ovens = {
        1: f"{CORA}They go about baking slowly, and then they go home. The steam oven is astonishingly fast.\n\n"
        f"{ANN}I have to go to the mill, and they go to the market with the astonishingly big loaves.\n\n",
        2: f"{BOB}One downside is the verbose manual of the oven, and if they go over it they fall asleep.\n\n",
    }
    for show, told in (("Go Time", on_go), ("Oven Talk", on_ovens)):
        for number in range(1, 13):
            quiet = f"{ANN}A quiet week for loaf number {number}.\n\n"
            add(library, f"{show[:2].lower()}-{number}", show, number, told.get(number, quiet))
    return open_assistant(library, library / "cache")


@pytest.mark.parametrize("asked", ["how do I learn go", "should i learn go", "why learn go?"])
async def test_learning_it_is_found_where_learning_it_is_spoken_of(shows: Assistant, asked: str) -> None:
    answer = await shows.ask(Question(asked))

    assert isinstance(answer, Found)
    assert "learn Go" in answer.evidence[0].text


@pytest.mark.parametrize(
    ("asked", "word"), [("is go astonishingly fast", "fast"), ("what is the verbose downside of go", "downside")]
)
async def test_the_episodes_of_its_show_come_first(shows: Assistant, asked: str, word: str) -> None:
    answer = await shows.ask(Question(asked))

    assert isinstance(answer, Found | Unsure)
    assert answer.evidence[0].episode.show == "Go Time"
    assert word in answer.evidence[0].text


@pytest.mark.parametrize("asked", ["do they go over the verbose manual", "how do they go about baking slowly"])
async def test_to_go_somewhere_is_no_name(shows: Assistant, asked: str) -> None:
    answer = await shows.ask(Question(asked))

    assert isinstance(answer, Found | Unsure)
    assert answer.evidence[0].episode.show == "Oven Talk"


async def test_what_nobody_says_of_it_is_not_found(shows: Assistant) -> None:
    answer = await shows.ask(Question("how did they get into go"))

    assert isinstance(answer, NotFound)


@pytest.mark.parametrize("asked", ["episodes on go", "what's the best episode to start with if I'm new to go?"])
async def test_all_of_its_show_is_on_it(shows: Assistant, asked: str) -> None:
    answer = await shows.ask(Question(asked))

    assert isinstance(answer, Fact)
    assert {each.show for each in answer.episodes} == {"Go Time"}
