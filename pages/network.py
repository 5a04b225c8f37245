"""Network: who answers whom, in pairs and in communities."""

from dashboard.components import sections

sections.page("network")
