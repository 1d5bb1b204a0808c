"""``pathways handout``: what is written and where, options that do not go together, many records."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image

import pathways
from pathways.handouts.clinic import Clinic, ReadClinic
from pathways.handouts.templates import FILES
from tests.cli.conftest import Cli, bare_environment

SAFETY = ("handout", "safety")
BACK = ("handout", "severe-back-pain")
SIGNS = {
    ".pdf": b"%PDF-",
    ".html": b"<!DOCTYPE html>",
    ".htm": b"<!DOCTYPE html>",
    ".docx": b"PK\x03\x04",
    ".md": b"# Check these signs first",
}
BAD_RECORD = "record: x\nrecorded: 2026-11-25\nfindings:\n  pain_nw: 7\n"
GOOD_RECORD = "record: {name}\nrecorded: 2026-11-25\nfindings: {{back_tight: yes}}\n"


def files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


# Formats.


@pytest.mark.parametrize("ending", SIGNS)
def test_the_ending_gives_the_format(cli: Cli, workdir: Path, ending: str) -> None:
    result = cli(*SAFETY, "-o", f"signs{ending}")
    assert (result.code, result.out, result.err) == (0, "", f"wrote signs{ending}\n")
    assert (workdir / f"signs{ending}").read_bytes().startswith(SIGNS[ending])
    assert files(workdir) == [f"signs{ending}"]


@pytest.mark.parametrize(
    ("format", "ending"), [("pdf", ".pdf"), ("html", ".html"), ("markdown", ".md")]
)
def test_a_format_that_is_asked_for_comes_before_the_ending(
    cli: Cli, workdir: Path, format: str, ending: str
) -> None:
    assert cli(*SAFETY, "--format", format, "-o", "signs.txt").code == 0
    assert (workdir / "signs.txt").read_bytes().startswith(SIGNS[ending])
    asked = cli(*SAFETY, "--format", format, "-o", "-")
    assert (asked.code, asked.err) == (0, "")
    assert asked.raw == (workdir / "signs.txt").read_bytes()


def test_several_files_from_one_call(cli: Cli, workdir: Path) -> None:
    result = cli(*SAFETY, "-o", "a.md", "-o", "b.html", "-o", "c.pdf")
    assert (result.code, result.out) == (0, "")
    assert result.err == "wrote a.md\nwrote b.html\nwrote c.pdf\n"
    care = pathways.load("safety").handout()
    assert (workdir / "a.md").read_text(encoding="utf-8") == care.markdown()
    assert (workdir / "b.html").read_text(encoding="utf-8") == care.html()
    assert (workdir / "c.pdf").read_bytes() == care.pdf()


def test_without_a_name_it_is_a_pdf_named_after_the_pathway(cli: Cli, workdir: Path) -> None:
    result = cli(*SAFETY)
    assert (result.code, result.err) == (0, "wrote safety.pdf\n")
    assert (workdir / "safety.pdf").read_bytes().startswith(b"%PDF-")


def test_standard_output_is_a_pdf_and_nothing_else(cli: Cli, workdir: Path) -> None:
    result = cli(*SAFETY, "-o", "-")
    assert (result.code, result.err, files(workdir)) == (0, "", [])
    assert result.raw == pathways.load("safety").handout().pdf()


@pytest.mark.parametrize("ending", SIGNS)
def test_the_same_call_gives_the_same_bytes(cli: Cli, workdir: Path, ending: str) -> None:
    for name in ("one", "other"):
        options = ("--record", "seed-000", "--with-person", "--for", "visit")
        assert cli(*BACK, *options, "-o", f"{name}{ending}").code == 0
    assert (workdir / f"one{ending}").read_bytes() == (workdir / f"other{ending}").read_bytes()


# What it is about, and for whom.


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--for", "clinician"), "## Open questions for the reviewer"),
        (("--for", "visit"), "## What I have had so far"),
        (("--phase", "1"), "## Part 1. Check these signs first"),
        (("--leave-out", "differ"), "## What is going on"),
    ],
)
def test_whom_it_is_for_and_what_it_is_about(
    cli: Cli, options: tuple[str, ...], words: str
) -> None:
    page = cli(*SAFETY, *options, "--format", "markdown", "-o", "-").out
    assert words in page
    assert ("## Where experts differ" in page) == ("--phase" in options)


def test_a_treatment_and_a_patient(cli: Cli) -> None:
    page = cli(*BACK, "--treatment", "acupuncture", "--format", "markdown", "-o", "-").out
    assert page.startswith("# Acupuncture\n")
    unasked = cli(*BACK, "--record", "seed-000", "--format", "markdown", "-o", "-").out
    asked = cli(
        *BACK, "--record", "seed-000", "--with-person", "--format", "markdown", "-o", "-"
    ).out
    assert "## Where you are" in unasked
    assert "About you:" not in unasked
    assert "About you:" in asked


def test_paper_and_profile(cli: Cli, workdir: Path) -> None:
    sizes = {}
    for paper in ("a4", "letter"):
        for profile in ("standard", "large-print"):
            name = f"{paper}-{profile}.pdf"
            assert cli(*SAFETY, "--paper", paper, "--profile", profile, "-o", name).code == 0
            pages = pypdfium2.PdfDocument(workdir / name)
            sizes[paper, profile] = (tuple(round(each) for each in pages[0].get_size()), len(pages))
    assert {each for (paper, _), (each, _) in sizes.items() if paper == "a4"} == {(595, 842)}
    assert {each for (paper, _), (each, _) in sizes.items() if paper == "letter"} == {(612, 792)}
    assert sizes["a4", "large-print"][1] > sizes["a4", "standard"][1]


def test_the_clinics_file_and_its_faults(cli: Cli, workdir: Path) -> None:
    (workdir / "clinic.yaml").write_text("name: Riverside Clinic\ncountry: GB\n", encoding="utf-8")
    page = cli(*SAFETY, "--clinic", "clinic.yaml", "--format", "html", "-o", "-").out
    read = ReadClinic(Clinic(name="Riverside Clinic", country="GB"))
    assert page == pathways.load("safety").handout(clinic=read).html()
    (workdir / "clinic.yaml").write_text("name: x\ncolour: red\n", encoding="utf-8")
    result = cli(*SAFETY, "--clinic", "clinic.yaml", "-o", "x.pdf")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "clinic.yaml:2:9: error[bad-value]: 'colour' cannot be 'red': write # and six digits, "
        "such as #1F4E79\n1 problem found\n"
    )
    assert files(workdir) == ["clinic.yaml"]


# Wrong use.

TWO = ("--record", "seed-000", "--record", "age-17")

WRONG = [
    (("--with-person",), "--with-person goes with --record"),
    (("--on", "2026-11-25"), "--on goes with --record"),
    (("--json",), "--json goes with --check"),
    (("--width", "100"), "--width goes with --pictures"),
    (("--dpi", "100"), "--dpi goes with --pictures"),
    (("--picture-format", "png"), "--picture-format goes with --pictures"),
    (("--check", "-o", "x.pdf"), "--check writes nothing; leave out -o and --pictures"),
    (("--check", "--pictures", "p"), "--check writes nothing; leave out -o and --pictures"),
    (
        ("--record", "seed-000"),
        "--record needs -o: a patient's handout is written only where you say",
    ),
    (
        ("--phase", "1", "--treatment", "mri"),
        "argument --treatment: not allowed with argument --phase",
    ),
    (
        ("--record", "seed-000", "--phase", "1", "-o", "x.pdf"),
        "argument --phase: not allowed with argument --record",
    ),
    ((*TWO, "-o", "-"), "several records need one -o: the folder to write to"),
    ((*TWO, "-o", "a", "-o", "b"), "several records need one -o: the folder to write to"),
    ((*TWO, "--check"), "--pictures and --check go with one record"),
    ((*TWO, "--pictures", "p"), "--pictures and --check go with one record"),
    ((*TWO, "-o", "a", "--pictures", "p"), "--pictures and --check go with one record"),
    (
        ("--dpi", "20", "--pictures", "p"),
        "argument --dpi: a whole number from 36 to 600 is needed, not '20'",
    ),
    (
        ("--dpi", "601", "--pictures", "p"),
        "argument --dpi: a whole number from 36 to 600 is needed, not '601'",
    ),
    (
        ("--width", "59", "--pictures", "p"),
        "argument --width: millimetres from 60 to 400 are needed, not '59'",
    ),
    (
        ("--width", "10.5", "--pictures", "p"),
        "argument --width: millimetres from 60 to 400 are needed, not '10.5'",
    ),
    (("--profile", "large"), "--profile cannot be 'large'; did you mean 'large-print'?"),
    (("--for", "visits"), "--for cannot be 'visits'; did you mean 'visit'?"),
    (("--format", "docs"), "--format cannot be 'docs'; did you mean 'docx'?"),
    (
        ("--on", "1.1.2026", "--record", "seed-000"),
        "argument --on: a day such as 2026-11-25 is needed, not '1.1.2026'",
    ),
]


@pytest.mark.parametrize(("options", "message"), WRONG, ids=[" ".join(each) for each, _ in WRONG])
def test_options_that_do_not_go_together(
    cli: Cli, workdir: Path, options: tuple[str, ...], message: str
) -> None:
    result = cli(*SAFETY, *options)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"pathways handout: {message}\nTry 'pathways handout --help'.\n"
    assert list(workdir.iterdir()) == []


def test_two_things_cannot_come_from_one_input(cli: Cli) -> None:
    result = cli("handout", "-", "--record", "-", "-o", "x.pdf")
    assert result.code == 2
    assert "the pathway and the record cannot both come from standard input" in result.err


UNKNOWN = [
    (("safty",), "no pathway or file 'safty'; did you mean 'safety'?"),
    (("safety", "--phase", "safty"), "no phase 'safty'; did you mean 'safety'?"),
    (
        ("severe-back-pain", "--treatment", "acupunctur"),
        "no treatment of this pathway 'acupunctur'; did you mean 'acupuncture'?",
    ),
    (
        ("severe-back-pain", "--treatment", "acupunctur", "--for", "visit"),
        "no treatment of this pathway 'acupunctur'; did you mean 'acupuncture'?",
    ),
    (
        ("safety", "--leave-out", "questons"),
        "no section that can be left out 'questons'; did you mean 'questions'?",
    ),
    (
        ("safety", "-o", "x.odt"),
        "no ending of handouts '.odt'; known: '.docx', '.htm', '.html', '.md', '.pdf'",
    ),
    (
        ("safety", "-o", "x"),
        "no ending of handouts 'x'; known: '.docx', '.htm', '.html', '.md', '.pdf'",
    ),
    (
        ("severe-back-pain", "--record", "sed-000", "-o", "x.pdf"),
        "no record file or example 'sed-000'; did you mean 'seed-000'?",
    ),
    (
        ("safety", "--templates", "."),
        f"there is no template in the folder '.'; it has one or more of these: {', '.join(FILES)}",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), UNKNOWN, ids=[" ".join(e) for e, _ in UNKNOWN])
def test_an_unknown_name_is_said_with_the_nearest(
    cli: Cli, workdir: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = cli("handout", *arguments)
    assert (result.code, result.out, result.err) == (2, "", f"pathways: {message}\n")
    assert list(workdir.iterdir()) == []


def test_leaving_out_the_emergency_box_is_refused(cli: Cli, workdir: Path) -> None:
    result = cli(*SAFETY, "--leave-out", "emergency")
    assert result.code == 2
    assert result.err.startswith("pathways: no section that can be left out 'emergency'; known: ")
    assert list(workdir.iterdir()) == []


@pytest.mark.parametrize(
    ("output", "reason"),
    [("nowhere/x.pdf", "No such file or directory"), ("file/x.pdf", "Not a directory")],
)
def test_a_file_that_cannot_be_written(cli: Cli, workdir: Path, output: str, reason: str) -> None:
    (workdir / "file").write_text("kept", encoding="utf-8")
    result = cli(*SAFETY, "-o", output)
    assert (result.code, result.out, result.err) == (2, "", f"pathways: '{output}': {reason}\n")
    assert files(workdir) == ["file"]


@pytest.mark.parametrize("options", [("--pictures", "file"), (*TWO, "-o", "file")])
def test_a_folder_that_is_a_file(cli: Cli, workdir: Path, options: tuple[str, ...]) -> None:
    (workdir / "file").write_text("kept", encoding="utf-8")
    result = cli(*BACK, *options)
    assert (result.code, result.out, result.err) == (2, "", "pathways: 'file': File exists\n")
    assert (workdir / "file").read_text(encoding="utf-8") == "kept"


# --check.


def test_check_says_what_it_measures_and_writes_nothing(cli: Cli, workdir: Path) -> None:
    result = cli(*SAFETY, "--check")
    assert (result.code, result.err, files(workdir)) == (0, "", [])
    lines = result.out.splitlines()
    assert re.fullmatch(
        r"Check these signs first: [\d,]+ words, reading grade Flesch-Kincaid \d+\.\d, "
        r"Automated Readability Index \d+\.\d",
        lines[0],
    )
    assert lines[1] == "smallest type 12 points in text"
    assert lines[-1] == "passes"
    assert sum(line.strip().startswith(("yes", "no", "not")) for line in lines) >= 10


def test_check_as_data(cli: Cli, json_of: Callable[[str], Any]) -> None:
    found = json_of(cli(*SAFETY, "--check", "--json").out)
    made = pathways.load("safety").handout()
    assert list(found) == ["problems", "quality"]
    assert found["problems"] == []
    assert found["quality"]["words"] == made.quality.words
    assert len(found["quality"]["items"]) == len(made.quality.items)


def test_check_of_what_does_not_pass(
    cli: Cli, workdir: Path, json_of: Callable[[str], Any]
) -> None:
    hard = "Multidisciplinary biopsychosocial rehabilitation incorporating individualised reeducation. "
    (workdir / "clinic.yaml").write_text(
        f"extra:\n  - {{title: Ours, text: {hard * 20}, after: questions}}\n", encoding="utf-8"
    )
    options = ("--clinic", "clinic.yaml", "--check")
    result = cli(*SAFETY, *options)
    assert result.code == 1
    assert result.out.endswith("\ndoes not pass\n")
    problems = re.findall(r"^ +problem  (.+)$", result.out, re.MULTILINE)
    assert problems
    as_data = cli(*SAFETY, *options, "--json")
    assert as_data.code == 1
    assert json_of(as_data.out)["problems"] == problems


# Pictures.


def test_pictures_stand_beside_their_words(cli: Cli, workdir: Path) -> None:
    result = cli(*SAFETY, "--pictures", "p", "--picture-format", "svg", "--picture-format", "pdf")
    figures = pathways.load("safety").handout().figures
    assert (result.code, result.out) == (0, "")
    assert result.err == f"wrote {3 * len(figures)} files to p\n"
    expected = [f"p/{each.name}.{end}" for each in figures for end in ("pdf", "svg", "txt")]
    assert files(workdir) == sorted(expected)
    for each in figures:
        words = (workdir / "p" / f"{each.name}.txt").read_text(encoding="utf-8")
        assert words.startswith(f"{each.caption}\n\n{each.alt}\n\n")
        assert all(line in words for line in each.words)
        assert (workdir / "p" / f"{each.name}.svg").read_text("utf-8") == each.picture.svg
        assert (workdir / "p" / f"{each.name}.pdf").read_bytes().startswith(b"%PDF-")


def test_dots_per_inch_change_the_pixels_of_a_png(cli: Cli, workdir: Path) -> None:
    for dpi in ("72", "144", None):
        options = ("--dpi", dpi) if dpi else ()
        picture = ("--pictures", f"p{dpi}", "--picture-format", "png")
        assert cli(*SAFETY, *picture, *options).code == 0
    sizes = {}
    for dpi in ("72", "144", None):
        with Image.open(workdir / f"p{dpi}" / "picture-1.png") as image:
            sizes[dpi] = image.size
    figure = pathways.load("safety").handout().figures[0]
    for dpi, (wide, high) in sizes.items():
        scale = int(dpi or 200) / 72
        assert abs(wide - figure.picture.width * scale) <= 2
        assert abs(high - figure.picture.height * scale) <= 2


def test_a_width_changes_the_pictures_and_not_their_type(cli: Cli, workdir: Path) -> None:
    widths = {}
    for millimetres in (100, 170, 250):
        name = f"p{millimetres}"
        assert cli(*SAFETY, "--pictures", name, "--width", str(millimetres)).code == 0
        root = ElementTree.fromstring((workdir / name / "picture-1.svg").read_text("utf-8"))
        sizes = re.findall(
            r'font-size="?:? ?([0-9.]+)', (workdir / name / "picture-1.svg").read_text()
        )
        widths[millimetres] = float(re.sub("[a-z]+$", "", root.attrib["width"]))
        assert widths[millimetres] <= millimetres * 72 / 25.4 + 0.5
        assert not sizes or min(map(float, sizes)) >= 12
    assert widths[100] < widths[170] < widths[250]
    assert widths[250] > 200 * 72 / 25.4


def test_pictures_and_a_file_in_one_call(cli: Cli, workdir: Path) -> None:
    result = cli(*BACK, "--record", "seed-000", "--pictures", "p", "-o", "x.md")
    assert result.code == 0
    assert "x.md" in files(workdir)
    alone = cli(*BACK, "--record", "seed-000", "--pictures", "q")
    assert alone.code == 0
    assert [each for each in files(workdir) if each.startswith("q/")] == [
        each.replace("p/", "q/") for each in files(workdir) if each.startswith("p/")
    ]


# Many records.


def test_several_records_give_numbered_files_and_say_which_is_whose(
    cli: Cli, workdir: Path
) -> None:
    result = cli(*BACK, *TWO, "-o", "out", "--format", "html")
    assert result.code == 0
    assert result.out == "out/handout-001.html\tseed-000\nout/handout-002.html\tage-17\n"
    assert result.err == "wrote 2 handouts to out\n"
    assert files(workdir) == ["out/handout-001.html", "out/handout-002.html"]
    single = cli(*BACK, "--record", "age-17", "--format", "html", "-o", "-")
    assert (workdir / "out" / "handout-002.html").read_bytes() == single.raw


def test_a_folder_of_records_is_taken_in_order(cli: Cli, workdir: Path) -> None:
    (workdir / "records").mkdir()
    for name in ("b", "a", "c"):
        record = GOOD_RECORD.format(name=f"person-{name}")
        (workdir / "records" / f"{name}.yaml").write_text(record, encoding="utf-8")
    (workdir / "records" / "notes.txt").write_text("no record", encoding="utf-8")
    result = cli(*BACK, "--record", "records", "--on", "2026-11-25", "-o", "out")
    assert result.code == 0
    assert result.out.splitlines() == [
        f"out/handout-00{number}.pdf\trecords/{name}.yaml"
        for number, name in enumerate("abc", start=1)
    ]
    assert all(
        (workdir / "out" / f"handout-00{number}.pdf").read_bytes().startswith(b"%PDF-")
        for number in (1, 2, 3)
    )
    assert not any("person" in each for each in files(workdir / "out"))


def test_a_folder_with_a_bad_record_writes_nothing_and_names_it(cli: Cli, workdir: Path) -> None:
    (workdir / "records").mkdir()
    good = GOOD_RECORD.format(name="person")
    for name, content in (("a", good), ("b", BAD_RECORD), ("c", good)):
        (workdir / "records" / f"{name}.yaml").write_text(content, encoding="utf-8")
    result = cli(*BACK, "--record", "records", "--on", "2026-11-25", "-o", "out")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(
        "records/b.yaml:4:3: error[unknown-finding]: no finding 'pain_nw'; did you mean 'pain_now'"
    )
    assert not (workdir / "out").exists()


def test_one_unknown_record_among_several_writes_nothing(cli: Cli, workdir: Path) -> None:
    result = cli(*BACK, "--record", "seed-000", "--record", "age-71", "-o", "out")
    assert (result.code, result.out) == (2, "")
    assert result.err == "pathways: no record file or example 'age-71'; did you mean 'age-17'?\n"
    assert list(workdir.iterdir()) == []


def test_a_folder_without_records_is_named(cli: Cli, workdir: Path) -> None:
    (workdir / "records").mkdir()
    result = cli(*BACK, "--record", "records", "-o", "out")
    assert result.code == 2
    assert "there is no record in that folder: .yaml, .yml or .json" in result.err
    assert not (workdir / "out").exists()


def test_progress_is_shown_on_a_terminal_and_nowhere_else(workdir: Path) -> None:
    command = [sys.executable, "-m", "pathways", *BACK, *TWO, "-o", "out", "--format", "markdown"]
    piped = subprocess.run(
        command, capture_output=True, check=True, cwd=workdir, env=bare_environment()
    )
    assert piped.stderr.decode() == "wrote 2 handouts to out\n"
    shown, out = _on_a_terminal(command, workdir)
    assert "\rhandout 1 of 2" in shown
    assert "\rhandout 2 of 2\r\n" in shown
    assert out == piped.stdout


def _on_a_terminal(command: list[str], folder: Path) -> tuple[str, bytes]:
    """Return what a command says on a terminal, and what it gives elsewhere."""
    mine, theirs = pty.openpty()
    env = bare_environment()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, check=True, cwd=folder, env=env
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            more = os.read(mine, 4096)
        except OSError:
            break
        if not more:
            break
        said += more
    os.close(mine)
    return said.decode("utf-8"), done.stdout
