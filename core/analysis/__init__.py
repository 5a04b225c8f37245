"""Frame in, frame out: no database, no clock, no network."""
