"""How much one transaction of a collection holds, whose changes are counted, what a cancel leaves unread."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.collect.dispatch import Dispatcher
from core.collect.sources import Arrived, Event
from core.collect.work import Work
from core.collect.writing import PORTION_COMMENTS, Writer
from core.storage import writes
from core.vk.api import connect
from core.vk.client import Answer, Meter
from core.vk.execute import ApiCall
from tests.builders import NOON, at, comment, page
from tests.core.collect.running import QUICK, MovingVk, desk
from tests.core.vk.fake_vk import TOKEN, URL, FakeVk, post


@pytest.mark.parametrize(
    ("sizes", "transactions"),
    [([10, 20, 30], 1), ([PORTION_COMMENTS, 1], 2), ([2_000, 2_000, 2_000, 2_000, 2_000, 2_000], 2)],
)
def test_much_that_arrives_at_once_is_written_in_portions(sizes: list[int], transactions: int) -> None:
    """Whoever waits for the database meanwhile has its turn; no comment is left out or counted twice."""
    with desk(MovingVk()) as bench:
        store, out, first = bench.store, deque[Event](), 1
        for size in sizes:
            rows = [comment(number) for number in range(first, first + size)]
            out.append(Arrived(page(*rows, call=f"roots:{first}"), size))
            first += size
        dispatcher = Dispatcher(connect(URL, [TOKEN], 0), Meter(), 1, threading.Event())
        dispatcher.came(sum(sizes))
        before = store.version()
        writer = Writer(store, "run", out, dispatcher, lambda: 0.0, lambda: NOON)
        writer.write(is_last=True)
        assert store.version() - before == transactions
        assert (writer.done, dispatcher.unwritten) == (sum(sizes), 0)
        assert bench.rows() == list(range(1, first))


def test_a_balance_counts_the_changes_of_its_own_run() -> None:
    """What another collection writes at the same time is not this one's find."""
    with desk(MovingVk({(-5, 2): post(7)})) as bench:

        def beside(_fake: FakeVk, _method: str, _params: dict[str, str]) -> None:
            number = bench.store.version() + 1
            writes.write_pages(bench.store, "other", [page(comment(number))], at(number))

        bench.vk.before = beside
        sheet = bench.collect("vk.com/wall-5_2")
        assert (sheet.collected, sheet.changes) == (7, {"new": 7, "edited": 0, "deleted": 0, "restored": 0})
        assert len(bench.rows()) > 7


def test_an_answer_that_comes_after_the_cancel_is_not_even_read() -> None:
    """What is under way then keeps neither the reader busy nor the end waiting, and leads to nothing."""
    cancel, read, taken = threading.Event(), list[int](), list[object]()

    def reads(number: int) -> Callable[[Answer], int]:
        def reading(_answer: Answer) -> int:
            read.append(number)
            cancel.set()
            return number

        return reading

    def take(answer: object) -> list[Work]:
        taken.append(answer)
        return []

    api = connect(URL, [TOKEN], 0, transport=MovingVk({(-5, 2): post(7)}).transport(), waits=QUICK)
    dispatcher = Dispatcher(api, Meter(), 1, cancel)
    call = ApiCall("wall.getComments", {"owner_id": -5, "post_id": 2, "count": 100})
    dispatcher.add(Work(call, reads(number), take, lambda _: ()) for number in (1, 2))
    with ThreadPoolExecutor(2) as pool:
        for thread in dispatcher.start(pool):
            thread.result(60)
    assert (read, taken) == ([1], [])
