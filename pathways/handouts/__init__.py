"""Handouts: what a pathway says on paper, for patients, clinicians and visits."""
