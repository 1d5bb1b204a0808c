"""The two-valued reading of conditions agrees with the reference and with the tests' own reading."""

from __future__ import annotations

import random

import pytest

from pathways.checks.replay.holding import ValueMissingError, holds
from pathways.conditions import Truth, evaluate, parse, read_value
from tests.library import people
from tests.patients.small_pathways import ATOMS, VALUES, condition, small_pathway

PATHWAY = small_pathway(0)
SHAPES = PATHWAY.scope.findings


@pytest.mark.parametrize("seed", range(60))
def test_all_readings_agree(seed: int) -> None:
    draw = random.Random(seed)
    for text in (*ATOMS, "any pills now", "any pills never", *(condition(draw) for _ in range(20))):
        person = {name: draw.choice(values) for name, values in VALUES.items()}
        values = {name: read_value(SHAPES[name], value) for name, value in person.items()}
        tree = parse(text)
        found = holds(tree, values, PATHWAY.scope)
        assert found == people.holds(tree, person, PATHWAY), text
        assert Truth.of(found) is evaluate(tree, values, PATHWAY.scope).truth, text


def test_what_is_not_given_is_named() -> None:
    with pytest.raises(ValueMissingError, match="no value is given for 'score'"):
        holds(parse("better or tired"), {"better": False}, PATHWAY.scope)
