"""Who answers whom, as a network: authors, how they are answered, their communities, where they are drawn."""

from __future__ import annotations

from typing import Final

import pandas as pd

from core.analysis.described import Analysis, Asked, Found, ResultField, WholeNumber
from core.analysis.replies import moods
from core.analysis.replies.answered import HOW, Answered, notes_of, people
from core.analysis.replies.drawn import DRAW, METHOD, SEED, Drawn, worked_out
from core.analysis.replies.drawn import notes_of as notes_drawn
from core.analysis.replies.mutual import returned_share
from core.storage import reads_replies

COUNTS: Final = ("in_degree", "out_degree", "in_strength", "out_strength", "strength")


def _work(asked: Asked) -> Found:
    answered = Answered.of(reads_replies.links(asked.store, asked.query, asked.cancel))
    made = worked_out(asked, answered, asked.params["top"])
    asked.report(0.9, "analyze.replies_naming")
    nodes, edges = _nodes(made, answered), made.edges
    named = people(asked, [*nodes["author_no"], *edges["answering"], *edges["answered"]])
    who = named[["author_id", "author_name", "is_community", "key"]]
    nodes = nodes.join(who, on="author_no").rename(columns={"key": "node"})
    edges = edges.join(who, on="answering").rename(columns={"key": "node", "replies": "strength"})
    edges = edges.assign(kind="edge", target=edges["answered"].map(named["key"]))
    columns = [each.name for each in ANALYSIS.fields]
    rows = pd.concat([each.reindex(columns=columns).astype(object) for each in (nodes, edges)])
    figures = {**answered.figures(), **made.figures}
    return Found(
        rows,
        figures,
        (*notes_of(figures), *notes_drawn(made), *moods.notes(asked, nodes, "mood")),
    )


def _nodes(made: Drawn, answered: Answered) -> pd.DataFrame:
    nodes = made.nodes.assign(kind="node")
    shares = returned_share(
        nodes["returned"].to_numpy(dtype=float), nodes["out_degree"].to_numpy(dtype=float)
    )
    nodes = nodes.assign(**shares)
    got = answered.links[answered.links["answered"].isin(nodes["author_no"])]
    received = moods.told(moods.summed(got, ["answered"]), ["answered"])
    received.index.name = "author_no"
    return moods.with_moods(nodes, received, ["author_no"])


ANALYSIS: Final = Analysis(
    name="reply_network",
    version=1,
    parameters=(
        WholeNumber("top", 100, 10, 1000, "How many authors to list beside those drawn, strongest first."),
        DRAW,
        SEED,
    ),
    fields=(
        ResultField("kind", "text", "", "`node` an author, or `edge` a drawn link between two."),
        ResultField(
            "node", "text", "", "Id of the author, or `name:` and the name; of an edge: who answers."
        ),
        ResultField("target", "text", "", "Of an edge: who is answered."),
        ResultField("author_id", "integer", "", "Communities negative; null for one who has only a name."),
        ResultField("author_name", "text", "", "As it was last seen; empty where nobody said it."),
        ResultField("is_community", "boolean", "", "Whether it is a community."),
        ResultField("strength", "integer", "replies", "Replies it wrote and got; of an edge: replies."),
        ResultField("in_strength", "integer", "replies", "Replies it got from others."),
        ResultField("out_strength", "integer", "replies", "Replies it wrote to others."),
        ResultField("in_degree", "integer", "authors", "Different authors who answered it."),
        ResultField("out_degree", "integer", "authors", "Different authors it answered."),
        ResultField(
            "returned",
            "number",
            "share of authors",
            "Of those it answered, who answered it; n = `out_degree`.",
        ),
        ResultField("returned_low", "number", "share of authors", "Lower end of its 95 % interval."),
        ResultField("returned_high", "number", "share of authors", "Upper end of its 95 % interval."),
        ResultField(
            "pagerank", "number", "0 to 1", "How central it is among those who are answered; sums to 1."
        ),
        ResultField("community", "integer", "", "Its group, by size from 0."),
        *moods.fields("the replies it got"),
        ResultField("x", "number", "picture", "Where it stands, -1 to 1; null: not drawn."),
        ResultField("y", "number", "picture", "Where it stands, -1 to 1; null: not drawn."),
        ResultField("radius", "number", "picture", "How large it is, in the unit of x and y."),
        ResultField("is_mutual", "boolean", "", "Of an edge: whether the other answers back."),
        ResultField("is_backbone", "boolean", "", "Of an edge: whether it stands out at its ends."),
    ),
    method=HOW + METHOD + "Places: Fruchterman & Reingold 1991. PageRank: Brin & Page 1998, damping 0.85, "
    "weighted. Reciprocity: Newman 2010, 7.10, from the share of pairs who answer both ways; pairs with an "
    "author in common are alike (Aronow, Samii & Assenova 2015, eq. 4). Shares of single authors with "
    "Wilson's interval, null below 30. " + moods.METHOD.format(clusters="answering authors"),
    is_heavy=True,
    group="replies",
    work=_work,
    reads_texts=True,
)
