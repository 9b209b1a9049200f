"""The best documents are the best, however they are found."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import EVERYWHERE, EpisodeId, ItemId, Passage
from knowledge.search.index import fulltext
from knowledge.search.index.fulltext import TextIndex, TextWriter
from knowledge.search.index.stemming import stems
from knowledge.search.index.stored import Document, stemmed

_WORDS = [f"word{number}" for number in range(60)]


@pytest.fixture(scope="module")
def index() -> TextIndex:
    chance = Random(20_000)
    often = [1 / (1 + number) for number in range(len(_WORDS))]
    texts = (" ".join(chance.choices(_WORDS, often, k=chance.randint(3, 40))) for _ in range(600))
    writer = TextWriter()
    documents = [Document((ItemId(f"talk/{n}"),), EpisodeId("talk"), (text,)) for n, text in enumerate(texts)]
    writer.add(map(stemmed, documents), 0)
    return writer.finish()


def test_looking_first_at_the_rarer_words_finds_the_same(index: TextIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(494)
    asked = [
        {word: chance.choice((0.3, 2.0, 8.0)) / (1 + _WORDS.index(word)) ** -0.5 for word in chance.sample(_WORDS, 5)}
        for _ in range(40)
    ]
    quick = fulltext.TextIndex._best_of_the_rare
    found_quickly: list[bool] = []

    def best(weights: dict[str, float]) -> list[tuple[int, float]]:
        found = index.best(weights, {"words": 1.0}, scope=EVERYWHERE, limit=10)
        return [(match.place, pytest.approx(match.score, rel=1e-5)) for match in found]

    plain = list(map(best, asked))
    monkeypatch.setattr(fulltext, "_VAST", 0)
    monkeypatch.setattr(
        fulltext.TextIndex,
        "_best_of_the_rare",
        lambda self, *given: [found := quick(self, *given), found_quickly.append(found is not None)][0],
    )

    assert list(map(best, asked)) == plain
    assert {True, False} == set(found_quickly)


@pytest.mark.parametrize(("limit", "worth"), [(2, [7, 5]), (4, [7, 5, 3, 0]), (9, [7, 5, 3, 0, 0])])
def test_the_most_quotable_talk_with_a_word_comes_first_and_what_is_worth_nothing_last(
    limit: int, worth: list[int]
) -> None:
    writer, talk = TextWriter(), EpisodeId("talk")
    said = [("a hive", 0), ("a hive", 3), ("bees", 9), ("hives", 7), ("the hive", 0), ("a hive", 5)]
    passages = [Passage(ItemId(f"talk/{n}"), talk, n, words, str(each)) for n, (words, each) in enumerate(said)]
    documents = [
        Document((passage.id,), talk, (words,), passages=(passage,), worth=each)
        for passage, (words, each) in zip(passages, said, strict=True)
    ]
    writer.add(map(stemmed, documents), 0)

    found = writer.finish().most_quotable(stems("hive"), scope=EVERYWHERE, limit=limit)

    assert [int(stretch.passages[0].source) for stretch in found] == worth


@given(st.text(st.characters(max_codepoint=127)))
def test_text_in_ascii_is_taken_apart_like_any_other(text: str) -> None:
    assert [*stems(text), "მაისი"] == stems(f"{text} მაისი")
