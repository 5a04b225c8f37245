"""Coordination: accounts that do the same at the same time, and texts that are copies."""

from dashboard.components import sections

sections.page("coordination")
