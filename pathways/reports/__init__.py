"""Answers in words for one reader: where a patient is, what could be next, and why."""
