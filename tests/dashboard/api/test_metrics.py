"""The figures for Prometheus, as its own parser reads them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from core.cache import Space
from core.config import Secret
from core.errors import VkHumanNeeded
from core.storage import writes
from core.vk.tokens import Entry
from dashboard import condition, services
from dashboard.api import metrics
from dashboard.api.tasks import watch
from dashboard.services import Services
from tests import builders
from tests.dashboard.api.conftest import WITH_TOKEN, Open, client_of, settings_in

BOUND_S = 3.0
Labels = frozenset[tuple[str, str]]


def figures(client: TestClient) -> dict[str, dict[Labels, float]]:
    """Return every sample of a scrape by name and labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return samples(answer.text)


def samples(text: str) -> dict[str, dict[Labels, float]]:
    """Return every sample of a text by name and labels."""
    found: dict[str, dict[Labels, float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[frozenset(sample.labels.items())] = sample.value
    return found


def label(**labels: str) -> Labels:
    """Return labels as a key."""
    return frozenset(labels.items())


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Services]:
    """Give services with one token, so that nothing collects by itself."""
    made = services.build(settings_in(tmp_path, **WITH_TOKEN))
    yield made
    made.close()


def test_every_subject_has_figures(client: TestClient) -> None:
    """Tasks, queue, database, cache, compute, disk, build and process are all there in one scrape."""
    found = figures(client)
    assert found["vkcd_task_workers"] == {label(): 10.0}
    assert found["vkcd_tasks"][label(state="running")] == 0
    assert set(found["vkcd_database_readers_busy"]) == {label(dataset="own"), label(dataset="demo")}
    assert found["vkcd_database_size_bytes"][label(dataset="demo")] > 0
    assert {"vkcd_cache_entries", "vkcd_cache_failures_total", "vkcd_cache_degraded"} <= found.keys()
    assert {"vkcd_compute_workers", "vkcd_task_queue_oldest_wait_seconds", "vkcd_build_info"} <= found.keys()
    assert next(iter(found["vkcd_disk_free_bytes"].values())) > 0
    assert found["vkcd_unread_parts"] == {label(): 0.0}


def test_every_family_says_what_it_is(client: TestClient) -> None:
    """Each figure has a text and a type, and appears once."""
    families = list(text_string_to_metric_families(client.get("/metrics").text))
    names = [family.name for family in families]
    assert len(names) == len(set(names))
    assert [family.name for family in families if not family.documentation or family.type == "unknown"] == []


def test_a_write_raises_the_version(own: Services) -> None:
    """The figures are of this moment, not of the start."""
    client = client_of(own)
    before = figures(client)["vkcd_dataset_version"][label(dataset="own")]
    writes.write_sources(own.workspace("own").store, "run", [builders.source()], builders.at())
    assert figures(client)["vkcd_dataset_version"][label(dataset="own")] == before + 1


def test_the_cache_counts_by_space(own: Services) -> None:
    """Each kind of answer has its own hits and misses."""
    space: Space[int] = Space("tests", version=1, ttl_s=60.0)
    for _ in range(3):
        own.cache.computed(space, "key", lambda: 1)
    found = figures(client_of(own))
    assert found["vkcd_cache_misses_total"][label(space="tests")] == 1
    assert found["vkcd_cache_hits_total"][label(space="tests")] == 2


def test_who_listens_is_counted_until_they_leave(own: Services) -> None:
    """A stream of events counts from its first piece to its end."""
    task = own.tasks.submit("collect", {"targets": ["https://vk.com/wall-1_2"]}).task

    async def listen() -> tuple[float, float]:
        stream = watch(own, task.id)
        await anext(stream)
        during = own.metrics.registry.get_sample_value("vkcd_event_listeners") or 0.0
        await stream.aclose()
        return during, own.metrics.registry.get_sample_value("vkcd_event_listeners") or 0.0

    assert asyncio.run(listen()) == (1.0, 0.0)


def test_tokens_are_counted_by_their_ids(own: Services) -> None:
    """The quota is there by token and method; the token itself is nowhere."""
    api = own.token_vk.api()
    (packer,) = api.packers
    api.usage.add(packer.token, "wall.get", 7)
    packer.standing.note("wall.get", VkHumanNeeded("VK asks.", vk_code=17), Entry(0))
    found = figures(client_of(own))
    assert found["vkcd_token_calls_today"][label(token=packer.token, method="wall.get")] == 7
    assert found["vkcd_token_calls_limit"][label(token=packer.token, method="wall.get")] == 5000
    assert found["vkcd_token_held"] == {label(token=packer.token): 1.0}
    assert "t" * 20 not in client_of(own).get("/metrics").text


def test_the_difference_of_clocks_is_a_figure_once_it_is_known(own: Services) -> None:
    """Before VK has told a time there is nothing to show."""
    client = client_of(own)
    assert "vkcd_vk_clock_ahead_seconds" not in figures(client)
    traffic = own.token_vk.api().traffic
    traffic.dated("Sun, 01 Mar 2020 12:00:00 GMT", traffic.now())
    assert figures(client)["vkcd_vk_clock_ahead_seconds"][label()] > 10**6


def test_parts_that_failed_are_left_out_and_counted(own: Services) -> None:
    """A scrape never fails because some parts could not be read."""
    unread = ("tasks", "cache", "compute")
    broken = replace(condition.gather(own), queue=None, cache=None, compute=None, unread=unread)
    found = samples(metrics.gauges(broken).decode())
    assert found["vkcd_unread_parts"] == {label(): 3.0}
    assert not {"vkcd_cache_entries", "vkcd_compute_busy", "vkcd_tasks"} & found.keys()
    assert "vkcd_database_readers" in found


def test_a_part_that_hangs_leaves_the_counters(own: Services) -> None:
    """What cannot be read in time is said by a figure; the counters need no part."""
    gate = threading.Event()
    own.probes.begin("condition", gate.wait, 0.0)
    found = figures(client_of(own))
    gate.set()
    assert found["vkcd_unread_parts"] == {label(): 1.0}
    assert "vkcd_keys_refused_total" in found


def test_a_closed_database_is_no_reason_to_fail(tmp_path: Path) -> None:
    """What is known without asking the database is still told."""
    made = services.build(settings_in(tmp_path, demo_comments=100))
    client = client_of(made)
    made.close()
    assert figures(client)["vkcd_database_size_bytes"]


def test_the_figures_want_the_key(opened: Open) -> None:
    """Where a key is set the figures are behind it, like everything but the live route."""
    client = opened(api_key=Secret("k" * 12))
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": f"Bearer {'k' * 12}"}).status_code == 200


def test_a_scrape_is_quick(client: TestClient) -> None:
    """It may come every few seconds and must not be felt."""
    client.get("/metrics")
    began = time.perf_counter()
    for _ in range(10):
        client.get("/metrics")
    assert time.perf_counter() - began < BOUND_S


def test_figures_of_a_database_in_memory_have_no_size(tmp_path: Path) -> None:
    """There is no file to measure."""
    made = services.build(settings_in(tmp_path, database_url="duckdb:///:memory:", **WITH_TOKEN))
    assert figures(client_of(made))["vkcd_database_size_bytes"] == {label(dataset="own"): 0.0}
    made.close()
