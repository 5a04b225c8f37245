"""What one visitor is looking at, and the address that says so: the only user of session state and URL.

The view lives in the session; widgets and charts are projections of it, and the URL is rewritten from it on
every run. A URL that differs from the one written last (a fresh link, Back, Forward) wins over the session,
unless this very run was caused by a widget. Widgets are not bound to the URL by Streamlit itself: its binding
repairs bad values silently and makes no history entries, so Back would leave the app after an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from core.analysis.catalogue import ANALYSES
from core.errors import QueryError
from core.query import Dataset, Problem, Query, read_query
from core.tasks.records import TaskKind, TaskState
from core.wording import LANGS, Lang, language

SIZES = (50, 100)

_VIEW = "view"
_WRITTEN = "view.written"
_CHANGED = "view.changed"

Params = dict[str, list[str]]
Pairs = tuple[tuple[str, str], ...]
ASKED = "sel.p."
SECOND = "sel.b."
"""What the keys of an analysis's parameters, and of the second set of a comparison, begin with."""


@dataclass(frozen=True, slots=True)
class View:
    """All that a link carries: the query, the language, the table's page and size, what is open or listed.

    `analysis` is the one shown, `asked` its parameters where they are not the defaults, `second` the query of
    what it compares with. `problems` are the parts of a link that were not understood; they stay until they
    are read.
    """

    query: Query = field(default_factory=Query)
    ui: Lang = "en"
    page: int = 1
    size: int = SIZES[0]
    comment: str = ""
    task: str = ""
    task_state: str = ""
    task_kind: str = ""
    analysis: str = ""
    asked: Pairs = ()
    second: Pairs = ()
    problems: tuple[Problem, ...] = ()

    def params(self) -> Params:
        """Return the URL parameters of this view; the language is always among them."""
        found: Params = {}
        for key, value in self.query.params():
            found.setdefault(key, []).append(value)
        found["ui"] = [self.ui]
        if self.page > 1:
            found["page"] = [str(self.page)]
        if self.size != SIZES[0]:
            found["sel.rows"] = [str(self.size)]
        if self.comment:
            found["sel.comment"] = [self.comment]
        asked = {"sel.task": self.task, "sel.state": self.task_state, "sel.kind": self.task_kind}
        asked["sel.analysis"] = self.analysis
        found.update({key: [value] for key, value in asked.items() if value})
        for prefix, pairs in ((ASKED, self.asked), (SECOND, self.second)):
            for key, value in pairs:
                found.setdefault(f"{prefix}{key}", []).append(value)
        return found


def read_view(params: Mapping[str, Sequence[str]], locale: str | None) -> View:
    """Read a view from URL parameters; what cannot be used is left out and reported in `problems`."""
    query, problems = read_query(params)
    faults = list(problems)

    def one(key: str, default: str, is_good: Callable[[str], bool]) -> str:
        given = params.get(key, ())
        if not given:
            return default
        if is_good(given[-1]):
            return given[-1]
        faults.append(Problem(key, given[-1], "This value is not possible."))
        return default

    default_ui = language(locale)
    ui = one("ui", default_ui, lambda text: text in LANGS)
    page = one("page", "1", lambda text: text.isascii() and text.isdigit() and 1 <= int(text) <= 10**7)
    size = one("sel.rows", str(SIZES[0]), lambda text: text in {str(each) for each in SIZES})
    comment = one("sel.comment", "", lambda text: len(text) < 200)
    task = one("sel.task", "", lambda text: text.isalnum() and len(text) < 200)
    task_state = one("sel.state", "", lambda text: text in {str(each) for each in TaskState})
    analysis = one("sel.analysis", "", lambda text: text in ANALYSES)
    asked, second = _asked(params, analysis, faults), _second(params, faults)
    task_kind = one("sel.kind", "", lambda text: text in {str(each) for each in TaskKind})
    return View(
        query=query,
        ui="ru" if ui == "ru" else "en",
        page=int(page),
        size=int(size),
        comment=comment,
        task=task,
        task_state=task_state,
        task_kind=task_kind,
        analysis=analysis,
        asked=asked,
        second=second,
        problems=tuple(faults),
    )


def _pairs(params: Mapping[str, Sequence[str]], prefix: str) -> Pairs:
    return tuple(
        (key.removeprefix(prefix), value) for key in params if key.startswith(prefix) for value in params[key]
    )


def _asked(params: Mapping[str, Sequence[str]], analysis: str, faults: list[Problem]) -> Pairs:
    """Return the parameters of the analysis that can be used; others are reported."""
    good: list[tuple[str, str]] = []
    for key, value in _pairs(params, ASKED):
        try:
            ANALYSES[analysis].checked({key: value})
        except (KeyError, QueryError):
            faults.append(Problem(f"{ASKED}{key}", value, "This value is not possible."))
        else:
            good.append((key, value))
    return tuple(good)


def _second(params: Mapping[str, Sequence[str]], faults: list[Problem]) -> Pairs:
    """Return the second query's parameters that can be used; others are reported."""
    given: dict[str, list[str]] = {}
    for key, value in _pairs(params, SECOND):
        given.setdefault(key, []).append(value)
    query, problems = read_query(given)
    faults.extend(replace(each, key=f"{SECOND}{each.key}") for each in problems)
    return tuple(query.params())


def begin() -> View:
    """Decide, at the top of a run, which view it is about: the session's or the URL's."""
    url = _url()
    known: View | None = st.session_state.get(_VIEW)
    changed = st.session_state.pop(_CHANGED, False)
    if known is None or (url and not changed and url != st.session_state.get(_WRITTEN)):
        known = read_view(url, st.context.locale)
        st.session_state[_VIEW] = known
    return known


def current() -> View:
    """Return the view of this run."""
    view: View = st.session_state[_VIEW]
    return view


def write() -> None:
    """Write the view into the URL when it says something else; this makes a history entry.

    What a widget changed is then told: a fragment ends here without `begin`, and the next Back must win.
    """
    params = current().params()
    st.session_state[_WRITTEN] = params
    st.session_state.pop(_CHANGED, None)
    if params != _url():
        st.query_params.from_dict(params)


def settle(dataset: Dataset) -> None:
    """Fix the dataset in the view (and its link) once it is known which one is shown."""
    view = current()
    if view.query.dataset is None:
        st.session_state[_VIEW] = replace(view, query=replace(view.query, dataset=dataset))


def change(**fields: Any) -> None:
    """Change filters; the table goes back to its first page. Meant for callbacks."""
    view = current()
    _put(replace(view, query=replace(view.query, **fields), page=1))


def look(**fields: Any) -> None:
    """Change what is shown but not what is filtered: page, size, comment, task, ui, problems."""
    _put(replace(current(), **fields))


def toggle(name: str, value: object) -> None:
    """Add a value to a filter of several values, or take it out."""
    held: tuple[object, ...] = getattr(current().query, name)
    change(**{name: tuple(each for each in held if each != value) if value in held else (*held, value)})


def drop(*names: str) -> None:
    """Remove filters by field name."""
    view = current()
    _put(replace(view, query=view.query.without(*names), page=1))


def reset() -> None:
    """Remove every filter; dataset, time zone and order stay."""
    drop(*current().query.active())


def switch_dataset(dataset: Dataset) -> None:
    """Show the other data; filters that name its sources, threads and authors go."""
    view = current()
    query = view.query.without("source", "root", "author", "since", "until")
    _put(replace(view, query=replace(query, dataset=dataset), page=1, comment=""))


def refuse(name: str, key: str) -> None:
    """Leave out a filter that cannot be here, and say so: a link may come from another installation."""
    view = current()
    fault = Problem(key, str(getattr(view.query, name)), "This value is not possible.")
    st.session_state[_VIEW] = replace(view, query=view.query.without(name), problems=(*view.problems, fault))


def seed(key: str, value: object) -> None:
    """Give a widget the value that the view holds; call it before the widget is drawn."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def picked(key: str) -> Any:
    """Return what a widget holds now, None when it is not drawn."""
    return st.session_state.get(key)


def keep(key: str, value: object) -> None:
    """Remember something for this visitor that no link needs to carry."""
    st.session_state[key] = value


def event(key: str) -> Mapping[str, Any]:
    """Return the event that a board has just sent; anything but a mapping counts as none."""
    sent = getattr(st.session_state.get(key), "event", None)
    return sent if isinstance(sent, Mapping) else {}


def _put(view: View) -> None:
    st.session_state[_VIEW] = view
    st.session_state[_CHANGED] = True


def _url() -> Params:
    return {key: st.query_params.get_all(key) for key in st.query_params}
