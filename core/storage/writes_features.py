"""The vocabulary and the features of comments: derived from texts, written in bulk, one engine at a time."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import pyarrow as pa

from core.storage.bulk import read_batch, write_batch
from core.storage.store import Store, Transaction

Column: TypeAlias = "pa.Array[Any]"

KNOWN_WORDS: Final = """
select vocabulary.*
from vocabulary
join batch on vocabulary.word = batch.word
where vocabulary.engine = $engine
"""

NUMBERS: Final = """
select
    (select coalesce(max(word_id), -1) + 1 from vocabulary) as next_word,
    (select coalesce(max(lemma_id), -1) + 1 from lemmas) as next_lemma
"""

KNOWN_LEMMAS: Final = """
select lemmas.lemma, min(lemmas.lemma_id) as lemma_id
from lemmas
join batch on lemmas.lemma = batch.lemma
group by lemmas.lemma
"""

KNOWN_NUMBERS: Final = """
select vocabulary.word, vocabulary.word_id
from vocabulary
join batch on vocabulary.word = batch.word
"""

FORGET_WORDS: Final = """
delete from vocabulary
where word in (select word from batch)
"""

FORGET_FORMS: Final = """
delete from forms
where word_id in (select word_id from batch)
"""

ADD_WORDS: Final = """
insert into vocabulary by name
select *
from batch
"""

ADD_LEMMAS: Final = """
insert into lemmas by name
select *
from batch
"""

ADD_FORMS: Final = """
insert into forms by name
select *
from batch
"""

FORGET_FEATURES: Final = """
delete from features
where (source, comment_id) in (select (source, comment_id) from batch)
"""

# Sources may have been deleted since their texts were read.
ADD_FEATURES: Final = """
insert into features by name
select *
from batch
where source in (select distinct source from comments)
"""


def known_words(store: Store, words: Column, engine: str) -> pa.Table:
    """Return the rows of the vocabulary for those of these words that this engine has studied."""
    with store.reading() as cursor:
        return read_batch(cursor, KNOWN_WORDS, pa.table({"word": words}), engine=engine)


def known_numbers(store: Store, words: Column, lemmas: Column) -> tuple[pa.Table, pa.Table, int, int]:
    """Return the numbers that words and lemmas have, whatever engine gave them, and the next free ones.

    The tables are [word, word_id] and [lemma, lemma_id].
    """
    with store.reading() as cursor:
        numbered = read_batch(cursor, KNOWN_NUMBERS, pa.table({"word": words}))
        known = read_batch(cursor, KNOWN_LEMMAS, pa.table({"lemma": lemmas}))
        next_word, next_lemma = cursor.execute(NUMBERS).fetchone() or (0, 0)
    return numbered, known, next_word, next_lemma


def write_words(store: Store, words: pa.Table, lemmas: pa.Table, forms: pa.Table) -> None:
    """Put words into the vocabulary, in place of what an older engine said, with new lemmas and forms.

    `words` has the vocabulary's columns, `lemmas` [lemma_id, lemma, is_stop], `forms` [word_id, lemma_id].
    """
    with store.noting() as cursor:
        for statement, batch in (
            (FORGET_FORMS, words.select(["word_id"])),
            (FORGET_WORDS, words.select(["word"])),
            (ADD_WORDS, words),
            (ADD_LEMMAS, lemmas),
            (ADD_FORMS, forms),
        ):
            write_batch(cursor, statement, batch)


def write_features(store: Store, features: pa.Table, again: pa.Table) -> int:
    """Write the features of comments, in place of the ones that `again` [source, comment_id] names.

    Return the new dataset version.
    """
    with store.writing("features") as transaction:
        _replace(transaction, features, again)
    return transaction.version


def _replace(transaction: Transaction, features: pa.Table, again: pa.Table) -> None:
    if again.num_rows:
        write_batch(transaction.cursor, FORGET_FEATURES, again)
    write_batch(transaction.cursor, ADD_FEATURES, features)
