"""Collect, store, analyse and export VK comments; knows nothing of any user interface."""
