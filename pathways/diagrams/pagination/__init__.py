"""A diagram cut into pages that print: where to cut, what fits, the map, the sheets."""

from pathways.diagrams.pagination.paginate import paginate

__all__ = ["paginate"]
