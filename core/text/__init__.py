"""Comment text to features: words, lemmas, languages, tags, and what models say of them."""
