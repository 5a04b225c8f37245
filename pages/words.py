"""Words: which are used, together and apart, and where they stand."""

from dashboard.components import sections

sections.page("words")
