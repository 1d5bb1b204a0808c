"""The catalogue of checks: every code that can be reported, what it means and what to do.

Numbers are those of the catalogue of properties the checks were chosen from; 0 stands for what was
added. Where the file format makes a fault impossible to load, the code is the reader's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathways.errors import Severity

Layer = Literal["S", "G", "L", "R", "T", "D", "M"]
"""By what a check is decided: the schema, the graph, the conditions of one state, routes of patients,
rules, the flow of data, or the safety net itself (meta)."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Args:
        number: Its number in the catalogue of properties; 0: added to it.
        code: The code of what it reports.
        aliases: What it is called elsewhere.
        layers: By what it is decided.
        severities: How severe what it reports can be, the gravest first.
        means: What is wrong, in a sentence.
        to_do: What to do about it.
    """

    number: int
    code: str
    aliases: tuple[str, ...]
    layers: tuple[Layer, ...]
    severities: tuple[Severity, ...]
    means: str
    to_do: str


CATALOGUE: tuple[Check, ...] = (
    Check(
        1,
        "unknown-finding",
        ("unbound variable", "GLIA decidability"),
        ("S",),
        ("error",),
        "A condition names a finding that nobody declares.",
        "Correct the name, or declare the finding.",
    ),
    Check(
        2,
        "unknown-value",
        ("correct use of enumerations",),
        ("S",),
        ("error",),
        "A condition names a value that its finding does not have.",
        "Use one of its values, or add the value to the finding.",
    ),
    Check(
        3,
        "type-mismatch",
        ("data type match",),
        ("S",),
        ("error",),
        "A finding is compared with something of another kind, such as a yes/no with a number.",
        "Compare numbers with numbers and lists with their values.",
    ),
    Check(
        3,
        "wrong-unit",
        ("unit consistency",),
        ("S",),
        ("error",),
        "A number is written in another unit than its finding.",
        "Convert the number; nothing is converted by itself.",
    ),
    Check(
        4,
        "constant-out-of-range",
        ("out-of-domain value",),
        ("S",),
        ("error",),
        "A condition compares a finding with a number outside its range.",
        "Correct the number, or widen the range of the finding.",
    ),
    Check(
        4,
        "constant-off-step",
        ("out-of-domain value",),
        ("S",),
        ("error",),
        "A condition compares a finding with a number that it can never have.",
        "Use a number on its steps, or change the steps.",
    ),
    Check(
        5,
        "unknown-state",
        ("unknown-target", "unknown-start", "dangling reference"),
        ("S",),
        ("error",),
        "A way, an interrupt or the start names a state that is not there.",
        "Correct the name, or add the state.",
    ),
    Check(
        6,
        "circular-definition",
        ("circularity",),
        ("S",),
        ("error",),
        "A definition rests on itself.",
        "Say one of them without the others.",
    ),
    Check(
        7,
        "duplicate-key",
        ("duplicate-id", "duplicate element"),
        ("S",),
        ("error",),
        "A name is given twice in one place of the file.",
        "Keep one, or rename one.",
    ),
    Check(
        7,
        "name-taken",
        ("duplicate-id",),
        ("S",),
        ("error",),
        "Two things have the same name.",
        "Rename one of them.",
    ),
    Check(
        7,
        "duplicate-transition",
        ("identical rule", "redundancy"),
        ("G",),
        ("review",),
        "Two ways of a state lead to the same step for the same patients.",
        "Remove one, or correct its target or its condition.",
    ),
    Check(
        8,
        "unreachable-state",
        ("dead activity",),
        ("G", "R"),
        ("error",),
        "Nobody gets to a state: nothing leads there, or nobody can take all the ways that do.",
        "Add a way, look at the conditions before it, or remove the state.",
    ),
    Check(
        9,
        "dead-end",
        ("deadlock", "improper termination"),
        ("G",),
        ("error",),
        "A state that is no end has no way on.",
        "Add a way on, or make it an end.",
    ),
    Check(
        10,
        "no-route-to-end",
        ("option to complete",),
        ("G",),
        ("error",),
        "From a state no way leads to any end.",
        "Add a way that leads to an end.",
    ),
    Check(
        11,
        "loop-no-exit",
        ("livelock",),
        ("G",),
        ("error",),
        "None of the ways of a loop leaves it.",
        "Add a way out of the loop.",
    ),
    Check(
        12,
        "state-kind",
        ("end-has-exits", "improper completion"),
        ("S",),
        ("error",),
        "A state does not fit its kind; among others, an end has ways on.",
        "Remove what does not belong to the kind, or change the kind.",
    ),
    Check(
        13,
        "missing-data",
        ("use before definition", "missing data"),
        ("D",),
        ("review",),
        "The ways of a state read a result that on some route no step has found out.",
        "Let an earlier step yield it, or add a way for those of whom it is not known.",
    ),
    Check(
        14,
        "stale-data",
        ("currency", "lost data"),
        ("D",),
        ("review",),
        "A step after care decides by a finding as it was before that care.",
        "Add the finding to what the step reassesses; a rule 'fresh:' says when it must be.",
    ),
    Check(
        15,
        "unused-finding",
        ("redundant data",),
        ("D",),
        ("info",),
        "A finding of the file is used nowhere.",
        "Use it where it was meant to be used, or remove it.",
    ),
    Check(
        15,
        "redundant-assessment",
        ("redundant data",),
        ("D",),
        ("info",),
        "A step finds out what nothing reads afterwards.",
        "Use it in a way on, or remove it there.",
    ),
    Check(
        16,
        "inconsistent-set",
        ("inconsistent data",),
        ("D",),
        ("error", "review"),
        "A step sets what it also finds out, or starts two drugs of one class.",
        "Keep one of the two.",
    ),
    Check(
        17,
        "gap",
        ("missing rule", "incompleteness"),
        ("R",),
        ("error",),
        "Somebody finds no way open at a state.",
        "Add a way for such patients, or widen one.",
    ),
    Check(
        17,
        "gap-nobody-reaches",
        ("missing rule",),
        ("L",),
        ("info",),
        "No way would be open for some values, but nobody gets there with them.",
        "Nothing needs to be done.",
    ),
    Check(
        18,
        "overlap",
        ("conflicting rules", "indeterminism", "violates UNIQUE"),
        ("R",),
        ("error",),
        "Two ways are open for somebody although exactly one must be.",
        "Narrow one, or say 'choose: first' or 'choose: any'.",
    ),
    Check(
        18,
        "overlap-nobody-reaches",
        ("conflicting rules",),
        ("L",),
        ("info",),
        "Two ways would be open for some values, but nobody gets there with them.",
        "Narrow one of the two if it costs little.",
    ),
    Check(
        19,
        "never-taken",
        ("contradiction", "dead rule"),
        ("L",),
        ("error",),
        "The condition of a way can never hold.",
        "Look for two parts that exclude each other.",
    ),
    Check(
        0,
        "never-true",
        ("contradiction",),
        ("L",),
        ("error", "review"),
        "A definition, an offer or an interrupt can never hold.",
        "Look for two parts that exclude each other.",
    ),
    Check(
        20,
        "never-taken-here",
        ("dead transition",),
        ("R",),
        ("error",),
        "A way could be open, but for nobody who gets there.",
        "Look at what earlier steps let through, or remove the way.",
    ),
    Check(
        21,
        "masked",
        ("shadowed rule", "subsumption"),
        ("L",),
        ("error",),
        "Of ways read in order, earlier ones take everybody a later one is open for.",
        "Move it up, or remove it.",
    ),
    Check(
        22,
        "irrelevant-term",
        ("irrelevant input", "redundancy"),
        ("L",),
        ("review",),
        "A part of a condition changes nothing.",
        "Remove it, or look for a slip, such as 'or' for 'and'.",
    ),
    Check(
        23,
        "always-true",
        ("tautology", "misleading rule"),
        ("L",),
        ("review",),
        "A condition always holds although others stand beside it, or where one was meant to choose.",
        "Correct the condition, or leave it out where everybody is meant.",
    ),
    Check(
        23,
        "else-catches",
        ("misleading rule",),
        ("R",),
        ("info",),
        "Whom 'else' catches, by example.",
        "Write the condition out if only some of them are meant.",
    ),
    Check(
        24,
        "cannot-finish",
        ("weak soundness", "option to complete"),
        ("R",),
        ("error",),
        "Somebody can never come to an end, unless a warning sign turns up.",
        "Add a way out that is open for such patients.",
    ),
    Check(
        25,
        "endless-loop",
        ("livelock", "non-termination", "missing bound"),
        ("R",),
        ("error", "review"),
        "Somebody can go round for ever.",
        "Count the rounds and limit them, or add a way out.",
    ),
    Check(
        26,
        "rule-fails",
        ("safety property", "absence", "precedence", "response"),
        ("T",),
        ("error",),
        "A journey breaks a rule.",
        "Close the way that is shown, or change the rule.",
    ),
    Check(
        27,
        "rule-vacuous",
        ("vacuity",),
        ("T", "M"),
        ("error", "review"),
        "A rule says nothing: nobody gets to where it would matter.",
        "Look at the states and the condition it names.",
    ),
    Check(
        28,
        "contradictory-facts",
        ("inconsistent background theory",),
        ("M",),
        ("error",),
        "What is stated of every patient excludes everybody, or excludes what a state sets.",
        "Look for two parts that exclude each other.",
    ),
    Check(
        29,
        "rule-not-independent",
        ("common cause",),
        ("M",),
        ("review",),
        "A rule uses a definition that the ways use too, so it cannot see an error in it.",
        "Write the condition of the rule out in findings.",
    ),
    Check(
        30,
        "example-fails",
        ("regression test",),
        ("M",),
        ("error",),
        "An example patient does not go the way that the file says.",
        "Look at who is right: the pathway, or the example.",
    ),
    Check(
        30,
        "behaviour-changed",
        ("semantic diff",),
        ("M",),
        ("review",),
        "Between two versions somebody is treated differently.",
        "Look at the example patient, before and after.",
    ),
    Check(
        0,
        "emergency-not-preemptive",
        ("missing pre-emption",),
        ("M",),
        ("error", "review"),
        "An emergency sign is read, or declared, but no emergency interrupt reads it.",
        "Add it to the emergency interrupt.",
    ),
    Check(
        0,
        "sign-not-watched",
        (),
        ("M",),
        ("review",),
        "An emergency or urgent sign is not watched, and no state finds it out anew, so that it can never turn up on the way.",
        "Make it 'kind: watch', or reassess it where it is asked again.",
    ),
    Check(
        0,
        "no-source",
        ("missing evidence",),
        ("M",),
        ("review",),
        "No source stands behind an action or a panel.",
        "Cite what it rests on.",
    ),
    Check(
        0,
        "unexplained-number",
        ("magic number",),
        ("M",),
        ("info",),
        "A number decides, and nothing says why it is that one.",
        "Add a threshold with its sources, or evidence beside it.",
    ),
    Check(
        0,
        "entry-not-met",
        ("contract between pathways",),
        ("R",),
        ("error",),
        "By a link somebody goes on in a pathway that is not for them.",
        "Add a condition on the way to the link, or widen the entry of the other.",
    ),
    Check(
        0,
        "stale-waiver",
        ("unused suppression",),
        ("M",),
        ("review",),
        "A waiver of the file answers for something that is not reported.",
        "Remove it, or correct what it names.",
    ),
    Check(
        0,
        "undecided",
        ("unknown verdict",),
        ("R",),
        ("error",),
        "Something could not be decided within the budget; it is never taken for right.",
        "Split the step it names, or raise the budget.",
    ),
    Check(
        0,
        "rule-undecided",
        ("unknown verdict",),
        ("T",),
        ("error",),
        "A rule could not be decided; it is never taken to hold.",
        "Say it more simply, or raise the budget.",
    ),
)
"""Every check, in the order of the numbers; what was added stands beside what it is like, or last."""


def check_of(code: str) -> Check:
    """Return the check that reports a code.

    Args:
        code: The code, such as ``gap``.

    Raises:
        KeyError: No check reports it.

    Example:
        >>> check_of("gap").aliases
        ('missing rule', 'incompleteness')
    """
    return _BY_CODE[code]


_BY_CODE = {each.code: each for each in CATALOGUE}
