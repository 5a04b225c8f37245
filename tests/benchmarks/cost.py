"""Where the processor time of one comment goes: each step of collecting run alone over the same answers."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import httpx
import orjson

from core.collect.facts import PageFacts
from core.models import Page, SourceKind, SourceRef
from core.sandbox.stories import TOKENS
from core.storage import batches, writes
from core.storage.store import Store
from core.vk import api, parse
from core.vk.execute import code_of
from core.vk.sizes import MOST_CALLS
from tests.benchmarks.collect_worlds import World, wall_posts

PAGES_PER_WRITE: Final = 60
Answers = list[tuple[list[SourceRef], bytes]]


def costs(world: World) -> dict[str, float]:
    """Return the microseconds of processor time per comment of each step, measured one after the other."""
    spent: dict[str, float] = {}
    refs = _sources(world)
    answers = _timed(spent, "http", lambda: _answers(world, refs))
    count = 0
    pages: list[Page] = []
    for refs, body in answers:
        responses = _timed(spent, "json", lambda body=body: orjson.loads(body)["response"])
        pairs = [(ref, part) for ref, part in zip(refs, responses, strict=True) if part]
        read = _timed(
            spent, "parse", lambda pairs=pairs: [parse.page(ref, "roots:0", part) for ref, part in pairs]
        )
        pages += _timed(spent, "checkpoint facts", lambda read=read: [_with_facts(each) for each in read])
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        store = Store.open(f"duckdb:///{folder}/c.duckdb", clock=lambda: datetime.now(UTC))
        for begin in range(0, len(pages), PAGES_PER_WRITE):
            some = pages[begin : begin + PAGES_PER_WRITE]
            rows = [comment for page in some for comment in page.comments]
            count += len(rows)
            _timed(spent, "columns (within write)", lambda rows=rows: batches.comment_table(rows))
            _timed(spent, "write", lambda some=some: _write(store, some))
        _timed(spent, "fold, last", lambda: writes.fold(store))
        store.close()
    return {step: seconds * 1e6 / count for step, seconds in spent.items()}


def _write(store: Store, pages: list[Page]) -> None:
    writes.write_pages(store, "run", pages, datetime.now(UTC))


def _with_facts(page: Page) -> Page:
    return replace(page, extra=PageFacts.of(page).as_extra())


def _sources(world: World) -> list[SourceRef]:
    return [
        SourceRef(SourceKind.WALL, world.owner_id, row["id"])
        for row in wall_posts(world)
        if row["comments"]["count"]
    ]


def _answers(world: World, refs: list[SourceRef]) -> Answers:
    found: Answers = []
    headers = {"Authorization": f"Bearer {TOKENS.USER}"}
    with httpx.Client(base_url=world.server.url, headers=headers, timeout=60) as client:
        for begin in range(0, len(refs), MOST_CALLS):
            some = refs[begin : begin + MOST_CALLS]
            code = code_of([api.comments(ref, 0) for ref in some])
            found.append((some, client.post("execute", data={"v": "5.199", "code": code}).content))
    return found


def _timed(spent: dict[str, float], step: str, work: Callable[[], Any]) -> Any:
    began = time.process_time()
    value = work()
    spent[step] = spent.get(step, 0.0) + time.process_time() - began
    return value
