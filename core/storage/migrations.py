"""The numbered SQL files under `schema/`, applied in order when a database is opened and recorded in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from core.errors import StorageError

SCHEMA = Path(__file__).parent / "schema"

RECORD = """
create table if not exists schema_versions (
    number integer not null,
    name varchar not null,
    applied_at timestamp not null
)
"""

APPLIED = """
select coalesce(max(number), 0)
from schema_versions
"""

APPLY = """
insert into schema_versions
values ($number, $name, $applied_at)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its number, its file's name and its SQL."""

    number: int
    name: str
    sql: str


def read_migrations(folder: Path = SCHEMA) -> list[Migration]:
    """Return the migrations of a folder, in order."""
    return [
        Migration(int(path.name.partition("_")[0]), path.name, path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("[0-9]*.sql"))
    ]


def migrate(connection: duckdb.DuckDBPyConnection, migrations: list[Migration], now: datetime) -> None:
    """Bring a database up to the last migration, all or nothing; `now` is naive UTC.

    Raises StorageError when the database was made by a newer program.
    """
    connection.execute("begin")
    connection.execute(RECORD)
    applied = _applied(connection)
    if applied > migrations[-1].number:
        connection.execute("rollback")
        raise StorageError(
            "The database was made by a newer program: it has schema {found}, this one knows up to {known}.",
            hint="Update the program, or point DATABASE_URL at another file.",
            found=applied,
            known=migrations[-1].number,
        )
    for step in migrations:
        if step.number > applied:
            connection.execute(step.sql)
            connection.execute(APPLY, {"number": step.number, "name": step.name, "applied_at": now})
    connection.execute("commit")


def _applied(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(APPLIED).fetchone()
    return int(row[0]) if row else 0
