"""Names in texts, without the plain words that a recogniser trained on news takes for names."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

from core.morphology.lemmas import analyser

NAMING: Final = frozenset({"NOUN", "PROPN"})
PREPOSITIONS: Final = frozenset(
    {"в", "во", "из", "к", "ко", "на", "о", "об", "от", "по", "под", "про", "с", "со", "у"}
)


def recognised(texts: pa.Array[Any]) -> list[tuple[int, str, str]]:
    """Return (row, kind, name in its base form) of the names in texts."""
    # Its weights are for the process that looks for names.
    from core.text.entities import entities  # noqa: PLC0415

    found = entities(texts).to_pylist()
    return [(each["row"], each["kind"], bare(each["normal"])) for each in found if is_name(each["text"])]


def bare(name: str) -> str:
    """Return a name without the preposition that a recogniser trained on news takes along."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in PREPOSITIONS else name


def is_name(words: str) -> bool:
    """Tell whether words may be a name: one word that is no noun in the dictionary is none."""
    if len(words.split()) != 1:
        return True
    readings = analyser().analyze(words)
    return not readings or any(each.pos in NAMING or each.source != "dictionary" for each in readings)
