"""One patient in a pathway: the place, how they stand to every way on, why, and what to ask next."""
