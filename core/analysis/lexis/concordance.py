"""Word in context: every place where a word stands, with what is written before and after it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from core.analysis.described import (
    Analysis,
    Asked,
    Choice,
    Found,
    Note,
    ResultField,
    WholeNumber,
    Words,
    refused,
)
from core.analysis.lexis.spans import spans
from core.errors import QueryError
from core.storage import reads, reads_words_context
from core.storage.reads_words_context import Order, Sought

WORD: Final = Words(
    "word", "", "A word in any form, or a phrase in quotes; OR, -word and the rest as in the search by word."
)
MOST_SKIPPED: Final = 1_000_000


def sought(asked: Asked) -> Sought | None:
    """Return what the parameter `word` looks for, None where it is empty; raises QueryError."""
    word = asked.params["word"]
    if not word:
        return None
    try:
        found = reads_words_context.sought(asked.store, word, asked.cancel)
    except QueryError as error:
        error.params["key"] = "word"
        raise
    if not found.phrases:
        raise refused("word", word, "At least one word must be wanted, not excluded.")
    return found


def _work(asked: Asked) -> Found:
    looked_for = sought(asked)
    if looked_for is None:
        return _nothing({}, Note("word_missing"))
    params = asked.params
    order = Order(params["by"], params["seed"], params["top"], params["skip"])
    lines = reads_words_context.lines(asked.store, asked.query, looked_for, order, asked.cancel)
    if lines.empty:
        first = Order(order.by, order.seed, 1, 0)
        known_of = reads_words_context.lines(asked.store, asked.query, looked_for, first, asked.cancel)
        return _nothing(_totals(known_of))
    ids = sorted({int(number) for numbers in lines["words"] for number in numbers})
    known = reads_words_context.words(asked.store, ids, asked.cancel)
    comments = {
        row["comment_key"]: row
        for row in reads.comments_by_keys(asked.store, lines["comment_key"].tolist()).to_pylist()
    }
    wanted = zip(lines["comment_key"], lines["words"], lines["place"], lines["length"], strict=True)
    rows = [
        _line(
            comments[key],
            [known[int(number)] for number in numbers],
            int(place) - 1,
            int(length),
            params["width"],
        )
        for key, numbers, place, length in wanted
        if key in comments
    ]
    columns = {each.name: np.array([row[each.name] for row in rows], dtype=object) for each in FIELDS}
    return Found(columns, _totals(lines))


def _totals(lines: pd.DataFrame) -> dict[str, int]:
    """Return how many hits, comments and authors there are in all, whichever lines are shown."""
    return {name: int(lines[name].max()) if len(lines) else 0 for name in ("hits", "comments", "authors")}


def _nothing(totals: dict[str, int], *notes: Note) -> Found:
    columns: dict[str, np.ndarray[Any, Any]] = {each.name: np.array([]) for each in FIELDS}
    return Found(columns, totals, notes)


def _line(
    comment: dict[str, Any], words: list[str], place: int, length: int, width: int
) -> dict[str, object]:
    """Return a row; a word that cannot be found again in the text leaves the whole text to its left."""
    text = comment["text"]
    found = spans(text, words)[place : place + length]
    known = [each for each in found if each is not None]
    start, end = (known[0][0], known[-1][1]) if known else (len(text), len(text))
    root = comment["comment_id"] if comment["root_id"] is None else comment["root_id"]
    return {
        "comment_key": comment["comment_key"],
        "source": comment["source"],
        "root": f"{comment['source']}:{root}",
        "url": comment["url"],
        "published_at": comment["published_at"],
        "left": text[max(0, start - width) : start],
        "hit": text[start:end],
        "right": text[end : end + width],
        "start": start if known else None,
        "end": end if known else None,
    }


FIELDS: Final = (
    ResultField("comment_key", "text", "", "Key of the comment."),
    ResultField("source", "text", "", "Key of its source."),
    ResultField("root", "text", "", "The thread it stands in, as the filter `root` takes it."),
    ResultField("url", "text", "", "Its address at VK; empty for an imported one."),
    ResultField("published_at", "time", "", "When it was published."),
    ResultField("left", "text", "", "The original text before the word."),
    ResultField("hit", "text", "", "The word or phrase as it was written."),
    ResultField("right", "text", "", "The original text after the word."),
    ResultField("start", "integer", "characters", "Where the word begins in the comment's text, from 0."),
    ResultField("end", "integer", "characters", "Where it ends: the first character after it."),
)

ANALYSIS: Final = Analysis(
    name="concordance",
    version=1,
    parameters=(
        WORD,
        Choice(
            "by",
            "right",
            ("right", "left", "date", "random"),
            "Order: by the three words after or before it, the newest first, or at random.",
        ),
        WholeNumber("width", 60, 10, 500, "Characters of text shown on each side."),
        WholeNumber("top", 50, 1, 500, "How many lines to show."),
        WholeNumber("skip", 0, 0, MOST_SKIPPED, "How many lines to pass over before."),
        WholeNumber("seed", 1, 0, 2**31 - 1, "Of the random order: the same seed gives the same lines."),
    ),
    fields=FIELDS,
    method="Key word in context (H. P. Luhn 1960): every place where the word stands in any of its forms, "
    "each comment as often as it has it. Words are looked for as the text engine read them; what is shown is "
    "the original text.",
    group="lexis",
    work=_work,
    reads_texts=True,
)
