"""Comments in clusters for tests: made worlds, and the sums over clusters that the database would make."""

from __future__ import annotations

import numpy as np
import pandas as pd


def ways_of(adds: dict[str, np.ndarray], author: np.ndarray, post: np.ndarray) -> pd.DataFrame:
    """Return the sums over clusters of what comments add to figures, as `reads.clustered` returns them."""
    rows = {}
    for way, codes in (("author", author), ("post", post), ("both", author * (post.max() + 1) + post)):
        numbers = np.unique(codes, return_inverse=True)[1]
        sizes = np.bincount(numbers).astype(float)
        squares = {name: float((np.bincount(numbers, each) ** 2).sum()) for name, each in adds.items()}
        rows[way] = {"clusters": float(len(sizes)), "sizes": float((sizes**2).sum()), **squares}
    return pd.DataFrame.from_dict(rows, orient="index")


def world(chance: np.random.Generator, n: int = 2000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return values, authors and posts of comments that are alike within authors and within posts."""
    author, post = chance.integers(0, 150, n), chance.integers(0, 60, n)
    warmth = chance.normal(0, 0.4, 150)[author] + chance.normal(0, 0.4, 60)[post]
    return chance.poisson(np.exp(warmth)), author, post
