"""Names in the database: the last sample's alone, and only of comments that are there."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from core.query import Query
from core.storage import reads, reads_entities, writes, writes_entities
from tests.builders import comment
from tests.core.enriched import enriched


def names(*rows: tuple[str, int, str]) -> pa.Table:
    """Build names found in comments."""
    columns = [[row[part] for row in rows] for part in range(3)]
    return pa.table(
        {"source": columns[0], "comment_id": columns[1], "kind": ["loc"] * len(rows), "name": columns[2]}
    )


def test_names_of_the_last_sample_are_kept() -> None:
    """A sample takes the place of the one before, and knows itself again; a deleted source has no names."""
    store = enriched([comment(1, "Москва"), comment(2, "Казань", source="wall:-1_3"), comment(3, "")])
    assert reads_entities.with_text(store, Query()) == 2
    assert not reads_entities.was_scanned(store, "a")
    writes_entities.write_entities(store, "a", 2, names(("wall:-1_2", 1, "Москва"), ("wall:-9_9", 1, "Сочи")))
    assert reads_entities.found(store)["name"].to_pylist() == ["Москва"]
    writes_entities.write_entities(store, "b", 2, names(("wall:-1_3", 2, "Казань")))
    assert (reads_entities.was_scanned(store, "a"), reads_entities.was_scanned(store, "b")) == (False, True)
    assert reads_entities.found(store)["name"].to_pylist() == ["Казань"]
    writes.delete_source(store, "wall:-1_3")
    assert reads_entities.found(store).num_rows == 0


def test_a_sample_is_drawn_by_its_seed() -> None:
    """The seed decides which comments are looked at; comments without text are never."""
    store = enriched([*(comment(n, f"Текст {n}") for n in range(1, 21)), comment(99, "")])
    drawn = [
        reads_entities.sampled(store, Query(), size=5, seed=seed)["comment_id"].to_pylist()
        for seed in (1, 1, 2)
    ]
    assert drawn[0] == drawn[1] != drawn[2]
    assert 99 not in reads_entities.sampled(store, Query(), size=50, seed=1)["comment_id"].to_pylist()


def test_what_is_named_most_is_offered_first() -> None:
    """A name counts comments once whatever kinds it has, under the other filters; what is held stays."""
    store = enriched([comment(1, "Москва, кот"), comment(2, "Москва и Казань"), comment(3, "Сочи")])
    assert reads_entities.most_named(store, Query(), 9) == {}
    found = names(("wall:-1_2", 1, "Москва"), ("wall:-1_2", 2, "Москва"), ("wall:-1_2", 2, "Казань"))
    also = names(("wall:-1_2", 1, "Москва"), ("wall:-1_2", 3, "Сочи")).set_column(
        2, "kind", pa.array(["org", "loc"])
    )
    writes_entities.write_entities(store, "a", 3, pa.concat_tables([found, also]))

    def told(limit: int = 9, **fields: Any) -> list[tuple[str, int]]:
        return [*reads_entities.most_named(store, Query(**fields), limit).items()]

    assert told() == [("Москва", 2), ("Казань", 1), ("Сочи", 1)]
    assert told(1) == [("Москва", 2)]
    assert told(text="кот") == [("Москва", 1)]
    assert told(entity=("Сочи",)) == told()
    assert told(1, entity=("Сочи", "Казань")) == [("Казань", 1), ("Сочи", 1)]
    for name, comments in told():
        assert reads.count(store, Query(entity=(name,))) == comments
