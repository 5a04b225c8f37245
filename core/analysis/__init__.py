"""Frame in, frame out: no clock, no network; each analysis says apart from its formula what it reads."""
