"""Reads the files that tests share."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import yaml

_HALF: Final = re.compile(r"\\u(D[89A-F][0-9A-F]{2})", re.IGNORECASE)
"""Half of a letter, which PyYAML's C part does not take."""
_WHOLE: Final = {0x100000 + half: half for half in range(0xD800, 0xE000)}
"""What stands for it meanwhile, in an area that is nobody's."""


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Read YAML with PyYAML's C part, where it has one: the banks of questions take seconds without."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text, halves = _HALF.subn(r"\\U0010\1", path.read_text(encoding="utf-8"))
    read = yaml.load(text, Loader=loader)  # noqa: S506 - a safe one
    return _with_halves(read) if halves else read


def _with_halves(value: object) -> object:
    match value:
        case str():
            return value.translate(_WHOLE)
        case list():
            return [_with_halves(each) for each in value]
        case dict():
            return {key: _with_halves(each) for key, each in value.items()}
        case _:
            return value
