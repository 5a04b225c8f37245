"""Names in comments: keep what was found in one sample, in place of the last one."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from core.storage.bulk import naive, write_batch
from core.storage.store import Store

FORGET: Final = (
    "delete from entities",
    "delete from entity_scans",
)

# Sources may have been deleted since their texts were read.
ADD: Final = """
insert into entities by name
select source, comment_id, kind, name
from batch
where source in (select distinct source from comments)
"""

NOTE: Final = """
insert into entity_scans
values ($fingerprint, $comments, $scanned_at)
"""


def write_entities(store: Store, fingerprint: str, comments: int, names: pa.Table) -> None:
    """Keep the names found in a sample of so many comments: [source, comment_id, kind, name], each once."""
    with store.writing("entities") as transaction:
        for statement in FORGET:
            transaction.cursor.execute(statement)
        write_batch(transaction.cursor, ADD, names)
        values = {
            "fingerprint": fingerprint,
            "comments": comments,
            "scanned_at": naive(store.now()),
        }
        transaction.cursor.execute(NOTE, values)
