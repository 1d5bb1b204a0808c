"""Contrast by the formula of WCAG 2.2, and marks that need no colour."""

from __future__ import annotations

import re
from itertools import combinations
from typing import get_args

import pytest

from pathways.diagrams.drawing.dark import dark_rules
from pathways.diagrams.model import Box, Mark
from pathways.diagrams.phrases import MARK_WORDS
from pathways.diagrams.theme import DARK, THEMES, Role, Theme, role_of, role_of_badge, theme
from pathways.errors import UnknownNameError
from pathways.model.badges import Badge
from pathways.model.states import StateKind

TEXT, BORDER = 4.5, 3.0


def luminance(colour: str) -> float:
    """WCAG 2.2, definition of relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_on_known_pairs() -> None:
    assert contrast("#000000", "#FFFFFF") == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.fixture(params=[*sorted(THEMES), DARK.name])
def look(request: pytest.FixtureRequest) -> Theme:
    return {**THEMES, DARK.name: DARK}[request.param]


def test_text_can_be_read_on_every_fill(look: Theme) -> None:
    for role, paint in look.paints.items():
        for colour in (look.text, look.detail, paint.border):
            assert contrast(colour, paint.fill) >= TEXT, (role, colour)
        assert contrast(paint.on_border, paint.border) >= TEXT, role
    for fill in (look.background, look.frame_fill, look.label_fill):
        assert contrast(look.text, fill) >= TEXT
        assert contrast(look.detail, fill) >= TEXT


def test_borders_and_lines_can_be_seen(look: Theme) -> None:
    for role, paint in look.paints.items():
        for behind in (paint.fill, look.background, look.frame_fill):
            assert contrast(paint.border, behind) >= BORDER, role
    for behind in (look.background, look.frame_fill):
        assert contrast(look.line, behind) >= BORDER
        assert contrast(look.label_border, behind) >= BORDER


@pytest.mark.parametrize("name", sorted(THEMES))
def test_marks_can_be_seen_and_their_words_read(name: str) -> None:
    look = THEMES[name]
    for mark, style in look.marks.items():
        assert contrast(style.colour, look.frame_fill) >= BORDER, mark
        for role, paint in look.paints.items():
            assert contrast(style.colour, paint.fill) >= TEXT, (mark, role)
            if style.text_colour:
                assert contrast(style.text_colour, paint.fill) >= TEXT, (mark, role)


def test_words_of_marks_can_be_read_in_the_dark() -> None:
    """There they are white, and lines and borders have the colours of all others."""
    (rule,) = re.findall(r"#x\S* text\.mark\{fill:(#\w{6})\}", dark_rules("x"))
    for role, paint in DARK.paints.items():
        assert contrast(rule, paint.fill) >= TEXT, role


def test_the_dark_has_no_name_to_ask_for() -> None:
    assert DARK.name not in THEMES


def test_every_theme_has_every_role_and_mark(look: Theme) -> None:
    assert set(look.paints) == set(get_args(Role))
    assert set(look.marks) == set(get_args(Mark))


def test_marks_differ_without_colour() -> None:
    for words in MARK_WORDS.values():
        assert set(words) == set(get_args(Mark))
        assert len(set(words.values())) == len(words)
    marks = THEMES["default"].marks
    for one, other in combinations(("here", "been", "next", "closed"), 2):
        assert (marks[one].style, marks[one].width) != (marks[other].style, marks[other].width)  # type: ignore[index]


def test_print_is_black_and_white() -> None:
    look = THEMES["print"]
    colours = {look.text, look.detail, look.line, look.label_border}
    colours |= {colour for paint in look.paints.values() for colour in (paint.fill, paint.border)}
    colours |= {style.colour for style in look.marks.values()}
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours)


def test_every_kind_and_badge_has_a_role() -> None:
    roles = {role_of(Box("x", 1, kind, "X")) for kind in get_args(StateKind)}
    roles.add(role_of(Box("x", 1, "action", "X", category="test")))
    roles.add(role_of(Box("x", 1, "action", "X", badge="experimental")))
    roles.add(role_of(Box("x", 1, "action", "X", urgency="urgent")))
    assert roles == set(get_args(Role))
    assert {role_of_badge(badge) for badge in (*get_args(Badge), None)} <= roles


def test_an_unknown_theme_is_an_error_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="no theme 'prnt'; did you mean 'print'"):
        theme("prnt")
