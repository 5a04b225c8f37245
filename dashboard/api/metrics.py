"""Figures for Prometheus: what was counted since the start, and how things stand at this moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from fastapi import APIRouter, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from core.cache import CacheStats
from core.compute import ComputeStats
from core.storage.store import StoreStats
from core.tasks.records import PoolStats, TaskState
from core.vk.tokens import TokenState
from dashboard import condition
from dashboard.api.params import Given
from dashboard.api.problems import documented
from dashboard.condition import Condition, Database

LIMIT_S: Final = 1.0
EXAMPLE: Final = (
    '# HELP vkcd_tasks Tasks remembered.\n# TYPE vkcd_tasks gauge\nvkcd_tasks{state="queued"} 0.0\n'
)

routes = APIRouter(tags=["health"])


@routes.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {"content": {"text/plain": {"example": EXAMPLE}}, "description": "Prometheus text"},
        **documented(),
    },
)
def metrics(services: Given) -> Response:
    """Return every figure as Prometheus reads it: counters since the start, gauges of this moment."""
    asked = services.probes.begin("condition", partial(condition.gather, services), 0.0)
    text = generate_latest(services.metrics.registry) + gauges(services.probes.end(asked, LIMIT_S).answer)
    return Response(text, media_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"})


def gauges(found: Condition | None) -> bytes:
    """Return a condition as Prometheus reads it, None for one that could not be read in time."""
    registry = CollectorRegistry()
    registry.register(_Gauges(found))
    return generate_latest(registry)


class _Gauges(Collector):
    """How things stand at one moment; what could not be read is left out and said."""

    def __init__(self, found: Condition | None) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """Yield the figures."""
        found = self._found
        unread = ("condition",) if found is None else found.unread
        yield _gauge("unread_parts", "Parts whose figures could not be read.", len(unread))
        if found is not None:
            yield from _process(found)
            yield from _tasks(found.queue)
            yield from _databases(found)
            yield from _cache(found.cache)
            yield from _compute(found.compute)
            yield from _vk(found)


def _process(found: Condition) -> Iterator[Metric]:
    versions = {each: getattr(found.versions, each) for each in ("app", "python", "duckdb", "streamlit")}
    yield InfoMetricFamily("vkcd_build", "Versions of what runs.", versions)
    yield _gauge(
        "start_time_seconds", "When the services were built, Unix time.", found.started_at.timestamp()
    )
    yield _gauge("incidents", "Different failures kept for the System page.", len(found.incidents))
    free, total = (
        _family(name, text, "folder")
        for name, text in (
            ("disk_free_bytes", "Room on the disk of a folder that is written to."),
            ("disk_size_bytes", "Size of the disk of a folder that is written to."),
        )
    )
    for disk in found.disks:
        free.add_metric([str(disk.folder)], disk.free)
        total.add_metric([str(disk.folder)], disk.total)
    yield from (free, total)


def _tasks(stats: PoolStats | None) -> Iterator[Metric]:
    if stats is None:
        return
    counts = {str(state): stats.states.get(state, 0) for state in TaskState}
    yield _by("tasks", "Tasks remembered, by state.", "state", counts)
    yield _by("tasks_running", "Tasks running, by kind.", "kind", stats.kinds)
    yield _gauge("task_queue_length", "Tasks that wait for a worker.", stats.waiting)
    yield _gauge(
        "task_queue_oldest_wait_seconds", "Longest wait of a task in the queue.", stats.oldest_wait_s
    )
    yield _gauge("task_workers", "Workers there are.", stats.workers)
    yield _gauge("task_workers_busy", "Workers that run a task.", stats.running)
    yield _gauge("tasks_abandoned", "Attempts that did not stop when told to.", stats.abandoned)


_POOL: Final[Mapping[str, str]] = {
    "readers": "Readers the database lends at most.",
    "readers_busy": "Readers lent.",
    "readers_waiting": "Who waits for a reader.",
    "exports": "Readers for exports at most.",
    "exports_busy": "Readers lent to exports.",
    "writers_waiting": "Who waits for the writer's turn.",
    "stuck": "Queries that did not stop when told to.",
    "unfolded": "Rows of the log that are not folded into the state yet.",
}


def _databases(found: Condition) -> Iterator[Metric]:
    read = [(each, each.stats) for each in found.databases if each.stats is not None]
    yield _of(read, "dataset_version", "Version of the dataset: committed transactions.", "version")
    for name, text in _POOL.items():
        yield _of(read, f"database_{name}", text, name)
    queries = CounterMetricFamily(
        "vkcd_database_queries", "Queries since the database was opened.", labels=["dataset"]
    )
    for database, stats in read:
        queries.add_metric([database.dataset], stats.queries)
    yield queries
    sizes: dict[str, float] = {each.dataset: each.size for each in found.databases}
    yield _by("database_size_bytes", "Size of the database's file.", "dataset", sizes)
    logs: dict[str, float] = {each.dataset: each.wal_size for each in found.databases}
    yield _by("database_log_size_bytes", "Size of the write-ahead log beside it.", "dataset", logs)


_SPACE: Final[Mapping[str, str]] = {
    "hits": "Answers found, by space.",
    "misses": "Answers not found, by space.",
    "waits": "Callers who joined a computation under way, by space.",
    "corrupt": "Entries that could not be read, by space.",
}


def _cache(stats: CacheStats | None) -> Iterator[Metric]:
    if stats is None:
        return
    yield _gauge("cache_entries", "Answers kept.", stats.entries)
    degraded = _family("cache_degraded", "1 while the cache engine is away, by engine.", "engine")
    degraded.add_metric([stats.engine], float(stats.state != "ok"))
    yield degraded
    yield _gauge("cache_memory_bytes", "About how much memory the answers kept here take.", stats.memory)
    for name, text, value in (
        ("cache_dropped", "Answers that expired or were pushed out.", stats.dropped),
        ("cache_failures", "Failures of the cache engine.", stats.failures),
        ("cache_outages", "Times the cache engine went away.", stats.outages),
    ):
        yield CounterMetricFamily(f"vkcd_{name}", text, value)
    for name, text in _SPACE.items():
        family = CounterMetricFamily(f"vkcd_cache_{name}", text, labels=["space"])
        for space, counts in stats.by_space.items():
            family.add_metric([space], getattr(counts, name))
        yield family


def _compute(stats: ComputeStats | None) -> Iterator[Metric]:
    if stats is not None:
        yield _gauge("compute_workers", "Processes for heavy computation.", stats.workers)
        yield _gauge("compute_busy", "Processes that compute.", stats.busy)
        yield _gauge("compute_waiting", "Computations that wait for a process.", stats.waiting)


def _vk(found: Condition) -> Iterator[Metric]:
    calls = GaugeMetricFamily(
        "vkcd_token_calls_today",
        "Calls of a token since midnight UTC, by method.",
        labels=["token", "method"],
    )
    limits = GaugeMetricFamily(
        "vkcd_token_calls_limit",
        "Calls VK allows a token in a day, where that is published.",
        labels=["token", "method"],
    )
    for token in found.tokens:
        for method, number in token.calls_today.items():
            calls.add_metric([token.id, method], number)
        for method, number in token.limits.items():
            limits.add_metric([token.id, method], number)
    yield from (calls, limits, _held(found.tokens))
    if found.vk_ahead is not None:
        text = "How far our clock is ahead of VK's."
        yield _gauge("vk_clock_ahead_seconds", text, found.vk_ahead.total_seconds())


def _held(tokens: tuple[TokenState, ...]) -> Metric:
    held = {token.id: float(token.pause is not None) for token in tokens}
    return _by("token_held", "1 while a token, or a method of it, is on hold.", "token", held)


def _of(read: list[tuple[Database, StoreStats]], name: str, text: str, figure: str) -> Metric:
    return _by(name, text, "dataset", {database.dataset: getattr(stats, figure) for database, stats in read})


def _by(name: str, text: str, label: str, values: Mapping[str, float]) -> Metric:
    family = _family(name, text, label)
    for value, number in values.items():
        family.add_metric([value], number)
    return family


def _family(name: str, text: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"vkcd_{name}", text, labels=[label])


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"vkcd_{name}", text, value)
