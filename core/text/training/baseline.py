"""What is to be beaten: TF-IDF of words and letters, and logistic regression, on the same held-out texts."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_union

from core.text.hashed import CLASSES
from core.text.training.corpora import INVENTED, LISTED, NEGATIVE
from core.text.training.heldout import Held, communities
from core.text.training.measures import Quality, quality
from core.text.training.recipe import Pool, others

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Integers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

STRENGTH: Final = 2.0
TOXIC_COUNTS: Final = 3.0
ROOTS: Final = ("obscene", "insult")


def mood_baseline(pool: Pool, held: dict[str, Held]) -> dict[str, Numbers]:
    """Return the baseline's probabilities of every held-out set of moods.

    It has the four corpora; for comments of VK, which it is otherwise far worse on, the toxic ones of the
    other community too, as negative.
    """
    found: dict[str, Numbers] = {}
    corpora = {each.corpus for each in pool.examples}
    for name, each in held.items():
        if name in corpora:
            found[name] = _moods(pool, name, each.rows)
        else:
            found[name] = np.zeros((len(each.rows), 3))
            for community, places in communities(pool).items():
                is_here = np.isin(each.rows, pool.comments[places])
                found[name][is_here] = _moods(pool, community, each.rows[is_here])
    return found


def _moods(pool: Pool, without: str, rows: Integers) -> Numbers:
    texts = [*pool.examples, *pool.rude]
    is_judged = without in {each.corpus for each in pool.rude}
    kept = [
        texts[row]
        for row in others(texts, without)
        if texts[row].corpus not in {INVENTED, LISTED}
        and (row < len(pool.examples) or (is_judged and texts[row].label == 1))
    ]
    rude = {id(each) for each in pool.rude}
    labels = [NEGATIVE if id(each) in rude else each.label for each in kept]
    counts = [TOXIC_COUNTS if id(each) in rude else 1.0 for each in kept]
    vectors = _vectors(3)
    model = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced")
    model.fit(vectors.fit_transform([each.text for each in kept]), labels, sample_weight=counts)
    return np.asarray(model.predict_proba(vectors.transform([texts[row].text for row in rows])))


def rude_baseline(pool: Pool) -> dict[str, Quality]:
    """Return the figures of the baseline on every held-out community, and on all of them together."""
    shares = np.zeros(len(pool.rude))
    told = np.array([each.label for each in pool.rude])
    roots = _roots(pool)
    for community, places in communities(pool).items():
        kept = others(pool.rude, community)
        vectors = _vectors(2)
        known = vectors.fit_transform([pool.rude[row].text for row in kept])
        asked = vectors.transform([pool.rude[row].text for row in places])
        model = LogisticRegression(C=STRENGTH, max_iter=500, class_weight="balanced")
        model.fit(sparse.hstack([known, roots[kept]]), told[kept])
        shares[places] = model.predict_proba(sparse.hstack([asked, roots[places]]))[:, 1]
    sets = {**communities(pool), "both": np.arange(len(told))}
    return {
        name: quality(np.column_stack([1 - shares[rows], shares[rows]]), told[rows])
        for name, rows in sets.items()
    }


def _vectors(fewest: int) -> Any:
    return make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=fewest, sublinear_tf=True),
    )


def _roots(pool: Pool) -> Any:
    """Return how many words with an obscene, and with an insulting root each comment has, and whether any."""
    columns = [CLASSES.index(name) + 1 for name in ROOTS]
    design = pool.design.rows(pool.comments)
    counts = np.asarray((design.units @ design.features[:, columns]).todense()).sum(axis=1)
    return sparse.csr_matrix(np.column_stack([counts > 0, np.minimum(counts, 3)]).astype(float))
