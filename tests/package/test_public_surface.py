"""What users may import: named, documented, and no more than that."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

import pathways

PACKAGE = Path(pathways.__file__).parent
LAYERS = ("pathways", "pathways.conditions", "pathways.graph", "pathways.diagrams")
MODULES = sorted(
    each.name
    for each in pkgutil.walk_packages([str(PACKAGE)], "pathways.")
    if not each.name.endswith("__main__")
)
FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


def public_functions() -> Iterator[tuple[str, FunctionType]]:
    """Functions, and methods of classes, that a layer offers in its ``__all__``."""
    seen: set[int] = set()
    for layer in LAYERS:
        module = importlib.import_module(layer)
        for name in module.__all__:
            each = getattr(module, name)
            if id(each) in seen:
                continue
            seen.add(id(each))
            if isinstance(each, FunctionType):
                yield f"{layer}.{name}", each
            elif inspect.isclass(each) and each.__module__.startswith("pathways"):
                for attribute, member in vars(each).items():
                    function = member.__func__ if isinstance(member, classmethod) else member
                    if isinstance(function, FunctionType) and not attribute.startswith("_"):
                        yield f"{layer}.{name}.{attribute}", function


FUNCTIONS = dict(public_functions())


def test_what_is_public_is_what_is_named() -> None:
    assert dir(pathways) == sorted(pathways.__all__)
    assert list(pathways.__all__) == sorted(pathways.__all__)
    assert {"Pathway", "View", "load", "loads", "__version__"} <= set(pathways.__all__)


@pytest.mark.parametrize("name", pathways.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(pathways, name) is getattr(pathways, name)
    assert getattr(pathways, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        pathways.lod  # noqa: B018


def test_type_checkers_see_what_users_get() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pathways")
        for alias in node.names
    }
    assert set(imported) == set(pathways.__all__)
    for name, module in imported.items():
        assert module is not None
        assert getattr(importlib.import_module(module), name) is getattr(pathways, name)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_imports_and_says_what_it_is(name: str) -> None:
    module: ModuleType = importlib.import_module(name)
    first = (module.__doc__ or "").strip().splitlines()
    assert first, f"{name} has no docstring"
    assert first[0].rstrip().endswith((".", "?", ":")) or len(first) > 1
    exported = list(getattr(module, "__all__", ()))
    assert len(exported) == len(set(exported))
    assert [each for each in exported if not hasattr(module, each)] == []


def test_there_is_something_to_check() -> None:
    assert len(MODULES) > 40
    assert len(FUNCTIONS) > 40


@pytest.mark.parametrize("name", FUNCTIONS)
def test_public_functions_explain_themselves(name: str) -> None:
    """First a sentence; then every argument, unless another function is named that explains them."""
    function = FUNCTIONS[name]
    text = inspect.getdoc(function) or ""
    lines = text.splitlines()
    assert lines, "no docstring"
    assert lines[0].rstrip().endswith((".", ":", "?")), lines[0]
    arguments = [
        each for each in inspect.signature(function).parameters if each not in ("self", "cls")
    ]
    is_explained_elsewhere = "see :func:" in text or "the arguments are those of" in text
    if len(arguments) > 1 and not is_explained_elsewhere:
        assert "Args:" in text or "Example:" in text, "neither Args: nor Example:"
    if "Args:" in text:
        explained = text.partition("Args:")[2]
        assert [each for each in arguments if f"{each}:" not in explained] == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_everything_public_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
        and not _is_inner(tree, node)
    ]
    assert bare == []


def _is_inner(tree: ast.Module, node: ast.AST) -> bool:
    """Whether a definition stands inside a function, or in a private class."""
    return any(
        node in list(ast.walk(parent))[1:]
        for parent in ast.walk(tree)
        if isinstance(parent, ast.FunctionDef)
        or (isinstance(parent, ast.ClassDef) and parent.name.startswith("_"))
        if parent is not node
    )


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.js")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_scripts_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 500


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 500
    long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and _code_lines(node) > 50
    ]
    assert long == []


def _code_lines(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[0]
    docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    skipped = (first.end_lineno or 0) - first.lineno + 1 if docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - skipped


MAKES_CODE = {"pathways/patients/stepping.py": {"compile", "exec"}}
"""The one file that makes functions: from nodes of ours, never from text (see its tests)."""


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_code_is_run_from_text(path: Path) -> None:
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    found = calls & {"eval", "exec", "compile", "__import__"}
    assert found == MAKES_CODE.get(name_of(path), set())
