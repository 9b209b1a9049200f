"""Describes a library, and what could not be used, to its owner.

Words only: `knowledge.library.statistics` counts, and `knowledge.formats` finds what is wrong in a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.port.wording import counted, share
from knowledge.formats.transcript import Finding
from knowledge.library.statistics import EpisodePart, Statistics
from knowledge.model import EpisodeId

_MAX_EPISODES = 3
"""Maximum number of episodes named as lacking a part; the others are counted."""
_MAX_PLACES = 10
"""Maximum number of places named for one reason; the others are counted."""
_GAPS = {
    EpisodePart.TRANSCRIPT: ("no transcript", "put a transcript.vtt beside episode.yaml, and it can be quoted"),
    EpisodePart.NAMES: ("no speakers' names", "with them in the transcript, people can ask who said it"),
    EpisodePart.TIMES: ("no times", "with times in the transcript, answers open at the second"),
    EpisodePart.LINKS: ("no links", "add a page, youtube or audio link, and answers can open the episode"),
    EpisodePart.PEOPLE: ("neither hosts nor guests", "with them in episode.yaml, people can ask who it was with"),
    EpisodePart.DATE: ('no "published" date', "with one, people can ask for the latest episode"),
}
"""What episodes without a part lack, and the benefit of adding it."""


def described(sums: Statistics) -> Iterator[str]:
    """Describe a library's transcripts and what is missing, as lines."""
    if sums.words:
        yield (
            f"{counted(sums.transcripts, 'transcript')} with {counted(sums.words, 'word')}: "
            f"{share(sums.named / sums.words)} of the words have a speaker, {share(sums.timed / sums.words)} a time"
            f"{f' ({share(sums.approximate / sums.words)} an approximate one)' if sums.approximate else ''}."
        )
    for part, (lack, help_) in _GAPS.items():
        if episodes := sums.without.get(part):
            verb = "has" if len(episodes) == 1 else "have"
            yield f"{counted(len(episodes), 'episode')} {verb} {lack} ({_named(episodes)}): {help_}."
    yield from gathered(located(str(path), finding) for path, finding in sums.findings)


def _named(episodes: Sequence[EpisodeId]) -> str:
    more = len(episodes) - _MAX_EPISODES
    return ", ".join(episodes[:_MAX_EPISODES]) + (f" and {more:,} more" if more > 0 else "")


def located(source: str, finding: Finding) -> tuple[str, str]:
    """Return the place of a finding, and what is wrong there."""
    place = f"{source}:{finding.line}" if finding.line else source
    return (f"{place} ({finding.count:,} times)" if finding.count > 1 else place), finding.reason


def gathered(findings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Group places by what is wrong there, one line per reason."""
    places: dict[str, list[str]] = {}
    for place, reason in findings:
        places.setdefault(reason, []).append(place)
    for reason, named in places.items():
        more = f" and {len(named) - _MAX_PLACES:,} more" if len(named) > _MAX_PLACES else ""
        yield f"{', '.join(named[:_MAX_PLACES])}{more}: {reason}"
