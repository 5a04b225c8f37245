"""A model of the user's own for moods or toxicity, from a file: ONNX or skops, never a pickle.

An ONNX graph and a skops archive are data; a pickle is a program, which runs when it is opened.

What a model takes: texts as they were written, an array of strings. ONNX: one input of strings, of shape [n]
or [n, 1]. What it gives: probabilities, a row per text, of negative, neutral, positive in this order, or of
toxicity, in one column or in two, the last of which is toxic. ONNX: the last output that is a tensor of
numbers, or a sequence of maps from class to probability. skops: `predict_proba`, with `classes_` named
negative, neutral, positive, or two classes, one of them called toxic, yes or 1.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pyarrow as pa

from core.errors import ConfigurationError
from core.text.arrays import texts as texts_of
from core.text.probabilities import MOODS

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Answering: TypeAlias = Callable[[list[str]], Numbers]
Judged: TypeAlias = Literal["sentiment", "toxicity"]

TOXIC: Final = ("toxic", "yes", "1", "True")
PROBE: Final = ("да", "спасибо большое")
AT_ONCE: Final = 10_000
ROUNDING: Final = 1e-3


@dataclass(frozen=True, slots=True)
class OwnModel:
    """An opened model: what it judges, and how it answers; it stays in the process that opened it."""

    path: Path
    judged: Judged
    answer: Answering

    @classmethod
    def open(cls, path: Path) -> OwnModel:
        """Open a file and ask it about two words, so that a model which does not fit is known at once.

        Raises ConfigurationError for other kinds of files, files that cannot be read, skops files with types
        that are not trusted, and models that take or give something else.
        """
        openers: dict[str, Callable[[Path], Answering]] = {".onnx": _onnx, ".skops": _skops}
        if path.suffix.lower() not in openers:
            raise ConfigurationError(
                "The model {path} is of a kind that is not opened; only .onnx and .skops files are.",
                hint="Pickle and joblib files can run code when opened; save it as ONNX or with skops.",
                path=str(path),
            )
        answer = openers[path.suffix.lower()](path)
        return cls(path, "sentiment" if _answered(path, answer, list(PROBE)).ndim > 1 else "toxicity", answer)

    def probabilities(self, texts: pa.Array[Any]) -> Numbers:
        """Return the probabilities of texts: a row of three per text, or one number each for toxicity."""
        every = [text or "" for text in texts_of(texts)]
        pieces = [
            _answered(self.path, self.answer, every[start : start + AT_ONCE])
            for start in range(0, len(every), AT_ONCE)
        ]
        if not pieces:
            return np.zeros((0, len(MOODS)) if self.judged == "sentiment" else 0)
        return np.concatenate(pieces)


def _answered(path: Path, answer: Answering, texts: list[str]) -> Numbers:
    """Return what a model answers: (n, 3) for moods, (n,) for toxicity, checked to be probabilities."""
    found = np.atleast_1d(np.asarray(answer(texts), dtype=np.float64))
    found = found.reshape(len(found), -1)
    is_probable = np.isfinite(found).all() and (found >= 0).all() and (found <= 1 + ROUNDING).all()
    is_whole = found.shape[1] == 1 or bool((np.abs(found.sum(axis=1) - 1) < ROUNDING).all())
    if found.shape[0] != len(texts) or found.shape[1] not in {1, 2, 3} or not (is_probable and is_whole):
        raise _unfit(path)
    return found if found.shape[1] == len(MOODS) else found[:, -1]


def _unfit(path: Path) -> ConfigurationError:
    return ConfigurationError(
        "The model {path} takes or gives something else than texts and probabilities.",
        hint="It gives probabilities of negative, neutral and positive, or of toxicity: docs/models.md.",
        path=str(path),
    )


def _unreadable(path: Path) -> ConfigurationError:
    return ConfigurationError(
        "The model {path} cannot be opened.",
        hint="Check that the file is there, whole, and of the kind its name says.",
        path=str(path),
    )


def _onnx(path: Path) -> Answering:
    """Open an ONNX graph; nothing but the operators that come with onnxruntime can be in it."""
    import onnxruntime  # noqa: PLC0415 - few have a model of their own, and it is large
    from onnxruntime.capi import onnxruntime_pybind11_state as state  # noqa: PLC0415

    failures = (
        *(state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf),
        *(state.NoSuchFile, state.NotImplemented, state.RuntimeException),
    )
    try:
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    except failures as error:
        raise _unreadable(path) from error
    takes = session.get_inputs()
    if len(takes) != 1 or takes[0].type != "tensor(string)":
        raise _unfit(path)
    shape = (-1,) if len(takes[0].shape) < 2 else (-1, 1)

    def answer(texts: list[str]) -> Numbers:
        given = np.array(texts, dtype=object).reshape(shape)
        try:
            outputs = session.run(None, {takes[0].name: given})
        except failures as error:
            raise _unfit(path) from error
        return _shares(path, outputs)

    return answer


def _shares(path: Path, outputs: Sequence[Any]) -> Numbers:
    """Return the probabilities among the outputs of a graph."""
    for output in reversed(outputs):
        if isinstance(output, list) and output and isinstance(output[0], Mapping):
            rows = np.array([list(each.values()) for each in output], dtype=np.float64)
            return rows[:, _columns(path, list(output[0]))]
        if isinstance(output, np.ndarray) and output.dtype.kind == "f":
            return np.asarray(output, dtype=np.float64)
    raise _unfit(path)


def _skops(path: Path) -> Answering:
    """Open a skops archive that holds nothing but types of scikit-learn, numpy and Python."""
    from skops import io  # noqa: PLC0415 - few have a model of their own

    try:
        strange = io.get_untrusted_types(file=path)
        if strange:
            raise ConfigurationError(
                "The model {path} has types that are not trusted: {types}.",
                hint="Save a plain scikit-learn pipeline, without functions and classes of its own.",
                path=str(path),
                types=", ".join(strange),
            )
        model = io.load(path, trusted=[])
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise _unreadable(path) from error
    if not hasattr(model, "predict_proba") or not hasattr(model, "classes_"):
        raise _unfit(path)
    columns = _columns(path, list(model.classes_))

    def answer(texts: list[str]) -> Numbers:
        try:
            shares = np.asarray(model.predict_proba(texts), dtype=np.float64)
        except (AttributeError, TypeError, ValueError) as error:
            raise _unfit(path) from error
        return np.asarray(shares[:, columns])

    return answer


def _columns(path: Path, classes: Sequence[object]) -> list[int]:
    """Return which columns to take, in order: negative, neutral, positive, or toxic alone."""
    names = [str(name) for name in classes]
    if len(names) == len(MOODS):
        if set(names) == set(MOODS):
            return [names.index(mood) for mood in MOODS]
        if set(names) in ({"0", "1", "2"}, {"-1", "0", "1"}):
            return [int(place) for place in np.argsort([int(name) for name in names])]
    elif len(names) == 2 and (toxic := [place for place, name in enumerate(names) if name in TOXIC]):
        return toxic[-1:]
    raise _unfit(path)
