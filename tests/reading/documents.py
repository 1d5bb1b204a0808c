"""Random pathway documents, whole and correct, with texts that YAML likes to misread."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pathways.model.document import PathwayDocument
from pathways.model.words import FORBIDDEN_CHARACTER

AWKWARD = [
    *("yes", "no", "on", "010", "1e5", "12:30:00", "~", "null", "true", "2026-11-20", "=", "<<"),
    *(
        "a: b",
        "# x",
        "a # b",
        "a:",
        "- a",
        "-",
        "? a",
        "?",
        "[a",
        "{a: b}",
        "a, b",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
    ),
    *(
        "`a",
        "|",
        ">",
        "'a'",
        '"a"',
        "a'b",
        'a"b',
        "\\n",
        "a\nb",
        "a\n\nb",
        "\na",
        "a\n",
        "a \nb",
        " a",
        "a ",
    ),
    *(
        "  ",
        "a  b",
        "\ta",
        "a\tb",
        "---",
        "...",
        "--- a",
        "é漢😀",
        "a" * 300,
        "b " * 120,
        "'",
        '"',
        "\\",
        "\n",
    ),
    *("<script>", "key: [unclosed", "a:\n  - b", "\u00a0", "\u200b", "é\u0301", "{value}"),
]

letters = st.characters(
    exclude_categories=("Cc", "Cs"),
    exclude_characters=[
        chr(code) for code in range(0x10000) if FORBIDDEN_CHARACTER.match(chr(code))
    ],
    include_characters="\n\t",
)
texts = st.one_of(st.sampled_from(AWKWARD), st.text(letters, min_size=1, max_size=30))
both = st.one_of(texts, st.fixed_dictionaries({"clinician": texts, "patient": texts}))
numbers = st.decimals(
    min_value=-1000, max_value=1000, places=3, allow_nan=False, allow_infinity=False
)

FINDINGS = ("fever", "weeks", "pattern", "sites")
SOURCES = ("a-guide", "b-trial")
STATES = ("begin", "look", "offer", "do_it", "go_on", "stop")

conditions = st.recursive(
    st.sampled_from(
        [
            *(
                "fever",
                "ill",
                "weeks > 12",
                "3 <= weeks < 80.5",
                "weeks >= 12 weeks",
                "pattern == no",
            ),
            *("pattern in [on, no]", "sites has knee", "heat.status == now", "any warmth tried"),
            "count_now(warmth) >= 1",
        ]
    ),
    lambda inner: st.one_of(
        inner.map(lambda each: f"not ({each})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda each: f"({each[0]}) {each[1]} ({each[2]})"
        ),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: f"at_least(2, {', '.join(each)})"),
    ),
    max_leaves=5,
)

evidence = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(SOURCES),
            "direction": st.sampled_from(["for", "against", "unclear"]),
        },
        optional={
            "item": st.sampled_from(["E-1", "1.2.3", "010", "1e5"]),
            "strength": st.sampled_from(["strong", "not_graded"]),
            "situation": st.just("acute"),
            "says": texts,
        },
    ),
    max_size=2,
)

ways = st.lists(
    st.fixed_dictionaries(
        {"to": st.sampled_from(STATES)},
        optional={
            "when": conditions,
            "label": both,
            "why": both,
            "evidence": evidence,
            "disagreements": st.just(["early_or_late"]),
        },
    ),
    max_size=3,
)


def findings() -> st.SearchStrategy[dict[str, Any]]:
    asked = {"title": both, "question": both, "kind": st.just("watch")}
    said = {"says": both, "says_not": both, "note": both, "evidence": evidence, "why_asked": both}
    options = {
        "on": st.fixed_dictionaries(
            {"title": both},
            optional={"codes": st.just([{"system": "a-system", "code": "010"}])},
        ),
        "no": st.fixed_dictionaries({"title": both}),
    }
    return st.fixed_dictionaries(
        {
            "fever": st.fixed_dictionaries({**asked, "type": st.just("yes_no")}, optional=said),
            "weeks": st.fixed_dictionaries(
                {
                    **asked,
                    "type": st.just("number"),
                    "unit": st.just("weeks"),
                    "range": st.just([0, 520]),
                },
                optional={"typical": st.sampled_from(["12", "0.5"]), **said},
            ),
            "pattern": st.fixed_dictionaries(
                {**asked, "type": st.just("one_of"), "options": st.fixed_dictionaries(options)},
                optional=said,
            ),
            "sites": st.fixed_dictionaries(
                {
                    **asked,
                    "type": st.just("several_of"),
                    "options": st.fixed_dictionaries(
                        {"knee": options["on"], "hip": options["on"], "none": options["no"]}
                    ),
                },
                optional={"typical": st.just(["knee"]), **said},
            ),
            "visits": st.fixed_dictionaries(
                {
                    **asked,
                    "type": st.just("number"),
                    "kind": st.just("count"),
                    "unit": st.just("count"),
                    "range": st.just([0, 20]),
                }
            ),
            "odd": st.builds(
                lambda low, more, rest: {**rest, "range": [low, low + more]},
                numbers,
                numbers.map(lambda each: abs(each) + 1),
                st.fixed_dictionaries({**asked, "type": st.just("number"), "unit": texts}),
            ),
        }
    )


def states() -> st.SearchStrategy[dict[str, Any]]:
    common = {"detail": both, "text": both, "evidence": evidence, "tags": st.just(["on", "no"])}
    offers = st.lists(
        st.one_of(
            st.just("heat"),
            st.fixed_dictionaries(
                {"treatment": st.just("heat")}, optional={"when": conditions, "note": both}
            ),
        ),
        min_size=1,
        max_size=2,
    )

    def state(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({"title": both, **keys}, optional=common)

    some_sets = st.sampled_from(
        [{"fever": "no"}, {"sites": "none"}, {"sites": ["knee", "hip"], "fever": "yes"}]
    )
    return st.fixed_dictionaries(
        {
            "begin": state(kind=st.just("clinical_state"), next=ways),
            "look": state(kind=st.just("decision"), next=ways, sets=some_sets),
            "offer": state(
                kind=st.just("options"), next=ways, offers=offers, phase=st.just("first")
            ),
            "do_it": state(
                kind=st.just("action"),
                category=st.just("test"),
                adds=st.just({"visits": 2}),
                next=ways,
            ),
            "go_on": state(kind=st.just("link"), pathway=st.just("random")),
            "stop": state(kind=st.just("end")),
        }
    )


def documents() -> st.SearchStrategy[PathwayDocument]:
    """Return whole pathway documents, each correct on its own."""
    parts: dict[str, st.SearchStrategy[Any]] = {
        "format": st.just("1"),
        "pathway": st.just("random"),
        "title": both,
        "version": st.sampled_from(["0.1.0", "1.10.100"]),
        "updated": st.sampled_from(["2026", "2026-11", "2026-11-20"]),
        "catalogues": st.just([]),
        "start": st.sampled_from(STATES),
        "states": states(),
        "findings": findings(),
        "phases": st.fixed_dictionaries(
            {"first": st.fixed_dictionaries({"title": both}, optional={"text": both})}
        ),
        "situations": st.fixed_dictionaries({"acute": st.fixed_dictionaries({"title": both})}),
        "classes": st.fixed_dictionaries({"warmth": st.fixed_dictionaries({"title": both})}),
        "treatments": st.fixed_dictionaries(
            {
                "heat": st.fixed_dictionaries(
                    {
                        "title": both,
                        "category": st.just("self_care"),
                        "what": both,
                        "classes": st.just(["warmth"]),
                    },
                    optional={"also_called": st.lists(texts, max_size=2), "evidence": evidence},
                )
            }
        ),
        "disagreements": st.just(
            {
                "early_or_late": {
                    "title": "When",
                    "shown": "Both.",
                    "sides": [
                        {"says": says, "evidence": [{"source": "a-guide", "direction": "for"}]}
                        for says in ("Early.", "Late.")
                    ],
                }
            }
        ),
        "sources": st.fixed_dictionaries(
            {
                name: st.fixed_dictionaries(
                    {"title": texts, "kind": st.just("guideline"), "organisation": texts},
                    optional={"superseded": st.booleans(), "note": texts, "year": st.just("2020")},
                )
                for name in SOURCES
            }
        ),
        "definitions": st.fixed_dictionaries(
            {
                "ill": st.one_of(
                    st.just("fever and weeks < 5"),
                    st.fixed_dictionaries(
                        {"when": st.just("fever or weeks > 9")},
                        optional={"title": both, "disagreements": st.just(["early_or_late"])},
                    ),
                )
            }
        ),
    }
    optional = {
        "summary": both,
        "language": st.sampled_from(["en", "es", "no", "pt-BR"]),
        "waivers": st.lists(
            st.fixed_dictionaries(
                {"check": st.just("gap"), "why": both, "by": texts, "on": st.just("2026-11-20")},
                optional={"at": texts},
            ),
            max_size=2,
        ),
        "concerns": conditions,
        "entry": conditions,
        "facts": st.lists(conditions, max_size=2),
        "answers": st.lists(st.fixed_dictionaries({"question": both, "answer": both}), max_size=2),
        "review": st.fixed_dictionaries(
            {},
            optional={
                "open_questions": st.lists(st.fixed_dictionaries({"question": texts}), max_size=2)
            },
        ),
        "interrupts": st.lists(
            st.fixed_dictionaries(
                {
                    "to": st.just("stop"),
                    "when": conditions,
                    "label": both,
                    "level": st.sampled_from(["emergency", "urgent"]),
                },
                optional={"until": conditions},
            ),
            max_size=2,
        ),
        "rules": st.lists(
            st.fixed_dictionaries(
                {"id": st.just("r1"), "never": st.just("stop unless fever"), "why": both}
            ),
            max_size=1,
        ),
    }
    return st.fixed_dictionaries(parts, optional=optional).map(PathwayDocument.model_validate)
