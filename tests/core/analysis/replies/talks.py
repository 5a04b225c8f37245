"""Talks made from a seed: circles of authors who answer each other, and now and then somebody outside."""

from __future__ import annotations

import numpy as np

from core.models import Author, Comment
from tests.builders import at, comment

KIND = "Спасибо большое, отличная и красивая работа"
CROSS = "Ужасная и отвратительная работа, все очень плохо"


def circles(
    seed: int, number: int = 3, people: int = 8, replies: int = 200, outside: float = 0.05
) -> tuple[list[Comment], tuple[Author, ...]]:
    """Return comments and authors: author n is of circle n // 100.

    Within circle 0 people are cross, elsewhere kind; each circle has five threads under its own post.
    """
    chance = np.random.default_rng(seed)
    authors = [100 * circle + person + 1 for circle in range(number) for person in range(people)]
    comments: list[Comment] = []
    written: dict[int, list[tuple[int, int]]] = {circle: [] for circle in range(number)}
    for circle in range(number):
        source = f"wall:-{circle + 1}_1"
        for thread in range(1, 6):
            first = 100 * circle + int(chance.integers(people)) + 1
            comments.append(comment(thread, "Тема", source=source, author_id=first))
            written[circle].append((thread, first))
        for place in range(6, replies + 6):
            parent, answered = written[circle][int(chance.integers(len(written[circle])))]
            home = circle if chance.random() >= outside else int(chance.integers(number))
            author = 100 * home + int(chance.integers(people)) + 1
            while author == answered:
                author = 100 * home + int(chance.integers(people)) + 1
            comments.append(
                comment(
                    place,
                    f"{CROSS if circle == 0 else KIND} {place}",
                    source=source,
                    author_id=author,
                    root_id=1 + place % 5,
                    parent_id=parent,
                    reply_to_user=answered,
                    published_at=at(place / 60),
                )
            )
            written[circle].append((place, author))
    return comments, tuple(Author(each, f"Автор {each}") for each in authors)
