"""The sentences themselves, by subject: key -> (English, Russian), side by side so neither is forgotten."""
