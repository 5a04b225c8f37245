"""Faults of the parts themselves in Russian, by the English sentence."""

from __future__ import annotations

RU: dict[str, str] = {
    "The synthetic VK has stopped.": "Демо-ВК остановился.",
    "It is started again at its next use.": "Он запустится сам при следующем обращении.",
}
