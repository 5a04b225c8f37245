"""Everything that is served: the page and the HTTP API, over one core."""
