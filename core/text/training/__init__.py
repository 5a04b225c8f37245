"""How the shipped models are made: corpora, features, fitting, held-out scores and the file of weights."""
