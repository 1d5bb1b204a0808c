"""The fixed words of an answer, for each reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathways.conditions.scope import Reader
from pathways.language import filled, joined, joint, joints, say
from pathways.language.lists import Joint

PHRASES: Mapping[str, Mapping[Reader, str]] = {
    "check_signs": {
        "clinician": "First check these signs",
        "patient": "First check these signs",
    },
    "check_signs_lead": {
        "clinician": "Emergency signs have not been answered. One positive answer is enough, however mild the pain; not sure counts as yes. If positive: {do}",
        "patient": "Answer these questions first. One yes is enough, no matter how bad the pain is. If you are not sure, treat it as a yes. If yes: {do}",
    },
    "here": {
        "clinician": "Here: step {number}, {title}",
        "patient": "You are at step {number}: {title}",
    },
    "finished": {
        "clinician": "This pathway ends here: step {number}, {title}",
        "patient": "This pathway ends here for you: {title}",
    },
    "next_step": {
        "clinician": "Due next: step {number}, {title}",
        "patient": "Next for you: step {number}, {title}",
    },
    "next_if_wanted": {
        "clinician": "Could be next, if wanted: step {number}, {title}",
        "patient": "Next on the chart, if you and your team want it: step {number}, {title}",
    },
    "with_sign": {
        "clinician": "open if one of the warning signs is there, which have not all been asked",
        "patient": "this is your way if you have a warning sign; not all have been asked yet",
    },
    "not_advised": {
        "clinician": "listed for completeness; guidelines advise against what is there",
        "patient": "shown so that you can ask about it; guidelines advise against what is there",
    },
    "afterwards": {"clinician": "after this step", "patient": "after this step"},
    "proviso_many": {
        "clinician": "Provided none of the signs above is there.",
        "patient": "This holds only if you have none of the warning signs on this page. Not all of them have been asked yet.",
    },
    "because": {"clinician": "because {reason}", "patient": "because {reason}"},
    "presumed": {
        "clinician": "not sure, so counted as yes: {signs}",
        "patient": "you were not sure about this, so it counts as a yes: {signs}",
    },
    "not_cleared": {
        "clinician": "no result known that clears it",
        "patient": "we do not know of a check that found no serious cause",
    },
    "at": {"clinician": "here", "patient": "you are here"},
    "due": {"clinician": "due next", "patient": "this comes next"},
    "under_way": {"clinician": "under way", "patient": "this goes on now"},
    "done": {"clinician": "done", "patient": "you have had this"},
    "not_available": {
        "clinician": "due, but not available",
        "patient": "this would be next, but you cannot have it",
    },
    "open": {"clinician": "open now", "patient": "open now"},
    "depends": {"clinician": "depends on: {things}", "patient": "depends on: {things}"},
    "closed": {"clinician": "not open now", "patient": "not open now"},
    "closed_because": {
        "clinician": "not open now, because {reason}",
        "patient": "not open now, because {reason}",
    },
    "needs": {"clinician": "it needs: {needs}", "patient": "it needs: {needs}"},
    "proviso": {
        "clinician": "Provided none of these signs, not asked yet: {signs}.",
        "patient": "This holds only if you have none of these signs, which no one has asked you about yet: {signs}.",
    },
    "whatever": {
        "clinician": "Whatever the unknowns: no way on is certain until these signs are answered, since any of them comes before everything else.",
        "patient": "Until these signs are answered, nothing here is sure: one of them would come before all else.",
    },
    "history_shows": {
        "clinician": "the history shows {care}",
        "patient": "your list of care shows {care}",
    },
    "result_shows": {"clinician": "known result: {results}", "patient": "we know: {results}"},
    "stated": {"clinician": "the record says so", "patient": "your record says so"},
    "goes_on": {"clinician": "under way", "patient": "goes on"},
    "passed": {"clinician": "done", "patient": "done"},
    "settles_all": {
        "clinician": "Every answer settles something: {things}",
        "patient": "Any answer helps to decide: {things}",
    },
    "settles_some": {
        "clinician": "{settles} of {answers} answers settle something: {things}",
        "patient": "The answer may decide: {things}",
    },
    "bears_on": {
        "clinician": "Together with others it decides: {things}",
        "patient": "It helps to decide: {things}",
    },
    "right_pathway": {
        "clinician": "whether this is the right pathway",
        "patient": "if this chart is the right one for you",
    },
    "expired": {
        "clinician": "The last answer is too old to count.",
        "patient": "Your last answer is too old. Please check again.",
    },
    "may_concern": {
        "clinician": "It is not known whether this pathway concerns the person; it depends on: {things}.",
        "patient": "We do not know yet if this chart is about you. It depends on: {things}.",
    },
    "not_concerned": {
        "clinician": "By what is known, this pathway is not about this person.",
        "patient": "From what we know, this chart is not about you.",
    },
    "doubt": {
        "clinician": "At step {number}, {title}, what is known today leads here, whatever care there has been.",
        "patient": "At step {number}, {title}, your answers lead here, no matter what care you have had.",
    },
    "advised_against": {
        "clinician": "Guidelines advise against it for back pain; review whether it should go on.",
        "patient": "Guidelines advise against it for back pain. Ask your clinician about it. If you take it for something else, that is another matter. Do not stop it on your own.",
    },
    "only_if": {
        "clinician": "Only if {condition}: {text}",
        "patient": "Only if {condition}: {text}",
    },
    "elsewhere": {
        "clinician": "In the history, but not part of this pathway: {care}.",
        "patient": "You have also had care that is not on this chart: {care}.",
    },
    "invented": {"clinician": "An invented person.", "patient": "An invented person."},
    "kept": {
        "clinician": "Emergency and urgent care is never left out: {steps} stay.",
        "patient": "Emergency and urgent care is never left out: {steps} stay.",
    },
    "nothing_left": {
        "clinician": "The pathway has no other way at this step; decide together what could take its place.",
        "patient": "The chart shows no other way at this step. Ask your team what could take its place.",
    },
    "other_way": {"clinician": "step {number}, {title}", "patient": "step {number}, {title}"},
    "step": {"clinician": "step {number}, {title}", "patient": "step {number}, {title}"},
    "never": {"clinician": "never tried", "patient": "you have never had it"},
    "tried_now": {"clinician": "under way", "patient": "you have it now"},
    "stopped": {"clinician": "tried before", "patient": "you have had it before"},
    "not_settled": {
        "clinician": "{label}, work-up begun",
        "patient": "{label}: a check has begun",
    },
    "check_found": {
        "clinician": "Work-up so far: {results}.",
        "patient": "What the check found: {results}.",
    },
    "if_still_there": {
        "clinician": "If the sign is still there or worse: {help}",
        "patient": "If the sign is still there, call the team that checked you today. If it is worse or new: {help}",
    },
    "in_any_case": {
        "clinician": "In any case: {title}.",
        "patient": "In any case: {title}.",
    },
    "any_sign": {
        "clinician": "One of these is enough:",
        "patient": "Do it if you have any of these:",
    },
    "soon_if": {
        "clinician": "Urgent signs: work-up the same day or within days.",
        "patient": "See a clinician today or in the next days if one of these is true:",
    },
    "soon": {
        "clinician": "Tell the clinician in the next days: {signs}.",
        "patient": "Tell your clinician in the next days: {signs}.",
    },
    "gates": {
        "clinician": "Not known yet whether the pathway fits this person. {gates}",
        "patient": "We do not know yet if this chart is made for you. {gates}",
    },
    "on_day": {
        "clinician": "{said} (on {day})",
        "patient": "{said} (on {day})",
    },
    "offer_open": {
        "clinician": "nothing known rules it out",
        "patient": "nothing we know rules it out",
    },
}
"""What is said, by key; words in braces are filled in."""


def phrase(key: str, reader: Reader, **words: object) -> str:
    """Return a fixed phrase with its words filled in.

    Args:
        key: Which phrase.
        reader: Whom it is for.
        words: What stands for the names in braces; braces in them stay as they are.

    Example:
        >>> phrase("here", "patient", number=3, title="Look again")
        'You are at step 3: Look again'
    """
    return filled(say(PHRASES[key][reader]), words)


def listed(words: Sequence[str], word: Joint = "and") -> str:
    """Return words as a list in a sentence.

    Args:
        words: At least one; those that hold commas are set apart by semicolons.
        word: ``and`` or ``or``.

    Example:
        >>> listed(["a", "b", "c"]), listed(["a, b", "c"])
        ('a, b and c', 'a, b; and c')
    """
    if len(words) == 1:
        return words[0]
    signs = (",", *(f" {each} " for each in joints(word)))
    if any(sign in each for each in words for sign in signs):
        return f"{'; '.join(words[:-1])}; {joint(word, words[-1])} {words[-1]}"
    return joined(words, word)


def capital(text: str) -> str:
    """Return text with a capital letter first."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return text with a capital letter first and a full stop at the end; nothing stays nothing."""
    text = text.strip()
    if not text:
        return ""
    text = capital(text)
    return text if text.endswith((".", "?", "!")) else f"{text}."
