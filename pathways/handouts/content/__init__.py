"""What handouts say: each module makes the sections of one sort of handout."""
