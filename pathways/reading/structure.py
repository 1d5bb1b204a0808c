"""Plain data to records: every fault at once, each with its place and what to do.

A file with a wrong key in one state and a wrong name in another must report both, yet names can only
be looked up in a record that could be built. So faulty parts are mended, one round after another,
until the rest can be built: a wrong value is taken out, a missing one is filled in. The names of what
was taken out stay known, so that nothing is reported twice.
"""

from __future__ import annotations

import copy
import dataclasses
import typing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from pathways.conditions import Condition
from pathways.errors import Problem, nearest
from pathways.model.words import (
    DATE_PATTERN,
    HYPHEN_NAME_PATTERN,
    LENIENT,
    NAME_PATTERN,
    VERSION_PATTERN,
    Text,
)
from pathways.reading.faults import Fault, expected_words, problems_of
from pathways.reading.fields import field_at, fields_at
from pathways.reading.marks import Marked, Path, each_path, original_path
from pathways.reading.reports import MOST_PROBLEMS, in_file_order

MAX_ROUNDS = 12

MISSING = "x_missing"
_FILLERS = {
    NAME_PATTERN: MISSING,
    HYPHEN_NAME_PATTERN: "x-missing",
    VERSION_PATTERN: "0.0.0",
    DATE_PATTERN: "2000",
}
FILLED_IN = frozenset({MISSING, "x-missing"})
"""Names that stand for names that are missing in a file; nothing is said about them."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Built(Generic[Model]):
    """What could be built of a file, and everything that was wrong with it.

    Args:
        model: The record without its faulty parts, or None when nothing could be kept.
        problems: What was wrong, in file order.
        marked: The file; its places fit the paths of ``model``, also where list items are gone.
    """

    model: Model | None
    problems: tuple[Problem, ...]
    marked: Marked


def build(marked: Marked, model: type[Model]) -> Built[Model]:
    """Build a record from marked data.

    Args:
        marked: Data of one file.
        model: The record to build.

    Returns:
        The record, all the problems of its structure, and the file with places that fit the record.
    """
    mender = _Mender(marked.data, model)
    problems: list[Problem] = list(marked.problems)
    empty: list[Fault] = [
        {"type": "empty", "loc": path, "input": None, "msg": ""}
        for path, value in each_path(marked.data)
        if value is None and not _is_unknown_key(model, path)
    ]
    problems += _reported(empty, mender, marked, model)
    mender.mend(empty)
    lenient = False
    for _ in range(MAX_ROUNDS):
        try:
            built = model.model_validate(mender.data, context=LENIENT if lenient else None)
        except ValidationError as error:
            faults: list[Fault] = [dict(each) for each in error.errors(include_url=False)]
        else:
            kept = dataclasses.replace(marked, gone=mender.gone)
            return Built(built, in_file_order(problems), kept)
        problems += _reported(faults, mender, marked, model)
        wrong = [fault for fault in faults if fault["type"] != "faults"]
        if wrong and not mender.mend(wrong):
            break
        lenient = not wrong
    return Built(None, in_file_order(problems), marked)


def _is_unknown_key(model: type[BaseModel], path: Path) -> bool:
    """Return whether a record has no such key, which says more than that it is empty."""
    return field_at(model, path) is None and bool(fields_at(model, path[:-1]))


def _reported(
    faults: list[Fault], mender: _Mender, marked: Marked, model: type[BaseModel]
) -> list[Problem]:
    """Return the faults that are the author's, as problems; the first ones when there are many."""
    misspelt = _misspelt(faults)
    found = []
    for fault in faults:
        path = mender.original(tuple(fault["loc"]))
        if not mender.explains(fault["type"], path) and tuple(fault["loc"]) not in misspelt:
            found.append((marked.mark(path).start, path, fault))
    found.sort(key=lambda each: each[0])
    return [
        problem
        for _, path, fault in found[: MOST_PROBLEMS + 1]
        for problem in problems_of(fault, path, marked, model)
    ]


def _misspelt(faults: list[Fault]) -> set[Path]:
    """Return the missing keys that are there, misspelt: the unknown key is reported with its hint."""
    unknown: dict[Path, list[str]] = {}
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            unknown.setdefault(tuple(fault["loc"][:-1]), []).append(str(fault["loc"][-1]))
    return {
        tuple(fault["loc"])
        for fault in faults
        if fault["type"] == "missing"
        and nearest(str(fault["loc"][-1]), unknown.get(tuple(fault["loc"][:-1]), ()))
    }


class _Mender:
    """Takes faulty parts out and remembers what, so that positions still point at the file."""

    def __init__(self, data: Any, model: type[BaseModel]) -> None:
        self.data = data
        self._is_copy = False
        self.model = model
        self.gone: dict[Path, list[int]] = {}
        self._keys: set[Path] = set()
        self._touched: set[Path] = set()

    def original(self, loc: Path) -> Path:
        """Return the path in the file of a location in what is left."""
        return original_path(loc, self.gone)

    def explains(self, kind: str, path: Path) -> bool:
        """Return whether a fault is there only because of what was mended."""
        if kind == "missing":
            return path in self._keys or (isinstance(path[-1], int) and path[:-1] in self.gone)
        if kind != "faults":
            return False
        # A key of the record, or an item of one of its lists; what lies deeper does not matter to it.
        size = len(path)
        return any(each[:size] == path and size < len(each) <= size + 2 for each in self._touched)

    def mend(self, faults: list[Fault]) -> bool:
        """Remove the faulty parts, or put something in that can stand there; say whether it did."""
        mended = False
        if faults and not self._is_copy:
            # Most files need no mending, so the data of the file is copied only here.
            self.data, self._is_copy = copy.deepcopy(self.data), True
        # Later list items first, so that earlier positions stay right within one round.
        for fault in sorted(faults, key=lambda each: _order(each["loc"]), reverse=True):
            mended = self._mend(tuple(fault["loc"]), fault) or mended
        return mended

    def _mend(self, loc: Path, fault: Fault) -> bool:
        """Remove the deepest existing part on the way to a location, but not a part above it.

        A word that is none of a list of words becomes the nearest of them, and a missing value is
        filled in, so that the names in the same record are still looked at.
        """
        chain = self._chain(loc)
        if fault["type"] == "missing" and len(chain) == len(loc) - 1 and self._fill(loc):
            return True
        if not chain:
            return False
        parent, part = chain[-1]
        path = self.original(loc[: len(chain)])
        self._touched.add(path)
        known = expected_words(fault)
        if known:
            parent[part] = (nearest(str(fault["input"]), known) or known)[0]
            return True
        if isinstance(part, int):
            self.gone.setdefault(path[:-1], []).append(int(path[-1]))
            self.gone[path[:-1]].sort()
        else:
            self._keys.add(path)
        del parent[part]
        return True

    def _chain(self, loc: Path) -> list[tuple[Any, Any]]:
        """Return the parts of the data on the way to a location, as far as they are there."""
        chain: list[tuple[Any, Any]] = []
        at = self.data
        for part in loc:
            found = (isinstance(at, dict) and part in at) or (
                isinstance(at, list) and isinstance(part, int) and part < len(at)
            )
            if not found:
                break
            chain.append((at, part))
            at = at[part]
        return chain

    def _fill(self, loc: Path) -> bool:
        """Fill in a missing value; say whether there is something that can stand there."""
        owner = self.data
        for part in loc[:-1]:
            owner = owner[part]
        field = field_at(self.model, loc)
        filler = _filler(field) if field is not None and isinstance(owner, dict) else None
        if filler is None:
            return False
        owner[loc[-1]] = filler
        path = self.original(loc)
        self._keys.add(path)
        self._touched.add(path)
        return True


def _order(loc: Path) -> tuple[tuple[bool, int, str], ...]:
    return tuple(
        (isinstance(part, str), part if isinstance(part, int) else 0, str(part)) for part in loc
    )


def _filler(field: FieldInfo) -> str | None:
    """Return a text that can stand in a field until the author writes one."""
    if typing.get_origin(field.annotation) is typing.Literal:
        return str(typing.get_args(field.annotation)[0])
    if field.annotation is Text:
        return "?"
    if isinstance(field.annotation, type) and issubclass(field.annotation, Condition):
        return MISSING
    if field.annotation is str:
        patterns = [each.pattern for each in field.metadata if getattr(each, "pattern", None)]
        return _FILLERS.get(patterns[0]) if patterns else "?"
    return None
