"""Hits in their threads as the reader draws them: grouped, ordered, told in plain texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.query import Query
from core.storage.reads import Version
from core.storage.reads_reader import Given
from core.wording import Lang, count, dates, number, say
from core.wording.filters import label_text, shortened
from dashboard.components.conversation import nearest, ordered, shown
from dashboard.components.judging import CHECKED
from dashboard.components.labels import readable
from dashboard.components.table import attachment

TITLE = 90
NOTE = 60
"""So many characters of a note stand beside its label; the whole of a longer one is its hint."""
MOST = 600
"""So many comments of an opened thread are drawn at most, those around what is looked at."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread with hits: the rows that are shown, in reading order; `size` comments are here in all."""

    key: str
    source: str
    size: int
    rows: tuple[Row, ...]
    is_open: bool = False

    @property
    def hidden(self) -> int:
        """Return how many comments of the thread are not shown."""
        return max(0, self.size - len(self.rows))

    @property
    def hits(self) -> list[str]:
        """Return the keys of its hits in reading order."""
        return [str(row["comment_key"]) for row in self.rows if row["number"] is not None]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside rows: titles by source, the rest by comment."""

    titles: Mapping[str, str]
    labels: Mapping[str, Sequence[Given]]
    attached: Mapping[str, Sequence[str]]
    versions: Mapping[str, Sequence[Version]]


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of the list is shown: hits from number `first` on, of `total`."""

    first: int
    total: int


def threads(rows: Sequence[Row]) -> list[Thread]:
    """Return the threads of a page, each once, in the order of their first hits."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(root_of(row), []).append(row)
    found = [
        Thread(key, str(each[0]["source"]), _size(key, each), tuple(ordered(_by_id(each))))
        for key, each in grouped.items()
    ]
    return sorted(found, key=_first)


def opened(thread: Thread, rows: Sequence[Row], key: str) -> Thread:
    """Return a thread with all its rows, those nearest to a comment where they are too many."""
    numbers = {row["comment_key"]: row["number"] for row in thread.rows}
    every = [{**row, "number": numbers.get(row["comment_key"])} for row in rows]
    near = nearest(ordered(every), key, MOST)
    return Thread(thread.key, thread.source, len(rows), tuple(near), is_open=True)


def hits(listed: Sequence[Thread]) -> list[str]:
    """Return the keys of all hits of a page in reading order."""
    return [key for thread in listed for key in thread.hits]


def root_of(row: Row) -> str:
    """Return the key of the comment that opened a comment's thread."""
    root = row["comment_id"] if row["root_id"] is None else row["root_id"]
    return f"{row['source']}:{root}"


def told(
    listed: Sequence[Thread],
    beside: Beside,
    place: Place,
    query: Query,
    lang: Lang,
) -> list[dict[str, Any]]:
    """Return threads as the component draws them; hits are numbered on from the place of the page.

    A source is named above the first of its threads that follow each other.
    """
    numbers = {key: place.first + index for index, key in enumerate(hits(listed))}
    total = number(place.total, lang)
    drawn, above = [], ""
    for thread in listed:
        comments = [
            {
                **each,
                **_more(row, beside, query, lang),
                "is_hit": row["comment_key"] in numbers,
                "place": say("reader.place", lang, n=number(numbers[row["comment_key"]], lang), total=total)
                if row["comment_key"] in numbers
                else "",
            }
            for row, each in zip(thread.rows, shown(thread.rows, "", query, lang), strict=True)
        ]
        drawn.append(
            {
                "key": thread.key,
                "title": _title(thread, beside) if thread.source != above else "",
                "size": say("thread.size", lang, n=count(thread.size, "comments", lang))
                if thread.size > 1
                else "",
                "more": _hidden(thread, lang),
                "is_open": thread.is_open,
                "comments": comments,
            }
        )
        above = thread.source
    return drawn


def _title(thread: Thread, beside: Beside) -> str:
    return shortened(beside.titles.get(thread.source, thread.source), TITLE)


def _more(row: Row, beside: Beside, query: Query, lang: Lang) -> dict[str, Any]:
    """Return what the reader shows of a comment beyond a conversation."""
    key = str(row["comment_key"])
    urls = list(beside.attached.get(key, ()))
    kinds = row["attachments"] or ()
    return {
        "key": key,
        "author": row["author_id"] is not None,
        "is_edited": row["edited_at"] is not None or row["state"] == "edited",
        "facts": [count(row["likes"], "likes", lang)] if row["likes"] else [],
        "attached": [
            {"name": attachment(kind, lang), "url": urls[index] if len(urls) == len(kinds) else ""}
            for index, kind in enumerate(kinds)
        ],
        "labels": _labels(beside.labels.get(key, ()), lang),
        "versions": [_version(each, query.tz, lang) for each in beside.versions.get(key, ())],
    }


def _labels(given: Sequence[Given], lang: Lang) -> list[dict[str, str]]:
    """Return labels as they are drawn, each with its coders and their notes; several who agree share one."""
    by_text: dict[str, list[Given]] = {}
    for each in given:
        by_text.setdefault(label_said(each.name, each.value, lang), []).append(each)
    return [
        {
            "text": f"{text} · {'; '.join(_given_by(each, lang) for each in alike)}",
            "title": "\n".join(each.note for each in alike if len(each.note) > NOTE),
        }
        for text, alike in by_text.items()
    ]


def _given_by(given: Given, lang: Lang) -> str:
    by = given.coder or say("reader.coder.nobody", lang)
    return f"{by} · {shortened(given.note, NOTE)}" if given.note else by


def label_said(name: str, value: str, lang: Lang) -> str:
    """Return a label in words: the mark of what was looked at has some of its own."""
    return f"✓ {say('labels.check', lang)}" if (name, value) == CHECKED else label_text(name, value)


def _version(version: Version, tz: str, lang: Lang) -> dict[str, str]:
    when = dates.moment(version.seen_at, lang, tz)
    head = say(f"reader.version.{version.change}", lang, when=when)
    return {"head": head, "text": readable(version.text or "")}


def _hidden(thread: Thread, lang: Lang) -> str:
    if not thread.hidden:
        return ""
    return say("reader.more", lang, n=count(thread.hidden, "comments", lang))


def _by_id(rows: Sequence[Row]) -> list[Row]:
    """Return rows as a thread lists them: the root, then replies by number."""
    return sorted(rows, key=lambda row: (row["root_id"] is not None, row["comment_id"]))


def _size(key: str, rows: Sequence[Row]) -> int:
    """Return how many comments a thread has here; its root may be missing."""
    return int(rows[0]["answers"]) + any(row["comment_key"] == key for row in rows)


def _first(thread: Thread) -> int:
    return min(int(row["number"]) for row in thread.rows if row["number"] is not None)
