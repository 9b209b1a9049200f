"""The table of meanings is trained as it says: right pairs come together, the same seed gives the same table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.meaning import pairs, start, teacher
from benchmarks.meaning.lures import Lures
from benchmarks.meaning.measuring import Asked, Library
from benchmarks.meaning.pieces import choose
from benchmarks.meaning.training import Pair, Rows, Schedule, Training
from benchmarks.meaning.transcripts import Turn, pieces, turns
from knowledge.search.meaning import Floats, Meanings, WordPieces, pack, unpack

WORDS = ("quit", "job", "leave", "employer", "bee", "hive", "honey", "swarm", "rust", "borrow", "crate", "compiler")
SCHEDULE = Schedule(rounds=150, batch=3, first=5e-2, last=2e-3)
ASKED = (("quit", "job"), ("bee", "hive"), ("rust", "borrow"))
ANSWERS = (("leave", "employer"), ("honey", "swarm"), ("crate", "compiler"))


def _rows(words: tuple[str, ...]) -> Rows:
    return np.array([WORDS.index(word) for word in words], np.int32)


def _random(seed: int, *shape: int) -> Floats:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def _near(table: Floats) -> Floats:
    meanings = Meanings(*unpack(pack(table)), WORDS)
    asked, answers = (
        np.stack([meanings.vector(" ".join(words)) for words in texts]) for texts in (ASKED, ANSWERS)
    )  # fmt: skip
    near: Floats = asked @ answers.T
    return near


PAIRS = [Pair(_rows(asked), (_rows(answer),)) for asked, answer in zip(ASKED, ANSWERS, strict=True)]


def test_contrast_brings_questions_to_their_own_answers() -> None:
    training = Training(_random(7, len(WORDS), 8), seed=1)

    training.contrast(PAIRS, SCHEDULE)

    near = _near(training.table)
    assert near.argmax(axis=1).tolist() == [0, 1, 2]
    assert near.diagonal().min() > near[~np.eye(3, dtype=bool)].max() + 0.3


def test_contrast_drives_away_what_is_named_as_wrong() -> None:
    table = _random(7, len(WORDS), 8)
    wrong = _rows(("crate",))
    with_wrong = [replace(PAIRS[0], others=(wrong,)), *PAIRS[1:]]
    plain, driven = Training(table, seed=1), Training(table, seed=1)

    plain.contrast(PAIRS, SCHEDULE)
    driven.contrast(with_wrong, SCHEDULE)

    def near(trained: Training) -> float:
        asked = start.unit(trained.table[PAIRS[0].asked].sum(axis=0, keepdims=True))
        return float((asked @ start.unit(trained.table[wrong]).T)[0, 0])

    assert near(driven) < near(plain)


def test_regression_turns_texts_to_what_the_teacher_says() -> None:
    texts = [_rows(words) for words in (*ASKED, *ANSWERS)]
    targets = start.unit(_random(3, len(texts), 8))
    training = Training(_random(7, len(WORDS), 8), seed=1)

    cosine = training.regress(texts, targets, SCHEDULE)

    assert cosine > 0.95


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    table = _random(7, len(WORDS), 8)
    slow = Schedule(rounds=1, batch=3, first=1e-4, last=1e-4)
    before, after = Training(table, seed=1), Training(table, seed=1)

    after.contrast(PAIRS, slow)

    assert after.contrast(PAIRS, slow) < before.contrast(PAIRS, slow)


@pytest.mark.parametrize("dropped", [0.0, 0.5])
def test_the_same_seed_gives_the_same_table(dropped: float) -> None:
    def trained() -> Floats:
        training = Training(_random(7, len(WORDS), 8), seed=5)
        training.regress([pair.asked for pair in PAIRS], start.unit(_random(3, 3, 8)), SCHEDULE)
        training.contrast(PAIRS, replace(SCHEDULE, dropped=dropped))
        return training.table

    assert np.array_equal(trained(), trained())


def test_a_linear_map_alone_finds_a_table_that_was_only_turned() -> None:
    table = _random(7, len(WORDS), 4)
    turn, _ = np.linalg.qr(_random(9, 4, 4))
    texts = [_rows(words) for words in (*ASKED, *ANSWERS)]
    targets = start.unit(np.stack([(table @ turn)[rows].sum(axis=0) for rows in texts]))

    found = start.turned(table, texts, targets)

    assert found == pytest.approx(table @ turn, abs=1e-4)


def test_the_more_a_piece_is_said_the_shorter_its_row() -> None:
    alone = _random(3, 4, 8)

    table = start.first_table(alone, np.array([0.5, 1e-3, 1e-6, 0], np.float32), 8)

    shortened = np.linalg.norm(table, axis=1) / np.linalg.norm(alone - alone.mean(axis=0), axis=1)
    assert shortened == pytest.approx([1e-4 / 0.5001, 1e-4 / 1.1e-3, 1e-4 / 1.01e-4, 1], rel=0.01)


def test_vectors_of_a_stopped_run_are_not_asked_for_again(tmp_path: Path) -> None:
    texts = [f"passage {number}" for number in range(1_200)]
    heard: list[str] = []

    def stopping(after: int) -> teacher.Teacher:
        def vector(text: str) -> Floats:
            if len(heard) == after:
                raise KeyboardInterrupt
            heard.append(text)
            return np.array([len(text), float(text.split()[1])], np.float32)

        return vector

    with pytest.raises(KeyboardInterrupt):
        teacher.taught(texts, tmp_path, lambda: stopping(1_100))
    heard.clear()
    vectors = teacher.taught(texts, tmp_path, lambda: stopping(1_200))

    assert heard == texts[1_000:]
    assert vectors[:, 1].tolist() == list(range(1_200))
    assert np.array_equal(teacher.taught(texts, tmp_path, lambda: pytest.fail("all is known")), vectors)


def test_turns_are_what_was_said_between_names() -> None:
    transcript = (
        "**Ann Lee:** \\[04:02\\] So, [Go](https://go.dev) or Rust?\n\n**Bo:** Rust. \\[laughs\\]\n\nIt&#39;s *fast*.\n"
    )

    assert turns(transcript) == (Turn("Ann Lee", "So, Go or Rust?"), Turn("Bo", "Rust. It's fast."))


@pytest.mark.parametrize(("words", "lengths"), [(0, []), (7, [7]), (79, [79]), (80, [60, 20]), (130, [60, 70])])
def test_talk_is_cut_into_pieces_of_sixty_words(words: int, lengths: list[int]) -> None:
    assert [len(piece.split()) for piece in pieces("word " * words)] == lengths


def test_a_question_goes_with_the_beginning_of_what_another_person_answers() -> None:
    answer = " ".join(f"word{number}" for number in range(300))
    talk = {
        "a.md": (
            Turn("Ann", "Hm. How do bees survive the winter? Tell us."),
            Turn("Bo", answer),
            Turn("Bo", "And is there anything that I left out here?"),
            Turn("Bo", answer),
            Turn("Ann", "Really?"),
            Turn("Bo", answer),
        )
    }

    (only,) = pairs.answered(talk)

    assert only.text == "How do bees survive the winter?"
    assert only.answers == tuple(pieces(answer))[:3]
    assert (only.file, only.turn) == ("a.md", 1)


def test_pieces_are_those_in_use_then_whole_words_often_said() -> None:
    chosen = choose(["[PAD]", "a", "cat", "kub", "##er", "##s", "ja"], ["cat"], ["cat kubers kubers a", "jas"], rows=6)

    assert chosen == ("a", "cat", "kub", "##er", "##s", "ja")
    assert choose(["a", "cat", "kub", "##er", "##s"], [], ["kubers kubers cats"], rows=6)[-1] == "kubers"
    assert choose(["a", "cat", "kub", "##er", "##s"], ["cats"], ["kubers " + "a " * 99_999], rows=6)[-1] == "cats"
    assert WordPieces(chosen).rows("cats") == [1, 4]


def test_a_question_does_not_find_itself() -> None:
    question = "how do bees survive " + "the winter " * 10
    talk = {
        "a.md": (Turn("Ann", question), Turn("Bo", "honey " * 25), Turn("Bo", "rust " * 25)),
        "b.md": (Turn("Cy", "bees " * 25),),
    }
    meanings = Meanings.load()

    on_air = Library(talk).measure([Asked("how do bees survive the winter", "a.md", 1, asked_in=0)], meanings)
    itself = Library(talk).measure([Asked("how do bees survive the winter", "a.md", 1)], meanings)

    assert (on_air.library, on_air.alone) == (1 / 2, 1)
    assert (itself.library, itself.alone) == (1 / 3, 1 / 2)


def test_a_lure_shares_words_with_the_question_but_does_not_answer_it() -> None:
    sting, talk = "the bees sting " * 14, "and the weather was fine " * 10
    said = (
        Turn("Ann", "Do the bees sting you? " * 10),
        Turn("Bo", "Yes, the bees sting me. " * 10),
        Turn("Ann", talk),
        Turn("Bo", sting),
    )
    asked = pairs.Answered("Do the bees sting you?", tuple(pieces(said[1].text)), "a.md", 1)

    assert Lures(said).of(asked) == (sting.strip(),)
