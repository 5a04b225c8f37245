"""What the program noted for itself: tasks, schedules, calls counted per token; listing pages of a run."""

from __future__ import annotations

from datetime import date

from core.query import Query
from core.storage import ask
from core.storage.store import Store

TASKS = """
select id, body
from tasks
order by changed_at, id
"""

SCHEDULES = """
select id, body
from schedules
order by changed_at, id
"""

CALLS = """
select day, token, method, calls
from token_calls
where day = $day
order by token, method
"""

LISTING_PAGES = """
select listing, call, body
from listings
where run_id = $run_id
qualify row_number() over (partition by listing, call order by version desc, ordinal desc) = 1
order by version, ordinal
"""


def tasks(store: Store) -> list[tuple[str, str]]:
    """Return the noted tasks as (id, JSON), the last changed one last."""
    return [(name, body) for name, body in ask.rows(store, Query(), TASKS)]


def schedules(store: Store) -> list[tuple[str, str]]:
    """Return the noted schedules as (id, JSON), the last changed one last."""
    return [(name, body) for name, body in ask.rows(store, Query(), SCHEDULES)]


def calls(store: Store, day: date) -> list[tuple[date, str, str, int]]:
    """Return the calls counted on a UTC day: (day, token id, method, how many)."""
    return [
        (of, token, method, number) for of, token, method, number in ask.rows(store, Query(), CALLS, day=day)
    ]


def listing_pages(store: Store, run_id: str) -> list[tuple[str, str, str]]:
    """Return the listing pages of a run as (listing, call, body), each call once with its last answer."""
    return [
        (listing, call, body)
        for listing, call, body in ask.rows(store, Query(), LISTING_PAGES, run_id=run_id)
    ]
