"""How many comments have each value of a label, in all or in each period or source."""

from __future__ import annotations

import threading
from typing import Final

import pandas as pd

from core.query import Query
from core.storage import ask
from core.storage.reads_topic_cells import CELLS
from core.storage.store import Store

Cancel = threading.Event | None

PER_CELL: Final = """
with asked as (
    select CELL as cell, source, comment_id
    from {rows}
    where {where} and KNOWN
)
select
    asked.cell,
    labels.name,
    labels.value,
    count(distinct (asked.source, asked.comment_id)) as comments,
    count(distinct labels.coder) as coders
from asked
join labels on asked.source = labels.source and asked.comment_id = labels.comment_id
where $name = '' or labels.name = $name
group by all
order by asked.cell, comments desc, labels.name, labels.value
"""

WHOLE: Final = ("''", "true")
STATEMENTS: Final[dict[str, str]] = {
    over: PER_CELL.replace("CELL", value).replace("KNOWN", known)
    for over, (value, known) in (("all", WHOLE), *CELLS.items())
}


def labels_per_cell(store: Store, query: Query, over: str, name: str, cancel: Cancel = None) -> pd.DataFrame:
    """Return [cell, name, value, comments, coders] by cell and value of labels called `name`, '' for all.

    A cell is '' for `all`, a source's key, or the number of local days from 0001-01-01 to the beginning of a
    period. A comment that coders judge differently counts for each of their values.
    """
    return ask.frame(store, query, STATEMENTS[over], name=name, cancel=cancel)
