"""Activity: how much is written when, what drove the bursts, how soon attention comes and goes."""

from dashboard.components import sections

sections.page("activity")
