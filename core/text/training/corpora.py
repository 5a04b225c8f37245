"""The labelled texts, read from a folder that is not part of the program: who made them, and what they say.

Emotions become moods: joy and the approving emotions positive; anger, fear, sadness, disgust and the like
negative; no emotion neutral; both, or surprise alone, is left out.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.text.polarity import (
    BLAME,
    BLAME_EMOJI,
    BLAME_SIGNS,
    LAUGH,
    PRAISE,
    PRAISE_EMOJI,
    PRAISE_SIGNS,
    SCORN,
)
from core.text.training import invented

NEGATIVE, NEUTRAL, POSITIVE = range(3)
MOOD_CORPORA: Final = ("cedr", "goemotions", "xed", "brighter")
INVENTED: Final = "invented"
LISTED: Final = "listed"

_CEDR: Final = ({0}, {1, 3, 4}, set[int]())
_GOEMOTIONS: Final = (
    {0, 1, 4, 5, 8, 13, 15, 17, 18, 20, 21, 23},
    {2, 3, 9, 10, 11, 12, 14, 16, 19, 24, 25},
    {27},
)
_XED: Final = ({5, 8}, {1, 3, 4, 6}, set[int]())
_BRIGHTER: Final = ("anger", "disgust", "fear", "joy", "sadness", "surprise")
_NUMBER: Final = re.compile(r"\d+")
_MASK: Final = re.compile(r"\[(?:MENTION|URL)\],?|https?://\S+|#\w+")
_OTHER: Final = re.compile(r"[^0-9a-zа-я]")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text. `group` is the kind of text within a corpus; `key` is equal for copies."""

    text: str
    label: int
    corpus: str
    group: str

    @property
    def key(self) -> str:
        """Return letters and digits alone, so that copies in other dress are found."""
        return _OTHER.sub("", self.text)


def moods(folder: Path) -> list[Example]:
    """Return the four emotion corpora as moods; labels are NEGATIVE, NEUTRAL, POSITIVE."""
    found = [*_cedr(folder), *_goemotions(folder), *_xed(folder), *_brighter(folder)]
    return [each for each in found if each.key]


def rude(folder: Path) -> list[Example]:
    """Return comments of VK communities; the label is 1 where an annotator found the comment toxic."""
    rows = _rows(folder / "vk_toxicity_train.csv")
    found = [_example(row["text"], int(row["toxicity"]), row["source"], row["source"]) for row in rows]
    return [each for each in found if each.text]


def own() -> list[Example]:
    """Return what we wrote ourselves: invented comments, and the lists of core.text.polarity."""
    comments = (
        (NEGATIVE, invented.NEGATIVE),
        (NEUTRAL, invented.NEUTRAL),
        (POSITIVE, invented.POSITIVE),
    )
    words = (
        (POSITIVE, (PRAISE, LAUGH, PRAISE_SIGNS, PRAISE_EMOJI)),
        (NEGATIVE, (BLAME, SCORN, BLAME_SIGNS, BLAME_EMOJI)),
    )
    found = [
        _example(line, label, INVENTED, INVENTED)
        for label, lines in comments
        for line in lines.strip().splitlines()
    ]
    for label, lists in words:
        found += [_example(word, label, LISTED, LISTED) for words in lists for word in sorted(words)]
    return found


def _cedr(folder: Path) -> Iterator[Example]:
    for row in _rows(folder / "cedr_train.csv"):
        yield from _mood(row["text"], _numbers(row["labels"]), _CEDR, "cedr", f"cedr-{row['source']}")


def _goemotions(folder: Path) -> Iterator[Example]:
    for row in _rows(folder / "goemotions_ru.csv"):
        yield from _mood(row["text"], _numbers(row["labels"]), _GOEMOTIONS, "goemotions", "goemotions")


def _xed(folder: Path) -> Iterator[Example]:
    for row in _rows(folder / "xed_ru.csv"):
        yield from _mood(row["text"], _numbers(row["labels"]), _XED, "xed", "xed")


def _brighter(folder: Path) -> Iterator[Example]:
    kinds = ({_BRIGHTER.index("joy")}, {0, 1, 2, 4}, set[int]())
    for row in _rows(folder / "brighter_ru_train.csv"):
        labels = {place for place, name in enumerate(_BRIGHTER) if float(row[name] or 0) > 0}
        yield from _mood(row["text"], labels, kinds, "brighter", "brighter")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _numbers(text: str) -> set[int]:
    return {int(number) for number in _NUMBER.findall(text)}


def _mood(
    text: str, labels: Iterable[int], kinds: tuple[set[int], set[int], set[int]], corpus: str, group: str
) -> Iterator[Example]:
    """Yield the example, or nothing where its emotions have no one mood."""
    positive, negative, neutral = kinds
    told = set(labels)
    moods = [
        label
        for label, is_so in (
            (POSITIVE, bool(told & positive)),
            (NEGATIVE, bool(told & negative)),
            (NEUTRAL, told <= neutral),
        )
        if is_so
    ]
    if len(moods) == 1:
        yield _example(text, moods[0], corpus, group)


def _example(text: str, label: int, corpus: str, group: str) -> Example:
    return Example(prepared(text), label, corpus, group)


def prepared(text: str) -> str:
    """Return a text as the text engine gets it: small letters, е for ё, no mentions, links and hashtags."""
    bare = _MASK.sub(" ", text)
    return unicodedata.normalize("NFC", bare).lower().replace("ё", "е").strip()
