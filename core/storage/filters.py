"""A statement for a query: its conditions (see `conditions`), its order, the slots of the template.

Statements are constants with the slots {rows}, {plain} (rows without features), {authors}, {where},
{minute}, {order}, {columns}, {joins}, {other} (the second of two queries) and {steps}; {featured} stands for
nothing and says that {rows} must carry the features of texts. What goes into a slot comes from closed sets;
every value a person gave is bound by name.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from core.query import Query
from core.storage.columns import SORT_COLUMNS
from core.storage.conditions import CONDITIONS, FEATURED, OTHER, Conditions, Values
from core.storage.refusals import foreign_cursor
from core.storage.steps import STEPS_SQL
from core.storage.zones import offsets

# The contract's columns, of a row `comments`, its author `authors` and its `features`.
COLUMNS_SQL = """
    comments.source || ':' || comments.comment_id as comment_key,
    comments.source,
    comments.kind,
    case when comments.kind <> 'import'
        then split_part(split_part(comments.source, ':', 2), '_', 1)::bigint end as owner_id,
    case when comments.kind <> 'import'
        then split_part(comments.source, '_', 2)::bigint end as item_id,
    comments.comment_id,
    comments.root_id,
    comments.parent_id,
    comments.author_id,
    coalesce(comments.author_name, authors.name) as author_name,
    comments.author_id < 0 as author_is_community,
    comments.is_post_author,
    comments.published_at,
    comments.text,
    comments.likes,
    comments.replies,
    comments.attachments,
    comments.state,
    comments.edited_at,
    comments.deleted_at,
    comments.first_seen_at,
    comments.last_seen_at,
    case
        when comments.kind = 'import' then ''
        when comments.kind = 'topic'
            then 'https://vk.com/topic' || split_part(comments.source, ':', 2)
                || '?post=' || comments.comment_id
        else 'https://vk.com/' || replace(comments.kind, 'market', 'product')
            || split_part(comments.source, ':', 2) || '?reply=' || comments.comment_id
            || coalesce('&thread=' || comments.root_id, '')
    end as url,
    features.lang,
    features.sentiment,
    round(features.negative::double, 4) as negative,
    round(features.neutral::double, 4) as neutral,
    round(features.positive::double, 4) as positive,
    round(features.toxicity::double, 4) as toxicity,
    case when features.engine is not null then list_filter(
        [
            case when features.tags & 1 > 0 then 'obscenity' end,
            case when features.tags & 2 > 0 then 'insult' end,
            case when features.tags & 4 > 0 then 'threat' end
        ],
        lambda tag: tag is not null
    ) end as tags,
    features.is_question
"""

# What the columns need beside `comments`.
JOINS_SQL = """left join {authors} as authors on comments.author_id = authors.author_id
left join features on comments.source = features.source and comments.comment_id = features.comment_id"""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page of rows ended: the sort value and the tie-break of its last row."""

    value: datetime | int | None
    source: str
    comment_id: int


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its values."""

    sql: str
    values: Mapping[str, Any]


def needs_zone(template: str, *queries: Query | None) -> bool:
    """Tell whether a statement needs local time."""
    return "{minute}" in template or any(each.hour or each.weekday for each in queries if each)


def needs_features(template: str, query: Query) -> bool:
    """Tell whether a statement, marked by {featured}, or its conditions ask what the texts say."""
    return "{featured}" in template or bool(FEATURED & {*query.active()})


def render(
    template: str,
    query: Query,
    *,
    unfolded: bool,
    minutes: tuple[int, int] = (0, 0),
    values: Mapping[str, Any] | None = None,
    after: Position | None = None,
    other: Query | None = None,
    conditions: Conditions = CONDITIONS,
    aside: str | None = None,
) -> Statement:
    """Fill a statement's slots for a query; {other} is the condition of a second one, None for all the rest.

    `minutes` are the first and last `minute_no` of the rows, for local time; `after` leaves out the rows up
    to and including that position. `conditions` are those of other rows than comments; `aside` is a table
    that holds the rows instead.
    """
    bound = Values(dict(values or {}))
    minute = _local_minute(query.tz, minutes)
    where = "true"
    if "{where}" in template:
        where = _where(query, minute, after, bound, conditions)
    second = ""
    if "{other}" in template:
        second = _second(query, other, minutes, bound)
    featured = needs_features(template, query) or (other is not None and needs_features("", other))
    rows = "featured_comments" if featured else "comments"
    authors = "authors_now" if unfolded else "authors"
    sql = template.format(
        rows=aside or (f"{rows}_now" if unfolded else rows),
        plain="comments_now" if unfolded else "comments",
        authors=authors,
        joins=JOINS_SQL.format(authors=authors),
        where=where,
        minute=minute,
        order=_order(query.sort),
        columns=COLUMNS_SQL,
        steps=STEPS_SQL,
        featured="",
        other=second,
    )
    return Statement(sql, bound.by_name)


def write_cursor(query: Query, position: Position) -> str:
    """Return a position as opaque text for a URL."""
    value = position.value.isoformat() if isinstance(position.value, datetime) else position.value
    packed = orjson.dumps([query.sort, value, position.source, position.comment_id])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(query: Query, cursor: str) -> Position:
    """Read a position back; raises QueryError when it is not one of this query's order."""
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        sort, value, source, comment_id = orjson.loads(packed)
        is_time = SORT_COLUMNS[query.sort][0] == "published_at"
        if is_time and value is not None:
            value = datetime.fromisoformat(value)
        is_good = (
            sort == query.sort
            and isinstance(value, datetime if is_time else int) | (value is None)
            and isinstance(source, str)
            and isinstance(comment_id, int)
        )
    except (binascii.Error, ValueError, TypeError):
        is_good = False
    if not is_good:
        raise foreign_cursor(cursor)
    return Position(value, source, comment_id)


def _where(
    query: Query, minute: str, after: Position | None, bound: Values, conditions: Conditions = CONDITIONS
) -> str:
    active = query.active()
    wanted = [condition(query, minute, bound) for name, condition in conditions.items() if name in active]
    if after:
        wanted.append(_after(query.sort, after, bound))
    return "\n    and ".join(f"({each})" for each in wanted) or "true"


def _second(query: Query, other: Query | None, minutes: tuple[int, int], bound: Values) -> str:
    """Return the condition of the second set of a comparison."""
    if other is None:
        return f"not coalesce({_where(query, _local_minute(query.tz, minutes), None, bound)}, false)"
    apart = Values(bound.by_name, OTHER)
    return _where(other, _local_minute(other.tz, minutes), None, apart)


def _order(sort: str) -> str:
    column, is_descending = SORT_COLUMNS[sort]
    return f"{column} {'desc' if is_descending else 'asc'} nulls last, source, comment_id"


def _after(sort: str, position: Position, bound: Values) -> str:
    column, is_descending = SORT_COLUMNS[sort]
    source, number = (
        bound.bind("after_source", position.source),
        bound.bind("after_id", position.comment_id),
    )
    later = f"source > {source} or (source = {source} and comment_id > {number})"
    if position.value is None:
        return f"{column} is null and ({later})"
    value = bound.bind("after_value", position.value)
    beyond = "<" if is_descending else ">"
    return f"{column} {beyond} {value} or {column} is null or ({column} = {value} and ({later}))"


def _local_minute(tz: str, minutes: tuple[int, int]) -> str:
    *changes, (_, last) = offsets(tz, *minutes)
    if not changes:
        return f"(minute_no + {last})"
    steps = " ".join(f"when minute_no < {before} then {ahead}" for before, ahead in changes)
    return f"(minute_no + case {steps} else {last} end)"
