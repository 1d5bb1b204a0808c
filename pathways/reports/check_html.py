"""What a check found, as a part of a notebook or a page of its own: no script, no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from pathways.checks.results import CheckResult, Journey, Reported, RuleResult
from pathways.errors import printable
from pathways.model.pathway import ResolvedPathway
from pathways.reports.check_text import found_words, rule_counts, rule_sources
from pathways.reports.html import PAGE_STYLE, POLICY
from pathways.reports.journey_words import claim, round_words, steps_told

_STYLE = """
.pw-check { font: 1rem/1.45 system-ui, "DejaVu Sans", sans-serif; color: #17212b; background: #ffffff; padding: .8rem; max-width: 60rem; overflow-wrap: anywhere; }
.pw-check h2 { font-size: 1.2rem; margin: .2rem 0 .4rem; }
.pw-check details { border-left: .3rem solid #6b6b6b; padding: .2rem .7rem; margin: .5rem 0; }
.pw-check details.pw-error { border-color: #a01313; }
.pw-check details.pw-review { border-color: #b34700; }
.pw-check summary { cursor: pointer; }
.pw-check .pw-table { overflow-x: auto; }
.pw-check table { border-collapse: collapse; margin: .4rem 0; width: 100%; }
.pw-check .pw-table th, .pw-check .pw-table td { border: .06rem solid #6b6b6b; padding: .2rem .4rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.pw-check caption { text-align: left; font-weight: bold; padding: .2rem 0; }
.pw-check a { color: #005a91; }
.pw-check .pw-picture { overflow-x: auto; margin: .6rem 0; }
.pw-check .pw-picture img { max-width: 100%; height: auto; }
.pw-check small { color: #47525c; }
@media (prefers-color-scheme: dark) {
  .pw-check { color: #f0f3f5; background: #14191e; }
  .pw-check a { color: #8fd0ff; }
  .pw-check small { color: #b9c3cb; }
  .pw-check details.pw-error { border-color: #ff9c9c; }
  .pw-check details.pw-review { border-color: #ffb066; }
}
@media print { .pw-check { color: #000000; background: #ffffff; max-width: none; } }
"""


def check_fragment(
    pathway: ResolvedPathway, result: CheckResult, pictures: Mapping[int, str] | None = None
) -> str:
    """Return what a check found as the inside of a page, with its own styles.

    Args:
        pathway: The pathway that was checked.
        result: What was found.
        pictures: Names of pictures beside the page, by position among the problems.

    Example:
        >>> from pathways.checks.check import check
        >>> from pathways.reading.load import load
        >>> pathway = load("safety")
        >>> "passes its check" in check_fragment(pathway, check(pathway))
        True
    """
    parts = "".join(_parts(pathway, result, pictures or {}))
    return f'<div class="pw-check" lang="en"><style>{_STYLE}</style>\n{parts}</div>\n'


def check_page(pathway: ResolvedPathway, result: CheckResult, pictures: Mapping[int, str]) -> str:
    """Return what a check found as a whole page; see :func:`check_fragment`.

    Args:
        pathway: The pathway that was checked.
        result: What was found.
        pictures: Names of pictures beside the page, by position among the problems.
    """
    return _page(f"Check of {result.title}", check_fragment(pathway, result, pictures))


def index_page(results: Sequence[CheckResult], pages: Mapping[int, str]) -> str:
    """Return a page that leads to the pages of several checks.

    Args:
        results: What was found in each pathway.
        pages: Names of pages beside this one, by position among the results.

    Example:
        >>> result = CheckResult("ankle", "1.0.0", "Ankle", (), (), ())
        >>> '<a href="ankle.html">Ankle</a>' in index_page([result], {0: "ankle.html"})
        True
    """
    rows = []
    for number, each in enumerate(results):
        title = _text(each.title)
        if number in pages:
            title = f'<a href="{_text(pages[number])}">{title}</a>'
        cells = (title, _text(each.version), _verdict(each), _text(found_words(each)))
        rows.append("".join(f"<td>{cell}</td>" for cell in cells))
    table = _table("", ("Pathway", "Version", "Check", "Found"), rows)
    return _page(
        "Check of care pathways",
        f'<div class="pw-check" lang="en"><style>{_STYLE}</style>\n'
        f"<h2>Check of care pathways</h2>\n{table}<p><small>{_ABOUT}</small></p></div>\n",
    )


_ABOUT = "A proof is about the file: it says nothing about whether its medicine is right."


def _page(title: str, inside: str) -> str:
    policy = POLICY.replace("img-src data:", "img-src 'self' data: file:")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>\n{PAGE_STYLE}</style>\n</head>\n<body>\n"
        f"{inside}</body>\n</html>\n"
    )


def _parts(
    pathway: ResolvedPathway, result: CheckResult, pictures: Mapping[int, str]
) -> Iterator[str]:
    yield f"<h2>{_text(result.title)} {_text(result.version)} {_verdict(result)} its check</h2>\n"
    yield f"<p>{_text(found_words(result))}; {_text(rule_counts(result.rules))}.</p>\n"
    for number, each in enumerate(result.problems):
        if each.problem.severity != "info":
            yield from _problem(pathway, each, pictures.get(number, ""))
    if result.rules:
        yield "<details><summary>The verdict on every rule</summary>"
        heads = ("Rule", "Verdict", "Why", "As written")
        yield f"{_table('', heads, map(_rule_row, result.rules))}</details>\n"
    yield "<details><summary>What a proof rests on</summary><ul>"
    yield "".join(f"<li>{_text(each)}</li>" for each in result.assumptions)
    yield f"</ul></details>\n<p><small>{_ABOUT} {_text(pathway.status_words)}</small></p>\n"


def _problem(pathway: ResolvedPathway, reported: Reported, picture: str) -> Iterator[str]:
    problem = reported.problem
    place = f" <small>{_text(str(problem.place))}</small>" if problem.place else ""
    kind = problem.severity if reported.waived is None else "waived"
    what = f"{kind}[{problem.code}]"
    is_open = " open" if problem.severity == "error" and reported.waived is None else ""
    yield f'<details class="pw-{problem.severity}"{is_open}><summary><strong>{_text(what)}</strong> '
    yield f"{_text(problem.message)}{place}</summary>\n"
    if problem.hint:
        yield f"<p>{_text(problem.hint)}</p>\n"
    if reported.waived is not None:
        waiver = reported.waived
        yield f"<p>Waived by {_text(waiver.by)}, {_text(waiver.on)}: {_text(waiver.why.clinician)}</p>\n"
    if reported.journey is not None:
        heads = ("Step", "What is known", "Why this way on")
        caption = "An invented patient who meets it"
        yield _table(caption, heads, _journey_rows(pathway, reported, reported.journey))
    sources = rule_sources(pathway, reported.rule)
    if sources:
        yield f"<p><small>The rule rests on: {_text('; '.join(sources))}</small></p>\n"
    if picture:
        alt = _text(f"The journey drawn on the pathway: {problem.message}")
        yield f'<div class="pw-picture"><a href="{_text(picture)}"><img src="{_text(picture)}" alt="{alt}"></a></div>\n'
    yield "</details>\n"


def _journey_rows(pathway: ResolvedPathway, reported: Reported, journey: Journey) -> Iterator[str]:
    for told in steps_told(pathway, journey):
        known = "<br>".join(_text(each) for each in told.known)
        # The last step has no way on: there it says what the journey shows.
        because = _text(told.because) or f"<strong>{_text(claim(reported))}</strong>"
        yield f"<td>{told.number}. {_text(told.title)}</td><td>{known}</td><td>{because}</td>"
    if journey.back_to is not None:
        yield f'<td colspan="3">{_text(round_words(pathway, journey))}</td>'


def _rule_row(rule: RuleResult) -> str:
    how = "by the graph alone: " if rule.proof == "graph" else ""
    because = f"{how}{rule.because}" if rule.because else ""
    cells = (rule.id, rule.verdict, because, rule.sentence)
    return "".join(f"<td>{_text(cell)}</td>" for cell in cells)


def _table(caption: str, heads: Sequence[str], rows: Iterable[str]) -> str:
    said = f"<caption>{_text(caption)}</caption>" if caption else ""
    head = "".join(f'<th scope="col">{_text(each)}</th>' for each in heads)
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return f'<div class="pw-table"><table>{said}<tr>{head}</tr>\n{body}</table></div>\n'


def _verdict(result: CheckResult) -> str:
    return "passes" if result.passes else "does not pass"


def _text(text: str) -> str:
    return escape(printable(text))
