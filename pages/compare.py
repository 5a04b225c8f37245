"""Compare: what the filters let through with anything else, and whether findings hold."""

from dashboard.components import sections

sections.page("compare")
