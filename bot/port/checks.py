"""What a check of the set-up comes to, for `overheard check`.

The values, and their JSON: each part is looked through where it is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad it is, as `overheard check` ends."""

    FINE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Report:
    """How one part of the set-up is.

    Attributes:
        summary: one sentence.
        problems: what to fix before it works, and how, a line each.
        warnings: what is left out or ignored while the rest works, and how to fix it, a line each.
        notes: what is fine as it is, and what would be better, a line each.
    """

    summary: str
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        if self.problems:
            return Severity.ERROR
        return Severity.WARNING if self.warnings else Severity.FINE


def worst(reports: Iterable[Report]) -> Severity:
    """Return how bad the worst of them is."""
    return max((report.severity for report in reports), default=Severity.FINE)


def as_json(checked: Iterable[tuple[str, Report]]) -> str:
    """Write the reports on some parts, each under its part's name, as one JSON object in ASCII on one line."""
    reports = list(checked)
    return json.dumps(
        {
            "status": worst(report for _, report in reports).name.lower(),
            "checks": [
                {"part": part, "status": report.severity.name.lower(), **asdict(report)} for part, report in reports
            ],
        }
    )
