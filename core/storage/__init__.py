"""The database: an append-only log of what was seen, and the current state folded from it."""
