"""The shipped models: what they say of plain comments, how fast, and that sums are all there is to it."""

from __future__ import annotations

import pickle
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from core.text.calibrating import own_calibration
from core.text.probabilities import MOODS, probabilities, toxicity
from core.text.scoring import SCORES, WEIGHTS, Model, neighbours
from core.text.training.corpora import prepared
from core.text.training.design import cut
from core.text.words import studied

PLAIN = {
    "negative": (
        *("Ужас, позор", "Отвратительный сервис, больше не приду", "Не понравилось", "Полный отстой"),
        *("Никому не рекомендую", "Опять нахамили и обманули", "😡😡😡", "Грустно это всё(("),
    ),
    "neutral": (
        *("Во сколько начало?", "Подскажите адрес", "Сколько стоит билет?", "Автобус в 10 утра"),
        *("В среду у главного входа", "Это на втором этаже?"),
    ),
    "positive": (
        *(
            "Спасибо большое",
            "Спасибо)",
            "Какая красота!",
            "Молодцы, ребята))",
            "Всё понравилось, рекомендую",
        ),
        *("Очень вкусно, придём ещё", "❤️❤️❤️", "👍", "Поздравляю, вы лучшие!"),
    ),
}


def _units(comments: Sequence[str]) -> tuple[list[list[str]], pa.Table]:
    lists = cut([prepared(comment) for comment in comments])
    return lists, studied(pa.array(sorted({unit for units in lists for unit in units}), pa.string()))


def _moods(comments: Sequence[str]) -> list[str]:
    model = Model.load()
    scores, _ = model.scores(*_units(comments))
    return [MOODS[place] for place in probabilities(scores, own_calibration(model)).argmax(axis=1)]


def _toxicity(comments: Sequence[str]) -> list[float]:
    model = Model.load()
    _, scores = model.scores(*_units(comments))
    return [float(share) for share in toxicity(scores, own_calibration(model))]


@pytest.mark.parametrize("mood", MOODS)
def test_plain_comments_have_their_mood(mood: str) -> None:
    """What nobody would doubt is not mistaken: thanks, complaints, questions, emoji and smileys alone."""
    comments = PLAIN[mood]
    found = dict(zip(comments, _moods(comments), strict=True))
    assert {comment: told for comment, told in found.items() if told != mood} == {}


def test_negation_turns_praise() -> None:
    """A negation before a word of praise takes the praise away."""
    assert "positive" not in _moods(["не нравится", "не рекомендую", "это не красиво"])


def test_a_greeting_is_no_praise() -> None:
    """A good day is wished before questions and complaints too."""
    assert "positive" not in _moods(
        ["Добрый день, когда откроется касса?", "Добрый вечер, напишите в сообщения"]
    )


def test_rude_comments_are_toxic_and_plain_ones_are_not() -> None:
    """An insult that is addressed is toxic, thanks and questions are not."""
    assert min(_toxicity(["Ты идиот", "Закрой рот, тварь", "Вы дебилы конченые"])) > 0.5
    assert max(_toxicity([*PLAIN["neutral"], *PLAIN["positive"]])) < 0.5


def test_disguised_swearing_counts_like_plain() -> None:
    """Letters hidden behind signs do not hide what a word means."""
    plain, hidden = _toxicity(["ты дебил", "ты д3бил"])
    assert hidden > 0.5
    assert plain > 0.5


def test_a_score_is_the_sum_over_units() -> None:
    """The score of a comment follows from its units' contributions alone, by the stated formula."""
    model = Model.load()
    lists, known = _units(["Очень плохо, верните деньги!!!"])
    added = model.contributions(known).to_pandas()
    rows = [known["word"].to_pylist().index(unit) for unit in lists[0]]
    total = added.iloc[rows].sum()
    z = total[list(SCORES)].to_numpy() / np.sqrt([total["parts"] + 1] * 3 + [total["toxic_parts"] + 1])
    moods, toxic = model.scores(lists, known)
    assert np.allclose(moods[0], z[:3] + np.array(model.sentiment_bias), atol=1e-5)
    assert np.isclose(toxic[0], z[3] + model.toxicity_bias, atol=1e-5)


def test_order_of_units_does_not_matter_to_contributions() -> None:
    """A unit adds the same wherever it stands, so it is computed once."""
    model = Model.load()
    _, known = _units(["Спасибо за ремонт дорог", "Ужасная дорога :("])
    backwards = known.take(pa.array(range(known.num_rows - 1, -1, -1)))
    forward, back = model.contributions(known), model.contributions(backwards)
    assert forward["negative"].to_pylist() == back["negative"].to_pylist()[::-1]
    assert forward["parts"].to_pylist() == back["parts"].to_pylist()[::-1]


def test_pairs_join_words_only() -> None:
    """A sign between two words parts them, and a comment of one word has no pairs."""
    assert neighbours(["не", None, "хорошо"]) == []
    assert neighbours(["не", "хорошо"]) == [("не", "хорошо")]
    assert neighbours(["хорошо"]) == []


def test_no_units_score_nothing() -> None:
    """An empty vocabulary and an empty comment are no error."""
    model = Model.load()
    assert model.contributions(studied(pa.array([], pa.string()))).num_rows == 0
    moods, _ = model.scores([[]], studied(pa.array([], pa.string())))
    assert np.allclose(moods[0], model.sentiment_bias)


def test_the_shipped_model_travels_by_name() -> None:
    """Sent to another process, the shipped model costs a few bytes and is read there once."""
    sent = pickle.dumps(Model.load())
    assert len(sent) < 200
    assert pickle.loads(sent) is Model.load()  # noqa: S301 - made a line above


def test_a_model_from_a_file_travels_whole(tmp_path: Path) -> None:
    """A model that is not the shipped one arrives with its weights."""
    path = tmp_path / "own.npz"
    path.write_bytes(WEIGHTS.read_bytes())
    model = Model.load(path)
    arrived: Model = pickle.loads(pickle.dumps(model))  # noqa: S301 - made here
    assert np.array_equal(arrived.table, model.table)
    assert arrived.sentiment_bias == model.sentiment_bias


def test_the_weights_are_small_and_plain() -> None:
    """The file is well under 3 MB, and numpy reads it with pickles forbidden."""
    assert WEIGHTS.stat().st_size < 1_500_000
    with np.load(WEIGHTS, allow_pickle=False) as file:
        assert all(file[name].dtype != object for name in file.files)


@pytest.mark.slow
def test_two_hundred_thousand_words_in_seconds() -> None:
    """The vocabulary of a million comments is scored in seconds of one core."""
    _, known = _units(["обычная дорога", "спасибо", "безобразие полнейшее", "километр", "!!!", "(("])
    many = known.take(pa.array(np.arange(200_000) % known.num_rows))
    start = time.process_time()
    Model.load().contributions(many)
    assert time.process_time() - start < 8.0
