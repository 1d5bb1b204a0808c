"""Names for ids, in pictures and in text for other programs."""

from __future__ import annotations

from pathways.diagrams.characters import identifier
from pathways.diagrams.model import Diagram


def picture_id(diagram: Diagram, *looks: str) -> str:
    """Return what every id of a picture begins with, so that pictures on one page share none.

    Args:
        diagram: The diagram; its pathway, part and reader go into the id.
        looks: What else tells it from other pictures: theme, profile, paper; the usual ones
            (``default``, ``screen``) are left out.

    Example:
        >>> picture_id(Diagram("back", "Back pain", "", "", "patient", (), ()), "print", "screen")
        'back-whole-patient-print'
    """
    unusual = [look for look in looks if look not in {"default", "screen"}]
    return identifier("-".join([diagram.id, diagram.part, diagram.reader, *unusual]))
