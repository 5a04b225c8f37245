"""A file of labels: what people say of comments, read line by line.

A line that cannot be a label is refused by its number and a reason; the others are kept.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Final, Literal

from core.storage import reads_labelled
from core.storage.reads_labels import Label
from core.storage.store import Store
from core.text.calibrating import CODES

Reason = Literal["columns", "key", "name", "value", "answer", "coder", "note", "unknown"]

COLUMNS: Final = ("comment_key", "name", "value", "coder", "note")
NEEDED: Final = COLUMNS[:3]
UNSURE: Final = "unsure"
"""What a coder says who cannot say."""
NAME: Final = re.compile(r"[^\s:][^:\r\n]{0,59}")
VALUE: Final = re.compile(r"\S[^\r\n]{0,99}")
LONGEST: Final = {"coder": 100, "note": 1000}
MARK: Final = "\ufeff"
GUARD: Final = "'"
"""What `core.export` puts before what a spreadsheet could take for a formula."""
MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line of the file, counted from 1 with the header as the first, and why it is no label."""

    line: int
    reason: Reason
    value: str = ""


@dataclass(frozen=True, slots=True)
class LabelFile:
    """What a file holds: labels of comments that are here, and the lines that are none."""

    labels: tuple[Label, ...]
    refused: tuple[RefusedLine, ...]


def reason_against(name: str, value: str, coder: str = "", note: str = "") -> Reason | None:
    """Return what keeps these words from being a label, None when nothing does.

    `sentiment` and `toxicity` are what the models are checked against: they take the models' own answers.
    """
    if not NAME.fullmatch(name):
        return "name"
    if not VALUE.fullmatch(value):
        return "value"
    if name in CODES and value not in (*CODES[name], UNSURE):
        return "answer"
    if len(coder) > LONGEST["coder"]:
        return "coder"
    return "note" if len(note) > LONGEST["note"] else None


def read_labels(store: Store, content: bytes) -> LabelFile:
    """Read a CSV of labels: UTF-8, `,` or `;`, a header with at least comment_key, name and value."""
    text = content.decode("utf-8", "replace").removeprefix(MARK)
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    lacking = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if lacking:
        return LabelFile((), (RefusedLine(1, "columns", ", ".join(lacking)),))
    found: dict[int, Label] = {}
    refused: list[RefusedLine] = []
    for _, row in zip(range(MOST), rows, strict=False):
        cells = {name: str(row.get(name) or "").removeprefix(GUARD).strip() for name in COLUMNS}
        label = _label(cells)
        if isinstance(label, Label):
            found[rows.line_num] = label
        else:
            refused.append(RefusedLine(rows.line_num, label, _culprit(cells, label)))
    here = reads_labelled.here(store, [(each.source, each.comment_id) for each in found.values()])
    strange = [(line, each) for line, each in found.items() if each.comment_key not in here]
    refused += [RefusedLine(line, "unknown", each.comment_key) for line, each in strange]
    good = tuple(each for each in found.values() if each.comment_key in here)
    return LabelFile(good, tuple(sorted(refused, key=lambda each: each.line)))


def _label(cells: dict[str, str]) -> Label | Reason:
    """Return a line as a label, or the reason why it is none."""
    source, _, number = cells["comment_key"].rpartition(":")
    if not source or not (number.isascii() and number.isdigit()) or len(number) > 18:
        return "key"
    name, value, coder, note = (cells[each] for each in COLUMNS[1:])
    reason = reason_against(name, value, coder, note)
    return reason or Label(source, int(number), name, value, coder, note)


def _culprit(cells: dict[str, str], reason: Reason) -> str:
    column = {"key": "comment_key", "answer": "value"}.get(reason, reason)
    return cells[column][:60]
