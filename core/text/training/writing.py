"""The file of weights: plain arrays, the same bytes for the same weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from core.text.arrays import numbers, texts
from core.text.hashed import BUCKETS
from core.text.scoring import SCORES, Model

PAIR_NAMES: Final = ("first", "second")


def write(model: Model, path: Path) -> int:
    """Write a model so that core.text.scoring reads it back; return the size in bytes.

    Only buckets with a weight are kept, as steps from one to the next, and weights in 16 bits; other numbers
    are rounded, since the last digits of sums differ with the number of threads.
    """
    weights = model.table.astype(np.float16)
    kept = np.flatnonzero(weights.any(axis=1))
    pairs = model.pairs
    columns = [numbers(pairs[name]).astype(np.float16) for name in SCORES]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        buckets=np.int32(BUCKETS),
        steps=np.diff(kept, prepend=0).astype(np.uint16 if _is_dense(kept) else np.uint32),
        weights=weights[kept],
        pair_names=_text("\n".join(_interleaved(pairs))),
        pair_weights=np.column_stack(columns),
        bias=_rounded([*model.sentiment_bias, model.toxicity_bias]),
        map=_rounded([*model.sentiment_map, model.sentiment_offset]),
        unsure_below=np.float64(model.unsure_below),
        toxicity_map=_rounded(model.toxicity_map),
        name=_text(model.name),
        version=np.int32(model.version),
    )
    return path.stat().st_size


def _rounded(values: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    rounded: np.ndarray[Any, np.dtype[np.float64]] = np.around(np.array(values, dtype=float), 6)
    return rounded


def _is_dense(kept: np.ndarray[tuple[int], np.dtype[np.int64]]) -> bool:
    return bool(np.diff(kept, prepend=0).max(initial=0) < 1 << 16)


def _interleaved(pairs: pa.Table) -> list[str]:
    """Return first and second words in turn."""
    both = zip(texts(pairs["first"]), texts(pairs["second"]), strict=True)
    return [word for pair in both for word in pair]


def _text(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
