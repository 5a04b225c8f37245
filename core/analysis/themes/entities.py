"""People, places and organisations in a sample of the comments, and the mood where they are named."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from core.analysis.described import Analysis, Asked, Cell, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.mood import trust
from core.analysis.stats.clustered import share
from core.analysis.stats.clusters import Sample
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N, Estimate
from core.analysis.themes.documents import Ids
from core.analysis.themes.recognising import recognised
from core.query import SENTIMENTS
from core.storage import reads_entities, writes_entities

AT_ONCE: Final = 250
PER_SECOND: Final = 150
KINDS: Final = ("per", "loc", "org")
EXAMPLES: Final = 3
KEY: Final = ["source", "comment_id"]
COUNTS: Final = {f"n_{mood}": mood for mood in SENTIMENTS}


def fingerprint(sample: pa.Table) -> str:
    """Return what tells this sample from any other: its comments and their texts."""
    told = hashlib.sha256()
    for row in sample.select(["source", "comment_id", "text"]).to_pylist():
        told.update(repr(tuple(row.values())).encode())
    return told.hexdigest()


def _work(asked: Asked) -> Found:
    query, params = asked.query.without("entity"), asked.params
    sample = reads_entities.sampled(
        asked.store, query, size=params["sample"], seed=params["seed"], cancel=asked.cancel
    )
    total = reads_entities.with_text(asked.store, query, asked.cancel)
    mark = fingerprint(sample)
    if not reads_entities.was_scanned(asked.store, mark):
        names = _names(asked, sample)
        writes_entities.write_entities(asked.store, mark, sample.num_rows, names)
    names = reads_entities.found(asked.store)
    rows = _rows(sample.to_pandas(), names.to_pandas(), params)
    columns, told = _corrected(asked, rows)
    values: dict[str, Cell] = {"looked": sample.num_rows, "total": total, "seed": str(params["seed"])}
    notes = [Note("entities_sample", values), Note("entities_news"), *told]
    if asked.query.entity:
        notes.append(Note("entities_filtered"))
    summary: dict[str, Cell] = {"looked": sample.num_rows, "total": total, "names": len(names)}
    return Found(columns, summary, tuple(notes))


def _names(asked: Asked, sample: pa.Table) -> pa.Table:
    """Look for names in the sample, some comments at a time, so that the work can be seen and stopped."""
    texts = sample["text"].combine_chunks()
    found: list[tuple[int, str, str]] = []
    for start in range(0, sample.num_rows, AT_ONCE):
        asked.report(start / sample.num_rows, "analyze.entities_reading")
        rows = np.arange(start, min(start + AT_ONCE, sample.num_rows))
        names = asked.computed(recognised, texts.take(rows))
        found += [(start + row, kind, name) for row, kind, name in names]
    places = np.array([place for place, _, _ in found], dtype=np.int64)
    keys = sample.select(KEY).take(places)
    kinds, called = (pa.array([each[part] for each in found], pa.string()) for part in (1, 2))
    named = pa.table([keys["source"], keys["comment_id"], kinds, called], names=[*KEY, "kind", "name"])
    return named.group_by(named.column_names).aggregate([])


def _rows(sample: pd.DataFrame, names: pd.DataFrame, params: Mapping[str, Any]) -> pd.DataFrame:
    """Return the names that most comments of the sample have, with what is said where they are named."""
    author = np.unique(sample["author"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    sample = sample.assign(place=np.arange(len(sample)), author=author)
    if params["which"] != "all":
        names = names[names["kind"] == params["which"]]
    named = names.merge(sample, on=KEY).sort_values("place")
    groups = sorted(named.groupby(["kind", "name"]), key=lambda each: (-len(each[1]), each[0]))
    rows = [_row(sample, mine) for _, mine in groups[: params["top"]]]
    return pd.DataFrame(rows, columns=[*(each.name for each in RAW), *COUNTS])


def _corrected(asked: Asked, rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Return the rows with shares that codings correct, and what a reader must know of them.

    Comments that name something tell as much as they have authors: rather too wide an interval.
    """
    if rows.empty:
        columns = [each.name for each in FIELDS]
        return rows.reindex(columns=columns), trust.notes_for(asked, "sentiment")
    counts = rows[list(COUNTS)].rename(columns=COUNTS)
    told = trust.corrected(asked, counts, effective=rows["authors"].to_numpy(dtype=float))
    few = rows["negative"].isna().to_numpy()
    wide: dict[str, Any] = {}
    for mood in ("negative", "positive"):
        mine = told[told["label"] == mood]
        for end, column in (("", "estimate"), ("_low", "low"), ("_high", "high")):
            wide[f"{mood}_corrected{end}"] = np.where(few, np.nan, mine[column].to_numpy(dtype=float))
    return rows.assign(**wide), trust.notes_of(told, asked, "sentiment")


def _row(sample: pd.DataFrame, mine: pd.DataFrame) -> dict[str, object]:
    is_named = np.zeros(len(sample))
    is_named[mine["place"]] = 1.0
    told = mine[mine["sentiment"].notna()]
    keys = [f"{each.source}:{each.comment_id}" for each in mine.head(EXAMPLES).itertuples()]
    return {
        "kind": mine["kind"].iloc[0],
        "name": mine["name"].iloc[0],
        "comments": len(mine),
        "authors": mine["author"].nunique(),
        "n": len(sample),
        **_told("", share(_each(is_named, sample["author"]))),
        "n_mood": len(told),
        **_told("negative", share(_each(told["sentiment"] == "negative", told["author"]))),
        **_told("positive", share(_each(told["sentiment"] == "positive", told["author"]))),
        "examples": " ".join(keys),
        **{name: int((told["sentiment"] == mood).sum()) for name, mood in COUNTS.items()},
    }


def _each(hits: Any, authors: pd.Series[int]) -> Sample:
    """Return a sample of single comments."""
    is_hit = np.asarray(hits, dtype=float)
    by: Ids = authors.to_numpy().astype(np.int64)
    return Sample(is_hit, np.ones(len(is_hit)), (by,))


def _told(of: str, found: Estimate | None) -> dict[str, float | None]:
    """Return an estimate's columns; nothing where there are too few to say."""
    names = (of or "share", f"{of}_low".lstrip("_"), f"{of}_high".lstrip("_"))
    values = (None, None, None) if found is None else (found.value, found.low, found.high)
    return dict(zip(names, values, strict=True))


RAW: Final = (
    ResultField("kind", "text", "", "`per` a person, `loc` a place, `org` an organisation."),
    ResultField("name", "text", "", "The name in its base form, as the filter has it."),
    ResultField("comments", "integer", "comments", "Comments of the sample that name it."),
    ResultField("authors", "integer", "authors", "Different authors of them."),
    ResultField("n", "integer", "comments", "Comments of the sample: the share is of these."),
    ResultField("share", "number", "share of comments", "0 to 1; null where there are too few to say."),
    ResultField("low", "number", "share of comments", "Lower end of the 95 % interval."),
    ResultField("high", "number", "share of comments", "Upper end of the 95 % interval."),
    ResultField(
        "n_mood", "integer", "comments", "Comments that name it and have a sentiment, unsure ones too."
    ),
    ResultField("negative", "number", "share of n_mood", "0 to 1; null where there are too few to say."),
    ResultField("negative_low", "number", "share of n_mood", "Lower end of the 95 % interval."),
    ResultField("negative_high", "number", "share of n_mood", "Upper end of the 95 % interval."),
    ResultField("positive", "number", "share of n_mood", "0 to 1; null where there are too few to say."),
    ResultField("positive_low", "number", "share of n_mood", "Lower end of the 95 % interval."),
    ResultField("positive_high", "number", "share of n_mood", "Upper end of the 95 % interval."),
    ResultField("examples", "text", "", "Keys of up to three comments that name it."),
)
"""What is counted in the sample."""

FIELDS: Final = (
    *RAW,
    *(
        ResultField(f"{mood}_corrected{end}", "number", "share of n_mood", meaning)
        for mood in ("negative", "positive")
        for end, meaning in (
            ("", "The share without the model's errors, as codings tell; null where too few were coded."),
            ("_low", "Lower end of its 95 % interval."),
            ("_high", "Upper end of its 95 % interval."),
        )
    ),
)

ANALYSIS: Final = Analysis(
    name="entities",
    version=1,
    parameters=(
        WholeNumber(
            "sample", 2000, 100, 50_000, f"How many comments to look at, about {PER_SECOND} a second."
        ),
        Choice("which", "all", ("all", *KINDS), "Which names: all, people, places or organisations."),
        WholeNumber("top", 50, 1, 1000, "How many names to return."),
        WholeNumber("seed", 1, 0, 2**31 - 1, "Of the sample: the same seed looks at the same comments."),
    ),
    fields=FIELDS,
    method="Names by slovnet's recogniser, trained on news, in a random sample of comments with text; "
    "mentions of VK users and links are taken out first. A comment counts once for a name, in its "
    "base form. Shares: Wilson 1927 over the effective number of comments, clustered by author (Korn "
    f"& Graubard 1998). Below {MIN_N} comments or {MIN_CLUSTERS} authors: too few to say.",
    is_heavy=True,
    group="themes",
    work=_work,
    reads_texts=True,
    keeps_one=True,
)
