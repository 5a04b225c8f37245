"""Seeded worlds of comments that cluster by author and by post, with a known truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from core.analysis.stats.clusters import Sample

Array = np.ndarray[Any, np.dtype[Any]]
AUTHORS_ALIKE = 0.2


def heavy_sizes(chance: np.random.Generator, authors: int) -> Array:
    """Return how many comments each author wrote: most a few, some a hundred times as many."""
    return np.minimum(np.ceil(chance.pareto(1.5, authors)).astype(int).clip(1), 500)


@dataclass(frozen=True, slots=True)
class World:
    """Latent moods of authors and posts; the same author is in the same mood in every sample."""

    chance: np.random.Generator
    authors: Array
    posts: Array
    posts_alike: float

    def comments(self, authors: Iterable[int]) -> tuple[Array, Array]:
        """Return author and post of each comment that these authors wrote, loved posts getting most."""
        chosen = np.array(list(authors))
        author = np.repeat(chosen, heavy_sizes(self.chance, len(chosen)))
        drawing = self.chance.lognormal(0, 1, len(self.posts))
        return author, self.chance.choice(len(self.posts), len(author), p=drawing / drawing.sum())

    def moods(self, author: Array, post: Array) -> Array:
        """Return a standard normal mood per comment, alike within authors and within posts."""
        own = self.chance.standard_normal(len(author))
        shared = np.sqrt(AUTHORS_ALIKE) * self.authors[author] + np.sqrt(self.posts_alike) * self.posts[post]
        return shared + np.sqrt(1 - AUTHORS_ALIKE - self.posts_alike) * own

    def events(self, authors: Iterable[int], share: float) -> Sample:
        """Return comments of which this share, over all worlds, is an event."""
        author, post = self.comments(authors)
        found = (self.moods(author, post) < special.ndtri(share)).astype(float)
        return Sample(found, np.ones(len(found)), (author, post), found)


def world(seed: int, authors: int, posts: int, posts_alike: float = 0.05) -> World:
    """Return the world of a seed; comments under a post are alike by `posts_alike`."""
    chance = np.random.default_rng([seed, authors, posts])
    return World(chance, chance.standard_normal(authors), chance.standard_normal(posts), posts_alike)


def held(number: int, one: Callable[[int], bool | None]) -> float:
    """Return in which share of the worlds that say anything the interval holds the truth."""
    found = [answer for answer in map(one, range(number)) if answer is not None]
    assert len(found) > number / 2
    return sum(found) / len(found)
