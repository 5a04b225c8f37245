"""The subjects of the sandbox's posts are found, although praise, thanks and complaints fill them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from core.models import Comment
from core.query import Query
from core.sandbox.texts import comment_text
from core.sandbox.world import World
from core.storage import reads_comments
from tests.builders import comment
from tests.core.enriched import answer, enriched

SIZE = 6_000
SEED = 11


def told(world: World) -> Iterator[tuple[Comment, int]]:
    """Unfold the comments of the world's posts, each with the number of its post's subject."""
    posts = (item for item in world.items.values() if item.kind == "wall")
    for number, item in enumerate(posts, 1):
        talk = world.discussion(item)
        for place, comment_id in enumerate(talk.ids):
            text = comment_text(SEED, item.key * 64 + comment_id, talk.wording[place], item.topic)
            source = f"wall:{item.owner_id}_{number}"
            yield comment(comment_id, text, source=source, author_id=talk.authors[place]), item.topic


@pytest.mark.soak
def test_the_subjects_of_posts_are_found() -> None:
    """Of the comments that are given a topic most are about what most others of that topic are about."""
    subjects = {
        (str(each.source), each.comment_id): (each, subject) for each, subject in told(World(SIZE, SEED))
    }
    store = enriched(each for each, _ in subjects.values())
    found = answer(store, "topics", topics=24)
    same, placed, met = 0, 0, set()
    for row in found.rows[:-1]:
        shown = reads_comments.comments(store, Query(topic=(int(row["topic"]),)), SIZE).rows
        keys = zip(shown["source"].to_pylist(), shown["comment_id"].to_pylist(), strict=True)
        counted = Counter(subjects[key][1] for key in keys)
        ((subject, most),) = counted.most_common(1)
        same, placed = same + most, placed + counted.total()
        met.add(subject)
    assert placed > 0.4 * found.summary["comments"]
    assert same > 0.85 * placed
    assert len(met) >= 7
