"""Patient records: reading, checking and writing them, and what is known from them on a day."""
