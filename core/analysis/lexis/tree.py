"""Word tree: how comments go on after a word, or what they say before it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Choice, Found, Note, ResultField, WholeNumber
from core.analysis.lexis.concordance import WORD, sought
from core.analysis.stats.intervals import MIN_N, Numbers, wilson
from core.storage import reads_words_context
from core.storage.reads_words_context import MOST_STEPS, Tree

Path = tuple[int, ...]

ENDS: Final = -1
END: Final = "∎"


def tree(branches: pd.DataFrame, lemmas: dict[int, str], top: int) -> pd.DataFrame:
    """Return the `top` branches of each branch, from the word outward, with their share of its authors.

    Nothing grows after the end of a comment. `branches` is what `reads_words_context.branches` gives, the
    empty path first.
    """
    kept: dict[Path, int] = {}
    children: dict[Path, int] = {}
    rows = []
    for numbers, comments, authors in branches[["path", "comments", "authors"]].itertuples(index=False):
        path = tuple(int(number) for number in numbers)
        parent = path[:-1]
        grows = parent in kept and parent[-1:] != (ENDS,) and children.get(parent, 0) < top
        if path and not grows:
            continue
        kept[path] = int(authors)
        children[parent] = children.get(parent, 0) + bool(path)
        words = [lemmas.get(number, END) for number in path]
        rows.append(
            {
                "path": " ".join(words),
                "depth": len(path),
                "parent": " ".join(words[:-1]),
                "word": words[-1] if words else "",
                "comments": int(comments),
                "authors": int(authors),
                "n": kept[parent],
            }
        )
    return _with_shares(pd.DataFrame(rows, columns=[each.name for each in FIELDS[:7]]))


def _with_shares(found: pd.DataFrame) -> pd.DataFrame:
    authors, counted = (found[name].to_numpy(dtype=np.float64) for name in ("authors", "n"))
    n: Numbers = np.where(counted >= MIN_N, counted, np.nan)
    share: Numbers = np.asarray(authors / n)
    low, high = wilson(share, n)
    return found.assign(share=share, low=low, high=high)


def _work(asked: Asked) -> Found:
    looked_for = sought(asked)
    if looked_for is None:
        return Found(
            tree(pd.DataFrame(columns=["path", "comments", "authors"]), {}, 1), {}, (Note("word_missing"),)
        )
    params = asked.params
    wanted = Tree(params["side"], params["depth"], params["least"])
    branches = reads_words_context.branches(asked.store, asked.query, looked_for, wanted, asked.cancel)
    ids = sorted({int(number) for path in branches["path"] for number in path} - {ENDS})
    lemmas = reads_words_context.lemmas(asked.store, ids, asked.cancel)
    found = tree(branches, lemmas, params["top"])
    few = len(found) > 0 and int(found["n"].iloc[0]) < MIN_N
    notes = (Note("lexis_few", {"n": int(found["n"].iloc[0]), "least": MIN_N}),) if few else ()
    return Found(found, {}, notes)


FIELDS: Final = (
    ResultField(
        "path", "text", "", "Words from the one sought outward, in their base form; ∎ ends the comment."
    ),
    ResultField("depth", "integer", "words", "How many; 0 is the word itself."),
    ResultField("parent", "text", "", "The path without its last word."),
    ResultField("word", "text", "", "The last word."),
    ResultField("comments", "integer", "comments", "Comments in which the path occurs."),
    ResultField("authors", "integer", "authors", "Different authors of them; an unknown author is one each."),
    ResultField("n", "integer", "authors", "Authors of the parent: what the share is of."),
    ResultField("share", "number", "0 to 1", "Share of the parent's authors who go on so."),
    ResultField("low", "number", "0 to 1", "Lower end of the 95 % interval."),
    ResultField("high", "number", "0 to 1", "Upper end of the 95 % interval."),
)

ANALYSIS: Final = Analysis(
    name="word_tree",
    version=1,
    parameters=(
        WORD,
        Choice("side", "right", ("right", "left"), "What comes after the word, or what stands before it."),
        WholeNumber("depth", 3, 1, MOST_STEPS, "How many words away from it."),
        WholeNumber("least", 2, 1, 100_000, "Branches of fewer comments are left out."),
        WholeNumber("top", 8, 1, 50, "How many branches of each to keep, those of most authors."),
    ),
    fields=FIELDS,
    method="Word tree (Wattenberg & Viégas 2008) over base forms, punctuation passed over, inside a comment. "
    "Branches are ordered by authors; shares are of the parent's authors, with Wilson intervals (1927).",
    group="lexis",
    work=_work,
    reads_texts=True,
)
