"""Checking a pathway: gaps, overlaps, traps and broken rules, each with a patient who can be replayed."""
