"""The numbered SQL files under `schema/`, applied in order when a database is opened and recorded in it.

A new database is made in one step from `schema/whole.sql`, which is what all of them come to: less than half
the time, and a test holds both to be the same. `keep_whole()` writes it after a file was added.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from core.errors import StorageError
from core.storage.opening import IN_MEMORY, connect

SCHEMA = Path(__file__).parent / "schema"
WHOLE = SCHEMA / "whole.sql"

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
select unnest($numbers), unnest($names), $applied_at
"""

HEAD = "-- What all numbered files come to. Written by core.storage.migrations.keep_whole(), never by hand.\n"

# A view stands after what it reads: they are in the order in which they were made.
MADE = """
select sql
from (
    select 1 as kind, table_oid as made, sql from duckdb_tables()
    union all
    select 2, index_oid, sql from duckdb_indexes()
    union all
    select 3, view_oid, sql from duckdb_views() where not internal
)
order by kind, made
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
    steps = [step for step in migrations if step.number > applied]
    known = [] if applied else read_migrations()
    is_new = bool(known) and steps[: len(known)] == known
    if is_new:
        whole = WHOLE.read_text(encoding="utf-8")
        connection.execute(whole)
    for step in steps[len(known) if is_new else 0 :]:
        connection.execute(step.sql)
    if steps:
        names = {"numbers": [step.number for step in steps], "names": [step.name for step in steps]}
        connection.execute(APPLY, {**names, "applied_at": now})
    connection.execute("commit")


def whole_schema(migrations: list[Migration]) -> str:
    """Return the statements that make at once what these migrations make one after the other."""
    with connect(IN_MEMORY) as connection:
        for step in migrations:
            connection.execute(step.sql)
        made = [str(sql).removesuffix(";") for (sql,) in connection.execute(MADE).fetchall()]
    return "".join([HEAD, *(f"{each};\n" for each in made)])


def keep_whole(path: Path = WHOLE) -> None:
    """Write what all migrations come to, from which new databases are made."""
    path.write_text(whole_schema(read_migrations()), encoding="utf-8")


def _applied(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(APPLIED).fetchone()
    return int(row[0]) if row else 0
