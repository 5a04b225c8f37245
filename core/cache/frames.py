"""Arrow tables in the cache, as Arrow IPC; a module of its own because pyarrow is slow to import."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from core.cache.codec import Codec


def _encode(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def _decode(payload: bytes) -> pa.Table:
    """Read a table; what another process wrote is checked through, because Arrow trusts its offsets."""
    try:
        with pa.ipc.open_stream(payload) as stream:
            table = stream.read_all()
        table.validate(full=True)
    except (pa.ArrowException, OSError) as error:
        raise ValueError("These bytes are no table.") from error
    return table


ARROW: Final[Codec[pa.Table]] = Codec(b"a", _encode, _decode)
