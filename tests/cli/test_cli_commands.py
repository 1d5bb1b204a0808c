"""Every command and every option where all is well: exit code, output, files."""

from __future__ import annotations

import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pathways
from pathways.cli.main import COMMANDS
from pathways.diagrams import PAPERS
from pathways.diagrams.profiles import PRINT_PROFILES
from pathways.version import __version__

Cli = Callable[..., Any]
Json = Callable[[str], Any]

GOLDEN = Path(__file__).parent / "golden"


def size_of_png(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", content[16:24])
    return width, height


# Texts, each as a golden file.

TEXTS = {
    "show": ("show", "sore-knee.yaml"),
    "show-patient": ("show", "sore-knee.yaml", "--reader", "patient"),
    "show-step": ("show", "sore-knee.yaml", "5"),
    "show-step-patient": ("show", "sore-knee.yaml", "how_long", "--reader", "patient"),
    "table-states": ("table", "sore-knee.yaml", "states"),
    "table-transitions": ("table", "sore-knee.yaml", "transitions"),
    "table-findings": ("table", "sore-knee.yaml", "findings"),
    "table-treatments": ("table", "sore-knee.yaml", "treatments"),
    "table-thresholds": ("table", "test-blocks", "thresholds"),
    "table-disagreements": ("table", "test-blocks", "disagreements", "--reader", "patient"),
    "map": ("map", "sore-knee.yaml", "safety"),
    "words-grade": ("words", "sore-knee.yaml", "--grade"),
    "table-markdown": ("table", "sore-knee.yaml", "transitions", "--format", "markdown"),
    "table-csv": ("table", "sore-knee.yaml", "findings", "--format", "csv"),
    "table-json": ("table", "sore-knee.yaml", "states", "--format", "json"),
    "routes": ("routes", "sore-knee.yaml"),
    "routes-interrupts": ("routes", "sore-knee.yaml", "--interrupts"),
    "routes-to": ("routes", "sore-knee.yaml", "--to", "see_clinician", "--most", "1"),
    "routes-from-to": ("routes", "sore-knee.yaml", "--from", "first_care", "--to", "6"),
    "routes-nowhere": ("routes", "sore-knee.yaml", "--from", "6", "--to", "1"),
    "routes-without": ("routes", "sore-knee.yaml", "--without", "arm_exercises"),
    "routes-compare": ("routes", "sore-knee.yaml", "--compare", "sore-knee.yaml"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_what_it_was(cli: Cli, starter: str, golden: Any, name: str) -> None:
    result = cli(*TEXTS[name])
    assert result.code == 0
    assert result.err == ""
    assert result.out.endswith("\n")
    golden(GOLDEN / f"{name}.txt", result.out)


@pytest.mark.parametrize("reader", ["clinician", "patient"])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_words_are_those_of_the_python_interface(
    cli: Cli, starter: str, reader: Any, form: Any
) -> None:
    result = cli("words", starter, "--reader", reader, "--format", form, "--phase", "2")
    pathway = pathways.load(starter)
    view = pathways.View.phase("2")
    assert result.out == pathway.words(view=view, reader=reader, format=form)
    assert result.code == 0


# JSON.

JSON = {
    "list": ("list", "--json"),
    "list-patient": ("list", "--json", "--reader", "patient"),
    "show": ("show", "sore-knee.yaml", "--json"),
    "show-step": ("show", "sore-knee.yaml", "4", "--json"),
    "table": ("table", "sore-knee.yaml", "treatments", "--format", "json"),
    "routes": ("routes", "sore-knee.yaml", "--json"),
    "routes-to": ("routes", "sore-knee.yaml", "--to", "6", "--json"),
    "routes-without": ("routes", "sore-knee.yaml", "--without", "cold_pack", "--json"),
    "routes-compare": ("routes", "sore-knee.yaml", "--compare", "safety", "--json"),
    "schema": ("schema",),
    "schema-catalogue": ("schema", "catalogue"),
}


@pytest.mark.parametrize("name", JSON)
def test_json_parses_and_is_stable(cli: Cli, starter: str, json_of: Json, name: str) -> None:
    first, second = cli(*JSON[name]), cli(*JSON[name])
    assert first == second
    assert first.code == 0
    assert first.err == ""
    assert json_of(first.out)


def test_json_of_list_has_what_the_text_has(cli: Cli, json_of: Json) -> None:
    rows = json_of(cli("list", "--json").out)
    assert [sorted(row) for row in rows] == [
        ["id", "review", "steps", "title", "updated", "version"] for _ in rows
    ]
    assert {"safety", "severe-back-pain"} <= {row["id"] for row in rows}
    text = cli("list")
    assert [line.split()[0] for line in text.out.splitlines()[1:]] == [row["id"] for row in rows]
    assert "not medical advice" in text.err


def test_json_of_a_step(cli: Cli, starter: str, json_of: Json) -> None:
    data = json_of(cli("show", starter, "how_long", "--json").out)
    assert (data["number"], data["name"], data["kind"]) == (4, "how_long", "decision")
    assert [way["to"] for way in data["next"]] == ["first_care", "see_clinician"]


def test_json_of_routes(cli: Cli, starter: str, json_of: Json) -> None:
    data = json_of(cli("routes", starter, "--to", "6", "--json").out)
    assert data["routes"]["total"] == 1
    assert data["shortest"]["route"]["states"] == ["warning_signs", "how_long", "see_clinician"]


# Pictures.

BEGINNINGS = {
    "svg": b"<?xml",
    "png": b"\x89PNG",
    "pdf": b"%PDF",
    "dot": b"digraph",
    "gv": b"digraph",
    "mmd": b"flowchart",
    "mermaid": b"flowchart",
}


@pytest.mark.parametrize("ending", BEGINNINGS)
def test_draw_by_ending(cli: Cli, starter: str, workdir: Path, ending: str) -> None:
    name = f"knee.{ending}"
    result = cli("draw", starter, "-o", name)
    assert (result.code, result.out, result.err) == (0, "", f"wrote {name}\n")
    assert BEGINNINGS[ending] in (workdir / name).read_bytes()[:400]
    assert [path.name for path in workdir.glob(".*")] == []


@pytest.mark.parametrize("wanted", ["svg", "png", "pdf", "dot", "mermaid"])
def test_draw_to_standard_output(cli: Cli, starter: str, workdir: Path, wanted: str) -> None:
    before = sorted(workdir.iterdir())
    result = cli("draw", starter, "--format", wanted, "-o", "-")
    assert result.code == 0
    assert result.err == ""
    assert BEGINNINGS[{"mermaid": "mmd"}.get(wanted, wanted)] in result.raw[:400]
    assert sorted(workdir.iterdir()) == before


def test_draw_without_output_is_named_after_the_pathway(
    cli: Cli, starter: str, workdir: Path
) -> None:
    assert cli("draw", starter).err == "wrote sore-knee.svg\n"
    assert cli("draw", starter, "--format", "mermaid").err == "wrote sore-knee.mmd\n"
    assert (workdir / "sore-knee.svg").is_file()
    assert (workdir / "sore-knee.mmd").is_file()


def test_format_goes_before_the_ending(cli: Cli, starter: str, workdir: Path) -> None:
    assert cli("draw", starter, "--format", "png", "-o", "picture.bin").code == 0
    assert (workdir / "picture.bin").read_bytes().startswith(b"\x89PNG")


def test_draw_from_standard_input(cli: Cli, starter: str, workdir: Path) -> None:
    text = (workdir / starter).read_bytes()
    from_file = cli("draw", starter, "-o", "-")
    assert cli("draw", "-", "-o", "-", stdin=text).raw == from_file.raw


def test_an_svg_is_well_formed_and_says_what_it_shows(cli: Cli, starter: str) -> None:
    root = ET.fromstring(cli("draw", starter, "-o", "-").out)
    assert root.tag.endswith("svg")
    text = "".join(root.itertext())
    assert "Emergency care now" in text
    assert "not medical advice" in text


def test_themes_differ(cli: Cli, starter: str) -> None:
    default = cli("draw", starter, "-o", "-").out
    assert cli("draw", starter, "--theme", "default", "-o", "-").out == default
    assert cli("draw", starter, "--theme", "print", "-o", "-").out != default


def test_readers_get_their_own_words(cli: Cli, starter: str) -> None:
    clinician = cli("draw", starter, "--format", "mermaid", "-o", "-").out
    patient = cli("draw", starter, "--format", "mermaid", "-o", "-", "--reader", "patient").out
    assert "Clinical review" in clinician
    assert "See your clinician" in patient
    assert "See your clinician" not in clinician


def test_dpi_scales_a_png(cli: Cli, starter: str) -> None:
    small = cli("draw", starter, "--format", "png", "--dpi", "72", "-o", "-").raw
    large = cli("draw", starter, "--format", "png", "--dpi", "144", "-o", "-").raw
    for one, two in zip(size_of_png(small), size_of_png(large), strict=True):
        assert two == pytest.approx(2 * one, abs=4)


@pytest.mark.parametrize(
    ("options", "shown", "hidden"),
    [
        (("--phase", "care"), "First care", "Care in hospital"),
        (("--phase", "2"), "First care", "Care in hospital"),
        (("--around", "hospital", "--steps", "1"), "Emergency care now", "First care"),
        (("--around", "3", "--steps", "1"), "Emergency care now", "First care"),
        (("--to", "hospital"), "Emergency care now", "First care"),
        (("--to", "6", "--from", "4"), "Clinical review", "Care in hospital"),
    ],
)
@pytest.mark.parametrize("command", ["draw", "words"])
def test_views_show_a_part(
    cli: Cli, starter: str, command: str, options: tuple[str, ...], shown: str, hidden: str
) -> None:
    form = ("--format", "mermaid", "-o", "-") if command == "draw" else ()
    result = cli(command, starter, *form, *options)
    assert result.code == 0
    # A step that is not shown may still be named where a way leaves the part.
    assert shown in result.out
    assert not re.search(rf"^Step \d+\. {hidden}", result.out, flags=re.MULTILINE)


def test_around_takes_two_steps_unless_told(cli: Cli, starter: str) -> None:
    two = cli("words", starter, "--around", "3", "--steps", "2").out
    assert cli("words", starter, "--around", "3").out == two
    assert cli("words", starter, "--around", "3", "--steps", "1").out != two


def test_highlight_marks_steps_and_ways(cli: Cli, starter: str) -> None:
    plain = cli("draw", starter, "-o", "-").out
    by_number = cli("draw", starter, "--highlight", "4", "-o", "-").out
    by_name = cli("draw", starter, "--highlight", "how_long", "-o", "-").out
    way = cli("draw", starter, "--highlight", "4/2", "-o", "-").out
    both = cli("draw", starter, "--highlight", "4", "--highlight", "4/2", "-o", "-").out
    assert by_number == by_name
    assert len({plain, by_number, way, both}) == 4


def test_highlighting_one_way_and_the_other_differ(cli: Cli, starter: str) -> None:
    pictures = {cli("draw", starter, "--highlight", f"4/{n}", "-o", "-").out for n in (1, 2)}
    assert len(pictures) == 2


def test_words_go_to_a_file(cli: Cli, starter: str, workdir: Path) -> None:
    printed = cli("words", starter).out
    result = cli("words", starter, "-o", "knee.txt")
    assert (result.code, result.out, result.err) == (0, "", "wrote knee.txt\n")
    assert (workdir / "knee.txt").read_text(encoding="utf-8") == printed
    assert cli("words", starter, "-o", "-").out == printed


# Tables.


@pytest.mark.parametrize("table", ["states", "transitions", "findings", "treatments"])
def test_the_forms_of_a_table_have_the_same_rows(
    cli: Cli, starter: str, json_of: Json, table: str
) -> None:
    records = json_of(cli("table", starter, table, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(cli("table", starter, table, "--format", "csv").out)))
    text = cli("table", starter, table).out.splitlines()
    markdown = cli("table", starter, table, "--format", "markdown").out.splitlines()
    assert len(records) == len(rows) == len(text) - 1 == len(markdown) - 2 > 0
    assert [list(record) for record in records] == [list(row) for row in rows]


def test_a_table_without_rows(cli: Cli, workdir: Path) -> None:
    lines = (
        "format: 1",
        "pathway: short",
        "title: Short",
        "version: 0.1.0",
        "updated: 2026-01-31",
        "start: begin",
        "states:",
        "  begin: {kind: clinical_state, title: Begin, next: [{to: done}]}",
        "  done: {kind: end, title: Done}",
    )
    (workdir / "short.yaml").write_text("\n".join(lines), encoding="utf-8")
    for form in ("text", "csv", "json", "markdown"):
        result = cli("table", "short.yaml", "treatments", "--format", form)
        assert (result.code, result.err) == (0, "")
        assert "Begin" not in result.out


# A file to start from, the schema, the demo.


def test_new_writes_a_file_that_draws(cli: Cli, workdir: Path) -> None:
    result = cli("new", "sore-elbow")
    assert result.code == 0
    assert result.out == ""
    assert result.err == "wrote sore-elbow.yaml\nnext: pathways draw sore-elbow.yaml\n"
    assert "pathway: sore-elbow " in (workdir / "sore-elbow.yaml").read_text(encoding="utf-8")
    assert cli("draw", "sore-elbow.yaml").err == "wrote sore-elbow.svg\n"


def test_new_to_another_place_and_by_force(cli: Cli, workdir: Path) -> None:
    (workdir / "mine.yaml").write_text("old", encoding="utf-8")
    result = cli("new", "sore-elbow", "-o", "mine.yaml", "--force")
    assert result.code == 0
    assert "pathway: sore-elbow " in (workdir / "mine.yaml").read_text(encoding="utf-8")
    assert "next: pathways draw mine.yaml" in result.err


def test_new_to_standard_output(cli: Cli, workdir: Path) -> None:
    result = cli("new", "sore-elbow", "-o", "-")
    assert "pathway: sore-elbow " in result.out
    assert result.err == ""
    assert list(workdir.iterdir()) == []


@pytest.mark.parametrize("name", ["pathway", "catalogue"])
def test_schema_to_a_file(cli: Cli, workdir: Path, json_of: Json, name: str) -> None:
    printed = cli("schema", name).out
    result = cli("schema", name, "-o", "schema.json")
    assert (result.out, result.err) == ("", "wrote schema.json\n")
    assert (workdir / "schema.json").read_text(encoding="utf-8") == printed
    assert "$schema" in json_of(printed)


def test_schema_without_name_is_that_of_a_pathway(cli: Cli) -> None:
    assert cli("schema").out == cli("schema", "pathway").out


def test_demo_draws_into_a_folder_and_says_what_to_open(cli: Cli, workdir: Path) -> None:
    result = cli("demo", "my folder")
    assert (result.code, result.out) == (0, "")
    files = {path.name for path in (workdir / "my folder").iterdir()}
    assert {
        "index.html",
        "severe-back-pain.svg",
        "severe-back-pain.png",
        "severe-back-pain.pdf",
        "severe-back-pain-words-patient.txt",
        *(
            f"severe-back-pain-{profile}-{paper}.pdf"
            for profile in PRINT_PROFILES
            for paper in PAPERS
        ),
    } <= files
    named = [
        line.split("   ")[0].strip() for line in result.err.splitlines() if line.startswith("  ")
    ]
    commands = [name for name in named if name.startswith("pathways ")]
    opened = [name for name in named if name not in commands]
    assert len(opened) >= 2
    assert all((workdir / name).is_file() for name in opened)
    assert all(cli(*name.split()[1:]).code == 0 for name in commands)
    assert "not medical advice" in result.err


# The program itself.


def test_no_command_prints_help(cli: Cli) -> None:
    assert cli() == cli("--help")


def test_version(cli: Cli) -> None:
    assert cli("--version").out == f"pathways {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(cli: Cli, command: str) -> None:
    result = cli(command, "--help")
    assert (result.code, result.err) == (0, "")
    assert f"usage: pathways {command}" in result.out
    assert "example" in result.out
    assert "--debug" in result.out
    assert cli(command, "-h") == result


def test_help_names_every_command(cli: Cli) -> None:
    named = re.findall(r"^ {4}(\w+)", cli("--help").out, flags=re.MULTILINE)
    assert named == list(COMMANDS)
