"""The comments under one object as plain lists that can change: what the methods page through."""

from bisect import bisect_left
from collections.abc import Sequence
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
    hidden: set[int] = field(default_factory=set)
    """Comments that are counted everywhere and shown nowhere."""
    gone: dict[int, int] = field(default_factory=dict)
    """Deleted comments by id: they may come back."""
    listed_error: int = 0
    """By how much the lists of posts and topics miscount; the next two are the comment pages' own."""
    count_error: int = 0
    level_error: int = 0
    thread_errors: dict[int, int] = field(default_factory=dict)
    """By how much the number of replies to a comment is wrong."""
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

    @property
    def declared(self) -> int:
        """Return how many comments the pages say there are."""
        return max(0, self.count + self.count_error)

    def declared_level(self, place: int | None) -> int:
        """Return how many comments the pages say a level has: the roots', or that of a thread."""
        if place is None:
            return max(0, len(self.level) + self.level_error)
        return max(0, len(self.replies(place)) + self.thread_errors.get(place, 0))

    def shown(self, places: Sequence[int]) -> Sequence[int]:
        """Leave the hidden ones out of a page; their places in the list stay taken."""
        return [place for place in places if place not in self.hidden] if self.hidden else places

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
        self._insert(self.level if root < 0 else self.threads.setdefault(root, []), place)
        self.is_touched = True

    def edit(self, place: int, text: str) -> None:
        """Change the text of a comment."""
        self.texts[place] = text
        self.forget()

    def like(self, place: int, likes: int) -> None:
        """Change how many people like a comment."""
        self.likes[place] = likes
        self.forget()

    def mark(self, place: int, flag: int, *, is_set: bool) -> None:
        """Set or clear a flag of a comment."""
        self.flags[place] = self.flags[place] | flag if is_set else self.flags[place] & ~flag
        self.forget()

    def delete(self, place: int, *, keeps_tombstone: bool = False) -> None:
        """Delete a comment: it vanishes, or becomes a tombstone while it holds replies or when told to."""
        self.forget()
        self.flags[place] |= TOMBSTONE
        if keeps_tombstone or self.replies(place):
            return
        root = self.root[place]
        siblings = self.level if root < 0 else self.threads[root]
        siblings.remove(place)
        self.gone[self.ids[place]] = self.by_id.pop(self.ids[place])
        if root >= 0 and not siblings and self.is_tombstone(root):
            self.delete(root)

    def restore(self, comment_id: int) -> None:
        """Bring a deleted comment back as it was; a vanished root returns with it, as a tombstone."""
        place = self.gone.get(comment_id, self.by_id.get(comment_id, -1))
        self.flags[place] &= ~TOMBSTONE
        self._return(place)
        self.forget()

    def forget(self) -> None:
        """Drop what was rendered: replies show whom they answer, so more than one comment changes."""
        self.is_touched = True
        self.rendered.clear()

    def _return(self, place: int) -> None:
        """Put a vanished comment back into its level."""
        if self.gone.pop(self.ids[place], None) is None:
            return
        root = self.root[place]
        if root >= 0:
            self._return(root)
        self.by_id[self.ids[place]] = place
        self._insert(self.level if root < 0 else self.threads.setdefault(root, []), place)

    def _insert(self, siblings: list[int], place: int) -> None:
        """Put a comment where its id belongs."""
        siblings.insert(bisect_left(siblings, self.ids[place], key=self.ids.__getitem__), place)
