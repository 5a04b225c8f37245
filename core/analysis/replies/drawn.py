"""The reply network as it is drawn: the authors and links a person can read, and the figures of the whole."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.described import Asked, Cell, Note, WholeNumber
from core.analysis.replies.answered import Answered
from core.analysis.replies.mutual import reciprocity

DRAW: Final = WholeNumber("draw", 200, 10, 300, "How many authors to draw at most.")
SEED: Final = WholeNumber(
    "seed", 1, 0, 2**31 - 1, "Of communities and places: the same seed draws the same picture."
)
FIGURES: Final = (
    *("nodes", "edges", "density", "communities", "modularity", "modularity_by_chance"),
    *("stability", "runs", "backbone_edges"),
)
METHOD: Final = (
    "Backbone: disparity filter, alpha below 0.05 (Serrano, Boguna & Vespignani 2009, eq. 2). Drawn: authors "
    "that links bring in, the backbone first, then the strongest. Communities: Louvain without directions, "
    "the best of several runs (Blondel et al. 2008); `stability`: mean adjusted Rand index of the runs "
    "(Hubert & Arabie 1985); `modularity_by_chance`: that of the same replies dealt out at random (Guimera "
    "et al. 2004). "
)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What is kept of a network: `nodes` to name or to draw, `edges` that are drawn, figures of the whole.

    `nodes`: [author_no, in_degree, out_degree, in_strength, out_strength, strength, pagerank, community,
    returned, x, y, radius], strongest first; x, y and radius are NaN for who is not drawn. `edges`:
    [answering, answered, replies, alpha, is_backbone, is_mutual].
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    figures: dict[str, Cell]


def drawn(links: pd.DataFrame, draw: int, top: int, seed: int) -> Drawn:
    """Return the network of links with its `top` strongest authors and all that is drawn of it."""
    # It loads what finds communities, which takes seconds; only the process that needs it does.
    from core.analysis.networks.graph import Edges  # noqa: PLC0415
    from core.analysis.networks.replies import described  # noqa: PLC0415

    source, target = (links[name].to_numpy(dtype=np.int64) for name in ("answering", "answered"))
    made = described(Edges(source, target, links["replies"].to_numpy(dtype=float)), seed=seed, top=draw)
    nodes = made.nodes.assign(strength=made.nodes["in_strength"] + made.nodes["out_strength"])
    nodes = nodes.sort_values(["strength", "author_id"], ascending=[False, True], ignore_index=True)
    places = made.drawn_nodes.set_index("author_id")[["x", "y", "radius"]]
    nodes = nodes.join(places, on="author_id")
    kept = nodes[(nodes.index < top) | nodes["x"].notna()]
    names = {"source": "answering", "target": "answered", "weight": "replies"}
    edges = made.drawn_edges.rename(columns=names | {"backbone": "is_backbone", "returned": "is_mutual"})
    whole = {name: value for name, value in asdict(made.figures).items() if name in FIGURES}
    figures: dict[str, Cell] = {name: _known(whole[name]) for name in FIGURES}
    figures["drawn_nodes"], figures["drawn_edges"] = len(places), len(edges)
    return Drawn(
        kept.rename(columns={"author_id": "author_no"}).drop(columns=["mood_in", "mood_out"]),
        edges.drop(columns="mood").sort_values(
            ["replies", "answering", "answered"], ascending=[False, True, True]
        ),
        figures | reciprocity(links),
    )


def worked_out(asked: Asked, answered: Answered, top: int) -> Drawn:
    """Work the network out in a process of its own."""
    asked.report(0.3, "analyze.replies_drawing")
    params = asked.params
    found: Drawn = asked.computed(drawn, answered.links, params["draw"], top, params["seed"])
    return found


def notes_of(made: Drawn) -> tuple[Note, ...]:
    """Return what the drawing leaves out, and whether the communities are steady."""
    figures, found = made.figures, []
    if figures["drawn_edges"] != figures["edges"]:
        values = {name: figures[name] for name in ("drawn_nodes", "nodes", "drawn_edges", "edges")}
        found.append(Note("replies_not_drawn", values))
    return (*found, *steadiness(figures))


def steadiness(figures: dict[str, Cell]) -> tuple[Note, ...]:
    """Return the note that communities differ from run to run, or are no clearer than chance makes them."""
    found = []
    stability, modularity = figures["stability"], figures["modularity"]
    if isinstance(stability, float) and stability < UNSTEADY:
        found.append(Note("replies_unsteady", {"stability": round(stability, 2)}))
    chance = figures["modularity_by_chance"]
    if isinstance(modularity, float) and isinstance(chance, float) and modularity <= chance:
        values: dict[str, Cell] = {"modularity": round(modularity, 3), "chance": round(chance, 3)}
        found.append(Note("replies_by_chance", values))
    return tuple(found)


def _known(value: float) -> float | int | None:
    return None if math.isnan(value) else value


UNSTEADY: Final = 0.8
"""Runs whose communities agree less than this tell different stories."""
