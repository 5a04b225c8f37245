"""How each analysis is drawn; one that is not here has its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts.drawings import Drawing, Kind
from dashboard.charts.webs import Link

MOODS: Final = ("negative", "positive", "unsure", "toxic")
BESIDE: Final = 12
"""So many bars are as high as the ten of the ranking beside them, which stand farther apart."""


def _share(kind: Kind, name: str, label: tuple[str, ...] = (), *, x: str = "", unless: str = "") -> Drawing:
    """Return the drawing of a share whose interval is called like it; groups stand by it."""
    return Drawing(
        kind,
        f"{name}_share",
        label,
        x=x,
        low=f"{name}_low",
        high=f"{name}_high",
        is_share=True,
        unless=unless,
        is_sorted=True,
    )


def _corrected(
    kind: Kind, name: str, label: tuple[str, ...] = (), *, x: str = "", unless: str = ""
) -> Drawing:
    """Return the drawing of a share as codings correct it, left out until there are enough."""
    value = f"{name}_corrected"
    return Drawing(
        kind,
        value,
        label,
        x=x,
        low=f"{value}_low",
        high=f"{value}_high",
        is_share=True,
        unless=unless,
        is_optional=True,
        is_sorted=True,
    )


def _between(kind: Kind, value: str, label: tuple[str, ...] = (), **more: Any) -> Drawing:
    """Return the drawing of a figure whose interval is `low` to `high`."""
    return Drawing(kind, value, label, low="low", high="high", **more)


DRAWINGS: Final[dict[str, tuple[Drawing, ...]]] = {
    "volume": (Drawing("time", "comments", x="period"),),
    "rhythm": (Drawing("heat", "per_hour", x="hour", y="weekday"),),
    "sources": (Drawing("bars", "comments", ("title", "source")),),
    "authors": (Drawing("bars", "comments", ("author_name", "author_id")),),
    "likes": (Drawing("bars", "comments", ("bucket",)),),
    "replies": (Drawing("bars", "comments", ("bucket",)),),
    "mood": (
        *(_corrected("time", name, x="period") for name in MOODS),
        *(_corrected("bars", name, ("group",), unless="period") for name in MOODS),
        *(_share("time", name, x="period") for name in MOODS),
        *(_share("bars", name, ("group",), unless="period") for name in MOODS),
    ),
    "bursts": (_between("bars", "ratio", ("starts", "source_title"), is_joined=True),),
    "first_comments": (Drawing("bars", "hours", ("title", "source")),),
    "decay": (_between("curve", "share", x="hours", is_share=True),),
    "half_lives": (_between("bars", "half_life_hours", ("title", "source")),),
    "engagement_by_source": (
        Drawing(
            "bars", "likes_per_comment", ("title", "source"), low="likes_low", high="likes_high", most=BESIDE
        ),
    ),
    "newcomers": (Drawing("time", "new_share", x="starts", low="new_low", high="new_high", is_share=True),),
    "author_activity": (
        Drawing(
            "bars", "likes_per_comment", ("author_name", "author_id"), low="likes_low", high="likes_high"
        ),
    ),
    "changes": (
        Drawing(
            "bars", "deleted_share", ("title", "name"), low="deleted_low", high="deleted_high", is_share=True
        ),
        Drawing(
            "bars", "edited_share", ("title", "name"), low="edited_low", high="edited_high", is_share=True
        ),
    ),
    "words": (_between("bars", "share", ("lemma",), is_share=True),),
    "ngrams": (_between("bars", "share", ("ngram",), is_share=True),),
    "marks": (_between("bars", "share", ("label", "name"), is_share=True),),
    "collocations": (Drawing("bars", "log_dice", ("first", "second"), is_joined=True, by="by"),),
    "collocates": (Drawing("bars", "log_dice", ("lemma",)),),
    "keyness": tuple(
        Drawing(
            "bars",
            "log_odds",
            ("lemma",),
            low="log_odds_low",
            high="log_odds_high",
            only=(("side", side),),
            scale="scale.log_odds",
        )
        for side in ("a", "b")
    ),
    "word_tree": (
        _between("bars", "share", ("path",), is_share=True, blank="analyses.blank.word", of_whole=True),
    ),
    "topics": (
        _between(
            "bars",
            "share",
            ("name",),
            is_share=True,
            blank="analyses.blank.topic",
            of_whole=True,
            is_sorted=True,
        ),
    ),
    "topics_over": (
        _between("time", "share", x="period", split="name", is_share=True, blank="analyses.blank.topic"),
        _between(
            "bars",
            "share",
            ("title", "name"),
            unless="period",
            is_share=True,
            blank="analyses.blank.topic",
            is_joined=True,
        ),
    ),
    "entities": (_between("bars", "share", ("name",), is_share=True),),
    "coword": (Drawing("network", "documents", ("word",), x="x", y="y"),),
    "labels": (
        Drawing("time", "comments", x="period", split="value"),
        Drawing("bars", "comments", ("title", "label", "value"), unless="period", is_joined=True),
    ),
    "copies": (Drawing("bars", "comments", ("text",)),),
    "near_copies": (Drawing("bars", "comments", ("text",)),),
    "compare": (
        Drawing(
            "bars",
            "difference",
            ("measure",),
            low="difference_low",
            high="difference_high",
            is_share=True,
            among=("measure", "_share"),
            is_points=True,
            scale="scale.difference",
        ),
    ),
    "concentration": (
        Drawing(
            "curve",
            "value",
            x="at",
            only=(("measure", "lorenz"),),
            is_share=True,
            scale="scale.lorenz",
            along="scale.lorenz.at",
            curve="chart.lorenz.curve",
            equal="chart.lorenz.equal",
        ),
    ),
    "response_times": (
        Drawing(
            "curve",
            "answered_share",
            x="hours",
            low="answered_share_low",
            high="answered_share_high",
            is_share=True,
        ),
        Drawing(
            "bars",
            "answered_share",
            ("period", "weekday", "hour", "title", "source"),
            low="answered_share_low",
            high="answered_share_high",
            is_share=True,
            unless="hours",
            unless_all=("weekday", "hour"),
        ),
        Drawing(
            "heat",
            "answered_share",
            ("weekday", "hour"),
            x="hour",
            y="weekday",
            low="answered_share_low",
            high="answered_share_high",
            is_share=True,
            is_joined=True,
            joint=", ",
        ),
    ),
    "robustness": tuple(
        _between(
            "bars",
            "value",
            ("variant",),
            is_share=name.endswith("_share"),
            only=(("finding", name),),
            is_optional=True,
            scale=f"scale.{name}",
        )
        for name in ("negative_share", "mood_balance", "author_gini", "questions_answered_share")
    ),
    "reply_network": (Drawing("network", "strength", ("author_name", "author_id"), x="x", y="y"),),
    "reply_links": (Drawing("bars", "replies", ("source_name", "target_name"), is_joined=True, joint=" → "),),
    "reply_pairs": (Drawing("bars", "replies", ("author_name", "other_name"), is_joined=True, joint=" ↔ "),),
    "reply_communities": (Drawing("heat", "replies", x="target_title", y="source_title"),),
}

ENDS: Final = (("node", "target"), ("word", "other_word"))
"""What rows of a network call both ends of a link; a node is called by the first."""


def links_of(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """Return the links of a network between nodes that have a place, both directions of a pair as one.

    Rows of kind `edge` name two nodes, by `node` and `target` or by `word` and `other_word`.
    """
    one, other = next((ends for ends in ENDS if all(end in row for row in rows[:1] for end in ends)), ENDS[0])
    places = {
        str(row[one]): (float(row["x"]), float(row["y"]))
        for row in rows
        if row.get("x") is not None and row.get("y") is not None
    }
    weights: dict[tuple[str, str], float] = {}
    for row in rows:
        low, high = sorted((str(row.get(one)), str(row.get(other))))
        if row.get("kind") == "edge" and low in places and high in places:
            weights[low, high] = weights.get((low, high), 0.0) + float(row.get("strength") or 0.0)
    return [Link(*places[low], *places[high], weight) for (low, high), weight in weights.items()]
