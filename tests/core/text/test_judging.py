"""Models of the reader's own: they judge in place of the shipped one, from the setting to the features."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from core.config import read_settings
from core.errors import ConfigurationError
from core.storage import writes
from core.storage.own_models import choose_own_files, own_files
from core.text import engine, enriching
from core.text.judging import chosen
from tests.builders import at, comment, page
from tests.core.enriched import enriched
from tests.core.inline import Inline
from tests.core.text import onnx_file


def sentiment_file(folder: Path) -> Path:
    """Write a model of sentiment that finds one text positive and all others neutral."""
    rows = [[0.2, 0.6, 0.2], [0.1, 0.2, 0.7]]
    return onnx_file.write(folder / "sentiment.onnx", {"Кот спит": 1}, rows)


def toxicity_file(folder: Path) -> Path:
    """Write a model of toxicity that finds one text toxic."""
    return onnx_file.write(folder / "toxicity.onnx", {"Пёс лает": 1}, [[0.1], [0.8]])


def test_settings_name_models_by_path(tmp_path: Path) -> None:
    """A path is taken as it is, a relative one from the project's folder; nothing is set by default."""
    found = read_settings({"SENTIMENT_MODEL": str(tmp_path / "m.onnx")}, None)
    assert (found.sentiment_model, found.toxicity_model) == (tmp_path / "m.onnx", None)


def test_a_model_for_something_else_is_refused(tmp_path: Path) -> None:
    """A model of toxicity is none of sentiment, and a file that is not there is named."""
    with pytest.raises(ConfigurationError) as caught:
        chosen(toxicity_file(tmp_path), None)
    assert caught.value.params["judged"] == "sentiment"
    with pytest.raises(ConfigurationError):
        chosen(tmp_path / "none.onnx", None)
    assert chosen(None, None) == []


def test_own_models_judge_texts_and_are_told_in_the_engine(tmp_path: Path) -> None:
    """Probabilities are the own model's; without it everything is read anew by the shipped one."""
    store = enriched([])
    writes.write_pages(
        store, "run", [page(comment(1, "Кот спит"), comment(2, ""), comment(3, "Пёс лает"))], at(1)
    )
    writes.fold(store)
    files = chosen(sentiment_file(tmp_path), toxicity_file(tmp_path))
    choose_own_files(store, files)
    choose_own_files(store, files)
    assert own_files(store) == files
    enriching.enrich(engine.reading(store, Inline(1), threading.Event()), lambda _: None)
    with store.reading() as cursor:
        rows = cursor.execute(
            "select negative, neutral, positive, sentiment, toxicity, engine "
            "from features order by comment_id"
        ).fetchall()
    np.testing.assert_allclose(rows[0][:3], (0.1, 0.2, 0.7), atol=1e-3)
    assert (rows[0][3], rows[1][:5]) == ("positive", (None,) * 5)
    assert rows[2][4] == pytest.approx(0.8, abs=1e-3)
    assert all(each.mark in rows[0][5] for each in files)
    assert engine.count_unread(store) == 0
    choose_own_files(store, [])
    assert engine.count_unread(store) == 3
