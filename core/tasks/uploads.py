"""Files that were sent and wait for their import, in the folder of the tasks."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from core.errors import ImportRefused

CHUNK_BYTES: Final = 2**20


def upload_path(folder: Path, upload: str) -> Path:
    """Return where the upload of that name is kept until its import begins."""
    return folder / f"upload-{upload}"


def keep_upload(folder: Path, content: BinaryIO, filename: str, mapping: Mapping[str, Any] | None) -> str:
    """Keep a file until it is imported; return the upload's name, equal for equal files and mappings."""
    digest = hashlib.sha256(json.dumps([filename, mapping], sort_keys=True).encode())
    half = folder / f"receiving-{secrets.token_hex(8)}"
    try:
        with half.open("wb") as kept:
            while chunk := content.read(CHUNK_BYTES):
                digest.update(chunk)
                kept.write(chunk)
        upload = digest.hexdigest()[:32]
        half.replace(upload_path(folder, upload))
    except OSError as error:
        half.unlink(missing_ok=True)
        raise ImportRefused(
            "The file could not be kept: {problem}.",
            hint="See that the disk has room.",
            problem=str(error.strerror),
        ) from error
    return upload
