"""The figures of a process: names, units, and what may be a label."""

from __future__ import annotations

import sys

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from core.metrics import Metrics


def test_each_process_part_has_figures_of_its_own() -> None:
    """Two sets of figures never mix, so that tests and processes count alone."""
    first, second = Metrics(), Metrics()
    first.keys_refused.inc()
    assert first.registry.get_sample_value("vkcd_keys_refused_total") == 1
    assert second.registry.get_sample_value("vkcd_keys_refused_total") == 0


def test_every_figure_says_what_it_is_and_in_which_unit() -> None:
    """Names begin alike, durations end in seconds, each has a text: what Prometheus asks of names."""
    metrics = Metrics()
    metrics.query_seconds.labels("read").observe(0.2)
    families = list(text_string_to_metric_families(generate_latest(metrics.registry).decode()))
    ours = [family for family in families if not family.name.startswith("process_")]
    assert len(ours) >= 10
    assert all(family.name.startswith("vkcd_") and family.documentation for family in ours)
    assert all(family.name.endswith("_seconds") for family in ours if family.type == "histogram")


@pytest.mark.skipif(sys.platform != "linux", reason="the library reads /proc, which only Linux has")
def test_the_process_itself_is_among_them() -> None:
    """Memory and processor time come along, by the names that every Prometheus board knows."""
    registry = Metrics().registry
    assert (registry.get_sample_value("process_resident_memory_bytes") or 0) > 2**20
    assert (registry.get_sample_value("process_cpu_seconds_total") or 0) > 0
