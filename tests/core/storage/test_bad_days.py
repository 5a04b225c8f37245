"""Full disks, damaged files, folders without rights, fatal errors: a sentence each, and nothing lost."""

from __future__ import annotations

import math
import os
import shutil
import struct
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from structlog.testing import capture_logs

from core.errors import StorageError
from core.query import Query
from core.storage import reads, writes
from core.storage.engine import Engine
from core.storage.opening import ENGINE
from core.storage.store import Store
from tests.builders import at, comment, page
from tests.core.storage.blocked import SLOW, full_disk, write_rows

ROWS = "select count(*) from bulk"


def opened(path: Path) -> Store:
    """Open a database file."""
    return Store.open(f"duckdb:///{path}", clock=at)


def counted(store: Store) -> int:
    """Return how many meaningless rows there are."""
    with store.reading() as cursor:
        return int((cursor.execute(ROWS).fetchone() or (0,))[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a database file with a comment and some rows that went to disk."""
    path = tmp_path / "comments.duckdb"
    store = opened(path)
    write_rows(store, 20_000)
    writes.write_pages(store, "run", [page(comment(1))], at(1))
    store.close()
    return path


def test_a_full_disk_loses_nothing_that_was_committed(path: Path) -> None:
    """A write that finds no room is refused whole; what was stored is read on, and later writes succeed."""
    store = opened(path)

    with full_disk(path):
        with pytest.raises(StorageError, match="disk is full") as raised:
            write_rows(store, 100_000)
        assert (counted(store), reads.count(store, Query())) == (20_000, 1)

    assert "Make room" in raised.value.hint
    assert writes.write_pages(store, "run", [page(comment(2))], at(2)) == 2
    write_rows(store, 100_000)
    store.close()
    again = opened(path)
    assert (counted(again), again.version(), reads.count(again, Query())) == (120_000, 2, 2)
    again.close()


def test_a_checkpoint_that_finds_no_room_takes_no_commit_back(path: Path) -> None:
    """When the engine dies after a commit, the write counts, and the next question opens the file anew."""
    store = opened(path)
    with store.noting() as cursor:
        cursor.execute("set global checkpoint_threshold = '10KB'")

    with full_disk(path, 100_000):
        with store.writing("test") as transaction:
            transaction.cursor.execute("insert into bulk select md5(range::varchar) from range(2_000)")
        with capture_logs() as logs:
            assert (counted(store), store.version()) == (22_000, 2)

    assert "The database was opened again after a fatal error" in [line["event"] for line in logs]
    assert writes.write_pages(store, "run", [page(comment(2))], at(2)) == 3
    store.close()
    again = opened(path)
    assert (counted(again), again.version()) == (22_000, 3)
    again.close()


def break_engine(store: Store, path: Path) -> None:
    """Let the engine meet a fatal error: a checkpoint that finds no room."""
    write_rows(store, 20_000)
    with full_disk(path), pytest.raises(StorageError, match="fatal error"), store.noting() as cursor:
        cursor.execute("checkpoint")


def test_after_a_fatal_error_the_file_is_opened_again(path: Path) -> None:
    """A reader that was at work when the engine died is told so; once it is gone all goes on by itself."""
    store = opened(path)

    def read() -> None:
        with store.reading() as held:
            break_engine(store, path)
            with pytest.raises(StorageError, match="fatal error"):
                counted(store)
            held.execute(ROWS)

    with pytest.raises(StorageError, match="fatal error") as raised:
        read()

    assert "start the program again" in raised.value.hint
    assert counted(store) == 40_000
    assert writes.write_pages(store, "run", [page(comment(2))], at(2)) == 2
    store.close()


def test_a_note_that_cannot_be_committed_is_refused(path: Path) -> None:
    """A transaction that is open when the engine dies is not kept, and its holder is told."""
    store = opened(path)
    write_rows(store, 20_000)

    raw = duckdb.connect(str(path), config=ENGINE)

    def note() -> None:
        with store.noting() as cursor:
            cursor.execute("delete from bulk")
            with pytest.raises(duckdb.FatalException), full_disk(path):
                raw.execute("force checkpoint")
            raw.close()

    with pytest.raises(StorageError, match="fatal error"):
        note()
    assert counted(store) == 40_000
    store.close()


def test_an_engine_that_dies_unseen_is_noticed_by_the_next(path: Path) -> None:
    """A cursor that finds the engine dead at its first word takes another one from the file opened anew."""
    store = opened(path)
    write_rows(store, 20_000)
    raw = duckdb.connect(str(path), config=ENGINE)
    with full_disk(path), pytest.raises(duckdb.FatalException):
        raw.execute("checkpoint")
    raw.close()

    with capture_logs() as logs:
        assert counted(store) == 40_000
    assert [line["log_level"] for line in logs] == ["error", "warning"]
    store.close()


def test_closing_ends_what_is_asked_just_then(path: Path) -> None:
    """A question that would take for ever ends when the database is closed, and its asker is told."""
    store, inside = opened(path), threading.Event()
    told: list[str] = []

    def ask() -> None:
        try:
            with store.reading(math.inf) as cursor:
                inside.set()
                cursor.execute(SLOW)
        except StorageError as error:
            told.append(str(error))

    asking = threading.Thread(target=ask)
    asking.start()
    assert inside.wait(20)
    store.close()
    asking.join(20)
    assert not asking.is_alive()
    assert len(told) == 1


def test_closing_does_not_wait_for_who_holds_on(path: Path) -> None:
    """A reader that asks nothing and does not let go is waited for a moment only."""
    store = opened(path)
    with store.reading() as cursor:
        store.close()
        with pytest.raises(duckdb.Error):
            cursor.execute(ROWS)


def test_memory_is_not_opened_again() -> None:
    """A database in memory that died says so each time: opened anew it would be empty."""
    engine = Engine(":memory:", lambda _connection: None)
    engine.breaks()

    for _ in range(2):
        with pytest.raises(StorageError, match="fatal error"), engine.cursor():
            pass
    engine.close()


def test_a_disk_without_room_stops_the_start(tmp_path: Path) -> None:
    """A new database that finds no room says so, and leaves nothing for the next start to stumble over."""
    (tmp_path / "small").write_bytes(b"x" * 5000)

    with full_disk(tmp_path / "small"), pytest.raises(StorageError, match="no room on the disk"):
        opened(tmp_path / "comments.duckdb")

    assert [each.name for each in tmp_path.iterdir()] == ["small"]
    opened(tmp_path / "comments.duckdb").close()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.999])
def test_a_truncated_file_is_named_and_left_alone(path: Path, share: float) -> None:
    """A file cut off anywhere is refused with what to do, and not touched."""
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    before = path.read_bytes()

    with pytest.raises(StorageError, match="not a database") as raised:
        opened(path)

    assert "backup" in raised.value.hint
    assert path.read_bytes() == before


def with_log(path: Path) -> tuple[bytes, Path]:
    """Return the write-ahead log of a process that was killed, and put it beside the file."""
    copy = path.with_name("copy.duckdb")
    store = opened(path)
    for number in (2, 3):
        writes.write_pages(store, "run", [page(comment(number))], at(number))
    log = path.with_name(f"{path.name}.wal")
    shutil.copy(path, copy)
    shutil.copy(log, copy.with_name(f"{copy.name}.wal"))
    store.close()
    return copy.with_name(f"{copy.name}.wal").read_bytes(), copy


def test_a_half_written_log_gives_what_was_whole(path: Path) -> None:
    """A log whose last commit is cut off, as by a power cut, is read up to the commit before."""
    log, copy = with_log(path)
    copy.with_name(f"{copy.name}.wal").write_bytes(log[:-100])

    store = opened(copy)

    assert (reads.count(store, Query()), store.version()) == (2, 2)
    store.close()


def test_a_damaged_log_is_named_and_left_alone(path: Path) -> None:
    """A log with a wrong byte stops the start by its name; the file and the log stay for a rescue."""
    log, copy = with_log(path)
    middle = len(log) // 2
    damaged = log[:middle] + bytes([log[middle] ^ 255]) + log[middle + 1 :]
    copy.with_name(f"{copy.name}.wal").write_bytes(damaged)

    with pytest.raises(StorageError, match=r"copy\.duckdb\.wal") as raised:
        opened(copy)

    assert "rename" in raised.value.hint
    assert copy.with_name(f"{copy.name}.wal").read_bytes() == damaged
    copy.with_name(f"{copy.name}.wal").unlink()
    store = opened(copy)
    assert reads.count(store, Query()) == 1
    store.close()


def test_a_damaged_block_is_named_when_it_is_read(path: Path) -> None:
    """Damage inside the file is found by the question that reads it, and told as damage."""
    store = opened(path)
    with store.reading() as cursor:
        block = cursor.execute(
            "select max(block_id) from pragma_storage_info('bulk') where segment_type = 'VARCHAR'"
        ).fetchall()[0][0]
    store.close()
    with path.open("r+b") as file:
        file.seek(3 * 4096 + block * 262_144 + 1000)
        file.write(b"\xff" * 4096)

    store = opened(path)
    with pytest.raises(StorageError, match="damaged") as raised, store.reading() as cursor:
        cursor.execute("select max(text) from bulk")

    assert "backup" in raised.value.hint
    assert str(store.stats().damage) == str(raised.value)
    assert reads.count(store, Query()) == 1
    store.close()


def engine_sum(block: bytes) -> int:
    """Return the check sum by which the engine guards its header."""
    found = 5381
    for (word,) in struct.iter_unpack("<Q", block):
        found ^= (word * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    return found


def test_a_file_of_a_newer_engine_is_named(path: Path) -> None:
    """A file whose format only a later engine knows is left alone, with the advice to update."""
    whole = bytearray(path.read_bytes())
    assert struct.unpack("<Q", whole[:8])[0] == engine_sum(bytes(whole[8:4096]))
    whole[12:20] = struct.pack("<Q", 999)
    whole[:8] = struct.pack("<Q", engine_sum(bytes(whole[8:4096])))
    path.write_bytes(whole)

    with pytest.raises(StorageError, match="newer program") as raised:
        opened(path)

    assert "Update" in raised.value.hint
    assert path.read_bytes() == whole


@pytest.fixture
def folder() -> Iterator[Path]:
    """Make a folder that its user may write to, whoever that is."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o777)
    yield made
    made.chmod(0o777)
    shutil.rmtree(made)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Let root be nobody for a while, as root may write everywhere."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)


@pytest.mark.usefixtures("nobody")
def test_a_folder_that_becomes_read_only_refuses_the_write_alone(folder: Path) -> None:
    """When the folder loses its rights under way, writes are refused with the reason and reads go on."""
    store = opened(folder / "comments.duckdb")
    writes.write_pages(store, "run", [page(comment(1))], at(1))
    with store.noting() as cursor:
        cursor.execute("checkpoint")
    folder.chmod(0o555)

    with pytest.raises(StorageError, match="folder of the database cannot be written"):
        writes.write_pages(store, "run", [page(comment(2))], at(2))
    assert reads.count(store, Query()) == 1

    folder.chmod(0o777)
    assert writes.write_pages(store, "run", [page(comment(2))], at(2)) == 2
    store.close()


@pytest.mark.usefixtures("nobody")
def test_a_file_in_a_read_only_folder_stops_the_start(folder: Path) -> None:
    """A file that may be written in a folder that may not: said at the start, not at the first write."""
    opened(folder / "comments.duckdb").close()
    folder.chmod(0o555)

    with pytest.raises(StorageError, match="cannot be written") as raised:
        opened(folder / "comments.duckdb")

    assert "DATA_DIR" in raised.value.hint


def test_a_question_that_wants_too_much_memory_is_told_so(store: Store) -> None:
    """A question beyond the memory limit ends with advice, and the next one is answered."""
    with store.noting() as cursor:
        cursor.execute("set global memory_limit = '20MB'")
        cursor.execute("set global max_temp_directory_size = '1MB'")

    with pytest.raises(StorageError, match="not enough memory") as raised, store.reading() as cursor:
        cursor.execute("select list(range) from range(20_000_000)").fetchall()

    assert "Narrow" in raised.value.hint
    assert reads.count(store, Query()) == 0


def test_closing_waits_for_the_writer(path: Path) -> None:
    """A store that is closed in the middle of a write lets it commit first."""
    store = opened(path)
    with store.writing("test") as transaction:
        transaction.cursor.execute("delete from bulk")
        closing = threading.Thread(target=store.close)
        closing.start()
    closing.join()

    again = opened(path)
    assert (counted(again), again.version()) == (0, 2)
    again.close()
