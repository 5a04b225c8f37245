"""Whatever people did to labels and in whatever order they take it back: no label is lost, none returns."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from typing import Final

import pytest

from core.storage import reads_labels, writes, writes_coding
from core.storage.label_steps import last_step, take_back
from core.storage.reads_labels import Chosen
from core.storage.store import Store
from core.storage.writes_labelling import Judgement, label_chosen, label_from_file, take_off
from tests.builders import at, comment, page
from tests.core.coded import label

KINDS: Final = ("given", "file", "off", "said")
"""What can be done to Anna's labels: given, read from Boris's file, taken off by him, said without a step."""
PEOPLE: Final = ("Анна", "Борис")
MOST: Final = 4
TOUCHED: Final = [
    set(each) for n in range(MOST + 1) for each in itertools.combinations(range(1, MOST + 1), n)
]
"""Which of the acts touch a comment: every combination."""
PLACES: Final = {
    f"wall:-1_2:{number}": (touched, is_labelled)
    for number, (touched, is_labelled) in enumerate(itertools.product(TOUCHED, (False, True)), 1)
}
"""Comments by key: which acts touch each, and whether it is labelled before them all."""

Sequence = tuple[tuple[str, ...], tuple[int, ...]]


@dataclass
class Layers:
    """What a label should be: the last that was written and not taken back, None where it was taken off."""

    written: list[tuple[int, str | None]] = field(default_factory=list)

    @property
    def value(self) -> str | None:
        """Return what stands now."""
        return self.written[-1][1] if self.written else None

    def act(self, kind: str, ordinal: int) -> None:
        """Write above all; what nobody can take back leaves nothing to come back beneath it."""
        if kind == "said":
            self.written = [(0, f"v{ordinal}")]
        elif kind != "off" or self.value is not None:
            self.written.append((ordinal, None if kind == "off" else f"v{ordinal}"))

    def take_back(self, ordinal: int) -> None:
        """Let what one step wrote go; what took off only that has taken off nothing."""
        left, self.written = [each for each in self.written if each[0] != ordinal], []
        for each in left:
            if each[1] is not None or self.value is not None:
                self.written.append(each)


def sequences() -> list[Sequence]:
    """Return acts with an order of taking them back: three acts in every way, of four some of the ways."""
    threes, fours = (
        [
            (kinds, order)
            for kinds in itertools.product(KINDS, repeat=length)
            for order in itertools.permutations(range(1, length + 1))
            if kinds.count("said") <= 1
        ]
        for length in (3, MOST)
    )
    return [*threes, *random.Random(7).sample(fours, 60)]  # noqa: S311 - a seeded draw, not cryptography


def acted(store: Store, kind: str, name: str, ordinal: int) -> int | None:
    """Do one thing to the labels of the comments that it touches; return the number of its step."""
    keys = [key for key, (touched, _) in PLACES.items() if ordinal in touched]
    before = {last_step(store, each) for each in PEOPLE}
    if kind == "given":
        label_chosen(store, keys, Judgement(name, f"v{ordinal}", "Анна"))
    elif kind == "file":
        label_from_file(store, [label(key, name, f"v{ordinal}") for key in keys], "Борис")
    elif kind == "off":
        take_off(store, Chosen(keys=keys, names=(name,)), "Борис")
    else:
        writes_coding.write_labels(store, [label(key, name, f"v{ordinal}") for key in keys])
    made = {last_step(store, each) for each in PEOPLE} - before
    return next((each.number for each in made if each is not None), None)


def stands(store: Store, name: str) -> dict[str, str]:
    """Return the labels of a name by comment."""
    return {
        each.comment_key: each.value for each in reads_labels.labels(store, Chosen(names=(name,)), 100)[0]
    }


@pytest.mark.parametrize("every", [19, pytest.param(1, marks=pytest.mark.soak)])
def test_any_acts_in_any_order_leave_what_was_not_taken_back(store: Store, every: int) -> None:
    """Each label is the last that was written and not taken back, whoever did what and undid it when."""
    rows = [comment(number, "Кот") for number in range(1, len(PLACES) + 1)]
    writes.write_pages(store, "run", [page(*rows)], at())
    writes.fold(store)
    for index, (kinds, order) in enumerate(sequences()[::every]):
        name = f"тема {index}"
        layers = {key: Layers([(0, "v0")] if is_labelled else []) for key, (_, is_labelled) in PLACES.items()}
        writes_coding.write_labels(store, [label(key, name, "v0") for key in PLACES if layers[key].written])
        steps = {}
        for ordinal, kind in enumerate(kinds, 1):
            steps[ordinal] = acted(store, kind, name, ordinal)
            for key, (touched, _) in PLACES.items():
                if ordinal in touched:
                    layers[key].act(kind, ordinal)
        for ordinal in order:
            number = steps[ordinal]
            if number is not None:
                take_back(store, number)
                for each in layers.values():
                    each.take_back(ordinal)
            should = {key: each.value for key, each in layers.items() if each.value is not None}
            assert stands(store, name) == should, (kinds, order)
        writes_coding.delete_labels(store, Chosen(names=(name,)))
        assert [last_step(store, each) for each in PEOPLE] == [None, None]
