"""What a check found, as a part of a notebook or a page of its own: no script, no request."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pathways.checks.results import CheckResult, Reported
from pathways.errors import printable
from pathways.model.pathway import ResolvedPathway
from pathways.reports.html import PAGE_STYLE, POLICY
from pathways.reports.journey_words import steps_told

_STYLE = """
.pw-check { font: 1rem/1.45 system-ui, "DejaVu Sans", sans-serif; color: #17212b; background: #ffffff; padding: .8rem; max-width: 60rem; overflow-wrap: anywhere; }
.pw-check h2 { font-size: 1.2rem; margin: .2rem 0 .4rem; }
.pw-check details { border-left: .3rem solid #6b6b6b; padding: .2rem .7rem; margin: .5rem 0; }
.pw-check details.pw-error { border-color: #a01313; }
.pw-check details.pw-review { border-color: #b34700; }
.pw-check summary { cursor: pointer; }
.pw-check table { border-collapse: collapse; margin: .4rem 0; width: 100%; }
.pw-check th, .pw-check td { border: .06rem solid #6b6b6b; padding: .2rem .4rem; text-align: left; vertical-align: top; }
.pw-check .pw-picture { overflow-x: auto; margin: .6rem 0; }
.pw-check .pw-picture img { max-width: 100%; height: auto; }
.pw-check small { color: #47525c; }
@media (prefers-color-scheme: dark) {
  .pw-check { color: #f0f3f5; background: #14191e; }
  .pw-check small { color: #b9c3cb; }
  .pw-check details.pw-error { border-color: #ff9c9c; }
  .pw-check details.pw-review { border-color: #ffb066; }
}
@media print { .pw-check { color: #000000; background: #ffffff; max-width: none; } }
"""


def check_fragment(
    pathway: ResolvedPathway, result: CheckResult, pictures: dict[int, str] | None = None
) -> str:
    """Return what a check found as the inside of a page, with its own styles.

    Args:
        pathway: The pathway that was checked.
        result: What was found.
        pictures: Names of pictures beside the page, by position among the problems.
    """
    parts = "".join(_parts(pathway, result, pictures or {}))
    return f'<div class="pw-check" lang="en"><style>{_STYLE}</style>\n{parts}</div>\n'


def check_page(pathway: ResolvedPathway, result: CheckResult, pictures: dict[int, str]) -> str:
    """Return what a check found as a whole page; see :func:`check_fragment`."""
    title = _text(f"Check of {result.title}")
    policy = POLICY.replace("img-src data:", "img-src 'self' data: file:")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{PAGE_STYLE}</style>\n</head>\n<body>\n"
        f"{check_fragment(pathway, result, pictures)}</body>\n</html>\n"
    )


def _parts(
    pathway: ResolvedPathway, result: CheckResult, pictures: dict[int, str]
) -> Iterator[str]:
    verdict = "passes" if result.passes else "does not pass"
    yield f"<h2>{_text(result.title)} {_text(result.version)} {verdict} its check</h2>\n"
    holds = sum(each.verdict == "holds" for each in result.rules)
    yield f"<p>{len(result.problems)} reports; {holds} of {len(result.rules)} rules hold.</p>\n"
    for number, each in enumerate(result.problems):
        if each.problem.severity != "info":
            yield from _problem(pathway, each, pictures.get(number, ""))
    fails = [each for each in result.rules if each.verdict != "holds"]
    if result.rules and not fails:
        yield f"<p>All {len(result.rules)} rules hold.</p>\n"
    yield "<details><summary>What a proof rests on</summary><ul>"
    yield "".join(f"<li>{_text(each)}</li>" for each in result.assumptions)
    yield f"</ul></details>\n<p><small>{_text(pathway.status_words)}</small></p>\n"


def _problem(pathway: ResolvedPathway, reported: Reported, picture: str) -> Iterator[str]:
    problem = reported.problem
    place = f" <small>{_text(str(problem.place))}</small>" if problem.place else ""
    is_open = " open" if problem.severity == "error" and reported.waived is None else ""
    yield f'<details class="pw-{problem.severity}"{is_open}><summary><strong>{_text(problem.code)}</strong> '
    yield f"{_text(problem.message)}{place}</summary>\n"
    if problem.hint:
        yield f"<p>{_text(problem.hint)}</p>\n"
    if reported.waived is not None:
        waiver = reported.waived
        yield f"<p>Waived by {_text(waiver.by)}, {_text(waiver.on)}: {_text(waiver.why.clinician)}</p>\n"
    if picture:
        alt = _text(f"The journey drawn on the pathway: {problem.message}")
        yield f'<div class="pw-picture"><a href="{_text(picture)}"><img src="{_text(picture)}" alt="{alt}"></a></div>\n'
    if reported.journey is not None:
        yield "<table><caption>An invented patient who meets it</caption>"
        yield "<tr><th>Step</th><th>What is known</th><th>Why this way on</th></tr>\n"
        for told in steps_told(pathway, reported.journey):
            known = "<br>".join(_text(each) for each in told.known)
            yield f"<tr><td>{told.number}. {_text(told.title)}</td><td>{known}</td>"
            yield f"<td>{_text(told.because)}</td></tr>\n"
        yield "</table>\n"
    yield "</details>\n"


def _text(text: str) -> str:
    return escape(printable(text))
