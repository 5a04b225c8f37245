"""Comments as files: a table of formats, each exact in its own way, and who answers whom as a network."""

from core.export.formats import FORMATS, Format, format_named, stream, write
from core.export.guard import guard, unguard
from core.export.job import Changes, Dialect, ExportNote, Headers

__all__ = [
    "FORMATS",
    "Changes",
    "Dialect",
    "ExportNote",
    "Format",
    "Headers",
    "format_named",
    "guard",
    "stream",
    "unguard",
    "write",
]
