"""The text engine of this program: which rules and models it has, and how a database is read with them."""

from __future__ import annotations

import threading

from core.compute import Compute
from core.storage import reads_texts
from core.storage.own_models import own_files
from core.storage.store import Store
from core.text.calibrating import RULES, engine_name, own_calibration, standing
from core.text.enriching import Reading

__all__ = ["RULES", "count_unread", "engine_name", "own_calibration", "reading"]


def reading(store: Store, compute: Compute, cancel: threading.Event) -> Reading:
    """Return what reads the texts of a database, calibrated as its labels have it."""
    now = standing(store)
    own = tuple(own_files(store))
    return Reading(store, compute, now.model, now.calibration, now.engine, cancel, own)


def count_unread(store: Store) -> int:
    """Return how many comments wait to be read."""
    return reads_texts.count_unread(store, standing(store).engine)
