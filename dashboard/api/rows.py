"""Rows of the database as JSON, straight from Arrow: the model documents them, and is not run for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
import pyarrow as pa
from starlette.responses import Response

_OPTIONS: Final = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z


def objects(rows: pa.Table) -> list[dict[str, Any]]:
    """Return rows in the contract's columns as the objects of an answer, for `as_json`."""
    found: list[dict[str, Any]] = rows.to_pylist()
    return found


def as_json(value: object, headers: Mapping[str, str]) -> Response:
    """Return an answer of plain values; times are naive UTC, as the database gives them, or aware."""
    return Response(
        orjson.dumps(value, option=_OPTIONS), headers=dict(headers), media_type="application/json"
    )
