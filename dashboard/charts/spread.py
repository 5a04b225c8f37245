"""Distributions: how many likes comments got, how many replies threads got."""

from __future__ import annotations

import pandas as pd

from core.wording import Lang, count, percent, say
from dashboard.charts.figure import Chart, Scene, Table, amounts, axis, layout

BAR = 0.8
"""Width of a bar in steps of the axis; the axis always has room for `ROOM` of them."""
ROOM = 5
LEVEL = 6
"""Up to so many labels stand side by side on a phone; where there are more, long ranges take two lines."""
SHORT = 3
"""So many characters have room above any bar: 2–4."""


def likes(frame: pd.DataFrame, scene: Scene) -> Chart:
    """Draw comments by number of likes; `frame` has bucket, low, high, comments."""
    return _spread("likes", frame, scene, chosen_from=scene.query.likes_min, clickable=True)


def replies(frame: pd.DataFrame, scene: Scene) -> Chart:
    """Draw top-level comments by number of replies; `frame` has bucket, low, high, comments."""
    return _spread("replies", frame, scene, chosen_from=None, clickable=False)


def _spread(
    name: str, frame: pd.DataFrame, scene: Scene, *, chosen_from: int | None, clickable: bool
) -> Chart:
    lang = scene.lang
    n = int(frame["comments"].sum()) if len(frame) else 0
    if not n:
        return Chart(name, say(f"chart.{name}.name", lang), empty=say(f"chart.{name}.empty", lang))
    frame = frame.iloc[: max(place for place, each in enumerate(frame["comments"]) if each) + 1]
    lows = [int(low) for low in frame["low"]]
    values = [int(each) for each in frame["comments"]]
    labels = [str(bucket) for bucket in frame["bucket"]]
    axis_name = say(f"chart.{name}.axis", lang)
    none = values[lows.index(0)] if 0 in lows else 0
    hints = [
        [
            str(low),
            f"{axis_name}: {label}<br>{count(value, 'comments', lang)} ({percent(value / n, lang)})"
            + (f"<br>{_click(low, lang)}" if clickable else ""),
        ]
        for low, label, value in zip(lows, labels, values, strict=True)
    ]
    held = [value for low, value in zip(lows, values, strict=True) if low >= (chosen_from or 0)]
    caption = scene.caption(n, sum(held) if chosen_from in lows else None)
    return Chart(
        name,
        say(f"chart.{name}.none", lang, share=percent(none / n, lang)),
        caption=f"{caption} · {say('chart.likes.click', lang)}" if clickable else caption,
        about=say(f"chart.{name}.about", lang),
        alt=say(f"chart.{name}.alt", lang),
        data=(
            {
                "type": "bar",
                "x": labels,
                "y": values,
                "width": BAR,
                "customdata": hints,
                "hovertemplate": "%{customdata[1]}<extra></extra>",
                "marker": {
                    "color": [
                        "@main" if chosen_from is None or low >= chosen_from else "@pale" for low in lows
                    ]
                },
            },
        ),
        layout=layout(
            xaxis=axis(
                type="category",
                showgrid=False,
                range=[-0.6, max(len(labels), ROOM) - 0.4],
                tickangle=0,
                tickvals=labels,
                ticktext=_fitted(labels),
                title={"text": axis_name, "font": {"size": 11}, "standoff": 6},
            ),
            yaxis=amounts(max(values)),
        ),
        height=240,
        click=clickable,
        has_selection=chosen_from is not None,
        chosen=[place for place, low in enumerate(lows) if chosen_from is not None and low >= chosen_from],
        period=scene.period,
        table=Table(
            (
                say("table.from", lang, of=axis_name),
                say("table.to", lang, of=axis_name),
                say("table.comments", lang),
                say("table.share", lang),
            ),
            tuple(
                (low, None if pd.isna(high) else int(high), value, value / n)
                for low, high, value in zip(lows, frame["high"], values, strict=True)
            ),
        ),
    )


def _click(low: int, lang: Lang) -> str:
    """Say before the click what it will do: it sets a least number, of 0 it lets go."""
    return (
        say("chart.likes.least", lang, likes=count(low, "likes", lang))
        if low
        else say("chart.likes.every", lang)
    )


def _fitted(labels: list[str]) -> list[str]:
    """Break long ranges after their dash where labels are many: Plotly would tilt them."""
    if len(labels) <= LEVEL:
        return labels
    return [each.replace("–", "–<br>") if len(each) > SHORT else each for each in labels]
