"""``pathways check``: gaps, overlaps, traps, loops, data flow, rules and examples, with patients."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathways.cli.check_pictures import draw_checks
from pathways.cli.common import load_pathway, print_json, say, width, wrapped
from pathways.cli.parser import EXIT_FINE, EXIT_PROBLEMS
from pathways.errors import DocumentError

if TYPE_CHECKING:
    from pathways.checked import Checked
    from pathways.checks.results import Reported

SEVERITIES = ("error", "review", "info")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Follow every patient there could be through a pathway, and report who meets a gap, two ways\n"
        "at once, a trap, a loop without a limit, or a broken rule, each with an invented patient who\n"
        "is replayed by a second reader. A proof is about the file: it says nothing about whether its\n"
        "medicine is right."
    )
    parser.epilog = (
        "examples:\n"
        "  pathways check                                    every pathway of the library\n"
        "  pathways check my-pathway.yaml                    one file, and my-pathway.examples.yaml\n"
        "  pathways check .                                  every pathway file in a folder\n"
        "  pathways check severe-back-pain --rules           the verdict on every rule, too\n"
        "  pathways check my-pathway.yaml --pictures found   failing journeys drawn, and a page\n"
        "  pathways check --explain gap                      what a code means, and what to do\n"
        "exit code: 0 it passes; 1 an error, or undecided, that no waiver in the file answers for"
    )
    parser.add_argument(
        "pathways",
        nargs="*",
        metavar="ID_OR_FILE",
        help="names of library pathways, YAML files or folders, or - (default: the whole library)",
    )
    parser.add_argument("--rules", action="store_true", help="list rules that hold, too")
    parser.add_argument("--assumptions", action="store_true", help="list what a proof rests on")
    parser.add_argument(
        "--severity",
        choices=SEVERITIES,
        default="review",
        help="the lowest severity that is shown (default: review)",
    )
    parser.add_argument(
        "--only", nargs="+", metavar="CODE", help="show only what these checks report"
    )
    parser.add_argument(
        "--strict", action="store_true", help="what is to review counts as an error"
    )
    parser.add_argument(
        "--pictures",
        metavar="FOLDER",
        help="draw each failing journey, its steps as text beside it, and write index.html",
    )
    parser.add_argument(
        "--budget",
        type=_budget,
        metavar="N",
        help="how many sets of patients to follow at most for one question (default: 20000)",
    )
    parser.add_argument("--explain", metavar="CODE", help="say what a code means, and stop")
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")


def _budget(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000_000:
        raise argparse.ArgumentTypeError(
            f"a whole number from 1 to 100000000 is needed, not '{text}'"
        )
    return int(text)


def execute(arguments: argparse.Namespace) -> int:
    """Check, print what was found, and say by the exit code whether all of it passes."""
    if arguments.explain is not None:
        return _explain(arguments)
    _require_known(arguments)
    checked: list[Checked] = []
    faulty: list[DocumentError] = []
    said: set[tuple[str, str]] = set()
    for source in _sources(arguments.pathways):
        found = _checked(source, arguments)
        if isinstance(found, DocumentError):
            faulty.append(found)
        else:
            checked.append(found)
            if not arguments.json:
                _print(found, arguments, said)
    if arguments.json:
        print_json(_data(checked, faulty, arguments.only))
    if arguments.pictures is not None:
        _draw(checked, Path(arguments.pictures), arguments)
    fine = all(_passes(each, strict=arguments.strict) for each in checked)
    return EXIT_FINE if fine and not faulty else EXIT_PROBLEMS


def _data(
    checked: list[Checked], faulty: list[DocumentError], only: list[str] | None
) -> dict[str, Any]:
    """Return everything as plain data; the verdict is on the whole, whatever is asked to be shown."""
    from pathways.reports.check_data import problem_data

    found = [each.data() for each in checked]
    for each in found if only else ():
        each["problems"] = [one for one in each["problems"] if one["code"] in (only or ())]
    faults = [problem_data(problem) for error in faulty for problem in error.problems]
    return {"checked": found, "faulty_files": len(faulty), "faults": faults}


def _explain(arguments: argparse.Namespace) -> int:
    from pathways.checks.catalogue import CATALOGUE
    from pathways.errors import UnknownNameError

    known = {each.code: each for each in CATALOGUE}
    if arguments.explain not in known:
        raise UnknownNameError("check", arguments.explain, known)
    entry = known[arguments.explain]
    print(f"{entry.code} ({', '.join(entry.severities)})")
    print(wrapped(entry.means, "  "))
    print(wrapped(f"What to do: {entry.to_do}", "  "))
    if entry.aliases:
        print(wrapped(f"Also called: {', '.join(entry.aliases)}", "  "))
    return EXIT_FINE


def _require_known(arguments: argparse.Namespace) -> None:
    from pathways.checks.catalogue import CATALOGUE
    from pathways.errors import UnknownNameError

    known = [each.code for each in CATALOGUE]
    for code in arguments.only or ():
        if code not in known:
            raise UnknownNameError("check", code, known)


def _sources(given: list[str]) -> Iterator[str]:
    """Yield what to check: each thing once, folders opened, nothing given: the library."""
    from pathways.reading.files import is_folder, library_ids

    seen: set[str] = set()
    for source in given or library_ids():
        files = _pathway_files(Path(source)) if is_folder(Path(source)) else [source]
        for each in files:
            if each not in seen:
                seen.add(each)
                yield each


def _pathway_files(folder: Path) -> list[str]:
    """Return the files of a folder that hold a pathway: they say so by their key ``pathway``."""
    from pathways.errors import PathwayError, printable

    found = [str(path) for path in sorted(folder.glob("*.y*ml")) if _says_pathway(path)]
    if not found:
        raise PathwayError(printable(f"no pathway file in the folder '{folder}'"))
    return found


def _says_pathway(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            return any(line.startswith("pathway:") for line in stream)
    except OSError:
        return False


def _checked(source: str, arguments: argparse.Namespace) -> Checked | DocumentError:
    """Return the check of one pathway, or the faults of its file, which are printed."""
    from pathways.checked import check_pathway
    from pathways.checks.examples import examples_beside
    from pathways.checks.sets.reach import DEFAULT_BUDGET

    try:
        pathway = load_pathway(source)
        examples = None if source == "-" else examples_beside(source)
        return check_pathway(
            pathway,
            examples=examples,
            budget=arguments.budget or DEFAULT_BUDGET,
            progress=_progress(),
        )
    except DocumentError as error:
        for problem in error.problems:
            say(str(problem))
        return error
    finally:
        _clear()


def _progress() -> Callable[[str, int, int], None] | None:
    """Return what shows how far a check is: one line that is written over, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def show(what: str, done: int, whole: int) -> None:
        share = f" {done} of {whole}" if whole else ""
        sys.stderr.write(f"\r\x1b[K{what[: width() - 20]}{share}")
        sys.stderr.flush()

    return show


def _clear() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _print(checked: Checked, arguments: argparse.Namespace, said: set[tuple[str, str]]) -> None:
    """Print what was found; what was said of a part that several pathways take in is said once."""
    from dataclasses import replace

    from pathways.reports.check_text import check_lines

    result = checked.result
    if arguments.only:
        result = replace(result, problems=result.of(*arguments.only))
    shown = SEVERITIES[: SEVERITIES.index(arguments.severity) + 1]
    told = [
        each
        for each in result.problems
        if each.problem.severity in shown
        and each.problem.severity != "error"
        and each.waived is None
    ]
    again = [each for each in told if _key(each) in said]
    said.update(map(_key, told))
    result = replace(result, problems=tuple(each for each in result.problems if each not in again))
    lines = check_lines(
        checked.pathway,
        result,
        lowest=arguments.severity,
        rules=arguments.rules,
        assumptions=arguments.assumptions,
        width=width(),
        passes=_passes(checked, strict=arguments.strict),
    )
    for line in lines:
        print(line)
    if again:
        print(f"  {len(again)} more stand above: they are about parts it shares with others")


def _key(reported: Reported) -> tuple[str, str]:
    problem = reported.problem
    return problem.code, str(problem.place or problem.where)


def _passes(checked: Checked, *, strict: bool) -> bool:
    if not strict:
        return checked.passes
    reviewed = ("error", "review")
    left = (each for each in checked.problems if each.waived is None)
    return not any(each.problem.severity in reviewed for each in left)


def _draw(checked: list[Checked], folder: Path, arguments: argparse.Namespace) -> None:
    """Draw the journeys of what is shown."""
    shown = SEVERITIES[: SEVERITIES.index(arguments.severity) + 1]
    draw_checks(checked, folder, severities=shown, codes=arguments.only)
