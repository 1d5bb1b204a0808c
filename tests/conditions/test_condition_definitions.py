"""Definitions in circles and out of hand, writing out, walking, and the public names."""

from __future__ import annotations

import ast
import operator as operators
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

import pathways.conditions
from pathways.conditions import (
    Always,
    And,
    Condition,
    Definition,
    FindingShape,
    Not,
    Scope,
    TreatmentClassShape,
    Truth,
    check_definitions,
    children,
    describe,
    evaluate,
    expand,
    findings_in,
    names_in,
    parse,
    replace_names,
    unparse,
)
from pathways.conditions.definitions import reachable_definitions
from pathways.conditions.walk import nodes, with_children
from pathways.errors import ConditionError, UnknownNameError
from tests.conditions.example_scope import EXAMPLE

COMPARE = {
    "==": operators.eq, "!=": operators.ne, "<": operators.lt, "<=": operators.le,
    ">": operators.gt, ">=": operators.ge,
}  # fmt: skip


def scope_of(**definitions: str) -> Scope:
    return Scope(
        {"fever": FindingShape("fever", "yes_no")},
        {name: Definition(name, parse(text)) for name, text in definitions.items()},
    )


@pytest.mark.parametrize(
    ("scope", "circles"),
    [
        (scope_of(), []),
        (scope_of(a="fever", b="a and not a", c="a or b"), []),
        (scope_of(a="not a"), [("definitions.a", "a -> a")]),
        (scope_of(b="a", a="fever or b"), [("definitions.a", "a -> b -> a")]),
        (scope_of(c="a", a="b", b="c"), [("definitions.a", "a -> b -> c -> a")]),
        (scope_of(d="a", a="b", b="a or c", c="b"), [("definitions.a", "a -> b -> a"), ("definitions.c", "c -> b -> c")]),
        (
            scope_of(a="a", x="y", y="at_least(1, fever, x)"),
            [("definitions.a", "a -> a"), ("definitions.x", "x -> y -> x")],
        ),
    ],
)  # fmt: skip
def test_circles(scope: Scope, circles: list[tuple[str, str]]) -> None:
    problems = check_definitions(scope)
    assert [(problem.where, problem.message.split(": ")[1]) for problem in problems] == circles
    assert {problem.code for problem in problems} <= {"circular-definition"}


def test_a_circle_is_refused_wherever_it_would_be_followed() -> None:
    scope = scope_of(a="b", b="not a", c="fever")
    condition = parse("c or a")
    for follow in (
        lambda: evaluate(condition, {"fever": True}, scope),
        lambda: expand(condition, scope, definitions=True),
        lambda: describe(condition, scope),
    ):
        with pytest.raises(ConditionError, match="a -> b -> a"):
            follow()
    assert findings_in(condition, scope) == ["fever"]
    assert reachable_definitions(condition, scope) == ["a", "b", "c"]
    assert unparse(expand(condition, scope)) == "c or a"
    assert evaluate(parse("c"), {"fever": True}, scope).used == ("fever",)


def test_definitions_that_double_are_refused_before_they_fill_the_memory() -> None:
    doubled = {f"d{n}": f"d{n - 1} and not d{n - 1}" for n in range(1, 60)}
    scope = scope_of(d0="fever", **doubled)
    problems = check_definitions(scope)
    assert [problem.code for problem in problems] == ["condition-too-long"] * len(problems)
    assert problems[0].where == "definitions.d11"
    with pytest.raises(ConditionError, match="'d11', with its definitions written out"):
        describe(parse("d59"), scope)
    assert evaluate(parse("d5"), {"fever": True}, scope).used == ("fever",)


def test_definitions_in_a_long_chain_are_refused_before_they_are_too_deep() -> None:
    chain = {f"d{n}": f"not d{n - 1}" for n in range(1, 3000)}
    scope = scope_of(d0="fever", **chain)
    assert "definitions.d65" in [problem.where for problem in check_definitions(scope)]
    assert check_definitions(scope_of(d0="fever", **dict(list(chain.items())[:64]))) == []
    deepest = evaluate(parse("d63"), {"fever": True}, scope)
    assert deepest.used == ("fever",)
    assert describe(parse("d63"), scope) == "fever: no"
    with pytest.raises(ConditionError, match="nested more than 130 deep"):
        evaluate(parse("d2999"), {}, scope)


def test_a_condition_may_be_too_long_by_its_definitions_alone() -> None:
    scope = scope_of(big=" or ".join(["fever"] * 400))
    assert check_definitions(scope) == []
    with pytest.raises(ConditionError, match="the condition, with its definitions written out"):
        describe(parse(" and ".join(["big"] * 20)), scope)


@pytest.mark.parametrize(
    ("text", "written_out"),
    [
        (
            "any nsaid now",
            "aspirin.status == now or meloxicam.status == now or naproxen.status == now",
        ),
        ("any relaxant now", "baclofen.status == now"),
        ("not any relaxant tried", "not baclofen.status in [now, stopped]"),
        ("any relaxant never or fever", "baclofen.status == never or fever"),
        (
            "fever or any nsaid never",
            (
                "fever or aspirin.status == never or meloxicam.status == never"
                " or naproxen.status == never"
            ),
        ),
        ("count_now(relaxant) >= 1", "at_least(1, baclofen.status == now)"),
        ("count_now(relaxant) > 0", "at_least(1, baclofen.status == now)"),
        ("count_now(relaxant) < 1", "not at_least(1, baclofen.status == now)"),
        ("count_now(relaxant) <= 0", "not at_least(1, baclofen.status == now)"),
        ("ill and cough", "fever and (cough or pain_weeks > 12) and cough"),
    ],
)
def test_writing_out(text: str, written_out: str) -> None:
    assert unparse(expand(parse(text), EXAMPLE, definitions=True)) == written_out


@pytest.mark.parametrize("operator", ["==", "!=", "<", "<=", ">", ">="])
@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_counts_written_out_agree_with_counting(operator: str, number: int) -> None:
    compare = COMPARE[operator]
    tree = parse(f"count_now(nsaid) {operator} {number}")
    whole = expand(tree, EXAMPLE)
    for row in product(["never", "now", "stopped", None], repeat=3):
        names = EXAMPLE.classes["nsaid"].members
        values = {f"{n}.status": each for n, each in zip(names, row, strict=True) if each}
        least = row.count("now")
        answers = {compare(count, number) for count in range(least, least + row.count(None) + 1)}
        expected = Truth.of(answers.pop() if len(answers) == 1 else None)
        assert evaluate(tree, values, EXAMPLE).truth is expected
        assert evaluate(whole, values, EXAMPLE).truth is expected


def test_counts_that_cannot_be_otherwise_become_always_or_never() -> None:
    assert expand(parse("count_now(relaxant) >= 0"), EXAMPLE) == Always()
    assert expand(parse("count_now(relaxant) > 1"), EXAMPLE) == Not(Always())
    assert expand(parse("any empty now"), EXAMPLE) == Not(Always())
    assert describe(expand(parse("count_now(relaxant) > 1"), EXAMPLE), EXAMPLE) == "never"
    assert unparse(Always()) == ""
    assert describe(Always(), EXAMPLE) == "always"


def test_written_out_parts_point_at_no_text() -> None:
    whole = expand(parse("fever or ill or any nsaid now"), EXAMPLE, definitions=True)
    assert isinstance(whole, type(parse("a or b")))
    spans = [node.span for node in nodes(whole)][2:]
    assert set(spans) == {None}


def test_unknown_names_are_named() -> None:
    with pytest.raises(UnknownNameError, match="no treatment class 'nsiad'; did you mean 'nsaid'"):
        expand(parse("any nsiad now"), EXAMPLE)
    with pytest.raises(UnknownNameError, match="no finding 'fevr'; did you mean 'fever'"):
        describe(parse("fevr"), EXAMPLE)
    with pytest.raises(UnknownNameError, match="no treatment class 'nsiad'"):
        describe(parse("count_now(nsiad) > 1"), EXAMPLE)


def test_names_and_findings() -> None:
    tree = parse("ill or any nsaid now or not pattern in [joint, nerve] or zzz")
    assert names_in(tree) == ["ill", "nsaid", "pattern", "zzz"]
    assert findings_in(tree) == ["ill", "pattern", "zzz"]
    assert findings_in(tree, EXAMPLE) == [
        "aspirin.status", "cough", "fever", "meloxicam.status", "naproxen.status", "pain_weeks",
        "pattern", "zzz",
    ]  # fmt: skip


def test_renaming_touches_names_and_no_values() -> None:
    tree = parse("joint or pattern == joint or any joint now or 1 < joint < 3")
    renamed = replace_names(tree, {"joint": "knee", "pattern": "kind"})
    assert unparse(renamed) == "knee or kind == joint or any knee now or 1 < knee < 3"


def test_nodes_come_before_their_parts() -> None:
    tree = parse("not (a and b) or at_least(1, c)")
    kinds = [type(node).__name__ for node in nodes(tree)]
    assert kinds == ["Or", "Not", "And", "Named", "Named", "AtLeast", "Named"]
    assert with_children(tree, children(tree)) == tree
    assert with_children(parse("a and b"), (parse("a and b"), parse("c"))) == parse("a and b and c")


def test_every_kind_of_node_has_children_and_text() -> None:
    texts = [
        "a", "a == b", "1 < a < 2", "a in [b]", "a has b", "any a now", "count_now(a) > 1", "not a",
        "a and b", "a or b", "at_least(1, a)", "else",
    ]  # fmt: skip
    trees: list[Condition] = [Always(), *[parse(text) for text in texts]]
    assert {type(tree) for tree in trees} == set(get_args(Condition))
    assert [len(children(tree)) for tree in trees] == [0] * 8 + [1, 2, 2, 1, 0]
    assert [unparse(tree) for tree in trees] == ["", *texts]


def test_public_names_are_all_there_and_no_others() -> None:
    module = pathways.conditions
    assert module.__all__ == sorted(module.__all__, key=lambda name: (not name.isupper(), name))
    imported = {name for name in vars(module) if not name.startswith("_")}
    submodules = {path.stem for path in Path(module.__file__).parent.glob("*.py")}
    assert imported - submodules <= set(module.__all__)
    assert set(module.__all__) <= imported


def test_the_package_needs_only_the_standard_library_errors_and_fixed_words() -> None:
    allowed = {
        "__future__", "collections", "dataclasses", "decimal", "enum", "operator", "re",
        "types", "typing", "unicodedata",
    }  # fmt: skip
    found: set[str] = set()
    for path in sorted(Path(pathways.conditions.__file__).parent.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module or "")
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "compile", "__import__", "getattr"}, (
                    path
                )
    inside = {name for name in found if name.startswith("pathways.")}
    assert {name.split(".")[0] for name in found - inside} <= allowed
    layers = ("pathways.conditions", "pathways.errors", "pathways.language")
    assert all(name.startswith(layers) for name in inside)


def test_words_are_made_with_whatever_titles_there_are() -> None:
    scope = Scope(
        {"x.status": FindingShape("x.status", "one_of", options=("never", "now"))},
        classes={
            "plain_class": TreatmentClassShape("plain_class", ("x",)),
            "other": TreatmentClassShape("other", ("x",), {"clinician": "muscle relaxant"}),
        },
    )
    assert (
        describe(parse("any plain_class now"), scope, "patient") == "you take any plain class now"
    )
    assert describe(parse("any other now"), scope, "patient") == "you take any muscle relaxant now"
    assert describe(parse("x.status != never"), scope) == "x status: now"


def test_braces_in_a_wording_are_left_alone() -> None:
    from pathways.conditions import Wording

    says = "level {value} {0} {x.__class__} {{value}"
    shape = FindingShape("level", "number", wording={"clinician": Wording("level", says=says)})
    words = describe(parse("level > 3"), Scope({"level": shape}))
    assert words == "level more than 3 {0} {x.__class__} {more than 3"


def test_labels_go_on_after_the_alphabet() -> None:
    names = [f"f{number}" for number in range(28)]
    scope = Scope({name: FindingShape(name, "yes_no") for name in names})
    parts = [f"({name} or {name} and not {name})" for name in names]
    words = describe(parse(" and ".join(parts)), scope)
    assert "; (z) " in words
    assert "; (aa) " in words
    assert "; (ab) any of these: (ab.1) f27: yes; (ab.2) all of these: " in words


def test_a_long_group_is_said_last() -> None:
    tree = parse("(fever or cough or weak_legs) and chronic and any relaxant now")
    assert isinstance(tree, And)
    assert describe(tree, EXAMPLE).endswith(", and any of these: fever; cough: yes; weak legs: yes")
