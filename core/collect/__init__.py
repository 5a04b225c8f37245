"""Collecting: what to ask VK for, asking it at the speed limit, keeping every answer, and the balance."""
