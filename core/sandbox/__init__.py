"""A synthetic VK served over HTTP on loopback: the demo, and what tests talk to."""
