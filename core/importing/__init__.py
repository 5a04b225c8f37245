"""Files of comments from anywhere: CSV, JSON and Excel, with the meaning of their columns guessed first."""

from core.importing.mapping import DELIMITERS, ENCODINGS, FIELDS, Mapping, from_params
from core.importing.preview import Preview, peek
from core.importing.table import NOTES, Imported, Note, read

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "FIELDS",
    "NOTES",
    "Imported",
    "Mapping",
    "Note",
    "Preview",
    "from_params",
    "peek",
    "read",
]
