"""``pathways routes``: ways through a pathway, what must be passed, what a gap closes."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING, Any

from pathways.cli import routes_text
from pathways.cli.common import (
    add_json,
    add_pathway,
    add_reader,
    load_pathway,
    print_json,
)
from pathways.cli.parser import EXIT_FINE

if TYPE_CHECKING:
    from pathways.model.pathway import ResolvedPathway


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Ways through a pathway. Without options: every end with its routes, the loops, and the "
        "steps that much depends on."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways routes severe-back-pain                          an overview\n"
        "  pathways routes severe-back-pain --to 30                  how one gets to step 30\n"
        "  pathways routes severe-back-pain --without mri            what closes without MRI\n"
        "  pathways routes severe-back-pain --compare safety         two pathways side by side"
    )
    add_pathway(parser)
    parser.add_argument(
        "--from", dest="start", metavar="STEP", help="begin here (default: the start)"
    )
    ask = parser.add_mutually_exclusive_group()
    ask.add_argument("--to", metavar="STEP", help="routes to a step, by name or number")
    ask.add_argument(
        "--without",
        metavar="NAME",
        help="what closes when a treatment, test, class or step is missing",
    )
    ask.add_argument(
        "--compare", metavar="ID_OR_FILE", help="compare the shape with another pathway"
    )
    parser.add_argument(
        "--most", type=_count, default=5, metavar="N", help="how many routes to list (default: 5)"
    )
    parser.add_argument(
        "--interrupts", action="store_true", help="count the ways that are open at any time, too"
    )
    add_reader(parser)
    add_json(parser)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to 10000 is needed, not '{text}'")
    return int(text)


def execute(arguments: argparse.Namespace) -> int:
    """Answer the question that the options ask."""
    pathway = load_pathway(arguments.pathway)
    if arguments.to is not None:
        result = _to(pathway, arguments)
    elif arguments.without is not None:
        result = _without(pathway, arguments)
    elif arguments.compare is not None:
        result = _compare(pathway, arguments)
    else:
        result = _overview(pathway, arguments)
    data, lines = result
    if arguments.json:
        print_json(data)
    else:
        print("\n".join(lines))
    return EXIT_FINE


Result = tuple[dict[str, Any], list[str]]


def _plain(value: Any) -> Any:
    """A frozen result as plain data for JSON."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return value


def _to(pathway: ResolvedPathway, arguments: argparse.Namespace) -> Result:
    from pathways.graph import (
        choices_on,
        longest_escalation,
        must_pass,
        routes,
        shortest_escalation,
    )

    start = arguments.start or pathway.start
    options = {"interrupts": arguments.interrupts}
    found = routes(pathway, arguments.to, start, arguments.most, **options)
    passed = must_pass(pathway, arguments.to, start, **options)
    shortest = shortest_escalation(pathway, arguments.to, start, **options)
    longest = longest_escalation(pathway, arguments.to, start, **options)
    choices = choices_on(pathway, shortest.route, arguments.reader) if shortest.route else ()
    data = {
        "routes": _plain(found),
        "must_pass": _plain(passed),
        "shortest": _plain(shortest),
        "longest": _plain(longest),
        "choices_on_shortest": [_plain(choice) for choice in choices],
    }
    reader = arguments.reader
    return data, routes_text.to_step(
        pathway, found, passed, shortest, longest, choices=choices, reader=reader
    )


def _without(pathway: ResolvedPathway, arguments: argparse.Namespace) -> Result:
    from pathways.graph import lost_without

    lost = lost_without(pathway, arguments.without, interrupts=arguments.interrupts)
    return _plain(lost), routes_text.without(pathway, lost, arguments.reader)


def _compare(pathway: ResolvedPathway, arguments: argparse.Namespace) -> Result:
    from pathways.graph import compare_shapes

    compared = compare_shapes(pathway, load_pathway(arguments.compare))
    return _plain(compared), routes_text.comparison(compared)


def _overview(pathway: ResolvedPathway, arguments: argparse.Namespace) -> Result:
    from pathways.graph import bottlenecks, loops, must_pass, route_bounds

    start = arguments.start or pathway.start
    ends = [name for name, state in pathway.states.items() if state.kind in ("end", "link")]
    bounds = [route_bounds(pathway, end, start, interrupts=arguments.interrupts) for end in ends]
    passed = [must_pass(pathway, end, start, interrupts=arguments.interrupts) for end in ends]
    circles = loops(pathway, interrupts=arguments.interrupts)
    narrow = [each for each in bottlenecks(pathway, interrupts=arguments.interrupts) if each.gates][
        :5
    ]
    data = {
        "start": pathway.state_name(start),
        "ends": [_plain(each) for each in bounds],
        "must_pass": [_plain(each) for each in passed],
        "loops": [_plain(each) for each in circles],
        "bottlenecks": [_plain(each) for each in narrow],
    }
    return data, routes_text.overview(pathway, bounds, passed, circles, narrow, arguments.reader)
