"""What one visitor is looking at, as a value, and the address that says so.

The query and everything beside it that a link carries: a link read back gives the same view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal, get_args

from core.analysis.catalogue import ANALYSES
from core.errors import QueryError
from core.query import PAGE_KEY_PREFIX, Problem, Query, lists, read_query
from core.storage.reads import ChangeKind
from core.tasks.records import TaskKind, TaskState
from core.wording import LANGS, Lang, language

SIZES: Final = (50, 100)
Read = Literal["threads", "table"]
"""The ways to read comments: in their conversations, or as rows."""
MOST_DAYS: Final = 20_000
LONGEST_KEY: Final = 200
"""Characters of the key of a comment or a task in a link."""

IMPOSSIBLE: Final = "This value is not possible."
ONE_VALUE: Final = "This filter takes one value."
NO_CHOICE: Final = "The page has no such choice."

Params = dict[str, list[str]]
Pairs = tuple[tuple[str, str], ...]
ASKED: Final = "sel.p."
SECOND: Final = "sel.b."
"""What the keys of an analysis's parameters, and of the second set of a comparison, begin with."""


@dataclass(frozen=True, slots=True)
class View:
    """All that a link carries: the query, the language, the table's page and size, what is open or listed.

    `since` (days back, or a day) and `change` (a kind) say which changes are listed. `tab` is the part of the
    page that is open, `analysis` the one chosen among all. `asked` are parameters of analyses that are not
    the defaults, as `words.by` with its value; `second` is the query of what is compared with. `problems` are
    the parts of a link that were not understood; they stay until they are read.
    """

    query: Query = field(default_factory=Query)
    ui: Lang = "en"
    page: int = 1
    size: int = SIZES[0]
    read: Read = "threads"
    comment: str = ""
    task: str = ""
    task_state: str = ""
    task_kind: str = ""
    tab: str = ""
    since: str = ""
    change: str = ""
    analysis: str = ""
    asked: Pairs = ()
    second: Pairs = ()
    problems: tuple[Problem, ...] = ()

    def params(self) -> Params:
        """Return the URL parameters of this view; the language is always among them."""
        found: Params = lists(self.query.params())
        found["ui"] = [self.ui]
        if self.page > 1:
            found["page"] = [str(self.page)]
        if self.size != SIZES[0]:
            found["sel.rows"] = [str(self.size)]
        if self.read != "threads":
            found["sel.read"] = [self.read]
        if self.comment:
            found["sel.comment"] = [self.comment]
        asked = {"sel.task": self.task, "sel.state": self.task_state, "sel.kind": self.task_kind}
        asked |= {"sel.tab": self.tab, "sel.analysis": self.analysis}
        asked |= {"sel.since": self.since, "sel.change": self.change}
        found.update({key: [value] for key, value in asked.items() if value})
        for prefix, pairs in ((ASKED, self.asked), (SECOND, self.second)):
            for key, value in pairs:
                found.setdefault(f"{prefix}{key}", []).append(value)
        return found

    def given(self, analysis: str) -> dict[str, str]:
        """Return the parameters of an analysis that are not the defaults."""
        own = f"{analysis}."
        return {key.removeprefix(own): value for key, value in self.asked if key.startswith(own)}


def read_view(params: Mapping[str, Sequence[str]], locale: str | None) -> View:
    """Read a view from URL parameters; what cannot be used is left out and reported in `problems`."""
    query, problems = read_query(params)
    faults, asked_for = list(problems), set[str]()

    def one(key: str, default: str, is_good: Callable[[str], bool]) -> str:
        asked_for.add(key)
        given = params.get(key, ())
        good = [text for text in given if is_good(text)]
        faults.extend(Problem(key, text, IMPOSSIBLE) for text in given if text not in good)
        if len(good) > 1:
            faults.append(Problem(key, ", ".join(good), ONE_VALUE))
        return good[0] if good else default

    default_ui = language(locale)
    ui = one("ui", default_ui, lambda text: text in LANGS)
    page = one("page", "1", lambda text: text.isascii() and text.isdigit() and 1 <= int(text) <= 10**7)
    size = one("sel.rows", str(SIZES[0]), lambda text: text in {str(each) for each in SIZES})
    read = one("sel.read", "threads", lambda text: text in get_args(Read))
    comment = one("sel.comment", "", lambda text: len(text) < LONGEST_KEY)
    task = one("sel.task", "", lambda text: text.isalnum() and len(text) < LONGEST_KEY)
    task_state = one("sel.state", "", lambda text: text in {str(each) for each in TaskState})
    analysis = one("sel.analysis", "", lambda text: text in ANALYSES)
    asked, second = _asked(params, faults), _second(params, faults)
    tab = one("sel.tab", "", lambda text: text.isidentifier() and len(text) < LONGEST_KEY)
    task_kind = one("sel.kind", "", lambda text: text in {str(each) for each in TaskKind})
    since = one("sel.since", "", _is_since)
    change = one("sel.change", "", lambda text: text in {str(each) for each in ChangeKind})
    faults += [
        Problem(key, ", ".join(given), NO_CHOICE)
        for key, given in params.items()
        if key.startswith(PAGE_KEY_PREFIX) and key not in asked_for and not key.startswith((ASKED, SECOND))
    ]
    return View(
        query=query,
        ui="ru" if ui == "ru" else "en",
        page=int(page),
        size=int(size),
        read="table" if read == "table" else "threads",
        comment=comment,
        task=task,
        task_state=task_state,
        task_kind=task_kind,
        tab=tab,
        since=since,
        change=change,
        analysis=analysis,
        asked=asked,
        second=second,
        problems=tuple(faults),
    )


def _is_since(text: str) -> bool:
    """Tell whether a text is a number of days back, or a day."""
    if text.isascii() and text.isdigit():
        return 1 <= int(text) <= MOST_DAYS
    try:
        return 1970 < date.fromisoformat(text).year < 9000
    except ValueError:
        return False


def _pairs(params: Mapping[str, Sequence[str]], prefix: str) -> Pairs:
    return tuple(
        (key.removeprefix(prefix), value) for key in params if key.startswith(prefix) for value in params[key]
    )


def _asked(params: Mapping[str, Sequence[str]], faults: list[Problem]) -> Pairs:
    """Return the parameters of analyses that can be used, one value of each; others are reported."""
    good: dict[str, str] = {}
    for key, value in _pairs(params, ASKED):
        analysis, _, name = key.partition(".")
        try:
            ANALYSES[analysis].checked({name: value})
        except (KeyError, QueryError):
            faults.append(Problem(f"{ASKED}{key}", value, IMPOSSIBLE))
            continue
        if key in good:
            faults.append(Problem(f"{ASKED}{key}", f"{good[key]}, {value}", ONE_VALUE))
        good.setdefault(key, value)
    return tuple(good.items())


def _second(params: Mapping[str, Sequence[str]], faults: list[Problem]) -> Pairs:
    """Return the second query's parameters that can be used; others are reported."""
    query, problems = read_query(lists(_pairs(params, SECOND)))
    faults.extend(replace(each, key=f"{SECOND}{each.key}") for each in problems)
    return tuple(query.params())
