"""What a later attempt of the same run asks again: what was in flight, what was missing, nothing else."""

from __future__ import annotations

import pytest

from core.balances import Reading
from core.errors import QueryError, TaskPaused
from core.models import Pause, PauseReason, SourceState
from core.storage import reads
from tests.core.collect.running import Desk, MovingVk, desk, of
from tests.core.vk.fake_vk import FakeVk, post

POST = (-5, 2)
LINK = "vk.com/wall-5_2"


class KilledError(Exception):
    """Stands for the end of the process."""


def committed(at: Desk, run_id: str = "run") -> int:
    """Return how many answered calls the run has in its checkpoint."""
    notes = [method for method, _, _ in reads.listing_pages(at.store, run_id) if method != "run"]
    return len(notes) + len(reads.answered(at.store, run_id))


@pytest.mark.parametrize(
    "calls", [2, 5, *(pytest.param(each, marks=pytest.mark.slow) for each in (1, 3, 8, 12))]
)
def test_lists_and_names_are_not_asked_twice(calls: int) -> None:
    """After a crash the answered pages of lists, descriptions and names come from the checkpoint."""
    vk = MovingVk(
        {(-5, number): {number * 1000: []} for number in range(1, 251)}
        | {(-7, number): post(120) for number in (1, 2)},
        topics={(-6, 8): [1, 2], (-6, 9): [3]},
        names={"klub": ("group", 5)},
        execute_error=28,
    )
    links = "vk.com/klub board6 wall-7_1 wall-7_2"

    def die(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        if len(fake.calls) >= calls:
            while committed(at) < calls:
                continue
            raise KilledError

    with desk(vk) as at:
        vk.before = die
        with pytest.raises(KilledError):
            at.collect(links, in_flight=1)
        vk.before = lambda fake, method, params: None
        vk.calls.clear()
        assert at.collect(links, in_flight=1).state == "succeeded"
        assert len(at.rows()) == 250 + 240 + 3
    assert len(vk.calls) == 1 + 3 + 1 + 1 + 250 + 2 + 4 - calls


def test_a_finished_run_keeps_no_pages_of_lists() -> None:
    """The pages of lists are a checkpoint, not data: a run that has everything forgets them."""
    with desk(MovingVk({POST: post(3)})) as at:
        at.collect("wall-5")
        assert reads.listing_pages(at.store, "run") == []


def test_a_retry_looks_at_what_was_missing_and_nothing_else() -> None:
    """A thread that hid a reply is read again; other threads, pages and posts are not."""
    vk = MovingVk({(-5, 1): post(150, {0: 40}), POST: post(150, {0: 130, 1: 40})}, hidden={1_010_020})
    with desk(vk) as at:
        assert at.collect("wall-5").state == "partial"
        vk.asked()
        assert at.collect("wall-5").state == "partial"
        assert set(vk.asked()) == {(2, 1010)}
        vk.hidden = set()
        sheet = at.collect("wall-5")
        assert set(vk.asked()) == {(2, 1010)}
        assert sheet.state == "succeeded"
        assert at.rows("wall:-5_2") == sorted(vk.truth(*POST))


def test_a_retry_asks_for_the_page_that_failed() -> None:
    """A page that could not be read is asked again, the pages around it are not."""
    vk = MovingVk({POST: post(250)}, execute_error=28)

    def refuse(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        is_second = method == "wall.getComments" and params.get("offset") == "99"
        fake.refusals = {("wall.getComments", -5, 2): 15} if is_second else {}

    with desk(vk) as at:
        vk.before = refuse
        assert at.collect(LINK, in_flight=1).state == "partial"
        vk.before, vk.refusals = (lambda fake, method, params: None), {}
        vk.calls.clear()
        assert at.collect(LINK, in_flight=1).state == "succeeded"
        assert [each["offset"] for each in vk.named_calls("wall.getComments")] == ["99"]
        assert at.rows() == sorted(vk.truth(*POST))


@pytest.mark.parametrize("calls", [2, *(pytest.param(each, marks=pytest.mark.slow) for each in (1, 3, 4))])
def test_a_refresh_that_is_killed_goes_on_as_it_began(calls: int) -> None:
    """What moved is found whole by the second attempt, though the store knows the new counts already."""
    vk = MovingVk({POST: post(150, {0: 130, 1: 40, 2: 30})}, execute_error=28)

    def die(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        if len(fake.calls) >= calls:
            while committed(at, "second") < calls:
                continue
            raise KilledError

    with desk(vk) as at:
        at.collect(LINK, run_id="first")
        vk.posts[POST][1000].remove(1_000_050)
        vk.posts[POST][1010] += [1_010_500, 1_010_501]
        vk.calls.clear()
        vk.before = die
        with pytest.raises(KilledError):
            at.collect(LINK, run_id="second", in_flight=1)
        vk.before = lambda fake, method, params: None
        sheet = at.collect(LINK, run_id="second", in_flight=1)
        states = at.states()
    assert {comment for comment, state in states.items() if state == "live"} == vk.truth(*POST)
    assert states[1_000_050] == "deleted"
    assert dict(sheet.changes) == {"new": 2, "edited": 0, "deleted": 1, "restored": 0}
    found = of(sheet, "wall:-5_2")
    assert (found.state, found.reading, found.collected) == (SourceState.COMPLETE, Reading.MOVED, 351)


def test_a_pause_keeps_what_came_and_goes_on_from_there() -> None:
    """A captcha pauses the run with a sheet of what there is; the next attempt asks for the rest."""
    vk = MovingVk({(-5, n): post(250) for n in (1, 2)}, execute_error=28)

    def ask(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        if len(fake.named_calls("wall.getComments")) == 4:
            fake.refusals = {("wall.getComments", 0, 0): 14}

    with desk(vk) as at:
        vk.before = ask
        with pytest.raises(TaskPaused) as paused:
            at.collect("wall-5", in_flight=1)
        result = paused.value.result
        assert isinstance(result, dict)
        assert isinstance(paused.value.pause, Pause)
        assert paused.value.pause.reason is PauseReason.CAPTCHA
        assert (result["state"], result["pause"]["reason"]) == ("partial", "captcha")
        assert 0 < result["collected"] == len(at.rows()) < 500
        vk.before, vk.refusals = (lambda fake, method, params: None), {}
        vk.asked()
        assert at.collect("wall-5").state == "succeeded"
        assert len(vk.asked()) == 2
        assert len(at.rows()) == 500


def test_a_lost_token_pauses_before_anything_is_asked_of_it() -> None:
    """An expired token met while names are looked up is a pause, not a failure."""
    vk = MovingVk({POST: post(2)}, names={"klub": ("group", 5)})
    with desk(vk) as at:
        at.tokens = ("expired",)
        with pytest.raises(TaskPaused) as paused:
            at.collect("vk.com/klub")
    assert isinstance(paused.value.pause, Pause)
    assert paused.value.pause.reason is PauseReason.TOKEN


def test_only_posts_with_the_words_are_collected() -> None:
    """Of the latest posts only those whose text matches are read; case and ё do not matter."""
    texts = {1: "Ёлка и снег", 2: "Снегопад", 3: "ЕЛКА", 4: "о другом", 5: "снег, но не ЁЛКА"}
    vk = MovingVk({(-5, n): {n * 10: []} for n in range(1, 6)}, post_texts=texts)
    with desk(vk) as at:
        at.collect("wall-5", words="елка снег", run_id="first")
        assert sorted(number for number, _ in vk.asked()) == [1, 5]
        at.collect("wall-5", words="снег -елка", run_id="second")
        assert sorted(number for number, _ in vk.asked()) == [2]
        at.collect("wall-5", words="елка", posts=3, run_id="third")
        assert sorted(number for number, _ in vk.asked()) == [3]
        with pytest.raises(QueryError):
            at.collect("wall-5", words='""', run_id="fourth")


def test_what_a_source_cost_stands_in_its_balance() -> None:
    """Calls, bytes and how it was read are told per source and stay the same after a crash."""
    vk = MovingVk({POST: post(150, {0: 40})})
    with desk(vk) as at:
        (found,) = at.collect(LINK).sources
        (again,) = at.collect(LINK).sources
    assert (found.calls, found.retries, found.reading) == (3, 0, Reading.FULL)
    assert found.bytes > 1000
    assert again == found


def test_what_was_spent_is_told_at_the_end() -> None:
    """Whoever counts calls is called at least once when a run ends."""
    told: list[int] = []
    with desk(MovingVk({POST: post(2)})) as at:
        at.collect(LINK, spent=lambda: told.append(1))
    assert told


def test_the_cost_of_a_run_counts_all_its_attempts() -> None:
    """What a run cost is the sum over its attempts, whatever ended the earlier ones."""
    vk = MovingVk({POST: post(250)}, execute_error=28)

    def spend(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        if len(fake.named_calls("wall.getComments")) == 2:
            fake.refusals = {("wall.getComments", 0, 0): 29}

    with desk(vk) as at:
        vk.before = spend
        with pytest.raises(TaskPaused) as paused:
            at.collect(LINK, in_flight=1)
        vk.before, vk.refusals = (lambda fake, method, params: None), {}
        sheet = at.collect(LINK, in_flight=1)
    before = paused.value.result
    assert isinstance(before, dict)
    assert sheet.requests == len(vk.requests) > before["requests"] > 0
    assert sheet.calls > before["calls"]


def test_a_reply_deleted_while_its_thread_is_read_breaks_no_seal() -> None:
    """A thread that had one reply more when its root was shown is asked about once more, and is whole."""
    vk = MovingVk({POST: post(3, {1: 30})})

    def delete(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        if "comment_id" in params and 1_000_029 in fake.posts[POST][1010]:
            fake.posts[POST][1010].remove(1_000_029)

    with desk(vk) as at:
        vk.before = delete
        sheet = at.collect(LINK)
    assert (sheet.state, of(sheet, "wall:-5_2").missing_threads) == ("succeeded", ())
