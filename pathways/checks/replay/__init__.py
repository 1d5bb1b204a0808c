"""The second reader: journeys and rules read step by step, without sets of patients.

Written from the meaning of a pathway alone, so that it can judge what is found by following sets: it
uses neither :mod:`pathways.boxes` nor :mod:`pathways.semantics`.
"""

from pathways.checks.replay.confirm import confirms
from pathways.checks.replay.moving import faults, open_ways
from pathways.checks.replay.rules import breaks

__all__ = ["breaks", "confirms", "faults", "open_ways"]
