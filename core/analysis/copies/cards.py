"""Groups and their evidence as rows that people read: names, keys and texts in place of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from core.analysis.described import Asked, ResultField
from core.storage import reads_copies, reads_copies_moves

METHOD: Final = (
    "Two accounts act together when both comment on the same object within the interval (CooRTweet: "
    "Righetti & Balluff 2025; CooRnet: Giglietto et al. 2020): a text, a near-copy, a link or hashtag, "
    "the same answered comment, or within seconds the same source. An object counts once per source. "
    "Their weight is compared with shuffles that give the same texts, times and sources to other authors: "
    "comments that stand next to each other (about 100; for answers and moments 30, of one source) "
    "exchange them. p: single-step maxT over all pairs of accounts (Westfall & Young 1993) of the Poisson "
    "surprise of a weight, (b + 1) / (shuffles + 1) (Phipson & Smyth 2010). q: the patterns' smallest p "
    "by Benjamini & Hochberg 1995, all others of a pattern grown alike. Groups are accounts connected by "
    "pairs with q <= alpha; p and q are the strongest pair's."
)

CARD_FIELDS: Final = (
    ResultField("group", "integer", "", "Number of the group, the surest first."),
    ResultField("kind", "text", "", "co_text, co_similar, co_link, co_reply or co_timing."),
    ResultField("accounts", "integer", "accounts", "Accounts that are joined."),
    ResultField("account_ids", "text", "", "Their ids, with commas; a name where there is no id."),
    ResultField("account_names", "text", "", "Their names, with commas."),
    ResultField(
        "objects", "integer", "objects", "Different texts, links, answered comments or sources shared."
    ),
    ResultField("things", "integer", "objects", "The same, counted once per source."),
    ResultField("comments", "integer", "comments", "Comments that take part."),
    ResultField("sources", "integer", "sources", "Different sources of them."),
    ResultField("edges", "integer", "pairs of accounts", "Pairs of accounts that are joined directly."),
    ResultField("weight", "number", "objects", "What such a pair shares, on average over them."),
    ResultField("expected", "number", "pairs of comments", "What a shuffle gives such a pair, on average."),
    ResultField("delay_s", "number", "seconds", "Median time between two comments of a pair."),
    ResultField("p", "number", "0 to 1", "Of the strongest pair, for all pairs of the kind at once."),
    ResultField("q", "number", "0 to 1", "The same, for all kinds that were looked for."),
    ResultField("weakest_q", "number", "0 to 1", "The q of the weakest pair that joins the group."),
    ResultField(
        "near", "integer", "accounts", "Others that shared repeatedly with two of them, not established."
    ),
    ResultField("near_ids", "text", "", "Their ids, with commas; a name where there is no id."),
    ResultField("example_keys", "text", "", "Keys of comments on the object shared most, with commas."),
    ResultField("example_text", "text", "", "Text of the first of them."),
    ResultField("others", "integer", "accounts", "Counter-evidence: other accounts with the same objects."),
    ResultField("worn", "integer", "objects", "Counter-evidence: objects of ten other accounts or more."),
    ResultField("own_comments", "integer", "comments", "All comments of these accounts in the query."),
    ResultField("share", "number", "0 to 1", "Part of those that take part; null below 30."),
    ResultField("low", "number", "0 to 1", "Lower end of its 95 % interval (Wilson 1927)."),
    ResultField("high", "number", "0 to 1", "Upper end of its 95 % interval (Wilson 1927)."),
    ResultField("other_texts", "integer", "texts", "Counter-evidence: other long texts they wrote."),
    ResultField("official", "integer", "accounts", "Counter-evidence: communities and authors of posts."),
    ResultField("pairs", "integer", "pairs of comments", "Pairs of comments that are the evidence."),
    ResultField("in_thread", "integer", "pairs of comments", "Counter-evidence: those in one thread."),
    ResultField(
        "around", "number", "comments", "Counter-evidence: comments around within the interval, median."
    ),
    ResultField("counter", "text", "", "What may explain it: common, official, talk, busy, varied."),
)

EVIDENCE_FIELDS: Final = (
    ResultField("group", "integer", "", "Number of the group."),
    ResultField("kind", "text", "", "co_text, co_similar, co_link, co_reply or co_timing."),
    ResultField("object", "text", "", "Number of the text, the link, or the key of comment or source."),
    ResultField("first_key", "text", "", "Key of the earlier comment."),
    ResultField("first_account", "text", "", "Id of its author, or the name where there is no id."),
    ResultField("first_text", "text", "", "Its text."),
    ResultField("first_at", "time", "", "When it was written."),
    ResultField("second_key", "text", "", "Key of the later comment."),
    ResultField("second_account", "text", "", "Id of its author, or the name where there is no id."),
    ResultField("second_text", "text", "", "Its text."),
    ResultField("second_at", "time", "", "When it was written."),
    ResultField("delay_s", "integer", "seconds", "Between the two."),
)


def group_rows(asked: Asked, found: pa.Table, cards: pd.DataFrame) -> pd.DataFrame:
    """Return the fields of the cards; `found` is the reading whose rows the cards name by position."""
    if not len(cards):
        return pd.DataFrame({each.name: [] for each in CARD_FIELDS})
    authors = np.unique(found["author_no"].to_numpy())
    near = [[int(account) for account in each] for each in cards["near"]]
    names = _accounts(asked, authors, {account for each in [*cards["members"], *near] for account in each})
    texts = _texts(asked, found, [rows[0] for rows in cards["rows"]])
    told = cards.assign(
        account_ids=[", ".join(names["label"][authors[each]]) for each in cards["members"]],
        account_names=[
            ", ".join(filter(None, names["author_name"][authors[each]])) for each in cards["members"]
        ],
        near=[len(each) for each in near],
        near_ids=[", ".join(names["label"][authors[each]]) if each else "" for each in near],
        example_keys=[", ".join(_keys(found, rows)) for rows in cards["rows"]],
        example_text=[texts[key] for key in _keys(found, [rows[0] for rows in cards["rows"]])],
    )
    return told[[each.name for each in CARD_FIELDS]]


def evidence_rows(asked: Asked, found: pa.Table, proof: pd.DataFrame) -> pd.DataFrame:
    """Return the fields of the evidence, a row per pair of comments."""
    if not len(proof):
        return pd.DataFrame({each.name: [] for each in EVIDENCE_FIELDS})
    numbers = found["author_no"].to_numpy()
    rows = np.unique(proof[["one", "two"]].to_numpy())
    authors = np.unique(numbers)
    label = _accounts(asked, authors, set(np.searchsorted(authors, numbers[rows]).tolist()))["label"]
    texts = _texts(asked, found, rows.tolist())
    columns: dict[str, Any] = {"group": proof["group"].to_numpy(), "kind": proof["kind"].to_numpy()}
    seconds = found["second"].to_numpy()
    for side, place in (("first", "one"), ("second", "two")):
        at = proof[place].to_numpy()
        keys = _keys(found, at.tolist())
        columns[f"{side}_key"] = keys
        columns[f"{side}_account"] = label[numbers[at]].to_list()
        columns[f"{side}_text"] = [texts[key] for key in keys]
        columns[f"{side}_at"] = pd.to_datetime(seconds[at], unit="s")
    columns["delay_s"] = seconds[proof["two"].to_numpy()] - seconds[proof["one"].to_numpy()]
    columns["object"] = _objects(found, proof)
    return pd.DataFrame(columns)[[each.name for each in EVIDENCE_FIELDS]]


def _objects(found: pa.Table, proof: pd.DataFrame) -> list[str]:
    """Return what each pair of comments shares: number of the text, link, or key of comment or source."""
    rows = found.take(pa.array(proof["two"].to_numpy())).to_pylist()
    first = found.take(pa.array(proof["one"].to_numpy())).to_pylist()
    told = []
    for kind, one, two in zip(proof["kind"], first, rows, strict=True):
        named = {
            "co_link": ", ".join(link for link in two["links"] if link in one["links"]),
            "co_reply": f"{two['source']}:{two['parent_id']}",
            "co_timing": two["source"],
        }
        told.append(named.get(kind, str(one["copy_hash"])))
    return told


def _keys(found: pa.Table, rows: list[int]) -> list[str]:
    chosen = found.select(["source", "comment_id"]).take(pa.array(rows)).to_pydict()
    return [f"{one}:{number}" for one, number in zip(chosen["source"], chosen["comment_id"], strict=True)]


def _texts(asked: Asked, found: pa.Table, rows: list[int]) -> dict[str, str]:
    """Return the texts of comments by key."""
    chosen = found.select(["source", "comment_id"]).take(pa.array(rows)).to_pydict()
    sources, numbers = chosen["source"], chosen["comment_id"]
    shown = reads_copies.shown(asked.store, asked.query, sources, numbers, asked.cancel)
    return dict(zip(shown["first_key"], shown["text"], strict=True))


def _accounts(asked: Asked, authors: np.ndarray[Any, Any], members: Iterable[int]) -> pd.DataFrame:
    """Return [author_name, label] by author_no; the label is the id, or the name where there is no id."""
    wanted = [int(authors[member]) for member in sorted(members)]
    known = reads_copies_moves.accounts(asked.store, asked.query, wanted, asked.cancel)
    ids = known["author_id"].astype("string")
    return known.assign(label=ids.fillna(known["author_name"])).set_index("author_no")
