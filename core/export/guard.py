"""Keep spreadsheet programs from running comment text as a formula, reversibly.

A guarded cell gets one apostrophe in front. Text that begins with an apostrophe gets one too: so to undo
it, drop one leading apostrophe wherever there is one.
"""

from __future__ import annotations

import re
from typing import Final

_BLANK: Final = "\\x00-\\x20\x7f\x85\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
TRIGGERS: Final = f"^(?:['\\t\\r\\n]|[{_BLANK}]*[=+@＝＋－＠-])"
"""What makes a cell dangerous, in the syntax RE2 and Python share."""

_TRIGGERS = re.compile(TRIGGERS)


def guard(text: str) -> str:
    """Return the text as a spreadsheet may have it: an apostrophe in front when it could be a formula."""
    return f"'{text}" if _TRIGGERS.match(text) else text


def unguard(text: str) -> str:
    """Return the text that `guard` was given."""
    return text.removeprefix("'")
