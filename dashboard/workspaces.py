"""What the composition is made of: a dataset with its VK, the engines that everything shares, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from core.cache import Cache
from core.compute import Compute
from core.incidents import Incidents
from core.metrics import Metrics
from core.query import Dataset
from core.storage.store import Store
from core.trail import Trail
from core.vk.api import VkApi


def now() -> datetime:
    """Return the time, aware UTC: the clock that everything is given."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One dataset: where its comments are, and the VK that new ones come from.

    `vk` may wait for the synthetic VK to come up; raises SandboxError when it does not.
    """

    dataset: Dataset
    store: Store
    vk: Callable[[], VkApi]


@dataclass(frozen=True, slots=True)
class Engines:
    """What the parts share, whatever dataset they work for."""

    cache: Cache
    metrics: Metrics
    incidents: Incidents
    compute: Compute
    trail: Trail
