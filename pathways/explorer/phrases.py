"""The fixed words of a page, for each reader."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.language import say
from pathways.reports.phrases import PHRASES as ANSWERS


def _shared(*keys: str) -> dict[str, str | tuple[str, str]]:
    """Return phrases that answers have, too; one text where both readers have the same."""
    found: dict[str, str | tuple[str, str]] = {}
    for key in keys:
        clinician, patient = ANSWERS[key]["clinician"], ANSWERS[key]["patient"]
        found[key] = clinician if clinician == patient else (clinician, patient)
    return found


PHRASES: Mapping[str, str | tuple[str, str]] = {
    "here": ("Here: step {number}, {title}.", "You are at step {number}: {title}."),
    "here_short": ("Here", "You are here"),
    "next_short": ("Possible next", "Could be next"),
    "closed_short": "Not open now",
    "been_short": ("Done", "You have been here"),
    "ends": (
        "This pathway ends here: step {number}, {title}.",
        "This pathway ends here for you: {title}.",
    ),
    "next": "Possible next: {steps}.",
    "next_without_signs": (
        "Without a warning sign: {steps}.",
        "If you have none of these signs, next could be: {steps}.",
    ),
    "no_next": "No way on is open.",
    "step": "step {number}, {title}",
    "card": "step {text}",
    "check_signs": (
        "First check the warning signs: emergency signs have not all been answered.",
        "First check the warning signs below. One yes is enough. Not sure counts as yes.",
    ),
    **_shared("not_settled", "presumed", "in_any_case"),
    "proviso_one": (
        "Provided that one warning sign is not there that was not asked about.",
        "This holds only if you do not have the one warning sign that you have not answered yet.",
    ),
    "proviso": (
        "Provided that no warning sign is there that was not asked about ({count}).",
        "This holds only if you have none of the {count} warning signs that you have not answered yet.",
    ),
    "at": ("here", "you are here"),
    "due": ("due next", "this comes next"),
    "under_way": ("under way", "this goes on now"),
    "done": "done",
    "not_available": "not available",
    "certain": "open now",
    "afterwards": "after this step",
    "possible": "depends on: {things}",
    "excluded": "not open now",
    "because": "because: {reason}",
    "with_sign": ("open with a warning sign", "your way if you have a warning sign"),
    "missing": "not available: {care}",
    "needs": "What would have to be true",
    "assumed": "{thing}: taken to be absent, not asked",
    "or_because": "also: {reason}",
    "question": "Next question",
    "all_asked": (
        "Nothing left to ask that changes what is next.",
        "There is no more to ask for this step.",
    ),
    "stopped": (
        "An emergency sign is there: no more questions now. If an answer was wrong, go back.",
        "Get help now. There are no more questions. If an answer was wrong, go back.",
    ),
    "yes": "Yes",
    "no": "No",
    "not_sure": ("Not known", "Not sure"),
    "counts_as_yes": "Not sure counts as yes until it is checked.",
    "none_of_these": ("None of these signs", "I have none of these signs"),
    "remaining_signs": "Answer all {count} warning signs at once",
    "stopped_head": "No more questions now",
    "go_on": ("The patient is there now", "I am there now"),
    "done_then": (
        "When this step is done, say where the patient is then:",
        "When you have done this step, say where you are then:",
    ),
    "assumed_missing": "Taken to be not available: {care}.",
    "closes": "Steps that close: {steps}.",
    "closes_nothing": "No step closes.",
    "sources_differ": ("Sources differ", "Experts differ"),
    "none_of": "none of these: {conditions}",
    "back": "Back",
    "continue": "Continue",
    "none": "None of these",
    "exact": "Number",
    "range": "from {low} to {high}",
    "answers": ("Answers", "Your answers"),
    "no_answers": ("Nothing answered yet.", "You have not answered anything yet."),
    "denied": "Warning signs answered no ({count})",
    "change": "Change",
    "take_back": "Take back",
    "start_over": "Start over",
    "save": ("Save the answers as a record", "Save my answers"),
    "saved": "A range cannot stand in a record file; left out: {count}.",
    "print": "Print",
    "findings": "All findings",
    "unanswered": "not answered",
    "what_if": "What if something is not available?",
    "what_if_help": "Steps that need it close. Emergency and urgent care never closes.",
    "history": "Care so far",
    "signs": "Warning signs",
    "others": "Findings and results",
    "map": "The whole map",
    "map_help": (
        "Arrow down follows a way, arrow up goes back, left and right go to the steps beside it. Enter shows details. Home goes to where the patient is.",
        "Arrow down follows a way, arrow up goes back, left and right go to the steps beside it. Enter shows details. Home goes to where you are.",
    ),
    "fit": "Fit the width",
    "smaller": "Smaller",
    "larger": "Larger",
    "find": ("Where the patient is", "Where I am"),
    "undo": "Undo",
    "started_over": "All answers are gone.",
    "ways": ("Ways on from here", "What could be next"),
    "on_offer": ("On offer here", "What is on offer here"),
    "on_offer_there": ("On offer there, as known now", "What is on offer there, by your answers"),
    "details": "Details of a step",
    "details_help": "Choose a step on the map or in a list to read what it is, who says what for and against, and what would have to be true.",
    "way_there": "The way there with the fewest conditions that do not hold now",
    "no_way": "No way leads there from here.",
    "i_am_here": ("The patient is at this step", "I am at this step"),
    "not_here": "Work out the place from the answers again",
    "stated": ("The place was stated, not worked out.", "You said that you are here."),
    "contradiction": "These answers cannot be together. Take the last one back.",
    "words": "The same in words",
    "to_questions": "Go to the questions",
    "pathway": "Pathway",
    "compare": "The same answers in each pathway",
    "same": "They lead to the same steps.",
    "differs": "They lead to different steps.",
    "reader": "Words for",
    "clinician": "Clinician",
    "patient": "Patient",
    "close": "Close",
    "gate": "Not answered yet: {title}",
    "doubt": "As known today, the answer at step {number}, {title}, would not lead on.",
    "not_about": (
        "This pathway may not be about this patient.",
        "This pathway may not be about your case.",
    ),
    "soon": ("Tell the clinician soon: {signs}.", "Tell your clinician soon: {signs}."),
    "nothing_kept": "Your answers stay on this page. Nothing is sent or kept.",
    "linked": "Your answers go to the Python of this notebook, and nowhere else.",
    "help_now": ("Get help now", "When to get help now"),
    **_shared("any_sign", "soon_if"),
}


def page_words() -> dict[str, str | list[str]]:
    """Return every phrase in the language that is spoken now: one text, or one for each reader.

    Example:
        >>> page_words()["here_short"]
        ['Here', 'You are here']
    """
    return {
        key: say(text) if isinstance(text, str) else [say(each) for each in text]
        for key, text in PHRASES.items()
    }
