"""Long work in the background: a pool with priorities, deadlines and cancel; records; the kinds of work."""
