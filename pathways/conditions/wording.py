"""What one leaf of a condition is called in plain words, for one reader.

A leaf is said together with whether it is denied: negation has been pushed down to it before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from pathways.conditions.nodes import (
    Always,
    AnyOfClass,
    Between,
    ClassStatus,
    Compare,
    CountNow,
    Has,
    Named,
    Number,
    OneOf,
    Operator,
    Otherwise,
    Word,
)
from pathways.conditions.quantities import plural, singular, with_unit
from pathways.conditions.scope import FindingShape, Reader, Scope, Wording
from pathways.conditions.values import NONE, KnownValue
from pathways.errors import UnknownNameError
from pathways.language import ENGLISH, chained, joined, say, spoken

Leaf = Named | Compare | Between | OneOf | Has | AnyOfClass | CountNow | Always | Otherwise

_VALUE = "{value}"

_OPPOSITE: dict[Operator, Operator] = {
    "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip

_COMPARED: dict[Operator, str] = {
    "==": "exactly",
    "!=": "not exactly",
    "<": "less than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
}


_COUNTED: dict[Operator, str] = {"<": "fewer than", "!=": "fewer or more than"}
"""What is said of counts in place of that."""

_COUNT_WORDS: Mapping[Reader, str] = {
    "clinician": "taking {compared} {number} {title} now",
    "patient": "you take {compared} {number} {title} now",
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says leaves in the words of one scope to one reader.

    Args:
        scope: Where findings, definitions and classes have their wordings.
        reader: Whom the words are for. What has no words for this reader is said in the words for
            the other one, or by its name.
    """

    scope: Scope
    reader: Reader

    def leaf(self, node: Leaf, *, denied: bool) -> str:
        """Return one leaf, or its opposite, in words.

        Args:
            node: The leaf; a name of a definition must have a title.
            denied: Whether to say the opposite.

        Raises:
            UnknownNameError: A finding or class is not in the scope.

        Example:
            >>> speaker = Speaker(Scope({"fever": FindingShape("fever", "yes_no")}), "patient")
            >>> speaker.leaf(Named("fever"), denied=True)
            'fever: no'
        """
        match node:
            case Named():
                return self._named(node, denied=denied)
            case Compare():
                return self._compare(node, denied=denied)
            case Between():
                shape = self._shape(node.finding)
                return self._quantity(shape, _between(node, shape.unit, denied=denied))
            case OneOf():
                return self._choice(node.finding, [word.name for word in node.words], denied=denied)
            case Has():
                return self._included(node, denied=denied)
            case AnyOfClass():
                title = self._class_title(node.treatment_class)
                return _any_words(self.reader, title, node.status, denied=denied)
            case CountNow():
                return self._counted(node, denied=denied)
            case Always():
                return say("never") if denied else say("always")
            case Otherwise():
                return say("otherwise")
            case _:
                assert_never(node)

    def value(self, finding: str, value: KnownValue) -> str:
        """Return what is known of a finding in words.

        Args:
            finding: Name of the finding.
            value: Its value, as :func:`pathways.conditions.read_value` gives it.

        Raises:
            UnknownNameError: The finding is not in the scope.
        """
        shape = self._shape(finding)
        match value:
            case bool():
                return self._answer(shape, yes=value)
            case str():
                return self._choice(finding, [value], denied=False)
            case Decimal():
                return self._quantity(shape, with_unit(value, shape.unit))
            case _:
                return self._several(shape, value)

    def _several(self, shape: FindingShape, value: Mapping[str, bool]) -> str:
        wording = self._wording(shape)
        listed = [name for name in shape.options if value.get(name) is not None]
        chosen = [name for name in listed if value[name] and name != NONE]
        if not chosen:
            denied = [_option(wording, name) for name in listed if name != NONE]
            left_out = say("not {option}", option=chained(denied, "or")) if denied else ""
            left_out = left_out or say("not known")
            return f"{wording.title}: {_option(wording, NONE) if value.get(NONE) else left_out}"
        words = joined([_option(wording, name) for name in chosen])
        if _VALUE in wording.says:
            return wording.says.replace(_VALUE, words)
        return f"{wording.title}: {words}"

    def title(self, finding: str) -> str:
        """Return the title of a finding.

        Args:
            finding: Name of the finding.

        Raises:
            UnknownNameError: The finding is not in the scope.
        """
        return self._wording(self._shape(finding)).title

    def _named(self, node: Named, *, denied: bool) -> str:
        title = self.definition_title(node.name)
        if title:
            return say("not: {title}", title=title) if denied else title
        return self._answer(self._shape(node.name), yes=not denied)

    def _counted(self, node: CountNow, *, denied: bool) -> str:
        operator = _OPPOSITE[node.operator] if denied else node.operator
        title = self._class_title(node.treatment_class)
        match operator, node.number:
            case ("==" | "<=", 0) | ("<", 1):
                return _any_words(self.reader, title, "now", denied=True)
            case ("!=" | ">", 0) | (">=", 1):
                return _any_words(self.reader, title, "now", denied=False)
        compared = say({**_COMPARED, **_COUNTED}[operator])
        noun = _noun(title, node.number)
        return say(_COUNT_WORDS[self.reader], compared=compared, number=node.number, title=noun)

    def _compare(self, node: Compare, *, denied: bool) -> str:
        shape = self._shape(node.finding)
        operator = _OPPOSITE[node.operator] if denied else node.operator
        match node.constant:
            case Number(value=value):
                amount = with_unit(value, shape.unit)
                return self._quantity(shape, f"{say(_COMPARED[operator])} {amount}")
            case Word(name=name):
                if shape.type == "yes_no":
                    return self._answer(shape, yes=(name == "yes") is (operator == "=="))
                return self._choice(node.finding, [name], denied=operator == "!=")
            case _:
                assert_never(node.constant)

    def _answer(self, shape: FindingShape, *, yes: bool) -> str:
        wording = self._wording(shape)
        word = say("yes") if yes else say("no")
        said = wording.says if yes else wording.says_not
        return said.replace(_VALUE, word) if said else f"{wording.title}: {word}"

    def _quantity(self, shape: FindingShape, words: str) -> str:
        wording = self._wording(shape)
        if _VALUE in wording.says:
            return wording.says.replace(_VALUE, words)
        return f"{wording.title}: {words}"

    def _choice(self, finding: str, names: Sequence[str], *, denied: bool) -> str:
        shape = self._shape(finding)
        wording = self._wording(shape)
        others = [name for name in shape.options if name not in names]
        sentences = wording.says == _VALUE and not wording.says_not
        if denied and others and ("never" in names or sentences):
            # "Not never" would be two negations, and "not you take it" is no sentence; the other
            # values say the same.
            return self._choice(finding, others, denied=False)
        options = [_option(wording, name) for name in names]
        said = wording.says_not if denied else wording.says
        if _VALUE in said:
            return said.replace(_VALUE, chained(options, "or"))
        if not denied:
            return f"{wording.title}: {chained(options, 'or')}"
        if len(options) == 1:
            return f"{wording.title}: {say('not {option}', option=options[0])}"
        return f"{wording.title}: {say('neither {options}', options=say(' nor ').join(options))}"

    def _included(self, node: Has, *, denied: bool) -> str:
        wording = self._wording(self._shape(node.finding))
        option = _option(wording, node.word.name)
        if node.word.name == NONE:
            # Sentences made for a value ("it hurts in your knee") go wrong with none of them.
            return f"{wording.title}: {say('at least one') if denied else option}"
        said = wording.says_not if denied else wording.says
        if _VALUE in said:
            return said.replace(_VALUE, option)
        if denied:
            return f"{wording.title}: {say('not including {option}', option=option)}"
        return f"{wording.title}: {say('including {option}', option=option)}"

    def _shape(self, finding: str) -> FindingShape:
        shape = self.scope.findings.get(finding)
        if shape is None:
            raise UnknownNameError("finding", finding, self.scope.findings)
        return shape

    def _wording(self, shape: FindingShape) -> Wording:
        """Return the wording for the reader, or for the other one, or one made of the name."""
        for reader in (self.reader, *sorted(shape.wording)):
            if reader in shape.wording:
                return shape.wording[reader]
        return Wording(_plain(shape.name))

    def definition_title(self, name: str) -> str:
        """Return the title of a definition for the reader; empty where it has none.

        Args:
            name: Any name.
        """
        definition = self.scope.definitions.get(name)
        return definition.titles.get(self.reader, "") if definition else ""

    def _class_title(self, name: str) -> str:
        shape = self.scope.classes.get(name)
        if shape is None:
            raise UnknownNameError("treatment class", name, self.scope.classes)
        titles = [
            shape.titles.get(self.reader, ""),
            *[shape.titles[key] for key in sorted(shape.titles)],
        ]
        return next((title for title in titles if title), _plain(name))


def _plain(name: str) -> str:
    return name.replace("_", " ").replace(".", " ")


def _option(wording: Wording, name: str) -> str:
    return wording.options.get(name) or _plain(name)


def _between(node: Between, unit: str | None, *, denied: bool) -> str:
    low, high = with_unit(node.low.value, unit), with_unit(node.high.value, unit)
    if denied:
        below = say("at most") if node.low_open else say("less than")
        above = say("at least") if node.high_open else say("more than")
        return say("{below} {low} or {above} {high}", below=below, low=low, above=above, high=high)
    match node.low_open, node.high_open:
        case False, False:
            return say("from {low} to {high}", low=low, high=high)
        case False, True:
            return say("from {low} up to less than {high}", low=low, high=high)
        case True, False:
            return say("more than {low} but at most {high}", low=low, high=high)
        case _:
            return say("more than {low} but less than {high}", low=low, high=high)


_ANY_WORDS: Mapping[Reader, Mapping[tuple[ClassStatus, bool], str]] = {
    "clinician": {
        ("now", False): "taking any {title} now",
        ("now", True): "not taking any {title} now",
        ("stopped", False): "any {title} taken before and stopped",
        ("stopped", True): "no {title} taken before and stopped",
        ("tried", False): "any {title} tried",
        ("tried", True): "no {title} tried",
        ("never", False): "at least one {title} never taken",
        ("never", True): "every {title} taken now or before",
    },
    "patient": {
        ("now", False): "you take any {title} now",
        ("now", True): "you take no {title} now",
        ("stopped", False): "you took any {title} before and stopped it",
        ("stopped", True): "you took no {title} before that you stopped",
        ("tried", False): "you have tried any {title}",
        ("tried", True): "you have tried no {title}",
        ("never", False): "there is at least one {title} you never took",
        ("never", True): "you took every {title}, now or before",
    },
}
"""What is said of a class of treatments, by status and by whether it is denied."""


def _any_words(reader: Reader, title: str, status: ClassStatus, *, denied: bool) -> str:
    if status == "never":
        title = _noun(title, 1)
    return say(_ANY_WORDS[reader][status, denied], title=title)


def _noun(title: str, number: int) -> str:
    """Return the title of a class for so many; other languages than English name it as it is."""
    if spoken() != ENGLISH:
        return title
    return singular(title) if number == 1 else plural(title)
