"""What differs between two versions of a pathway, and who is treated differently."""
