"""Groups of accounts that act together more than chance has it: what speaks for it and what against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from core.analysis.copies.chance import Edges, Search, calibrated, runs
from core.analysis.copies.likeness import components
from core.analysis.copies.moves import Moves, Pairs, Pattern, shared, together
from core.analysis.copies.shingles import Ids
from core.analysis.stats.intervals import MIN_N, wilson
from core.analysis.stats.multiplicity import benjamini_hochberg

EXAMPLES: Final = 6
WORN: Final = 10
"""From so many other accounts on, an object is common property."""
BUSY: Final = 30
"""From so many comments around it on, under the same source within the interval, a moment is a busy one."""
_MOMENTS: Final = 1 << 34


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was found for one pattern: edges with their p; of how many pairs of moves, and of all or not."""

    pattern: Pattern
    edges: Edges
    pairs: int
    is_cut: bool


def look(moves: Moves, pattern: Pattern, search: Search) -> Look:
    """Look for accounts that follow a pattern together, against shuffled authors."""
    pairs = together(moves, pattern, search.within_s)
    run = runs(moves, pattern)
    edges = calibrated(moves, pairs, run, search)
    return Look(pattern, edges, len(pairs.one), pairs.is_cut)


def corrected(looks: list[Look]) -> list[np.ndarray[Any, np.dtype[np.float64]]]:
    """Return each edge's q: its p, corrected for how many patterns were looked for.

    p holds for all pairs of one pattern at once. The smallest p of each pattern is adjusted among the
    patterns (Benjamini & Hochberg 1995), and the pattern's other p grow by the same factor: where nothing but
    chance is at work, anything at all is found at q <= alpha with probability alpha (Simes 1986).
    """
    best = np.array([each.edges.p.min(initial=1.0) for each in looks])
    factor = benjamini_hochberg(best) / best
    return [np.minimum(1.0, each.edges.p * grown) for each, grown in zip(looks, factor, strict=True)]


def kept(edges: Edges, q: np.ndarray[Any, Any], alpha: float) -> tuple[Edges, np.ndarray[Any, Any]]:
    """Return the edges found at this level, and their q."""
    at = np.flatnonzero(q <= alpha)
    return Edges(edges.one[at], edges.two[at], edges.weight[at], edges.expected[at], edges.p[at]), q[at]


def cards(
    moves: Moves, found: Look, within_s: int, q: np.ndarray[Any, Any], alpha: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a card per group of accounts joined at this level, and the pairs of moves behind it.

    Both have `group` from 0. A card has lists: `members` and `near` of accounts, `rows` of moves; evidence
    has one, two (moves), item and thing. A group's p, q are those of its strongest edge.
    """
    edges, q = kept(found.edges, q, alpha)
    label = components(int(moves.author.max(initial=-1)) + 1, edges.one, edges.two)
    proof = _evidence(moves, together(moves, found.pattern, within_s), label)
    sharing = shared(moves, found.pattern)
    made = []
    for group in range(int(label.max(initial=-1)) + 1):
        own = proof[proof["group"] == group]
        card = {
            "group": group,
            **_strength(edges, q, label[edges.one] == group),
            "near": possible(found.edges, label, group),
            **_extent(moves, own, np.flatnonzero(label == group)),
            **_against(moves, sharing, own, label == group, within_s),
        }
        made.append(card)
    return pd.DataFrame(made), proof


def possible(edges: Edges, label: Ids, group: int) -> list[int]:
    """Return the accounts of no group that shared things repeatedly with two members or more of this one."""
    near = np.concatenate([edges.one, edges.two])
    member = np.concatenate([edges.two, edges.one])
    accounts, members = np.unique(near[(label[member] == group) & (label[near] < 0)], return_counts=True)
    return [int(account) for account in accounts[members >= 2]]


def _evidence(moves: Moves, pairs: Pairs, label: Ids) -> pd.DataFrame:
    """Return the pairs of moves of two different accounts of one group."""
    one, two = moves.author[pairs.one], moves.author[pairs.two]
    is_in = (one != two) & (label[one] >= 0) & (label[one] == label[two])
    return pd.DataFrame(
        {
            "group": label[one[is_in]],
            "one": pairs.one[is_in],
            "two": pairs.two[is_in],
            "item": pairs.item[is_in],
            "thing": pairs.thing[is_in],
        }
    )


def _strength(edges: Edges, q: np.ndarray[Any, Any], is_in: np.ndarray[Any, Any]) -> dict[str, object]:
    return {
        "edges": int(is_in.sum()),
        "weight": float(edges.weight[is_in].mean()),
        "expected": float(edges.expected[is_in].mean()),
        "p": float(edges.p[is_in].min()),
        "q": float(q[is_in].min()),
        "weakest_q": float(q[is_in].max()),
    }


def _extent(moves: Moves, proof: pd.DataFrame, members: Ids) -> dict[str, object]:
    """Return who took part, in how much, and how fast."""
    one, two = proof["one"].to_numpy(), proof["two"].to_numpy()
    rows = np.unique(np.concatenate([one, two]))
    often = proof["thing"].value_counts(sort=False)
    first = proof["thing"].to_numpy() == often.index[int(often.to_numpy().argmax())]
    examples = np.unique(np.concatenate([one[first], two[first]]))[:EXAMPLES]
    return {
        "members": members.tolist(),
        "accounts": len(members),
        "objects": proof["item"].nunique(),
        "things": proof["thing"].nunique(),
        "comments": len(rows),
        "sources": len(np.unique(moves.source[rows])),
        "delay_s": float(np.median(moves.second[two] - moves.second[one])),
        "rows": examples.tolist(),
    }


def _against(
    moves: Moves,
    sharing: tuple[Ids, Ids],
    proof: pd.DataFrame,
    is_member: np.ndarray[Any, Any],
    within_s: int,
) -> dict[str, object]:
    """Return what else may explain it: common objects, talk, officials, busy moments, other texts."""
    one, two = proof["one"].to_numpy(), proof["two"].to_numpy()
    rows = np.unique(np.concatenate([one, two]))
    is_shared = np.isin(sharing[1], proof["item"].unique())
    sharers, items = moves.author[sharing[0][is_shared]], sharing[1][is_shared]
    others = np.unique(np.stack([items, sharers])[:, ~is_member[sharers]], axis=1)
    per_item = np.unique(others[0], return_counts=True)[1]
    is_mine = is_member[moves.author]
    mine, texts = int(is_mine.sum()), moves.text[is_mine]
    told = {
        "others": len(np.unique(others[1])),
        "worn": int((per_item >= WORN).sum()),
        "own_comments": mine,
        **_share(len(rows), mine),
        "other_texts": len(np.setdiff1d(texts[texts >= 0], moves.text[rows])),
        "official": len(np.unique(moves.author[moves.is_official & is_mine])),
        "pairs": len(one),
        "in_thread": int((moves.thread[one] == moves.thread[two]).sum()),
        "around": float(np.median(_around(moves, rows, within_s))),
    }
    return {**told, "counter": counter(told, int(is_member.sum()))}


def _share(part: int, whole: int) -> dict[str, float]:
    """Return the share with the ends of Wilson's 95 % interval, all NaN below MIN_N."""
    if whole < MIN_N:
        return {"share": float("nan"), "low": float("nan"), "high": float("nan")}
    low, high = wilson(part / whole, whole)
    return {"share": part / whole, "low": float(low), "high": float(high)}


def _around(moves: Moves, rows: Ids, within_s: int) -> Ids:
    """Return how many other comments stand under the same source within the interval before and after."""
    moments = moves.source * _MOMENTS + moves.second
    at = moments[rows]
    ends = np.searchsorted(moments, at + within_s, side="right")
    found: Ids = ends - np.searchsorted(moments, at - within_s) - 1
    return found


def counter(told: dict[str, float], accounts: int) -> str:
    """Return the codes of what speaks against a common plan, with commas, most telling first."""
    reasons = {
        "common": told["others"] >= accounts or told["worn"] > 0,
        "official": told["official"] > 0,
        "talk": told["in_thread"] * 2 >= told["pairs"],
        "busy": told["around"] >= BUSY,
        "varied": told["other_texts"] >= accounts,
    }
    return ", ".join(name for name, is_so in reasons.items() if is_so)
