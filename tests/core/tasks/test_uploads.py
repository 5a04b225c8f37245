"""Uploaded files, kept until their import."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from core.errors import ImportRefused
from core.tasks.uploads import CHUNK_BYTES, keep_upload, upload_path


def test_equal_files_have_equal_names(tmp_path: Path) -> None:
    """The same file with the same mapping is one upload; another name or mapping is another."""
    content = b"x" * (CHUNK_BYTES + 1)
    names = [
        keep_upload(tmp_path, BytesIO(content), file, mapping)
        for file, mapping in (("a.csv", None), ("a.csv", None), ("b.csv", None), ("a.csv", {"text": "t"}))
    ]
    assert names[0] == names[1]
    assert len(set(names)) == 3
    assert upload_path(tmp_path, names[0]).read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 3


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """A file that cannot be kept is refused with the reason, and no half of it stays."""

    class Broken(BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(28, "No space left on device")

    with pytest.raises(ImportRefused, match="No space left on device") as refused:
        keep_upload(tmp_path, Broken(), "a.csv", None)
    assert refused.value.hint
    assert list(tmp_path.iterdir()) == []
