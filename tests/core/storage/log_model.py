"""The log as a plain list, and what follows from it in plain Python: the database must agree.

Random batches are drawn with late pages, repeated observations, tombstones, placeholders, absences and
comments that come back.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.models import Comment, Page, SourceRef
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, author, comment, page, tombstone

SOURCES = ("wall:-1_2", "topic:-3_4")
ROOTS = 4
MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Seen:
    """One observation: when, by which version, and what; an absence is a deletion nobody saw."""

    seen_at: datetime
    version: int
    comment: Comment
    is_absent: bool = False


@dataclass
class Log:
    """A store and the same observations as a list."""

    store: Store
    seed: int
    seen: list[Seen] = field(default_factory=list)
    runs: int = 0
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 a seeded draw, not cryptography

    def step(self) -> None:
        """Write one random batch as a run of its own; now and then the run has read a source in full."""
        self.runs += 1
        run_id, seen_at = f"run {self.runs}", at(self.chance.randint(0, 20))
        pages = drawn_pages(self.chance)
        version = writes.write_pages(self.store, run_id, pages, seen_at)
        shown = [each for one in pages for each in one.comments]
        self.seen += [Seen(seen_at, version, each) for each in shown]
        if self.chance.random() < 0.5 and pages:
            source = self.chance.choice(pages).source
            gone = self._gone(source, {each.key for each in shown}, seen_at)
            levels: list[tuple[SourceRef, int | None]] = [(source, None)]
            assert writes.write_absent(self.store, run_id, levels, seen_at + MOMENT) == len(gone)
            self.seen += [Seen(seen_at + MOMENT, self.store.version(), each, is_absent=True) for each in gone]

    def _gone(self, source: SourceRef, shown: set[str], began_at: datetime) -> list[Comment]:
        """Work out which comments a full pass that showed only `shown` proves to be gone."""
        gone = []
        for key, seen in in_order(self.seen).items():
            last = seen[-1].comment
            is_known = last.source == source and key not in shown and not last.is_deleted
            is_early = max(each.seen_at for each in seen if not each.is_absent) <= began_at
            is_level = last.root_id is None or f"{source}:{last.root_id}" not in shown
            if is_known and is_early and is_level:
                gone.append(tombstone(last.comment_id, source=source, root_id=last.root_id, likes=None))
        return gone


def in_order(log: list[Seen]) -> dict[str, list[Seen]]:
    """Return the observations of each comment as they follow each other, however late they were written."""
    by_key: dict[str, list[Seen]] = defaultdict(list)
    for each in sorted(log, key=lambda one: one.seen_at):
        by_key[each.comment.key].append(each)
    return by_key


def observed(chance: random.Random) -> Comment:
    """Draw what VK might show of one of a few comments; the first numbers are roots."""
    number = chance.randint(1, 12)
    source = chance.choice(SOURCES)
    root_id = None if number <= ROOTS else number % ROOTS + 1
    if chance.random() < 0.2:
        return tombstone(number, source=source, root_id=root_id, replies=chance.randint(0, 3))
    return comment(
        number,
        chance.choice(["раз", "два", ""]),
        source=source,
        root_id=root_id,
        likes=chance.choice([None, 0, 3, 8]),
        replies=chance.randint(0, 3),
        attachments=chance.choice([(), ("photo",)]),
        is_placeholder=chance.random() < 0.1,
    )


def drawn_pages(chance: random.Random) -> list[Page]:
    """Draw a batch of pages, now and then with the same comment twice."""
    drawn: dict[SourceRef, list[Comment]] = defaultdict(list)
    for _ in range(chance.randint(0, 8)):
        each = observed(chance)
        drawn[each.source].append(each)
    names = (author(7, chance.choice(["Анна", "Аня"])),)
    return [page(*comments, authors=names) for comments in drawn.values()]


COMPARED = (
    "text", "likes", "replies", "author_id", "attachments", "state",
    "edited_at", "deleted_at", "first_seen_at", "last_seen_at",
)  # fmt: skip


def state_of(seen: list[Seen]) -> tuple[Any, ...]:
    """Work out a comment's columns (COMPARED) from everything seen of it."""
    said: list[str] = []
    text = likes = author_id = edited_at = deleted_at = None
    replies, was_deleted = 0, False
    attachments: tuple[str, ...] = ()
    for one in seen:
        each = one.comment
        likes = each.likes if each.likes is not None else likes
        author_id = each.author_id or author_id
        attachments = attachments if each.is_deleted else each.attachments
        replies = replies if one.is_absent else each.replies
        if each.is_deleted and not was_deleted:
            deleted_at = one.seen_at
        was_deleted = each.is_deleted
        if each.text is not None and not each.is_deleted and not each.is_placeholder:
            if said and said[-1] != each.text:
                edited_at = one.seen_at
            said.append(each.text)
        elif each.text is not None:
            text = each.text
    return (
        said[-1] if said else text,
        likes,
        replies,
        author_id,
        list(attachments),
        "deleted" if was_deleted else "edited" if edited_at else "live",
        edited_at,
        deleted_at if was_deleted else None,
        seen[0].seen_at,
        max(one.seen_at for one in seen if not one.is_absent),
    )


Step = tuple[str, str, datetime, str | None, str]


def steps_of(seen: list[Seen]) -> dict[tuple[int, str], Step]:
    """Work out the changes of one comment: (kind, key, when, text before, evidence), by observation."""
    steps: dict[tuple[int, str], Step] = {}
    said: str | None = None
    for place, one in enumerate(seen):
        each = one.comment
        was_deleted = place > 0 and seen[place - 1].comment.is_deleted
        kinds = ["new"] if place == 0 else []
        says = None if each.is_deleted or each.is_placeholder else each.text
        if None not in (said, says) and said != says:
            kinds.append("edited")
        if each.is_deleted and not was_deleted and place > 0:
            kinds.append("deleted")
        if was_deleted and not each.is_deleted:
            kinds.append("restored")
        for kind in kinds:
            evidence = ("absent" if one.is_absent else "tombstone") if kind == "deleted" else ""
            steps[id(one), kind] = (kind, each.key, one.seen_at, said, evidence)
        said = said if says is None else says
    return steps


def steps_since(log: list[Seen], version: int) -> list[Step]:
    """Work out what the whole log shows that the log up to a version did not."""
    found: list[Step] = []
    earlier = in_order([each for each in log if each.version <= version])
    for key, seen in in_order(log).items():
        known = steps_of(earlier.get(key, []))
        found += [
            step
            for place, step in steps_of(seen).items()
            if place not in known and not (step[0] == "new" and key in earlier)
        ]
    return sorted(found, key=str)
