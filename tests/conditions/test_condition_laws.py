"""Laws of the condition language, on random scopes, conditions and patients.

The judge is the slowest and most obvious second opinion: all completions of what is not known,
each read by a two-valued evaluator that shares nothing with the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import get_args

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

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
    Named,
    Not,
    Number,
    OneOf,
    Or,
    Otherwise,
    Scope,
    Truth,
    Value,
    check,
    check_definitions,
    describe,
    evaluate,
    expand,
    findings_in,
    names_in,
    parse,
    replace_names,
    unparse,
    without_spans,
)
from pathways.conditions.walk import nodes
from pathways.conditions.wording import Speaker
from tests.conditions.strategies import (
    OPERATORS,
    STATUSES,
    Case,
    CompleteValue,
    all_values,
    cases,
    complete_patients,
    free_trees,
    patients,
)

law = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
EITHER = st.booleans()
Complete = Mapping[str, CompleteValue]


def plain(node: Condition, patient: Complete, scope: Scope) -> bool:  # noqa: C901
    """Read a condition for a patient of whom everything is known: Python's own two values."""
    if isinstance(node, Named):
        if node.name in scope.definitions:
            return plain(scope.definitions[node.name].condition, patient, scope)
        return patient[node.name] is True
    if isinstance(node, Compare):
        return compared(patient[node.finding], node)
    if isinstance(node, Between):
        value = patient[node.finding]
        assert isinstance(value, Decimal)
        inside = node.low.value <= value <= node.high.value
        on_open_end = (node.low_open and value == node.low.value) or (
            node.high_open and value == node.high.value
        )
        return inside and not on_open_end
    if isinstance(node, OneOf):
        return any(patient[node.finding] == word.name for word in node.words)
    if isinstance(node, Has):
        chosen = patient[node.finding]
        assert isinstance(chosen, frozenset)
        return node.word.name in chosen
    if isinstance(node, AnyOfClass):
        wanted = {"now", "stopped"} if node.status == "tried" else {node.status}
        return not wanted.isdisjoint(statuses(node.treatment_class, patient, scope))
    if isinstance(node, CountNow):
        count = statuses(node.treatment_class, patient, scope).count("now")
        return bool(eval(f"{count} {node.operator} {node.number}"))
    if isinstance(node, Not):
        return not plain(node.part, patient, scope)
    if isinstance(node, (And, Or, AtLeast)):
        count = sum(plain(part, patient, scope) for part in node.parts)
        needed = {And: len(node.parts), Or: 1}
        return count >= (node.number if isinstance(node, AtLeast) else needed[type(node)])
    assert isinstance(node, Always)
    return True


def compared(value: CompleteValue, node: Compare) -> bool:
    constant = node.constant
    if isinstance(constant, Number):
        assert isinstance(value, Decimal)
        difference = value - constant.value
        return bool(eval(f"difference {node.operator} 0", {"difference": difference}))
    word = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
    return (word == constant.name) == (node.operator == "==")


def statuses(treatment_class: str, patient: Complete, scope: Scope) -> list[object]:
    return [patient[f"{member}.status"] for member in scope.classes[treatment_class].members]


def completions(scope: Scope, known: Mapping[str, Value], names: list[str]) -> Iterator[Complete]:
    """Yield every patient of whom the known values are true."""
    choices = []
    for name in names:
        every = all_values(scope.findings[name])
        choices.append([each for each in every if agrees(each, known.get(name))])
    for row in product(*choices):
        yield dict(zip(names, row, strict=True))


def agrees(value: CompleteValue, known: Value | None) -> bool:
    if known is None:
        return True
    if isinstance(known, Mapping):
        assert isinstance(value, frozenset)
        return all((option in value) is answer for option, answer in known.items())
    return value == known


def size(scope: Scope, known: Mapping[str, Value], names: list[str]) -> int:
    total = 1
    for name in names:
        if not isinstance(known.get(name), (bool, str, Decimal, frozenset)):
            total *= len(all_values(scope.findings[name]))
    return total


@law
@given(free_trees())
def test_what_is_written_is_read_back_the_same(tree: Condition) -> None:
    text = unparse(tree)
    assert parse(text) == tree
    assert unparse(parse(text)) == text


@law
@given(free_trees(), st.data())
def test_no_parenthesis_is_needless(tree: Condition, data: st.DataObject) -> None:
    text = unparse(tree)
    pairs = []
    waiting: list[int] = []
    for position, sign in enumerate(text):
        if sign == "(":
            waiting.append(position)
        elif sign == ")":
            pairs.append((waiting.pop(), position))
    grouping = [(a, b) for a, b in pairs if not text[:a].endswith(("at_least", "count_now"))]
    assume(grouping)
    first, last = data.draw(st.sampled_from(grouping))
    without = text[:first] + text[first + 1 : last] + text[last + 1 :]
    assert parse(without) != tree


@law
@given(cases())
def test_conditions_that_fit_have_no_problem(case: Case) -> None:
    assert check(case.condition, case.scope) == []
    assert check_definitions(case.scope) == []


@law
@given(cases())
def test_every_span_points_at_the_word_it_names(case: Case) -> None:
    text = unparse(case.condition)
    for node in nodes(parse(text)):
        assert node.span is not None
        word = text[node.span.start : node.span.end]
        match node:
            case (
                Named(name=name) | AnyOfClass(treatment_class=name) | CountNow(treatment_class=name)
            ):
                assert word == name
            case Compare() | Between() | OneOf() | Has():
                assert word == node.finding
            case AtLeast():
                assert word == str(node.number)
            case _:
                assert parse(word) == node


@law
@given(cases(), st.data())
def test_complete_patients_are_read_as_python_reads_them(case: Case, data: st.DataObject) -> None:
    patient = data.draw(complete_patients(case.scope))
    expected = Truth.of(plain(case.condition, patient, case.scope))
    assert evaluate(case.condition, patient, case.scope).truth is expected


@law
@given(cases(depth=2), st.data())
def test_what_is_settled_holds_in_every_completion(case: Case, data: st.DataObject) -> None:
    known = data.draw(patients(case.scope))
    names = findings_in(case.condition, case.scope)
    assume(size(case.scope, known, names) <= 600)
    truth = evaluate(case.condition, known, case.scope).truth
    seen = {
        plain(case.condition, each, case.scope) for each in completions(case.scope, known, names)
    }
    assert truth is Truth.UNKNOWN or seen == {truth is Truth.TRUE}
    assert truth is Truth.UNKNOWN or len(seen) == 1


@law
@given(cases(depth=0), st.data())
def test_leaves_are_exact_under_unknowns(case: Case, data: st.DataObject) -> None:
    """A leaf over a single finding is unknown only where it can turn out either way.

    Except where no value of the finding could change it, such as ``level >= 0``: saying so is for
    a checker that knows the range, not for the tables.
    """
    assume(
        not (isinstance(case.condition, Named) and case.condition.name in case.scope.definitions)
    )
    known = data.draw(patients(case.scope))
    names = findings_in(case.condition, case.scope)
    nothing_known: dict[str, Value] = {}
    either_way = {
        plain(case.condition, each, case.scope)
        for each in completions(case.scope, nothing_known, names)
    }
    assume(len(either_way) == 2)
    seen = {
        plain(case.condition, each, case.scope) for each in completions(case.scope, known, names)
    }
    expected = Truth.of(seen.pop()) if len(seen) == 1 else Truth.UNKNOWN
    assert evaluate(case.condition, known, case.scope).truth is expected


@law
@given(cases(), st.data())
def test_learning_never_turns_true_into_false(case: Case, data: st.DataObject) -> None:
    more = data.draw(patients(case.scope, known=8))
    less = {name: more[name] for name in sorted(more) if data.draw(EITHER)}
    before = evaluate(case.condition, less, case.scope).truth
    after = evaluate(case.condition, more, case.scope).truth
    assert before is Truth.UNKNOWN or before is after


@law
@given(cases(), st.data())
def test_reasons_are_enough_and_missing_findings_are_all_that_matter(
    case: Case, data: st.DataObject
) -> None:
    known = data.draw(patients(case.scope))
    explanation = evaluate(case.condition, known, case.scope)
    if explanation.truth is Truth.UNKNOWN:
        assert explanation.used == ()
        assert explanation.missing
        learnt = {
            name: value
            for name, value in data.draw(complete_patients(case.scope)).items()
            if name not in explanation.missing and name not in known
        }
        later = evaluate(case.condition, {**known, **learnt}, case.scope)
        assert later.truth is Truth.UNKNOWN
    else:
        assert explanation.missing == ()
        only = {name: known[name] for name in explanation.used}
        assert evaluate(case.condition, only, case.scope).truth is explanation.truth


@law
@given(cases(depth=2), st.data())
def test_de_morgan(case: Case, data: st.DataObject) -> None:
    known = data.draw(patients(case.scope))
    other = Not(case.condition)
    parts: tuple[Condition, ...] = (case.condition, Named("fever"), other)
    nots = tuple(Not(part) for part in parts)
    pairs: list[tuple[Condition, Condition]] = [
        (Not(And(parts)), Or(nots)),
        (Not(Or(parts)), And(nots)),
        (Not(AtLeast(2, parts)), AtLeast(2, nots)),
        (AtLeast(1, parts), Or(parts)),
        (AtLeast(3, parts), And(parts)),
        (Not(other), case.condition),
    ]
    for left, right in pairs:
        truths = [evaluate(each, known, case.scope).truth for each in (left, right)]
        assert truths[0] is truths[1]


@law
@given(cases(), st.data())
def test_writing_out_keeps_the_truth(case: Case, data: st.DataObject) -> None:
    known = data.draw(patients(case.scope))
    truth = evaluate(case.condition, known, case.scope).truth
    for definitions in (False, True):
        whole = expand(case.condition, case.scope, definitions=definitions)
        kinds = {type(node) for node in nodes(whole)}
        assert kinds.isdisjoint({AnyOfClass, CountNow})
        assert not definitions or not set(names_in(whole)) & set(case.scope.definitions)
        assert evaluate(whole, known, case.scope).truth is truth
        assert set(findings_in(whole, case.scope)) <= set(findings_in(case.condition, case.scope))


@law
@given(cases())
def test_renaming_there_and_back_changes_nothing(case: Case) -> None:
    names = names_in(case.condition)
    there = {name: f"q_{name.replace('.', '_')}" for name in names}
    back = {new: old for old, new in there.items()}
    renamed = replace_names(case.condition, there)
    assert names_in(renamed) == sorted(there.values())
    assert replace_names(renamed, back) == case.condition
    assert without_spans(parse(unparse(case.condition))) == case.condition


@law
@given(cases())
def test_words_name_every_finding(case: Case) -> None:
    words = describe(case.condition, case.scope)
    for node in nodes(case.condition):
        match node:
            case Named(name=name) if name in case.scope.definitions:
                assert case.scope.definitions[name].titles.get("clinician", "") in words
            case Named(name=name) | Compare(finding=name) | Between(finding=name):
                assert f"{name.replace('.', ' ')}: " in words
            case OneOf(finding=name) | Has(finding=name):
                assert f"{name.replace('.', ' ')}: " in words
            case AnyOfClass(treatment_class=name) | CountNow(treatment_class=name):
                assert name in words


@law
@given(cases(), st.data())
def test_words_can_be_read_in_one_way_only(case: Case, data: st.DataObject) -> None:
    """Read the words back with a reader of our own; the meaning must be that of the condition."""
    reader = WordsReader(case)
    words = describe(case.condition, case.scope)
    for _ in range(4):
        reader.patient = data.draw(complete_patients(case.scope))
        assert reader.sentence(words) is plain(case.condition, reader.patient, case.scope)


class WordsReader:
    """Reads what ``describe`` says: lists with labels, parts side by side, pairs, leaves."""

    def __init__(self, case: Case) -> None:
        self.scope = case.scope
        self.patient: Complete = {}
        self.meanings: dict[str, Condition] = {}
        speaker = Speaker(case.scope, "clinician")
        bodies = [definition.condition for definition in case.scope.definitions.values()]
        for body in [case.condition, *bodies]:
            for node in nodes(body):
                if isinstance(node, (Not, And, Or, AtLeast)):
                    continue
                definition = case.scope.definitions.get(getattr(node, "name", ""))
                if definition is not None and not definition.titles:
                    continue
                self.meanings[speaker.leaf(node, denied=False)] = node
                self.meanings[speaker.leaf(node, denied=True)] = Not(node)

    def sentence(self, words: str) -> bool:
        if words in self.meanings or re.match(r"(all|any|at least \d+) of these: ", words):
            return self.part(words)
        found = list(re.finditer(r", (and|or) ", words))
        if not found:
            return self.part(words)
        last = found[0]
        items = [*words[: last.start()].split(", "), words[last.end() :]]
        answers = [self.part(item) for item in items]
        return all(answers) if last.group(1) == "and" else any(answers)

    def part(self, words: str) -> bool:
        if words in self.meanings:
            return plain(self.meanings[words], self.patient, self.scope)
        listed = re.fullmatch(r"(all|any|at least (\d+)) of these: (.*)", words)
        if listed:
            answers = [self.part(item) for item in self.items(listed.group(3))]
            needed = {"all": len(answers), "any": 1}.get(listed.group(1))
            return sum(answers) >= (int(listed.group(2)) if needed is None else needed)
        pair = re.fullmatch(r"either (.*) or (.*)|both (.*) and (.*)", words)
        assert pair, f"cannot read {words!r}"
        if words.startswith("either"):
            return self.part(pair.group(1)) or self.part(pair.group(2))
        return self.part(pair.group(3)) and self.part(pair.group(4))

    def items(self, words: str) -> list[str]:
        label = re.match(r"\(([a-z]+|.*?\.1)\) ", words)
        if not label:
            return words.split("; ")
        first = label.group(1)
        pattern = r"\([a-z]\) " if first == "a" else rf"\({re.escape(first[:-1])}\d+\) "
        pieces = re.split(rf"(?:^|; )(?={pattern})", words)
        return [re.sub(rf"^{pattern}", "", piece) for piece in pieces if piece]


def test_the_generator_makes_every_kind_of_node() -> None:
    kinds: set[type] = set()
    operators: set[str] = set()
    seen_statuses: set[str] = set()
    ends: set[tuple[bool, bool]] = set()

    @settings(law, max_examples=600)
    @given(cases())
    def collect(case: Case) -> None:
        for node in nodes(case.condition):
            kinds.add(type(node))
            match node:
                case Compare(constant=Number()) | CountNow():
                    operators.add(f"{type(node).__name__} {node.operator}")
                case AnyOfClass():
                    seen_statuses.add(node.status)
                case Between():
                    ends.add((node.low_open, node.high_open))

    collect()
    assert kinds == set(get_args(Condition)) - {Always, Otherwise}
    assert operators == {f"{kind} {sign}" for kind in ("Compare", "CountNow") for sign in OPERATORS}
    assert seen_statuses == set(STATUSES)
    assert len(ends) == 4
