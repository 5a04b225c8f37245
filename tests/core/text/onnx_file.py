"""The smallest ONNX files: each text has an answer that was written into the file."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

STRING, FLOAT, INT64 = 8, 1, 7
TEXT, NUMBERS, WORDS = 3, 6, 8


def write(
    path: Path, answers: Mapping[str, int], rows: Sequence[Sequence[float]], *, takes: int = STRING
) -> Path:
    """Write a graph that looks each text up (unknown ones as row 0) and gives the row of numbers it has."""
    encoder = _node("LabelEncoder", ["texts"], ["row"], "ai.onnx.ml") + b"".join(
        _field(5, attribute)
        for attribute in (
            _field(1, b"keys_strings")
            + b"".join(_field(9, key.encode()) for key in answers)
            + _number(20, WORDS),
            _field(1, b"values_int64s")
            + b"".join(_number(8, row) for row in answers.values())
            + _number(20, 7),
            _field(1, b"default_int64") + _number(3, 0) + _number(20, 2),
        )
    )
    gather = _node("Gather", ["shares", "row"], ["probabilities"], "")
    table = (
        _number(1, len(rows))
        + _number(1, len(rows[0]))
        + _number(2, FLOAT)
        + _field(8, b"shares")
        + _field(9, b"".join(struct.pack("<f", number) for row in rows for number in row))
    )
    graph = (
        _field(1, encoder)
        + _field(1, gather)
        + _field(2, b"graph")
        + _field(5, table)
        + _field(11, _value("texts", takes, 1))
        + _field(12, _value("probabilities", FLOAT, 2))
    )
    operators = _field(8, _field(1, b"") + _number(2, 13)) + _field(
        8, _field(1, b"ai.onnx.ml") + _number(2, 2)
    )
    path.write_bytes(_number(1, 7) + _field(7, graph) + operators)
    return path


def _node(kind: str, takes: Sequence[str], gives: Sequence[str], domain: str) -> bytes:
    return (
        b"".join(_field(1, name.encode()) for name in takes)
        + b"".join(_field(2, name.encode()) for name in gives)
        + _field(4, kind.encode())
        + _field(7, domain.encode())
    )


def _value(name: str, kind: int, dimensions: int) -> bytes:
    shape = b"".join(_field(1, _field(2, f"d{place}".encode())) for place in range(dimensions))
    return _field(1, name.encode()) + _field(2, _field(1, _number(1, kind) + _field(2, shape)))


def _field(number: int, content: bytes) -> bytes:
    """Return a field of bytes, as protobuf writes it."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)
