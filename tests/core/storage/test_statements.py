"""Rules about the SQL itself: what DuckLake does not speak stays out, and nothing typed is glued into it."""

from __future__ import annotations

import ast
import re
from datetime import datetime
from pathlib import Path

import duckdb

import core
from core.storage.migrations import WHOLE, keep_whole, migrate, read_migrations

CORE = Path(core.__file__).parent
STORAGE = CORE / "storage"
FOREIGN = re.compile(
    r"\b(primary key|references|unique|create (unique )?index|create sequence|nextval|on conflict"
    r"|generated always|as enum|autoincrement)\b"
)


COLUMNS = """
select table_name, column_name, data_type, is_nullable, column_default
from duckdb_columns()
where not internal and table_name <> 'schema_versions'
order by table_name, column_index
"""
CONSTRAINTS = """
select table_name, constraint_text
from duckdb_constraints()
where table_name <> 'schema_versions'
order by all
"""


def sources(folder: Path) -> list[Path]:
    """Return the Python files of a folder."""
    return sorted(folder.rglob("*.py"))


def constants(path: Path) -> list[str]:
    """Return the texts a module assigns to names, also what stands around others within them."""
    assigned = (
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign | ast.AnnAssign)
    )
    return [
        "".join(
            part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
        for value in assigned
        for parts in [value.values if isinstance(value, ast.JoinedStr) else [value]]
    ]


def test_migrations_are_numbered_without_gaps() -> None:
    """The order of the schema's steps is plain from their names."""
    assert [step.number for step in read_migrations()] == list(range(1, len(read_migrations()) + 1))


def test_a_new_database_is_made_as_the_migrations_make_it(tmp_path: Path) -> None:
    """One step or many, the schema is the same; `keep_whole()` writes the one after a migration was added."""
    keep_whole(tmp_path / "whole.sql")
    assert WHOLE.read_text(encoding="utf-8") == (tmp_path / "whole.sql").read_text(encoding="utf-8")
    with duckdb.connect() as at_once, duckdb.connect() as in_steps:
        migrate(at_once, read_migrations(), datetime(2026, 3, 2))  # noqa: DTZ001 - storage keeps naive UTC
        for step in read_migrations():
            in_steps.execute(step.sql)
        for asked in (COLUMNS, CONSTRAINTS):
            assert at_once.execute(asked).fetchall() == in_steps.execute(asked).fetchall() != []


def test_only_what_ducklake_also_speaks() -> None:
    """No keys, indexes, sequences, upserts or generated columns, so that the lake can take over."""
    schema = [re.sub(r"--[^\n]*", "", step.sql) for step in read_migrations()]
    statements = [text for path in sources(STORAGE) for text in constants(path)]

    assert any("merge into comments" in text for text in statements)
    assert [text for text in (*schema, *statements) if FOREIGN.search(text)] == []


def test_statements_are_never_put_together_where_they_run() -> None:
    """What is executed is a constant or comes from the one place that builds SQL, never glued on the spot."""
    glued = [
        f"{path.relative_to(CORE)}:{node.lineno}"
        for path in sources(CORE)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"execute", "executemany", "sql"}
        and node.args
        and not isinstance(node.args[0], ast.Name | ast.Attribute | ast.Constant)
    ]

    assert glued == []
