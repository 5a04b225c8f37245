"""Who talks with whom most: pairs of authors, both directions, each with its mood."""

from __future__ import annotations

from typing import Final

from core.analysis.described import Analysis, Asked, Cell, Found, ResultField, WholeNumber
from core.analysis.replies import moods
from core.analysis.replies.answered import EVIDENCE, HOW, notes_of, people
from core.storage import reads_replies_pairs

WHO: Final = {"author": "author_no", "other": "other_no"}
FIGURES: Final = (*EVIDENCE, "self_replies", "unknown", "at_top", "all_pairs", "mutual_pairs")


def _work(asked: Asked) -> Found:
    found = reads_replies_pairs.pairs(asked.store, asked.query, asked.params["top"], asked.cancel)
    figures: dict[str, Cell] = {"replies": int(found["all_replies"][0])}
    figures |= {name: int(found[name][0]) for name in FIGURES}
    told = moods.told(found[found["answering"].notna()], ["answering", "answered"])
    pairs = found.loc[found["author_no"].notna(), ["author_no", "other_no", "sent", "received"]]
    pairs = pairs.drop_duplicates()
    rows = moods.with_moods(pairs, told, ["author_no", "other_no"], "sent_")
    rows = moods.with_moods(rows, told, ["other_no", "author_no"], "received_")
    named = people(asked, [*pairs["author_no"], *pairs["other_no"]])
    for who, number in WHO.items():
        rows[f"{who}_id"] = rows[number].map(named["author_id"]).astype("Int64")
        rows[f"{who}_name"] = rows[number].map(named["shown"])
        rows[f"{who}_is_community"] = rows[number].map(named["is_community"])
    rows["replies"] = rows["sent"] + rows["received"]
    notes = moods.notes(asked, rows, "sent_mood", "received_mood")
    return Found(rows, figures, (*notes_of(figures), *notes))


ANALYSIS: Final = Analysis(
    name="reply_pairs",
    version=1,
    parameters=(WholeNumber("top", 20, 1, 500, "How many pairs to name, most replies first."),),
    fields=(
        ResultField("author_id", "integer", "", "Who of the two answers more; null: has only a name."),
        ResultField("author_name", "text", "", "The name as it was last seen, else the id."),
        ResultField("author_is_community", "boolean", "", "Whether it is a community."),
        ResultField("other_id", "integer", "", "The other of the two; null: has only a name."),
        ResultField("other_name", "text", "", "The name as it was last seen, else the id."),
        ResultField("other_is_community", "boolean", "", "Whether it is a community."),
        ResultField("replies", "integer", "replies", "Replies of the two to each other."),
        ResultField("sent", "integer", "replies", "Those of the first to the second."),
        ResultField("received", "integer", "replies", "Those of the second to the first."),
        *moods.fields("replies of the first", "sent_"),
        *moods.fields("replies of the second", "received_"),
    ),
    method=HOW
    + "Counts, most replies first; equal ones by number. "
    + moods.METHOD.format(clusters="threads"),
    group="replies",
    work=_work,
    reads_texts=True,
)
