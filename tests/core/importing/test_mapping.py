"""A mapping that cannot be used is refused by the name of what is wrong in it."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import ImportRefused
from core.importing import from_params


@pytest.mark.parametrize(
    ("params", "key"),
    [
        ({"columns": ["text"]}, "columns"),
        ({"columns": {"a": "b"}}, "columns"),
        ({"columns": {"a": "text", "b": "text"}}, "columns"),
        ({"tz": "Mars/Olympus"}, "tz"),
        ({"encoding": "utf-7"}, "encoding"),
        ({"delimiter": "x"}, "delimiter"),
        ({"has_header": "yes"}, "has_header"),
        ({"colour": 1}, "colour"),
    ],
)
def test_a_wrong_mapping_is_refused_by_name(params: dict[str, Any], key: str) -> None:
    """The refusal says which part is wrong and what would be right."""
    with pytest.raises(ImportRefused) as refused:
        from_params(params)
    assert refused.value.params["key"] == key
    assert refused.value.hint
