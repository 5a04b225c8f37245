"""The view of this session and the address in its browser: the only user of session state and URL.

The view lives in the session; widgets and charts are projections of it, and the URL is rewritten from it on
every run. A URL that differs from the one written last (a fresh link, Back, Forward) wins over the session,
unless this very run was caused by a widget. Widgets are not bound to the URL by Streamlit itself: its binding
repairs bad values silently and makes no history entries, so Back would leave the app after an edit.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from core.query import Dataset, Problem, Query
from dashboard import session
from dashboard.view import LONGEST_KEY, SIZES, Pairs, Params, Read, View, read_view

__all__ = [
    "LONGEST_KEY",
    "SIZES",
    "Pairs",
    "Params",
    "Read",
    "View",
    "ask",
    "begin",
    "can_undo",
    "change",
    "correct",
    "current",
    "drop",
    "enter",
    "event",
    "events",
    "heard",
    "hold",
    "keep",
    "look",
    "picked",
    "refuse",
    "reset",
    "seed",
    "settle",
    "stay",
    "switch_dataset",
    "toggle",
    "undo",
    "write",
]

_VIEW = "view"
_WRITTEN = "view.written"
_CHANGED = "view.changed"
_PAST = "view.past"
_PAGE = "view.page"
_ENTERED = "view.entered"
_LEFT = "view.left"
_LATE_S = 2.0
"""So long after an address was written a request may still carry the one before."""
_REMEMBERED = 50
"""So many changes of the query can be taken back."""


def begin() -> View:
    """Decide, at the top of a run, which view it is about: the session's or the URL's."""
    url = _url()
    known: View | None = session.get(_VIEW)
    is_fresh = session.is_back() or not (session.get(_CHANGED) or _is_late(url))
    session.drop(_CHANGED)
    if known is None or (url and is_fresh and url != session.get(_WRITTEN)):
        known = read_view(url, st.context.locale)
        session.put(_VIEW, known)
        # Forward may cut this run short before it writes: it has to find that the address was another.
        session.put(_WRITTEN, url)
    return known


def _is_late(url: Params) -> bool:
    """Tell whether a request was made before the browser knew the address that the last run wrote."""
    left, at = session.get(_LEFT, ({}, -math.inf))
    return bool(url == left and time.monotonic() - at < _LATE_S)


def enter(page: str) -> None:
    """Note which page this run shows: until a run of it is whole, its fields are told what they hold."""
    if session.get(_PAGE) != page:
        session.put(_PAGE, page)
        session.put(_ENTERED, True)


def current() -> View:
    """Return the view of this run."""
    view: View = session.get(_VIEW)
    return view


def write() -> None:
    """Write the view into the URL when it says something else; this makes a history entry.

    What a widget changed is then told: a fragment ends here without `begin`, and the next Back must win.
    """
    params = current().params()
    session.put(_WRITTEN, params)
    session.drop(_CHANGED)
    session.drop(_ENTERED)
    if params != (url := _url()):
        session.put(_LEFT, (url, time.monotonic()))
        st.query_params.from_dict(params)


def settle(dataset: Dataset) -> None:
    """Fix the dataset in the view (and its link) once it is known which one is shown."""
    view = current()
    if view.query.dataset is None:
        session.put(_VIEW, replace(view, query=replace(view.query, dataset=dataset)))


def correct(**fields: Any) -> None:
    """Change what is shown in the midst of a run, which then writes it with the rest of its address."""
    session.put(_VIEW, replace(current(), **fields))


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


def ask(analysis: str, parameter: str, value: str | None) -> None:
    """Set a parameter of an analysis, or with None put it back to its default."""
    key = f"{analysis}.{parameter}"
    others = tuple(pair for pair in current().asked if pair[0] != key)
    look(asked=others if value is None else (*others, (key, value)))


def undo() -> None:
    """Take back the last change of the query."""
    past, known = _past(), current()
    while past and past[-1] == known.query:
        past.pop()
    if past:
        session.put(_VIEW, replace(known, query=past.pop(), page=1))
        session.put(_CHANGED, True)


def can_undo() -> bool:
    """Tell whether there is a change of the query to take back."""
    return bool(_past())


def _past() -> list[Query]:
    if not session.has(_PAST):
        session.put(_PAST, [])
    past: list[Query] = session.get(_PAST)
    return past


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
    session.put(_VIEW, replace(view, query=view.query.without(name), problems=(*view.problems, fault)))


def seed(key: str, value: object) -> None:
    """Give a widget the value that the view holds; call it before the widget is drawn.

    On another page the browser's field is a new one, and empty whatever the widget holds.
    """
    _shift(key, value)
    if session.get(_ENTERED) or not session.has(key) or session.get(key) != value:
        session.put(key, value)


def hold(key: str, value: object) -> None:
    """Give a choice its value, and the browser the words of it, in every run; call it before it is drawn.

    The browser answers with the words of what is chosen. They change with the language and with the counts
    beside them, and words that it kept from an earlier run would be taken for another value.
    """
    _shift(key, value)
    session.put(key, value)


def heard(key: str, act: Callable[[], object]) -> Callable[[], None]:
    """Return what a widget calls when it changes: `act`, unless it only says what it showed before.

    A browser that has not heard yet what the last choice changed sends, with the next one, what its other
    widgets showed until then.
    """

    def change() -> None:
        is_late = _url() != current().params()
        if not (is_late and session.has(f"{key}.was") and session.get(f"{key}.was") == session.get(key)):
            act()

    return change


def _shift(key: str, value: object) -> None:
    """Note what a widget shows in the browser when it is given another value."""
    if not session.has(key) or session.get(key) == value:
        session.drop(f"{key}.was")
    else:
        session.put(f"{key}.was", session.get(key))


def stay(key: str, choices: Collection[object], default: object) -> None:
    """Give a choice that no link carries its own value again, and the browser the words of it, as `hold`."""
    known = session.get(key, default)
    hold(key, known if known in choices else default)


def picked(key: str) -> Any:
    """Return what a widget holds now, None when it is not drawn."""
    return session.get(key)


def keep(key: str, value: object) -> None:
    """Remember something for this visitor that no link needs to carry."""
    session.put(key, value)


def event(key: str) -> Mapping[str, Any]:
    """Return the event that a board has just sent; anything but a mapping counts as none."""
    sent = getattr(session.get(key), "event", None)
    return sent if isinstance(sent, Mapping) else {}


def events(key: str) -> list[Mapping[str, Any]]:
    """Return what a board has sent and was not returned before, oldest first.

    It repeats its latest events with each new one, since Streamlit keeps only the last of those that come
    while a run is under way; their times (`at`, milliseconds of the browser) tell which are known.
    """
    sent = event(key).get("events")
    told = [each for each in sent if isinstance(each, Mapping)] if isinstance(sent, list) else []
    heard = session.get(f"{key}.heard", 0.0)
    fresh = [each for each in told if isinstance(each.get("at"), int | float) and each["at"] > heard]
    if fresh:
        session.put(f"{key}.heard", fresh[-1]["at"])
    return fresh


def _put(view: View) -> None:
    """Take a view; what a widget says while Back or Forward is followed is not what anybody chose."""
    if session.is_back():
        return
    known: View | None = session.get(_VIEW)
    if known is not None and known.query != view.query:
        past = _past()
        past.append(known.query)
        del past[:-_REMEMBERED]
    session.put(_VIEW, view)
    session.put(_CHANGED, True)


def _url() -> Params:
    return {key: st.query_params.get_all(key) for key in st.query_params}
