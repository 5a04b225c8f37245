"""Russian words: every lemma of a form, and what is swearing; search and the text engine share it."""
