"""Care pathways as readable files: pictures that print, routes, words and tables.

    >>> import pathways
    >>> back_pain = pathways.load("severe-back-pain")
    >>> back_pain.state("warning_signs").kind
    'decision'

Everything public is named in ``__all__`` and imported when it is first used, so that starting up
costs nothing.
"""

from __future__ import annotations

from importlib import import_module

from pathways.version import __version__

# Asking ``typing`` itself would cost every ``pathways --help`` the time to import it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pathways.diagrams import Overlay, View
    from pathways.errors import DocumentError, PathwayError, Problem
    from pathways.pathway import Pathway, load, loads
    from pathways.placed import Placed, place, what_if_table
    from pathways.reading.files import library_ids
    from pathways.reading.load import problems_in
    from pathways.reading.writing import dump
    from pathways.reports.captions import captioned
    from pathways.reports.plots import bars

_HOMES = {
    "DocumentError": "pathways.errors",
    "Overlay": "pathways.diagrams",
    "Pathway": "pathways.pathway",
    "PathwayError": "pathways.errors",
    "Placed": "pathways.placed",
    "Problem": "pathways.errors",
    "View": "pathways.diagrams",
    "bars": "pathways.reports.plots",
    "captioned": "pathways.reports.captions",
    "dump": "pathways.reading.writing",
    "library_ids": "pathways.reading.files",
    "load": "pathways.pathway",
    "loads": "pathways.pathway",
    "place": "pathways.placed",
    "problems_in": "pathways.reading.load",
    "what_if_table": "pathways.placed",
}

__all__ = [
    "DocumentError",
    "Overlay",
    "Pathway",
    "PathwayError",
    "Placed",
    "Problem",
    "View",
    "__version__",
    "bars",
    "captioned",
    "dump",
    "library_ids",
    "load",
    "loads",
    "place",
    "problems_in",
    "what_if_table",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'pathways' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
