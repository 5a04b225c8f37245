"""A shop's wall for tests: questions, and answers that come after so many hours."""

from __future__ import annotations

from core.models import Comment
from tests.builders import at, comment

OWNER = -1


def question(number: int, hours: float = 0, **fields: object) -> Comment:
    """Build a question of author `number` as a root comment."""
    values = {"author_id": number, "published_at": at(hours), **fields}
    return comment(number, "Сколько стоит доставка?", **values)


def reply(number: int, to: int, hours: float, author: int = OWNER, **fields: object) -> Comment:
    """Build a reply in the thread of comment `to`, by the shop unless another author is named."""
    values = {"root_id": to, "parent_id": to, "author_id": author, "published_at": at(hours), **fields}
    return comment(number, "Доставка стоит триста рублей", **values)


def wall(asked: int, answered: int) -> list[Comment]:
    """Build questions one hour apart, the last first; the last `answered` were answered after half an hour.

    Stores of `enriched` were collected an hour after noon, the last question stands an hour before.
    """
    return [
        *(question(n, hours=-n) for n in range(1, asked + 1)),
        *(reply(1000 + n, n, 0.5 - n) for n in range(1, answered + 1)),
    ]
