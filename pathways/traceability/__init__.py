"""From the texts a library started from to the elements that hold what they say, and back."""
