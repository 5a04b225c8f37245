"""Accounts whose comments move together: groups with evidence for and against, and the pairs behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from core.analysis.copies import near
from core.analysis.copies.cards import CARD_FIELDS, EVIDENCE_FIELDS, METHOD, evidence_rows, group_rows
from core.analysis.copies.chance import Search
from core.analysis.copies.exact import LETTERS
from core.analysis.copies.groups import Look, cards, corrected, look
from core.analysis.copies.moves import PATTERNS, Moves, Pattern, moves_of
from core.analysis.described import Analysis, Asked, Choice, Decimal, Found, Note, WholeNumber
from core.analysis.stats.intervals import MIN_N
from core.storage import reads_copies_moves, reads_copies_near

ALL: Final = "all"
MOST_GROUPS: Final = 200

PARAMETERS: Final = (
    Choice("pattern", ALL, (ALL, *PATTERNS), "What accounts may share."),
    WholeNumber("within", 3600, 1, 86_400, "Seconds between two comments that count as together."),
    WholeNumber("timing_within", 10, 0, 600, "The same for co-timing."),
    WholeNumber("repeats", 2, 2, 1000, "Different things that two accounts share at least."),
    WholeNumber("shuffles", 200, 200, 5000, "Shuffles of the authors; the least p is 1 over one more."),
    Decimal("alpha", 0.05, 0.001, 0.2, "The rate of false findings where nothing but chance is at work."),
    Decimal("likeness", 0.7, 0.5, 1.0, "Texts this much alike or more are near-copies."),
    LETTERS,
    near.WORDS,
    near.MOST,
    near.SEED,
)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was looked at and found: reading, looks, all groups and their evidence, numbered from 1."""

    found: pa.Table
    looks: list[Look]
    cards: pd.DataFrame
    proof: pd.DataFrame


def _groups(asked: Asked) -> Found:
    seen = _seen(asked)
    asked.report(0.95, "analyze.copies_telling")
    rows = group_rows(asked, seen.found, seen.cards)
    return Found(rows, _summary(asked, seen), _notes(asked, seen))


def _pairs(asked: Asked) -> Found:
    seen = _seen(asked)
    asked.report(0.95, "analyze.copies_telling")
    proof = seen.proof
    if asked.params["group"]:
        proof = proof[proof["group"] == asked.params["group"]]
    rows = evidence_rows(asked, seen.found, proof.head(asked.params["top"]))
    shown = {"pairs": len(proof), "shown": len(rows)}
    return Found(rows, {**_summary(asked, seen), **shown}, _notes(asked, seen))


def _seen(asked: Asked) -> Seen:
    """Look for every pattern that is asked for, and gather what was found."""
    params = asked.params
    asked.report(0.02, "analyze.copies_reading")
    found = reads_copies_moves.moves(
        asked.store, asked.query, params["letters"], params["words"], asked.cancel
    )
    patterns: tuple[Pattern, ...] = PATTERNS if params["pattern"] == ALL else (params["pattern"],)
    if found.num_rows < MIN_N:
        patterns = ()
    clusters = _clusters(asked) if "co_similar" in patterns else None
    moves = asked.computed(moves_of, found, clusters)
    looks = []
    for done, pattern in enumerate(patterns):
        asked.report(0.2 + 0.7 * done / len(patterns), f"analyze.{pattern}")
        looks.append(asked.computed(look, moves, pattern, _search(asked, pattern)))
    made, proof = _gathered(asked, moves, looks)
    return Seen(found, looks, made, proof)


def _clusters(asked: Asked) -> pa.Table:
    """Return the clusters of near-copies."""
    params = asked.params
    limits = {key: params[key] for key in ("letters", "words", "seed", "most")}
    texts = reads_copies_near.texts(asked.store, asked.query, limits, asked.cancel)
    same = reads_copies_near.spellings(asked.store, asked.query, asked.cancel)
    asked.report(0.1, "analyze.copies_comparing")
    return asked.computed(near.clustered, texts, same, params["likeness"], params["seed"])


def _search(asked: Asked, pattern: Pattern) -> Search:
    params = asked.params
    within = params["timing_within"] if pattern == "co_timing" else params["within"]
    return Search(within, params["repeats"], params["shuffles"], params["seed"])


def _gathered(asked: Asked, moves: Moves, looks: list[Look]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the groups of all patterns, the surest first, and their evidence, numbered alike."""
    made, proofs, alpha = [], [], asked.params["alpha"]
    for each, q in zip(looks, corrected(looks), strict=True):
        if not (q <= alpha).any():
            continue
        within_s = _search(asked, each.pattern).within_s
        card, proof = asked.computed(cards, moves, each, within_s, q, alpha)
        made.append(card.assign(kind=each.pattern))
        proofs.append(proof.assign(kind=each.pattern))
    if not made:
        return pd.DataFrame(), pd.DataFrame({"group": []})
    return numbered(pd.concat(made, ignore_index=True), pd.concat(proofs, ignore_index=True))


def numbered(made: pd.DataFrame, proof: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return groups and evidence with groups numbered from 1, the surest and largest first.

    Near-copies include copies: a group found for both is told once, as co-text.
    """
    exact = [set(members) for members in made.loc[made["kind"] == "co_text", "members"]]
    is_told = np.array(
        [
            kind == "co_similar" and any(set(members) <= each for each in exact)
            for kind, members in zip(made["kind"], made["members"], strict=True)
        ]
    )
    made = made[~is_told].sort_values(
        ["q", "things", "accounts", "kind", "group"], ascending=[True, False, False, True, True]
    )
    made = made.head(MOST_GROUPS).assign(number=lambda frame: np.arange(1, len(frame) + 1))
    numbers = made[["kind", "group", "number"]]
    proof = proof.merge(numbers, on=["kind", "group"])
    proof = proof.assign(group=proof.pop("number")).sort_values(["group", "thing", "one", "two"])
    return made.assign(group=made.pop("number")), proof


def _summary(asked: Asked, seen: Seen) -> dict[str, Any]:
    """Return how much was looked at and how, and how much was found."""
    return {
        "looked": seen.found.num_rows,
        "patterns": len(seen.looks),
        "pairs_of_comments": sum(each.pairs for each in seen.looks),
        "pairs_of_accounts": sum(len(each.edges) for each in seen.looks),
        "groups": len(seen.cards),
        "false_positive_rate": asked.params["alpha"],
        "shuffles": asked.params["shuffles"],
        "seed": asked.params["seed"],
    }


def _notes(asked: Asked, seen: Seen) -> tuple[Note, ...]:
    """Return what the figures mean, and what they cannot tell."""
    alpha = float(asked.params["alpha"])
    looked = seen.found.num_rows
    told = (
        (len(seen.cards), Note("coordination_meaning", {"alpha": alpha})),
        (seen.looks and not len(seen.cards), Note("coordination_none", {"alpha": alpha})),
        (looked < MIN_N, Note("coordination_few", {"comments": looked, "least": MIN_N})),
        (any(each.is_cut for each in seen.looks), Note("coordination_cut")),
    )
    return tuple(note for is_so, note in told if is_so)


COORDINATION: Final = Analysis(
    name="coordination",
    version=1,
    group="copies",
    reads_texts=True,
    is_heavy=True,
    parameters=PARAMETERS,
    fields=CARD_FIELDS,
    method=METHOD,
    work=_groups,
)

EVIDENCE: Final = Analysis(
    name="coordination_evidence",
    version=1,
    group="copies",
    reads_texts=True,
    is_heavy=True,
    parameters=(
        WholeNumber("group", 0, 0, MOST_GROUPS, "Number of the group in `coordination`; 0: all of them."),
        WholeNumber("top", 1000, 1, 10_000, "How many pairs of comments to show."),
        *PARAMETERS,
    ),
    fields=EVIDENCE_FIELDS,
    method=METHOD,
    work=_pairs,
)
