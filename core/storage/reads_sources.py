"""Sources: what is known of each, and the checkpoint of a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.errors import NotFound
from core.models import SourceKind, SourceRef, SourceState
from core.query import Query
from core.storage import ask
from core.storage.store import Store

ANSWERED = """
select
    source, call, declared_total, declared_level,
    list_transform(threads, lambda each: [each.root_id, each.declared, each.embedded]),
    thread_root, level_items, refused_code, extra
from pages
where run_id = $run_id
qualify row_number() over (partition by source, call order by version desc, ordinal desc) = 1
order by version, ordinal
"""

SOURCES = """
with known as (
    select source, max(seen_at) as seen_at
    from (
        select source, seen_at from source_observations
        union all
        select source, seen_at from source_states
        union all
        select source, seen_at from pages
    )
    group by source
),
states as (
    select
        source,
        arg_max(state, (version, ordinal)) as state,
        arg_max(refused_code, (version, ordinal)) as refused_code
    from source_states
    group by source
),
declared as (
    select source, arg_max(declared, (version, ordinal)) as declared
    from (
        select source, declared_comments as declared, version, ordinal from source_observations
        union all
        select source, coalesce(declared, listed), version, ordinal from source_states
        union all
        select source, declared_total, version, ordinal from pages
    )
    where declared is not null
    group by source
),
counts as (
    select
        source,
        count(*) as collected,
        count(*) filter (root_id is null) as roots,
        count(root_id) as replies,
        count(*) filter (state = 'deleted') as tombstones,
        count(*) filter (is_placeholder) as placeholders
    from {rows}
    group by source
)
select
    known.source,
    coalesce(sources_now.title, ''),
    coalesce(sources_now.text, ''),
    sources_now.published_at,
    sources_now.author_id,
    sources_now.likes,
    sources_now.reposts,
    sources_now.views,
    declared.declared,
    coalesce(counts.collected, 0),
    coalesce(counts.roots, 0),
    coalesce(counts.replies, 0),
    coalesce(counts.tombstones, 0),
    coalesce(counts.placeholders, 0),
    coalesce(states.state, 'unknown'),
    coalesce(states.refused_code, 0),
    known.seen_at
from known
left join sources_now on known.source = sources_now.source
left join states on known.source = states.source
left join declared on known.source = declared.source
left join counts on known.source = counts.source
where $source is null or known.source = $source
order by sources_now.published_at desc nulls last, known.source
"""

HAS_SOURCE = """
select exists (select 1 from source_observations where source = $source)
    or exists (select 1 from pages where source = $source)
"""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One answered call of a run: its last answer, as the checkpoint keeps it."""

    source: SourceRef
    call: str
    declared_total: int | None
    declared_level: int | None
    threads: tuple[tuple[int, int, int], ...]
    thread_root: int | None
    level_items: int
    refused_code: int
    extra: dict[str, str]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as it stands now: what VK says of it, what was collected, how complete that is.

    `declared_comments` is the newest number VK stated, None when it never did. Times are aware UTC.
    """

    ref: SourceRef
    title: str
    text: str
    published_at: datetime | None
    author_id: int | None
    likes: int | None
    reposts: int | None
    views: int | None
    declared_comments: int | None
    collected: int
    roots: int
    replies: int
    tombstones: int
    placeholders: int
    state: SourceState
    refused_code: int
    updated_at: datetime

    @property
    def key(self) -> str:
        """Return the key of the source."""
        return str(self.ref)

    @property
    def kind(self) -> SourceKind:
        """Return the kind of the source."""
        return self.ref.kind


def answered(store: Store, run_id: str) -> list[PageRecord]:
    """Return the calls of a run that were answered, each once with its last answer, in order."""
    return [
        PageRecord(
            SourceRef.parse(source),
            call,
            total,
            level,
            tuple((int(root), int(declared), int(embedded)) for root, declared, embedded in threads),
            thread_root,
            level_items,
            refused_code,
            dict(extra),
        )
        for source, call, total, level, threads, thread_root, level_items, refused_code, extra in ask.rows(
            store, Query(), ANSWERED, run_id=run_id
        )
    ]


def sources(store: Store) -> list[SourceRow]:
    """Return all sources, the newest first, those without a date last."""
    return [_source_row(found) for found in ask.rows(store, Query(), SOURCES, source=None)]


def source(store: Store, key: str) -> SourceRow:
    """Return one source; raises NotFound."""
    found = ask.rows(store, Query(), SOURCES, source=key)
    if not found:
        raise NotFound("There is no source {key} here.", hint="See the list of sources.", key=key[:100])
    return _source_row(found[0])


def has_source(store: Store, key: str) -> bool:
    """Tell whether a source is known here."""
    return bool(ask.row(store, Query(), HAS_SOURCE, source=key)[0])


def _source_row(found: tuple[Any, ...]) -> SourceRow:
    key, *said, state, refused_code, seen_at = found
    values: list[Any] = [SourceRef.parse(key), *said, SourceState(state), refused_code, seen_at]
    return SourceRow(*values)
