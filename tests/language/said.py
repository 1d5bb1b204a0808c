"""Every fixed text that the source says: found by reading the source, not by a list."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pathways

PACKAGE = Path(pathways.__file__).parent


@dataclass(frozen=True)
class Said:
    """One fixed text and where it is said."""

    context: str
    text: str
    where: str


def all_said() -> tuple[Said, ...]:
    """Return every text that is given to ``say``: written there, or in a table of its module."""
    return tuple(each for each in _calls() if each.text)


def said_unseen() -> tuple[str, ...]:
    """Return the files with calls of ``say`` whose texts come from somewhere else."""
    return tuple(sorted({each.where.partition(":")[0] for each in _calls() if not each.text}))


@cache
def _calls() -> tuple[Said, ...]:
    found: list[Said] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        found += said_in(path)
    return tuple(found)


def said_in(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set(spoken_names(tree))
    if not names:
        return
    dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    module = import_module(dotted.removesuffix(".__init__"))
    for function in functions(tree):
        for call in calls(function, names):
            where = f"{path.relative_to(PACKAGE)}:{call.lineno}"
            context = "".join(
                str(each.value.value)
                for each in call.keywords
                if each.arg == "context" and isinstance(each.value, ast.Constant)
            )
            texts = list(texts_of(call.args[0], module, function))
            for text in texts or [""]:
                if text or not texts:
                    yield Said(context, text, where)


def spoken_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pathways.language"):
            yield from (each.asname or each.name for each in node.names if each.name == "say")


def functions(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the module without its functions, then each function that stands in no other."""
    inner = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    yield from inner
    yield ast.Module(
        [each for each in tree.body if not isinstance(each, ast.FunctionDef | ast.ClassDef)], []
    )


def calls(function: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def texts_of(node: ast.expr, module: Any, function: ast.AST) -> Iterator[str]:
    """Yield what an expression can be: a text, one of two, or what the tables it reads hold."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
        return
    if isinstance(node, ast.IfExp):
        yield from texts_of(node.body, module, function)
        yield from texts_of(node.orelse, module, function)
        return
    named = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    tables = [name for name in named if name.strip("_").isupper()]
    for name in tables:
        yield from leaves(getattr(imported(name, module, function), name))
    if not tables:
        for name in named:
            for source in sources_of(name, function):
                yield from texts_of(source, module, function)


def imported(name: str, module: Any, function: ast.AST) -> Any:
    """Return the module that a table stands in: some are imported where they are needed."""
    for node in ast.walk(function):
        if isinstance(node, ast.ImportFrom) and name in {each.name for each in node.names}:
            return import_module(str(node.module))
    return module


def sources_of(name: str, function: ast.AST) -> Iterator[ast.expr]:
    """Yield what a name of a function stands for: what it is set to, or what a loop runs over."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                found = targets
            case ast.comprehension(target=target, iter=value) | ast.For(target=target, iter=value):
                found = [target]
            case _:
                continue
        names = {each.id for one in found for each in ast.walk(one) if isinstance(each, ast.Name)}
        if name in names and name not in {
            each.id for each in ast.walk(value) if isinstance(each, ast.Name)
        }:
            yield value


def leaves(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for each in value.values():
                yield from leaves(each)
        case tuple() | list():
            for each in value:
                yield from leaves(each)
