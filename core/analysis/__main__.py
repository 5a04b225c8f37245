"""Write the list of all analyses to the standard output: `python -m core.analysis > docs/analyses.md`."""

from __future__ import annotations

import sys

from core.analysis.document import document

if __name__ == "__main__":
    sys.stdout.write(document())
