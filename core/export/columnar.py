"""Parquet: typed columns, zstd, and in its metadata what the rows are."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from core.export.job import Batches, Job, Written

TITLE: Final = "VK comments"


def write(schema: pa.Schema, batches: Batches, target: Path, job: Job) -> Written:
    """Write the file; each batch becomes a row group, times are instants in UTC."""
    typed = pa.schema([_typed(each) for each in schema])
    rows = 0
    with pq.ParquetWriter(target, typed, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(_instants(batch, typed))
            rows += batch.num_rows
        writer.add_key_value_metadata(
            {
                "title": TITLE,
                "query": job.address,
                "dataset_version": str(job.version),
                "rows": str(rows),
                "exported_at": job.made_at.isoformat().replace("+00:00", "Z"),
            }
        )
    return Written(rows)


def _typed(column: pa.Field[Any]) -> pa.Field[Any]:
    if pa.types.is_timestamp(column.type):
        return pa.field(column.name, pa.timestamp("us", "UTC"))
    return pa.field(column.name, column.type)


def _instants(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns = [
        column
        if column.type == kind.type
        else column.cast(pa.timestamp("us")).cast(pa.int64()).cast(kind.type)
        for column, kind in zip(batch.columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
