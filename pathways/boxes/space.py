"""The findings that some conditions read, cut into cells; conditions and patients within it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, assert_never

from pathways.boxes.cells import NO, YES, Atom, Variable, holds, number_variable
from pathways.boxes.regions import (
    EVERYBODY,
    MOST_BOXES,
    NOBODY,
    Region,
    TooManyBoxesError,
    at_least,
    intersection,
    union,
)
from pathways.conditions import (
    Always,
    And,
    AnyOfClass,
    AtLeast,
    Between,
    Compare,
    Condition,
    CountNow,
    Has,
    KnownValue,
    Named,
    Not,
    OneOf,
    Or,
    Otherwise,
    Scope,
    Word,
    expand,
    findings_in,
    read_value,
    unparse,
)
from pathways.conditions.values import NONE
from pathways.conditions.walk import nodes

Status = Literal["certain", "possible", "excluded"]
"""Whether something holds however the unknowns turn out, for some of them, or never.

``certain`` is what logic calls necessary: true in every completion of what is known
(supervaluation; B. van Fraassen, "Singular terms, truth-value gaps, and free logic", 1966).
"""

Known = tuple[tuple[int, ...], ...]
"""What is known of one patient: boxes with the allowed cells of every variable, nearly always one."""


class Space:
    """The findings that some conditions read, cut into cells.

    Args:
        scope: What the conditions may name; it must fit them.
        conditions: Every condition that will be asked about.

    Raises:
        UnknownNameError: A treatment class is not in the scope.
        ConditionError: Definitions go round in a circle or grow out of hand.
    """

    def __init__(self, scope: Scope, conditions: Iterable[Condition]) -> None:
        self.scope = scope
        listed = list(dict.fromkeys(conditions))
        names = sorted({name for each in listed for name in findings_in(each, scope)})
        atoms = _atoms([expand(each, scope, definitions=True) for each in listed])
        variables: list[Variable] = []
        self.of_finding: dict[str, dict[str, int]] = {}
        for name in names:
            for variable in _variables(scope, name, atoms.get(name, ())):
                self.of_finding.setdefault(name, {})[variable.option] = len(variables)
                variables.append(variable)
        self.variables = tuple(variables)
        self.full = tuple(variable.full for variable in variables)
        self._regions: dict[tuple[Condition, bool], Region | None] = {}

    def region(self, condition: Condition, *, denied: bool = False) -> Region:
        """Return the patients a condition holds for; with ``denied`` those it does not hold for.

        Args:
            condition: One of the conditions the space was made for, or made of their parts;
                ``else`` counts as always.
            denied: Whether to return the others.

        Raises:
            TooManyBoxesError: It cannot be said with few enough boxes.
        """
        key = (condition, denied)
        if key not in self._regions:
            try:
                self._regions[key] = self._made(condition, denied=denied)
            except TooManyBoxesError:
                # Given up once: the next who ask need not wait for it again.
                self._regions[key] = None
        found = self._regions[key]
        if found is None:
            raise TooManyBoxesError(unparse(condition))
        return found

    def _made(self, node: Condition, *, denied: bool) -> Region:
        match node:
            case Always() | Otherwise():
                return NOBODY if denied else EVERYBODY
            case Not(part):
                return self.region(part, denied=not denied)
            case And(parts) | Or(parts):
                regions = [self.region(part, denied=denied) for part in parts]
                together = isinstance(node, And) is not denied
                return intersection(regions) if together else union(regions)
            case AtLeast(number, parts):
                regions = [self.region(part, denied=denied) for part in parts]
                # Fewer than n of k hold exactly where at least k - n + 1 do not hold.
                return at_least(len(parts) - number + 1 if denied else number, regions)
            case AnyOfClass() | CountNow():
                return self.region(expand(node, self.scope), denied=denied)
            case Named(name) if name in self.scope.definitions:
                return self.region(self.scope.definitions[name].condition, denied=denied)
            case Has(finding, Word(name)) if name == NONE:
                return self._none_of(finding, denied=denied)
            case Named() | Compare() | Between() | OneOf() | Has():
                variable, mask = self._leaf(node)
                return self._cells(variable, ~mask if denied else mask)
            case _:
                assert_never(node)

    def _cells(self, variable: int, mask: int) -> Region:
        mask &= self.full[variable]
        if mask == self.full[variable]:
            return EVERYBODY
        return (((variable, mask),),) if mask else NOBODY

    def _none_of(self, finding: str, *, denied: bool) -> Region:
        """``none`` holds where no other value does, so it needs no variable of its own."""
        options = self.of_finding.get(finding, {})
        others = [self._cells(at, YES if denied else NO) for at in options.values()]
        return union(others) if denied else intersection(others)

    def _leaf(self, node: Named | Compare | Between | OneOf | Has) -> tuple[int, int]:
        match node:
            case Named(name):
                return self.of_finding[name][""], YES
            case Has(finding, word):
                return self.of_finding[finding][word.name], YES
            case OneOf(finding, words):
                at = self.of_finding[finding][""]
                return at, sum({self.variables[at].of_word(word.name) for word in words})
            case Compare(finding, operator, Word(name)):
                at = self.of_finding[finding][""]
                variable = self.variables[at]
                if variable.shape.type == "yes_no":
                    mask = YES if name == "yes" else NO
                else:
                    mask = variable.of_word(name)
                return at, mask if operator == "==" else variable.full & ~mask
            case Compare(finding=finding) | Between(finding=finding):
                at = self.of_finding[finding][""]
                return at, _number_mask(self.variables[at], node)
            case _:
                assert_never(node)

    def known(self, values: Mapping[str, KnownValue]) -> Known:
        """Return what is known of a patient as boxes.

        Args:
            values: Known values by name of finding, as :func:`pathways.conditions.read_value` gives
                them; findings that no condition reads are left out.

        Raises:
            ConditionError: A finding cannot have its value; otherwise nothing would hold any more.
            TooManyBoxesError: Of too many findings it is only known that some value is yes.
        """
        masks = list(self.full)
        some: list[str] = []
        for name, value in values.items():
            options = self.of_finding.get(name)
            if options is None:
                continue
            if isinstance(value, Mapping):
                for option, at in options.items():
                    if option in value:
                        masks[at] = YES if value[option] else NO
                if value.get(NONE) is False:
                    some.append(name)
            else:
                at = options[""]
                masks[at] = _value_mask(self.variables[at], value)
        return self._with_some(tuple(masks), some)

    def _with_some(self, masks: tuple[int, ...], findings: list[str]) -> Known:
        """Split what is known where a several-of finding is known to have some value, but not which."""
        boxes = [masks]
        for name in findings:
            options = self.of_finding[name].values()
            if any(masks[at] == YES for at in options):
                continue
            open_ = [at for at in options if masks[at] & YES]
            if len(boxes) * len(open_) > MOST_BOXES:
                raise TooManyBoxesError
            boxes = [(*box[:at], YES, *box[at + 1 :]) for box in boxes for at in open_]
        return tuple(boxes)

    def within(self, known: Known, region: Region) -> Known:
        """Return what is known, given that the patient is also in a region; nothing when that cannot be."""
        found: list[tuple[int, ...]] = []
        for masks in known:
            for box in region:
                narrowed = list(masks)
                for variable, mask in box:
                    narrowed[variable] &= mask
                    if not narrowed[variable]:
                        break
                else:
                    found.append(tuple(narrowed))
        return tuple(dict.fromkeys(found))

    def status(self, condition: Condition, known: Known) -> Status:
        """Return whether a condition holds however the unknowns turn out, for some of them, or never.

        Args:
            condition: One of the conditions the space was made for.
            known: What is known.

        Raises:
            TooManyBoxesError: It cannot be decided exactly.
        """
        return decided(known, self.region(condition), self.region(condition, denied=True))


def meets(known: Known, region: Region) -> bool:
    """Return whether a patient of whom so much is known can be in a region."""
    for masks in known:
        for box in region:
            for variable, mask in box:
                if not masks[variable] & mask:
                    break
            else:
                return True
    return False


def decided(known: Known, inside: Region, outside: Region) -> Status:
    """Return how a patient stands to a region, given the region and all that lies outside it."""
    if not meets(known, inside):
        return "excluded"
    return "possible" if meets(known, outside) else "certain"


def _atoms(conditions: Iterable[Condition]) -> dict[str, list[Atom]]:
    """Return every comparison of a number, by finding."""
    found: dict[str, dict[Atom, None]] = {}
    for condition in conditions:
        for node in nodes(condition):
            if isinstance(node, (Compare, Between)):
                found.setdefault(node.finding, {})[node] = None
    return {name: list(atoms) for name, atoms in found.items()}


def _variables(scope: Scope, name: str, atoms: Iterable[Atom]) -> list[Variable]:
    shape = scope.findings[name]
    match shape.type:
        case "yes_no":
            return [Variable(name, shape)]
        case "one_of":
            return [Variable(name, shape, words=shape.options)]
        case "several_of":
            options = [each for each in shape.options if each != NONE]
            return [Variable(name, shape, option=option) for option in options]
        case "number":
            return [number_variable(shape, atoms)]
        case _:
            assert_never(shape.type)


def _number_mask(variable: Variable, node: Compare | Between) -> int:
    return sum(1 << n for n, cell in enumerate(variable.cells) if holds(node, cell.sample))


def _value_mask(variable: Variable, value: KnownValue) -> int:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        # Raises where the number is none of the finding: no cell would mean that nothing holds.
        return variable.of_number(value) or _refused(variable, value)
    assert isinstance(value, str)
    return variable.of_word(value) if value in variable.words else _refused(variable, value)


def _refused(variable: Variable, value: Decimal | str) -> int:
    read_value(variable.shape, value)
    raise AssertionError(f"{value} is a value of {variable.finding} and lies in no cell")
