"""The training of the shipped models on a few invented texts: read, held out, measured and written."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import f1_score

from core.text.scoring import SCORES, Model
from core.text.train import table, trained
from core.text.training import corpora, invented
from core.text.training.corpora import NEGATIVE, NEUTRAL, POSITIVE, Example
from core.text.training.design import GREETING, NOT_BAD, NOT_GOOD, cut, designed
from core.text.training.fitting import fit
from core.text.training.heldout import Held, platt, unsure_below
from core.text.training.measures import calibration_error, macro_f1, quality
from core.text.training.recipe import importances, others, pooled
from core.text.training.spotcheck import EARLIER, LATER, labels

PRAISE = (
    "прекрасный вечер",
    "какой чудесный парк",
    "спасибо за помощь",
    "очень вкусный торт",
    "люблю наш двор",
)
BLAME = ("ужасный вечер", "какой грязный парк", "обманули и нахамили", "невкусный торт", "ненавижу этот двор")
PLAIN = ("вечер в среду", "парк за рекой", "торт на заказ", "двор номер пять", "дом у моста")
RUDE = ("ты дурак", "вы тупые твари", "заткнись, идиот", "какой же ты урод", "бараны и клоуны")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a few texts in the form of each file."""
    joy, anger = ("[0]", "[4]")
    _write(
        tmp_path / "cedr_train.csv",
        ("text", "labels", "source"),
        [
            (text, label, "lj")
            for texts, label in ((PRAISE, joy), (BLAME, anger), (PLAIN, "[]"))
            for text in texts
        ],
    )
    _write(
        tmp_path / "goemotions_ru.csv",
        ("text", "labels", "id"),
        [
            (f"{text} вчера", label, "x")
            for texts, label in ((PRAISE, "[17]"), (BLAME, "[2]"), (PLAIN, "[27]"))
            for text in texts
        ],
    )
    _write(
        tmp_path / "xed_ru.csv",
        ("text", "labels"),
        [(f"- {text}!", label) for texts, label in ((PRAISE, "5, 8"), (BLAME, "1")) for text in texts],
    )
    flags = {PRAISE: (0, 0, 0, 1, 0, 0), BLAME: (1, 0, 0, 0, 0, 0), PLAIN: (0, 0, 0, 0, 0, 0)}
    _write(
        tmp_path / "brighter_ru_train.csv",
        ("id", "text", "anger", "disgust", "fear", "joy", "sadness", "surprise"),
        [("x", f"{text} сегодня", *row) for texts, row in flags.items() for text in texts],
    )
    _write(
        tmp_path / "vk_toxicity_train.csv",
        ("text", "toxicity", "distortion", "source"),
        [
            (f"[MENTION], {text} {place}", toxic, 0, place)
            for place in ("первая", "вторая")
            for texts, toxic in ((RUDE, 1), (PLAIN, 0), (PRAISE, 0))
            for text in texts
        ],
    )
    return tmp_path


def _write(path: Path, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def test_emotions_become_moods(folder: Path) -> None:
    """Joy is positive, anger negative, no emotion neutral, in every corpus."""
    found = corpora.moods(folder)
    by_corpus = {(each.corpus, each.label) for each in found}
    two_sided = {("xed", POSITIVE), ("xed", NEGATIVE)}
    every = {(name, mood) for name in ("cedr", "goemotions", "brighter") for mood in range(3)}
    assert by_corpus == every | two_sided


def test_mixed_and_surprised_texts_are_left_out(tmp_path: Path) -> None:
    """A text with emotions of both sides, or with surprise alone, teaches no mood."""
    rows = [("и смех и грех", "[0 1]", "lj"), ("ого", "[2]", "lj"), ("в пять", "[]", "lj")]
    _write(tmp_path / "cedr_train.csv", ("text", "labels", "source"), rows)
    for name in ("goemotions_ru.csv", "xed_ru.csv"):
        _write(tmp_path / name, ("text", "labels", "id"), [])
    _write(tmp_path / "brighter_ru_train.csv", ("id", "text"), [])
    assert [(each.text, each.label) for each in corpora.moods(tmp_path)] == [("в пять", NEUTRAL)]


def test_texts_are_prepared_like_comments() -> None:
    """Mentions, links and hashtags are gone, letters small, е for ё, before a text is learned from."""
    assert corpora.prepared("[MENTION], Всё тут https://vk.ru/x #ура") == "все тут"


def test_copies_in_other_dress_share_a_key() -> None:
    """Case, punctuation and ё do not make a copy another text: it stays out of training with its original."""
    texts = [
        Example(corpora.prepared(text), 0, corpus, corpus)
        for text, corpus in (("Всё, ушёл!", "one"), ("все ушел", "two"), ("остался", "two"))
    ]
    assert others(texts, "one").tolist() == [2]


def test_labels_are_evened_out_within_a_kind_of_text() -> None:
    """A rare label of a corpus counts more there, within bounds; our own texts count as stated."""
    texts = [Example("а", label, "cedr", "news") for label in (0, 1, 1, 1, 1, 1)]
    counts = importances([*texts, Example("б", 2, corpora.INVENTED, corpora.INVENTED)])
    assert counts[:6].tolist() == [2.0, *[0.4] * 5]
    assert counts[6] == 5.0


def test_a_negated_word_has_a_feature_of_its_own() -> None:
    """A negation right before praise or blame is seen, one that stands elsewhere is not."""
    design, _ = designed(cut(["это не красиво", "не ужасно", "красиво, не спорю"]))
    turns = (design.units @ design.features[:, [NOT_GOOD, NOT_BAD]]).toarray()
    assert turns.tolist() == [[1, 0], [0, 1], [0, 0]]


def test_a_greeting_is_known_by_its_two_words() -> None:
    """A good day that is wished is another feature than a good word."""
    design, _ = designed(cut(["добрый день, где касса", "добрый врач"]))
    assert (design.units @ design.features[:, [GREETING]]).toarray().ravel().tolist() == [1, 0]


def test_fitting_finds_what_tells_the_labels_apart() -> None:
    """Logistic regression learns words that decide, and the scores of unseen texts follow."""
    texts = [*PRAISE, *BLAME]
    design, _ = designed(cut([*texts, "прекрасный парк", "ужасный парк"]))
    told = np.array([1] * len(PRAISE) + [0] * len(BLAME))
    model = fit(design.rows(np.arange(len(texts))), told, np.ones(len(texts)), ridge=1.0)
    scores = model.scores(design.rows(np.array([len(texts), len(texts) + 1])))
    assert (scores[:, 1] > scores[:, 0]).tolist() == [True, False]
    assert np.allclose(model.weights.sum(axis=1), 0, atol=1e-3)


def test_macro_f1_is_the_known_one() -> None:
    """Our macro-F1 equals scikit-learn's where every label occurs."""
    generator = np.random.default_rng(5)
    given, told = generator.integers(0, 3, 200), generator.integers(0, 3, 200)
    assert np.isclose(macro_f1(given, told), f1_score(told, given, average="macro"), atol=1e-12)


def test_calibration_error_of_a_known_case() -> None:
    """Eighty percent sure and right in six of ten is an error of 0.2."""
    shares = np.tile([0.8, 0.2], (10, 1))
    assert np.isclose(calibration_error(shares, np.array([0] * 6 + [1] * 4)), 0.2)


def test_accuracy_at_half_takes_the_surest() -> None:
    """The surer half is judged alone."""
    shares = np.array([[0.9, 0.1], [0.95, 0.05], [0.6, 0.4], [0.55, 0.45]])
    assert quality(shares, np.array([0, 0, 1, 1])).accuracy_at_half == 1.0


def test_platt_mends_scores_that_are_too_sure() -> None:
    """Log-odds three times too large get a slope of about a third."""
    generator = np.random.default_rng(2)
    true = generator.normal(size=20_000)
    told = (generator.random(20_000) < 1 / (1 + np.exp(-true))).astype(np.int64)
    slope, offset = platt({"all": Held(np.arange(20_000), 3 * true, told)})
    assert np.isclose(slope, 1 / 3, atol=0.02)
    assert abs(offset) < 0.05


def test_the_threshold_keeps_labels_right_enough() -> None:
    """The label is given where seven of ten are right, and not below."""
    sure, unsure = np.tile([4.0, 0.0, 0.0], (50, 1)), np.tile([0.5, 0.0, 0.0], (50, 1))
    told = np.array([0] * 50 + [0] * 10 + [1] * 40)
    held = Held(np.arange(100), np.vstack([sure, unsure]), told)
    assert unsure_below(dict.fromkeys(("cedr", "goemotions", "brighter"), held), 1.0) > 0.45


def test_judged_comments_are_judged_once() -> None:
    """No comment stands in both checks, or under two moods."""
    digests = [digest for check in (EARLIER, LATER) for text in check.values() for digest in text.split()]
    assert len(digests) == len(set(digests))
    assert len(labels(EARLIER)) + len(labels(LATER)) == len(digests)


def test_invented_comments_have_one_mood_each() -> None:
    """No invented comment stands in two lists."""
    lists = [text.strip().splitlines() for text in (invented.NEGATIVE, invented.NEUTRAL, invented.POSITIVE)]
    every = [line for lines in lists for line in lines]
    assert len(set(every)) >= len(every) - 2
    assert not set(lists[0]) & set(lists[2])


def test_training_writes_the_same_bytes_again(folder: Path, tmp_path: Path) -> None:
    """The same texts give the same weights to the byte, and the model reads back what was written."""
    paths = [tmp_path / "first.npz", tmp_path / "second.npz"]
    reports = []
    for path in paths:
        pool = pooled(corpora.moods(folder), corpora.rude(folder))
        reports.append(trained(pool, path, with_baseline=False))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert reports[0][:-1] == reports[1][:-1]
    model = Model.load(paths[0])
    assert model.pairs.column_names == ["first", "second", *SCORES]
    assert model.table.any()


def test_the_table_has_a_row_per_set() -> None:
    """Each held-out set stands with our figures and the baseline's; without a baseline there are dashes."""
    figures = quality(np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([0, 1]))
    lines = table({"one": figures, "two": figures}, {"one": figures})
    assert len(lines) == 4
    assert lines[2].startswith("| one | 2 | 1.000 | 1.000 |")
    assert lines[3].endswith("| - | - | - | - |")
