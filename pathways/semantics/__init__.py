"""What a pathway means: its conditions as sets of patients, and what entering a state changes."""
