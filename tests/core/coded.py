"""A store of invented comments whose moods are known to people better than to any model."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from core.analysis.described import Asked
from core.models import Comment
from core.query import Query
from core.storage import reads, reads_coding, writes_coding
from core.storage.reads_coding import Sample
from core.storage.reads_labels import Label
from core.storage.store import Store
from core.text import coding
from core.text.calibrating import standing
from tests.builders import at, comment
from tests.core.enriched import enriched
from tests.core.inline import Inline

TEXTS = {
    "negative": ("Ужас и позор, отвратительный сервис", "Полный отстой, деньги на ветер", "Ненавижу, кошмар"),
    "neutral": ("Во сколько начало завтра", "Магазин на улице Ленина", "Автобус номер пять", "Сегодня среда"),
    "positive": ("Спасибо большое, очень красиво", "Отлично, мне понравилось", "Какая прелесть, молодцы"),
}
MOODS = (
    "negative",
    "negative",
    "negative",
    "neutral",
    "neutral",
    "neutral",
    "neutral",
    "neutral",
    "positive",
)


@dataclass(frozen=True)
class World:
    """The store, and what is true of each comment by its key."""

    store: Store
    moods: dict[str, str]

    def is_rude(self, key: str) -> bool:
        """Return whether a person would call it rude: every second negative comment."""
        return self.moods[key] == "negative" and int(key.rpartition(":")[2]) % 2 == 0

    def sample(self, size: int = 100, query: Query | None = None, seed: int = 3) -> Sample:
        """Draw a stratified sample."""
        engine = standing(self.store).engine
        return coding.draw(self.store, query or Query(), "stratified", size=size, seed=seed, engine=engine)

    def code(self, sample: Sample, coder: str = "Анна", most: int = 10**6) -> None:
        """Let a person who is always right code the first comments of a sample."""
        keys = reads_coding.items(self.store, sample.sample_id)["comment_key"].tolist()[:most]
        self.label(keys, coder, lambda key: self.moods[key])

    def label(self, keys: list[str], coder: str, mood: Callable[[str], str]) -> None:
        """Label comments."""
        writes_coding.write_labels(
            self.store,
            [
                label(key, name, value, coder)
                for key in keys
                for name, value in (
                    ("sentiment", mood(key)),
                    ("toxicity", "yes" if self.is_rude(key) else "no"),
                )
            ],
        )

    def asked(self, query: Query | None = None, **params: object) -> Asked:
        """Return what an analysis is asked."""
        chosen = query or Query()
        figures = reads.figures(self.store, chosen)
        return Asked(self.store, chosen, params, figures, threading.Event(), Inline(1))


def label(key: str, name: str, value: str, coder: str = "Анна", note: str = "") -> Label:
    """Build a label."""
    source, _, number = key.rpartition(":")
    return Label(source, int(number), name, value, coder, note)


def made(size: int = 270) -> World:
    """Open a store: three posts, forty authors, nearly half of the comments negative, a ninth positive."""
    comments = comments_of(size)
    return World(enriched(comments), moods_of(comments))


def comments_of(size: int) -> list[Comment]:
    """Return so many comments, no text a copy of another."""
    return [_comment(number) for number in range(1, size + 1)]


def moods_of(comments: list[Comment]) -> dict[str, str]:
    """Return what is true of each comment by its key."""
    return {each.key: _truth(each.comment_id) for each in comments}


def _truth(number: int) -> str:
    """Return what people hear: every fourth neutral text is meant ironically, as no model can know."""
    mood = MOODS[number % len(MOODS)]
    return "negative" if mood == "neutral" and number % 4 == 1 else mood


def _comment(number: int) -> Comment:
    texts = TEXTS[MOODS[number % len(MOODS)]]
    return comment(
        number,
        f"{texts[number % len(texts)]}, {number}",
        author_id=10 + number % 40,
        published_at=at(number % 60),
        source=f"wall:-1_{2 + number % 3}",
        likes=number % 5,
    )
