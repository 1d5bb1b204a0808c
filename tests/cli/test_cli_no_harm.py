"""Nothing of the user's is overwritten by surprise, and nothing unreviewed is called reviewed."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path

import pytest

import pathways
from pathways.pathway import Pathway
from tests.cli.conftest import Cli

REVIEWED = """\
format: 1
pathway: reviewed-one
title: Reviewed one
version: 1.0.0
updated: 2026-01-31
review: {status: reviewed, by: "Dr X, physician", on: 2026-01-30}
include: [{pathway: safety, joins: {no_warning_sign: rest}}]
start: warning_signs
states:
  rest: {kind: end, title: Rest}
"""


def test_demo_does_not_draw_among_other_files(cli: Cli, workdir: Path) -> None:
    (workdir / "mine").mkdir()
    (workdir / "mine" / "README.md").write_text("mine", encoding="utf-8")
    result = cli("demo", "mine")
    assert result.code == 2
    assert "'mine' holds other files already" in result.err
    assert [path.name for path in (workdir / "mine").iterdir()] == ["README.md"]
    assert (workdir / "mine" / "README.md").read_text(encoding="utf-8") == "mine"


def test_a_format_that_does_not_fit_the_ending_is_refused(cli: Cli, workdir: Path) -> None:
    result = cli("draw", "safety", "--format", "png", "-o", "wrong.svg")
    assert result.code == 2
    assert "--format png does not fit the ending of 'wrong.svg'" in result.err
    assert list(workdir.iterdir()) == []


def test_a_table_takes_json_like_the_other_commands(cli: Cli) -> None:
    short, long = (
        cli("table", "safety", "states", "--json"),
        cli("table", "safety", "states", "--format", "json"),
    )
    assert json.loads(short.out)
    assert short.raw == long.raw


def test_what_includes_a_draft_is_a_draft(cli: Cli, workdir: Path) -> None:
    (workdir / "reviewed-one.yaml").write_text(REVIEWED, encoding="utf-8")
    for arguments in (("show",), ("words",)):
        result = cli(arguments[0], "reviewed-one.yaml")
        assert "Draft: not reviewed by a clinician" in result.out
        assert "Reviewed by" not in result.out
    pathway = pathways.load("reviewed-one.yaml")
    assert pathway.is_draft
    assert repr(pathway).endswith("draft>")
    assert pathway.graph().graph["review"] == "draft"


def test_open_questions_of_what_is_included_are_shown(cli: Cli) -> None:
    included = pathways.load("safety").document.review.open_questions
    assert included
    shown = " ".join(cli("show", "severe-back-pain").out.split())
    assert [question.question in shown for question in included] == [True] * len(included)


@pytest.fixture(scope="module")
def safety() -> Pathway:
    return pathways.load("safety")


def test_a_pathway_is_written_as_it_was_read(safety: Pathway) -> None:
    assert pathways.loads(pathways.dump(safety)) == safety


def test_steps_go_by_name_or_by_number_everywhere(safety: Pathway) -> None:
    assert safety.state(3) is safety.state("3") is safety.states[safety.state_name(3)]
    assert safety.words(view=pathways.View.around(3)) == safety.words(
        view=pathways.View.around("3")
    )
    assert safety.routes(3) == safety.routes("3", 1)
    assert safety.must_pass(3) == safety.must_pass("3")


def test_a_pathway_that_was_used_can_be_copied_and_sent_to_another_process(safety: Pathway) -> None:
    safety.words()
    assert copy.deepcopy(safety) == safety
    assert pickle.loads(pickle.dumps(safety)) == safety


def test_text_can_be_loaded_with_a_folder_given_as_text(safety: Pathway, tmp_path: Path) -> None:
    assert pathways.loads(safety.to_yaml(), folder=str(tmp_path)) == safety


def test_words_in_a_markdown_file_are_markdown(cli: Cli, workdir: Path) -> None:
    assert cli("words", "safety", "-o", "safety.md").code == 0
    assert (workdir / "safety.md").read_text(encoding="utf-8") == cli(
        "words", "safety", "--format", "markdown"
    ).out


def test_ways_that_are_cut_are_named_as_they_are_highlighted(cli: Cli) -> None:
    """What one command prints, another takes."""
    out = cli("routes", "severe-back-pain", "--without", "mri").out
    way = out.partition("Ways on that are cut:\n")[2].split()[0]
    assert (
        cli("draw", "severe-back-pain", "--format", "dot", "-o", "-", "--highlight", way).code == 0
    )


def test_nothing_is_lost_without_what_nothing_needs(cli: Cli) -> None:
    out = cli("routes", "safety", "--without", "x_ray").out
    assert "none" not in out


def test_marks_outside_the_part_are_mentioned(cli: Cli) -> None:
    options = ("--format", "dot", "-o", "-", "--phase", "1", "--highlight")
    assert "step 30 is not in this part" in cli("draw", "severe-back-pain", *options, "30").err
    assert cli("draw", "severe-back-pain", *options, "3").err == ""


def test_dots_per_inch_are_for_png(cli: Cli, workdir: Path) -> None:
    result = cli("draw", "safety", "--dpi", "100", "-o", "safety.svg")
    assert (result.code, list(workdir.iterdir())) == (2, [])
    assert "--dpi goes with PNG, not with svg" in result.err


def test_rules_are_listed_and_not_called_proved(cli: Cli) -> None:
    out = cli("show", "safety").out
    assert "'pathways check' proves them" in out
    assert all(rule.id in out for rule in pathways.load("safety").rules)


def test_a_new_file_has_the_title_of_its_name(cli: Cli) -> None:
    assert "\ntitle: Stiff neck\n" in cli("new", "stiff-neck", "-o", "-").out
