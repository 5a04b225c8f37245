"""Invented comments about a few things each, for the tests of topics."""

from __future__ import annotations

import random
from collections.abc import Iterator

from core.models import Comment
from tests.builders import at, comment

SUBJECTS = {
    "roads": "дорога яма асфальт ремонт колесо тротуар разметка светофор пробка объезд",
    "clinic": "врач поликлиника талон очередь регистратура анализ терапевт прививка диагноз рецепт",
    "music": "альбом концерт гитара песня билет сцена барабан вокал припев клип",
    "school": "школа учитель урок класс экзамен дневник тетрадь оценка директор каникулы",
}


def talk(count: int, seed: int = 1, subjects: tuple[str, ...] = tuple(SUBJECTS)) -> Iterator[Comment]:
    """Make comments about one subject each, in turn: five of its words in any order, by a hundred authors."""
    chance = random.Random(seed)  # noqa: S311 - a seeded draw, not cryptography
    for number in range(count):
        words = SUBJECTS[subjects[number % len(subjects)]].split()
        yield comment(
            seed * 100_000 + number,
            " ".join(chance.sample(words, 5)),
            author_id=1 + number % 100,
            published_at=at(number / 10),
            source=f"wall:-1_{2 + number % 3}",
        )


def subject_of(text: str) -> str:
    """Return what a comment made by `talk` is about."""
    first = text.split(maxsplit=1)[0]
    return next(name for name, words in SUBJECTS.items() if first in words.split())
