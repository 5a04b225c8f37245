"""The links that the reply network draws: who answers whom how often, how it is known, in which mood."""

from __future__ import annotations

from typing import Final

from core.analysis.described import Analysis, Asked, Found, ResultField
from core.analysis.replies import moods
from core.analysis.replies.answered import EVIDENCE, HOW, Answered, notes_of, people
from core.analysis.replies.drawn import DRAW, METHOD, SEED, worked_out
from core.analysis.replies.drawn import notes_of as notes_drawn
from core.storage import reads_replies, reads_replies_pairs

ENDS: Final = ["answering", "answered"]


def _work(asked: Asked) -> Found:
    answered = Answered.of(reads_replies.links(asked.store, asked.query, asked.cancel))
    made = worked_out(asked, answered, 0)
    asked.report(0.8, "analyze.replies_naming")
    edges = made.edges.merge(answered.links[[*ENDS, *EVIDENCE]], on=ENDS, validate="one_to_one")
    sums = reads_replies_pairs.moods(
        asked.store, asked.query, edges["answering"], edges["answered"], asked.cancel
    )
    rows = moods.with_moods(edges, moods.told(sums, ENDS), ENDS)
    named = people(asked, [*edges["answering"], *edges["answered"]])
    rows = rows.assign(
        source=rows["answering"].map(named["key"]),
        source_name=rows["answering"].map(named["shown"]),
        target=rows["answered"].map(named["key"]),
        target_name=rows["answered"].map(named["shown"]),
    )
    figures = {**answered.figures(), **made.figures}
    notes = (*notes_of(figures), *notes_drawn(made), *moods.notes(asked, rows, "mood"))
    return Found(rows, figures, notes)


ANALYSIS: Final = Analysis(
    name="reply_links",
    version=1,
    parameters=(DRAW, SEED),
    fields=(
        ResultField("source", "text", "", "Who answers: the id, or `name:` and the name."),
        ResultField("source_name", "text", "", "The name as it was last seen, else the id."),
        ResultField("target", "text", "", "Who is answered: the id, or `name:` and the name."),
        ResultField("target_name", "text", "", "The name as it was last seen, else the id."),
        ResultField("replies", "integer", "replies", "How often."),
        ResultField("is_mutual", "boolean", "", "Whether the other answers back."),
        ResultField("by_comment", "integer", "replies", "Those known by the comment they answer."),
        ResultField("by_user", "integer", "replies", "Those known by the user VK names."),
        ResultField("by_mention", "integer", "replies", "Those known by a mention in the text."),
        ResultField("by_thread", "integer", "replies", "Those known by the root of the thread alone."),
        *moods.fields("these replies"),
        ResultField(
            "alpha", "number", "0 to 1", "How likely so many replies are, were they spread by chance."
        ),
        ResultField("is_backbone", "boolean", "", "Whether alpha is below 0.05."),
    ),
    method=HOW + METHOD + moods.METHOD.format(clusters="threads"),
    is_heavy=True,
    group="replies",
    work=_work,
    reads_texts=True,
)
