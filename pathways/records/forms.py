"""The short forms of a record file written out, with the place of every part kept.

``pain_now: 7`` is short for ``pain_now: [{value: 7}]``. What is checked is the long form; what is
shown is where the author wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pathways.errors import Problem
from pathways.reading.marks import Mark, Marked, Path, each_path, original_path, words_of
from pathways.records.record import LONG_FORM

FROM = "from_"
"""What the record calls ``from``, which is a word of Python's own."""


@dataclass(slots=True)
class RecordMarked(Marked):
    """A record file in the long form, with the places of the short one.

    Args:
        written: For a path of the long form, the path in the file where they differ.
    """

    written: Mapping[Path, Path] = field(default_factory=dict)

    def original(self, path: Path) -> Path:
        """Return the path in the file of a path in the long form."""
        path = original_path(path, self.gone)
        for size in range(len(path), 0, -1):
            if path[:size] in self.written:
                return self.written[path[:size]] + path[size:]
        return path


def written_out(marked: Marked) -> RecordMarked:
    """Return a record file with its short forms written out.

    Args:
        marked: The file as it was read.

    Example:
        >>> from pathways.reading.marks import read_yaml
        >>> written_out(read_yaml("findings: {pain_now: 7}", "x.yaml")).data
        {'findings': {'pain_now': [{'value': '7'}]}}
    """
    written: dict[Path, Path] = {}
    problems = list(marked.problems)
    data = marked.data
    if isinstance(data, dict):
        data = dict(data)
        if isinstance(data.get("findings"), dict):
            data["findings"] = {
                name: _series(given, ("findings", name), written)
                for name, given in data["findings"].items()
            }
        if isinstance(data.get("history"), dict):
            data["history"] = _history(data["history"], written)
            problems += _misnamed(marked)
    return RecordMarked(marked.file, data, marked.marks, problems, marked.text, written=written)


def _series(given: Any, path: Path, written: dict[Path, Path]) -> Any:
    if given is None:
        return None
    if isinstance(given, list) and any(isinstance(each, dict) for each in given):
        return [
            _observation(each, (*path, index), (*path, index), written)
            for index, each in enumerate(given)
        ]
    written[(*path, 0)] = path
    return [_observation(given, path, (*path, 0), written)]


def _observation(given: Any, path: Path, long: Path, written: dict[Path, Path]) -> Any:
    if isinstance(given, (str, list)):
        written[(*long, "value")] = path
        if isinstance(given, str):
            written[(*long, "value", 0)] = path
        return {"value": given}
    if isinstance(given, dict) and given and not LONG_FORM.intersection(given):
        written[(*long, "parts")] = path
        return {"parts": given}
    if isinstance(given, dict) and isinstance(given.get("value"), str):
        written[(*long, "value", 0)] = (*path, "value")
    return given


def _history(history: dict[str, Any], written: dict[Path, Path]) -> dict[str, Any]:
    treatments = history.get("treatments")
    if not isinstance(treatments, list):
        return history
    renamed = []
    for index, each in enumerate(treatments):
        path = ("history", "treatments", index)
        if not isinstance(each, dict):
            renamed.append(each)
            continue
        if isinstance(each.get("side_effects"), str):
            written[(*path, "side_effects", 0)] = (*path, "side_effects")
        if "from" in each:
            written[(*path, FROM)] = (*path, "from")
        left = {key: value for key, value in each.items() if key != FROM}
        renamed.append({FROM if key == "from" else key: value for key, value in left.items()})
    return {**history, "treatments": renamed}


def _misnamed(marked: Marked) -> list[Problem]:
    """Return where a file says ``from_``, which only a program may."""
    treatments = marked.data["history"].get("treatments")
    found = []
    for index, each in enumerate(treatments if isinstance(treatments, list) else ()):
        if isinstance(each, dict) and FROM in each:
            path = ("history", "treatments", index, FROM)
            message, hint = f"unknown key '{FROM}'", "did you mean 'from'?"
            place = marked.place(path, key=True)
            found.append(Problem("unknown-key", message, hint, words_of(path), place))
    return found


def marked_data(data: Any) -> Marked:
    """Return plain data without a file, its parts in the order they come in.

    Args:
        data: Dictionaries, lists and texts.
    """
    marks = {path: Mark(n, 1, n, 1, n, n) for n, (path, _) in enumerate(each_path(data), start=1)}
    return Marked("", data, marks)
