"""Posts: which are discussed most, what they bring, and the threads under them."""

from dashboard.components import sections

sections.page("posts")
