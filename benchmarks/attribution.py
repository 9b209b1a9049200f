"""Who really said it? Asks about true, altered and half-remembered quotations from the Changelog's transcripts.

Run by itself: `python -m benchmarks.attribution [N] [--archive ARCHIVE] [--tuning]`, over N evenly spread episodes.
Thresholds are tuned on one half of the episodes and reported on the other, over a library of both. For comparison,
RapidFuzz credits the most similar passage if it scores 90 or more.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Final, TypeVar

from rapidfuzz import fuzz, process

from benchmarks.data import half_remembered, imported
from benchmarks.scale import ARCHIVE
from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, Found, Question, QuoteCheck, Verdict
from bot.understanding.sentences import vocabulary
from knowledge.model import EpisodeId, Passage
from knowledge.search.index.cache import IndexCache
from knowledge.search.rarity import frequency
from knowledge.search.words import carries, negates, whole_spans

_T = TypeVar("_T")

_EPISODES: Final = 174
_ASKED: Final = 300
"""Number of questions of each kind."""
_PEER: Final = 40
"""Number of these put to RapidFuzz, which takes seconds for each."""
_CREDITED: Final = 90
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_SHORTEST, _LONGEST = 8, 20
_SHORT: Final = 4
"""Minimum number of words in a sentence said by several people, for us to ask about it."""
_KNOWN: Final = 3e-6
"""Minimum frequency in English of a word that replaces another in an altered sentence."""
_CONTRACTED: Final = {"can't": "can", "cannot": "can", "won't": "will", "ain't": "is"}
_DENIED: Final = frozenset({Verdict.NOT_FOUND, Verdict.OPPOSITE, Verdict.OTHER_NUMBER})
_CREDITING: Final = frozenset({Verdict.EXACT, Verdict.CLOSE, Verdict.BY_OTHERS})
_NAMED: Final = re.compile("“([^”]*)”")
"""Matches what an answer quotes, such as a difference."""
_AUXILIARIES: Final = frozenset({"is", "are", "was", "were", "do", "does", "did", "can", "could", "should", "would"})
_MODALS: Final = {
    "can": "must", "could": "should", "may": "must", "might": "will",
    "must": "may", "should": "might", "will": "might", "would": "must",
}  # fmt: skip
"""Each modal with the one that replaces it to make a different statement."""
_SUBJECTS: Final = frozenset({"i", "we", "you", "they"})
"""Words after which a modal is inserted into a sentence without one."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence of a passage by a named speaker."""

    text: str
    passage: Passage

    @property
    def speaker(self) -> str:
        return self.passage.speaker or ""

    @property
    def words(self) -> list[str]:
        return self.text.split()


@dataclass(frozen=True, slots=True)
class _Reply:
    """What an answer claims: verdict, first speaker shown, their words, everybody credited, and the whole text."""

    verdict: str
    speaker: str | None
    shown: str
    credited: frozenset[str | None]
    text: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A quotation, whom it is attributed to (None: anybody) and a check of the reply; claims lack quotation marks."""

    words: str
    person: str | None
    right: Callable[[_Reply], bool]
    quoted: bool = True

    @property
    def question(self) -> str:
        said = f'"{self.words}"' if self.quoted else f"that {self.words.rstrip('.')}"
        return f"did {self.person or 'anyone'} say {said}?"


@dataclass(frozen=True, slots=True)
class _Corpus:
    """Everything said in a library, and the half of it that we ask about."""

    passages: Sequence[Passage]
    once: Sequence[_Line]
    speakers: Mapping[EpisodeId, Sequence[str]]
    repeated: Mapping[str, frozenset[str]]


def report(archive: Path, episodes: int, *, tuning: bool, wrong: int) -> None:
    """Print each success rate with its times, beside RapidFuzz's."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _import(archive, episodes, home)
        assistant = open_assistant(home / "library", home / "cache")
        corpus = _corpus(home, first=tuning)
        print(f"{len(corpus.passages):,} passages, {len(corpus.once):,} sentences said once in the half asked about")
        # A few episodes may have nothing that several people say.
        for name, asked in filter(itemgetter(1), _kinds(corpus).items()):
            replies, times = asyncio.run(_replies(assistant, asked))
            right = [each.right(reply) for each, reply in zip(asked, replies, strict=True)]
            peers = [each.right(_by_likeness(each, corpus.passages)) for each in asked[:_PEER]]
            print(
                f"  {name:44} {sum(right) / len(right):6.1%} of {len(right)}"
                f"   p50 {times[0]:5.1f}   p99 {times[1]:5.1f} ms   RapidFuzz {sum(peers) / len(peers):6.1%}"
            )
            for each, reply, is_right in zip(asked, replies, right, strict=True):
                if not is_right and wrong > 0:
                    wrong -= 1
                    print(f"      {each.question} -> {reply.verdict}: {reply.text}")


def _import(archive: Path, episodes: int, home: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(home / "source", filter="data")
    every = sorted(path for path in (home / "source").rglob("*.md") if path.parent != home / "source")
    for path in set(every) - {every[number * len(every) // episodes] for number in range(episodes)}:
        path.unlink()
    imported(home)


def _corpus(home: Path, *, first: bool) -> _Corpus:
    indexed = IndexCache(home / "cache", vocabulary()).open(home / "library")
    ids = sorted(episode.id for episode in indexed.library.episodes)
    said = {id: list(indexed.search.said_in(id)) for id in ids}
    passages = list(chain.from_iterable(said.values()))
    half = set(ids[0 if first else 1 :: 2])
    everything = " ".join(f" {_plain(passage.text)} |" for passage in passages)
    by_words: defaultdict[str, list[_Line]] = defaultdict(list)
    for line in _lines(passages):
        by_words[_plain(line.text)].append(line)
    chance = random.Random("lines")
    single = [lines[0] for lines in by_words.values() if len(lines) == 1 and lines[0].passage.episode in half]
    chance.shuffle(single)
    long = (line for line in single if _SHORTEST <= len(_plain(line.text).split()) <= _LONGEST)
    once = list(islice((line for line in long if everything.count(f" {_plain(line.text)} ") == 1), 5 * _ASKED))
    repeated = {
        lines[0].text: frozenset(line.speaker for line in lines)
        for words, lines in by_words.items()
        if len(words.split()) >= _SHORT and any(line.passage.episode in half for line in lines)
    }
    speakers = {id: sorted({passage.speaker for passage in said[id] if passage.speaker}) for id in ids}
    return _Corpus(passages, once, speakers, {text: by for text, by in repeated.items() if 1 < len(by) <= _SHORT})


def _lines(passages: Sequence[Passage]) -> Iterator[_Line]:
    for passage in passages:
        for text in _SENTENCE.split(passage.text) if passage.speaker else ():
            if '"' not in text and "“" not in text:
                yield _Line(text, passage)


def _plain(text: str) -> str:
    """Return the words only, for comparison."""
    return " ".join(word for word, _, _ in whole_spans(text))


def _kinds(corpus: _Corpus) -> Mapping[str, Sequence[_Asked]]:
    chance = random.Random("kinds")
    others = [(line, other) for line in corpus.once for other in _others(line, corpus) if other]
    pool = sorted({word for line in corpus.once for word, _, _ in whole_spans(line.text) if _may_replace(word)})
    lines = corpus.once
    return {
        "(a) of the speaker: confirmed": [_of_the_speaker(line) for line in lines[:_ASKED]],
        "(b) of somebody else: no, and who did": [_of_another(*each) for each in _sample(others, chance)],
        "(c) a word replaced: not word for word": _made(lines, lambda line: _replaced(line, pool, chance)),
        "(d) a negation more or less: not the same": _made(lines, lambda line: _negated(line, chance)),
        "(e) halves of two sentences: nobody's": [
            _joined(*each) for each in zip(lines[:_ASKED], lines[_ASKED:], strict=False)
        ],
        "(f) half-remembered: found first": [_half_remembered(line, chance) for line in lines[:_ASKED]],
        "(g) said by several: all named": [
            _by_several(*each) for each in _sample(list(corpus.repeated.items()), chance)
        ],
        "(h) two words exchanged: not affirmed": _made(lines, lambda line: _exchanged(line, chance)),
        "(i) another modal, or one more: not affirmed": _made(lines, lambda line: _doubted(line, chance)),
        "(j) a claim of the speaker: confirmed": _made(lines, _claimed),
        "(k) a claim of somebody else: not credited": [
            asked for each in _sample(others, chance) if (asked := _claimed_of_another(*each))
        ],
    }


def _sample(of: Sequence[_T], chance: random.Random) -> list[_T]:
    return chance.sample(of, min(len(of), _ASKED))


def _made(lines: Sequence[_Line], make: Callable[[_Line], _Asked | None]) -> list[_Asked]:
    return list(islice((asked for line in lines if (asked := make(line))), _ASKED))


def _others(line: _Line, corpus: _Corpus) -> list[str]:
    """Name one more speaker of the episode, whose name shares no word with the line's."""
    theirs = set(line.speaker.split())
    there = corpus.speakers[line.passage.episode]
    return [name for name in there if " " in name and theirs.isdisjoint(name.split())][:1]


def _of_the_speaker(line: _Line) -> _Asked:
    return _Asked(line.text, line.speaker, lambda reply: reply.verdict == "exact" and reply.speaker == line.speaker)


def _of_another(line: _Line, other: str) -> _Asked:
    return _Asked(line.text, other, lambda reply: reply.verdict == "by_others" and reply.speaker == line.speaker)


def _replaced(line: _Line, pool: Sequence[str], chance: random.Random) -> _Asked | None:
    telling = [at for at, word in enumerate(line.words) if _may_replace(_plain(word))]
    if not telling:
        return None
    at = chance.choice(telling)
    word = chance.choice(sorted({*pool} - {_plain(line.words[at])}))
    words = " ".join((*line.words[:at], word, *line.words[at + 1 :]))

    def right(reply: _Reply) -> bool:
        return reply.verdict in _DENIED or (reply.verdict == "close" and word in reply.text)

    return _Asked(words, line.speaker, right)


def _may_replace(word: str) -> bool:
    return word.isalpha() and carries(word) and not negates(word) and frequency(word) >= _KNOWN


def _negated(line: _Line, chance: random.Random) -> _Asked | None:
    """Drop one negation that neither opens nor ends the sentence; if there is none, add one."""
    words = line.words
    inner = range(1, len(words) - 1)
    dropped = [at for at in inner if negates(_plain(words[at])) and _affirmed(words[at]) is not None]
    added = [at for at in inner if _plain(words[at]) in _AUXILIARIES]
    if dropped:
        at = chance.choice(dropped)
        words = [*words[:at], *filter(None, [_affirmed(words[at])]), *words[at + 1 :]]
    elif added:
        at = chance.choice(added)
        words = [*words[: at + 1], "not", *words[at + 1 :]]
    else:
        return None
    return _Asked(" ".join(words), line.speaker, lambda reply: reply.verdict in _DENIED)


def _affirmed(word: str) -> str | None:
    """Return a word without its negation: "do" for "don't", "" for "not", None if it has no plain form."""
    plain = _plain(word)
    if plain in {"not", "never", "no"}:
        return ""
    return _CONTRACTED.get(plain, plain.removesuffix("n't") if plain.endswith("n't") else None)


def _joined(first: _Line, second: _Line) -> _Asked:
    one, other = first.words, second.words
    words = " ".join((*one[: len(one) // 2], *other[len(other) // 2 :]))
    return _Asked(words, None, lambda reply: reply.verdict in _DENIED)


def _half_remembered(line: _Line, chance: random.Random) -> _Asked:
    return _Asked(half_remembered(line.words, chance), None, lambda reply: line.text in reply.shown)


def _by_several(text: str, speakers: frozenset[str]) -> _Asked:
    return _Asked(text, None, lambda reply: all(_names(name, reply.credited) for name in speakers))


def _names(name: str, credited: Iterable[str | None]) -> bool:
    """Tell whether somebody is credited, by the transcript's name for them or a fuller one."""
    written = set(name.casefold().split())
    return any(written <= set((other or "").casefold().split()) for other in credited)


def _exchanged(line: _Line, chance: random.Random) -> _Asked | None:
    """Exchange two content words of a sentence that aren't neighbours."""
    telling = [at for at, word in enumerate(line.words) if _may_replace(_plain(word))]
    pairs = [(one, other) for one in telling for other in telling if other > one + 1]
    pairs = [each for each in pairs if len({_plain(line.words[at]) for at in each}) > 1]
    if not pairs:
        return None
    one, other = chance.choice(pairs)
    words = list(line.words)
    words[one], words[other] = (_plain(words[at]) for at in (other, one))
    return _altered(line, words, (words[one], words[other]), chance)


def _doubted(line: _Line, chance: random.Random) -> _Asked | None:
    """Replace a sentence's modal, or insert one if it has none: "I love" becomes "I should love"."""
    words = line.words
    plain = [_plain(word) for word in words]
    modal = [at for at, word in enumerate(plain) if word in _MODALS]
    verbs = [at for at in range(1, len(words)) if plain[at - 1] in _SUBJECTS and _may_replace(plain[at])]
    if modal:
        at = chance.choice(modal)
        put = _MODALS[plain[at]]
        return _altered(line, [*words[:at], put, *words[at + 1 :]], (put,), chance)
    if verbs:
        at, put = chance.choice(verbs), chance.choice(sorted(_MODALS))
        return _altered(line, [*words[:at], put, *words[at:]], (put,), chance)
    return None


def _altered(line: _Line, words: Sequence[str], put: Sequence[str], chance: random.Random) -> _Asked:
    """Ask whether speakers said altered versions of their sentences, half of them without quotation marks."""

    def right(reply: _Reply) -> bool:
        if reply.verdict not in _CREDITING and " said it" not in reply.text:
            return True
        named = {word for part in _NAMED.findall(reply.text) for word in _plain(part).split()}
        return reply.verdict != Verdict.EXACT and not named.isdisjoint(put)

    return _Asked(" ".join(words), line.speaker, right, quoted=chance.random() < 1 / 2)


def _claimed(line: _Line) -> _Asked | None:
    def right(reply: _Reply) -> bool:
        return reply.verdict in {Verdict.EXACT, Verdict.CLOSE} and reply.speaker == line.speaker

    return _Asked(line.text, line.speaker, right, quoted=False) if line.text.endswith(".") else None


def _claimed_of_another(line: _Line, other: str) -> _Asked | None:
    def right(reply: _Reply) -> bool:
        return reply.verdict in {*_DENIED, Verdict.BY_OTHERS} and not _names(other, reply.credited)

    return _Asked(line.text, other, right, quoted=False) if line.text.endswith(".") else None


async def _replies(assistant: Assistant, asked: Sequence[_Asked]) -> tuple[list[_Reply], tuple[float, float]]:
    replies, seconds = [], []
    for each in asked:
        began = perf_counter()
        answer = await assistant.ask(Question(each.question))
        seconds.append(perf_counter() - began)
        first = answer.evidence[0] if isinstance(answer, Found | QuoteCheck) and answer.evidence else None
        verdict = str(answer.verdict) if isinstance(answer, QuoteCheck) else type(answer).__name__
        credited = frozenset(each.speaker for each in answer.said_by) if isinstance(answer, QuoteCheck) else frozenset()
        speaker, shown = (first.speaker, first.text) if first else (None, "")
        replies.append(_Reply(verdict, speaker, shown, credited, getattr(answer, "text", "")))
    seconds.sort()
    return replies, (seconds[len(seconds) // 2] * 1000, seconds[int(len(seconds) * 0.99)] * 1000)


def _by_likeness(asked: _Asked, passages: Sequence[Passage]) -> _Reply:
    """Answer as RapidFuzz would: credit the speaker of the most similar passage, if it is similar enough."""
    texts = [passage.text for passage in passages]
    _, score, at = process.extractOne(asked.words, texts, scorer=fuzz.partial_ratio)
    best = passages[at]
    others = asked.person is not None and asked.person != best.speaker
    verdict = "not_found" if score < _CREDITED else "by_others" if others else "exact"
    return _Reply(verdict, best.speaker, best.text, frozenset({best.speaker}), "")


def main() -> int:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("episodes", nargs="?", type=int, default=_EPISODES)
    parser.add_argument("--archive", type=Path, default=ARCHIVE)
    parser.add_argument("--tuning", action="store_true", help="ask about the half that is to tune by")
    parser.add_argument("--wrong", type=int, default=0, help="print so many of the answers that are wrong")
    given = parser.parse_args()
    if not given.archive.exists():
        print(f"No transcripts at {given.archive}: name their archive with --archive.")
        return 2
    report(given.archive, given.episodes, tuning=given.tuning, wrong=given.wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
