"""The list of all analyses as a document: what each answers with, and how it is worked out."""

from __future__ import annotations

from core.analysis.catalogue import ANALYSES
from core.analysis.described import Analysis, Choice, Parameter, Words, Zone
from core.wording import say

HEAD = """# Analyses

Each is at `/api/v1/analyses/{name}` and on the page **Analyses**, about the comments of a query; parameters
and the query's keys stand in the address. An answer has `n`, period, time zone, method, a `summary` of the
whole, `notes` that a reader must know, and `rows`. Shares, rates and differences carry 95 % intervals; below
the stated n they are null: too few to say. A *heavy* one answers 202 and a task the first time. One that
*compares* takes its second set as `b.<key>`; without it, the second set is all the rest. This page is written
by `python -m core.analysis`.
"""


def document() -> str:
    """Return the document as Markdown."""
    parts = [HEAD]
    for group in dict.fromkeys(each.group for each in ANALYSES.values()):
        parts.append(f"## {say(f'analyses.group.{group}', 'en')}\n")
        parts += [_section(each) for each in ANALYSES.values() if each.group == group]
    return "\n".join(parts)


def _section(analysis: Analysis) -> str:
    kinds = [
        *(["heavy"] if analysis.is_heavy else []),
        *(["compares"] if analysis.compares else []),
        *(["reads texts"] if analysis.reads_texts else []),
    ]
    lines = [
        f"### `{analysis.name}`: {say(f'analysis.{analysis.name}.title', 'en')}\n",
        *([f"*{', '.join(kinds)}*\n"] if kinds else []),
        f"{analysis.method}\n",
        *(f"* `{each.name}` ({_default(each)}): {each.meaning}" for each in analysis.parameters),
        *([""] if analysis.parameters else []),
        "Columns: " + ", ".join(f"`{each.name}`" for each in analysis.fields) + ".\n",
    ]
    return "\n".join(lines)


def _default(parameter: Parameter) -> str:
    if isinstance(parameter, Choice):
        return " · ".join(f"**{each}**" if each == parameter.default else each for each in parameter.choices)
    if isinstance(parameter, Words | Zone):
        return f"text, default “{parameter.default}”" if parameter.default else "text"
    return f"{parameter.low} to {parameter.high}, default {parameter.default}"
