"""Train the shipped models from labelled texts: `python -m core.text.train --texts DIR`.

DIR has the files that docs/models.md names. Prints how good the models are on corpora and communities that
they were not trained on, beside a plain baseline, and writes the weights; the same texts give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from scipy.special import softmax

from core.text.scoring import WEIGHTS
from core.text.training import corpora
from core.text.training.baseline import mood_baseline, rude_baseline
from core.text.training.heldout import (
    held_moods,
    held_rude,
    mood_quality,
    platt,
    rude_quality,
    temperature,
    unsure_below,
)
from core.text.training.making import made
from core.text.training.measures import Quality
from core.text.training.recipe import Pool, mood_model, pooled, rude_model
from core.text.training.writing import write

HEAD: Final = (
    "| left out | texts | macro-F1 | accuracy | calibration error | accuracy at 50 % | "
    "baseline: macro-F1 | accuracy | calibration error | accuracy at 50 % |"
)


def main() -> None:
    """Read the arguments, train, print and write."""
    parser = argparse.ArgumentParser(description="Train the models of mood and toxicity.")
    parser.add_argument("--texts", type=Path, required=True, help="the folder with the labelled texts")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where to write the weights")
    parser.add_argument("--without-baseline", action="store_true", help="skip the figures of the baseline")
    asked = parser.parse_args()
    pool = pooled([*corpora.moods(asked.texts), *corpora.own()], corpora.rude(asked.texts))
    for line in trained(pool, asked.weights, with_baseline=not asked.without_baseline):
        print(line)  # noqa: T201 - a command answers on its output


def trained(pool: Pool, weights: Path, *, with_baseline: bool) -> list[str]:
    """Score, train and write; return the report, a line each."""
    moods, rude = held_moods(pool), held_rude(pool)
    factor, line = temperature(moods), platt(rude)
    threshold = unsure_below(moods, factor)
    model = made(
        mood_model(pool), rude_model(pool), pool.negated, factor=factor, unsure_below=threshold, line=line
    )
    size = write(model, weights)
    shares = {name: softmax(factor * each.scores, axis=1) for name, each in moods.items()}
    ours = mood_quality(shares, moods) | rude_quality(rude, line)
    theirs: dict[str, Quality] = {}
    if with_baseline:
        theirs = mood_quality(mood_baseline(pool, moods), moods) | rude_baseline(pool)
    return [
        *table(ours, theirs),
        "",
        f"temperature {factor:.3f}, unsure below {threshold:.2f}, toxicity {line[0]:.3f} * z {line[1]:+.3f}",
        f"{weights.name}: {size} bytes, {model.pairs.num_rows} pairs",
    ]


def table(ours: Mapping[str, Quality], theirs: Mapping[str, Quality]) -> list[str]:
    """Return the figures as lines of a Markdown table."""
    rows = [
        f"| {name} | {each.texts} | {_figures(each)} | {_figures(theirs.get(name))} |"
        for name, each in ours.items()
    ]
    return [HEAD, "|---" * 10 + "|", *rows]


def _figures(found: Quality | None) -> str:
    if found is None:
        return " | ".join(["-"] * 4)
    figures = (found.macro_f1, found.accuracy, found.calibration_error, found.accuracy_at_half)
    return " | ".join(f"{figure:.3f}" for figure in figures)


if __name__ == "__main__":
    main()
