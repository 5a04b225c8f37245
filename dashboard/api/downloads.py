"""How a browser is told to save an answer, and under which name."""

from __future__ import annotations

import re
from urllib.parse import quote


def attachment(name: str) -> dict[str, str]:
    """Return the headers of a download; the name is given plainly and as UTF-8 (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store",
    }
