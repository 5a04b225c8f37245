"""Files of comments from anywhere: CSV, JSON and Excel, with the meaning of their columns guessed first."""

from core.importing.links import FileLinks, LinkColumn, links_in
from core.importing.mapping import DELIMITERS, ENCODINGS, FIELDS, Mapping, from_params
from core.importing.preview import Preview, peek
from core.importing.table import NOTES, Imported, Note, read

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "FIELDS",
    "NOTES",
    "FileLinks",
    "Imported",
    "LinkColumn",
    "Mapping",
    "Note",
    "Preview",
    "from_params",
    "links_in",
    "peek",
    "read",
]
