"""Faults of the log of a task in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {}
