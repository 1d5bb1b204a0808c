"""YAML text to plain data: nothing is read into it, and every place is exact."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.errors import DocumentError
from pathways.reading.load import loads
from pathways.reading.marks import Marked, each_path, read_yaml, words_of
from pathways.reading.scalars import offset_in_source

SURPRISES = [
    *("on", "off", "yes", "no", "y", "n", "true", "null", "~", "010", "0x1F", "1e5", "1_000"),
    *("12:30:00", "2026-11-20", ".inf", ".nan", "+1", "0o7", "1.10", "=", "1:1"),
]
"""Texts that YAML 1.1 readers turn into something else."""


@pytest.mark.parametrize("text", SURPRISES)
def test_a_text_stays_the_text_it_was(text: str) -> None:
    marked = read_yaml(f"{text}: {text}\nlist: [{text}]\n", "x.yaml")
    assert marked.data == {text: text, "list": [text]}


@pytest.mark.parametrize("text", SURPRISES)
def test_a_text_stays_the_text_it_was_through_to_the_model(text: str) -> None:
    pathway = loads(
        "format: 1\npathway: x\nversion: 1.0.0\nupdated: 2026-11-20\ncatalogues: []\nstart: a\n"
        f"title: {text}\nfindings:\n  f: {{title: {text}, type: one_of, kind: watch, question: Q, "
        f"options: {{on: {{title: {text}}}, no: {{title: B}}}}}}\n"
        f"states:\n  a: {{kind: end, title: A, sets: {{f: no}}}}\n"
    )
    assert pathway.title() == text
    assert pathway.catalogue.findings["f"].options is not None
    assert list(pathway.catalogue.findings["f"].options) == ["on", "no"]
    assert pathway.states["a"].sets == {"f": ("no",)}


def test_duplicate_keys_are_reported_on_every_level_and_the_first_stays() -> None:
    marked = read_yaml("a: 1\nb:\n  c: 1\n  c: {d: 2}\n  e: [{f: 1, f: 2}]\na: {x: y}\n", "x.yaml")
    assert marked.data == {"a": "1", "b": {"c": "1", "e": [{"f": "1"}]}}
    found = [(each.code, str(each.place)) for each in marked.problems]
    assert found == [
        ("duplicate-key", "x.yaml:4:3"),
        ("duplicate-key", "x.yaml:5:14"),
        ("duplicate-key", "x.yaml:6:1"),
    ]


def test_every_value_has_a_mark_of_its_own() -> None:
    text = "a: 1\nb: [x, {c: y}]\nd:\n  - e: |\n      long\n      text\n"
    marked = read_yaml(text, "x.yaml")
    for path, value in each_path(marked.data):
        mark = marked.marks[path]
        if isinstance(value, str):
            source = text[mark.start : mark.end]
            assert source.startswith(("|", value))
    assert str(marked.place(("b", 1, "c"))) == "x.yaml:2:12"
    assert str(marked.place(("b", 1, "c"), key=True)) == "x.yaml:2:9"
    assert words_of(("b", 1, "c")) == "b[1].c"


def test_an_alias_stands_where_it_is_written() -> None:
    marked = read_yaml("a: &x {b: [c, d]}\ne: *x\n", "x.yaml")
    assert marked.data["a"] == marked.data["e"]
    assert marked.data["a"] is not marked.data["e"]
    assert str(marked.place(("e", "b", 1))) == "x.yaml:2:4"


def test_places_move_on_when_items_before_them_are_gone() -> None:
    marked = read_yaml("[a, b, c, d]", "x.yaml")
    marked.gone = {(): [0, 2]}
    assert [marked.place((index,)).column for index in range(2)] == [5, 11]


CONDITION = st.lists(
    st.sampled_from(
        ["fever", "and", "not", "weeks", ">=", "12", "(", ")", "==", "[a,", "b]", '"', "'"]
    ),
    min_size=1,
    max_size=30,
)


@settings(deadline=None)
@given(
    parts=CONDITION,
    style=st.sampled_from(["plain", "'", '"', "|", ">", "multi-line"]),
    data=st.data(),
)
def test_each_character_of_a_text_is_found_in_the_file(
    parts: list[str], style: str, data: st.DataObject
) -> None:
    written = written_as(" ".join(parts), style)
    text = f"é: 1\nwhen: {written}\nnext: 1\n"
    try:
        marked = read_yaml(text, "x.yaml")
    except DocumentError:
        return
    value = marked.data["when"]
    if not isinstance(value, str):
        return
    offset = data.draw(st.integers(0, max(0, len(value) - 1)))
    if value[offset].isspace():
        return
    before = value[:offset]
    place = marked.place_inside(
        ("when",), before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
    )
    # An escaped character stands where its backslash does.
    assert (
        text.split("\n")[place.line - 1][place.column - 1 :].removeprefix("\\")[0] == value[offset]
    )
    same = marked.place_inside(("when",), 1, offset + 1)
    assert same == place


def written_as(text: str, style: str) -> str:
    match style:
        case "plain":
            return text
        case "'":
            return "'" + text.replace("'", "''").replace(" ", "\n   ", 3) + "'"
        case '"':
            escaped = text.replace("\\", "\\\\").replace('"', '\\"')
            return '"' + escaped.replace(" ", " \\\n   ", 2) + '"'
        case "multi-line":
            return text.replace(" ", "\n    ")
        case _:
            return f"{style}-\n  " + text.replace(" ", "\n  ", 4)


def test_the_end_of_a_text_and_unknown_escapes() -> None:
    assert offset_in_source("'a b'", "a b", 3) == 4
    assert offset_in_source("a  b", "a b", 1) == 1
    assert offset_in_source('"\\u0061 b"', "a b", 2) is None
    marked = read_yaml('when: "\\u0061 b"', "x.yaml")
    assert str(marked.place_inside(("when",), 1, 3)) == "x.yaml:1:7"
    assert str(marked.place_inside((), 1, 3)) == "x.yaml:1:1"


def test_an_empty_value_is_no_text_but_quotes_are() -> None:
    assert read_yaml("a:\nb: ''\nc: ~", "x.yaml").data == {"a": None, "b": "", "c": "~"}


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        marked = read_yaml(text, "x.yaml")
    except DocumentError as error:
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for problem in error.problems:
            assert problem.place is not None
            assert 1 <= problem.place.line <= len(lines)
            assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
    else:
        assert isinstance(marked, Marked)


@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.CBaseLoader])
def test_both_parsers_of_pyyaml_give_the_same(
    loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathways.reading.marks._LOADER", loader)
    text = "a: {b: 'é', c: [1, \"x\\ty\"]}\nd: >-\n  folded\n  text\nd: 2\n"
    marked = read_yaml(text, "x.yaml")
    assert marked.data == {"a": {"b": "é", "c": ["1", "x\ty"]}, "d": "folded text"}
    assert [str(each.place) for each in marked.problems] == ["x.yaml:5:1"]
    assert str(marked.place_inside(("d",), 1, 8)) == "x.yaml:4:3"
    with pytest.raises(
        DocumentError, match=r"x.yaml:1:6: error.yaml-syntax.*close the bracket of line 1"
    ):
        read_yaml("a: [b", "x.yaml")
