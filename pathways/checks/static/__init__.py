"""What is wrong with a pathway that shows without following any patient: structure, data, wording."""

from pathways.checks.static.all import STATIC_CHECKS, static_problems

__all__ = ["STATIC_CHECKS", "static_problems"]
