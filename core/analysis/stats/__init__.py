"""Pure statistics of counts, shares and means: no frames, no database, only arrays and seeds."""
