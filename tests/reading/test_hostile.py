"""Files that want to do harm, or were damaged: refused with a place, quickly, never with a crash."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path as FilePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.conditions import Named, expand
from pathways.conditions.walk import nodes
from pathways.errors import DocumentError, PathwayError, Problem, UnknownNameError, printable
from pathways.model.words import FORBIDDEN_CHARACTER
from pathways.reading.load import load, loads
from pathways.reading.marks import read_yaml

HEAD = "format: 1\npathway: x\ntitle: X\nversion: 1.0.0\nupdated: 2026-11-20\ncatalogues: []\nstart: a\n"
STATES = "states:\n  a: {kind: end, title: A}\n"


def chain_of_aliases(length: int) -> str:
    links = "".join(f"a{each}: &a{each} [*a{each - 1}]\n" for each in range(1, length))
    return f"a0: &a0 [x]\n{links}"


def bomb(width: int, height: int) -> str:
    first = f"a0: &a0 [{', '.join(['x'] * width)}]\n"
    more = (f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * width)}]\n" for i in range(1, height))
    return first + "".join(more)


HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "a million brackets": ("[" * 1_000_000, "error[too-deep]"),
    "braces": ("{a: " * 400_000, "1:161: error[too-deep]"),
    "dashes": ("- " * 900_000, "1:81: error[too-deep]"),
    "question marks": ("? " * 900_000, "1:81: error[too-deep]"),
    "indentation": ("".join(" " * i + "a:\n" for i in range(200)), "41:41: error[too-deep]"),
    "aliases that grow": (bomb(9, 30), "error[too-many-values]"),
    "aliases that are deep": (chain_of_aliases(600), "40:12: error[too-deep]"),
    "an alias of itself": ("a: &a [*a]", "1:8: error[circular-alias]"),
    "an alias of a part around it": ("a: &a {b: {c: *a}}", "1:15: error[circular-alias]"),
    "an alias of nothing": ("a: *b", "1:4: error[yaml-syntax]"),
    "too many keys": ("".join(f"k{i}: v\n" for i in range(110_000)), "error[too-many-values]"),
    "3 MB": ("#" * 3_000_000, "1:1: error[file-too-large]"),
    "3 MB of bytes": (b"#" * 3_000_000, "1:1: error[file-too-large]"),
    "a NUL": ("a: b\0c", "1:5: error[control-character]: the character U+0000"),
    "a control character": (
        "a:\nb: \x1b[31m",
        "2:4: error[control-character]: the character U+001B",
    ),
    "a line separator": ("a: b\u2028c: d", "1:5: error[control-character]"),
    "text that reads backwards": ("a: \u202ecba", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
    "a lone surrogate": ("a: \ud800", "1:4: error[control-character]: the character U+D800"),
    "a lone surrogate, escaped": ('a: "\\ud800"', "1:7: error[yaml-syntax]"),
    "half a character": (b"a: b\r\nc: \xc3", "2:4: error[not-utf8]: byte 0xc3"),
    "another encoding": ("a: ü".encode("utf-16"), "1:1: error[not-utf8]: byte 0xff"),
    "a tag": ("!!python/object:os.system [a]", "1:1: error[yaml-tag]"),
    "a tag on a text": ("a: !!int 1", "1:4: error[yaml-tag]: the tag '!!int'"),
    "a merge key": ("a: &a {b: c}\nd: {<<: *a}", "2:5: error[merge-key]"),
    "a merge of many": ("a: &a {b: c}\nd: {<<: [*a, *a]}", "2:5: error[merge-key]"),
    "an escape in a key": (
        '"\\e[31mred\\e]0;pwn\\a": 1',
        "1:1: error[control-character]: a key has the character U+001B; remove it",
    ),
    "a key that reads backwards": (
        'a: {"\\u202eb": c}',
        "1:5: error[control-character]: a key has",
    ),
    "a key over two lines": ('"a\\nb": 1', "1:1: error[unknown-key]: unknown key 'a b'"),
    "an escape in a tag": ("a: !<x%1bm> 1", "1:4: error[yaml-tag]: the tag 'xU+001Bm'"),
    "a list as key": ("? [a, b]\n: c", "1:3: error[bad-key]"),
    "an alias as key": ("a: &a b\n*a : c", "2:1: error[bad-key]"),
    "no key": ("? \n: a", "1:2: error[bad-key]"),
    "two documents": ("a: b\n---\nc: d", "2:1: error[yaml-syntax]"),
    "a very long key": ("k" * 100_000 + ": v", "error[yaml-syntax]"),
    "a long unknown key": ("k" * 1_000 + ": v", "1:1: error[unknown-key]: unknown key 'kkk"),
    "a list": ("[a]", "1:1: error[wrong-shape]: the file needs keys with values, not a list"),
    "a text": ("hello", "1:1: error[wrong-shape]: the file needs keys with values, not 'hello'"),
    "nothing": ("", "1:1: error[empty-file]"),
    "a comment": ("# hello\n", "1:1: error[empty-file]"),
    "an unknown directive": ("%FOO\n---\na: b", "1:5: error[yaml-syntax]"),
    "a tab": ("a:\n\tb: c", "2:1: error[yaml-syntax]"),
    "an open quote": ('a: b\nc: "d', "2:4: error[yaml-syntax]"),
    "an open bracket": ("a: b\nc: [d", "error[yaml-syntax]"),
}


def read_all(content: str | bytes) -> None:
    """Read text as a pathway; bytes are as far as a file gets before that."""
    if isinstance(content, bytes):
        read_yaml(content, "x.yaml")
    else:
        loads(content, name="x.yaml")


def test_what_is_shown_never_moves_hides_or_colours_anything() -> None:
    """Every character up to the last is judged by Python's own idea of what can be printed."""
    harmful = set(map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
    for code in range(0x11000):
        character = chr(code)
        control = unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        hidden = control or character in harmful or bool(FORBIDDEN_CHARACTER.match(character))
        assert printable(character) == (f"U+{code:04X}" if hidden else character)


def test_problems_and_unknown_names_are_shown_safely() -> None:
    text = "\x1b[31mred\x1b]0;pwn\a\u202e\n"
    safe = "U+001B[31mredU+001B]0;pwnU+0007U+202EU+000A"
    assert str(Problem("unknown-key", text, text)) == f"error[unknown-key]: {safe}; {safe}"
    assert str(UnknownNameError("state", text, [])) == f"no state '{safe}'"
    with pytest.raises(UnknownNameError, match=r"'xU\+001B\[31m'"):
        load("x\x1b[31m")


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        loads(text, name="x.yaml")
    except DocumentError as error:
        return error.problems or (Problem("none", "an error without problems"),)
    return ()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_with_a_place(name: str) -> None:
    content, expected = HOSTILE[name]
    with pytest.raises(DocumentError) as caught:
        read_all(content)
    assert expected in str(caught.value)
    assert all(each.place is not None for each in caught.value.problems)
    assert len(str(caught.value)) < 30_000
    assert all(each.isprintable() or each == "\n" for each in str(caught.value))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            'summary: "a\\x1b[31mb"',
            "8:10: error[control-character]: 'summary' has the character U+001B",
        ),
        ('summary: "a\\rb"', "8:10: error[control-character]: 'summary' has the character U+000D"),
        ('summary: "\\0"', "8:10: error[control-character]: 'summary' has the character U+0000"),
        (f"summary: {'x' * 4_001}", "8:10: error[bad-length]: 'summary' has 4,001 characters"),
        (
            'sources: {s: {title: S, address: "https://a.org/\\e[31m"}}',
            "8:34: error[control-character]: 'address' has the character U+001B",
        ),
        (
            'sources: {s: {title: S, address: "https://a.org/\\u202eb"}}',
            "8:34: error[control-character]: 'address' has the character U+202E",
        ),
        ("catalogues: [../x.yaml]", "8:1: error[duplicate-key]"),
        ("include: [../x]", "8:11: error[bad-name]"),
        ("include: [/etc/passwd]", "8:11: error[bad-name]"),
        ("include: [x]", "8:11: error[circular-include]: a pathway includes itself: x -> x"),
    ],
)
def test_hostile_values_are_refused(line: str, expected: str) -> None:
    with pytest.raises(DocumentError) as caught:
        loads(f"{HEAD}{line}\n{STATES}", name="x.yaml")
    assert f"x.yaml:{expected}" in str(caught.value)


@pytest.mark.parametrize("number", ["9" * 5_000, "1e9", "0x10", "1_0", "-1", "0", "1.0", " 1", "²"])
def test_hostile_numbers_are_refused(number: str) -> None:
    finding = "findings:\n  n: {title: N, type: number, kind: count, unit: count, range: [0, 9], question: Q}\n"
    with pytest.raises(
        DocumentError, match=r"x.yaml:11:38: error.wrong-shape.: 'n' needs a whole number"
    ):
        loads(
            f"{HEAD}{finding}states:\n  a: {{kind: end, title: A, adds: {{n: '{number}'}}}}\n",
            name="x.yaml",
        )
    with pytest.raises(DocumentError, match=r"x.yaml:9:68: error.wrong-shape.: item 2 of 'range'"):
        loads(f"{HEAD}{finding.replace('9]', repr(f'--{number}') + ']')}{STATES}", name="x.yaml")


@pytest.mark.parametrize(
    "path", ["../x.yaml", "/etc/x.yaml", "a/../../x.yaml", "~/x.yaml", "x.txt", "a b.yaml"]
)
def test_catalogues_cannot_be_elsewhere(path: str, tmp_path: FilePath) -> None:
    text = (HEAD + STATES).replace("[]", f"['{path}']")
    with pytest.raises(
        DocumentError, match=r"6:14: error.bad-value.: .* is not a catalogue; write 'library'"
    ):
        loads(text, folder=tmp_path)


def test_symbolic_links_do_not_lead_out_of_the_folder(tmp_path: FilePath) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.yaml").write_text(HEAD.replace("pathway: x", "pathway: secret") + STATES)
    (inside / "secret.yaml").symlink_to(tmp_path / "secret.yaml")
    (inside / "main.yaml").write_text(
        HEAD.replace("pathway: x", "pathway: main").replace("[]", "[secret.yaml]")
        + "include: [secret]\n"
        + STATES
    )
    with pytest.raises(DocumentError) as caught:
        load(inside / "main.yaml")
    assert [each.code for each in caught.value.problems] == ["unknown-catalogue", "unknown-pathway"]


@pytest.mark.parametrize("name", ["a\0b", "x" * 5_000, "..", ".", "", "/", "no-such", "a/b/c.yaml"])
def test_names_that_are_no_file(name: str) -> None:
    with pytest.raises(PathwayError, match=r"^no pathway|is a folder"):
        load(name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it(tmp_path: FilePath) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD + STATES)
    path.chmod(0)
    with pytest.raises(DocumentError, match=r"error.unreadable-file.: the file cannot be read"):
        load(path)


def test_a_file_that_cannot_be_read(tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD + STATES)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FilePath, "open", refuse)
    with pytest.raises(DocumentError, match=r"1:1: error.unreadable-file.*Permission denied"):
        load(path)


def unfolding(transitions: int, *, name: str = "x") -> str:
    """A small file whose conditions, written out, have about 585 parts for each transition."""
    layers = "".join(
        f"  {name}{i}: at_least(1, {', '.join([f'{name}{i - 1}'] * 8)})\n" for i in range(1, 4)
    )
    ways = "".join(f"      - {{to: end_{name}, when: {name}3}}\n" for _ in range(transitions))
    return (
        f"format: 1\npathway: {name}\ntitle: X\nversion: 1.0.0\nupdated: 2026-11-20\n"
        f"catalogues: []\nstart: begin_{name}\nfindings:\n"
        f"  fever_{name}: {{title: fever, type: yes_no, kind: watch, question: Fever?}}\n"
        f"definitions:\n  {name}0: fever_{name}\n{layers}"
        f"states:\n  begin_{name}:\n    kind: decision\n    title: A\n    choose: first\n"
        f"    next:\n{ways}      - {{to: end_{name}, when: else}}\n"
        f"  end_{name}: {{kind: end, title: B}}\n"
    )


@pytest.mark.parametrize("transitions", [100, 300])
def test_small_files_do_not_grow_huge(transitions: int) -> None:
    """Three definitions of eight each: 1 + 8 + 64 + 512 names written out, and the first ones."""
    text = unfolding(transitions)
    scope = loads(unfolding(1)).scope
    names = [Named("x0"), *[Named(f"x{layer}") for layer in range(1, 4)]]
    bodies = [scope.definitions[each.name].condition for each in names]
    whole = sum(len(list(nodes(expand(each, scope, definitions=True)))) for each in bodies)
    each = len(list(nodes(expand(Named("x3"), scope, definitions=True))))
    fits = (100_000 - whole - 1) // each
    if transitions <= fits:
        assert len(loads(text).ways) == transitions + 1
        return
    with pytest.raises(DocumentError) as caught:
        loads(text, name="x.yaml")
    [problem] = caught.value.problems
    line = text[: text.index("next:")].count("\n") + 2 + fits
    assert problem.code == "condition-too-long"
    assert problem.where == f"states.begin_x.next[{fits}].when"
    assert problem.place is not None
    assert problem.place.line == line


def test_many_small_files_do_not_grow_huge_together(tmp_path: FilePath) -> None:
    for name in ("p", "q"):
        (tmp_path / f"{name}.yaml").write_text(unfolding(130, name=name), encoding="utf-8")
        assert load(tmp_path / f"{name}.yaml").id == name
    text = f"{HEAD}include: [p, q]\n{STATES}"
    with pytest.raises(DocumentError, match=r"8:\d+: error.condition-too-long.: up to here all"):
        loads(text, folder=tmp_path)


def test_thousands_of_faults_are_cut_off() -> None:
    states = "".join(
        f"  s{i}: {{kind: ned, titel: A, next: [{{to: x{i}}}]}}\n" for i in range(3_000)
    )
    with pytest.raises(DocumentError) as caught:
        loads(f"{HEAD}states:\n  a: {{kind: end, title: A}}\n{states}")
    assert len(caught.value.problems) == 101
    assert caught.value.problems[-1].code == "too-many-problems"


FRAGMENTS = st.sampled_from(
    [
        *(
            "a",
            "kind",
            "end",
            ": ",
            ":\n",
            "\n",
            "  ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            '"',
            "|",
            ">",
        ),
        *(
            "&a ",
            "*a",
            "!x ",
            "? ",
            "# ",
            "---",
            "%",
            "@",
            "states",
            "next",
            "to",
            "when",
            "include",
        ),
        *("findings", "range", "title", "rules", "never", "offers", "\t", "é", "\x07", "x > 1"),
    ]
)


@settings(deadline=None)
@given(fragments=st.lists(FRAGMENTS, max_size=40), after=st.booleans())
def test_broken_files_never_crash(fragments: list[str], *, after: bool) -> None:
    noise = "".join(fragments)
    found = problems_of(f"{HEAD}{STATES}{noise}" if after else f"{noise}\n{HEAD}{STATES}")
    assert all(each.place for each in found)


TREES = st.recursive(
    st.none() | st.sampled_from(["a", "1", "else", "x > 1", "[", "yes", "no such", "..", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "title", "next", "to", "when", "a", "A", ""]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(
    key=st.sampled_from(
        [
            "title",
            "states",
            "findings",
            "rules",
            "include",
            "interrupts",
            "sources",
            "treatments",
            "definitions",
            "phases",
            "review",
            "catalogues",
            "start",
            "answers",
            "facts",
            "situations",
        ]
    ),
    tree=TREES,
)
def test_any_shape_under_any_key_never_crashes(key: str, tree: object) -> None:
    base = {
        "format": "1",
        "pathway": "x",
        "title": "X",
        "version": "1.0.0",
        "updated": "2026",
        "catalogues": [],
        "start": "a",
        "states": {"a": {"kind": "end", "title": "A"}},
    }
    found = problems_of(json.dumps({**base, key: tree}))
    assert all(str(each).startswith("x.yaml:1:") for each in found)
