"""A store of many made-up comments with a vocabulary as wide as life's: forms, typos, links, emoji."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from core.morphology.lemmas import analyser as analyzer
from core.storage import writes
from core.storage.folding import append
from core.storage.store import Store
from core.text.polarity import BLAME, PRAISE
from core.text.stopwords import STOP
from tests.builders import source

BEGIN: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - storage keeps naive UTC
SEEN: Final = datetime(2026, 11, 1, tzinfo=UTC)
TYPES: Final = 200_000
AUTHORS: Final = 60_000
SOURCES: Final = 2_000
EDITS: Final = ("", " вот")
EXTRAS: Final = ("😂", "👍", "!!!", ")))", "https://example.com/a?b=1", "#новости", "...", "?")


def words(seed: int = 1) -> list[str]:
    """Return different words, the frequent ones first: function words, forms of lemmas, then typos."""
    chance = random.Random(seed)  # noqa: S311 - a seeded draw, not cryptography
    lemmas = sorted({*PRAISE, *BLAME})
    forms = sorted(
        {form.replace("ё", "е") for found in analyzer().analyze_many(lemmas) for form in _forms(found)}
    )
    chance.shuffle(forms)
    frequent = sorted(word for word in STOP if analyzer().is_known(word) and word.isalpha())
    known = list(dict.fromkeys([*frequent, *forms]))
    while len(known) < TYPES:
        word = [*chance.choice(forms)]
        at = chance.randrange(len(word))
        word[at] = chance.choice("абвгдежзиклмнопрстуфхцчшщыэюя")
        known.append("".join(word) + chance.choice(("", "", "а", "ы", "ом")))
    return known


def _forms(found: list[object]) -> list[str]:
    forms: list[str] = []
    for each in found[:1]:
        forms += [str(getattr(form, "word", form)) for form in getattr(each, "forms", list)() or ()]
    return forms


def texts(count: int, seed: int = 1) -> list[str]:
    """Return comments of 1 to 23 words with a mean near 12, one in ten a reply with a mention."""
    draw = np.random.default_rng(seed)
    known = words(seed)
    lengths = draw.integers(1, 24, count)
    ranks = (draw.zipf(1.2, int(lengths.sum())) - 1) % len(known)
    found, at = [], 0
    for number, length in enumerate(lengths):
        said = " ".join(known[rank] for rank in ranks[at : at + length])
        at += length
        lead = f"[id{number % 9999 + 1}|Имя], " if number % 10 == 0 else ""
        tail = f" {EXTRAS[number % len(EXTRAS)]}" if number % 4 == 0 else ""
        found.append(f"{lead}{said}{tail}")
    return found


def address_in(folder: Path) -> str:
    """Return where `filled` puts the database."""
    return f"duckdb:///{folder}/bulk.duckdb"


def filled(folder: Path, count: int, *, pasted: int = 0) -> Store:
    """Open a database with so many folded comments under many posts, whose texts nobody has read.

    Half of them answer an earlier one of their post; `pasted` of them repeat another's text, half of those
    with a word more.
    """
    store = Store.open(address_in(folder), clock=lambda: SEEN)
    draw = np.random.default_rng(3)
    of = draw.zipf(1.4, count) % SOURCES
    authors = draw.zipf(1.25, count) % AUTHORS + 1
    seconds = np.sort(draw.integers(0, 300 * 86_400, count))
    said = texts(count)
    for copy, original in zip(*draw.integers(0, count, (2, pasted)), strict=True):
        said[copy] = said[original] + EDITS[copy % len(EDITS)]
    parents, roots, answers = conversations(of, draw)
    rows = pa.table(
        {
            "source": pa.array([f"wall:-{1 + each % 7}_{each}" for each in of]),
            "comment_id": pa.array(np.arange(1, count + 1), pa.int64()),
            "root_id": pa.array(roots, pa.int64(), mask=roots == 0),
            "parent_id": pa.array(parents, pa.int64(), mask=parents == 0),
            "reply_to_user": pa.array(authors[parents - 1], pa.int64(), mask=parents == 0),
            "author_id": pa.array(authors, pa.int64()),
            "is_post_author": pa.array(np.zeros(count, dtype=bool)),
            "published_at": pa.array(
                [BEGIN + timedelta(seconds=int(each)) for each in seconds], pa.timestamp("us")
            ),
            "text": pa.array(said, pa.string()),
            "likes": pa.array(draw.zipf(1.6, count) - 1, pa.int64()),
            "replies": pa.array(answers, pa.int64()),
            "attachments": pa.array([[]] * count, pa.list_(pa.string())),
            "is_deleted": pa.array(np.zeros(count, dtype=bool)),
            "is_placeholder": pa.array(np.zeros(count, dtype=bool)),
        }
    )
    with store.writing("pages") as transaction:
        append(transaction, writes.APPEND_COMMENTS, rows, "run", SEEN)
        writes.fold_log(transaction)
    writes.write_sources(store, "run", [source(key) for key in sorted(set(rows["source"].to_pylist()))], SEEN)
    return store


Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


def conversations(of: Numbers, draw: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    """Return for comments in order of time, each of a post: what it answers, its root, its answers.

    Comments are numbered from 1; 0 is none. Only roots have answers, as VK counts them.
    """
    parents, roots, answers = (np.zeros(len(of), np.int64) for _ in range(3))
    steps = np.where(draw.random(len(of)) < 0.5, draw.geometric(0.2, len(of)), 0)
    earlier: dict[int, list[int]] = {}
    for place, (post, step) in enumerate(zip(of.tolist(), steps.tolist(), strict=True)):
        before = earlier.setdefault(post, [])
        if 0 < step <= len(before):
            parent = before[-step]
            parents[place] = parent + 1
            roots[place] = roots[parent] or parent + 1
            answers[roots[place] - 1] += 1
        before.append(place)
    return parents, roots, answers
