"""Rules about the SQL itself: what DuckLake does not speak stays out, and nothing typed is glued into it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import core
from core.storage.migrations import read_migrations

CORE = Path(core.__file__).parent
STORAGE = CORE / "storage"
FOREIGN = re.compile(
    r"\b(primary key|references|unique|create (unique )?index|create sequence|nextval|on conflict"
    r"|generated always|as enum|autoincrement)\b"
)


def sources(folder: Path) -> list[Path]:
    """Return the Python files of a folder."""
    return sorted(folder.rglob("*.py"))


def constants(path: Path) -> list[str]:
    """Return the texts a module assigns to names in capitals: its statements."""
    return [
        node.value.value
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]


def test_migrations_are_numbered_without_gaps() -> None:
    """The order of the schema's steps is plain from their names."""
    assert [step.number for step in read_migrations()] == list(range(1, len(read_migrations()) + 1))


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
