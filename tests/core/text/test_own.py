"""Models of the user's own: ONNX and skops are taken, what can run code is not."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer
from skops import io

from core.errors import ConfigurationError
from core.text.own import OwnModel
from tests.core.text import onnx_file

TEXTS = ["отлично", "ужасно", "в среду", "красиво", "плохо", "в пять"]
MOODS = ["positive", "negative", "neutral"] * 2


def _same(texts: list[str]) -> list[str]:
    return texts


def _taught(labels: list[str] | list[int]) -> Pipeline:
    return make_pipeline(CountVectorizer(), LogisticRegression(C=100.0)).fit(TEXTS, labels)


def _saved(model: Pipeline, folder: Path) -> Path:
    path = folder / "model.skops"
    io.dump(model, path)
    return path


def test_an_onnx_model_of_moods_answers_in_order(tmp_path: Path) -> None:
    """Probabilities of an ONNX graph come back as negative, neutral, positive, a row per text."""
    rows = [[0.2, 0.6, 0.2], [0.1, 0.1, 0.8]]
    model = OwnModel.open(onnx_file.write(tmp_path / "own.onnx", {"красота": 1}, rows))
    assert model.judged == "sentiment"
    assert np.allclose(model.probabilities(pa.array(["красота", "среда"])), [rows[1], rows[0]])


@pytest.mark.parametrize("rows", [[[0.1], [0.9]], [[0.9, 0.1], [0.1, 0.9]]])
def test_an_onnx_model_of_toxicity_gives_one_number(tmp_path: Path, rows: list[list[float]]) -> None:
    """One column is toxicity; of two the last is."""
    model = OwnModel.open(onnx_file.write(tmp_path / "own.onnx", {"болван": 1}, rows))
    assert model.judged == "toxicity"
    assert np.allclose(model.probabilities(pa.array(["болван", "среда", None])), [0.9, 0.1, 0.1])


def test_what_an_onnx_model_gives_must_be_probabilities(tmp_path: Path) -> None:
    """Scores that are no probabilities are refused when the model is opened."""
    path = onnx_file.write(tmp_path / "own.onnx", {"красота": 1}, [[-2.0, 1.0, 3.0], [0.1, 0.1, 0.8]])
    with pytest.raises(ConfigurationError, match="something else than texts and probabilities"):
        OwnModel.open(path)


def test_an_onnx_model_must_take_texts(tmp_path: Path) -> None:
    """A graph over numbers cannot read comments, and the file is refused."""
    path = onnx_file.write(tmp_path / "own.onnx", {"красота": 1}, [[0.9]], takes=onnx_file.INT64)
    with pytest.raises(ConfigurationError):
        OwnModel.open(path)


def test_a_skops_model_answers_in_order(tmp_path: Path) -> None:
    """The columns of a scikit-learn model are found by the names of its classes."""
    model = OwnModel.open(_saved(_taught(MOODS), tmp_path))
    found = model.probabilities(pa.array(["отлично", "ужасно", "в среду"]))
    assert model.judged == "sentiment"
    assert found.argmax(axis=1).tolist() == [2, 0, 1]
    assert np.allclose(found.sum(axis=1), 1)


def test_a_skops_model_of_toxicity_gives_one_number(tmp_path: Path) -> None:
    """Of two classes the one that is called 1 is the toxic one."""
    model = OwnModel.open(_saved(_taught([0, 1, 0, 0, 1, 0]), tmp_path))
    assert model.judged == "toxicity"
    toxic, civil = model.probabilities(pa.array(["ужасно", "красиво"]))
    assert toxic > 0.5 > civil


def test_a_skops_model_with_other_classes_is_refused(tmp_path: Path) -> None:
    """A model of something else is not taken for one of moods."""
    path = _saved(_taught(["cat", "dog", "fish"] * 2), tmp_path)
    with pytest.raises(ConfigurationError, match="something else"):
        OwnModel.open(path)


def test_types_that_are_not_trusted_are_refused_by_name(tmp_path: Path) -> None:
    """A skops file that brings a function of its own is not opened, and the error says which."""
    model = make_pipeline(FunctionTransformer(_same), CountVectorizer(), LogisticRegression()).fit(
        TEXTS, MOODS
    )
    path = _saved(model, tmp_path)
    with pytest.raises(ConfigurationError, match=r"not trusted: .*_same"):
        OwnModel.open(path)


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    """A pickle runs code when it is opened, so its ending alone is refused."""
    path = tmp_path / "model.pkl"
    path.write_bytes(pickle.dumps(_taught(MOODS)))
    with pytest.raises(ConfigurationError, match=r"only \.onnx and \.skops"):
        OwnModel.open(path)


@pytest.mark.parametrize("name", ["model.onnx", "model.skops"])
def test_a_pickle_under_another_name_is_not_opened_either(tmp_path: Path, name: str) -> None:
    """What is not what its name says is refused, and nothing in it has run."""
    path = tmp_path / name
    path.write_bytes(pickle.dumps(_taught(MOODS)))
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        OwnModel.open(path)


@pytest.mark.parametrize("name", ["missing.onnx", "missing.skops"])
def test_a_missing_file_is_said(tmp_path: Path, name: str) -> None:
    """A path that leads nowhere is an error of the setting."""
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        OwnModel.open(tmp_path / name)


def test_no_texts_have_no_probabilities(tmp_path: Path) -> None:
    """An empty column gives an empty answer of the right shape."""
    model = OwnModel.open(_saved(_taught(MOODS), tmp_path))
    assert model.probabilities(pa.array([], pa.string())).shape == (0, 3)
