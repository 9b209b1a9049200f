"""Says what could not be used, and where: the same problem in many files is one line.

Words only; what is found in files is the formats' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.formats import Finding

_LISTED = 10
"""So many places are named for one reason; the others are counted."""


def located(source: str, finding: Finding) -> tuple[str, str]:
    """Return where a finding is, and what is wrong there."""
    place = f"{source}:{finding.line}" if finding.line else source
    return (f"{place} ({finding.count:,} times)" if finding.count > 1 else place), finding.reason


def gathered(findings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Say what is wrong in which places, a line for each reason."""
    places: dict[str, list[str]] = {}
    for place, reason in findings:
        places.setdefault(reason, []).append(place)
    for reason, named in places.items():
        more = f" and {len(named) - _LISTED:,} more" if len(named) > _LISTED else ""
        yield f"{', '.join(named[:_LISTED])}{more}: {reason}"
