"""The figures of one process, for Prometheus: counters and histograms that the parts fill as they work.

Gauges, such as the length of the queue, are read when somebody asks (`dashboard.condition`); here stands what
has to be counted at the moment it happens. Each `Metrics` has a registry of its own.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
LONG = (0.01, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14_400.0)


class Metrics:
    """What is counted; label values come from closed sets, never from what a user typed."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.query_seconds = Histogram(
            "vkcd_query_seconds",
            "Seconds a holder had the database, by kind: read, export, write, note.",
            ["kind"],
            buckets=QUICK,
            registry=self.registry,
        )
        self.query_wait_seconds = Histogram(
            "vkcd_query_wait_seconds",
            "Seconds waited for a cursor or for the writer's turn, by kind.",
            ["kind"],
            buckets=QUICK,
            registry=self.registry,
        )
        self.query_failures = Counter(
            "vkcd_query_failures",
            "Queries that failed, by reason: timed_out, cancelled, busy, refused.",
            ["reason"],
            registry=self.registry,
        )
        self.slow_queries = Counter(
            "vkcd_slow_queries", "Queries that went into the slow-query log.", registry=self.registry
        )
        self.queue_wait_seconds = Histogram(
            "vkcd_task_queue_wait_seconds",
            "Seconds a task waited for a worker, by kind and priority.",
            ["kind", "priority"],
            buckets=LONG,
            registry=self.registry,
        )
        self.task_seconds = Histogram(
            "vkcd_task_seconds",
            "Seconds an attempt of a task took, by kind and the state it ended in.",
            ["kind", "state"],
            buckets=LONG,
            registry=self.registry,
        )
        self.vk_calls = Counter(
            "vkcd_vk_calls",
            "Calls to VK, by method and outcome: ok, error_<VK code>, transport; those inside an execute are "
            "packed.",
            ["method", "outcome", "packed"],
            registry=self.registry,
        )
        self.vk_retries = Counter(
            "vkcd_vk_retries",
            "Calls repeated, by what became of them before: an outcome of vkcd_vk_calls.",
            ["reason"],
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "vkcd_http_request_seconds",
            "Seconds until an API answer began, by method, route and status.",
            ["method", "route", "status"],
            buckets=QUICK,
            registry=self.registry,
        )
        self.event_listeners = Gauge(
            "vkcd_event_listeners", "Streams of a task's events that somebody reads.", registry=self.registry
        )
        self.keys_refused = Counter(
            "vkcd_keys_refused", "Requests with a wrong API_KEY.", registry=self.registry
        )
