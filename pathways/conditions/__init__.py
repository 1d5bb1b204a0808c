"""The language of conditions: who may go which way.

A condition speaks of the findings of one patient. It compares one finding with constants::

    fever                              a yes/no finding that is yes; also the name of a definition
    weeks >= 12 weeks                  also == != < <= >; the unit may be written, never converted
    50 <= relief < 80                  a number between two others
    pattern == joint                   one of a list; also != and  pattern in [joint, nerve]
    pain_sites has knee                several of a list
    baclofen.status == now             the history of a treatment
    any nsaid now                      some treatment of a class is never, now, stopped, tried
    count_now(nsaid) >= 2              how many treatments of a class are taken now
    at_least(2, fever, cough, chills)  so many of these
    not, and, or, ( )                  not binds most, then and, then or

No condition asks whether something is known, and none calculates. ``else`` stands alone.

Example:
    >>> scope = Scope({"weeks": FindingShape("weeks", "number", unit="weeks"),
    ...                "fever": FindingShape("fever", "yes_no")})
    >>> tree = parse("weeks >= 12 and not fever")
    >>> check(tree, scope)
    []
    >>> evaluate(tree, {"weeks": 20, "fever": False}, scope).truth
    <Truth.TRUE: 'true'>
    >>> describe(tree, scope)
    'weeks: at least 12 weeks, and fever: no'
    >>> unparse(tree)
    'weeks >= 12 and not fever'
"""

from pathways.conditions.definitions import check_definitions
from pathways.conditions.describe import describe, describe_value, title_of
from pathways.conditions.evaluate import evaluate
from pathways.conditions.expand import expand
from pathways.conditions.explanation import Explanation
from pathways.conditions.nodes import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Between,
    ClassStatus,
    Compare,
    Condition,
    Constant,
    CountNow,
    Has,
    Named,
    Not,
    Number,
    OneOf,
    Operator,
    Or,
    Otherwise,
    Span,
    Word,
)
from pathways.conditions.parse import parse
from pathways.conditions.scope import (
    Definition,
    FindingShape,
    FindingType,
    Reader,
    Scope,
    TreatmentClassShape,
    Wording,
)
from pathways.conditions.tokens import KEYWORDS, pointer
from pathways.conditions.truth import Truth
from pathways.conditions.typecheck import check
from pathways.conditions.unparse import unparse
from pathways.conditions.values import KnownValue, Value, read_value
from pathways.conditions.walk import (
    children,
    findings_in,
    names_in,
    replace_names,
    without_spans,
)

__all__ = [
    "KEYWORDS",
    "Always",
    "And",
    "AnyOfClass",
    "AtLeast",
    "Between",
    "ClassStatus",
    "Compare",
    "Condition",
    "Constant",
    "CountNow",
    "Definition",
    "Explanation",
    "FindingShape",
    "FindingType",
    "Has",
    "KnownValue",
    "Named",
    "Not",
    "Number",
    "OneOf",
    "Operator",
    "Or",
    "Otherwise",
    "Reader",
    "Scope",
    "Span",
    "TreatmentClassShape",
    "Truth",
    "Value",
    "Word",
    "Wording",
    "check",
    "check_definitions",
    "children",
    "describe",
    "describe_value",
    "evaluate",
    "expand",
    "findings_in",
    "names_in",
    "parse",
    "pointer",
    "read_value",
    "replace_names",
    "title_of",
    "unparse",
    "without_spans",
]
