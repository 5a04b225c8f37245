"""A world that changes while it is read, and one that misbehaves."""

import httpx
import pytest

from core.sandbox import stories
from core.sandbox.faults import Faults, FaultSpecError, parsed_faults
from core.sandbox.refusals import Params, Refusal
from tests.core.sandbox.caller import Caller, Row, Start

pytestmark = pytest.mark.slow

HERO = f"wall:{stories.CITY.owner_id}_{stories.CITY.hero_post_id}"


@pytest.fixture(scope="module")
def moving(started: Start) -> Caller:
    """Return a caller of a world that the tests change."""
    return started()


def test_added_comments_are_counted_and_readable(moving: Caller, hero: Row) -> None:
    """New roots and replies appear at the end of their level and in every count."""
    before = moving.truth(HERO)
    root = before["roots"][0]
    made = moving.order(
        add=[
            {"source": HERO, "text": "новый", "count": 2},
            {"source": HERO, "text": "ответ", "reply_to": root},
        ]
    )["add"]
    page = moving.ok("wall.getComments", sort="desc", count=2, **hero)
    assert [row["id"] for row in page["items"]] == [made[1], made[0]]
    assert page["count"] == before["count"] + 3 == moving.truth(HERO)["count"]
    assert moving.ok("wall.getComments", comment_id=root, count=100, **hero)["items"][-1]["text"] == "ответ"
    address = f"{hero['owner_id']}_{hero['post_id']}"
    assert moving.ok("wall.getById", posts=address)["items"][0]["comments"]["count"] >= page["count"]


def test_late_publication_takes_an_older_place(moving: Caller, hero: Row) -> None:
    """A comment can appear later with a number below those already seen."""
    roots = moving.truth(HERO)["roots"]
    taken = set(moving.truth(f"wall:{stories.CITY.owner_id}")["ids"])
    free = next(number for number in range(roots[3], roots[-1]) if number not in taken)
    moving.order(add=[{"source": HERO, "id": free, "text": "с опозданием"}])
    roots = moving.truth(HERO)["roots"]
    assert free in roots[:-1]
    start = moving.ok("wall.getComments", start_comment_id=free, count=2, **hero)["items"]
    assert [row["id"] for row in start] == roots[roots.index(free) :][:2]


def test_edited_text_replaces_the_old_one(moving: Caller, hero: Row) -> None:
    """An edit shows in the next answer."""
    number = moving.truth(HERO)["roots"][5]
    moving.ok("wall.getComments", count=100, **hero)
    moving.order(edit=[{"source": HERO, "id": number, "text": "исправлено"}])
    assert (
        moving.ok("wall.getComments", start_comment_id=number, count=1, **hero)["items"][0]["text"]
        == "исправлено"
    )


def test_deleted_root_with_replies_stays_as_tombstone_until_they_go(moving: Caller, hero: Row) -> None:
    """A root without replies vanishes; one with replies stays as a tombstone and goes with the last reply."""
    lone, parent = moving.order(add=[{"source": HERO}, {"source": HERO}])["add"]
    (reply,) = moving.order(add=[{"source": HERO, "reply_to": parent}])["add"]
    moving.order(delete=[{"source": HERO, "id": lone}, {"source": HERO, "id": parent}])
    truth = moving.truth(HERO)
    assert (lone in truth["ids"], parent in truth["tombstones"]) == (False, True)
    moving.order(delete=[{"source": HERO, "id": reply}])
    assert parent not in moving.truth(HERO)["ids"]
    assert moving.error("wall.getComments", start_comment_id=parent, **hero)["error_code"] == 100


def test_deletion_wave_is_the_same_every_time(started: Start) -> None:
    """Deleting some comments hits the same ones in every world of that seed and size."""
    source = f"wall:{stories.CITY.owner_id}"
    left = []
    for _ in range(2):
        vk = started(comments=1_000)
        before = vk.truth(source)
        assert vk.order(delete_some=40)["delete_some"] == 40
        after = vk.truth(source)
        left.append((after["ids"], after["tombstones"]))
        assert len(after["ids"]) < len(before["ids"])
    assert left[0] == left[1]


def test_orders_that_make_no_sense_are_refused(moving: Caller) -> None:
    """Unknown orders and sources are told, not ignored."""
    assert "error" in moving.order(explode=True)
    assert "error" in moving.order(delete=[{"source": HERO, "id": 1}])
    assert "error" in moving.truth("wall:5_5")
    assert "error" in moving.order(faults="sometimes")


def test_tokens_expire_and_come_back(moving: Caller) -> None:
    """An expired token is error 5 until the order is taken back."""
    moving.order(expire=[stories.TOKENS.USER])
    assert moving.error("users.get")["error_code"] == 5
    moving.order(expire=[])
    assert moving.ok("users.get")


def test_captcha_is_the_new_kind_and_ends_with_a_success_token(moving: Caller) -> None:
    """Captcha names a page; the repeated call with a success_token passes, and so do the next ones."""
    moving.order(captcha=True)
    error = moving.error("users.get")
    assert error["error_code"] == 14
    assert "captcha_img" not in error
    shown = httpx.get(error["redirect_uri"]).text
    assert moving.error("users.get", success_token="guessed")["error_code"] == 14
    assert moving.ok("users.get", success_token=shown.removeprefix("success_token="))
    assert moving.ok("users.get")


def test_outage_is_an_http_error_and_ends(moving: Caller) -> None:
    """During an outage no JSON comes; afterwards everything is as before."""
    moving.order(outage=True)
    answer = moving.http.post(moving.url + "users.get")
    moving.order(outage=False)
    assert answer.status_code == 502
    assert moving.ok("users.get")


def test_cut_and_truncated_answers_are_not_json(moving: Caller) -> None:
    """A cut connection breaks the transport; a truncated body arrives whole and cannot be read."""
    moving.order(faults="cut=1")
    with pytest.raises(httpx.RemoteProtocolError):
        moving.raw("users.get")
    moving.order(faults="truncate=1")
    with pytest.raises(ValueError, match=r"JSON|Expecting|Unterminated"):
        moving.raw("users.get")
    moving.order(faults="")
    assert moving.ok("users.get")


def test_challenge_pages_and_slow_answers_arrive(moving: Caller) -> None:
    """A challenge page is HTTP 200 without JSON; a slow answer is whole."""
    moving.order(faults="html=1")
    page = moving.http.post(moving.url + "users.get")
    moving.order(faults="slow=1:0.01")
    slow = moving.ok("users.get")
    moving.order(faults="")
    assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, "text/html")
    assert slow


def test_inner_faults_fail_single_calls_of_a_script(moving: Caller) -> None:
    """A fault inside execute leaves the script standing."""
    moving.order(faults="inner10=0.5")
    answer = moving.raw("execute", code=f"return [{','.join(['API.users.get({})'] * 20)}];")
    moving.order(faults="")
    assert 0 < answer["response"].count(False) == len(answer["execute_errors"]) < 20


def test_faults_follow_the_seed() -> None:
    """The same specification and seed refuse the same requests of a sequence."""

    def sequence(seed: int) -> list[int]:
        faults = Faults("error1=0.2,error10=0.2", seed)
        codes = []
        for _ in range(50):
            try:
                faults.refuse(Params(), "")
                codes.append(0)
            except Refusal as refusal:
                codes.append(refusal.code)
        return codes

    assert sequence(1) == sequence(1) != sequence(2)
    assert set(sequence(1)) == {0, 1, 10}


@pytest.mark.parametrize("spec", ["error", "error1", "error1=x", "boom=1", "slow=1:", "error1=0.1;cut=1"])
def test_unreadable_fault_specs_are_named(spec: str) -> None:
    """A specification that cannot be read stops the start."""
    with pytest.raises(FaultSpecError):
        parsed_faults(spec)
