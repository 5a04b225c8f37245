"""What people code, written: labels, samples, and calibrations with everything derived from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import pandas as pd
import pyarrow as pa

from core.storage.bulk import naive, read_batch, write_batch
from core.storage.reads_coding import Sample
from core.storage.reads_labels import ARE_CHOSEN, Chosen, Label
from core.storage.store import Store

_FIELDS: Final[list[tuple[str, pa.DataType]]] = [
    ("source", pa.string()),
    ("comment_id", pa.int64()),
    ("name", pa.string()),
    ("value", pa.string()),
    ("coder", pa.string()),
    ("note", pa.string()),
]
SCHEMA: Final = pa.schema(_FIELDS)

CHANGED: Final = """
select count(*)
from batch
anti join labels using (source, comment_id, name, value, coder, note)
"""

FORGET_LABELS: Final = """
delete from labels
where (source, comment_id, name, coder) in (select (source, comment_id, name, coder) from batch)
"""

ADD_LABELS: Final = """
insert into labels by name
select *, $labelled_at::timestamp as labelled_at
from batch
"""

COUNT_CHOSEN: Final = f"""
select count(*)
from labels
where {ARE_CHOSEN}
"""

DELETE_CHOSEN: Final = (
    # What these labels took the place of goes with them: an older step that is taken back restores nothing.
    f"""
    delete from labels_replaced
    where (source, comment_id, name, coder) in (
        select (source, comment_id, name, coder)
        from labels
        where {ARE_CHOSEN}
    )
    """,
    f"""
    delete from labels
    where {ARE_CHOSEN}
    """,
)

ADD_SAMPLE: Final = """
insert into coding_samples by name
select
    $sample_id as sample_id, $kind as kind, $query as query, $size as size, $seed as seed,
    $engine as engine, $made_at::timestamp as made_at
"""

ADD_ITEMS: Final = """
insert into coding_items by name
select *, $sample_id as sample_id
from batch
"""

ADD_CALIBRATION: Final = """
insert into calibrations by name
select $number as number, $body as body, $made_at::timestamp as made_at
"""

ADD_MODEL: Final = """
insert into local_models by name
select
    $number as number, $name as name, $version as version, $base as base, $changed::blob as changed,
    $weights::blob as weights, $made_at::timestamp as made_at
"""

_MAPPED: Final = {
    name: f"(${name}_0 * score_negative + ${name}_1 * score_neutral + ${name}_2 * score_positive + ${name}_3)"
    for name in ("negative", "neutral", "positive")
}
_SHARES: Final = {
    name: " + ".join(f"exp(least({other} - {mapped}, 80))" for other in _MAPPED.values())
    for name, mapped in _MAPPED.items()
}

# What core.text.probabilities says of scores, for all of them at once.
REDERIVE: Final = f"""
update features
set
    negative = 1 / ({_SHARES["negative"]}),
    neutral = 1 / ({_SHARES["neutral"]}),
    positive = 1 / ({_SHARES["positive"]}),
    sentiment = case
        when score_negative is null then null
        when least({_SHARES["negative"]}, {_SHARES["neutral"]}, {_SHARES["positive"]}) * $unsure_below > 1
            then 'unsure'
        when {_MAPPED["negative"]} >= greatest({_MAPPED["neutral"]}, {_MAPPED["positive"]}) then 'negative'
        when {_MAPPED["neutral"]} >= {_MAPPED["positive"]} then 'neutral'
        else 'positive'
    end,
    toxicity = 1 / (1 + exp(least(greatest(-($slope * score_toxic + $offset), -60), 60))),
    engine = $engine
where engine = $was
"""

KEEP_WORDS: Final = """
update vocabulary
set engine = $engine
where engine = $was
"""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model trained on labels here: the rows of its table that differ from the base's, as bytes."""

    name: str
    version: int
    base: str
    changed: bytes
    weights: bytes


@dataclass(frozen=True, slots=True)
class Rederived:
    """How features are derived anew: the numbers of the maps by name, and the engine's old and new name."""

    values: Mapping[str, float]
    was: str
    engine: str


def write_labels(store: Store, labels: Sequence[Label]) -> int:
    """Keep labels, of equal comment, name and coder the last one; return how many said anything new.

    What is said again as it stands changes nothing, not even the version.
    """
    batch = batch_of(labels)
    with store.writing("labels") as transaction:
        cursor = transaction.cursor
        changed = int(read_batch(cursor, CHANGED, batch).column(0)[0].as_py())
        transaction.is_void = not changed
        if changed:
            write_batch(cursor, FORGET_LABELS, batch)
            write_batch(cursor, ADD_LABELS, batch, labelled_at=naive(store.now()))
    return changed


def batch_of(labels: Sequence[Label]) -> pa.Table:
    """Return labels as rows, of equal comment, name and coder the last one."""
    last = {(each.source, each.comment_id, each.name, each.coder): each for each in labels}
    return pa.table({name: [getattr(each, name) for each in last.values()] for name in SCHEMA.names}, SCHEMA)


def delete_labels(store: Store, chosen: Chosen) -> int:
    """Delete the chosen labels, past taking back; return how many there were."""
    with store.writing("labels") as transaction:
        found = int(transaction.cursor.execute(COUNT_CHOSEN, chosen.values).fetchall()[0][0])
        transaction.is_void = not found
        if found:
            for statement in DELETE_CHOSEN:
                transaction.cursor.execute(statement, chosen.values)
    return found


def write_sample(store: Store, sample: Sample, items: pd.DataFrame) -> None:
    """Keep a sample; `items` is [place, source, comment_id, stratum, stratum_size, times]."""
    values = {
        "sample_id": sample.sample_id,
        "kind": sample.kind,
        "query": sample.query,
        "size": sample.size,
        "seed": sample.seed,
        "engine": sample.engine,
        "made_at": naive(sample.made_at),
    }
    with store.noting() as cursor:
        cursor.execute(ADD_SAMPLE, values)
        write_batch(cursor, ADD_ITEMS, pa.Table.from_pandas(items), sample_id=sample.sample_id)


def write_calibration(
    store: Store, number: int, body: str, rederived: Rederived | None, trained: Trained | None = None
) -> None:
    """Let a calibration count from now on, with all probabilities by it, in one transaction.

    Without `rederived` the texts have to be read anew, as for a model that was trained on.
    """
    made_at = naive(store.now())
    with store.writing("calibration") as transaction:
        cursor = transaction.cursor
        cursor.execute(ADD_CALIBRATION, {"number": number, "body": body, "made_at": made_at})
        if trained is not None:
            cursor.execute(ADD_MODEL, {"number": number, "made_at": made_at, **asdict(trained)})
        if rederived is not None:
            names = {"was": rederived.was, "engine": rederived.engine}
            cursor.execute(KEEP_WORDS, names)
            cursor.execute(REDERIVE, {**rederived.values, **names})
