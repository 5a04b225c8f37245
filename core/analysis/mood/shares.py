"""Mood and rudeness over time or by group: shares with intervals, corrected once people coded enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from core.analysis.described import Analysis, Asked, Choice, Decimal, Found, Note, ResultField, WholeNumber
from core.analysis.mood import trust
from core.analysis.mood.grouped import SHARES, Told, mean, share
from core.analysis.stats.intervals import MIN_CLUSTERS, MIN_N
from core.query import SENTIMENTS
from core.storage import reads_mood
from core.text.calibrating import standing

MAX_PERIODS: Final = 4_000
EFFECTIVE: Final[dict[trust.Judged, str]] = {"sentiment": "effective", "toxicity": "toxic_effective"}
"""Where it stands as how many independent comments a group is."""
SHORTEST: Final[dict[str, timedelta]] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=28),
}


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what `reads_mood.by_group` gives with shares, mean rudeness and their intervals."""
    found: dict[str, object] = {}
    told: list[Told] = []
    for name in SHARES:
        told.append(share(frame, name))
        found |= {f"{name}_share": told[-1].value, f"{name}_low": told[-1].low, f"{name}_high": told[-1].high}
    rude = mean(frame, "toxicity")
    found |= {"toxicity": rude.value, "toxicity_low": rude.low, "toxicity_high": rude.high}
    found["effective"] = np.min([each.effective for each in told[:4]], axis=0)
    found["toxic_effective"] = told[4].effective
    found["is_enough"] = ~np.isnan(rude.value)
    return frame.drop(columns=["toxicity"]).assign(**found)  # type: ignore[arg-type]  # columns by name


def corrected(
    asked: Asked, frame: pd.DataFrame, of: trust.Of, known: Mapping[trust.Judged, trust.Codings]
) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Return the frame of `shown` with shares that codings correct, and what a reader must know of them."""
    both = frame.assign(not_toxic=frame["n"] - frame["toxic"])
    told = pd.concat(
        [
            trust.corrected(asked, both, name, of, effective=frame[effective].to_numpy(), known=known[name])
            for name, effective in EFFECTIVE.items()
        ]
    )
    wide = {
        f"{name}_corrected{end}": told.loc[told["label"] == name, column].to_numpy()
        for name in SHARES
        for end, column in (("", "estimate"), ("_low", "low"), ("_high", "high"))
    }
    return frame.assign(**wide), trust.notes_of(told, asked)


def _work(asked: Asked) -> Found:
    over: reads_mood.Over = asked.params["over"]
    if over in SHORTEST:
        asked.refuse_long(SHORTEST[over], MAX_PERIODS, "over")
    threshold, top = float(asked.params["toxic_from"]), int(asked.params["top"])
    sums = reads_mood.by_group(
        asked.store, asked.query, over, threshold=threshold, top=top, cancel=asked.cancel
    )
    if sums.empty:
        return Found(_empty(), {"n": 0}, trust.notes_for(asked), standing(asked.store).engine)
    told = shown(sums)
    known = {name: trust.codings_for(asked, name, threshold) for name in EFFECTIVE}
    whole, of_whole = corrected(asked, told[told["is_whole"]].reset_index(drop=True), "whole", known)
    rows, of_rows = corrected(asked, told[~told["is_whole"]].reset_index(drop=True), "parts", known)
    notes = [*dict.fromkeys((each.code, tuple(each.values.items())) for each in (*of_whole, *of_rows))]
    if not rows["is_enough"].all():
        few = int((~rows["is_enough"].astype(bool)).sum())
        notes.append(("mood_few", (("rows", few), ("least", MIN_N), ("authors", MIN_CLUSTERS))))
    return Found(
        _named(rows, over, asked.query.tz),
        _summary(whole),
        tuple(Note(code, dict(values)) for code, values in notes),
        standing(asked.store).engine,
    )


def _named(rows: pd.DataFrame, over: str, tz: str) -> pd.DataFrame:
    """Return rows in order, periods by time with their beginning in naive UTC, groups by size."""
    if over not in SHORTEST:
        ordered = rows.sort_values(["n", "key"], ascending=[False, True], kind="stable")
        return ordered.assign(
            group=ordered["key"].astype(str), period=pd.Series(pd.NaT, index=ordered.index)
        ).reset_index(drop=True)
    zone = ZoneInfo(tz)
    begins = [pd.Timestamp(each).to_pydatetime().replace(tzinfo=zone) for each in rows["key"]]
    period = pd.to_datetime(pd.Series(begins, dtype=object), utc=True).dt.tz_localize(None)
    return rows.assign(group=[f"{each:%Y-%m-%d}" for each in begins], period=period)


def _summary(whole: pd.DataFrame) -> dict[str, int | float | None]:
    """Return the figures of all comments together."""
    row = whole.iloc[0]
    names = [
        *(f"{name}_{end}" for name in SHARES for end in ("share", "low", "high")),
        *("toxicity", "toxicity_low", "toxicity_high"),
        *(f"{name}_corrected{end}" for name in SHARES for end in ("", "_low", "_high")),
    ]
    figures = {name: None if pd.isna(row[name]) else float(row[name]) for name in names}
    return {"n": int(row["n"]), "authors": int(row["authors"]), **figures}


def _empty() -> pd.DataFrame:
    return pd.DataFrame({each.name: [] for each in FIELDS})


def _fields_of(name: str, said: str) -> tuple[ResultField, ...]:
    return (
        ResultField(name, "integer", "comments", f"Comments that are {said} by the model."),
        ResultField(f"{name}_share", "number", "0 to 1", "Their raw share; null below too few to say."),
        ResultField(f"{name}_low", "number", "0 to 1", "Lower end of its 95 % interval."),
        ResultField(f"{name}_high", "number", "0 to 1", "Upper end of its 95 % interval."),
        ResultField(f"{name}_corrected", "number", "0 to 1", "Share without the model's errors, or null."),
        ResultField(f"{name}_corrected_low", "number", "0 to 1", "Lower end of its 95 % interval."),
        ResultField(f"{name}_corrected_high", "number", "0 to 1", "Upper end of its 95 % interval."),
    )


FIELDS: Final = (
    ResultField("group", "text", "", "Day on which a period begins, or the name of the group."),
    ResultField("period", "time", "", "When a period begins; null for other groups."),
    ResultField("n", "integer", "comments", "Comments that the model judged."),
    ResultField("authors", "integer", "authors", "Different authors of them."),
    ResultField("is_enough", "boolean", "", "False: too few comments or authors to say anything."),
    *(each for name in SENTIMENTS[:3] for each in _fields_of(name, name)),
    *_fields_of("unsure", "not sure of mood"),
    *_fields_of("toxic", "toxic with at least the probability `toxic_from`"),
    ResultField("toxicity", "number", "probability", "Mean probability of being toxic."),
    ResultField("toxicity_low", "number", "probability", "Lower end of its 95 % interval."),
    ResultField("toxicity_high", "number", "probability", "Upper end of its 95 % interval."),
)

ANALYSIS: Final = Analysis(
    name="mood",
    version=2,
    parameters=(
        Choice("over", "day", tuple(reads_mood.KEYS), "What the comments are grouped by, periods in `tz`."),
        Decimal("toxic_from", trust.THRESHOLD, 0.05, 0.95, "From which probability on a comment is toxic."),
        WholeNumber("top", 50, 1, 1000, "How many of the largest groups; periods are all shown."),
    ),
    fields=FIELDS,
    method="Shares by the model's labels, with Wilson's interval over the effective number of comments "
    "clustered by author and post (Korn & Graubard 1998; Cameron, Gelbach & Miller 2011), by author alone "
    "where there are fewer than five posts. Once codings suffice, shares"
    " are corrected: of all comments together by the truth among coded ones of each predicted class "
    "(post-stratified; Angelopoulos, Duchi & Zrnic 2023), of groups by the adjusted count (Forman "
    "2008), with intervals that know how few were coded. An author whose first comment in the "
    "dataset stands under the same source is a newcomer there.",
    work=_work,
    group="mood",
    reads_texts=True,
    model="moods",
)
