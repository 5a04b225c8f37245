"""Findings that no single row tells: what differs, what survives, who holds how much, what comes when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from core.query import Query
from core.wording import dates, duration, has, number, percent, say
from core.wording.described import values_named
from dashboard.charts.drawings import END, Drawing, Row, Told, when, worth
from dashboard.charts.rhythm import WEEKS, stands_out

Own = Callable[[Drawing, Sequence[Row], Told], str | None]
"""Says the finding of the rows that have a value; None: the general sentence does, empty: none."""

TOP: Final = 0.1
"""Which part of the authors a title is about."""
APART: Final = 0.03
"""How far that part may be from what the curve says: of few authors, a tenth is not a whole number."""
DAY: Final = 24
NAMED: Final = 3
"""So many variants are named in a title."""
ENOUGH: Final = 30
"""Of fewer replies no share is a finding."""
SETS: Final[Mapping[str, tuple[str, ...]]] = {
    "sentiment": ("negative_share", "positive_share"),
    "toxicity_min": ("toxicity",),
    "level": ("reply_share",),
    "state": ("deleted_share",),
    "has_attachments": ("attachment_share",),
    "likes_min": ("likes_per_comment",),
    "hour": ("night_share",),
    "author": ("comments_per_author",),
}
"""Which measures a filter sets itself: that they differ is no finding."""
SIGNED: Final = frozenset({"mood_balance"})
"""Findings that say which side prevails: where 0 is in the interval, none is seen to."""
REST: Final = -1
"""What the communities are called that are not told apart."""


def arriving(drawing: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Say the latest share of newcomers: where data begin all are new, and fewer by themselves later."""
    last = rows[-1]
    return say(
        "finding.newcomers.last",
        told.lang,
        when=when(last[drawing.x], told),
        value=worth(drawing, last[drawing.value], told.lang),
    )


def open_to(query: Query, rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows without those of measures that the filters set themselves."""
    set_by = {name for field in query.active() for name in SETS.get(field, ())}
    return [row for row in rows if row.get("measure") not in set_by]


def compared(_: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Name the share that differs most between two sets, or say that none is seen to differ."""
    judged = [row for row in rows if row["verdict"] in {"differs", "no difference seen"}]
    apart = [row for row in judged if row["verdict"] == "differs"]
    if not apart:
        return say("finding.compare.none", told.lang) if judged else ""
    most = max(apart, key=lambda row: abs(float(row["difference"])))
    is_most = all(_ends(each)[1] < _ends(most)[0] for each in apart if each is not most)
    return say(
        "finding.compare.one" if len(apart) == 1 else f"finding.compare.{'many' if is_most else 'among'}",
        told.lang,
        measure=_lower(_value_named(most["measure"], told)),
        a=percent(float(most["value_a"]), told.lang),
        b=percent(float(most["value_b"]), told.lang),
        n=number(len(apart), told.lang),
    )


def _ends(row: Row) -> tuple[float, float]:
    """Return between which sizes a difference lies, whatever its direction; unknown ends reach anywhere."""
    low, high = row.get("difference_low"), row.get("difference_high")
    if low is None or high is None:
        return 0.0, float("inf")
    ends = sorted((abs(float(low)), abs(float(high))))
    return (0.0 if float(low) < 0 < float(high) else ends[0]), ends[1]


def surviving(drawing: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Say whether one finding holds in all variants, or in which it changes."""
    base = next((row for row in rows if row["variant"] == "baseline"), None)
    judged = [row for row in rows if row["holds"] is not None]
    if base is None or not judged:
        return ""
    if base["finding"] in SIGNED and _holds_zero(base):
        return _undecided(drawing, base, judged, told)
    changed = [_lower(_value_named(row["variant"], told)) for row in judged if not row["holds"]]
    return say(
        "finding.robustness.changes" if changed else "finding.robustness.holds",
        told.lang,
        finding=_finding_named(str(base["finding"]), told),
        value=worth(drawing, base[drawing.value], told.lang),
        n=number(len(changed), told.lang),
        of=number(len(judged), told.lang),
        variants=_first(changed),
    )


def _undecided(drawing: Drawing, base: Row, judged: Sequence[Row], told: Told) -> str:
    """Say that no side is seen to prevail, or in which checks alone one does."""
    decided = [_lower(_value_named(row["variant"], told)) for row in judged if not _holds_zero(row)]
    return say(
        f"finding.robustness.{base['finding']}.{'in_some' if decided else 'in_none'}",
        told.lang,
        value=worth(drawing, base[drawing.value], told.lang),
        n=number(len(decided), told.lang),
        of=number(len(judged), told.lang),
        variants=_first(decided),
    )


def _holds_zero(row: Row) -> bool:
    """Tell whether an interval reaches over 0; an unknown one does."""
    low, high = row.get("low"), row.get("high")
    return low is None or high is None or float(low) <= 0 <= float(high)


def _first(names: Sequence[str]) -> str:
    """Return the first names, as many as a title has room for."""
    return ", ".join(names if len(names) <= NAMED else [*names[:NAMED], "…"])


def uneven(_: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Say which part of the comments a tenth of the authors (or sources) wrote."""
    curve = sorted((float(row["at"]), float(row["value"])) for row in rows)
    held = next((1 - value for at, value in curve if abs(at - (1 - TOP)) < 1e-6), None)
    tops = (row["value"] for row in told.rows if row["measure"] == "top_share" and row["at"] == TOP)
    exact = next(tops, held)
    if held is None or exact is None or abs(float(exact) - held) > APART:
        return ""
    over = str(told.params.get("over", "author"))
    of = {"top": percent(TOP, told.lang), "share": percent(float(exact), told.lang)}
    return say(f"finding.concentration.{over}", told.lang, **of)


def faded(_: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Say within how long at least half of the comments came."""
    half = next((row for row in rows if float(row["share"]) >= 0.5), None)
    if half is None:
        return ""
    after, share = duration(float(half["hours"]) * 3600, told.lang), percent(float(half["share"]), told.lang)
    return say("finding.decay", told.lang, after=after, share=share)


def halved(_: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Say when half the comments have come under a usual post, where there are enough posts."""
    median = told.summary.get("half_life_hours")
    if median is None or len(rows) < 2:
        return None
    return say("finding.half_lives.usual", told.lang, value=duration(float(median) * 3600, told.lang))


def begun(_: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Say when a usual post gets its first comment, where there are enough posts."""
    median = told.summary.get("median_hours")
    if median is None or len(rows) < 2:
        return None
    return say("finding.first_comments.usual", told.lang, value=duration(float(median) * 3600, told.lang))


def answered(drawing: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Say which share of questions is answered within a day; groups are told by the highest."""
    if drawing.kind != "curve":
        return None
    row = next((each for each in rows if float(each["hours"]) == DAY), rows[-1])
    after, share = duration(float(row["hours"]) * 3600, told.lang), percent(row["answered_share"], told.lang)
    return say("finding.response_times.curve", told.lang, after=after, share=share)


def telling(drawing: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Name the most telling word of a set only where it is a key word."""
    if any(row.get("is_key", True) for row in rows[:1]):
        return None
    key = next((row for row in rows if row["is_key"]), None)
    side = str(drawing.only[0][1])
    if key is None:
        return say(f"finding.keyness.{side}.none", told.lang)
    return say(f"finding.keyness.{side}.row", told.lang, label=str(key["lemma"]))


def branched(drawing: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Name the word that most often stands next to the one sought, among all words that do.

    Shares further out are of their branch, not of the whole; the end of a comment is no word.
    """
    nearest = [row for row in rows if row["depth"] == 1 and row["path"] != END]
    if not nearest:
        return ""
    first = max(nearest, key=lambda row: float(row[drawing.value]))
    low, others = first.get(drawing.low), [row for row in nearest if row is not first]
    is_clear = low is not None and all(float(row[drawing.high]) < float(low) for row in others)
    return say(
        f"finding.word_tree.row{'' if is_clear else '.same'}",
        told.lang,
        label=str(first["path"]),
        value=worth(drawing, first[drawing.value], told.lang),
    )


def spread(_: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Say which part of the comments or threads is in the fullest bar."""
    name = told.name.partition(".")[0]
    whole = sum(int(row["comments"]) for row in rows)
    most = max(rows, key=lambda row: int(row["comments"]))
    if not whole:
        return ""
    share = percent(int(most["comments"]) / whole, told.lang)
    if most["low"] == 0 and most["high"] == 0:
        return say(f"chart.{name}.none", told.lang, share=share)
    return say(f"finding.{name}", told.lang, label=str(most["bucket"]), share=share)


def busiest(_: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Name the hour of the week with most comments, where it is busier than chance would make it."""
    most = max(rows, key=lambda row: float(row["per_hour"]))
    if int(most["hours"]) < WEEKS:
        return say("chart.rhythm.short", told.lang)
    cells = [(int(row["comments"]), int(row["hours"])) for row in rows]
    if not stands_out((int(most["comments"]), int(most["hours"])), cells):
        return say("chart.rhythm.level", told.lang)
    weekday = dates.WEEKDAYS_ON[told.lang][int(most["weekday"]) - 1]
    return say(
        "chart.rhythm.peak", told.lang, weekday=weekday, hours=dates.hours(int(most["hour"]), told.lang)
    )


def within(_: Drawing, rows: Sequence[Row], told: Told) -> str | None:
    """Say which part of the replies stays within a community, where communities can be relied on."""
    if "replies_by_chance" in told.notes:
        return say("finding.reply_communities.chance", told.lang)
    if "replies_unsteady" in told.notes:
        return say("finding.reply_communities.unsteady", told.lang)
    whole = sum(int(row["replies"]) for row in rows)
    own = sum(int(row["replies"]) for row in rows if row["source"] == row["target"] != REST)
    if whole < ENOUGH:
        return ""
    has_rest = any(REST in (row["source"], row["target"]) for row in rows)
    key = "finding.reply_communities.named" if has_rest else "finding.reply_communities"
    return say(key, told.lang, share=percent(own / whole, told.lang))


def _value_named(code: Any, told: Told) -> str:
    return values_named(str(code), told.lang, told.name.partition(".")[0]) or str(code)


def _finding_named(code: str, told: Told) -> str:
    """Return what a finding is called in a title, where readers need not know the measure's name."""
    key = f"finding.robustness.{code}"
    return say(key, told.lang) if has(key) else _value_named(code, told)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


OWN: Final[Mapping[str, Own]] = {
    "newcomers": arriving,
    "compare": compared,
    "robustness": surviving,
    "concentration": uneven,
    "decay": faded,
    "half_lives": halved,
    "first_comments": begun,
    "response_times": answered,
    "keyness": telling,
    "word_tree": branched,
    "likes": spread,
    "replies": spread,
    "rhythm": busiest,
    "reply_communities": within,
}
