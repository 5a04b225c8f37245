"""The parts in figures, as cards: pure functions of a condition."""

from __future__ import annotations

from dataclasses import replace

from core.cache import CacheStats
from core.storage.store import StoreStats
from core.vk.tokens import TokenState
from core.wording import Lang, count, dates, duration, has, number, percent, say, size
from dashboard.components import progress
from dashboard.components.cards import Card, Row, level_of
from dashboard.condition import Condition, Database

LOW_ROOM = 0.1
COUNTED = 3
"""So many methods without a limit stand by their names; the others are one figure."""


def all_of(found: Condition, lang: Lang, tz: str) -> list[Card]:
    """Return every card, in the order of a reader's interest."""
    return [
        queue(found, lang),
        *(database(each, lang, tz) for each in found.databases),
        cache(found.cache, lang),
        quota(found, lang),
        room(found, lang),
        versions(found, lang),
    ]


def queue(found: Condition, lang: Lang) -> Card:
    """Return what runs and what waits, here and in the processes."""
    title, stats, compute = say("system.queue", lang), found.queue, found.compute
    rows: list[Row] = []
    if stats is not None:
        running = ", ".join(f"{_word('task.kind', kind, lang)} {n}" for kind, n in stats.kinds.items() if n)
        rows += [
            _busy(say("system.queue.busy", lang), stats.running, stats.workers, lang, stats.waiting),
            Row(say("system.queue.kinds", lang), running or say("system.queue.nothing", lang)),
            Row(say("system.queue.waiting", lang), number(stats.waiting, lang)),
        ]
        if stats.waiting:
            rows.append(Row(say("system.queue.oldest", lang), duration(stats.oldest_wait_s, lang)))
    if compute is not None:
        rows.append(_busy(say("system.queue.compute", lang), compute.busy, compute.workers, lang))
    groups = [("", tuple(rows))]
    if stats is not None and any(stats.states.values()):
        states = tuple(
            Row(progress.counted(name, lang), number(n, lang)) for name, n in stats.states.items() if n
        )
        groups.append((say("system.queue.states", lang), states))
    return _card(title, groups, lang)


def database(found: Database, lang: Lang, tz: str) -> Card:
    """Return the pool and the queries of one database."""
    name = say(f"system.dataset.{found.dataset}", lang)
    rows = _pool(found.stats, lang, tz) if found.stats is not None else ()
    return _card(f"{say('system.pool', lang)} · {name}", [("", rows)], lang)


def _pool(stats: StoreStats, lang: Lang, tz: str) -> tuple[Row, ...]:
    last = stats.last_committed_at
    waiting = f"{number(stats.readers_waiting, lang)} / {number(stats.writers_waiting, lang)}"
    slow = f"{number(stats.slow, lang)} / {number(stats.timed_out, lang)}"
    return (
        _busy(
            say("system.pool.readers", lang), stats.readers_busy, stats.readers, lang, stats.readers_waiting
        ),
        _busy(say("system.pool.exports", lang), stats.exports_busy, stats.exports, lang),
        Row(say("system.pool.waiting", lang), waiting),
        Row(say("system.pool.queries", lang), number(stats.queries, lang)),
        Row(say("system.pool.slow", lang), slow),
        Row(say("system.pool.stuck", lang), number(stats.stuck, lang), level="down" if stats.stuck else ""),
        Row(say("system.pool.version", lang), number(stats.version, lang)),
        Row(
            say("system.pool.changed", lang),
            dates.moment(last, lang, tz) if last else say("system.pool.never", lang),
        ),
    )


def cache(stats: CacheStats | None, lang: Lang) -> Card:
    """Return how much the cache saves, and whether its engine is well."""
    title = say("system.cache", lang)
    if stats is None:
        return _card(title, [], lang)
    asked = stats.hits + stats.misses
    share = stats.hits / asked if asked else None
    rows = (
        Row(
            say("system.cache.share", lang),
            say("system.cache.unused", lang) if share is None else percent(share, lang),
            share,
        ),
        Row(say("system.cache.lookups", lang), f"{number(stats.hits, lang)} / {number(stats.misses, lang)}"),
        Row(say("system.cache.entries", lang), number(stats.entries, lang)),
        Row(say("system.cache.memory", lang), size(stats.memory, lang)),
        Row(say("system.cache.waits", lang), number(stats.waits, lang)),
        Row(say("system.cache.dropped", lang), number(stats.dropped, lang)),
        Row(
            say("system.cache.troubles", lang),
            f"{number(stats.corrupt, lang)} / {number(stats.failures, lang)}",
            level="degraded" if stats.state != "ok" else "",
        ),
    )
    return _card(title, [("", rows)], lang)


def quota(found: Condition, lang: Lang) -> Card:
    """Return what each token spent of its day, by method, against the limits VK publishes."""
    groups = [_token(token, lang) for token in found.tokens]
    note = "" if groups else say("system.quota.demo", lang)
    return Card(say("system.quota", lang), tuple(groups), note)


def _token(token: TokenState, lang: Lang) -> tuple[str, tuple[Row, ...]]:
    name = say("system.quota.token", lang, number=token.number, kind=say(f"tokens.kind.{token.kind}", lang))
    total = count(sum(token.calls_today.values()), "calls", lang)
    limited = [
        _used(method, token.calls_today.get(method, 0), limit, lang)
        for method, limit in token.limits.items()
        if limit > 0
    ]
    others = sorted(
        ((calls, method) for method, calls in token.calls_today.items() if token.limits.get(method, 0) <= 0),
        key=lambda each: -each[0],
    )
    named = [Row(method, number(calls, lang)) for calls, method in others[:COUNTED]]
    if rest := sum(calls for calls, _ in others[COUNTED:]):
        named.append(Row(say("system.quota.others", lang), number(rest, lang)))
    return f"{name} · {say('system.quota.calls', lang, calls=total)}", (*limited, *named)


def room(found: Condition, lang: Lang) -> Card:
    """Return the room on each disk, and what the databases take of it."""
    groups: list[tuple[str, tuple[Row, ...]]] = []
    for disk in found.disks:
        left = disk.free / disk.total if disk.total else 0.0
        text = say(
            "system.room.of", lang, taken=size(disk.total - disk.free, lang), total=size(disk.total, lang)
        )
        level = level_of(1 - left) if left < LOW_ROOM else ""
        groups.append((str(disk.folder), (Row(say("system.room.taken", lang), text, 1 - left, level),)))
    files = tuple(row for each in found.databases for row in _sizes(each, lang))
    return _card(say("system.room", lang), [*groups, (say("system.pool", lang), files)], lang)


def _sizes(found: Database, lang: Lang) -> tuple[Row, ...]:
    if found.file is None:
        return (Row(say(f"system.dataset.{found.dataset}", lang), say("system.room.memory", lang)),)
    file = Row(found.file.name, size(found.size, lang))
    log = Row(say("system.room.log", lang, name=found.file.name), size(found.wal_size, lang))
    return (file, log) if found.wal_size else (file,)


def versions(found: Condition, lang: Lang) -> Card:
    """Return what runs."""
    known = found.versions
    rows = [
        Row(say("system.version.app", lang), known.app),
        Row("Python", known.python),
        Row("DuckDB", known.duckdb),
        Row("Streamlit", known.streamlit),
        Row(say("system.version.schema", lang), str(known.schema)),
    ]
    for name, stats in (("cache", found.cache), ("compute", found.compute)):
        if stats is not None:
            rows.append(Row(say(f"system.engine.{name}", lang), _word("system.engine", stats.engine, lang)))
    return _card(say("system.versions", lang), [("", tuple(rows))], lang)


def _used(label: str, busy: int, total: int, lang: Lang) -> Row:
    share = busy / total if total else 0.0
    text = say("system.of", lang, n=number(busy, lang), total=number(total, lang))
    return Row(label, text, share, level_of(share))


def _busy(label: str, busy: int, total: int, lang: Lang, waiting: int = 0) -> Row:
    """Return how much of a pool works: all of it is as it should be, and worth a mark once others wait."""
    row = _used(label, busy, total, lang)
    return replace(row, level="degraded" if waiting and busy >= total else "")


def _word(prefix: str, name: str, lang: Lang) -> str:
    return say(f"{prefix}.{name}", lang) if has(f"{prefix}.{name}") else name


def _card(title: str, groups: list[tuple[str, tuple[Row, ...]]], lang: Lang) -> Card:
    """Return a card; one without figures says that they are not known now."""
    kept = tuple((heading, rows) for heading, rows in groups if rows)
    return Card(title, kept, "" if kept else say("system.unknown", lang))
