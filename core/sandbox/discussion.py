"""The comments under one object as plain lists that can change: what the methods page through."""

from bisect import bisect_left
from dataclasses import dataclass, field

from core.sandbox.draw import TOMBSTONE
from core.sandbox.plan import Kind


@dataclass(frozen=True, slots=True)
class Item:
    """A post, a board's topic, a photo, a video or a market item."""

    kind: Kind
    owner_id: int
    item_id: int
    date: int
    author_id: int
    topic: int
    mood: str
    key: int
    """What its own text is made from."""
    first_row: int
    last_row: int
    declared_error: int = 0
    """By how much the declared number of comments is wrong."""
    is_hero: bool = False
    is_closed: bool = False
    is_pinned: bool = False

    @property
    def source(self) -> str:
        """Return the name used by the admin calls, such as wall:-1_2."""
        return f"{self.kind}:{self.owner_id}_{self.item_id}"


@dataclass(slots=True)
class Discussion:
    """Comments in the order of their creation here; numbers inside are positions in these lists."""

    item: Item
    ids: list[int]
    dates: list[int]
    authors: list[int]
    wording: list[int]
    flags: list[int]
    root: list[int]
    parent: list[int]
    likes: list[int]
    texts: dict[int, str] = field(default_factory=dict)
    """Texts given or edited by hand; the others are made from the seed."""
    level: list[int] = field(default_factory=list)
    """Comments to the post itself, by id; tombstones included."""
    threads: dict[int, list[int]] = field(default_factory=dict)
    by_id: dict[int, int] = field(default_factory=dict)
    rendered: dict[tuple[int, bool], bytes] = field(default_factory=dict)
    is_touched: bool = False

    def __post_init__(self) -> None:
        for place, root in enumerate(self.root):
            self.by_id[self.ids[place]] = place
            if root < 0:
                self.level.append(place)
            else:
                self.threads.setdefault(root, []).append(place)

    @property
    def count(self) -> int:
        """Return how many comments exist on all levels, tombstones included."""
        return len(self.by_id)

    def is_tombstone(self, place: int) -> bool:
        """Tell whether the comment was deleted but still holds replies."""
        return bool(self.flags[place] & TOMBSTONE)

    def replies(self, place: int) -> list[int]:
        """Return the thread of a comment, by id."""
        return self.threads.get(place, [])

    def add(
        self, comment_id: int, date: int, author_id: int, text: str, parent: int | None, *, is_threaded: bool
    ) -> None:
        """Add a comment in its place by id, which need not be the last one."""
        place = len(self.ids)
        root = -1
        if parent is not None and is_threaded:
            root = parent if self.root[parent] < 0 else self.root[parent]
        for column, value in (
            (self.ids, comment_id),
            (self.dates, date),
            (self.authors, author_id),
            (self.wording, 3),
            (self.flags, 0),
            (self.root, root),
            (self.parent, -1 if parent is None else parent),
            (self.likes, 0),
        ):
            column.append(value)
        self.texts[place] = text
        self.by_id[comment_id] = place
        siblings = self.level if root < 0 else self.threads.setdefault(root, [])
        siblings.insert(bisect_left(siblings, comment_id, key=self.ids.__getitem__), place)
        self.is_touched = True

    def edit(self, place: int, text: str) -> None:
        """Change the text of a comment."""
        self.texts[place] = text
        self._forget()

    def delete(self, place: int) -> None:
        """Delete a comment: it vanishes, or becomes a tombstone while it holds replies."""
        self._forget()
        if self.replies(place):
            self.flags[place] = TOMBSTONE
            return
        root = self.root[place]
        siblings = self.level if root < 0 else self.threads[root]
        siblings.remove(place)
        del self.by_id[self.ids[place]]
        if root >= 0 and not siblings and self.is_tombstone(root):
            self.delete(root)

    def _forget(self) -> None:
        """Drop what was rendered: replies show whom they answer, so more than one comment changes."""
        self.is_touched = True
        self.rendered.clear()
