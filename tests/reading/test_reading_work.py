"""How much work reading is, counted in calls, so that a busy machine does not matter."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from pathways.errors import DocumentError
from pathways.reading.load import loads
from tests.reading.big_file import long_pathway


def calls(text: str) -> int:
    """Return how many Python functions are called to read a text."""
    count = 0

    def note(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        loads(text)
    except DocumentError:
        pass
    finally:
        sys.setprofile(before)
    return count


def test_two_thousand_lines_are_read_with_little_work() -> None:
    text = long_pathway(2_000)
    assert 1_980 <= text.count("\n") <= 2_000
    assert loads(text).id == "long-way"
    assert calls(text) < 250_000


def test_work_grows_with_the_length_of_the_file_and_not_faster() -> None:
    calls(long_pathway(300))
    short, long = calls(long_pathway(1_000)), calls(long_pathway(4_000))
    assert long < 4.4 * short


@pytest.mark.parametrize("wrong", ["kind: decision", "to: the_end", "weeks > 12", "direction: for"])
def test_a_fault_in_every_state_is_not_much_more_work(wrong: str) -> None:
    text = long_pathway(1_000)
    assert calls(
        text.replace(wrong, wrong.replace(": ", ": x").replace("weeks", "wekks"))
    ) < 8 * calls(text)
