"""``pathways place``: texts, plain data, files, what it reads, and every wrong use."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pathways.cli.place_source import FHIR_RECORD, day
from pathways.cli.place_text import ENDINGS
from pathways.placed import Placed
from pathways.records.examples import example_files
from tests.conftest import Golden

Cli = Callable[..., Any]
Json = Callable[[str], Any]

GOLDEN = Path(__file__).parent / "golden"
EXAMPLE = example_files()["seed-000"]

RECORD = """\
record: someone
recorded: 2026-11-20
findings:
  pain_now: 7
  rf_fever: no
"""


@pytest.fixture
def record(workdir: Path) -> str:
    (workdir / "someone.yaml").write_text(RECORD, encoding="utf-8")
    return "someone.yaml"


def words(text: str) -> str:
    return " ".join(text.split())


# Texts.

WITH = (
    "--to",
    "surgery_options",
    "--without",
    "acupuncture:distance",
    "--without",
    "mri:not_covered",
)
TEXTS = {
    "place-patient": ("seed-000", *WITH),
    "place-clinician": ("seed-000", *WITH, "--reader", "clinician"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_what_it_was(cli: Cli, golden: Golden, name: str) -> None:
    result = cli("place", *TEXTS[name])
    assert (result.code, result.err) == (0, "")
    golden(GOLDEN / f"{name}.txt", result.out)


def test_the_reader_is_the_patient_unless_told(cli: Cli) -> None:
    assert cli("place", "seed-000").out == cli("place", "seed-000", "--reader", "patient").out
    assert cli("place", "seed-000").out != cli("place", "seed-000", "--reader", "clinician").out


def test_emergency_signs_come_before_everything_else(cli: Cli) -> None:
    out = cli("place", "seed-000", "--to", "surgery_options", "--without", "mri").out
    first = out.index("First check these signs")
    for heading in (
        "Where you are",
        "What could be next",
        "If you could not have",
        "What comes before",
    ):
        assert first < out.index(heading)
    emergency = cli("place", "seed-000-new-saddle-numbness").out
    assert emergency.index("emergency help now") < emergency.index("Where you are")


def test_an_example_is_read_on_its_own_day(cli: Cli, json_of: Json) -> None:
    assert json_of(cli("place", "seed-000", "--json").out)["on"] == "2026-11-25"
    later = json_of(cli("place", "seed-000", "--on", "2027-01-02", "--json").out)
    assert later["on"] == "2027-01-02"


def test_examples_are_listed_with_whom_they_are_about(cli: Cli, json_of: Json) -> None:
    result = cli("place", "--examples")
    assert (result.code, result.err) == (0, "")
    names = [line.split()[0] for line in result.out.splitlines()[1:]]
    assert names == list(example_files())
    rows = json_of(cli("place", "--examples", "--json").out)
    assert [row["example"] for row in rows] == names
    assert all(row["about"] and row["about"] in result.out for row in rows)


def test_an_old_no_to_a_warning_sign_is_asked_again(cli: Cli, record: str) -> None:
    fever = "Do you have a fever or chills"
    arguments = ("place", record, "severe-back-pain", "--on")
    assert fever not in words(cli(*arguments, "2026-11-20").out)
    assert fever in words(cli(*arguments, "2027-11-20").out)


# Which pathways.


def test_a_pathway_by_name_or_as_a_file(cli: Cli, record: str, starter: str, json_of: Json) -> None:
    data = json_of(cli("place", record, "safety", starter, "--on", "2026-11-20", "--json").out)
    assert [each["pathway"] for each in data["pathways"]] == ["safety", "sore-knee"]
    assert data["also_concerns"] == []


def test_the_first_in_full_and_the_others_in_one_line_each(
    cli: Cli, record: str, json_of: Json
) -> None:
    arguments = ("place", record, "--on", "2026-11-20")
    data = json_of(cli(*arguments, "--json").out)
    assert [each["pathway"] for each in data["pathways"]] == ["severe-back-pain"]
    others = [each["pathway"] for each in data["also_concerns"]]
    assert others
    assert "safety" not in others
    lines = cli(*arguments).out.splitlines()[-2 * len(others) :]
    titles = [each["title"] for each in data["also_concerns"]]
    for name, title, line, see in zip(others, titles, lines[::2], lines[1::2], strict=True):
        assert line == f"This chart may also be about you: {title} (step 1)."
        assert see == f"  To see it: pathways place {record} {name}"
    clinician = cli(*arguments, "--reader", "clinician").out
    assert "This pathway may also concern the person: " in clinician


def test_a_file_names_further_charts_without_commands(cli: Cli, record: str, workdir: Path) -> None:
    for ending in ("txt", "md"):
        cli("place", record, "--on", "2026-11-20", "-o", f"mine.{ending}")
        text = (workdir / f"mine.{ending}").read_text(encoding="utf-8")
        assert "This chart may also be about you: " in text
        assert "pathways place" not in text
        assert record not in text


def test_all_are_answered_in_full_when_asked(cli: Cli, record: str, json_of: Json) -> None:
    arguments = ("place", record, "--on", "2026-11-20")
    few, full = (
        json_of(cli(*arguments, "--json").out),
        json_of(cli(*arguments, "--all", "--json").out),
    )
    assert [each["pathway"] for each in full["pathways"]] == [
        *(each["pathway"] for each in few["pathways"]),
        *(each["pathway"] for each in few["also_concerns"]),
    ]
    assert full["also_concerns"] == []
    text = cli(*arguments, "--all").out
    assert all(each["title"] in text for each in full["pathways"])


def test_what_surely_concerns_the_person_comes_first(
    cli: Cli, workdir: Path, json_of: Json
) -> None:
    text = f"{RECORD}  pain_pattern: joint\n"
    (workdir / "joint.yaml").write_text(text, encoding="utf-8")
    data = json_of(cli("place", "joint.yaml", "--on", "2026-11-20", "--json").out)
    assert data["pathways"][0]["pathway"] == "facet-joint-pain"
    assert data["pathways"][0]["concerns"] == "certain"
    assert "severe-back-pain" in [each["pathway"] for each in data["also_concerns"]]


def test_a_record_names_its_pathways_and_its_place_wins(
    cli: Cli, workdir: Path, json_of: Json
) -> None:
    text = f"{RECORD}pathways: [safety]\nat: {{pathway: facet-joint-pain, state: warning_signs}}\n"
    (workdir / "named.yaml").write_text(text, encoding="utf-8")
    data = json_of(cli("place", "named.yaml", "--on", "2026-11-20", "--json").out)
    names = [each["pathway"] for each in (*data["pathways"], *data["also_concerns"])]
    assert names == ["facet-joint-pain", "safety"]


def test_a_pathway_beside_the_record_is_found(
    cli: Cli, starter: str, workdir: Path, json_of: Json
) -> None:
    (workdir / "r.yaml").write_text(f"{RECORD}pathways: [sore-knee]\n", encoding="utf-8")
    data = json_of(cli("place", "r.yaml", "--on", "2026-11-20", "--json").out)
    assert [each["pathway"] for each in data["pathways"]] == ["sore-knee"]


# Where a record comes from.


def test_a_record_from_standard_input_is_that_of_the_file(cli: Cli, record: str) -> None:
    options = ("severe-back-pain", "--on", "2026-11-20", "--json")
    assert cli("place", "-", *options, stdin=RECORD).out == cli("place", record, *options).out


def test_json_is_read_like_yaml(cli: Cli, record: str, workdir: Path) -> None:
    data = {
        "record": "someone",
        "recorded": "2026-11-20",
        "about": 'Says "resourceType".',
        "findings": {"pain_now": 7, "rf_fever": False},
    }
    (workdir / "r.json").write_text(json.dumps(data), encoding="utf-8")
    options = ("severe-back-pain", "--on", "2026-11-20", "--json")
    given = json.loads(cli("place", "r.json", *options).out)
    plain = json.loads(cli("place", record, *options).out)
    assert given["pathways"][0]["questions"] == plain["pathways"][0]["questions"]


BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {
            "resource": {
                "resourceType": "Patient",
                "id": "p1",
                "name": [{"family": "Secretname"}],
                "birthDate": "1980-01-01",
            }
        },
        {
            "resource": {
                "resourceType": "Observation",
                "id": "o1",
                "status": "final",
                "effectiveDateTime": "2026-11-20",
                "valueInteger": 7,
                "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]},
            }
        },
        {
            "resource": {
                "resourceType": "Observation",
                "id": "o2",
                "status": "final",
                "effectiveDateTime": "2026-11-20",
                "valueInteger": 7,
                "code": {"coding": [{"system": "http://loinc.org", "code": "00000-0"}]},
            }
        },
    ],
}


@pytest.mark.parametrize("source", ["secretname.json", "-"])
def test_a_fhir_bundle_is_read_and_what_is_not_understood_is_noted(
    cli: Cli, workdir: Path, json_of: Json, source: str
) -> None:
    text = json.dumps(BUNDLE)
    (workdir / "secretname.json").write_text(text, encoding="utf-8")
    result = cli("place", source, "safety", "--on", "2026-11-25", "--json", stdin=text)
    data = json_of(result.out)
    assert data["record"] == FHIR_RECORD
    assert any("o2" in each for each in data["not_understood"])
    notes = [f"note: not understood: {each}" for each in data["not_understood"]]
    assert result.err.splitlines() == notes
    assert "secretname" not in (result.out + result.err).lower()
    assert "1980" not in result.out + result.err


# Plain data.

KEYS = [
    "record",
    "on",
    "reader",
    "pathways",
    "also_concerns",
    "prospect",
    "what_if",
    "not_understood",
]


def test_json_is_stable_and_has_the_same_keys_every_time(
    cli: Cli, record: str, json_of: Json
) -> None:
    runs = [
        ("place", "seed-000", "--json"),
        (
            "place",
            "seed-000",
            "--json",
            "--to",
            "surgery_options",
            "--without",
            "mri",
            "--reader",
            "clinician",
        ),
        ("place", record, "--json", "--on", "2026-11-20"),
        ("place", "seed-000-new-saddle-numbness", "--json"),
    ]
    answers = []
    for arguments in runs:
        result = cli(*arguments)
        assert result == cli(*arguments)
        data = json_of(result.out)
        assert list(data) == KEYS
        answers += data["pathways"]
        assert all(
            sorted(each) == ["concerns", "headline", "headline_words", "here", "pathway", "title"]
            for each in data["also_concerns"]
        )
    assert {tuple(answer) for answer in answers} == {tuple(answers[0])}


def test_json_has_names_statuses_words_and_questions(cli: Cli, json_of: Json) -> None:
    data = json_of(cli("place", "seed-000", "--json").out)
    (answer,) = data["pathways"]
    assert answer["headline"] == "check_signs"
    assert [step["state"] for step in answer["here"]] == ["review_first_care"]
    assert {way["status"] for way in answer["ways"]} == {"possible"}
    assert all(way["target"] and way["title"] and way["status_words"] for way in answer["ways"])
    assert answer["questions"][0]["finding"] == "rf_bladder_retention"
    assert answer["questions"][0]["question"].endswith("?")
    assert (data["prospect"], data["what_if"]) == (None, None)


def test_json_of_a_later_step_and_of_what_cannot_be_had(cli: Cli, json_of: Json) -> None:
    arguments = ("place", "seed-000", "--json", "--to", "stimulator_screening")
    data = json_of(cli(*arguments, "--without", "17:not_wanted").out)
    assert data["prospect"]["goal"]["state"] == "stimulator_screening"
    plain = json_of(cli(*arguments).out)
    needs = plain["prospect"]["needs"]
    assert {need["today"] for need in needs} <= {
        "holds",
        "not_known",
        "not_so",
        "found_out_later",
    }
    assert all(need["finding"] and need["condition"] for need in needs)
    (without,) = data["what_if"]["without"]
    assert (without["what"], without["why"]) == ("more_therapies", "not_wanted")
    assert "more_therapies" in json.dumps(data["pathways"][0]["closed"])


def test_a_reason_can_be_left_out(cli: Cli, json_of: Json) -> None:
    data = json_of(cli("place", "seed-000", "--json", "--without", "mri").out)
    assert data["what_if"]["without"][0]["why"] == "supposed"
    assert data["pathways"][0]["closed"][0]["why"] == "you asked what if you could not have it"


@pytest.mark.parametrize("reader", ["patient", "clinician"])
def test_without_a_reason_nothing_is_said_of_clinics(cli: Cli, workdir: Path, reader: str) -> None:
    arguments = ("place", "seed-000", "--reader", reader, "--without", "acupuncture", "--to", "17")
    out = cli(*arguments, "--without", "mri").out
    assert {"patient": "If you could not have", "clinician": "What if without"}[reader] in out
    cli(*arguments[:-2], "-o", "mine.html")
    page = (workdir / "mine.html").read_text(encoding="utf-8")
    for text in (out, page):
        assert "offers it" not in text
        assert "not_offered" not in text
    assert {"patient": "ou asked what if", "clinician": "upposed for"}[reader] in page


def test_what_cannot_be_had_is_said_once(cli: Cli, workdir: Path) -> None:
    out = cli("place", "seed-000", "--without", "mri:not_covered").out
    assert out.count("our insurance does not pay for it") == 1
    assert "What you cannot have" not in out
    text = EXAMPLE.read_text(encoding="utf-8").partition("expected:")[0]
    text += "unavailable: [{what: acupuncture, why: distance}]\n"
    (workdir / "far.yaml").write_text(text, encoding="utf-8")
    both = cli("place", "far.yaml", *("--on", "2026-11-25"), "--without", "mri:not_covered").out
    own = both.partition("What you cannot have")[2].partition("If you cannot have an MRI scan")[0]
    assert "Acupuncture: It is too far away." in own
    assert "MRI" not in own


def test_a_way_that_counts_on_what_is_closed_says_so(cli: Cli) -> None:
    arguments = ("place", "seed-000", "--to", "surgery_options")
    assert "counts on" not in cli(*arguments).out
    said = words(cli(*arguments, "--without", "mri").out)
    assert "This way counts on this: you have a recent scan" in said
    assert "is closed here: step 30, MRI scan of your low back. It can still come from" in said
    both = words(cli(*arguments, "--without", "mri", "--without", "ct").out)
    assert "step 30, MRI scan of your low back; and step 31" in both
    assert "can still come from" not in both


def test_a_step_of_one_pathway_is_no_name_in_the_others(cli: Cli, record: str) -> None:
    result = cli("place", record, "--on", "2026-11-20", "--without", "more_therapies")
    assert (result.code, result.err) == (0, "")
    assert "may also be about you" in result.out


# Files.


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_of_each_kind_is_written_whole(cli: Cli, workdir: Path, ending: str) -> None:
    result = cli("place", "seed-000", "-o", f"mine{ending}")
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines()[0] == f"wrote mine{ending}"
    assert [path.name for path in workdir.iterdir()] == [f"mine{ending}"]
    content = (workdir / f"mine{ending}").read_bytes()
    begins = {
        ".html": b"<!DOCTYPE html>",
        ".md": b"# ",
        ".txt": b"Bad back pain",
        ".json": b'{\n  "record": "seed-000"',
        ".svg": b"<",
        ".png": b"\x89PNG",
        ".pdf": b"%PDF",
    }
    assert content.lower().startswith(begins[ending].lower())


def test_a_file_has_what_is_printed(cli: Cli, workdir: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    options = ("place", "seed-000", "--to", "surgery_options", "--without", "mri:distance")
    cli(*options, "-o", "mine.txt")
    assert (workdir / "mine.txt").read_text(encoding="utf-8") == cli(*options).out
    cli(*options, "--json", "-o", "mine.json")
    assert (workdir / "mine.json").read_text(encoding="utf-8") == cli(*options, "--json").out
    cli(*options, "-o", "mine.md")
    markdown = (workdir / "mine.md").read_text(encoding="utf-8")
    assert "## If you cannot have an MRI scan" in markdown
    assert "## What comes before step 48" in markdown


def test_a_page_shows_the_place_on_what_is_left(cli: Cli, workdir: Path) -> None:
    cli("place", "seed-000", "--without", "acupuncture:distance", "-o", "mine.html")
    page = (workdir / "mine.html").read_text(encoding="utf-8")
    assert "too far away" in page
    assert "<svg" in page


def test_nothing_is_written_unless_asked(cli: Cli, workdir: Path, record: str) -> None:
    before = sorted(workdir.iterdir())
    for options in ((), ("--json",), ("--all",), ("--to", "surgery_options"), ("-o", "-")):
        assert cli("place", record, "--on", "2026-11-20", *options).code == 0
    assert sorted(workdir.iterdir()) == before


def test_a_picture_is_a_sheet_that_can_be_read_when_printed(cli: Cli) -> None:
    for ending in ("svg", "png", "pdf"):
        result = cli("place", "seed-000", "-o", f"mine.{ending}")
        assert result.err == f"wrote mine.{ending}\n"


def test_a_file_that_cannot_be_written_leaves_nothing(cli: Cli, workdir: Path) -> None:
    result = cli("place", "seed-000", "-o", "nowhere/mine.txt")
    assert result.code == 2
    assert result.err.startswith("pathways: 'nowhere/mine.txt': ")
    assert list(workdir.iterdir()) == []


def test_a_day_is_read_as_year_month_and_day() -> None:
    assert day("2026-11-25").isoformat() == "2026-11-25"


def test_the_python_interface_says_the_same(cli: Cli, monkeypatch: Any) -> None:
    import datetime as dt

    from pathways.patients.placing import Placer
    from pathways.placed import place_everywhere
    from pathways.reading.load import load

    monkeypatch.setenv("COLUMNS", "90")
    placed: Placed = place_everywhere(
        [Placer(load("severe-back-pain"))], EXAMPLE, dt.date(2026, 11, 25)
    )[0]
    assert cli("place", "seed-000").out == placed.words("patient")
