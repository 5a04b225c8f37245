"""The columns of the analysis of bursts."""

from __future__ import annotations

from typing import Final

from core.analysis.described import ResultField

_EXCESS: Final = "share of the excess"


def _led(driver: str, whose: str) -> tuple[ResultField, ...]:
    return (
        ResultField(f"{driver}_comments", "integer", "comments", f"Comments of {whose} in the burst."),
        ResultField(
            f"{driver}_excess",
            "number",
            _EXCESS,
            f"Part of the excess that {whose} accounts for; n = `comments`.",
        ),
        ResultField(f"{driver}_low", "number", _EXCESS, "Lower end of its 95 % interval."),
        ResultField(f"{driver}_high", "number", _EXCESS, "Upper end of its 95 % interval."),
    )


FIELDS: Final = (
    ResultField("starts", "time", "", "When the first unusual period begins."),
    ResultField("ends", "time", "", "When the last one is over."),
    ResultField("periods", "integer", "periods", "How many periods it lasts."),
    ResultField("comments", "integer", "comments", "Comments written in it."),
    ResultField("expected", "number", "comments", "How many there usually are at such hours."),
    ResultField("ratio", "number", "times", "Comments over the expected ones."),
    ResultField(
        "low", "number", "times", "Lower end of the ratio's 95 % interval, the level taken as known."
    ),
    ResultField("high", "number", "times", "Upper end of it."),
    ResultField("z", "number", "standard deviations", "The highest robust z of its periods."),
    ResultField("authors", "integer", "authors", "Different authors."),
    ResultField("source", "text", "", "Key of the source with most comments in it."),
    ResultField("source_title", "text", "", "Title of that source, often empty."),
    *_led("source", "that source"),
    ResultField(
        "author_id", "integer", "", "The author with most comments in it; null for one with only a name."
    ),
    ResultField("author_name", "text", "", "As it was last seen."),
    *_led("author", "that author"),
    ResultField(
        "copy_text", "text", "", "The text repeated most in it, of 20 or more letters; null without any."
    ),
    *_led("copy", "that text"),
)
