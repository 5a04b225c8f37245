"""The balance as a sheet: for each source what VK declares, what is here, what is missing and why.

The first line is the verdict of all: complete only when each source is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from core.export.job import Balanced, Headers, Job
from core.export.sheet_rows import CONTROL, cut_units
from core.links import comment_url
from core.models import SourceKind, SourceRef, SourceState
from core.query import Query
from core.storage import reads
from core.storage.reads import SourceBalanceRow
from core.storage.store import Store
from core.wording import count, number, say
from core.wording.balance_columns import BALANCE_WORDS, balance_header
from core.wording.faults import because

NAMED: Final = 200
"""So many threads of a source are named; the rest are counted."""
SUMMED: Final = (
    "declared",
    "declared_roots",
    "collected",
    "roots",
    "replies",
    "tombstones",
    "placeholders",
    "missing_roots",
    "calls",
    "retries",
    "bytes",
)
WHOLE: Final = frozenset({SourceState.COMPLETE, SourceState.EMPTY})
HEADER_ROW: Final = 2
_CONTROL: Final = re.compile(CONTROL)

Cell = str | int | None
BalanceLine = tuple[Cell, ...]


def balanced(store: Store, query: Query) -> tuple[Balanced, ...]:
    """Return the sources a query is about, in the order of the list of sources."""
    titles = {each.key: each.title or " ".join(each.text.split())[:80] for each in reads.sources(store)}
    wanted = set(query.source) | {root.rpartition(":")[0] for root in query.root}
    return tuple(
        Balanced(titles.get(row.source, ""), row)
        for row in reads.balance(store)
        if (not wanted or row.source in wanted)
        and (not query.kind or SourceRef.parse(row.source).kind in query.kind)
    )


def balance_lines(job: Job) -> list[BalanceLine]:
    """Return the rows of the sheet: the verdict, an empty one, the header, the sources, the total."""
    lang, tz = job.headers, job.query.tz
    header = tuple(balance_header(words, lang, tz) for words in BALANCE_WORDS)
    values = [_values(each, job) for each in job.balance]
    rows = [tuple(map(_fit, each.values())) for each in values]
    total: dict[str, Cell] = {words.name: None for words in BALANCE_WORDS}
    total |= {name: _sum([each[name] for each in values]) for name in SUMMED}
    total |= {"source": say("export.balance.total", lang), "title": count(len(values), "sources", lang)}
    return [(verdict(job.balance, lang),), (), header, *rows, tuple(total.values())]


def verdict(sources: Sequence[Balanced], lang: Headers) -> str:
    """Say in one sentence whether all is here; it is only when each source is complete."""
    if not sources:
        return say("export.balance.none", lang)
    states = [each.row.state for each in sources]
    if WHOLE.issuperset(states):
        return say("export.balance.complete", lang, sources=count(len(states), "sources", lang))
    parts = [
        f"{say(f'state.{state}', lang)}: {number(states.count(state), lang)}"
        for state in SourceState
        if state in states and state not in WHOLE
    ]
    return say("export.balance.partial", lang, what="; ".join(parts))


def _values(source: Balanced, job: Job) -> dict[str, Cell]:
    row, sheet, lang = source.row, source.row.sheet, job.headers
    ref = SourceRef.parse(row.source)
    is_read = sheet is not None and ref.kind is not SourceKind.IMPORT
    codes = ", ".join(map(str, row.refused))
    return {
        "source": row.source,
        "title": source.title,
        "state": say(f"state.{row.state}", lang),
        "declared": row.declared,
        "declared_roots": sheet.declared_level if sheet else None,
        "collected": row.collected,
        "roots": sheet.roots if sheet else None,
        "replies": sheet.replies if sheet else None,
        "tombstones": row.deleted,
        "placeholders": row.placeholders,
        "refused_code": int(codes) if codes.isdecimal() else codes or None,
        "reason": _reason(source, lang),
        "missing_roots": sheet.missing_roots if sheet else None,
        "missing_threads": _threads(ref, row, lang) or None,
        "calls": sheet.calls if sheet and is_read else None,
        "retries": sheet.retries if sheet and is_read else None,
        "bytes": sheet.bytes if sheet and is_read else None,
        "updated_at": row.updated_at.astimezone(job.zone).strftime("%Y-%m-%d %H:%M:%S"),
    }


def _reason(source: Balanced, lang: Headers) -> str | None:
    """Say why something is missing, as the API does."""
    sheet = source.row.sheet
    return None if sheet is None else because(sheet.reason, sheet.error_code, lang) or None


def _threads(ref: SourceRef, row: SourceBalanceRow, lang: Headers) -> str:
    """Name the threads that lack replies, a link and a number each."""
    lacking = dict(row.sheet.missing_threads) if row.sheet else {}
    roots = [int(key.rpartition(":")[2]) for key in row.missing if not key.endswith(":roots")]
    lines = [
        f"{comment_url(ref, root, None)} ({count(lacking[root], 'replies', lang)})"
        if root in lacking
        else comment_url(ref, root, None)
        for root in roots[:NAMED]
    ]
    if len(roots) > NAMED:
        lines.append(say("balance.more", lang, n=number(len(roots) - NAMED, lang)))
    return "\n".join(lines)


def _sum(values: Sequence[Cell]) -> int | None:
    known = [each for each in values if isinstance(each, int)]
    return sum(known) if known else None


def _fit(cell: Cell) -> Cell:
    """Return a text as a cell may hold it, as in the sheet of comments."""
    return cut_units(_CONTROL.sub("\ufffd", cell)) if isinstance(cell, str) else cell
