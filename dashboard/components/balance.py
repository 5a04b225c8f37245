"""The balance sheet of a collection: one line per fate, what did not arrive first and with what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from core.links.urls import source_url
from core.models import SourceRef
from core.vk.codes import RULES, UNKNOWN
from core.wording import Lang, count, faults, number, say
from core.wording.filters import shortened
from dashboard.components import missing
from dashboard.components.labels import literal

SEVERITY: Final = ("refused", "closed", "partial", "unknown", "collecting", "complete", "empty")
COLOURS: Final = {"refused": "red", "closed": "gray", "partial": "orange", "unknown": "orange"}
MARKS: Final = {"refused": "✕", "closed": "–", "complete": "✓", "empty": "✓", "collecting": "…"}
NAMED: Final = 5
"""So many sources of a line are named; the rest are counted."""

NAME: Final = 50
SHOWN_ROWS: Final = 8
WIDTHS: Final = {"source": 130, "state": 100}
SEALED: Final = frozenset({"complete", "empty"})
NUMBERS: Final = (
    "declared", "collected", "roots", "replies", "tombstones", "placeholders", "calls", "retries", "bytes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One source or link; `declared` is None where VK says no number, `missing` is Markdown."""

    name: str
    state: str
    remedy: str = ""
    declared: int | None = None
    collected: int = 0
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What came to the same end for the same reason."""

    state: str
    remedy: str
    rows: tuple[Row, ...]


def rows(sheet: Mapping[str, Any], lang: Lang, *, is_demo: bool, is_stopped: bool = False) -> list[Row]:
    """Return a line for each source, and for each link that was refused as a whole.

    `is_stopped`: the collection ended before it had read everything, so what is missing is not VK's doing.
    """
    found = [
        Row(each["input"], "refused", _refusal(each["code"], lang, is_demo=is_demo))
        for each in sheet.get("refused_targets", ())
    ]
    found += [
        Row(each["input"], "refused", _unusable(each["reason"], lang, is_demo=is_demo))
        for each in sheet.get("refused", ())
    ]
    found += [
        Row(
            each["title"] or _address(str(each["source"])),
            each["state"],
            _remedy(each, lang, is_demo=is_demo, is_stopped=is_stopped),
            each["declared"],
            each["collected"],
            missing.named(each, lang) if each["state"] == "partial" else "",
        )
        for each in sheet.get("sources", ())
    ]
    return found


def groups(found: Sequence[Row]) -> list[Group]:
    """Fold equal fates into one, the gravest first, within one the largest source first."""
    same: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(found, key=lambda row: -(row.declared or 0)):
        same[row.state, row.remedy].append(row)
    folded = [Group(state, remedy, tuple(held)) for (state, remedy), held in same.items()]
    return sorted(folded, key=lambda group: SEVERITY.index(_known(group.state)))


def draw(found: Sequence[Row], sheet: Mapping[str, Any], lang: Lang) -> None:
    """Draw the totals and the lines."""
    st.caption(total(found, sheet, lang))
    for group in groups(found):
        state = _known(group.state)
        head = f"**{MARKS.get(state, '!')} {headline(group, lang)}.**"
        if state in COLOURS:
            with st.container(gap="xsmall"):
                st.markdown(f":{COLOURS[state]}[{head}] {group.remedy}")
                st.caption(named(group, lang))
        else:
            st.markdown(head)


def seal(sheet: Mapping[str, Any], lang: Lang) -> str:
    """Return the sentence of a sheet that balances, empty for any other: a seal is never a guess."""
    sources = sheet.get("sources", ())
    is_whole = sheet.get("state") == "succeeded" and all(each["state"] in SEALED for each in sources)
    if not sources or not is_whole or sheet.get("refused") or sheet.get("refused_targets"):
        return ""
    if any(missing.amount(each) for each in sources):
        return ""
    collected = sum(int(each["collected"]) for each in sources)
    if any(each["declared"] is None for each in sources) and collected:
        return say("balance.seal.undeclared", lang, collected=count(collected, "comments", lang))
    declared = sum(int(each["declared"] or 0) for each in sources)
    if not declared and not collected:
        return say("balance.seal.empty", lang)
    return say(
        "balance.seal", lang, declared=count(declared, "comments", lang), collected=number(collected, lang)
    )


def table(sheet: Mapping[str, Any], lang: Lang) -> pd.DataFrame:
    """Return one row per source, the gravest first: what VK declared, what came, what it cost."""
    ordered = sorted(
        sheet.get("sources", ()),
        key=lambda each: (SEVERITY.index(_known(str(each["state"]))), -(each["declared"] or 0)),
    )
    return pd.DataFrame(
        [
            {
                "source": each["title"] or _address(str(each["source"])).removeprefix("https://vk.com/"),
                "state": say(f"state.{_known(str(each['state']))}", lang),
                "missing": missing.amount(each),
                **{name: each.get(name) for name in NUMBERS},
            }
            for each in ordered
        ],
        columns=["source", "state", "declared", "collected", "missing", *NUMBERS[2:]],
    )


def details(sheet: Mapping[str, Any], lang: Lang) -> None:
    """Draw the table; nothing where no source was reached."""
    frame = table(sheet, lang)
    if frame.empty:
        return
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        height=min(len(frame), SHOWN_ROWS) * 35 + 38,
        column_config={name: _column(name, say(f"balance.column.{name}", lang)) for name in frame.columns},
        alt=say("balance.details", lang),
    )


def _column(name: str, label: str) -> Any:
    if name in WIDTHS:
        return st.column_config.TextColumn(label, pinned=name == "source", width=WIDTHS[name])
    return st.column_config.NumberColumn(label, format="bytes" if name == "bytes" else "localized")


def total(found: Sequence[Row], sheet: Mapping[str, Any], lang: Lang) -> str:
    """Say what arrived, what VK states, and how many requests it took."""
    known = [row.declared for row in found if row.declared is not None]
    return say(
        "balance.total" if known else "balance.total.undeclared",
        lang,
        collected=count(sum(row.collected for row in found), "comments", lang),
        declared=number(sum(known), lang),
        requests=count(int(sheet.get("requests") or 0), "requests", lang),
    )


def headline(group: Group, lang: Lang) -> str:
    """Say a fate and how many it met: comments closed: 8 sources."""
    n = count(len(group.rows), "sources", lang)
    return f"{say(f'state.{_known(group.state)}', lang)}: {n}"


def named(group: Group, lang: Lang) -> str:
    """Return, as Markdown, the sources of a line, each with what it lacks."""
    told = [
        f"{literal(_name(row, lang))}. {row.missing}" if row.missing else literal(_name(row, lang))
        for row in group.rows[:NAMED]
    ]
    if more := len(group.rows) - len(told):
        told.append(say("balance.more", lang, n=number(more, lang)))
    return "  \n".join(told) if any(row.missing for row in group.rows) else "; ".join(told)


def _name(row: Row, lang: Lang) -> str:
    name = shortened(row.name, NAME)
    if row.state != "partial" or row.declared is None:
        return name
    return say(
        "balance.part",
        lang,
        name=name,
        collected=number(row.collected, lang),
        declared=number(row.declared, lang),
    )


def _remedy(source: Mapping[str, Any], lang: Lang, *, is_demo: bool, is_stopped: bool) -> str:
    state = _known(str(source["state"]))
    if state == "partial" and is_stopped:
        return say("remedy.stopped", lang)
    if state == "refused" and source.get("refused_code"):
        rule = RULES.get(int(source["refused_code"]), UNKNOWN)
        return _refusal(rule.error.code, lang, is_demo=is_demo)
    return say(f"remedy.{state}", lang) if state in COLOURS else ""


def _refusal(code: str, lang: Lang, *, is_demo: bool) -> str:
    """Say why VK refused and what to do; a link that the demo does not know wants the real VK."""
    if is_demo and code == "not_found":
        return say("remedy.demo", lang)
    return str(faults.by_code(code, lang))


def _unusable(reason: str, lang: Lang, *, is_demo: bool) -> str:
    if is_demo and reason == "unknown_name":
        return say("remedy.demo", lang)
    return str(faults.refused(reason, lang))


def _address(source: str) -> str:
    """Return the address at VK of a source that has no title; a name that is no source stays."""
    try:
        return source_url(SourceRef.parse(source)) or source
    except ValueError:
        return source


def _known(state: str) -> str:
    return state if state in SEVERITY else "unknown"
