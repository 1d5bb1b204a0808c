"""Sets of patients as boxes: one set of cells for each finding, exact and fast.

Each finding is cut into cells by the constants it is compared with; no condition can tell two values
of one cell apart. A :class:`Region` is a set of patients, as a union of boxes; a box allows certain
cells of some findings and says nothing of the others.

>>> from pathways.conditions import FindingShape, Scope, parse
>>> scope = Scope({"weeks": FindingShape("weeks", "number"), "fever": FindingShape("fever", "yes_no")})
>>> condition = parse("weeks < 4 or weeks >= 4")
>>> space = Space(scope, [condition])
>>> space.status(condition, space.known({}))
'certain'
"""

from pathways.boxes.cells import Cell, Variable
from pathways.boxes.reasons import reasons
from pathways.boxes.regions import MOST_BOXES, Box, Region, TooManyBoxesError
from pathways.boxes.space import Known, Space, Status

__all__ = [
    "MOST_BOXES",
    "Box",
    "Cell",
    "Known",
    "Region",
    "Space",
    "Status",
    "TooManyBoxesError",
    "Variable",
    "reasons",
]
