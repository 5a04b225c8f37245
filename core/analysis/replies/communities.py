"""Which communities of authors answer which: the whole network in a table that can be read."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Cell, Found, Note, ResultField, WholeNumber
from core.analysis.replies import moods
from core.analysis.replies.answered import HOW, Answered, notes_of, people
from core.analysis.replies.drawn import SEED, steadiness
from core.storage import reads_replies

CELL: Final = ["source", "target"]
OTHERS: Final = -1


def matrix(links: pd.DataFrame, named: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Cell]]:
    """Return the cells, the communities and the figures of the partition.

    Cells: [source, target, replies, mood, mood_low, mood_high, mood_n], the `named` largest communities by
    number from 0, all others together -1. Communities: [authors, lead], by number; `lead` is the author with
    most replies, written and got.
    """
    # It loads what finds communities, which takes seconds; only the process that needs it does.
    from core.analysis.networks.centrality import degrees  # noqa: PLC0415
    from core.analysis.networks.communities import between, expected_modularity, partition  # noqa: PLC0415
    from core.analysis.networks.graph import Edges, graph_of  # noqa: PLC0415
    from core.analysis.networks.replies import CLOSE_LOOK  # noqa: PLC0415

    answering, answered = (links[name].to_numpy(dtype=np.int64) for name in ("answering", "answered"))
    graph = graph_of(Edges(answering, answered, links["replies"].to_numpy(dtype=float)))
    groups = partition(graph, seed=seed)
    cells = between(graph, groups.labels, named).drop(columns="mood").rename(columns={"weight": "replies"})
    label = np.where(groups.labels < named, groups.labels, OTHERS)
    source, target = (label[np.searchsorted(graph.ids, each)] for each in (answering, answered))
    cells = moods.with_moods(
        cells, moods.told(moods.summed(links.assign(source=source, target=target), CELL), CELL), CELL
    )
    people = pd.DataFrame({"label": label, "author": graph.ids, "strength": degrees(graph).strength})
    people = people.sort_values(["strength", "author"], ascending=[False, True])
    sizes = people.groupby("label").agg(authors=("author", "size"), lead=("author", "first"))
    is_small = 0 < graph.edges <= CLOSE_LOOK
    figures: dict[str, Cell] = {
        "nodes": graph.nodes,
        "edges": graph.edges,
        "communities": groups.communities,
        "modularity": _known(groups.modularity),
        "modularity_by_chance": expected_modularity(graph, seed=seed) if is_small else None,
        "stability": _known(groups.stability),
        "runs": groups.runs,
    }
    return cells, sizes, figures


def _work(asked: Asked) -> Found:
    answered = Answered.of(reads_replies.links(asked.store, asked.query, asked.cancel))
    asked.report(0.3, "analyze.replies_communities")
    params = asked.params
    cells, sizes, found = asked.computed(matrix, answered.links, params["named"], params["seed"])
    known = sizes[sizes.index != OTHERS]
    names = people(asked, known["lead"])["shown"]
    titles = {number: f"{number}: {names[lead]}" for number, lead in known["lead"].items()} | {OTHERS: "…"}
    # Whoever is left over stands last.
    cells = cells.sort_values(CELL, key=lambda each: each.where(each != OTHERS, len(sizes)))
    for end in CELL:
        cells[f"{end}_title"] = cells[end].map(titles)
        cells[f"{end}_authors"] = cells[end].map(sizes["authors"])
    figures = {**answered.figures(), **found}
    notes = [*notes_of(figures), *steadiness(figures)]
    if OTHERS in sizes.index:
        rest = {"named": len(known), "rest": int(sizes["authors"][OTHERS])}
        notes.append(Note("replies_rest", {**rest, "communities": figures["communities"]}))
    return Found(cells, figures, (*notes, *moods.notes(asked, cells, "mood")))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


ANALYSIS: Final = Analysis(
    name="reply_communities",
    version=1,
    parameters=(WholeNumber("named", 12, 2, 30, "How many communities to show apart, largest first."), SEED),
    fields=(
        ResultField("source", "integer", "", "Community that answers, by size from 0; -1: all others."),
        ResultField(
            "source_title", "text", "", "Its number and its author with most replies; `…`: all others."
        ),
        ResultField("source_authors", "integer", "authors", "How many authors it has."),
        ResultField("target", "integer", "", "Community that is answered, by size from 0; -1: all others."),
        ResultField(
            "target_title", "text", "", "Its number and its author with most replies; `…`: all others."
        ),
        ResultField("target_authors", "integer", "authors", "How many authors it has."),
        ResultField("replies", "integer", "replies", "Replies of the one to the other; none has no row."),
        *moods.fields("these replies"),
    ),
    method=HOW + "Communities: Louvain without directions, the best of several runs (Blondel et al. 2008); "
    "`stability`: mean adjusted Rand index of the runs (Hubert & Arabie 1985); `modularity_by_chance`: that "
    "of the same replies dealt out at random (Guimera et al. 2004). "
    + moods.METHOD.format(clusters="answering authors"),
    is_heavy=True,
    group="replies",
    work=_work,
    reads_texts=True,
)
