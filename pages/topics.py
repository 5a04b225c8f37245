"""Topics: what is talked about, of whom and what, and which words go together."""

from dashboard.components import sections

sections.page("topics")
