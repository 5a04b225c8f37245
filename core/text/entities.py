"""People, places and organisations in texts, for a sample: some two hundred texts a second of one core.

slovnet's recogniser with the weights that the natasha package carries; they are read as files, because
importing natasha starts a second analyser. It was trained on news: it needs capitals (a text in small letters
gives nothing) and misses slang. Links and mentions of VK users are exact already and are taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any, Final

import pyarrow as pa
from navec import Navec
from rumorph import Analysis, FormNotFoundError
from slovnet import NER

from core.errors import ConfigurationError
from core.morphology.lemmas import analyser
from core.text.patterns import LINK, MENTION

_FIELDS: Final[list[pa.Field[Any]]] = [
    pa.field("row", pa.int64()),
    pa.field("kind", pa.string()),
    pa.field("text", pa.string()),
    pa.field("normal", pa.string()),
]
SCHEMA: Final = pa.schema(_FIELDS)
"""One row per entity: the row of its text, 'per', 'loc' or 'org', the words as written, the nominative."""

_WEIGHTS: Final = "natasha/data/model/slovnet_ner_news_v1.tar"
_VECTORS: Final = "natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar"
_BATCH: Final = 16
_LONGEST: Final = 2000
_CAPITAL: Final = re.compile("[А-ЯЁA-Z]")
_ASIDE: Final = re.compile(f"{MENTION}|{LINK}", re.IGNORECASE)
_NAME_TYPES: Final = {"per": ("Giv", "Sur", "Pat"), "loc": ("Geo",), "org": ("Com",)}


def entities(texts: pa.Array[Any]) -> pa.Table:
    """Return the entities of texts as `SCHEMA`, in the order of the texts.

    Texts come as they were written, with their capitals. Raises ConfigurationError when the recogniser's
    weights are not installed.
    """
    rows = list(_worth_reading(texts))
    recognised = _recogniser().map([text for _, text in rows]) if rows else ()
    found = [
        (row, span.type.lower(), written, nominative(written, span.type.lower()))
        for (row, text), marked in zip(rows, recognised, strict=True)
        for span in marked.spans
        if (written := " ".join(text[span.start : span.stop].split()))
    ]
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, each, strict=True)) for each in found], schema=SCHEMA)


def nominative(words: str, kind: str) -> str:
    """Return a name in its base form: "Владимира Путина" is "Владимир Путин".

    In a person's name every word is turned; elsewhere the first noun and what agrees with it before it, so
    that "Министерства обороны" is "Министерство обороны". A word that the analyser cannot turn stays.
    """
    parts = words.split()
    readings = [analyser().analyze(part) for part in parts]
    head = 0 if kind == "per" else _head(readings)
    gender = _gender(readings[head], kind)
    turned = [
        _turned(part, _suiting(each, kind, gender)) if kind == "per" or place <= head else part
        for place, (part, each) in enumerate(zip(parts, readings, strict=True))
    ]
    return " ".join(turned)


def _worth_reading(texts: pa.Array[Any]) -> Iterator[tuple[int, str]]:
    """Yield row and text where there may be a name: what is empty breaks the recogniser."""
    for row, text in enumerate(texts.to_pylist()):
        cleaned = _ASIDE.sub(" ", text or "")[:_LONGEST].strip()
        if _CAPITAL.search(cleaned):
            yield row, cleaned


def _head(readings: list[list[Analysis]]) -> int:
    """Return the place of the first noun."""
    nouns = (place for place, each in enumerate(readings) if each and each[0].pos in {"NOUN", "PROPN"})
    return next(nouns, len(readings) - 1)


def _gender(readings: list[Analysis], kind: str) -> str:
    reading = _suiting(readings, kind, "")
    return reading.feats.get("Gender", "") if reading else ""


def _suiting(readings: list[Analysis], kind: str, gender: str) -> Analysis | None:
    """Return the reading that suits a name of this kind and the gender of its other words."""
    agreeing = [
        each
        for each in readings
        if each.pos in {"NOUN", "PROPN", "ADJ"} and gender in {"", each.feats.get("Gender", "")}
    ]
    named = [each for each in agreeing if each.feats.get("NameType") in _NAME_TYPES.get(kind, ())]
    return next(iter(named or agreeing), None)


def _turned(written: str, reading: Analysis | None) -> str:
    """Return the nominative that keeps number and gender, with the capitals of the word as it was written."""
    if reading is None:
        return written
    try:
        base = reading.inflect(Case="Nom")
    except FormNotFoundError:
        base = reading.word
    if base == written.lower() and not written.isupper():
        return written
    if len(written) > 1 and written.isupper():
        return (
            base.upper() if reading.feats.get("Abbr") or reading.source != "dictionary" else base.capitalize()
        )
    capitals = [part[:1].isupper() for part in written.split("-")]
    parts = base.split("-")
    return "-".join(
        part.capitalize() if place >= len(capitals) or capitals[place] else part
        for place, part in enumerate(parts)
    )


@cache
def _recogniser() -> NER:
    """Return the recogniser of this process."""
    recogniser = NER.load(_file(_WEIGHTS), batch_size=_BATCH)
    recogniser.navec(Navec.load(_file(_VECTORS)))
    return recogniser


def _file(name: str) -> str:
    """Return the path of a file of the natasha package, which is not imported."""
    try:
        return str(distribution("natasha").locate_file(name))
    except PackageNotFoundError as error:
        raise ConfigurationError(
            "People, places and organisations cannot be found: the package natasha is not installed.",
            hint="Install the packages of requirements.txt.",
        ) from error
