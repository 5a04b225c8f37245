"""The document about analyses says what the catalogue says."""

from __future__ import annotations

from pathlib import Path

from core.analysis.catalogue import ANALYSES
from core.analysis.document import document

DOCUMENT = Path(__file__).parents[3] / "docs" / "analyses.md"


def test_the_document_is_the_catalogue() -> None:
    """What docs/analyses.md says is what the program says of each analysis now."""
    assert DOCUMENT.read_text(encoding="utf-8") == document()
    assert all(f"### `{name}`" in document() for name in ANALYSES)
