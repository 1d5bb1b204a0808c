"""Wrong use of ``pathways place``, and records with faults: the exact message, nothing half written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pathways.cli.place_source import MAX_FHIR_BYTES

Cli = Callable[..., Any]

# Wrong use.

WRONG = [
    ((), "the following arguments are required: RECORD (--examples lists some)"),
    (("-", "-"), "only one of RECORD and PATHWAY can come from standard input"),
    (
        ("seed-000", "--to", "3", "--all"),
        "--to is about a step of one pathway; name one, and leave out --all",
    ),
    (
        ("seed-000", "safety", "medicines", "--to", "3"),
        "--to is about a step of one pathway; name one, and leave out --all",
    ),
    (
        ("seed-000", "-o", "mine"),
        "'mine' has no ending such as .html, .md, .txt, .json, .svg, .png, .pdf; add one",
    ),
    (
        ("seed-000", "--json", "-o", "mine.txt"),
        "--json does not fit the ending of 'mine.txt'; leave one of them out",
    ),
    (
        ("seed-000", "--all", "-o", "mine.html"),
        "a .html file shows one pathway; name one, and leave out --all",
    ),
    (
        ("seed-000", "safety", "medicines", "-o", "mine.png"),
        "a .png file shows one pathway; name one, and leave out --all",
    ),
    (
        ("seed-000", "--to", "3", "-o", "mine.svg"),
        "--to goes with .txt, .md and .json, not with .svg",
    ),
    (
        ("seed-000", "--on", "25.11.2026"),
        "argument --on: a day such as 2026-11-25 is needed, not '25.11.2026'",
    ),
    (
        ("seed-000", "--on", "2026-02-30"),
        "argument --on: a day such as 2026-11-25 is needed, not '2026-02-30'",
    ),
    (
        ("seed-000", "--on", "0001-01-01"),
        "argument --on: a day such as 2026-11-25 is needed, not '0001-01-01'",
    ),
    (("seed-000", "--reader", "patent"), "--reader cannot be 'patent'; did you mean 'patient'?"),
    (
        ("seed-000", "--without", "mri:distanc"),
        "--without: no reason 'distanc'; did you mean 'distance'?",
    ),
    (("seed-000", "--al"), "'--al' cannot stand here; did you mean '--all'?"),
    (("seed-000", "--examples"), "--examples stands alone, or with --json"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[" ".join(each) for each, _ in WRONG])
def test_wrong_use_is_named(
    cli: Cli, workdir: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = cli("place", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"pathways place: {message}\nTry 'pathways place --help'.\n"
    assert list(workdir.iterdir()) == []


UNKNOWN = [
    (("sed-000",), "pathways: no record file or example 'sed-000'; did you mean 'seed-000'"),
    (
        ("nobody.yaml",),
        "pathways: no record file or example 'nobody.yaml'; name a file, or an example",
    ),
    (
        ("seed-000", "sever-back-pain"),
        "pathways: no pathway or file 'sever-back-pain'; did you mean",
    ),
    (("seed-000", "--to", "999"), "pathways: no step number '999'"),
    (("seed-000", "--to", "ct_scn"), "pathways: no state 'ct_scn'; did you mean 'ct_scan'"),
    (
        ("seed-000", "--without", "acupunctur"),
        "pathways: no treatment, test, class or state 'acupunctur'; did you mean 'acupuncture'",
    ),
    (
        ("seed-000", "--without", "emergency_care"),
        "pathways: 'emergency_care' is emergency or urgent care, which cannot be left out",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), UNKNOWN, ids=lambda each: " ".join(each)[:30])
def test_an_unknown_name_is_said_with_the_nearest(
    cli: Cli, arguments: tuple[str, ...], message: str
) -> None:
    result = cli("place", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(message)


def test_a_folder_is_no_record(cli: Cli, workdir: Path) -> None:
    (workdir / "records").mkdir()
    result = cli("place", "records")
    assert (result.code, result.err) == (
        2,
        "pathways: 'records' is a folder; name a record file in it\n",
    )


FAULTS = [
    (
        "record: x\nrecorded: 2026-11-20\nfindings:\n  pain_nw: 7\n",
        "bad.yaml:4:3: error[unknown-finding]: no finding 'pain_nw'; did you mean 'pain_now'",
    ),
    (
        "record: x\nrecorded: 2026-11-20\nfindings:\n  pain_now: 70\n",
        "bad.yaml:4:13: error[wrong-value]: ",
    ),
    (
        "record: x\nrecorded: 2026-11-20\npathways: [severe-bak-pain]\n",
        "bad.yaml:3:12: error[unknown-pathway]: no pathway 'severe-bak-pain'; did you mean",
    ),
    (
        "record: x\nrecorded: 2026-11-20\nat: {pathway: safety, state: warning_sign}\n",
        "bad.yaml:3:30: error[unknown-state]: no state 'warning_sign' in the pathway 'safety'; did",
    ),
    (
        "record: x\nrecorded: 2026-12-20\nfindings: {pain_now: 7}\n",
        "bad.yaml:2:11: error[date-order]: 2026-12-20 is after 2026-11-25",
    ),
    ("record: x\nrecoded: 2026-11-20\n", "bad.yaml:2:1: error[unknown-key]: "),
    ("", "bad.yaml:1:1: error[empty-file]: "),
    ('{"resourceType": "Bundle",', "bad.yaml:1:27: error[fhir-json]: this is no JSON: "),
    (
        '{"resourceType": "Bundle", "resourceType": "Bundle"}',
        "bad.yaml:1:1: error[fhir-json]: this is no JSON: the key 'resourceType' stands twice",
    ),
    (
        '{"resourceType": "Bundle", "x": NaN}',
        "bad.yaml:1:1: error[fhir-json]: this is no JSON: NaN is no number",
    ),
    ('{"resourceType": ' + "[" * 100_000, "bad.yaml:1:1: error[fhir-too-large]: "),
    ('{"resourceType": "Bundle", "entry": 5}', "entry: error[fhir-"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_of_a_record_is_named_with_its_place(
    cli: Cli, workdir: Path, text: str, message: str
) -> None:
    (workdir / "bad.yaml").write_text(text, encoding="utf-8")
    result = cli("place", "bad.yaml", "--on", "2026-11-25")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(message)
    assert result.err.endswith("1 problem found\n")


def test_values_that_no_patient_can_have_are_a_fault_of_the_record(
    cli: Cli, workdir: Path, starter: str
) -> None:
    text = (workdir / starter).read_text(encoding="utf-8")
    (workdir / "odd.yaml").write_text(f"{text}\nfacts: [not long_lasting]\n", encoding="utf-8")
    name = next(line.split(":")[1] for line in text.splitlines() if "long_lasting:" in line)
    finding = name.split()[0]
    record = f"record: x\nrecorded: 2026-11-20\nfindings: {{{finding}: 400}}\n"
    (workdir / "bad.yaml").write_text(record, encoding="utf-8")
    result = cli("place", "bad.yaml", "odd.yaml", "--on", "2026-11-25")
    assert (result.code, result.out) == (1, "")
    assert "error[contradiction]: " in result.err
    assert finding in result.err


def test_a_bundle_that_is_too_large_is_refused(cli: Cli, workdir: Path) -> None:
    content = b'{"resourceType": "Bundle"}' + b" " * MAX_FHIR_BYTES
    (workdir / "large.json").write_bytes(content)
    result = cli("place", "large.json")
    assert result.code == 1
    assert "error[file-too-large]: the file has more than 20,000,000 bytes" in result.err
