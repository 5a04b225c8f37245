"""Formula guarding has to be complete and reversible."""

from __future__ import annotations

import pyarrow as pa
import pytest

from core.export.arrays import patched
from core.export.guard import TRIGGERS, guard, unguard
from tests.core.export.rows import CONTROL, NASTY

DANGEROUS = (
    "=1",
    "+1",
    "-1",
    "@a",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\x00=1",
    "\u00a0=1",
    "\u3000＝1",
    "＋",
    "－",
    "＠",
)
HARMLESS = ("", " ", "привет", "1=1", "а-б", "mail@x.ru", "«=1»")


@pytest.mark.parametrize("text", [*NASTY, *CONTROL, *DANGEROUS, *HARMLESS])
def test_any_text_comes_back_from_under_its_guard(text: str) -> None:
    """Dropping one leading apostrophe restores every text, guarded or not, guarded once or twice."""
    assert unguard(guard(text)) == text
    assert unguard(unguard(guard(guard(text)))) == text


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    """Whatever a spreadsheet could take for a formula, also behind blanks, begins with an apostrophe."""
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_left_alone(text: str) -> None:
    """Text that cannot be a formula is not touched."""
    assert guard(text) == text


def test_columns_are_guarded_like_single_texts() -> None:
    """Arrow and Python read the pattern alike, so a column is guarded exactly as its texts are."""
    texts = [*NASTY, *CONTROL, *DANGEROUS, *HARMLESS]
    assert patched(pa.array(texts), TRIGGERS, guard).to_pylist() == [guard(text) for text in texts]
