"""The words of a library, kept in a file or in memory."""

from collections import Counter
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from knowledge.search import sounds
from knowledge.search.index import lexicon
from knowledge.search.index.lexicon import InMemory, OnDisk

_COUNTS = st.dictionaries(st.text("abcehknot19", min_size=1, max_size=6), st.integers(1, 3), max_size=8)


def _keys(word: str) -> tuple[str, ...]:
    return (*lexicon.keys(word, len(word)), *sounds.keys(word))


def test_words_are_listed_by_their_sound(tmp_path: Path) -> None:
    lexicon.store(tmp_path / "words", Counter({"phonetic": 2, "frantic": 1}))

    words = OnDisk(tmp_path / "words")

    assert {word for key in sounds.keys("fonetik") for word in words.near(key)} == {"phonetic"}


@given(_COUNTS, _COUNTS)
def test_a_file_that_words_are_added_to_and_taken_from_is_like_a_new_one(
    first: dict[str, int], more: dict[str, int]
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "words"
        lexicon.store(file, Counter(first))
        lexicon.store(file, Counter(more))
        lexicon.store(file, Counter({word: -times for word, times in first.items()}))

        kept, new = OnDisk(file), InMemory(more)

        for word in first | more:
            assert kept.count(word) == new.count(word)
            assert all(sorted(kept.near(key)) == sorted(new.near(key)) for key in _keys(word))


def test_words_that_share_a_key_come_in_one_order_the_most_frequent_first() -> None:
    counts = {"wax": 1, "way": 3, "wap": 1}

    orders = {tuple(InMemory(dict(each)).near("wa3")) for each in permutations(counts.items())}

    assert orders == {("way", "wap", "wax")}
