"""Benchmarks import only what the project has, also those whose peers are not installed here."""

from __future__ import annotations

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

_OURS = ("adapters.", "benchmarks", "bot.", "knowledge")
_BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.parametrize("file", sorted(_BENCHMARKS.rglob("*.py")), ids=lambda file: file.stem)
def test_a_benchmark_imports_names_that_there_are(file: Path) -> None:
    imports = [each for each in ast.walk(ast.parse(file.read_text())) if isinstance(each, ast.ImportFrom)]
    for each in imports:
        if not each.module or not each.module.startswith(_OURS):
            continue
        assert find_spec(each.module), each.module
        if each.module.startswith("benchmarks"):
            continue  # it may need a peer that is not installed
        for name in each.names:
            assert hasattr(import_module(each.module), name.name) or find_spec(f"{each.module}.{name.name}"), name.name
