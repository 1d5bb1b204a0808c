"""The fixed words about later steps and about what cannot be had, for each reader."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.conditions.scope import Reader

PROSPECT_PHRASES: Mapping[str, Mapping[Reader, str]] = {
    "heading": {
        "clinician": "Before step {number}, {title}",
        "patient": "What comes before step {number}, {title}",
    },
    "here": {
        "clinician": "The person is at this step.",
        "patient": "You are at this step now.",
    },
    "sign": {
        "clinician": "This step is for warning signs. It is open at any time as soon as one of these is there: {signs}.",
        "patient": "This step is for warning signs. It is open at any time, as soon as you have one of these: {signs}.",
    },
    "no_way": {
        "clinician": "The pathway has no way from step {begin} to step {number}.",
        "patient": "The chart has no way from step {begin} to step {number}.",
    },
    "not_available": {
        "clinician": "Step {number} is closed: what it needs is not available.",
        "patient": "Step {number} is closed: you cannot have what it needs.",
    },
    "never": {
        "clinician": "The pathway has no way to step {number} for this person: each asks for something that cannot change.",
        "patient": "The chart has no way to step {number} for you: each way asks for something that cannot change.",
    },
    "open": {
        "clinician": "Nothing known today closes the way to step {number}. The pathway would need:",
        "patient": "Nothing we know today closes the way to step {number}. The chart would need:",
    },
    "not_open": {
        "clinician": "Step {number} is not an option today. The pathway would need:",
        "patient": "Step {number} is not an option today. The chart would need:",
    },
    "nothing": {
        "clinician": "The pathway asks for nothing more on the way to step {number}.",
        "patient": "The chart asks for nothing more on the way to step {number}.",
    },
    "care_first": {
        "clinician": "Before all of this: {title}.",
        "patient": "Before all of this: {title}.",
    },
    "signs_first": {
        "clinician": "Before all of this the emergency signs have to be answered.",
        "patient": "Before all of this, answer the emergency signs.",
    },
    "way": {"clinician": "The way there: {steps}.", "patient": "The way there: {steps}."},
    "caveat": {
        "clinician": "These are conditions of the pathway, not targets for the person and not a forecast. Of all ways the one is shown that asks for the least that is not so today.",
        "patient": "This is what the chart asks for. It is not a goal for you, and no one can promise it. Of all ways, you see the one that asks for the least that is not so today.",
    },
    "counts_on": {
        "clinician": "This way counts on: {conditions}. What would give it is closed here: {steps}.",
        "patient": "This way counts on this: {conditions}. What would show it is closed here: {steps}.",
    },
    "still_gives": {
        "clinician": "It can still come from {steps}.",
        "patient": "It can still come from {steps}.",
    },
    "way_cut": {
        "clinician": "The way to step {number} goes through {step}, which is closed here.",
        "patient": "The way to step {number} goes through {step}. That is closed here.",
    },
    "not_found": {
        "clinician": "No way to step {number} was found for this person; there are too many to look at all of them.",
        "patient": "We found no way to step {number} for you. There are too many ways to look at all of them.",
    },
    "holds": {"clinician": "holds today", "patient": "this is so today"},
    "not_known": {"clinician": "not known", "patient": "not known yet"},
    "not_so": {"clinician": "not so today", "patient": "not so today"},
    "found_out_later": {
        "clinician": "found out at step {number}, {title}",
        "patient": "you find out at step {number}, {title}",
    },
    "cannot_change": {"clinician": "cannot change", "patient": "this cannot change"},
    "without": {
        "clinician": "Without {care}",
        "patient": "If you cannot have {care}",
    },
    "supposed": {
        "clinician": "What if without {care}",
        "patient": "If you could not have {care}",
    },
    "supposition": {
        "clinician": "supposed for this answer",
        "patient": "you asked what if you could not have it",
    },
    "closes": {"clinician": "It closes {steps}.", "patient": "This closes {steps}."},
    "offers": {
        "clinician": "It is no longer on offer at {steps}.",
        "patient": "It is no longer on offer at {steps}.",
    },
    "closes_nothing": {
        "clinician": "No step of this pathway closes with it.",
        "patient": "No step of this chart closes with it.",
    },
    "lost": {
        "clinician": "No longer within reach from here: {steps}.",
        "patient": "You can no longer get from here to: {steps}.",
    },
    "more_steps": {"clinician": "{count} more steps", "patient": "{count} more steps"},
    "instead": {
        "clinician": "Instead of {what}, at step {number}: {things}.",
        "patient": "Instead of {what}, at step {number}, you could have: {things}.",
    },
    "none_left": {
        "clinician": "Instead of {what}, the pathway has nothing else at step {number}; decide together what could take its place.",
        "patient": "Instead of {what}, the chart has nothing else at step {number}. Ask your team what could take its place.",
    },
    "same_place": {
        "clinician": "The place stays the same: {steps}.",
        "patient": "You stay where you are: {steps}.",
    },
    "other_place": {
        "clinician": "The place becomes: {steps}.",
        "patient": "You would be at: {steps}.",
    },
}
"""What is said of prospects and of what cannot be had, by key; words in braces are filled in."""
