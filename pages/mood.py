"""Mood: sentiment and toxicity over time and by group, with examples and what is not sure."""

from dashboard.components import sections

sections.page("mood")
