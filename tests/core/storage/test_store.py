"""Opening, migrating, versions, one writer, snapshots, time limits and what can be wrong with a file."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from core.errors import ConfigurationError, QueryTimedOut, StorageError
from core.query import Query
from core.storage import folding, reads, writes
from core.storage.migrations import Migration, read_migrations
from core.storage.store import Store
from tests.builders import at, comment, page, ref
from tests.core.storage.blocked import SLOW


def opened(path: Path, migrations: list[Migration] | None = None) -> Store:
    """Open a database file."""
    return Store.open(f"duckdb:///{path}", clock=at, migrations=migrations)


def fold_as_before(store: Store) -> None:
    """Fold as a program did that counted nothing beside."""
    steps = (folding.RESOLVE_COMMENTS, folding.FOLD_COMMENTS, folding.RESOLVE_AUTHORS, folding.FOLD_AUTHORS)
    with store.writing("fold") as transaction:
        for statement in (*steps, *folding.FORGET_BATCHES):
            transaction.cursor.execute(statement)
        transaction.cursor.execute(folding.MARK_FOLDED, {"version": transaction.version})
        transaction.unfolded = 0


def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    """Comments, dataset version and the need of a fold outlive the process; missing folders are made."""
    path = tmp_path / "new" / "folders" / "comments.duckdb"
    store = opened(path)
    writes.write_pages(store, "run", [page(comment(1))], at(1))
    store.close()

    again = opened(path)

    assert again.version() == 1
    assert again.unfolded
    assert reads.count(again, Query()) == 1
    again.close()


def test_each_commit_raises_the_version_and_says_why(store: Store) -> None:
    """The version counts commits, and the database holds when and why each came."""
    writes.write_pages(store, "run", [page(comment(1))], at(1))
    writes.fold(store)

    with store.reading() as cursor:
        rows = cursor.execute(
            "select version, committed_at, cause from dataset_versions order by 1"
        ).fetchall()
    assert rows == [(1, at().replace(tzinfo=None), "pages"), (2, at().replace(tzinfo=None), "fold")]
    assert store.version() == 2


def test_a_note_is_kept_and_raises_no_version(store: Store) -> None:
    """What is no data is committed, or rolled back on an error, and the dataset version stays."""
    with store.noting() as cursor:
        cursor.execute("insert into folds values (7)")

    def break_off() -> None:
        with store.noting() as cursor:
            cursor.execute("insert into folds values (8)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with pytest.raises(StorageError), store.noting() as cursor:
        cursor.execute("insert into folds values ('no number')")

    assert store.version() == 0
    with store.reading() as cursor:
        assert cursor.execute("select version from folds").fetchall() == [(7,)]
        assert cursor.execute("select count(*) from dataset_versions").fetchone() == (0,)
    assert writes.write_pages(store, "run", [page(comment(1))], at(1)) == 1


def test_a_failed_write_leaves_nothing_behind(store: Store) -> None:
    """An error inside a transaction rolls back its rows and the version, and the next write works."""

    def break_off() -> None:
        with store.writing("test") as transaction:
            transaction.cursor.execute("insert into folds values (7)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with pytest.raises(StorageError), store.writing("test") as transaction:
        transaction.cursor.execute("insert into folds values ('no number')")

    assert store.version() == 0
    with store.reading() as cursor:
        assert cursor.execute("select count(*) from folds").fetchone() == (0,)
    assert writes.write_pages(store, "run", [page(comment(1))], at(1)) == 1


def test_a_reader_sees_one_snapshot(store: Store) -> None:
    """What is committed while a reader holds its cursor does not change what that reader sees."""
    with store.reading() as cursor:
        before = cursor.execute("select count(*) from observations").fetchone()
        writes.write_pages(store, "run", [page(comment(1))], at(1))
        assert cursor.execute("select count(*) from observations").fetchone() == before
    with store.reading() as cursor:
        assert cursor.execute("select count(*) from observations").fetchone() == (1,)


def test_writers_from_many_threads_take_turns(store: Store) -> None:
    """Twelve threads that write at once all succeed, each with a version of its own."""
    versions: list[int] = []

    def write(number: int) -> None:
        versions.append(writes.write_pages(store, "run", [page(comment(number))], at(1)))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(versions) == list(range(1, 13))
    assert reads.count(store, Query()) == 12


def test_a_query_past_its_limit_is_stopped_and_the_store_stays_healthy(store: Store) -> None:
    """The time limit interrupts the running query with an error of its own; the next query answers."""
    with pytest.raises(QueryTimedOut), store.reading(timeout_s=0.05) as cursor:
        cursor.execute(SLOW)

    assert reads.count(store, Query()) == 0


def test_readers_are_bounded() -> None:
    """When all cursors are lent, the next reader is told so instead of waiting for ever."""
    store = Store.open("duckdb:///:memory:", clock=at, readers=1, reader_wait_s=0.01)

    with store.reading(), pytest.raises(StorageError, match="busy"), store.reading():
        pass

    with store.reading() as cursor:
        assert cursor.execute("select 1").fetchone() == (1,)


def test_times_are_utc_and_extensions_stay_away(store: Store) -> None:
    """Each cursor counts in UTC, and nothing is installed or loaded behind the user's back."""
    with store.reading() as cursor:
        assert cursor.execute(
            "select current_setting('TimeZone'), current_setting('autoinstall_known_extensions'), "
            "current_setting('autoload_known_extensions')"
        ).fetchone() == ("UTC", False, False)


def test_an_older_database_is_brought_up_to_date(tmp_path: Path) -> None:
    """A file made with only the first schema file gets the rest, in order, and keeps its rows."""
    path = tmp_path / "old.duckdb"
    migrations = read_migrations()
    connection = duckdb.connect(str(path))
    connection.execute("create table schema_versions (number integer, name varchar, applied_at timestamp)")
    connection.execute(migrations[0].sql)
    connection.execute("insert into schema_versions values (1, ?, now()::timestamp)", [migrations[0].name])
    connection.execute("insert into dataset_versions values (41, now()::timestamp, 'old')")
    connection.close()

    store = opened(path)

    assert store.version() == 41
    assert reads.count(store, Query()) == 0
    with store.reading() as cursor:
        applied = cursor.execute("select number, name from schema_versions order by number").fetchall()
    assert applied == [(step.number, step.name) for step in migrations]
    store.close()


OLD_ROWS = """
insert into observations
select 'wall:-1_2', number, case when number > 3 then 1 end, null, null, 7, null, false,
    timestamp '2026-03-02', 'слово ' || number, 1, 0, [], number = 2, false, null,
    'old', timestamp '2026-03-02', $version, number
from range(1, 6) as numbers(number);
"""


@pytest.mark.parametrize("folded", [False, True])
def test_a_database_with_data_is_migrated(tmp_path: Path, folded: bool) -> None:
    """What an older program stored, folded or not, is read, known, changed and judged like the rest."""
    path = tmp_path / "old.duckdb"
    older = opened(path, read_migrations()[:3])
    with older.writing("pages") as transaction:
        transaction.cursor.execute(OLD_ROWS, {"version": transaction.version})
        transaction.cursor.execute(
            "insert into source_states values ('wall:-1_2', 'complete', 5, 0, 'old', now()::timestamp, 1, 0)"
        )
        transaction.unfolded += 5
    if folded:
        fold_as_before(older)
    older.close()

    store = opened(path)
    rows = reads.comments(store, Query(), 9).rows.to_pylist()
    (balance,) = reads.balances(store)
    known_before = reads.known(store, [ref()])[ref()]
    writes.write_pages(store, "new", [page(comment(1, "слово 1", likes=1, author_id=7))], at(1))
    absent = writes.write_absent(store, "new", [(ref(), None)], at(2))

    assert [(row["comment_id"], row["state"]) for row in rows] == [
        (1, "live"), (2, "deleted"), (3, "live"), (4, "live"), (5, "live"),
    ]  # fmt: skip
    assert (balance.state, balance.declared, balance.collected) == ("complete", 5, 5)
    assert (balance.roots, balance.replies, balance.tombstones) == (3, 2, 1)
    assert known_before.balance == balance
    assert known_before.threads == {1: reads.KnownThread(None, 2, 0)}
    assert absent == 1
    assert reads.comment(store, "wall:-1_2:3")["state"].to_pylist() == ["deleted"]
    store.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    """A broken step is reported, and the file is as it was before the program tried."""
    path = tmp_path / "comments.duckdb"
    opened(path).close()
    next_number = read_migrations()[-1].number + 1
    half = Migration(next_number, "broken.sql", "create table extra (a integer); select no_such_thing;")

    with pytest.raises(StorageError):
        opened(path, [*read_migrations(), half])

    with duckdb.connect(str(path)) as connection:
        assert connection.execute("select max(number) from schema_versions").fetchone() == (next_number - 1,)
        assert connection.execute("from duckdb_tables() where table_name = 'extra'").fetchall() == []


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """A file from a newer program is left alone, with the advice to update."""
    path = tmp_path / "comments.duckdb"
    future = Migration(read_migrations()[-1].number + 1, "future.sql", "create table future (a integer)")
    opened(path, [*read_migrations(), future]).close()

    with pytest.raises(StorageError, match="Update the program"):
        opened(path)


@pytest.mark.parametrize(
    "url", ["sqlite:///x.db", "ducklake:postgresql://db/x", "comments.duckdb", "duckdb:///", "duckdb:x", ""]
)
def test_another_engine_is_a_wrong_setting(url: str) -> None:
    """An address that is not a DuckDB file stops the start by the name of the setting."""
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        Store.open(url, clock=at)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """A foreign or damaged file is refused, with what to do, and left as it is."""
    path = tmp_path / "comments.duckdb"
    path.write_bytes(b"name;text\nAnna;hello\n" * 1000)

    with pytest.raises(StorageError, match="not a database") as raised:
        opened(path)

    assert "rename" in raised.value.hint
    assert path.read_bytes().startswith(b"name;text")


def test_a_file_held_by_another_process_is_named(tmp_path: Path) -> None:
    """A second process is told that the database is in use, and how to go on."""
    path = tmp_path / "comments.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb; c = duckdb.connect({str(path)!r}); print('open'); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"

    with pytest.raises(StorageError, match="in use by another process") as raised:
        opened(path)

    holder.communicate("\n")
    assert "DATA_DIR" in raised.value.hint
    opened(path).close()


WRITER = """
import sys
from core.storage import writes
from core.storage.store import Store
from tests.builders import at, comment, page, ref

store = Store.open(sys.argv[1], clock=at)
for number in range(1, 100_000):
    writes.write_pages(store, "run", [page(comment(number), call=f"roots:{number}")], at(1))
    print(number, flush=True)
"""


def test_a_killed_process_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    """After a kill in the middle of writing, each page that was committed is there with its checkpoint."""
    url = f"duckdb:///{tmp_path / 'comments.duckdb'}"
    root = Path(__file__).parents[3]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert writer.stdout is not None
    committed = [int(writer.stdout.readline()) for _ in range(8)][-1]
    writer.kill()
    writer.communicate()

    store = Store.open(url, clock=at)
    pages = [record.call for record in reads.answered(store, "run")]
    assert len(pages) >= committed
    assert store.version() == reads.count(store, Query()) == len(pages)
    store.close()


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """Make a folder that nobody may write to; root becomes nobody for the time of the test."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(user)
    folder.chmod(0o755)
    folder.rmdir()


@pytest.mark.parametrize("name", ["comments.duckdb", "new/comments.duckdb"])
def test_a_folder_without_rights_is_named(locked_folder: Path, name: str) -> None:
    """A read-only place is said to be one, with the settings that choose another."""
    with pytest.raises(StorageError, match="cannot be written") as raised:
        opened(locked_folder / name)

    assert "DATA_DIR" in raised.value.hint


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    """A path through a file is reported like any place that cannot be written."""
    (tmp_path / "data").write_text("a file")

    with pytest.raises(StorageError, match="cannot be written"):
        opened(tmp_path / "data" / "comments.duckdb")


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    """After closing, reading and writing fail with a sentence, and the file is free for others."""
    store = opened(tmp_path / "comments.duckdb")
    store.close()

    with pytest.raises(StorageError, match="closed"), store.reading():
        pass
    with pytest.raises(StorageError, match="closed"):
        writes.write_pages(store, "run", [page(comment(1))], at(1))
    duckdb.connect(str(tmp_path / "comments.duckdb")).close()
