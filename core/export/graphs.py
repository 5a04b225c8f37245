"""Networks for Gephi, Cytoscape, networkx and their like: GraphML and GEXF 1.3, written as they are read.

GraphML: Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002, "GraphML progress report". GEXF: gexf.net/1.3.
Nodes come from a table with the column `id`, edges from one with `source` and `target`; every other column
becomes a typed attribute, and an absent or unfinite value no attribute at all. Both ends of an edge are
expected among the nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

import pyarrow as pa

from core.export.arrays import (
    Column,
    filled,
    finite,
    is_list,
    is_text,
    joined,
    joined_rows,
    patched,
)
from core.export.cells import bounded, line_bytes, plain, utc_text

BATCH_ROWS: Final = 10_000
_MARKUP: Final = r'[<>&"\x00-\x1f\x7f-\x9f\x{FFFE}\x{FFFF}]'
_ESCAPES: Final = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
# XML 1.0, production 2: these characters may not stand in a document, not even escaped.
_FORBIDDEN: Final = dict.fromkeys((*range(9), 0xB, 0xC, *range(0xE, 0x20), 0xFFFE, 0xFFFF), "\ufffd")
_VIZ: Final = ("x", "y", "size")


@dataclass(frozen=True, slots=True)
class GraphNote:
    """What the file says of itself; `made_at` is aware, `description` names query, method and seed."""

    description: str
    made_at: datetime
    is_directed: bool = True


@dataclass(frozen=True, slots=True)
class _Field:
    """A column as an attribute: `key` is its name inside the file, `type` the format's word for its type."""

    name: str
    key: str
    type: str


def graphml(nodes: pa.Table, edges: pa.Table, note: GraphNote) -> Iterator[bytes | memoryview]:
    """Yield a GraphML file in pieces; whole numbers are `long`, other numbers `double`, the rest `string`."""
    node_fields = _fields(nodes.schema, "n", {"id"})
    edge_fields = _fields(edges.schema, "e", {"source", "target"})
    kind = "directed" if note.is_directed else "undirected"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
        'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
        f"<desc>{escaped(_dated(note))}</desc>\n"
        + "".join(_key(field, "node") for field in node_fields)
        + "".join(_key(field, "edge") for field in edge_fields)
        + f'<graph id="G" edgedefault="{kind}">\n'
    ).encode()
    for batch in _batches(nodes):
        yield _rows('<node id="', _text(batch.column("id")), '">', _data(batch, node_fields), "</node>\n")
    for batch in _batches(edges):
        ends = joined(_text(batch.column("source")), '" target="', _text(batch.column("target")))
        yield _rows('<edge source="', ends, '">', _data(batch, edge_fields), "</edge>\n")
    yield b"</graph>\n</graphml>\n"


def gexf(nodes: pa.Table, edges: pa.Table, note: GraphNote) -> Iterator[bytes | memoryview]:
    """Yield a GEXF 1.3 file in pieces: `label` and `weight` are the format's own, x, y, size the picture's.

    A node without a label is called by its id.
    """
    node_fields = _fields(nodes.schema, "n", {"id", "label", *_VIZ})
    edge_fields = _fields(edges.schema, "e", {"source", "target", "weight"})
    kind = "directed" if note.is_directed else "undirected"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n'
        f'<meta lastmodifieddate="{note.made_at:%Y-%m-%d}">'
        f"<description>{escaped(_dated(note))}</description></meta>\n"
        f'<graph defaultedgetype="{kind}" mode="static">\n'
        + _attributes(node_fields, "node")
        + _attributes(edge_fields, "edge")
        + "<nodes>\n"
    ).encode()
    for batch in _batches(nodes):
        names = joined(_text(batch.column("id")), '" label="', _label(batch))
        body = [_attvalues(batch, node_fields), *_picture(batch)]
        yield _rows('<node id="', names, '">', body, "</node>\n")
    yield b"</nodes>\n<edges>\n"
    number = 0
    for batch in _batches(edges):
        yield _gexf_edges(batch, edge_fields, number)
        number += batch.num_rows
    yield b"</edges>\n</graph>\n</gexf>\n"


def escaped(text: str) -> str:
    """Return the text as XML may hold it, in an element or in quotes; what XML forbids becomes U+FFFD."""
    return escape(text.translate(_FORBIDDEN), _ESCAPES)


def _gexf_edges(batch: pa.RecordBatch, fields: list[_Field], first: int) -> memoryview:
    numbers = pa.array(range(first, first + batch.num_rows)).cast(pa.string())
    ends = joined(_text(batch.column("source")), '" target="', _text(batch.column("target")))
    weight: Column | str = ""
    if "weight" in batch.schema.names:
        weight = _optional(' weight="', _value(batch.column("weight")), '"')
    names = joined_rows(numbers, '" source="', ends, '"', weight)
    return _rows('<edge id="', names, ">", [_attvalues(batch, fields)], "</edge>\n")


def _dated(note: GraphNote) -> str:
    return f"{note.description} ({note.made_at.isoformat(timespec='seconds')})"


def _batches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    return bounded(table.to_batches(max_chunksize=BATCH_ROWS))


def _fields(schema: pa.Schema, prefix: str, own: set[str]) -> list[_Field]:
    """Return the columns that are attributes; `own` ones have another place in the format."""
    return [
        _Field(column.name, f"{prefix}{place}", _kind(column.type))
        for place, column in enumerate(schema)
        if column.name not in own
    ]


def _kind(column: pa.DataType) -> str:
    if pa.types.is_boolean(column):
        return "boolean"
    if pa.types.is_integer(column):
        return "long"
    if pa.types.is_floating(column):
        return "double"
    return "string"


def _key(field: _Field, of: str) -> str:
    name = escaped(field.name)
    return f'<key id="{field.key}" for="{of}" attr.name="{name}" attr.type="{field.type}"/>\n'


def _attributes(fields: list[_Field], of: str) -> str:
    if not fields:
        return ""
    lines = [
        f'<attribute id="{field.key}" title="{escaped(field.name)}" type="{field.type}"/>\n'
        for field in fields
    ]
    return f'<attributes class="{of}" mode="static">\n{"".join(lines)}</attributes>\n'


def _data(batch: pa.RecordBatch, fields: list[_Field]) -> list[Column | str]:
    """Return the attributes of a row as GraphML writes them."""
    return [
        _optional(f'<data key="{field.key}">', _value(batch.column(field.name)), "</data>")
        for field in fields
    ]


def _attvalues(batch: pa.RecordBatch, fields: list[_Field]) -> Column | str:
    """Return the attributes of a row as GEXF writes them."""
    if not fields:
        return ""
    values = [
        _optional(f'<attvalue for="{field.key}" value="', _value(batch.column(field.name)), '"/>')
        for field in fields
    ]
    return joined_rows("<attvalues>", *values, "</attvalues>")


def _picture(batch: pa.RecordBatch) -> list[Column | str]:
    """Return the places and sizes of nodes, where the table has them."""
    names = batch.schema.names
    pieces: list[Column | str] = []
    if "size" in names:
        pieces.append(_optional('<viz:size value="', _value(batch.column("size")), '"/>'))
    if "x" in names and "y" in names:
        both = joined(_value(batch.column("x")), '" y="', _value(batch.column("y")))
        pieces.append(_optional('<viz:position x="', both, '" z="0"/>'))
    return pieces


def _label(batch: pa.RecordBatch) -> Column:
    ids = _text(batch.column("id"))
    if "label" not in batch.schema.names:
        return ids
    return filled(_text(batch.column("label")), ids)


def _rows(start: str, names: Column, middle: str, body: list[Column | str], end: str) -> memoryview:
    return line_bytes(joined_rows(start, names, middle, *body, end))


def _optional(start: str, value: Column, end: str) -> Column:
    """Return the value between two constants, nothing at all where it is absent."""
    return filled(joined(start, value, end), "")


def _value(column: Column) -> Column:
    """Return the cells as text that XML can hold, null for what is absent or not a finite number."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        return utc_text(column)
    if pa.types.is_floating(kind):
        return finite(column.cast(pa.float64())).cast(pa.string())
    if is_text(kind) or is_list(kind):
        return _text(column)
    return column.cast(pa.string())


def _text(column: Column) -> Column:
    return patched(plain(column), _MARKUP, escaped)
