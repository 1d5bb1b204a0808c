"""What ``pathways check --pictures`` writes: journeys drawn, their steps as text, and pages."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pathways.cli.common import say

if TYPE_CHECKING:
    from pathways.checked import Checked
    from pathways.checks.results import Reported

INDEX = "index.html"


def draw_checks(
    checked: Sequence[Checked],
    folder: Path,
    *,
    severities: Collection[str],
    codes: Collection[str] | None = None,
) -> None:
    """Write the journeys that checks report as pictures and text, with pages that show them.

    Everything is drawn before anything is written.

    Args:
        checked: The checks.
        folder: Where to; it is made when something is to be drawn.
        severities: Of what severities journeys are drawn; those of infos never are.
        codes: Of which checks; None: of all.

    Raises:
        OSError: The folder cannot be written to; files that were there are untouched.
    """
    wanted = [
        tuple(number for number in _drawable(each, severities) if _is_asked(each, number, codes))
        for each in checked
    ]
    files = _files(checked, wanted)
    # A page from an earlier run must not go on saying that something fails.
    if any(wanted) or (folder / INDEX).is_file():
        _write(files, folder)
    if not any(wanted):
        say("no journey fails: nothing to draw")


def _drawable(checked: Checked, severities: Collection[str]) -> Iterator[int]:
    for number, each in enumerate(checked.problems):
        severity = each.problem.severity
        if each.journey is not None and severity != "info" and severity in severities:
            yield number


def _is_asked(checked: Checked, number: int, codes: Collection[str] | None) -> bool:
    return codes is None or checked.problems[number].problem.code in codes


def _files(checked: Sequence[Checked], wanted: Sequence[Sequence[int]]) -> dict[str, str]:
    """Return the content of every file by its name."""
    from pathways.reports.check_html import check_page, index_page

    files: dict[str, str] = {}
    pages: dict[int, str] = {}
    for position, (each, numbers) in enumerate(zip(checked, wanted, strict=True)):
        pictures: dict[int, str] = {}
        for number in numbers:
            reported = each.problems[number]
            stem = _free(f"{each.result.pathway}-{_about(reported)}", ".svg", files)
            pictures[number] = f"{stem}.svg"
            files[f"{stem}.svg"] = each.picture(number).svg
            files[f"{stem}.txt"] = _steps(each, reported)
        stem = _free(each.result.pathway, ".html", files)
        pages[position] = f"{stem}.html"
        files[pages[position]] = check_page(each.pathway, each.result, pictures)
    files[INDEX] = index_page([each.result for each in checked], pages)
    return files


def _about(reported: Reported) -> str:
    """Return what a picture is about, for its name: the rule, or the check and its step."""
    assert reported.journey is not None
    name = reported.rule or reported.journey.last.state
    return f"{reported.problem.code}-{name}"


def _free(stem: str, ending: str, taken: Collection[str]) -> str:
    """Return a name that no other file has: two versions of a pathway have one id."""
    name, number = stem, 1
    while f"{name}{ending}" in taken or f"{name}{ending}" == INDEX:
        number += 1
        name = f"{stem}-{number}"
    return name


def _steps(checked: Checked, reported: Reported) -> str:
    from pathways.errors import printable
    from pathways.reports.journey_words import claim, journey_lines

    assert reported.journey is not None
    lines = journey_lines(checked.pathway, reported.journey, claim(reported))
    return "\n".join([str(reported.problem), *map(printable, lines), ""])


def _write(files: dict[str, str], folder: Path) -> None:
    """Write all files beside their places, then move each there."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".pathways.") as name:
        waiting = Path(name)
        for each, content in files.items():
            (waiting / each).write_bytes(content.encode("utf-8"))
        for each in files:
            (waiting / each).replace(folder / each)
            say(f"wrote {folder / each}")
