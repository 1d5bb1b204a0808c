"""How hard the texts for patients are to read: measured, not guessed."""
