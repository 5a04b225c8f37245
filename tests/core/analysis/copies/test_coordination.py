"""Accounts whose comments move together, from comments in a store to groups, evidence and notes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest

from core.analysis.copies.chance import Edges
from core.analysis.copies.coordination import numbered
from core.analysis.copies.groups import counter, possible
from core.models import Comment
from core.query import Query
from core.sandbox import stories
from core.sandbox.world import World
from core.storage.store import Store
from core.tasks.analyze import said
from core.wording import LANGS
from tests.builders import at, author, comment
from tests.core.analysis.copies.walls import comments_of
from tests.core.enriched import answer, enriched

CALLS = (
    "Поддержим новый парк у реки, городу очень нужны зелёные места для прогулок",
    "Давайте вместе придём на встречу с архитектором в среду после работы",
)
GANG = range(900, 906)
PLACES = ("озера", "вокзала", "школы", "рынка", "театра", "завода", "моста", "стадиона")
SIGHTS = ("видел", "встретила", "заметил", "сфотографировал", "нарисовала", "потерял")
THINGS = ("собаку", "автобус", "скворца", "художника", "тропинку", "велосипед", "фонарь")


def talk(seed: int, per_source: int = 60, sources: int = 5) -> list[Comment]:
    """Make comments of people who each say something of their own."""
    chance = np.random.default_rng(seed)
    made = []
    for number in range(per_source * sources):
        place = number // per_source
        words = [chance.choice(words) for words in (SIGHTS, THINGS, PLACES)]
        text = f"Вчера {number} раз {words[0]} {words[1]} около {words[2]} номер {chance.integers(10**6)}"
        made.append(
            comment(
                number + 1,
                text,
                source=f"wall:-1_{place + 1}",
                author_id=int(chance.integers(1, 120)),
                published_at=at(24 * place + chance.random() * 12),
            )
        )
    return made


def campaign(waves: Iterable[int], text: str = "{call}") -> list[Comment]:
    """Make the comments of accounts that write the same under each of these sources within minutes."""
    return [
        comment(
            5000 + 10 * wave + place,
            text.format(call=CALLS[wave % 2], number=place),
            source=f"wall:-1_{wave + 1}",
            author_id=who,
            published_at=at(24 * wave + 3 + place / 40),
        )
        for wave in waves
        for place, who in enumerate(GANG)
    ]


@pytest.fixture(scope="module")
def store() -> Store:
    """Open a store in which six accounts repeat two texts under five sources."""
    names = tuple(author(who, f"Аккаунт {who}") for who in GANG)
    return enriched([*talk(1), *campaign(range(5))], authors=names)


def test_a_group_comes_with_its_evidence(store: Store) -> None:
    """The accounts, what they shared, how fast, how sure, and examples; near-copies do not tell it again."""
    found = answer(store, "coordination")
    (row,) = found.rows
    assert (row["group"], row["kind"], row["accounts"]) == (1, "co_text", 6)
    assert row["account_ids"] == "900, 901, 902, 903, 904, 905"
    assert str(row["account_names"]).startswith("Аккаунт 900, Аккаунт 901")
    assert (row["objects"], row["things"], row["comments"], row["sources"]) == (2, 5, 30, 5)
    assert (row["edges"], row["weight"], row["pairs"]) == (15, 5.0, 75)
    assert row["delay_s"] == pytest.approx(180, abs=30)
    assert float(str(row["p"])) <= float(str(row["q"])) <= float(str(row["weakest_q"])) <= 0.05
    assert (row["near"], row["near_ids"]) == (0, "")
    assert row["example_text"] in CALLS
    assert len(str(row["example_keys"]).split(", ")) == 6
    assert found.summary["groups"] == 1
    assert [each.code for each in found.notes] == ["coordination_meaning"]


def test_a_group_comes_with_what_speaks_against_it(store: Store) -> None:
    """Others with the same texts, other texts of theirs, officials, talk and busy hours are counted."""
    (row,) = answer(store, "coordination").rows
    assert (row["others"], row["worn"], row["official"], row["in_thread"]) == (0, 0, 0, 0)
    assert (row["own_comments"], row["share"], row["high"], row["other_texts"]) == (30, 1.0, 1.0, 0)
    assert 0.8 < float(str(row["low"])) < 1.0
    assert row["around"] is not None


def test_evidence_is_pairs_of_comments(store: Store) -> None:
    """Each pair names both comments with key, author, text and time, the earlier first."""
    found = answer(store, "coordination_evidence", pattern="co_text")
    assert len(found.rows) == found.summary["pairs"] == 75
    row = found.rows[0]
    assert row["first_text"] in CALLS
    assert row["second_text"] == row["first_text"]
    assert str(row["first_key"]).startswith("wall:-1_")
    assert {str(row["first_account"]), str(row["second_account"])} <= {str(each) for each in GANG}
    assert all(str(each["first_at"]) <= str(each["second_at"]) for each in found.rows)
    assert len({each["object"] for each in found.rows}) == 2


def test_evidence_of_one_group_and_the_first_rows(store: Store) -> None:
    """A group that there is not has no evidence, and no more rows are shown than are wanted."""
    assert answer(store, "coordination_evidence", pattern="co_text", group=2).rows == []
    found = answer(store, "coordination_evidence", pattern="co_text", group=1, top=4)
    assert (len(found.rows), found.summary["pairs"], found.summary["shown"]) == (4, 75, 4)


def test_a_single_wave_is_no_repetition(store: Store) -> None:
    """What accounts share once is not enough, whoever they are."""
    found = answer(store, "coordination", Query(source=("wall:-1_1",)))
    assert found.rows == []
    assert "coordination_none" in [each.code for each in found.notes]


def test_the_notes_say_what_it_does_not_prove(store: Store) -> None:
    """In both languages the answer says that nothing is proven and how to check, and blames nobody."""
    (meaning,) = answer(store, "coordination", pattern="co_text").notes
    for lang, proof in zip(LANGS, ("не доказывает", "does not prove"), strict=True):
        text = said(meaning, lang)
        assert proof in text
        assert not {"бот", "bot", "тролл", "troll"} & set(text.lower().split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("co_similar", "{call}, это пункт {number}а"),
        ("co_link", "Пункт {number}: https://www.park.example/vote?utm_source=a{number}"),
    ],
)
def test_altered_texts_and_links_are_found(pattern: str, text: str) -> None:
    """Who alters the text a little, or shares a link called up differently, is found for that pattern."""
    store = enriched([*talk(2), *campaign(range(5), text)])
    (row,) = answer(store, "coordination", pattern=pattern).rows
    assert (row["kind"], row["accounts"], row["things"]) == (pattern, 6, 5)
    evidence = answer(store, "coordination_evidence", pattern=pattern).rows
    objects = {each["object"] for each in evidence}
    assert pattern == "co_similar" or objects == {"park.example/vote"}


def test_answers_to_the_same_comments_are_found() -> None:
    """Accounts that together answer comment after comment, each in other words, are found."""
    crowd = talk(3)
    targets = [crowd[60 * place + 5] for place in range(5)]
    answers = [
        comment(
            6000 + 10 * place + number,
            f"Совсем не так {place} {number}",
            source=target.source,
            author_id=who,
            published_at=target.published_at and at(24 * place + 13 + number / 60),
            root_id=target.comment_id,
            parent_id=target.comment_id,
        )
        for place, target in enumerate(targets)
        for number, who in enumerate(GANG)
    ]
    store = enriched([*crowd, *answers])
    (row,) = answer(store, "coordination", pattern="co_reply").rows
    assert (row["accounts"], row["objects"]) == (6, 5)
    assert (row["in_thread"], row["counter"]) == (75, "talk")
    evidence = answer(store, "coordination_evidence", pattern="co_reply").rows
    assert {each["object"] for each in evidence} == {each.key for each in targets}


@pytest.mark.slow
def test_comments_within_seconds_are_found() -> None:
    """Two accounts that write within seconds of each other under source after source are found."""
    pair = [
        comment(
            7000 + 2 * place + number,
            f"Что-то совсем другое {place} {number}",
            source=f"wall:-1_{place + 1}",
            author_id=who,
            published_at=at(24 * place + 5 + number / 1200),
        )
        for place in range(8)
        for number, who in enumerate((900, 901))
    ]
    store = enriched([*talk(4, sources=8), *pair])
    (row,) = answer(store, "coordination", pattern="co_timing").rows
    assert (row["account_ids"], row["things"], row["delay_s"]) == ("900, 901", 8, 3.0)
    evidence = answer(store, "coordination_evidence", pattern="co_timing").rows
    assert {each["object"] for each in evidence} == {f"wall:-1_{place}" for place in range(1, 9)}


def test_a_handful_is_too_few_to_say() -> None:
    """Below the stated number nothing is looked for, and the answer says that it is too few."""
    store = enriched(campaign(range(4)))
    found = answer(store, "coordination")
    assert (found.rows, found.summary["looked"], found.summary["patterns"]) == ([], 24, 0)
    assert [each.code for each in found.notes] == ["coordination_few"]
    assert answer(store, "coordination_evidence").rows == []
    assert answer(enriched([]), "coordination").rows == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, ""),
        ({"others": 6}, "common"),
        ({"worn": 1}, "common"),
        ({"official": 1}, "official"),
        ({"in_thread": 5}, "talk"),
        ({"around": 30.0}, "busy"),
        ({"other_texts": 6, "official": 2}, "official, varied"),
    ],
)
def test_counter_evidence_is_named(change: dict[str, float], code: str) -> None:
    """Each thing that speaks against a common plan has its word."""
    usual = {"others": 5, "worn": 0, "official": 0, "in_thread": 4, "pairs": 10, "around": 29.0}
    assert counter({**usual, "other_texts": 5, **change}, 6) == code


def test_who_only_may_belong_is_told_apart() -> None:
    """Who shared repeatedly with two members but is not established is named beside the group, not in it."""
    edges = Edges(
        np.array([0, 0, 1, 0]), np.array([1, 2, 2, 3]), np.full(4, 2), np.zeros(4), np.array([0.0, 1, 1, 1])
    )
    assert possible(edges, np.array([0, 0, -1, -1]), 0) == [2]


def test_the_surest_group_comes_first() -> None:
    """Groups are numbered by q, then size; a group of near-copies inside one of copies is left out."""
    made = pd.DataFrame(
        {
            "group": [0, 1, 0, 1],
            "kind": ["co_text", "co_text", "co_similar", "co_similar"],
            "members": [[1, 2], [3, 4], [1, 2], [4, 5]],
            "accounts": [2, 2, 2, 2],
            "things": [3, 3, 3, 3],
            "q": [0.02, 0.01, 0.001, 0.03],
        }
    )
    proof = pd.DataFrame({"group": [0, 1, 0, 1], "kind": made["kind"], "thing": 0, "one": 0, "two": 1})
    groups, evidence = numbered(made, proof)
    assert groups["members"].tolist() == [[3, 4], [1, 2], [4, 5]]
    assert groups["group"].tolist() == [1, 2, 3]
    assert evidence[["group", "kind"]].to_numpy().tolist() == [
        [1, "co_text"],
        [2, "co_text"],
        [3, "co_similar"],
    ]


@pytest.mark.slow
def test_the_campaign_of_the_sandbox_is_found() -> None:
    """In the synthetic city the nine accounts of the campaign are found, and nobody else."""
    made = comments_of(World(20_000, 7), stories.CITY.owner_id)
    found = answer(enriched(made), "coordination")
    planted = {str(stories.FIRST_CAMPAIGN_USER + number) for number in range(9)}
    named = {each for row in found.rows for each in str(row["account_ids"]).split(", ")}
    assert named <= planted
    assert len(named) >= 8
