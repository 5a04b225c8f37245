"""Questions: the inbox of open ones, and how soon the community answers."""

from dashboard.components import sections

sections.page("questions")
