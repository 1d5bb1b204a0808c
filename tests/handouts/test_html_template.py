"""A clinic's own template: it may change the looks, not lose what every handout must say."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest

from pathways.errors import PathwayError, TemplateError
from pathways.handouts.blocks import Handout
from pathways.handouts.writers.html import to_html
from tests.handouts.sample import sample

SHIPPED = (files("pathways.handouts") / "templates" / "handout.html.jinja").read_text("utf-8")


def test_shipped_template_passes_as_one_of_your_own() -> None:
    assert to_html(sample(), SHIPPED) == to_html(sample())


def test_template_changes_the_page() -> None:
    own = SHIPPED.replace("<footer>", '<footer class="ours">')
    assert '<footer class="ours">' in to_html(sample(), own)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("{% if %}", "line 2: Expected an expression"),
        ("{{ page.titel }}", "line 2: .*titel"),
        ("{{ nobody }}", "line 2: 'nobody' is undefined"),
        ("{% include 'other' %}", "line 2: no loader"),
        ("{{ 1 // 0 }}", "line 2: .*zero"),
        ("{{ page.title + 1 }}", "line 2: "),
        ("{% for each in page.blocks %}", "line 2: Unexpected end of template"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "line 2: .*recursion"),
        ("{{ ''.__class__.__mro__ }}", "line 2: .*unsafe"),
        ("{{ page.blocks.append(1) }}", "line 2: .*unsafe"),
        ("{{ range(999999999) | list }}", "line 2: Range too big"),
    ],
)
def test_fault_is_told_with_its_line(fault: str, words: str) -> None:
    with pytest.raises(TemplateError, match=words) as caught:
        to_html(sample(), f"<!DOCTYPE html>\n{fault}\n")
    assert isinstance(caught.value, PathwayError)
    assert "Traceback" not in str(caught.value)


def test_template_without_the_policy_is_refused() -> None:
    with pytest.raises(TemplateError, match="leaves out the policy"):
        to_html(sample(), SHIPPED.replace('content="{{ page.policy }}"', 'content="img-src *"'))


def test_nothing_may_stand_before_the_policy() -> None:
    early = SHIPPED.replace('<meta charset="utf-8">', '<meta charset="utf-8"><script>1</script>')
    with pytest.raises(TemplateError, match="something stands before it"):
        to_html(sample(), early)


def with_words(**words: str) -> Handout:
    """Return the sample with other words for what it says of itself."""
    return replace(sample(), **words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "used"),
    [
        ("title", "page.title"),
        ("status", "page.status"),
        ("advice", "page.advice"),
        ("version", "page.version_words"),
        ("date", "page.version_words"),
    ],
)
def test_template_cannot_lose_what_a_handout_says_of_itself(name: str, used: str) -> None:
    left = "{{ page.version }}" if name == "date" else ""
    own = SHIPPED.replace(f"{{{{ {used} }}}}", left)
    assert own != SHIPPED
    with pytest.raises(TemplateError, match=f"leaves out the {name}"):
        to_html(with_words(**{name: f"the only {name} there is"}), own)


def test_template_cannot_lose_the_emergency_box() -> None:
    with pytest.raises(TemplateError, match="leaves out the emergency box"):
        to_html(sample(), SHIPPED.replace("{{ show(page.blocks[:1]) }}", ""))


def test_comment_does_not_count_as_shown() -> None:
    hidden = SHIPPED.replace("{{ show(page.blocks[:1]) }}", "<!-- {{ show(page.blocks[:1]) }} -->")
    with pytest.raises(TemplateError, match="leaves out the emergency box"):
        to_html(sample(), hidden)
