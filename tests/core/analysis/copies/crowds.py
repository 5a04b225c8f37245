"""Worlds of moves made from a seed: people who write by themselves, and some who act together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.analysis.copies.chance import Search
from core.analysis.copies.groups import Look, corrected, look
from core.analysis.copies.moves import PATTERNS, Moves

HOUR = 3600


def crowd(seed: int, comments: int = 2000, sources: int = 20, gang: int = 0, waves: int = 0) -> Moves:
    """Make a crowd: few write much, threads are answered at once, some texts and links are common.

    A gang of so many further accounts writes one of two texts under each of the first `waves` sources, within
    half an hour or so.
    """
    chance = np.random.default_rng(seed)
    people = comments // 5
    shares = 1 / np.arange(1, people + 1) ** 0.8
    author = chance.choice(people, comments, p=shares / shares.sum())
    source = np.sort((chance.random(comments) ** 2 * sources).astype(np.int64))
    second = source * 4 * HOUR + (chance.random(comments) ** 3 * 48 * HOUR).astype(np.int64)
    often = 1 / np.arange(1, 301)
    text = np.where(chance.random(comments) < 0.2, chance.choice(300, comments, p=often / often.sum()), -1)
    for wave in range(waves):
        rows = chance.choice(np.flatnonzero(source == wave), gang, replace=False)
        author[rows] = people + np.arange(gang)
        text[rows] = 1000 + wave % 2
        second[rows] = (wave * 4 + 6) * HOUR + np.cumsum(chance.integers(40, 170, gang))
    order = np.lexsort((second, source))
    author, source, second, text = author[order], source[order], second[order], text[order]
    answered = np.where(chance.random(comments) < 0.4, source * 40 + chance.integers(0, 40, comments), -1)
    linked = np.flatnonzero(chance.random(comments) < 0.05)
    return Moves(
        author=author,
        source=source,
        owner=source % 2,
        second=second,
        comment=np.arange(comments),
        parent=np.where(answered >= 0, answered + comments, -1),
        answered=answered,
        thread=np.where(answered >= 0, answered, comments + np.arange(comments)),
        text=text,
        similar=text,
        is_official=np.zeros(comments, dtype=np.bool_),
        linked=linked,
        link=chance.integers(0, 30, len(linked)),
    )


def shuffled(moves: Moves, seed: int, *, within_sources: bool) -> Moves:
    """Return the same texts and times with shuffled authors: among all comments, or within each source."""
    chance = np.random.default_rng(seed)
    if within_sources:
        return replace(moves, author=moves.author[np.argsort(moves.source + chance.random(len(moves)))])
    return replace(moves, author=chance.permutation(moves.author))


def looks_of(moves: Moves, seed: int, shuffles: int = 200) -> list[Look]:
    """Look for every pattern with the usual intervals."""
    return [
        look(moves, each, Search(10 if each == "co_timing" else HOUR, 2, shuffles, seed)) for each in PATTERNS
    ]


def finds_anything(moves: Moves, seed: int, alpha: float = 0.05) -> bool:
    """Tell whether any two accounts would be named."""
    return any((q <= alpha).any() for q in corrected(looks_of(moves, seed)))
