"""Colours for browsers that prefer the dark."""

from __future__ import annotations

from pathways.diagrams.theme import DARK


def dark_rules(id: str, *, tagged: bool = False) -> str:
    """Return the style rules of one picture for the dark.

    Args:
        id: What the picture is called; the rules hold for it alone.
        tagged: Whether a tag says where somebody is.
    """
    rules = [
        f".background{{fill:{DARK.background}}}",
        f".frame>rect{{fill:{DARK.frame_fill};stroke:{DARK.frame_border}}}",
        f".label>rect{{fill:{DARK.label_fill};stroke:{DARK.label_border}}}",
        f".way{{stroke:{DARK.line}}}.arrow{{fill:{DARK.line}}}",
        f"text.text{{fill:{DARK.text}}}text.detail{{fill:{DARK.detail}}}",
        "text.mark{fill:#FFFFFF}",
    ]
    if tagged:
        rules.append(f".tag>rect{{fill:{DARK.text}}}text.on_mark{{fill:{DARK.background}}}")
    for role, paint in DARK.paints.items():
        name = f".paint-{role}"
        rules.append(
            f"{name}>rect,{name}>polygon{{fill:{paint.fill};stroke:{paint.border}}}"
            f"{name}>text.accent{{fill:{paint.border}}}"
            f".number{name}>rect{{fill:{paint.border};stroke:none}}"
            f"{name}>text.on_border{{fill:{paint.on_border}}}"
        )
    scoped = "".join(_scoped(rule, id) for rule in rules)
    return f"@media screen and (prefers-color-scheme:dark){{{scoped}}}"


def _scoped(rules: str, id: str) -> str:
    """Return rules whose every selector holds inside one picture only.

    Some programs, LibreOffice among them, read the rules but not the condition before them, and
    would show light letters on light cards. ``:is`` is younger than they are, so they skip the rule.
    """
    out = []
    for rule in filter(None, rules.split("}")):
        selectors, body = rule.split("{")
        out.append(
            ",".join(f"#{id}:is(svg) {each}" for each in selectors.split(",")) + f"{{{body}}}"
        )
    return "".join(out)
