"""Why something cannot be had."""

from __future__ import annotations

import pytest

from pathways.patients.availability import reason_for
from tests.patients.made import placer_of

PATHWAY = placer_of(
    """
treatments:
  shot: {title: Shot, category: procedure, what: a shot, classes: [all_shots]}
  walk: {title: Walk, category: self_care, what: a walk}
classes:
  all_shots: {title: Shots, what: shots}
start: care
states:
  care: {kind: options, title: Care, offers: [shot, walk], next: [{to: done}]}
  done: {kind: end, title: Done}
"""
).pathway


@pytest.mark.parametrize(
    ("unavailable", "reason"),
    [
        ({}, ""),
        ({"walk": "distance"}, ""),
        ({"shot": "distance"}, "distance"),
        ({"all_shots": "distance"}, "distance"),
        ({"all_shots": "distance", "shot": "not_wanted"}, "not_wanted"),
        ({"care": "distance"}, ""),
    ],
)
def test_what_is_said_of_the_thing_itself_comes_before_its_class(
    unavailable: dict[str, str], reason: str
) -> None:
    assert reason_for(PATHWAY, "shot", unavailable) == reason
    assert reason_for(PATHWAY, "care", {"care": "distance"}) == "distance"
