"""Words that go together: a network of the most frequent lemmas, drawn so that a person can read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Cell, Choice, Found, Note, ResultField, WholeNumber
from core.storage import reads_coword, reads_topics


def network(counted: pd.DataFrame, documents: int, params: Mapping[str, Any]) -> Found:
    """Return all words as nodes, with a place where they are drawn, and the drawn ties as edges.

    Lemmas are named by number. `counted` is [first, second, documents], as `reads_coword.pairs` gives it.
    """
    # It loads what finds communities, which takes seconds; only the process that needs it does.
    from core.analysis.networks.coword import Pairs, coword  # noqa: PLC0415

    is_alone = (counted["first"] == counted["second"]).to_numpy()
    alone, both = counted[is_alone], counted[~is_alone]
    lemmas = alone["first"].to_numpy()
    first, second = (np.searchsorted(lemmas, both[end]).astype(np.int64) for end in ("first", "second"))
    together, apart = (each["documents"].to_numpy(dtype=np.int64) for each in (both, alone))
    measure = params["measure"]
    made = coword(
        Pairs(first, second, together, apart, documents),
        measure=measure,
        minimum=params["least"],
        seed=params["seed"],
        top=params["draw"],
    )
    tied = made.nodes.set_index("term")[["strength", "degree", "community"]]
    places = made.drawn_nodes.set_index("term")[["x", "y", "radius"]]
    nodes = pd.DataFrame({"kind": "node", "lemma": lemmas, "documents": apart}).join([tied, places])
    edges = made.drawn_edges
    ends = (lemmas[edges[end].to_numpy(dtype=np.int64)] for end in ("source", "target"))
    edges = edges.assign(**dict(zip(("lemma", "other"), ends, strict=True)), kind="edge")
    edges = edges.assign(documents=edges["together"], strength=edges[measure])
    rows = pd.concat([nodes.sort_values(["documents", "lemma"], ascending=[False, True]), edges])
    summary: dict[str, Cell] = {
        "documents": documents,
        "words": len(made.nodes),
        "ties": len(made.edges),
        "ties_not_drawn": len(made.edges) - len(edges),
        "modularity": _known(made.modularity),
        "stability": _known(made.stability),
    }
    return Found(rows, summary)


def _work(asked: Asked) -> Found:
    per, params = asked.params["per"], asked.params
    counted = reads_coword.pairs(
        asked.store, asked.query, per=per, top=params["words"], least=params["least"], cancel=asked.cancel
    )
    documents = reads_coword.documents(asked.store, asked.query, per=per, cancel=asked.cancel)
    asked.report(0.5, "analyze.coword_drawing")
    found: Found = asked.computed(network, counted, documents, dict(params))
    rows = pd.DataFrame(found.columns).reindex(columns=[*COLUMNS, "lemma", "other", "kind"])
    texts = reads_topics.lemma_texts(asked.store, sorted({int(each) for each in rows["lemma"]}))
    rows["word"], rows["other_word"] = rows["lemma"].map(texts), rows["other"].map(texts)
    if not found.summary["ties"]:
        return Found(rows, found.summary, (Note("coword_few", {"least": params["least"]}),))
    left_out = int(found.summary["ties_not_drawn"] or 0)
    notes = (Note("coword_left_out", {"left_out": left_out}),) if left_out else ()
    return Found(rows, found.summary, notes)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


COLUMNS: Final = (
    *("documents", "strength", "degree", "community", "x", "y", "radius"),
    *("cosine", "npmi", "alpha", "backbone"),
)

ANALYSIS: Final = Analysis(
    name="coword",
    version=1,
    parameters=(
        WholeNumber("words", 150, 10, 1000, "How many of the most frequent words to look at."),
        WholeNumber("draw", 100, 10, 500, "How many of them to draw at most."),
        Choice("measure", "npmi", ("npmi", "cosine"), "What makes a tie strong."),
        Choice("per", "comments", ("comments", "authors"), "What holds words: different texts, or authors."),
        WholeNumber(
            "least", 5, 3, 1000, "In how many texts (or authors) words must stand together for a tie."
        ),
        WholeNumber(
            "seed", 1, 0, 2**31 - 1, "Of communities and places: the same seed draws the same picture."
        ),
    ),
    fields=(
        ResultField("kind", "text", "", "`node` a word, or `edge` a tie of two."),
        ResultField("word", "text", "", "The word (lemma), of an edge the first one."),
        ResultField("other_word", "text", "", "Of an edge the second word."),
        ResultField(
            "documents", "integer", "texts or authors", "How many have the word, of an edge both words."
        ),
        ResultField(
            "strength", "number", "measure", "Of an edge the measure, of a node the sum over its ties."
        ),
        ResultField("degree", "integer", "ties", "Of a node: its ties, drawn or not; null: none."),
        ResultField("community", "integer", "", "Of a node with ties: its group, by size from 0."),
        ResultField("x", "number", "picture", "Of a node: where it stands, -1 to 1; null: not drawn."),
        ResultField("y", "number", "picture", "Of a node: where it stands, -1 to 1; null: not drawn."),
        ResultField("radius", "number", "picture", "Of a node: how large it is, in the unit of x, y."),
        ResultField("cosine", "number", "0 to 1", "Of an edge: together / sqrt(first * second)."),
        ResultField("npmi", "number", "-1 to 1", "Of an edge: 0 as often as by chance, 1 always together."),
        ResultField("alpha", "number", "0 to 1", "Of an edge: how likely such strength is by chance."),
        ResultField("backbone", "boolean", "", "Of an edge: whether alpha is below 0.05."),
    ),
    method="Words in the same text, copies counted once (or in all an author wrote): cosine (Ochiai 1957) "
    "and NPMI (Bouma 2009). A tie is a pair more frequent than by chance. Backbone: disparity filter "
    "(Serrano, Boguna & Vespignani 2009, eq. 2). Communities: Louvain (Blondel et al. 2008). Places: "
    "Fruchterman & Reingold 1991.",
    is_heavy=True,
    group="themes",
    work=_work,
    reads_texts=True,
)
