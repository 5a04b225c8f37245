"""Bursts: hours or days with unusually many comments, and what most of these have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from core.analysis.attention import automaton, levels, periods
from core.analysis.attention.burst_fields import FIELDS
from core.analysis.attention.certainty import share_interval
from core.analysis.described import Analysis, Asked, Choice, Decimal, Found, Note, WholeNumber
from core.storage import reads_attention_bursts as reads

MAX_PERIODS: Final = 200_000
FEWEST_PERIODS: Final = 8
LEVEL_NOTES: Final = {
    levels.WEEK_OF_HOURS: "burst_hour_of_week",
    levels.DAY_OF_HOURS: "burst_hour_of_day",
    levels.WEEK_OF_DAYS: "burst_day_of_week",
    levels.NO_CYCLE: "burst_all_periods",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """How a burst is told from the usual."""

    method: str
    false_alarms: float
    scaling: float
    around: int
    least: int


@dataclass(frozen=True, slots=True, eq=False)
class Bursts:
    """The bursts in order of their excess; `first` and `after` are places of periods."""

    frame: pd.DataFrame
    cycle: levels.Cycle
    z: float
    scale: float


def found_in(made: periods.Periods, rules: Rules) -> Bursts:
    """Return [first, after, comments, expected, ratio, low, high, z] of every burst, largest excess first."""
    counts = made.counts
    cycle = levels.cycle_for(len(counts), step_is_hour=made.step == "hour")
    around = rules.around if cycle is not levels.NO_CYCLE else 0
    # A level of 0 would make any comment infinitely unusual: half a comment in all those cycles stands for
    # none.
    level = np.maximum(levels.usual(counts, made.local, cycle, around), 0.5 * cycle.length / len(counts))
    scale = levels.dispersion(counts, level)
    z = levels.robust_z(counts, level, scale)
    highest = automaton.threshold(len(counts), rules.false_alarms)
    flags = z > highest
    if rules.method == "kleinberg":
        flags = automaton.high_states(counts, level, rules.scaling, scale, rules.false_alarms)
    first, after = automaton.runs(flags)
    turns = max(1, len(counts) // cycle.length)
    cycles = min(turns, 2 * around + 1) if around else turns
    frame = _measured(counts, level, z, first, after)
    frame["low"], frame["high"] = levels.ratio_interval(
        frame["comments"].to_numpy(dtype=float), frame["expected"].to_numpy(), scale, cycles
    )
    frame = frame[frame["comments"] >= rules.least]
    order = np.argsort(-(frame["comments"] - frame["expected"]), kind="stable")
    return Bursts(frame.iloc[order].reset_index(drop=True), cycle, highest, scale)


def excess_shares(bursts: pd.DataFrame, leading: pd.DataFrame, overall: int) -> pd.DataFrame:
    """Return [comments, excess, low, high] of what leads each burst, missing where nothing does.

    `excess` is the part of the comments above the expected ones that it accounts for; what it usually writes
    is the expected number times its share of the comments outside bursts, `overall` of them.
    """
    led = leading.set_index("number").reindex(range(len(bursts)))
    comments, expected = bursts["comments"].to_numpy(dtype=float), bursts["expected"].to_numpy(dtype=float)
    own = led["comments"].to_numpy(dtype=float)
    usual = expected * led["elsewhere"].to_numpy(dtype=float) / max(overall, 1)
    parts = zip(("excess", "low", "high"), share_interval(own, comments), strict=True)
    return led.assign(
        **{name: np.clip((part * comments - usual) / (comments - expected), 0.0, 1.0) for name, part in parts}
    )


def _measured(
    counts: levels.Counts,
    level: levels.Numbers,
    z: levels.Numbers,
    first: levels.Counts,
    after: levels.Counts,
) -> pd.DataFrame:
    comments, expected = (
        np.diff(np.concatenate([[0], np.cumsum(each)])[np.stack([first, after])], axis=0)[0]
        for each in (counts, level)
    )
    highest = [float(z[begin:end].max()) for begin, end in zip(first, after, strict=True)]
    columns = {
        "first": first,
        "after": after,
        "comments": comments,
        "expected": expected,
        "ratio": comments / expected,
        "z": np.array(highest, dtype=float),
    }
    return pd.DataFrame(columns)


def _work(asked: Asked) -> Found:
    step: reads.Step = asked.params["per"]
    asked.refuse_long(timedelta(minutes=periods.MINUTES[step]), MAX_PERIODS, "per")
    begins, comments = reads.per_step(asked.store, asked.query, step, asked.cancel)
    made = periods.filled(begins, comments, step, asked.query.tz)
    if len(made.counts) < FEWEST_PERIODS:
        note = Note("burst_too_short", {"periods": len(made.counts), "least": FEWEST_PERIODS})
        return Found(pd.DataFrame(columns=[each.name for each in FIELDS]), {"bursts": 0}, (note,))
    rules = Rules(*(asked.params[name] for name in ("method", "false_alarms", "scaling", "around", "least")))
    bursts = found_in(made, rules)
    within = int(bursts.frame["comments"].sum())
    summary = {
        "bursts": len(bursts.frame),
        "periods": len(made.counts),
        "comments_in_bursts": within,
        "expected_in_bursts": float(bursts.frame["expected"].sum()),
        "threshold_z": bursts.z,
        "dispersion": bursts.scale,
    }
    notes = [Note(LEVEL_NOTES[bursts.cycle]), Note("burst_chance", {"number": asked.params["false_alarms"]})]
    return Found(_rows(asked, made, bursts.frame, int(made.counts.sum()) - within), summary, tuple(notes))


def _rows(asked: Asked, made: periods.Periods, frame: pd.DataFrame, overall: int) -> pd.DataFrame:
    """Return the rows of the largest bursts, with who and what leads them."""
    # What is outside of bursts is outside of all of them, named or not.
    begins, ends = (made.edges(frame[name].to_numpy(dtype=np.int64)) for name in ("first", "after"))
    shown = frame.head(asked.params["top"])
    some = len(shown)
    reading = asked.store, asked.query, begins, ends, asked.cancel
    sources, authors, copies = (
        excess_shares(shown, leading[leading["number"] < some], overall)
        for leading in (
            reads.leading_sources(*reading),
            reads.leading_authors(*reading),
            reads.leading_copies(*reading),
        )
    )
    counted = reads.participants(*reading).set_index("number").reindex(range(some))
    return shown.assign(
        starts=periods.moments(begins[:some]),
        ends=periods.moments(ends[:some]),
        periods=shown["after"] - shown["first"],
        authors=counted["authors"],
        source=sources["source"],
        source_title=sources["title"],
        author_id=authors["author_id"],
        author_name=authors["author_name"],
        copy_text=copies["example"],
        **_named("source", sources),
        **_named("author", authors),
        **_named("copy", copies),
    )


def _named(driver: str, led: pd.DataFrame) -> dict[str, pd.Series]:
    return {f"{driver}_{name}": led[name] for name in ("comments", "excess", "low", "high")}


ANALYSIS: Final = Analysis(
    name="bursts",
    version=1,
    group="attention",
    parameters=(
        Choice("per", "hour", ("hour", "day"), "Length of a period in `tz`."),
        Choice(
            "method",
            "mad",
            ("mad", "kleinberg"),
            "`mad`: periods whose robust z is high; `kleinberg`: the high state of a two-state automaton.",
        ),
        Decimal(
            "false_alarms", 0.05, 0.0001, 1, "Bursts to expect by chance where comments come independently."
        ),
        Decimal("scaling", 3, 1.1, 20, "For `kleinberg`: how many times the usual the high state is."),
        WholeNumber("around", 13, 0, 200, "Cycles (weeks) before and after that tell the level; 0: all."),
        WholeNumber("least", 5, 1, 1_000_000, "Comments that a burst has at least."),
        WholeNumber("top", 20, 1, 100, "How many bursts to name, largest excess first."),
    ),
    fields=FIELDS,
    method="Level: the mean of the same hour of the week in the weeks around, no week counted above mean "
    "+ 3 sqrt(mean + 1) (Huber 1964). Robust z: 2 sqrt(x + 3/8) of the count less that of the "
    "level (Anscombe 1948), over 1.4826 times the median absolute deviation (Hampel 1974), at "
    "least 1. A burst is a run of periods with z above the normal quantile of 1 - false_alarms / "
    "periods (Bonferroni), or of the high state of Kleinberg's (2002) two-state automaton with "
    "Poisson counts, entered at the cost ln(periods / false_alarms); it holds whole waves. At the default "
    "0.05 at most 3 % of simulated Poisson histories of 8 to 52 weeks had a burst; comments that draw "
    "comments give more. Excess: the part of (comments - expected) a source, author or repeated text "
    "accounts for above its usual, with Wilson's (1927) interval; below 30 comments it is null.",
    work=_work,
    reads_texts=True,
)
