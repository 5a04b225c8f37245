"""Examples of a class: the most certain, random or most liked comments, and the words that speak for it."""

from __future__ import annotations

from typing import Final

from core.analysis.described import Analysis, Asked, Choice, Decimal, Found, ResultField, WholeNumber
from core.analysis.mood import trust
from core.query import SENTIMENTS
from core.storage import reads_mood_examples
from core.text.calibrating import standing


def _work(asked: Asked) -> Found:
    params = asked.params
    found = reads_mood_examples.examples(
        asked.store,
        asked.query,
        params["of"],
        choose=params["choose"],
        top=params["top"],
        seed=params["seed"],
        threshold=params["toxic_from"],
        cancel=asked.cancel,
    )
    of_class = int(found["of_class"].iloc[0]) if len(found) else 0
    name: trust.Judged = "toxicity" if params["of"] == "toxic" else "sentiment"
    engine = standing(asked.store).engine
    return Found(found, {"n": of_class}, trust.notes_for(asked, name), engine)


ANALYSIS: Final = Analysis(
    name="mood_examples",
    version=1,
    parameters=(
        Choice("of", "negative", (*SENTIMENTS, "toxic"), "The class that examples are of."),
        Choice("choose", "most_certain", ("most_certain", "random", "most_liked"), "Which of its comments."),
        Decimal("toxic_from", trust.THRESHOLD, 0.05, 0.95, "From which probability on a comment is toxic."),
        WholeNumber("top", 20, 1, 200, "How many to show."),
        WholeNumber("seed", 1, 0, 2**31 - 1, "Which random ones, and the order among equals."),
    ),
    fields=(
        ResultField("comment_key", "text", "", "Key of the comment."),
        ResultField("text", "text", "", "Its text."),
        ResultField("likes", "integer", "likes", "Its likes."),
        ResultField("sentiment", "text", "", "Mood by the model."),
        ResultField("negative", "number", "probability", "Calibrated."),
        ResultField("neutral", "number", "probability", "Calibrated."),
        ResultField("positive", "number", "probability", "Calibrated."),
        ResultField("toxicity", "number", "probability", "Calibrated."),
        ResultField(
            "because", "text", "", "Up to five words that add most to the class, the first the most."
        ),
    ),
    method="Exact copies are shown once. The model is a sum over words, so what a word adds to the score of "
    "its class, over the best of the other classes, explains the answer; pairs of words, which add little, "
    "are not shown. Random ones are the first by a seeded hash of their keys.",
    work=_work,
    group="mood",
    reads_texts=True,
    model="moods",
)
