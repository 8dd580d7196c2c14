"""The queue of generations: sent once, watched to their end, results fetched."""
