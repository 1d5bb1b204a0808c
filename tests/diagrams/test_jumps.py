from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pathways.diagrams.jumps import FARTHEST_LINE, jumps, merged, ovals, own_stubs, rows
from pathways.diagrams.model import Arrow, Box, Diagram, Group, Stub


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Any small graph, with or without phases, loops and parallel arrows."""
    size = draw(st.integers(1, 12))
    phases = draw(st.integers(0, 4))
    cuts = sorted(draw(st.lists(st.integers(0, phases), min_size=size, max_size=size)))
    boxes = tuple(
        Box(f"s{i}", i + 1, "action", f"S{i}", group=f"g{cuts[i]}" if phases else None)
        for i in range(size)
    )
    states = st.integers(0, size - 1)
    pairs = draw(st.lists(st.tuples(states, states), max_size=25))
    arrows = tuple(Arrow(f"w{n}", f"s{a}", f"s{b}") for n, (a, b) in enumerate(pairs))
    groups = tuple(Group(f"g{n}", n + 1, f"G{n}") for n in range(phases + 1)) if phases else ()
    return Diagram("x", "X", "", "", "patient", boxes, arrows, groups)


@given(diagrams())
def test_every_line_runs_forward_and_no_forward_step_is_cut_off(diagram: Diagram) -> None:
    number = {box.name: box.number for box in diagram.boxes}
    chosen = jumps(diagram)
    lines = [arrow for arrow in diagram.arrows if arrow.name not in chosen]
    assert all(number[arrow.source] < number[arrow.target] for arrow in lines)
    forward = {a.target for a in diagram.arrows if number[a.source] < number[a.target]}
    assert {arrow.target for arrow in lines} == forward


@given(diagrams())
def test_a_long_line_is_the_only_one_to_its_step(diagram: Diagram) -> None:
    chosen = jumps(diagram)
    row = rows(diagram, chosen)
    lines = [arrow for arrow in diagram.arrows if arrow.name not in chosen]
    back = {
        a.name
        for a in diagram.arrows
        if row_number(diagram, a.source) >= row_number(diagram, a.target)
    }
    longest = rows(diagram, back)
    for arrow in lines:
        others = [other for other in lines if other.target == arrow.target and other != arrow]
        too_long = longest[arrow.target] - longest[arrow.source] > FARTHEST_LINE
        assert row[arrow.source] < row[arrow.target]
        if too_long and others and not diagram.groups:
            raise AssertionError(f"{arrow.name} is long and {others} lead there too")


def row_number(diagram: Diagram, name: str) -> int:
    return diagram.box(name).number


def test_an_arrow_that_skips_a_phase_is_an_oval() -> None:
    boxes = tuple(Box(f"s{i}", i + 1, "action", f"S{i}", group=f"g{i}") for i in range(3))
    arrows = (Arrow("a", "s0", "s1"), Arrow("b", "s1", "s2"), Arrow("c", "s0", "s2", "Skip"))
    groups = tuple(Group(f"g{i}", i + 1, f"G{i}") for i in range(3))
    diagram = Diagram("x", "X", "", "", "patient", boxes, arrows, groups)
    assert jumps(diagram) == {"c"}
    (oval,) = ovals(diagram, jumps(diagram))
    assert (oval.box, oval.heading, oval.title, oval.label) == ("s0", "Go to step 3", "S2", "Skip")
    (stub,) = own_stubs(diagram, jumps(diagram))
    assert (stub.box, stub.other, stub.number, stub.leaves) == ("s0", "s2", 3, True)


def test_stubs_to_one_step_are_put_together() -> None:
    stubs = [
        Stub("a/0", "a", 9, "Rest", leaves=True, label="Yes", condition="p"),
        Stub("a/1", "a", 8, "Walk", leaves=True, label="No", condition="q"),
        Stub("a/2", "a", 9, "Rest", leaves=True, label="Maybe", condition="r"),
        Stub("b/0", "a", 9, "Rest", leaves=False),
    ]
    assert [(s.name, s.label, s.condition) for s in merged(stubs)] == [
        ("a/0", "Yes, or: Maybe", "p, or: r"),
        ("a/1", "No", "q"),
        ("b/0", "", ""),
    ]


def test_a_way_open_to_all_makes_the_joined_way_open_to_all() -> None:
    stubs = [
        Stub("a/0", "a", 9, "Rest", leaves=True, condition="p"),
        Stub("a/1", "a", 9, "Rest", leaves=True),
    ]
    assert merged(stubs)[0].condition == ""


def test_ways_in_from_several_steps_share_an_oval(sample: Diagram) -> None:
    entering = [oval for oval in ovals(sample, frozenset()) if not oval.leaves]
    assert [(oval.box, oval.heading, oval.title) for oval in entering] == [
        ("care", "From steps 12, 14", "")
    ]
